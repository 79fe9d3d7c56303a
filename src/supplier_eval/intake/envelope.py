"""The price envelope: rows that are looked at only for the bids whose envelope may be opened.

Until then the file's digest is the only thing known of it; a bid below the technical threshold is never opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from supplier_eval.errors import Finding
from supplier_eval.intake.gathered import Gathered, near_facts
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.tables import PRICES, PriceLine
from supplier_eval.intake.typed import Reading, typed_records


class Sealed(Protocol):
    """Gives the raw price table when asked."""

    def __call__(self) -> tuple[RawTable | None, list[Finding]]:
        """Read the table."""


@dataclass(frozen=True)
class Envelope:
    """The sealed price table of a tender.

    Parameters
    ----------
    read : callable or None
        Gives the raw table; None where the tender has no prices.
    reading : Reading
        Declared number marks and currency.
    bids : tuple of str
        All bids of the tender.
    sealed : bool
        Whether some envelopes may have to stay closed: findings about the file then quote nothing of it.
    """

    read: Sealed | None
    reading: Reading
    bids: tuple[str, ...] = ()
    sealed: bool = True

    def open(self, bids: Sequence[str]) -> tuple[list[PriceLine], list[Finding]]:
        """Read the rows of these bids, and no others.

        Returns
        -------
        tuple of (list of PriceLine, list of Finding)
            Rows of other bids are passed over unread; a row whose bid does not exist at all is a finding.
        """
        if self.read is None:
            return [], [Finding("prices.missing_table", "prices")]
        raw, findings = self.read()
        if raw is None or any(f.severity == "error" for f in findings):
            return [], self._told(findings)
        findings = self._told(findings)
        opened, strays = self._of(raw, bids)
        records, more = typed_records(opened, PRICES, self.reading)
        lines = [PriceLine(**{name: record[name] for name in PRICES.names}, row=record["row"]) for record in records]
        return lines, [*findings, *strays, *more]

    def _told(self, findings: list[Finding]) -> list[Finding]:
        """Findings about the whole file; of a file with closed rows nothing is quoted."""
        return [replace(found, value="") for found in findings] if self.sealed else findings

    def _of(self, raw: RawTable, bids: Sequence[str]) -> tuple[RawTable, list[Finding]]:
        if "bid" not in raw.columns:
            return raw, []
        wanted = {id_key(bid): bid for bid in bids}
        known = {id_key(bid) for bid in self.bids}
        keys = [id_key(normalise_id(cell)) for cell in raw.cells("bid")]
        rows, numbers = raw.rows, raw.row_numbers
        kept = [i for i, key in enumerate(keys) if key in wanted]
        blank = tuple(numbers[i] for i, key in enumerate(keys) if not key)
        nobodys = [Finding("prices.bid.blank", "prices", "bid", blank)] if blank else []
        strays = [i for i, key in enumerate(keys) if key and key not in known]
        at = raw.columns.index("bid")
        spelled = [
            tuple(wanted.get(keys[i], cell) if c == at else cell for c, cell in enumerate(rows[i])) for i in kept
        ]
        part = RawTable(
            raw.name, raw.source, raw.columns, tuple(spelled), tuple(numbers[i] for i in kept), raw.encoding
        )
        if not strays or not known:
            return part, nobodys
        spellings = {id_key(bid): bid for bid in self.bids}
        g = Gathered("prices")
        for i in strays:
            g.add(
                "prices.bid.unknown", "bid", numbers[i], rows[i][at], where="bids", **near_facts(rows[i][at], spellings)
            )
        return part, [*nobodys, *g.findings()]
