"""What the screens across tenders found: flags, tables by bidder, pair, coalition and tender, and what was tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import UnknownName
from supplier_eval.flags import Flag
from supplier_eval.integrity.market_settings import MarketSettings
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.errors import Finding

Standing = Literal["exploratory"]
KINDS = (
    *("flags", "screens", "bidders", "pairs", "companions", "coalitions"),
    *("tenders", "buyers", "periods", "market", "shared"),
)


@dataclass(frozen=True, eq=False, repr=False)
class MarketScreens(Shown):
    """Screens across tenders: flags for people, with the figures they stand on.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        See `to_frame`.
    flags : tuple of Flag
        The heaviest first, then by corrected p-value.
    settings : MarketSettings
        Lines that were drawn.
    warnings : tuple of Finding
        What was odd in the table of bids.
    """

    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    flags: tuple[Flag, ...]
    settings: MarketSettings
    warnings: tuple[Finding, ...] = ()

    @property
    def standing(self) -> Standing:
        """Always exploratory: a flag opens a case, people rule (convention §15)."""
        return "exploratory"

    def to_frame(self, kind: str = "flags") -> pd.DataFrame:
        """Give one of the tables; columns ``p_…`` are p-values, ``q_…`` the same corrected for all that were tested.

        Parameters
        ----------
        kind : str
            ``flags`` (one row a flag: `screen weight unit names tender p q threshold said`) · ``screens`` (one row a
            screen: how many were tested, flagged and not defined, and why) · ``bidders``, ``pairs``, ``companions``
            (companion and winner), ``coalitions``, ``buyers``, ``tenders``, ``periods``, ``market`` (one row),
            ``shared`` (details in common). Shares are fractions, distances and gaps shares of the reserve price,
            ``cv`` is a coefficient of variation; ``docs/screens-market.md`` lists every column. Where a screen is not
            defined p and q are ``<NA>``.

        Returns
        -------
        DataFrame
            A copy.

        Raises
        ------
        UnknownName
            If there is no such table.
        """
        if not isinstance(kind, str) or kind not in self.tables:
            raise UnknownName("table", kind, KINDS)
        return self.tables[kind].copy()

    def explain(self, *names: str, lang: Lang = "en") -> str:
        """Say what every screen saw of a bidder, of a pair or coalition, or of the market.

        Parameters
        ----------
        *names : str
            One bidder; two for a pair; more for a coalition; nothing for the whole market.
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line, figures and thresholds with each, flags marked.

        Raises
        ------
        UnknownName
            If there is no such bidder.
        """
        from supplier_eval.integrity.market_words import explain_market

        return explain_market(self, names, lang)

    def __repr__(self) -> str:
        market = self.tables["market"].iloc[0]
        size = f"{int(market['tenders'])} tenders, {int(market['bidders'])} bidders"
        return f"MarketScreens({size}; {len(self.flags)} flags; {self.standing})"
