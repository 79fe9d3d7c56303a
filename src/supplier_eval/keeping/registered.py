"""What the registry knows of a tender, in the shape of a tender's tables: bids, panel, past scores (§3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from supplier_eval.errors import UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.record import Record, Stored
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_findings import make_record
from supplier_eval.registry.store_reading import Reading

FINAL = ("locked", "approved")
ONE_LOT = "1"
LOCKED = ("marks_locked", "prices_opened", "evaluated", "candidates_published", "awarded")


@dataclass(frozen=True)
class RegisteredBid:
    """A bid as it was recorded."""

    bid: str
    lot: str
    bidder: str
    name: str
    received: datetime


@dataclass(frozen=True)
class RegisteredEvaluator:
    """A seated member of the panel; `conflict_with` are the suppliers that they declared."""

    person: str
    role: str
    conflict_with: tuple[str, ...]
    declared_on: date | None


@dataclass(frozen=True)
class RegisteredTender:
    """All that the registry says of one tender.

    Parameters
    ----------
    tender, decision : Stored
        The records.
    bids : mapping
        Key of the id → bid; late and incomplete ones too. Withdrawn ones are left out, unless a result that was
        locked has ranked them: what was evaluated stays as it was.
    panel : mapping
        Key of the person → evaluator.
    past : mapping
        Key of the supplier → its last confirmed scorecard.
    """

    tender: Stored
    decision: Stored
    bids: Mapping[str, RegisteredBid]
    panel: Mapping[str, RegisteredEvaluator]
    past: Mapping[str, Stored]
    published: datetime | None
    opened: datetime | None
    marks_locked: datetime | None
    channels: tuple[str, ...]

    @property
    def lots(self) -> tuple[str, ...]:
        """Lots in the names of an evaluation: the one lot of a tender without lots is ``"1"``."""
        return tuple(self.tender.lots) or (ONE_LOT,)


def registered(registry: Registry, tender: str) -> RegisteredTender:
    """Gather what the registry knows of a tender, as of one moment.

    Raises
    ------
    UnknownName
        Where there is no such tender.
    """
    known = registry.get("tender", tender).id
    with registry.reading() as reading:
        record = _the(reading, "tender", known)
        ranked = {bid for one in reading.where("result", states=FINAL, tender=known) for bid in one.order}
        bids = [one for one in reading.where("bid", tender=known) if one.state != "withdrawn" or one.id in ranked]
        names = {one.supplier: _the(reading, "supplier", one.supplier).name for one in bids}
        cards = [card for one in sorted(names) if (card := last_scorecard(reading, one)) is not None]
        channels = reading.where("channel", states=("published",), tender=known)
        openings = reading.where("opening", states=("signed",), tender=known)
        return RegisteredTender(
            tender=record,
            decision=_the(reading, "decision", record.decision),
            bids={
                id_key(one.id): RegisteredBid(
                    one.id, one.lot or ONE_LOT, one.supplier, names[one.supplier], one.received_at
                )
                for one in bids
            },
            panel=_panel(reading, known),
            past={id_key(card.supplier): card for card in cards},
            published=min((one.published_at for one in channels if one.published_at), default=None),
            opened=min((one.opened_at for one in openings if one.opened_at), default=None),
            marks_locked=_locked(reading, record),
            channels=tuple(one.name for one in channels),
        )


def _the(reading: Reading, kind: str, key: str) -> Stored:
    """A record that is there: the store lets no reference dangle."""
    found = reading.get(kind, key)
    if found is None:
        raise UnknownName(kind, key, reading.near(kind, key))
    return found


def last_scorecard(reading: Reading, supplier: str) -> Stored | None:
    """The last confirmed scorecard of a supplier that has a score; None where there is none."""
    cards = reading.where("scorecard", states=("confirmed",), supplier=supplier)
    scored = [one for one in cards if one.score is not None]
    return max(scored, key=lambda one: (one.period_to, one.period_from, one.id), default=None)


def _panel(reading: Reading, tender: str) -> dict[str, RegisteredEvaluator]:
    declared: dict[str, list[Stored]] = {}
    for one in reading.where("conflict_declaration", tender=tender):
        declared.setdefault(one.evaluator, []).append(one)
    panel = {}
    for seat in reading.where("evaluator", states=("seated",), tender=tender):
        own = sorted(declared.get(seat.id, []), key=lambda one: (one.declared_on, one.id))
        standing = [one for one in own if one.state == "made"]  # a cleared one was found to be none
        against = tuple(dict.fromkeys(supplier for one in standing for supplier in one.conflict_with))
        on = own[-1].declared_on if own else None
        panel[id_key(seat.person)] = RegisteredEvaluator(seat.person, seat.panel_role, against, on)
    return panel


def _locked(reading: Reading, tender: Stored) -> datetime | None:
    """When the marks were locked, by the audit; None before."""
    if tender.state not in LOCKED:
        return None
    locked = [line.at for line in reading.lines_of("tender", tender.id) if line.event == "lock_marks"]
    return datetime.fromisoformat(locked[-1]) if locked else None


def plain_decimal(figure: Decimal | None) -> str:
    """A decimal as a table writes it, without exponent and idle zeros; empty for none."""
    if figure is None:
        return ""
    shown = f"{figure:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def percent(share: Decimal | None) -> Decimal | None:
    """A share of 0-1 as a percentage."""
    return None if share is None else 100 * share


def made(kind: str, **fields: Any) -> Record:  # noqa: ANN401 - any declared field
    """A record of a kind; a field that does not fit is refused in words."""
    return make_record(kind, fields)
