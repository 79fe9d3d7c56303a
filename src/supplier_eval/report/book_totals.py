"""Sheets of points and of the outcome: weight times value, rounding, totals and ranks as live formulas (§3.2.4).

A rank counts the bids that stand above: a higher total, or the same total and a better tie key, key by key. Beside
what is live stands what the evaluation gave, and the difference between both.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.rank.points import ROUNDING
from supplier_eval.report import tables, tables_detail
from supplier_eval.report.book_checks import first_formula, first_said, standing_formula, sums_formula
from supplier_eval.report.book_scores import TOP, Cells, LotBook, head
from supplier_eval.report.formats import plain
from supplier_eval.report.grid import Sheet, address, rounded, sheet_name
from supplier_eval.report.head import policy_facts, tender_facts
from supplier_eval.report.outcome import key_label, outcome
from supplier_eval.report.titles import warning_line
from supplier_eval.report.words import words
from supplier_eval.score.order import round_half_up, settle

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation

FIRST = 3  # column of the first bid
SPREAD = 8  # last column of a sentence
KEY_PLACES = 9


def points_sheet(book: LotBook, values: Cells, evaluated: dict[str, str]) -> tuple[Sheet, Cells]:
    """Points of every leaf, their sum, the rounded total, tie keys and the rank.

    Parameters
    ----------
    book : LotBook
        A lot with an order.
    values : mapping
        (leaf, bid) → reference to the value that counts.
    evaluated : mapping
        Bid → reference to its evaluated price, for the tie key.

    Returns
    -------
    tuple
        The sheet, and (what, bid) → reference, where what is ``total``, ``rank`` or a leaf.
    """
    say, sheet, ranking = words(book.lang), book.sheet("points"), book.result.ranking
    sheet.widths |= {0: 20, 1: 44, 2: 12} | dict.fromkeys(range(FIRST, FIRST + len(book.bids)), 16.0)
    rule = book.evaluation.tender.policy.rounding
    cells: Cells = {}
    first = _leaves(book, sheet, TOP, say["sheet.points_block"])
    n = len(book.result.sheet.criteria)
    for i, name in enumerate(book.result.sheet.criteria):
        for b, bid in enumerate(book.bids):
            points = float(ranking.points[i, ranking.sheet.position(bid)])
            formula = f"={book.names[name]}*{values[name, bid]}"
            cells[name, bid] = sheet.put(first + i, FIRST + b, points, "figure", formula)
    added, counted = first, dict(cells)
    if rule.criterion is not None:
        added = _leaves(book, sheet, first + n + 1, say["sheet.points_rounded"])
        for i in range(n):
            for b, bid in enumerate(book.bids):
                points = float(round_half_up(ranking.points[i, ranking.sheet.position(bid)], rule.criterion))
                formula = "=" + rounded(address(first + i, FIRST + b), rule.criterion)
                counted[book.result.sheet.criteria[i], bid] = sheet.put(added + i, FIRST + b, points, "figure", formula)
    row = added + n + 1
    for at, key in enumerate(("total", "total_given", "difference")):
        sheet.put(row + at, 1, say[f"sheet.{key}"], "head")
    for b, bid in enumerate(book.bids):
        summed = f"SUM({address(added, FIRST + b)}:{address(added + n - 1, FIRST + b)})"
        total = float(ranking.total_of(bid))
        cells["total", bid] = sheet.put(row, FIRST + b, total, "total", "=" + rounded(summed, rule.total))
        counted["total", bid] = cells["total", bid]
        sheet.put(row + 1, FIRST + b, total, "constant")
        sheet.put(row + 2, FIRST + b, 0.0, "figure", f"={address(row, FIRST + b)}-{address(row + 1, FIRST + b)}")
    return sheet, cells | _ranks(book, sheet, row, counted, evaluated)


def _leaves(book: LotBook, sheet: Sheet, row: int, title: str) -> int:
    """Head of a block with a row a leaf and a column a bid; gives the first row below it."""
    say = words(book.lang)
    sheet.heads(row, [say["column.id"], title, say["column.share"], *book.bids], 2)
    for i, leaf in enumerate(book.evaluation.tender.tree.leaves):
        sheet.line(row + 1 + i, 0, [leaf.id, book.label(leaf)])
        weight = float(book.result.sheet.weights[i])
        sheet.put(row + 1 + i, 2, weight, "share", f"={book.names[leaf.id]}")
    return row + 1


def _ranks(book: LotBook, sheet: Sheet, total: int, counted: Cells, evaluated: dict[str, str]) -> Cells:
    """A row a key, and the rank under them; `counted` are the points that are added up, and the totals."""
    say, ranking = words(book.lang), book.result.ranking
    row = total + 4
    sheet.put(row, 1, say["sheet.keys"], "head")
    rows = []
    for at, (key, figures) in enumerate(ranking.keys, start=row + 1):
        label = say["column.total"] if key == "total" else key_label(ranking.sheet.tree, key, book.lang)
        sheet.put(at, 1, label)
        rows.append(at)
        for b, bid in enumerate(book.bids):
            cached = float(settle(figures[ranking.sheet.position(bid)]))
            formula = _key(book, key, bid, counted, evaluated)
            if formula and key == "lower_price":  # the ranking keeps the place of a price, a reader wants the price
                cached = -_price(book, bid)
            sheet.put(at, FIRST + b, cached, "figure" if formula else "constant", formula)
    last = FIRST + len(book.bids) - 1
    place, given = rows[-1] + 1, rows[-1] + 2
    sheet.put(place, 1, say["column.rank"], "head")
    sheet.put(given, 1, say["sheet.rank_given"], "head")
    out: Cells = {}
    for b, bid in enumerate(book.bids):
        better = ""
        for at in reversed(rows):
            span = f"{address(at, FIRST, fixed=True)}:{address(at, last, fixed=True)}"
            mine = address(at, FIRST + b)
            better = f"({span}>{mine})" + (f"+({span}={mine})*({better})" if better else "")
        rank = float(ranking.rank_of(bid))
        out["rank", bid] = sheet.put(place, FIRST + b, rank, "count", f"=1+SUMPRODUCT(--(({better})>0))")
        sheet.put(given, FIRST + b, rank, "count")
    sheet.frozen = (0, 2)
    return out


def _price(book: LotBook, bid: str) -> float:
    """The evaluated price of a bid that has one."""
    prices = book.result.sheet.prices
    found = prices.evaluated[bid] if prices is not None else None
    if found is None:
        raise ValueError(f"{bid} has no price in money")
    return float(found)


def _key(book: LotBook, key: str, bid: str, counted: Cells, evaluated: dict[str, str]) -> str:
    """A tie key as a formula; empty where it is a recorded figure."""
    if key == "total":
        return f"=ROUND({counted['total', bid]},{KEY_PLACES})"
    if key == "lower_price":
        complete = all(each in evaluated for each in book.bids)
        return f"=-ROUND({evaluated[bid]},{KEY_PLACES})" if complete else ""
    if key.startswith("higher:"):
        below = book.evaluation.tender.tree.leaves_below(key.removeprefix("higher:"))
        return f"=ROUND({'+'.join(counted[leaf.id, bid] for leaf in below)},{KEY_PLACES})"
    return ""


def summary_sheet(evaluation: Evaluation, lots: list[tuple[LotBook, Cells]], lang: Lang) -> Sheet:
    """Tender, policy, standing and reasons, and each lot's order with live totals."""
    say = words(lang)
    sheet = Sheet(sheet_name(say["sheet.summary"]), widths={0: 30, 1: 20, 2: 44} | dict.fromkeys(range(3, 14), 16.0))
    title = plain(evaluation.tender.notice.title.say(lang) or evaluation.tender.notice.id)
    head(sheet, title, say["sheet.summary_note"], evaluation.standing, lang)
    row = TOP
    sheet.put(row, 0, say["console.standing"], "note")
    sheet.put(row, 1, say[f"standing.{evaluation.standing}"], "line", standing_formula(evaluation.standing, lang))
    sheet.put(row + 1, 1, "", "warn", sums_formula(evaluation, lang))
    row += 2
    facts = [("", reason.say(lang)) for reason in evaluation.standing_reasons]
    for label, text in [*facts, *tender_facts(evaluation, lang), *policy_facts(evaluation, lang)]:
        sheet.put(row, 0, label, "note")
        sheet.put(row, 1, text.replace("\n", "; "), "line")
        row += 1
    for book, cells in lots:
        row = _order(book, sheet, row + 1, cells)
    return sheet


def _order(book: LotBook, sheet: Sheet, row: int, cells: Cells) -> int:
    """One lot: the outcome in sentences, who is first by the figures now, then the order; gives the next free row."""
    say, ranking = words(book.lang), book.result.ranking
    sheet.put(row, 0, say["text.lot"].format(lot=plain(book.result.lot)), "head")
    row += 1
    for sentence in outcome(book.result, book.lang):
        row = _said(sheet, row, say["sheet.as_evaluated"], sentence)
    n = len(ranking.order)
    if not n:
        return row
    ranks, bids, names, totals = (_down(row + 2, column, n) for column in range(4))
    if not ranking.withdrawn:
        formula = first_formula(ranks, names, bids, book.lang)
        _said(sheet, row, say["sheet.as_now"], first_said(ranking, book.lang), formula)
    tops = [root.id for root in book.evaluation.tender.tree.roots]
    labels = [tables.criterion_label(ranking, name, book.lang) for name in [*tops, ROUNDING]]
    heads = [say[f"column.{name}"] for name in ("rank", "bid", "bidder", "total", "margin")]
    sheet.heads(row + 1, [*heads, *labels], 3)
    for at, bid in enumerate(ranking.order, start=row + 2):
        sheet.put(at, 0, float(ranking.rank_of(bid)), "rank", f"={cells['rank', bid]}")
        sheet.line(at, 1, [bid, book.result.qualification.names[bid]])
        sheet.put(at, 3, ranking.total_of(bid), "total", f"={cells['total', bid]}")
        lead = ranking.margins[bid]
        above = (
            f"{address(at, 0)}+COUNTIF({_down(row + 2, 0, at - row - 1)},{address(at, 0)})"  # place in the order + 1
        )
        formula = f'=IF({above}>{n},"",{address(at, 3)}-LARGE({totals},{above}))'
        sheet.put(at, 4, "" if math.isnan(lead) else lead, "figure", formula)
        _parts(book, sheet, at, bid, cells)
    return row + 2 + n


def _said(sheet: Sheet, row: int, label: str, sentence: str, formula: str = "") -> int:
    """A sentence beside its label, over the whole width; gives the next row."""
    sheet.put(row, 0, label, "note")
    sheet.put(row, 1, sentence, "text", formula)
    sheet.spread[row, 1] = SPREAD
    return row + 1


def _down(row: int, column: int, n: int) -> str:
    """Cells below each other."""
    return f"{address(row, column, fixed=True)}:{address(row + n - 1, column, fixed=True)}"


def _parts(book: LotBook, sheet: Sheet, at: int, bid: str, cells: Cells) -> None:
    """Points of a bid by top criterion, and what rounding adds."""
    ranking, tree = book.result.ranking, book.evaluation.tender.tree
    tops, points = [root.id for root in tree.roots], ranking.criteria_points(bid)
    for i, name in enumerate(tops):
        summed = "+".join(cells[leaf.id, bid] for leaf in tree.leaves_below(name))
        sheet.put(at, 5 + i, points[name], "figure", f"={summed}")
    parts = f"{address(at, 5)}:{address(at, 4 + len(tops))}"
    sheet.put(at, 5 + len(tops), points.get(ROUNDING, 0.0), "figure", f"={address(at, 3)}-SUM({parts})")


def qualification_sheet(book: LotBook) -> Sheet:
    """Who is considered and why the others are not, then every gate on every bid; text only."""
    sheet = book.sheet("qualification")
    sheet.widths |= {0: 16, 1: 30, 2: 14, 3: 60, 4: 30, 5: 16, 6: 14}
    row = TOP
    for table in (
        tables.qualification_table(book.result, book.lang),
        tables.checks_table(book.result, book.lang),
    ):
        if table is not None:
            row = _text_table(sheet, row, table) + 1
    return sheet


def flags_sheet(evaluation: Evaluation, lang: Lang) -> Sheet:
    """Every flag of all lots, with its state and its ruling, then the warnings; text only."""
    say = words(lang)
    sheet = Sheet(sheet_name(say["sheet.flags"]), widths={0: 90, 1: 14, 2: 60, 3: 36})
    head(sheet, say["sheet.flags"], say["sheet.flags_note"], evaluation.standing, lang)
    table = tables_detail.flags_table(evaluation.flags, lang)
    row = TOP
    if table is None:
        sheet.put(row, 0, say["page.no_flags"])
        row += 1
    else:
        row = _text_table(sheet, row, table)
    for finding in evaluation.tender.warnings:
        row += 1
        sheet.put(row, 0, warning_line(finding, lang))
    return sheet


def _text_table(sheet: Sheet, row: int, table: tables.Table) -> int:
    """A table of text; gives the next free row."""
    sheet.line(row, 0, [label for label, _ in table.columns], "head")
    for at, cells in enumerate(table.rows, start=row + 1):
        sheet.line(at, 0, cells)
    return row + 1 + len(table.rows)
