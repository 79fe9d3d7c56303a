"""Every chart of the screens: watermark, alternative text, any name, both languages, the same bytes."""

from __future__ import annotations

import warnings

import pytest
from matplotlib.figure import Figure

import supplier_eval.report as room
from report.made_reports import HOSTILE
from report.made_robustness import texts
from report.made_screens import across, inside
from supplier_eval.report import charts_integrity
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.formats import plain

RESULTS = {"co_bidding_network": across, "screen_scatter": inside, "tender_prices": inside}


def test_the_room_gives_every_chart():
    assert set(RESULTS) == set(charts_integrity.__all__)
    assert all(getattr(room, name) is getattr(charts_integrity, name) for name in RESULTS)


@pytest.mark.parametrize(("lang", "mark"), [("en", "EXPLORATORY"), ("zh", "仅供探讨")])
@pytest.mark.parametrize("name", RESULTS)
def test_every_chart_is_drawn_without_a_warning_watermarked_and_told_in_words(name, lang, mark):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = getattr(charts_integrity, name)(RESULTS[name](), lang=lang)
        picture = draw_as(ax, "png")
    assert picture[:4] == b"\x89PNG"
    assert mark in texts(ax)
    assert alt_text(ax)
    assert not any("nan" in text.lower() for text in texts(ax))
    if lang == "en":
        assert draw_as(getattr(charts_integrity, name)(RESULTS[name](), lang=lang), "png") == picture


@pytest.mark.parametrize("name", RESULTS)
def test_axes_that_are_given_are_drawn_on(name):
    ax = Figure().add_subplot()
    assert getattr(charts_integrity, name)(RESULTS[name](), ax=ax) is ax


def test_any_name_can_be_drawn():
    hostile = tuple(plain(name) for name in (HOSTILE[2], HOSTILE[4], HOSTILE[0]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, result in RESULTS.items():
            assert draw_as(getattr(charts_integrity, name)(result(hostile), lang="zh"), "png")
