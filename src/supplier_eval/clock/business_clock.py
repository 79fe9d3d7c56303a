"""How much working time lies between two moments, and when a deadline in working time is due (§5.1.1, §5.3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from supplier_eval.clock.calendar import WorkCalendar
from supplier_eval.clock.holds import Holds
from supplier_eval.clock.local_time import moment_of
from supplier_eval.clock.moments import Moments, amounts, moments, positions, refusal
from supplier_eval.clock.spans import NEVER, MicroArray, Spans


@dataclass(frozen=True)
class BusinessClock:
    """A clock that runs only while work is done.

    Parameters
    ----------
    calendar : WorkCalendar
        When that is.

    Notes
    -----
    Spans are wall time, what passes in them is real time: the night on which clocks go forward is an hour shorter.
    Everything is counted in whole microseconds. Moments outside the covered years are refused with the year.

    Examples
    --------
    >>> from datetime import datetime, timedelta
    >>> clock = se.clock.BusinessClock.load("data/samples/service-records/calendar.toml")
    >>> eve = clock.moment("2026-09-30T17:00")
    >>> print(clock.due(eve, timedelta(hours=4)))  # after the holidays of October
    2026-10-08 12:00:00+08:00
    """

    calendar: WorkCalendar

    def __post_init__(self) -> None:
        if not isinstance(self.calendar, WorkCalendar):
            value = type(self.calendar).__name__
            raise refusal("clock.calendar", "calendar", value=value)

    @classmethod
    def load(cls, path: str | Path) -> BusinessClock:
        """Give the clock of a calendar file."""
        return cls(WorkCalendar.load(path))

    @classmethod
    def from_week(cls, week: Mapping[str, Any], **calendar: Any) -> BusinessClock:  # noqa: ANN401 - as WorkCalendar
        """Give the clock of weekly spans; keywords as `WorkCalendar.from_week`."""
        return cls(WorkCalendar.from_week(week, **calendar))

    @classmethod
    def always(cls, timezone: str = "UTC") -> BusinessClock:
        """Give a clock that never stops."""
        return cls(WorkCalendar.always(timezone))

    @property
    def spans(self) -> Spans:
        """Working spans of the covered years."""
        return self.calendar.spans

    @property
    def timezone(self) -> str:
        """IANA name of the zone in which the spans are wall time."""
        return self.calendar.timezone

    def worked(self, start: object, end: object, holds: object = ()) -> Any:  # noqa: ANN401 - one or many
        """Working time from `start` to `end`, holds not counted.

        Parameters
        ----------
        start, end : moment or column of moments
            Aware datetimes, ISO texts with an offset, or pandas columns with a time zone; one may be a single moment.
        holds : iterable
            For one ticket pairs ``(from, to)``, `to` None while it lasts; for a column one such list a row.
            Overlapping holds are counted once.

        Returns
        -------
        timedelta, or Series of timedelta64
            Missing where a moment is missing.

        Raises
        ------
        InvalidInput
            For a moment without a zone, in a year not covered, an end before its start, a hold that ends before it
            begins.
        """
        first, last = self._both(start, end)
        begin, finish = self.spans.worked(first.us), self.spans.worked(last.us)
        missing = first.missing | last.missing
        worked = finish - begin
        kept = self._holds(holds, first)
        if kept is not None:
            worked = worked - kept.held(begin, finish)
        return _durations(worked, missing, first, last)

    def due(self, start: object, amount: object, holds: object = ()) -> Any:  # noqa: ANN401 - one or many
        """First moment at which `amount` of working time has passed since `start`, holds not counted.

        Parameters
        ----------
        start : moment or column of moments
            As in `worked`.
        amount : timedelta or column of timedelta
            Working time, not below zero. Nothing is due at once: with 0 it is `start`.
        holds : iterable
            As in `worked`; a hold that lasts makes the moment refused, for nobody knows it yet.

        Returns
        -------
        datetime in the calendar's time zone, or Series of datetime64 in it
            The end of a working day, not the start of the next, where the time is just used up.

        Raises
        ------
        InvalidInput
            As in `worked`, and ``clock.due_uncovered`` where the due moment lies in a year not covered.
        """
        first = self._covered(moments(start, "start"), "start")
        asked = amounts(amount, "amount")
        if asked.size not in {1, first.us.size} and first.us.size != 1:
            raise refusal("clock.lengths", "amount", value=f"{first.us.size}, {asked.size}")
        us, wanted = np.broadcast_arrays(first.us, asked)
        due = self.due_us(us, wanted, self._holds(holds, first))
        never = (due == NEVER) & ~first.missing
        if never.any():
            facts: dict[str, object] = {"last": self.calendar.years[1], "name": self.calendar.name}
            raise refusal("clock.due_uncovered", "start", positions(never), **facts)
        given = Moments(due, np.broadcast_to(first.missing, due.shape), first.index, first.single and asked.size == 1)
        return self._local(given)

    def due_us(
        self, start: MicroArray, amount: MicroArray, holds: Holds | None = None, worked: MicroArray | None = None
    ) -> MicroArray:
        """Due moments of arrays in microseconds; `NEVER` where the covered years do not reach so far.

        `worked` is the working time before each start, where it is known already.
        """
        begin = self.spans.worked(start) if worked is None else worked
        wanted = begin + amount if holds is None else holds.pushed_back(begin, amount)
        reached = self.spans.reached(wanted)
        return np.where(reached == NEVER, NEVER, np.where(wanted == begin, start, np.maximum(reached, start)))

    def is_open(self, moment: object) -> Any:  # noqa: ANN401 - one or many
        """Whether work is done at each moment; missing ones are not."""
        given = self._covered(moments(moment, "moment"), "moment")
        return _answers(self.spans.open_at(given.us) & ~given.missing, given)

    def next_open(self, moment: object) -> Any:  # noqa: ANN401 - one or many
        """Each moment itself where work is done, else the next start of work.

        Raises
        ------
        InvalidInput
            Where none follows in the covered years.
        """
        given = self._covered(moments(moment, "moment"), "moment")
        following = self.spans.next_open(given.us)
        never = (following == NEVER) & ~given.missing
        if never.any():
            facts: dict[str, object] = {"last": self.calendar.years[1], "name": self.calendar.name}
            raise refusal("clock.due_uncovered", "moment", positions(never), **facts)
        return self._local(Moments(following, given.missing, given.index, given.single))

    def moment(self, wall: str) -> datetime:
        """The moment of a wall time (``2026-03-02T09:00``) in the calendar's zone; refused where it is not one."""
        zone = ZoneInfo(self.timezone)
        try:
            naive = datetime.fromisoformat(wall)
            early, late = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
            if naive.utcoffset() is None and early.utcoffset() == late.utcoffset():
                return early
        except (TypeError, ValueError):
            pass
        raise refusal("clock.wall", "wall", value=str(wall), zone=self.timezone)

    def check_covered(self, us: MicroArray, missing: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Where a moment is there and lies outside the covered years."""
        return np.asarray(~missing & ~self.spans.covered(us))

    def _both(self, start: object, end: object) -> tuple[Moments, Moments]:
        first, last = (self._covered(moments(g, name), name) for g, name in ((start, "start"), (end, "end")))
        sizes = {first.us.size, last.us.size} - {1}
        if len(sizes) > 1:
            shown = f"{first.us.size}, {last.us.size}"
            raise refusal("clock.lengths", "end", value=shown)
        size = sizes.pop() if sizes else 1
        first, last = (
            Moments(np.broadcast_to(m.us, size), np.broadcast_to(m.missing, size), m.index, m.single)
            for m in (first, last)
        )
        backwards = (last.us < first.us) & ~first.missing & ~last.missing
        if backwards.any():
            raise refusal("clock.order", "end", positions(backwards))
        return first, last

    def _covered(self, given: Moments, name: str) -> Moments:
        outside = self.check_covered(given.us, given.missing)
        if outside.any():
            zone = ZoneInfo(self.timezone)
            seen = moment_of(int(given.us[np.flatnonzero(outside)[0]])).astimezone(zone)
            years = self.calendar.years
            facts: dict[str, object] = {"first": years[0], "last": years[1], "name": self.calendar.name}
            rows = positions(outside)
            raise refusal("clock.year_uncovered", name, rows, seen.year, **facts)
        inside = np.where(given.missing, self.spans.first, given.us)
        return Moments(inside, given.missing, given.index, given.single)

    def _holds(self, holds: object, first: Moments) -> Holds | None:
        """Holds as working time; None where there are none."""
        rows = [holds] if first.single else holds
        if not isinstance(rows, Iterable):
            raise refusal("clock.holds", "holds", value=type(holds).__name__)
        listed = list(rows)
        if not listed or (first.single and isinstance(listed[0], list | tuple) and not listed[0]):
            return None
        if len(listed) != first.us.size:
            raise refusal("clock.lengths", "holds", value=f"{first.us.size}, {len(listed)}")
        try:
            pairs = [(at, begin, end) for at, row in enumerate(listed) for begin, end in row]
        except (TypeError, ValueError):
            raise refusal("clock.holds", "holds", value=str(listed[0])) from None
        if not pairs:
            return None
        ticket = np.array([pair[0] for pair in pairs], dtype=np.int64)
        begin = self._covered(moments([pair[1] for pair in pairs], "holds"), "holds")
        end = self._covered(moments([pair[2] for pair in pairs], "holds"), "holds")
        wrong = begin.missing | (~end.missing & (end.us < begin.us))
        if wrong.any():
            raise refusal("clock.holds", "holds", value=str(pairs[int(np.argmax(wrong))][1:]))
        lasting = np.where(end.missing, self.spans.last, end.us)
        return Holds.merged(ticket, self.spans.worked(begin.us), self.spans.worked(lasting))

    def _local(self, given: Moments) -> Any:  # noqa: ANN401 - one or many
        if given.single:
            return None if given.missing[0] else moment_of(int(given.us[0])).astimezone(ZoneInfo(self.timezone))
        import pandas as pd

        stamps = given.us.astype("datetime64[us]")
        stamps[given.missing] = np.datetime64("NaT")
        return pd.Series(stamps, index=given.index).dt.tz_localize("UTC").dt.tz_convert(self.timezone)


def _durations(us: MicroArray, missing: npt.NDArray[np.bool_], first: Moments, last: Moments) -> Any:  # noqa: ANN401 - one or many
    if first.single and last.single:
        return None if missing[0] else timedelta(microseconds=int(us[0]))
    import pandas as pd

    spans = us.astype("timedelta64[us]")
    spans[missing] = np.timedelta64("NaT")
    return pd.Series(spans, index=first.index if first.index is not None else last.index)


def _answers(yes: npt.NDArray[np.bool_], given: Moments) -> Any:  # noqa: ANN401 - one or many
    if given.single:
        return bool(yes[0])
    import pandas as pd

    return pd.Series(yes, index=given.index)
