"""Fields as text of cells: every value comes back as it was, and no text is one that a spreadsheet would run."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.intake.cell_values import Problem
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.cell_text import (
    EXACT,
    CellColumn,
    CellReading,
    cell_columns,
    cell_of,
    fields_by_words,
    fields_named,
    value_of,
)
from supplier_eval.registry.record import Amount, Count, Day, Digest, Line, Moment, Record, RecordId, Refers, Text

TEXT = CellColumn("text", "text", nullable=False, required=False)
MAYBE = CellColumn("text", "text", nullable=True, required=False)
LIVE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", "'")


class Parcel(Record):
    kind: ClassVar[str] = "parcel"
    name: Line
    text: Text = ""
    shop: Annotated[RecordId | None, Refers("shop")] = None
    price: Amount | None = None
    n: Count | None = None
    day: Day | None = None
    at: Moment | None = None
    items: tuple[Line, ...] = ()
    urgent: bool = False
    size: Literal["small", "large"] = "small"
    digest: Digest | None = None


def test_each_field_is_a_column_of_its_kind():
    found = {column.name: column.kind for column in cell_columns(Parcel)}
    assert found == {
        "id": "id",
        "name": "text",
        "text": "text",
        "shop": "id",
        "price": "number",
        "n": "whole",
        "day": "day",
        "at": "moment",
        "items": "items",
        "urgent": "yes_no",
        "size": "choice",
        "digest": "text",
    }
    by_name = {column.name: column for column in cell_columns(Parcel)}
    assert by_name["size"].choices == ("small", "large")
    assert [name for name, column in by_name.items() if column.required] == ["id", "name"]
    assert [name for name, column in by_name.items() if column.nullable] == [
        "shop",
        "price",
        "n",
        "day",
        "at",
        "digest",
    ]


def test_every_declared_kind_has_columns():
    for declared in kinds().values():
        assert len(cell_columns(declared)) == len(declared.model_fields)


@given(st.text(alphabet=st.one_of(st.sampled_from("'=+-@\t\r\n;[\",\u202e"), st.characters(codec="utf-8"))))
def test_every_text_comes_back_as_it_was_and_none_is_live(text):
    for column in (TEXT, MAYBE):
        cell = cell_of(column, text)
        assert not cell or cell[0] not in "=+-@\t\r"
        assert (value_of(column, cell, EXACT) if cell else "") == text
        assert cell or column is TEXT


@pytest.mark.parametrize("text", LIVE)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert cell_of(TEXT, text) == f"'{text}"


def test_an_apostrophe_that_somebody_wrote_stays():
    assert cell_of(TEXT, "'tis") == value_of(TEXT, "'tis", EXACT) == "'tis"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("price", Decimal("-1234567.80")),
        ("n", 2**53),
        ("day", date(3000, 1, 31)),
        ("at", datetime(2026, 11, 30, 8, 0, 0, 123456, tzinfo=UTC)),
        ("items", ("a;b", "=1", "", 'say "x"')),
        ("urgent", True),
        ("urgent", False),
        ("size", "large"),
        ("shop", "+86"),
    ],
)
def test_every_kind_of_value_comes_back(name, value):
    column = next(column for column in cell_columns(Parcel) if column.name == name)
    assert value_of(column, cell_of(column, value), EXACT) == value


def column(kind: str) -> CellColumn:
    return CellColumn("x", kind, nullable=True, required=False)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("number", "1.234", "number.ambiguous"),
        ("whole", "1.5", "registry.not_whole"),
        ("items", '["a", 1]', "registry.not_a_list"),
        ("items", "[" * 100_000, "registry.not_a_list"),
        ("day", "3/4/2026", "date.two_readings"),
        ("moment", "2026-03-04 10:00", "date.no_time_zone"),
        ("yes_no", "perhaps", "yes_no.not_yes_no"),
    ],
)
def test_what_cannot_be_read_is_a_problem(kind, text, code):
    found = value_of(column(kind), text, CellReading())
    assert isinstance(found, Problem)
    assert found.code == code


def test_declared_marks_and_zone_are_used():
    reading = CellReading(decimal=",", thousands=".", timezone="Asia/Shanghai")
    assert value_of(column("number"), "1.234,5", reading) == Decimal("1234.5")
    assert value_of(column("moment"), "2026-03-04 10:00", reading) == datetime(2026, 3, 4, 2, tzinfo=UTC)


def test_people_may_part_a_list_by_semicolons():
    assert value_of(column("items"), "ITO; BPO;", CellReading()) == ("ITO", "BPO")


@pytest.mark.parametrize("text", ["2027-13-45", "2026-02-30", "0000-01-01"])
def test_an_impossible_day_is_a_problem_however_it_is_read(text):
    column = CellColumn("on", "day", nullable=False, required=True)
    for reading in (EXACT, CellReading()):
        assert isinstance(value_of(column, text, reading), Problem)


def test_words_that_stand_for_two_fields_stand_for_none():
    for declared in kinds().values():
        words = fields_by_words(declared)
        assert set(words.values()) <= set(declared.model_fields)
        assert not set(words) & set(declared.model_fields)
    assert fields_named(kinds()["supplier"], ("名称", "id", "strange")) == ("name", "id", "strange")
    assert fields_named(kinds()["supplier"], ("名称", "name")) == ("名称", "name")
