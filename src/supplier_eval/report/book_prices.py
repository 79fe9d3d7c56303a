"""The sheet of prices: the ladder of every opened bid, items, and the price scores as live formulas (§3.1.4)."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from supplier_eval.report.book_quality import quality_columns, reads_quality
from supplier_eval.report.book_scores import TOP, Cells, LotBook
from supplier_eval.report.grid import Sheet, Style, address, exact
from supplier_eval.report.tables import RUNGS
from supplier_eval.report.value_cells import price_formula_cells
from supplier_eval.report.words import words
from supplier_eval.score.readiness import leaf_parameters

if TYPE_CHECKING:
    from supplier_eval.policy.criteria import Criterion
    from supplier_eval.score.evaluated_price import EvaluatedPrices

FIRST_RUNG = 2
SCORED = FIRST_RUNG + RUNGS.index("scored")
EVALUATED = FIRST_RUNG + RUNGS.index("evaluated")


def prices_sheet(book: LotBook, prices: EvaluatedPrices) -> tuple[Sheet, Cells, dict[str, str]]:
    """Write the ladder, items and scores of the bids whose envelopes were opened.

    Returns
    -------
    tuple
        The sheet; (price leaf, bid) → reference to its score; bid → reference to its evaluated price.
    """
    say, sheet = words(book.lang), book.sheet("prices")
    items = [item for item in book.evaluation.tender.notice.items_of(book.result.lot) if _quoted(prices, item.id)]
    leaves = [leaf for leaf in book.evaluation.tender.tree.leaves if leaf.price is not None]
    read = {name for leaf in leaves if leaf.price is not None for name in leaf.price.items}
    unit = book.evaluation.tender.policy.currency
    heads = [say["column.bid"], say["column.bidder"]]
    heads += [say["column.with_unit"].format(name=say[f"rung.{rung}"], unit=unit) for rung in RUNGS]
    heads += [item.name.say(book.lang) or item.id for item in items]
    heads += [say[f"sheet.{key}"].format(criterion=book.label(leaf)) for leaf in leaves for key in _columns(leaf)]
    sheet.heads(TOP, heads, 2)
    sheet.widths |= {0: 16, 1: 40} | dict.fromkeys(range(2, len(heads)), 17.0)
    first, inside = TOP + 1, list(book.bids)
    outside = [bid for bid in prices.evaluated if bid not in inside]
    evaluated: dict[str, str] = {}
    for row, bid in enumerate([*inside, *outside], start=first):
        sheet.line(row, 0, [bid, book.result.qualification.names[bid]], "text" if bid in inside else "note")
        reference = _ladder(book, sheet, row, bid, prices)
        if reference is not None:
            evaluated[bid] = reference
        for i, item in enumerate(items):
            price = prices.items.get(bid, {}).get(item.id)
            style: Style = "input_money" if item.id in read and bid in inside else "money"
            sheet.put(row, SCORED + 1 + i, float(price) if price is not None else None, style)
    cells: Cells = {}
    if book.result.ranking.stopped is None:
        at = {item.id: SCORED + 1 + i for i, item in enumerate(items)}
        column, below = SCORED + 1 + len(items), first + len(inside) + len(outside) + 1
        for leaf in leaves:
            cells |= _scores(book, sheet, column, leaf, at)
            if reads_quality(leaf):
                below = quality_columns(book, sheet, (below, column + 1), leaf)
            column += len(_columns(leaf))
    sheet.frozen = (TOP + 1, 2)
    return sheet, cells, evaluated


def _columns(leaf: Criterion) -> tuple[str, ...]:
    """What stands of a price criterion, column by column."""
    return ("offered", "quality", "score") if reads_quality(leaf) else ("offered", "score")


def _quoted(prices: EvaluatedPrices, item: str) -> bool:
    return any(item in mine for mine in prices.items.values())


def _ladder(book: LotBook, sheet: Sheet, row: int, bid: str, prices: EvaluatedPrices) -> str | None:
    """The rungs of one bid as figures, the deduction as a formula; the reference to the evaluated price."""
    for i, rung in enumerate(RUNGS):
        figure: Decimal | None = getattr(prices, rung)[bid]
        if figure is None:
            continue
        formula = ""
        style: Style = "input_money" if rung == "evaluated" and bid in book.bids else "money"
        if rung == "scored":
            share = _deduction(book, bid)
            source = address(row, EVALUATED)
            places = book.evaluation.tender.policy.minor_units
            formula = f"=ROUND({source}*(1-{exact(float(share))}),{places})" if share else f"={source}"
        sheet.put(row, FIRST_RUNG + i, float(figure), style, formula)
    return sheet.ref(row, EVALUATED) if prices.evaluated[bid] is not None else None


def _deduction(book: LotBook, bid: str) -> Decimal:
    """The share that counts off the price of a small business; nothing for others."""
    small = bool(book.evaluation.tender.bids.loc[bid, "small_business"])
    return book.evaluation.tender.policy.price.small_business_deduction if small else Decimal(0)


def _scores(book: LotBook, sheet: Sheet, column: int, leaf: Criterion, items: dict[str, int]) -> Cells:
    """One price criterion: the price that is scored, and its score, bid by bid."""
    if leaf.price is None:
        return {}
    first, last = TOP + 1, TOP + len(book.bids)
    span, read = (f"{address(first, c, fixed=True)}:{address(last, c, fixed=True)}" for c in (column, column + 1))
    place = column + len(_columns(leaf)) - 1
    scored = book.result.sheet
    notice = book.evaluation.tender.notice
    known = {item.id: item for item in notice.items_of(book.result.lot)}
    stated = leaf_parameters(leaf, known, notice.lot(book.result.lot), notice.drawn)
    cells: Cells = {}
    for row, bid in enumerate(book.bids, start=first):
        value = float(scored.values[scored.criteria.index(leaf.id), scored.position(bid)])
        offered = _offered(book, bid, leaf)
        if offered is None or not math.isfinite(value):
            continue
        keep = exact(float(1 - _deduction(book, bid)))
        parts = "+".join(address(row, items[name]) for name in leaf.price.items if name in items)
        source = f"=({parts})*{keep}" if parts else f"={address(row, SCORED)}"
        sheet.put(row, column, float(offered), "money", source)
        quality = (address(row, column + 1), read) if reads_quality(leaf) else None
        formula = price_formula_cells(leaf.price.formula, address(row, column), span, stated, quality)
        style: Style = "figure" if formula else "constant"
        cells[leaf.id, bid] = sheet.put(row, place, value, style, f"={formula}" if formula else "")
    return cells


def _offered(book: LotBook, bid: str, leaf: Criterion) -> Decimal | None:
    """The price that a criterion scores: the whole, or some items, after the small-business deduction."""
    prices = book.result.sheet.prices
    if prices is None or leaf.price is None:
        return None
    if not leaf.price.items:
        return prices.scored.get(bid)
    mine = prices.items.get(bid, {})
    if any(name not in mine for name in leaf.price.items):
        return None
    return sum((mine[name] for name in leaf.price.items), Decimal(0)) * (1 - _deduction(book, bid))
