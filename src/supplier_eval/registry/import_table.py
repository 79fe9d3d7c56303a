"""Records from a table that somebody brings: one file or sheet a kind, typed cells, all findings at once.

The house's bounded readers open the file (`supplier_eval.intake.files`); each cell is read by what its field holds; the
declaration checks the record; the store adds them in one transaction, each through its life cycle.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from supplier_eval.errors import Finding, InvalidInput, Refused
from supplier_eval.intake.cell_values import Problem
from supplier_eval.intake.files import read_table, read_workbook
from supplier_eval.intake.gathered import Gathered
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.raw_table import Limits, RawTable
from supplier_eval.intake.typed import OWN_PREFIX
from supplier_eval.messages import Names, clean
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.cell_text import CellColumn, CellReading, cell_columns, fields_named, value_of
from supplier_eval.registry.record import LONGEST_TEXT, Record
from supplier_eval.registry.store_findings import value_findings

if TYPE_CHECKING:
    from supplier_eval.registry.store import Registry

KEPT = ("state", "version", "changed_at", "changed_by")
"""Columns of an export that the store keeps itself."""

LIMITS = Limits(cell_chars=LONGEST_TEXT + 100)
"""A field holds more letters than a sheet of Excel can; a text file may bring them all."""


@dataclass(frozen=True)
class ReadRecords:
    """Records of one table.

    Parameters
    ----------
    records : tuple of Record
        Those that hold together.
    rows : tuple of int
        Row of the sheet of each.
    findings : tuple of Finding
        Everything that is wrong.
    """

    records: tuple[Record, ...]
    rows: tuple[int, ...]
    findings: tuple[Finding, ...]


def import_file(
    registry: Registry,
    path: str | Path,
    kind: str = "",
    reading: CellReading | None = None,
    encoding: str | None = None,
) -> int:
    """Add every record of a csv, xlsx or parquet file to a registry, or none.

    Parameters
    ----------
    registry : Registry
        Open; each record goes through the ``add`` of its life cycle.
    path : str or Path
        One table of a kind, or a workbook with a sheet a kind.
    kind : str
        Kind of a single table; the file's name where it is empty.
    reading : CellReading, optional
        Declared number marks and time zone; without them what can be read in two ways is refused.
    encoding : str, optional
        Declared encoding of a text file.

    Returns
    -------
    int
        Records added.

    Raises
    ------
    InvalidInput
        With every finding of every table; nothing was written.
    """
    tables, found = _tables(Path(path), kind, encoding)
    records: list[Record] = []
    rows: dict[int, int] = {}
    for name, raw in tables.items():
        read = records_of(raw, kinds()[name], reading or CellReading())
        records += read.records
        rows |= {id(record): row for record, row in zip(read.records, read.rows, strict=True)}
        found += read.findings
    errors = [finding for finding in found if finding.severity == "error"]
    if not records and not errors:
        errors = [Finding("registry.import.nothing", kind or Path(path).stem)]
    if errors:
        raise InvalidInput(errors, str(path))
    try:
        return registry.add_many(_in_order(records))
    except Refused as refused:
        raise Refused(_placed(refused.findings, records, rows), str(path)) from None


def records_of(raw: RawTable, declared: type[Record], reading: CellReading, *, kept: bool = False) -> ReadRecords:
    """Read the rows of a table as records of a kind.

    Parameters
    ----------
    raw : RawTable
        Text cells; columns bear the names of the fields, those of one's own begin with ``x_``.
    declared : type of Record
        The kind.
    reading : CellReading
        Declared marks.
    kept : bool
        Whether columns that the store keeps may stand there (in our own exports), and are passed over.

    Returns
    -------
    ReadRecords
        What holds together, and all findings.
    """
    gathered = Gathered(declared.kind)
    raw = replace(raw, columns=fields_named(declared, raw.columns))
    columns = _columns(raw, declared, gathered, kept)
    records: list[Record] = []
    rows: list[int] = []
    refused: list[Finding] = []
    seen: dict[str, int] = {}
    for cells, row in zip(raw.rows, raw.row_numbers, strict=True):
        values = _values(cells, columns, row, reading, gathered)
        if values is None:
            continue
        first = seen.setdefault(id_key(str(values.get("id", ""))), row)
        if first != row:
            gathered.add("registry.import.row_twice", "id", row, values["id"], first=first)
        try:
            records.append(declared.model_validate(values))
            rows.append(row)
        except ValidationError as wrong:
            refused += _with_row(value_findings(declared.kind, wrong), row)
    refused = [found for found in refused if found.column in raw.columns]  # a column that lacks was named once
    return ReadRecords(tuple(records), tuple(rows), (*gathered.findings(), *_joined(refused)))


def _columns(raw: RawTable, declared: type[Record], gathered: Gathered, kept: bool) -> list[tuple[int, CellColumn]]:
    """Place and field of each column that is known; a finding for each other one and for each that is lacking."""
    fields = {column.name: column for column in cell_columns(declared)}
    for name in raw.columns:
        if name in fields or name.startswith(OWN_PREFIX) or (kept and name in KEPT):
            continue
        if name in KEPT:
            gathered.add("registry.import.kept_by_store", name, 1, name)
            continue
        near = next(iter(difflib.get_close_matches(name, fields, n=1, cutoff=0.6)), "")
        problem = "column_unknown" if near else "column_strange"
        gathered.add(f"{declared.kind}.{problem}", name, 1, name, known=Names(fields), near=near)
    for name, column in fields.items():
        if column.required and name not in raw.columns:
            near = next(iter(difflib.get_close_matches(name, raw.columns, n=1, cutoff=0.6)), "–")
            gathered.add(f"{declared.kind}.{name}.column_missing", name, 1, near, found=Names(raw.columns), near=near)
    return [(place, fields[name]) for place, name in enumerate(raw.columns) if name in fields]


def _values(
    cells: Sequence[str], columns: list[tuple[int, CellColumn]], row: int, reading: CellReading, gathered: Gathered
) -> dict[str, Any] | None:
    """Field → value of one row; None where a cell cannot be read. An empty cell leaves the field to its default."""
    values: dict[str, Any] = {}
    whole = True
    for place, column in columns:
        text = cells[place]
        if not text or (column.kind != "text" and not text.strip()):
            continue
        value = value_of(column, text, reading)
        if isinstance(value, Problem):
            problem = value.code.rsplit(".", 1)[-1]
            gathered.add(f"{gathered.table}.{column.name}.{problem}", column.name, row, text)
            whole = False
        else:
            values[column.name] = value
    return values if whole else None


def _with_row(findings: list[Finding], row: int) -> list[Finding]:
    return [
        Finding(found.code, found.table, found.column, (row,), found.value, found.facts, found.severity)
        for found in findings
    ]


def _joined(findings: list[Finding]) -> list[Finding]:
    """One finding for each code and column, with all its rows and the first value."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for found in findings:
        groups.setdefault((found.code, found.column), []).append(found)
    return [
        Finding(code, first.table, column, tuple(f.rows[0] for f in group), first.value, first.facts)
        for (code, column), group in groups.items()
        for first in group[:1]
    ]


def _tables(path: Path, kind: str, encoding: str | None) -> tuple[dict[str, RawTable], list[Finding]]:
    """Kind → its table."""
    if path.suffix.lower() == ".xlsx" and not kind:
        sheets, found = read_workbook(path, LIMITS)
        known: Mapping[str, RawTable] = sheets
    else:
        raw, found = read_table(path, kind or None, encoding, LIMITS)
        known = {} if raw is None else {kind or path.stem: raw}
    unknown = [name for name in known if name not in kinds()]
    listed = ", ".join(kinds())
    found += [Finding("registry.import.no_kind", name, value=name, facts={"known": listed}) for name in unknown]
    return {name: raw for name, raw in known.items() if name not in unknown}, found


def _placed(findings: Sequence[Finding], records: list[Record], rows: Mapping[int, int]) -> list[Finding]:
    """What the store has against records, with the rows in which those values stand."""
    places: dict[tuple[str, str], dict[str, list[int]]] = {}
    for asked in {(finding.table, finding.column) for finding in findings}:
        places[asked] = {}
        for record in records:
            if record.kind == asked[0]:
                value = clean(getattr(record, asked[1], ""))
                places[asked].setdefault(value, []).append(rows[id(record)])
    return [
        Finding(f.code, f.table, f.column, tuple(at), f.value, dict(f.facts), f.severity)
        for f in findings
        for at in [places[f.table, f.column].get(f.value, []) if f.value else []]
    ]


def _in_order(records: list[Record]) -> list[Record]:
    """By kind, as the chapters name them: what is referred to stands before what refers to it."""
    order = {kind: place for place, kind in enumerate(kinds())}
    return sorted(records, key=lambda record: order[record.kind])
