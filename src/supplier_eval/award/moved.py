"""How far two awards are apart: the volume that changes hands between them, exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from supplier_eval.award.parts import ONE, ZERO
from supplier_eval.award.tally import total

if TYPE_CHECKING:
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.problem import AwardProblem

Shares: TypeAlias = Mapping[tuple[str, str], Fraction]


def shares_by_supplier(problem: AwardProblem, award: Award) -> dict[tuple[str, str], Fraction]:
    """What each supplier has of each lot, alternates and bundles together.

    Parameters
    ----------
    problem : AwardProblem
        The problem that the award is of.
    award : Award
        Who gets what.

    Returns
    -------
    dict
        (lot, supplier) → share > 0, in canonical order.
    """
    found: dict[tuple[str, str], Fraction] = defaultdict(lambda: ZERO)
    for (lot, supplier, _), units in award.units.items():
        found[lot, supplier] += Fraction(units, award.grid)
    for name in award.bundles:
        bundle = problem.bundles[name]
        for lot in bundle.lots:
            found[lot, bundle.supplier] += ONE
    return dict(sorted(found.items()))


def shifts_between(first: Shares, second: Shares) -> dict[tuple[str, str], Fraction]:
    """(lot, supplier) → share that it has more (> 0) or less (< 0) in the second award; equal shares left out."""
    every = sorted({*first, *second})
    changes = {key: second.get(key, ZERO) - first.get(key, ZERO) for key in every}
    return {key: change for key, change in changes.items() if change}


def volume_moved(demand: Mapping[str, Fraction], first: Shares, second: Shares) -> Fraction:
    """The volume that changes hands: what suppliers win more in all, or lose in all, whichever is more.

    The two are equal where every lot is awarded exactly once in both awards. Volumes of different lots are added as
    in the rules on shares of the volume.

    Parameters
    ----------
    demand : mapping
        Lot → demand units.
    first, second : mapping
        (lot, supplier) → share of the lot, as `shares_by_supplier`.

    Returns
    -------
    Fraction
        Demand units, >= 0; the same either way round.
    """
    shifts = shifts_between(first, second)
    gained = total(demand[lot] * change for (lot, _), change in shifts.items() if change > 0)
    lost = total(-demand[lot] * change for (lot, _), change in shifts.items() if change < 0)
    return max(gained, lost)


def demand_of(*problems: AwardProblem) -> dict[str, Fraction]:
    """Lot → demand units, by the first problem that has the lot."""
    found: dict[str, Fraction] = {}
    for problem in problems:
        for key, lot in problem.lots.items():
            found.setdefault(key, lot.demand)
    return found
