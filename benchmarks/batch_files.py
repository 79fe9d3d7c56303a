"""Files scored in a stream beside the same work in memory: CPU, peak memory, Dask beside one process, kills.

    python benchmarks/batch_files.py [--quick] [--tenders 200000] [--large] [--kills 20]

Every measurement runs in a process of its own. CPU is user and system time of that process and its children; peak
memory is the largest resident set of one process. The table: 1 to 11 bids a tender (6 on average), three marks, a
price, a text; Parquet in row groups of 131,072 rows.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from measure import machine

from supplier_eval.batch import score_dataset, score_frame
from supplier_eval.policy import Policy

GROUP_ROWS = 131_072
AT_ONCE = 50_000


def policy() -> Policy:
    marks = [
        {
            "id": name,
            "name": name,
            "weight": points,
            "source": "marks",
            "value": {"kind": "linear", "floor": 0, "target": 100},
        }
        for name, points in (("quality", 30), ("capability", 20), ("emergency", 10))
    ]
    price = {"id": "price", "name": "price", "weight": 40, "source": "price", "price": {"formula": "lowest_over_price"}}
    abnormal = {"abnormal": [{"kind": "below_share_of_mean", "limit": "0.5"}]}
    return Policy.from_mapping({"name": "market", "categories": [], "criteria": [*marks, price], "price": abnormal})


def bids(first: int, tenders: int, seed: int) -> pa.Table:
    """Tenders from `first` on, as they would stand in a file."""
    rng = np.random.default_rng([seed, first])
    sizes = rng.integers(1, 12, tenders)
    n = int(sizes.sum())
    within = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    ids = np.char.add("T", np.char.zfill(np.arange(first, first + tenders).astype(str), 9))
    columns = {"tender": pa.array(ids).take(pa.array(np.repeat(np.arange(tenders), sizes)))}
    columns["bidder"] = pa.array(np.char.add("B", within.astype(str)))
    columns |= {name: rng.integers(0, 101, n).astype(float) for name in ("quality", "capability", "emergency")}
    columns |= {"price": np.round(rng.lognormal(12, 0.3, n), 2), "note": pa.array(["delivered by road"] * n)}
    return pa.table(columns)


def write(path: Path, tenders: int, seed: int = 0, first: int = 0) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, bids(0, 1, seed).schema) as writer:
        for start in range(first, first + tenders, AT_ONCE):
            table = bids(start, min(AT_ONCE, first + tenders - start), seed)
            writer.write_table(table, row_group_size=GROUP_ROWS)
    return pq.read_metadata(path).num_rows


def in_memory(source: str, target: str) -> None:
    import pandas as pd

    frame = score_frame(pd.read_parquet(source), policy())
    frame.to_parquet(target, index=False)


def streamed(source: str, target: str) -> None:
    score_dataset(source, target, policy())


def on_dask(source: str, target: str) -> None:
    score_dataset(source, target, policy(), engine="dask", workers=2)


def nothing(source: str, target: str) -> None:
    """What it costs to begin: imports and no work."""
    import pandas

    del pandas


TASKS = {task.__name__: task for task in (in_memory, streamed, on_dask, nothing)}


def measured(task: str, source: Path, target: Path) -> dict[str, float]:
    """CPU seconds and peak megabytes of a task in a process of its own."""
    if target.is_dir():
        shutil.rmtree(target)
    said = subprocess.run(
        [sys.executable, __file__, "--task", task, str(source), str(target)], capture_output=True, text=True, check=True
    )
    return json.loads(said.stdout.splitlines()[-1])


def run_task(task: str, source: str, target: str) -> None:
    TASKS[task](source, target)
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    print(json.dumps({"cpu": cpu, "peak": own.ru_maxrss / 1024}))


def compare(folder: Path, tenders: int, rounds: int) -> None:
    source = folder / "one.parquet"
    n = write(source, tenders)
    print(f"\n{n:,} bids of {tenders:,} tenders, {source.stat().st_size / 2**20:.0f} MB, {rounds} rounds")
    times: dict[str, list[dict[str, float]]] = {"in_memory": [], "streamed": [], "nothing": []}
    for i in range(rounds):
        for task in list(times)[:: 1 if i % 2 else -1]:
            times[task].append(measured(task, source, folder / f"out_{task}"))
    begin = statistics.median(one["cpu"] for one in times["nothing"])
    for task in ("in_memory", "streamed"):
        cpu = statistics.median(one["cpu"] for one in times[task])
        peak = max(one["peak"] for one in times[task])
        print(f"{task:<12}{cpu:>8.2f} s CPU ({cpu - begin:.2f} without imports){peak:>8.0f} MB peak")
    each = [
        (two["cpu"] - begin) / (one["cpu"] - begin)
        for one, two in zip(times["in_memory"], times["streamed"], strict=True)
    ]
    spread = f"{statistics.median(each):.2f} ({min(each):.2f} to {max(each):.2f})"
    print(f"streamed over in memory, imports taken off both: {spread}")


def memory(folder: Path, tenders: int, times: int) -> None:
    peaks = {}
    for factor in (1, times):
        source = folder / f"memory{factor}.parquet"
        n = write(source, tenders * factor)
        found = measured("streamed", source, folder / f"out_memory{factor}")
        peaks[factor] = found["peak"]
        print(f"{n:>12,} bids{found['cpu']:>8.1f} s CPU{found['peak']:>8.0f} MB peak")
        source.unlink()
        shutil.rmtree(folder / f"out_memory{factor}")
    print(f"peak memory, {times} times the rows: {peaks[times] / peaks[1]:.2f}")


def cluster(folder: Path, tenders: int, files: int, rounds: int) -> None:
    source = folder / "many"
    n = sum(write(source / f"{i:02}.parquet", tenders // files, i, i * 10_000_000) for i in range(files))
    print(f"\n{n:,} bids in {files} files of whole tenders")
    times: dict[str, list[float]] = {"streamed": [], "on_dask": []}
    for i in range(rounds):
        for task in list(times)[:: 1 if i % 2 else -1]:
            times[task].append(measured(task, source, folder / f"out_{task}_many")["cpu"])
    for task, each in times.items():
        print(f"{task:<12}{statistics.median(each):>8.2f} s CPU, children counted")
    each = [b / a for a, b in zip(times["streamed"], times["on_dask"], strict=True)]
    print(f"dask over one process, imports and cluster counted: {statistics.median(each):.2f}")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def state(folder: Path) -> dict[str, int]:
    """Files and their sizes; empty where there is no folder."""
    found = {}
    for path in folder.rglob("*") if folder.exists() else ():
        with contextlib.suppress(OSError):
            found[str(path)] = path.stat().st_size
    return found


def begun(source: Path, target: Path) -> tuple[subprocess.Popen[bytes], float]:
    """A batch of two workers in processes of its own, once a worker has begun to write."""
    command = [sys.executable, __file__, "--victim", str(source), str(target)]
    before = set(state(target))
    child = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    while child.poll() is None and not any(".parquet." in name for name in set(state(target)) - before):
        time.sleep(0.002)
    return child, time.monotonic()


def kills(folder: Path, times: int, tenders: int) -> None:
    """Kill a batch of two workers, again and again at random moments of its work, resume, compare every byte."""
    source, target = folder / "killed", folder / "kill"
    for i in range(24):
        write(source / f"{i:02}.parquet", tenders, i, i * 10_000_000)
    score_dataset(source, folder / "whole", policy())
    whole, rng = contents(folder / "whole"), random.Random(1)
    child, start = begun(source, folder / "calm")
    child.wait()
    span = time.monotonic() - start
    moments: list[int] = []
    resumed = 0
    for i in range(times):
        child, _ = begun(source, target)
        time.sleep(rng.uniform(0, 0.6 * span))
        ended = child.poll() is not None
        if not ended:
            os.killpg(child.pid, signal.SIGKILL) if i % 2 else child.kill()  # every process, or the parent alone
        child.wait()
        finished = {
            name: data for name, data in contents(target).items() if name.endswith(".parquet") and "/" not in name
        }
        finished = {name: data for name, data in finished.items() if not name.startswith(".")}
        assert all(whole[name] == data for name, data in finished.items()), "half a file under its name"
        moments.append(len(finished))
        if len(finished) == 24 or len(moments) == 4 or i == times - 1:
            score_dataset(source, target, policy())
            same = contents(target) == whole
            said = f"killed with {', '.join(map(str, moments))} of 24 files finished"
            print(f"  {said}: bytes {'the same' if same else 'DIFFER'}")
            assert same
            resumed += 1
            moments = []
            shutil.rmtree(target)
    print(f"{times} kills with SIGKILL in {span:.1f} s of work: {resumed} resumed batches, every byte the same")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small tables, in a few seconds")
    parser.add_argument("--tenders", type=int, default=208_333, help="1.25 million bids")
    parser.add_argument("--large", action="store_true", help="memory with ten times the rows")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--task", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--victim", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.task:
        run_task(*asked.task)
        return
    if asked.victim:
        score_dataset(*asked.victim, policy(), workers=2)
        return
    print(machine())
    tenders = 4_000 if asked.quick else asked.tenders
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.kills:
            kills(folder, asked.kills, tenders // 40)
            return
        compare(folder, tenders, 1 if asked.quick else 5)
        if asked.quick:
            return
        cluster(folder, tenders, 8, 3)
        print()
        memory(folder, tenders, 10 if asked.large else 2)


if __name__ == "__main__":
    main()
