"""Workbooks that were tampered with, and one that holds every formula that the package knows how to write."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl

from supplier_eval.policy.criteria import Criterion
from supplier_eval.report.grid import Book, Sheet, address
from supplier_eval.report.value_cells import price_formula_cells, value_formula
from supplier_eval.report.workbook import write_book

RAW = (-5.0, 0.0, 0.5, 1.0, 2.999, 3.0, 4.0, 5.0, 15.0, 60.0, 100.0, 120.0, 300.0)
RULES: dict[str, dict[str, Any]] = {
    "linear": {"kind": "linear", "floor": 20, "target": 90},
    "falling": {"kind": "linear", "floor": 120, "target": 15},
    "knots": {"kind": "piecewise_linear", "knots": [[0, 0], [3, 60], [6, 100]]},
    "falling_knots": {"kind": "piecewise_linear", "knots": [[1, 100], [4, 30], [100, 10]]},
    "steps": {"kind": "step", "steps": [[1, 40], [3, 80], [5, 100]]},
    "falling_steps": {"kind": "step", "steps": [[1, 90], [3, 50]], "below": 100},
    "threshold": {"kind": "threshold", "at": 60},
    "at_most": {"kind": "threshold", "at": 3, "direction": "min"},
    "curve": {"kind": "exponential", "floor": 0, "target": 100, "curvature": "2.5"},
    "hollow": {"kind": "exponential", "floor": 120, "target": 15, "curvature": -3},
}
PRICES = (80.0, 100.0, 110.5, 125.25, 150.0, 199.0)
FORMULAS: dict[str, dict[str, float]] = {
    "lowest_over_price": {},
    "linear_to_twice_lowest": {"factor": 1.8},
    "min_max": {},
    "linear_to_ceiling": {"ceiling": 160.0},
    "share_of_ceiling": {"ceiling": 160.0},
    "power_discount": {"ceiling": 160.0, "alpha": 0.5},
    "bilinear": {"ceiling": 160.0, "x": 0.85},
    "concave_ceiling": {"ceiling": 160.0, "exponent": 2.0},
    "trimmed_mean_benchmark": {"e1": 1.0, "e2": 0.5, "k": 0.97},
    "mean_ratio": {},
    "distance_from_mean": {"at_mean": 50.0, "per_percent": 0.8},
}


def criterion(name: str) -> Criterion:
    """A leaf with one of the value functions."""
    falls = name.startswith(("falling", "at_most", "hollow"))
    data = {"id": name, "name": name, "weight": 1, "source": "marks", "minimum": -100, "maximum": 1000}
    return Criterion.model_validate(data | {"value": RULES[name], "direction": "min" if falls else "max"})


def formula_book(path: Path) -> Path:
    """Every value function on every raw figure, every price formula on every price; cached values are all 0."""
    values, prices = Sheet("values"), Sheet("prices")
    for column, name in enumerate(RULES, start=1):
        for row, raw in enumerate(RAW):
            values.put(row, 0, raw)
            values.put(row, column, 0.0, "figure", f"={value_formula(criterion(name), address(row, 0))}")
    span = f"{address(0, 0, fixed=True)}:{address(len(PRICES) - 1, 0, fixed=True)}"
    for column, (name, stated) in enumerate(FORMULAS.items(), start=1):
        for row, price in enumerate(PRICES):
            prices.put(row, 0, price)
            formula = price_formula_cells(name, address(row, 0), span, stated)
            prices.put(row, column, 0.0, "figure", f"={formula}")
    write_book(Book([values, prices], {}), path)
    return path


def plant(source: Path, target: Path) -> Path:
    """A copy in which a cached total is wrong: a program that trusts the cache shows it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                data = data.replace(b"<v>79.02</v></c>", b"<v>1.5</v></c>")
            new.writestr(entry, data)
    return target


def change(source: Path, target: Path, sheet: str, what: tuple[str, ...], new: Any) -> Path:
    """A copy in which a mark, or two weights, are others; cached values are gone."""
    book = openpyxl.load_workbook(source)
    page = book[sheet]
    rows = {tuple(cell.value for cell in row[:3]): row for row in page.iter_rows(min_row=5)}
    if sheet == "Marks":
        leaf, bid, member = what
        head = [str(cell.value) for cell in page[4]]
        column = next(i for i, label in enumerate(head) if label.startswith(member))
        next(row for key, row in rows.items() if (key[0], key[2]) == (leaf, bid))[column].value = new
    else:
        for leaf, weight in zip(what, new, strict=True):
            next(row for key, row in rows.items() if key[0] == leaf)[2].value = weight
    book.save(target)
    return target


def expected_values(name: str) -> np.ndarray[Any, Any]:
    """What the package gives for the raw figures."""
    from supplier_eval.score.leaf import leaf_values

    return leaf_values(criterion(name), np.array(RAW))
