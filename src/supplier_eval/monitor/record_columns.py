"""Columns of records, typed at once: quick where a column is clean, cell by cell where it is not, nothing guessed.

A column comes as text (csv, xlsx) or with a type of its own (parquet, a DataFrame). Ids become categories, moments
microseconds in UTC, dates days, numbers floats; a cell that cannot be read has a finding and is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from supplier_eval.errors import Finding
from supplier_eval.intake.cell_values import Problem, parse_yes_no
from supplier_eval.intake.dates import FIRST_YEAR, LAST_YEAR, parse_date, parse_moment
from supplier_eval.intake.identifiers import id_key, normalise_id, tidy_text
from supplier_eval.intake.numbers import parse_number
from supplier_eval.intake.tables import Column

IntArray = npt.NDArray[np.int64]
PLAIN = "[!-~]+"
ISO = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
MOST_ROWS = 1000
FIRST_MOMENT, LAST_MOMENT = (pd.Timestamp(f"{year}-01-01", tz="UTC") for year in (FIRST_YEAR, LAST_YEAR + 1))


@dataclass
class ColumnFindings:
    """Findings of the columns of one table, one per code and column; and which ids are plain ASCII."""

    table: str
    rows: IntArray
    found: list[Finding] = field(default_factory=list)
    plain: set[str] = field(default_factory=set)

    def add(self, code: str, column: str, wrong: npt.NDArray[np.bool_], value: object = "", **facts: object) -> None:
        """Note the rows that are wrong, where there are any."""
        at = np.flatnonzero(wrong)
        if at.size:
            rows = tuple(int(self.rows[i]) for i in at[:MOST_ROWS])
            self.found.append(Finding(f"{self.table}.{column}.{code}", self.table, column, rows, str(value), facts))


def typed_column(given: pd.Series, column: Column, timezone: str, findings: ColumnFindings) -> pd.Series:
    """Read one column by its contract.

    Parameters
    ----------
    given : Series
        As it came in: text, or a type of its own.
    column : Column
        What it should hold.
    timezone : str
        Declared zone of moments without one; empty where none was declared.
    findings : ColumnFindings
        Takes what is wrong.

    Returns
    -------
    Series
        ``str`` for ids that differ from row to row, ``category`` for other ids, choices and texts;
        ``datetime64[us, UTC]`` for moments; ``datetime64[us]`` for dates; ``float64`` for numbers; ``boolean`` for
        yes or no.
    """
    if column.kind == "id" and column.unique:
        read, blank = _different_ids(given.reset_index(drop=True), column, findings)
        findings.add("blank", column.name, blank)
        return read
    reader = {"moment": _moments, "date": _dates, "number": _numbers, "yes_no": _yes_no}.get(column.kind, _texts)
    read, blank = reader(given.reset_index(drop=True), column, timezone, findings)
    if column.filled:
        findings.add("blank", column.name, blank)
    return read


def empty_column(column: Column, size: int) -> pd.Series:
    """A column that did not come in: missing everywhere."""
    if column.kind == "id" and column.unique:
        return pd.Series([""] * size, dtype="str")
    if column.kind == "moment":
        return pd.Series(pd.DatetimeIndex([pd.NaT] * size, dtype="datetime64[us, UTC]"))
    if column.kind == "date":
        return pd.Series(np.full(size, np.datetime64("NaT"), dtype="datetime64[us]"))
    if column.kind == "number":
        return pd.Series(np.full(size, np.nan))
    if column.kind == "yes_no":
        return pd.Series(pd.array([pd.NA] * size, dtype="boolean"))
    return pd.Series(pd.Categorical.from_codes(np.zeros(size, dtype=np.int8), categories=pd.Index([""], dtype=object)))


Read = tuple[pd.Series, npt.NDArray[np.bool_]]


def _unique(given: pd.Series) -> tuple[npt.NDArray[np.int64], list[object]]:
    """Codes and the different cells, in the order in which they are met; missing ones are the empty text."""
    if isinstance(given.dtype, pd.CategoricalDtype):
        codes, cells = given.cat.codes.to_numpy().astype(np.int64), list(given.cat.categories)
        if np.bincount(codes[codes >= 0], minlength=len(cells)).min(initial=1) == 0:  # names that no row has
            used = given.cat.remove_unused_categories().cat
            codes, cells = used.codes.to_numpy().astype(np.int64), list(used.categories)
    else:
        try:
            codes, found = pd.factorize(given, use_na_sentinel=True)
        except TypeError:  # lists and the like are no cells, and are read as the text that they show
            codes, found = pd.factorize(given.map(_as_text))
        cells = list(found)
    if (codes < 0).any():
        codes = np.where(codes < 0, len(cells), codes)
        cells = [*cells, ""]
    return codes.astype(np.int64), cells


def _parsed(
    given: pd.Series, column: Column, findings: ColumnFindings, parse: Callable[[str], object]
) -> tuple[IntArray, list[object], npt.NDArray[np.bool_]]:
    """Parse each different text once; what cannot be read is noted and missing. Codes, values, blanks."""
    codes, cells = _unique(given)
    values: list[object] = []
    problems: dict[str, list[int]] = {}
    blank = np.zeros(len(cells), dtype=bool)
    for at, cell in enumerate(cells):
        text = cell if isinstance(cell, str) else _as_text(cell)
        blank[at] = not text.strip()
        value = None if blank[at] else parse(text)
        if isinstance(value, Problem):
            problems.setdefault(value.code.rsplit(".", 1)[-1], []).append(at)
            value = None
        values.append(value)
    for code, bad in problems.items():
        findings.add(code, column.name, np.isin(codes, bad), cells[bad[0]])
    return codes, values, blank[codes]


def _as_text(cell: object) -> str:
    """A cell that is no text: whole numbers without a point, moments in ISO form."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return "" if cell is None or cell is pd.NA else str(cell)


def _different_ids(given: pd.Series, column: Column, findings: ColumnFindings) -> Read:
    """Ids of which there are as many as rows: no table of the different ones, and one look where all are plain."""
    if isinstance(given.dtype, np.dtype) and given.dtype.kind == "f":
        findings.add("not_an_id", column.name, given.notna().to_numpy(), given.iloc[0] if len(given) else "")
    if isinstance(given.dtype, pd.StringDtype) and plain_ids(given):
        findings.plain.add(column.name)
        return given.astype("str"), np.zeros(len(given), dtype=bool)
    cells = given.astype(object).where(given.notna(), "")
    ids = [normalise_id(cell if isinstance(cell, str) else _as_text(cell)) for cell in cells]
    return pd.Series(ids, dtype="str"), np.array([not key for key in ids], dtype=bool)


def plain_ids(given: pd.Series) -> bool:
    """Whether all are visible ASCII without spaces, so that they are what they are."""
    return bool(given.notna().all() and given.str.fullmatch(PLAIN).all())


def _texts(given: pd.Series, column: Column, timezone: str, findings: ColumnFindings) -> Read:
    codes, cells = _unique(given)
    if isinstance(given.dtype, np.dtype) and given.dtype.kind == "f" and column.kind == "id":
        findings.add("not_an_id", column.name, given.notna().to_numpy(), cells[0] if cells else "")
    texts = [cell if isinstance(cell, str) else _as_text(cell) for cell in cells]
    together = "".join(texts)
    tidy = tidy_text if column.kind == "text" else normalise_id
    plain = together.isascii() and together.isprintable() and " " not in together
    tidied = texts if plain else [tidy(text) for text in texts]
    if column.kind == "choice":
        tidied = [id_key(text) for text in tidied]
        wrong = np.array([bool(text) and text not in column.choices for text in tidied], dtype=bool)
        if wrong.any():
            facts = {"choices": ", ".join(column.choices)}
            findings.add("not_a_choice", column.name, wrong[codes], cells[int(np.argmax(wrong))], **facts)
    if plain and len(set(tidied)) == len(tidied):
        final, names = codes, tidied
    else:
        order: dict[str, int] = {}
        place = np.array([order.setdefault(text, len(order)) for text in tidied], dtype=np.int64)
        final, names = (place[codes] if codes.size else codes), list(order)
    category = pd.Categorical.from_codes(final, categories=pd.Index(names, dtype=object))
    return pd.Series(category), final == (names.index("") if "" in names else -1)


def _moments(given: pd.Series, column: Column, timezone: str, findings: ColumnFindings) -> Read:
    if isinstance(given.dtype, pd.DatetimeTZDtype):
        stamps = given.dt.tz_convert("UTC").dt.as_unit("us")
        outside = ((stamps < FIRST_MOMENT) | (stamps >= LAST_MOMENT)).to_numpy(dtype=bool)
        if outside.any():
            findings.add("year_out_of_range", column.name, outside, stamps[outside].iloc[0])
        return stamps, given.isna().to_numpy()
    if given.dtype.kind == "M":
        return _without_zone(given, column, timezone, findings)
    texts = given.astype(object)
    if len(texts) and all(isinstance(cell, str) and ISO.fullmatch(cell) for cell in texts):
        return pd.Series(pd.to_datetime(texts, utc=True, format="ISO8601")).dt.as_unit("us"), np.zeros(len(texts), bool)
    codes, values, blank = _parsed(texts, column, findings, lambda text: parse_moment(text, timezone or None))
    stamps = pd.DatetimeIndex([pd.NaT if v is None else v for v in values], dtype="datetime64[us, UTC]")
    return pd.Series(stamps[codes]), blank


def _without_zone(given: pd.Series, column: Column, timezone: str, findings: ColumnFindings) -> Read:
    blank = given.isna().to_numpy()
    if not timezone:
        findings.add("no_time_zone", column.name, ~blank, given[~blank].iloc[0] if (~blank).any() else "")
        return empty_column(column, len(given)), blank
    local = given.dt.tz_localize(timezone, ambiguous="NaT", nonexistent="NaT")
    findings.add("time_changed", column.name, local.isna().to_numpy() & ~blank)
    return local.dt.tz_convert("UTC").dt.as_unit("us"), blank


def _dates(given: pd.Series, column: Column, timezone: str, findings: ColumnFindings) -> Read:
    if isinstance(given.dtype, np.dtype) and given.dtype.kind == "M":
        days = given.dt.normalize()
        findings.add("time_not_expected", column.name, (days != given).to_numpy() & given.notna().to_numpy())
        return days.dt.as_unit("us"), given.isna().to_numpy()
    codes, values, blank = _parsed(given.astype(object), column, findings, parse_date)
    stamps = np.array([np.datetime64("NaT") if v is None else v for v in values], dtype="datetime64[us]")
    return pd.Series(stamps[codes]), blank


def _numbers(given: pd.Series, column: Column, timezone: str, findings: ColumnFindings) -> Read:
    if given.dtype.kind in "iuf":
        figures = given.to_numpy(dtype=np.float64, na_value=np.nan)
        findings.add("not_a_number", column.name, np.isinf(figures), "inf")
        return pd.Series(np.where(np.isinf(figures), np.nan, figures)), np.isnan(figures)
    codes, values, blank = _parsed(given.astype(object), column, findings, lambda text: parse_number(text, "."))
    figures = np.array([np.nan if not isinstance(v, Decimal) else float(v) for v in values])
    return pd.Series(figures[codes] if codes.size else np.zeros(0)), blank


def _yes_no(given: pd.Series, column: Column, timezone: str, findings: ColumnFindings) -> Read:
    if given.dtype.kind == "b":
        return given.astype("boolean"), given.isna().to_numpy()
    codes, values, blank = _parsed(given.astype(object), column, findings, parse_yes_no)
    answers = pd.Series([v if isinstance(v, bool) else None for v in values], dtype="boolean")
    return answers.iloc[codes].reset_index(drop=True), blank
