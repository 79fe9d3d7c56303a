"""A risk matrix as data: bands with real ranges on both axes, and a colour for every cell (§6.1.2)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.risk.records import as_figure, asked
from supplier_eval.risk.said_figures import figure_text
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.risk.matrix_checks import Cell, IntArray

TABLE = "matrix"
FEWEST_COLOURS = 2


@dataclass(frozen=True)
class Bands:
    """The bands of one axis, from low to high.

    Parameters
    ----------
    names : tuple of str
        One a band.
    edges : tuple of float
        One more than names: rising, not negative, finite. A band holds its lower edge and not its upper one; the last
        band holds both.
    unit : str
        Such as ``"events per year"`` or ``"CNY"``; empty where the axis runs from 0 to 1.

    Raises
    ------
    InvalidInput
        If names repeat or are empty, or the edges do not rise.
    """

    names: tuple[str, ...]
    edges: tuple[float, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        found: list[Finding] = []
        names = _texts(self.names, "names", found)
        edges = _edges(self.edges, found)
        if not found and len(edges) != len(names) + 1:
            facts = {"names": len(names), "edges": len(edges)}
            found.append(Finding("risk_matrix.edges_count", TABLE, "edges", value=str(len(edges)), facts=facts))
        if not isinstance(self.unit, str):
            found.append(asked("asked.text", "unit", self.unit))
        if found:
            raise InvalidInput(found, TABLE)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "edges", edges)

    def __len__(self) -> int:
        return len(self.names)

    @classmethod
    def even(cls, count: int, top: float = 1.0, unit: str = "") -> Bands:
        """`count` bands of the same width from 0 to `top`, named 1, 2, ..."""
        wrong = [] if isinstance(count, int) and count >= 1 else [asked("asked.whole", "count", count, least=1)]
        figure = as_figure(top)
        if figure is None or not 0 < figure < math.inf:
            wrong.append(asked("asked.figure.above", "top", top, least=0))
        if wrong or figure is None:
            raise InvalidInput(wrong, TABLE)
        names = tuple(str(at + 1) for at in range(count))
        return cls(names, tuple(figure * at / count for at in range(count + 1)), unit)

    def index(self, figure: float) -> int | None:
        """The band of a figure, from 0; None where it lies outside all bands."""
        if not self.edges[0] <= figure <= self.edges[-1]:
            return None
        return min(int(np.searchsorted(self.edges, figure, side="right")) - 1, len(self) - 1)

    def range_text(self, at: int) -> str:
        """A band with its range and unit."""
        low, high = self.edges[at], self.edges[at + 1]
        return f"{self.names[at]} ({figure_text(low)} - {figure_text(high)}{' ' + self.unit if self.unit else ''})"


@dataclass(frozen=True)
class RiskMatrix(Shown):
    """Colours by likelihood and impact.

    Parameters
    ----------
    cells : sequence of sequence of str, or DataFrame
        Colour of each cell, a row for each band of likelihood from low to high, in it a cell for each band of impact.
        A table is read by its labels, which are the names of the bands, in any order.
    likelihood, impact : Bands
        The axes.
    colours : tuple of str
        All colours from the lowest risk to the highest, two or more, each used at least once.

    Raises
    ------
    InvalidInput
        With everything that is wrong: a shape that does not fit the bands, colours unknown or unused.
    """

    cells: tuple[tuple[str, ...], ...] = field(repr=False)
    likelihood: Bands
    impact: Bands
    colours: tuple[str, ...] = ("green", "amber", "red")

    def __post_init__(self) -> None:
        found = [
            asked("asked.kind", name, bands, kind="Bands")
            for name, bands in (("likelihood", self.likelihood), ("impact", self.impact))
            if not isinstance(bands, Bands)
        ]
        colours = _texts(self.colours, "colours", found)
        if not found and len(colours) < FEWEST_COLOURS:
            found.append(Finding("risk_matrix.one_colour", TABLE, "colours", value=", ".join(colours)))
        cells = () if found else _rows(self.cells, self.likelihood, self.impact, found)
        if not found:
            found += self._cell_findings(cells, colours)
        if found:
            raise InvalidInput(found, TABLE)
        object.__setattr__(self, "colours", colours)
        object.__setattr__(self, "cells", cells)

    def _cell_findings(self, cells: tuple[tuple[str, ...], ...], colours: tuple[str, ...]) -> list[Finding]:
        shape = f"{len(self.likelihood)} x {len(self.impact)}"
        if len(cells) != len(self.likelihood) or any(len(row) != len(self.impact) for row in cells):
            given = " | ".join(str(len(row)) for row in cells)
            return [Finding("risk_matrix.shape", TABLE, "cells", value=given, facts={"shape": shape})]
        used = [cell for row in cells for cell in row]
        known = ", ".join(colours)
        odd = sorted({cell for cell in used if cell not in colours})
        found = [Finding("risk_matrix.colour_unknown", TABLE, "cells", value=c, facts={"known": known}) for c in odd]
        idle = [colour for colour in colours if colour not in used]
        return found + [Finding("risk_matrix.colour_unused", TABLE, "colours", value=colour) for colour in idle]

    @classmethod
    def load(cls, path: str | Path) -> RiskMatrix:
        """Read a matrix from a TOML file, as docs/risk.md shows it.

        Raises
        ------
        InvalidInput
            With every finding.
        """
        from supplier_eval.risk.matrix_file import matrix_of

        if not isinstance(path, str | Path):
            raise InvalidInput([asked("asked.path", "path", path)], TABLE)
        found = [] if Path(path).is_file() else [Finding("files.missing", TABLE, value=str(path))]
        matrix = matrix_of(Path(path), found)
        if found or matrix is None:
            raise InvalidInput(found, str(path))
        return matrix

    @classmethod
    def by_product(
        cls,
        size: int = 5,
        cuts: Sequence[int] = (5, 15),
        colours: Sequence[str] = ("green", "amber", "red"),
        likelihood: Bands | None = None,
        impact: Bands | None = None,
    ) -> RiskMatrix:
        """The usual matrix: scores 1 to `size` multiplied, a higher colour from each of the `cuts` on.

        Parameters
        ----------
        size : int
            Bands on both axes; 5 with cuts 5 and 15 is the usual one: 1-4 low, 5-12 medium, 15-25 high.
        cuts : sequence of int
            Lowest score of every colour but the first, rising.
        colours : sequence of str
            One more than cuts.
        likelihood, impact : Bands, optional
            The axes; without them even bands from 0 to 1.
        """
        wrong = (
            [] if isinstance(size, int) and size >= FEWEST_COLOURS else [asked("asked.whole", "size", size, least=2)]
        )
        steps = [as_figure(cut) for cut in cuts] if isinstance(cuts, Iterable) and not isinstance(cuts, str) else [None]
        rising = [step for step in steps if step is not None]
        if len(rising) != len(steps) or any(a >= b for a, b in pairwise(rising)):
            wrong.append(Finding("risk_matrix.cuts", TABLE, "cuts", value=str(cuts)))
        names = _texts(colours, "colours", wrong)
        if not wrong and len(names) != len(rising) + 1:
            wrong.append(
                Finding("risk_matrix.cuts_count", TABLE, "cuts", value=str(cuts), facts={"colours": len(names)})
            )
        if wrong:
            raise InvalidInput(wrong, TABLE)
        score = np.outer(np.arange(1, size + 1), np.arange(1, size + 1))
        level = np.digitize(score, rising)
        cells = tuple(tuple(names[int(at)] for at in row) for row in level)
        even = Bands.even(size)
        return cls(cells, even if likelihood is None else likelihood, even if impact is None else impact, names)

    @property
    def levels(self) -> IntArray:
        """Colours as 0, 1, ..., shape (bands of likelihood, bands of impact)."""
        return np.array([[self.colours.index(cell) for cell in row] for row in self.cells], np.int64)

    def cell_name(self, cell: Cell) -> str:
        """``Likely x Major``: the names of a cell's two bands."""
        return f"{self.likelihood.names[cell[0]]} x {self.impact.names[cell[1]]}"

    def colour_of(self, likelihood: float, impact: float) -> str | None:
        """Colour of a risk; None where it lies outside the bands."""
        i, j = self.likelihood.index(likelihood), self.impact.index(impact)
        return None if i is None or j is None else self.cells[i][j]

    def to_frame(self) -> pd.DataFrame:
        """The colours, index the bands of likelihood from low to high, columns the bands of impact; all str."""
        import pandas as pd

        rows = pd.Index(self.likelihood.names, name="likelihood")
        return pd.DataFrame([list(row) for row in self.cells], rows, pd.Index(self.impact.names, name="impact"))

    def __repr__(self) -> str:
        return f"RiskMatrix({len(self.likelihood)} x {len(self.impact)}; {', '.join(self.colours)})"


def _rows(given: object, likelihood: Bands, impact: Bands, found: list[Finding]) -> tuple[tuple[str, ...], ...]:
    """Cells as tuples of text, from nested sequences, or from a table by its labels."""
    import pandas as pd

    rows = given
    if isinstance(given, pd.DataFrame):
        for name, labels, bands in (("index", given.index, likelihood), ("columns", given.columns, impact)):
            if sorted(map(str, labels)) != sorted(bands.names):
                shown = ", ".join(map(str, labels))
                facts = {"known": ", ".join(bands.names), "axis": name}
                found.append(Finding("risk_matrix.labels", TABLE, "cells", value=shown, facts=facts))
        if found:
            return ()
        table = given.rename(index=str, columns=str)
        rows = table.loc[list(likelihood.names), list(impact.names)].to_numpy().tolist()
    if isinstance(rows, str) or not isinstance(rows, Iterable):
        found.append(asked("asked.names", "cells", given))
        return ()
    return tuple(_texts(row, "cells", found, once=False) for row in rows)


def _texts(given: object, name: str, found: list[Finding], *, once: bool = True) -> tuple[str, ...]:
    """Names as they are kept; a finding where one is no text, empty, or there twice."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        found.append(asked("asked.names", name, given))
        return ()
    texts = tuple(given)
    wrong = [text for text in texts if not isinstance(text, str) or not normalise_id(text)]
    if wrong or not texts:
        found.append(asked("asked.names", name, wrong[0] if wrong else texts))
        return ()
    kept = tuple(normalise_id(text) for text in texts)
    if once and len({id_key(text) for text in kept}) < len(kept):
        found.append(Finding("risk_matrix.name_twice", TABLE, name, value=", ".join(kept)))
    return kept


def _edges(given: object, found: list[Finding]) -> tuple[float, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        found.append(asked("risk_matrix.edges", "edges", given))
        return ()
    figures = [as_figure(edge) for edge in given]
    edges = tuple(figure for figure in figures if figure is not None)
    rising = all(a < b for a, b in pairwise(edges))
    if len(edges) < len(figures) or not rising or any(not 0 <= edge < math.inf for edge in edges):
        shown = ", ".join("?" if figure is None else figure_text(figure) for figure in figures)
        found.append(Finding("risk_matrix.edges", TABLE, "edges", value=shown))
    return edges
