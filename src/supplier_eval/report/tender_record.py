"""What the registry holds of one tender for the file: channels, openings, panel, dissent, objections, award (§3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from supplier_eval.errors import UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.audit import Anchor
from supplier_eval.report.formats import plain

if TYPE_CHECKING:
    from datetime import tzinfo

    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.registry.record import Stored
    from supplier_eval.registry.store import Registry

KINDS = (
    *("channel", "addendum", "registration", "bid", "opening", "evaluator", "conflict_declaration"),
    *("result", "draw", "publication", "objection", "award"),
)
ONE_LOT = "1"
Agreement = Literal["same", "other_policy", "other_data", "other_order"]


@dataclass(frozen=True)
class TenderRecord:
    """The records of one tender, of one moment.

    Parameters
    ----------
    tender : Stored
        The tender.
    parts : mapping
        Kind → its records, by id.
    suppliers : mapping
        Supplier id → name.
    zone : tzinfo
        The house's time zone.
    anchor : Anchor
        The head of the audit at that moment, as it is printed.
    """

    tender: Stored
    parts: Mapping[str, tuple[Stored, ...]]
    suppliers: Mapping[str, str]
    zone: tzinfo
    anchor: Anchor

    def of(self, kind: str, states: tuple[str, ...] = ()) -> tuple[Stored, ...]:
        """Records of a kind, in these states where some are named."""
        return tuple(one for one in self.parts.get(kind, ()) if not states or one.state in states)

    def supplier(self, key: str) -> str:
        """A supplier's name with its id."""
        name = plain(self.suppliers.get(key, ""))
        return f"{name} ({plain(key)})" if name and name != plain(key) else plain(key)

    def result_of(self, lot: str) -> Stored | None:
        """The lot's last result that was not annulled."""
        standing = [one for one in self.of("result") if (one.lot or ONE_LOT) == lot and one.state != "annulled"]
        return standing[-1] if standing else None

    def objected(self, objection: Stored) -> Stored | None:
        """The result whose publication an objection is against; None where it is against the documents."""
        publications = {one.id: one for one in self.of("publication")}
        results = {one.id: one for one in self.of("result")}
        against = publications.get(objection.publication or "")
        return results.get(against.result) if against is not None else None

    @staticmethod
    def agreement(evaluation: Evaluation, result: LotResult, kept: Stored) -> Agreement:
        """Whether a result that the registry keeps is the one that is shown."""
        if kept.policy_fingerprint != evaluation.policy_fingerprint:
            return "other_policy"
        if kept.tender_fingerprint != evaluation.tender.fingerprint:
            return "other_data"
        ranking = result.ranking
        mine = tuple(id_key(bid) for bid in ranking.order if ranking.rank_of(bid))
        same = tuple(id_key(bid) for bid in kept.order) == mine
        totals = tuple(str(ranking.total_of(bid)) for bid in ranking.order if ranking.rank_of(bid))
        return "same" if same and tuple(kept.totals) == totals else "other_order"


def read_record(registry: Registry, tender: str) -> TenderRecord:
    """Read what the registry holds of a tender.

    Parameters
    ----------
    registry : Registry
        An open store.
    tender : str
        Id of the tender; that of the notice.

    Returns
    -------
    TenderRecord
        All of one view of the store, whatever is written meanwhile.

    Raises
    ------
    UnknownName
        Where the registry has no such tender.
    """
    with registry.reading() as reading:
        found = reading.get("tender", tender)
        if found is None:
            raise UnknownName("tender", tender, reading.near("tender", tender))
        parts = {kind: reading.where(kind, tender=found.id) for kind in KINDS}
        parts["dissent"] = tuple(d for one in parts["result"] for d in reading.where("dissent", result=one.id))
        known = {one.supplier for kind in ("bid", "registration", "objection") for one in parts[kind]}
        named = {key: reading.get("supplier", key) for key in sorted(known)}
        zone, anchor = ZoneInfo(registry.rules_within(reading).timezone), Anchor(*reading.head())
    return TenderRecord(found, parts, {key: one.name for key, one in named.items() if one is not None}, zone, anchor)
