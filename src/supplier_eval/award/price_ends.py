"""One end of the range of a price, and the best award at a price."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.front import award_lots
from supplier_eval.award.unit_moves import mended

if TYPE_CHECKING:
    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.analysis_arguments import Ends
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.exact import Solved
    from supplier_eval.award.problem import AwardProblem

EndKind: TypeAlias = Literal["crossing", "limit", "zero", "unlimited", "bracket", "seen", "open"]


@dataclass(frozen=True, eq=False)
class PriceEnd:
    """One end of the range of a price.

    Parameters
    ----------
    kind : EndKind
        ``crossing``: at `price` another award is exactly equal, and better beyond. ``limit``: at `price` the award
        exactly reaches a budget or a share of the spend, and is not allowed beyond. ``zero``: the award stays down to
        a price of 0. ``unlimited``: it stays however far the price goes. ``bracket``: it stays at `price` and not at
        `beyond`, one minor unit farther; a change between the prices that were looked at is not ruled out. ``seen``:
        no change was seen at the prices looked at, up to `price`. ``open``: not settled, in the time
        given or to the precision of the solver.
    price : Fraction or None
        The end; None where there is none, or none is known.
    beyond : Fraction or None
        A price behind which (``crossing``, ``limit``, ``open``), or at which (``bracket``), the award is no longer
        the best, or not allowed.
    award : Award or None
        What is then better, or as good at the end itself; None where nothing can be awarded or none is known.
    """

    kind: EndKind
    price: Fraction | None = None
    beyond: Fraction | None = None
    award: Award | None = field(default=None, repr=False)

    @property
    def proven(self) -> bool:
        """True where nothing about the end was left to sampling or to time."""
        return self.kind in ("crossing", "limit", "zero", "unlimited")


def best_at(problem: AwardProblem, ends: Ends, solver: str) -> tuple[str, Audit | None]:
    """The best award of a problem in all stages of its objective: how the search ended, and the award if any."""
    found: Solved | Allocation
    if len(problem.terms.goal.stages) == 1:
        found = solve_formulation(formulate(problem), gap=0.0, time_limit=ends.left, solver=solver)
    else:
        found = award_lots(problem, gap=0.0, time_limit=ends.left, solver=solver)
    return found.status, None if found.audit is None else mended(problem, found.audit)


def best_exactly(problem: AwardProblem, given: Audit, ends: Ends, solver: str) -> tuple[Audit, str]:
    """The award given, or one that is better by less than optima are proven to; and the status of the optimum."""
    status, best = best_at(problem, ends, solver)
    if status != "optimal" or best is None:
        return given, status
    mine = mended(problem, given)
    if not best.stages < mine.stages:
        best = mine
    if best.stages == given.stages:
        return given, "optimal"
    better, worse = next((b, w) for b, w in zip(best.stages, given.stages, strict=True) if b != w)
    return (given, "not_optimal") if worse - better > problem.terms.cent / 2 else (best, "optimal")
