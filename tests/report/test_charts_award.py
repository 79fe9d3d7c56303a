"""Every chart of an award: watermark, alternative text, any name, both languages, the same bytes."""

from __future__ import annotations

import warnings

import pytest
from matplotlib.figure import Figure

import supplier_eval.report as room
from report.made_awards import binding, front, one_lot_each, shop
from report.made_reports import HOSTILE
from report.made_robustness import texts
from supplier_eval.award.front import award_lots
from supplier_eval.award.rule_prices import rule_costs
from supplier_eval.award.scenarios import compare_scenarios
from supplier_eval.report import charts_award
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.formats import plain


def results(problem):
    """Each chart's name with the result that it draws."""
    return {
        "award_map": award_lots(problem, gap=0),
        "award_frontier": front(),
        "rule_price_waterfall": rule_costs(problem),
        "scenario_table": compare_scenarios(problem, {"free": {"without_rules": list(problem.rules)}}, gap=0),
    }


@pytest.fixture(scope="module")
def found():
    return results(shop([one_lot_each()]))


def test_the_room_gives_every_chart():
    assert all(getattr(room, name) is getattr(charts_award, name) for name in charts_award.__all__)


@pytest.mark.parametrize(("lang", "mark"), [("en", "EXPLORATORY"), ("zh", "仅供探讨")])
@pytest.mark.parametrize("name", charts_award.__all__)
def test_every_chart_is_drawn_without_a_warning_watermarked_and_told_in_words(found, name, lang, mark):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = getattr(charts_award, name)(found[name], lang=lang)
        picture = draw_as(ax, "png")
    assert picture[:4] == b"\x89PNG"
    assert mark in texts(ax)
    assert alt_text(ax)
    assert not any("nan" in text.lower() for text in texts(ax))
    assert draw_as(getattr(charts_award, name)(found[name], lang=lang), "png") == picture


@pytest.mark.parametrize("name", charts_award.__all__)
def test_axes_that_are_given_are_drawn_on(found, name):
    ax = Figure().add_subplot()
    assert getattr(charts_award, name)(found[name], ax=ax) is ax


def test_a_binding_award_has_no_watermark():
    assert "EXPLORATORY" not in texts(charts_award.award_map(binding()))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_any_name_can_be_drawn(hostile):
    name = plain(hostile).replace("|", "")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kind, result in results(shop(names=("A", name))).items():
            assert draw_as(getattr(charts_award, kind)(result, lang="zh"), "png")
