"""Shrunken rates and means with names on them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.monitor.shrinkage_front import shrink_means, shrink_rates

EVENTS = {"A": 9, "B": 17, "C": 46, "D": 70, "E": 198, "F": 450}
CASES = {"A": 12, "B": 18, "C": 50, "D": 90, "E": 210, "F": 600}


def test_three_tickets_are_not_three_thousand():
    """The one with 3 of 3 is not called better than the one with 2,940 of 3,000 (98 %)."""
    events = {"few": 3, "many": 2940, "c": 89, "d": 93, "e": 95, "f": 178}
    cases = {"few": 3, "many": 3000, "c": 100, "d": 100, "e": 100, "f": 200}
    frame = shrink_rates(events, cases).to_frame()
    assert frame.loc["few", "raw"] > frame.loc["many", "raw"]
    assert frame.loc["few", "estimate"] < frame.loc["many", "estimate"]
    assert frame.loc["few", "reliability"] < 0.2
    assert frame.loc["many", "reliability"] > 0.9


def test_the_reliability_is_cases_over_cases_and_strength():
    frame = shrink_rates(EVENTS, CASES).to_frame()
    n, strength = frame["n"], frame["prior_strength"]
    assert frame["reliability"].to_numpy() == pytest.approx((n / (n + strength)).to_numpy())
    mixed = frame["reliability"] * frame["raw"] + (1 - frame["reliability"]) * frame["prior_mean"]
    assert frame["estimate"].to_numpy() == pytest.approx(mixed.to_numpy())
    assert set(frame["basis"]) == {"shrunken, comparison"}


def test_order_and_names_change_nothing_to_the_last_bit():
    one = shrink_rates(EVENTS, CASES).to_frame()
    other = shrink_rates(dict(reversed(EVENTS.items())), pd.Series(CASES).sample(frac=1, random_state=1)).to_frame()
    pd.testing.assert_frame_equal(one, other, check_exact=True)
    renamed = {"A": "z9", "B": "b", "C": "a", "D": "供应商", "E": "M", "F": "k"}
    other = shrink_rates({renamed[s]: e for s, e in EVENTS.items()}, {renamed[s]: n for s, n in CASES.items()})
    assert other.to_frame().loc[list(renamed.values()), "estimate"].tolist() == one["estimate"].tolist()


def test_fewer_than_five_peers_use_the_stated_prior_and_say_so():
    few = shrink_rates({"A": 3, "B": 9}, {"A": 3, "B": 10}, prior=(0.9, 20))
    frame = few.to_frame()
    assert frame["prior_source"].tolist() == ["stated", "stated"]
    assert frame["estimate"].tolist() == pytest.approx([21 / 23, 27 / 30])
    assert "stated prior" in few.explain("A")
    assert "先验" in few.explain("A", "zh")


def test_without_peers_or_prior_there_is_no_estimate():
    alone = shrink_rates({"A": 3}, {"A": 3})
    frame = alone.to_frame()
    assert frame.loc["A", "status"] == "no_prior"
    assert np.isnan(frame.loc["A", "estimate"])
    assert frame.loc["A", "raw"] == 1.0
    assert "no estimate" in alone.explain("A")


def test_a_supplier_without_cases_has_the_peers_mean_and_no_reliability():
    result = shrink_rates({**EVENTS, "G": 0}, {**CASES, "G": 0})
    row = result.to_frame().loc["G"]
    assert (row["status"], row["reliability"], row["peers"]) == ("no_data", 0.0, 6)
    assert row["estimate"] == row["prior_mean"]
    assert np.isnan(row["raw"])
    assert row["lower"] < row["estimate"] < row["upper"]
    assert "no cases" in result.explain("G")
    without = shrink_rates(EVENTS, CASES).to_frame()
    assert result.to_frame().loc["A", "estimate"] == without.loc["A", "estimate"]


def test_groups_learn_from_their_own_peers_only():
    group = dict.fromkeys(EVENTS, "desk") | {"G": "lab"}
    result = shrink_rates({**EVENTS, "G": 1}, {**CASES, "G": 10}, group=group, prior=(0.5, 10)).to_frame()
    alone = shrink_rates(EVENTS, CASES).to_frame()
    assert result.loc["A", "estimate"] == alone.loc["A", "estimate"]
    assert result.loc["G", "estimate"] == pytest.approx(6 / 20)


def test_a_rate_of_four_in_a_thousand_is_said():
    result = shrink_rates({"A": 4, "B": 5, "C": 3, "D": 4, "E": 6}, dict.fromkeys("ABCDE", 1000))
    assert "0.004" in result.explain("A")
    assert result.to_frame().loc["A", "raw"] == 0.004


def test_one_case_each_needs_the_stated_prior():
    events = {"A": 1, "B": 0, "C": 1, "D": 1, "E": 1, "F": 0}
    assert set(shrink_rates(events, dict.fromkeys(events, 1)).to_frame()["status"]) == {"no_prior"}
    stated = shrink_rates(events, dict.fromkeys(events, 1), prior=(0.8, 4)).to_frame()
    assert stated.loc["A", "estimate"] == pytest.approx(4.2 / 5)


def test_no_supplier_is_an_empty_table():
    assert shrink_rates({}, {}).to_frame().empty
    assert shrink_means({}, {}).to_frame().empty


def test_moments_and_likelihood_agree_roughly():
    first, second = (shrink_rates(EVENTS, CASES, method=m).to_frame() for m in ("likelihood", "moments"))
    assert first["estimate"].to_numpy() == pytest.approx(second["estimate"].to_numpy(), abs=0.03)


def test_james_stein_by_the_public_option_reproduces_efron_and_morris():
    """Efron and Morris 1975, JASA 70:311 (18 players, 45 at bats)."""
    y = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]) / 45
    error = np.sqrt(np.mean(y) * (1 - np.mean(y)) / 45)
    frame = shrink_means(y, [error] * 18, method="james_stein").to_frame()
    assert frame["prior_mean"].iloc[0] == pytest.approx(0.265, abs=6e-4)
    assert frame["reliability"].to_numpy() == pytest.approx(0.212, abs=6e-4)
    assert frame["estimate"].iloc[[0, 1, 8, 17]].tolist() == pytest.approx([0.294, 0.289, 0.261, 0.242], abs=1.1e-3)


def test_james_stein_needs_one_error_and_four_suppliers():
    with pytest.raises(InvalidInput, match="equal standard errors"):
        shrink_means([1, 2, 3, 4], [1, 1, 1, 2], method="james_stein")
    assert set(shrink_means([1, 2, 3], [1, 1, 1], method="james_stein", minimum_peers=2).to_frame()["status"]) == {
        "no_prior"
    }


def test_a_mean_that_is_known_badly_moves_most():
    means = {"A": 4.9, "B": 4.9, "C": 4.0, "D": 4.2, "E": 3.8, "F": None}
    errors = {"A": 0.6, "B": 0.05, "C": 0.1, "D": 0.1, "E": 0.1, "F": None}
    result = shrink_means(means, errors)
    frame = result.to_frame()
    assert frame.loc["A", "estimate"] < frame.loc["B", "estimate"] < 4.9
    assert frame.loc["F", "status"] == "no_data"
    assert frame.loc["F", "estimate"] == frame.loc["F", "prior_mean"]
    assert "同类" in result.explain("F", "zh")


def test_means_of_few_use_the_stated_prior():
    frame = shrink_means({"A": 90}, {"A": 2}, prior=(80, 2)).to_frame()
    assert (frame.loc["A", "estimate"], frame.loc["A", "prior_source"]) == (85.0, "stated")


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(InvalidInput) as refused:
        shrink_rates({"A": 5}, {"A": 4}, prior=(1.2, 3), confidence=95, minimum_peers=1)
    assert {f.code for f in refused.value.findings} == {
        "estimates.prior.rate",
        "estimates.confidence.range",
        "estimates.minimum_peers.range",
    }
    with pytest.raises(InvalidInput, match="more events than cases"):
        shrink_rates({"A": 5}, {"A": 4})
    with pytest.raises(InvalidInput, match="no standard error above zero"):
        shrink_means({"A": 5}, {"A": 0})
    with pytest.raises(InvalidInput, match="prior of a mean"):
        shrink_means({"A": 5}, {"A": 1}, prior="5")
    with pytest.raises(UnknownName, match="likelihood"):
        shrink_rates(EVENTS, CASES, method="likelyhood")
    with pytest.raises(UnknownName, match="reml"):
        shrink_means(EVENTS, CASES, method="rmle")
    with pytest.raises(UnknownName):
        shrink_rates(EVENTS, CASES).explain("Z")


@settings(deadline=None, max_examples=25)
@given(n=st.lists(st.integers(2, 60), min_size=5, max_size=9), seed=st.integers(0, 99))
def test_more_good_cases_never_lower_an_estimate_of_equal_cases(n, seed):
    rng = np.random.default_rng(seed)
    size = n[0]
    events = sorted(int(k) for k in rng.binomial(size, 0.7, len(n)))
    frame = shrink_rates(events, [size] * len(n)).to_frame()
    assert np.all(np.diff(frame["estimate"]) >= -1e-12)
