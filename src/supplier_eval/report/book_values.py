"""The sheet of values: from raw figures to values on 0-100, stretched to the best where the policy says so.

Clauses of the policy (§3.1.2-§3.1.5). What a spreadsheet cannot say stands there as the figure that was computed, in
the style of a constant.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.report.book_scores import TOP, Cells, LotBook
from supplier_eval.report.formats import plain
from supplier_eval.report.grid import Sheet, address, sheet_name
from supplier_eval.report.value_cells import value_formula
from supplier_eval.report.words import words
from supplier_eval.score.block import node_value

if TYPE_CHECKING:
    from supplier_eval.policy.criteria import Criterion
    from supplier_eval.score.technical import Technical


def values_sheet(book: LotBook, marked: Cells, scored: Cells) -> tuple[Sheet, Cells]:
    """Raw figures, values on 0-100, and where the policy rescales, values stretched to the best.

    Parameters
    ----------
    book : LotBook
        The lot.
    marked, scored : mapping
        (leaf, bid) → reference to the mark that counts, and to the price score.

    Returns
    -------
    tuple
        The sheet, and (leaf, bid) → reference to the value that counts.
    """
    say, sheet, leaves = words(book.lang), book.sheet("values"), book.evaluation.tender.tree.leaves
    sheet.widths |= {0: 20, 1: 44, 2: 14, 3: 12} | dict.fromkeys(range(4, 4 + len(book.valued)), 16.0)
    technical = book.result.sheet.technical
    raw = _block(book, sheet, TOP, say["sheet.raw"])
    for i, leaf in enumerate(leaves):
        for b, bid in enumerate(book.valued):
            _put_raw(sheet, (raw + i, 4 + b), leaf, bid, technical, marked, say["value.declared"])
    first = _block(book, sheet, raw + len(leaves) + 1, say["sheet.values_block"])
    cells: Cells = {}
    for i, leaf in enumerate(leaves):
        for b, bid in enumerate(book.valued):
            at = (first + i, 4 + b)
            place = address(raw + i, 4 + b)
            _put_value(sheet, at, leaf, bid, place, technical, scored.get((leaf.id, bid)), book)
            cells[leaf.id, bid] = sheet.ref(*at)
    sheet.frozen = (0, 2)
    return sheet, _stretch(book, sheet, first, cells) if book.stretched else cells


def value_cell(book: LotBook, leaf: int, bid: int) -> str:
    """Reference to the value that counts, before the sheet of values is made: leaf and bid by their places."""
    n = len(book.evaluation.tender.tree.leaves)
    first = TOP + n + 3 + (n + 5 if book.stretched else 0)
    return Sheet(sheet_name(words(book.lang)["sheet.values"], book.number)).ref(first + leaf, 4 + bid)


def _block(book: LotBook, sheet: Sheet, row: int, title: str) -> int:
    """Head of a block with a row a leaf and a column a bid; gives the first row below it."""
    say = words(book.lang)
    sheet.heads(row, [say["column.id"], title, say["column.unit"], say["column.share"], *book.valued], 3)
    for i, leaf in enumerate(book.evaluation.tender.tree.leaves):
        sheet.line(row + 1 + i, 0, [leaf.id, book.label(leaf), plain(leaf.unit)])
        weight = float(book.result.sheet.weights[i])
        sheet.put(row + 1 + i, 3, weight, "share", f"={book.names[leaf.id]}")
    return row + 1


def _put_raw(
    sheet: Sheet,
    at: tuple[int, int],
    leaf: Criterion,
    bid: str,
    technical: Technical | None,
    marked: Cells,
    declared: str,
) -> None:
    if technical is None or leaf.source == "price" or bid not in technical.bids:
        return
    i = [each.id for each in technical.leaves].index(leaf.id)
    raw = float(technical.raw[i, technical.bids.index(bid)])
    if (leaf.id, bid) in marked:
        sheet.put(*at, raw, "figure", f"={marked[leaf.id, bid]}")
    elif (leaf.id, bid) in technical.declared:
        sheet.put(*at, declared)
    elif math.isfinite(raw):
        sheet.put(*at, raw, "input")


def _put_value(
    sheet: Sheet,
    at: tuple[int, int],
    leaf: Criterion,
    bid: str,
    raw: str,
    technical: Technical | None,
    price: str | None,
    book: LotBook,
) -> None:
    """The value before any stretching: live from the raw figure or the price score, else as computed."""
    if leaf.source == "price":
        scored = book.result.sheet
        value = float(scored.values[scored.criteria.index(leaf.id), scored.position(bid)])
        if price is not None and math.isfinite(value):
            sheet.put(*at, value, "figure", f"={price}")
        return
    if technical is None or bid not in technical.bids:
        return
    i = [each.id for each in technical.leaves].index(leaf.id)
    value = float(technical.values[i, technical.bids.index(bid)])
    if not math.isfinite(value):
        return
    formula = None if (leaf.id, bid) in technical.declared else value_formula(leaf, raw)
    sheet.put(*at, value, "figure" if formula else "constant", f"={formula}" if formula else "")


def _stretch(book: LotBook, sheet: Sheet, first: int, cells: Cells) -> Cells:
    """Value of the technical node, its best, the factor, and the values times the factor."""
    say, leaves, rows = words(book.lang), book.evaluation.tender.tree.leaves, book.stretched
    technical, weights = book.result.sheet.technical, book.result.sheet.weights
    if technical is None:
        return cells
    at = [technical.bids.index(bid) for bid in book.valued]
    node = node_value(technical.values[:, at], weights, rows)
    weighed = bool(np.any(weights[rows]))
    row = first + len(leaves) + 1
    sheet.put(row, 1, say["sheet.node"], "head")
    for b in range(len(book.valued)):
        parts = [(address(first + i, 3) if weighed else "1", address(first + i, 4 + b)) for i in rows]
        top, bottom = "+".join(f"{w}*{v}" for w, v in parts), "+".join(w for w, _ in parts)
        sheet.put(row, 4 + b, float(node[b]), "figure", f"=({top})/({bottom})")
    span = f"{address(row, 4)}:{address(row, 3 + len(book.valued))}"
    sheet.put(row + 1, 1, say["sheet.factor"], "head")
    sheet.put(row + 1, 4, book.result.sheet.factor, "figure", f"=IF(MAX({span})>0,100/MAX({span}),1)")
    factor = address(row + 1, 4, fixed=True)
    block = _block(book, sheet, row + 3, say["sheet.values_stretched"])
    counted: Cells = {}
    for i, leaf in enumerate(leaves):
        for b, bid in enumerate(book.bids):
            value = float(book.result.sheet.values[i, book.result.sheet.position(bid)])
            times = f"*{factor}" if i in rows else ""
            formula = f"={address(first + i, 4 + b)}{times}"
            counted[leaf.id, bid] = sheet.put(block + i, 4 + b, value, "figure", formula)
    return counted
