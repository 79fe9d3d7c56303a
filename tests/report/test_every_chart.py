"""Every public chart, with 2, 12 and 60 long names in both languages: its words can be read, its colours told apart."""

from __future__ import annotations

import inspect
import itertools
import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

import supplier_eval.report as room
from report.drawn_content import KEPT, content_of
from report.drawn_texts import least_contrast, outside, overlaps, texts_of
from report.made_charts import charts, others
from supplier_eval.report import charts as drawing
from supplier_eval.report.chart_bars import SKINS, _skin
from supplier_eval.report.chart_break_even import STYLES as OPTION_LINES
from supplier_eval.report.chart_grades import TONES
from supplier_eval.report.chart_indicators import LOOKS
from supplier_eval.report.chart_lines import LEADERS
from supplier_eval.report.chart_matrix import face_of
from supplier_eval.report.chart_option_costs import KINDS
from supplier_eval.report.chart_tornado import DOWN, UP
from supplier_eval.report.chart_what_if import AFTER, BEFORE

WITHOUT = {  # charts that say it otherwise
    "scorecard_tiles": "each tile counts its own cases",
    "cause_pareto": "the axis counts failures",
    "screen_scatter": "the relative distance is a ratio of two prices",
}
ROOM = Path(room.__file__).parent
# How people without red or green cones see linear RGB: Viénot, Brettel and Mollon 1999, Color Research and
# Application 24, 243-252, as matrices in linear RGB.
PROTANOPIA = np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]])
DEUTERANOPIA = np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]])


def public_charts():
    """Functions of the room that take axes."""
    functions = {name: getattr(room, name) for name in room.__all__}
    return {
        name
        for name, function in functions.items()
        if inspect.isfunction(function) and function.__annotations__.get("ax") == "Axes | None"
    }


@pytest.fixture(scope="module")
def drawn():
    return {name: draw("en") for name, draw in (*charts(2), *others())}


def test_every_public_chart_is_among_them(drawn):
    assert len(public_charts()) > 25
    assert set(drawn) == public_charts()


def test_every_chart_draws_the_figures_names_colours_and_legend_that_were_looked_at(drawn):
    """After a wanted change: `python tests/report/drawn_content.py`, then look at the pictures and the difference."""
    for name, ax in drawn.items():
        kept = (KEPT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        assert content_of(ax.figure) == kept, name
    assert {path.stem for path in KEPT.glob("*.txt")} == set(drawn)


@pytest.mark.parametrize(
    ("n", "langs"),
    [(0, ("en",)), (0, ("zh",)), (2, ("en",)), (2, ("zh",)), (12, ("en",)), (12, ("zh",)), (60, ("en", "zh"))],
    ids=str,
)
def test_no_text_lies_upon_another_leaves_the_figure_or_lacks_a_glyph(n, langs):
    """0 stands for the charts of samples; with sixty names the languages take turns, for time's sake."""
    faults = []
    for (name, draw), lang in zip(charts(n) if n else others(), itertools.cycle(langs), strict=False):
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a missing glyph is a warning of the drawing library
            figure = draw(lang).figure
            figure.draw_without_rendering()
        faults += [(name, "overlap", *pair) for pair in overlaps(figure)]
        faults += [(name, "outside", text) for text in outside(figure)]
        words = " ".join(text.get_text() for text in texts_of(figure))
        if re.search(r"\bnan\b", words, re.IGNORECASE):
            faults.append((name, "nan"))
        faults += [(name, "small", t.get_text()) for t in texts_of(figure) if t.get_fontsize() < 7]
        if lang == "zh" and not re.search(r"[\u4e00-\u9fff]", words):
            faults.append((name, "not Chinese"))
    assert not faults


@pytest.mark.parametrize(
    "name", ["panel_heat_map", "pairwise_matrix", "method_agreement", "award_map", "rank_acceptability_bars"]
)
def test_figures_upon_colours_have_the_contrast_that_small_text_needs(name):
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    drawn = dict(charts(12))[name]("en").figure
    assert least_contrast(drawn) >= 4.5


def test_without_a_font_every_chart_is_english_with_one_warning_and_no_empty_box(monkeypatch):
    latin = (("DejaVu Sans",), drawing._glyphs("DejaVu Sans"), False)
    monkeypatch.setattr(drawing, "_fonts", lambda: latin)
    drawing._warn_once.cache_clear()
    given = (*charts(2), *others())
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        for name, draw in given:
            figure = draw("zh").figure
            figure.draw_without_rendering()
            shown = [text.get_text() for text in texts_of(figure)]
            assert not [text for text in shown if any(ord(c) not in latin[1] for c in text if c != "\n")], name
    drawing._warn_once.cache_clear()
    assert len(seen) == 1
    assert "supplier-eval[fonts]" in str(seen[0].message)


def test_every_chart_says_how_many_also_in_words_and_axes_with_figures_have_a_name_with_a_unit(drawn):
    silent = []
    for name, given in drawn.items():
        ax = given.figure.axes[0]
        title = ax.get_title(loc="left").replace("\n", " ")
        assert drawing.alt_text(ax).startswith(title.split(" [")[0]), name
        if not re.search(r"n = [\d,]+|: \d+|\d+ (of|suppliers|needs|options|bidders|tenders)\b", title):
            silent.append((name, title))
        for axis in (ax.xaxis, ax.yaxis) if ax.axison else ():
            shown = [label.get_text().strip("−%").replace(",", "") for label in axis.get_ticklabels()]
            figures = any(re.fullmatch(r"[\d.]+", text) for text in shown)
            if figures and not re.search(r"\(.+\)|%|, \w+", axis.get_label_text()):
                silent.append((name, axis.get_label_text()))
    assert {name for name, _ in silent} == set(WITHOUT), silent


def test_the_search_finds_what_is_wrong():
    figure = Figure(figsize=(3, 2))
    ax = figure.add_subplot()
    ax.text(0.5, 0.5, "one name")
    ax.text(0.52, 0.5, "another")
    ax.text(0.9, 0.2, "a name that leaves the figure by far")
    ax.set_xticks([0.5, 0.52], ["long label", "longer label"])
    figure.draw_without_rendering()
    assert {("one name", "another"), ("long label", "longer label")} <= {tuple(pair) for pair in overlaps(figure)}
    assert "a name that leaves the figure by far" in outside(figure)
    assert not {"one name", "another"} & set(outside(figure))


def linear(colour):
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIE L*a*b* of linear RGB, D65."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(rgb, 0, 1)
    f = np.cbrt(xyz / np.array([0.9505, 1.0, 1.089]))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def lightness(colour):
    return float(lab(linear(colour))[0])


def apart(first, second, seen=None):
    """CIE 1976 colour difference, as somebody with those cones sees it; in grey only lightness counts."""
    one, two = (lab(linear(c) if seen is None else seen @ linear(c)) for c in (first, second))
    return float(np.linalg.norm(one - two))


@pytest.mark.parametrize("seen", [PROTANOPIA, DEUTERANOPIA], ids=["protanopia", "deuteranopia"])
def test_neighbouring_bars_differ_for_people_without_red_or_green_cones(seen):
    looks = [_skin(i) for i in range(2 * len(SKINS))]
    for (a, hatch_a, _), (b, hatch_b, _) in itertools.pairwise(looks):
        assert apart(a, b, seen) > 20 or hatch_a != hatch_b
    for (a, hatch_a, _), (b, hatch_b, _) in itertools.combinations(looks, 2):
        assert apart(a, b, seen) > 8 or hatch_a != hatch_b, (a, b)


def test_neighbouring_bars_differ_in_grey():
    for (a, _, _), (b, _, _) in itertools.pairwise(SKINS):
        assert abs(lightness(a) - lightness(b)) > 15


def test_lines_that_lead_differ_in_pattern_too():
    assert len({str(pattern) for _, pattern in LEADERS}) == len(LEADERS)


MEANINGS = {  # colours and patterns that mean different things in one chart
    "tornado": (UP, DOWN),
    "what_if_bars": (BEFORE, AFTER),
    "option_cost_bars": tuple(KINDS.values()),
    "break_even_lines": tuple((colour, pattern) for colour, pattern, _ in OPTION_LINES),
    "indicator_lines": tuple((colour, marker) for marker, colour in LOOKS.values()),
}


@pytest.mark.parametrize("name", MEANINGS)
def test_what_means_another_thing_differs_in_pattern_or_in_every_eye(name):
    for (a, pattern_a), (b, pattern_b) in itertools.combinations(MEANINGS[name], 2):
        seen = [apart(a, b), apart(a, b, PROTANOPIA), apart(a, b, DEUTERANOPIA), abs(lightness(a) - lightness(b))]
        assert pattern_a != pattern_b or min(seen) > 15, (a, b)


@pytest.mark.parametrize("steps", [TONES, *([face_of(i, n) for i in range(n)] for n in (3, 4, 5))])
def test_steps_of_one_scale_grow_darker(steps):
    light = [lightness(colour) for colour in steps]
    assert all(a - b > 5 for a, b in itertools.pairwise(light)), light


def test_scales_of_colour_grow_in_lightness():
    """Maps that are named in the room are published ones whose lightness never turns: readable in grey."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.glob("chart*.py"))
    named = set(re.findall(r"cmap=\"(\w+)\"", source)) | set(re.findall(r"colormaps\[\"(\w+)\"\]", source))
    assert named
    for name in named:
        light = [lab(linear(colour))[0] for colour in colormaps[name](np.linspace(0, 1, 64))]
        steps = np.diff(light)
        assert (steps > -0.2).all() or (steps < 0.2).all(), name


def test_the_simulation_confuses_what_these_people_confuse():
    """Red and green of equal lightness: far apart for most, close without the cones."""
    red, green = "#c8553d", "#6f8f2f"
    assert apart(red, green) > 50
    assert apart(red, green, DEUTERANOPIA) < 25
    assert apart("#1f4e9c", "#e0b83a", DEUTERANOPIA) > 60
