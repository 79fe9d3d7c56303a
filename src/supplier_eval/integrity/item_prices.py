"""The table of unit prices: one row an item of a bid, checked against the table of bids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.integrity.bid_cells import Cells, FloatArray, IntArray
from supplier_eval.integrity.bid_columns import asked_frame, find_columns
from supplier_eval.integrity.bid_table import BidTable

if TYPE_CHECKING:
    import pandas as pd

TABLE = "items"
REQUIRED = ("tender", "bidder", "item", "unit_price")
FIELDS = (*REQUIRED, "lot")


@dataclass(frozen=True, eq=False)
class ItemTable:
    """Unit prices in the order of tender, item and bidder.

    Parameters
    ----------
    tender, bidder : ndarray of int64, shape (n,)
        Places in the table of bids.
    item : ndarray of int64, shape (n,)
        Place in `items`.
    items : tuple of str
        Ids of the items.
    unit_price : ndarray of float64, shape (n,)
        Above zero.
    """

    tender: IntArray
    bidder: IntArray
    item: IntArray
    items: tuple[str, ...]
    unit_price: FloatArray

    def __repr__(self) -> str:
        return f"ItemTable({len(self.unit_price)} unit prices, {len(self.items)} items)"


def read_items(frame: pd.DataFrame, bids: BidTable, columns: Mapping[str, str] | None = None) -> ItemTable:
    """Check a table of unit prices.

    Parameters
    ----------
    frame : DataFrame
        Columns ``tender bidder item unit_price``, and ``lot`` where the bids have lots.
    bids : BidTable
        The bids that the items belong to.
    columns : mapping, optional
        Field → column.

    Returns
    -------
    ItemTable

    Raises
    ------
    InvalidInput
        With everything that is wrong: columns and figures as in `read_bids`, an item of a bid twice, and rows of
        bids that are not in the table of bids.
    """
    given = asked_frame(frame, "items")
    found, findings = find_columns(given, columns, FIELDS, REQUIRED, TABLE)
    if not len(given):
        findings.append(Finding("bid_table.empty", TABLE))
    cells = Cells(given, TABLE)
    ids = {name: cells.ids(at, name != "lot") for name, at in found.items() if name != "unit_price" and len(given)}
    price = cells.money(found["unit_price"], filled=True) if "unit_price" in found and len(given) else np.zeros(0)
    findings += cells.findings
    if not any(finding.severity == "error" for finding in findings):
        checks = Cells(given, TABLE)
        tender, bidder = _places(checks, found, ids, bids)
        item, names = ids["item"]
        order = np.lexsort((bidder, item, tender))
        keys = np.stack((tender[order], item[order], bidder[order]))
        twice = np.zeros(len(given), dtype=bool)
        twice[order[1:][(np.diff(keys) == 0).all(axis=0) & (tender[order][1:] >= 0)]] = True
        checks.note("bid_table.item_twice", found["item"], twice)
        findings += checks.findings
        if not checks.findings:
            return ItemTable(tender[order], bidder[order], item[order], names, price[order])
    raise InvalidInput(findings, TABLE)


def _places(
    cells: Cells, found: Mapping[str, int], ids: Mapping[str, tuple[IntArray, tuple[str, ...]]], bids: BidTable
) -> tuple[IntArray, IntArray]:
    """Tender and bidder of each row in the table of bids; a row of no bid is a finding."""
    tenders = {(id_key(t), id_key(lot)): at for at, (t, lot) in enumerate(zip(bids.tenders, bids.lots, strict=True))}
    bidders = {id_key(name): at for at, name in enumerate(bids.bidders)}
    tender_code, tender_names = ids["tender"]
    lot_code, lot_names = ids.get("lot", (np.zeros(len(tender_code), dtype=np.int64), ("",)))
    pair, back = np.unique(np.stack((tender_code, lot_code)), axis=1, return_inverse=True)
    keys = [(id_key(tender_names[t]), id_key(lot_names[lot])) for t, lot in pair.T.tolist()]
    tender = np.array([tenders.get(key, -1) for key in keys], dtype=np.int64)[back.ravel()]
    bidder_code, bidder_names = ids["bidder"]
    bidder = np.array([bidders.get(id_key(name), -1) for name in bidder_names], dtype=np.int64)[bidder_code]
    n = len(bids.bidders)
    known = (tender >= 0) & (bidder >= 0) & np.isin(tender * n + bidder, bids.tender * n + bids.bidder)
    cells.note("bid_table.item_of_no_bid", found["bidder"], ~known)
    return np.where(known, tender, -1), np.where(known, bidder, -1)
