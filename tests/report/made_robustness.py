"""Small sheets and results of robustness that the tests of the charts look at; figures small enough to do by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from supplier_eval.score.sheet import ScoreSheet


def sheet(values: Mapping[str, Sequence[float]], weights: Sequence[float]) -> ScoreSheet:
    """Bid → values on criteria c1, c2, ... with these weights."""
    names = [f"c{i + 1}" for i in range(len(weights))]
    return ScoreSheet.from_frame(
        pd.DataFrame.from_dict(dict(values), orient="index", columns=names), dict(zip(names, weights, strict=True))
    )


def pair() -> ScoreSheet:
    """A leads B by 68 to 58; the first place changes hands at 60 points for c1."""
    return sheet({"A": (80, 40), "B": (40, 100)}, (0.7, 0.3))


def crowd(n: int) -> ScoreSheet:
    """So many bids on three criteria, no two alike."""
    values = {f"BID-{i:02d}": ((37 * i) % 61 + 30, (23 * i) % 53 + 35, 95 - 2 * i) for i in range(n)}
    return sheet(values, (0.5, 0.3, 0.2))


def twins() -> ScoreSheet:
    """Two equal bids on the first place and one behind."""
    return sheet({"A": (80, 60), "B": (80, 60), "C": (50, 50)}, (0.5, 0.5))


def texts(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.figure.findobj(lambda artist: hasattr(artist, "get_text"))]


def apart(artists: Iterable[Any]) -> bool:
    """Whether no two texts cover each other by more than a hair."""
    boxes = [artist.get_window_extent() for artist in artists if artist.get_text()]
    return all(not a.padded(-0.6).overlaps(b.padded(-0.6)) for a, b in combinations(boxes, 2))


def beside(ax: Any) -> list[Any]:
    """Texts of the chart's own figures and names, without watermark and remark."""
    return [text for text in ax.texts if text.get_rotation() == 0 and text.get_fontsize() < 30]
