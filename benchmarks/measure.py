"""What the benchmarks share: interleaved CPU times, their spread, and a line about the machine.

Run alone it prints the machine. Times are CPU seconds of this process (or of a child), never wall-clock: on a
shared machine the wall-clock measures the neighbours.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("numpy", "pandas", "scipy", "pydantic")


def machine() -> str:
    """Processor, cores, Python and library versions."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{model}, {os.cpu_count()} cores; Python {platform.python_version()}, {libraries}"


def interleaved(tasks: Mapping[str, Callable[[], object]], rounds: int, calls: int = 1) -> dict[str, list[float]]:
    """CPU seconds a call of every task, round by round: each round runs every task, the order turning."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    names = list(tasks)
    for task in tasks.values():
        task()
    for i in range(rounds):
        for name in names[i % len(names) :] + names[: i % len(names)]:
            start = time.process_time()
            for _ in range(calls):
                tasks[name]()
            times[name].append((time.process_time() - start) / calls)
    return times


def ratios(times: Sequence[float], reference: Sequence[float]) -> tuple[float, float, float]:
    """Median of the rounds' ratios, and their lower and upper quartile."""
    each = sorted(a / b for a, b in zip(times, reference, strict=True))
    if len(each) < 2:
        return each[0], each[0], each[0]
    low, middle, high = statistics.quantiles(each, n=4, method="inclusive")
    return middle, low, high


def line(label: str, times: Sequence[float], reference: Sequence[float]) -> str:
    """One row of a result: milliseconds and the ratio with its quartiles."""
    middle, low, high = ratios(times, reference)
    milliseconds = 1000 * statistics.median(times)
    return f"{label:<44}{milliseconds:>10.3f} ms{middle:>10.2f} x  ({low:.2f} to {high:.2f})"


if __name__ == "__main__":
    print(machine())
    sys.exit(0)
