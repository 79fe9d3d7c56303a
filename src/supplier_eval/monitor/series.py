"""Reads what a chart or a test of trend is given: figures in order of time, gaps kept as gaps, all faults at once."""

from __future__ import annotations

import math
import numbers
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    import pandas as pd

TABLE = "arguments"


def given_series(given: object, name: str, found: list[Finding]) -> tuple[FloatArray, tuple[Any, ...]]:
    """Read figures in order of time; what is no figure is a finding, what is missing a gap.

    Parameters
    ----------
    given : object
        A list, an array or a Series (its index gives the labels).
    name : str
        Name of the argument.
    found : list of Finding
        Findings are added to it.

    Returns
    -------
    values : ndarray of shape (n_points,)
        NaN at gaps (None, NaN, NA).
    labels : tuple
        The index of a Series, else 1, 2, ...
    """
    cells, labels = _cells(given)
    if cells is None:
        found.append(Finding("series.none", TABLE, name, value=_kind(given)))
        return np.zeros(0), ()
    figures, wrong = [], []
    for place, cell in enumerate(cells, start=1):
        figure = figure_or_gap(cell)
        if figure is None:
            wrong.append((place, cell))
        figures.append(math.nan if figure is None else figure)
    if wrong:
        rows = tuple(place for place, _ in wrong)
        found.append(Finding("series.no_figure", TABLE, name, rows, str(wrong[0][1])))
    return np.array(figures, dtype=np.float64), labels


def aligned(given: object, beside: object, name: str, found: list[Finding]) -> object:
    """Put a Series into the order of another one's labels; labels that are not the same are a finding.

    Parameters
    ----------
    given, beside : object
        Two arguments; anything but two Series is given back as it is.
    name : str
        Name of the first.
    found : list of Finding
        Findings are added to it.
    """
    import pandas as pd

    if not isinstance(given, pd.Series) or not isinstance(beside, pd.Series):
        return given
    if given.index.equals(beside.index) or not (given.index.is_unique and beside.index.is_unique):
        return given
    apart = list(given.index.symmetric_difference(beside.index, sort=False))
    if apart:
        found.append(Finding("series.labels_differ", TABLE, name, value=str(apart[0])))
        return given
    return given.reindex(beside.index)


def figure_or_gap(cell: object) -> float | None:
    """A figure; NaN for a gap (None, NaN, NA, NaT); None for what is neither: text, yes and no, infinity."""
    if cell is None or type(cell).__name__ in {"NAType", "NaTType"}:
        return math.nan
    if isinstance(cell, bool | np.bool_) or not isinstance(cell, numbers.Real | Decimal | np.number):
        return None
    if isinstance(cell, Decimal) and cell.is_nan():
        return math.nan
    try:
        figure = float(cell)
    except OverflowError:
        return None
    return None if math.isinf(figure) else figure


def _cells(given: object) -> tuple[list[Any] | None, tuple[Any, ...]]:
    """The cells of one axis and their labels."""
    import pandas as pd

    if isinstance(given, pd.Series):
        return given.tolist(), tuple(given.index.tolist())
    if isinstance(given, np.ndarray):
        return (given.tolist(), tuple(range(1, given.size + 1))) if given.ndim == 1 else (None, ())
    if isinstance(given, str | bytes | Mapping | pd.DataFrame) or not isinstance(given, Iterable):
        return None, ()
    cells = list(given)
    return cells, tuple(range(1, len(cells) + 1))


def _kind(given: object) -> str:
    if isinstance(given, np.ndarray):
        return f"ndarray {given.ndim}-d"
    return f"str {given!r}" if isinstance(given, str) else type(given).__name__


def given_labels(given: object, n_points: int, name: str, found: list[Finding]) -> tuple[Any, ...]:
    """Read one label a point: text, a number, a date; a wrong count or a repeated label is a finding."""
    cells, _ = _cells(given)
    if cells is None:
        found.append(Finding("series.none", TABLE, name, value=_kind(given)))
        return ()
    if len(cells) != n_points:
        found.append(Finding("series.length", TABLE, name, value=str(len(cells)), facts={"n": n_points}))
    twice = sorted(label for label, count in Counter(map(str, cells)).items() if count > 1)
    if twice:
        found.append(Finding("series.label_twice", TABLE, name, value=twice[0]))
    return tuple(cells)


def given_figure(given: object, name: str, found: list[Finding], least: float, most: float = math.inf) -> float:
    """Read one finite figure above `least` and up to `most`; NaN with a finding where it is none."""
    figure = figure_or_gap(given)
    if figure is None or math.isnan(figure) or not (figure > least and figure <= most):
        span = f"> {least:g}" if math.isinf(most) else f"> {least:g}, ≤ {most:g}"
        span = span if math.isfinite(least) else "-"
        found.append(Finding("series.figure", TABLE, name, value=_shown(given), facts={"span": span}))
        return math.nan
    return figure


def given_whole(given: object, name: str, found: list[Finding], least: int) -> int:
    """Read a whole number of at least `least`; that least one with a finding where it is none."""
    if isinstance(given, int | np.integer) and not isinstance(given, bool) and given >= least:
        return int(given)
    found.append(Finding("series.whole", TABLE, name, value=_shown(given), facts={"least": least}))
    return least


def given_yes_no(given: object, name: str, found: list[Finding]) -> bool:
    """Read true or false; false with a finding where it is neither."""
    if isinstance(given, bool | np.bool_):
        return bool(given)
    found.append(Finding("series.yes_no", TABLE, name, value=_shown(given)))
    return False


def given_choice(given: object, name: str, known: Sequence[str], found: list[Finding]) -> str:
    """Read one of some names; the first with a finding where it is none."""
    if isinstance(given, str) and given in known:
        return given
    found.append(Finding("series.choice", TABLE, name, value=_shown(given), facts={"known": ", ".join(known)}))
    return known[0]


def given_frame(given: object, name: str, columns: Iterable[str], found: list[Finding]) -> pd.DataFrame:
    """Read a table that has the columns asked for; an empty one with findings where it has not."""
    import pandas as pd

    if not isinstance(given, pd.DataFrame):
        found.append(Finding("series.frame", TABLE, name, value=_kind(given)))
        return pd.DataFrame(columns=list(columns))
    missing = [column for column in columns if column not in given.columns]
    for column in missing:
        known = ", ".join(str(one) for one in given.columns[:12]) or "–"
        found.append(Finding("series.column", name, column, facts={"known": known}))
    twice = sorted({str(one) for one in given.columns if list(given.columns).count(one) > 1})
    if twice:
        found.append(Finding("series.column_twice", name, twice[0]))
    return pd.DataFrame(columns=list(columns)) if missing or twice else given


def _shown(given: object) -> str:
    return "None" if given is None else f"{type(given).__name__} {str(given)[:40]!r}"


def refuse_all(found: list[Finding]) -> None:
    """Refuse with everything that was found; nothing where nothing was.

    Raises
    ------
    InvalidInput
        With every finding.
    """
    if any(finding.severity == "error" for finding in found):
        raise InvalidInput(found, TABLE)
