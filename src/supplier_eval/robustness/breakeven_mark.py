"""The values of one single mark at which a bid would have won, all other marks and all prices as given.

Asked of every mark that an evaluator gave to the bid, and of the whole panel giving one and the same mark. Where a
better mark is proved never to cost the bid rank 1 (`moves_one_way`), the verdict changes once and is bisected; where
a price formula or a rescaling can turn that round, the search makes no such assumption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from supplier_eval.flags import Reason
from supplier_eval.robustness.block import LotBlock
from supplier_eval.robustness.breakeven_price import NotAsked, not_asked
from supplier_eval.robustness.mark_judge import PANEL, MarkJudge, MarkQuestion, moves_one_way
from supplier_eval.robustness.winning_ends import ALONE, SHARED, Interval, WinningSet
from supplier_eval.robustness.winning_set import single_thresholds, winning_set

MarkKind = Literal["threshold", "intervals", "levels", "always", "never", "not_asked"]


@dataclass(frozen=True)
class MarkRange:
    """The values of one mark of a bid at which it has rank 1 alone, all else as given.

    Parameters
    ----------
    bid, criterion : str
        Whose mark, on which criterion; the criterion is empty where nothing is asked.
    evaluator : str
        Who gave it; empty for the whole panel giving one and the same mark.
    winner : bool
        Whether the bid has rank 1 as evaluated.
    mark : float or None
        The mark given, in the criterion's unit; for the whole panel the aggregated one. None where nothing is asked.
    scale : (float, float)
        Lowest and highest mark that is allowed in, or the lowest and highest level.
    levels : tuple of float
        The only marks that can be given (levels of a rubric, yes and no); empty where any figure of the scale can.
    wins : tuple of Interval
        Marks at which it wins, in rising order; single points for levels.
    ties : tuple of (float, float)
        Marks at which it shares rank 1 after the last tie key: no win.
    single : bool
        Whether the verdict is proved to change one way only along the scale.
    kind : {"threshold", "intervals", "levels", "always", "never", "not_asked"}
        Form of the answer.
    not_asked : str
        As for `PriceRange`; but a bid below a floor is asked about where its price is known.
    reasons : tuple of Reason
        Why the bid is out, where it is.
    complete : bool
        See `WinningSet`.
    """

    bid: str
    criterion: str
    evaluator: str
    winner: bool
    mark: float | None
    scale: tuple[float, float] = (0.0, 100.0)
    levels: tuple[float, ...] = ()
    wins: tuple[Interval, ...] = ()
    ties: tuple[tuple[float, float], ...] = ()
    single: bool = False
    kind: MarkKind = "not_asked"
    not_asked: NotAsked = ""
    reasons: tuple[Reason, ...] = ()
    complete: bool = True

    @property
    def wins_now(self) -> bool:
        """Whether the bid has rank 1 alone with the mark as given."""
        return self.mark is not None and self._within(self.mark) is not None

    @property
    def target(self) -> float | None:
        """The mark nearest to the one given at which the answer changes; None where no mark changes it.

        For a bid that does not win the nearest end of the set (an open end: just beyond it); for one that wins the end
        at which it stops, or the nearest level at which it does not win.
        """
        if self.mark is None or not self.wins:
            return None
        here = self._within(self.mark)
        if here is None:
            ends = [end for one in self.wins for end in (one.lower, one.upper)]
        elif self.levels:
            ends = [level for level in self.levels if self._within(level) is None]
        else:
            ends = [here.lower] if here.lower_end != "asked" else []
            ends += [here.upper] if here.upper_end != "asked" else []
        mark = self.mark
        return min(ends, key=lambda end: (abs(end - mark), end), default=None)

    @property
    def change(self) -> float | None:
        """From the mark given to `target`, in the criterion's unit; negative where it must fall."""
        return None if self.mark is None or self.target is None else self.target - self.mark

    @property
    def change_share(self) -> float | None:
        """Size of `change` as a fraction of the scale (0-1)."""
        width = self.scale[1] - self.scale[0]
        return None if self.change is None or width <= 0 else abs(self.change) / width

    @property
    def nearest(self) -> Interval | None:
        """The winning interval nearest to the mark given; the lower one of two at the same distance."""
        if self.mark is None:
            return None
        mark = self.mark
        return min(self.wins, key=lambda one: (max(one.lower - mark, mark - one.upper, 0.0), one.lower), default=None)

    def _within(self, mark: float) -> Interval | None:
        return next((one for one in self.wins if one.holds(mark)), None)


def mark_ranges(block: LotBlock, bids: Sequence[str]) -> dict[str, tuple[MarkRange, ...]]:
    """Find the winning values of every single mark of some bids.

    Parameters
    ----------
    block : LotBlock
        The lot.
    bids : sequence of str
        Bids of the lot, also such as are out.

    Returns
    -------
    dict
        Bid → one range a marked criterion and evaluator who marked it, then one for the whole panel where several
        did. One range without criterion for a bid about which nothing can be asked.
    """
    out: dict[str, list[MarkRange]] = {bid: [] for bid in bids}
    questions: list[MarkQuestion] = []
    for bid in bids:
        why = not_asked(block, bid)
        if why and why != "below_floor":
            reasons = tuple(block.result.qualification.reasons.get(bid, ()))
            out[bid].append(MarkRange(bid, "", "", False, None, not_asked=why, reasons=reasons))
        else:
            questions += _questions(block, block.position(bid))
    if questions:
        judge = MarkJudge(block, questions)
        for which, found in enumerate(_solve(judge)):
            out[block.bids[questions[which].own]].append(_range(judge, which, found))
    return {bid: tuple(found) for bid, found in out.items()}


def _questions(block: LotBlock, own: int) -> list[MarkQuestion]:
    found = []
    for at in range(len(block.marked)):
        given = np.flatnonzero(~np.isnan(block.marks[:, at, own])).tolist()
        found += [MarkQuestion(own, at, member) for member in given]
        found += [MarkQuestion(own, at, PANEL)] if len(given) > 1 else []
    return found


def _solve(judge: MarkJudge) -> list[WinningSet]:
    """Try levels one by one, bisect the proved questions together, search the others."""
    every = range(len(judge.questions))
    found: dict[int, WinningSet] = {q: _of_levels(judge, q) for q in every if judge.levels(q)}
    rest = [q for q in every if q not in found]
    if moves_one_way(judge.block):
        falls = [judge.leaf(q).direction == "min" for q in rest]
        best = np.array([judge.scale(q)[0 if fall else 1] for q, fall in zip(rest, falls, strict=True)])
        worst = np.array([judge.scale(q)[1 if fall else 0] for q, fall in zip(rest, falls, strict=True)])
        found |= dict(zip(rest, single_thresholds(judge, np.array(rest, dtype=np.int64), best, worst), strict=True))
    else:
        found |= {q: winning_set(judge, q, *judge.scale(q)) for q in rest}
    return [found[q] for q in every]


def _of_levels(judge: MarkJudge, which: int) -> WinningSet:
    levels = judge.levels(which)
    verdict = judge.outcome(np.full(len(levels), which), np.array(levels)).tolist()
    wins = [x for x, said in zip(levels, verdict, strict=True) if said == ALONE]
    ties = [(x, x) for x, said in zip(levels, verdict, strict=True) if said == SHARED]
    return WinningSet(tuple(Interval(x, x, True, True, "asked", "asked") for x in wins), tuple(ties))


def _range(judge: MarkJudge, which: int, found: WinningSet) -> MarkRange:
    own, _, member = judge.questions[which]
    block, scale, levels = judge.block, judge.scale(which), judge.levels(which)
    single = moves_one_way(block)
    kind: MarkKind = "intervals"
    if not found.wins:
        kind = "never"
    elif levels:
        kind = "always" if len(found.wins) == len(levels) else "levels"
    elif len(found.wins) == 1 and (found.wins[0].lower, found.wins[0].upper) == scale:
        kind = "always"
    elif single:
        kind = "threshold"
    return MarkRange(
        bid=block.bids[own],
        criterion=judge.leaf(which).id,
        evaluator="" if member == PANEL else block.members[member],
        winner=block.bids[own] in block.result.ranking.winners,
        mark=judge.now(which),
        scale=scale,
        levels=levels,
        wins=found.wins,
        ties=found.ties,
        single=single,
        kind=kind,
        complete=found.complete,
    )
