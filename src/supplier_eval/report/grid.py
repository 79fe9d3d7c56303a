"""A workbook as plain data: sheets of cells that hold a text, a figure, or a formula with the figure it gives.

Nothing here knows the library that writes the file. A text is a text: it becomes a formula only where the code says
`formula`, never because it begins with an equals sign.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from supplier_eval.report.brush import cells
from supplier_eval.report.formats import plain

Style = Literal[
    "text",
    "line",
    "head",
    "head_figure",
    "title",
    "note",
    "warn",
    "figure",
    "input",
    "input_money",
    "money",
    "count",
    "rank",
    "share",
    "total",
    "constant",
]
WRAPPED = {"text": 1.0, "head": 1.15, "head_figure": 1.15}  # styles that break lines; bold letters are wider
LINE_HEIGHT, HIGHEST_ROW = 15.0, 400.0
LONGEST_SHEET = 31
LONGEST_NAME = 200
LONGEST_FORMULA = 8000
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Cell:
    """One cell.

    Parameters
    ----------
    value : str or float or None
        What is shown: a text, a figure, or what the formula gives (the cached value).
    formula : str
        With its equals sign; empty for a constant.
    style : str
        How it is set.
    """

    value: str | float | None
    formula: str = ""
    style: Style = "text"


@dataclass
class Sheet:
    """One sheet, filled cell by cell; rows and columns count from 0."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    frozen: tuple[int, int] = (0, 0)
    locked: bool = False
    spread: dict[tuple[int, int], int] = field(default_factory=dict)  # cell → last column over which it is spread

    def put(self, row: int, column: int, value: str | float | None, style: Style = "text", formula: str = "") -> str:
        """Fill a cell and give the reference to it from other sheets; a text is stripped of unseen characters."""
        shown = _cell_text(value) if isinstance(value, str) else value
        self.cells[row, column] = Cell(shown, formula if len(formula) <= LONGEST_FORMULA else "", style)
        return self.ref(row, column)

    def line(self, row: int, column: int, values: Iterable[str | float | None], style: Style = "text") -> None:
        """Fill cells to the right."""
        for i, value in enumerate(values):
            self.put(row, column + i, value, style)

    def heads(self, row: int, labels: Sequence[str], figures_from: int) -> None:
        """A row of heads; from the column `figures_from` on they stand to the right, as figures do."""
        for column, label in enumerate(labels):
            self.put(row, column, label, "head" if column < figures_from else "head_figure")

    def fit_rows(self) -> None:
        """Make every row as high as its wrapped texts need: not every program does it when it opens a file."""
        for (row, column), cell in self.cells.items():
            if isinstance(cell.value, str) and cell.style in WRAPPED:
                last = self.spread.get((row, column), column)
                across = sum(self.widths.get(at, 8.0) for at in range(column, last + 1))
                wide = max(across - 1, 4.0) / WRAPPED[cell.style]
                lines = sum(max(1, math.ceil(cells(part) / wide)) for part in cell.value.split("\n"))
                if lines > 1:
                    high = min(LINE_HEIGHT * lines, HIGHEST_ROW)
                    self.heights[row] = max(high, self.heights.get(row, 0.0))

    def ref(self, row: int, column: int) -> str:
        """A cell as formulas on any sheet name it."""
        return f"'{self.name}'!{address(row, column)}"

    def span(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """A rectangle as formulas on any sheet name it; fixed."""
        return f"'{self.name}'!{address(*first, fixed=True)}:{address(*last, fixed=True)}"


@dataclass(frozen=True)
class Book:
    """Sheets in order, and defined names with what they stand for."""

    sheets: Sequence[Sheet]
    names: Mapping[str, str]


def _cell_text(text: str) -> str:
    return "\n".join(plain(line) for line in text.split("\n"))


def column_name(column: int) -> str:
    """Letters of a column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int, *, fixed: bool = False) -> str:
    """A cell in letters and figures: (0, 0) is A1, fixed $A$1."""
    mark = "$" if fixed else ""
    return f"{mark}{column_name(column)}{mark}{row + 1}"


def sheet_name(label: str, number: int | None = None) -> str:
    """A name that any program takes for a sheet; `number` tells lots apart."""
    ending = f" {number}" if number is not None else ""
    return FORBIDDEN.sub("-", label)[: LONGEST_SHEET - len(ending)] + ending


def defined_names(ids: Iterable[str]) -> dict[str, str]:
    """Id → a defined name (``w_quality``) of Latin letters, digits and underscores, different for every id."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for i in ids:
        base = "w_" + re.sub(r"[^A-Za-z0-9_]", "_", i)[:LONGEST_NAME]
        name, n = base, 1
        while name.casefold() in taken:
            n += 1
            name = f"{base}_{n}"
        taken.add(name.casefold())
        names[i] = name
    return names


def exact(figure: float) -> str:
    """A figure as a formula writes it, with all its digits."""
    shown = repr(float(figure)).upper()  # the grammar of formulas has a large E
    return f"({shown})" if shown.startswith("-") else shown


def quoted(template: str, facts: Mapping[str, str]) -> str:
    """A sentence with ``{names}`` as a formula that writes it, each name by the formula that stands for it."""
    parts = re.split(r"\{(\w+)\}", template)
    said = [facts[part] if i % 2 else '"' + part.replace('"', '""') + '"' for i, part in enumerate(parts) if part]
    return "&".join(said) or '""'


def rounded(formula: str, places: int | None) -> str:
    """A formula (without equals sign) rounded half up as the policy does; as it is where nothing is rounded.

    The figure is read to nine decimals of the step first: 2.675 is kept as 2.67499999999999982 and means 2.675.
    """
    return formula if places is None else f"ROUND(ROUND({formula},{places + 9}),{places})"
