"""Prices of simulated tenders: those of a real market, or drawn from a stated distribution."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.rank.asked import asked_figure, asked_frame, asked_kind, asked_together, asked_whole
from supplier_eval.score.order import FloatArray, number_or_nan

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class SimulatedPrices:
    """Prices of many tenders as shares of their ceiling.

    Parameters
    ----------
    shares : ndarray of shape (n_bids, n_tenders)
        Price over ceiling; NaN where a tender has fewer bids.
    source : str
        Where they come from: ``"tsuchiura"`` (the market sample), ``"given"``, ``"log_normal"``; said in words by the
        rehearsal.
    """

    shares: FloatArray
    source: str

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        """Where a bid stands."""
        return ~np.isnan(self.shares)


@functools.cache
def market_sample() -> SimulatedPrices:
    """Prices of the 1,225 works tenders of the city of Tsuchiura, 2007-2015, as shares of the published ceiling.

    Data © 2017 Sylvain Chassang, MIT licence (``robustness/market/LICENSE``).
    """
    text = resources.files("supplier_eval").joinpath("robustness/market/prices.csv").read_text(encoding="utf-8")
    rows = [(row["tender"], float(row["share"])) for row in csv.DictReader(text.splitlines())]
    return SimulatedPrices(_laid_out(rows), "tsuchiura")


def prices_of(frame: pd.DataFrame) -> SimulatedPrices:
    """Prices of your own past tenders.

    Parameters
    ----------
    frame : DataFrame
        Columns ``tender`` and ``price`` (above zero), and ``ceiling`` where there was one; without it prices are
        shares of the tender's highest price.

    Raises
    ------
    InvalidInput
        If it is no table, a column is missing, the table is empty, or prices (or ceilings) are not above zero.
    """
    asked_frame(frame, "market")
    missing = [name for name in ("tender", "price") if name not in frame.columns]
    found = [Finding("market.column_missing", "market", name) for name in missing]
    if not missing and frame.empty:
        found.append(Finding("market.empty", "market"))
    columns = [name for name in ("price", "ceiling") if name in frame.columns] if not missing else []
    figures: dict[str, FloatArray] = {}
    for name in columns:
        figures[name] = np.array([number_or_nan(cell) for cell in frame[name]])
        bad = np.flatnonzero(~(np.isfinite(figures[name]) & (figures[name] > 0)))
        if bad.size:
            rows = tuple(int(i) + 2 for i in bad)
            found.append(Finding("market.not_positive", "market", name, rows, str(frame[name].iloc[bad[0]])))
    if found:
        raise InvalidInput(found, "market")
    tenders = [str(name) for name in frame["tender"]]
    highest: dict[str, float] = {}
    for name, price in zip(tenders, figures["price"].tolist(), strict=True):
        highest[name] = max(highest.get(name, 0.0), price)
    ceilings = figures.get("ceiling", np.array([highest[name] for name in tenders]))
    shares = (figures["price"] / ceilings).tolist()
    return SimulatedPrices(_laid_out(list(zip(tenders, shares, strict=True))), "given")


def drawn_prices(bids: int, spread: float, tenders: int, rng: np.random.Generator) -> SimulatedPrices:
    """Draw log-normal prices around 90 % of the ceiling, none above it.

    Parameters
    ----------
    bids : int
        Bids a tender, at least 2.
    spread : float
        Standard deviation of the logarithm, above zero: 0.1 is about ten per cent.
    tenders : int
        How many tenders.
    rng : Generator
        Source of the draws.

    Raises
    ------
    InvalidInput
        With all arguments that are of the wrong kind or out of range.
    """
    asked_together(
        lambda: asked_whole(bids, "bids", 2),
        lambda: asked_figure(spread, "spread", 0.0, above=True),
        lambda: asked_whole(tenders, "tenders", 1),
        lambda: asked_kind(rng, np.random.Generator, "rng"),
    )
    shares = np.minimum(0.9 * np.exp(spread * rng.standard_normal((bids, tenders))), 1.0)
    return SimulatedPrices(shares, "log_normal")


def _laid_out(rows: list[tuple[str, float]]) -> FloatArray:
    """Shares by place and tender; inside a tender the lowest first, tenders in the order of their names."""
    tenders: dict[str, list[float]] = {}
    for name, share in rows:
        tenders.setdefault(name, []).append(share)
    out = np.full((max(map(len, tenders.values())), len(tenders)), np.nan)
    for t, name in enumerate(sorted(tenders)):
        shares = sorted(tenders[name])
        out[: len(shares), t] = shares
    return out
