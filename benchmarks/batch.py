"""A market of tenders in memory: `score_frame` beside pandas and beside its own bare kernel, robustness, growth.

    python benchmarks/batch.py [--quick | --large] [--sweep N]

CPU time of one process, tasks interleaved, on a seeded table of bids (about 6 a tender, 5 criteria, ids as text). All
versions are asserted to give the same totals, ranks and margins before anything is timed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # CPU time of two threads on one product says nothing

import numpy as np
import pandas as pd
from measure import interleaved, line, machine, ratios

from supplier_eval.batch import compile_plan, score_frame
from supplier_eval.batch.columns import bind
from supplier_eval.batch.kernel import score_block
from supplier_eval.batch.plan import Plan
from supplier_eval.batch.robust_columns import draw_policy_weights
from supplier_eval.batch.rows import read_rows
from supplier_eval.batch.scoring import score_read
from supplier_eval.policy import Policy
from supplier_eval.robustness.acceptability_block import count_block
from supplier_eval.score.leaf import leaf_values

WEIGHTS = {"quality": 30, "capability": 20, "emergency": 5, "security": 5, "price": 40}
MARKS = [name for name in WEIGHTS if name != "price"]
BIDS_A_TENDER = 6
BIDDERS = 5_000


def market(bids: int, seed: int = 2026, *, text: bool = True) -> pd.DataFrame:
    """A seeded table of about `bids` bids: tenders of one bid to about fifteen, prices spread by an eighth."""
    rng = np.random.default_rng(seed)
    sizes = np.maximum(rng.poisson(BIDS_A_TENDER, bids // BIDS_A_TENDER), 1)
    n, tenders = int(sizes.sum()), len(sizes)
    place = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    tender = np.repeat(np.arange(tenders), sizes)
    bidder = (np.repeat(rng.integers(0, BIDDERS, tenders), sizes) + 37 * place) % BIDDERS
    frame = pd.DataFrame({"tender": tender, "bidder": bidder})
    if text:
        for name, head, width in (("tender", "T", 8), ("bidder", "S", 5)):
            frame[name] = head + frame[name].astype("str").str.zfill(width)
    for name in MARKS:
        frame[name] = np.round(rng.uniform(40, 100, n), 1)
    level = np.repeat(rng.lognormal(11, 1, tenders), sizes)
    return frame.assign(price=np.round(level * rng.lognormal(0, 0.12, n), 2))


def policy() -> Policy:
    """Five criteria, the price over the lowest price, ties to the lower price."""
    criteria: list[dict[str, object]] = [
        {
            "id": name,
            "name": name,
            "weight": WEIGHTS[name],
            "source": "marks",
            "anchors": [{"mark": 0, "words": "absent"}, {"mark": 100, "words": "excellent"}],
        }
        for name in MARKS
    ]
    price = {"id": "price", "name": "price", "weight": WEIGHTS["price"], "source": "price"}
    criteria.append({**price, "price": {"formula": "lowest_over_price"}})
    return Policy.from_mapping(
        {
            "name": "benchmark",
            "categories": [],
            "criteria": criteria,
            "price": {"abnormal": [{"kind": "below_share_of_mean", "limit": "0.7"}]},
        }
    )


def by_transform(frame: pd.DataFrame) -> pd.DataFrame:
    """The same results with `groupby.transform` and one sort, as a careful pandas user writes it."""
    out = frame.assign(**{f"value_{name}": frame[name].clip(0, 100) for name in MARKS})
    price = frame["price"]
    out["value_price"] = 100 * frame.groupby("tender", sort=False)["price"].transform("min") / price
    out["total"] = sum(WEIGHTS[name] / 100 * out[f"value_{name}"] for name in WEIGHTS)
    mean = frame.groupby("tender", sort=False)["price"].transform("mean")
    out["abnormal"] = price < 0.7 * mean
    ordered = out.sort_values(["total", "price"], ascending=[False, True])
    groups = ordered.groupby("tender", sort=False)
    place, before = groups.cumcount() + 1, groups[["total", "price"]].shift()
    total = ordered["total"].round(9)
    same = (total == before["total"].round(9)) & (ordered["price"] == before["price"])
    ordered["rank"] = place.where(~same).groupby(ordered["tender"], sort=False).ffill()
    ordered["margin"] = (ordered["total"] - groups["total"].shift(-1)).round(9)
    return ordered.reindex(out.index)


def by_transform_short(frame: pd.DataFrame) -> pd.DataFrame:
    """Less than that: totals and ranks alone, no tie key, no margins, no flags."""
    low = frame.groupby("tender", sort=False)["price"].transform("min")
    out = frame.assign(value_price=100 * low / frame["price"])
    out["total"] = sum(WEIGHTS[name] / 100 * (out[name] if name != "price" else out["value_price"]) for name in WEIGHTS)
    out["rank"] = out.groupby("tender", sort=False)["total"].rank(method="min", ascending=False)
    return out


def by_apply(frame: pd.DataFrame) -> pd.DataFrame:
    """A function of one tender, applied to every group."""

    def one(bids: pd.DataFrame) -> pd.DataFrame:
        out = bids.assign(**{f"value_{name}": bids[name].clip(0, 100) for name in MARKS})
        out["value_price"] = 100 * bids["price"].min() / bids["price"]
        out["total"] = sum(WEIGHTS[name] / 100 * out[f"value_{name}"] for name in WEIGHTS)
        out["abnormal"] = bids["price"] < 0.7 * bids["price"].mean()
        ordered = out.sort_values(["total", "price"], ascending=[False, True])
        ordered["rank"] = np.arange(1, len(ordered) + 1)
        ordered["margin"] = (ordered["total"] - ordered["total"].shift(-1)).round(9)
        return ordered

    return frame.groupby("tender", sort=False, group_keys=False)[list(frame.columns)].apply(one).reindex(frame.index)


def bare_kernel(plan: Plan, frame: pd.DataFrame) -> Callable[[], object]:
    """Raw figures laid out in blocks beforehand; timed are value functions, formula, totals, ranks and margins."""
    rows, _ = read_rows(plan, frame, bind(plan, frame))
    assert rows.prices is not None
    raw = np.stack([*(frame[name].to_numpy() for name in MARKS), np.full(len(frame), np.nan)])
    blocks = [
        (np.ascontiguousarray(raw[:, at]), rows.prices.offered[:, at], rows.prices.money[at], rows.eligible[at])
        for _, at in rows.groups.blocks()
    ]

    def run() -> None:
        for figures, offered, money, eligible in blocks:
            values = np.full_like(figures, np.nan)
            for i in range(len(MARKS)):
                values[i] = leaf_values(plan.leaves[i], figures[i])
            score_block(plan.rules, plan.weights, values, offered, money, eligible, eligible)

    return run


def check(frame: pd.DataFrame, used: Policy) -> None:
    """All versions give one result."""
    ours = score_frame(frame, used)
    for other in (by_transform(frame), by_apply(frame)):
        np.testing.assert_allclose(ours["total"], other["total"], rtol=0, atol=1e-9)
        np.testing.assert_array_equal(ours["rank"].astype(float), other["rank"].astype(float))
        np.testing.assert_allclose(ours["margin"], other["margin"], rtol=0, atol=2e-9)
        np.testing.assert_array_equal(ours["flags"].notna(), other["abnormal"])
    np.testing.assert_allclose(ours["total"], by_transform_short(frame)["total"], rtol=0, atol=1e-9)


def frames(bids: int, rounds: int) -> None:
    """`score_frame` beside pandas, and beside its kernel."""
    used, frame = policy(), market(bids)
    plan = compile_plan(used)
    check(frame.head(1_200), used)
    numbers = market(bids, text=False)
    sample = frame.head(min(12_000, bids // 25))
    tasks = {
        "score_frame": lambda: score_frame(frame, used),
        "score_frame, ids as whole numbers": lambda: score_frame(numbers, used),
        "bare kernel, arrays laid out in blocks": bare_kernel(plan, frame),
        "groupby.transform, the same results": lambda: by_transform(frame),
        "groupby.transform, totals and ranks only": lambda: by_transform_short(frame),
    }
    times = interleaved(tasks, rounds)
    print(f"\n{len(frame):,} bids of {frame['tender'].nunique():,} tenders")
    for name, each in times.items():
        print(line(name, each, times["score_frame"]))
    start = time.process_time()
    by_apply(sample)
    spent = (time.process_time() - start) * len(frame) / len(sample)
    ours = statistics.median(times["score_frame"])
    label = "groupby.apply, scaled from a sample"
    print(f"{label:<44}{1000 * spent:>10.0f} ms{spent / ours:>10.0f} x  (measured on {len(sample):,} bids)")
    kernel = times["bare kernel, arrays laid out in blocks"]
    for name in ("score_frame", "score_frame, ids as whole numbers"):
        print(f"{name} over bare kernel: {ratios(times[name], kernel)[0]:.2f} (aim 1.25)")
    print("aims: groupby.apply 500 x, groupby.transform 2.5 x")


def robustness(bids: int, rounds: int, draws: int = 4096) -> None:
    """Rank acceptability of all bids beside the bare matrix product of the same draws."""
    used, frame = policy(), market(bids)
    plan = compile_plan(used)
    result = score_read(plan, read_rows(plan, frame, bind(plan, frame))[0])
    weights = draw_policy_weights(plan, draws, 0)
    flat = np.ascontiguousarray(weights.reshape(-1, weights.shape[-1]))
    blocks = [(np.ascontiguousarray(result.values[:, at]), result.eligible[at]) for _, at in result.groups.blocks()]
    by_tender = [np.ascontiguousarray(values[:, :, t]) for values, _ in blocks for t in range(values.shape[2])]

    def product() -> None:
        for values in by_tender:
            _ = flat @ values  # not kept: memory that is asked for again costs more than the product

    tasks = {
        "bare product, draws x criteria x bids": product,
        "first-rank shares and expected ranks": lambda: [count_block(values, weights, ok) for values, ok in blocks],
        "score_frame with them": lambda: score_frame(frame, used, robustness=("acceptability", "expected_rank")),
        "score_frame with all three": lambda: score_frame(
            frame, used, robustness=("acceptability", "expected_rank", "radius")
        ),
    }
    times = interleaved(tasks, rounds)
    print(f"\nrank acceptability, {len(frame):,} bids, {draws:,} draws (aim 3 x the bare product)")
    for name, each in times.items():
        print(line(name, each, times["bare product, draws x criteria x bids"]))


def growth(most: int) -> None:
    """CPU time a bid, from ten thousand bids to `most`."""
    used = policy()
    print("\nbids             CPU s   microseconds a bid")
    bids = 10_000
    while bids <= most:
        frame = market(bids)
        spent = []
        for _ in range(5 if bids <= 100_000 else 2):
            start = time.process_time()
            score_frame(frame, used)
            spent.append(time.process_time() - start)
        best = min(spent)
        print(f"{len(frame):>10,}{best:>12.3f}{1e6 * best / len(frame):>20.3f}")
        bids *= 10


def sweep(policies: int) -> None:
    """Random policies and tenders: `score_frame` against `evaluate` one by one, to the last bit."""
    from test_scoring import compare

    counts = np.sum([compare(seed, 5) for seed in range(20_000, 20_000 + policies)], axis=0)
    print(f"\n{policies:,} random policies, {counts[0]:,} tenders: all values, totals, ranks, margins, flags equal")
    print(f"among them {counts[1]:,} without order, {counts[2]:,} with a tie")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small tables and few rounds, to see that it runs")
    parser.add_argument("--large", action="store_true", help="12.5 million bids as well")
    parser.add_argument("--sweep", type=int, default=0, metavar="N", help="compare N random policies with evaluate")
    asked = parser.parse_args()
    print(machine())
    print("CPU time a call; ratio to the first of each table, median and quartiles of the rounds")
    frames(50_000 if asked.quick else 1_250_000, 2 if asked.quick else 7)
    if asked.large:
        frames(12_500_000, 2)
    robustness(6_000 if asked.quick else 125_000, 2 if asked.quick else 5)
    growth(100_000 if asked.quick else 10_000_000)
    if asked.sweep:
        sys.path[:0] = ["tests", "tests/batch"]
        sweep(asked.sweep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
