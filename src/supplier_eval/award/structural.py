"""What the bids alone make impossible, seen without any solver: lots that cannot be covered, capacity that is short."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from supplier_eval.award.parts import ONE, ZERO
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from fractions import Fraction

    from supplier_eval.award.parts import Bid, Lot
    from supplier_eval.award.problem import AwardProblem

MOST_SAID = 10


def structural_reasons(problem: AwardProblem, lang: Lang = "en") -> tuple[str, ...]:
    """Why no award exists whatever the rules are; empty where nothing of that kind is seen.

    Parameters
    ----------
    problem : AwardProblem
        Lots, suppliers, bids and bundles; rules are not looked at.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    tuple of str
        A sentence for each lot that cannot be covered (the first ten, and how many more), and one where capacity is
        short in all. What is not said here may still be impossible: the solver tells.
    """
    if problem.terms.cover == "at_most":
        return ()
    must = {key: lot for key, lot in problem.lots.items() if lot.unserved_cost is None}
    reach = _reach(problem)
    short = [(key, reach[key]) for key in must if reach[key] < ONE]
    said = [message("award_search.lot_short", lang, lot=clean(key), share=f"{float(most):.4%}") for key, most in short][
        :MOST_SAID
    ]
    if len(short) > MOST_SAID:
        said.append(message("award_search.lots_more", lang, n=len(short) - MOST_SAID))
    needed = sum((lot.demand for lot in must.values()), ZERO)
    offered = _capacity(problem)
    if offered is not None and offered < needed:
        figures = {"needed": f"{float(needed):,g}", "offered": f"{float(offered):,g}"}
        said.append(message("award_search.capacity_short", lang, **figures))
    return tuple(said)


def _reach(problem: AwardProblem) -> dict[str, Fraction]:
    """The most of each lot that its bids and bundles could cover together."""
    best: dict[str, dict[str, Fraction]] = {key: defaultdict(lambda: ZERO) for key in problem.lots}
    for bid in problem.bids.values():
        own = best[bid.lot]
        own[bid.supplier] = max(own[bid.supplier], _most(problem, bid, problem.lots[bid.lot]))
    reach = {key: sum(own.values(), ZERO) for key, own in best.items()}
    for key, lot in problem.lots.items():
        if lot.indivisible:
            reach[key] = max(best[key].values(), default=ZERO)
    for offer in problem.bundles.values():
        for key in offer.lots:
            reach[key] = max(reach[key], ONE)
    return reach


def _most(problem: AwardProblem, bid: Bid, lot: Lot) -> Fraction:
    """The most of its lot that a bid can be awarded."""
    limit = bid.max_share
    if bid.curve:
        limit = min(limit, bid.curve[-1].qhi / lot.demand)
    use = lot.demand if bid.use is None else bid.use
    capacity = problem.suppliers[bid.supplier].capacity
    if capacity is not None and use > capacity:
        limit = min(limit, capacity / use)
    if limit < bid.min_share or limit * lot.demand < bid.min_qty or (lot.indivisible and limit < ONE):
        return ZERO
    return limit


def _capacity(problem: AwardProblem) -> Fraction | None:
    """Demand units that all suppliers with an offer can serve; None where there is no limit, or another unit."""
    if any(bid.use is not None for bid in problem.bids.values()):
        return None
    offering = {bid.supplier for bid in problem.bids.values()} | {part.supplier for part in problem.bundles.values()}
    limits = [problem.suppliers[key].capacity for key in sorted(offering)]
    return None if any(limit is None for limit in limits) else sum((c for c in limits if c is not None), ZERO)
