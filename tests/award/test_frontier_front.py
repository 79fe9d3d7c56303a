"""``frontier`` through the public call: published and enumerated fronts, shares of any size, failures, mistakes."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import supplier_eval.award
from award_fronts import ANALYSES, enumerated_front, four_lots, mavrotas, minimised, shared_lot, shared_lot_awards
from award_problems import problem_of, small_problems
from supplier_eval.award import audit_award, frontier
from supplier_eval.award.front import award_lots
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rules import Rule
from supplier_eval.errors import InvalidInput, UnknownName

SOLVERS = solvers_installed()
NAMES = ("cost", "score", "risk", "winners", "max_attr:quality", "penalty")
TWO, THREE = ("cost", "attr:quality"), ("cost", "attr:quality", "risk")
COUNTED = ("cost", "attr:quality", "winners")


def asked(count):
    return st.lists(st.sampled_from(NAMES), min_size=count, max_size=count, unique=True)


def one_lot(*bids, rules=(), **terms):
    """One whole lot; (supplier, price, quality) of each bid."""
    suppliers = [Supplier(id=name, attributes={"quality": Fraction(quality)}) for name, _, quality in bids]
    offers = [Bid(lot="L", supplier=name, price=Fraction(price)) for name, price, _ in bids]
    return problem_of([Lot(id="L", indivisible=True)], suppliers, offers, rules=rules, **terms)


# published and enumerated fronts


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_published_front_is_one_straight_segment(solver):
    """Mavrotas (2009): payoff table (20, 160), (8, 184); the front is (z1, 200 - 2 z1) for z1 from 8 to 20."""
    names = ("max_attr:first", "max_attr:second")
    front = frontier(mavrotas(), names, solver=solver)
    published = [tuple(row) for row in ANALYSES["frontier-mavrotas-2009"]["expected"]["payoff"]]
    assert [tuple(row[name] for name in names) for row in front.payoff] == published == [(20, 160), (8, 184)]
    assert [tuple(point.figures[name] for name in names) for point in front.points] == published
    assert front.segments == ((front.points[0], front.points[1]),)
    assert (front.status, front.complete, front.reasons) == ("complete", True, ())


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("names", [TWO, ("cost", "risk"), THREE, COUNTED], ids="-".join)
def test_the_front_of_four_lots_is_the_one_of_all_81_awards(solver, names):
    front = frontier(four_lots(), names, solver=solver)
    assert minimised(front) == enumerated_front(four_lots(), names)
    assert front.status == "complete"
    assert all(point.audit.valid for point in front.points)


def test_cost_and_quality_of_four_lots_by_hand():
    """The cheapest award ABCA (1,005) of the published list, and all of C: 13 x 40 + 12 x 30 + 10 x 20 + 12 x 10."""
    front = frontier(four_lots(), TWO)
    assert front.points[0].award.label() == {"L1|A": 1.0, "L2|B": 1.0, "L3|C": 1.0, "L4|A": 1.0}
    assert front.points[0].figures == {"cost": 1005, "attr:quality": 60 * 50 + 75 * 30 + 90 * 20}
    assert front.points[-1].figures == {"cost": 1200, "attr:quality": 9000}
    assert len(front.points) == 13


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_smallest_steps_reproduce_the_complete_front_and_jump(solver):
    front = frontier(four_lots(), THREE, steps="unit", solver=solver)
    assert minimised(front) == enumerated_front(four_lots(), THREE)
    assert front.status == "complete"
    assert front.steps == "unit"
    assert front.jumped > 0


def test_a_grid_gives_some_points_of_the_front_and_says_so():
    front = frontier(four_lots(), THREE, steps=5)
    assert set(minimised(front)) < set(enumerated_front(four_lots(), THREE))
    assert (front.status, front.reasons, front.complete) == ("partial", ("sampled",), False)


@settings(max_examples=25)
@given(small_problems(most=120), asked(2))
def test_two_objectives_equal_the_front_of_all_awards(problem, names):
    expected = enumerated_front(problem, names)
    front = frontier(problem, names)
    assert minimised(front) == expected
    assert front.status == ("complete" if expected else "infeasible")


@settings(max_examples=25)
@given(small_problems(most=120), asked(3), st.sampled_from((None, "unit")))
def test_three_objectives_equal_the_front_of_all_awards(problem, names, steps):
    expected = enumerated_front(problem, names)
    front = frontier(problem, names, steps=steps)
    assert minimised(front) == expected
    assert front.status == ("complete" if expected else "infeasible")


@settings(max_examples=10)
@given(small_problems(most=60), asked(2), st.sampled_from(SOLVERS), st.sampled_from((0.0, 0.2)))
def test_neither_the_solver_nor_a_gap_changes_the_front(problem, names, solver, gap):
    front = frontier(problem, names, solver=solver, gap=gap)
    assert minimised(front) == enumerated_front(problem, names)


@settings(max_examples=10)
@given(small_problems(most=60), asked(2))
def test_every_point_is_an_audited_award_with_the_figures_of_its_audit(problem, names):
    for point in frontier(problem, names).points:
        audit = audit_award(problem, point.award)
        assert audit.valid
        for name in set(names) & {"winners", "cost", "penalty"} - ({names[0]} if "penalty" not in names else set()):
            assert point.figures[name] == audit.measures[name]


# shares of any size


def test_no_award_of_a_fine_grid_beats_points_and_segments_and_all_of_these_are_attained():
    front = frontier(shared_lot(), TWO)
    assert front.complete
    points = [(point.figures["cost"], point.figures["attr:quality"]) for point in front.points]
    wide, high = points[-1][0] - points[0][0], points[-1][1] - points[0][1]
    lines = [[(p.figures["cost"], p.figures["attr:quality"]) for p in pair] for pair in front.segments]
    awards = shared_lot_awards()
    for cost, quality in awards:
        assert quality <= reached(points, lines, cost + wide / 10_000) + high / 10_000
    for (cost, quality), (dearer, better) in lines:
        for part in range(11):
            x, y = cost + (dearer - cost) * part / 10, quality + (better - quality) * part / 10
            assert any(c <= x + wide / 200 and q >= y - high / 200 for c, q in awards), "a unit of the fine grid away"


def reached(points, lines, cost):
    """The best quality that points and segments have within a cost."""
    found = [quality for at, quality in points if at <= cost]
    for (start, low), (end, top) in lines:
        if start <= cost:
            found.append(low + (top - low) * (min(cost, end) - start) / (end - start))
    return max(found, default=-(10**9))


@settings(max_examples=8)
@given(small_problems(most=60), st.lists(st.sampled_from(NAMES[:5]), min_size=2, max_size=2, unique=True))
def test_every_award_of_a_coarse_grid_has_one_of_the_front_nearly_as_good(problem, names):
    """Shares of any size give at least what quarters give: to 1/5,000 of the extent, where the front is complete."""
    front = frontier(problem.with_terms(grid=problem.terms.grid * 240_000), names)
    rows, points = enumerated_front(problem, names), minimised(front)
    assert front.status != "infeasible" or not rows
    if not front.complete or not points:
        return
    signs = [1 if front.senses[name] == "min" else -1 for name in names]
    lines = [[tuple(s * p.figures[n] for s, n in zip(signs, names, strict=True)) for p in ab] for ab in front.segments]
    wide, high = points[-1][0] - points[0][0], points[0][1] - points[-1][1]
    for x, y in rows:
        assert -y <= reached([(a, -b) for a, b in points], negated(lines), x + wide / 5000) + high / 5000


def negated(lines):
    return [[(x, -y) for x, y in line] for line in lines]


def test_corners_of_shares_by_hand():
    """All of A 1,030; half of A and half of B 500 + 30 + 540; all of B 1,080; B and C halved 540 + 750 + 60."""
    front = frontier(shared_lot(), TWO)
    figures = [(point.figures["cost"], point.figures["attr:quality"]) for point in front.points]
    for corner in ((1030, 5000), (1070, 6000), (1080, 7000), (1350, 8000), (1530, 8800)):
        assert corner in figures
    assert [figures[i][0] for i, point in enumerate(front.points) if point.supported] == [1030, 1080, 1530]


def test_a_coarse_grid_is_not_called_complete():
    """On hundredths B and C are halved exactly, but the corner before a jump is a share of a thousandth away."""
    front = frontier(shared_lot(grid=100), TWO)
    assert (front.status, front.reasons) == ("partial", ("coarse",))
    assert all(audit_award(shared_lot(grid=100), point.award).valid for point in front.points)


def test_segments_join_neighbours_and_every_point_is_on_the_contract_grid():
    front = frontier(shared_lot(), TWO)
    neighbours = {(id(a), id(b)) for a, b in pairwise(front.points)}
    assert front.segments
    assert all((id(a), id(b)) in neighbours for a, b in front.segments)
    assert all(audit_award(shared_lot(), point.award).valid for point in front.points)


@pytest.mark.parametrize("solver", SOLVERS[:2])
def test_three_objectives_of_shares_give_a_grid_of_points_none_dominated(solver):
    front = frontier(shared_lot(), COUNTED, steps=4, solver=solver)
    assert (front.status, front.reasons, front.steps) == ("partial", ("sampled",), 4)
    figures = minimised(front)
    assert {row[2] for row in figures} == {1, 2}
    assert not [a for a in figures for b in figures if a != b and all(x <= y for x, y in zip(b, a, strict=True))]


# small, infeasible, out of time


def test_one_supplier_gives_one_point():
    front = frontier(one_lot(("A", 10, 50)), TWO)
    assert minimised(front) == [(10, -50)]
    assert (front.status, front.points[0].supported, len(front.payoff)) == ("complete", True, 2)


@pytest.mark.parametrize(("names", "steps"), [(TWO, None), (COUNTED, None), (COUNTED, 4), (COUNTED, "unit")])
def test_equal_bids_give_one_point(names, steps):
    problem = one_lot(("A", 10, 50), ("B", 10, 50), ("C", 10, 50))
    front = frontier(problem, names, steps=steps)
    assert len(front.points) == 1
    assert front.complete


def test_one_divisible_lot_of_one_supplier_gives_one_point():
    problem = problem_of(
        [Lot(id="L")],
        [Supplier(id="A", attributes={"quality": Fraction(5), "risk": Fraction(1)})],
        [Bid(lot="L", supplier="A", price=Fraction(9))],
    )
    for names in (TWO, THREE):
        front = frontier(problem, names)
        assert (len(front.points), front.status) == (1, "complete")


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("grid", [1, 10**6])
def test_rules_in_conflict_give_no_point_and_say_why(grid, solver):
    lots, suppliers = [Lot(id="L")], [Supplier(id="A", attributes={"quality": Fraction(1)})]
    rules = [Rule(id="R", kind="exclude", suppliers=("A",))]
    bids = [Bid(lot="L", supplier="A", price=Fraction(1))]
    front = frontier(problem_of(lots, suppliers, bids, rules=rules, grid=grid), TWO, solver=solver)
    assert (front.status, front.reasons, front.points, front.payoff) == ("infeasible", ("infeasible",), (), ())
    assert "no front" in front.explain()
    assert "不存在前沿" in front.explain("zh")


@pytest.mark.parametrize("problem", [four_lots(), shared_lot()], ids=["whole", "shares"])
def test_no_time_gives_no_point_and_says_so(problem):
    front = frontier(problem, TWO, time_limit=1e-9)
    assert (front.status, front.reasons, front.points) == ("no_award_found", ("time",), ())
    assert "time given ended" in front.explain()


@pytest.mark.parametrize("problem", [four_lots(), shared_lot()], ids=["whole", "shares"])
def test_time_that_runs_out_on_the_way_leaves_a_part_of_the_front(problem, monkeypatch):
    """The clock stands still for thirty looks, then it has run down."""
    looks = iter([9.0] * 30)
    monkeypatch.setattr("supplier_eval.award.frontier_search.Clock.left", property(lambda _: next(looks, 0.0)))
    front = frontier(problem, TWO)
    assert (front.status, front.reasons) == ("partial", ("time",))
    assert front.points


@pytest.mark.parametrize("problem", [four_lots(), shared_lot()], ids=["whole", "shares"])
def test_as_many_points_as_are_asked_for(problem):
    front = frontier(problem, TWO, most=3)
    assert (front.status, front.reasons, len(front.points)) == ("partial", ("most",), 3)


@pytest.mark.parametrize("problem", [four_lots(), shared_lot()], ids=["whole", "shares"])
def test_a_solver_that_crashes_is_an_answer(problem, monkeypatch):
    def crash(*_):
        raise RuntimeError("killed by signal 9")

    monkeypatch.setattr("supplier_eval.award.model._scipy", crash)
    front = frontier(problem, TWO, solver="scipy")
    assert (front.status, front.reasons, front.points) == ("error", ("solver",), ())


def test_cents_of_a_thousand_million_are_not_called_told_apart():
    problem = one_lot(("A", 10**9, 50), ("B", 10**9 + Fraction(1, 100), 80))
    front = frontier(problem, TWO)
    assert (10**9 + Fraction(1, 100), -80) in minimised(front)
    assert (front.status, front.reasons) == ("partial", ("fine",))
    assert frontier(problem.with_terms(minor_units=0), TWO).status == "complete"


# soft rules


def test_penalties_are_paid_in_the_first_objective_unless_asked_for():
    """B costs 2 more and is 30 better; the soft rule against it costs 5."""
    problem = one_lot(
        ("A", 10, 50), ("B", 12, 80), rules=[Rule(id="R", kind="exclude", suppliers=("B",), penalty=Fraction(5))]
    )
    assert minimised(frontier(problem, TWO)) == [(10, -50), (17, -80)]
    assert minimised(frontier(problem, ("attr:quality", "cost"))) == [(-75, 12), (-50, 10)]
    assert minimised(frontier(problem, ("cost", "attr:quality", "penalty"))) == [(10, -50, 0), (12, -80, 5)]


# the question


def test_all_mistakes_are_said_at_once():
    with pytest.raises(InvalidInput) as raised:
        frontier(four_lots(), ("cost", "cheap"), gap=1, time_limit=0, most=1, steps=2)
    codes = [finding.code for finding in raised.value.findings]
    assert codes == [
        *("frontier.gap", "frontier.time_limit", "frontier.most"),
        *("frontier.steps.two", "frontier.objectives.unknown"),
    ]


@pytest.mark.parametrize(
    ("problem", "names", "steps", "code"),
    [
        (four_lots(), THREE, 0, "frontier.steps.what"),
        (four_lots(), THREE, True, "frontier.steps.what"),
        (four_lots(), THREE, 2.5, "frontier.steps.what"),
        (four_lots(), THREE, "fine", "frontier.steps.what"),
        (four_lots(), TWO, "unit", "frontier.steps.two"),
        (shared_lot(), COUNTED, "unit", "frontier.steps.unit"),
    ],
)
def test_steps_that_make_no_sense(problem, names, steps, code):
    with pytest.raises(InvalidInput) as raised:
        frontier(problem, names, steps=steps)
    assert [finding.code for finding in raised.value.findings] == [code]


@pytest.mark.parametrize("value", ["1 hour", None, float("nan"), True, -1])
def test_numbers_that_are_none(value):
    with pytest.raises(InvalidInput) as raised:
        frontier(four_lots(), TWO, gap=value, time_limit=value, most=value)
    assert [finding.column for finding in raised.value.findings] == ["gap", "time_limit", "most"]


def test_an_unknown_solver_is_named():
    with pytest.raises(UnknownName, match="gurobi"):
        frontier(four_lots(), TWO, solver="gurobi")


def test_the_public_names():
    assert supplier_eval.award.frontier is frontier
    assert callable(frontier)
    assert {"frontier", "Frontier", "FrontPoint"} <= set(supplier_eval.award.__all__)
    front = frontier(four_lots(), TWO)
    assert isinstance(front, supplier_eval.award.Frontier)
    assert isinstance(front.points[0], supplier_eval.award.FrontPoint)


def test_where_the_grid_is_coarse_each_end_of_the_front_is_still_the_best_award_of_its_objective():
    """0.55 of A at 10 and 0.45 of B at 12 would cost 10.9 a unit; on thirtieths 16 and 14 units."""
    problem = problem_of(
        [Lot(id="L", demand=Fraction(30))],
        [
            Supplier(id="A", capacity=Fraction(33, 2), attributes={"quality": Fraction(1)}),
            Supplier(id="B", attributes={"quality": Fraction(2)}),
        ],
        [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(12))],
        grid=30,
    )
    front = frontier(problem, TWO, time_limit=20)
    assert front.points[0].figures["cost"] == award_lots(problem, gap=0).objective
    assert front.points[-1].figures["attr:quality"] == 60
