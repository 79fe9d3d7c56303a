"""Quality that a price formula reads, on the sheet of prices: its weights, and the figure of each bid (§3.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.report.book_scores import TOP, LotBook, node_rows
from supplier_eval.report.book_values import value_cell
from supplier_eval.report.grid import Sheet, address, sheet_name
from supplier_eval.report.words import words
from supplier_eval.score.block import node_value
from supplier_eval.score.price import PRICE_FORMULAS
from supplier_eval.score.price_stage import price_rows

if TYPE_CHECKING:
    from supplier_eval.policy.criteria import Criterion


def reads_quality(leaf: Criterion) -> bool:
    """Whether the price formula of a criterion takes a figure of each bid beside its price."""
    return leaf.price is not None and any(one.per_bid for one in PRICE_FORMULAS[leaf.price.formula].parameters)


def quality_columns(book: LotBook, sheet: Sheet, at: tuple[int, int], leaf: Criterion) -> int:
    """Write the weights below the prices, and the quality of every scored bid in its column.

    Parameters
    ----------
    book : LotBook
        A lot whose prices are scored.
    sheet : Sheet
        Of prices; filled further.
    at : tuple of (int, int)
        First free row for the weights, and the column of the quality.
    leaf : Criterion
        A price criterion.

    Returns
    -------
    int
        The next free row.
    """
    say, scored = words(book.lang), book.result.sheet
    leaves = book.evaluation.tender.tree.leaves
    row, column = at
    fed = next(r for r in price_rows(book.evaluation.tender, scored.lot) if leaves[r.row].id == leaf.id).quality
    heads = (say["column.id"], say["sheet.quality_weights"].format(criterion=book.label(leaf)), say["column.weight"])
    sheet.heads(row, heads, 2)
    weights: dict[int, str] = {}
    for place, (i, weight) in enumerate(fed.items(), start=row + 1):
        sheet.line(place, 0, [leaves[i].id, book.label(leaves[i])])
        sheet.put(place, 2, weight, "figure", f"={_weight(book, leaf, leaves[i])}")
        weights[i] = address(place, 2, fixed=True)
    figures = node_value(scored.values[list(fed)], list(fed.values()), range(len(fed)))
    for b, bid in enumerate(book.bids):
        top = "+".join(f"{weight}*{value_cell(book, i, b)}" for i, weight in weights.items())
        cached = float(figures[scored.position(bid)])
        sheet.put(TOP + 1 + b, column, cached, "figure", f"=({top})/({'+'.join(weights.values())})")
    return row + len(fed) + 2


def _weight(book: LotBook, price: Criterion, leaf: Criterion) -> str:
    """Weight of a leaf among those that are read; where these weigh nothing in the whole, its share of its node."""
    tree = book.evaluation.tender.tree
    name = words(book.lang)["sheet.weights"]
    rows = node_rows(book.evaluation)
    page = Sheet(sheet_name(name))
    named = price.price.quality_from if price.price is not None else ()
    tops = named or tuple(
        root.id for root in tree.roots if not any(below.source == "price" for below in tree.leaves_below(root.id))
    )
    path, top = [leaf.id], leaf.id
    while top not in tops:
        top = tree[top].parent
        path.append(top)
    parts = [f"{page.ref(rows[node], 2)}/{page.ref(rows[node], 3)}" for node in path[:-1]]
    whole = "+".join(page.ref(rows[node], 4) for node in tops)
    return f"IF({whole}>0,{book.names[leaf.id]},{'*'.join(parts) or '1'})"
