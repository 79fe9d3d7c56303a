"""Who bids: how a bidder's id is spelled, and names that could be taken for one another (convention §12)."""

from __future__ import annotations

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key, look_alikes, normalise_id
from supplier_eval.intake.typed import Record


def bidders_of(records: list[Record]) -> dict[str, str]:
    """Key → bidder id, spelled as in the bid that comes first by id."""
    spelled: dict[str, str] = {}
    for r in sorted(records, key=lambda r: (id_key(r["bid"]), r["bid"])):
        name = r["bidder"] or r["bid"]
        if name:
            spelled.setdefault(id_key(name), name)
    return spelled


def name_findings(records: list[Record]) -> list[Finding]:
    """Warn of ids and names that look alike, and of one name under two bidders of a lot."""
    return _look_alikes(records) + _same_names(records)


def _look_alikes(records: list[Record]) -> list[Finding]:
    found = []
    for column in ("bid", "name"):
        texts = {normalise_id(r[column]): r["row"] for r in records if r[column]}
        for one, other in look_alikes(texts):
            facts, rows = {"one": one, "other": other}, (texts[one], texts[other])
            found.append(Finding("bids.look_alike", "bids", column, rows, one, facts, severity="warning"))
    return found


def _same_names(records: list[Record]) -> list[Finding]:
    found = []
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for r in records:
        bidder = id_key(r["bidder"] or r["bid"])
        first, row = seen.setdefault((id_key(r["lot"]), id_key(r["name"])), (bidder, r["row"]))
        if r["name"] and first != bidder:
            code, facts = "bids.name.twice_in_lot", {"first": row}
            found.append(Finding(code, "bids", "name", (r["row"],), r["name"], facts, severity="warning"))
    return found
