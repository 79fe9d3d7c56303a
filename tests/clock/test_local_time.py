"""Wall time and real time where clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from supplier_eval.clock.local_time import microseconds, moment_of, wall_moment, zone_named

BERLIN, NEW_YORK, BEIRUT = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Beirut")


def test_a_skipped_time_is_the_moment_of_the_jump():
    """Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC."""
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert wall_moment(datetime(2026, 3, 29, 2, 0), BERLIN) == jump
    assert wall_moment(datetime(2026, 3, 29, 2, 30), BERLIN) == jump
    assert wall_moment(datetime(2026, 3, 29, 2, 59, 59), BERLIN) == jump
    assert wall_moment(datetime(2026, 3, 29, 3, 0), BERLIN) == jump


def test_a_time_that_occurs_twice_is_the_first_of_the_two():
    """New York, 1 November 2026: 02:00 becomes 01:00 at 06:00 UTC."""
    assert wall_moment(datetime(2026, 11, 1, 1, 30), NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_midnight_that_is_skipped_is_where_the_day_begins():
    """Beirut, 29 March 2026: midnight becomes 01:00 at 22:00 UTC of the day before."""
    assert wall_moment(datetime(2026, 3, 29), BEIRUT) == datetime(2026, 3, 28, 22, tzinfo=UTC)


def test_microseconds_go_forth_and_back_exactly():
    moment = datetime(2026, 11, 29, 21, 30, 15, 123457, tzinfo=UTC)
    assert moment_of(microseconds(moment)) == moment


def test_no_zone_of_that_name_is_none():
    assert zone_named("Asia/Shanghai") == ZoneInfo("Asia/Shanghai")
    assert [zone_named(name) for name in ("Mars/Base", "", None, 8, "../etc")] == [None] * 5
