"""Charts show the result's figures, say what they show with units, and take any name."""

from __future__ import annotations

import warnings
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure

from supplier_eval.report import charts
from supplier_eval.report.charts import draw_as, panel_heat_map, price_quality, ranking_bars

ALL = ("hostile", "stopped", "sealed")


def three(evaluation, lang):
    result = next(iter(evaluation.lots.values()))
    yield ranking_bars(result.ranking, lang=lang)
    yield price_quality(result.ranking, notice=evaluation.tender.notice, lang=lang)
    yield panel_heat_map(result, lang=lang)


def texts(ax):
    return [text.get_text() for text in ax.figure.findobj(lambda artist: hasattr(artist, "get_text"))]


@pytest.mark.parametrize("name", ALL)
def test_every_chart_is_drawn_in_chinese_without_a_missing_character(name, request):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for ax in three(request.getfixturevalue(name), "zh"):
            assert draw_as(ax, "png").startswith(b"\x89PNG")


def test_titles_axes_and_units_are_there(desk):
    named = (("Points (of 100)", "Bid"), ("CNY", "of 100"), ("Evaluator", "Bid"))
    for ax, (x, y) in zip(three(desk, "en"), named, strict=True):
        assert "lot 1" in ax.get_title(loc="left")
        assert "n = 4" in ax.get_title(loc="left")
        assert x in ax.get_xlabel()
        assert y in ax.get_ylabel()


def test_a_chart_draws_on_the_axes_that_it_is_given_and_touches_no_global_state(desk):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    figure = Figure()
    ax = figure.add_subplot()
    assert ranking_bars(desk.ranking, ax=ax) is ax
    draw_as(ax)
    assert dict(mpl.rcParams) == before
    assert "pyplot" not in vars(charts)


def test_names_are_never_mathematics(hostile):
    for ax in three(hostile, "en"):
        draw_as(ax)
        own = [t for t in ax.figure.findobj(lambda a: hasattr(a, "get_parse_math")) if t.get_visible()]
        risky = [t for t in own if "$" in t.get_text()]
        assert not any(t.get_parse_math() for t in risky)
    shown = "\n".join(texts(ranking_bars(hostile.ranking)))
    assert "$x$ & Söhne_{GmbH}" in shown
    assert "\u202e" not in shown


def test_an_exploratory_chart_says_so_in_title_and_across(proposal, desk):
    for lang, mark in (("en", "EXPLORATORY"), ("zh", "仅供探讨")):
        for ax in three(proposal, lang):
            assert mark in texts(ax)
            assert "[" in ax.get_title(loc="left")
        assert not any(mark in texts(ax) for ax in three(desk, lang))


def test_a_stopped_lot_says_why(stopped):
    assert any("3 are needed" in text.replace("\n", " ") for text in texts(ranking_bars(stopped.ranking)))
    assert any("3 are needed" in text.replace("\n", " ") for text in texts(price_quality(stopped.ranking)))


def test_the_same_chart_gives_the_same_bytes(desk):
    assert draw_as(ranking_bars(desk.ranking)) == draw_as(ranking_bars(desk.ranking))
    assert draw_as(ranking_bars(desk.ranking), "png") == draw_as(ranking_bars(desk.ranking), "png")


def test_without_a_chinese_font_labels_are_english_and_one_warning_is_given(desk, monkeypatch):
    latin = (("DejaVu Sans",), charts._glyphs("DejaVu Sans"), False)
    monkeypatch.setattr(charts, "_fonts", lambda: latin)
    charts._warn_once.cache_clear()
    with pytest.warns(UserWarning, match="supplier-eval\\[fonts\\]") as seen:
        axes = list(three(desk, "zh"))
    assert len(seen) == 1
    assert axes[0].get_xlabel() == "Points (of 100)"
    shown = [text for ax in axes for text in texts(ax)]
    assert not any(ord(c) not in latin[1] for text in shown for c in text if c != "\n")
    assert "B2" in shown
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for ax in axes:
            draw_as(ax, "png")


def hide_fonts(monkeypatch):
    """A machine without the extra, whose list of fonts knows no Chinese one."""
    held = charts._packaged_font()
    monkeypatch.setattr(charts, "_packaged_font", lambda: None)
    latin = [entry for entry in charts.fontManager.ttflist if entry.name == charts.LATIN]
    monkeypatch.setattr(charts.fontManager, "ttflist", latin)
    return str(held)


def test_a_font_that_was_installed_after_the_list_of_fonts_was_written_is_found(monkeypatch, tmp_path):
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    fonts = [str(tmp_path / "broken.ttf"), str(tmp_path / "gone.ttf"), hide_fonts(monkeypatch)]
    monkeypatch.setattr(charts, "findSystemFonts", lambda: fonts)
    families, glyphs, chinese = charts._fonts.__wrapped__()
    assert (families, chinese) == (("DejaVu Sans", "Noto Sans SC"), True)
    assert ord("评") in glyphs


@pytest.mark.parametrize("name", ["desk", "sixty"])
def test_no_label_lies_upon_another(name, request):
    ranking = request.getfixturevalue(name).ranking
    ax = ranking_bars(ranking, lang="zh")
    ax.figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert all(not a.overlaps(b) for a, b in pairwise(boxes))
    left = ax.figure.bbox.x0
    assert min(box.x0 for box in boxes) >= left


def test_bars_can_be_told_apart_in_grey():
    from supplier_eval.report.chart_bars import SKINS

    def lightness(face: str) -> float:
        r, g, b = (int(face[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    looks = [(round(lightness(face), 1), hatch) for face, hatch, _ in SKINS]
    assert len(set(looks)) == len(looks)
    steps = np.abs(np.diff([lightness(face) for face, _, _ in SKINS]))
    assert steps.min() > 0.12
