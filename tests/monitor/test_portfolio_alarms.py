"""All charts of a portfolio at once."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

import supplier_eval as se
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import control_chart, watch_portfolio


def quiet(m, seed=2, **asked):
    rng = np.random.default_rng(seed)
    return {f"S{i:03d}": control_chart(rng.standard_normal(12), centre=0, sigma=1, **asked) for i in range(m)}


def test_a_hundred_charts_give_a_false_alarm_every_few_months():
    found = watch_portfolio(quiet(100))
    assert found.expected_false_alarms == pytest.approx(100 / 370.398, rel=1e-5)
    assert found.chance_of_any == pytest.approx(1 - (1 - 1 / 370.398) ** 100, rel=1e-5)
    assert 1 - (1 - 2 * norm.sf(found.joint_limit)) ** 100 == pytest.approx(0.05)
    assert watch_portfolio(quiet(100), method="bonferroni").joint_limit == pytest.approx(norm.isf(0.05 / 200))


def test_only_what_stands_out_among_all_charts_is_an_alarm():
    charts = quiet(60)
    charts["fell"] = control_chart([0.0] * 11 + [6.0], centre=0, sigma=1)
    charts["lucky"] = control_chart([0.0] * 11 + [3.1], centre=0, sigma=1)
    assert watch_portfolio(charts).alarms == ("fell",)
    assert set(watch_portfolio(charts, method="none", level=0.002).alarms) == {"fell", "lucky"}
    assert watch_portfolio(charts, method="fdr_bh").alarms == ("fell",)


def test_the_chance_of_any_false_alarm_is_held_to_the_level():
    rng = np.random.default_rng(9)
    any_alarm = 0
    for _ in range(120):
        z = rng.standard_normal(40)
        charts = {str(i): control_chart([value], centre=0, sigma=1) for i, value in enumerate(z)}
        any_alarm += bool(watch_portfolio(charts, level=0.1).alarms)
    assert any_alarm / 120 < 0.1 + 3 * (0.09 / 120) ** 0.5


def test_run_rules_and_key_steps_cost_more_false_alarms():
    plain = watch_portfolio(quiet(10)).expected_false_alarms
    assert watch_portfolio(quiet(10, rules="western_electric")).expected_false_alarms == pytest.approx(
        10 / 91.75, rel=1e-4
    )
    assert watch_portfolio(quiet(10, key_step=True)).expected_false_alarms > 4 * plain


def test_a_gap_too_few_points_and_no_point_are_not_judged():
    charts = {
        "gap": control_chart([1.0, 2] * 6 + [None]),
        "new": control_chart([1.0, 2]),
        "none": control_chart([]),
        "ok": control_chart([1.0, 2] * 6),
    }
    found = watch_portfolio(charts)
    assert found.not_judged == ("gap", "new", "none")
    assert found.to_frame().set_index("chart").loc["gap", "false_rate"] == 0.0
    assert "3 charts could not be judged" in found.explain()
    assert watch_portfolio({}).alarms == () and "0.0 %" in watch_portfolio({}).explain("zh")
    assert "-0" not in watch_portfolio({}).explain()


def test_a_cusum_keeps_its_own_decision():
    found = watch_portfolio({"drift": control_chart([1.0] * 12, kind="cusum", centre=0, sigma=1)})
    assert found.alarms == ("drift",)
    assert np.isnan(found.charts[0].chance)
    assert "CUSUM" in found.explain("zh")


def test_the_order_of_the_charts_does_not_matter():
    charts = quiet(30)
    turned = dict(reversed(charts.items()))
    a, b = watch_portfolio(charts).to_frame(), watch_portfolio(turned).to_frame()
    assert a.equals(b)


def test_a_period_is_named_by_its_label():
    charts = {"a": control_chart([9.0, 0], centre=0, sigma=1), "b": control_chart([0.0], centre=0, sigma=1)}
    assert watch_portfolio(charts, period=1).alarms == ("a",)
    assert watch_portfolio(charts, period=2).not_judged == ("b",)


def test_all_that_is_wrong_is_said():
    one = control_chart([1.0, 2], name="x")
    for wrong, code in (
        ({"charts": {"a": 5}}, "alarms.no_charts"),
        ({"charts": 5}, "alarms.no_charts"),
        ({"charts": [one, one]}, "alarms.name_twice"),
        ({"charts": [one], "method": "z"}, "series.choice"),
        ({"charts": [one], "level": 0}, "series.figure"),
        ({"charts": [one], "period": "2030"}, "alarms.no_period"),
    ):
        with pytest.raises(InvalidInput) as refused:
            se.monitor.watch_portfolio(**wrong)
        assert [finding.code for finding in refused.value.findings] == [code]
