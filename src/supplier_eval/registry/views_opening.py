"""The record of an opening as it is signed: tender, bids, witnesses, what was read out, and the head of the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang, message
from supplier_eval.registry.audit import Anchor
from supplier_eval.registry.record import Stored
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.registry.store import Registry


@dataclass(frozen=True, repr=False)
class OpeningRecord(Shown):
    """What witnesses sign (§3.2.2, §3.2.4).

    Parameters
    ----------
    opening, tender : Stored
        The opening and its tender.
    bids : tuple of Stored
        Bids that the opening lists, in its order; before it lists any, all of the tender by id.
    suppliers : mapping of str to str
        Supplier's id → name.
    anchor : Anchor
        Head of the audit when the record was printed: whoever holds the paper can tell whether the audit was cut off
        or rewritten up to it.
    """

    opening: Stored
    tender: Stored
    bids: tuple[Stored, ...]
    suppliers: Mapping[str, str]
    anchor: Anchor

    def to_frame(self) -> pd.DataFrame:
        """One row a bid: bid, lot, supplier, name, received_at (UTC), state, digest, price_read."""
        import pandas as pd

        columns = ["bid", "lot", "supplier", "name", "received_at", "state", "digest", "price_read"]
        rows = [
            (b.id, b.lot, b.supplier, self.suppliers[b.supplier], b.received_at, b.state, b.digest, b.price_read)
            for b in self.bids
        ]
        return pd.DataFrame(rows, columns=columns)

    def explain(self, lang: Lang = "en") -> str:
        """The opening in a sentence."""
        facts = {"id": self.opening.id, "tender": self.tender.id, "bids": len(self.bids), "anchor": self.anchor}
        return message("registry.opening", lang, witnesses=len(self.opening.witnesses), **facts)

    def __repr__(self) -> str:
        return f"OpeningRecord({self.opening.id!r}, {len(self.bids)} bids)"


def opening_record(registry: Registry, opening: str) -> OpeningRecord:
    """Read the record of an opening, all of it from one view of the store.

    Parameters
    ----------
    registry : Registry
        Open.
    opening : str
        Its id, however spelled.

    Returns
    -------
    OpeningRecord
        To be printed and signed.

    Raises
    ------
    UnknownName
        Where there is no such opening.
    """
    with registry.reading() as reading:
        found = reading.get("opening", opening)
        if found is None:
            raise reading.unknown("opening", opening)
        tender = reading.get("tender", found.tender)
        of_tender = {bid.id: bid for bid in reading.where("bid", tender=found.tender)}
        bids = [of_tender[name] for name in found.bids if name in of_tender] or list(of_tender.values())
        names: dict[str, str] = {}
        for bid in bids:
            supplier = reading.get("supplier", bid.supplier)
            names[bid.supplier] = supplier.name if supplier is not None else bid.supplier
        anchor = Anchor(*reading.head())
    if tender is None:
        raise UnknownName("tender", found.tender, ())
    return OpeningRecord(found, tender, tuple(bids), MappingProxyType(names), anchor)
