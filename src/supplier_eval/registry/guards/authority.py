"""Whether a person may decide or sign for an amount on a day: one answer for all who ask (§4.1.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from supplier_eval.errors import Finding
from supplier_eval.registry.lifecycle import Guard, Reader, Situation
from supplier_eval.registry.record import Stored

AmountOf = Callable[[Situation], tuple[Decimal | None, str]]


def authorities(reader: Reader, person: str, act: str) -> tuple[Stored, ...]:
    """All authorities of a person for an act, those that were revoked too."""
    return reader.where("authority", person=person, act=act)


def last_day(authority: Stored) -> date:
    """The last day on which an authority holds; a revocation cuts it short from its own day on."""
    until: date = authority.valid_until
    if authority.state == "revoked" and authority.revoked_on is not None:
        until = min(until, authority.revoked_on - timedelta(days=1))
    return until


def covers(authority: Stored, amount: Decimal, currency: str, day: date) -> bool:
    """Whether one authority reaches this amount, in this currency, on this day."""
    return bool(
        authority.currency == currency
        and abs(amount) <= authority.up_to
        and authority.valid_from <= day <= last_day(authority)
    )


def authorised(code: str, clause: str, act: str, who: str, day: str, amount: AmountOf) -> Guard:
    """Guard: the person in `who` holds an authority for the act, the amount and the day in `day`.

    Parameters
    ----------
    code, clause : str
        Of the finding; its words quote `{value}` (the person), `{amount}`, `{currency}`, `{day}` and `{held}` (what
        stands on record for that person and act).
    act : str
        ``sign_contract``, ``approve_change``, …
    who, day : str
        Fields of the record.
    amount : callable
        Situation → amount and currency; an amount of None asks nothing (another finding says that it is missing).
    """

    def check(situation: Situation) -> Iterator[Finding]:
        person, on = getattr(situation.record, who), getattr(situation.record, day)
        asked, currency = amount(situation)
        if person is None or on is None or asked is None:
            return
        held = authorities(situation.reader, person, act)
        if not any(covers(known, asked, currency, on) for known in held):
            shown = "; ".join(
                f"≤ {known.up_to} {known.currency}, {known.valid_from} – {last_day(known)}" for known in held
            )
            facts = {"amount": str(asked), "currency": currency, "day": str(on), "held": shown or "-"}
            yield Finding(code, situation.record.kind, who, value=person, facts=facts)

    return Guard(code, clause, check)
