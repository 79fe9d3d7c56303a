"""Sheets of weights, marks, prices and values: from raw figures to values on 0-100, with live formulas (§3.1.2-§3.1.5).

What a spreadsheet cannot say stands there as the figure that was computed, in the style of a constant.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.messages import Lang
from supplier_eval.report.formats import plain
from supplier_eval.report.grid import Sheet, address, defined_names, rounded, sheet_name
from supplier_eval.report.tables_detail import member_label
from supplier_eval.report.value_cells import value_formula
from supplier_eval.report.words import words
from supplier_eval.score.block import node_value

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.policy.criteria import Criterion
    from supplier_eval.score.technical import Technical

TOP = 3  # first row below title and remark
Cells = dict[tuple[str, str], str]  # (leaf, bid) → reference


@dataclass(frozen=True)
class LotBook:
    """What the sheets of one lot share.

    Parameters
    ----------
    evaluation, result : Evaluation, LotResult
        What is written down.
    number : int or None
        Tells the sheets of several lots apart.
    names : mapping
        Leaf → defined name of its weight.
    """

    evaluation: Evaluation
    result: LotResult
    number: int | None
    names: dict[str, str]
    lang: Lang

    @property
    def bids(self) -> tuple[str, ...]:
        """Bids that are scored, in canonical order."""
        sheet = self.result.sheet
        return tuple(bid for bid, ok in zip(sheet.bids, sheet.eligible, strict=True) if ok)

    def sheet(self, kind: str) -> Sheet:
        """A new sheet with its title and what it shows."""
        say = words(self.lang)
        made = Sheet(sheet_name(say[f"sheet.{kind}"], self.number))
        lot = say["text.lot"].format(lot=plain(self.result.lot))
        head(made, f"{say[f'sheet.{kind}']}, {lot}", say[f"sheet.{kind}_note"], self.result.ranking.standing, self.lang)
        return made

    def label(self, leaf: Criterion) -> str:
        """A criterion's name."""
        return plain(leaf.name.say(self.lang) or leaf.id)


def head(sheet: Sheet, title: str, note: str, standing: str, lang: Lang) -> None:
    """Title and remark of a sheet; an exploratory result says so in red."""
    say = words(lang)
    sheet.put(0, 0, title, "title")
    if standing != "binding":
        sheet.put(0, 4, f"{say['standing.watermark']}{say['text.colon']}{say['page.exploratory_short']}", "warn")
    sheet.put(1, 0, note, "note")


def weights_sheet(evaluation: Evaluation, lang: Lang) -> tuple[Sheet, dict[str, str], dict[str, str]]:
    """Points within each node and shares of the whole; every leaf's share has a defined name.

    Returns
    -------
    tuple
        The sheet; leaf → defined name; defined name → reference.
    """
    say, tree, policy = words(lang), evaluation.tender.tree, evaluation.tender.policy
    sheet = Sheet(sheet_name(say["sheet.weights"]), widths={0: 24, 1: 40, 2: 12, 3: 12, 4: 16, 5: 24, 6: 12})
    head(sheet, say["sheet.weights"], say["sheet.weights_note"], evaluation.standing, lang)
    heads = ("id", "criterion", "weight", "of", "share", "name", "clause")
    sheet.line(TOP, 0, [say[f"column.{name}"] for name in heads], "head")
    names = defined_names(leaf.id for leaf in tree.leaves)
    references: dict[str, str] = {}
    shares: dict[str, str] = {}
    row = TOP + 1
    for node in _in_tree_order(evaluation):
        above = tree[node.parent].total if node.parent else policy.total
        sheet.line(row, 0, [node.id, "\u2003" * (len(tree.path(node.id)) - 1) + plain(node.name.say(lang) or node.id)])
        sheet.put(row, 2, float(node.weight), "input")
        sheet.put(row, 3, float(above), "input")
        part = f"{address(row, 2)}/{address(row, 3)}"
        formula = f"={part}*{shares[node.parent]}" if node.parent else f"={part}"
        share = float(tree.exact_weight(node.id, policy.total))
        sheet.put(row, 4, share, "share", formula)
        shares[node.id] = address(row, 4)
        if node.id in names:
            sheet.put(row, 5, names[node.id])
            references[names[node.id]] = sheet.span((row, 4), (row, 4)).split(":", maxsplit=1)[0]
        sheet.put(row, 6, node.clause)
        row += 1
    sheet.frozen = (TOP + 1, 2)
    return sheet, names, references


def _in_tree_order(evaluation: Evaluation, above: str = "") -> list[Criterion]:
    found = []
    for child in evaluation.tender.tree.children(above):
        found += [child, *_in_tree_order(evaluation, child.id)]
    return found


def marks_sheet(book: LotBook, technical: Technical) -> tuple[Sheet, Cells]:
    """Raw marks of every member, and the mark that counts as a live formula by the policy's rule."""
    say, panel, rule = words(book.lang), technical.panel, book.evaluation.tender.policy.panel
    sheet, n = book.sheet("marks"), len(technical.panel.members)
    sheet.widths |= {0: 18, 1: 34, 2: 14, 3: 26, 4 + n: 16} | dict.fromkeys(range(4, 4 + n), 16.0)
    members = [member_label(m, book.evaluation.tender.evaluators) for m in panel.members]
    names = ("id", "criterion", "bid", "bidder")
    sheet.line(TOP, 0, [*(say[f"column.{name}"] for name in names), *members, say["column.mark"]], "head")
    cells: Cells = {}
    row = TOP + 1
    places = book.evaluation.tender.policy.rounding.mark
    for c, leaf in enumerate(panel.leaves):
        for b, bid in enumerate(panel.bids):
            sheet.line(row, 0, [leaf.id, book.label(leaf), bid, book.result.qualification.names[bid]])
            for m in range(n):
                mark = float(panel.marks[m, c, b])
                sheet.put(row, 4 + m, mark if math.isfinite(mark) else None, "input")
            span = f"{address(row, 4)}:{address(row, 3 + n)}"
            formula = "=" + rounded(_aggregate(span, rule.aggregation, rule.trim), places)
            cells[leaf.id, bid] = sheet.put(row, 4 + n, float(panel.raw[c, b]), "figure", formula)
            row += 1
    sheet.frozen = (TOP + 1, 4)
    return sheet, cells


def _aggregate(span: str, rule: str, trim: int) -> str:
    """One mark of several, by the panel rule."""
    if rule == "median":
        return f"MEDIAN({span})"
    if rule == "trimmed_mean":
        ends = "".join(f"-LARGE({span},{k})-SMALL({span},{k})" for k in range(1, trim + 1))
        return f"(SUM({span}){ends})/(COUNT({span})-{2 * trim})"
    return f"AVERAGE({span})"


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
    sheet.widths |= {0: 20, 1: 36, 2: 13, 3: 12} | dict.fromkeys(range(4, 4 + len(book.bids)), 16.0)
    technical = book.result.sheet.technical
    raw = _block(book, sheet, TOP, say["sheet.raw"])
    for i, leaf in enumerate(leaves):
        for b, bid in enumerate(book.bids):
            _put_raw(sheet, (raw + i, 4 + b), leaf, bid, technical, marked, say["value.declared"])
    first = _block(book, sheet, raw + len(leaves) + 1, say["sheet.values_block"])
    cells: Cells = {}
    for i, leaf in enumerate(leaves):
        for b, bid in enumerate(book.bids):
            at = (first + i, 4 + b)
            place = address(raw + i, 4 + b)
            _put_value(sheet, at, leaf, bid, place, technical, scored.get((leaf.id, bid)), book)
            cells[leaf.id, bid] = sheet.ref(*at)
    stretched = _technical_rows(book)
    if stretched and not book.result.ranking.stopped:
        return sheet, _stretch(book, sheet, first, stretched, cells)
    sheet.frozen = (0, 2)
    return sheet, cells


def _block(book: LotBook, sheet: Sheet, row: int, title: str) -> int:
    """Head of a block with a row a leaf and a column a bid; gives the first row below it."""
    say = words(book.lang)
    sheet.line(row, 0, [say["column.id"], title, say["column.unit"], say["column.share"], *book.bids], "head")
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
        sheet.put(*at, declared, "note")
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


def _technical_rows(book: LotBook) -> list[int]:
    """Leaves that the policy stretches to the best; none where it does not."""
    tree, rule = book.evaluation.tender.tree, book.evaluation.tender.policy.procedure.technical
    below = {leaf.id for name in rule.criteria for leaf in tree.leaves_below(name)}
    return [i for i, leaf in enumerate(tree.leaves) if leaf.id in below] if rule.rescale_to_best else []


def _stretch(book: LotBook, sheet: Sheet, first: int, rows: list[int], cells: Cells) -> Cells:
    """Value of the technical node, its best, the factor, and the values times the factor."""
    say, leaves = words(book.lang), book.evaluation.tender.tree.leaves
    technical, weights = book.result.sheet.technical, book.result.sheet.weights
    if technical is None:
        return cells
    at = [technical.bids.index(bid) for bid in book.bids]
    node = node_value(technical.values[:, at], weights, rows)
    weighed = bool(np.any(weights[rows]))
    row = first + len(leaves) + 1
    sheet.put(row, 1, say["sheet.node"], "head")
    for b in range(len(book.bids)):
        parts = [(address(first + i, 3) if weighed else "1", address(first + i, 4 + b)) for i in rows]
        top, bottom = "+".join(f"{w}*{v}" for w, v in parts), "+".join(w for w, _ in parts)
        sheet.put(row, 4 + b, float(node[b]), "figure", f"=({top})/({bottom})")
    best = float(np.max(node))
    span = f"{address(row, 4)}:{address(row, 3 + len(book.bids))}"
    sheet.put(row + 1, 1, say["sheet.factor"], "head")
    sheet.put(row + 1, 4, 100.0 / best if best > 0 else 1.0, "figure", f"=IF(MAX({span})>0,100/MAX({span}),1)")
    factor = address(row + 1, 4, fixed=True)
    block = _block(book, sheet, row + 3, say["sheet.values_stretched"])
    counted: Cells = {}
    for i, leaf in enumerate(leaves):
        for b, bid in enumerate(book.bids):
            value = float(book.result.sheet.values[i, book.result.sheet.position(bid)])
            times = f"*{factor}" if i in rows else ""
            formula = f"={address(first + i, 4 + b)}{times}"
            counted[leaf.id, bid] = sheet.put(block + i, 4 + b, value, "figure", formula)
    sheet.frozen = (0, 2)
    return counted
