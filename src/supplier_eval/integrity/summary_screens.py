"""Screens of every subgroup of three or four bids of a tender, and their mean, median, least and largest value.

A ring that does not hold the whole tender hides among honest bids: the figures of the whole tender do not show it,
those of some subgroup do (H. Wallimann, D. Imhof and M. Huber 2022, A machine learning approach for flagging incomplete
bid-rigging cartels, Computational Economics 62, 1669-1720, "summary screens"; abstract read). Figures as in
`price_figures`; no test and no line: they describe, for people or for a model of one's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.errors import UnknownName
from supplier_eval.integrity.bid_table import BidTable, read_bids
from supplier_eval.integrity.market_arrays import FloatArray, IntArray
from supplier_eval.integrity.market_settings import read_market_settings
from supplier_eval.integrity.price_figures import LEAST, price_figures
from supplier_eval.messages import Lang, known_language, message
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

STATISTICS = ("mean", "median", "least", "largest")
CHUNK = 200_000  # prices at a time


@dataclass(frozen=True, eq=False, repr=False)
class SubgroupScreens(Shown):
    """Summary screens of every tender.

    Parameters
    ----------
    table : BidTable
        The bids.
    figures : mapping of (str, int) to ndarray of float, shape (n_tenders, 4)
        Screen and size of the subgroups → mean, median, least, largest; NaN where no subgroup has the figure.
    subgroups : mapping of int to ndarray of int, shape (n_tenders,)
        Size → subgroups that were computed; 0 for a tender of fewer bids, or one that was left out.
    left_out : mapping of int to int
        Size → tenders left out because they would have exceeded the bound.
    """

    table: BidTable
    figures: Mapping[tuple[str, int], FloatArray] = field(repr=False)
    subgroups: Mapping[int, IntArray] = field(repr=False)
    left_out: Mapping[int, int]
    standing: Literal["exploratory"] = "exploratory"

    def to_frame(self) -> pd.DataFrame:
        """One row a tender: ``tender n_bids subgroups_of_3`` …, and ``mean_cv_of_3`` … of every screen and size."""
        import pandas as pd

        columns: dict[str, object] = {"tender": self.table.labels, "n_bids": self.table.n_bids}
        columns |= {f"subgroups_of_{size}": count for size, count in self.subgroups.items()}
        for (screen, size), values in self.figures.items():
            columns |= {f"{word}_{screen}_of_{size}": values[:, at] for at, word in enumerate(STATISTICS)}
        return pd.DataFrame(columns)

    def explain(self, tender: str, lang: Lang = "en") -> str:
        """Say the figures of one tender, a line a screen and size.

        Raises
        ------
        UnknownName
            If there is no such tender.
        """
        known_language(lang)
        if tender not in self.table.labels:
            raise UnknownName("tender", tender, self.table.labels)
        at, lines = self.table.labels.index(tender), []
        for (screen, size), values in self.figures.items():
            if np.isfinite(values[at]).all():
                told = {word: f"{value:.4g}" for word, value in zip(STATISTICS, values[at].tolist(), strict=True)}
                n = int(self.subgroups[size][at])
                lines.append(message("market.explain.subgroups", lang, screen=screen, size=size, n=n, **told))
        n_bids = int(self.table.n_bids[at])
        return "\n".join(lines) or message("market.explain.no_subgroups", lang, tender=tender, n=n_bids)

    def __repr__(self) -> str:
        sizes = " and ".join(str(size) for size in self.subgroups)
        seen = sum(int(count.sum()) for count in self.subgroups.values())
        return (
            f"SubgroupScreens({len(self.table.tenders)} tenders; {seen:,} subgroups of {sizes} bids; {self.standing})"
        )


def subgroup_screens(
    frame: pd.DataFrame | BidTable,
    *,
    columns: Mapping[str, str] | None = None,
    sizes: Iterable[int] = (3, 4),
    most_subsets: int = 8_000_000,
) -> SubgroupScreens:
    """Compute the screens of every subgroup of three or four bids in every tender, and summarise them by tender.

    Parameters
    ----------
    frame : DataFrame or BidTable
        One row a bid, see `read_bids`.
    columns : mapping, optional
        Field → column.
    sizes : iterable of int
        Bids of a subgroup, 3 to 8.
    most_subsets : int
        Subgroups of each size at most; larger tenders beyond are left out and counted.

    Returns
    -------
    SubgroupScreens

    Raises
    ------
    InvalidInput
        With everything that is wrong with the table or the arguments.
    """
    given = sizes if isinstance(sizes, int | str) or not isinstance(sizes, Iterable) else tuple(sizes)
    lines = read_market_settings({"coalition_sizes": given, "most_subsets": most_subsets})
    table = frame if isinstance(frame, BidTable) else read_bids(frame, columns)
    figures: dict[tuple[str, int], FloatArray] = {}
    counts, left_out = dict[int, IntArray](), dict[int, int]()
    for k in lines.coalition_sizes:
        found, counts[k], left_out[k] = _of_size(table, k, lines.most_subsets)
        figures |= {(name, k): values for name, values in found.items()}
    return SubgroupScreens(table, figures, counts, left_out)


def _of_size(table: BidTable, k: int, most: int) -> tuple[dict[str, FloatArray], IntArray, int]:
    """All subgroups of k bids, small tenders first."""
    n = len(table.tenders)
    names = [name for name, least in LEAST.items() if k >= least]
    figures = {name: np.full((n, len(STATISTICS)), np.nan) for name in names}
    counts, left, budget = np.zeros(n, dtype=np.int64), 0, most
    for size in np.unique(table.n_bids[table.n_bids >= k]).tolist():
        tenders, each = np.flatnonzero(table.n_bids == size), comb(size, k)
        fit = min(len(tenders), budget // each)
        left, budget = left + len(tenders) - fit, budget - fit * each
        if not fit:
            continue
        chosen = np.array(list(combinations(range(size), k)), dtype=np.int64)
        counts[tenders[:fit]] = each
        step = max(1, CHUNK // (each * k))
        for at in range(0, fit, step):
            block = tenders[at : min(fit, at + step)]
            rows = table.start[block][:, np.newaxis] + np.arange(size)
            prices = np.sort(table.price[rows], axis=1)[:, chosen]  # (n_tenders, n_subgroups, k), in order of price
            described = price_figures(np.moveaxis(prices, 2, 0))
            for name in names:
                figures[name][block] = summarise(described[name])
    return figures, counts, left


def summarise(values: FloatArray) -> FloatArray:
    """Mean, median, least and largest of the defined values of each row, shape (n_rows, 4); NaN where none is."""
    ordered = np.sort(values, axis=1)  # NaN last
    n = (~np.isnan(ordered)).sum(axis=1)
    found = np.full((len(values), len(STATISTICS)), np.nan)
    some = np.flatnonzero(n)
    last = n[some] - 1
    total = np.where(np.isnan(ordered[some]), 0.0, ordered[some]).sum(axis=1)
    found[some, 0] = total / n[some]
    found[some, 1] = (ordered[some, last // 2] + ordered[some, (last + 1) // 2]) / 2
    found[some, 2], found[some, 3] = ordered[some, 0], ordered[some, last]
    return found
