"""A tender's folder held against the registry: nothing is evaluated that is not on record (§3.2.2, §3.2.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from supplier_eval.errors import Finding, InvalidTender
from supplier_eval.intake.assemble import read_tender
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.tender import Tender
from supplier_eval.keeping.registered import RegisteredTender, plain_decimal, registered
from supplier_eval.registry.cell_text import unescaped
from supplier_eval.registry.store import Registry

BIDS, EVALUATORS, PAST, NOTICE = "bids", "evaluators", "past", "tender"
PUBLISHED = ("category", "currency", "estimated_value", "term_months", "data_class")


def registered_tender(registry: Registry, tender: str, folder: str | Path) -> Tender:
    """Read a tender's folder and hold it against what the registry has on record.

    Parameters
    ----------
    registry : Registry
        The store.
    tender : str
        Id of the tender there, and in ``tender.toml``.
    folder : str or Path
        As in `read_tender`.

    Returns
    -------
    Tender
        That says of bids, their times, the panel, its conflicts, past scores, deadline, size, approvals and policy
        what the registry says.

    Raises
    ------
    UnknownName
        Where the registry has no such tender.
    InvalidTender
        With every finding: the folder's own, or each difference from the registry, its remedy beside it.
    """
    known = registered(registry, tender)
    read = read_tender(folder)
    found = list(_differences(read, known))
    if found:
        raise InvalidTender(found, str(folder))
    return read


def _differences(read: Tender, known: RegisteredTender) -> Iterator[Finding]:
    yield from _notice(read, known)
    mine = {id_key(str(bid)): row for bid, row in read.bids.iterrows()}
    yield from _absent(BIDS, "bid", {key: str(row.name) for key, row in mine.items()},
                       {key: one.bid for key, one in known.bids.items()})  # fmt: skip
    for key, row in mine.items():
        if key in known.bids:
            bid = known.bids[key]
            rows = (int(row["row"]),)
            if str(row["lot"]) != bid.lot and known.tender.lots:
                yield _other(BIDS, "lot", bid.bid, str(row["lot"]), bid.lot, rows)
            if id_key(str(row["bidder"] or "")) != id_key(bid.bidder):
                yield _other(BIDS, "bidder", bid.bid, str(row["bidder"] or "-"), bid.bidder, rows)
            if row["received"] != bid.received:
                received = "-" if row["received"] is None else row["received"].isoformat()
                yield _other(BIDS, "received", bid.bid, received, bid.received.isoformat(), rows)
    yield from _panel(read, known)
    yield from _past(read, known)


def _notice(read: Tender, known: RegisteredTender) -> Iterator[Finding]:
    notice, tender = read.notice, known.tender
    if id_key(notice.id) != id_key(tender.id):
        yield _other(NOTICE, "id", tender.id, notice.id, tender.id)
    pairs: list[tuple[str, object, object]] = [
        ("policy_fingerprint", read.policy.fingerprint, tender.policy_fingerprint),
        ("deadline", notice.deadline, tender.deadline),
        ("lots", ", ".join(read.lots), ", ".join(known.lots)),
        *((name, getattr(notice, name), getattr(tender, name)) for name in PUBLISHED),
        *((name, _minute(getattr(notice, name)), _minute(at)) for name, at in _steps(read, known)),
    ]
    for column, mine, theirs in pairs:
        if (mine or None) != (theirs or None):
            yield _other(NOTICE, column, tender.id, _said(mine), _said(theirs))
    for step in notice.approvals:
        on = getattr(known.decision, f"{step.step}_on")
        if on != step.on:
            yield _other(NOTICE, "approvals", step.step, step.on.isoformat(), _said(on))


def _steps(read: Tender, known: RegisteredTender) -> Iterator[tuple[str, datetime | None]]:
    """Moments that the folder states; the registry says when they were, to the minute."""
    for name, at in (("published", known.published), ("opened", known.opened)):
        if getattr(read.notice, name) is not None:
            yield name, at
    if read.notice.technical_locked is not None and read.two_envelopes:
        yield "technical_locked", known.marks_locked


def _minute(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC).replace(second=0, microsecond=0) if at is not None else None


def _said(value: object) -> str:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return value.isoformat() if isinstance(value, date) else str(value or "-")


def _absent(table: str, column: str, mine: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[Finding]:
    lost, strange = ([a[k] for k in a if k not in b] for a, b in ((theirs, mine), (mine, theirs)))
    if lost:
        yield Finding("keeping.not_in_folder", table, column, value=", ".join(lost))
    if strange:
        yield Finding("keeping.not_on_record", table, column, value=", ".join(strange))


def _panel(read: Tender, known: RegisteredTender) -> Iterator[Finding]:
    mine = {id_key(person): one for person, one in read.evaluators.items()}
    yield from _absent(EVALUATORS, "evaluator", {k: one.id for k, one in mine.items()},
                       {k: one.person for k, one in known.panel.items()})  # fmt: skip
    for key in sorted(mine.keys() & known.panel.keys()):
        theirs = known.panel[key]
        if mine[key].kind != theirs.role:
            yield _other(EVALUATORS, "kind", theirs.person, mine[key].kind, theirs.role)
        if set(map(id_key, mine[key].conflict_with)) != set(map(id_key, theirs.conflict_with)):
            told, kept = ("; ".join(sorted(one.conflict_with)) or "-" for one in (mine[key], theirs))
            yield _other(EVALUATORS, "conflict_with", theirs.person, told, kept)


def _past(read: Tender, known: RegisteredTender) -> Iterator[Finding]:
    mine = {id_key(bidder): one for bidder, one in read.past.items()}
    names = {id_key(bidder): bidder for bidder in read.past}
    yield from _absent(PAST, "bidder", names, {k: card.supplier for k, card in known.past.items()})
    for key in sorted(mine.keys() & known.past.keys()):
        card, told = known.past[key], mine[key]
        for column in ("score", "coverage", "lower", "upper"):
            given, kept = getattr(told, column), getattr(card, column)
            if given != kept and (column == "score" or given is not None):
                yield _other(PAST, column, card.supplier, plain_decimal(given) or "-", plain_decimal(kept) or "-")
        if unescaped(told.period) != card.period:
            yield _other(PAST, "period", card.supplier, told.period, card.period)


def _other(table: str, column: str, of: str, told: str, kept: str, rows: tuple[int, ...] = ()) -> Finding:
    return Finding("keeping.differs", table, column, rows, told, {"of": of, "kept": kept})
