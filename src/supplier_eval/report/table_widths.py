"""How wide the columns of a table on paper are: figures and ids whole, text as long as there is room."""

from __future__ import annotations

import unicodedata

from supplier_eval.report.tables import Table

PAGE_WIDTH = 178.0
"""Of A4 between its margins, mm."""
PADDING, LETTER = 4.2, 0.235
"""Of a cell, mm; of a letter, mm for each point of its size."""
LONGEST_LINE, SHORTEST_LINE = 64, 14


def column_widths(table: Table, size: float) -> list[float]:
    """Widths in mm that add up to no more than the page: figures and ids whole, text as long as there is room."""
    letter = LETTER * size
    wanted, least = [], []
    for at, (label, kind) in enumerate(table.columns):
        cells = [_wide(line) for row in table.rows for line in row[at].split("\n")] or [0]
        words_of_head = max(_wide(word) if word.isascii() else 2 for word in label.split() or [""])
        whole = max(cells) if kind != "text" else min(max(cells), LONGEST_LINE)
        wanted.append(PADDING + letter * max(whole, words_of_head, min(_wide(label), 8)))
        least.append(
            wanted[-1] if kind != "text" else PADDING + letter * min(max(*cells, words_of_head), SHORTEST_LINE)
        )
    if sum(wanted) <= PAGE_WIDTH:
        return wanted
    room = PAGE_WIDTH - sum(least)
    if room <= 0:
        return [PAGE_WIDTH * width / sum(least) for width in least]
    over = sum(wanted) - sum(least)
    return [low + room * (want - low) / over for low, want in zip(least, wanted, strict=True)]


def _wide(text: str) -> int:
    """How many Latin letters a text is wide; a Chinese one counts for two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
