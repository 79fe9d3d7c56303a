"""Lines of the audit: what their hash covers, what a picture leaves out, how an anchor is read."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.errors import InvalidInput
from supplier_eval.registry.audit import (
    GENESIS,
    Anchor,
    AuditRow,
    canonical,
    chain_hash,
    chained,
    moment_text,
    picture,
)
from supplier_eval.registry.record import Amount, Day, Line, Moment, Record, RecordId


class Parcel(Record):
    kind = "parcel"
    name: Line
    price: Amount | None = None
    day: Day | None = None
    at: Moment | None = None
    items: tuple[str, ...] = ()
    urgent: bool = False
    refers: Annotated[RecordId | None, "none"] = None


ROW = AuditRow(1, "2026-11-30T08:00:00.000000Z", "amy", "parcel", "P1", "add", 1, None, '{"a":1}')


def test_the_first_hash_is_that_of_the_written_formula():
    text = GENESIS + '\n[1,"2026-11-30T08:00:00.000000Z","amy","parcel","P1","add",1,null,"{\\"a\\":1}"]'
    assert chain_hash(GENESIS, ROW) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seq", 2),
        ("at", "x"),
        ("actor", "bob"),
        ("kind", "k"),
        ("id", "P2"),
        ("event", "edit"),
        ("version", 2),
        ("before", "{}"),
        ("after", '{"a":2}'),
    ],
)
def test_every_part_of_a_line_is_hashed(name, value):
    assert chain_hash(GENESIS, ROW._replace(**{name: value})) != chain_hash(GENESIS, ROW)


def test_the_hash_before_is_hashed():
    assert chain_hash("1" * 64, ROW) != chain_hash(GENESIS, ROW)


def test_moving_a_letter_from_one_part_to_the_next_changes_the_hash():
    assert chain_hash(GENESIS, ROW._replace(kind="parcelP", id="1")) != chain_hash(GENESIS, ROW)


def test_a_line_takes_its_place_in_the_chain():
    first = chained(GENESIS, ROW)
    second = chained(first.hash, ROW._replace(seq=2))
    assert (first.previous, second.previous) == (GENESIS, first.hash)


def test_equal_records_have_the_same_picture_whatever_way_they_are_written():
    east = timezone(timedelta(hours=8))
    one = Parcel(id="P1", name="a", price="1.50", at=datetime(2026, 11, 30, 8, tzinfo=east))
    two = Parcel(id="P1", name="a", price=Decimal("1.5"), at=datetime(2026, 11, 30, 0, tzinfo=UTC))
    assert picture(one, "new") == picture(two, "new")
    assert '"price":"1.5"' in picture(one, "new")


def test_empty_fields_are_left_out_but_no_and_nought_are_not():
    text = picture(Parcel(id="P1", name="", price=Decimal("0.00")), "new")
    assert text == '{"fields":{"id":"P1","price":"0","urgent":false},"state":"new"}'


def test_a_picture_changes_with_every_field_and_the_state():
    parcel = Parcel(id="P1", name="a", price="1.5", day=date(2026, 1, 1), items=("x",))
    others = [
        parcel.model_copy(update=update) for update in ({"name": "b"}, {"day": date(2026, 1, 2)}, {"items": ("y",)})
    ]
    pictures = {picture(parcel, "new"), picture(parcel, "sent"), *(picture(other, "new") for other in others)}
    assert len(pictures) == 5


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=9),
    st.decimals(-(10**9), 10**9, places=2) | st.none(),
    st.dates() | st.none(),
    st.datetimes(timezones=st.just(UTC)) | st.none(),
    st.lists(st.text(st.characters(codec="utf-8"), max_size=5), max_size=3),
    st.booleans(),
)
def test_a_picture_is_canonical_json_without_its_empty_fields(name, price, day, at, items, urgent):
    parcel = Parcel(id="P1", name=name, price=price, day=day, at=at, items=tuple(items), urgent=urgent)
    kept = {key: value for key, value in parcel.__dict__.items() if value not in (None, "", ())}
    assert picture(parcel, name) == canonical({"fields": kept, "state": name})
    row = ROW._replace(actor=name, after=name)
    text = f"{GENESIS}\n{canonical(row[:9])}"
    assert chain_hash(GENESIS, row) == hashlib.sha256(text.encode()).hexdigest()


def test_a_figure_of_thirty_digits_keeps_all_of_them():
    assert canonical(Decimal("123456789012345678.123456789012")) == '"123456789012345678.123456789012"'


def test_a_moment_is_written_in_utc_to_the_microsecond():
    assert moment_text(datetime(2026, 11, 30, 8, tzinfo=timezone(timedelta(hours=8)))) == "2026-11-30T00:00:00.000000Z"


def test_an_anchor_reads_back_as_printed():
    anchor = Anchor(12, "ab" * 32)
    assert Anchor.parse(f"  {str(anchor).upper()}\n") == anchor


@pytest.mark.parametrize("text", ["", "12", "12-abc", "x-" + "0" * 64, "12-" + "0" * 64 + "\x00"])
def test_what_is_no_anchor_is_refused(text):
    with pytest.raises(InvalidInput, match=r"audit\.anchor_form"):
        Anchor.parse(text)
