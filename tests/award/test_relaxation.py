"""The smallest relaxation: hand cases in business units, equal to looking at every award, honest out of time."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import every_reading
from award_limits import has_limit, smallest_alone, smallest_together
from award_problems import problem_of, small_problems
from supplier_eval.award import read_problem, relaxation, relaxation_search, rule_conflicts, smallest_relaxation
from supplier_eval.award.exact import Solved, solve_formulation
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rules import Rule
from supplier_eval.errors import InvalidInput, UnknownName

CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"
MILLIONTH = Fraction(1, 10**6)
BUDGET = Rule(id="BUDGET", kind="budget", value=Fraction(325))
QUALITY = Rule(id="QUALITY", kind="min_avg", attribute="quality", value=Fraction(85))
ONLY_A = Rule(id="ONLY_A", kind="set_aside", suppliers=("A",))


def three_lots(*rules):
    """Three lots of 10 units; A at 10 with quality 80, B at 12.50 with quality 90: one lot more to B costs 25.

    Two lots of three to B are 86.67 at 350; one is 83.33 at 325.
    """
    figures = {"A": (80, Fraction(10)), "B": (90, Fraction(25, 2))}
    return problem_of(
        [Lot(id=f"L{at}", demand=Fraction(10), indivisible=True) for at in (1, 2, 3)],
        [Supplier(id=key, attributes={"quality": Fraction(quality)}) for key, (quality, _) in figures.items()],
        [Bid(lot=f"L{at}", supplier=key, price=price) for at in (1, 2, 3) for key, (_, price) in figures.items()],
        rules=rules,
        currency="EUR",
    )


@pytest.mark.parametrize("solver", solvers_installed())
def test_raise_the_budget_by_25_or_lower_the_quality_floor_to_83_3(solver):
    found = smallest_relaxation(three_lots(BUDGET, QUALITY), solver=solver)
    budget, quality = found.alone["BUDGET"], found.alone["QUALITY"]
    assert (budget.help, budget.change.by, budget.change.relaxed) == ("smallest", 25, 350)
    assert (quality.help, quality.change.relaxed) == ("smallest", Fraction(250, 3))
    assert (budget.audit.measures["cost"], quality.audit.measures["cost"]) == (350, 325)
    assert found.explain().split("\n")[-1] == (
        "It is enough to raise the budget by 25.00 EUR to 350.00 EUR (rule BUDGET), or to lower the floor of the mean "
        "quality by 1.6667 to 83.3333 (rule QUALITY); to the digits shown, nothing smaller is."
    )
    assert [change.rule for change in found.together] == ["QUALITY"]
    assert (found.total, found.proven) == (Fraction(5, 3) / 85, True)


def test_a_dear_limit_weighs_more():
    """25 of 325 is 0.0769, 1.67 of 85 is 0.0196: with weight 4 on quality the budget gives way."""
    found = smallest_relaxation(three_lots(BUDGET, QUALITY), weights={"QUALITY": 4})
    assert [(change.rule, change.stated) for change in found.together] == [("BUDGET", 350)]
    assert found.total == Fraction(25, 325)
    assert dict(found.weights) == {"BUDGET": 1, "QUALITY": 4}


def test_a_rule_without_a_limit_can_only_be_given_up():
    quality = Rule(id="QUALITY", kind="min_attr", attribute="quality", value=Fraction(85))
    found = smallest_relaxation(three_lots(quality, ONLY_A))
    assert found.alone["ONLY_A"].help == "given_up"
    assert found.alone["ONLY_A"].audit.valid
    assert found.alone["QUALITY"].change.relaxed == 80
    assert [change.rule for change in found.together] == ["QUALITY"]


def test_several_limits_may_have_to_give_way_together():
    """A wins at most one lot and B at most one: one of them has to get two; quality 90 needs all three to B."""
    caps = [Rule(id=f"CAP_{key}", kind="max_lots_per_bidder", suppliers=(key,), value=Fraction(1)) for key in "AB"]
    best = Rule(id="BEST", kind="min_attr", attribute="quality", value=Fraction(90))
    found = smallest_relaxation(three_lots(*caps, best, BUDGET))
    assert {key: own.help for key, own in found.alone.items()} == dict.fromkeys(
        ("BEST", "BUDGET", "CAP_A", "CAP_B"), "no_help"
    )
    # one more lot for either is 1 of 1; the floor to 80 is 10 of 90; two lots to B would need 350, 25 of 325
    assert [(change.rule, change.stated) for change in found.together] == [("BEST", 80), ("CAP_A", 2)]
    assert found.total == 1 + Fraction(10, 90)
    assert found.audit.valid and found.audit.measures["cost"] == 325


@pytest.mark.parametrize("solver", solvers_installed())
def test_what_no_limit_can_help_is_impossible(solver):
    found = smallest_relaxation(read_problem(CASES, case="inf-capacity"), solver=solver)
    assert (found.status, found.together, found.total, found.audit) == ("impossible", (), None, None)
    only_b = Rule(id="ONLY_B", kind="set_aside", suppliers=("B",))
    found = smallest_relaxation(three_lots(ONLY_A, only_b, BUDGET), solver=solver)
    assert found.status == "impossible"
    assert {key: own.help for key, own in found.alone.items()} == {
        "BUDGET": "no_help",
        "ONLY_A": "no_help",  # all to B costs 375
        "ONLY_B": "given_up",
    }


@pytest.mark.parametrize("solver", solvers_installed())
def test_the_published_conflict_of_winners_can_be_relaxed_from_both_sides(solver):
    found = smallest_relaxation(read_problem(CASES, case="inf-winners"), solver=solver)
    assert {key: own.change and own.change.relaxed for key, own in found.alone.items()} == {
        "R1": 2,
        "R2": 1,
        "R3": None,
    }
    assert [(change.rule, change.relaxed, change.relative) for change in found.together] == [("R2", 1, Fraction(1, 2))]


def test_where_rules_hold_together_nothing_has_to_be_relaxed():
    found = smallest_relaxation(three_lots(BUDGET))
    assert (found.status, found.together, dict(found.alone), found.proven) == ("feasible", (), {}, True)


def test_soft_rules_stay_as_they_are_and_are_paid_for():
    fine = Rule(id="FINE", kind="max_winners", value=Fraction(1), penalty=Fraction(7))
    found = smallest_relaxation(three_lots(BUDGET, QUALITY, fine))
    assert set(found.alone) == {"BUDGET", "QUALITY"}
    assert found.audit.measures["penalty"] == 7


@settings(max_examples=45, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.booleans().flatmap(lambda hard: small_problems(least_rules=2, most_rules=5, hard=hard or None, most=120)),
    st.sampled_from([{}, {0: 2}, {1: Fraction(1, 3)}]),
)
def test_relaxations_are_those_found_by_looking_at_every_award(problem, pick):
    readings = every_reading(problem)
    hard = [key for key, rule in problem.rules.items() if rule.hard]
    limits = [key for key in hard if has_limit(problem.rules[key])]
    weights = {limits[at]: weight for at, weight in pick.items() if at < len(limits)}
    found = smallest_relaxation(problem, weights=weights, solver="scipy")
    assert (found.status == "feasible") == any(not reading.hard_broken for reading in readings)
    if found.status == "feasible":
        return
    _together(problem, readings, weights, found)
    assert set(found.alone) == set(hard)
    for key, own in found.alone.items():
        if key in limits:
            _alone(own, smallest_alone(problem, readings, key))
        else:
            enough = any(reading.hard_broken <= {key} for reading in readings)
            assert own.help == ("given_up" if enough else "no_help")
            assert own.audit is None or own.audit.valid


def _together(problem, readings, weights, found):
    least = smallest_together(problem, readings, weights)
    assert (found.status == "impossible") == (least is None)
    if least is not None:
        near = 2 * MILLIONTH * max([1, *weights.values()])
        assert found.audit.valid
        assert found.bound <= least + near and found.total >= least
        assert not found.proven or found.total <= least + near


def _alone(own, limit):
    assert own.help == ("no_help" if limit is None else "smallest")
    if limit is not None:
        assert abs(own.change.relaxed - limit) <= 10 * MILLIONTH
        assert own.audit.valid


def test_without_time_nothing_is_claimed():
    found = smallest_relaxation(three_lots(BUDGET, QUALITY), time_limit=1e-9)
    assert (found.status, found.together, found.proven, found.solves) == ("unknown", (), False, 0)
    assert {own.help for own in found.alone.values()} == {"unknown"}
    assert "It is not known which relaxation is enough" in found.explain()


def test_searches_that_end_early_leave_changes_that_are_enough_but_not_called_smallest(monkeypatch):
    """Every search finds its award and proves nothing."""

    def solve(formulation, **kw):
        found = solve_formulation(formulation, **kw)
        if found.award is None:
            return found
        return Solved("feasible_at_limit", found.award, found.audit, found.objective, None, values=found.values)

    monkeypatch.setattr(relaxation_search, "solve_formulation", solve)
    found = smallest_relaxation(three_lots(BUDGET, QUALITY))
    assert (found.status, found.proven, found.bound) == ("relaxed", False, 0)
    assert {own.help for own in found.alone.values()} == {"enough"}
    assert "a smaller one was not ruled out" in found.explain()
    assert "whether less would do was not settled" in found.explain()


def test_a_solver_that_tells_nothing_leaves_everything_unknown(monkeypatch):
    monkeypatch.setattr(relaxation_search, "solve_formulation", lambda *_, **__: Solved("error"))
    found = smallest_relaxation(three_lots(BUDGET, QUALITY, ONLY_A))
    assert (found.status, found.proven) == ("unknown", False)
    assert {own.help for own in found.alone.values()} == {"unknown"}


def test_an_award_that_is_known_stands_where_the_last_search_finds_none(monkeypatch):
    monkeypatch.setattr(relaxation, "solve_formulation", lambda *_, **__: Solved("no_award_found"))
    found = smallest_relaxation(three_lots(BUDGET, QUALITY))
    assert found.audit.valid and found.alone["BUDGET"].audit.valid


def test_the_page_says_what_the_code_says():
    """docs/award-rules.md: the problem, its conflict and the words about it."""
    page = (Path(__file__).parents[2] / "docs" / "award-rules.md").read_text(encoding="utf-8")
    known = {"rule_conflicts": rule_conflicts, "smallest_relaxation": smallest_relaxation, "print": lambda said: None}
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL)[1:]:
        exec(block, known)
    assert rule_conflicts(known["problem"]).conflicts == (("BUDGET", "QUALITY"),)
    assert known["found"].explain() == re.search(r"```text\n(.*?)\n```", page, re.DOTALL)[1]


def test_all_mistakes_are_said_at_once():
    with pytest.raises(InvalidInput) as raised:
        smallest_relaxation(three_lots(BUDGET, ONLY_A), weights={"BUDGET": 0, "ONLY_A": 1}, time_limit="soon")
    assert [finding.code for finding in raised.value.findings] == [
        "award.lots.time_limit",
        "rule_questions.weight",
        "rule_questions.weight_rule",
    ]
    with pytest.raises(InvalidInput) as raised:
        smallest_relaxation(None, weights={"BUDGET": 1}, time_limit=-1)
    assert [finding.column for finding in raised.value.findings] == ["problem", "time_limit"]
    with pytest.raises(UnknownName, match="gurobi"):
        smallest_relaxation(three_lots(BUDGET), solver="gurobi")
