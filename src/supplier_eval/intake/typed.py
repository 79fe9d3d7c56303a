"""From text cells to typed records: every column by its contract, every bad cell a finding, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from supplier_eval.errors import Finding
from supplier_eval.intake.cell_values import Problem, parse_yes_no
from supplier_eval.intake.dates import parse_date, parse_moment
from supplier_eval.intake.gathered import Gathered
from supplier_eval.intake.headings import nearest_column
from supplier_eval.intake.identifiers import id_key, normalise_id, tidy_text
from supplier_eval.intake.numbers import parse_number, parse_percent
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.tables import Column, TableContract
from supplier_eval.messages import Names
from supplier_eval.messages.near import NONE_NEAR

Record = dict[str, Any]
OWN_PREFIX = "x_"
UNREAD = "unread"
SPELLED_OUT = {"round": "independent"}


@dataclass(frozen=True)
class Reading:
    """How the tables of one tender write numbers and moments."""

    decimal: str = ""
    thousands: str = ""
    currency: str = ""
    timezone: str = ""


def typed_records(raw: RawTable, contract: TableContract, reading: Reading) -> tuple[list[Record], list[Finding]]:
    """Read the cells of one table by its contract.

    Parameters
    ----------
    raw : RawTable
        Text cells.
    contract : TableContract
        Which columns there are and what they hold.
    reading : Reading
        Declared number marks, currency and time zone.

    Returns
    -------
    tuple of (list of dict, list of Finding)
        One record a row, with ``row`` as the sheet shows it. A cell that cannot be read is empty in its record,
        has a finding, and its column stands in ``unread``: what was written badly is not called missing.
    """
    gathered = Gathered(contract.name)
    elsewhere = _check_columns(raw, contract, gathered)
    known = [(raw.columns.index(c.name), c) for c in contract.columns if c.name in raw.columns]
    absent = [c for c in contract.columns if c.name not in raw.columns]
    records: list[Record] = []
    for cells, row in zip(raw.rows, raw.row_numbers, strict=True):
        record: Record = {"row": row, UNREAD: set(elsewhere)}
        for at, column in known:
            record[column.name] = _cell(cells[at], column, reading, record, gathered)
        for column in absent:
            record[column.name] = _empty(column)
        records.append(record)
    _check_key(records, contract, gathered)
    return records, gathered.findings()


def _check_columns(raw: RawTable, contract: TableContract, gathered: Gathered) -> set[str]:
    """Findings about the header; the columns that may stand there under another name, which nobody calls missing."""
    absent = [column for column in contract.columns if column.name not in raw.columns]
    names = [column.name for column in absent]
    odd = [name for name in raw.columns if name not in contract.names and not name.startswith(OWN_PREFIX)]
    meant = {name: nearest_column(name, names) or nearest_column(name, contract.names) for name in odd}
    for column in absent:
        if column.required:
            near = next((name for name, found in meant.items() if found == column.name), "")
            facts = {"found": Names(raw.columns), "near": near or NONE_NEAR}
            gathered.add(f"{contract.name}.{column.name}.column_missing", column.name, 1, near, **facts)
    for name in odd:
        problem = "column_unknown" if meant[name] else "column_strange"
        facts = {"known": Names(contract.names), "near": meant[name]}
        gathered.add(f"{contract.name}.{problem}", name, 1, name, **facts)
    return set(names) if "" in meant.values() else set(names) & set(meant.values())


def _empty(column: Column) -> object:
    return "" if column.kind in {"id", "text", "choice"} else None


def _cell(text: str, column: Column, reading: Reading, record: Record, gathered: Gathered) -> object:
    code = f"{gathered.table}.{column.name}."
    if not text.strip():
        if column.filled:
            record[UNREAD].add(column.name)
            gathered.add(code + "blank", column.name, record["row"])
        return _empty(column)
    value = _PARSERS[column.kind](text, reading)
    if isinstance(value, Problem):
        gathered.add(code + value.code.rsplit(".", 1)[-1], column.name, record["row"], text)
    elif column.kind == "choice" and value not in column.choices:
        choices = ", ".join(column.choices)
        gathered.add(code + "not_a_choice", column.name, record["row"], text, choices=choices)
    elif column.filled and value == "":
        gathered.add(code + "blank", column.name, record["row"])
    else:
        return value
    record[UNREAD].add(column.name)
    return _empty(column)


def _check_key(records: list[Record], contract: TableContract, gathered: Gathered) -> None:
    """Rows that name the same thing twice; two rows of the same key cannot both be right."""
    seen: dict[tuple[str, ...], int] = {}
    column = contract.key[0] if len(contract.key) == 1 else ""
    needed = [name for name in contract.key if contract.column(name).filled]
    for record in records:
        key = tuple(id_key(str(record[name] or SPELLED_OUT.get(name, ""))) for name in contract.key)
        if not all(record[name] for name in needed) or record[UNREAD].intersection(contract.key):
            continue
        if record.get("ruling") == "note" and record["case"] != "draw":
            continue
        if key in seen:
            shown = ", ".join(str(record[name]) for name in contract.key if record[name])
            code = f"{contract.name}.{column + '.' if column else ''}duplicate"
            gathered.add(code, column, record["row"], shown, first=seen[key])
        else:
            seen[key] = record["row"]


_PARSERS: dict[str, Callable[[str, Reading], Any]] = {
    "id": lambda text, reading: normalise_id(text),
    "text": lambda text, reading: tidy_text(text),
    "choice": lambda text, reading: id_key(text),
    "number": lambda text, reading: parse_number(text, reading.decimal or None, reading.thousands),
    "money": lambda text, reading: parse_number(
        text, reading.decimal or None, reading.thousands, currency=reading.currency
    ),
    "percent": lambda text, reading: parse_percent(text, reading.decimal or None, reading.thousands),
    "date": lambda text, reading: parse_date(text),
    "moment": lambda text, reading: parse_moment(text, reading.timezone or None),
    "yes_no": lambda text, reading: parse_yes_no(text),
}
