"""Fields and columns: what goes in comes out, and what no column can hold is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.errors import Refused
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.record import (
    Amount,
    Count,
    Day,
    Due,
    Figure,
    Indexed,
    Line,
    Moment,
    Record,
    RecordId,
    Refers,
    Share,
    Text,
    supposed,
)
from supplier_eval.registry.store_fields import Fields


class Parcel(Record):
    kind: ClassVar[str] = "parcel"

    name: Annotated[Line, Indexed()]
    text: Text = ""
    price: Amount | None = None
    weight: Figure | None = None
    share: Share | None = None
    pieces: Count | None = None
    number: int = 0
    urgent: bool = False
    day: Annotated[Day | None, Due("payment")] = None
    at: Moment | None = None
    size: Literal["s", "m", "l"] = "m"
    sender: Annotated[RecordId | None, Refers("supplier")] = None
    readers: Annotated[tuple[str, ...], Refers("supplier")] = ()


FIELDS = Fields(Parcel)
COLUMNS = FIELDS.by_name


def there_and_back(record):
    return FIELDS.record(FIELDS.row(record))


@given(
    name=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r\n"), max_size=50),
    price=st.none() | st.integers(-(10**17) + 1, 10**17 - 1).map(lambda n: Decimal(n).scaleb(-2)),
    weight=st.none() | st.decimals(-(10**9), 10**9, places=9),
    pieces=st.none() | st.integers(0, 2**53),
    day=st.none() | st.dates(),
    at=st.none()
    | st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(timezone(timedelta(hours=8)))),
    readers=st.lists(st.text(st.characters(exclude_categories=("Cs",))), max_size=3).map(tuple),
)
def test_what_goes_in_comes_out(name, price, weight, pieces, day, at, readers):
    record = Parcel(id="P", name=name, price=price, weight=weight, pieces=pieces, day=day, at=at, readers=readers)
    assert there_and_back(record) == record


def test_money_is_kept_in_whole_hundredths_and_figures_as_exact_text():
    row = dict(zip(FIELDS.names, FIELDS.row(Parcel(id="P", name="a", price="12.5", weight="1.2300")), strict=True))
    assert (row["price"], row["weight"]) == (1250, "1.23")


def test_moments_are_kept_in_utc_at_one_width():
    east = timezone(timedelta(hours=8))
    row = dict(
        zip(FIELDS.names, FIELDS.row(Parcel(id="P", name="a", at=datetime(26, 1, 1, 7, tzinfo=east))), strict=True)
    )
    assert row["at"] == "0025-12-31T23:00:00.000000Z"


def test_what_a_driver_gives_for_days_and_truths_is_taken_either_way():
    row = FIELDS.row(Parcel(id="P", name="a", day="2026-11-30", urgent=True))
    as_server = [date(2026, 11, 30) if value == "2026-11-30" else value for value in row]
    as_file = [1 if value is True else value for value in row]
    assert FIELDS.record(as_server) == FIELDS.record(as_file) == Parcel(id="P", name="a", day="2026-11-30", urgent=True)
    assert FIELDS.record(as_file).urgent is True


def test_columns_know_what_they_refer_to_and_by_what_one_looks_up():
    assert {name for name, column in COLUMNS.items() if column.indexed} == {"name", "day", "sender"}
    assert (COLUMNS["sender"].refers, COLUMNS["sender"].many) == ("supplier", False)
    assert (COLUMNS["readers"].refers, COLUMNS["readers"].many) == ("supplier", True)
    assert {name for name, column in COLUMNS.items() if column.nullable} == {
        *("price", "weight", "share", "pieces", "day", "at", "sender")
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", 2**63),
        ("number", -(2**70)),
        ("readers", ("\ud800",)),
        ("at", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8)))),
    ],
)
def test_what_no_column_can_hold_is_refused(name, value):
    record = supposed(Parcel(id="P", name="a"), **{name: value})
    with pytest.raises(Refused) as refused:
        FIELDS.row(record)
    assert refused.value.findings[0].code == f"parcel.{name}.not_storable"


def test_a_mark_inside_an_option_is_a_mistake_of_the_declaration():
    class Wrong(Record):
        kind: ClassVar[str] = "wrong"
        sender: Annotated[RecordId, Refers("supplier")] | None = None

    with pytest.raises(RuntimeError, match="outside"):
        Fields(Wrong)


def test_a_type_without_a_column_is_a_mistake_of_the_declaration():
    class Wrong(Record):
        kind: ClassVar[str] = "wrong"
        sizes: dict[str, int]

    with pytest.raises(RuntimeError, match="no column"):
        Fields(Wrong)


def test_every_declared_kind_has_columns_for_its_fields():
    for declared in kinds().values():
        assert Fields(declared).names == tuple(declared.model_fields)


def test_the_moment_that_comes_out_is_utc():
    assert there_and_back(Parcel(id="P", name="a", at="2026-11-30T08:00:00+08:00")).at == datetime(
        2026, 11, 30, tzinfo=UTC
    )
