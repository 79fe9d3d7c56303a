"""All that is asked about an award at once: the award itself, conflicts, prices of rules, a front, the next best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from supplier_eval.award.allocation_document import allocation_document
from supplier_eval.award.next_best import check_names
from supplier_eval.award.objective import goal_of
from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.conflicting_rules import RuleConflicts
    from supplier_eval.award.frontier_result import Frontier
    from supplier_eval.award.next_best import NextBest
    from supplier_eval.award.outcome import Step
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.relaxation_result import Relaxation
    from supplier_eval.award.rule_costs_result import RuleCosts
    from supplier_eval.award.scenarios_result import Scenarios

__all__ = ["AwardAnswers", "AwardQuestions", "answer_award", "objective_of_text"]


@dataclass(frozen=True, kw_only=True)
class AwardQuestions:
    """What is asked about an award.

    Parameters
    ----------
    objective : str or None
        As `objective_of_text` reads it; None for the problem's own.
    gap : float
        Relative gap, 0-1, at which the award's search may stop.
    time_limit : float
        Seconds for each question.
    solver : str or None
        ``highs``, ``cbc``, ``scipy``; None for the best that is installed.
    lot, supplier : str or None
        Why this lot went as it did; with both, the next best award too.
    rule_costs : bool
        Whether every rule is priced.
    frontier : str or None
        Objectives of a front, parted by commas.
    """

    objective: str | None = None
    gap: float = 1e-3
    time_limit: float = 60.0
    solver: str | None = None
    lot: str | None = None
    supplier: str | None = None
    rule_costs: bool = False
    frontier: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class AwardAnswers:
    """An award and what was asked about it.

    Parameters
    ----------
    allocation : Allocation
        The award, or why there is none.
    lot, supplier : str or None
        What was asked for.
    conflicts : RuleConflicts or None
        Where the award is infeasible for its rules: which of them, and what it would be enough to give up.
    relaxation : Relaxation or None
        There too: the smallest changes of limits that make an award possible.
    rule_costs : RuleCosts or None
        The price of every rule, where asked for.
    frontier : Frontier or None
        The front, where asked for.
    next_best : NextBest or None
        The next best award, where lot and supplier were given.
    scenarios : Scenarios or None
        Other scenarios beside it.
    interrupted : bool
        True where somebody stopped it before everything was answered.
    """

    allocation: Allocation
    lot: str | None = None
    supplier: str | None = None
    conflicts: RuleConflicts | None = None
    relaxation: Relaxation | None = None
    rule_costs: RuleCosts | None = None
    frontier: Frontier | None = None
    next_best: NextBest | None = None
    scenarios: Scenarios | None = None
    interrupted: bool = False

    def document(self) -> dict[str, Any]:
        """Everything as plain data, see `allocation_document`."""
        return allocation_document(
            self.allocation,
            conflicts=self.conflicts,
            relaxation=self.relaxation,
            rule_costs=self.rule_costs,
            frontier=self.frontier,
            next_best=self.next_best,
            scenarios=self.scenarios,
        ) | {"interrupted": self.interrupted}


def answer_award(
    problem: AwardProblem, asked: AwardQuestions, *, progress: Callable[[Step], None] | None = None
) -> AwardAnswers:
    """Award the lots and answer what was asked beside it.

    Parameters
    ----------
    problem : AwardProblem
        Lots, bids, rules and terms.
    asked : AwardQuestions
        What is asked.
    progress : callable, optional
        Called with each `Step` of the award's search.

    Returns
    -------
    AwardAnswers
        An award that is infeasible comes with its conflicts and what to relax. An interruption (Ctrl-C) after the
        award leaves out what was not answered yet.

    Raises
    ------
    InvalidInput
        The objective, the gap, the time limit or the objectives of the front make no sense.
    UnknownName
        A lot, a supplier or a solver that does not exist.
    KeyboardInterrupt
        Somebody stopped it before there was an award.
    """
    from supplier_eval.award.front import award_lots

    check_names(problem, asked.lot, asked.supplier)
    problem = _under(problem, asked)
    made = award_lots(problem, gap=asked.gap, time_limit=asked.time_limit, solver=asked.solver, progress=progress)
    answers = AwardAnswers(allocation=made, lot=asked.lot, supplier=asked.supplier)
    try:
        for name, answer in _further(made, asked):
            answers = replace(answers, **{name: answer()})
    except KeyboardInterrupt:
        return replace(answers, interrupted=True)
    return answers


def _under(problem: AwardProblem, asked: AwardQuestions) -> AwardProblem:
    """The problem under the objective asked for; what keeps that, or the front, from being asked is found before."""
    from supplier_eval.award.front import under_objective
    from supplier_eval.award.frontier_targets import targets_of

    if asked.objective is not None:
        problem = under_objective(problem, objective_of_text(asked.objective))
    if asked.frontier is not None:
        targets_of(problem, _names(asked.frontier))
    return problem


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _further(made: Allocation, asked: AwardQuestions) -> list[tuple[str, Callable[[], Any]]]:
    """What is asked beside the award, by the field that it fills."""
    problem = made.problem
    limits: dict[str, Any] = {"time_limit": asked.time_limit, "solver": asked.solver}
    wanted: list[tuple[str, Callable[[], Any]]] = []
    if made.status == "infeasible" and made.conflicts != (("_structural",),):
        from supplier_eval.award.conflicting_rules import rule_conflicts

        wanted.append(("conflicts", lambda: rule_conflicts(problem, **limits)))
        from supplier_eval.award.relaxation import smallest_relaxation

        wanted.append(("relaxation", lambda: smallest_relaxation(problem, **limits)))
    lot, supplier = asked.lot, asked.supplier
    if made.award is not None and lot is not None and supplier is not None:
        wanted.append(("next_best", lambda: made.next_best(lot, supplier, **limits)))
    if asked.rule_costs:
        from supplier_eval.award.rule_prices import rule_costs

        wanted.append(("rule_costs", lambda: rule_costs(problem, **limits)))
    if asked.frontier is not None:
        from supplier_eval.award.frontier_front import frontier

        objectives = _names(asked.frontier)
        wanted.append(("frontier", lambda: frontier(problem, objectives, **limits)))
    return wanted


def objective_of_text(text: str) -> object:
    """Read an objective as one types it on a command line.

    Parameters
    ----------
    text : str
        A name (``cost``), names in order of precedence (``cost,score``), a mix (``cost=1+score=200``), or mixes in
        order (``cost=1+score=200,winners``).

    Returns
    -------
    str, mapping, or list of these
        As `award_lots` takes it.

    Raises
    ------
    InvalidInput
        A name or a weight that is none.
    """
    stages = [_stage(part) for part in text.split(",")]
    try:
        goal_of(stages)
    except (KeyError, ValueError, TypeError):
        raise InvalidInput([Finding("award.lots.objective", "award_lots", "objective", value=text)]) from None
    return stages[0] if len(stages) == 1 else stages


def _stage(text: str) -> object:
    if "=" not in text:
        return text.strip()
    parts = [part.partition("=") for part in text.split("+")]
    return {name.strip(): weight.strip() for name, _, weight in parts}
