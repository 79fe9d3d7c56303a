"""The own prices at which a bid would have won; relative formulas are computed again for everyone.

A single threshold is claimed only for formulas in `SINGLE_THRESHOLD`: there a dearer bid never gains points itself and
no other bid ever loses points by it (docs/break-even.md proves it formula by formula), so that its lead over every
rival only shrinks. `PriceFormula.monotone` alone does not say this: it is silent on what the others gain. Every other
formula, also one that a user registered, is searched without that assumption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from supplier_eval.flags import Reason
from supplier_eval.robustness.block import LotBlock
from supplier_eval.robustness.price_judge import PriceJudge
from supplier_eval.robustness.winning_ends import ALONE, Interval, WinningSet
from supplier_eval.robustness.winning_set import single_thresholds, winning_set

Kind = Literal["threshold", "intervals", "always", "never", "not_asked"]
NotAsked = Literal["", "not_considered", "ruled_out", "not_opened", "below_floor"]
WholePrices = tuple[Decimal, Decimal] | None

SINGLE_THRESHOLD = frozenset(
    {
        "lowest_over_price",
        "linear_to_twice_lowest",
        "min_max",
        "linear_to_ceiling",
        "share_of_ceiling",
        "power_discount",
        "bilinear",
        "concave_ceiling",
        "distance_from_mean",
        "price_per_quality_point",
        "reduced_price",
    }
)
NEIGHBOURS = 3  # minor units tried on either side of an end: a deduction rounds the scored price


@dataclass(frozen=True)
class PriceRange:
    """The prices of one bid in one price criterion at which it has rank 1 alone, all else as given.

    Parameters
    ----------
    bid, criterion : str
        Whose price, and the price criterion that scores it (a leaf that covers some items: the sum of these items).
    winner : bool
        Whether the bid has rank 1 as evaluated.
    price : float or None
        Its present price, evaluated money (before a small-business deduction); None where it is not known.
    asked : (float, float)
        Range of prices that was searched, ends included: from one minor unit, or the lot's price floor, to the lot's
        ceiling or a hundred times the highest price and ceiling.
    wins : tuple of Interval
        Evaluated prices at which it wins, in rising order; an end with ``"tie"`` is where unrounded totals meet.
    ties : tuple of (float, float)
        Prices at which it shares rank 1 after the last tie key: no win.
    whole : tuple of (Decimal, Decimal) or None
        For each interval the lowest and the highest price in whole minor units at which it wins, each tried by the
        policy's rounding and tie rule, as is the price one minor unit further; None where there is no such price.
    single : bool
        Whether a single threshold is proved for the formula.
    kind : {"threshold", "intervals", "always", "never", "not_asked"}
        Form of the answer; always and never are meant within `asked`.
    not_asked : str
        Why there is no answer: ``"not_considered"``, ``"ruled_out"``, ``"not_opened"``, ``"below_floor"``;
        empty where there is one.
    reasons : tuple of Reason
        Why the bid is out, where it is.
    complete : bool
        See `WinningSet`.
    """

    bid: str
    criterion: str
    winner: bool
    price: float | None
    asked: tuple[float, float] = (0.0, 0.0)
    wins: tuple[Interval, ...] = ()
    ties: tuple[tuple[float, float], ...] = ()
    whole: tuple[WholePrices, ...] = ()
    single: bool = False
    kind: Kind = "not_asked"
    not_asked: NotAsked = ""
    reasons: tuple[Reason, ...] = ()
    complete: bool = True

    @property
    def wins_now(self) -> bool:
        """Whether the bid has rank 1 alone at its present price."""
        return self.price is not None and any(one.holds(self.price) for one in self.wins)

    @property
    def threshold(self) -> float | None:
        """The price at which it stops winning, where a single threshold is proved and lies in the range asked."""
        return self.wins[0].upper if self.kind == "threshold" else None

    @property
    def nearest(self) -> int | None:
        """Which interval lies nearest to the present price; the lower one of two at the same distance."""
        if not self.wins or self.price is None:
            return None
        return min(range(len(self.wins)), key=lambda i: (_distance(self.wins[i], self.price or 0.0), i))

    @property
    def target(self) -> Decimal | None:
        """The price in whole minor units that this is about.

        For a bid that does not win: the winning price nearest to its present one. For a winner: the highest price up
        to which it still wins; None where that is the end of the range asked, or none in whole minor units wins.
        """
        if self.price is None or self.nearest is None or self._open_ended:
            return None
        here = self.whole[self.nearest]
        if self.wins[self.nearest].holds(self.price):
            return here[1] if here is not None else None
        ends = [end for pair in self.whole if pair is not None for end in pair]
        return min(ends, key=lambda end: (abs(float(end) - (self.price or 0.0)), end), default=None)

    @property
    def change(self) -> float | None:
        """Money from the present price to `target`, or without one to the interval's end; negative where it must fall.

        None for a winner whose price may rise to the end of the range asked.
        """
        if self.price is None or self.nearest is None or self._open_ended:
            return None
        if self.target is not None:
            return float(self.target - Decimal(repr(self.price)))
        one = self.wins[self.nearest]
        if one.holds(self.price):
            return one.upper - self.price
        return (one.lower if self.price < one.lower else one.upper) - self.price

    @property
    def _open_ended(self) -> bool:
        """Whether it wins from its present price up to the end of the range asked."""
        one = self.wins[self.nearest or 0]
        return self.price is not None and one.holds(self.price) and one.upper_end == "asked"

    @property
    def change_percent(self) -> float | None:
        """`change` as a percentage of the present price."""
        return None if self.change is None or not self.price else 100.0 * self.change / self.price


def price_ranges(block: LotBlock, bids: Sequence[str]) -> dict[str, tuple[PriceRange, ...]]:
    """Find the winning prices of some bids, one range a price criterion.

    Parameters
    ----------
    block : LotBlock
        The lot.
    bids : sequence of str
        Bids of the lot, also such as are out.
    """
    asked: list[tuple[int, int]] = []
    without: dict[tuple[str, int], PriceRange] = {}
    for bid in bids:
        for row in range(len(block.rows)):
            why = not_asked(block, bid)
            if why:
                reasons = block.result.qualification.reasons.get(bid, ())
                known = _price_now(block, bid, row)
                without[bid, row] = PriceRange(
                    bid, _criterion(block, row), False, known, not_asked=why, reasons=tuple(reasons)
                )
            else:
                asked.append((block.position(bid), row))
    every = dict(without)
    if asked:
        judge = PriceJudge(block, asked)
        for which, ((own, row), found) in enumerate(zip(asked, _solve(judge), strict=True)):
            every[block.bids[own], row] = _range(judge, which, found)
    return {bid: tuple(every[bid, row] for row in range(len(block.rows))) for bid in bids}


def _solve(judge: PriceJudge) -> list[WinningSet]:
    """Bisect the proved questions together, search the others one by one."""
    lower, upper = (np.array([judge.asked(q)[end] for q in range(len(judge.questions))]) for end in (0, 1))
    proved = [judge.row(q).formula in SINGLE_THRESHOLD for q in range(len(judge.questions))]
    numbers = np.flatnonzero(proved)
    found = dict(zip(numbers.tolist(), single_thresholds(judge, numbers, lower[numbers], upper[numbers]), strict=True))
    for q in np.flatnonzero(~np.array(proved, dtype=bool)).tolist():
        found[q] = winning_set(judge, q, float(lower[q]), float(upper[q]))
    return [found[q] for q in range(len(judge.questions))]


def _range(judge: PriceJudge, which: int, found: WinningSet) -> PriceRange:
    own, row = judge.questions[which]
    block, asked = judge.block, judge.asked(which)
    bid, single = block.bids[own], judge.row(which).formula in SINGLE_THRESHOLD
    kind: Kind = "intervals"
    if not found.wins:
        kind = "never"
    elif len(found.wins) == 1 and (found.wins[0].lower, found.wins[0].upper) == asked:
        kind = "always"
    elif single and len(found.wins) == 1 and found.wins[0].lower_end == "asked":
        kind = "threshold"
    return PriceRange(
        bid=bid,
        criterion=_criterion(block, row),
        winner=bid in block.result.ranking.winners,
        price=_price_now(block, bid, row),
        asked=asked,
        wins=found.wins,
        ties=found.ties,
        whole=tuple(_whole(judge, which, one) for one in found.wins),
        single=single,
        kind=kind,
        complete=found.complete,
    )


def _whole(judge: PriceJudge, which: int, one: Interval) -> WholePrices:
    """The first and the last price in whole minor units that wins by the policy's own outcome."""
    unit = judge.unit
    low = _first(judge, which, round(one.lower / unit), 1)
    high = _first(judge, which, round(one.upper / unit), -1)
    if low is None or high is None or low > high:
        return None
    places = judge.minor_units
    return Decimal(low).scaleb(-places), Decimal(high).scaleb(-places)


def _first(judge: PriceJudge, which: int, near: int, step: int) -> int | None:
    """The first number of minor units that wins, going inwards past an end."""
    tried = [near + step * k for k in range(-NEIGHBOURS - 1, NEIGHBOURS + 1)]
    wins = (judge.outcome_whole(which, tried) == ALONE).tolist()
    inward = [k for k in range(1, len(tried)) if wins[k] and not wins[k - 1]]
    return tried[inward[0]] if inward else None


def _distance(one: Interval, price: float) -> float:
    return max(one.lower - price, price - one.upper, 0.0)


def _criterion(block: LotBlock, row: int) -> str:
    return block.criteria[block.rows[row].row]


def _price_now(block: LotBlock, bid: str, row: int) -> float | None:
    """Evaluated money of the price that a criterion scores."""
    if bid not in block.bids or block.closed[block.position(bid)]:
        return None
    b = block.position(bid)
    price = float(block.evaluated[b] if block.whole_price else block.prices[row, b] / block.keep[b])
    return None if np.isnan(price) else price


def not_asked(block: LotBlock, bid: str) -> NotAsked:
    """Why a bid cannot win whatever its price; empty where the question makes sense."""
    if bid not in block.bids:
        return "not_considered"
    b = block.position(bid)
    if block.out[b]:
        return "ruled_out"
    unknown = bool(np.isnan(block.prices[:, b]).any())
    if block.closed[b]:
        return "not_opened"
    codes = {reason.code for reason in block.result.qualification.reasons.get(bid, ())}
    if "qualify.floor" in codes:
        return "not_opened" if unknown else "below_floor"
    return "not_opened" if unknown else ""
