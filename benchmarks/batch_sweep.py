"""Random policies and tenders: `evaluate` one by one, frames, files in batches of 1, 7 and 65,536 rows, and Dask.

    python benchmarks/batch_sweep.py [--quick] [--policies N]

Six tenders a policy. `score_frame` is compared with `evaluate` bit by bit; results in files with the frame's, column by
column; the bytes of the target with those of every other batch size and of a cluster of two processes that scores each
file in parts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from measure import machine

from supplier_eval.batch import score_dataset, score_frame

sys.path[:0] = ["tests", "tests/batch"]

TENDERS = 6
BATCHES = (1, 7, 65_536)
FIRST_SEED = 40_000


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a target by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def files_of_one(seed: int, folder: Path, address: str) -> None:
    """The tenders of one policy from a file, by every batch size and on the cluster, against the frame."""
    from made_batches import made_batch

    made = made_batch(seed, TENDERS)
    rows = made.frame.sort_values("tender", kind="stable", ignore_index=True)
    source = folder / f"{seed}.parquet"
    rows.to_parquet(source, row_group_size=4, index=False)
    frame = score_frame(pd.read_parquet(source), made.policy)
    given: list[dict[str, Any]] = [{"batch_rows": n} for n in BATCHES]
    given.append({"engine": "dask", "address": address, "batch_rows": 1})
    targets = []
    for i, how in enumerate(given):
        target = folder / f"{seed}-{i}"
        score_dataset(source, target, made.policy, **how)
        targets.append(contents(target))
    assert all(other == targets[0] for other in targets[1:]), f"bytes differ, seed {seed}"
    scored = pd.read_parquet(folder / f"{seed}-0" / source.name)
    assert list(scored.columns) == list(frame.columns), f"columns, seed {seed}"
    for name in frame.columns[len(rows.columns) :]:
        ours, theirs = (one[name].astype(object).where(one[name].notna(), None).tolist() for one in (scored, frame))
        assert ours == theirs, f"{name}, seed {seed}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few policies, to see that it runs")
    parser.add_argument("--policies", type=int, default=167, help="how many; 167 have 1,002 tenders")
    asked = parser.parse_args()
    from dask.distributed import LocalCluster
    from test_scoring import compare

    seeds = range(FIRST_SEED, FIRST_SEED + (3 if asked.quick else asked.policies))
    print(machine())
    counts = np.sum([compare(seed, TENDERS) for seed in seeds], axis=0)
    print(f"{len(seeds):,} random policies, {counts[0]:,} tenders: score_frame equals evaluate to the last bit;")
    print(f"among them {counts[1]:,} without order, {counts[2]:,} with a tie")
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,
    ):
        for seed in seeds:
            files_of_one(seed, Path(folder), cluster.scheduler_address)
    print("files in batches of 1, 7 and 65,536 rows and on Dask: the figures of the frame, and one set of bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
