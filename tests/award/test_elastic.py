"""The model with limits that give way: it needs no more than some award needs, and no less than the best."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from award_enumeration import every_reading
from award_limits import has_limit, smallest_alone
from award_problems import problem_of, small_problems
from supplier_eval.award.elastic import Box, elastic, pushed, totals
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.relaxable import RATIOS
from supplier_eval.award.rules import RULE_KINDS, Rule

EXACT = tuple(kind for kind in RULE_KINDS if kind not in RATIOS)


@pytest.fixture
def problem():
    """100 units; A at 10 with quality 80, at most 70 of it; B at 13 with quality 90."""
    return problem_of(
        [Lot(id="L", demand=Fraction(100))],
        [
            Supplier(id="A", capacity=Fraction(70), attributes={"quality": Fraction(80)}),
            Supplier(id="B", attributes={"quality": Fraction(90)}),
        ],
        [Bid(lot="L", supplier=key, price=Fraction(price)) for key, price in (("A", 10), ("B", 13))],
        grid=10,
    )


def relaxation(problem, asked, box=None):
    made = elastic(problem.replace(rules={"R": asked}), {"R": box})
    found = solve_formulation(made.minimising({"R": 100.0}), solver="scipy")
    return found, float(found.values[made.relaxed["R"]])


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (Rule(id="R", kind="budget", value=Fraction(1000)), 90),  # 700 + 390
        (Rule(id="R", kind="max_winners", value=Fraction(0)), 1),
        (Rule(id="R", kind="min_winners_per_lot", value=Fraction(3)), 1),
        (Rule(id="R", kind="min_attr", attribute="quality", value=Fraction(95)), 5),
        (Rule(id="R", kind="force_award", suppliers=("A",), value=Fraction(1)), 0.3),
    ],
)
def test_a_limit_gives_way_as_far_as_the_best_award_needs(problem, asked, by):
    found, relaxed = relaxation(problem, asked)
    assert (found.status, relaxed) == ("optimal", pytest.approx(by))


def test_a_rule_that_is_not_relaxed_is_kept(problem):
    rules = {
        "CAP": Rule(id="CAP", kind="max_volume_share", suppliers=("B",), value=Fraction(2, 5)),
        "R": Rule(id="R", kind="force_award", suppliers=("A",), value=Fraction(1)),
    }
    found = solve_formulation(elastic(problem.replace(rules=rules), {"R": None}).minimising({"R": 1.0}), solver="scipy")
    assert set(found.audit.problem.rules) == {"CAP"}
    assert found.audit.suppliers["B"].volume <= 40


def test_a_ratio_is_bounded_by_its_envelope_which_is_exact_where_the_total_does_not_vary(problem):
    """All 100 units are awarded, so that 30 of them, at least, are 0.3 - 0.1 beyond a cap of 0.1."""
    cap = Rule(id="R", kind="max_volume_share", suppliers=("B",), value=Fraction(1, 10))
    assert relaxation(problem, cap, Box(0.0, 0.9, 100.0, 100.0))[1] == pytest.approx(0.2)
    assert relaxation(problem, cap, Box(0.0, 0.9, 0.0, 200.0))[1] <= 0.2
    assert relaxation(problem, cap, Box(0.25, 0.9, 100.0, 100.0))[1] == pytest.approx(0.25)


def test_a_ratio_without_a_box_is_left_out(problem):
    cap = Rule(id="R", kind="max_volume_share", suppliers=("B",), value=Fraction(1, 10))
    made = elastic(problem.replace(rules={"R": cap}), {"R": None})
    assert (dict(made.relaxed), dict(made.formulation.problem.rules)) == ({}, {})


def test_the_total_of_a_ratio_is_what_its_limit_is_a_share_of(problem):
    spend = Rule(id="R", kind="max_spend_share", value=Fraction(1, 2))
    wholes = totals(problem.replace(rules={"R": spend}), spend)
    assert len(wholes) == 2  # each supplier alone
    assert all(sorted(whole.values()) == pytest.approx([1000, 1300]) for whole in wholes)
    mean = Rule(id="R", kind="min_avg", attribute="quality", suppliers=("B",), value=Fraction(85))
    assert [sorted(whole.values()) for whole in totals(problem, mean)] == [pytest.approx([100])]


def test_a_ratio_is_pushed_as_far_as_it_goes(problem):
    """At a cap of 0.5 of 100 units B's 30 leave room for 20."""
    cap = Rule(id="R", kind="max_volume_share", suppliers=("B",), value=Fraction(1, 10))
    made = pushed(problem.replace(rules={"R": cap}), cap, Fraction(1, 2))
    found = solve_formulation(made.minimising({"R": -1.0}), solver="scipy")
    assert float(found.values[made.relaxed["R"]]) == pytest.approx(20)


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(kinds=EXACT, least_rules=1, most_rules=3, hard=True, most=100))
def test_one_limit_alone_gives_way_as_far_as_looking_at_every_award_says(problem):
    readings = every_reading(problem)
    for key, asked in problem.rules.items():
        if not has_limit(asked):
            continue
        made = elastic(problem, {key: None})
        found = solve_formulation(made.minimising({key: 1.0}), solver="scipy")
        limit = smallest_alone(problem, readings, key)
        assert (found.award is None) == (limit is None)
        if limit is not None:
            assert float(found.values[made.relaxed[key]]) == pytest.approx(float(abs(limit - asked.value)), abs=1e-2)
