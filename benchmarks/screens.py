"""The screens inside a tender: a market at once, beside a loop over its tenders with scipy; and how cost grows.

    python benchmarks/screens.py [--quick] [--rounds 5]

The loop gives eleven figures of each tender (variation, spread, the distances, skewness, kurtosis, three
Kolmogorov-Smirnov statistics), the same as `screen_bids` to 1e-6, checked here before anything is timed. `screen_bids`
also gives p-values, patterns, pairs of bidders over all tenders, the adjustment and the flags.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd
from measure import interleaved, line, machine
from scipy import stats

from supplier_eval.integrity.bid_table import BidTable, read_bids
from supplier_eval.integrity.screening import screen_bids

MARKET = Path(__file__).parents[1] / "data" / "samples" / "market" / "bids.csv"
NAMES = {"tender": "pid", "bidder": "bidder_id", "price": "bid", "reserve": "reserveprice", "minimum": "minprice"}


def generated(tenders: int, seed: int = 0) -> pd.DataFrame:
    """Tenders of 3 to 9 bids without any pattern, prices in cents."""
    rng = np.random.default_rng(seed)
    size = rng.integers(3, 10, tenders)
    tender = np.repeat(np.arange(tenders), size)
    bidder = rng.integers(0, 4000, len(tender)) * 10 + np.arange(len(tender)) % 10
    return pd.DataFrame({"tender": tender, "bidder": bidder, "price": np.round(rng.lognormal(12, 0.1, len(tender)), 2)})


def one_by_one(table: BidTable) -> np.ndarray:
    """What a script does: every tender by itself, with scipy."""
    out = np.full((len(table.tenders), 11), np.nan)
    for at in range(len(table.tenders)):
        b = np.sort(table.price[table.bids_of(at)])
        n, s = len(b), b.std(ddof=1)
        if n < 3 or b[0] == b[-1]:
            continue
        reach, gap = b[-1] - b[0], b[1] - b[0]
        losers = b[1:].std(ddof=1)
        inner = stats.kstest(b[1:-1], "uniform", (b[0], reach))
        out[at] = (
            s / b.mean(),
            reach / b[0],
            gap / b[0],
            gap / losers if losers > 0 else np.nan,
            gap / np.diff(b).mean(),
            gap / np.diff(b[1:]).mean() if b[-1] > b[1] else np.nan,
            stats.skew(b, bias=False),
            stats.kurtosis(b, bias=False) if n > 3 else np.nan,
            np.abs(b / s - np.arange(1, n + 1) / (n + 1)).max(),
            stats.kstest(b, "uniform", (b[0], reach)).statistic,
            inner.statistic,
        )
    return out


def agree(table: BidTable) -> None:
    figures = screen_bids(table).figures
    names = ("cv", "spread", "difference", "relative_distance", "normalised_distance", "alternative_distance")
    names += ("skewness", "kurtosis", "ks_standardised", "ks_uniform", "ks_inner")
    expected = one_by_one(table)
    for at, name in enumerate(names):
        defined = ~np.isnan(expected[:, at])
        np.testing.assert_allclose(figures[name][defined], expected[defined, at], rtol=1e-6, atol=1e-9, err_msg=name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    print(machine())
    market = pd.read_csv(MARKET)
    tables = {"market sample, 1,225 tenders": read_bids(market, NAMES)}
    if not asked.quick:
        tables["generated, 10,000 tenders"] = read_bids(generated(10_000))
    for label, table in tables.items():
        agree(table)
        tasks = {"whole": lambda t=table: screen_bids(t), "loop": lambda t=table: one_by_one(t)}
        times = interleaved(tasks, 1 if asked.quick else asked.rounds)
        print(f"\n{label} ({len(table):,} bids)")
        print(line("screen_bids on a checked table", times["whole"], times["whole"]))
        print(line("loop over tenders with scipy", times["loop"], times["whole"]))
    print("\nread, check and screen")
    for size in (1_000, 10_000) if asked.quick else (1_000, 10_000, 50_000, 200_000):
        frame = generated(size)
        start = time.process_time()
        screens = screen_bids(frame)
        seconds = time.process_time() - start
        rate, flags = len(frame) / seconds, len(screens.flags)
        print(f"{size:>8,} tenders {len(frame):>10,} bids {seconds:>8.2f} s {rate:>12,.0f} bids/s  {flags} flags")


if __name__ == "__main__":
    main()
