"""What an award optimises: a measure, a weighted mix of measures, or several in order of precedence.

Measures of an award, each linear in it:

``cost``
    All money: bids after discounts, fixed, switching and award costs, emergency supply of unserved demand.
``value``
    Sum of price x share: what bidders pay in a forward auction, where a price is for the whole lot.
``attr:NAME``
    Sum of awarded volume x attribute, of the bid or else of the supplier.
``winners``
    Number of suppliers that win anything.
``penalty``
    Money or points paid for breaches of soft rules; it is added to every first stage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

HIGHER_IS_BETTER = ("value", "attr:score", "attr:quality")
NAMES = {
    "cost": "cost",
    "min_cost": "cost",
    "value": "value",
    "max_value": "value",
    "score": "attr:score",
    "risk": "attr:risk",
    "winners": "winners",
}


@dataclass(frozen=True)
class Stage:
    """One stage of an objective: a sum of weight x measure, to be minimised; a gain has a negative weight.

    Parameters
    ----------
    weights : tuple of (str, Fraction)
        Measure and weight, by measure name, none zero.
    """

    weights: tuple[tuple[str, Fraction], ...]

    @property
    def single(self) -> str:
        """The only measure, with weight 1 or -1; empty for a mix."""
        return self.weights[0][0] if len(self.weights) == 1 and abs(self.weights[0][1]) == 1 else ""

    @property
    def maximised(self) -> bool:
        """True where a single measure is a gain: it is then reported as it is, not with its sign turned."""
        return bool(self.single) and self.weights[0][1] < 0

    @property
    def name(self) -> str:
        """``cost``, ``attr:score``, or ``0.5 cost - 2 attr:score``."""
        if self.single:
            return self.single
        terms = [f"{'-' if weight < 0 else '+'} {float(abs(weight)):g} {measure}" for measure, weight in self.weights]
        return " ".join(terms).removeprefix("+ ")

    def of(self, measures: Mapping[str, Fraction]) -> Fraction:
        """The value to be minimised, from the measures of an award."""
        return sum((weight * measures[measure] for measure, weight in self.weights), Fraction(0))

    def reported(self, minimised: Fraction) -> Fraction:
        """The figure that people read: a maximised measure keeps its own sign."""
        return -minimised if self.maximised else minimised


@dataclass(frozen=True)
class Goal:
    """Stages in order of precedence: a later one decides only among the awards that are best in all before it."""

    stages: tuple[Stage, ...]

    @property
    def name(self) -> str:
        """``cost``; ``cost, then attr:score``."""
        return ", then ".join(stage.name for stage in self.stages)

    @property
    def measures(self) -> tuple[str, ...]:
        """All measures that are asked for, in canonical order."""
        return tuple(sorted({measure for stage in self.stages for measure, _ in stage.weights}))


def measure_of(name: str) -> tuple[str, int]:
    """Measure and sign (1 minimise, -1 maximise) of a name as people type it: ``cost``, ``score``, ``max_attr:sla``.

    Raises
    ------
    KeyError
        When the name is none of `NAMES`, ``attr:``, ``min_attr:`` or ``max_attr:`` with a name.
    """
    for prefix, sign in (("max_attr:", -1), ("min_attr:", 1)):
        if name.startswith(prefix) and len(name) > len(prefix):
            return f"attr:{name.removeprefix(prefix)}", sign
    measure = name if name.startswith("attr:") and len(name) > len("attr:") else NAMES[name]
    return measure, -1 if measure in HIGHER_IS_BETTER else 1


def goal_of(objective: object) -> Goal:
    """Read an objective: a name, a mapping name → weight > 0, a sequence of these in order, or a `Goal`.

    Raises
    ------
    KeyError
        A name that is no measure.
    ValueError
        An empty objective, or weights that are not finite numbers above 0.
    """
    if isinstance(objective, Goal):
        return objective
    if isinstance(objective, str | Mapping):
        return Goal((_stage(objective),))
    if not isinstance(objective, Sequence) or not objective:
        raise ValueError("an objective is a name, a mapping of weights, or a sequence of these")
    return Goal(tuple(_stage(stage) for stage in objective))


def _stage(objective: object) -> Stage:
    if isinstance(objective, str):
        measure, sign = measure_of(objective)
        return Stage(((measure, Fraction(sign)),))
    if not isinstance(objective, Mapping) or not objective:
        raise ValueError("a stage is a name or a mapping of weights")
    weights: dict[str, Fraction] = {}
    for name, weight in objective.items():
        measure, sign = measure_of(str(name))
        exact = Fraction(str(weight))
        if exact <= 0:
            raise ValueError(f"weight of {name} is {weight}, not above 0")
        weights[measure] = weights.get(measure, Fraction(0)) + sign * exact
    return Stage(tuple(sorted((measure, weight) for measure, weight in weights.items() if weight)))
