"""Search for the award that minimises the mix of expected cost and CVaR, and tell what stands in the way of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.disruption_figures import mix_of
from supplier_eval.award.disruption_model import Mix, extensive_form, shortfall_form
from supplier_eval.award.disruption_profile import RiskProfile, profile_of
from supplier_eval.award.disruption_scenarios import Failures, likeliest
from supplier_eval.award.disruption_search import candidates
from supplier_eval.award.model import solve
from supplier_eval.award.outcome import Status

if TYPE_CHECKING:
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.disruption_arguments import Asked

RELATIVE = 1e-9
LEAST = 1e-6
MOST_SHORTFALLS = 5
MOST_AT_FIRST = 8
FIRST, PART = 0.35, 0.8
LIMIT: Status = "feasible_at_limit"


@dataclass(frozen=True, eq=False)
class Protection:
    """The award with the least mix of expected cost and CVaR.

    Parameters
    ----------
    status : Status
        ``optimal``: the exact mix of the award meets the proven bound to half a minor unit; ``within_gap``,
        ``feasible_at_limit``: as everywhere; ``infeasible``: no award can be covered in every scenario;
        ``no_award_found``, ``error``: nothing is known.
    weight : Fraction
        Of CVaR in the mix.
    profile : RiskProfile or None
        The award in all scenarios.
    mix : Fraction or None
        (1 - weight) x expectation + weight x CVaR of it, exact; money.
    bound : float or None
        What the mix is at least for every award, as proven.
    gap : float or None
        (mix - bound) / mix.
    shortfalls : mapping
        Where infeasible: scenario → lot → quantity that nobody can deliver whatever the award; demand units. Empty
        where each scenario alone can be covered by some award, but not all by the same.
    message : str
        What the solver said.
    """

    status: Status
    weight: Fraction
    profile: RiskProfile | None = None
    mix: Fraction | None = None
    bound: float | None = None
    gap: float | None = None
    shortfalls: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    message: str = ""


def protect(asked: Asked, weight: Fraction, known: RiskProfile, *, gap: float, solver: str, ends: Ends) -> Protection:
    """Find the award with the least mix.

    Parameters
    ----------
    asked : Asked
        Problem, scenarios, recourse, level.
    weight : Fraction
        Of CVaR, 0-1.
    known : RiskProfile
        Of an award that is known already: it is the answer where no better one is found.
    gap : float
        Relative gap at which the search may stop.
    solver : {"highs", "cbc", "scipy"}
        Which solver.
    ends : Ends
        When to stop.
    """
    search = _Search(asked, weight, known, gap, solver, ends)
    fewer = likeliest(asked.failures, MOST_AT_FIRST)
    if fewer is not asked.failures:
        search.run(fewer, Ends(FIRST * ends.left), proves=False)
    search.run(asked.failures, Ends(PART * ends.left), proves=True)
    if search.impossible:
        return Protection("infeasible", weight, shortfalls=_shortfalls(asked, solver, ends), message=search.message)
    best, bound = search.best, search.bound
    if best is None:
        return Protection(search.status, weight, bound=bound, message=search.message)
    mix = _mix(best, weight)
    reached = None if bound is None else _gap(mix, bound)
    return Protection(_status(asked, mix, bound, gap), weight, best, mix, bound, reached, message=search.message)


class _Search:
    """The best award so far, and the bound proven by then."""

    def __init__(self, asked: Asked, weight: Fraction, known: RiskProfile, gap: float, solver: str, ends: Ends) -> None:
        self.asked, self.weight, self.gap, self.solver, self.ends = asked, weight, gap, solver, ends
        self.best = known if known.complete else None
        self.bound: float | None = None
        self.status: Status = "no_award_found"
        self.message = ""
        self.impossible = False
        self._seen = {known.award}

    def run(self, failures: Failures, early: Ends, *, proves: bool) -> None:
        """Look for better awards in some scenarios; only a search in all of them proves a bound."""
        if self.impossible:
            return
        form = extensive_form(self.asked.problem, failures, self.asked.recourse, Mix(self.weight, self.asked.level))
        for one in candidates(form, gap=self.gap, solver=self.solver, ends=early):
            self.message = one.message
            self.status = "error" if one.status == "error" else "no_award_found"
            if one.status == "infeasible" and self.best is None:
                self.impossible = True
                return
            if proves and one.bound is not None:
                self.bound = one.bound if self.bound is None else max(self.bound, one.bound)
            if one.audit is not None:
                self._look(one.audit)
            if self._enough():
                return

    def _look(self, audit: Audit) -> None:
        if audit.award not in self._seen:
            self._seen.add(audit.award)
            asked = self.asked
            made = profile_of(
                audit, asked.failures, asked.recourse, asked.level, solver=self.solver, ends=self.ends
            )  # fmt: skip
            self.best = _better(self.best, made, self.weight)

    def _enough(self) -> bool:
        if self.best is None:
            return False
        return _status(self.asked, _mix(self.best, self.weight), self.bound, self.gap) != LIMIT


def _better(first: RiskProfile | None, second: RiskProfile, weight: Fraction) -> RiskProfile | None:
    """The one with the smaller mix, then the cheaper when nothing fails; the first where they are equal."""
    if not second.complete:
        return first
    if first is None or (_mix(second, weight), second.cost) < (_mix(first, weight), first.cost):
        return second
    return first


def _mix(profile: RiskProfile, weight: Fraction) -> Fraction:
    if profile.figures is None:
        raise ValueError("a scenario of this award has no cost")
    return mix_of(profile.figures, weight)


def _gap(mix: Fraction, bound: float) -> float:
    over = max(0.0, float(mix) - bound)
    return over / abs(float(mix)) if mix else over


def _status(asked: Asked, mix: Fraction, bound: float | None, gap: float) -> Status:
    if bound is None:
        return LIMIT
    if float(mix) <= bound + float(asked.problem.terms.cent) / 2 + RELATIVE * abs(bound):
        return "optimal"
    return "within_gap" if _gap(mix, bound) <= gap else LIMIT


def _shortfalls(asked: Asked, solver: str, ends: Ends) -> dict[str, dict[str, float]]:
    """Scenarios that no award can be covered in, each alone, with what is missing at least."""
    found: dict[str, dict[str, float]] = {}
    for failure in asked.failures.scenarios:
        if not (failure.lost and failure.probability) or ends.over or len(found) == MOST_SHORTFALLS:
            continue
        made, places = shortfall_form(asked.problem, failure, asked.recourse)
        outcome = solve(made.program, solver=solver, time_limit=ends.left)
        if outcome.values is None:
            continue
        demand = {key: float(asked.problem.lots[key].demand) for key in places}
        short = {key: float(outcome.values[column]) for key, column in places.items()}
        missing = {key: share * demand[key] for key, share in short.items() if share > LEAST}
        if missing:
            found[failure.id] = missing
    return found
