"""Whatever holds the rows of a table (file, frame, list, mapping by id, parts), as rows with their numbers."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from supplier_eval.award.reading_cells import TYPED, Marks, is_blank
from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.intake.raw_table import RawTable

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Given:
    """An award problem as it came in, nothing looked at."""

    lots: object = None
    suppliers: object = None
    bids: object = None
    bundles: object = None
    rules: object = None
    tiers: object = None
    curves: object = None
    terms: Mapping[str, object] = field(default_factory=dict)
    marks: Marks = TYPED


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one table.

    Parameters
    ----------
    name : str
        Name in findings.
    rows : list of mapping
        Column → cell; a cell that is not there is empty.
    numbers : sequence of int
        Number of each row: as the spreadsheet shows it, else counted from 1.
    written : bool
        Cells are text as somebody wrote it, to be read by the declared marks.
    """

    name: str
    rows: list[Row]
    numbers: Sequence[int]
    written: bool = False


@dataclass(kw_only=True)
class Reading:
    """What all tables of one problem share while they are read: number marks, findings, the row of each part."""

    marks: Marks
    findings: list[Finding] = field(default_factory=list)
    rows: dict[str, dict[Any, int]] = field(default_factory=dict)


@dataclass
class Gathered:
    """Findings of one table: one for each code, column and thing told apart, with all its rows."""

    table: str
    found: dict[tuple[str, str, str], tuple[list[int], str, dict[str, object]]] = field(default_factory=dict)

    def note(self, code: str, column: str, row: int, value: object = "", apart: str = "", **facts: object) -> None:
        """Note one thing; facts and value of the first one stay."""
        rows, _, _ = self.found.setdefault((code, column, apart), ([], str(value), facts))
        if row:
            rows.append(row)

    def findings(self) -> list[Finding]:
        """What was noted, in the order in which it was met, rows ascending."""
        return [
            Finding(code, self.table, column, tuple(sorted(set(rows))), value, facts)
            for (code, column, _), (rows, value, facts) in self.found.items()
        ]


class Ids:
    """The ids of a table: a reference that differs in case or width only is spelled like the table does.

    `told` where the table has none and that is said already: references to it are then not called unknown.
    """

    def __init__(self, known: Iterable[str], told: bool = False) -> None:
        self.exact = set(known)
        self.told = told and not self.exact
        self._by_key: dict[str, str] | None = None
        self._near: dict[str, str] = {}

    def spelled(self, name: str) -> str | None:
        """The id as the table spells it; None where it has none such."""
        if name in self.exact:
            return name
        if self._by_key is None:
            self._by_key = {id_key(own): own for own in sorted(self.exact, reverse=True)}
        return self._by_key.get(id_key(name))

    def near(self, name: str) -> str:
        """The nearest id, ``-`` where none is near; only the first unknown ids are worth the search."""
        if name not in self._near and len(self._near) < 30:
            self._near[name] = nearest(name, sorted(self.exact))
        return self._near.get(name, "-")


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The nearest of the known names; ``-`` where none is near."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return close[0] if close else "-"


def table_of(given: object, name: str, reading: Reading) -> Table:
    """Take a table in any of its forms; what is none is a finding, and an empty table in its place."""
    rows = _rows(given, name, reading)
    if rows is None:
        reading.findings.append(Finding("award.table_shape", name, value=type(given).__name__))
        return Table(name, [], ())
    if isinstance(rows, Table):
        return rows
    bad = [number for number, row in enumerate(rows, start=1) if not isinstance(row, Mapping)]
    if bad:
        kind = type(rows[bad[0] - 1]).__name__
        reading.findings.append(Finding("award.row_shape", name, rows=tuple(bad), value=kind))
        kept = [(number, row) for number, row in enumerate(rows, start=1) if isinstance(row, Mapping)]
        return Table(name, [row for _, row in kept], [number for number, _ in kept])
    return Table(name, rows, range(1, len(rows) + 1))


def _rows(given: object, name: str, reading: Reading) -> list[Any] | Table | None:
    """Rows as mappings, or whatever stood in a row's place; None where nothing holds rows."""
    if given is None or isinstance(given, Table):
        return given or []
    if isinstance(given, RawTable):
        rows: list[Row] = [dict(zip(given.columns, cells, strict=True)) for cells in given.rows]
        return Table(name, rows, given.row_numbers, written=True)
    if hasattr(given, "columns") and hasattr(given, "to_dict"):
        return _frame_rows(given, name, reading)
    if isinstance(given, Mapping):
        own = [_row(row) for row in given.values()]
        keyed = zip(given, own, strict=True)
        return [{**_key(key), **row} if isinstance(row, Mapping) else row for key, row in keyed]
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        return None
    return [_row(row) for row in given]


def _key(key: object) -> dict[str, object]:
    """The id that stands before its row; parts by a key of several ids carry them in the row."""
    return {"id": key} if isinstance(key, str | int) else {}


def _row(row: Any) -> Any:  # noqa: ANN401 - whatever a row was given as
    """A part as a row of what it states; anything else as it is."""
    if is_dataclass(row) and not isinstance(row, type):
        return {each.name: getattr(row, each.name) for each in fields(row)}
    return row


def _frame_rows(frame: Any, name: str, reading: Reading) -> list[Row]:  # noqa: ANN401 - pandas is not imported here
    """Rows of a frame, taken column by column; a named index is a column."""
    whole = frame.reset_index() if any(level is not None for level in frame.index.names) else frame
    columns = [str(column) for column in whole.columns]
    for twice in sorted({column for column in columns if columns.count(column) > 1}):
        reading.findings.append(Finding("award.column_twice", name, twice, value=twice))
    cells = [whole.iloc[:, at].tolist() for at in range(len(columns))]
    return [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]


def suppliers_named(*offers: Table) -> Table:
    """Suppliers that have an offer, where no table of suppliers is given; the first spelling in order is taken."""
    spelled: dict[str, str] = {}
    for offer in offers:
        for row in offer.rows:
            name = row.get("supplier")
            if isinstance(name, str) and not is_blank(name):
                own = normalise_id(name)
                spelled[id_key(own)] = min(own, spelled.get(id_key(own), own))
    return Table("suppliers", [{"id": name} for name in sorted(spelled.values())], range(1, len(spelled) + 1))
