from __future__ import annotations

import copy
import pickle

import pytest

from supplier_eval.policy.frozen import FrozenDict


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.__setitem__("x", 2),
        lambda d: d.__delitem__("x"),
        lambda d: d.update(x=2),
        lambda d: d.pop("x"),
        lambda d: d.popitem(),
        lambda d: d.clear(),
        lambda d: d.setdefault("y", 2),
        lambda d: d.__ior__({"y": 2}),
    ],
)
def test_every_change_is_refused(change):
    frozen = FrozenDict(x=1)
    with pytest.raises(TypeError, match="does not change"):
        change(frozen)
    assert frozen == {"x": 1}


def test_it_is_copied_and_pickled_like_any_dictionary():
    frozen = FrozenDict(x=1)
    for again in (copy.copy(frozen), copy.deepcopy(frozen), pickle.loads(pickle.dumps(frozen))):
        assert again == frozen and isinstance(again, FrozenDict)
