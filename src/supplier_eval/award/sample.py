"""Discount tiers from a sample of the lots: a start for problems whose relaxation takes too long as a whole."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import solve
from supplier_eval.award.parts import ZERO
from supplier_eval.award.program import reduce
from supplier_eval.award.structure_rows import spend_of_pieces, volume_of_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.parts import Supplier
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.program import Program

    Vector = NDArray[np.float64]

PIECES = 12_000
ACTIVE = 0.05


def decisions_from_sample(formulation: Formulation, *, solver: str, limit: float) -> Program | None:
    """The program with every supplier's tier fixed as a sample of the lots suggests and the whole can keep.

    The sample's relaxation says who wins and in which tier. With these prices, and no break to keep, the whole is a
    transport problem; the tier that each supplier's amount then reaches is fixed.

    Parameters
    ----------
    formulation : Formulation
        The whole model.
    solver : str
        Which solver.
    limit : float
        Seconds.

    Returns
    -------
    Program or None
        None where the sample, or the transport problem, has no solution in time.
    """
    ends = time.monotonic() + limit
    small = sampled(formulation.problem, PIECES / max(1, formulation.columns.share.size))
    made = formulate(small)
    found = solve(made.program, solver=solver, relaxed=True, time_limit=limit)
    if found.values is None:
        return None
    activity = np.array([found.values[column] for column in made.columns.active])
    tiers = np.array([int(np.argmax(found.values[switches])) for switches in made.columns.in_tier])
    chosen = np.zeros(activity.size, dtype=bool)
    chosen[np.argsort(-activity, kind="stable")[: _most_winners(formulation.problem)]] = True
    chosen &= activity > ACTIVE
    loose = formulation.without({"tier"}).program
    fixed = _fixed(formulation, loose, chosen, tiers)
    part = reduce(fixed)
    if not part.possible:
        return None
    moved = solve(part.program, solver=solver, relaxed=True, time_limit=max(0.05, ends - time.monotonic()))
    if moved.values is None:
        return None
    reached = _reached(formulation, part.lift(moved.values))
    return _fixed(formulation, formulation.program, chosen & (reached >= 0), np.maximum(reached, 0))


def _most_winners(problem: AwardProblem) -> int:
    limits = [
        int(rule.limit)
        for rule in problem.rules.values()
        if rule.kind == "max_winners" and rule.hard and not rule.names_somebody and not rule.lots and not rule.where
    ]
    return min([*limits, len(problem.suppliers)])


def _fixed(formulation: Formulation, program: Program, chosen: NDArray[np.bool_], tiers: NDArray[np.int64]) -> Program:
    """Suppliers in these tiers or out, and nothing awarded elsewhere."""
    columns = formulation.columns
    lower, upper = program.lower.copy(), program.upper.copy()
    for at, switches in enumerate(columns.in_tier):
        on = np.zeros(switches.size)
        on[tiers[at]] = chosen[at]
        lower[switches] = upper[switches] = on
        lower[columns.active[at]] = upper[columns.active[at]] = chosen[at]
    supplier = columns.bid_supplier[columns.piece_bid]
    out = ~chosen[supplier] | (columns.piece_tier != tiers[supplier])
    upper[columns.share[out]] = lower[columns.share[out]]
    opened = (columns.opened >= 0) & ~chosen[columns.bid_supplier]
    upper[columns.opened[opened]] = lower[columns.opened[opened]]
    return program.bounded(lower, upper)


def _reached(formulation: Formulation, values: Vector) -> NDArray[np.int64]:
    """The tier that the amount of each supplier reaches in a point; -1 where it has nothing."""
    problem, columns = formulation.problem, formulation.columns
    supplier = columns.bid_supplier[columns.piece_bid]
    spend, switch = spend_of_pieces(problem, columns)
    curved = columns.on_segment >= 0
    money = spend * values[columns.share]
    money[curved] += switch[curved] * values[columns.on_segment[curved]]
    volume = volume_of_pieces(columns)[0] * values[columns.share]
    reached = np.full(len(columns.suppliers), -1)
    for at, part in enumerate(problem.suppliers.values()):
        mine = supplier == at
        if volume[mine].sum() <= 0:
            continue
        amount = money[mine].sum() if part.tiers is None or part.tiers.basis == "spend" else volume[mine].sum()
        breaks = [float(low) for low in part.tiers.breaks] if part.tiers else [0.0]
        reached[at] = int(np.searchsorted(breaks, amount * (1 - 1e-6), side="right")) - 1
    return reached


def sampled(problem: AwardProblem, part: float) -> AwardProblem:
    """Every so many-th lot, with capacities, breaks and once-only costs scaled to its share of the demand."""
    every = max(1, round(1 / part)) if part < 1 else 1
    by_demand = sorted(problem.lots, key=lambda key: (problem.lots[key].demand, key))
    lots = {key: problem.lots[key] for key in sorted(by_demand[every // 2 :: every])}
    size = sum((lot.demand for lot in lots.values()), ZERO) / sum((lot.demand for lot in problem.lots.values()), ZERO)
    rules = {}
    for key, rule in problem.rules.items():
        named = tuple(lot for lot in rule.lots if lot in lots)
        if rule.lots and not named:
            continue
        limit = rule.value * size if rule.kind == "budget" and rule.value is not None else rule.value
        rules[key] = replace(rule, lots=named, value=limit)
    bundles = {key: offer for key, offer in problem.bundles.items() if set(offer.lots) <= set(lots)}
    return problem.replace(
        lots=MappingProxyType(lots),
        suppliers=MappingProxyType({key: _scaled(part, size) for key, part in problem.suppliers.items()}),
        bids=MappingProxyType({key: bid for key, bid in problem.bids.items() if key[0] in lots}),
        bundles=MappingProxyType({k: o for k, o in bundles.items() if set(o.requires) <= set(bundles)}),
        rules=MappingProxyType(rules),
    )


def _scaled(supplier: Supplier, size: Fraction) -> Supplier:
    """A supplier's limits and once-only costs, as far as a part of the demand bears them."""
    tiers = supplier.tiers
    return replace(
        supplier,
        fixed_cost=supplier.fixed_cost * size,
        switching_cost=supplier.switching_cost * size,
        capacity=None if supplier.capacity is None else supplier.capacity * size,
        min_volume=None if supplier.min_volume is None else supplier.min_volume * size,
        tiers=None if tiers is None else replace(tiers, breaks=tuple(low * size for low in tiers.breaks)),
    )
