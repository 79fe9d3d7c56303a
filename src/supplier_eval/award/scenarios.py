"""``compare_scenarios``: the award under other rules, prices, demands or bidders, side by side with the base."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from supplier_eval.award.analysis_arguments import argument_findings
from supplier_eval.award.front import award_lots
from supplier_eval.award.model import choose_solver
from supplier_eval.award.problem import AwardProblem
from supplier_eval.award.scenario_changes import changed
from supplier_eval.award.scenarios_result import BASE, Scenario, Scenarios
from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    from supplier_eval.award.allocation import Allocation

__all__ = ["Scenario", "Scenarios", "compare_scenarios"]

Change: TypeAlias = "Mapping[str, object] | AwardProblem | Callable[[AwardProblem], AwardProblem]"


def compare_scenarios(
    problem: AwardProblem,
    scenarios: Mapping[str, Change],
    *,
    gap: float = 1e-3,
    time_limit: float = 60.0,
    solver: str | None = None,
) -> Scenarios:
    """Award the same lots under several scenarios and lay the awards side by side.

    Parameters
    ----------
    problem : AwardProblem
        The base, awarded as it is; the scenarios are compared with it.
    scenarios : mapping
        Name → change. A change is a mapping with any of the keys below, a ready `AwardProblem`, or a function from
        the base to a problem. ``rules``: rules to be added; ``without_rules``: ids; ``limits``: rule id → new value;
        ``objective``, ``cover``, ``unserved_cost`` (of lots that state none), ``share_step``, ``tie_keys``: other
        terms; ``without_suppliers``: ids; ``without_bids``: (lot, supplier) or (lot, supplier, alternate), also
        ``"lot|supplier"``, or ``"bundle:ID"``; ``prices``: a factor for all prices, or supplier id, bid or bundle →
        factor; ``demand``: a factor for all lots, or lot → factor.
    gap : float
        Relative gap, 0-1, at which each search may stop; 0 asks for the optimum.
    time_limit : float
        Seconds for each scenario.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.

    Returns
    -------
    Scenarios
        A row for the base and for every scenario. One that has no award (infeasible, out of time), or whose function
        failed, keeps its row with the reason. Exploratory.

    Raises
    ------
    InvalidInput
        Scenarios that are written wrongly, `gap` or `time_limit`: all findings at once, each with its scenario.
    UnknownName, MissingExtra
        The solver is unknown or not installed.

    Notes
    -----
    Mean scores weigh with the awarded volume. Savings are today's prices (``baseline``) times demand, less the cost;
    they are missing where a lot has no baseline. Prices are scaled exactly and not rounded. Where demand is scaled, a
    bid takes capacity in proportion and a bundle's price grows with the volume that it covers.

    Examples
    --------
    >>> problem = se.award.read_problem("data/samples/award-regions")
    >>> without = {"without HX": {"without_suppliers": ["HX"]}}
    >>> se.award.compare_scenarios(problem, without)
    Scenarios(1 scenarios, 0 without an award; base costs 1,074,822.40)
    """
    findings = argument_findings("compare_scenarios", gap=gap, time_limit=time_limit)
    if not isinstance(scenarios, Mapping):
        given = type(scenarios).__name__
        raise InvalidInput([*findings, Finding("scenarios.shape", "scenarios", value=given)])
    made = {}
    for name, change in scenarios.items():
        scenario, wrong = _made(problem, name, change)
        findings += wrong
        if scenario is not None:
            made[scenario.name] = scenario
    if findings:
        raise InvalidInput(findings)
    chosen = choose_solver(solver)
    known: dict[str, Allocation] = {}
    base = _solved(Scenario(BASE, problem), known, gap, time_limit, chosen)
    rows = {name: _solved(scenario, known, gap, time_limit, chosen) for name, scenario in made.items()}
    return Scenarios(problem, base, rows, gap=gap, time_limit=time_limit)


def _made(problem: AwardProblem, name: object, change: object) -> tuple[Scenario | None, list[Finding]]:
    """A scenario with its problem, or with the reason why there is none; or findings."""
    if not isinstance(name, str) or not name.strip() or name == BASE:
        return None, [Finding("scenarios.name", "scenarios", value=str(name), facts={"base": BASE})]
    if isinstance(change, AwardProblem):
        return Scenario(name, change, foreign=True), []
    if isinstance(change, Mapping):
        own, findings = changed(problem, name, change)
        return (None if own is None else Scenario(name, own, changes=tuple(map(str, change)))), findings
    if not callable(change):
        return None, [Finding("scenarios.change", "scenarios", name, value=type(change).__name__)]
    return _called(problem, name, change), []


def _called(problem: AwardProblem, name: str, change: Callable[[AwardProblem], object]) -> Scenario:
    """A scenario from a function; where that fails the reason is kept."""
    try:
        given = change(problem)
    except Exception as failure:
        return Scenario(name, None, status="invalid", reason="failed", said=_told(failure))
    if not isinstance(given, AwardProblem):
        return Scenario(name, None, status="invalid", reason="no_problem", said=type(given).__name__)
    return Scenario(name, given, foreign=True)


def _solved(
    scenario: Scenario, known: dict[str, Allocation], gap: float, time_limit: float, solver: str
) -> Scenario:  # fmt: skip
    """The scenario with its award; a problem that was solved already is not solved again."""
    problem = scenario.problem
    if problem is None:
        return scenario
    try:
        if problem.fingerprint not in known:
            known[problem.fingerprint] = award_lots(problem, gap=gap, time_limit=time_limit, solver=solver)
    except Exception as failure:
        if not scenario.foreign:
            raise
        return scenario.failed("failed", _told(failure))
    return scenario.awarded(known[problem.fingerprint])


def _told(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"
