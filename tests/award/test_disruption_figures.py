"""Exact figures of a discrete distribution: against hand calculation, the definition of CVaR, and its laws."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award_disruption_naive import cvar_by_definition
from supplier_eval.award.disruption_figures import mix_of, risk_figures, sampling_errors

F = Fraction
LEVELS = st.integers(1, 19).map(lambda n: Fraction(n, 20))


@st.composite
def distributions(draw):
    """Costs and probabilities on a coarse grid, so that levels often fall on an atom's end and costs are equal."""
    weights = draw(st.lists(st.integers(1, 5), min_size=1, max_size=6))
    costs = draw(st.lists(st.integers(0, 6), min_size=len(weights), max_size=len(weights)))
    return [(F(cost), F(weight, sum(weights))) for cost, weight in zip(costs, weights, strict=True)]


def test_figures_of_ten_equally_likely_costs_by_hand():
    atoms = [(F(cost), F(1, 10)) for cost in range(10)]
    figures = risk_figures(atoms, F(8, 10))
    assert figures.expected == F(9, 2)
    assert figures.variance == F(33, 4)
    assert figures.var == 7  # P(cost <= 7) = 0.8: not exceeded with probability 0.8
    assert figures.cvar == F(17, 2)  # the worst two: (8 + 9) / 2


def test_an_atom_at_the_quantile_is_split():
    figures = risk_figures([(F(0), F(9, 10)), (F(100), F(1, 10))], F(8, 10))
    assert figures.var == 0
    assert figures.cvar == 50  # the worst fifth: half of it costs 100, half nothing
    assert risk_figures([(F(0), F(9, 10)), (F(100), F(1, 10))], F(95, 100)).cvar == 100


def test_ties_at_the_quantile_are_taken_together():
    apart = risk_figures([(F(1), F(1, 2)), (F(5), F(1, 4)), (F(5), F(1, 4))], F(3, 5))
    together = risk_figures([(F(1), F(1, 2)), (F(5), F(1, 2))], F(3, 5))
    assert apart == together
    assert apart.var == apart.cvar == 5


def test_the_deviation_is_the_root_of_the_variance():
    assert risk_figures([(F(0), F(1, 2)), (F(4), F(1, 2))], F(1, 2)).deviation == pytest.approx(2.0)


@given(distributions(), LEVELS)
def test_cvar_is_the_minimum_of_its_definition(atoms, level):
    assert risk_figures(atoms, level).cvar == cvar_by_definition(atoms, level)


@given(distributions(), LEVELS, st.randoms())
def test_cvar_is_no_less_than_the_mean_and_the_order_does_not_matter(atoms, level, random):
    figures = risk_figures(atoms, level)
    assert figures.cvar >= figures.expected
    assert figures.cvar >= figures.var
    shuffled = list(atoms)
    random.shuffle(shuffled)
    assert risk_figures(shuffled, level) == figures


@given(distributions(), LEVELS, LEVELS)
def test_cvar_grows_with_the_level(atoms, first, second):
    low, high = sorted((first, second))
    assert risk_figures(atoms, low).cvar <= risk_figures(atoms, high).cvar


def test_the_mix_lies_between_its_parts():
    figures = risk_figures([(F(0), F(1, 2)), (F(4), F(1, 2))], F(1, 2))
    assert [mix_of(figures, weight) for weight in (F(0), F(1, 4), F(1))] == [2, F(5, 2), 4]


def test_errors_of_draws_by_hand():
    expected, cvar = sampling_errors([(F(0), 50), (F(2), 50)], F(1, 2))
    assert expected == pytest.approx((1 / 99) ** 0.5)  # variance 1 over n - 1
    assert cvar == pytest.approx((4 / 99) ** 0.5)  # VaR 0: twice the cost, 0 or 4, variance 4


@pytest.mark.parametrize("level", [F(0), F(1), F(3, 2)])
def test_a_level_outside_is_refused(level):
    with pytest.raises(ValueError, match="level"):
        risk_figures([(F(1), F(1))], level)


@pytest.mark.parametrize("atoms", [[(F(1), F(1, 2))], [], [(F(1), F(3, 2)), (F(2), F(-1, 2))]])
def test_probabilities_that_are_none_are_refused(atoms):
    with pytest.raises(ValueError, match="probabilit"):
        risk_figures(atoms, F(1, 2))
