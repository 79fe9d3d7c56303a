"""Folders of service records for tests: the sample, and changed copies of it."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

from supplier_eval.monitor.folder_review import review_folder

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "service-records"
CREDITS = """[[terms]]
contract = "V-03"
supplier = "S03"
currency = "CNY"
at_risk_percent = 12
period_cap_percent = 10
adopted_by = "Service committee"
adopted_on = 2024-10-15
fees = "180000.00"
[[terms.kpis]]
kpi = "resolution"
target = "0.93"
tiers = [{ bound = "0.93", percent = 2 }, { bound = "0.85", percent = 5 }, { bound = "0.75", percent = 10 }]
"""


@functools.cache
def two_years():
    """The sample, reviewed once for all tests."""
    return review_folder(SAMPLE)


def copied(target, *, without=(), **texts):
    """A copy of the sample without some files, with others written anew (``plan_toml=...``)."""
    shutil.copytree(SAMPLE, target)
    for name in without:
        (target / name).unlink()
    for name, text in texts.items():
        (target / ".".join(name.rsplit("_", 1))).write_text(text, encoding="utf-8")
    return target


def lines_of(name, keep):
    """Header of a file of the sample with the rows that `keep` takes."""
    head, *rows = (SAMPLE / name).read_text(encoding="utf-8").splitlines()
    return "\n".join([head, *(row for row in rows if keep(row.split(",")))]) + "\n"
