"""Wall time and real time: what a clock on the wall shows, and when that is, also where clocks are changed.

A wall time that occurs twice is the first of the two. One that is skipped is the moment of the jump: an office that
opens at 02:30 on the night on which 02:00 becomes 03:00 opens at that jump.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def zone_named(name: object) -> ZoneInfo | None:
    """The time zone of that IANA name (``Asia/Shanghai``); None where there is none."""
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else None
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None


def wall_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the wall shows this time.

    Parameters
    ----------
    wall : datetime
        Without a time zone.
    zone : ZoneInfo
        The zone of the wall.

    Returns
    -------
    datetime
        In UTC. The first of two where the time occurs twice, the moment of the jump where it is skipped.
    """
    late = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    before = early.astimezone(zone).utcoffset()
    while late - early > MICROSECOND:
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970 in UTC, exactly."""
    return (moment - EPOCH) // MICROSECOND


def moment_of(us: int) -> datetime:
    """The moment of so many microseconds since 1970, in UTC."""
    return EPOCH + us * MICROSECOND
