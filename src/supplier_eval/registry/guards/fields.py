"""Conditions that many moves share: a field is filled, a day does not lie ahead, two days stand in order.

Each maker gives a `Guard` whose finding names the field; the code, and so the words, are the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.guards.procedure import months_later, today
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.record import Record
from supplier_eval.registry.rules import HouseRules

When = Callable[[Situation], bool]
Months = Callable[[HouseRules], int]


def always(situation: Situation) -> bool:
    """Every situation."""
    return True


def blank(record: Record, name: str) -> bool:
    """Whether a field says nothing: None, no items, or text of blanks only."""
    given = getattr(record, name)
    return given is None or given == () or (isinstance(given, str) and not given.strip())


def filled(code: str, clause: str, *names: str, when: When = always) -> Guard:
    """Guard: each of these fields says something, in the situations meant."""

    def check(situation: Situation) -> Iterator[Finding]:
        if when(situation):
            record = situation.record
            yield from (Finding(code, record.kind, name) for name in names if blank(record, name))

    return Guard(code, clause, check)


def not_ahead(code: str, clause: str, *names: str) -> Guard:
    """Guard: none of these days or moments lies in the future."""

    def check(situation: Situation) -> Iterator[Finding]:
        for name in names:
            given = getattr(situation.record, name)
            ahead = given > situation.at if isinstance(given, datetime) else given and given > today(situation)
            if given is not None and ahead:
                yield Finding(code, situation.record.kind, name, value=str(given))

    return Guard(code, clause, check)


def in_order(code: str, clause: str, earlier: str, later: str, *, apart: bool = False) -> Guard:
    """Guard: the one does not lie after the other (`apart`: lies before it); asked where both are given.

    A day and a moment are compared as days of the house's time zone.
    """

    def check(situation: Situation) -> Iterator[Finding]:
        first, second = getattr(situation.record, earlier), getattr(situation.record, later)
        if first is None or second is None:
            return
        one, other = _comparable(first, second, situation)
        if one < other or (one == other and not apart):
            return
        facts = {"earlier": earlier, "first": str(first)}
        yield Finding(code, situation.record.kind, later, value=str(second), facts=facts)

    return Guard(code, clause, check)


def within_months(code: str, clause: str, start: str, end: str, months: Months) -> Guard:
    """Guard: `end` lies no later than so many months of the house rules after `start`; asked where both are given."""

    def check(situation: Situation) -> Iterator[Finding]:
        first, last = getattr(situation.record, start), getattr(situation.record, end)
        if first is None or last is None:
            return
        allowed = months(situation.rules)
        latest = months_later(first, allowed)
        if last > latest:
            facts = {"latest": str(latest), "months": allowed}
            yield Finding(code, situation.record.kind, end, value=str(last), facts=facts)

    return Guard(code, clause, check)


def different_people(code: str, clause: str, one: str, other: str) -> Guard:
    """Guard: two fields do not name the same person."""

    def check(situation: Situation) -> Iterator[Finding]:
        named = getattr(situation.record, one)
        if named is not None and _same(named, getattr(situation.record, other)):
            yield Finding(code, situation.record.kind, other, value=named, facts={"other": one})

    return Guard(code, clause, check)


def known_class(code: str, clause: str, name: str = "data_class") -> Guard:
    """Guard: the rules know this class of information (§8.1.2)."""

    def check(situation: Situation) -> Iterable[Finding]:
        given = getattr(situation.record, name)
        if given is None or situation.rules.data_class(given) is not None:
            return ()
        known = ", ".join(declared.id for declared in situation.rules.data_classes)
        return (Finding(code, situation.record.kind, name, value=given, facts={"known": known or "-"}),)

    return Guard(code, clause, check)


def _comparable(one: date, other: date, situation: Situation) -> tuple[date, date]:
    """Two days, or two moments; of one each the days."""
    if isinstance(one, datetime) == isinstance(other, datetime):
        return one, other
    zone = ZoneInfo(situation.rules.timezone)
    return _day_of(one, zone), _day_of(other, zone)


def _day_of(given: date, zone: ZoneInfo) -> date:
    return given.astimezone(zone).date() if isinstance(given, datetime) else given


def _same(one: str, other: str | None) -> bool:
    return other is not None and id_key(one) == id_key(other)


__all__ = [
    "always",
    "blank",
    "different_people",
    "filled",
    "in_order",
    "known_class",
    "not_ahead",
    "within_months",
]
