"""Risks in the cells of a matrix: the colour of each, and inside a colour the order by expected loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.messages import Lang, message
from supplier_eval.risk.matrix import RiskMatrix
from supplier_eval.risk.records import Column, asked, read_records
from supplier_eval.risk.said_figures import figure_text
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

TABLE = "risks"
NOT_ASSESSED = "not_assessed"
OUTSIDE = "outside"
COLUMNS = (
    Column("risk"),
    Column("likelihood", "figure", filled=False, least=0),
    Column("impact", "figure", filled=False, least=0),
)


@dataclass(frozen=True)
class PlacedRisk:
    """One risk on the matrix.

    Parameters
    ----------
    risk : str
        Id.
    state : {"placed", "not_assessed", "outside"}
        ``not_assessed`` where a figure is missing, ``outside`` where one lies beyond the bands: both have no colour.
    likelihood, impact : float or None
        In the units of the axes.
    cell, colour : str
        Its place; empty unless placed.
    expected_loss : float or None
        Likelihood times impact; known outside the bands too.
    rank : int or None
        1 for the first to deal with: by colour, inside it by expected loss, the same rank where both are equal.
    """

    risk: str
    state: Literal["placed", "not_assessed", "outside"]
    likelihood: float | None
    impact: float | None
    cell: str = ""
    colour: str = ""
    expected_loss: float | None = None
    rank: int | None = None


@dataclass(frozen=True, eq=False)
class PlacedRisks(Shown):
    """All risks of a table on a matrix, in canonical order.

    Parameters
    ----------
    matrix : RiskMatrix
        The matrix.
    risks : mapping
        Id -> `PlacedRisk`.
    """

    matrix: RiskMatrix = field(repr=False)
    risks: Mapping[str, PlacedRisk] = field(repr=False)

    @property
    def standing(self) -> Literal["exploratory"]:
        """An order of risks binds nothing."""
        return "exploratory"

    @property
    def not_assessed(self) -> tuple[str, ...]:
        """Risks without a likelihood or an impact: neither high nor low."""
        return tuple(key for key, one in self.risks.items() if one.state == NOT_ASSESSED)

    @property
    def outside(self) -> tuple[str, ...]:
        """Risks beyond the bands of the matrix."""
        return tuple(key for key, one in self.risks.items() if one.state == OUTSIDE)

    def to_frame(self) -> pd.DataFrame:
        """One row for each risk, the first to deal with first, then those without a colour by id.

        Returns
        -------
        DataFrame
            ``risk``, ``state``, ``colour``, ``cell`` (empty unless placed): str; ``likelihood``, ``impact``,
            ``expected_loss`` (units of the axes, and their product): Float64, missing where unknown; ``rank``: Int64.
        """
        import pandas as pd

        rows = [
            (p.risk, p.state, p.colour, p.cell, p.likelihood, p.impact, p.expected_loss, p.rank)
            for p in sorted(self.risks.values(), key=lambda p: (p.rank is None, p.rank or 0))
        ]
        kinds = dict.fromkeys(("risk", "state", "colour", "cell"), "str")
        kinds |= dict.fromkeys(("likelihood", "impact", "expected_loss"), "Float64") | {"rank": "Int64"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, risk: str, lang: Lang = "en") -> str:
        """Say how a risk came to its colour and place.

        Parameters
        ----------
        risk : str
            Id.
        lang : {"en", "zh"}
            Language.
        """
        if risk not in self.risks:
            raise UnknownName("risk", str(risk), self.risks)
        one = self.risks[risk]
        figures = {
            "likelihood": "-"
            if one.likelihood is None
            else f"{figure_text(one.likelihood)} {self.matrix.likelihood.unit}".strip(),
            "impact": "-" if one.impact is None else f"{figure_text(one.impact)} {self.matrix.impact.unit}".strip(),
            "loss": figure_text(one.expected_loss),
        }
        facts = {"risk": risk, "cell": one.cell, "colour": one.colour, "rank": one.rank, "n": self._placed}
        return message(f"risk_matrix.place.{one.state}", lang, **figures, **facts)

    @property
    def _placed(self) -> int:
        return sum(one.state == "placed" for one in self.risks.values())

    def __repr__(self) -> str:
        return f"PlacedRisks({self._placed} placed; {len(self.not_assessed)} not assessed; {len(self.outside)} outside)"


def place_risks(matrix: RiskMatrix, risks: pd.DataFrame) -> PlacedRisks:
    """Put risks into the cells of a matrix, and order them by colour and, inside a colour, by expected loss.

    Parameters
    ----------
    matrix : RiskMatrix
        The matrix.
    risks : DataFrame
        ``risk`` (id, str); ``likelihood``, ``impact`` (in the units of the axes, not negative; a missing one means not
        assessed, which is neither the lowest nor the highest value).

    Returns
    -------
    PlacedRisks

    Raises
    ------
    InvalidInput
        If columns are missing, an id is missing or there twice, or a figure is no number or negative.
    """
    if not isinstance(matrix, RiskMatrix):
        raise InvalidInput([asked("asked.kind", "matrix", matrix, kind="RiskMatrix")], "arguments")
    records = read_records(risks, COLUMNS, TABLE, key=("risk",))
    placed = [_placed(matrix, r.text("risk"), r.figure("likelihood"), r.figure("impact")) for r in records]
    first: dict[tuple[int, float], int] = {}
    for at, key in enumerate(sorted((_key(matrix, one) for one in placed if one.colour), reverse=True)):
        first.setdefault(key, at + 1)
    ranked = {one.risk: replace(one, rank=first[_key(matrix, one)]) if one.colour else one for one in placed}
    return PlacedRisks(matrix, ranked)


def _placed(matrix: RiskMatrix, risk: str, likelihood: float | None, impact: float | None) -> PlacedRisk:
    if likelihood is None or impact is None:
        return PlacedRisk(risk, "not_assessed", likelihood, impact)
    i, j = matrix.likelihood.index(likelihood), matrix.impact.index(impact)
    if i is None or j is None:
        return PlacedRisk(risk, "outside", likelihood, impact, expected_loss=likelihood * impact)
    cell, colour = matrix.cell_name((i, j)), matrix.cells[i][j]
    return PlacedRisk(risk, "placed", likelihood, impact, cell, colour, likelihood * impact)


def _key(matrix: RiskMatrix, one: PlacedRisk) -> tuple[int, float]:
    return matrix.colours.index(one.colour), one.expected_loss or 0.0
