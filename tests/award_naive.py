"""A third reading of an award, slow and literal: every pair of lot and supplier is looked at, nothing is shared.

It uses neither the model nor the audit, nor the arithmetic of `Bid`, `Tiers` and `AwardProblem`: only their data.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

STRUCTURE = (
    *("grid", "cover", "share", "indivisible", "min_qty", "curve"),
    *("alternates", "capacity", "min_volume", "bundle"),
)


@dataclass(frozen=True)
class Reading:
    """What an award comes to; `broken` has every rule that is broken, `unsound` every condition."""

    award: object
    measures: dict
    stages: tuple
    broken: dict
    unsound: frozenset
    hard_broken: frozenset
    fines: dict

    @property
    def feasible(self):
        return not self.unsound and not self.hard_broken


class Naive:
    """The award laid out as a list of deals (supplier, lot, share, quantity, offer)."""

    def __init__(self, problem, award):
        self.p, self.a = problem, award
        self.deals = []
        for (lot, supplier, alternate), units in award.units.items():
            if units > 0:
                share = Fraction(units, award.grid)
                offer = problem.bids[lot, supplier, alternate]
                self.deals.append((supplier, lot, share, share * problem.lots[lot].demand, offer))
        self.packages = [b for b in problem.bundles.values() if b.id in award.bundles]
        for b in self.packages:
            for lot in b.lots:
                self.deals.append((b.supplier, lot, Fraction(1), problem.lots[lot].demand, b))

    # shares, volumes, money ------------------------------------------------------------------------------------

    def share(self, supplier, lot):
        return sum((d[2] for d in self.deals if d[0] == supplier and d[1] == lot), Fraction(0))

    def wins(self, supplier, lots):
        return any(d[0] == supplier and d[1] in lots for d in self.deals)

    def volume(self, suppliers, lots):
        return sum((d[3] for d in self.deals if d[0] in suppliers and d[1] in lots), Fraction(0))

    def spend(self, suppliers, lots):
        money = Fraction(0)
        for supplier, lot, _, quantity, offer in self.deals:
            if supplier in suppliers and lot in lots and hasattr(offer, "curve"):
                money += bid_money(offer, quantity)
        for b in self.packages:
            if b.supplier in suppliers and any(lot in lots for lot in b.lots):
                money += b.price
        return money

    def rebate(self, supplier):
        tiers, every = self.p.suppliers[supplier].tiers, set(self.p.lots)
        spend = self.spend({supplier}, every)
        if tiers is None or spend == 0:
            return Fraction(0)
        basis = spend if tiers.basis == "spend" else self.volume({supplier}, every)
        ends = [*tiers.breaks[1:], None]
        money = Fraction(0)
        for low, high, rate in zip(tiers.breaks, ends, tiers.discount, strict=True):
            if tiers.kind == "all_units":
                if low <= basis and (high is None or basis < high):
                    money = rate * spend
            elif spend > low:
                money += rate * ((spend if high is None else min(spend, high)) - low)
        return money

    def rest(self, lot):
        return max(Fraction(0), 1 - sum((d[2] for d in self.deals if d[1] == lot), Fraction(0)))

    def cost(self):
        p, money = self.p, Fraction(0)
        for s, supplier in p.suppliers.items():
            if self.wins(s, set(p.lots)):
                money += self.spend({s}, set(p.lots)) - self.rebate(s) + supplier.fixed_cost
                money += Fraction(0) if supplier.incumbent else supplier.switching_cost
        for key in p.bids:
            if self.a.units.get(key, 0) > 0:
                money += p.bids[key].award_cost
        for key, lot in p.lots.items():
            if lot.incumbent and not self.wins(lot.incumbent, {key}):
                money += lot.switching_cost
            if lot.unserved_cost is not None:
                money += lot.unserved_cost * lot.demand * self.rest(key)
        return money

    def measure(self, name):
        if name == "cost":
            return self.cost()
        if name == "winners":
            return Fraction(sum(self.wins(s, set(self.p.lots)) for s in self.p.suppliers))
        if name == "value":
            singles = sum((d[4].price * d[2] for d in self.deals if hasattr(d[4], "curve")), Fraction(0))
            return singles + sum((b.price for b in self.packages), Fraction(0))
        return sum((d[3] * self.attribute(d[4], name.removeprefix("attr:")) for d in self.deals), Fraction(0))

    def attribute(self, offer, name):
        return (dict(self.p.suppliers[offer.supplier].attributes) | dict(offer.attributes))[name]

    # conditions of the problem ---------------------------------------------------------------------------------

    def unsound(self):
        return frozenset(what for what in STRUCTURE if getattr(self, f"breaks_{what}")())

    def breaks_grid(self):
        return self.p.terms.grid % self.a.grid != 0

    def breaks_cover(self):
        for key, lot in self.p.lots.items():
            covered = sum((d[2] for d in self.deals if d[1] == key), Fraction(0))
            most = 10**9 if self.p.terms.cover == "free_disposal" else 1
            least = 0 if self.p.terms.cover == "at_most" or lot.unserved_cost is not None else 1
            if not least <= covered <= most:
                return True
        return False

    def singles(self):
        return [d for d in self.deals if hasattr(d[4], "curve")]

    def breaks_share(self):
        below = any(units < 0 for units in self.a.units.values())
        return below or any(not d[4].min_share <= d[2] <= d[4].max_share for d in self.singles())

    def breaks_indivisible(self):
        return any(self.p.lots[d[1]].indivisible and d[2] != 1 for d in self.singles())

    def breaks_min_qty(self):
        return any(d[3] < d[4].min_qty for d in self.singles())

    def breaks_curve(self):
        curved = [d for d in self.singles() if d[4].curve]
        return any(d[3] < d[4].curve[0].qlo or d[3] > d[4].curve[-1].qhi for d in curved)

    def breaks_alternates(self):
        pairs = [d[:2] for d in self.singles()]
        return len(pairs) != len(set(pairs))

    def breaks_capacity(self):
        for s, supplier in self.p.suppliers.items():
            used = Fraction(0)
            for d in self.deals:
                if d[0] == s:
                    use = getattr(d[4], "use", None)
                    used += d[2] * (self.p.lots[d[1]].demand if use is None else use)
            if supplier.capacity is not None and used > supplier.capacity:
                return True
        return False

    def breaks_min_volume(self):
        return any(
            self.wins(s, set(self.p.lots)) and self.volume({s}, set(self.p.lots)) < (supplier.min_volume or 0)
            for s, supplier in self.p.suppliers.items()
        )

    def breaks_bundle(self):
        for b in self.packages:
            if any(other not in self.a.bundles for other in b.requires):
                return True
            rivals = [o for o in self.packages if o.supplier == b.supplier and o.exclusive == b.exclusive]
            if b.exclusive and len(rivals) > 1:
                return True
        return False

    # rules -----------------------------------------------------------------------------------------------------

    def concerned(self, rule):
        group = set()
        for s, supplier in self.p.suppliers.items():
            facts = dict(supplier.attributes) | {"incumbent": supplier.incumbent}
            if rule.group and all(facts.get(k) == v for k, v in rule.group.items()):
                group.add(s)
        everybody = set(self.p.suppliers)
        suppliers = (set(rule.suppliers) | group) if rule.suppliers or rule.group else everybody
        lots = set()
        for key, lot in self.p.lots.items():
            facts = dict(lot.attributes) | {"region": lot.region, "incumbent": lot.incumbent}
            if (not rule.lots or key in rule.lots) and all(facts.get(k) == v for k, v in rule.where.items()):
                lots.add(key)
        return suppliers, lots

    def breach(self, rule):  # noqa: PLR0911, PLR0912 - one branch a sentence of the specification
        S, L = self.concerned(rule)
        k, v, everybody = rule.kind, rule.value, set(self.p.suppliers)
        plus = lambda amount: max(Fraction(0), Fraction(amount))  # noqa: E731
        winners = lambda lots: sum(self.wins(s, lots) for s in S)  # noqa: E731
        if k == "max_winners":
            return plus(winners(L) - v)
        if k == "min_winners":
            return plus(v - winners(L))
        if k == "max_winners_per_lot":
            return sum(plus(winners({x}) - v) for x in L)
        if k == "min_winners_per_lot":
            return sum(plus(v - winners({x})) for x in L)
        if k == "max_lots_per_bidder":
            return sum(plus(sum(self.wins(s, {x}) for x in L) - v) for s in S)
        if k == "min_share_if_awarded":
            return sum(plus(v - self.share(s, x)) for s in S for x in L if self.share(s, x) > 0)
        if k.endswith(("volume_share", "spend_share")):
            amount = self.volume if "volume" in k else self.spend
            sets = [S] if rule.suppliers or rule.group else [{s} for s in everybody]
            over = [amount(part, L) - v * amount(everybody, L) for part in sets]
            return sum(plus(x if k.startswith("max") else -x) for x in over)
        if k == "budget":
            return plus(self.cost() - v)
        if k == "exclude":
            return sum(self.share(s, x) for s in S for x in L)
        if k == "set_aside":
            return sum(self.share(s, x) for s in everybody - S for x in L)
        if k == "force_award":
            return sum(plus(v - sum(self.share(s, x) for s in S)) for x in L)
        if k == "mutually_exclusive":
            return plus(winners(L) - 1)
        if k == "implies":
            return Fraction(self.wins(rule.when, L) and not self.wins(rule.then, L))
        if k == "one_supplier_per_region":
            regions = {self.p.lots[x].region for x in L} - {""}
            return sum(plus(winners({x for x in L if self.p.lots[x].region == r}) - 1) for r in regions)
        mine = [(d[2], d[3], self.attribute(d[4], rule.attribute)) for d in self.deals if d[0] in S and d[1] in L]
        if k == "min_avg":
            return plus(v * sum(q for _, q, _ in mine) - sum(q * f for _, q, f in mine))
        if k == "max_avg":
            return plus(sum(q * f for _, q, f in mine) - v * sum(q for _, q, _ in mine))
        if k == "min_attr":
            return sum((share for share, _, f in mine if f < v), Fraction(0))
        if k == "max_attr":
            return sum((share for share, _, f in mine if f > v), Fraction(0))
        raise AssertionError(k)


def bid_money(bid, quantity):
    """Base cost of a quantity > 0, by walking along the curve."""
    if not bid.curve:
        return bid.price * quantity
    last = bid.curve[-1]
    for piece in bid.curve:
        if piece.qlo <= quantity < piece.qhi or (piece is last and quantity >= piece.qhi):
            return piece.fixed + piece.slope * quantity
    return bid.curve[0].fixed + bid.curve[0].slope * quantity


def read_naively(problem, award):
    """The whole award, read literally."""
    naive = Naive(problem, award)
    broken = {key: amount for key, rule in problem.rules.items() if (amount := Fraction(naive.breach(rule)))}
    fines = {key: problem.rules[key].penalty * amount for key, amount in broken.items() if problem.rules[key].penalty}
    wanted = {"cost", "winners"} | {name for stage in problem.terms.goal.stages for name, _ in stage.weights}
    measures = {name: naive.measure(name) for name in wanted}
    stages = [sum(w * measures[name] for name, w in stage.weights) for stage in problem.terms.goal.stages]
    stages[0] += sum(fines.values())
    return Reading(
        award=award,
        measures=measures | {"penalty": Fraction(sum(fines.values()))},
        stages=tuple(stages),
        broken=broken,
        unsound=naive.unsound(),
        hard_broken=frozenset(key for key in broken if problem.rules[key].penalty is None),
        fines=fines,
    )
