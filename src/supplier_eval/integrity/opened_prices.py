"""From a tender to the tables that the screens read: only of bids whose price envelopes are open.

Prices are as read, before corrections, tax and adjustments: per bid the sum over the lot's items of unit price x volume
x times, or the total where no items are asked for. Items that are quoted as a discount off no stated base have no
common unit: each is then looked at as a competition of its own, with the price per 100 of its base.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput, NotOpened, UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import TOTAL_ITEM, PriceLine
from supplier_eval.integrity.bid_columns import ARGUMENTS, refuse

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Tender

HUNDRED = Decimal(100)
Row = dict[str, Any]


def opened_prices(tender: Tender, opened: object = None) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Lay out the prices of a tender's opened bids.

    Parameters
    ----------
    tender : Tender
        The tender.
    opened : iterable of str or mapping, optional
        Bids whose envelopes were opened; a mapping gives their evaluated prices too, and no envelope is touched.
        By default all bids, where the tender has one envelope only.

    Returns
    -------
    tuple of (DataFrame, DataFrame or None)
        Bids (``tender lot bidder price reserve``, ``submitted_at`` where recorded) and unit prices of their items.

    Raises
    ------
    NotOpened
        Before the technical marks are locked, where the procedure has two envelopes.
    InvalidInput
        If two envelopes ask for the bids to be named, or an opened bid has no complete price.
    UnknownName
        If a named bid does not exist.
    """
    import pandas as pd

    prices = _evaluated(tender, opened)
    if prices is not None:
        rows = [_row(tender, bid, price) for bid, price in prices.items()]
        return pd.DataFrame(rows), None
    bids = _named(tender, opened)
    lines: dict[str, list[PriceLine]] = {}
    for line in tender.open_prices(bids):
        lines.setdefault(line.bid, []).append(line)
    rows, sheet, findings = [], [], []
    for bid in bids:
        mine, units, missing = _read(tender, bid, lines.get(bid, []))
        rows += mine
        sheet += units
        if missing:
            facts = {"bid": bid, "missing": ", ".join(missing)}
            findings.append(Finding("screens.price_incomplete", "prices", value=bid, facts=facts))
    if findings:
        raise InvalidInput(findings, tender.source)
    return pd.DataFrame(rows), pd.DataFrame(sheet) if sheet else None


def _evaluated(tender: Tender, opened: object) -> dict[str, float] | None:
    """Evaluated prices by bid, where they were given."""
    if not isinstance(opened, Mapping):
        return None
    if not tender.prices_may_open:
        raise NotOpened("prices stay closed until `technical_locked` stands in tender.toml")
    known = _known(tender)
    prices = {_bid(known, bid): price for bid, price in opened.items()}
    wrong = [
        bid for bid, price in prices.items() if isinstance(price, bool) or not isinstance(price, int | float | Decimal)
    ]
    if wrong or not prices:
        refuse("screens.opened_prices", "opened", prices[wrong[0]] if wrong else opened)
    return {bid: float(price) for bid, price in sorted(prices.items())}


def _named(tender: Tender, opened: object) -> list[str]:
    known = _known(tender)
    if opened is None:
        if tender.two_envelopes and tender.prices_may_open:
            raise InvalidInput([Finding("screens.two_envelopes", ARGUMENTS, "opened")], ARGUMENTS)
        return list(known.values())
    if isinstance(opened, str) or not isinstance(opened, Iterable):
        refuse("screens.opened", "opened", opened)
    return sorted({_bid(known, bid) for bid in opened})


def _known(tender: Tender) -> dict[str, str]:
    return {id_key(bid): bid for bid in tender.bids.index}


def _bid(known: Mapping[str, str], bid: object) -> str:
    found = known.get(id_key(str(bid)))
    if found is None:
        raise UnknownName("bid", bid, known.values())
    return found


def _row(tender: Tender, bid: str, price: Decimal | float, item: str = "") -> Row:
    of = tender.bids.loc[bid]
    lot = str(of["lot"])
    ceiling = next((one.ceiling for one in tender.notice.lots if one.id == lot), None)
    named = f"{lot}/{item}" if item else lot if len(tender.lots) > 1 else ""
    reserve = None if item or ceiling is None else float(ceiling)
    return {
        "tender": tender.notice.id,
        "lot": named,
        "bidder": str(of["bidder"] or bid),
        "price": float(price),
        "reserve": reserve,
        "submitted_at": of["received"],
    }


def _read(tender: Tender, bid: str, lines: list[PriceLine]) -> tuple[list[Row], list[Row], list[str]]:
    """Rows of one bid, its unit prices, and the items that it does not price."""
    lot = str(tender.bids.loc[bid, "lot"])
    items = sorted((one for one in tender.notice.items if one.lot in {"", lot}), key=lambda one: one.id)
    by_item = {id_key(line.item): line for line in lines}
    if not items:
        total = by_item.get(TOTAL_ITEM)
        amount = None if total is None else total.amount
        return ([_row(tender, bid, amount)], [], []) if amount is not None else ([], [], [TOTAL_ITEM])
    costs = {one.id: _unit(one, by_item.get(id_key(one.id))) for one in items}
    missing = [item for item, cost in costs.items() if cost is None]
    if missing:
        return [], [], missing
    units = {one.id: cost for one in items if (cost := costs[one.id]) is not None}
    if any(one.quote == "discount" and one.base is None for one in items):
        return [_row(tender, bid, cost, item) for item, cost in units.items()], [], []
    total_price = sum((units[one.id] * _volume(one) for one in items), Decimal(0))
    row = _row(tender, bid, total_price)
    sheet = [
        {"tender": row["tender"], "lot": row["lot"], "bidder": row["bidder"], "item": item, "unit_price": float(cost)}
        for item, cost in units.items()
    ]
    return [row], sheet, []


def _unit(item: Item, line: PriceLine | None) -> Decimal | None:
    """Unit price of an item as read; of a discount the price left, per 100 where the base is not stated."""
    if line is None:
        return None
    if item.quote == "discount":
        if line.discount is None:
            return None
        return (item.base if item.base is not None else HUNDRED) * (HUNDRED - line.discount) / HUNDRED
    if line.unit_price is not None:
        return line.unit_price
    return None if line.amount is None else line.amount / item.volume


def _volume(item: Item) -> Decimal:
    return Decimal(1) if item.quote == "discount" else item.volume * item.times
