"""Rules are read as people write them; a rule that would mean something else than it says is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supplier_eval.award.parts import Lot, Supplier
from supplier_eval.award.reading_cells import TYPED
from supplier_eval.award.reading_rules import read_rules
from supplier_eval.award.reading_tables import Reading
from supplier_eval.award.rules import RULE_KINDS, Rule
from supplier_eval.policy.award_checks import needs

LOTS = {name: Lot(id=name) for name in ("L1", "L2")}
SUPPLIERS = {name: Supplier(id=name) for name in ("A", "B")}
STATED = {"value": 1, "suppliers": ["A"], "attribute": "quality", "when": "A", "then": "B"}


def read(*rules):
    reading = Reading(marks=TYPED)
    parts = read_rules(list(rules), LOTS, SUPPLIERS, reading)
    found = reading.findings
    assert all(f.line("en") and f.line("zh") and "{" not in f.line("en") + f.line("zh") for f in found)
    return parts, [(f.code.removeprefix("award."), f.column) for f in found]


def refused(**rule):
    return read({"id": "R", **rule})[1]


@pytest.mark.parametrize("kind", sorted(RULE_KINDS))
def test_every_kind_is_read_with_what_it_needs_and_refused_without(kind):
    stated = {("suppliers" if field == "who" else field) for field in needs(kind)}
    rules, found = read({"id": "R", "kind": kind, **{field: STATED[field] for field in stated}})
    assert not found and rules["R"].kind == kind and rules["R"].hard
    assert refused(kind=kind) == [("rule_field_missing", field) for field in map(_own, needs(kind))]


def _own(field):
    return "suppliers" if field == "who" else field


def test_other_words_for_fields_are_read_alike():
    rule = {"id": "R", "type": "min_avg", "supplier": "a", "lot": "l2", "attr": "quality", "value": "12.5"}
    (parts, found), (same, _) = (
        read(rule),
        read({"id": "R", "kind": "min_avg", "who": ["A"], "lots": "L2", "attribute": "quality", "value": 12.5}),
    )
    assert not found and parts == same
    assert parts["R"].suppliers == ("A",) and parts["R"].lots == ("L2",) and parts["R"].value == Fraction(25, 2)
    implied, _ = read({"id": "I", "type": "implies", "if": "b", "then": "A"})
    assert (implied["I"].when, implied["I"].then) == ("B", "A")


def test_rules_that_are_parts_stay_what_they_are_in_canonical_order():
    rules = [
        Rule(id="R2", kind="exclude", suppliers=("A",), group={"sme": True}, penalty=Fraction(3), clause="§1"),
        Rule(id="R1", kind="max_winners", value=Fraction(1)),
    ]
    parts, found = read(*rules)
    assert not found and list(parts) == ["R1", "R2"] and list(parts.values()) == rules[::-1]


def test_a_share_may_be_said_in_percent_and_a_group_holds_exact_figures():
    parts, found = read(
        {"id": "R", "kind": "max_volume_share", "value": "60%", "group": {"tier": 2, "sme": True, "region": "N"}}
    )
    assert not found and parts["R"].value == Fraction(3, 5)
    assert parts["R"].group == {"region": "N", "sme": True, "tier": Fraction(2)}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"kind": "max_winer", "value": 1}, [("rule_kind", "kind")]),
        ({"value": 1}, [("rule_kind_missing", "kind")]),
        ({"kind": "max_winners", "value": 1.5}, [("count", "value")]),
        ({"kind": "max_winners", "value": -1}, [("count", "value")]),
        ({"kind": "max_volume_share", "value": 60}, [("share", "value")]),
        ({"kind": "force_award", "value": 1.2, "suppliers": ["A"]}, [("share", "value")]),
        ({"kind": "budget", "value": -1}, [("negative", "value")]),
        ({"kind": "budget", "value": "much"}, [("number.not_a_number", "value")]),
        ({"kind": "budget", "value": 1, "lots": ["L1"]}, [("rule_field_not_read", "lots")]),
        ({"kind": "max_winners", "value": 1, "attr": "x"}, [("rule_field_not_read", "attribute")]),
        ({"kind": "exclude", "suppliers": "A", "value": 1}, [("rule_field_not_read", "value")]),
        ({"kind": "exclude", "suppliers": ["A", "Z"]}, [("unknown_supplier", "suppliers")]),
        ({"kind": "exclude", "suppliers": "A", "lots": ["L9"]}, [("unknown_lot", "lots")]),
        ({"kind": "implies", "if": "A", "then": "Z"}, [("unknown_supplier", "then")]),
        ({"kind": "max_winners", "value": 1, "suppliers": []}, [("rule_names_nobody", "suppliers")]),
        ({"kind": "max_winners", "value": 1, "hard": False}, [("rule_soft", "penalty")]),
        ({"kind": "max_winners", "value": 1, "hard": True, "penalty": 5}, [("rule_hard", "penalty")]),
        ({"kind": "max_winners", "value": 1, "penalty": 0}, [("not_positive", "penalty")]),
        ({"kind": "max_winners", "value": 1, "valeu": 2}, [("rule_key_unknown", "valeu")]),
        ({"kind": "max_winners", "type": "max_winners", "value": 1}, [("rule_key_twice", "kind")]),
        ({"kind": "max_winners", "value": 1, "group": "sme"}, [("attributes_shape", "group")]),
        ({"kind": "max_winners", "value": 1, "group": {"sme": None}}, [("cell_empty", "group.sme")]),
        ({"kind": "max_winners", "value": 1, "group": {"sme": [1]}}, [("attribute_shape", "group.sme")]),
    ],
)
def test_a_rule_that_does_not_hold_together_is_refused(rule, expected):
    assert refused(**rule) == expected


def test_an_unknown_kind_is_told_the_nearest():
    reading = Reading(marks=TYPED)
    read_rules([{"id": "R", "kind": "max_winer", "value": 1}], LOTS, SUPPLIERS, reading)
    assert reading.findings[0].facts["near"] == "max_winners"


def test_a_soft_rule_says_what_a_breach_costs():
    parts, found = read({"id": "R", "kind": "max_winners", "value": 1, "hard": False, "penalty": "12.5"})
    assert not found and parts["R"].penalty == Fraction(25, 2) and not parts["R"].hard


def test_ids_of_rules_are_there_once_and_are_not_reserved():
    rule = {"kind": "max_winners", "value": 1}
    found = read({"id": "R", **rule}, rule, {"id": "r", **rule}, {"id": "_structural", **rule})[1]
    assert found == [("cell_empty", "id"), ("id_twice", "id"), ("rule_id_reserved", "id")]


def test_everything_that_is_wrong_with_a_rule_is_said_at_once():
    found = refused(kind="budget", value=-1, suppliers=["Z"], penalty=-3, colour="red")
    assert sorted(found) == [
        ("negative", "value"),
        ("not_positive", "penalty"),
        ("rule_field_not_read", "suppliers"),
        ("rule_key_unknown", "colour"),
        ("unknown_supplier", "suppliers"),
    ]
