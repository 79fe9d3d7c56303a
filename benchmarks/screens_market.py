"""Screens across a market: cost beside a plain loop, cost of a large market, and how often chance alone raises a flag.

    python benchmarks/screens_market.py [--quick] [--markets 200] [--tenders 200000]

The plain loop does for pairs what a script would: sets of bidders by tender, combinations, one scipy call a pair.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd
from measure import interleaved, line, machine
from scipy import stats

from supplier_eval.integrity import MarketSettings, screen_market
from supplier_eval.integrity.bid_table import read_bids
from supplier_eval.integrity.co_bidding import co_bidding, mutual_wins
from supplier_eval.integrity.market_units import market_from

NO_GROUPS = MarketSettings(coalition_sizes=())


def market(seed: int, tenders: int, bidders: int, bids: int = 6, trades: int = 1) -> pd.DataFrame:
    """Bidders drawn at random inside a trade, prices drawn at random, the lowest wins."""
    rng = np.random.default_rng(seed)
    trade = rng.integers(0, trades, tenders)
    own = np.argsort(rng.random((tenders, bidders // trades)), axis=1)[:, :bids]
    prices = np.round(1000 * np.exp(0.1 * rng.standard_normal((tenders, bids))), 2)
    days = np.datetime64("2015-01-01") + np.arange(tenders) * 3650 // tenders
    return pd.DataFrame(
        {
            "tender": np.repeat(np.arange(tenders), bids).astype(str),
            "bidder": (own + (trade * (bidders // trades))[:, None]).ravel().astype(str),
            "price": prices.ravel(),
            "winner": (np.arange(bids) == prices.argmin(axis=1)[:, None]).ravel(),
            "reserve": np.repeat(1500.0, tenders * bids),
            "date": pd.to_datetime(np.repeat(days, bids)),
        }
    )


def plain_pairs(frame: pd.DataFrame, least: int = 5) -> dict[tuple[str, str], tuple[int, float, float]]:
    """Meetings, chance of so many, and chance of so many joint wins, as a script would do it."""
    met: Counter[tuple[str, str]] = Counter()
    joint: Counter[tuple[str, str]] = Counter()
    chances: dict[tuple[str, str], list[float]] = {}
    taken = frame.groupby("bidder")["tender"].nunique().to_dict()
    total = frame["tender"].nunique()
    for _, own in frame.groupby("tender"):
        winner = own.loc[own["winner"], "bidder"].tolist()
        for pair in combinations(sorted(own["bidder"]), 2):
            met[pair] += 1
            joint[pair] += bool(set(winner) & set(pair))
            chances.setdefault(pair, []).append(2 / len(own))
    found = {}
    for pair, n in met.items():
        if n >= least:
            p = stats.hypergeom.sf(n - 1, total, taken[pair[0]], taken[pair[1]])
            q = stats.poisson_binom.sf(joint[pair] - 1, chances[pair]) if joint[pair] else 1.0
            found[pair] = (n, float(p), float(q))
    return found


def our_pairs(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    made = market_from(read_bids(frame), "year")
    met = co_bidding(made)
    return met.p, mutual_wins(made, met.first, met.second).p_joint


def speed(quick: bool) -> None:
    tenders, bidders = (1_000, 60) if quick else (5_000, 200)
    frame = market(1, tenders, bidders)
    plain, (p, q) = plain_pairs(frame), our_pairs(frame)
    assert np.allclose(np.sort(p), np.sort([v[1] for v in plain.values()]), rtol=1e-6, atol=1e-12)
    assert np.allclose(np.sort(q), np.sort([v[2] for v in plain.values()]), rtol=1e-6, atol=1e-9)
    times = interleaved({"loop": lambda: plain_pairs(frame), "ours": lambda: our_pairs(frame)}, 1 if quick else 3)
    print(f"pairs of {tenders:,} tenders, {bidders} bidders ({len(plain):,} pairs), same p-values")
    for name in times:
        print("  " + line(name, times[name], times["loop"]))


def large(tenders: int) -> None:
    """Everything, on a market with as many bids a tender and a hundred trades."""
    frame = market(2, tenders, 40 * max(1, tenders // 2000), trades=max(1, tenders // 2000))
    for name, settings in (("without groups", NO_GROUPS), ("groups of 3", {"coalition_sizes": (3,)}), ("all", None)):
        began = time.process_time()
        found = screen_market(frame, settings=settings)
        spent = time.process_time() - began
        tested = int(found.to_frame("screens")["tested"].sum())
        print(f"  {len(frame):,} bids, {name:<15} {spent:7.1f} s CPU, {tested:,} p-values, {len(found.flags):,} flags")


def false_alarms(markets: int) -> None:
    """Share of fair markets with any flag of a screen, and share of its p-values up to 5 %."""
    raised: Counter[str] = Counter()
    low: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for seed in range(markets):
        found = screen_market(market(100 + seed, 300, 20, 5), settings={"draws": 1999, "coalition_sizes": (3,)})
        raised.update(set(found.to_frame()["screen"]))
        for kind in ("bidders", "pairs", "companions", "coalitions", "market"):
            frame = found.to_frame(kind)
            for name in (c for c in frame.columns if c.startswith("p_") and c != "p_dominance"):
                p = frame[name].dropna().to_numpy(dtype=float)
                low[name[2:]] += int((p <= 0.05).sum())
                tests[name[2:]] += len(p)
    print(f"{markets} fair markets of 300 tenders x 5 bids, 20 bidders: markets with a flag; p-values up to 0.05")
    for name in sorted(tests):
        if tests[name]:
            share = low[name] / tests[name]
            print(f"  {name:<16}{raised[name] / markets:>8.3f}{share:>10.4f}  of {tests[name]:,}")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--markets", type=int, default=200)
    asked.add_argument("--tenders", type=int, default=200_000)
    given = asked.parse_args()
    print(machine())
    speed(given.quick)
    large(2_000 if given.quick else given.tenders)
    false_alarms(5 if given.quick else given.markets)


if __name__ == "__main__":
    main()
