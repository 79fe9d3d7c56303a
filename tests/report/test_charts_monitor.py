"""The public charts of performance."""

from __future__ import annotations

from matplotlib.figure import Figure

import supplier_eval.report.charts_monitor as room
from supplier_eval.monitor import SamplingPlan, control_chart, pareto_of_causes

RESULTS = {
    "control_chart_plot": control_chart([1.0, 2.0] * 6),
    "cause_pareto": pareto_of_causes({"a": 3}),
    "operating_curve": SamplingPlan(20, 1),
}


def test_charts_take_axes_and_give_them_back():
    for name, result in RESULTS.items():
        ax = Figure().add_subplot()
        assert getattr(room, name)(result, ax=ax) is ax
        assert set(RESULTS) <= set(room.__all__)
