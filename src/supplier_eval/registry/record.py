"""What a record is: one frozen declaration; its fields say what they refer to and when they fall due.

The text of a field is data and nothing else: it is kept as given or refused with a finding, never a path, never
run. An id is kept in the form in which ids are compared (convention §12); money is exact to the hundredth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from supplier_eval.intake.identifiers import normalise_id
from supplier_eval.intake.notice import Day, Moment
from supplier_eval.policy.criteria import Declared, NoBool, Words
from supplier_eval.shown import Shown

R = TypeVar("R", bound="Record")
HALF = re.compile("[\ud800-\udfff]")
LONGEST_TEXT = 40_000
LONGEST_LINE = 500
LONGEST_ID = 120


@dataclass(frozen=True)
class Refers:
    """Mark of a field that holds the id of another record; the store lets no reference dangle."""

    kind: str


@dataclass(frozen=True)
class Due:
    """Mark of a day or moment by which something is to be done; `what` names it in ``registry.due.*``.

    Parameters
    ----------
    what : str
        Word of the catalogue: ``review``, ``expiry``, ``payment``, ``answer``.
    done : str
        Field that, once filled, says that it was done; empty where only the state says so.
    """

    what: str
    done: str = ""


@dataclass(frozen=True)
class Indexed:
    """Mark of a field by which records are looked up, beside references and days due."""


def _storable(text: str) -> str:
    """Text that every store can hold: no NUL, no half of a surrogate pair."""
    if "\x00" in text:
        raise PydanticCustomError("nul", "holds a NUL character")
    if not text.isascii() and HALF.search(text):
        raise PydanticCustomError("surrogate", "holds half of a surrogate pair")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise PydanticCustomError("several_lines", "holds a line break")
    return text


def _kept_id(text: str) -> str:
    if normalise_id(text) != text:
        raise PydanticCustomError("id_form", "is not in the form in which ids are kept", {"kept": normalise_id(text)})
    return text


Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_storable)]
Line = Annotated[str, Field(max_length=LONGEST_LINE), AfterValidator(_storable), AfterValidator(_one_line)]
RecordId = Annotated[
    str, Field(min_length=1, max_length=LONGEST_ID), AfterValidator(_storable), AfterValidator(_kept_id)
]
Person = RecordId
"""Id of a person as the company writes it (account or staff number); compared like every id."""
Amount = Annotated[Decimal, NoBool, Field(max_digits=17, decimal_places=2)]
"""Money in units of `currency`, exact to the hundredth."""
Figure = Annotated[Decimal, NoBool, Field(max_digits=30, decimal_places=12)]
Count = Annotated[int, NoBool, Field(ge=0, le=2**53)]
Share = Annotated[Decimal, NoBool, Field(ge=0, le=1, decimal_places=12)]
Score = Annotated[Decimal, NoBool, Field(ge=0, le=100, decimal_places=12)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class Record(Declared):
    """One thing that is kept; each kind is one subclass.

    Attributes
    ----------
    kind : str
        Name of the kind and of its table.
    clauses : tuple of str
        Clauses of the policy that ask for it.
    words : Words
        What people call it, in both languages.
    """

    kind: ClassVar[str] = ""
    clauses: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[Words] = Words()

    id: RecordId

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; one with other values is checked like a new record."""
        if not update:
            return super().model_copy(deep=deep)
        return type(self).model_validate({**self.__dict__, **update})

    @classmethod  # type: ignore[no-redef]
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:  # type: ignore[override]  # noqa: ANN401 - any field
        """A record; there is no way past the checks of its fields."""
        return cls.model_validate(values)


def supposed(record: R, **values: Any) -> R:  # noqa: ANN401 - any field
    """The record as it would be with these values, unchecked: for a guard to judge, never to be stored."""
    return BaseModel.model_copy(record, update=values)


@dataclass(frozen=True)
class Stored(Shown):
    """A record as the store holds it.

    Parameters
    ----------
    record : Record
        The declared fields.
    state : str
        Where it stands in its life cycle.
    version : int
        Counts its changes from 1; a change must name the version that it saw.
    changed_at : datetime
        UTC.
    changed_by : str
        Who made the last change.
    """

    record: Record
    state: str
    version: int
    changed_at: datetime
    changed_by: str

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def kind(self) -> str:
        """The record's kind."""
        return self.record.kind

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any declared field
        if name.startswith("__") or name == "record":
            raise AttributeError(name)
        return getattr(self.record, name)


def references(kind: type[Record]) -> dict[str, str]:
    """Field → kind that it refers to, of one declaration."""
    return {name: mark.kind for name, f in kind.model_fields.items() for mark in f.metadata if isinstance(mark, Refers)}


def due_fields(kind: type[Record]) -> dict[str, Due]:
    """Field → what falls due, of one declaration."""
    return {name: mark for name, f in kind.model_fields.items() for mark in f.metadata if isinstance(mark, Due)}


__all__ = [
    "Amount",
    "Count",
    "Currency",
    "Day",
    "Digest",
    "Due",
    "Figure",
    "Indexed",
    "Line",
    "Moment",
    "Person",
    "Record",
    "RecordId",
    "Refers",
    "Score",
    "Share",
    "Stored",
    "Text",
    "date",
    "due_fields",
    "references",
    "supposed",
]
