"""Many tables at once."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.rank import block
from supplier_eval.rank.block import rank_block
from supplier_eval.rank.matrix import rank_matrix


def tables(*shape):
    return np.random.default_rng(3).integers(1, 9, shape).astype(float)


def test_a_block_has_the_ranks_that_rank_matrix_gives_each_table():
    values = tables(4, 6, 30)
    ranks = rank_block(values, [4, 3, 2, 1], [1, -1, 1, -1], "waspas", lam=0.3)
    for t in range(30):
        alone = rank_matrix(values[:, :, t].T, [4, 3, 2, 1], [1, -1, 1, -1], "waspas", lam=0.3)
        assert ranks[:, t].tolist() == alone.ranks.tolist()


def test_how_many_tables_are_ranked_at_once_decides_nothing(monkeypatch):
    values = tables(3, 5, 700)
    whole = rank_block(values, [1, 1, 1], [1, -1, 1])
    monkeypatch.setattr(block, "CELLS_AT_ONCE", 100)
    assert rank_block(values, [1, 1, 1], [1, -1, 1]).tolist() == whole.tolist()
    assert rank_block(values.reshape(3, 5, 7, 100), [1, 1, 1], [1, -1, 1]).reshape(5, 700).tolist() == whole.tolist()


def test_one_table_and_no_table_are_blocks_too():
    assert rank_block(tables(2, 4), [1, 1], [1, 1]).shape == (4,)
    assert rank_block(np.empty((2, 4, 0)), [1, 1], [1, 1]).shape == (4, 0)


def test_what_cannot_be_ranked_is_refused():
    values = tables(2, 3, 4)
    values[1, 2, 3] = np.nan
    with pytest.raises(ValueError, match="missing"):
        rank_block(values, [1, 1], [1, 1])
    with pytest.raises(ValueError, match="at least one criterion"):
        rank_block(np.empty((0, 3)), [1], [1])
    with pytest.raises(UnknownName):
        rank_block(tables(2, 3), [1, 1], [1, 1], "topsy")


def test_a_block_leaves_its_input_as_it_was():
    values = tables(3, 5, 700)
    kept = values.copy()
    rank_block(values, [1, 1, 1], [1, -1, 1])
    assert values.tobytes() == kept.tobytes()


@pytest.mark.parametrize(
    "given",
    [
        {"values": None},
        {"values": "x"},
        {"weights": "a"},
        {"weights": [1, -1]},
        {"directions": ["up", "max"]},
        {"directions": [1]},
        {"directions": 1},
        {"normalisation": []},
        {"normalisation": "fixed"},
        {"method": "vikor", "v": "x"},
        {"method": "spotis"},
        {"method": None},
    ],
    ids=repr,
)
def test_wrong_arguments_are_findings(given):
    with pytest.raises((InvalidInput, UnknownName)) as refused:
        rank_block(**{"values": tables(2, 3, 4), "weights": [1, 1], "directions": [1, -1], **given})
    assert isinstance(refused.value, UnknownName) or all(f.line("zh") for f in refused.value.findings)


def test_a_parameter_that_a_method_does_not_take_is_unknown():
    with pytest.raises(UnknownName, match="bonds"):
        rank_block(tables(2, 3, 4), [1, 1], [1, 1], bonds=[[0, 9], [0, 9]])


def test_directions_may_be_words():
    values = tables(2, 5, 7)
    assert rank_block(values, [2, 1], ["max", "min"]).tolist() == rank_block(values, [2, 1], [1, -1]).tolist()
