"""Altman's scores: published coefficients, cut-offs and worked figures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.risk.altman import ALTMAN_VARIANTS, RATIOS

figures = st.fractions(min_value=-10, max_value=10, max_denominator=1000)


def ratios_of(*texts):
    return dict(zip(RATIOS, map(Fraction, texts), strict=False))


def test_z_rounded_reproduces_a_textbook_exercise():
    """Ratios 0.34, 0.15, 0, 0.80, 1.6: "Z score is 2.70" (finance exercise, wizedu.com 366502)."""
    z = ALTMAN_VARIANTS["z_rounded"]
    assert z.score(ratios_of("0.34", "0.15", "0", "0.80", "1.6")) == Fraction("2.698")
    assert z.zone(Fraction("2.698")) == "grey"


def test_z_with_0_999_reproduces_a_calculator():
    """4.2 m working capital, 0.8 m retained, 6.5 m EBIT, 8.3 m sales on 3.5 m assets; 7 m equity on 5 m liabilities.

    "Altman Z-Score = 11.097 - Safe Zone" (formiax.com, economic calculators; cut, not rounded).
    """
    z = ALTMAN_VARIANTS["z"]
    ratios = ratios_of("42/35", "8/35", "65/35", "7/5", "83/35")
    assert float(z.score(ratios)) == pytest.approx(11.097, abs=1e-3)
    assert z.zone(z.score(ratios)) == "safe"


@pytest.mark.parametrize(
    ("name", "coefficients", "cuts"),
    [
        ("z", (1.2, 1.4, 3.3, 0.6, 0.999), (1.81, 2.99)),
        ("z_rounded", (1.2, 1.4, 3.3, 0.6, 1.0), (1.81, 2.99)),
        ("z_prime", (0.717, 0.847, 3.107, 0.42, 0.998), (1.23, 2.9)),
        ("z_double_prime", (6.56, 3.26, 6.72, 1.05), (1.1, 2.6)),
        ("z_double_prime_em", (6.56, 3.26, 6.72, 1.05), (4.35, 5.85)),
    ],
)
def test_coefficients_and_cut_offs_as_published(name, coefficients, cuts):
    one = ALTMAN_VARIANTS[name]
    assert tuple(map(float, one.weights.values())) == coefficients
    assert (float(one.low), float(one.high)) == cuts
    assert [one.zone(Fraction(str(cut))) for cut in cuts] == ["grey", "grey"]
    assert one.zone(one.low - Fraction(1, 10**9)) == "distress"
    assert one.zone(one.high + Fraction(1, 10**9)) == "safe"
    assert (one.position(one.low), one.position(one.high)) == (0, 1)


def test_x4_is_at_market_for_listed_companies_only():
    assert {name: one.equity for name, one in ALTMAN_VARIANTS.items()} == {
        **dict.fromkeys(("z", "z_rounded"), "market"),
        **dict.fromkeys(("z_prime", "z_double_prime", "z_double_prime_em"), "book"),
    }


@given(st.tuples(figures, figures, figures, figures))
def test_the_constant_moves_score_and_cut_offs_together(four):
    ratios = dict(zip(RATIOS, four, strict=False))
    plain, moved = ALTMAN_VARIANTS["z_double_prime"], ALTMAN_VARIANTS["z_double_prime_em"]
    assert moved.score(ratios) - plain.score(ratios) == Fraction("3.25")
    assert moved.zone(moved.score(ratios)) == plain.zone(plain.score(ratios))
    assert moved.position(moved.score(ratios)) == plain.position(plain.score(ratios))


@given(st.sampled_from(sorted(ALTMAN_VARIANTS)), st.tuples(*[figures] * 5), st.sampled_from(RATIOS))
def test_no_ratio_that_improves_lowers_the_score(name, five, which):
    ratios = dict(zip(RATIOS, five, strict=True))
    one = ALTMAN_VARIANTS[name]
    assert one.score(ratios | {which: ratios[which] + 1}) >= one.score(ratios)
    assert sum(one.terms(ratios).values()) + one.constant == one.score(ratios)
