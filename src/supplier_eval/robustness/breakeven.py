"""Which price, or which single mark, would have changed who wins (exploratory; for those inside the procedure).

Everything is computed again for every value that is tried: relative price formulas for all bids, floors, rescaling,
rounding, ties. Break-even figures say what a rival would have to do: they never go into a debrief letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang
from supplier_eval.rank.asked import asked_names
from supplier_eval.robustness.breakeven_mark import MarkRange, mark_ranges
from supplier_eval.robustness.breakeven_price import PriceRange, price_ranges
from supplier_eval.robustness.breakeven_words import Labels, mark_note, price_note, say_bid, say_nearest
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.stability_words import tie_of
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Tender
    from supplier_eval.robustness.block import LotBlock
    from supplier_eval.score.sheet import Standing

__all__ = ["BreakEven", "MarkRange", "PriceRange", "break_even"]

PRICE_COLUMNS = (
    *("bid", "name", "winner", "criterion", "price", "lower", "upper", "lower_closed", "upper_closed"),
    *("lowest_whole", "highest_whole", "change", "change_percent", "threshold", "intervals", "kind", "note"),
)
MARK_COLUMNS = (
    *("bid", "name", "winner", "criterion", "evaluator", "mark", "lower", "upper", "lower_closed", "upper_closed"),
    *("change", "change_share", "intervals", "kind", "note"),
)


@dataclass(frozen=True, eq=False)
class BreakEven(Shown):
    """The prices and the single marks of each bid at which it wins, all else as given.

    For those inside the procedure; never for a debrief letter.

    Parameters
    ----------
    lot : str
        Lot id.
    winners : tuple of str
        Bids on rank 1 as evaluated; several in a tie.
    prices : mapping
        Bid → one `PriceRange` a price criterion.
    marks : mapping
        Bid → one `MarkRange` a marked criterion and evaluator, and one for the whole panel alike.
    labels : Labels
        Names of bids and criteria, and the decimals of the currency.
    policy_fingerprint : str
        Fingerprint of the policy.
    standing : str
        Always ``"exploratory"``.
    """

    lot: str
    winners: tuple[str, ...]
    prices: Mapping[str, tuple[PriceRange, ...]]
    marks: Mapping[str, tuple[MarkRange, ...]]
    labels: Labels
    policy_fingerprint: str
    standing: Standing = "exploratory"

    @property
    def tied_first(self) -> tuple[str, ...]:
        """The bids that share rank 1, a tie that has to be said first; empty where one has it alone."""
        return self.winners if len(self.winners) > 1 else ()

    @property
    def nearest_mark(self) -> MarkRange | None:
        """The single mark of one evaluator that is nearest, by share of its scale, to changing the winner.

        Either a mark with which a bid that lost would have won, or one of a winner with which it would not have. None
        where no single mark does.
        """
        return nearest(one for found in self.marks.values() for one in found)

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """Prices as a table, one row a bid and price criterion.

        Returns
        -------
        DataFrame
            ``bid name criterion kind note`` (str), ``winner lower_closed upper_closed`` (bool), ``intervals`` (int),
            the rest ``Float64``, missing (``<NA>``) where `kind` says why: ``price`` (present, evaluated money),
            ``lower upper`` (the winning interval nearest to it), ``lowest_whole highest_whole`` (the same in whole
            minor units, tried),
            ``change`` (money to the nearest winning price; for a winner the room upwards), ``change_percent`` (of the
            price), ``threshold`` (only where a single one is proved). All intervals are in `prices`.
        """
        import pandas as pd

        rows = []
        for bid, found in self.prices.items():
            for one in found:
                at = one.wins[one.nearest] if one.nearest is not None else None
                whole = one.whole[one.nearest] if one.nearest is not None else None
                ends = (at.lower, at.upper, at.lower_closed, at.upper_closed) if at else (None, None, False, False)
                minor = (float(whole[0]), float(whole[1])) if whole is not None else (None, None)
                head = (bid, self.labels.name(bid), one.winner, one.criterion, one.price)
                tail = (one.change, one.change_percent, one.threshold, len(one.wins), one.kind)
                rows.append((*head, *ends, *minor, *tail, price_note(one, self.labels, lang)))
        return _typed(pd.DataFrame(rows, columns=list(PRICE_COLUMNS)))

    def marks_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """Marks as a table, one row a bid, criterion and evaluator; ``evaluator`` empty for the whole panel alike.

        Returns
        -------
        DataFrame
            ``bid name criterion evaluator kind note`` (str), ``winner lower_closed upper_closed`` (bool),
            ``intervals`` (int), the rest ``Float64``, missing (``<NA>``) where `kind` says why: ``mark`` (as given),
            ``lower upper`` (first and last winning mark of the interval nearest to it), ``change`` (to the mark at
            which the answer changes, in the criterion's unit), ``change_share`` (its size as a fraction of the scale).
        """
        import pandas as pd

        rows = []
        for bid, found in self.marks.items():
            for one in found:
                at = one.nearest
                ends = (at.lower, at.upper, at.lower_closed, at.upper_closed) if at else (None, None, False, False)
                head = (bid, self.labels.name(bid), one.winner, one.criterion, one.evaluator, one.mark)
                tail = (one.change, one.change_share, len(one.wins), one.kind)
                rows.append((*head, *ends, *tail, mark_note(one, self.labels, lang)))
        return _typed(pd.DataFrame(rows, columns=list(MARK_COLUMNS)))

    def explain(self, bid: str | None = None, lang: Lang = "en") -> str:
        """Say what price or which single mark would have changed the place of a bid. For those inside the procedure.

        Parameters
        ----------
        bid : str, optional
            Id; every bid that was asked about where omitted.
        lang : {"en", "zh"}
            Language.

        Raises
        ------
        UnknownName
            If nothing was asked about that bid.
        """
        if bid is None:
            return "\n\n".join([*self._tie(lang), *(self._said(one, lang) for one in self.prices)])
        if not isinstance(bid, str) or bid not in self.prices:
            raise UnknownName("bid that was asked about", bid, self.prices)
        head, *lines = self._said(bid, lang).split("\n")
        return "\n".join([head, *self._tie(lang), *lines])

    def _said(self, bid: str, lang: Lang) -> str:
        return say_bid(bid, self.prices[bid], self.marks[bid], nearest(self.marks[bid]), self.labels, lang)

    def summary(self, lang: Lang = "en") -> str:
        """Say which single mark of one evaluator is nearest to changing the winner."""
        return (" " if lang == "en" else "").join([*self._tie(lang), say_nearest(self.nearest_mark, self.labels, lang)])

    def _tie(self, lang: Lang) -> list[str]:
        return [tie_of(self.tied_first, lang)] if self.tied_first else []

    def __repr__(self) -> str:
        can = [bid for bid, found in self.prices.items() if any(one.wins and not one.winner for one in found)]
        return f"BreakEven(lot {self.lot!r}: {len(self.prices)} bids; a price would have done for {len(can)} that lost)"


def break_even(tender: Tender, lot: str | None = None, bids: Iterable[str] | None = None) -> BreakEven:
    """Find for every bid the prices, and the values of single marks, at which it would win, all else as given.

    For those inside the procedure: break-even figures never go into a debrief letter.

    Parameters
    ----------
    tender : Tender
        A tender that `evaluate` accepts.
    lot : str, optional
        Lot id; may be left out where there is only one.
    bids : iterable of str, optional
        Bids of the lot to ask about; all of them where omitted. A bid that is out has its reason instead.

    Returns
    -------
    BreakEven
        Sets of intervals; a single threshold is claimed only where the price formula is proved to allow it.

    Raises
    ------
    SeveralLots, UnknownName
        If the lot or a bid is not named, or does not exist.
    InvalidTender
        With everything that is missing.
    InvalidInput
        If there is no order to question: too few valid bids, or prices still closed.

    Notes
    -----
    A bid wins where it has rank 1 alone by the policy's rounding and tie keys; recorded draws are not applied. Prices
    are evaluated money; the last price in whole minor units on either side was tried. Envelopes that the procedure
    keeps closed stay closed: nothing is asked about them. See docs/break-even.md for what is proved and what is
    searched.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> se.robustness.break_even(tender)
    BreakEven(lot '1': 3 bids; a price would have done for 1 that lost)
    """
    return break_even_of(lot_block(tender, lot), bids)


def break_even_of(block: LotBlock, bids: Iterable[str] | None = None) -> BreakEven:
    """As `break_even`, for a lot that is laid out already."""
    tender = block.tender
    known = block.result.qualification.bids
    asked = tuple(known) if bids is None else asked_names(bids, "bids")
    for bid in asked:
        if bid not in known:
            raise UnknownName("bid", bid, known)
    tree = tender.tree
    labels = Labels(
        dict(block.result.qualification.names),
        {leaf.id: {"en": leaf.name.say("en"), "zh": leaf.name.say("zh")} for leaf in tree.leaves},
        tender.policy.minor_units,
    )
    return BreakEven(
        lot=block.lot,
        winners=tuple(block.result.ranking.winners),
        prices=price_ranges(block, asked),
        marks=mark_ranges(block, asked),
        labels=labels,
        policy_fingerprint=tender.policy.fingerprint,
    )


def nearest(found: Iterable[MarkRange]) -> MarkRange | None:
    """Of the single marks that change who wins, the one with the smallest change as a share of its scale."""
    able = [one for one in found if one.evaluator and one.change_share is not None and one.winner == one.wins_now]
    return min(able, key=lambda m: (m.change_share or 0.0, m.bid, m.criterion, m.evaluator), default=None)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    texts, flags = {"bid", "name", "criterion", "evaluator", "kind", "note"}, {"winner", "lower_closed", "upper_closed"}
    kinds = {
        column: "str"
        if column in texts
        else "bool"
        if column in flags
        else "int64"
        if column == "intervals"
        else "Float64"
        for column in frame.columns
    }
    return frame.astype(kinds)
