"""Gates of a column are those of one bid: `check_gate` says the same, cell by cell."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from strategies import policy_mapping
from supplier_eval.batch import compile_plan
from supplier_eval.batch.columns import bind
from supplier_eval.batch.faults import Faults
from supplier_eval.batch.gates import holds_in, judge_gates
from supplier_eval.batch.ids import Ids
from supplier_eval.batch.reasons import Reasons
from supplier_eval.intake.tender import Fact
from supplier_eval.policy import Policy
from supplier_eval.qualify.gates import check_gate

MOMENT = datetime(2024, 2, 29, 9, tzinfo=UTC)
CASES = {
    "yes": ({}, ["yes", "no", None, "是", "0"], [True, False, None, True, False]),
    "valid_until": (
        {"margin_days": 1},
        ["2024-02-29", "2024-03-01", "长期", None],
        [date(2024, 2, 29), date(2024, 3, 1), date.max, None],
    ),
    "none_since": (
        {"look_back_years": 1},
        ["none", "2023-02-28", "2023-02-27", "无", None],
        ["none", date(2023, 2, 28), date(2023, 2, 27), "none", None],
    ),
    "at_least": ({"limit": "40.5"}, [40.4, 40.5, np.nan, 50], [Decimal("40.4"), Decimal("40.5"), None, Decimal(50)]),
    "at_most": ({"limit": "40.5", "unit": "%"}, ["40.5%", "41", ""], [Decimal("40.5"), Decimal(41), None]),
}


def judged(gates: list[dict[str, object]], frame: pd.DataFrame, **columns: object) -> tuple[Reasons, Faults]:
    plan = compile_plan(Policy.from_mapping(policy_mapping(gates=gates)), columns=columns)
    names = ("tender", "bid", "quality", "capability", "emergency", "price")
    frame = frame.assign(**dict.fromkeys(names, 1))
    faults, reasons = Faults(len(frame)), Reasons(len(frame))
    judge_gates(plan, frame, bind(plan, frame), None, faults, reasons)
    return reasons, faults


@pytest.mark.parametrize("kind", CASES)
def test_a_column_is_judged_as_each_bid_is(kind):
    rules, cells, facts = CASES[kind]
    gate = {"id": "g", "name": "g", "kind": kind, **rules}
    frame = pd.DataFrame({"g": cells, "deadline": pd.Timestamp(MOMENT), "received": pd.Timestamp(MOMENT)})
    reasons, faults = judged([gate], frame)
    policy = Policy.from_mapping(policy_mapping(gates=[gate]))
    codes = reasons.categories("en")[0]
    for i, fact in enumerate(facts):
        alone = check_gate("B", policy.gates[0], None if fact is None else Fact(fact, str(fact)), MOMENT)
        expected = np.nan if alone.reason is None else f"{alone.reason.code}[g]"
        assert codes[i] == expected or (pd.isna(codes[i]) and pd.isna(expected))
    assert not faults.found


def test_a_bid_at_the_deadline_is_in_time_and_one_after_it_is_late():
    came = [MOMENT, pd.Timestamp(MOMENT) + pd.Timedelta(microseconds=1)]
    reasons, _ = judged([], pd.DataFrame({"deadline": MOMENT, "received": came}))
    assert reasons.out.tolist() == [False, True]


def test_moments_that_are_missing_or_of_another_kind_are_faults():
    frame = pd.DataFrame({"deadline": [MOMENT, None], "received": [None, MOMENT]}, dtype="datetime64[us, UTC]")
    assert {f.code for f in judged([], frame)[1].found} == {"batch.deadline.missing", "batch.received.missing"}
    mixed = pd.DataFrame({"deadline": [MOMENT], "received": [MOMENT.replace(tzinfo=None)]})
    assert [(f.code, f.column) for f in judged([], mixed)[1].found] == [("batch.date.no_time_zone", "received")]
    assert not judged([], mixed, timezone="UTC")[1].found


def test_a_gate_of_one_lot_judges_that_lot_only():
    lots = Ids(np.array([0, 1, -1]), ["L1", "l2"])
    assert holds_in(("L2",), lots, 3).tolist() == [False, True, False]
    assert holds_in((), lots, 3).all()
    assert holds_in(("",), lots, 3).all()
    assert holds_in(("1",), None, 2).all()
    assert not holds_in(("L1",), None, 2).any()
