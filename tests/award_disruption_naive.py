"""The cost of an award when suppliers fail, by looking at every delivery there is: for problems of whole lots.

Nothing of the model is used: deliveries are all awards of the scenario's problem (``award_enumeration``), read as
literally as in ``award_naive``; what ties them to the award, and what was paid once, is said again here.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import prod

from award_enumeration import every_reading, sound_awards
from award_naive import read_naively

EXCLUSIONS = ("exclude", "set_aside", "min_attr", "max_attr")


def whole_lots(problem):
    """The same problem with every lot whole and a grid of one unit."""
    from dataclasses import replace
    from types import MappingProxyType

    lots = {key: replace(lot, indivisible=True) for key, lot in problem.lots.items()}
    return problem.replace(lots=MappingProxyType(lots)).with_terms(grid=1)


def failure_sets(chances):
    """Every set of failing suppliers with its probability, independently."""
    names = sorted(chances)
    for size in range(len(names) + 1):
        for some in combinations(names, size):
            yield some, prod((chances[n] if n in some else 1 - chances[n] for n in names), start=Fraction(1))


def winners(problem, award):
    return {key[1] for key in award.units} | {problem.bundles[name].supplier for name in award.bundles}


def cover(problem, award, lot):
    return sum(units for key, units in award.units.items() if key[0] == lot) + sum(
        lot in problem.bundles[name].lots for name in award.bundles
    )


def incumbents_out(problem, award):
    """Lots of which the incumbent gets nothing."""
    found = set()
    for key, lot in problem.lots.items():
        served = {k[1] for k in award.units if k[0] == key}
        served |= {problem.bundles[n].supplier for n in award.bundles if key in problem.bundles[n].lots}
        if lot.incumbent and lot.incumbent not in served:
            found.add(key)
    return found


def deliveries(problem, failed, price):
    """(award, its naive reading) of everything that may be delivered when some fail wholly."""
    from dataclasses import replace
    from types import MappingProxyType

    def priced(lot):
        return replace(lot, unserved_cost=price if lot.unserved_cost is None else lot.unserved_cost)

    left = {key: bundle for key, bundle in problem.bundles.items() if bundle.supplier not in failed}
    loose = {
        key: replace(bundle, requires=tuple(name for name in bundle.requires if name in left))
        for key, bundle in left.items()
    }
    bids = {
        key: replace(bid, min_share=Fraction(0), min_qty=Fraction(0))
        for key, bid in problem.bids.items()
        if key[1] not in failed
    }
    rules = {key: rule for key, rule in problem.rules.items() if rule.penalty is None and rule.kind in EXCLUSIONS}
    suppliers = {key: replace(part, min_volume=None) for key, part in problem.suppliers.items()}
    lots = {key: priced(lot) for key, lot in problem.lots.items()}
    parts = {"lots": lots, "suppliers": suppliers, "bids": bids, "bundles": loose, "rules": rules}
    from supplier_eval.award.objective import goal_of

    small = problem.replace(**{key: MappingProxyType(part) for key, part in parts.items()})
    small = small.with_terms(goal=goal_of("cost"))
    return [(small, award, read_naively(small, award)) for award in sound_awards(small)]


def allowed(problem, award, delivered, kind, failed):
    """True where the delivery keeps what the recourse has to keep."""
    if kind == "reallocate":
        return True
    kept = all(delivered.units.get(key, 0) >= units for key, units in award.units.items() if key[1] not in failed)
    bundles = {name for name in award.bundles if problem.bundles[name].supplier not in failed}
    lots = problem.lots
    no_more = all(min(1, cover(problem, delivered, lot)) <= min(1, cover(problem, award, lot)) for lot in lots)
    return kept and bundles <= delivered.bundles and no_more


def spend_of(problem, award):
    """Supplier → base spend."""
    from supplier_eval.award.tally import tally_of

    return {key: own.base_spend for key, own in tally_of(problem, award).suppliers.items()}


def once(problem, award, delivered):
    """What was paid once for the award and not again for the delivery."""
    gone = winners(problem, award) - winners(problem, delivered)
    money = sum((problem.suppliers[name].entry_cost for name in gone), Fraction(0))
    money += sum((problem.bids[key].award_cost for key in set(award.units) - set(delivered.units)), Fraction(0))
    left = incumbents_out(problem, award) - incumbents_out(problem, delivered)
    return money + sum((problem.lots[key].switching_cost for key in left), Fraction(0))


def cost_when(problem, reading, failed, known, *, kind="fill", surcharge=0, price=None):
    """Least cost of an award when some fail; None where nothing can be done."""
    award = reading.award
    if not set(failed) & winners(problem, award):
        return reading.stages[0]
    if failed not in known:
        known[failed] = deliveries(problem, failed, price)
    before = spend_of(problem, award)
    costs = []
    for small, delivered, read in known[failed]:
        if not read.feasible or not allowed(problem, award, delivered, kind, failed):
            continue
        cost = read.measures["cost"] + reading.stages[0] - reading.measures["cost"]
        beyond = sum(
            (max(Fraction(0), money - before.get(key, 0)) for key, money in spend_of(small, delivered).items()),
            Fraction(0),
        )
        costs.append(cost + once(problem, award, delivered) + surcharge * beyond)
    return min(costs, default=None)


def cvar_by_definition(atoms, level):
    """min over eta of eta + E[max(0, C - eta)] / (1 - level); the minimum is at one of the costs."""
    return min(eta + sum(p * max(Fraction(0), c - eta) for c, p in atoms) / (1 - level) for eta, _ in atoms)


def every_mix(problem, chances, weight, level, **recourse):
    """(mix, expectation, CVaR, award) of every feasible award that can be covered in all scenarios."""
    known, found = {}, []
    for reading in every_reading(problem):
        if not reading.feasible:
            continue
        atoms = []
        for failed, chance in failure_sets(chances):
            if chance:
                cost = cost_when(problem, reading, failed, known, **recourse)
                if cost is None:
                    break
                atoms.append((cost, chance))
        else:
            mean, cvar = sum(c * p for c, p in atoms), cvar_by_definition(atoms, level)
            found.append(((1 - weight) * mean + weight * cvar, mean, cvar, reading.award))
    return found
