"""What only all tables together can show: incumbents, attributes asked for, rules that concern nobody."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier
from supplier_eval.award.reading_checks import attribute_findings, whole_findings
from supplier_eval.award.rules import Rule

ROWS = {
    "lots": {"L1": 2, "L2": 3},
    "suppliers": {"A": 2, "B": 3},
    "bids": {("L1", "A", ""): 2, ("L1", "B", ""): 3, ("L2", "B", ""): 4},
    "rules": {"R": 1},
}
LOTS = (Lot(id="L1", region="north", attributes={"category": "it"}), Lot(id="L2", region="south"))
SUPPLIERS = (
    Supplier(id="A", attributes={"quality": Fraction(70), "sme": True, "grade": "a"}),
    Supplier(id="B", attributes={"sme": False, "grade": "b"}),
)


def bid(lot, supplier, **attributes):
    return Bid(lot=lot, supplier=supplier, price=Fraction(1), attributes=attributes)


BIDS = (bid("L1", "A"), bid("L1", "B", quality=Fraction(60)), bid("L2", "B"))


def found(rule=None, lots=LOTS, suppliers=SUPPLIERS, bids=BIDS, bundles=(), **terms):
    rules = [] if rule is None else [Rule(id="R", **rule)]
    problem = problem_of(lots, suppliers, bids, bundles, rules, **terms)
    findings = [*whole_findings(problem, ROWS), *attribute_findings(problem, ROWS)]
    assert all(f.line("en") and f.line("zh") and "{" not in f.line("en") + f.line("zh") for f in findings)
    return [(f.code.removeprefix("award."), f.table, f.column, f.rows, f.value) for f in findings]


def test_a_sound_problem_has_no_findings():
    assert found() == []
    assert (
        found({"kind": "max_volume_share", "value": Fraction(1, 2), "group": {"sme": True, "incumbent": False}}) == []
    )
    assert found({"kind": "max_winners", "value": Fraction(1), "where": {"region": "north", "category": "it"}}) == []


def test_no_lots_and_unknown_incumbents_are_named():
    assert found(lots=(), bids=()) == [("no_lots", "lots", "", (), "")]
    lots = (LOTS[0], Lot(id="L2", incumbent="C"))
    assert found(lots=lots) == [("unknown_supplier", "lots", "incumbent", (3,), "C")]


def test_an_attribute_of_the_objective_is_a_number_in_every_offer_or_at_its_supplier():
    assert found(objective="max_attr:quality") == [("attribute_missing", "suppliers", "quality", (3,), "quality")]
    assert found(objective="max_attr:quality", bids=BIDS[:2]) == []
    assert found(objective="max_attr:grade")[0][0] == "attribute_not_number"
    assert found(objective="max_attr:qualty") == [("attribute_unknown", "terms", "objective", (), "qualty")]
    bundle = Bundle(id="b", supplier="B", lots=("L1",), price=Fraction(1))
    assert found(objective="max_attr:quality", bids=BIDS[:2], bundles=[bundle])[0][0] == "attribute_missing"


def test_an_attribute_of_a_rule_is_asked_of_the_offers_that_it_concerns_only():
    rule = {"kind": "min_avg", "value": Fraction(65), "attribute": "quality"}
    assert found(rule)[0][0] == "attribute_missing"
    assert found(rule | {"lots": ("L1",)}) == []
    assert found(rule | {"suppliers": ("A",)}) == []
    assert found(rule | {"attribute": "sme"})[0][0] == "attribute_not_number"
    assert found(rule | {"attribute": "qualty"}) == [("attribute_unknown", "rules", "attribute", (1,), "qualty")]


def test_a_tie_key_names_an_attribute_that_somebody_has():
    assert found(tie_keys=("cost", "attr:quality")) == []
    assert found(tie_keys=("attr:qualty",)) == [("attribute_unknown", "terms", "tie_keys", (), "qualty")]


@pytest.mark.parametrize(
    ("field", "wanted", "expected"),
    [
        ("group", {"smee": True}, ("attribute_unknown", "group.smee", "smee")),
        ("group", {"sme": "yes"}, ("attribute_kind", "group.sme", "yes")),
        ("group", {"grade": "c"}, ("attribute_value", "group.grade", "c")),
        ("where", {"region": "nort"}, ("attribute_value", "where.region", "nort")),
        ("where", {"category": True}, ("attribute_kind", "where.category", "true")),
        ("where", {"categry": "it"}, ("attribute_unknown", "where.categry", "categry")),
    ],
)
def test_a_rule_that_would_concern_nobody_for_a_slip_is_refused(field, wanted, expected):
    (one,) = found({"kind": "max_winners", "value": Fraction(1), field: wanted})
    assert (one[0], one[2], one[4]) == expected


def test_a_group_that_nobody_happens_to_be_in_is_no_slip():
    nobody = tuple(Supplier(id=name, attributes={"sme": False}) for name in "AB")
    assert found({"kind": "exclude", "group": {"sme": True}}, suppliers=nobody) == []


def test_a_value_cannot_be_the_sum_of_prices_where_there_is_a_curve():
    segment = Segment(qlo=Fraction(0), qhi=Fraction(1), fixed=Fraction(0), slope=Fraction(1))
    curved = (Bid(lot="L1", supplier="B", curve=(segment,)), BIDS[0])
    assert found(bids=curved, objective="value") == [("objective_curve", "bids", "curve", (3,), "L1|B")]
    assert found(bids=curved) == []


def test_spend_shares_of_some_lots_do_not_go_with_bundles_that_touch_them():
    rule = {"kind": "max_spend_share", "value": Fraction(1, 2)}
    bundle = [Bundle(id="b", supplier="A", lots=("L1",), price=Fraction(1))]
    assert found(rule, bundles=bundle) == []
    assert found(rule | {"lots": ("L2",)}, bundles=bundle) == []
    assert found(rule | {"lots": ("L1",)}, bundles=bundle) == [("rule_spend_bundles", "rules", "lots", (1,), "R")]
    assert found(rule | {"where": {"region": "north"}}, bundles=bundle)[0][2] == "where"
    assert found(rule | {"kind": "max_volume_share", "lots": ("L1",)}, bundles=bundle) == []
