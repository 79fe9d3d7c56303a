"""Small awards that the tests of pages, tables and charts look at; figures small enough to do by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from award_problems import problem_of
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.front import award_lots
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier, Tiers
from supplier_eval.award.problem import AwardProblem
from supplier_eval.award.rules import Rule

F = Fraction
PRICES = {("L1", "A"): 20, ("L1", "B"): 19, ("L2", "A"): 31, ("L2", "B"): 28}
SCORES = {"A": 90, "B": 60}


def shop(rules=(), names=("A", "B"), **terms):
    """Two whole lots of 10 and 5 units; B is cheapest on both, A has the better score."""
    called = dict(zip("AB", names, strict=True))
    lots = [Lot(id="L1", demand=F(10), indivisible=True), Lot(id="L2", demand=F(5), indivisible=True)]
    bids = [
        Bid(lot=lot, supplier=called[name], price=F(price), attributes={"score": F(SCORES[name])})
        for (lot, name), price in PRICES.items()
    ]
    return problem_of(lots, [Supplier(id=name) for name in names], bids, (), rules, currency="CNY", **terms)


def one_lot_each():
    """B may win one lot only: A takes L1 (200), B takes L2 (140); 5 and 10 dearer than without rules."""
    return Rule(id="R1", kind="max_lots_per_bidder", value=F(1), suppliers=("B",), clause="§3.2.5")


def rich():
    """Discount, bundle, alternate, unserved demand and a broken soft rule in one award, put together by hand."""
    tiers = Tiers(kind="all_units", basis="spend", breaks=(F(0), F(100)), discount=(F(0), F(1, 10)))
    lots = [Lot(id=f"L{i}", demand=F(10)) for i in (1, 2, 3)] + [Lot(id="L4", demand=F(4), unserved_cost=F(9))]
    bids = [
        Bid(lot="L1", supplier="A", price=F(20)),
        Bid(lot="L1", supplier="B", alternate="remote", price=F(15)),
        Bid(lot="L4", supplier="B", price=F(5)),
    ]
    rule = Rule(id="R-soft", kind="min_winners", value=F(3), penalty=F(7), clause="§1.3.2")
    problem = problem_of(
        lots, [Supplier(id="A", tiers=tiers, capacity=F(12)), Supplier(id="B")], bids,
        [Bundle(id="P", supplier="B", lots=("L2", "L3"), price=F(90))], [rule], grid=100, currency="CNY",
    )  # fmt: skip
    award = Award(100, {("L1", "A", ""): 60, ("L1", "B", "remote"): 40, ("L4", "B", ""): 75}, frozenset({"P"}))
    return made(problem, award, gap=0.01)


def made(problem, award, status="feasible_at_limit", **more):
    """An allocation of an award that was put together by hand."""
    return Allocation(problem, status, award=award, audit=audit_award(problem, award), solver="highs", **more)


def binding():
    """An award that binds."""
    return award_lots(AwardProblem.of_parts(shop().parts, "binding", "sha256:1"), gap=0)


def many(n_lots, n_suppliers, name="S{:03d}"):
    """Lots of which every third is split, the rest whole, turn by turn."""
    names = [name.format(i) for i in range(n_suppliers)]
    lots = [Lot(id=f"L{i:04d}", demand=F(10 + i % 7)) for i in range(n_lots)]
    bids, units = [], {}
    for i, lot in enumerate(lots):
        offers = dict.fromkeys(names[(7 * i + 11 * k) % n_suppliers] for k in range(3))
        own = [Bid(lot=lot.id, supplier=who, price=F(100 + i % 13 + k)) for k, who in enumerate(offers)]
        bids += own
        split = [6250, 3750] if i % 3 == 0 and len(own) > 1 else [10000]
        units |= {bid.key: share for bid, share in zip(own, split, strict=False)}
    problem = problem_of(lots, [Supplier(id=who) for who in names], bids, grid=10000, currency="CNY")
    return made(problem, Award(10000, units), "within_gap", gap=0.0004, bound=1.0)


def front(complete=True, objectives=("cost", "score"), points=3):
    """All to B, one lot each, all to A: cost 330, 340, 355 and score 900, 1200, 1350; the middle one is the knee."""
    from supplier_eval.award.frontier_result import Frontier, FrontPoint

    problem = shop()
    grid = problem.terms.grid
    wins = ({"L1": "B", "L2": "B"}, {"L1": "A", "L2": "B"}, {"L1": "A", "L2": "A"})[:points]
    found = []
    for winners in wins:
        award = Award(grid, {(lot, name, ""): grid for lot, name in winners.items()})
        audit = audit_award(problem, award)
        keys = {"cost": "cost", "score": "attr:score", "winners": "winners"}
        found.append(FrontPoint(award, audit, {name: audit.measures[keys[name]] for name in objectives}, True))
    senses = {"cost": "min", "score": "max", "winners": "min"}
    return Frontier(
        problem=problem,
        objectives=tuple(objectives),
        senses={name: senses[name] for name in objectives},
        points=tuple(found),
        segments=tuple(pairwise(found))[:1],
        payoff=tuple(found[at].figures for at in (0, -1, 0)[: len(objectives)]) if found else (),
        reasons=() if complete else ("time",),
        status=("complete" if complete else "partial") if found else "no_award_found",
    )
