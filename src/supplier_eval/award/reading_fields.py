"""Columns of the tables of an award problem, and the reading of their rows: known columns, attributes, bad cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from supplier_eval.award.parts import Attributes
from supplier_eval.award.reading_cells import Marks, Reader, attribute_reader, is_blank
from supplier_eval.award.reading_tables import Gathered, Reading, Table, nearest
from supplier_eval.intake.cell_values import Problem
from supplier_eval.policy.frozen import FrozenDict

OWN_PREFIX = "x_"
ATTRIBUTE_PREFIX = "attr:"
NEAR = 0.7
NONE: Attributes = FrozenDict()


@dataclass(frozen=True, slots=True)
class Field:
    """What a column holds.

    Parameters
    ----------
    kind : str
        One of the kinds of ``reading_cells.py``.
    required : bool
        Every row states it, so the column has to be there.
    filled : bool
        The column may be left out; where it is there, no cell is empty.
    """

    kind: str
    required: bool = False
    filled: bool = False


ID, MONEY, ANY = Field("id", required=True), Field("money"), Field("any")
FIELDS: Mapping[str, Mapping[str, Field]] = MappingProxyType(
    {
        "lots": {
            "id": ID,
            "demand": Field("quantity", filled=True),
            "indivisible": Field("yes_no"),
            "region": Field("text"),
            "incumbent": Field("id"),
            "switching_cost": MONEY,
            "unserved_cost": MONEY,
            "baseline": MONEY,
            "attributes": ANY,
        },
        "suppliers": {
            "id": ID,
            "fixed_cost": MONEY,
            "switching_cost": MONEY,
            "incumbent": Field("yes_no"),
            "capacity": MONEY,
            "min_volume": MONEY,
            "tiers": ANY,
            "attributes": ANY,
        },
        "bids": {
            "lot": ID,
            "supplier": ID,
            "alternate": Field("id"),
            "price": MONEY,
            "curve": ANY,
            "min_share": Field("share"),
            "max_share": Field("share"),
            "min_qty": MONEY,
            "award_cost": MONEY,
            "use": MONEY,
            "attributes": ANY,
        },
        "bundles": {
            "id": ID,
            "supplier": ID,
            "lots": Field("ids", required=True),
            "price": Field("money", required=True),
            "exclusive": Field("id"),
            "requires": Field("ids"),
            "attributes": ANY,
        },
        "tiers": {
            "supplier": ID,
            "kind": Field("text", required=True),
            "basis": Field("text"),
            "break": Field("money", required=True),
            "discount": Field("share", required=True),
        },
        "curves": {
            "lot": ID,
            "supplier": ID,
            "alternate": Field("id"),
            **dict.fromkeys(("qlo", "qhi"), Field("money", required=True)),
            **dict.fromkeys(("fixed", "slope"), Field("figure", required=True)),
        },
    }
)
WITH_ATTRIBUTES = frozenset({"lots", "suppliers", "bids", "bundles"})
ANYWHERE = frozenset({"id", "region", "incumbent", "kind", "lot", "supplier", "lots"})
HOMES = MappingProxyType(
    {column: table for table in FIELDS for column in FIELDS[table] if column not in ANYWHERE}
    | {"unit": "lots", "currency": "terms", "objective": "terms", "cover": "terms", "share_step": "terms"}
)


@dataclass(slots=True)
class Record:
    """One row, read: its number, the values that are there, and what could not be read."""

    number: int
    values: dict[str, Any]
    attributes: Attributes
    unread: tuple[str, ...] = ()

    def lacks(self, column: str) -> bool:
        """True where the cell is empty; what was written badly is not called missing."""
        return column not in self.values and column not in self.unread


def read_records(table: Table, reading: Reading) -> tuple[list[Record], Gathered]:
    """Read all cells of a table.

    Parameters
    ----------
    table : Table
        Rows as they came.
    reading : Reading
        Marks of written figures.

    Returns
    -------
    tuple of (list of Record, Gathered)
        A record for each row, and what is wrong with columns and cells.
    """
    gathered = Gathered(table.name)
    known = FIELDS[table.name]
    columns = list(dict.fromkeys(str(column) for row in table.rows for column in row))
    fields = {column: Reader(known[column].kind, reading.marks) for column in columns if column in known}
    own = [column for column in columns if column not in known and not column.startswith(OWN_PREFIX)]
    attributes = {
        column: reader for column in own if (reader := _attribute(column, table, reading.marks, gathered)) is not None
    }
    strict = {name for name, column in known.items() if column.required or (column.filled and name in columns)}
    if table.rows:
        _missing_columns(known, columns, gathered)
    strict &= set(columns)
    records = [
        _record(row, number, fields, attributes, strict, gathered)
        for row, number in zip(table.rows, table.numbers, strict=True)
    ]
    return records, gathered


def _record(
    row: Mapping[str, Any],
    number: int,
    fields: Mapping[str, Callable[[object], object]],
    attributes: Mapping[str, Callable[[object], object]],
    strict: set[str],
    gathered: Gathered,
) -> Record:
    """One row: what is empty stays away, what cannot be read is noted."""
    values: dict[str, Any] = {}
    more: dict[str, object] = {}
    unread: tuple[str, ...] = ()
    for column, cell in row.items():
        if cell.__class__ is not bool and is_blank(cell):
            continue
        reader = fields.get(column)
        kept = values if reader is not None else more
        if reader is None:
            reader = attributes.get(column)
            if reader is None:
                continue
        value = reader(cell)
        if isinstance(value, Problem):
            unread += (column,)
            gathered.note(code_of(value), column, number, value.value)
        else:
            kept[column] = value
    if not values.keys() >= strict:
        for column in sorted(strict - values.keys() - set(unread)):
            unread += (column,)
            gathered.note("award.cell_empty", column, number)
    kept_apart = _attributes(values, more, number, gathered) if more or "attributes" in values else NONE
    return Record(number, values, kept_apart, unread)


def code_of(problem: Problem) -> str:
    """The code of a cell's problem, as all codes of an award begin."""
    return problem.code if problem.code.startswith("award.") else f"award.{problem.code}"


def _attributes(values: dict[str, Any], more: dict[str, object], number: int, gathered: Gathered) -> Attributes:
    """Attributes of a row in canonical order: its further columns, and those of its mapping ``attributes``."""
    nested = values.pop("attributes", None)
    if nested is not None:
        if not isinstance(nested, Mapping):
            gathered.note("award.attributes_shape", "attributes", number, type(nested).__name__)
            return FrozenDict(more)
        reader = Reader("attribute", Marks())
        for name, cell in nested.items():
            value = None if is_blank(cell) else reader(cell)
            if isinstance(value, Problem):
                gathered.note(code_of(value), f"attributes.{name}", number, value.value)
            elif value is not None:
                more[str(name)] = value
    plain = {name.removeprefix(ATTRIBUTE_PREFIX): value for name, value in more.items()}
    return FrozenDict(sorted(plain.items()))


def _attribute(column: str, table: Table, marks: Marks, gathered: Gathered) -> Callable[[object], object] | None:
    """How a column that is no field is read; None where it may not be there."""
    known = FIELDS[table.name]
    plain = column.removeprefix(ATTRIBUTE_PREFIX)
    if table.name not in WITH_ATTRIBUTES:
        facts = {"known": ", ".join(known), "near": nearest(column, known)}
        gathered.note("award.column_unknown", column, 0, column, **facts)
        return None
    if plain == column:
        if (near := nearest(column, known, NEAR)) != "-":
            gathered.note("award.column_near", column, 0, column, near=near)
            return None
        if HOMES.get(column, table.name) != table.name:
            gathered.note("award.column_misplaced", column, 0, column, home=HOMES[column])
            return None
    if table.written:
        return attribute_reader((row[column] for row in table.rows), marks)
    return Reader("attribute", marks)


def _missing_columns(known: Mapping[str, Field], columns: list[str], gathered: Gathered) -> None:
    for name, column in known.items():
        if column.required and name not in columns:
            others = [other for other in columns if other not in known]
            facts = {"found": ", ".join(columns[:20]), "near": nearest(name, others)}
            gathered.note("award.column_missing", name, 0, name, **facts)
