"""Where a tender comes from: a folder, a workbook, an OCDS release; all give one notice and raw tables."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from supplier_eval.errors import Finding
from supplier_eval.intake.files import read_table, read_workbook
from supplier_eval.intake.raw_table import RawTable, column_key
from supplier_eval.intake.tables import TABLES
from supplier_eval.messages.faults import why_not_toml, why_unreadable
from supplier_eval.messages.near import near_names

TABLE_ENDINGS = (".csv", ".tsv", ".parquet")
OTHER_ENDINGS = (".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".et", ".json", ".numbers")
OWN_PREFIX = "x_"
SHEETS = ("tender", "lots", "items", "approvals")
LARGEST_NOTICE = 1_000_000


@dataclass(frozen=True)
class Source:
    """Raw material of one tender.

    Parameters
    ----------
    notice : mapping or None
        What ``tender.toml`` says, unchecked; None where it could not be read.
    tables : mapping
        Table name → raw table; prices are not among them.
    prices : callable or None
        Reads the price table when it may be opened.
    folder : Path
        Where files named by the notice are looked for.
    digests : mapping
        Table name → SHA-256 of its rows, sorted.
    """

    notice: Mapping[str, Any] | None
    tables: Mapping[str, RawTable]
    prices: Callable[[], tuple[RawTable | None, list[Finding]]] | None
    folder: Path
    name: str
    findings: list[Finding] = field(default_factory=list)
    digests: Mapping[str, str] = field(default_factory=dict)


def read_source(path: Path) -> Source | None:
    """Read whatever `path` is; None where it is nothing that a tender can be."""
    if path.is_dir():
        return _read_folder(path)
    if path.suffix.lower() in {".xlsx", ".xlsm"} and path.is_file():
        return _read_book(path)
    if path.suffix.lower() == ".json" and path.is_file():
        from supplier_eval.intake.ocds import read_ocds

        return read_ocds(path)
    return None


def _read_folder(folder: Path) -> Source:
    notice, findings = _read_notice(folder / "tender.toml")
    declared = notice.get("encoding") if notice else None
    encoding = declared if isinstance(declared, str) and declared else None
    tables: dict[str, RawTable] = {}
    digests: dict[str, str] = {"tender": notice_digest(notice or {})}
    prices: Callable[[], tuple[RawTable | None, list[Finding]]] | None = None
    for file in _files(folder):
        name, ending = file.stem.lower(), file.suffix.lower()
        if ending in OTHER_ENDINGS and name in TABLES:
            facts = {"read": ", ".join(TABLE_ENDINGS)}
            findings.append(Finding("tender.tables.ending", "tender", value=file.name, facts=facts))
        if ending not in TABLE_ENDINGS:
            continue
        if name not in TABLES:
            findings.append(_unknown_table(name, file.name))
        elif name in tables or (name == "prices" and prices is not None):
            findings.append(Finding("tender.tables.twice", "tender", value=file.name, facts={"name": name}))
        elif name == "prices":
            digests[name] = _digest(_lines(file))
            prices = _sealed_file(file, encoding, digests[name])
        else:
            table, found = read_table(file, name, encoding=encoding)
            findings += found
            if table is not None:
                tables[name] = table
                digests[name] = table_digest(table)
    return Source(notice, tables, prices, folder, str(folder), findings, digests)


def _files(folder: Path) -> list[Path]:
    """Files of a folder by name, without hidden ones, locks of open spreadsheets and the user's own."""
    try:
        return sorted(f for f in folder.iterdir() if not f.name.lower().startswith((".", "~", OWN_PREFIX)))
    except OSError:
        return []


def _sealed_file(file: Path, encoding: str | None, sealed: str) -> Callable[[], tuple[RawTable | None, list[Finding]]]:
    """A reader of the price file that refuses one which is not the file that was sealed."""

    def read() -> tuple[RawTable | None, list[Finding]]:
        if _digest(_lines(file)) != sealed:
            return None, [Finding("prices.file.changed", "prices", value=file.name)]
        return read_table(file, "prices", encoding=encoding)

    return read


def _lines(file: Path) -> list[str]:
    """Lines of a sealed file, undecoded, for its digest only."""
    try:
        data = file.read_bytes()
    except OSError:
        return []
    if file.suffix.lower() == ".parquet":
        return [hashlib.sha256(data).hexdigest()]
    return [line.hex() for line in data.splitlines()]


def _read_notice(file: Path) -> tuple[Mapping[str, Any] | None, list[Finding]]:
    try:
        if file.stat().st_size > LARGEST_NOTICE:
            return None, [Finding("tender.file.too_large", "tender", value=file.name)]
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"), parse_float=Decimal), []
    except FileNotFoundError:
        return None, [Finding("tender.file.missing", "tender", value=str(file))]
    except OSError as refused:
        return None, [
            Finding("tender.file.unreadable", "tender", value=file.name, facts={"why": why_unreadable(refused)})
        ]
    except (ValueError, ArithmeticError, RecursionError) as refused:
        facts = {"why": why_not_toml(refused)}
        return None, [Finding("tender.file.not_toml", "tender", value=file.name, facts=facts)]


def _unknown_table(name: str, value: str) -> Finding:
    return Finding("tender.tables.unknown", "tender", value=value, facts=near_names(name, TABLES))


def _read_book(path: Path) -> Source:
    sheets, found = read_workbook(path)
    findings = [f for f in found if not column_key(f.table).startswith((OWN_PREFIX, "prices"))]
    sealed = [f for f in found if column_key(f.table) == "prices"]
    by_name: dict[str, RawTable] = {}
    for shown, table in sheets.items():
        name = column_key(shown)
        if name in TABLES or name in SHEETS:
            by_name[name] = replace(table, name=name)
        elif not name.startswith(OWN_PREFIX):
            findings.append(_unknown_table(name, shown))
    notice = _sheet_notice(by_name, findings) if "tender" in by_name else None
    if notice is None and not any(f.severity == "error" for f in findings):
        findings.append(Finding("tender.sheet.missing", "tender", value=path.name))
    tables = {name: table for name, table in by_name.items() if name in TABLES and name != "prices"}
    prices = by_name.get("prices")
    digests = {name: table_digest(table) for name, table in by_name.items() if name in TABLES}
    digests["tender"] = notice_digest(notice or {})
    return Source(
        notice,
        tables,
        (lambda: (prices, sealed)) if prices is not None or sealed else None,
        path.parent,
        str(path),
        findings,
        digests,
    )


def _sheet_notice(sheets: Mapping[str, RawTable], findings: list[Finding]) -> dict[str, Any] | None:
    """Sheet ``tender`` holds key and value; sheets ``lots``, ``items``, ``approvals`` hold one entry a row."""
    head = sheets["tender"]
    if {"key", "value"} - set(head.columns):
        findings.append(Finding("tender.sheet.key_value", "tender", value=", ".join(head.columns)))
        return None
    notice: dict[str, Any] = {}
    seen: dict[str, int] = {}
    for key, value, row in zip(head.cells("key"), head.cells("value"), head.row_numbers, strict=True):
        name = key.strip()
        if name in seen:
            facts = {"first": seen[name]}
            findings.append(Finding("tender.key.duplicate", "tender", "key", (row,), name, facts))
        elif name and value.strip() and not name.startswith(OWN_PREFIX):
            seen[name] = row
            _put(notice, name, value.strip())
    if isinstance(notice.get("channels"), str):
        notice["channels"] = [part.strip() for part in notice["channels"].replace("；", ";").split(";")]
    for name in ("lots", "items", "approvals"):
        if name in sheets:
            notice[name] = [_entry(sheets[name], cells) for cells in sheets[name].rows]
    return notice


def _entry(table: RawTable, cells: tuple[str, ...]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for column, cell in zip(table.columns, cells, strict=True):
        if cell.strip() and not column.startswith(OWN_PREFIX):
            _put(entry, column, cell.strip())
    return entry


def _put(target: dict[str, Any], dotted: str, value: str) -> None:
    """Set ``title.zh`` inside ``title``; a plain value that stands there becomes its English."""
    *parents, last = dotted.split(".")
    for part in parents:
        below = target.get(part)
        target[part] = below if isinstance(below, dict) else ({"en": below} if below else {})
        target = target[part]
    if isinstance(target.get(last), dict):
        target[last].setdefault("en", value)
    else:
        target[last] = value


def table_digest(table: RawTable) -> str:
    """SHA-256 of a table's rows, independent of the order of rows and columns."""
    order = sorted(range(len(table.columns)), key=lambda i: table.columns[i])
    rows = sorted("\x1f".join(row[i] for i in order) for row in table.rows)
    return _digest(["\x1f".join(table.columns[i] for i in order), *rows])


def notice_digest(notice: Mapping[str, Any]) -> str:
    """SHA-256 of what the notice says, independent of the order of its keys."""
    return _digest([json.dumps(notice, sort_keys=True, default=str, ensure_ascii=False)])


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\x1e".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()
