"""A review of a million tickets in one process, as a multiple of reading the same Parquet files; memory.

    python benchmarks/review.py [--tickets 1000000] [--suppliers 50] [--rounds 5] [--quick]

Tickets of 24 months, opened in office hours, with a working-time limit by priority; one in ten has a hold, one in
twenty is still open. Measured: share in time for response and resolution, mean and 90th percentile of the resolution,
first time right, for every month and supplier; then the scorecards with intervals, ranks and grades. All times are CPU
seconds of this process, interleaved.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from measure import interleaved, line, machine

from supplier_eval.clock import BusinessClock
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.kpis import measure_kpis
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.record_reading import read_service_records
from supplier_eval.monitor.reviewing import review_periods

CALENDAR = Path(__file__).parents[1] / "data" / "samples" / "service-records" / "calendar.toml"
LIMITS = {"P1": "4h", "P2": "8h", "P3": "16h", "P4": "40h"}
MONTHS = Period.months("2024-11", "2026-10")
MINUTE = 60_000_000


def write_tickets(folder: Path, n: int, suppliers: int, seed: int = 6) -> None:
    """Parquet tables of tickets and holds; lognormal working times around 40 % of the limit."""
    clock = BusinessClock.load(CALENDAR)
    rng = np.random.default_rng(seed)
    start, end = (int(pd.Timestamp(day, tz="Asia/Shanghai").value // 1000) for day in ("2024-11-01", "2026-11-01"))
    opened = clock.spans.next_open(rng.integers(start, end - 30 * 1440 * MINUTE, n) // MINUTE * MINUTE)
    priority = rng.integers(0, 4, n)
    limit = np.array([4, 8, 16, 40])[priority] * 60.0
    work = limit * 0.4 * np.exp(rng.normal(0, 0.7, n))
    closed = clock.due_us(opened, np.maximum(work, 1).astype(np.int64) * MINUTE)
    responded = clock.due_us(opened, np.maximum(work * 0.1, 1).astype(np.int64) * MINUTE)
    is_open = (rng.random(n) < 0.05) | (closed > end)
    moment = {name: us.astype("datetime64[us]") for name, us in (("opened", opened), ("responded", responded))}
    done = closed.astype("datetime64[us]")
    done[is_open] = np.datetime64("NaT")
    ids = np.char.add("T", np.arange(n).astype(str))
    frame = pd.DataFrame(
        {
            "ticket": ids,
            "supplier": np.array([f"S{s:02}" for s in range(suppliers)])[rng.integers(0, suppliers, n)],
            "priority": np.array(list(LIMITS))[priority],
            **{name: pd.Series(stamps).dt.tz_localize("UTC") for name, stamps in moment.items()},
            "closed": pd.Series(done).dt.tz_localize("UTC"),
            "reopened": (rng.random(n) < 0.05).astype(np.int64),
            "team": np.array([f"T{t}" for t in range(200)])[rng.integers(0, 200, n)],
            "step": np.array(["intake", "diagnosis", "repair"])[rng.integers(0, 3, n)],
        }
    )
    frame.to_parquet(folder / "tickets.parquet", index=False)
    held = np.flatnonzero(rng.random(n) < 0.1)
    begin = opened[held] + rng.integers(1, 600, held.size) * MINUTE
    stamps = [(begin + rng.integers(0, hours, held.size) * MINUTE).astype("datetime64[us]") for hours in (1, 3000)]
    columns = {name: pd.Series(s).dt.tz_localize("UTC") for name, s in zip(("begin", "end"), stamps, strict=True)}
    pd.DataFrame({"ticket": ids[held], **columns}).to_parquet(folder / "holds.parquet", index=False)


def definitions() -> tuple[KpiDefinition, ...]:
    common = {"name": "k", "limits": LIMITS}
    times = {"resolution_time": {"target": "0.9", "floor": "0.7", "weight": 40}, "response_time": {"target": "0.95"}}
    times["response_time"] |= {"floor": "0.8", "weight": 20, "window": "closed"}
    return (
        *(KpiDefinition(id=measure, measure=measure, **common, **more) for measure, more in times.items()),
        KpiDefinition(id="mean", measure="resolution_time", statistic="mean", target=10, floor=30, weight=20, **common),
        KpiDefinition(
            id="p90", measure="resolution_time", statistic="percentile", target=30, floor=90, weight=0, **common
        ),
        KpiDefinition(id="right", name="k", measure="first_time_right", target="0.97", floor="0.8", weight=20),
    )


def plan() -> ReviewPlan:
    return ReviewPlan.from_mapping(
        {
            "name": "benchmark",
            "branches": [{"id": "quality", "weight": 100}],
            "kpis": [one.model_dump(exclude_defaults=True) for one in definitions()],
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--suppliers", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    n, rounds = (30_000, 1) if asked.quick else (asked.tickets, asked.rounds)
    clock = BusinessClock.load(CALENDAR)
    print(machine())
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        apart = multiprocessing.get_context("spawn").Process(target=write_tickets, args=(folder, n, asked.suppliers))
        apart.start()  # in a process of its own, so that its memory is not counted here
        apart.join()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        records, reviewed = read_service_records(folder), plan()
        results = measure_kpis(records, definitions(), MONTHS, clock=clock)
        tasks = {
            "pandas reads the two Parquet files": lambda: [pd.read_parquet(file) for file in folder.glob("*.parquet")],
            "read and check service records": lambda: read_service_records(folder),
            "measure 5 KPIs, 24 months": lambda: measure_kpis(records, definitions(), MONTHS, clock=clock),
            "24 months of scorecards": lambda: review_periods(results, reviewed),
        }
        times = interleaved(tasks, rounds)
        reference, *others = times.values()
        print(f"{n:,} tickets, {asked.suppliers} suppliers, 24 months; {rounds} rounds")
        for name, spent in times.items():
            print(line(name, spent, reference))
        whole = [sum(each) for each in zip(*others, strict=True)]
        print(line("the review: all three", whole, reference))
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {after:,.0f} MiB, of which {before:,.0f} MiB before the first reading")


if __name__ == "__main__":
    main()
