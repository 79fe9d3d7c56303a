"""Control charts as they are asked for."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
import shewhart
from hypothesis import given, settings
from hypothesis import strategies as st

import supplier_eval as se
from monitor.test_attribute_charts import BOARDS, CANS
from monitor.test_cusum_chart import TABLE
from monitor.test_ewma_chart import NIST
from supplier_eval.errors import InvalidInput

KINDS = ("xmr", "p", "np", "u", "c", "laney_p", "laney_u", "ewma", "cusum")


def chart(values, **asked):
    return se.monitor.control_chart(values, **asked)


def codes(values, **asked):
    with pytest.raises(InvalidInput) as refused:
        chart(values, **asked)
    assert all(finding.say("zh") and finding.advise("zh") for finding in refused.value.findings)
    return sorted(finding.code for finding in refused.value.findings)


def test_the_orange_juice_cans_and_their_revised_limits():
    first = chart(CANS, kind="p", n=50)
    assert first.signal_points == (15, 23)
    revised = chart(CANS, kind="p", n=50, exclude=[15, 23])
    assert revised.centre[0] == pytest.approx(0.2150, abs=6e-5)
    assert (revised.lower[0], revised.upper[0]) == (pytest.approx(0.0407, abs=6e-5), pytest.approx(0.3893, abs=6e-5))
    assert revised.signal_points == (15, 21, 23)  # 21 plots above the revised limit; the book keeps it
    assert revised.in_baseline.sum() == 28


def test_the_np_chart_is_the_p_chart_in_counts():
    p, np_ = chart(CANS, kind="p", n=50), chart(CANS, kind="np", n=50)
    assert np_.values == pytest.approx(np.array(CANS))
    assert np_.upper == pytest.approx(50 * p.upper)
    assert np_.signal_points == p.signal_points


def test_montgomerys_cusum_signals_at_29_with_the_points_since_23():
    found = chart(TABLE, kind="cusum", centre=10, sigma=1)
    assert found.signal_points == (29, 30)
    assert found.signals[0].points == (23, 24, 25, 26, 27, 28, 29)
    assert found.upper[0] == 5.0


def test_the_ewma_of_nist_stays_within_its_limits():
    found = chart(NIST, kind="ewma", weight=0.3, centre=50, sigma=2.0539, settled=True)
    assert (found.lower[0], found.upper[0]) == (pytest.approx(47.4115, abs=1e-4), pytest.approx(52.5884, abs=1e-4))
    assert not found.signals


@pytest.mark.parametrize("kind", ["p", "np", "u", "c", "laney_p", "laney_u"])
def test_limits_and_signals_agree_with_an_independent_library(kind):
    rng = np.random.default_rng(8)
    n = np.full(30, 400) if kind == "np" else rng.integers(150, 900, 30)
    counts = rng.binomial(n, rng.beta(8, 92, 30)) if kind != "c" else rng.poisson(9, 30)
    size = {} if kind == "c" else {"size": n.tolist()}
    call = getattr(shewhart, kind if kind.startswith("laney") else f"{kind}_chart")
    theirs = call(counts.tolist(), rules="none", **size).to_frame()
    ours = chart(counts, kind=kind, n=None if kind == "c" else n)
    upper, lower = (theirs[name].to_numpy(dtype=float) for name in ("ucl", "lcl"))
    assert ours.upper == pytest.approx(upper, rel=4e-4)
    assert ours.lower == pytest.approx(np.maximum(lower, 0), rel=4e-3, abs=1e-4)
    signalled = {p for s in call(counts.tolist(), rules="none", **size).signals for p in s.points}
    assert {s.at for s in ours.signals} == signalled


def test_later_points_do_not_move_a_frozen_baseline():
    before = chart(CANS[:24], kind="p", n=50)
    later = chart([*CANS, 40, 45], kind="p", n=50, baseline=24)
    assert later.centre[-1] == before.centre[0]
    assert later.upper[-1] == before.upper[0]
    assert {31, 32} <= set(later.signal_points)
    assert chart([*CANS, 40], kind="p", n=50, baseline=(0, 24)).upper[0] == before.upper[0]


def test_each_phase_has_its_own_centre_and_limits():
    two = chart(CANS + CANS[::-1], kind="p", n=50, phases=[31], baseline=20)
    assert len(two.estimates) == 2
    assert two.centre[0] == pytest.approx(sum(CANS[:20]) / 1000)
    assert two.centre[-1] == pytest.approx(sum(CANS[:9:-1]) / 1000)


def test_a_run_does_not_cross_into_the_next_phase():
    x = [4.0, 5.0] * 8 + [5.1] * 8 + [4.0, 5.0] * 8
    whole = chart(x, rules=["eight_one_side"], centre=4.5, sigma=1)
    cut = chart(x, rules=["eight_one_side"], centre=4.5, sigma=1, phases=[21])
    assert whole.signals and not cut.signals


def test_limits_depend_on_n_and_stay_inside_what_is_possible():
    found = chart([1, 2, 0, 1, 3, 2, 1, 0, 1, 4], kind="p", n=[10, 40, 20, 5, 60, 80, 30, 20, 10, 90])
    assert (found.lower >= 0).all() and (found.upper <= 1).all()
    assert found.upper[3] > found.upper[9]
    low = chart([9, 40, 20, 5, 60, 79, 30, 20, 10, 90], kind="p", n=[10, 40, 20, 5, 60, 80, 30, 20, 10, 90])
    assert (low.upper <= 1).all()
    assert (chart([3, 1, 2, 0, 1, 1, 0, 2, 1], kind="u", n=2.5).lower == 0).all()
    rated = chart([99.1, 99.9, 99.5, 98.0, 99.9, 99.7, 99.2, 99.9], bounds=(0, 100))
    assert rated.upper.max() == 100.0 and rated.lower.min() < 99


def test_a_key_step_has_stricter_limits():
    usual, key = chart(CANS, kind="p", n=50), chart(CANS, kind="p", n=50, key_step=True)
    assert key.upper[0] - key.centre[0] == pytest.approx((usual.upper[0] - usual.centre[0]) * 2.5 / 3)
    assert set(usual.signal_points) < set(key.signal_points)
    assert chart(CANS, kind="p", n=50, key_step=True, key_limit=2.0).settings.limit == 2.0
    assert chart(CANS, kind="p", n=50, key_step=True, limit=2.0).settings.limit == 2.0  # never laxer than asked
    assert chart(TABLE, kind="cusum", centre=10, sigma=1, key_step=True).upper[0] == 4.0


def test_a_month_without_work_is_a_gap_and_not_a_zero():
    counts, n = [3, 4, 0, 2, 5, 3, 4, 2, 3, 6], [90, 80, 0, 70, 99, 85, 80, 95, 88, 90]
    found = chart(counts, kind="p", n=n)
    dropped = chart([d for d, k in zip(counts, n, strict=True) if k], kind="p", n=[k for k in n if k])
    assert found.gaps == (3,)
    assert np.isnan(found.values[2]) and np.isnan(found.upper[2]) and not found.in_baseline[2]
    assert found.centre[0] == dropped.centre[0]
    frame = found.to_frame()
    assert frame["gap"].tolist().count(True) == 1 and np.isnan(frame.loc[2, "value"])


def test_too_few_points_give_provisional_limits_and_no_alarm():
    found = chart([1.0, 1.1, 0.9, 9.0])
    assert found.status == "too_few" and not found.signals
    assert np.isfinite(found.upper).all()
    frozen = chart([1.0, 1.1, 0.9, 99.0], baseline=3)
    assert frozen.status == "too_few" and not frozen.signals
    assert chart([1.0, 1.1, 0.9, 99.0], baseline=3, least=3).signal_points == (4,)
    assert chart([0.0, 0.1, 99.0], centre=0, sigma=1).signal_points == (3,)  # a given standard needs no baseline


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [0, 1, 2])
def test_no_point_or_one_is_an_answer(kind, count):
    n = [10] * count if kind in {"p", "np", "u", "laney_p", "laney_u"} else None
    found = chart([1] * count, kind=kind, n=n)
    assert found.status in {"no_limits", "too_few"}
    assert not found.signals
    assert found.explain("en") and found.explain("zh")
    assert len(found.to_frame()) == count


@pytest.mark.parametrize("kind", KINDS)
def test_equal_figures_have_limits_without_width_and_any_other_figure_is_beyond(kind):
    n = [10] * 13 if kind in {"p", "np", "u", "laney_p", "laney_u"} else None
    value = 0 if kind in {"p", "np", "u", "c", "laney_p", "laney_u"} else 3
    flat = chart([value] * 13, kind=kind, n=n, baseline=12)
    assert flat.status == "no_variation" and not flat.signals
    moved = chart([*[value] * 12, value + 1], kind=kind, n=n, baseline=12)
    assert moved.signal_points == (13,)
    assert "no width" in moved.explain() and "没有宽度" in moved.explain("zh")


def test_all_failed_is_no_variation_either():
    assert chart([10] * 9, kind="p", n=10).status == "no_variation"
    assert chart([*[10] * 9, 9], kind="p", n=10, baseline=9).signal_points == (10,)


def test_the_noise_of_binary_arithmetic_is_no_variation():
    assert chart([0.1 + 0.2, 0.3] * 6).status == "no_variation"
    assert not chart([0.1 + 0.2, 0.3] * 6).signals


def test_decimals_and_numpy_numbers_are_figures():
    exact = chart([Decimal("1.5"), np.float32(2.5), np.int64(3), 2, 1, 2, 3, 2])
    assert exact.values[0] == 1.5


def test_all_that_is_wrong_comes_at_once():
    assert codes([1, "x"], kind="p", rules=["foo"], weight=3, baseline=0, key_step="yes") == [
        "chart.baseline",
        "chart.n_missing",
        "chart.rule",
        "series.no_figure",
        "series.unknown",
        "series.yes_no",
    ]
    assert codes([1, -2, 3.5, 9, 3], kind="p", n=[5, 5, 5, 5, 0]) == [
        "chart.more_than_n",
        "chart.negative",
        "chart.no_work_but_count",
        "chart.not_whole",
    ]
    assert codes([1], kind="p", n=[1.5]) == ["chart.not_whole"]
    assert codes([1], kind="u", n=[-1.5]) == ["chart.negative"]
    assert codes([1, 2], kind="p", n=[5]) == ["series.length"]
    assert codes([0.2, 0.3], kind="p", n=[50, 50]) == ["chart.not_whole"]
    assert codes([1, 2], kind="z") == ["series.choice"]
    assert codes([1, 2], n=5) == ["chart.n_unused"]
    assert codes([1, 2], centre=5) == ["chart.standard"]
    assert codes([1, 2], kind="p", n=9, centre=5) == ["chart.rate"]
    assert codes([1, 2], exclude=[7]) == ["chart.no_point"]
    assert codes([1, 2], baseline=(1, 9)) == ["chart.baseline"]
    assert codes([1, 2], baseline=(0, 2), phases=[2]) == ["chart.baseline_phases"]
    assert codes([1, 2], bounds=(3, 1)) == ["chart.bounds"]
    assert codes([1, 2], bounds=(0, 1)) == ["chart.outside_bounds"]
    assert codes(None) == ["series.none"]
    assert codes(pd.Series([1, 2], index=["m", "m"])) == ["series.label_twice"]
    assert codes([1, 2], kind="ewma", weight=1.5) == ["series.figure"]
    assert codes([1, 2], kind="ewma", rules="nelson") == ["chart.rule"]
    assert codes([1, 2], kind="p", n=9, rules="moving_range") == ["chart.rule"]
    assert codes([1, 2], limit=float("nan")) == ["series.figure"]
    assert codes([1, 2], least=1) == ["series.whole"]
    assert codes([1, 2], kind="p", n=9, widen=True) == ["series.unknown"]
    assert codes([1, 2], widen=1) == ["series.yes_no"]


def test_items_are_matched_to_counts_by_their_labels():
    counts = pd.Series([9, 1], index=["a", "b"])
    turned = chart(counts, kind="p", n=pd.Series([10, 90], index=["b", "a"]))
    assert turned.n.tolist() == [90, 10]
    assert codes(counts, kind="p", n=pd.Series([90, 10], index=["a", "c"])) == ["series.labels_differ"]


def test_points_with_times_as_labels_stand_in_the_order_of_time():
    months = [f"2026-{m:02d}" for m in range(1, 13)]
    counts = pd.Series([3, 4, 2, 5, 3, 4, 2, 3, 4, 3, 5, 19], index=months)
    n = pd.Series(range(50, 62), index=months)
    mixed = counts.sample(frac=1, random_state=1)
    for index in (months, pd.period_range("2026-01", periods=12, freq="M"), pd.to_datetime(months)):
        straight = chart(counts.set_axis(index), kind="p", n=n.set_axis(index), baseline=9)
        names = dict(zip(months, index, strict=True))
        turned = chart(mixed.rename(names), kind="p", n=n.rename(names), baseline=9)
        assert straight.to_frame().equals(turned.to_frame())
        assert straight.signals[0].at == 11
    assert chart(counts.set_axis(pd.to_datetime(months)), kind="p", n=60, exclude=["2026-12-01"]).in_baseline[-1] == 0


def test_small_units_are_no_lack_of_variation():
    x = np.random.default_rng(3).standard_normal(20) * 1e-14
    assert chart(x).status == "ok"
    assert chart(x).signal_points == chart(x * 1e20).signal_points


def test_a_long_run_is_named_by_its_last_points():
    found = chart([1.0] * 1000, centre=0, sigma=1, rules="nine_one_side")
    assert len(found.signals) == 992 and len(found.signals[-1].points) == 200


def test_what_was_given_is_not_touched():
    values, n = np.array([1.0, 2, 3, 2, 1, 2, 3, 2]), np.array([5, 0, 6, 7, 8, 9, 9, 9])
    with pytest.raises(InvalidInput):
        chart(values, kind="p", n=n)
    kept = values.copy()
    chart(values, kind="u", n=5)
    assert np.array_equal(values, kept)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(0.01, 1e6), st.floats(-1e6, 1e6))
def test_another_unit_gives_the_same_signals(seed, scale, shift):
    x = np.random.default_rng(seed).standard_normal(40).round(3)
    ours = chart(x, rules="nelson")
    moved = chart(x * scale + shift, rules="nelson")
    if abs(shift) < 1e3 * scale:
        assert [s.at for s in ours.signals if s.rule != "six_trend"] == [
            s.at for s in moved.signals if s.rule != "six_trend"
        ]


def test_over_dispersed_counts_raise_few_alarms_with_laney():
    """n = 3,000, correlation .002 (variance 7 times the binomial): 24 months set the limits, 24 more are judged."""
    rng = np.random.default_rng(11)
    a = 0.05 * (1 / 0.002 - 1)
    counts = rng.binomial(3000, rng.beta(a, a / 0.05 - a, (150, 48)))
    rate, late = {}, {}
    for name, asked in (
        ("p", {"kind": "p"}),
        ("laney", {"kind": "laney_p"}),
        ("wide", {"kind": "laney_p", "widen": True}),
    ):
        at = [s.at for row in counts for s in chart(row, n=3000, baseline=24, **asked).signals]
        rate[name], late[name] = len(at) / counts.size, sum(i >= 24 for i in at) / (150 * 24)
    assert 0.18 < rate["p"] < 0.32
    assert rate["laney"] <= 0.01
    assert late["wide"] <= 0.005 and rate["wide"] <= 0.003


def test_a_wafer_on_the_limit_is_not_beyond_it():
    """NIST/SEMATECH e-Handbook 6.3.3.1: centre 16, limits 4 and 28; wafer 3 has 28, wafer 24 has 31."""
    defects = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]
    assert chart(defects, kind="c").signal_points == (24,)


def test_boards_of_montgomery():
    found = chart(BOARDS, kind="c")
    assert found.signal_points == (6, 20)  # samples 6 and 20 plot outside, as in the book


@pytest.mark.parametrize("name", ["k", "head_start"])
@pytest.mark.parametrize("wrong", [pd.NA, pd.Series([1.0, 2.0]), np.array([]), pd.DataFrame()])
def test_a_slack_or_a_head_start_that_is_no_figure_is_a_finding(name, wrong):
    with pytest.raises(InvalidInput) as refused:
        se.monitor.control_chart([1.0, 2.0, 3.0], kind="cusum", **{name: wrong})
    assert [f.code for f in refused.value.findings] == ["series.figure"]


def test_a_point_that_is_judged_sets_no_limits_where_only_later_ones_are():
    calm = [10, 11, 9, 10, 11, 9, 10, 30]
    assert chart([*calm, 10], labels=list("abcdefghi"), baseline=7, least=7).signal_points == ("h",)
    asked = {"baseline": 8, "later_only": True, "labels": list("abcdefghi")}
    assert chart([*calm, 10], **asked).signal_points == ()
    assert chart([10, 11, 9, 10, 11, 9, 10, 10, 30], **asked).signal_points == ("i",)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 40), min_size=10, max_size=24))
def test_signals_of_later_points_do_not_change_when_further_points_come(figures):
    asked = {"baseline": 8, "later_only": True, "widen": True}
    whole = chart(figures, **asked)
    for end in range(9, len(figures)):
        part = chart(figures[:end], **asked)
        assert part.signal_points == tuple(at for at in whole.signal_points if at <= end)


def test_with_no_later_point_there_are_too_few_to_judge():
    made = chart([10, 11, 9, 10, 11, 9, 10, 60], baseline=8, later_only=True)
    assert (made.status, made.signals, made.judged.any()) == ("too_few", (), False)
    assert not se.monitor.watch_portfolio([made]).charts[0].judged
