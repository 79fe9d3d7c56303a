"""When a contract is checked: at least every so many months of its term (§4.2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from supplier_eval.registry.guards.procedure import months_later
from supplier_eval.registry.record import Stored


def check_days(starts_on: date, ends_on: date, months: int) -> tuple[date, ...]:
    """The days by which a contract is checked.

    Parameters
    ----------
    starts_on, ends_on : date
        First and last day of the term.
    months : int
        From one check to the next, 1 or more (the house rule ``contracts.check_months``).

    Returns
    -------
    tuple of date
        Every `months` from the start, and the last day; each counted from the start, so that none drifts.
    """
    if months < 1 or ends_on < starts_on:
        return ()
    days: list[date] = []
    while (day := months_later(starts_on, months * (len(days) + 1))) < ends_on:
        days.append(day)
    return (*days, ends_on)


def unplanned_checks(starts_on: date, ends_on: date, months: int, checks: Iterable[Stored]) -> tuple[date, ...]:
    """Days of the schedule for whose interval no check is planned or done.

    Parameters
    ----------
    checks : iterable of Stored
        The contract's records of kind ``check``; cancelled ones do not count.

    Returns
    -------
    tuple of date
        An interval runs from the day after the last scheduled day to the scheduled day, both included.
    """
    planned = [known.planned_on for known in checks if known.state != "cancelled"]
    missing, first = [], starts_on
    for day in check_days(starts_on, ends_on, months):
        if not any(first <= given <= day for given in planned):
            missing.append(day)
        first = day + timedelta(days=1)
    return tuple(missing)
