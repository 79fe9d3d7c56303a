"""Every chart of robustness: words, units, watermark, any name, any number of bids, both languages."""

from __future__ import annotations

import warnings

import pytest
from matplotlib.figure import Figure

import supplier_eval.report as room
from report.made_robustness import apart, pair, sheet, texts, twins
from supplier_eval.report import charts, charts_robustness
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.robustness.methods import compare_methods
from supplier_eval.robustness.panel_influence import leave_one_evaluator_out
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.weight_lines import score_lines
from supplier_eval.robustness.whatif import what_if

UNITS = {
    "stability_bars": ("points of 100", "Criterion"),
    "score_lines": ("points of 100", "points of 100"),
    "tornado": ("points of 100", "points"),
    "rank_acceptability_bars": ("%", "Bid"),
    "pairwise_matrix": ("Behind", "Ahead"),
    "method_agreement": ("order of the policy", "Way of ranking"),
    "evaluator_influence": ("points of 100", "Panel"),
    "what_if_bars": ("points of 100", "Bid"),
}


def results(made, evaluation=None):
    """Each chart's name with the result that it draws."""
    stability, drawn = weight_stability(made), rank_acceptability(made, draws=64)
    found = {
        "stability_bars": stability,
        "score_lines": score_lines(made, stability.nodes[0].node.id),
        "tornado": stability,
        "rank_acceptability_bars": drawn,
        "pairwise_matrix": drawn,
        "method_agreement": compare_methods(made),
    }
    if evaluation is not None:
        found["evaluator_influence"] = leave_one_evaluator_out(evaluation.tender)
        found["what_if_bars"] = what_if(evaluation.tender, weights={"price": 50})
    return found


def drawn(found, lang="en"):
    return {name: getattr(charts_robustness, name)(result, lang=lang) for name, result in found.items()}


@pytest.fixture(scope="module")
def of_desk(desk):
    return results(desk.only_lot.sheet, desk)


@pytest.fixture(scope="module")
def in_language(of_desk):
    """All charts of one evaluation in both languages."""
    return {lang: drawn(of_desk, lang) for lang in ("en", "zh")}


def test_all_charts_are_public(of_desk):
    assert set(charts_robustness.__all__) == set(UNITS) == set(of_desk)
    assert set(UNITS) <= set(room.__all__)
    assert all(getattr(room, name) is getattr(charts_robustness, name) for name in UNITS)


def test_titles_units_and_words_in_place_of_the_chart(in_language):
    for name, ax in in_language["en"].items():
        assert "lot 1" in ax.get_title(loc="left").replace("\n", " ")
        assert UNITS[name][0] in ax.get_xlabel()
        assert UNITS[name][1] in ax.get_ylabel()
        said = alt_text(ax)
        assert said.startswith(ax.get_title(loc="left").split("\n")[0].removesuffix(" [exploratory]")[:40])
        assert len(said) > 60


@pytest.mark.parametrize(("lang", "mark"), [("en", "EXPLORATORY"), ("zh", "仅供探讨")])
def test_every_chart_says_that_it_binds_nobody(in_language, lang, mark):
    for ax in in_language[lang].values():
        assert mark in texts(ax)
        assert "[" in ax.get_title(loc="left")


@pytest.mark.parametrize("name", ["hostile", "lonely"])
def test_every_chart_is_drawn_in_chinese_with_any_name_without_a_missing_character(name, request):
    evaluation = request.getfixturevalue(name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for ax in drawn(results(evaluation.only_lot.sheet, evaluation), "zh").values():
            assert draw_as(ax, "png").startswith(b"\x89PNG")
            risky = [t for t in ax.figure.findobj(lambda a: hasattr(a, "get_parse_math")) if "$" in t.get_text()]
            assert not any(t.get_parse_math() for t in risky if t.get_visible())
            assert not any("\u202e" in text for text in texts(ax))


@pytest.mark.parametrize(
    "made",
    [
        sheet({"A": (50,)}, (1,)),
        sheet({"A": (50, 50), "B": (50, 50)}, (0.5, 0.5)),
        sheet({"A": (0, 0), "B": (0, 0), "C": (0, 0)}, (1, 0)),
        twins(),
    ],
    ids=["one bid, one criterion", "all equal", "all zero", "tied first"],
)
def test_degenerate_sheets_draw(made):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, ax in drawn(results(made)).items():
            ax.figure.draw_without_rendering()
            assert apart([*ax.get_yticklabels(), ax.xaxis.label]), name


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_of_rows_and_the_legend_lie_upon_nothing(in_language, lang):
    for name, ax in in_language[lang].items():
        ax.figure.draw_without_rendering()
        rows = list(ax.get_yticklabels())
        assert apart([*rows, ax.xaxis.label]), name
        assert min(label.get_window_extent().x0 for label in rows if label.get_text()) >= ax.figure.bbox.x0, name
        legend = ax.get_legend()
        if legend is not None:
            title = next(text for text in (ax.title, ax._left_title) if text.get_text())
            assert not legend.get_window_extent().overlaps(title.get_window_extent()), name


def test_a_chart_draws_on_the_axes_that_it_is_given_and_touches_no_global_state(of_desk):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    for name, result in of_desk.items():
        ax = Figure().add_subplot()
        assert getattr(charts_robustness, name)(result, ax=ax) is ax
    assert dict(mpl.rcParams) == before


def test_the_same_result_gives_the_same_bytes():
    found = {"stability_bars": weight_stability(pair()), "score_lines": score_lines(pair(), "c1")}
    first, again = drawn(found), drawn(found)
    for name in found:
        assert draw_as(first[name]) == draw_as(again[name])


def test_without_a_chinese_font_labels_are_english(of_desk, monkeypatch):
    latin = (("DejaVu Sans",), charts._glyphs("DejaVu Sans"), False)
    monkeypatch.setattr(charts, "_fonts", lambda: latin)
    charts._warn_once.cache_clear()
    with pytest.warns(UserWarning, match="supplier-eval\\[fonts\\]") as seen:
        axes = drawn(of_desk, "zh")
    assert len(seen) == 1
    assert axes["stability_bars"].get_xlabel() == "Weight (points of 100)"
    assert not any(ord(c) not in latin[1] for ax in axes.values() for text in texts(ax) for c in text if c != "\n")
