"""Sampled rank acceptability against the exact one: do the stated errors hold at the stated rate?

    python benchmarks/acceptability_coverage.py [--quick]

On random tenders (2 to 6 criteria, 2 to 10 bids, four kinds of region in turn) `rank_acceptability` states an estimate
and a standard error for every first rank and every pair; `exact_acceptability` knows the figure. Counted is how often
the exact figure lies within estimate ± t(15; 0.975) · error: 95 of 100 are right. Figures that are exactly 0 or 1 are
met without error and are left out, as they would only flatter. Each tender is drawn ten times, with ten seeds. Tenders
are independent, figures of one tender are not: the error of the coverage is taken over tenders.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import pairwise

import numpy as np
import pandas as pd
from measure import machine

from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.robustness.exact_front import exact_acceptability
from supplier_eval.score.sheet import ScoreSheet

EDGES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.5)


def made_sheet(rng: np.random.Generator) -> ScoreSheet:
    """Even values with one decimal; weights in whole points, none of them zero."""
    n, m = int(rng.integers(2, 7)), int(rng.integers(2, 11))
    criteria, bids = [f"C{i + 1}" for i in range(n)], [f"B{b + 1:02d}" for b in range(m)]
    values = pd.DataFrame(np.round(rng.uniform(0, 100, (m, n)), 1), index=bids, columns=criteria)
    points = 5 + rng.multinomial(100 - 5 * n, rng.dirichlet(np.ones(n)))
    return ScoreSheet.from_frame(values, dict(zip(criteria, points.tolist(), strict=True)))


def made_region(kind: int, sheet: ScoreSheet, rng: np.random.Generator) -> object:
    """The kinds of region in turn."""
    by_importance = [sheet.criteria[i] for i in rng.permutation(len(sheet.criteria))]
    near = {c: (max(0.0, w - 0.1), min(1.0, w + 0.2)) for c, w in zip(sheet.criteria, sheet.weights, strict=True)}
    return ["ball", "simplex", {"order": by_importance}, {"intervals": near}][kind % 4]


def compared(tenders: int, draws: int, seed: int, scrambles: int = 16, repeats: int = 10) -> pd.DataFrame:
    """One row a drawing of a figure strictly between 0 and 1: tender, what, exact, estimate, error, covered."""
    from scipy.stats import t

    reach = t.ppf(0.975, scrambles - 1)
    rng = np.random.default_rng(seed)
    tables = []
    for k in range(tenders):
        sheet = made_sheet(rng)
        region = made_region(k, sheet, rng)
        exact = exact_acceptability(sheet, region)
        upper = np.triu_indices(len(exact.bids), 1)
        for repeat in range(repeats):
            drawn = rank_acceptability(sheet, draws, region, seed=seed + repeats * k + repeat, scrambles=scrambles)
            for what, truth, estimate, error in (
                ("first", exact.first, drawn.first, drawn.errors[:, 0]),
                ("ahead", exact.pairwise[upper], drawn.ahead.mean[upper], drawn.ahead.error[upper]),
            ):
                table = pd.DataFrame({"exact": truth, "estimate": estimate, "error": error})
                tables.append(table.assign(tender=k, kind=k % 4, what=what))
    found = pd.concat(tables, ignore_index=True)
    found = found[(found["exact"] > 1e-12) & (found["exact"] < 1 - 1e-12)]
    return found.assign(covered=(found["estimate"] - found["exact"]).abs() <= reach * found["error"])


def coverage(found: pd.DataFrame) -> tuple[float, float]:
    """Share covered, and its standard error over tenders."""
    by_tender = found.groupby("tender")["covered"].agg(["sum", "count"])
    share = float(by_tender["sum"].sum() / by_tender["count"].sum())
    left = by_tender["sum"] - share * by_tender["count"]
    return share, float(np.sqrt((left**2).sum()) / by_tender["count"].sum())


def show(label: str, found: pd.DataFrame) -> None:
    if len(found):
        share, error = coverage(found)
        print(f"{label:<38}{len(found):>7} figures{share:>10.2%} ± {error:.2%}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few tenders, to see that it runs")
    parser.add_argument("--draws", type=int, default=4096)
    parser.add_argument("--scrambles", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    tenders, repeats = (20, 1) if given.quick else (200, 10)
    start = time.process_time()
    found = compared(tenders, given.draws, given.seed, given.scrambles, repeats)
    print(machine())
    setting = f"{tenders} tenders drawn {repeats} times, {given.draws} draws, {given.scrambles} scrambles"
    print(f"{setting}; {time.process_time() - start:.1f} s CPU")
    nearest = np.minimum(found["exact"], 1 - found["exact"])
    for what in ("first", "ahead"):
        mine = found["what"] == what
        show(f"{what}: all strictly between 0 and 1", found[mine])
        for low, high in pairwise(EDGES):
            show(f"  {low:g} to {high:g} away from 0 or 1", found[mine & (nearest > low) & (nearest <= high)])
    first = found[found["what"] == "first"]
    for kind, name in enumerate(("ball", "simplex", "order", "intervals")):
        show(f"first, {name}", first[first["kind"] == kind])
    share, _ = coverage(first)
    wanted = "too few tenders to judge" if given.quick else "wanted: 93 to 97 %"
    print(f"coverage of the 95 % intervals of the first rank: {share:.2%} ({wanted})")
    return 0 if given.quick or 0.93 <= share <= 0.97 else 1


if __name__ == "__main__":
    sys.exit(main())
