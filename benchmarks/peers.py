"""Ranking beside the decision libraries: same tables, same results, ratios of CPU time in one process.

    python benchmarks/peers.py [--quick]

Needs `pip install 'supplier-eval[peers]'` (pymcdm, pyDecision, scikit-criteria); a library that is not installed is
skipped and the reason is printed. Where two have the method, scores are asserted equal before anything is timed.
pysensmcda asks for pandas below 3 and cannot stand beside this package; it is skipped with that reason.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import warnings
from collections.abc import Callable
from types import ModuleType

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # CPU time of two threads on one product says nothing

import numpy as np
import pandas as pd
from measure import interleaved, line, machine

import supplier_eval as se
from supplier_eval.rank.block import rank_block
from supplier_eval.robustness.acceptability import tally

RNG = np.random.default_rng(2026)
AIMS = {
    "topsis": "aim: rank_matrix at most 0.6 of pymcdm",
    "promethee": "aim: pymcdm at least 50 times rank_matrix",
    "smaa": "aim: at most 4 of the bare matrix product",
    "block": "aim: looping pymcdm at least 300 times the block",
}


def library(name: str) -> ModuleType | None:
    """A peer, or None with the reason on the screen."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError as error:
        print(f"{name}: skipped, {error}")
        return None


def table(bids: int, criteria: int) -> tuple[pd.DataFrame, dict[str, float], dict[str, str]]:
    """Positive raw figures, every second criterion a cost."""
    names = [f"C{i}" for i in range(criteria)]
    frame = pd.DataFrame(RNG.uniform(1, 100, (bids, criteria)), columns=names, index=[f"B{i}" for i in range(bids)])
    weights = dict(zip(names, RNG.dirichlet(np.ones(criteria)).tolist(), strict=True))
    return frame, weights, {name: "min" if i % 2 else "max" for i, name in enumerate(names)}


def report(title: str, tasks: dict[str, Callable[[], object]], reference: str, rounds: int, calls: int) -> None:
    times = interleaved(tasks, rounds, calls)
    print(f"\n{title}")
    for name, each in times.items():
        print(line(name, each, times[reference]))


def one_topsis(pymcdm: ModuleType, quick: bool) -> None:
    """One 10 × 5 table, object call against object call, ranks included."""
    frame, weights, directions = table(10, 5)
    matrix, w = frame.to_numpy(), np.array(list(weights.values()))
    types = np.array([1 if d == "max" else -1 for d in directions.values()])
    body = pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)
    ours, theirs = se.rank.rank_matrix(frame, weights, directions), body(matrix, w, types)
    np.testing.assert_allclose(ours.score, theirs, atol=1e-12)
    np.testing.assert_array_equal(ours.ranks, body.rank(theirs))
    tasks = {
        "pymcdm TOPSIS object, scores": lambda: body(matrix, w, types),
        "pymcdm TOPSIS object, scores and ranks": lambda: body.rank(body(matrix, w, types)),
        "rank_matrix of a frame": lambda: se.rank.rank_matrix(frame, weights, directions),
        "rank_matrix of an array": lambda: se.rank.rank_matrix(matrix, w, types),
    }
    tasks |= others_topsis(matrix, w, types, theirs)
    calls = 20 if quick else 300
    report(f"TOPSIS, 10 x 5, vector norm ({AIMS['topsis']})", tasks, next(iter(tasks)), 3 if quick else 31, calls)


def others_topsis(
    matrix: np.ndarray, w: np.ndarray, types: np.ndarray, scores: np.ndarray
) -> dict[str, Callable[[], object]]:
    """The same table in pyDecision and scikit-criteria."""
    tasks: dict[str, Callable[[], object]] = {}
    decision = library("pyDecision.algorithm.topsis")
    if decision is not None:
        named = ["max" if t > 0 else "min" for t in types]
        found = decision.topsis_method(matrix, w, named, graph=False, verbose=False)
        np.testing.assert_allclose(np.asarray(found, dtype=float), scores, atol=1e-12)
        tasks["pyDecision topsis_method"] = lambda: decision.topsis_method(matrix, w, named, False, False)
    if library("skcriteria") is not None:
        skc = importlib.import_module("skcriteria")
        aggregate = importlib.import_module("skcriteria.agg.similarity").TOPSIS()
        scaler = importlib.import_module("skcriteria.preprocessing.scalers").VectorScaler(target="matrix")
        made = skc.mkdm(matrix, types.tolist(), weights=w)
        found = aggregate.evaluate(scaler.transform(made))
        np.testing.assert_allclose(found.e_["similarity"], scores, atol=1e-12)
        tasks["scikit-criteria scaler + TOPSIS"] = lambda: aggregate.evaluate(scaler.transform(made))
    return tasks


def big_promethee(pymcdm: ModuleType, quick: bool) -> None:
    """PROMETHEE II, 1,000 × 5, usual and linear preference."""
    n = 200 if quick else 1000
    frame, weights, directions = table(n, 5)
    matrix, w = frame.to_numpy(), np.array(list(weights.values()))
    types = np.array([1 if d == "max" else -1 for d in directions.values()])
    make = pymcdm.methods.PROMETHEE_II  # with thresholds its object can be called once only
    for ours_name, theirs_name, ends in (("usual", "usual", {}), ("linear", "vshape_2", {"q": 5.0, "p": 20.0})):
        given = {key: np.full(5, size) for key, size in ends.items()}
        theirs = lambda name=theirs_name, given=given: make(name, **given)(matrix, w, types)  # noqa: E731
        ours = lambda name=ours_name, ends=ends: se.rank.rank_matrix(  # noqa: E731
            frame, weights, directions, "promethee_ii", function=name, **ends
        )
        np.testing.assert_allclose(ours().score, theirs(), atol=1e-10)
        tasks = {"rank_matrix": ours, "pymcdm PROMETHEE_II object": theirs}
        title = f"PROMETHEE II, {n} x 5, {ours_name}"
        rounds, calls = (3, 1) if quick else (9, 10)
        report(f"{title} ({AIMS['promethee']})", tasks, "rank_matrix", rounds, calls)
        report(f"{title}, each call after one of the other: with cold caches", tasks, "rank_matrix", rounds, 1)


def acceptability(quick: bool) -> None:
    """The kernel of rank acceptability against the bare matrix product of its draws."""
    draws, bids, criteria = (10_000 if quick else 100_000), 10, 5
    values = RNG.uniform(0, 100, (criteria, bids))
    weights = RNG.dirichlet(np.ones(criteria), (1, draws))
    flat = np.ascontiguousarray(weights[0])
    tasks = {
        "bare product (draws x criteria) @ (criteria x bids)": lambda: flat @ values,
        "rank matrix of all bids": lambda: tally(values, weights, central=False, pairwise=False),
        "with pairwise shares and central weights": lambda: tally(values, weights),
    }
    report(f"SMAA, {bids} bids x {draws:,} draws ({AIMS['smaa']})", tasks, next(iter(tasks)), 5 if quick else 31, 1)


def many_tenders(pymcdm: ModuleType, quick: bool) -> None:
    """Many small tenders in one block against a loop over them."""
    tenders, bids, criteria = (500 if quick else 10_000), 8, 5
    values = RNG.uniform(1, 100, (criteria, bids, tenders))
    w, types = RNG.dirichlet(np.ones(criteria)), np.array([1, -1, 1, -1, 1])
    body = pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)
    matrices = np.ascontiguousarray(np.moveaxis(values, -1, 0).transpose(0, 2, 1))

    def loop() -> np.ndarray:
        return np.stack([body.rank(body(matrix, w, types)) for matrix in matrices], axis=1)

    ours = rank_block(values, w, types, "topsis")
    np.testing.assert_array_equal(ours, loop())
    tasks = {"rank_block": lambda: rank_block(values, w, types, "topsis"), "loop over pymcdm": loop}
    report(f"{tenders:,} tenders x {bids} bids, TOPSIS ({AIMS['block']})", tasks, "rank_block", 3 if quick else 5, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small tables and few rounds, to see that it runs")
    quick = parser.parse_args().quick
    warnings.simplefilter("ignore")  # what the peers warn of is theirs
    print(machine())
    print("CPU time a call; ratio to the first of each table, median and quartiles of the rounds")
    acceptability(quick)
    print("\npysensmcda: skipped, it asks for pandas < 3")
    pymcdm = library("pymcdm")
    if pymcdm is None:
        print("the tables against other libraries are left out: pip install 'supplier-eval[peers]'")
        return 0
    importlib.import_module("pymcdm.methods")
    one_topsis(pymcdm, quick)
    big_promethee(pymcdm, quick)
    many_tenders(pymcdm, quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
