"""Weights read off the bids at hand, with labels: a test of robustness, never the weights of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.robustness.objective_table import Directions, Values, WeightTable, weight_table
from supplier_eval.robustness.objective_weights import (
    ORIENTATIONS,
    ObjectiveWeights,
    Orientation,
    critic_objective,
    entropy_objective,
    merec_objective,
)
from supplier_eval.score.order import FloatArray
from supplier_eval.score.sheet import Standing
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class DataDrivenWeights(Shown):
    """Weights that a formula reads off a table of bids, with the figures to check them by hand.

    They depend on who has bid, so nobody can publish them before the bids are opened; there is no way to hand them
    to a policy.

    Parameters
    ----------
    method : {"entropy", "critic", "merec"}
        Which formula.
    bids, criteria : tuple of str
        Bids that were read, and criteria in the order of the table.
    directions : tuple of {"max", "min"}
        By criterion.
    found : ObjectiveWeights
        Weights (fractions that sum to 1) and the figures of the source.
    choices : mapping of str to str
        What was chosen: ``orientation`` for entropy.
    policy_fingerprint : str
        Fingerprint of the policy of the sheet; empty for a table.
    """

    method: Literal["entropy", "critic", "merec"]
    bids: tuple[str, ...]
    criteria: tuple[str, ...]
    directions: tuple[Literal["max", "min"], ...]
    found: ObjectiveWeights
    choices: Mapping[str, str]
    policy_fingerprint: str = ""

    @property
    def standing(self) -> Standing:
        """Always ``"exploratory"``."""
        return "exploratory"

    @property
    def weights(self) -> FloatArray:
        """Fractions that sum to 1, in the order of `criteria`."""
        return self.found.weights.copy()

    @property
    def silent(self) -> tuple[str, ...]:
        """Criteria in which all bids are equal: they cannot earn a weight."""
        return tuple(name for name, flat in zip(self.criteria, self.found.silent.tolist(), strict=True) if flat)

    @cached_property
    def equal_by_default(self) -> bool:
        """Whether the formula found nothing to tell the criteria apart, so that equal weights stand in."""
        return bool(self.found.fallback)

    def to_frame(self) -> pd.DataFrame:
        """One row a criterion: ``criterion direction weight`` (fraction of 1) and the figures of the source."""
        import pandas as pd

        columns: dict[str, object] = {
            "criterion": list(self.criteria),
            "direction": list(self.directions),
            "weight": self.weights,
        }
        return pd.DataFrame(columns | {name: figure.copy() for name, figure in self.found.figures.items()})

    def explain(self, lang: Lang = "en") -> str:
        """Say what the weights are, where they come from and what they may not be used for."""
        lines = [
            message(f"data_weights.{self.method}", lang, n=len(self.bids)),
            message("data_weights.never_policy", lang),
        ]
        for name, weight in zip(self.criteria, self.weights.tolist(), strict=True):
            lines.append(message("data_weights.line", lang, criterion=name, percent=f"{100 * weight:.2f}"))
        sep = "、" if lang == "zh" else ", "
        costs = [name for name, way in zip(self.criteria, self.directions, strict=True) if way == "min"]
        if "orientation" in self.choices and costs:
            code = f"data_weights.orientation.{self.choices['orientation']}"
            lines.append(message(code, lang, names=sep.join(costs)))
        if self.silent:
            lines.append(message("data_weights.silent", lang, names=sep.join(self.silent)))
        if self.equal_by_default:
            lines.append(message("data_weights.equal", lang))
        return "\n".join(lines)

    def __repr__(self) -> str:
        shown = ", ".join(f"{c} {w:.4f}" for c, w in zip(self.criteria[:4], self.weights.tolist(), strict=False))
        more = ", …" if len(self.criteria) > 4 else ""
        return f"DataDrivenWeights({self.method}: {shown}{more}; exploratory)"


def entropy_weights(
    values: Values,
    directions: Directions = None,
    orientation: Orientation = "mirrored",
) -> DataDrivenWeights:
    """Weigh the criteria by how unevenly the bids share in them (entropy); for robustness tests only.

    Parameters
    ----------
    values : DataFrame, array_like or ScoreSheet
        Bids × criteria in any unit, finite and not negative; or the eligible bids of a sheet.
    directions : mapping, Series or sequence of {"max", "min"}, optional
        By criterion; all ``"max"`` where omitted. Not with a sheet, where higher is always better.
    orientation : {"mirrored", "min_max", "as_given"}
        What becomes of a cost: turned round inside its own range (max + min - x), all criteria put on 0-1 by their
        direction, or left as it is (the source: shares of the raw figures, direction unheard).

    Returns
    -------
    DataDrivenWeights
        Equal weights, and a line that says so, where all bids are equal or there is one bid.

    Raises
    ------
    InvalidInput
        With every finding: empty table, missing or negative figures, directions that are missing or unknown.

    References
    ----------
    Xu (2004), "A note on the subjective and objective integrated approach", EJOR 156(2).

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"price": [250, 200, 300], "staff": [16, 16, 32]}, index=["A", "B", "C"])
    >>> se.robustness.entropy_weights(table)
    DataDrivenWeights(entropy: price 0.1856, staff 0.8144; exploratory)
    """
    if orientation not in ORIENTATIONS:
        facts = {"known": ", ".join(ORIENTATIONS)}
        raise InvalidInput([Finding("data_weights.orientation.unknown", "values", value=str(orientation), facts=facts)])
    least = None if orientation == "min_max" else "not_negative"
    read = weight_table(values, directions, least, needs_directions=False)
    found = entropy_objective(read.table, read.signs, orientation)
    return _labelled("entropy", read, found, {"orientation": orientation})


def critic_weights(values: Values, directions: Directions = None) -> DataDrivenWeights:
    """Weigh the criteria by contrast and by conflict with the others (CRITIC); for robustness tests only.

    Parameters
    ----------
    values : DataFrame, array_like or ScoreSheet
        Bids × criteria in any unit, finite; or the eligible bids of a sheet.
    directions : mapping, Series or sequence of {"max", "min"}
        By criterion; needed with a table, refused with a sheet, where higher is always better.

    Returns
    -------
    DataDrivenWeights
        Equal weights, and a line that says so, where no criterion contradicts another.

    Raises
    ------
    InvalidInput
        With every finding: empty table, missing figures, directions that are missing or unknown.

    References
    ----------
    Diakoulaki, Mavrotas and Papayannakis (1995), Computers & Operations Research 22(7).

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"price": [250, 200, 300], "staff": [16, 16, 32]}, index=["A", "B", "C"])
    >>> se.robustness.critic_weights(table, directions=["min", "max"])
    DataDrivenWeights(critic: price 0.4641, staff 0.5359; exploratory)
    """
    read = weight_table(values, directions, None)
    return _labelled("critic", read, critic_objective(read.table, read.signs), {})


def merec_weights(values: Values, directions: Directions = None) -> DataDrivenWeights:
    """Weigh the criteria by what changes when each is left out (MEREC); for robustness tests only.

    Parameters
    ----------
    values : DataFrame, array_like or ScoreSheet
        Bids × criteria in any unit, finite and above zero; or the eligible bids of a sheet.
    directions : mapping, Series or sequence of {"max", "min"}
        By criterion; needed with a table, refused with a sheet, where higher is always better.

    Returns
    -------
    DataDrivenWeights
        Equal weights, and a line that says so, where all bids are equal or there is one bid.

    Raises
    ------
    InvalidInput
        With every finding: empty table, figures that are missing or not above zero, directions that are missing or
        unknown.

    References
    ----------
    Keshavarz-Ghorabaee et al. (2021), Symmetry 13(4):525.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"price": [250, 200, 300], "staff": [16, 16, 32]}, index=["A", "B", "C"])
    >>> se.robustness.merec_weights(table, directions=["min", "max"])
    DataDrivenWeights(merec: price 0.4774, staff 0.5226; exploratory)
    """
    read = weight_table(values, directions, "positive")
    return _labelled("merec", read, merec_objective(read.table, read.signs), {})


def _labelled(
    method: Literal["entropy", "critic", "merec"],
    read: WeightTable,
    found: ObjectiveWeights,
    choices: Mapping[str, str],
) -> DataDrivenWeights:
    """Put the labels on."""
    ways: tuple[Literal["max", "min"], ...] = tuple("max" if s > 0 else "min" for s in read.signs.tolist())
    return DataDrivenWeights(method, read.bids, read.criteria, ways, found, choices, read.fingerprint)
