"""The table of bids that every screen starts from: checked, in canonical order, as arrays.

One row is one bid: a bidder's price in a tender. Where a tender has lots, each lot is a competition of its own, and
"tender" in this room means that competition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.integrity.bid_cells import BoolArray, Cells, FloatArray, IntArray, Severity
from supplier_eval.integrity.bid_columns import TABLE, asked_frame, find_columns

if TYPE_CHECKING:
    import pandas as pd

TextArray = npt.NDArray[np.object_]
TimeArray = npt.NDArray[np.datetime64]
Read = tuple[npt.NDArray[Any], tuple[str, ...]]
MOST_BIDS = 5_000
OF_BID = ("winner", "submitted_at", "contact", "bank", "address", "region")
OF_TENDER = ("reserve", "minimum", "date", "currency", "buyer")


@dataclass(frozen=True, eq=False)
class BidTable:
    """Bids of one or many tenders, in the order of their ids: tender, lot, bidder.

    Parameters
    ----------
    tenders, lots : tuple of str, shape (n_tenders,)
        Ids of each competition; the lot is empty where there are none.
    bidders : tuple of str, shape (n_bidders,)
        Ids, in order.
    tender, bidder : ndarray of int64, shape (n_bids,)
        Place of each bid's competition in `tenders`, and of its bidder in `bidders`; `tender` never falls.
    price : ndarray of float64, shape (n_bids,)
        Above zero and finite, in the unit of the table.
    row : ndarray of int64, shape (n_bids,)
        Row of the frame that was given, counted from 1.
    winner : ndarray of bool, shape (n_bids,), or None
        Who won; None where the table does not say.
    reserve, minimum : ndarray of float64, shape (n_tenders,), or None
        Ceiling price and abnormal line of each tender, NaN where it has none.
    submitted_at : ndarray of datetime64[us], shape (n_bids,), or None
        In UTC, NaT where not known.
    date : ndarray of datetime64[D], shape (n_tenders,), or None
        Day of the tender, NaT where not known.
    contact, bank, address, region : ndarray of str, shape (n_bids,), or None
        As ids are compared (NFKC, case folded); empty where not given.
    buyer, currency : ndarray of str, shape (n_tenders,), or None
        The same, of the tender.
    columns : mapping
        Field → column of the frame that was read.
    warnings : tuple of Finding
        What refused nothing.
    """

    tenders: tuple[str, ...]
    lots: tuple[str, ...]
    bidders: tuple[str, ...]
    tender: IntArray
    bidder: IntArray
    price: FloatArray
    row: IntArray
    winner: BoolArray | None = None
    reserve: FloatArray | None = None
    minimum: FloatArray | None = None
    submitted_at: TimeArray | None = None
    date: TimeArray | None = None
    contact: TextArray | None = None
    bank: TextArray | None = None
    address: TextArray | None = None
    region: TextArray | None = None
    buyer: TextArray | None = None
    currency: TextArray | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Finding, ...] = ()

    @cached_property
    def start(self) -> IntArray:
        """Where each tender's bids begin, and the end: shape (n_tenders + 1,)."""
        return np.searchsorted(self.tender, np.arange(len(self.tenders) + 1)).astype(np.int64)

    @cached_property
    def n_bids(self) -> IntArray:
        """Number of bids of each tender, shape (n_tenders,)."""
        return np.diff(self.start)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each competition is called: ``tender`` or ``tender/lot`` (more strokes where that is a tender's id)."""
        stroke = "/"
        while True:
            named = tuple(f"{t}{stroke}{lot}" if lot else t for t, lot in zip(self.tenders, self.lots, strict=True))
            if len(set(named)) == len(named):
                return named
            stroke += "/"

    def bids_of(self, tender: int) -> slice:
        """Rows of one tender."""
        return slice(int(self.start[tender]), int(self.start[tender + 1]))

    def __len__(self) -> int:
        return len(self.price)

    def __repr__(self) -> str:
        more = ", ".join(field for field in (*OF_BID, *OF_TENDER) if getattr(self, field) is not None)
        return (
            f"BidTable({len(self)} bids, {len(self.tenders)} tenders, {len(self.bidders)} bidders; {more or 'prices'})"
        )


def read_bids(frame: pd.DataFrame, columns: Mapping[str, str] | None = None) -> BidTable:
    """Check a table of bids and put it into canonical order.

    Parameters
    ----------
    frame : DataFrame
        One row a bid. Columns ``tender``, ``bidder`` and ``price`` are needed; ``lot``, ``winner`` (yes or no),
        ``reserve`` (ceiling price), ``minimum`` (abnormal line), ``submitted_at`` (moment with time zone), ``date``,
        ``currency``, ``contact``, ``bank``, ``address``, ``buyer`` and ``region`` are read where they are there. Other
        columns are left alone. The frame is not changed.
    columns : mapping, optional
        Field → column, where a column is called otherwise: ``{"tender": "项目编号", "price": "报价"}``.

    Returns
    -------
    BidTable
        The order of rows and columns of `frame` does not reach it, but for `row`.

    Raises
    ------
    InvalidInput
        With everything that is wrong at once: columns that are missing, prices that are missing, zero, negative,
        infinite or text, ids that are missing, the same bidder twice at the same price, figures of a tender that
        differ from row to row, moments without zone, several currencies in one tender, more than 5,000 bids in
        one. A bidder with several prices in one tender is a warning, and all of them are kept: in real records two
        companies can share an id.
    """
    given = asked_frame(frame)
    found, findings = find_columns(given, columns)
    if not len(given):
        findings.append(Finding("bid_table.empty", TABLE))
    cells = Cells(given, TABLE)
    read = {name: _read(cells, name, at) for name, at in found.items()} if len(given) else {}
    findings += cells.findings
    table: dict[str, Any] = {}
    if not any(finding.severity == "error" for finding in findings):
        table, more = _ordered(cells, found, read)
        findings += more
    if any(finding.severity == "error" for finding in findings):
        raise InvalidInput(findings, TABLE)
    return BidTable(**table, columns={name: cells.name(at) for name, at in found.items()}, warnings=tuple(findings))


def _read(cells: Cells, field: str, at: int) -> Read:
    """One column as an array; ids with their names."""
    if field in {"tender", "bidder", "lot", "currency", "contact", "bank", "address", "buyer", "region"}:
        return cells.ids(at, filled=field in {"tender", "bidder", "currency"})
    if field in {"price", "reserve", "minimum"}:
        return cells.money(at, filled=field == "price"), ()
    if field == "winner":
        return cells.yes_no(at), ()
    return (cells.moments(at) if field == "submitted_at" else cells.days(at)), ()


def _ordered(cells: Cells, found: Mapping[str, int], read: Mapping[str, Read]) -> tuple[dict[str, Any], list[Finding]]:
    """The arrays in canonical order, and what only shows when rows stand beside each other."""
    tender, tender_ids = read["tender"]
    lot, lot_ids = read.get("lot", (np.zeros(len(tender), dtype=np.int64), ("",)))
    bidder, price = read["bidder"][0], read["price"][0]
    order = np.lexsort((price, bidder, lot, tender))
    new = _changes(tender[order]) | _changes(lot[order])
    first, code = np.flatnonzero(new), np.cumsum(new) - 1
    checks = Cells(cells.frame, cells.table)
    again = ~(_changes(bidder[order]) | new)
    twice = again & ~_changes(price[order])
    _note(checks, "bid_table.duplicate", found["bidder"], order[twice])
    _note(checks, "bid_table.several_bids", found["bidder"], order[again & ~twice], severity="warning")
    checks.findings += _crowded(
        cells.name(found["tender"]), [tender_ids[at] for at in tender[order][first].tolist()], code
    )
    table: dict[str, Any] = {
        "tenders": tuple(tender_ids[at] for at in tender[order][first].tolist()),
        "lots": tuple(lot_ids[at] for at in lot[order][first].tolist()),
        "bidders": read["bidder"][1],
        "tender": code.astype(np.int64),
        "bidder": bidder[order],
        "price": price[order],
        "row": order.astype(np.int64) + 1,
    }
    for name in (*OF_BID, *OF_TENDER):
        if name not in read:
            continue
        values, names = read[name][0][order], read[name][1]
        if name in OF_TENDER:
            lead = values[first][code]
            varies = (values != lead) & ~(_void(values) & _void(lead))
            _note(checks, "bid_table.varies", found[name], order[varies])
            values = values[first]
        table[name] = np.array(names, dtype=object)[values] if names else values
    return table, checks.findings


def _crowded(column: str, tenders: list[str], code: IntArray) -> list[Finding]:
    """Tenders of so many bids that the column of tenders must be another one; their pairs alone would fill memory."""
    sizes = np.bincount(code)
    return [
        Finding(
            "bid_table.crowded", TABLE, column, value=tenders[at], facts={"count": int(sizes[at]), "most": MOST_BIDS}
        )
        for at in np.flatnonzero(sizes > MOST_BIDS).tolist()
    ]


def _changes(values: npt.NDArray[Any]) -> BoolArray:
    """Where a sorted column differs from the row before; the first row does."""
    changed = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _note(cells: Cells, code: str, at: int, rows: IntArray, severity: Severity = "error") -> None:
    wrong = np.zeros(len(cells.frame), dtype=bool)
    wrong[rows] = True
    cells.note(code, at, wrong, severity=severity)


def _void(values: npt.NDArray[Any]) -> BoolArray:
    """Where a figure or a day is missing; ids are never."""
    if values.dtype.kind == "M":
        return np.asarray(np.isnat(values))
    return np.asarray(values != values)  # noqa: PLR0124 - only NaN differs from itself
