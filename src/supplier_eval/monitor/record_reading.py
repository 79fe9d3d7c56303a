"""How service records are read: files to frames, frames to typed tables, all findings at once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from supplier_eval.clock.local_time import zone_named
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.files import read_table, read_workbook
from supplier_eval.intake.parquet import read_parquet_frame
from supplier_eval.intake.raw_table import Limits, RawTable, column_key
from supplier_eval.intake.tables import TableContract
from supplier_eval.monitor.folder_clocks import folder_clocks
from supplier_eval.monitor.record_checks import PLAIN_COLUMNS, duplicate_findings, relation_findings, ticket_positions
from supplier_eval.monitor.record_columns import ColumnFindings, IntArray, empty_column, typed_column
from supplier_eval.monitor.record_tables import RECORD_TABLES
from supplier_eval.monitor.records import ServiceRecords

ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")
OWN = "x_"
TABLE = "records"
FIRST_ROW = 2
KEPT = ("row", "at")  # columns that the reading adds
MOST_NAMED = 5
BESIDE = ("events",)  # tables of a review that are no records
LARGE = Limits(file_bytes=1 << 32, unpacked_bytes=1 << 34, rows=50_000_000, cells=1_000_000_000)
Frames = dict[str, tuple[pd.DataFrame, IntArray]]


def read_service_records(path: str | Path, *, timezone: str = "") -> ServiceRecords:
    """Read a folder of tables, or one workbook with a sheet a table.

    Parameters
    ----------
    path : path
        Folder with ``tickets.csv`` and others (csv, tsv, xlsx or parquet), or an ``.xlsx`` file. A folder's
        ``calendar*.toml`` become its `clocks`; ``events`` and other ``.toml`` files are read by `read_review_folder`.
    timezone : str
        IANA zone of moments that have none; without it they are refused.

    Returns
    -------
    ServiceRecords
        Checked; warnings stand in `warnings`.

    Raises
    ------
    InvalidInput
        With every finding of every table.

    Examples
    --------
    >>> records = se.monitor.read_service_records("data/samples/service-records")
    >>> len(records["tickets"])
    8672
    """
    if not isinstance(path, str | Path):
        raise InvalidInput([Finding("records.place", TABLE, value=type(path).__name__)], TABLE)
    place = Path(path)
    found: list[Finding] = []
    frames: Frames = {}
    if place.is_dir():
        _read_folder(place, frames, found)
    elif place.suffix.lower() == ".xlsx" and place.exists():
        sheets, found = read_workbook(place)
        for name, raw in sheets.items():
            _keep(column_key(name), raw, frames, found)
    else:
        found.append(Finding("records.place", TABLE, value=str(place)))
    clocks = folder_clocks(place, found) if place.is_dir() else {}
    zone = next((clock.timezone for clock in clocks.values()), "")
    return replace(_checked(frames, timezone, found, str(place), zone), clocks=MappingProxyType(clocks))


def records_of_frames(tables: Mapping[str, pd.DataFrame], timezone: str) -> ServiceRecords:
    """Take frames; parameters and errors as `ServiceRecords.from_frames`."""
    if not isinstance(tables, Mapping):
        raise InvalidInput([Finding("records.frames", TABLE, value=type(tables).__name__)], TABLE)
    found: list[Finding] = []
    frames: Frames = {}
    for name, frame in tables.items():
        if not isinstance(frame, pd.DataFrame):
            found.append(Finding("records.frames", TABLE, str(name), value=type(frame).__name__))
        elif name not in RECORD_TABLES:
            found.append(_no_table(str(name)))
        else:
            own = frame.drop(columns=list(KEPT), errors="ignore")  # tables that were read before may come again
            renamed = own.rename(columns={column: column_key(str(column)) for column in own.columns})
            frames[name] = (renamed, np.arange(FIRST_ROW, FIRST_ROW + len(frame)))
    return _checked(frames, timezone, found, TABLE)


def _read_folder(place: Path, frames: Frames, found: list[Finding]) -> None:
    for file in sorted(place.iterdir()):
        name = column_key(file.stem)
        if file.suffix.lower() not in ENDINGS or name.startswith((OWN, ".", "~$")) or not file.is_file():
            continue
        if name in BESIDE:
            continue
        if name not in RECORD_TABLES:
            found.append(_no_table(file.name))
        elif name in frames:
            found.append(Finding("records.table_twice", name, value=file.name))
        elif file.suffix.lower() == ".parquet":
            _read_parquet(name, file, frames, found)
        else:
            raw, problems = read_table(file, name)
            found += problems
            if raw is not None:
                _keep(name, raw, frames, found)


def _read_parquet(name: str, file: Path, frames: Frames, found: list[Finding]) -> None:
    """Typed columns at once; a million rows are no reason to go through text."""
    again = [column.name for column in RECORD_TABLES[name].columns if column.kind == "id" and not column.unique]
    frame, problems = read_parquet_frame(file, name, LARGE, again)
    found += problems
    if frame is not None:
        frame = frame.rename(columns={column: column_key(str(column)) for column in frame.columns})
        frames[name] = (frame, np.arange(FIRST_ROW, FIRST_ROW + len(frame)))


def _keep(name: str, raw: RawTable, frames: Frames, found: list[Finding]) -> None:
    if name.startswith(OWN):
        return
    if name not in RECORD_TABLES:
        found.append(_no_table(name))
        return
    columns = {column: pd.Series(list(raw.cells(column)), dtype=object) for column in raw.columns}
    frames[name] = (pd.DataFrame(columns), np.array(raw.row_numbers, dtype=np.int64))


def _no_table(name: str) -> Finding:
    near = difflib.get_close_matches(name.rsplit(".", 1)[0], RECORD_TABLES, n=1, cutoff=0.5)
    facts = {"known": ", ".join(RECORD_TABLES), "near": near[0] if near else "tickets"}
    return Finding("records.table_unknown", TABLE, value=name, facts=facts)


def _checked(frames: Frames, timezone: str, found: list[Finding], source: str, shown_in: str = "") -> ServiceRecords:
    if not isinstance(timezone, str) or (timezone and zone_named(timezone) is None):
        raise InvalidInput([*found, Finding("records.timezone", TABLE, "timezone", value=str(timezone))], source)
    tables: dict[str, pd.DataFrame] = {}
    for name, contract in RECORD_TABLES.items():
        if name in frames:
            frame, rows = frames[name]
            tables[name] = _typed(frame, rows, contract, timezone, found)
    if not frames and not found:
        found.append(Finding("records.none", TABLE, value=source, facts={"known": ", ".join(RECORD_TABLES)}))
    strangers: list[Finding] = []
    if "holds" in tables and "tickets" in tables:
        tables["holds"]["at"], strangers = ticket_positions(tables)
    for name, table in tables.items():
        found += duplicate_findings(table, RECORD_TABLES[name])
    found += relation_findings(tables, timezone or shown_in) + strangers
    empty = [Finding(f"{name}.no_rows", name, severity="warning") for name, table in tables.items() if not len(table)]
    if any(finding.severity == "error" for finding in found):
        raise InvalidInput(found, source)
    return ServiceRecords(MappingProxyType(tables), (*found, *empty))


def _typed(
    frame: pd.DataFrame, rows: IntArray, contract: TableContract, timezone: str, found: list[Finding]
) -> pd.DataFrame:
    findings = ColumnFindings(contract.name, rows)
    given = [str(column) for column in frame.columns]
    lacking = ", ".join([one.name for one in contract.columns if one.required and one.name not in given][:MOST_NAMED])
    for name in sorted(set(given)):
        if given.count(name) > 1:
            facts = {"places": ", ".join(str(at + 1) for at, one in enumerate(given) if one == name)}
            found.append(Finding("files.header.duplicate", contract.name, name, (1,), name, facts))
        if name not in contract.names and not name.startswith(OWN):
            near = difflib.get_close_matches(name, contract.names, n=1, cutoff=0.6)
            facts = {"known": ", ".join(contract.names), "near": near[0] if near else lacking or "x_" + name}
            found.append(Finding(f"{contract.name}.column_unknown", contract.name, name, (1,), name, facts))
    columns: dict[str, pd.Series] = {}
    for column in contract.columns:
        if given.count(column.name) == 1:
            columns[column.name] = typed_column(frame[column.name], column, timezone, findings)
            continue
        columns[column.name] = empty_column(column, len(frame))
        if column.required and column.name not in given:
            near = difflib.get_close_matches(column.name, given, n=1, cutoff=0.6)
            strange = [one for one in given if one not in contract.names and not one.startswith(OWN)]
            facts = {"found": ", ".join((strange or given)[:MOST_NAMED]) or "-", "near": near[0] if near else "–"}
            code = f"{contract.name}.{column.name}.column_missing"
            found.append(Finding(code, contract.name, column.name, (1,), column.name, facts))
    found += findings.found
    table = pd.DataFrame({**columns, "row": rows})
    table.attrs[PLAIN_COLUMNS] = frozenset(findings.plain)
    return table
