"""What is wrong with one row of a price sheet; every cell amiss is a finding, and none is repaired."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from supplier_eval.errors import Finding
from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import TOTAL_ITEM, PriceLine
from supplier_eval.messages import Names
from supplier_eval.score.amount_words import read_amount_words
from supplier_eval.score.minor_units import plain

__all__ = ["discount_problems", "line_finding", "price_problems", "told_together", "unknown_item"]

MOST_PLACES = 20
FIGURES = ("quantity", "unit_price", "amount", "opening_amount")
EMPTY_LINES = ("prices.amount.missing", "prices.discount.missing")
PRICES = ("unit_price", "amount", "opening_amount", "amount_words")


def price_problems(line: PriceLine, item: Item | None, name: str) -> Iterator[Finding]:
    """What is wrong with a line that should hold a price."""
    yield from _unusable(line)
    if line.discount is not None:
        yield line_finding("prices.discount.not_asked", "discount", line.bid, line, plain(line.discount), item=name)
    if not _filled(line):
        yield line_finding("prices.amount.missing", "amount", line.bid, line, name)
    elif item is not None and item.volume != 1 and line.unit_price is None and line.quantity is None:
        facts = {"volume": plain(item.volume)}
        yield line_finding("prices.unit_price.missing", "unit_price", line.bid, line, name, **facts)


def discount_problems(line: PriceLine, item: Item) -> Iterator[Finding]:
    """What is wrong with a line that should hold a discount."""
    extra = _filled(line)
    if line.quantity is not None and not (line.quantity.is_finite() and line.quantity == item.volume):
        extra.append("quantity")
    if extra:
        yield line_finding("prices.price.not_asked", extra[0], line.bid, line, item.id)
    if line.discount is None:
        yield line_finding("prices.discount.missing", "discount", line.bid, line, item.id)
    elif not line.discount.is_finite() or not 0 <= line.discount < 100:
        yield line_finding("prices.discount.outside", "discount", line.bid, line, str(line.discount), item=item.id)


def told_together(findings: Iterable[Finding]) -> list[Finding]:
    """The same findings; lines without a price are told in one of each kind, with all rows, bids and items."""
    kept: list[Finding] = []
    empty: dict[str, list[Finding]] = {}
    for found in findings:
        if found.code in EMPTY_LINES:
            empty.setdefault(found.code, []).append(found)
        else:
            kept.append(found)
    for alike in empty.values():
        rows = tuple(sorted({row for found in alike for row in found.rows}))
        items = ", ".join(dict.fromkeys(found.value for found in alike))
        bids = Names(dict.fromkeys(str(found.facts["bid"]) for found in alike))
        kept.append(replace(alike[0], rows=rows, value=items, facts={**alike[0].facts, "bid": bids}))
    return kept


def _filled(line: PriceLine) -> list[str]:
    """The price columns in which something stands."""
    cells = {column: getattr(line, column) for column in PRICES}
    return [column for column, cell in cells.items() if cell is not None and str(cell).strip()]


def _unusable(line: PriceLine) -> Iterator[Finding]:
    """Figures that are not finite amounts above zero, and words that cannot be read."""
    for column in FIGURES:
        figure = getattr(line, column)
        if figure is not None:
            yield from _check_figure(line, column, figure, str(figure))
    if line.amount_words.strip():
        words = read_amount_words(line.amount_words)
        if words is None:
            yield line_finding("prices.amount_words.unreadable", "amount_words", line.bid, line, line.amount_words)
        else:
            yield from _check_figure(line, "amount_words", words, line.amount_words)


def _check_figure(line: PriceLine, column: str, figure: Decimal, shown: str) -> Iterator[Finding]:
    if not figure.is_finite() or figure <= 0:
        yield line_finding("prices.value.not_positive", column, line.bid, line, shown)
    elif not -MOST_PLACES <= figure.adjusted() < MOST_PLACES:
        yield line_finding("prices.value.unusable", column, line.bid, line, shown)


def unknown_item(line: PriceLine, items: Iterable[str]) -> Finding:
    """An item that the notice does not list, with the nearest that it does."""
    known = [*items, TOTAL_ITEM]
    if known == [TOTAL_ITEM]:
        return line_finding("prices.item.not_listed", "item", line.bid, line, line.item)
    near = difflib.get_close_matches(line.item, known, n=1, cutoff=0.0)
    facts = {"known": Names(known), "near": near[0] if near else known[0]}
    return line_finding("prices.item.unknown", "item", line.bid, line, line.item, **facts)


def line_finding(
    code: str, column: str, bid: str, line: PriceLine | None = None, value: str = "", **facts: object
) -> Finding:
    """A finding about one bid's prices, with the row if there is one."""
    rows = (line.row,) if line is not None and line.row else ()
    return Finding(code, "prices", column, rows, value, {"bid": bid, **facts})
