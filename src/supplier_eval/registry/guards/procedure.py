"""What the guards of the procedure share: how one is written, days of the house, lots, persons, who is on the panel."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.lifecycle import Guard, Reader, Situation
from supplier_eval.registry.record import Record, Stored
from supplier_eval.registry.rules import HouseRules

Facts = Mapping[str, object]
Asks = Callable[[Any, Situation], Iterable[Facts]]
LIVE_AWARDS = ("approved", "notified", "contracted")
MAY_BID = ("candidate", "active")
"""States of suppliers that may take part."""
OUT_OF_ACCOUNT = ("late", "withdrawn")
"""Bids that no evaluator ever sees."""


def refusal(code: str, clause: str) -> Callable[[Asks], Guard]:
    """Make a guard of a function that yields the facts of each objection, `value` first among them.

    Parameters
    ----------
    code : str
        ``kind.column.problem``; the finding stands at this kind and column.
    clause : str
        Clause of the policy that asks for it.

    Returns
    -------
    callable
        Decorator of a function of the record as it would be and its situation.
    """

    def make(asks: Asks) -> Guard:
        def check(situation: Situation) -> Iterator[Finding]:
            for facts in asks(situation.record, situation):
                told = dict(facts)
                value = str(told.pop("value", ""))
                table, column, _ = code.split(".")
                yield Finding(code, table, column, value=value, facts=told)

        return Guard(code, clause, check)

    return make


def the(reader: Reader, kind: str, key: str) -> Stored:
    """Give the record that a reference names; the store lets none dangle."""
    found = reader.get(kind, key)
    if found is None:
        raise LookupError(f"{kind} {key}")
    return found


def tender_of(record: Record, situation: Situation) -> Stored:
    """Give the tender that a record belongs to."""
    return the(situation.reader, "tender", record.tender)  # type: ignore[attr-defined]


def house_day(moment: datetime, rules: HouseRules) -> date:
    """Give the day that a moment lies in, in the house's zone."""
    return moment.astimezone(ZoneInfo(rules.timezone)).date()


def shown(moment: datetime, situation: Situation) -> str:
    """Write a moment as it is read in the house's zone."""
    return moment.astimezone(ZoneInfo(situation.rules.timezone)).isoformat(" ", "seconds")


def today(situation: Situation) -> date:
    """Give the day that it is in the house's zone."""
    return house_day(situation.at, situation.rules)


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def same_person(one: str | None, other: str | None) -> bool:
    """Whether two ids name one person (convention §12)."""
    return one is not None and other is not None and id_key(one) == id_key(other)


def persons(names: Iterable[str]) -> set[str]:
    """Different persons among the names, by the key by which ids are compared."""
    return {id_key(name) for name in names}


def lots_of(tender: Record | Stored) -> tuple[str, ...]:
    """Lots of a tender; one that is a single lot has the lot ""."""
    return tuple(tender.lots) or ("",)  # type: ignore[union-attr]


def standing_lots(tender: Record | Stored) -> tuple[str, ...]:
    """Lots that are to have a result: all but those that failed."""
    failed = set(tender.failed_lots)  # type: ignore[union-attr]
    return tuple(lot for lot in lots_of(tender) if lot not in failed)


def seated_for(reader: Reader, tender: str, lot: str) -> tuple[Stored, ...]:
    """Evaluators who sit on the panel of a lot."""
    seated = reader.where("evaluator", states=("seated",), tender=tender)
    return tuple(member for member in seated if lot not in member.recused_lots)


def conflicting_lots(reader: Reader, tender: str, person: str) -> dict[str, str]:
    """Lot → supplier of each lot in which a person declared a conflict with somebody who bids there.

    Every declaration of the person for this tender counts, also one made before a release, but for those cleared.
    A conflict with a company is one with its parents and with what it owns.
    """
    declared = reader.where("conflict_declaration", states=("made",), tender=tender)
    barred = {s for known in declared if same_person(known.person, person) for s in known.conflict_with}
    bids = [bid for bid in reader.where("bid", tender=tender) if bid.state not in OUT_OF_ACCOUNT]
    above = {supplier: _owners(reader, supplier) for supplier in barred}
    return {
        bid.lot: bid.supplier
        for bid in bids
        if barred & {bid.supplier, *_owners(reader, bid.supplier)} or any(bid.supplier in up for up in above.values())
    }


def _owners(reader: Reader, supplier: str) -> set[str]:
    """Parent, its parent, and so on, of a supplier."""
    found: set[str] = set()
    parent = the(reader, "supplier", supplier).parent
    while parent is not None and parent not in found:
        found.add(parent)
        parent = the(reader, "supplier", parent).parent
    return found


def approved_result(reader: Reader, tender: str, lot: str) -> Stored | None:
    """The one approved result of a lot."""
    found = reader.where("result", states=("approved",), tender=tender, lot=lot)
    return found[0] if found else None


def live_awards(reader: Reader, tender: str) -> tuple[Stored, ...]:
    """Awards that stand: approved, notified or contracted."""
    return reader.where("award", states=LIVE_AWARDS, tender=tender)


def not_one_of(record: Stored, states: tuple[str, ...]) -> Iterator[Facts]:
    """Objection where a record stands in none of these states."""
    if record.state not in states:
        yield {"value": record.id, "state": record.state}
