"""What one evaluation costs: 10 bids, 20 judged criteria and the price, 5 evaluators; and how it grows.

    python benchmarks/evaluate_ten_bids.py [--quick]

Three ways to the same totals, interleaved in one process by CPU time, equal to 1e-9:

* `evaluate`: the procedure, with qualification, checks, flags, agreement of the panel, ties and explanations;
* the spreadsheet way: group the marks, pivot, multiply by the weights, add the price points, rank (pandas);
* the bare arithmetic on arrays that are ready (the kernel that blocks of tenders go through).
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
from measure import interleaved, line, machine

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from strategies import Offer, make_tender, policy_mapping
from supplier_eval.intake.tender import Tender
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.rank.additive import weighted_sum
from supplier_eval.score.block import PriceRow, fill_prices
from supplier_eval.score.panel import aggregate

LEAVES = tuple(f"C{i:02d}" for i in range(1, 21))
EVALUATORS = tuple(f"E{i}" for i in range(1, 6))
PRICE_WEIGHT = 40


def made_policy() -> Policy:
    data = policy_mapping()
    judged, price = data["criteria"][0], data["criteria"][-1]
    data["criteria"] = [judged | {"id": name, "name": name, "weight": 3} for name in LEAVES] + [price]
    return Policy.from_mapping(data)


def made_tender(bids: int, seed: int = 7) -> Tender:
    """Marks in halves around a level of each bid; prices in cents."""
    rng = np.random.default_rng(seed)
    offers = []
    for b in range(bids):
        level = rng.uniform(40, 85)
        figures = np.round(np.clip(rng.normal(level, 9, (len(EVALUATORS), len(LEAVES))), 0, 100) * 2) / 2
        marks = {e: dict(zip(LEAVES, row.tolist(), strict=True)) for e, row in zip(EVALUATORS, figures, strict=True)}
        offers.append(Offer(f"B{b + 1:04d}", marks, Decimal(int(rng.integers(80_000_00, 120_000_00))) / 100))
    return make_tender(offers, made_policy())


def by_spreadsheet(marks: pd.DataFrame, prices: pd.Series, weights: pd.Series) -> pd.DataFrame:
    """Group, pivot, multiply, add, rank."""
    means = marks.groupby(["bid", "criterion"])["mark"].mean().unstack()  # noqa: PD010 - not a table that was melted
    points = means.mul(weights, axis="columns") / 100
    points["price"] = PRICE_WEIGHT * prices.min() / prices
    total = points.sum(axis="columns")
    return pd.DataFrame({"total": total, "rank": total.round(9).rank(ascending=False, method="min").astype(int)})


def by_arrays(marks: np.ndarray, prices: np.ndarray, weights: np.ndarray, eligible: np.ndarray) -> np.ndarray:
    """The arithmetic alone: aggregate, score the price, add."""
    values = np.full((len(weights), marks.shape[2]), np.nan)
    values[:-1] = aggregate(marks, "mean")
    filled = fill_prices(values, prices[None], [PriceRow(len(weights) - 1, "lowest_over_price")], eligible)
    return weighted_sum(filled, weights).total


def three_ways(bids: int) -> dict[str, object]:
    """The three ways as calls without arguments, checked to agree."""
    tender = made_tender(bids)
    lines, _ = tender.envelope.open(tuple(tender.bids.index))
    prices = pd.Series({row.bid: float(row.amount) for row in lines}).sort_index()
    weights = pd.Series(3.0, index=list(LEAVES))
    cube = tender.marks.pivot_table(index=["evaluator", "criterion"], columns="bid", values="mark")
    cube = cube.to_numpy().reshape(len(EVALUATORS), len(LEAVES), bids)
    fractions = np.array([3.0] * len(LEAVES) + [float(PRICE_WEIGHT)]) / 100
    eligible = np.ones(bids, dtype=bool)
    ways = {
        "evaluate": lambda: evaluate(replace(tender)),
        "spreadsheet (pandas)": lambda: by_spreadsheet(tender.marks, prices, weights),
        "arrays": lambda: by_arrays(cube, prices.to_numpy(), fractions, eligible),
    }
    ranking, sheet = ways["evaluate"]().ranking, ways["spreadsheet (pandas)"]()
    assert list(ranking.bids) == list(sheet.index)
    np.testing.assert_allclose(ranking.total, sheet["total"], rtol=0, atol=1e-9)
    np.testing.assert_allclose(ways["arrays"](), sheet["total"], rtol=0, atol=1e-9)
    assert [ranking.rank_of(bid) for bid in ranking.bids] == sheet["rank"].tolist()
    return ways


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few rounds and no thousand bids, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    print("CPU time a call; ratio to the spreadsheet way, median and quartiles of the rounds; results equal to 1e-9")
    for bids, rounds, calls in [(10, 3, 1), (100, 3, 1)] if quick else [(10, 31, 10), (100, 21, 3), (1000, 9, 1)]:
        times = interleaved(three_ways(bids), rounds, calls)
        for name, each in times.items():
            print(line(f"{bids} bids: {name}", each, times["spreadsheet (pandas)"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
