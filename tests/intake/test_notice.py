"""The notice: moments in a time zone, lots and items, and what pydantic must not guess."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from pydantic import ValidationError

from supplier_eval.intake.notice import Notice

CHINA = timezone(timedelta(hours=8))


def notice(**keys: object) -> Notice:
    return Notice.model_validate({"id": "t", "title": "T", "policy": "policy.toml", **keys})


def refused(**keys: object) -> list[str]:
    with pytest.raises(ValidationError) as error:
        notice(**keys)
    return [e["type"] for e in error.value.errors(include_url=False)]


@pytest.mark.parametrize(
    "written",
    [
        datetime(2026, 3, 10, 9, 30, tzinfo=CHINA),
        "2026-03-10T09:30:00+08:00",
        "2026年3月10日 9时30分+0800",
        "2026-03-10 01:30Z",
    ],
)
def test_a_moment_may_be_a_toml_moment_or_text_with_an_offset(written):
    assert notice(deadline=written).deadline == datetime(2026, 3, 10, 1, 30, tzinfo=UTC)


def test_a_moment_without_offset_stands_in_the_declared_zone():
    for written in (datetime(2026, 3, 10, 9, 30), "2026-03-10 09:30"):
        read = notice(deadline=written, timezone="Asia/Shanghai").deadline
        assert read == datetime(2026, 3, 10, 9, 30, tzinfo=CHINA)


def test_gates_are_judged_on_the_day_of_the_tenders_own_zone():
    """23:30 UTC is already the next day in Shanghai; an offset that is written keeps its own day."""
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    assert notice(deadline=late, timezone="Asia/Shanghai").moment().date() == date(2026, 3, 10)
    assert notice(deadline="2026-03-10T00:30+08:00").moment().date() == date(2026, 3, 10)


def test_the_moment_is_the_deadline_else_the_opening_else_publication():
    first, second = "2026-01-01T00:00Z", "2026-02-01T00:00Z"
    assert notice(published=first, opened=second).moment() == datetime(2026, 2, 1, tzinfo=UTC)
    assert notice(published=first).moment() == datetime(2026, 1, 1, tzinfo=UTC)
    assert notice().moment() is None


@pytest.mark.parametrize("number", [20260310, 5, "20260310", True, date(2026, 3, 10)])
def test_a_number_or_a_day_alone_is_no_moment(number):
    assert refused(deadline=number) == ["cell"]


def test_a_clock_time_that_was_skipped_is_refused():
    assert refused(deadline="2026-03-29 02:30", timezone="Europe/Rome") == ["cell"]


def test_an_unknown_zone_is_one_complaint_not_two():
    assert refused(timezone="Mars/Olympus", deadline="2026-03-10 09:30") == ["no_such_zone"]


def test_the_day_of_an_approval_is_a_day():
    approval = {"step": "board_approval", "by": "the board"}
    assert notice(approvals=[approval | {"on": "2026年3月1日"}]).approvals[0].on == date(2026, 3, 1)
    assert refused(approvals=[approval | {"on": 5}]) == ["cell"]


def test_the_two_number_marks_differ():
    assert refused(decimal=",", thousands=",") == ["marks_same"]
    assert notice(thousands=",").decimal == ""


def test_a_price_floor_above_the_ceiling_is_refused():
    assert refused(lots=[{"id": "A", "ceiling": 10, "price_floor": 11}]) == ["floor_above_ceiling"]
    assert notice(lots=[{"id": "A", "ceiling": 10, "price_floor": 10}]).lot("A").ceiling == 10


def test_figures_are_exact_and_finite():
    assert notice(estimated_value=Decimal("0.1")).estimated_value == Decimal("0.1")
    assert refused(estimated_value=Decimal("inf")) == ["finite_number"]


def test_a_tender_without_lots_has_one_and_items_without_lot_belong_to_every_lot():
    assert notice().lot_ids == ("1",)
    two = notice(lots=[{"id": "A"}, {"id": "B"}], items=[{"id": "x"}, {"id": "y", "lot": "B"}])
    assert [i.id for i in two.items_of("A")] == ["x"]
    assert [i.id for i in two.items_of("B")] == ["x", "y"]
    assert two.lot("C").ceiling is None
