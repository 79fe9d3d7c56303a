"""How a field stands in a column: money in whole hundredths, figures as exact text, moments in UTC, items as JSON.

Each way out undoes the way in, and takes what either driver gives.
"""

from __future__ import annotations

import functools
import json
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from typing import Any

from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from supplier_eval.errors import Finding, Refused
from supplier_eval.registry.record import Due, Indexed, Record, Refers

EXACT = Context(prec=60)
LARGEST = 2**63
SHORT = 200
_NEW, _SET = object.__new__, object.__setattr__
Way = Callable[[Any], Any]


@dataclass(frozen=True)
class FieldColumn:
    """One field and its column.

    Parameters
    ----------
    name : str
        Of both.
    type : {"text", "integer", "boolean", "date"}
        Type of the column.
    nullable : bool
        Whether the field may be None.
    refers : str
        Kind that it refers to; empty for none.
    many : bool
        Whether it holds several ids, as JSON.
    indexed : bool
        Whether one looks records up by it.
    into, out : callable or None
        From the field's value to the column's and back; None where they are the same.
    """

    name: str
    type: str
    nullable: bool
    refers: str = ""
    many: bool = False
    indexed: bool = False
    into: Way | None = None
    out: Way | None = None


class Fields:
    """The fields of one kind as columns, in the order of the declaration.

    Parameters
    ----------
    declared : type of Record
        The declaration.
    """

    def __init__(self, declared: type[Record]) -> None:
        self.declared = declared
        self.kind = declared.kind
        self.columns = tuple(_column(declared, name, field) for name, field in declared.model_fields.items())
        self.names = tuple(column.name for column in self.columns)
        self.by_name = {column.name: column for column in self.columns}
        self.references = tuple(column for column in self.columns if column.refers)
        self._into = [(place, c.name, c.into) for place, c in enumerate(self.columns) if c.into is not None]
        self._out = [(c.name, c.out) for c in self.columns if c.out is not None]
        self._set = set(self.names)

    def row(self, record: Record) -> list[Any]:
        """The values of the columns, in order.

        Raises
        ------
        Refused
            For a value that no column can hold.
        """
        given = record.__dict__
        values = [given[name] for name in self.names]
        for place, name, into in self._into:
            if values[place] is not None:
                values[place] = self._within(name, into, values[place])
        return values

    def value(self, name: str, given: object) -> object:
        """One value as its column holds it."""
        into = self.by_name[name].into
        return given if into is None or given is None else self._within(name, into, given)

    def record(self, values: Sequence[Any]) -> Record:
        """The record of a row; what is in the store was checked on its way in."""
        given = dict(zip(self.names, values, strict=False))
        for name, out in self._out:
            if given[name] is not None:
                given[name] = out(given[name])
        made: Record = _NEW(self.declared)
        _SET(made, "__dict__", given)
        _SET(made, "__pydantic_fields_set__", self._set)
        _SET(made, "__pydantic_extra__", None)
        _SET(made, "__pydantic_private__", None)
        return made

    def _within(self, name: str, into: Way, given: object) -> object:
        try:
            return into(given)
        except (OverflowError, UnicodeEncodeError, ValueError, TypeError, ArithmeticError, AttributeError):
            code = f"{self.kind}.{name}.not_storable"
            raise Refused([Finding(code, self.kind, name, value=str(given))]) from None


def _column(declared: type[Record], name: str, field: FieldInfo) -> FieldColumn:
    kinds, nullable = _plain(field.annotation)
    marks = [*field.metadata, *kinds[1:]]
    if any(isinstance(mark, Refers | Due | Indexed) for mark in kinds[1:]):
        raise RuntimeError(f"{declared.kind}.{name}: put the mark outside, Annotated[X | None, mark]")
    refers = next((mark.kind for mark in marks if isinstance(mark, Refers)), "")
    type_, into, out = _ways(kinds[0], marks, f"{declared.kind}.{name}")
    many = into is _items_in
    looked_up = any(isinstance(mark, Due | Indexed) for mark in marks) or (bool(refers) and not many)
    return FieldColumn(name, type_, nullable, refers, many, looked_up and name != "id", into, out)


def _plain(annotation: Any) -> tuple[list[Any], bool]:  # noqa: ANN401 - any annotation
    """The one plain type of a field with the marks inside it, and whether None is allowed."""
    parts = list(_parts(annotation))
    kinds = [part for part in parts if part[0] is not type(None)]
    if len(kinds) != 1:
        raise RuntimeError(f"{annotation} is not one plain type")
    return kinds[0], len(parts) > 1


def _parts(annotation: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - any annotation
    origin = typing.get_origin(annotation)
    if origin is typing.Union or origin is types.UnionType:
        for part in typing.get_args(annotation):
            yield from _parts(part)
    elif origin is typing.Annotated:
        inner, *marks = typing.get_args(annotation)
        for part in _parts(inner):
            yield [*part, *marks]
    else:
        yield [annotation]


def _ways(plain: Any, marks: list[Any], where: str) -> tuple[str, Way | None, Way | None]:  # noqa: ANN401 - any type
    origin = typing.get_origin(plain)
    if origin is typing.Literal:
        return WAYS[str]
    if plain is Decimal and _places(marks) == 2:
        return "integer", _amount_in, _amount_out
    found = WAYS.get(origin or plain)
    if found is None:
        raise RuntimeError(f"{where}: {plain} has no column")
    return found


def _places(marks: list[Any]) -> int | None:
    """Decimal places that the marks allow; ``Field(...)`` keeps its own marks inside."""
    flat = [inner for mark in marks for inner in (mark.metadata if isinstance(mark, FieldInfo) else [mark])]
    return next((p for mark in flat if (p := getattr(mark, "decimal_places", None)) is not None), None)


def _amount_in(value: Decimal) -> int:
    hundredths = EXACT.multiply(value, Decimal(100))
    if hundredths != int(hundredths):
        raise ValueError
    return _whole_in(int(hundredths))


def _amount_out(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)


def _figure_in(value: Decimal) -> str:
    return "0" if value == 0 else format(EXACT.normalize(value), "f")


def _whole_in(value: int) -> int:
    if not -LARGEST <= value < LARGEST:
        raise OverflowError
    return value


def _moment_in(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _day_out(value: Any) -> date:  # noqa: ANN401 - either driver's form
    return value if isinstance(value, date) else date.fromisoformat(value)


@functools.lru_cache(maxsize=4_096)
def _items_in(value: tuple[str, ...]) -> str:
    text = json.dumps(value, ensure_ascii=False)
    text.encode()
    return text


def _items_out(text: str) -> tuple[str, ...]:
    return _short_items(text) if len(text) < SHORT else tuple(json.loads(text))


@functools.lru_cache(maxsize=4_096)
def _short_items(text: str) -> tuple[str, ...]:
    """Lists such as categories, of which many records have the same."""
    return tuple(json.loads(text)) if text else ()


WAYS: dict[Any, tuple[str, Way | None, Way | None]] = {
    str: ("text", None, None),
    tuple: ("text", _items_in, _items_out),
    bool: ("boolean", None, bool),
    int: ("integer", _whole_in, None),
    Decimal: ("text", _figure_in, Decimal),
    AwareDatetime: ("text", _moment_in, datetime.fromisoformat),
    date: ("date", date.isoformat, _day_out),
}
"""Plain type → type of the column, way in, way out."""
