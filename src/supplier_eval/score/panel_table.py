"""Reading a table of marks, long or wide, into one array in the order of the ids.

Long: a row per mark with the columns ``evaluator``, ``bid``, ``mark`` and, where marks are per criterion,
``criterion``. Wide: a row per evaluator (the index names them), a column per bid. An empty cell is a mark
that was not given; text is not guessed at; all findings come at once.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    import pandas as pd

LONG = ("evaluator", "bid", "mark")
FIRST_ROW = 2  # the header is row 1


class MarksTable(NamedTuple):
    """Marks of evaluators × criteria × bids, each in the order of its ids.

    Parameters
    ----------
    evaluators, bids : tuple of str
        Ids in sorted order.
    criteria : tuple of str or None
        Ids in sorted order; None where the table has no criteria (the array then has one).
    marks : ndarray of shape (n_evaluators, n_criteria, n_bids)
        Marks in points; NaN where none was given.
    """

    evaluators: tuple[str, ...]
    criteria: tuple[str, ...] | None
    bids: tuple[str, ...]
    marks: FloatArray


class _Row(NamedTuple):
    """One mark as it stands in the table; `row` is its row in a spreadsheet, 0 where there is none."""

    evaluator: object
    criterion: object
    bid: object
    mark: object
    row: int


def read_marks(marks: pd.DataFrame, needs_criterion: bool = False) -> MarksTable:
    """Put a table of marks into the order of its ids.

    Parameters
    ----------
    marks : DataFrame
        Long or wide, see the module.
    needs_criterion : bool
        Whether a column ``criterion`` is asked for.

    Returns
    -------
    MarksTable
        The marks; where a long table says nothing about a cell, no mark was given.

    Raises
    ------
    InvalidInput
        With every finding: ``panel.marks.columns``, ``.transposed``, ``.id_missing``, ``.not_number``,
        ``.infinite``, ``.duplicate``.
    """
    long = any(name in marks.columns for name in LONG)
    _check_shape(marks, long, needs_criterion)
    has_criteria = long and "criterion" in marks.columns
    rows = list(_long_rows(marks, has_criteria) if long else _wide_rows(marks))
    findings: list[Finding] = []
    cells: dict[tuple[str, str, str], float] = {}
    for row in rows:
        problems = _problems(row, has_criteria)
        key = (str(row.evaluator), str(row.criterion), str(row.bid))
        if not problems and key in cells:
            problems = [_finding("duplicate", row, "", " / ".join(part for part in key if part))]
        findings += problems
        if not problems:
            cells[key] = _number(row.mark)
    if findings:
        raise InvalidInput(findings)
    evaluators, criteria, bids = (tuple(sorted({key[i] for key in cells})) for i in range(3))
    array = np.full((len(evaluators), len(criteria), len(bids)), np.nan)
    places = [{name: i for i, name in enumerate(names)} for names in (evaluators, criteria, bids)]
    for (evaluator, criterion, bid), mark in cells.items():
        array[places[0][evaluator], places[1][criterion], places[2][bid]] = mark
    return MarksTable(evaluators, criteria if has_criteria else None, bids, array)


def marks_table(
    marks: npt.ArrayLike, evaluators: Sequence[str], criteria: Sequence[str], bids: Sequence[str]
) -> MarksTable:
    """Put an array of marks that were checked already into the order of its ids.

    Parameters
    ----------
    marks : array_like of shape (n_evaluators, n_criteria, n_bids)
        Marks in points; NaN where none was given.
    evaluators, criteria, bids : sequence of str
        Ids along the axes, each once.

    Returns
    -------
    MarksTable
        What `read_marks` makes of the same marks in a long table: who and what has no mark at all is not in it.
    """
    array = np.asarray(marks, dtype=np.float64)
    given = ~np.isnan(array)
    axes = [list(names) for names in (evaluators, criteria, bids)]
    kept: list[list[int]] = []
    for axis, names in enumerate(axes):
        marked = np.moveaxis(given, axis, 0).any(axis=(1, 2))
        kept.append(sorted(np.flatnonzero(marked).tolist(), key=names.__getitem__))
    who, what, whom = (tuple(names[i] for i in at) for names, at in zip(axes, kept, strict=True))
    return MarksTable(who, what, whom, array[np.ix_(*kept)])


def read_weights(weights: Mapping[Any, Any] | pd.Series[Any], criteria: tuple[str, ...]) -> FloatArray:
    """Put the weights into the order of the criteria.

    Parameters
    ----------
    weights : mapping or Series
        Weight by criterion, ≥ 0, in any unit.
    criteria : tuple of str
        The criteria that were marked.

    Returns
    -------
    ndarray of shape (n_criteria,)
        Weights as given.

    Raises
    ------
    InvalidInput
        ``panel.weights.criteria`` where the names do not match, ``panel.weights.value`` where a weight is not
        a finite figure ≥ 0 or all are zero.
    """
    pairs = [(str(name), value) for name, value in weights.items()]
    given = dict(pairs)
    unweighted = [name for name in criteria if name not in given]
    unmarked = [name for name in given if name not in criteria]
    findings = [
        Finding("panel.weights.value", "weights", value=f"{name} = {value}")
        for name, value in pairs
        if _kind(value) != "number" or _number(value) < 0
    ]
    if unweighted or unmarked or len(given) < len(pairs):
        facts = {"without_weight": ", ".join(unweighted) or "–", "without_marks": ", ".join(unmarked) or "–"}
        findings.append(Finding("panel.weights.criteria", "weights", facts=facts))
    if not findings and not any(_number(value) > 0 for value in given.values()):
        findings.append(Finding("panel.weights.value", "weights", value="0"))
    if findings:
        raise InvalidInput(findings)
    return np.array([_number(given[name]) for name in criteria], dtype=np.float64)


def _check_shape(marks: pd.DataFrame, long: bool, needs_criterion: bool) -> None:
    """Refuse a long table without its columns, and a wide one that says it is transposed."""
    needed = (*LONG, "criterion") if needs_criterion else LONG
    missing = [name for name in needed if name not in marks.columns] if long or needs_criterion else []
    if missing:
        facts = {"missing": ", ".join(missing), "present": ", ".join(str(c) for c in marks.columns) or "–"}
        raise InvalidInput([Finding("panel.marks.columns", "marks", facts=facts)])
    if not long and (marks.index.name == "bid" or marks.columns.name == "evaluator"):
        raise InvalidInput([Finding("panel.marks.transposed", "marks")])


def _long_rows(marks: pd.DataFrame, has_criteria: bool) -> Iterable[_Row]:
    """Rows of a long table."""
    criteria = marks["criterion"].tolist() if has_criteria else [""] * len(marks)
    columns = (marks["evaluator"].tolist(), criteria, marks["bid"].tolist(), marks["mark"].tolist())
    for place, parts in enumerate(zip(*columns, strict=True)):
        yield _Row(*parts, place + FIRST_ROW)


def _wide_rows(marks: pd.DataFrame) -> Iterable[_Row]:
    """Cells of a wide table, one by one, positions and not labels deciding."""
    for column, bid in enumerate(marks.columns):
        for place, (evaluator, mark) in enumerate(
            zip(marks.index.tolist(), marks.iloc[:, column].tolist(), strict=True)
        ):
            yield _Row(evaluator, "", bid, mark, place + FIRST_ROW)


def _problems(row: _Row, has_criteria: bool) -> list[Finding]:
    """Everything that is wrong with one mark."""
    ids: list[tuple[str, object]] = [("evaluator", row.evaluator), ("bid", row.bid)]
    if has_criteria:
        ids.append(("criterion", row.criterion))
    found = [_finding("id_missing", row, name, "") for name, value in ids if _kind(value) == "missing"]
    kind = _kind(row.mark)
    if kind in {"not_number", "infinite"}:
        found.append(_finding(kind, row, "mark", str(row.mark)))
    return found


def _finding(problem: str, row: _Row, column: str, value: str) -> Finding:
    return Finding(f"panel.marks.{problem}", "marks", column, (row.row,), value)


def _kind(value: object) -> str:
    """``number``, ``missing``, ``infinite`` or ``not_number``; an empty or blank text is missing."""
    if isinstance(value, str):
        return "not_number" if value.strip() else "missing"
    if isinstance(value, float):
        return "missing" if np.isnan(value) else "infinite" if np.isinf(value) else "number"
    import pandas as pd

    if value is None or value is pd.NA or value is pd.NaT:
        return "missing"
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real | decimal.Decimal):
        return "not_number"
    figure = float(value)
    if np.isnan(figure):
        return "missing"
    return "infinite" if np.isinf(figure) else "number"


def _number(value: object) -> float:
    """Figure of a mark; NaN where it is missing."""
    return float(value) if isinstance(value, Real | decimal.Decimal) else float("nan")
