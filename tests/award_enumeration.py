"""All awards of a small problem, one by one, and what follows from having them all: optimum, rule prices, conflicts.

Problems small enough for that are drawn by ``award_problems.small_problems``.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import chain, combinations, product
from math import prod

from award_naive import read_naively
from supplier_eval.award.awarded import Award


def bundle_sets(problem):
    """Sets of bundles that may stand together, as far as bundles alone can tell."""
    every = range(len(problem.bundles) + 1)
    for chosen in chain.from_iterable(combinations(problem.bundles.values(), n) for n in every):
        names = {b.id for b in chosen}
        groups = Counter((b.supplier, b.exclusive) for b in chosen if b.exclusive)
        if all(set(b.requires) <= names for b in chosen) and all(n == 1 for n in groups.values()):
            yield chosen


def allowed_units(problem, bid):
    """0, and the units that the bid and its lot allow."""
    grid, lot = problem.terms.grid, problem.lots[bid.lot]
    found = [0]
    for units in range(1, grid + 1):
        share, quantity = Fraction(units, grid), Fraction(units, grid) * lot.demand
        inside = not bid.curve or bid.curve[0].qlo <= quantity <= bid.curve[-1].qhi
        whole = units == grid or not lot.indivisible
        if inside and whole and bid.min_share <= share <= bid.max_share and quantity >= bid.min_qty:
            found.append(units)
    return found


def lot_options(problem, lot, covering):
    """Ways to award one lot that `covering` bundles cover already: tuples of (bid key, units)."""
    offers = [bid for bid in problem.bids.values() if bid.lot == lot.id]
    grid, cover = problem.terms.grid, problem.terms.cover
    most = 10**9 if cover == "free_disposal" else grid
    least = 0 if cover == "at_most" or lot.unserved_cost is not None else grid
    found = []
    for units in product(*(allowed_units(problem, bid) for bid in offers)):
        taken = [(bid.key, n) for bid, n in zip(offers, units, strict=True) if n]
        one_offer_each = len({key[1] for key, _ in taken}) == len(taken)
        if one_offer_each and least <= sum(units) + covering * grid <= most:
            found.append(tuple(taken))
    return found


def _choices(problem):
    options = cache(lambda key, covering: lot_options(problem, problem.lots[key], covering))
    for chosen in bundle_sets(problem):
        covering = Counter(lot for b in chosen for lot in b.lots)
        yield frozenset(b.id for b in chosen), [options(key, covering[key]) for key in problem.lots]


def count_awards(problem):
    """How many awards `sound_awards` gives."""
    return sum(prod(len(ways) for ways in by_lot) for _, by_lot in _choices(problem))


def sound_awards(problem):
    """Every award on the contract grid that lots, bids and bundles allow; capacities and rules are not looked at."""
    for bundles, by_lot in _choices(problem):
        for ways in product(*by_lot):
            yield Award(problem.terms.grid, dict(chain.from_iterable(ways)), bundles)


def every_reading(problem):
    """A naive reading of every award whose conditions hold; rules may be broken."""
    readings = (read_naively(problem, award) for award in sound_awards(problem))
    return [reading for reading in readings if not reading.unsound]


def best(readings, without=frozenset()):
    """The least stages that can be had when some rules are left out, and every award that has them; or (None, [])."""
    kept = [
        ((r.stages[0] - sum(r.fines.get(key, 0) for key in without), *r.stages[1:]), r.award)
        for r in readings
        if not r.hard_broken - set(without)
    ]
    least = min((stages for stages, _ in kept), default=None)
    return least, [award for stages, award in kept if stages == least]


def optimum(problem):
    """The least stages and every award that has them; (None, []) where no award is feasible."""
    return best(every_reading(problem))


def rule_price(readings, rule):
    """First stage with all rules less that without `rule`, both minimised; None where either has no award."""
    with_all, _ = best(readings)
    left_out, _ = best(readings, {rule})
    return None if with_all is None or left_out is None else with_all[0] - left_out[0]


def conflicts(problem, readings=None):
    """All minimal sets of hard rules that no award keeps together; ``_structural`` where there is no award at all."""
    readings = every_reading(problem) if readings is None else readings
    if not readings:
        return {frozenset({"_structural"})}
    hard = [key for key, rule in problem.rules.items() if rule.penalty is None]
    broken = {r.hard_broken for r in readings}
    found = set()
    for size in range(1, len(hard) + 1):
        for rules in map(frozenset, combinations(hard, size)):
            if not any(known <= rules for known in found) and all(rules & some for some in broken):
                found.add(rules)
    return found
