from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy, Weights, best_worst, swing
from supplier_eval.policy.weights import canonical, normalised

SHARES = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.floats(1, 1000), min_size=1, max_size=9)


def small(**keys):
    return Weights(("a", "b"), np.array([0.25, 0.75]), "swing", "me", **keys)


def test_weights_that_do_not_sum_to_one_cannot_exist():
    for names, values in [(("a",), [0.5]), (("a", "b"), [1.5, -0.5]), (("a", "a"), [0.5, 0.5]), ((), [])]:
        with pytest.raises(ValueError, match="weights"):
            Weights(names, np.array(values), "swing", "me")
    with pytest.raises(ValueError, match="finite"):
        Weights(("a",), np.array([np.nan]), "swing", "me")


def test_weights_cannot_be_changed_and_do_not_change_what_was_given():
    mine = np.array([0.25, 0.75])
    weights = Weights(("a", "b"), mine, "swing", "me", {"x": 1.0})
    mine[0] = 9
    assert weights["a"] == 0.25
    with pytest.raises(ValueError, match="read-only"):
        weights.values[0] = 1
    with pytest.raises(TypeError):
        weights.consistency["x"] = 2.0
    with pytest.raises(AttributeError):
        weights.method = "ahp"


def test_weights_can_be_pickled_and_copied():
    for twin in (pickle.loads(pickle.dumps(small())), copy.deepcopy(small())):
        assert twin.by_name == {"a": 0.25, "b": 0.75}


def test_weights_bind_nobody():
    assert small().standing == "exploratory"
    assert small().policy_fingerprint == ""
    assert "only a published policy binds" in small().explain()
    assert "只有公布的政策才有约束力" in small().explain("zh")


def test_an_unknown_criterion_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'price'"):
        swing({"price": 1, "quality": 2})["prise"]


def test_the_frame_shows_the_interval_where_there_is_one():
    frame = small(figures={"lower": np.array([0.2, 0.7]), "upper": np.array([0.3, 0.8])}).to_frame()
    assert list(frame.columns) == ["criterion", "weight", "lower", "upper"]
    assert frame.loc[0].tolist() == ["a", 0.25, 0.2, 0.3]
    assert small().to_frame().loc[1].tolist() == ["b", 0.75, 0.75, 0.75]


def test_every_figure_of_consistency_is_said_in_both_languages_also_one_that_has_no_words():
    said = small(consistency={"cr": 0.05, "mine": 3.0, "ri_table": "Saaty"})
    assert "CR: 0.05" in said.explain() and "mine: 3" in said.explain() and "Saaty" in said.explain()
    assert "一致性比率 CR：0.05" in said.explain("zh")
    bounds = best_worst([2, 1, 4, 3, 8], [4, 8, 4, 2, 1])
    assert "the judgements allow" in bounds.explain() and "允许的范围" in bounds.explain("zh")


def test_the_repr_is_short():
    many = swing({f"c{i}": 1 for i in range(30)})
    assert "and 24 more" in repr(many)
    assert "\n" not in repr(many) and len(repr(many)) < 200


def test_thirds_become_points_that_add_up_and_names_decide_equal_remainders():
    thirds = swing({"c": 1, "a": 1, "b": 1})
    assert thirds.as_points(100, 2) == {"c": Decimal("33.33"), "a": Decimal("33.34"), "b": Decimal("33.33")}
    assert thirds.as_points(100, 0) == {"c": 33, "a": 34, "b": 33}
    assert thirds.as_points(1, 1) == {"c": Decimal("0.3"), "a": Decimal("0.4"), "b": Decimal("0.3")}


def test_round_weights_become_round_points():
    points = swing({"a": 40, "b": 30, "c": 30}).as_points()
    assert points == {"a": 40, "b": 30, "c": 30}


@settings(max_examples=60)
@given(SHARES, st.sampled_from([Decimal(100), Decimal(1), Decimal("12.5")]), st.integers(5, 12))
def test_points_add_up_exactly_and_are_nowhere_off_by_more_than_a_unit(shares, total, places):
    weights = swing(shares)
    points = weights.as_points(total, places)
    unit = Decimal(1).scaleb(-places)
    assert sum(points.values()) == total
    for name, given_points in points.items():
        assert abs(given_points - Decimal(weights[name]) * total) <= unit * (1 + Decimal("1e-6"))
    turned = swing(dict(reversed(shares.items()))).as_points(total, places)
    assert turned == points


def test_a_criterion_never_vanishes_by_rounding():
    tiny = swing({"a": 1000, "b": 1})
    with pytest.raises(InvalidInput, match="nothing is left for b"):
        tiny.as_points(100, 0)
    assert tiny.as_points(100, 2)["b"] == Decimal("0.10")
    assert swing({"a": 1, "b": 0}).as_points(100, 0) == {"a": 100, "b": 0}


@pytest.mark.parametrize(("total", "places"), [(0, 2), (-1, 2), (100, 13), (100, -1), ("99.99", 1)])
def test_a_total_that_points_cannot_reach_is_refused(total, places):
    with pytest.raises(InvalidInput, match=r"weighting\.asked\.(total|places)"):
        small().as_points(total, places)


def test_a_policy_takes_the_points_over():
    policy = Policy.from_mapping(policy_mapping())
    weights = swing({"quality": 100, "capability": 70, "emergency": 30, "price": 90})
    for places in (None, 1, 2):
        taken = policy.replace(weights=weights.as_points(policy.total, places))
        assert sum(c.weight for c in taken.tree().roots) == policy.total
        assert taken.fingerprint != policy.fingerprint
        assert taken.weights()["quality"] == pytest.approx(weights["quality"], abs=0.001)


def test_normalising_and_canonical_order_do_not_depend_on_the_order_given():
    rng = np.random.default_rng(3)
    raw = rng.random(50) * 10.0 ** rng.integers(-8, 8, 50)
    turn = rng.permutation(50)
    assert np.array_equal(normalised(raw)[turn], normalised(raw[turn]))
    assert canonical(["b", "a", "c"]) == [1, 0, 2]


def test_the_room_loads_neither_scipy_nor_pandas_before_they_are_used():
    shown = (
        "import supplier_eval as se, sys; se.policy.ahp; print([n for n in ('scipy', 'pandas') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_method_is_named_in_the_language():
    assert swing({"a": 2, "b": 1}).explain().startswith("Weights by swing weighting (von Winterfeldt")
    assert swing({"a": 2, "b": 1}).explain("zh").startswith("权重方法 摆幅赋权法（")
    own = Weights(("a",), np.ones(1), "my_own", "made here")
    assert own.explain().startswith("Weights by my_own (made here)")
