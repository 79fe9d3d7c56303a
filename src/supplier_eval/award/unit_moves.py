"""An award made exactly better by moving single units of the contract grid, where floating point left one misplaced.

Optima are proven to half a minor unit. On a fine grid a unit is worth less than that, and a solver may leave one with
the dearer of two bids. Exact lines through awards need the better one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING

from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award

if TYPE_CHECKING:
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.parts import BidKey
    from supplier_eval.award.problem import AwardProblem

MOST_AUDITS = 300


def mended(problem: AwardProblem, audit: Audit, most: int = MOST_AUDITS) -> Audit:
    """The award, or a better one that differs in single units moved between bids that share a lot.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    audit : Audit
        A valid award of it.
    most : int
        How many awards are audited at most.

    Returns
    -------
    Audit
        Valid, and in the stages of the objective never worse.
    """
    tried = 0
    better = True
    while better:
        better = False
        for award in _neighbours(audit.award):
            if tried >= most:
                return audit
            tried += 1
            made = audit_award(problem, award)
            if made.valid and made.stages < audit.stages:
                audit, better = made, True
                break
    return audit


def _neighbours(award: Award) -> Iterator[Award]:
    """Awards in which one unit of a shared lot is with another of those who share it."""
    sharing: dict[str, list[BidKey]] = defaultdict(list)
    for key in award.units:
        sharing[key[0]].append(key)
    for keys in sharing.values():
        for one, other in permutations(keys, 2):
            units = dict(award.units)
            units[one] -= 1
            units[other] += 1
            yield Award(award.grid, units, award.bundles)
