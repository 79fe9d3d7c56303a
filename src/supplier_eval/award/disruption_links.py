"""The rows that tie what is done in a scenario to the award before it.

The award is either given (its figures are constants) or sought (its figures are columns of its own model): both are
linear expressions, so that one set of rows serves the recourse to a given award and the search for the best award.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.parts import ZERO, Bid, Bundle
from supplier_eval.award.rows import plus
from supplier_eval.award.structure_rows import pieces_of_bids, spend_of_pieces
from supplier_eval.award.tally import tally_of

if TYPE_CHECKING:
    from fractions import Fraction

    from supplier_eval.award.awarded import Award
    from supplier_eval.award.disruption_recourse import Recourse
    from supplier_eval.award.disruption_scenarios import Failure
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.parts import BidKey
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rows import Builder

OWNER = "_recourse"


@dataclass(frozen=True)
class Expression:
    """A linear expression: column → coefficient, and a constant."""

    terms: dict[int, float] = field(default_factory=dict)
    constant: float = 0.0


NOUGHT = Expression()


@dataclass(frozen=True)
class Stage:
    """An award as linear expressions, by id; what is not there is 0.

    Parameters
    ----------
    share, opened : mapping
        Bid → share of its lot; 1 where it is awarded anything.
    bundle : mapping
        Bundle → 1 where it is awarded.
    unserved, switched : mapping
        Lot → share that stays unserved; 1 where its incumbent gets nothing.
    active, spend, use : mapping
        Supplier → 1 where it is awarded anything; base spend; capacity that it uses.
    """

    share: dict[BidKey, Expression]
    opened: dict[BidKey, Expression]
    bundle: dict[str, Expression]
    unserved: dict[str, Expression]
    switched: dict[str, Expression]
    active: dict[str, Expression]
    spend: dict[str, Expression]
    use: dict[str, Expression]


def stage_of_model(made: Formulation, offset: int = 0) -> Stage:
    """The award of a model whose columns begin at `offset`."""
    problem, columns = made.problem, made.columns

    def single(names: Iterable[object], places: Iterable[int]) -> dict[object, Expression]:
        pairs = zip(names, (int(at) for at in places), strict=True)
        return {name: Expression({at + offset: 1.0}) for name, at in pairs if at >= 0}

    per_share, per_switch = spend_of_pieces(problem, columns)
    spend: dict[str, dict[int, float]] = defaultdict(dict)
    use: dict[str, dict[int, float]] = defaultdict(dict)
    bids = list(problem.bids.values())
    for piece, (bid, column) in enumerate(zip(columns.piece_bid.tolist(), columns.share.tolist(), strict=True)):
        key = bids[bid].supplier
        spend[key][column + offset] = float(per_share[piece])
        use[key][column + offset] = float(_use(problem, bids[bid]))
        if per_switch[piece]:
            spend[key][int(columns.on_segment[piece]) + offset] = float(per_switch[piece])
    for name, place in zip(columns.bundles, columns.bundle.tolist(), strict=True):
        offer = problem.bundles[name]
        spend[offer.supplier][place + offset] = float(offer.price)
        use[offer.supplier][place + offset] = float(_use(problem, offer))
    pieces = pieces_of_bids(columns)
    return Stage(
        share={
            key: Expression(dict.fromkeys((c + offset for c in own), 1.0))
            for key, own in zip(columns.bids, pieces, strict=True)
        },
        opened=single(columns.bids, columns.opened),  # type: ignore[arg-type]
        bundle=single(columns.bundles, columns.bundle),  # type: ignore[arg-type]
        unserved=single(columns.lots, columns.unserved),  # type: ignore[arg-type]
        switched=single(columns.lots, columns.switched),  # type: ignore[arg-type]
        active=single(columns.suppliers, columns.active),  # type: ignore[arg-type]
        spend={key: Expression(terms) for key, terms in spend.items()},
        use={key: Expression(terms) for key, terms in use.items()},
    )


def _use(problem: AwardProblem, offer: Bid | Bundle) -> Fraction:
    """Capacity that the whole of an offer takes."""
    if isinstance(offer, Bid):
        return problem.lots[offer.lot].demand if offer.use is None else offer.use
    return sum((problem.lots[lot].demand for lot in offer.lots), ZERO)


def stage_of_award(problem: AwardProblem, award: Award) -> Stage:
    """A given award: constants."""
    tally = tally_of(problem, award)

    def constant(figure: Fraction | int) -> Expression:
        return Expression(constant=float(figure))

    open_lots = {key: 1 - tally.covered.get(key, ZERO) for key in problem.lots}
    left = {
        key: 1
        for key, lot in problem.lots.items()
        if lot.incumbent and not tally.shares.get(key, {}).get(lot.incumbent)
    }
    return Stage(
        share={key: constant(share) for key, share in award.shares().items()},
        opened=dict.fromkeys(award.units, constant(1)),
        bundle=dict.fromkeys(award.bundles, constant(1)),
        unserved={key: constant(share) for key, share in open_lots.items() if share > 0},
        switched={key: constant(one) for key, one in left.items()},
        active=dict.fromkeys(tally.suppliers, constant(1)),
        spend={key: constant(own.base_spend) for key, own in tally.suppliers.items()},
        use={key: constant(own.capacity_used) for key, own in tally.suppliers.items()},
    )


def splits_freely(problem: AwardProblem, supplier: str) -> bool:
    """True where a supplier can deliver any part of its awards: no whole lots, curves or bundles."""
    own = [bid for bid in problem.bids.values() if bid.supplier == supplier]
    whole = any(problem.lots[bid.lot].indivisible or bid.curve for bid in own)
    return not whole and not any(bundle.supplier == supplier for bundle in problem.bundles.values())


class Links:
    """The rows and columns between an award and one scenario.

    Parameters
    ----------
    problem, block : AwardProblem
        The whole problem, and that of the scenario.
    before, after : Stage
        The award, and what is delivered in the scenario.
    builder : Builder
        Takes rows and columns; its columns go on behind those of both.
    """

    def __init__(
        self, problem: AwardProblem, block: AwardProblem, before: Stage, after: Stage, builder: Builder
    ) -> None:
        self.problem, self.block, self.before, self.after, self.builder = problem, block, before, after, builder
        self.cost: dict[int, float] = {}

    def add(self, failure: Failure, recourse: Recourse) -> dict[int, float]:
        """All rows; returns what their new columns cost (column → money)."""
        self._deliveries(failure, fill=recourse.kind == "fill")
        self._once()
        if recourse.surcharge:
            self._surcharge(float(recourse.surcharge))
        return self.cost

    def _deliveries(self, failure: Failure, *, fill: bool) -> None:
        """Who keeps what: others at least their award, those who are hit at most theirs."""
        then, now = self.before, self.after
        offers = [
            *((bid.supplier, now.share[key], then.share.get(key)) for key, bid in self.block.bids.items()),
            *((offer.supplier, now.bundle[key], then.bundle.get(key)) for key, offer in self.block.bundles.items()),
        ]
        for supplier, delivered, awarded in offers:
            if supplier in failure.lost:
                self._row(delivered, awarded or NOUGHT, most=0.0)
            elif fill and awarded is not None:
                self._row(delivered, awarded, least=0.0)
        for key, left in then.unserved.items() if fill else ():
            if key in now.unserved:
                self._row(now.unserved[key], left, least=0.0)
        for key, loss in failure.lost.items():
            if loss < 1 and key in now.use:
                self._what_is_left(key, loss, keep=fill and splits_freely(self.problem, key))

    def _what_is_left(self, supplier: str, loss: Fraction, *, keep: bool) -> None:
        """A supplier that is hit in part delivers no more than is left, and (`keep`) all of its award that is."""
        capacity, now = self.problem.suppliers[supplier].capacity, self.after.use[supplier]
        then = self.before.use.get(supplier, NOUGHT)
        if capacity is None:
            self._row(now, then, least=0.0 if keep else -np.inf, most=0.0, times=float(1 - loss))
            return
        whole, left = float(capacity), float(capacity * (1 - loss))
        if not keep:
            return
        if not then.terms:
            self._row(now, NOUGHT, least=min(left, then.constant))
            return
        short = int(self.builder.columns("short", 1, integer=True)[0])
        self._row(now, then, least=0.0, slack=short, sign=whole)
        self._row(now, NOUGHT, least=0.0, slack=short, sign=-left)

    def trigger(self, failure: Failure) -> None:
        """Nothing is done unless somebody who is hit was awarded at least one unit of the grid."""
        switch = int(self.builder.columns("hit", 1, integer=True)[0])
        grid = float(self.problem.terms.grid)
        lost = [(key, bid.supplier) for key, bid in self.problem.bids.items() if bid.supplier in failure.lost]
        awarded = [
            *((c, grid * v) for key, _ in lost for c, v in self.before.share.get(key, NOUGHT).terms.items()),
            *(
                (c, v)
                for key, offer in self.problem.bundles.items()
                if offer.supplier in failure.lost
                for c, v in self.before.bundle.get(key, NOUGHT).terms.items()
            ),
        ]
        self.builder.row(OWNER, plus(awarded, [(switch, -1.0)]), lower=0.0)
        pairs = [
            *((self.after.share[key], self.before.share.get(key, NOUGHT)) for key in self.block.bids),
            *((self.after.bundle[key], self.before.bundle.get(key, NOUGHT)) for key in self.block.bundles),
            *((now, self.before.unserved.get(key, NOUGHT)) for key, now in self.after.unserved.items()),
        ]
        for now, then in pairs:
            for sign in (1.0, -1.0):
                moved = plus(
                    ((c, sign * v) for c, v in now.terms.items()),
                    ((c, -sign * v) for c, v in then.terms.items()),
                    [(switch, -1.0)],
                )
                self.builder.row(OWNER, moved, upper=0.0)

    def _once(self) -> None:
        """What is paid once for the award stays paid: for suppliers, for bids, for leaving an incumbent."""
        then, now = self.before, self.after
        for supplier, part in self.problem.suppliers.items():
            self._spent(part.entry_cost, then.active.get(supplier), now.active.get(supplier))
        for key, bid in self.problem.bids.items():
            self._spent(bid.award_cost, then.opened.get(key), now.opened.get(key))
        for name, lot in self.problem.lots.items():
            if lot.incumbent:
                self._spent(lot.switching_cost, then.switched.get(name), now.switched.get(name))

    def _spent(self, money: Fraction, then: Expression | None, now: Expression | None) -> None:
        if money and then is not None:
            column = int(self.builder.columns("spent", 1)[0])
            self.cost[column] = float(money)
            self._row(now or NOUGHT, then, least=0.0, slack=column)

    def _surcharge(self, rate: float) -> None:
        """Base spend of each supplier beyond its award."""
        for key, now in self.after.spend.items():
            most = sum(max(0.0, value) for value in now.terms.values())
            column = int(self.builder.columns("extra", 1, upper=most)[0])
            self.cost[column] = rate
            self._row(now, self.before.spend.get(key, NOUGHT), most=0.0, slack=column, sign=-1.0)

    def _row(
        self,
        now: Expression,
        then: Expression,
        *,
        least: float = -np.inf,
        most: float = np.inf,
        times: float = 1.0,
        slack: int | None = None,
        sign: float = 1.0,
    ) -> None:
        """``least <= now - times x then + sign x slack <= most``."""
        extra = [] if slack is None else [(slack, sign)]
        terms = plus(now.terms.items(), ((c, -times * v) for c, v in then.terms.items()), extra)
        shift = times * then.constant - now.constant
        self.builder.row(OWNER, terms, lower=least + shift, upper=most + shift)
