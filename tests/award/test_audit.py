"""The audit: published and hand cases, validity, frame; and every figure against the naive reading."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award_enumeration import best, conflicts, every_reading, optimum, rule_price, sound_awards
from award_naive import read_naively
from award_problems import any_awards, problem_of, small_problems
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier, Tiers
from supplier_eval.award.rules import Rule

FIXTURES = Path(__file__).parents[1] / "fixtures"
SIX_DIGITS = 10**6
CASES = {
    case["id"]: case
    for case in json.loads((FIXTURES / "awards.json").read_text(encoding="utf-8"))["cases"]
    if case["expected"]["status"] == "optimal"
}
ROUNDED = {"orlib-cap41", "gen-8x5-rules", "gen-15x8-incremental"}  # optimal shares with more than six digits


def exact(number):
    return None if number is None else Fraction(str(number))


def case_problem(case):
    """A problem from a case of the fixture: only what these cases use."""
    lots = [Lot(id=lot["id"], demand=exact(lot["demand"])) for lot in case["lots"]]
    suppliers = [
        Supplier(
            id=one["id"],
            fixed_cost=exact(one.get("fixed_cost", 0)),
            capacity=exact(one.get("capacity")),
            tiers=_tiers(one["tiers"]) if one.get("tiers") else None,
            attributes={"sme": one.get("sme"), "quality": exact(one.get("quality"))},
        )
        for one in case["suppliers"]
    ]
    bids = [
        Bid(
            lot=bid["lot"],
            supplier=bid["supplier"],
            price=exact(bid.get("price")),
            curve=tuple(Segment(**{k: exact(v) for k, v in piece.items()}) for piece in bid.get("curve", ())),
            max_share=exact(bid.get("max_share", 1)),
        )
        for bid in case["bids"]
    ]
    bundles = [Bundle(**(b | {"lots": tuple(b["lots"]), "price": exact(b["price"])})) for b in case.get("bundles", ())]
    rules = [
        Rule(
            id=rule["id"],
            kind=rule["type"],
            value=exact(rule["value"]),
            suppliers=(rule["supplier"],) if "supplier" in rule else (),
            group=rule.get("group", {}),
            attribute=rule.get("attr", ""),
        )
        for rule in case.get("rules", ())
    ]
    terms = {"objective": case.get("objective", "min_cost"), "cover": case.get("cover", "exactly")}
    return problem_of(lots, suppliers, bids, bundles, rules, grid=SIX_DIGITS, **terms)


def _tiers(read):
    breaks, discount = tuple(map(exact, read["breaks"])), tuple(map(exact, read["discount"]))
    return Tiers(kind=read["kind"], basis=read.get("basis", "spend"), breaks=breaks, discount=discount)


def case_award(case):
    units, bundles = {}, set()
    for label, share in case["expected"]["award"].items():
        if label.startswith("bundle:"):
            bundles.add(label.removeprefix("bundle:"))
        else:
            units[(*label.split("|"), "")] = round(share * SIX_DIGITS)
    return Award(SIX_DIGITS, units, frozenset(bundles))


@pytest.mark.parametrize("name", CASES)
def test_the_audit_gives_the_objective_of_the_published_and_hand_cases(name):
    """Sources of the cases: field ``source`` of fixtures/awards.json (FICO, Ravindran & Warsing, OR-Library, ...)."""
    case = CASES[name]
    audit = audit_award(case_problem(case), case_award(case))
    assert float(audit.objective) == pytest.approx(case["expected"]["objective"], rel=1e-6)
    assert audit.valid is (name not in ROUNDED)


def test_shares_rounded_to_six_digits_break_capacities_and_averages_by_next_to_nothing_and_are_found_out():
    found = {name: audit_award(case_problem(CASES[name]), case_award(CASES[name])).breaches for name in ROUNDED}
    assert {breach.what for breach in found["orlib-cap41"]} == {"cover", "capacity"}
    assert {breach.what for breach in found["gen-8x5-rules"]} == {"R6"}
    assert {breach.what for breach in found["gen-15x8-incremental"]} == {"capacity"}
    assert all(0 < breach.amount < Fraction(5, 1000) for breaches in found.values() for breach in breaches)


def two_bids(*rules, objective="cost", **terms):
    """One lot of 10: Ann at 2 with score 5, Bob at 3 with score 9."""
    suppliers = [Supplier(id=name, attributes={"score": Fraction(score)}) for name, score in (("Ann", 5), ("Bob", 9))]
    bids = [Bid(lot="L", supplier=name, price=Fraction(price)) for name, price in (("Ann", 2), ("Bob", 3))]
    lots = [Lot(id="L", demand=Fraction(10))]
    return problem_of(lots, suppliers, bids, (), rules, objective=objective, grid=10, **terms)


def split(ann=5):
    return Award(10, {("L", "Ann", ""): ann, ("L", "Bob", ""): 10 - ann})


def test_the_penalty_of_a_soft_rule_is_in_the_first_stage_and_in_no_cost():
    soft = Rule(id="R1", kind="max_winners", value=Fraction(1), penalty=Fraction(7))
    audit = audit_award(two_bids(soft, objective=["cost", "score"]), split())
    assert audit.stages == (25 + 7, -70)
    assert (audit.measures["cost"], audit.measures["penalty"], audit.objective) == (25, 7, 32)
    assert audit.valid
    assert [(b.what, b.amount, b.unit, b.hard, b.penalty) for b in audit.breaches] == [("R1", 1, "suppliers", False, 7)]


def test_a_maximised_objective_keeps_its_sign_and_is_lowered_by_penalties():
    soft = Rule(id="R1", kind="max_winners", value=Fraction(1), penalty=Fraction(7))
    audit = audit_award(two_bids(soft, objective="score"), split())
    assert audit.stages == (-70 + 7,)
    assert audit.objective == 63


def test_one_unit_too_much_makes_an_award_invalid():
    problem = two_bids(Rule(id="R1", kind="max_volume_share", suppliers=("Ann",), value=Fraction(6, 10)))
    assert audit_award(problem, split(6)).valid
    audit = audit_award(problem, split(7))
    assert not audit.valid
    assert [(b.what, b.amount, b.unit, b.hard, b.where) for b in audit.breaches] == [
        ("R1", 1, "volume", True, ("Ann",))
    ]


def test_conditions_come_before_rules_and_rules_in_canonical_order():
    rules = [
        Rule(id="R2", kind="exclude", suppliers=("Bob",)),
        Rule(id="R1", kind="min_winners", value=Fraction(3), penalty=Fraction(1)),
    ]
    audit = audit_award(two_bids(*rules), Award(10, {("L", "Bob", ""): 4}))
    assert [breach.what for breach in audit.breaches] == ["cover", "R1", "R2"]


def test_measures_are_those_of_the_objective_of_the_tie_keys_and_those_asked_for():
    assert set(audit_award(two_bids(), split()).measures) == {"cost", "value", "winners", "penalty", "attr:score"}
    problem = two_bids(tie_keys=("cost", "attr:unknown"))
    assert "attr:unknown" not in audit_award(problem, split()).measures
    assert audit_award(problem, split(), with_attributes=["score"]).measures["attr:score"] == 70
    with pytest.raises(ValueError, match="not a number"):
        audit_award(problem, split(), with_attributes=["unknown"])


def test_a_problem_with_a_curve_has_no_value():
    curve = (Segment(qlo=Fraction(0), qhi=Fraction(10), fixed=Fraction(0), slope=Fraction(1)),)
    problem = two_bids().with_bid(Bid(lot="L", supplier="Ann", curve=curve))
    assert "value" not in audit_award(problem, split()).measures


def test_the_frame_has_one_row_for_every_rule_after_the_broken_conditions():
    rules = [
        Rule(id="R1", kind="max_winners", value=Fraction(1), penalty=Fraction(7), clause="§9"),
        Rule(id="R2", kind="budget", value=Fraction(100)),
    ]
    frame = audit_award(two_bids(*rules), split(5)).to_frame().set_index("rule")
    assert list(frame.index) == ["R1", "R2"]
    assert frame.loc["R1"].to_dict() == {
        "kind": "max_winners",
        "hard": False,
        "kept": False,
        "amount": 1.0,
        "unit": "suppliers",
        "penalty": 7.0,
        "clause": "§9",
        "where": "Ann|Bob",
    }
    assert frame.loc["R2", ["kept", "amount", "unit", "penalty"]].tolist() == [True, 0.0, "money", 0.0]
    assert frame["amount"].dtype == "float64"
    assert frame["kept"].dtype == bool
    broken = audit_award(two_bids(*rules), Award(10)).to_frame()
    assert broken["rule"].tolist() == ["cover", "R1", "R2"]
    assert broken["kind"].tolist()[0] == ""
    assert audit_award(two_bids(), split()).to_frame().dtypes.equals(frame.reset_index().dtypes)


def test_an_audit_says_itself_in_one_line_and_has_the_standing_of_its_problem():
    audit = audit_award(two_bids(), split())
    assert repr(audit) == "Audit(valid; cost 25.00; 2 winners; 0 breaches)"
    assert (audit.standing, audit.policy_fingerprint) == ("exploratory", "")


@pytest.mark.parametrize(
    ("name", "grid"),
    [
        ("hand-capacity", 5),
        ("hand-allunits-threshold", 2),
        ("hand-bundle", 2),
        ("hand-sme-setaside", 10),
        ("hand-dual-source", 5),
        ("hand-quality-avg", 2),
        ("hand-max-winners-switch", 2),
        ("tie-identical", 4),
        ("lit-ravindran-5.5", 10),
        ("lit-fico-pricebreaks", 20),
    ],
)
def test_enumeration_which_judges_the_optimiser_finds_the_published_optima(name, grid):
    least, awards = optimum(case_problem(CASES[name]).with_terms(grid=grid))
    assert least == (exact(CASES[name]["hand_objective"] if "hand_objective" in CASES[name] else least[0]),)
    assert float(least[0]) == pytest.approx(CASES[name]["expected"]["objective"], rel=1e-6)
    shares = case_award(CASES[name])
    assert any(award.label() == pytest.approx(shares.label()) for award in awards)


def test_enumeration_which_judges_the_optimiser_finds_rule_prices_and_conflicts():
    dual = every_reading(case_problem(CASES["hand-dual-source"]).with_terms(grid=10))
    assert best(dual)[0] == (1020,)
    assert rule_price(dual, "R1") == 20
    assert rule_price(dual, "R2") == 10  # without it the second winner gets one unit of the grid
    everything = json.loads((FIXTURES / "awards.json").read_text(encoding="utf-8"))["cases"]
    impossible = {case["id"]: case for case in everything if case["expected"]["status"] == "infeasible"}
    for name, case in impossible.items():
        found = conflicts(case_problem(case).with_terms(grid=4))
        assert found == set(map(frozenset, case["expected"]["minimal_conflicts"])), name


@settings(max_examples=60)
@given(st.data())
def test_every_figure_is_that_of_the_naive_reading(data):
    problem = data.draw(small_problems(most=60))
    for award in [*sound_awards(problem), *(data.draw(any_awards(problem)) for _ in range(3))]:
        audit, naive = audit_award(problem, award), read_naively(problem, award)
        assert audit.stages == naive.stages
        assert audit.measures.items() >= naive.measures.items()
        assert {b.what: b.amount for b in audit.breaches if b.kind} == naive.broken
        assert {b.what for b in audit.breaches if not b.kind} == naive.unsound
        assert audit.valid is naive.feasible
        assert sum(audit.costs.values()) == audit.measures["cost"]
        above = {supplier for (_, supplier, _), units in award.units.items() if units > 0}
        assert set(audit.suppliers) == above | {problem.bundles[name].supplier for name in award.bundles}


@settings(max_examples=20)
@given(st.data())
def test_the_order_of_the_parts_and_of_the_units_changes_nothing(data):
    problem = data.draw(small_problems())
    award = data.draw(any_awards(problem))
    again = Award(award.grid, dict(reversed(award.units.items())), award.bundles)
    one, other = audit_award(problem, award), audit_award(problem, again)
    assert (one.stages, one.breaches, dict(one.costs)) == (other.stages, other.breaches, dict(other.costs))
    assert list(one.suppliers) == list(other.suppliers) == sorted(one.suppliers)
