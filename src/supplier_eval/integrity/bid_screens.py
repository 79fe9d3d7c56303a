"""What the screens inside a tender found: figures of every tender, and flags for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding, UnknownName
from supplier_eval.flags import Flag
from supplier_eval.integrity.bid_cells import FloatArray
from supplier_eval.integrity.bid_table import BidTable
from supplier_eval.integrity.pair_ratios import PairRatios
from supplier_eval.integrity.screen_settings import ScreenSettings
from supplier_eval.messages import Lang, known_language
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class BidScreens(Shown):
    """Figures and flags of every tender; a flag asks people to look and excludes nobody (convention §15).

    Parameters
    ----------
    table : BidTable
        The bids, in canonical order.
    figures : mapping
        Name → ndarray of shape (n_tenders,), NaN where a figure is not defined.
    flags : tuple of Flag
        By tender, then by screen; those across tenders stand last. `lot` names the tender (``tender/lot``), `bid` the
        bidders with commas between.
    ratios : PairRatios
        Pairs of bidders whose prices keep one ratio in all their common tenders.
    settings : ScreenSettings
        The lines that were used.
    market_digits : int or None
        Significant digits that are usual in the table; None where it is too small to say.
    policy_fingerprint : str
        Of the tender's policy where the bids came from a tender; else empty.
    explained_ties : int
        Groups of identical prices that are no flag, because rounding makes such ties likelier than `tie_chance`.
    """

    table: BidTable
    figures: Mapping[str, FloatArray]
    flags: tuple[Flag, ...]
    ratios: PairRatios
    settings: ScreenSettings
    market_digits: int | None
    policy_fingerprint: str = ""
    explained_ties: int = 0
    standing: Literal["exploratory"] = "exploratory"

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What was odd about the table, and refused nothing."""
        return self.table.warnings

    def flags_of(self, tender: str) -> tuple[Flag, ...]:
        """Flags of one tender (``tender``, or ``tender/lot``)."""
        self._place(tender)
        return tuple(flag for flag in self.flags if flag.lot == tender)

    def to_frame(self) -> pd.DataFrame:
        """One row a tender, in the order of ids.

        Columns: ``tender lot`` (text) · ``n_bids n_bidders`` · ``lowest second highest mean`` (unit of the prices) ·
        ``cv spread difference`` (fractions) · ``relative_distance normalised_distance alternative_distance skewness
        kurtosis ks_standardised ks_uniform ks_inner`` (pure numbers) · ``ks_p ks_q gap_share gap_p gap_q`` (0-1; q is
        the p-value adjusted for the number of tenders) · ``flags`` (number) · ``screens`` (their names with commas
        between) · ``not_defined`` (which figures are NaN and why; empty where none is).
        """
        from supplier_eval.integrity.bid_screens_frame import screens_frame

        return screens_frame(self)

    def flags_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row a flag: ``tender screen bidders figure threshold clause state says``."""
        from supplier_eval.integrity.bid_screens_frame import flags_frame

        known_language(lang)
        return flags_frame(self.flags, lang)

    def explain(self, tender: str | None = None, lang: Lang = "en") -> str:
        """Say what was found, about one tender or about all of them together."""
        from supplier_eval.integrity.bid_screens_words import explain_all, explain_tender

        known_language(lang)
        return explain_all(self, lang) if tender is None else explain_tender(self, self._place(tender), lang)

    def _place(self, tender: str) -> int:
        labels = self.table.labels
        if tender not in labels:
            raise UnknownName("tender", tender, labels)
        return labels.index(tender)

    def __repr__(self) -> str:
        flagged = len({flag.lot for flag in self.flags if flag.lot})
        n = len(self.table.tenders)
        return f"BidScreens({n} tenders, {len(self.table)} bids; {len(self.flags)} flags in {flagged} tenders)"
