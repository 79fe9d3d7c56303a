"""Fronts of small problems by looking at all awards, and the problems of published fronts."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

from award_enumeration import every_reading
from award_naive import Naive
from award_problems import problem_of
from supplier_eval.award import AwardProblem
from supplier_eval.award.objective import measure_of
from supplier_eval.award.parts import Bid, Lot, Supplier, Tiers

CASES = Path(__file__).parent / "fixtures" / "awards.json"
ANALYSES = {case["id"]: case for case in json.loads(CASES.read_text(encoding="utf-8"))["analysis_cases"]}


def enumerated_front(problem, names):
    """Figures of all awards that no other dominates, minimised, in order; penalties as `frontier` counts them."""
    if all(lot.indivisible for lot in problem.lots.values()):
        problem = problem.with_terms(grid=1)  # the same awards, found sooner
    rows = {_row(problem, reading, names) for reading in every_reading(problem) if not reading.hard_broken}
    return sorted(row for row in rows if not any(other != row and below(other, row) for other in rows))


def below(other, row):
    return all(a <= b for a, b in zip(other, row, strict=True))


def _row(problem, reading, names):
    naive, penalty = Naive(problem, reading.award), reading.measures["penalty"]
    row = [penalty if name == "penalty" else _signed(naive, name) for name in names]
    return tuple(row) if "penalty" in names else (row[0] + penalty, *row[1:])


def _signed(naive, name):
    measure, sign = measure_of(name)
    return sign * naive.measure(measure)


def minimised(front):
    """Figures of a front's points, minimised, in order."""
    signs = [1 if front.senses[name] == "min" else -1 for name in front.objectives]
    figures = [[point.figures[name] for name in front.objectives] for point in front.points]
    return sorted(tuple(sign * figure for sign, figure in zip(signs, row, strict=True)) for row in figures)


def four_lots(**more):
    """Four whole lots, three suppliers: ``kbest-4x3-enumerated`` of ``fixtures/awards.json``."""
    case = ANALYSES["kbest-4x3-enumerated"]["case"]
    return AwardProblem(case["lots"], case["suppliers"], case["bids"], **more)


def mavrotas():
    """Max x1, max 3 x1 + 4 x2 with x1 <= 20, x2 <= 40, 5 x1 + 4 x2 <= 200 (Mavrotas 2009), as an award.

    Two lots of 20 and 40 units that need not be covered; the supplier's capacity is the last constraint.
    """
    bids = [
        Bid(lot="x1", supplier="S", price=Fraction(1), use=Fraction(100), attributes=_figures(1, 3)),
        Bid(lot="x2", supplier="S", price=Fraction(1), use=Fraction(160), attributes=_figures(0, 4)),
    ]
    lots = [Lot(id="x1", demand=Fraction(20)), Lot(id="x2", demand=Fraction(40))]
    return problem_of(lots, [Supplier(id="S", capacity=Fraction(200))], bids, cover="at_most")


def _figures(first, second):
    return {"first": Fraction(first), "second": Fraction(second)}


def shared_lot(grid=10**6):
    """One lot of 100 units, shares of any size: fixed costs, a discount at 600 of B, at most 90 units of C.

    Units a, b, c: cost 10 a + 30 [a > 0] + 12 b (10.8 b from 50 units on) + 15 c + 60 [c > 0]; quality
    50 a + 70 b + 90 c.
    """
    tiers = Tiers(
        kind="all_units", basis="spend", breaks=(Fraction(0), Fraction(600)), discount=(Fraction(0), Fraction(1, 10))
    )
    suppliers = [
        Supplier(id="A", fixed_cost=Fraction(30), attributes={"quality": Fraction(50)}),
        Supplier(id="B", tiers=tiers, attributes={"quality": Fraction(70)}),
        Supplier(id="C", fixed_cost=Fraction(60), capacity=Fraction(90), attributes={"quality": Fraction(90)}),
    ]
    bids = [Bid(lot="L", supplier=key, price=Fraction(price)) for key, price in (("A", 10), ("B", 12), ("C", 15))]
    return problem_of([Lot(id="L", demand=Fraction(100))], suppliers, bids, grid=grid)


def shared_lot_awards():
    """Cost and quality of every award of `shared_lot` in whole units."""
    found = []
    for a in range(101):
        for b in range(101 - a):
            c = 100 - a - b
            if c <= 90:
                rate = Fraction(54, 5) if b >= 50 else 12
                found.append((10 * a + 30 * (a > 0) + rate * b + 15 * c + 60 * (c > 0), 50 * a + 70 * b + 90 * c))
    return found
