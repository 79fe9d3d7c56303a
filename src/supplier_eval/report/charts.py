"""The charts of an evaluation; the only file that knows the drawing library.

Each function takes axes and gives axes back; without axes it makes a figure of the size that the chart needs. Nothing
is shown or saved, nothing is computed that is not in the result already (the lines of equal total excepted, which come
from the price formula itself). Charts can be read in grey and by the colour-blind; an exploratory result says so.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import io
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager
from matplotlib.ft2font import FT2Font

from supplier_eval.messages import Lang, known_language, message
from supplier_eval.report.brush import Brush
from supplier_eval.report.chart_bars import bars_size, draw_bars
from supplier_eval.report.chart_heat import draw_heat, heat_of, heat_size
from supplier_eval.report.chart_scatter import draw_scatter

if TYPE_CHECKING:
    from supplier_eval.evaluation import LotResult
    from supplier_eval.intake.notice import Notice
    from supplier_eval.rank.points import PointsRanking

__all__ = ["Axes", "alt_text", "brush_for", "draw_as", "panel_heat_map", "price_quality", "ranking_bars"]

LATIN = "DejaVu Sans"  # comes with the drawing library
CHINESE = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
)
SILENT: dict[str, dict[str, Any]] = {
    "svg": dict.fromkeys(("Date", "Creator", "Format", "Type")),
    "png": {"Software": None},
}
DOCTYPE = re.compile(rb"<!DOCTYPE[^>]*>\s*")  # it names an address outside
SAMPLE = "评分标准投标价格"


def ranking_bars(ranking: PointsRanking, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw the total of every ranked bid as a bar made of its points by top criterion.

    Parameters
    ----------
    ranking : PointsRanking
        Best bid on top; bids without a rank are not shown.
    lang : {"en", "zh"}
        Language of title, axes and legend.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Points of 100 on the x axis. A ranking that stopped gives axes that say why.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> ax = se.report.ranking_bars(se.evaluate(tender).ranking)
    >>> ax.get_title(loc="left")
    'Weighted score by criterion, lot 1 (ranked bids: n = 2)'
    """
    brush = brush_for(ax, lang, bars_size(ranking))
    draw_bars(brush, ranking)
    return brush.ax


def price_quality(
    ranking: PointsRanking, *, notice: Notice | None = None, lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """Draw every ranked bid between its price and its quality, with lines of equal total.

    Parameters
    ----------
    ranking : PointsRanking
        Bids without a rank are not shown, nor is any price that was never opened.
    notice : Notice, optional
        The tender's notice, for price formulas that need its ceiling or a figure drawn at the opening; without it
        their lines are left out.
    lang : {"en", "zh"}
        Language of title, axes and legend.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Money on the x axis, points (of 100) of all that is not price on the y axis. Where the bids have no one price
        (several price criteria, items quoted as discounts), price points stand on the x axis and the lines are
        straight. A remark says what the lines mean, or why there are none.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/service-desk")
    >>> ax = se.report.price_quality(se.evaluate(tender).lots["L1"].ranking, notice=tender.notice)
    >>> ax.get_xlabel()
    'Price as scored, after the small-business deduction (CNY, tax included)'
    """
    brush = brush_for(ax, lang, (9.6, 5.8))
    draw_scatter(brush, ranking, notice)
    return brush.ax


def panel_heat_map(result: LotResult, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw each evaluator's weighted mean mark for each bid, with flagged marks boxed.

    Parameters
    ----------
    result : LotResult
        One lot, also before prices are opened: marks are all that is shown.
    lang : {"en", "zh"}
        Language of title, axes and legend.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Evaluators as columns, bids as rows; what each member's marks are worth on 0-100, weighted as the policy
        weighs them.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/service-desk")
    >>> ax = se.report.panel_heat_map(se.evaluate(tender).lots["L1"])
    >>> ax.get_title(loc="left")
    'Marks of the panel, lot L1 (evaluators: 5, bids: n = 6)'
    """
    heat = heat_of(result)
    brush = brush_for(ax, lang, heat_size(heat))
    draw_heat(brush, result, heat)
    return brush.ax


def draw_as(ax: Axes, kind: Literal["svg", "png"] = "svg") -> bytes:
    """Give the figure of some axes as a file in memory, the same bytes every time.

    Parameters
    ----------
    ax : Axes
        As one of the charts gives it.
    kind : {"svg", "png"}
        Vector drawing with letters as outlines, or a picture.

    Returns
    -------
    bytes
        What a file of that kind holds.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> ax = se.report.ranking_bars(se.evaluate(tender).ranking)
    >>> se.report.draw_as(ax, "svg")[:5]
    b'<?xml'
    """
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes belong to no figure")
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "supplier-eval", "svg.fonttype": "path"}):
        figure.savefig(buffer, format=kind, metadata=SILENT[kind])
    return DOCTYPE.sub(b"", buffer.getvalue()) if kind == "svg" else buffer.getvalue()


def alt_text(ax: Axes) -> str:
    """Say in words what a chart shows, for a page and for those who cannot see it.

    Parameters
    ----------
    ax : Axes
        As one of the charts gives it.

    Returns
    -------
    str
        Title in the chart's language, and for most what came out; empty for axes that are no chart of ours.
    """
    return str(ax.get_label() or "")


def brush_for(ax: Axes | None, lang: Lang, size: tuple[float, float]) -> Brush:
    """Give what a chart is drawn with: axes, words, fonts.

    Parameters
    ----------
    ax : Axes, optional
        Where to draw; a new figure otherwise.
    lang : {"en", "zh"}
        Language; English where no font holds Chinese, with one warning.
    size : tuple of float
        Width and height of a new figure in inches.

    Returns
    -------
    Brush
    """
    fonts, glyphs, chinese = _fonts()
    if known_language(lang) == "zh" and not chinese:
        _warn_once()
    if ax is None:
        figure = Figure(figsize=size, layout="constrained", facecolor="white")
        ax = figure.add_subplot()
    return Brush(ax, lang if chinese else "en", fonts, glyphs)


@functools.cache
def _fonts() -> tuple[tuple[str, ...], frozenset[int], bool]:
    """Families in order, the characters that they hold, and whether Chinese is among them."""
    families = [LATIN]
    package = _packaged_font()
    if package is not None:
        fontManager.addfont(package)
    chosen = _chinese() or _chinese(look_again=True)
    if chosen is not None:
        families.append(chosen)
    glyphs = frozenset().union(*(_glyphs(name) for name in families))
    return tuple(families), glyphs, chosen is not None


def _chinese(*, look_again: bool = False) -> str | None:
    """The first family that holds Chinese; the library's list of fonts may be older than the newest of them."""
    if look_again:
        known = {entry.fname for entry in fontManager.ttflist}
        for path in findSystemFonts():
            if path not in known:
                with contextlib.suppress(OSError, RuntimeError):  # not a font that can be read
                    fontManager.addfont(path)
    installed = {entry.name for entry in fontManager.ttflist}
    return next((name for name in CHINESE if name in installed and _holds(_glyphs(name), SAMPLE)), None)


def _packaged_font() -> Path | None:
    """The font of the extra ``[fonts]``, where it is installed."""
    if importlib.util.find_spec("pylopdf_fonts_zh_cn") is None:
        return None
    from pylopdf_fonts_zh_cn import sans_path

    path = Path(sans_path())
    return path if path.is_file() else None


def _glyphs(family: str) -> frozenset[int]:
    try:
        path = findfont(FontProperties(family=[family]), fallback_to_default=False)
        return frozenset(FT2Font(path).get_charmap())
    except (ValueError, OSError, RuntimeError):
        return frozenset()


def _holds(glyphs: frozenset[int], text: str) -> bool:
    return all(ord(c) in glyphs for c in text)


@functools.cache
def _warn_once() -> None:
    warnings.warn(
        message("fonts.missing", "zh"),  # it is asked for by readers of Chinese alone
        UserWarning,
        stacklevel=4,
    )
