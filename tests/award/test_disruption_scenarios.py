"""Sets of failing suppliers: counted out, cut off with what is left over, drawn."""

from __future__ import annotations

import pickle
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.award.disruption_scenarios import Failure, independent_failures, likeliest

F = Fraction
CHANCES = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 10).map(lambda n: F(n, 10)), max_size=6)


def test_two_suppliers_by_hand():
    found = independent_failures({"B": F(1, 5), "A": F(1, 10)})
    said = {one.id: one.probability for one in found.scenarios}
    assert said == {"-": F(72, 100), "A": F(8, 100), "B": F(18, 100), "A+B": F(2, 100)}
    assert (found.method, found.leftover) == ("all", 0)


def test_who_never_fails_is_left_out_and_who_always_fails_is_in_every_set():
    found = independent_failures({"A": F(0), "B": F(1), "C": F(1, 2)})
    assert [(one.id, one.probability) for one in found.scenarios] == [("B", F(1, 2)), ("B+C", F(1, 2))]


def test_nobody_fails_where_nobody_can():
    (only,) = independent_failures({"A": F(0)}).scenarios
    assert (only.id, dict(only.lost), only.probability) == ("-", {}, 1)


def test_where_there_are_many_sets_the_rest_is_told():
    found = independent_failures(dict.fromkeys("ABCDEFGHIJ", F(1, 10)), most=60)
    assert (found.method, found.at_once, len(found.scenarios)) == ("at_most", 2, 56)
    kept = sum(comb(10, k) * F(1, 10) ** k * F(9, 10) ** (10 - k) for k in (0, 1, 2))
    assert found.leftover == 1 - kept
    assert sum(found.share(one) for one in found.scenarios) == 1


def test_at_least_single_failures_are_counted_out():
    found = independent_failures(dict.fromkeys("ABCDE", F(1, 2)), most=2)
    assert (found.at_once, len(found.scenarios)) == (1, 6)


@given(CHANCES)
def test_all_sets_add_up_to_one_and_give_back_the_chances(chances):
    found = independent_failures(chances)
    assert sum(one.probability for one in found.scenarios) == 1
    for key, chance in chances.items():
        assert sum(one.probability for one in found.scenarios if key in one.lost) == chance


@given(CHANCES)
def test_the_order_of_suppliers_never_matters(chances):
    backwards = dict(reversed(chances.items()))
    assert independent_failures(chances) == independent_failures(backwards)
    assert independent_failures(chances, draws=50, seed=1) == independent_failures(backwards, draws=50, seed=1)


def test_draws_are_counted_and_repeat_with_their_seed():
    found = independent_failures({"A": F(1, 2), "B": F(1, 4)}, draws=4000, seed=3)
    assert found == independent_failures({"A": F(1, 2), "B": F(1, 4)}, draws=4000, seed=3)
    assert sum(one.draws for one in found.scenarios) == 4000
    often = {one.id: float(one.probability) for one in found.scenarios}
    assert often["A+B"] == pytest.approx(0.125, abs=0.02)
    assert often["-"] == pytest.approx(0.375, abs=0.03)


def test_a_failure_is_frozen_and_survives_pickling():
    one = Failure("x", {"B": F(1, 2), "A": F(1)}, F(1, 10))
    assert list(one.lost) == ["A", "B"]
    assert pickle.loads(pickle.dumps(one)) == one
    assert hash(one) == hash(Failure("x", {"A": F(1), "B": F(1, 2)}, F(1, 10)))
    with pytest.raises(TypeError):
        one.lost["C"] = F(1)


def test_the_likeliest_scenarios_share_all_probability():
    every = independent_failures({"A": F(1, 10), "B": F(1, 5)})
    some = likeliest(every, 2)
    assert [(one.id, some.share(one)) for one in some.scenarios] == [("-", F(72, 90)), ("B", F(18, 90))]
    assert some.leftover == F(1, 10)
    assert likeliest(every, 4) is every
    tied = independent_failures(dict.fromkeys("ABC", F(1, 2)))
    assert [one.id for one in likeliest(tied, 2).scenarios] == ["-", "A"]
