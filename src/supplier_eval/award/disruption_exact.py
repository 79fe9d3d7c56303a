"""What is delivered in a scenario, and what it costs, recomputed exactly: no solver is trusted.

A solver's shares are turned into fractions, then every condition is checked again in exact arithmetic by the audit of
the scenario's own problem and by the conditions that tie it to the award.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.disruption_links import splits_freely
from supplier_eval.award.parts import ONE, ZERO, BidKey
from supplier_eval.award.tally import Tally, tally_of, total

if TYPE_CHECKING:
    from supplier_eval.award.disruption_recourse import Recourse
    from supplier_eval.award.disruption_scenarios import Failure
    from supplier_eval.award.problem import AwardProblem

NEAR = 1e-6
RELATIVE = 1e-9
FINENESS = (10**2, 10**3, 10**4, 10**5, 10**6)
Shares = Mapping[BidKey, Fraction]


@dataclass(frozen=True, eq=False)
class Delivery:
    """What is delivered in a scenario.

    Parameters
    ----------
    award : Award
        Who delivers how much, on a grid of its own.
    cost : Fraction
        All money of the scenario, penalties of soft rules that the award breaks included.
    unserved : mapping
        Lot → quantity that stays unserved beyond what the award leaves open, > 0; demand units.
    """

    award: Award
    cost: Fraction
    unserved: Mapping[str, Fraction]


class ExactRecourse:
    """Judge deliveries in one scenario after one award.

    Parameters
    ----------
    problem, block : AwardProblem
        The whole problem, and that of the scenario.
    award : Award
        What was awarded.
    failure : Failure
        Who loses how much.
    recourse : Recourse
        What may be done.
    """

    def __init__(
        self, problem: AwardProblem, block: AwardProblem, award: Award, failure: Failure, recourse: Recourse
    ) -> None:
        self.problem, self.block, self.award, self.failure, self.recourse = problem, block, award, failure, recourse
        self.before = tally_of(problem, award)
        self.penalty = audit_award(problem, award).measures["penalty"]

    def judged(self, delivered: Award) -> Delivery | None:
        """The delivery with its exact cost, or None where it breaks any condition."""
        block = self.block.with_terms(grid=delivered.grid)
        audit = audit_award(block, delivered)
        after = tally_of(block, delivered)
        if not audit.valid or any(self._broken(delivered, after)):
            return None
        cost = audit.measures["cost"] + self.penalty + self._spent(delivered, after) + self._surcharge(after)
        return Delivery(delivered, cost, self._unserved(after))

    def from_shares(self, shares: Mapping[BidKey, float], bundles: frozenset[str], enough: float) -> Delivery | None:
        """The cheapest delivery that a solver's shares stand for, read ever more finely until it costs `enough`."""
        best: Delivery | None = None
        for finest in FINENESS:
            read = {key: self._read(key, share, finest) for key, share in shares.items() if share > NEAR}
            for exact in (read, self._completed(read, bundles)):
                grid = lcm(*(share.denominator for share in exact.values()))
                units = {key: int(share * grid) for key, share in exact.items()}
                found = self.judged(Award(grid, units, bundles))
                if found is not None and (best is None or found.cost < best.cost):
                    best = found
                if best is not None and float(best.cost) <= enough + RELATIVE * (1 + abs(enough)):
                    return best
        return best

    def _read(self, key: BidKey, share: float, finest: int) -> Fraction:
        """The awarded share where it is that; else the nearest fraction."""
        awarded = self.award.share(key)
        return awarded if abs(float(awarded) - share) < NEAR else Fraction(share).limit_denominator(finest)

    def _completed(self, shares: Shares, bundles: frozenset[str]) -> dict[BidKey, Fraction]:
        """Lots that have to be served are made whole by the share that is hardest to read."""
        found = dict(shares)
        for key, lot in self.block.lots.items():
            own = [at for at in found if at[0] == key and found[at] != self.award.share(at)]
            covered = sum((share for at, share in found.items() if at[0] == key), ZERO)
            covered += sum(key in self.block.bundles[name].lots for name in bundles)
            if own and (lot.unserved_cost is None or abs(float(covered) - 1) < NEAR):
                last = max(own, key=lambda at: (found[at].denominator, at))
                found[last] = max(ZERO, found[last] + ONE - covered)
        return {key: share for key, share in found.items() if share}

    def _broken(self, delivered: Award, after: Tally) -> Iterator[bool]:
        """Conditions that tie the delivery to the award, True where broken."""
        fill, lost = self.recourse.kind == "fill", self.failure.lost
        for key in {*self.award.units, *delivered.units}:
            if key[1] in lost:
                yield delivered.share(key) > self.award.share(key)
            elif fill:
                yield delivered.share(key) < self.award.share(key)
        for name in self.award.bundles ^ delivered.bundles:
            added = name in delivered.bundles
            yield added if self.problem.bundles[name].supplier in lost else fill and not added
        for lot in self.problem.lots if fill else ():
            yield _open(after, lot) < _open(self.before, lot)
        for supplier, loss in lost.items():
            left = self._left(supplier, loss)
            used = after.suppliers[supplier].capacity_used if supplier in after.suppliers else ZERO
            yield used > left or (fill and used < left and splits_freely(self.problem, supplier))

    def _left(self, supplier: str, loss: Fraction) -> Fraction:
        """Capacity that a supplier that is hit can still use of what it was awarded."""
        own, capacity = self.before.suppliers.get(supplier), self.problem.suppliers[supplier].capacity
        awarded = ZERO if own is None else own.capacity_used
        return (ONE - loss) * awarded if capacity is None else min(awarded, (ONE - loss) * capacity)

    def _spent(self, delivered: Award, after: Tally) -> Fraction:
        """What was paid once for the award and is not paid for the delivery."""
        suppliers = set(self.before.suppliers) - set(after.suppliers)
        bids = set(self.award.units) - set(delivered.units)
        lots = _left(self.before) - _left(after)
        return total(
            [
                *(self.problem.suppliers[key].entry_cost for key in suppliers),
                *(self.problem.bids[key].award_cost for key in bids),
                *(self.problem.lots[key].switching_cost for key in lots),
            ]
        )

    def _surcharge(self, after: Tally) -> Fraction:
        beyond = ZERO
        for key, now in after.suppliers.items():
            then = self.before.suppliers[key].base_spend if key in self.before.suppliers else ZERO
            beyond += max(ZERO, now.base_spend - then)
        return self.recourse.surcharge * beyond

    def _unserved(self, after: Tally) -> dict[str, Fraction]:
        missing = {key: _open(after, key) - _open(self.before, key) for key in self.problem.lots}
        return {key: self.problem.lots[key].demand * share for key, share in missing.items() if share > 0}


def _open(tally: Tally, lot: str) -> Fraction:
    return max(ZERO, ONE - tally.covered.get(lot, ZERO))


def _left(tally: Tally) -> set[str]:
    """Lots of which the incumbent gets nothing."""
    lots = tally.problem.lots.items()
    return {key for key, lot in lots if lot.incumbent and not tally.shares.get(key, {}).get(lot.incumbent)}
