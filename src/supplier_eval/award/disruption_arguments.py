"""The arguments of ``disruption_risk``, checked together: everything that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, get_args

from supplier_eval.award.allocation import Allocation
from supplier_eval.award.analysis_arguments import argument_findings
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.disruption_reading import Told, read_chances, read_scenarios
from supplier_eval.award.disruption_recourse import Kind, Recourse
from supplier_eval.award.disruption_scenarios import Failures, independent_failures
from supplier_eval.award.objective import goal_of
from supplier_eval.award.parts import ZERO
from supplier_eval.award.reading_cells import figure_of
from supplier_eval.errors import InvalidInput, UnknownName

if TYPE_CHECKING:
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.problem import AwardProblem

FIELDS = ("kind", "surcharge", "unserved_cost")


@dataclass(frozen=True)
class Given:
    """The arguments as people give them; see `disruption_risk`."""

    allocation: object
    scenarios: object
    probabilities: object
    level: object
    weight: object
    recourse: object
    draws: object
    seed: object
    gap: object
    time_limit: object


@dataclass(frozen=True)
class Asked:
    """The arguments as they are used.

    Parameters
    ----------
    problem : AwardProblem
        Its objective is cost.
    audit : Audit or None
        Of the award that was given; None where none was.
    failures : Failures
        The scenarios.
    level : Fraction
        0 < level < 1.
    weight : Fraction or None
        0-1; None where no award is sought.
    recourse : Recourse
        What may be done in a scenario.
    """

    problem: AwardProblem
    audit: Audit | None
    failures: Failures
    level: Fraction
    weight: Fraction | None
    recourse: Recourse


def read_arguments(problem: AwardProblem, given: Given) -> Asked:
    """Check the arguments and make the scenarios.

    Raises
    ------
    InvalidInput
        With every finding at once.
    """
    told = Told(argument_findings("disruption_risk", gap=given.gap, time_limit=given.time_limit))
    costing = problem.with_terms(goal=goal_of("cost"))
    if problem.terms.cover == "at_most":
        told.wrong("cover", "problem", value="at_most")
    level, weight = _level(given.level, told), _weight(given.weight, told)
    recourse = _recourse(given.recourse, told)
    audit = _audit(costing, given.allocation, told)
    failures = _failures(problem, given, told)
    if told.findings:
        raise InvalidInput(told.findings)
    return Asked(costing, audit, failures, level, weight, recourse)


def _number(value: object) -> Fraction | None:
    """An exact figure; None for anything else, truth values too."""
    found = None if isinstance(value, bool) else figure_of(value)
    return found if isinstance(found, Fraction) else None


def _level(value: object, told: Told) -> Fraction:
    found = _number(value)
    if found is None or not 0 < found < 1:
        told.wrong("level", "level", value=value)
        return ZERO
    return found


def _weight(value: object, told: Told) -> Fraction | None:
    found = None if value is None else _number(value)
    if value is not None and (found is None or not 0 <= found <= 1):
        told.wrong("weight", "weight", value=value)
    return found


def _recourse(value: object, told: Told) -> Recourse:
    if isinstance(value, Recourse):
        value = {name: getattr(value, name) for name in FIELDS}
    said = {"kind": value} if isinstance(value, str) else value
    if not isinstance(said, Mapping):
        told.wrong("recourse", "recourse", value=type(value).__name__)
        return Recourse()
    for key in sorted(set(map(str, said)) - set(FIELDS)):
        told.wrong("recourse_key", "recourse", value=key, known=", ".join(FIELDS))
    kind = said.get("kind", "fill")
    if kind not in get_args(Kind):
        told.wrong("recourse", "recourse", value=kind)
    surcharge = _at_least_nothing(said.get("surcharge", 0), "surcharge", told)
    price = said.get("unserved_cost")
    return Recourse(
        kind="reallocate" if kind == "reallocate" else "fill",
        surcharge=surcharge or ZERO,
        unserved_cost=None if price is None else _at_least_nothing(price, "unserved_cost", told),
    )


def _at_least_nothing(value: object, name: str, told: Told) -> Fraction | None:
    found = _number(value)
    if found is None or found < 0:
        told.wrong("negative", f"recourse.{name}", value=value)
    return found


def _audit(problem: AwardProblem, allocation: object, told: Told) -> Audit | None:
    """The audit of the award that was given, with cost as its objective."""
    award = allocation.award if isinstance(allocation, Allocation) else allocation
    if allocation is None:
        return None
    if not isinstance(award, Award):
        told.wrong("no_award", "allocation", value=type(award).__name__)
        return None
    try:
        audit = audit_award(problem, award)
    except (UnknownName, ValueError) as unknown:
        told.wrong("foreign_award", "allocation", value=unknown)
        return None
    if not audit.valid:
        broken = ", ".join(breach.what for breach in audit.breaches if breach.hard)
        told.wrong("award_not_valid", "allocation", value=broken)
    return audit


def _failures(problem: AwardProblem, given: Given, told: Told) -> Failures:
    draws, seed = given.draws, given.seed
    if draws is not None and (isinstance(draws, bool) or not isinstance(draws, int) or draws < 2):
        told.wrong("draws", "draws", value=draws)
        draws = None
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        told.wrong("seed", "seed", value=seed)
        seed = 0
    if given.scenarios is None:
        chances = read_chances(problem, given.probabilities, told)
        return Failures((), "all") if told.findings else independent_failures(chances, draws=draws, seed=seed)
    if given.probabilities is not None:
        told.wrong("both", "probabilities")
    if given.draws is not None:
        told.wrong("draws_of_scenarios", "draws", value=given.draws)
    return read_scenarios(problem, given.scenarios, told)
