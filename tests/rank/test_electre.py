from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from method_laws import a_block, check_bits, check_degenerate, check_dominance
from supplier_eval.rank.electre import METHOD, electre_i
from supplier_eval.rank.method import ranks_of

SEEDS = st.integers(0, 2**32 - 1)
SITES = np.array(
    [[6, 5, 28, 5, 5], [4, 2, 25, 10, 9], [5, 7, 35, 9, 6], [6, 1, 27, 6, 7], [6, 8, 30, 7, 9], [5, 6, 26, 4, 8]]
)


def test_electre_i_reproduces_cebrian_and_porcar_2009_sites_in_aragon():
    """Cebrián and Porcar 2009, Revista de Métodos Cuantitativos para la Economía y la Empresa 7:31-56.

    Six sites (the data are those of Barba-Romero and Pomerol 1997), values divided by their sum, one scale for all.
    """
    weights = [0.25, 0.25, 0.10, 0.20, 0.20]
    result = electre_i((SITES / SITES.sum(axis=0)).T, weights, [1, 1, -1, 1, 1], ranges="common")
    others = ~np.eye(6, dtype=bool)
    concordance = [
        [0.00, 0.50, 0.35, 0.50, 0.35, 0.45],
        [0.50, 0.00, 0.50, 0.75, 0.50, 0.50],
        [0.65, 0.50, 0.00, 0.45, 0.20, 0.70],
        [0.75, 0.25, 0.55, 0.00, 0.35, 0.45],
        [0.90, 0.70, 0.80, 0.90, 0.00, 0.90],
        [0.55, 0.50, 0.55, 0.55, 0.10, 0.00],
    ]
    discordance = [
        [0.0000, 0.5052, 0.4042, 0.1883, 0.4286, 0.2825],
        [0.4286, 0.0000, 0.7143, 0.2589, 0.8571, 0.5714],
        [0.1696, 0.2825, 0.0000, 0.1938, 0.2825, 0.2180],
        [0.5714, 0.4042, 0.8571, 0.0000, 1.0000, 0.7143],
        [0.0485, 0.3031, 0.2021, 0.0727, 0.0000, 0.0969],
        [0.1295, 0.6063, 0.5052, 0.2021, 0.3031, 0.0000],
    ]
    np.testing.assert_allclose(result.notes["concordance_index"][others], np.array(concordance)[others], atol=1e-9)
    np.testing.assert_allclose(result.notes["discordance_index"][others], np.array(discordance)[others], atol=6e-5)
    assert np.flatnonzero(result.figures["kernel"]).tolist() == [4]
    assert result.notes["cycles"] == ()


def test_layers_by_hand():
    """Of the relation above only E outranks all; then B over D, C over A and F: layers 3 2 2 3 1 3."""
    result = electre_i((SITES / SITES.sum(axis=0)).T, [0.25, 0.25, 0.1, 0.2, 0.2], [1, 1, -1, 1, 1], ranges="common")
    above = result.notes["outranks"] & ~np.eye(6, dtype=bool)
    assert {(int(a), int(b)) for a, b in zip(*np.nonzero(above), strict=True)} == {
        *((4, b) for b in (0, 1, 2, 3, 5)),
        *((1, 3), (2, 0), (2, 5)),
    }
    assert result.score.tolist() == [3, 2, 2, 3, 1, 3]


def test_a_strong_objection_stops_a_majority():
    """Two of three criteria (2/3 of the weight) prefer the first; the third objects with its whole range."""
    values, thirds = [[9.0, 8.0], [9.0, 8.0], [1.0, 9.0]], [1 / 3] * 3
    assert electre_i(values, thirds, [1, 1, 1], discordance=0.99).figures["kernel"].tolist() == [True, True]
    assert electre_i(values, thirds, [1, 1, 1], discordance=1.0).figures["kernel"].tolist() == [True, False]


def test_a_stated_range_is_a_veto_in_units_of_the_criterion():
    values = [[100.0, 110.0], [9.0, 7.0]]
    how = {"weights": [0.7, 0.3], "directions": [-1, 1], "discordance": 1.0}
    assert electre_i([[100.0, 110.0], [7.0, 9.0]], ranges=[50.0, 2.0], **how).score.tolist() == [1, 2]
    assert electre_i([[100.0, 110.0], [7.0, 9.0]], ranges=[50.0, 1.9], **how).score.tolist() == [1, 1]
    assert electre_i(values, ranges=[50.0, 0.1], **how).score.tolist() == [1, 2]


def test_bids_on_a_cycle_share_a_layer_and_are_named():
    """Condorcet: each of three is ahead of the next in two of three criteria; a fourth is behind them all."""
    values = [[3.0, 1.0, 2.0, 0.0], [2.0, 3.0, 1.0, 0.0], [1.0, 2.0, 3.0, 0.0]]
    result = electre_i(values, [1 / 3] * 3, [1, 1, 1], discordance=1.0)
    assert result.score.tolist() == [1, 1, 1, 2]
    assert result.notes["cycles"] == ((0, 1, 2),)


def test_what_outranks_a_cycle_outranks_what_a_bid_of_the_cycle_dominates():
    """Bid 0 dominates bid 1 and is on a cycle with bid 2; bid 3 outranks bid 2 only.

    In the plain kernel bid 3 keeps the cycle of bid 0 out, and bid 1 (with bid 4) comes in: the lesser before the
    better. With the added arc from bid 3 to bid 1 it waits.
    """
    values = np.array([[3.0, 3.0, 3.0, 5.0, 4.0], [7.0, 7.0, 3.0, 0.0, 7.0], [4.0, 3.0, 4.0, 4.0, 3.0]])
    assert (values[:, 0] >= values[:, 1]).all()
    result = electre_i(values, [0.4, 0.35, 0.25], [1, 1, 1], concordance=0.6, discordance=0.7)
    assert result.notes["cycles"] == ((0, 2), (1, 4))
    assert np.flatnonzero(result.notes["outranks"][3]).tolist() == [2, 3]
    assert plain_layers(result.notes["outranks"]) == [2.0, 1.0, 2.0, 1.0, 1.0]
    assert result.score.tolist() == [2.0, 3.0, 2.0, 1.0, 3.0]


def plain_layers(outranks):
    """Kernel after kernel of the relation between its cycles, with nothing added; by brute force."""
    n = len(outranks)
    reach = np.linalg.matrix_power(outranks.astype(float), n) > 0
    group = [min(b for b in range(n) if reach[a, b] and reach[b, a]) for a in range(n)]
    arcs = {(group[a], group[b]) for a in range(n) for b in range(n) if outranks[a, b] and group[a] != group[b]}
    left, layer, layers = set(group), 0, {}
    while left:
        layer += 1
        for size in range(1, len(left) + 1):
            found = [k for k in itertools.combinations(sorted(left), size) if is_kernel(set(k), left, arcs)]
            if found:
                assert len(found) == 1, "a relation without cycles has one kernel"
                break
        layers |= dict.fromkeys(found[0], layer)
        left -= set(found[0])
    return [float(layers[g]) for g in group]


def is_kernel(kernel, left, arcs):
    inside = any((a, b) in arcs for a in kernel for b in kernel)
    return not inside and all(any((a, b) in arcs for a in kernel) for b in left - kernel)


@given(seed=SEEDS, concordance=st.sampled_from([0.55, 0.65, 0.8]), discordance=st.sampled_from([0.2, 0.35, 0.9]))
@settings(max_examples=60, deadline=None)
def test_without_cycles_layers_are_kernel_after_kernel(seed, concordance, discordance):
    values, weights, directions, _ = a_block(seed, n_tables=1)
    values = values[:, :, 0]
    result = electre_i(values, weights, directions, concordance=concordance, discordance=discordance)
    if not result.notes["cycles"]:
        assert plain_layers(result.notes["outranks"]) == result.score.tolist()


@given(seed=SEEDS, concordance=st.sampled_from([0.55, 0.65, 1.0]), discordance=st.sampled_from([0.0, 0.35, 1.0]))
@settings(max_examples=40, deadline=None)
def test_electre_i_keeps_the_laws(seed, concordance, discordance):
    for ranges in ("own", "common"):
        how = {"concordance": concordance, "discordance": discordance, "ranges": ranges}
        check_bits(METHOD, seed, **how)
        check_degenerate(METHOD, seed, **how)
        check_dominance(METHOD, seed, **how)


def test_a_threshold_is_met_by_the_same_decimal():
    """0.1 + 0.2 + 0.3 is 0.6000000000000001 and 0.3 + 0.2 + 0.1 is 0.6: both meet 0.6, and 0.7 + 0.1 meets 0.8."""
    values = [[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
    weights = [0.1, 0.2, 0.3, 0.4]
    for order in itertools.permutations(range(4)):
        result = electre_i(
            np.array(values)[list(order)], np.array(weights)[list(order)], np.ones(4), concordance=0.6, discordance=1.0
        )
        assert result.score.tolist() == [1, 2]
    assert 0.7 + 0.1 < 0.8
    result = electre_i([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]], [0.7, 0.1, 0.2], [1, 1, 1], concordance=0.8, discordance=1)
    assert result.score.tolist() == [1, 2]


def test_a_criterion_without_weight_raises_no_objection():
    values = [[5.0, 4.0], [0.0, 9.0]]
    assert electre_i(values, [1.0, 0.0], [1, 1]).score.tolist() == [1, 2]
    assert electre_i(values, [1.0, 0.0], [1, 1], ranges="common").score.tolist() == [1, 2]


def test_cycles_of_several_tables_come_one_by_one():
    ring = np.array([[3.0, 1.0, 2.0], [2.0, 3.0, 1.0], [1.0, 2.0, 3.0]])
    block = np.stack([ring, np.sort(ring, axis=1)], axis=2)
    result = electre_i(block, [1 / 3] * 3, [1, 1, 1], discordance=1.0)
    assert result.notes["cycles"] == (((0, 1, 2),), ())
    assert result.figures["layer"].T.tolist() == [[1, 1, 1], [3, 2, 1]]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"concordance": 0.5}, "above 0.5"),
        ({"concordance": 1.1}, "above 0.5"),
        ({"discordance": -0.1}, "from 0 to 1"),
        ({"ranges": "widest"}, "'own', 'common'"),
        ({"ranges": [1.0]}, "one figure above zero"),
        ({"ranges": [1.0, 0.0]}, "one figure above zero"),
    ],
)
def test_thresholds_that_say_nothing_are_refused(arguments, word):
    with pytest.raises(ValueError, match=word):
        electre_i([[1.0, 2.0], [2.0, 1.0]], [0.5, 0.5], [1, 1], **arguments)


def test_raising_a_cost_can_help_in_electre_i():
    """Why it is exempt: the third bid raises its price from 9 to 14.

    The range of prices grows from 7 to 12, so that the price of the second bid, 4 above the first, is no objection
    any more: the first falls out of the kernel, and the third shares its layer.
    """
    values = np.array([[2.0, 6.0, 9.0], [3.0, 9.0, 4.0]])
    before = electre_i(values, [1 / 3, 2 / 3], [-1, 1])
    values[0, 2] = 14.0
    after = electre_i(values, [1 / 3, 2 / 3], [-1, 1])
    assert [ranks_of(x.score, "lower").tolist() for x in (before, after)] == [[1, 1, 3], [2, 1, 2]]
    assert set(METHOD.exempt) == {"raising_cost"}
