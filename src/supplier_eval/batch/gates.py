"""Gates of many bids at once: the same verdicts as `qualify_bids`, column by column (§3.1.1, §3.2.2, §3.2.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.cells import BoolArray, read_numbers, read_yes_no
from supplier_eval.batch.faults import Faults
from supplier_eval.batch.reasons import Reasons, gate_words, plain_words
from supplier_eval.batch.times import EPOCH, Moments, read_days, read_moments
from supplier_eval.intake.checks import FOR_EVER
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.panel_checks import NONE_WORDS
from supplier_eval.qualify.gates import years_before

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.batch.columns import Bound
    from supplier_eval.batch.ids import Ids
    from supplier_eval.batch.plan import Plan
    from supplier_eval.policy.rules import Gate

IntArray = npt.NDArray[np.int64]
NO_LOT = "1"  # the lot of a tender without lots


def judge_gates(
    plan: Plan, frame: pd.DataFrame, bound: Bound, lots: Ids | None, faults: Faults, reasons: Reasons
) -> Moments | None:
    """Judge lateness and every gate of every row.

    Parameters
    ----------
    plan, frame, bound
        What is asked, of which table, in which columns.
    lots : Ids or None
        Lot of every row, where there is such a column.
    faults, reasons
        Take what cannot be read, and who is out.

    Returns
    -------
    Moments or None
        Each row's deadline; None without such a column.
    """
    deadline = days = None
    if "deadline" in bound.roles:
        column, came = bound.roles["deadline"], bound.roles["received"]
        deadline = read_moments(frame[column], faults, column, plan.columns.timezone)
        received = read_moments(frame[came], faults, came, plan.columns.timezone)
        faults.add("batch.deadline.missing", column, deadline.missing)
        faults.add("batch.received.missing", came, received.missing & ~deadline.missing)
        late = (received.moments > deadline.moments) & ~received.missing & ~deadline.missing
        reasons.add("qualify.late", plain_words("batch.reason.late"), late)
        days = deadline.days
    for gate in plan.gates:
        here = holds_in(gate.lots, lots, len(frame))
        missing, failed = _verdict(gate, frame[bound.gates[gate.id]], days, faults)
        reasons.add(f"qualify.incomplete[{gate.id}]", gate_words(gate, True), here & missing)
        reasons.add(f"qualify.gate.{gate.kind}[{gate.id}]", gate_words(gate, False), here & failed & ~missing)
    return deadline


def holds_in(named: tuple[str, ...], lots: Ids | None, n: int) -> BoolArray:
    """In which rows a rule holds that names lots; everywhere where it names none."""
    keys = {id_key(name) for name in named if name}
    if not keys:
        return np.ones(n, bool)
    if lots is None:
        return np.full(n, id_key(NO_LOT) in keys)
    mine = np.array([id_key(lots.label(i)) in keys for i in range(lots.n)], dtype=bool)
    return np.asarray(mine[lots.codes] & (lots.codes >= 0))


def _verdict(
    gate: Gate, series: pd.Series, days: IntArray | None, faults: Faults
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which rows supply nothing, and which fail."""
    column = str(series.name)
    if gate.kind == "yes":
        answer = read_yes_no(series, faults, column).values
        return np.isnan(answer), answer != 1.0
    if gate.kind in {"at_least", "at_most"}:
        figures, limit = read_numbers(series, faults, column, unit=gate.unit).values, float(gate.limit or 0)
        return np.isnan(figures), ~(figures >= limit if gate.kind == "at_least" else figures <= limit)
    moment = np.zeros(len(series), np.int64) if days is None else days
    if gate.kind == "valid_until":
        until = read_days(series, faults, column, ever_words=frozenset(FOR_EVER))
        return until.missing, moment - until.days + gate.margin_days > 0
    last = read_days(series, faults, column, none_words=NONE_WORDS)
    return last.missing, ~last.none & ~(last.days < _since(moment, gate.look_back_years or 0))


def _since(days: IntArray, years: int) -> IntArray:
    """The day so many years before each day."""
    different, which = np.unique(days, return_inverse=True)
    before = [(years_before(EPOCH + timedelta(days=day), years) - EPOCH).days for day in different.tolist()]
    return np.array(before, dtype=np.int64)[np.asarray(which).reshape(-1)]
