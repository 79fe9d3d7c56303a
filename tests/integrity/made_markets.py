"""Markets for tests: one in which nothing is arranged, and single patterns to plant into it."""

from __future__ import annotations

import functools
from datetime import date, timedelta

import numpy as np
import pandas as pd

from supplier_eval.integrity.market_arrays import Market, market_of

START = date(2020, 1, 1)


@functools.cache
def fair_market(seed: int, tenders: int = 300, bidders: int = 20, most: int = 6) -> pd.DataFrame:
    """Bidders drawn at random, prices drawn at random, the lowest wins; nobody arranges anything."""
    rng = np.random.default_rng(seed)
    rows = []
    for t in range(tenders):
        size = int(rng.integers(2, most + 1))
        prices = np.round(1000 * np.exp(0.1 * rng.standard_normal(size)), 2)
        for b, price in zip(rng.choice(bidders, size, replace=False), prices, strict=True):
            rows.append((f"T{t:04d}", f"F{b:02d}", price, START + timedelta(days=7 * t)))
    frame = pd.DataFrame(rows, columns=["tender", "bidder", "price", "date"])
    return with_winners(frame)


def with_winners(frame: pd.DataFrame) -> pd.DataFrame:
    """The lowest price wins; an equal one after it does not."""
    first = frame.loc[frame.groupby("tender")["price"].idxmin()].index
    return frame.assign(winner=frame.index.isin(first), reserve=frame.groupby("tender")["price"].transform("max") * 1.2)


def tender(name: str, day: int, *bids: tuple[str, float]) -> pd.DataFrame:
    """One tender of some bids."""
    rows = [(name, bidder, price, START + timedelta(days=day)) for bidder, price in bids]
    return with_winners(pd.DataFrame(rows, columns=["tender", "bidder", "price", "date"]))


def joined(*frames: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)


def ring_in_turn(rounds: int, members: str = "ABC") -> pd.DataFrame:
    """A ring that wins in strict turn, among two outsiders who bid higher."""
    made = []
    for t in range(rounds):
        winner = members[t % len(members)]
        covers = [(m, 950.0 + i) for i, m in enumerate(members) if m != winner]
        made.append(tender(f"R{t:03d}", 3 * t, (winner, 900.0), *covers, ("X", 990.0 + t % 5), ("Y", 1000.0 + t % 7)))
    return joined(*made)


def plain(frame: pd.DataFrame) -> Market:
    """The arrays of a frame, codes in the order of the ids."""
    t, tenders = pd.factorize(frame["tender"], sort=True)
    b, bidders = pd.factorize(frame["bidder"], sort=True)
    days = frame.groupby("tender")["date"].first().sort_index()
    order = np.argsort(np.argsort(days.to_numpy(), kind="stable"), kind="stable")
    period = np.array([day.year for day in days])
    return market_of(
        t, b, won=frame["winner"].to_numpy(), price=frame["price"].to_numpy(), order=order, period=period,
        n_tenders=len(tenders), n_bidders=len(bidders),
    )  # fmt: skip


def super_uniform(p: np.ndarray, level: float = 0.05, slack: float = 3.0) -> bool:
    """Whether no more p-values lie at or below a level than it allows, give or take `slack` standard errors."""
    known = p[~np.isnan(p)]
    return bool((known <= level).mean() <= level + slack * np.sqrt(level * (1 - level) / len(known)))
