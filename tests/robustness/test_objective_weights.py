"""Entropy, CRITIC and MEREC weights as plain arrays: published figures, laws, edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.robustness.objective_weights import critic_objective, entropy_objective, merec_objective

FORMULAS = {"entropy": entropy_objective, "critic": critic_objective, "merec": merec_objective}
every_formula = pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)

XU_2004 = np.array([[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]]).T
DIAKOULAKI_1995 = np.array(
    [
        *([61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9, 3.29, 1.65]),
        *([5.4, 2.77, 2.33], [4, 4.12, 1.21], [-6.1, 3.52, 2.1], [-34.6, 3.31, 0.98]),
    ]
).T
KESHAVARZ_2021 = np.array(
    [
        *([450, 8000, 54, 145], [10, 9100, 2, 160], [100, 8200, 31, 153]),
        *([220, 9300, 1, 162], [5, 8400, 23, 158]),
    ]
).T


@st.composite
def tables(draw):
    """Positive figures of some criteria and bids in whole units, with a direction each."""
    n_criteria, n_bids = draw(st.tuples(st.integers(1, 6), st.integers(1, 8)))
    cells = st.lists(st.integers(1, 100), min_size=n_bids, max_size=n_bids)
    table = np.array(draw(st.lists(cells, min_size=n_criteria, max_size=n_criteria)), dtype=float)
    signs = np.array(draw(st.lists(st.sampled_from((1.0, -1.0)), min_size=n_criteria, max_size=n_criteria)))
    return table, signs


def test_entropy_reproduces_xu_2004():
    """Xu (2004), EJOR 156(2):530-532: weights 0.4630, 0.3992, 0.1378, 0.0000."""
    assert entropy_objective(XU_2004).weights == pytest.approx([0.4630, 0.3992, 0.1378, 0.0], abs=6e-5)


def test_critic_reproduces_diakoulaki_1995():
    """Diakoulaki, Mavrotas & Papayannakis (1995), C&OR 22(7):763-770, all criteria as benefits."""
    weights = critic_objective(DIAKOULAKI_1995).weights
    assert weights == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-7)


def test_merec_reproduces_keshavarz_ghorabaee_2021():
    """Keshavarz-Ghorabaee et al. (2021), Symmetry 13(4):525, table 5."""
    found = merec_objective(KESHAVARZ_2021, [1, 1, -1, -1])
    assert found.weights == pytest.approx([0.5752, 0.0141, 0.4016, 0.0091], abs=6e-5)


def test_entropy_by_hand_for_two_bids():
    """Shares 1/4 and 3/4: entropy is -(0.25 ln 0.25 + 0.75 ln 0.75) / ln 2."""
    found = entropy_objective([[1.0, 3.0], [0.0, 5.0]])
    by_hand = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)
    assert found.figures["entropy"] == pytest.approx([by_hand, 0.0])
    assert found.weights == pytest.approx(np.array([1 - by_hand, 1.0]) / (2 - by_hand))


@given(tables())
def test_the_formulas_agree_with_the_textbook_written_out(case):
    """The loops of the sources, with no care for rounding, on tables where all criteria differ."""
    table, signs = case
    if (np.ptp(table, axis=1) == 0).any():
        return
    n, m = table.shape
    lo, hi = table.min(axis=1, keepdims=True), table.max(axis=1, keepdims=True)
    more = (signs > 0)[:, np.newaxis]
    turned = np.where(more, table, hi + lo - table)
    shares = turned / turned.sum(axis=1, keepdims=True)
    divergence = 1 + (shares * np.log(shares)).sum(axis=1) / np.log(m)
    assert entropy_objective(table, signs).weights == pytest.approx(divergence / divergence.sum(), abs=1e-9)
    logs = np.abs(np.log(np.where(more, lo / table, table / hi)))
    whole = np.log(1 + logs.mean(axis=0))
    effect = np.array([np.abs(np.log(1 + (logs.sum(axis=0) - logs[i]) / n) - whole).sum() for i in range(n)])
    assert merec_objective(table, signs).weights == pytest.approx(effect / effect.sum(), abs=1e-9)
    scaled = np.where(more, table - lo, hi - table) / (hi - lo)
    information = scaled.std(axis=1) * (1 - np.atleast_2d(np.corrcoef(scaled))).sum(axis=1)
    if information.sum() > 1e-9:
        assert critic_objective(table, signs).weights == pytest.approx(information / information.sum(), abs=1e-8)


@every_formula
def test_a_cost_is_heard(formula):
    """Turning one direction round changes the weights: none of the three ignores directions."""
    table = np.array([[10.0, 20.0, 90.0, 30.0], [5.0, 9.0, 20.0, 6.0], [40.0, 41.0, 45.0, 60.0]])
    as_benefit = formula(table, [1, 1, 1]).weights
    as_cost = formula(table, [1, -1, 1]).weights
    assert np.abs(as_benefit - as_cost).max() > 0.01


def test_entropy_as_given_is_the_source_and_does_not_hear_directions():
    given = entropy_objective(KESHAVARZ_2021, [1, 1, -1, -1], "as_given").weights
    assert given.tolist() == entropy_objective(KESHAVARZ_2021).weights.tolist()
    assert given.tolist() != entropy_objective(KESHAVARZ_2021, [1, 1, -1, -1]).weights.tolist()


def test_entropy_min_max_takes_a_cost_like_its_mirror_image():
    turned = KESHAVARZ_2021 * np.array([1, 1, -1, -1])[:, np.newaxis]
    costs = entropy_objective(KESHAVARZ_2021, [1, 1, -1, -1], "min_max").weights
    assert costs == pytest.approx(entropy_objective(turned, None, "min_max").weights, abs=1e-12)


def test_critic_takes_a_cost_like_the_negative_benefit():
    signs = np.array([1.0, -1.0, -1.0])
    turned = DIAKOULAKI_1995 * signs[:, np.newaxis]
    assert critic_objective(DIAKOULAKI_1995, signs).weights == pytest.approx(
        critic_objective(turned).weights, abs=1e-12
    )


@every_formula
@given(case=tables())
def test_weights_are_fractions_that_sum_to_one_whatever_the_table(formula, case):
    found = formula(*case)
    assert np.isfinite(found.weights).all()
    assert (found.weights >= 0).all()
    assert found.weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert all(np.isfinite(figure).all() for figure in found.figures.values())


@every_formula
@given(case=tables(), seed=st.integers(0, 2**32 - 1))
def test_the_order_of_bids_and_criteria_changes_no_bit(formula, case, seed):
    table, signs = case
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(table.shape[0]), rng.permutation(table.shape[1])
    moved = formula(table[rows][:, columns], signs[rows]).weights
    assert moved.tolist() == formula(table, signs).weights[rows].tolist()


@every_formula
@given(case=tables())
def test_a_constant_criterion_weighs_nothing(formula, case):
    table, signs = case
    widened = formula(np.vstack([table, np.full(table.shape[1], 7.0)]), [*signs, 1.0])
    alone = formula(table, signs)
    assert widened.silent.tolist() == [*alone.silent.tolist(), True]
    if not alone.silent.all():
        assert widened.weights[-1] == 0.0


@given(tables())
def test_a_constant_criterion_leaves_the_critic_weights_of_the_others_alone(case):
    table, signs = case
    if (np.ptp(table, axis=1) == 0).all():
        return
    widened = critic_objective(np.vstack([table, np.full(table.shape[1], 7.0)]), [*signs, 1.0])
    assert widened.weights[:-1] == pytest.approx(critic_objective(table, signs).weights, abs=1e-12)


@every_formula
def test_one_bid_and_equal_bids_give_equal_weights_and_say_so(formula):
    for table in ([[3.0], [8.0]], [[3.0, 3.0, 3.0], [8.0, 8.0, 8.0]]):
        found = formula(table)
        assert found.weights.tolist() == [0.5, 0.5]
        assert found.fallback
        assert found.silent.all()


def test_critic_without_conflict_shares_equally_among_the_criteria_that_differ():
    found = critic_objective([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0], [5.0, 5.0, 5.0]])
    assert found.weights.tolist() == [0.5, 0.5, 0.0]
    assert found.fallback


@every_formula
def test_spreads_below_the_noise_of_arithmetic_count_as_equal(formula):
    assert formula([[0.1 + 0.2, 0.3], [1.0, 2.0]]).weights.tolist() == [0.0, 1.0]


@every_formula
def test_small_spreads_are_told_apart(formula):
    """Spreads of 2e-6, 1e-6 and nothing: the wider one weighs more, with no noise in the ratio."""
    found = formula([[1.0, 1.0 + 2e-6, 1.0], [1.0, 1.0, 1.0 + 1e-6]])
    ratio = found.weights[0] / found.weights[1]
    expected = {entropy_objective: 4.0, critic_objective: 1.0, merec_objective: 2.0}[formula]
    assert ratio == pytest.approx(expected, rel=1e-4)


@every_formula
def test_a_block_of_tables_gives_the_bits_of_each_alone(formula):
    rng = np.random.default_rng(3)
    block = rng.uniform(1, 100, (4, 5, 2, 3))
    block[:, :, 1, 2] = 6.0
    signs = [1, -1, 1, -1]
    whole = formula(block, signs)
    for i in range(2):
        for j in range(3):
            assert whole.weights[:, i, j].tolist() == formula(block[:, :, i, j], signs).weights.tolist()
    assert whole.fallback.tolist() == [[False, False, False], [False, False, True]]


def test_entropy_takes_zeros_and_refuses_negative_figures_unless_scaled():
    assert entropy_objective([[0.0, 0.0], [0.0, 1.0]]).weights.tolist() == [0.0, 1.0]
    with pytest.raises(ValueError, match="not negative"):
        entropy_objective([[-1.0, 2.0]])
    assert entropy_objective([[-1.0, 2.0]], None, "min_max").weights.tolist() == [1.0]


def test_merec_refuses_zeros():
    with pytest.raises(ValueError, match="above zero"):
        merec_objective([[0.0, 2.0]])


@every_formula
def test_what_is_no_table_is_refused(formula):
    for table, signs in (([1.0, 2.0], None), (np.empty((2, 0)), None), ([[1.0, 2.0]], [1, 1]), ([[1.0, 2.0]], [0])):
        with pytest.raises(ValueError, match=r"criteria first|directions hold"):
            formula(table, signs)
    with pytest.raises(ValueError, match="missing or infinite"):
        formula([[1.0, np.nan]])


def test_an_unknown_orientation_is_refused():
    with pytest.raises(ValueError, match="orientation is one of"):
        entropy_objective([[1.0, 2.0]], None, "inverse")


@every_formula
def test_inputs_are_left_alone(formula):
    table = KESHAVARZ_2021.copy()
    formula(table, np.array([1, 1, -1, -1]))
    assert (table == KESHAVARZ_2021).all()
