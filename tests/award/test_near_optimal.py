"""Near-optimal awards: by hand, and against all awards of small problems."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import every_reading
from award_problems import problem_of, small_problems
from supplier_eval.award import near_optimal_awards, read_problem
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.moved import demand_of, shares_by_supplier, volume_moved
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.errors import InvalidInput, UnknownName

F = Fraction
CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"
CENT = F(1, 100)


def problem(**more):
    """Three whole lots of 10, 10, 80; A 100, 100, 800 in all; B 1, 2, 30 dearer; C 4, 50, 500 dearer."""
    lots = [Lot(id=f"L{i}", demand=F(d), indivisible=True) for i, d in ((1, 10), (2, 10), (3, 80))]
    above = {"A": (0, 0, 0), "B": (1, 2, 30), "C": (4, 50, 500)}
    bids = [
        Bid(lot=lot.id, supplier=key, price=10 + F(more_for[at]) / lot.demand)
        for key, more_for in above.items()
        for at, lot in enumerate(lots)
    ]
    return problem_of(lots, [Supplier(id=key) for key in "ABC"], bids, **more)


@pytest.mark.parametrize("solver", solvers_installed())
def test_one_tenth_has_to_move(solver):
    """1000; L1 to B is 1 more, L2 to B 2 more and 20 % from the first; nothing else differs by 10 % from all three."""
    made = near_optimal_awards(problem(), within=0.004, differ=0.1, solver=solver)
    assert [award.above for award in made.awards] == [0, 1, 2, 3, 4]
    assert [award.moved for award in made.awards] == [0, F(1, 10), F(1, 10), F(2, 10), F(1, 10)]
    assert made.complete and made.limit == 1004
    assert min(award.nearest for award in made.awards) == F(1, 10)
    assert all(award.audit.valid and award.proven for award in made.awards)


def test_what_differs_less_is_not_shown():
    """With 15 % to move, L1 and L2 together go to B (3 more); then with L3 to B (30 more) A keeps the others."""
    made = near_optimal_awards(problem(), within=0.04, differ=0.15)
    assert [award.above for award in made.awards] == [0, 3, 30, 33]
    assert made.complete


def test_other_winners():
    """A alone; A and B (1 more); A and C (4 more); A, B, C (6: L2 to B, L1 to C); then B alone costs 33 more."""
    made = near_optimal_awards(problem(), amount=33, differ="winners")
    assert [award.winners for award in made.awards] == [("A",), ("A", "B"), ("A", "C"), ("A", "B", "C"), ("B",)]
    assert [award.above for award in made.awards] == [0, 1, 4, 6, 33]
    assert made.complete and made.within is None
    assert not near_optimal_awards(problem(), amount=33, differ="winners", most=4).complete


def test_shares_of_split_lots_move_too():
    """At least half each to two of three: a tenth more from A to B costs 10, twice that 20."""
    made = near_optimal_awards(read_problem(CASES, case="hand-dual-source"), within=0.02)
    assert [round(float(award.above), 3) for award in made.awards] == [0, 10, 20]
    assert made.complete and made.awards[2].moved >= F(2, 10)


@pytest.mark.parametrize("differ", [0.1, "winners"])
def test_equal_awards_are_within_nothing(differ):
    made = near_optimal_awards(read_problem(CASES, case="tie-identical"), within=0, differ=differ)
    assert len(made) == 2 and made.complete and made.awards[1].above == 0


def test_the_only_award_is_a_complete_list():
    made = near_optimal_awards(read_problem(CASES, case="hand-bundle"), within=0)
    assert len(made) == 1 and made.complete and made.awards[0].nearest is None


def test_without_an_optimum_there_is_nothing():
    made = near_optimal_awards(read_problem(CASES, case="inf-winners"))
    assert (made.status, made.awards, made.ending, made.complete) == ("infeasible", (), "not_optimal", False)


def test_a_list_that_is_cut_says_so():
    made = near_optimal_awards(problem(), within=0.5, differ=0.1, most=2)
    assert (len(made), made.ending, made.complete) == (2, "most", False)


def test_when_time_ends_the_list_is_not_called_complete(monkeypatch):
    from supplier_eval.award import near_optimal

    monkeypatch.setattr(near_optimal.Ends, "over", property(lambda self: True))
    made = near_optimal_awards(problem(), within=0.5)
    assert (len(made), made.ending, made.complete) == (1, "time", False)


def test_all_mistakes_are_said_at_once():
    with pytest.raises(InvalidInput) as raised:
        near_optimal_awards(problem(), within=-1, differ=0, most=1.5, time_limit="long")
    assert [finding.column for finding in raised.value.findings] == ["within", "differ", "most", "time_limit"]
    with pytest.raises(InvalidInput) as raised:
        near_optimal_awards(problem(), within="never looked at", amount=-1, differ="volume", most=True)
    assert [finding.column for finding in raised.value.findings] == ["amount", "differ", "most"]
    with pytest.raises(UnknownName, match="gurobi"):
        near_optimal_awards(problem(), solver="gurobi")


SMALL = {"max_examples": 40, "suppress_health_check": list(HealthCheck), "deadline": None}


@settings(**SMALL)
@given(small_problems(most=150), st.sampled_from((F(1, 10), F(1, 3), F(1))), st.sampled_from((0, 0.1, 0.5)))
def test_each_award_is_the_best_that_differs_and_the_end_is_proven(problem, apart, within):
    """Against all awards: each in turn has the least objective of those that differ from all before it."""
    made = near_optimal_awards(problem, within=within, differ=apart, most=4, solver="scipy")
    demand, whole = demand_of(problem), sum(lot.demand for lot in problem.lots.values())
    left = [
        (reading.stages[0], shares_by_supplier(problem, reading.award))
        for reading in every_reading(problem)
        if reading.feasible
    ]
    assert bool(left) == (made.status == "optimal")
    for award in made.awards:
        assert abs(award.audit.stages[0] - min(stage for stage, _ in left)) <= CENT
        own = shares_by_supplier(problem, award.audit.award)
        assert (award.audit.stages[0], own) in left
        left = [(stage, shares) for stage, shares in left if volume_moved(demand, own, shares) >= apart * whole]
    within_limit = [stage for stage, _ in left if made.limit is not None and stage <= made.limit]
    assert made.ending in ("complete", "most") or made.status == "infeasible"
    if made.complete:
        assert not within_limit


@settings(**SMALL)
@given(small_problems(most=150), st.sampled_from((0, 0.1, 0.5)))
def test_a_complete_list_has_all_sets_of_winners(problem, within):
    made = near_optimal_awards(problem, within=within, differ="winners", most=40, solver="scipy")
    best = {}
    for reading in every_reading(problem):
        if reading.feasible:
            who = reading.award.winners(problem)
            best[who] = min(best.get(who, reading.stages[0]), reading.stages[0])
    if made.limit is None:
        assert not best and made.awards == ()
        return
    assert made.complete
    assert {award.winners for award in made.awards} == {who for who, stage in best.items() if stage <= made.limit}
    assert all(abs(award.audit.stages[0] - best[award.winners]) <= CENT for award in made.awards)
