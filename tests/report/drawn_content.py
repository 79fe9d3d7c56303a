"""What a chart draws, as lines of text: bars, lines, dots, cells, names, colours, legend; nothing that a layout moves.

Run as a program from the folder of the project it writes `tests/fixtures/pictures` anew: after a wanted change, look at
the pictures and at the difference.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedLocator

KEPT = Path(__file__).parents[1] / "fixtures" / "pictures"
MOST = 16  # places of a line that are written one by one


def content_of(figure: Any) -> list[str]:
    """One line of text for each thing that is drawn."""
    return [line for ax in figure.axes for line in _axes(ax)]


def _axes(ax: Any) -> Iterator[str]:
    yield f"axes {_one_line(_title(ax))} | x: {ax.get_xlabel()} | y: {ax.get_ylabel()}"
    for which, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
        if ax.axison and isinstance(axis.get_major_locator(), FixedLocator):
            for at, name in zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True):
                yield f"{which} {_figures([at])} is {_one_line(name.get_text())}"
    titles = [text for text in ax.get_children() if isinstance(text, Text) and text.get_text() == _title(ax)]
    aside = {ax.patch, *titles}
    for one in ax.get_children():
        if one not in aside and not isinstance(one, Spine) and one.get_visible():
            yield from _drawn(one)
    legend = ax.get_legend()
    for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=True) if legend is not None else ():
        yield f"legend {_one_line(text.get_text())}: {_look(handle)}"


def _title(ax: Any) -> str:
    return str(ax.get_title(loc="left"))


def _drawn(one: Any) -> Iterator[str]:
    if isinstance(one, Patch):
        box = one.get_patch_transform().transform_path(one.get_path()).get_extents()
        yield f"area {_figures(box.extents)} {_look(one)}"
    elif isinstance(one, Line2D):
        yield f"line {_places(one.get_xydata())} {_look(one)}"
    elif isinstance(one, PathCollection):
        yield f"dots {_places(one.get_offsets())} {_look(one)}"
    elif isinstance(one, LineCollection):
        yield f"lines {_places(np.concatenate([np.empty((0, 2)), *one.get_segments()]))} {_look(one)}"
    elif isinstance(one, AxesImage):
        yield from (f"cells {_figures(row)} {one.get_cmap().name}" for row in np.ma.filled(one.get_array(), np.nan))
    elif isinstance(one, Text) and one.get_text().strip():
        at = one.xy if isinstance(one, Annotation) else one.get_position()
        yield f"text {_figures(at)} {to_hex(one.get_color())} {_one_line(one.get_text())}"


def _look(one: Any) -> str:
    """Colour, hatch or pattern, shape."""
    if isinstance(one, Line2D):
        return f"{to_hex(one.get_color())} {one.get_linestyle()} {one.get_marker()}"
    if isinstance(one, PathCollection | LineCollection):
        shapes = {len(path.vertices) for path in one.get_paths()} if isinstance(one, PathCollection) else set()
        colours = one.get_facecolor() if isinstance(one, PathCollection) else one.get_edgecolor()
        return " ".join([*sorted({to_hex(c) for c in colours}), *map(str, sorted(shapes))])
    return f"{to_hex(one.get_facecolor())} {one.get_hatch() or '-'}"


def _places(given: Any) -> str:
    places = np.asarray(given, dtype=float).reshape(-1, 2)
    if len(places) <= MOST:
        return " ".join(f"({_figures(place)})" for place in places)
    return f"{len(places)} places, ({_figures(places[0])}) ({_figures(places[-1])}), mean ({_figures(places.mean(0))})"


def _figures(values: Iterable[Any]) -> str:
    return " ".join(f"{0.0 if abs(v) < 1e-9 else v:.3g}" if not isinstance(v, str) else v for v in values)


def _one_line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from report.made_charts import charts, others

    KEPT.mkdir(exist_ok=True)
    for name, draw in (*charts(2), *others()):
        (KEPT / f"{name}.txt").write_text("\n".join(content_of(draw("en").figure)) + "\n", encoding="utf-8")
