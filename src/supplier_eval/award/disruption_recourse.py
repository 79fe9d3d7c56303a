"""What may be done when suppliers fail: the problem of one scenario, without those who fail and without shares by rule.

What holds in recourse: capacities (what a failure leaves of them), a bid's largest share, whole lots, curves, bundles,
discounts by what each supplier delivers in all, and the hard rules on who may deliver what (``exclude``,
``set_aside``, ``min_attr``, ``max_attr``). What does not: every other rule (numbers, shares, budgets, averages, forced
awards), and the least shares and quantities of bids and suppliers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from supplier_eval.award.objective import goal_of
from supplier_eval.award.parts import ONE, ZERO, Bid, Bundle, Lot, Supplier

if TYPE_CHECKING:
    from supplier_eval.award.disruption_scenarios import Failure
    from supplier_eval.award.problem import AwardProblem

Kind: TypeAlias = Literal["fill", "reallocate"]
KINDS: tuple[Kind, ...] = ("fill", "reallocate")
FINENESS = 10**4  # the least that counts as something delivered is a ten-thousandth of a lot, well above tolerances
KEPT = ("exclude", "set_aside", "min_attr", "max_attr")


@dataclass(frozen=True)
class Recourse:
    """What may be done in a scenario in which somebody who was awarded something fails.

    Parameters
    ----------
    kind : {"fill", "reallocate"}
        ``fill``: awards of the others stay as they are, and only what is lost is bought again, from whoever has
        capacity left. A supplier that loses a part delivers all of its award that the rest of its capacity allows (or
        less, where it has whole lots, curves or bundles). ``reallocate``: everything may be bought anew, but from
        suppliers that are hit no more than they were awarded of a lot.
    surcharge : Fraction
        Expedite surcharge: fraction of the base spend of a supplier beyond its award; >= 0.
    unserved_cost : Fraction or None
        Emergency price, money per unit of demand, of lots that state none of their own; None where these lots have
        to be served.
    """

    kind: Kind = "fill"
    surcharge: Fraction = ZERO
    unserved_cost: Fraction | None = None


def scenario_problem(
    problem: AwardProblem, failure: Failure, recourse: Recourse, *, elastic: bool = False
) -> AwardProblem:
    """The problem that is left in a scenario; what the award before it allows comes on top (`disruption_links`).

    Parameters
    ----------
    problem : AwardProblem
        The whole problem.
    failure : Failure
        Who loses how much.
    recourse : Recourse
        What may be done.
    elastic : bool
        Every lot may stay unserved; for finding out what nobody can deliver.

    Returns
    -------
    AwardProblem
        Minimising cost; all lots and suppliers, without the offers of those who lose everything; on the contract grid
        or, where that is coarser than ten-thousandths, on the finest of these that has it on it.
    """
    gone = {key for key, loss in failure.lost.items() if loss == 1}
    lots = {key: _lot(lot, recourse, elastic) for key, lot in problem.lots.items()}
    suppliers = {key: _supplier(part, failure.lost.get(key, ZERO)) for key, part in problem.suppliers.items()}
    bids = {key: _bid(bid) for key, bid in problem.bids.items() if bid.supplier not in gone}
    left = {key for key, bundle in problem.bundles.items() if bundle.supplier not in gone}
    bundles = {key: _bundle(problem.bundles[key], left) for key in problem.bundles if key in left}
    rules = {key: rule for key, rule in problem.rules.items() if rule.hard and rule.kind in KEPT}
    grid = max(1, FINENESS // problem.terms.grid) * problem.terms.grid
    terms = replace(problem.terms, goal=goal_of("cost"), tie_keys=("cost",), grid=grid)
    return problem.replace(
        lots=MappingProxyType(lots),
        suppliers=MappingProxyType(suppliers),
        bids=MappingProxyType(bids),
        bundles=MappingProxyType(bundles),
        rules=MappingProxyType(rules),
        terms=terms,
    )


def _lot(lot: Lot, recourse: Recourse, elastic: bool) -> Lot:
    price = recourse.unserved_cost if lot.unserved_cost is None else lot.unserved_cost
    return replace(lot, unserved_cost=ZERO if price is None and elastic else price)


def _supplier(part: Supplier, loss: Fraction) -> Supplier:
    capacity = None if part.capacity is None else part.capacity * (ONE - loss)
    return replace(part, capacity=capacity, min_volume=None)


def _bid(bid: Bid) -> Bid:
    return replace(bid, min_share=ZERO, min_qty=ZERO)


def _bundle(bundle: Bundle, left: set[str]) -> Bundle:
    """A bundle is delivered where one that it requires is lost."""
    return replace(bundle, requires=tuple(key for key in bundle.requires if key in left))
