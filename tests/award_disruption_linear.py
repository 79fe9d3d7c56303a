"""Recourse to an award of divisible lots as a linear program of its own, written from the sentences of the docs.

For problems with prices, largest shares and capacities only: gaps are filled from capacity that is left, or stay
unserved at the emergency price.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from scipy.optimize import linprog

from supplier_eval.award.parts import Bid, Lot, Supplier


def drawn_problem(rng, problem_of):
    """A random problem of two lots and three suppliers on a grid of quarters."""
    lots = [Lot(id=f"L{i}", demand=Fraction(int(rng.integers(2, 9)))) for i in (1, 2)]
    suppliers = []
    for name in "ABC":
        limit = rng.integers(0, 3)
        suppliers.append(Supplier(id=name, capacity=None if limit == 0 else Fraction(int(rng.integers(4, 14)))))
    bids = [
        Bid(
            lot=lot.id,
            supplier=name,
            price=Fraction(int(rng.integers(3, 12))),
            max_share=Fraction(int(rng.choice([2, 3, 4])), 4),
        )
        for lot in lots
        for name in "ABC"
    ]
    return problem_of(lots, suppliers, bids, grid=4)


def recourse_cost(problem, award, lost, price, *, surcharge=0.0):
    """Least cost of an award when suppliers lose parts (`lost`: supplier → fraction) of their capacity."""
    keys = list(problem.bids)
    n = len(keys)
    lots, names = list(problem.lots), list(problem.suppliers)
    demand = {key: float(lot.demand) for key, lot in problem.lots.items()}
    awarded = np.array([float(award.share(key)) for key in keys])
    money = np.array([float(problem.bids[key].price) * demand[key[0]] for key in keys])
    # columns: delivered share of each bid, share unserved of each lot, spend beyond the award of each supplier
    cost = np.concatenate([money, [price * demand[key] for key in lots], np.full(len(names), surcharge)])
    bounds = []
    for at, key in enumerate(keys):
        most = float(problem.bids[key].max_share)
        bounds.append((0, awarded[at]) if key[1] in lost else (awarded[at], most))
    bounds += [(0, 1)] * len(lots) + [(0, None)] * len(names)
    cover = np.zeros((len(lots), cost.size))
    for i, lot in enumerate(lots):
        cover[i, [at for at, key in enumerate(keys) if key[0] == lot]] = 1
        cover[i, n + i] = 1
    rows, most = [], []
    for j, name in enumerate(names):
        own = [at for at, key in enumerate(keys) if key[1] == name]
        volume = np.zeros(cost.size)
        volume[own] = [demand[keys[at][0]] for at in own]
        capacity, loss = problem.suppliers[name].capacity, float(lost.get(name, 0))
        before = float(volume[:n] @ awarded)
        left = (1 - loss) * (before if capacity is None else float(capacity))
        if capacity is not None or loss:
            rows.append(volume)
            most.append(left)
        if loss:  # it delivers all of its award that it can
            rows.append(-volume)
            most.append(-min(before, left))
        spend = np.zeros(cost.size)
        spend[own] = money[own]
        spend[n + len(lots) + j] = -1
        rows.append(spend)
        most.append(float(money[own] @ awarded[own]))
    found = linprog(cost, np.array(rows), most, cover, np.ones(len(lots)), bounds)
    return found.fun if found.success else None
