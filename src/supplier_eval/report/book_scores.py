"""Sheets of weights and marks: raw figures in, shares and the mark that counts as live formulas (§3.1.2-§3.1.5)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.formats import plain
from supplier_eval.report.grid import Sheet, address, defined_names, quoted, rounded, sheet_name
from supplier_eval.report.tables_detail import member_label
from supplier_eval.report.words import words

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

    @property
    def valued(self) -> tuple[str, ...]:
        """Bids that are scored, then those out after the opening whose locked technical values still set the best."""
        prices, technical = self.result.sheet.prices, self.result.sheet.technical
        policy = self.evaluation.tender.policy.procedure
        if prices is None or technical is None or policy.envelopes != 2 or not self.stretched:
            return self.bids
        return (*self.bids, *(bid for bid in technical.bids if bid in prices.evaluated and bid not in self.bids))

    @property
    def stretched(self) -> list[int]:
        """Leaves whose values the policy stretches to the best; none where it does not, or nothing is ranked."""
        tree, rule = self.evaluation.tender.tree, self.evaluation.tender.policy.procedure.technical
        below = {leaf.id for name in rule.criteria for leaf in tree.leaves_below(name)}
        stretches = rule.rescale_to_best and bool(self.result.ranking.order)
        return [i for i, leaf in enumerate(tree.leaves) if leaf.id in below] if stretches else []

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
    sheet = Sheet(sheet_name(say["sheet.weights"]), widths={0: 24, 1: 46, 2: 12, 3: 12, 4: 16, 5: 36, 6: 14})
    head(sheet, say["sheet.weights"], say["sheet.weights_note"], evaluation.standing, lang)
    heads = ("id", "criterion", "weight", "of", "share", "name", "clause")
    for column, name in enumerate(heads):
        sheet.put(TOP, column, say[f"column.{name}"], "head_figure" if name in {"weight", "of", "share"} else "head")
    names = defined_names(leaf.id for leaf in tree.leaves)
    references: dict[str, str] = {}
    shares: dict[str, str] = {}
    row = TOP + 1
    for node in in_tree_order(evaluation):
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
    sheet.put(row, 1, say["sheet.sum"], "head")
    whole = float(sum(tree.exact_weight(leaf.id, policy.total) for leaf in tree.leaves))
    sheet.put(row, 4, whole, "share", "=" + "+".join(shares[leaf.id] for leaf in tree.leaves))
    _sums(evaluation, sheet, lang)
    sheet.frozen = (TOP + 1, 2)
    return sheet, names, references


def _sums(evaluation: Evaluation, sheet: Sheet, lang: Lang) -> None:
    """Beside every node, and beside the sum: what the weights below add up to, where that is not the whole."""
    rows = node_rows(evaluation)
    for above, row in sums_rows(evaluation).items():
        below = [rows[child.id] for child in evaluation.tender.tree.children(above)]
        sheet.put(row, 5, "", "warn", sum_check([f"{address(r, 2)}/{address(r, 3)}" for r in below], lang))


def node_rows(evaluation: Evaluation) -> dict[str, int]:
    """Criterion → its row on the sheet of weights."""
    return {node.id: TOP + 1 + i for i, node in enumerate(in_tree_order(evaluation))}


def sums_rows(evaluation: Evaluation) -> dict[str, int]:
    """Node, empty for the top → the row on the sheet of weights in which the sum of what is below is checked."""
    rows = node_rows(evaluation)
    return {"": TOP + 1 + len(rows)} | {n: row for n, row in rows.items() if evaluation.tender.tree.children(n)}


def sum_check(parts: Iterable[str], lang: Lang) -> str:
    """A formula that is empty while shares of a whole add up to it, else says what they add up to."""
    whole = f"({'+'.join(parts)})"
    said = quoted(words(lang)["sheet.sum_off"], {"sum": f"ROUND(100*{whole},4)"})
    return f'=IF(ROUND({whole}-1,9)=0,"",{said})'


def in_tree_order(evaluation: Evaluation, above: str = "") -> list[Criterion]:
    """Every criterion, each node before what stands under it: the rows of the sheet of weights."""
    found = []
    for child in evaluation.tender.tree.children(above):
        found += [child, *in_tree_order(evaluation, child.id)]
    return found


def marks_sheet(book: LotBook, technical: Technical) -> tuple[Sheet, Cells]:
    """Raw marks of every member, and the mark that counts as a live formula by the policy's rule."""
    say, panel, rule = words(book.lang), technical.panel, book.evaluation.tender.policy.panel
    sheet, n = book.sheet("marks"), len(technical.panel.members)
    sheet.widths |= {0: 20, 1: 42, 2: 14, 3: 40, 4 + n: 16} | dict.fromkeys(range(4, 4 + n), 16.0)
    members = [member_label(m, book.evaluation.tender.evaluators) for m in panel.members]
    names = ("id", "criterion", "bid", "bidder")
    sheet.heads(TOP, [*(say[f"column.{name}"] for name in names), *members, say["column.mark"]], 4)
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
