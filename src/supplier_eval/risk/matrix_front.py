"""What a risk matrix is worth before it is used: the conditions of Cox, and how many pairs its colours mis-order.

Clauses of the policy (§6.1.2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.messages.minus import said_figure
from supplier_eval.risk.matrix import TABLE, RiskMatrix
from supplier_eval.risk.matrix_checks import (
    Cell,
    inconsistently_coloured,
    not_rising,
    weakly_inconsistent,
    without_between,
)
from supplier_eval.risk.misordering import Misordering, misordering
from supplier_eval.risk.records import as_figure, asked
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

RHO = -0.9
SPREADS = ("bands", "range")
SHOWN = 6
Spread = Literal["bands", "range"]


@dataclass(frozen=True, eq=False)
class MatrixCheck(Shown):
    """The findings about one matrix.

    Parameters
    ----------
    matrix : RiskMatrix
        What was checked.
    rising, weak, between : tuple of (cell, cell)
        Pairs that break each condition, the cell with the lower position or the green one first; cells as (band of
        likelihood, band of impact) from 0. Empty where the condition holds.
    colouring : tuple of cell
        Cells whose colour the third condition does not allow.
    independent, negative : Misordering
        Pairs in the wrong order when likelihood and impact are independent, and at the correlation `rho`.
    rho : float
        Correlation of the normal scores.
    spread : {"bands", "range"}
        How risks lie on the axes.
    """

    matrix: RiskMatrix
    rising: tuple[tuple[Cell, Cell], ...] = field(repr=False)
    weak: tuple[tuple[Cell, Cell], ...] = field(repr=False)
    between: tuple[tuple[Cell, Cell], ...] = field(repr=False)
    colouring: tuple[Cell, ...] = field(repr=False)
    independent: Misordering
    negative: Misordering
    rho: float = RHO
    spread: Spread = "bands"

    @property
    def standing(self) -> Literal["exploratory"]:
        """A check of an instrument binds nothing."""
        return "exploratory"

    @property
    def sound(self) -> bool:
        """Whether all conditions hold; pairs can be mis-ordered all the same."""
        return not (self.rising or self.weak or self.between or self.colouring)

    def to_frame(self) -> pd.DataFrame:
        """One row for each offence.

        Returns
        -------
        DataFrame
            ``condition`` (``rising``, ``weak_consistency``, ``betweenness``, ``consistent_colouring``), ``cell``,
            ``colour``, ``other``, ``other_colour`` (empty for the last condition): str. No row where all hold.
        """
        import pandas as pd

        named = {"rising": self.rising, "weak_consistency": self.weak, "betweenness": self.between}
        rows = [
            (condition, *self._cell(first), *self._cell(other))
            for condition, pairs in named.items()
            for first, other in pairs
        ]
        rows += [("consistent_colouring", *self._cell(cell), "", "") for cell in self.colouring]
        columns = ["condition", "cell", "colour", "other", "other_colour"]
        return pd.DataFrame(rows, columns=columns).astype("str")

    def shares_frame(self) -> pd.DataFrame:
        """The shares of pairs, a row for each model of likelihood and impact.

        Returns
        -------
        DataFrame
            ``model`` (``independent``, ``negative``): str; ``rho``, ``wrong_of_parted`` (of the pairs whose colours
            differ, missing where none do), ``wrong``, ``tied`` (of all pairs), ``error`` of `wrong`: Float64, 0-1.
        """
        import pandas as pd

        both = (("independent", 0.0, self.independent), ("negative", self.rho, self.negative))
        rows = [(name, rho, one.wrong_of_parted, one.wrong, one.tied, one.error) for name, rho, one in both]
        columns = ["model", "rho", "wrong_of_parted", "wrong", "tied", "error"]
        return pd.DataFrame(rows, columns=columns).astype({"model": "str"} | dict.fromkeys(columns[1:], "Float64"))

    def explain(self, lang: Lang = "en") -> str:
        """Say which conditions hold, where they do not, and how many pairs the colours mis-order.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        lines = []
        for condition, pairs in (("rising", self.rising), ("weak", self.weak), ("between", self.between)):
            shown = [f"{self._said(a)} / {self._said(b)}" for a, b in pairs]
            lines.append(_condition(condition, shown, lang))
        lines.append(_condition("colouring", [self._said(cell) for cell in self.colouring], lang))
        for code, one in (("independent", self.independent), ("negative", self.negative)):
            parted = "-" if one.wrong_of_parted is None else f"{100 * one.wrong_of_parted:.1f}"
            facts = {"parted": parted, "wrong": f"{100 * one.wrong:.1f}", "tied": f"{100 * one.tied:.0f}"}
            lines.append(message(f"risk_matrix.said.{code}", lang, rho=said_figure(f"{self.rho:g}"), **facts))
        return "\n".join(lines)

    def _cell(self, cell: Cell) -> tuple[str, str]:
        return self.matrix.cell_name(cell), self.matrix.cells[cell[0]][cell[1]]

    def _said(self, cell: Cell) -> str:
        return "{} [{}]".format(*self._cell(cell))

    def __repr__(self) -> str:
        parted = [one.wrong_of_parted for one in (self.independent, self.negative)]
        shares = " and ".join("-" if share is None else f"{share:.1%}" for share in parted)
        return f"MatrixCheck({'sound' if self.sound else 'not sound'}; mis-ordered {shares} at rho 0 and {self.rho:g})"


def check_matrix(matrix: RiskMatrix, *, rho: float = RHO, spread: Spread = "bands") -> MatrixCheck:
    """Say whether the colours of a risk matrix can be trusted, and how many pairs of risks they put in the wrong order.

    Parameters
    ----------
    matrix : RiskMatrix
        The colours and the real ranges of the bands.
    rho : float
        Correlation of the normal scores of likelihood and impact in the second model, -1 < rho <= 0. Frequent risks
        are mostly small and grave ones rare: with -0.9 the usual 5 x 5 matrix mis-orders 19 % of the pairs that its
        colours part, with independence 3 %.
    spread : {"bands", "range"}
        How risks lie on each axis: as many in every band and evenly inside it, or evenly over the whole range. The
        same where the bands have the same width (with axes from 0 to 1: uniform on the unit square).

    Returns
    -------
    MatrixCheck

    Raises
    ------
    InvalidInput
        If an argument is of the wrong kind or out of its range.

    Examples
    --------
    >>> matrix = se.risk.RiskMatrix.load("data/samples/risks/matrix.toml")
    >>> print(se.risk.check_matrix(matrix).explain().splitlines()[0])
    No colour falls as likelihood or impact rises.
    """
    found = [] if isinstance(matrix, RiskMatrix) else [asked("asked.kind", "matrix", matrix, kind="RiskMatrix")]
    figure = as_figure(rho)
    if figure is None or not -1 < figure <= 0:
        found.append(Finding("risk_matrix.rho", TABLE, "rho", value=str(rho)))
    if not isinstance(spread, str) or spread not in SPREADS:
        found.append(
            Finding("risk_matrix.spread", TABLE, "spread", value=str(spread), facts={"known": ", ".join(SPREADS)})
        )
    if found or figure is None:
        raise InvalidInput(found, "arguments")
    levels, f, s = matrix.levels, matrix.likelihood.edges, matrix.impact.edges
    axes = (f, _below(f, spread)), (s, _below(s, spread))
    return MatrixCheck(
        matrix,
        not_rising(levels),
        weakly_inconsistent(levels, f, s),
        without_between(levels),
        inconsistently_coloured(levels, f, s),
        misordering(levels, *axes),
        misordering(levels, *axes, rho=figure),
        figure,
        spread,
    )


def _below(edges: tuple[float, ...], spread: Spread) -> tuple[float, ...]:
    """Probability that a risk lies below each edge."""
    last = len(edges) - 1
    if spread == "bands":
        return tuple(at / last for at in range(last + 1))
    return tuple((edge - edges[0]) / (edges[-1] - edges[0]) for edge in edges)


def _condition(condition: str, shown: list[str], lang: Lang) -> str:
    if not shown:
        return message(f"risk_matrix.said.{condition}_holds", lang)
    stop = "；" if lang == "zh" else "; "
    more = "" if len(shown) <= SHOWN else f"{stop}+{len(shown) - SHOWN}"
    return message(f"risk_matrix.said.{condition}_broken", lang, n=len(shown), cells=stop.join(shown[:SHOWN]) + more)
