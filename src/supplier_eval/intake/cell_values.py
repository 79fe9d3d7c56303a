"""What all readers of single cells share: the problem they give back, and a whole column read at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from supplier_eval.errors import Finding

T = TypeVar("T")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FOLDS = {
    **FULL_WIDTH,
    **dict.fromkeys((0x3000, 0xA0, 0x202F, 0x2009, 0x2007), " "),
    0xFFE5: "¥",
    0xFFE1: "£",
    0x2212: "-",
    0x2019: "'",
}
YES = frozenset({"yes", "true", "1", "是", "有"})
NO = frozenset({"no", "false", "0", "否", "无"})


class Figure(str):
    """Text of a cell that the file itself stores as a number: with decimal point, without grouping.

    A workbook stores 1.234 without any doubt; its text must not be read by the marks that were declared for
    text, where ``1.234`` may be a thousand or so.
    """

    __slots__ = ()


@dataclass(frozen=True)
class Problem:
    """Why a cell could not be read: a stable code (``number.ambiguous``) and the text of the cell."""

    code: str
    value: str


def fold_width(text: str) -> str:
    """Full-width letters, digits and signs as ASCII, odd spaces as spaces, without invisible characters.

    Unlike NFKC it leaves ``5²`` alone, which NFKC would read as 52.
    """
    if text.isascii():
        return text.strip()
    folded = text.translate(FOLDS)
    return "".join(c for c in folded if unicodedata.category(c) not in {"Cf", "Cs"}).strip()


def parse_yes_no(text: str) -> bool | Problem:
    """Read yes or no: yes, true, 1, 是, 有 and no, false, 0, 否, 无, in any case; nothing else.

    Parameters
    ----------
    text : str
        One cell.

    Returns
    -------
    bool or Problem
        ``yes_no.empty`` for an empty cell, ``yes_no.not_yes_no`` for any other word.
    """
    word = fold_width(text).casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    return Problem("yes_no.not_yes_no" if word else "yes_no.empty", text)


@dataclass(frozen=True)
class ParsedColumn(Generic[T]):
    """One column after reading.

    Parameters
    ----------
    values : tuple
        One value a row; None where the cell is empty or could not be read.
    missing : tuple of int
        Sheet rows of the empty cells; whether they may be empty is the caller's to judge.
    problems : dict
        Code → (sheet rows, first text with it).
    """

    values: tuple[T | None, ...]
    missing: tuple[int, ...]
    problems: dict[str, tuple[tuple[int, ...], str]]

    def findings(self, table: str, column: str) -> list[Finding]:
        """One finding for each code, with all its rows and the first value."""
        return [Finding(code, table, column, rows, value) for code, (rows, value) in sorted(self.problems.items())]


def parse_column(
    texts: Sequence[str], row_numbers: Sequence[int], parse: Callable[[str], T | Problem]
) -> ParsedColumn[T]:
    """Read every cell of a column with one parser and group what went wrong by code.

    Parameters
    ----------
    texts, row_numbers : sequence
        Cells and their sheet rows, of equal length.
    parse : callable
        `parse_yes_no`, or `parse_number` and the like with their options bound.

    Returns
    -------
    ParsedColumn
        A cell of nothing but spaces is missing, not a problem.
    """
    values: list[T | None] = []
    missing: list[int] = []
    rows: dict[str, list[int]] = {}
    first: dict[str, str] = {}
    for text, row in zip(texts, row_numbers, strict=True):
        value = parse(text) if text.strip() else None
        if value is None:
            missing.append(row)
            values.append(None)
        elif isinstance(value, Problem):
            rows.setdefault(value.code, []).append(row)
            first.setdefault(value.code, value.value)
            values.append(None)
        else:
            values.append(value)
    problems = {code: (tuple(numbers), first[code]) for code, numbers in rows.items()}
    return ParsedColumn(tuple(values), tuple(missing), problems)
