"""How wide the columns of a table on paper are: figures and ids whole, text as long as there is room."""

from __future__ import annotations

import re
import unicodedata

from supplier_eval.report.tables import Table

PAGE_WIDTH = 178.0
"""Of A4 between its margins, mm."""
PADDING, LETTER = 4.2, 0.235
"""Of a cell, mm; of a letter, mm for each point of its size."""
NARROW = 2.4
"""Padding of a cell in a table of many columns, mm: names have more room."""
BOLD = 1.15
"""How much wider than others bold letters are: heads, and rows that are marked so."""
WHOLE = re.compile(r"[（(]?[^\s\u2e80-\uffef]+[）)]?")
"""What is not broken in a head: a word between blanks, or figures and Latin letters among Chinese ones."""
LONGEST_LINE, SHORTEST_LINE = 64, 14

SIZES = (9.0, 8.0, 7.0, 6.0)
"""Of letters in a table, points; more columns begin with smaller ones."""
WIDE, WIDER = 6, 9


def padding_of(table: Table) -> float:
    """What a cell keeps free at both sides together, mm."""
    return PADDING if len(table.columns) < WIDE else NARROW


def fitting_size(table: Table) -> float:
    """The largest size at which all of it stands on one line, or figures and ids do; the smallest where none does."""
    columns = len(table.columns)
    first = 0 if columns < WIDE else 1 if columns < WIDER else 2
    whole = [size for size in SIZES if sum(_wishes(table, size)[0]) <= PAGE_WIDTH]
    held = [size for size in SIZES[first:] if sum(_wishes(table, size)[1]) <= PAGE_WIDTH]
    return max([*whole, *held, SIZES[-1]])


def column_widths(table: Table, size: float) -> list[float]:
    """Widths in mm that add up to no more than the page: figures and ids whole, text as long as there is room."""
    wanted, least = _wishes(table, size)
    if sum(wanted) <= PAGE_WIDTH:
        return wanted
    room = PAGE_WIDTH - sum(least)
    if room <= 0:
        return [PAGE_WIDTH * width / sum(least) for width in least]
    over = sum(wanted) - sum(least)
    return [low + room * (want - low) / over for low, want in zip(least, wanted, strict=True)]


def _wishes(table: Table, size: float) -> tuple[list[float], list[float]]:
    """What each column would like, and what it cannot do without, mm."""
    letter, padding = LETTER * size, padding_of(table)
    bold = {at for at, state in table.marked.items() if state in {"first", "sum"}}
    wanted, least = [], []
    for at, (label, kind) in enumerate(table.columns):
        cells = [
            _wide(line) * (BOLD if i in bold else 1.0)
            for i, row in enumerate(table.rows)
            for line in row[at].split("\n")
        ] or [0.0]
        words_of_head = BOLD * max([2, *(_wide(word) for word in WHOLE.findall(label))])
        whole = max(cells) if kind != "text" else min(max(cells), LONGEST_LINE)
        wanted.append(padding + letter * max(whole, words_of_head, BOLD * min(_wide(label), 8)))
        least.append(
            wanted[-1] if kind != "text" else padding + letter * max(words_of_head, min(max(cells), SHORTEST_LINE))
        )
    return wanted, least


def _wide(text: str) -> int:
    """How many Latin letters a text is wide; a Chinese one counts for two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
