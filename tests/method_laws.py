"""Laws of a ranking method as a plain function of arrays: bits, blocks, degenerate tables (rank/method.py)."""

from __future__ import annotations

import numpy as np

from supplier_eval.rank.method import ranks_of


def a_block(seed, n_tables=3, most_bids=7):
    """Values of shape (criteria, bids, tables) above zero, fractions, directions; bid 1 is never better than bid 0."""
    rng = np.random.default_rng(seed)
    n_criteria, n_bids = int(rng.integers(1, 6)), int(rng.integers(2, most_bids + 1))
    shape = (n_criteria, n_bids, n_tables)
    values = rng.integers(1, 9, shape).astype(float) if rng.random() < 0.5 else rng.uniform(1, 100, shape)
    directions = rng.choice([1.0, -1.0], n_criteria)
    worse = rng.choice([1.0, 1.1, 2.0], (n_criteria, n_tables))
    values[:, 1] = np.where(directions[:, None] > 0, values[:, 0] / worse, values[:, 0] * worse)
    return values, rng.dirichlet(np.ones(n_criteria)), directions, rng


def same(one, other, pick=...):
    """Two results agree to the last bit."""
    np.testing.assert_array_equal(one.score, other.score[pick])
    assert set(one.figures) == set(other.figures)
    for name, figure in one.figures.items():
        assert figure.dtype == other.figures[name].dtype
        np.testing.assert_array_equal(figure, other.figures[name][pick])


def check_bits(method, seed, **parameters):
    """Order of bids and criteria decides nothing; a table in a block has its own bits; inputs stay as they were."""
    values, weights, directions, rng = a_block(seed)
    before = values.copy(), weights.copy(), directions.copy()
    block = method.function(values, weights, directions, **parameters)
    for x, was in zip((values, weights, directions), before, strict=True):
        np.testing.assert_array_equal(x, was)
    for t in range(values.shape[2]):
        single = method.function(np.ascontiguousarray(values[:, :, t]), weights, directions, **parameters)
        same(single, block, (slice(None), t))
    bids, criteria = rng.permutation(values.shape[1]), rng.permutation(values.shape[0])
    mixed = method.function(values[criteria][:, bids], weights[criteria], directions[criteria], **parameters)
    same(mixed, block, bids)
    deeper = method.function(values[..., None], weights, directions, **parameters)
    same(block, deeper, (..., 0))


def check_dominance(method, seed, **parameters):
    """A bid nowhere worse never ranks below."""
    values, weights, directions, _ = a_block(seed, n_tables=20)
    ranks = ranks_of(method.function(values, weights, directions, **parameters).score, method.better)
    assert (ranks[0] <= ranks[1]).all()


def check_degenerate(method, seed, **parameters):
    """Equal bids tie, a lone bid ranks 1, a criterion that parts nobody changes no rank, no figure is NaN."""
    values, weights, directions, _ = a_block(seed)
    n_criteria, n_bids, n_tables = values.shape
    values[:, 1] = values[:, 0]
    twins = method.function(values, weights, directions, **parameters)
    np.testing.assert_array_equal(twins.score[0], twins.score[1])
    alone = method.function(values[:, :1], weights, directions, **parameters)
    assert (ranks_of(alone.score, method.better) == 1).all()
    alike = method.function(np.repeat(values[:, :1], n_bids, axis=1), weights, directions, **parameters)
    assert (ranks_of(alike.score, method.better) == 1).all()
    flat = np.concatenate([values, np.full((1, n_bids, n_tables), 0.1)])
    more = method.function(flat, np.append(weights, 0.0), np.append(directions, -1.0), **parameters)
    np.testing.assert_array_equal(ranks_of(more.score, method.better), ranks_of(twins.score, method.better))
    halved = method.function(flat, np.append(weights / 2, 0.5), np.append(directions, 1.0), **parameters)
    for result in (twins, alone, alike, more, halved):
        assert np.isfinite(result.score).all()
        assert all(np.isfinite(figure).all() for figure in result.figures.values())
    assert n_criteria == len(weights)
