"""The objectives of a front: read and checked, as exact figures of an audit and as linear functions of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.award.formulation import Formulation, formulate
from supplier_eval.award.frontier_units import common_unit, unit_of
from supplier_eval.award.objective import Goal, Stage, measure_of
from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.parts import Bid, Bundle
    from supplier_eval.award.problem import AwardProblem

Sense = Literal["min", "max"]
PENALTY = "penalty"
MONEY = ("cost", "value")


@dataclass(frozen=True, eq=False)
class Targets:
    """Two or three objectives of a problem.

    Parameters
    ----------
    problem : AwardProblem
        The problem with these objectives as the stages of its goal.
    names : tuple of str
        As they were given.
    measures : tuple of str
        Measures that they stand for.
    signs : tuple of int
        1 for what is minimised, -1 for gains.
    """

    problem: AwardProblem
    names: tuple[str, ...]
    measures: tuple[str, ...]
    signs: tuple[int, ...]

    @property
    def count(self) -> int:
        """Number of objectives."""
        return len(self.names)

    @property
    def senses(self) -> Mapping[str, Sense]:
        """Name → ``min`` or ``max``."""
        return MappingProxyType(
            {n: "min" if sign > 0 else "max" for n, sign in zip(self.names, self.signs, strict=True)}
        )

    @cached_property
    def fined(self) -> bool:
        """True where penalties of soft rules are paid for in the first objective."""
        return PENALTY not in self.measures and any(not rule.hard for rule in self.problem.rules.values())

    def costs(self, audit: Audit) -> tuple[Fraction, ...]:
        """The objectives of an award, all to be minimised, exact."""
        found = [sign * audit.measures[name] for name, sign in zip(self.measures, self.signs, strict=True)]
        return (found[0] + audit.measures[PENALTY], *found[1:]) if self.fined else tuple(found)

    def figures(self, costs: Sequence[Fraction]) -> Mapping[str, Fraction]:
        """Name → figure as people read it: gains with their own sign."""
        signed = zip(self.names, self.signs, costs, strict=True)
        return MappingProxyType({name: sign * cost for name, sign, cost in signed})

    @cached_property
    def formulation(self) -> Formulation:
        """The model; which of the objectives it minimises is not settled here."""
        return formulate(self.problem)

    @cached_property
    def vectors(self) -> NDArray[np.float64]:
        """Coefficients of the objectives, all minimised, shape (n_objectives, n_columns)."""
        measures = self.formulation.measures
        made = np.array([sign * measures[name] for name, sign in zip(self.measures, self.signs, strict=True)])
        if self.fined:
            made[0] += measures[PENALTY]
        return made

    @cached_property
    def reach(self) -> tuple[float, ...]:
        """A figure that no award exceeds in size, by objective; above 0."""
        found = np.abs(self.vectors) @ self.formulation.upper
        return tuple(float(size) or 1.0 for size in found)

    @cached_property
    def units(self) -> tuple[Fraction, ...]:
        """Smallest step of each objective."""
        found = [unit_of(self.problem, name) for name in self.measures]
        if self.fined:
            found[0] = common_unit(found[0], unit_of(self.problem, PENALTY))
        return tuple(found)

    @property
    def worth(self) -> tuple[Fraction, ...]:
        """Smallest difference that counts, by objective: its smallest step, of money at least one minor unit."""
        cents = (self.problem.terms.cent if name in MONEY else Fraction(0) for name in self.measures)
        return tuple(map(max, self.units, cents))


def targets_of(problem: AwardProblem, objectives: object, *, also: Sequence[Finding] = ()) -> Targets:
    """Read the objectives of a front.

    Parameters
    ----------
    problem : AwardProblem
        Lots, bids and rules.
    objectives : sequence of str
        Two or three names.
    also : sequence of Finding
        What else is wrong with the question, to be said in the same breath.

    Raises
    ------
    InvalidInput
        Not two or three of them; a name that is not known, stands twice, or that some offer has no figure for.
    """
    names = _names(objectives)
    read: dict[str, tuple[str, int]] = {}
    findings = list(also)
    if not 2 <= len(names) <= 3:
        findings.append(_finding("count", ", ".join(names), n=len(names)))
    for name in names:
        try:
            measure, sign = (PENALTY, 1) if name == PENALTY else measure_of(name)
        except KeyError:
            findings.append(_finding("unknown", name))
            continue
        if measure in {known for known, _ in read.values()}:
            findings.append(_finding("twice", name))
            continue
        read[name] = (measure, sign)
        findings += _missing(problem, name, measure)
    if findings:
        raise InvalidInput(findings)
    measures, signs = (tuple(part) for part in zip(*read.values(), strict=True))
    stages = tuple(Stage(((name, Fraction(sign)),)) for name, sign in read.values() if name != PENALTY)
    return Targets(problem.with_terms(goal=Goal(stages)), names, measures, signs)


def _names(objectives: object) -> tuple[str, ...]:
    if isinstance(objectives, str | bytes) or not isinstance(objectives, Iterable):
        return (str(objectives),)
    return tuple(str(name) for name in objectives)


def _finding(problem: str, value: str, **facts: object) -> Finding:
    return Finding(f"frontier.objectives.{problem}", "frontier", "objectives", value=value, facts=facts)


def _missing(problem: AwardProblem, name: str, measure: str) -> list[Finding]:
    """Offers that have no figure for a measure."""
    if measure == "value":
        curved = sorted({bid.supplier for bid in problem.bids.values() if bid.curve})
        return [_finding("curve", name, who=", ".join(curved))] if curved else []
    if not measure.startswith("attr:"):
        return []
    offers: list[Bid | Bundle] = [*problem.bids.values(), *problem.bundles.values()]
    without = {o.supplier for o in offers if not isinstance(problem.attribute(o, measure[5:]), Fraction)}
    return [_finding("attribute", name, attribute=measure[5:], who=", ".join(sorted(without)))] if without else []
