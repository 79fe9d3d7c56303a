"""Does a bid that cannot win decide who wins? Rank reversal under removed, added and replaced bids.

A losing bid is removed, replaced by one that is worse in everything, and added once more; a bid dominated by all and a
nonsense bid (half the lowest price, every mark at its minimum) are added. Independence of irrelevant alternatives asks
that none of this changes the winner; relative price formulas, rescaling to the best and benchmarks break it. Source of
the question: Belton and Gear (1983), "On a short-coming of Saaty's method of analytic hierarchies", Omega 11(3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.messages import Lang, message
from supplier_eval.rank.asked import asked_kind, asked_together, asked_whole
from supplier_eval.robustness.block import LotBlock
from supplier_eval.robustness.irrelevant_bids import NEW, dominated_bid, nonsense_bid, random_reversals, worse_bid
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.share import share_of
from supplier_eval.score.order import FloatArray
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Tender
    from supplier_eval.score.sheet import Standing

Change = Literal["removed", "replaced", "cloned", "dominated", "nonsense"]


@dataclass(frozen=True)
class ReversalEvent:
    """One change among the bids that should not matter.

    Parameters
    ----------
    change : {"removed", "replaced", "cloned", "dominated", "nonsense"}
        What was done.
    bid : str
        The losing bid that it was done to; for an added bid the bid it was made from, empty for the others.
    relevant : bool
        Whether the changed bid itself wins: then nothing was reversed.
    winners : tuple of str
        Bids on rank 1 afterwards, of those that were there before.
    reversal : bool
        Whether another bid of those present before wins now.
    order_changed : bool
        Whether two of the other bids changed places.
    """

    change: Change
    bid: str
    relevant: bool
    winners: tuple[str, ...]
    reversal: bool
    order_changed: bool


@dataclass(frozen=True, eq=False)
class RankReversal(Shown):
    """Whether irrelevant bids decide the award.

    Parameters
    ----------
    events : tuple of ReversalEvent
        Every single change.
    probability : float
        Share of random irrelevant bids (added, and not winning themselves) that change the winner.
    error : float
        Standard error of `probability`; where it came out 0 or 1 throughout, 1/`irrelevant`.
    draws, irrelevant : int
        Random bids drawn, and those of them that did not win.
    """

    lot: str
    winners: tuple[str, ...]
    events: tuple[ReversalEvent, ...]
    probability: float
    error: float
    draws: int
    irrelevant: int
    seed: int
    policy_fingerprint: str
    standing: Standing = "exploratory"

    @property
    def reversals(self) -> tuple[ReversalEvent, ...]:
        """The changes after which another bid wins."""
        return tuple(event for event in self.events if event.reversal)

    def to_frame(self) -> pd.DataFrame:
        """One row a change: ``change bid relevant winners reversal order_changed``."""
        import pandas as pd

        rows = [(e.change, e.bid, e.relevant, ", ".join(e.winners), e.reversal, e.order_changed) for e in self.events]
        return pd.DataFrame(rows, columns=["change", "bid", "relevant", "winners", "reversal", "order_changed"])

    def explain(self, lang: Lang = "en") -> str:
        """Say which irrelevant bids change the winner, and how often a random one would."""
        if not self.events:
            return message("reversal.alone", lang)
        lines = [message("reversal.none", lang, n=len(self.events))] if not self.reversals else []
        for event in self.reversals:
            winners = ("、" if lang == "zh" else ", ").join(event.winners) or "-"
            facts = {"bid": event.bid or "-", "winners": winners}
            lines.append(message(f"reversal.{event.change}", lang, **facts))
        if self.irrelevant:
            share, error = f"{100 * self.probability:.1f}", f"{100 * self.error:.1f}"
            lines.append(message("reversal.random", lang, share=share, error=error, n=f"{self.irrelevant:,}"))
        return "\n".join(lines)

    def __repr__(self) -> str:
        said = f"{len(self.reversals)} of {len(self.events)} changes reverse the winner"
        return f"RankReversal(lot {self.lot!r}: {said}; random {self.probability:.3f} ± {self.error:.3f})"


def rank_reversal(tender: Tender, lot: str | None = None, *, draws: int = 2048, seed: int = 0) -> RankReversal:
    """Ask whether bids that cannot win decide who wins.

    Parameters
    ----------
    tender : Tender
        As evaluated.
    lot : str, optional
        Lot id; may be left out where there is only one.
    draws : int
        Random bids that are added, one at a time: marks anywhere in their range (each criterion the same mark by all
        members), facts of a bid drawn among those present, a price between half the lowest and one and a half times
        the highest.
    seed : int
        Of the random bids.

    Returns
    -------
    RankReversal
        Every single change, and the share of random irrelevant bids that change the winner.

    Raises
    ------
    SeveralLots, UnknownName
        If the lot is not named, or does not exist.
    InvalidInput
        If the lot has no order, or `draws` or `seed` is no whole number.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> se.robustness.rank_reversal(tender, draws=256)
    RankReversal(lot '1': 0 of 6 changes reverse the winner; random 0.008 ± 0.006)
    """
    return reversal_of(lot_block(tender, lot), draws=draws, seed=seed)


def reversal_of(block: LotBlock, *, draws: int = 2048, seed: int = 0) -> RankReversal:
    """As `rank_reversal`, for a lot that is laid out already."""
    asked_kind(block, LotBlock, "block")
    asked_together(lambda: asked_whole(draws, "draws", 1), lambda: asked_whole(seed, "seed"))
    winners = block.first(block.base.ranks)
    events = tuple(_events(block))
    changed, irrelevant = random_reversals(block, draws, seed)
    random = share_of(changed, irrelevant)
    return RankReversal(
        lot=block.lot,
        winners=winners,
        events=events,
        probability=random.value,
        error=random.error,
        draws=draws,
        irrelevant=irrelevant,
        seed=seed,
        policy_fingerprint=block.tender.policy.fingerprint,
    )


def _events(block: LotBlock) -> Iterator[ReversalEvent]:
    base = block.base
    losers = [b for b in range(len(block.bids)) if base.ranks[b] > 1]
    part = np.ones((len(block.bids), len(losers)), bool)
    part[losers, range(len(losers))] = False
    removed = block.score(taking_part=part)
    for k, b in enumerate(losers):
        yield _event(block, "removed", b, removed.ranks[:, k])
    for b in losers:
        yield _event(block, "replaced", b, worse_bid(block, b).ranks)
    for b in [*losers, *np.flatnonzero(base.ranks == 1).tolist()]:
        yield _added(block, "cloned", b, block.marks[:, :, b], block.stated[:, b], block.prices[:, b])
    yield _added(block, "dominated", None, *dominated_bid(block))
    yield _added(block, "nonsense", None, *nonsense_bid(block))


def _event(block: LotBlock, change: Change, b: int, ranks: npt.NDArray[np.int64]) -> ReversalEvent:
    """What became of the bids other than the one that was changed."""
    others = np.delete(np.arange(len(block.bids)), b)
    return _judged(block, change, block.bids[b], others, ranks[others], relevant=bool(ranks[b] == 1))


def _added(
    block: LotBlock, change: Change, b: int | None, marks: FloatArray, stated: FloatArray, prices: FloatArray
) -> ReversalEvent:
    """What became of all bids after one more came."""
    keep = 1.0 if b is None else float(block.keep[b])
    ranks = block.with_bid(NEW, marks, stated, prices, keep).base.ranks
    twin_of_the_winner = b is not None and bool(block.base.ranks[b] == 1)
    relevant = bool(ranks[-1] == 1) and not twin_of_the_winner
    everybody = np.arange(len(block.bids))
    return _judged(block, change, "" if b is None else block.bids[b], everybody, ranks[:-1], relevant=relevant)


def _judged(
    block: LotBlock,
    change: Change,
    bid: str,
    kept: npt.NDArray[np.int64],
    now: npt.NDArray[np.int64],
    *,
    relevant: bool,
) -> ReversalEvent:
    """A reversal where the changed bid does not win itself, and the best of those that were there is another."""
    before = block.base.ranks[kept]
    first = now == now[now > 0].min(initial=np.iinfo(np.int64).max)
    winners = tuple(block.bids[b] for b in kept[first])
    reversal = not relevant and not bool(((before == 1) == first).all())
    return ReversalEvent(change, bid, relevant, winners, reversal, _reordered(before, now))


def _reordered(before: npt.NDArray[np.int64], now: npt.NDArray[np.int64]) -> bool:
    """Whether two bids that are ranked before and now stand otherwise to each other."""
    both = (before > 0) & (now > 0)
    a, b = before[both], now[both]
    return bool((np.sign(a[:, None] - a) != np.sign(b[:, None] - b)).any())
