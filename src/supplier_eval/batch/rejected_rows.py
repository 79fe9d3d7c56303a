"""Rows that have no result: what is said of each, and how they stand in the file of rejects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from supplier_eval.batch.dataset_stream import Numbers, OddRow
from supplier_eval.batch.files import Records, with_results, without_cells
from supplier_eval.batch.whole_tenders import Block
from supplier_eval.errors import Finding
from supplier_eval.messages import Lang

Said = npt.NDArray[np.object_]
REJECT_KINDS = {"reject_row": "whole", "finding_codes": "text", "findings": "text", "unread_text": "text"}
SHOWN_ROWS = 1_000


def rejected_records(rows: Records, numbers: Numbers, codes: Said, said: Said) -> Records:
    """Rows as they were read, with sheet row, codes and sentences beside them.

    Parameters
    ----------
    rows : Records
        As read; columns that bear the names of the added ones are replaced.
    numbers : ndarray of int
        Sheet rows.
    codes, said : ndarray of str
        What is said of each row.
    """
    frame = pd.DataFrame({"reject_row": numbers, "finding_codes": codes, "findings": said, "unread_text": None})
    return with_results(rows, frame, REJECT_KINDS)


def broken_rows(block: Block) -> Numbers:
    """For each row the sheet row of the record that breaks its tender; 0 for a tender that is whole."""
    each = np.zeros(len(block.starts), dtype=np.int64)
    for place, row in block.broken.items():
        each[place] = row
    return np.repeat(each, np.diff(np.append(block.starts, len(block.piece))))


def broken_findings(block: Block, name: str) -> list[Finding]:
    """What is said of tenders that a record which could not be read breaks."""
    firsts = block.piece.numbers[block.starts]
    return [
        Finding("batch.row.of_broken_tender", name, rows=(int(firsts[place]),), value=str(row))
        for place, row in sorted(block.broken.items())
    ]


def odd_findings(odd: tuple[OddRow, ...], name: str) -> list[Finding]:
    """One finding for each number of cells."""
    found: dict[tuple[str, int], list[OddRow]] = {}
    for row in odd:
        found.setdefault((row.finding_code, row.cells), []).append(row)
    return [
        replace(odd_finding(rows[0], name), rows=tuple(row.number for row in rows[:SHOWN_ROWS]))
        for rows in found.values()
    ]


def odd_finding(row: OddRow, name: str) -> Finding:
    """What is wrong with a record that could not be read."""
    facts = {"found": row.cells, "expected": row.expected}
    return Finding(row.finding_code, name, rows=(row.number,), value=row.text, facts=facts)


def odd_records(odd: tuple[OddRow, ...], columns: Sequence[str], lang: Lang, name: str) -> Records:
    """Records that could not be read as rows of the rejects file: their text in one cell."""
    said = [odd_finding(row, name).say(lang) for row in odd]
    frame = pd.DataFrame(
        {
            "reject_row": [row.number for row in odd],
            "finding_codes": [row.finding_code for row in odd],
            "findings": said,
            "unread_text": [row.text for row in odd],
        }
    )
    return with_results(without_cells(list(columns), len(odd)), frame, REJECT_KINDS)
