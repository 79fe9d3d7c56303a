"""``near_optimal_awards``: awards that are nearly as good as the best one and meaningfully different from it.

Modelling to generate alternatives: objectives leave things out, so people should see awards that are about as good and
not nearly the same (Brill, Chang and Hopkins 1982). Each further award is the best among those that differ enough from
all awards before it; when the model has none left within the limit, that is proof that the list is complete.

Source: E. D. Brill, S.-Y. Chang, L. D. Hopkins (1982), "Modeling to generate alternatives: the HSJ approach and an
illustration using a problem in land use planning", Management Science 28, 221-235; cuts: `difference_cuts`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.award.analysis_arguments import Ends, argument_findings, figure
from supplier_eval.award.difference_cuts import away_from, with_true_winners, without_winners
from supplier_eval.award.formulation import Formulation, formulate
from supplier_eval.award.front import award_lots
from supplier_eval.award.model import choose_solver
from supplier_eval.award.near_optimal_result import WINNERS, Ending, NearOptimalAward, NearOptimalAwards, measured
from supplier_eval.award.reading_cells import figure_of
from supplier_eval.award.rows import Builder
from supplier_eval.award.solve_with_cuts import solve_with_cuts
from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.exact import Solved
    from supplier_eval.award.problem import AwardProblem

__all__ = ["NearOptimalAward", "NearOptimalAwards", "near_optimal_awards"]

LIMIT = "_limit"
SLACK = 1e-6
MARGINS = (1e-4, 2.0, 10.0)
FINE = 1e-3


def near_optimal_awards(
    problem: AwardProblem,
    *,
    within: float = 0.01,
    amount: float | None = None,
    differ: float | Literal["winners"] = 0.1,
    most: int = 10,
    time_limit: float = 60.0,
    solver: str | None = None,
) -> NearOptimalAwards:
    """Find awards whose first objective is near the optimum and that differ meaningfully from each other.

    Parameters
    ----------
    problem : AwardProblem
        Lots, bids, rules. Its first objective counts, penalties of soft rules included.
    within : float
        Share of the optimum, >= 0, that may be given up: 0.01 for 1 %.
    amount : float, optional
        The same as a figure of the first objective (money for cost), >= 0; `within` is then not looked at.
    differ : float or "winners"
        Two awards differ where at least this share of the demand, above 0 to 1, is with other suppliers
        (`moved.volume_moved`); or where other suppliers win, even if only a unit of the contract grid.
    most : int
        How many awards are looked for, the optimum included; at least 1.
    time_limit : float
        Seconds for everything together.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.

    Returns
    -------
    NearOptimalAwards
        The optimum first, then in each place one of the best awards that differ from all before it. `complete` where
        no further award is within the limit and differs from all of these: with ``differ="winners"`` these are then
        all sets of winners, each with a best award. "Best" and "complete" hold to half a minor unit of the currency.

    Raises
    ------
    InvalidInput
        Arguments that make no sense: all findings at once.
    UnknownName, MissingExtra
        The solver is unknown or not installed.
    """
    findings = _findings(within, amount, differ, most) + argument_findings(
        "near_optimal_awards", time_limit=time_limit
    )  # fmt: skip
    if findings:
        raise InvalidInput(findings)
    ends, name = Ends(time_limit), choose_solver(solver)
    first = award_lots(problem, gap=0.0, time_limit=time_limit, solver=name)
    apart = None if differ == WINNERS else _exact(differ)
    share = None if amount is not None else _exact(within)
    made = NearOptimalAwards(
        problem, first.status, (), "not_optimal", None, share, WINNERS if apart is None else apart, name
    )  # fmt: skip
    if first.audit is None or first.status != "optimal":
        return replace(made, awards=_compared(problem, [] if first.audit is None else [first.audit], [False]))
    best = first.audit.stages[0]
    limit = best + (_exact(amount) if share is None else share * abs(best))
    search = _Search(problem, limit, apart, ends, name)
    ending = search.go_on(first.audit, most)
    return replace(made, awards=_compared(problem, search.found, search.proven), ending=ending, limit=limit)


class _Search:
    """Further awards, one after the other, until there is none or something ends the search."""

    def __init__(self, problem: AwardProblem, limit: Fraction, apart: Fraction | None, ends: Ends, solver: str) -> None:
        self.problem, self.limit, self.apart, self.ends, self.solver = problem, limit, apart, ends, solver
        self.found: list[Audit] = []
        self.proven: list[bool] = []
        limited = _limited(formulate(problem), limit)
        self.base = with_true_winners(limited) if apart is None else limited

    def go_on(self, first: Audit, most: int) -> Ending:
        """Look for awards until `most` are found; why the search ended."""
        self.found, self.proven = [first], [True]
        while len(self.found) < most:
            if self.ends.over:
                return "time"
            solved = self._next()
            ending = self._ending(solved)
            if solved.audit is not None and ending in ("", "time"):
                self.found.append(solved.audit)
                self.proven.append(solved.status == "optimal")
            if ending:
                return ending
        return "most"

    def _next(self) -> Solved:
        """The best award that is left; where floating point let it come too near, one a little farther away.

        The bound stays that of all awards that are left: the award farther away is optimal only where it meets it.
        """
        solved = self._solve(0.0)
        if solved.audit is None or self._differs(solved.audit):
            return solved
        for margin in MARGINS if self.apart is not None else ():
            again = self._solve(min(margin, FINE * self.problem.terms.grid))
            if again.audit is not None and self._differs(again.audit):
                met = solved.bound is not None and _meets(again.audit, solved.bound)
                return replace(again, bound=solved.bound, status="optimal" if met else "within_gap")
        return solved

    def _solve(self, margin: float) -> Solved:
        model = self.base
        for known in self.found:
            if self.apart is None:
                model = without_winners(model, known.award.winners(self.problem))
            else:
                model = away_from(model, known.award, self.apart, margin)
        return solve_with_cuts(model, self._differs, ends=self.ends, solver=self.solver)

    def _ending(self, solved: Solved) -> Ending:
        """Why the search ends with what was found; empty where it goes on."""
        beyond = solved.bound is not None and solved.bound > float(self.limit) + _slack(self.limit)
        if solved.status == "infeasible" or beyond:
            return "complete"
        if solved.audit is None:
            return "time" if self.ends.over else "no_award_found"
        if not self._differs(solved.audit):
            return "numeric"
        if solved.audit.stages[0] > self.limit:
            return "complete" if solved.status == "optimal" else "numeric" if not self.ends.over else "time"
        return "" if solved.status in ("optimal", "within_gap") else "time"

    def _differs(self, audit: Audit) -> bool:
        """Exactly, from every award found so far."""
        if self.apart is None:
            return all(set(audit.suppliers) != set(known.suppliers) for known in self.found)
        return all(measured(self.problem, audit, known) >= self.apart for known in self.found)


def _meets(audit: Audit, bound: float) -> bool:
    """To half a minor unit, as `solve_formulation` has it."""
    return float(audit.stages[0]) <= bound + float(audit.problem.terms.cent) / 2 + 1e-9 * abs(bound)


def _limited(formulation: Formulation, limit: Fraction) -> Formulation:
    """The same awards, none worse than the limit; only to prune, the exact figure decides."""
    more = Builder()
    used = np.flatnonzero(formulation.cost)
    terms = dict(zip(used.tolist(), formulation.cost[used].tolist(), strict=True))
    more.row(LIMIT, terms, upper=float(limit) + _slack(limit))
    return formulation.with_rows(more) if terms else formulation


def _slack(limit: Fraction) -> float:
    return SLACK * (1 + abs(float(limit)))


def _compared(problem: AwardProblem, found: list[Audit], proven: list[bool]) -> tuple[NearOptimalAward, ...]:
    """Each award beside the first and its nearest."""
    awards = []
    for at, audit in enumerate(found):
        others = [measured(problem, audit, other) for other in found if other is not audit]
        awards.append(
            NearOptimalAward(
                audit=audit,
                above=audit.stages[0] - found[0].stages[0],
                moved=measured(problem, audit, found[0]),
                nearest=min(others, default=None),
                proven=proven[at],
            )
        )
    return tuple(awards)


def _exact(value: object) -> Fraction:
    """The exact figure of an argument that was checked."""
    read = figure_of(value)
    return read if isinstance(read, Fraction) else Fraction(0)


def _findings(within: object, amount: object, differ: object, most: object) -> list[Finding]:
    whole = isinstance(most, int | np.integer) and not isinstance(most, bool)
    checks = (
        ("within", within, amount is not None or 0 <= figure(within) < np.inf),
        ("amount", amount, amount is None or 0 <= figure(amount) < np.inf),
        ("differ", differ, differ == WINNERS or 0 < figure(differ) <= 1),
        ("most", most, whole and int(most) >= 1),  # type: ignore[call-overload]
    )
    place = "near_optimal_awards"
    return [Finding(f"near_optimal.{name}", place, name, value=str(given)) for name, given, good in checks if not good]
