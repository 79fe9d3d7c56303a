"""Make the readings of ``data/samples/risks/history.csv``: six indicators, two years, fixed seed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[1] / "data" / "samples" / "risks" / "history.csv"
MONTHS = [date(2024 + (10 + at) // 12, (10 + at) % 12 + 1, 28) for at in range(25)]  # Nov 2024 to Nov 2026


def readings() -> dict[str, list[float | None]]:
    """Values by indicator, one a month; None where the reading was due and is missing."""
    draw, at = np.random.default_rng(7), np.arange(len(MONTHS))
    noise = {name: draw.normal(0.0, 1.0, len(MONTHS)) for name in ("f", "a", "t", "s", "e", "b")}
    late = np.clip(at - 10, 0, None)
    made = {
        "open_findings": np.round(
            np.clip(4 + 1.3 * noise["f"] + np.where(at >= 19, 5.0 + 1.5 * (at - 19), 0), 0, None)
        ),
        "attrition": np.round(18 + 0.5 * noise["a"] + 1.2 * late, 1),
        "in_time": np.round(np.clip(96 + noise["t"] - np.where(at >= 10, 17.0, 0.0), 0, 100), 1),
        "staffing": np.round(100 + 3 * noise["s"] - np.where((at >= 5) & (at <= 7), 11.0, 0.0), 1),
        "exchange_rate": np.round(np.cumsum(0.6 * noise["e"]) + 0.12 * at, 2),
        "backlog": np.round(np.clip(5 + 1.2 * noise["b"] + np.where((at >= 15) & (at <= 18), 7.0, 0.0), 0, None), 1),
    }
    found: dict[str, list[float | None]] = {name: [float(x) for x in values] for name, values in made.items()}
    found["staffing"][12] = None  # the supplier sent nothing
    found["exchange_rate"] = found["exchange_rate"][:22]  # nobody has kept it since
    return found


def main() -> None:
    """Write the table."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["indicator", "on", "value"])
        for name, values in readings().items():
            for day, value in zip(MONTHS, values, strict=False):
                table.writerow([name, day.isoformat(), "" if value is None else f"{value:g}"])


if __name__ == "__main__":
    main()
