"""The charts of planning: refused arguments in words, given axes, a standing that is said."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from planning_tables import CALLS, costs_table, plan
from report.made_planning import made
from report.made_robustness import texts
from supplier_eval import report
from supplier_eval.errors import InvalidInput
from supplier_eval.planning import cost_options


@pytest.mark.parametrize(
    ("name", "kind", "more"),
    [
        ("needs_map", "NeedAssessments", ()),
        ("option_cost_bars", "OptionCosts", ()),
        ("break_even_lines", "OptionCosts", ("tickets",)),
    ],
)
@pytest.mark.parametrize("wrong", [None, {}, "x"])
def test_a_chart_names_the_result_that_it_draws(name, kind, more, wrong):
    with pytest.raises(InvalidInput, match=f"{kind} is asked for"):
        getattr(report, name)(wrong, *more)


def test_axes_that_are_given_are_drawn_on_and_given_back():
    ax = Figure().add_subplot()
    assert report.needs_map(made().needs, ax=ax) is ax
    assert report.option_cost_bars(made().costs, ax=Figure().add_subplot()).has_data()


def test_an_exploratory_result_says_so_and_a_binding_one_does_not():
    costs = cost_options(costs_table(), CALLS, plan(), draws=200)
    assert "EXPLORATORY" in texts(report.option_cost_bars(costs))
    assert "EXPLORATORY" in texts(report.break_even_lines(costs, "calls"))
    assert "EXPLORATORY" not in texts(report.option_cost_bars(made().costs))
