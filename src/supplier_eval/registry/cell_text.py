"""A field as the text of one cell and back: exact, and no text that a spreadsheet would run.

A spreadsheet takes a text that begins with ``= + - @`` (or a tab or carriage return before it) for a formula. Such a
text is written with one apostrophe in front and read without it; so is a text of apostrophes alone, and a text that
begins with apostrophes before such a letter, so that every text comes back as it was. An empty text where a field may
also be without one is written as a single apostrophe.
"""

from __future__ import annotations

import contextlib
import functools
import json
import re
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import AwareDatetime

from supplier_eval.intake.cell_values import Problem, parse_yes_no
from supplier_eval.intake.dates import parse_date, parse_moment
from supplier_eval.intake.identifiers import normalise_id
from supplier_eval.intake.numbers import parse_number
from supplier_eval.messages import LANGS, catalogue
from supplier_eval.registry.audit import moment_text
from supplier_eval.registry.record import LONGEST_ID, Record

CellKind = Literal["text", "id", "choice", "number", "whole", "yes_no", "day", "moment", "items"]
LIVE = re.compile(r"'*[=+\-@\t\r\n]|'+\Z")
ESCAPED = re.compile(r"'+[=+\-@\t\r\n]|'+\Z")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class CellReading:
    """How a table writes numbers and moments.

    Parameters
    ----------
    decimal, thousands : str
        Declared number marks; without them what can be read in two ways is refused.
    timezone : str
        Declared zone of moments that are written without an offset.
    """

    decimal: str = ""
    thousands: str = ""
    timezone: str = ""


EXACT = CellReading(decimal=".")
"""How our own exports are written."""


@dataclass(frozen=True)
class CellColumn:
    """One field as a column of a table.

    Parameters
    ----------
    name : str
        Of the field and of the column.
    kind : str
        What its cells hold.
    nullable : bool
        Whether the field may be without a value.
    required : bool
        Whether a record needs it.
    choices : tuple of str
        Allowed words, where the declaration lists them.
    """

    name: str
    kind: CellKind
    nullable: bool
    required: bool
    choices: tuple[str, ...] = ()


@functools.cache
def cell_columns(declared: type[Record]) -> tuple[CellColumn, ...]:
    """The fields of a kind as columns, in the order of the declaration."""
    found = []
    for name, field in declared.model_fields.items():
        plain, marks, nullable = _peeled(field.annotation)
        choices = tuple(typing.get_args(plain)) if typing.get_origin(plain) is Literal else ()
        kind = _kind(plain, [*marks, *field.metadata])
        found.append(CellColumn(name, kind, nullable, field.is_required(), choices))
    return tuple(found)


@functools.cache
def fields_by_words(declared: type[Record]) -> dict[str, str]:
    """What people call a field, English or Chinese → its name; without words that stand for two fields of the kind."""
    names = declared.model_fields
    said: dict[str, set[str]] = {}
    for name in names:
        words = catalogue().get(f"registry.field.{name}", {})
        for lang in LANGS:
            if lang in words:
                said.setdefault(words[lang], set()).add(name)
    return {word: found.pop() for word, found in said.items() if len(found) == 1 and word not in names}


def fields_named(declared: type[Record], given: Iterable[str]) -> tuple[str, ...]:
    """Names as the fields bear them: words become the field that they stand for, unless it is named besides."""
    names, words = tuple(given), fields_by_words(declared)
    meant = [words.get(name.strip(), name) for name in names]
    return tuple(
        field if field == name or (meant.count(field) == 1 and field not in names) else name
        for name, field in zip(names, meant, strict=True)
    )


def cell_of(column: CellColumn, value: Any) -> str:  # noqa: ANN401 - any field
    """The text of a cell for a field's value."""
    if isinstance(value, str):
        return f"'{value}" if LIVE.match(value) or (not value and column.nullable) else value
    if value is None or value == ():
        return ""
    writer = next((write for type_, write in _WRITERS if isinstance(value, type_)), str)
    return writer(value)


def value_of(column: CellColumn, text: str, reading: CellReading) -> Any:  # noqa: ANN401 - any field
    """The value of a field from the text of a cell; a `Problem` where it cannot be read.

    Parameters
    ----------
    column : CellColumn
        The field.
    text : str
        The cell as it stands in the file; not empty.
    reading : CellReading
        Declared marks.

    Notes
    -----
    A text is taken as it stands, its spaces and invisible letters included; what a field may hold is the declaration's
    to say. A list is a JSON list, or parts separated by semicolons.
    """
    if column.kind in _PLAIN:
        return _PLAIN[column.kind](unescaped(text))
    if column.kind == "day":
        return _exact_day(text) if reading == EXACT else parse_date(text)
    if column.kind == "moment":
        return parse_moment(text, reading.timezone or None)
    return parse_yes_no(text) if column.kind == "yes_no" else _number(text, column.kind, reading)


def unescaped(text: str) -> str:
    """The text of a cell without the apostrophe that `cell_of` put before it."""
    return text[1:] if ESCAPED.match(text) else str(text)


def _exact_day(text: str) -> date | Problem:
    """A day as our exports write it, quickly and in any year; else as everywhere, which says what is wrong with it."""
    if ISO_DAY.fullmatch(text):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text)
    return parse_date(text)


def _number(text: str, kind: str, reading: CellReading) -> Decimal | int | Problem:
    figure = parse_number(text, reading.decimal or None, reading.thousands)
    if isinstance(figure, Problem) or kind == "number":
        return figure
    return int(figure) if figure == int(figure) else Problem("registry.not_whole", text)


def _items(text: str) -> tuple[str, ...] | Problem:
    if not text.lstrip().startswith("["):
        return tuple(part for one in text.split(";") if (part := one.strip()))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return Problem("registry.not_a_list", text)
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        return Problem("registry.not_a_list", text)
    return tuple(found)


def _peeled(annotation: Any) -> tuple[Any, list[Any], bool]:  # noqa: ANN401 - any annotation
    """The plain type under marks and ``| None``, all marks on the way, and whether None is allowed."""
    marks: list[Any] = []
    nullable = False
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated:
            annotation, *more = typing.get_args(annotation)
            marks += more
        elif origin in {typing.Union, types.UnionType}:
            annotation = next(part for part in typing.get_args(annotation) if part is not type(None))
            nullable = True
        else:
            return annotation, marks, nullable


def _kind(plain: Any, marks: list[Any]) -> CellKind:  # noqa: ANN401 - any type
    if typing.get_origin(plain) is tuple:
        return "items"
    if typing.get_origin(plain) is Literal:
        return "choice"
    if plain in _BY_TYPE:
        return _BY_TYPE[plain]
    return "id" if LONGEST_ID in _longest(marks) else "text"


def _longest(marks: list[Any]) -> list[int]:
    """Bounds of length among the marks; ``Field(...)`` keeps its own marks inside."""
    flat = [inner for mark in marks for inner in (mark, *getattr(mark, "metadata", ()))]
    return [bound for mark in flat if isinstance(bound := getattr(mark, "max_length", None), int)]


_BY_TYPE: dict[Any, CellKind] = {
    bool: "yes_no",
    int: "whole",
    Decimal: "number",
    datetime: "moment",
    AwareDatetime: "moment",
    date: "day",
}
_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "yes" if value else "no"),
    (tuple, lambda value: json.dumps(list(value), ensure_ascii=False)),
    (datetime, moment_text),  # before date: a moment is a date too
    (date, date.isoformat),
    (Decimal, lambda value: format(value, "f")),
)
_PLAIN: dict[str, Callable[[str], Any]] = {"text": str, "choice": str.strip, "id": normalise_id, "items": _items}

__all__ = [
    "EXACT",
    "CellColumn",
    "CellReading",
    "cell_columns",
    "cell_of",
    "fields_by_words",
    "fields_named",
    "unescaped",
    "value_of",
]
