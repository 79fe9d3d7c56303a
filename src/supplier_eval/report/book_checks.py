"""What the workbook says of its own changes: which inputs differ from the evaluated ones, and sums that are off.

Clauses of the policy (§3.2.1, §3.2.4). A result under other inputs than the evaluated ones is exploratory, in a
spreadsheet as anywhere: every yellow cell is compared with a copy on a locked sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.book_scores import TOP, head, sums_rows
from supplier_eval.report.formats import plain
from supplier_eval.report.grid import Sheet, address, quoted, sheet_name
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.rank.points import PointsRanking

INPUTS = {"input", "input_money"}
Rectangle = tuple[tuple[int, int], tuple[int, int]]


def evaluated_sheet(sheets: Sequence[Sheet], standing: str, lang: Lang) -> Sheet:
    """Copies of every yellow cell, locked, and how many cells differ from theirs.

    Parameters
    ----------
    sheets : sequence of Sheet
        All that hold yellow cells; that of weights first.
    standing : str
        Of the evaluation.
    lang : {"en", "zh"}
        Language.
    """
    say = words(lang)
    made = Sheet(sheet_name(say["sheet.evaluated"]), widths={0: 30, 1: 20} | dict.fromkeys(range(2, 12), 14.0))
    made.locked = True
    head(made, say["sheet.evaluated"], say["sheet.evaluated_note"], standing, lang)
    blocks = [(sheet, block) for sheet in sheets for block in rectangles(sheet)]
    rows = range(TOP + 4, TOP + 4 + len(blocks))
    made.heads(rows.start - 1, [say["sheet.of_sheet"], say["sheet.cells"], say["sheet.changed"]], 2)
    for at, key in enumerate(("changed_weights", "changed_others")):
        of = [row for row, (sheet, _) in zip(rows, blocks, strict=True) if (sheet is sheets[0]) == (at == 0)]
        summed = f"=SUM({address(of[0], 2)}:{address(of[-1], 2)})" if of else ""
        made.put(TOP + at, 0, say[f"sheet.{key}"])
        made.put(TOP + at, 2, 0.0, "count", summed)
    below = rows.stop + 1
    for row, (sheet, (first, last)) in zip(rows, blocks, strict=True):
        made.line(row, 0, [sheet.name, f"{address(*first)}:{address(*last)}"])
        shift = below - first[0]
        for at in range(first[0], last[0] + 1):
            made.put(at + shift, 0, sheet.name, "note")
            for column in range(first[1], last[1] + 1):
                made.put(at + shift, 2 + column - first[1], sheet.cells[at, column].value, "note")
        copy = f"{address(below, 2)}:{address(last[0] + shift, 2 + last[1] - first[1])}"
        made.put(row, 2, 0.0, "count", f'=SUMPRODUCT(--({sheet.span(first, last)}&""<>{copy}&""))')
        below = last[0] + shift + 2
    return made


def rectangles(sheet: Sheet) -> Iterator[Rectangle]:
    """Blocks of yellow cells, from above to below: equal stretches of columns in rows that follow each other."""
    runs: dict[int, list[tuple[int, int]]] = {}
    for row, column in sorted(at for at, cell in sheet.cells.items() if cell.style in INPUTS):
        mine = runs.setdefault(row, [])
        if mine and mine[-1][1] == column - 1:
            mine[-1] = (mine[-1][0], column)
        else:
            mine.append((column, column))
    done: set[tuple[int, int, int]] = set()
    for row, mine in runs.items():
        for first, last in mine:
            if (row, first, last) in done:
                continue
            end = row
            while (first, last) in runs.get(end + 1, ()):
                end += 1
                done.add((end, first, last))
            yield (row, first), (end, last)


def changed(lang: Lang) -> tuple[str, str]:
    """References to the number of changed weights, and of other changed inputs."""
    page = Sheet(sheet_name(words(lang)["sheet.evaluated"]))
    return page.ref(TOP, 2), page.ref(TOP + 1, 2)


def standing_formula(standing: str, lang: Lang) -> str:
    """The standing while nothing is changed; exploratory, with what differs, as soon as something is."""
    say = words(lang)
    weights, others = changed(lang)
    said = quoted(say["sheet.standing_changed"], {"weights": weights, "others": others})
    return f"=IF({weights}+{others}=0,{quoted(say[f'standing.{standing}'], {})},{said})"


def warn_of_changes(sheets: Iterable[Sheet], lang: Lang) -> None:
    """On top of every sheet: that it shows other inputs than the evaluated ones; empty while it does not."""
    say = words(lang)
    weights, others = changed(lang)
    said = f"{say['standing.watermark']}{say['text.colon']}{say['sheet.changed_short']}"
    for sheet in sheets:
        if (0, 4) not in sheet.cells:
            sheet.put(0, 4, "", "warn", f'=IF({weights}+{others}=0,"",{quoted(said, {})})')


def sums_formula(evaluation: Evaluation, lang: Lang) -> str:
    """Whether weights add up: at the top, else in some group; empty while all do."""
    say, rows = words(lang), sums_rows(evaluation)
    page = Sheet(sheet_name(say["sheet.weights"]))
    top, *others = (page.ref(row, 5) for row in rows.values())
    inside = f'IF({"&".join(others)}="","",{quoted(say["sheet.group_off"], {})})' if others else '""'
    return f'=IF({top}<>"",{top},{inside})'


def first_formula(ranks: str, names: str, bids: str, lang: Lang) -> str:
    """Who has the best rank among spans of ranks, names and bids; how many share it."""
    best = f"MATCH(MIN({ranks}),{ranks},0)"
    facts: Mapping[str, str] = {"name": f"INDEX({names},{best})", "bid": f"INDEX({bids},{best})"}
    many = f"COUNTIF({ranks},MIN({ranks}))"
    more = quoted(words(lang)["sheet.first_more"], {"n": f"({many}-1)"})
    return f'={quoted(words(lang)["sheet.first_live"], facts)}&IF({many}>1,{more},"")'


def first_said(ranking: PointsRanking, lang: Lang) -> str:
    """What `first_formula` says before anything is changed."""
    say, shared = words(lang), sum(ranking.rank_of(bid) == 1 for bid in ranking.order)
    first = ranking.order[0]
    said = say["sheet.first_live"].format(name=plain(ranking.sheet.names.get(first, first)), bid=plain(first))
    return said + (say["sheet.first_more"].format(n=shared - 1) if shared > 1 else "")
