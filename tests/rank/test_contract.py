"""The laws that every ranking method of the registry keeps (rank/method.py)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.errors import InvalidInput
from supplier_eval.rank.block import rank_block
from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.method import LAWS, ranks_of
from supplier_eval.rank.methods import METHODS

HIGHEST = 1000.0
BOUNDS = (0.0, HIGHEST)
EVERY = pytest.mark.parametrize("name", sorted(METHODS))
SEEDS = st.integers(0, 2**32 - 1)


def keeping(law):
    return pytest.mark.parametrize("name", sorted(n for n, m in METHODS.items() if law not in m.exempt))


def needed(name, criteria):
    """Parameters without a default, for figures up to 1000."""
    if name != "spotis":
        return {}
    return {"bounds": dict.fromkeys(criteria, BOUNDS) if isinstance(criteria, tuple) else [BOUNDS] * criteria}


def problem(seed, n_tables=1, most_bids=7):
    """Values of shape (criteria, bids, tables), weights in points, directions; whole figures half of the time."""
    rng = np.random.default_rng(seed)
    n_criteria, n_bids = int(rng.integers(2, 7)), int(rng.integers(2, most_bids + 1))
    shape = (n_criteria, n_bids, n_tables)
    values = rng.integers(1, 12, shape).astype(float) if rng.random() < 0.5 else rng.uniform(1, 100, shape)
    return values, rng.integers(1, 10, n_criteria).astype(float), rng.choice([1.0, -1.0], n_criteria), rng


def frame_of(values):
    criteria = [f"c{i}" for i in range(values.shape[0])]
    return pd.DataFrame(values.T, index=[f"B{b}" for b in range(values.shape[1])], columns=criteria)


def ranked(name, frame, weights, directions):
    """By public `rank_matrix`, everything given by name."""
    criteria = tuple(frame.columns)
    return rank_matrix(frame, weights, directions, name, **needed(name, criteria))


def named(frame, weights, directions):
    return dict(zip(frame.columns, weights, strict=True)), dict(zip(frame.columns, directions, strict=True))


@EVERY
@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_relabelled_bids_have_relabelled_ranks_and_the_order_of_criteria_decides_nothing(name, seed):
    values, weights, directions, rng = problem(seed)
    frame = frame_of(values[:, :, 0])
    by_name = named(frame, weights, directions)
    plain = ranked(name, frame, *by_name)
    bids, columns = rng.permutation(frame.index), rng.permutation(frame.columns)
    mixed = ranked(name, frame.loc[bids, columns], *by_name)
    for bid in frame.index:
        assert mixed.rank_of(bid) == plain.rank_of(bid)
        assert mixed.score_of(bid) == plain.score_of(bid), "to the last bit"
    assert mixed.order == plain.order


@EVERY
@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_raw_weights_and_the_same_weights_normalised_give_one_answer(name, seed):
    values, points, directions, _ = problem(seed)
    frame = frame_of(values[:, :, 0])
    raw = ranked(name, frame, points, directions)
    normalised = ranked(name, frame, points / points.sum(), directions)
    hundredfold = ranked(name, frame, points * 100, directions)
    assert raw.ranks.tolist() == normalised.ranks.tolist() == hundredfold.ranks.tolist()
    assert raw.score.tolist() == normalised.score.tolist() == hundredfold.score.tolist()


@EVERY
@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_the_same_call_gives_the_same_answer_and_inputs_stay_as_they_were(name, seed):
    values, points, directions, _ = problem(seed)
    frame = frame_of(values[:, :, 0])
    kept, kept_points, kept_directions = frame.copy(), points.copy(), directions.copy()
    first, second = (ranked(name, frame, points, directions) for _ in range(2))
    pd.testing.assert_frame_equal(first.to_frame(), second.to_frame(), check_exact=True)
    pd.testing.assert_frame_equal(frame, kept, check_exact=True)
    assert points.tolist() == kept_points.tolist()
    assert directions.tolist() == kept_directions.tolist()
    array = np.ascontiguousarray(values)
    before = array.copy()
    METHODS[name].function(array, points / points.sum(), directions, **needed(name, len(points)))
    assert array.tobytes() == before.tobytes()


@EVERY
@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_identical_bids_tie_and_share_every_figure(name, seed):
    values, points, directions, _ = problem(seed)
    values[:, -1] = values[:, 0]
    ranking = ranked(name, frame_of(values[:, :, 0]), points, directions)
    assert ranking.ranks[0] == ranking.ranks[-1]
    assert ranking.score[0] == ranking.score[-1]
    for figure in ranking.figures.values():
        assert figure[0] == figure[-1]


@EVERY
@pytest.mark.parametrize("n_criteria", [1, 2, 12])
def test_one_bid_ranks_first(name, n_criteria):
    frame = frame_of(np.full((n_criteria, 1), 7.0))
    ranking = ranked(name, frame, np.ones(n_criteria), np.resize([1.0, -1.0], n_criteria))
    assert ranking.ranks.tolist() == [1]
    assert np.isfinite(ranking.score).all()


@EVERY
@pytest.mark.parametrize("missing", [np.nan, np.inf, -np.inf])
def test_a_missing_value_is_refused(name, missing):
    frame = frame_of(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]))
    frame.iloc[1, 0] = missing
    with pytest.raises(InvalidInput) as refused:
        ranked(name, frame, [1, 1], ["max", "min"])
    (finding,) = refused.value.findings
    assert (finding.code, finding.column) == ("matrix.values.missing", "c0")
    assert finding.facts["bids"] == "B1"
    with pytest.raises(ValueError):
        METHODS[name].function(frame.to_numpy().T, [0.5, 0.5], [1.0, -1.0], **needed(name, 2))


@EVERY
@given(seed=SEEDS)
@settings(max_examples=8, deadline=None)
def test_a_table_in_a_block_has_the_bits_that_it_has_alone(name, seed):
    values, points, directions, _ = problem(seed, n_tables=130)
    weights, extra = points / points.sum(), needed(name, len(points))
    how = METHODS[name]
    together = how.function(values, weights, directions, **extra)
    ranks = rank_block(values, points, directions, name, **extra)
    assert ranks.shape == values.shape[1:]
    for t in (0, 64, 129):
        alone = how.function(np.ascontiguousarray(values[:, :, t]), weights, directions, **extra)
        assert alone.score.tobytes() == np.ascontiguousarray(together.score[:, t]).tobytes()
        assert ranks[:, t].tolist() == ranks_of(alone.score, how.better).tolist()
        for key, figure in alone.figures.items():
            assert figure.tolist() == together.figures[key][:, t].tolist()


@keeping("dominance")
@given(seed=SEEDS)
@settings(max_examples=25, deadline=None)
def test_a_bid_nowhere_worse_and_somewhere_better_never_ranks_below(name, seed):
    values, points, directions, rng = problem(seed, n_tables=60)
    i = int(rng.integers(len(points)))
    gain = rng.uniform(1.0001, 3.0, values.shape[2])
    values[:, 1] = values[:, 0]
    values[i, 1] *= gain if directions[i] > 0 else 1.0 / gain
    ranks = rank_block(values, points, directions, name, **needed(name, len(points)))
    assert (ranks[1] <= ranks[0]).all()


@keeping("raising_cost")
@given(seed=SEEDS)
@settings(max_examples=25, deadline=None)
def test_raising_a_cost_never_helps(name, seed):
    values, points, directions, rng = problem(seed, n_tables=60)
    i = int(rng.integers(len(points)))
    directions[i] = -1.0
    extra = needed(name, len(points))
    before = rank_block(values, points, directions, name, **extra)
    values[i, 0] *= rng.uniform(1.0001, 5.0, values.shape[2])
    after = rank_block(values, points, directions, name, **extra)
    assert (after[0] >= before[0]).all()


@EVERY
def test_a_plainly_dearer_bid_loses_and_a_plainly_better_bid_wins(name):
    """No method, exempt or not, rewards cost: a COPRAS that adds S- instead of dividing by it does."""
    values = np.array([[100.0, 200.0, 400.0], [5.0, 5.0, 5.0]])
    ranking = ranked(name, frame_of(values), [1, 1], ["min", "max"])
    assert ranking.rank_of("B0") == 1
    assert ranking.rank_of("B2") >= ranking.rank_of("B0")
    better = ranked(name, frame_of(values), [1, 1], ["max", "max"])
    assert better.rank_of("B2") == 1
    if name != "electre_i":  # a kernel of several bids is its answer where objections are strong
        assert ranking.ranks.tolist() == [1, 2, 3]
        assert better.ranks.tolist() == [3, 2, 1]


DEGENERATE = {
    "a constant criterion": (np.array([[5.0, 5.0, 5.0], [1.0, 2.0, 3.0]]), [1, 1], [1, -1]),
    "only constant criteria": (np.full((3, 4), 5.0), [1, 2, 3], [1, -1, 1]),
    "all benefits zero": (np.zeros((2, 3)), [1, 1], [1, 1]),
    "one benefit all zero": (np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]]), [1, 1], [1, -1]),
    "a zero weight": (np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]), [0, 1], [1, -1]),
    "all weight on a constant criterion": (np.array([[5.0, 5.0, 5.0], [1.0, 2.0, 3.0]]), [1, 0], [-1, -1]),
    "two identical bids": (np.array([[4.0, 4.0], [2.0, 2.0]]), [1, 1], [1, -1]),
    "two criteria": (np.array([[1.0, 2.0], [2.0, 1.0]]), [1, 1], [1, 1]),
    "twelve criteria": (np.arange(1.0, 37.0).reshape(12, 3), [1] * 12, [1, -1] * 6),
    "figures of very different size": (np.array([[1e-9, 2e-9, 3e-9], [3e2, 2e2, 1e2]]), [1, 1], [1, -1]),
    "a benefit of zero": (np.array([[0.0, 2.0, 3.0], [3.0, 2.0, 1.0]]), [1, 1], [1, -1]),
}


@EVERY
@pytest.mark.parametrize("case", sorted(DEGENERATE))
def test_degenerate_tables_give_a_result_or_a_finding_never_nan(name, case):
    values, weights, directions = DEGENERATE[case]
    try:
        ranking = ranked(name, frame_of(values), weights, directions)
    except InvalidInput as refused:
        assert METHODS[name].domain == "positive"
        assert all(finding.column for finding in refused.findings)
        return
    assert np.isfinite(ranking.score).all()
    assert all(np.isfinite(figure.astype(float)).all() for figure in ranking.figures.values() if figure.dtype != object)
    assert min(ranking.ranks) == 1
    constant = (values == values[:, :1]).all(axis=1) | (np.array(weights) == 0)
    if constant.all():
        assert set(ranking.ranks.tolist()) == {1}


@EVERY
def test_what_a_method_says_of_itself_is_complete(name):
    method = METHODS[name]
    assert method.title and method.source
    assert set(method.exempt) <= set(LAWS)
    assert all(len(reason) > 30 for reason in method.exempt.values())
    values, points, directions, _ = problem(1)
    ranking = ranked(name, frame_of(values[:, :, 0]), points, directions)
    assert set(ranking.figures) | {"bid", "rank", "score"} == set(ranking.to_frame().columns)
    assert ranking.standing == "exploratory"
    for lang in ("en", "zh"):
        assert ranking.order[0] in ranking.explain(ranking.order[0], lang)
