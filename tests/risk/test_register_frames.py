"""Kinds of the register's tables stay the same without rows."""

from __future__ import annotations

from datetime import date

import pytest

from risk_registers import AS_OF, TABLES
from supplier_eval.risk import RiskRegister
from supplier_eval.risk.register_frames import group_rows, history_rows, moved_rows, risk_rows

RISKS = list(RiskRegister.read(TABLES, as_of=AS_OF).risks.values())


@pytest.mark.parametrize(
    "made", [risk_rows, history_rows, lambda r: moved_rows(r, date(2025, 1, 1)), lambda r: group_rows(r, "owner", ())]
)
def test_kinds_without_rows(made):
    assert made([]).dtypes.astype(str).tolist() == made(RISKS).dtypes.astype(str).tolist()


def test_the_largest_change_comes_first():
    moved = moved_rows(RISKS, date(2025, 8, 31))
    assert moved["risk"].tolist() == ["rates", "leak"]
    assert (moved["now"] / moved["before"]).tolist() == pytest.approx(moved["factor"].tolist())
