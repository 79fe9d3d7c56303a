"""Objectives as people type them: names, directions, weighted mixes, stages in order of precedence."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.award.objective import NAMES, Goal, goal_of, measure_of


@pytest.mark.parametrize(
    ("name", "measure", "sign"),
    [
        ("cost", "cost", 1),
        ("min_cost", "cost", 1),
        ("max_value", "value", -1),
        ("value", "value", -1),
        ("score", "attr:score", -1),
        ("attr:quality", "attr:quality", -1),
        ("risk", "attr:risk", 1),
        ("attr:risk", "attr:risk", 1),
        ("max_attr:sla", "attr:sla", -1),
        ("min_attr:quality", "attr:quality", 1),
        ("winners", "winners", 1),
    ],
)
def test_a_name_has_its_measure_and_direction(name, measure, sign):
    assert measure_of(name) == (measure, sign)


def test_every_short_name_is_read():
    assert {measure_of(name)[0] for name in NAMES} == set(NAMES.values())


@pytest.mark.parametrize("name", ["costs", "attr:", "max_attr:", "min_attr:", ""])
def test_what_is_no_measure_is_refused(name):
    with pytest.raises(KeyError):
        goal_of(name)


@pytest.mark.parametrize(
    "objective", [[], {}, 5, None, [[]], {"cost": 0}, {"cost": -1}, {"cost": "nan"}, {"cost": "x"}]
)
def test_an_objective_that_says_nothing_or_has_no_sound_weights_is_refused(objective):
    with pytest.raises(ValueError, match=r"."):
        goal_of(objective)


def test_a_mix_minimises_costs_and_maximises_gains_with_exact_weights():
    (stage,) = goal_of({"cost": "0.1", "score": 2}).stages
    assert stage.weights == (("attr:score", Fraction(-2)), ("cost", Fraction(1, 10)))
    assert stage.of({"cost": Fraction(30), "attr:score": Fraction(5)}) == 3 - 10
    assert stage.name == "- 2 attr:score + 0.1 cost"


def test_two_names_of_one_measure_are_added():
    (stage,) = goal_of({"min_cost": 1, "cost": 2}).stages
    assert stage.weights == (("cost", Fraction(3)),)


def test_stages_stand_in_their_order():
    goal = goal_of(["cost", "score"])
    assert goal.name == "cost, then attr:score"
    assert goal.measures == ("attr:score", "cost")
    assert goal_of(["score", "cost"]) != goal
    assert goal_of(goal) is goal


def test_a_single_gain_is_reported_with_its_own_sign_and_a_mix_as_it_is_minimised():
    assert goal_of("score").stages[0].reported(Fraction(-88)) == 88
    assert goal_of("cost").stages[0].reported(Fraction(88)) == 88
    assert goal_of({"score": 2}).stages[0].reported(Fraction(-88)) == -88


@given(st.permutations([("cost", 1), ("score", "1/3"), ("risk", "0.25"), ("winners", 4)]))
def test_the_order_of_a_mix_never_matters(weights):
    ordered = {"cost": 1, "score": "1/3", "risk": "0.25", "winners": 4}
    assert goal_of(dict(weights)) == goal_of(ordered)
    assert isinstance(goal_of(dict(weights)), Goal)
