"""The measured KPIs of one period as arrays, checked: what a scorecard is made of, from results or from a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key, normalise_id

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.monitor.plan import ReviewPlan

FloatArray = npt.NDArray[np.float64]
TABLE = "kpis"
RAW = ("raw", "raw, contract")
NEEDED = ("period", "supplier", "kpi", "status", "value")
OPTIONAL = ("n", "events", "sd", "lower", "upper", "in_force", "at_least")
STATUSES = ("measured", "too_few", "no_data", "not_market_rated", "not_applicable")
UNSAID = {"in_force": 1.0, "at_least": 0.0}
SHOWN = 5


@dataclass(frozen=True, eq=False)
class PeriodFigures:
    """What was measured in one period, arrays of shape (n_kpis, n_suppliers).

    Parameters
    ----------
    period : str
        Label.
    kpis, suppliers : tuple of str
        In canonical order; all KPIs of the plan, measured or not.
    columns : mapping of str to ndarray
        ``value n events sd lower upper in_force at_least``; NaN where unknown, `in_force` 1 and `at_least` (the value
        is a lower bound) 0 where not said.
    status, reason : ndarray of str
        Status as in `KpiResults`; a KPI without a row is ``no_data``.
    """

    period: str
    kpis: tuple[str, ...]
    suppliers: tuple[str, ...]
    columns: Mapping[str, FloatArray]
    status: npt.NDArray[np.object_]
    reason: npt.NDArray[np.object_]

    @cached_property
    def measured(self) -> npt.NDArray[np.bool_]:
        """Where there is a figure that counts."""
        return np.asarray(self.status == "measured")

    @cached_property
    def applicable(self) -> npt.NDArray[np.bool_]:
        """Where the KPI belongs to the supplier's contract."""
        return np.asarray(self.status != "not_applicable")


def checked_table(frame: pd.DataFrame, plan: ReviewPlan) -> pd.DataFrame:
    """Check a table of measured KPIs and put it into canonical order.

    Parameters
    ----------
    frame : DataFrame
        Columns as `KpiResults.to_frame` gives them; ``period supplier kpi status value`` are needed, ``n events`` for
        rates, ``n sd`` or ``lower upper`` for the uncertainty of other kinds.
    plan : ReviewPlan
        Names the KPIs.

    Raises
    ------
    InvalidInput
        With every finding: missing columns, unknown KPIs or statuses, rows that stand twice, measured figures that are
        missing, rates that are not events of n, a column `basis` that says anything but raw: a score that is graded is
        made of the contract's own figures.
    """
    import pandas as pd

    missing = [name for name in NEEDED if name not in frame.columns]
    if missing:
        known = ", ".join(str(name) for name in frame.columns)
        raise InvalidInput(
            [Finding("review.column.missing", TABLE, name, facts={"known": known}) for name in missing], TABLE
        )
    table = frame.reset_index(drop=True)
    found: list[Finding] = []
    for name in ("period", "supplier", "kpi"):
        ids = [
            "" if missing else normalise_id(str(cell))
            for cell, missing in zip(table[name], table[name].isna(), strict=True)
        ]
        _add(found, "review.cell.blank", name, np.nonzero([not one for one in ids])[0])
        table[name] = pd.Series(ids, index=table.index, dtype="str")
    table = _numbers(table, found)
    _names(table, plan, found)
    if "basis" in table.columns:
        _add(found, "review.not_raw", "basis", np.nonzero(~table["basis"].isin(RAW).to_numpy())[0], table["basis"])
    twice = table.assign(supplier=table["supplier"].map(id_key)).duplicated(["period", "supplier", "kpi"], keep=False)
    _add(found, "review.row.twice", "supplier", np.nonzero(twice.to_numpy())[0])
    if not found:
        _figures(table, plan, found)
    if found:
        raise InvalidInput(found, TABLE)
    return table


def _numbers(table: pd.DataFrame, found: list[Finding]) -> pd.DataFrame:
    """Columns of figures as floats; what is no number is found, a missing optional column is NaN (`in_force` 1)."""
    import pandas as pd

    for name in ("value", *OPTIONAL):
        if name not in table.columns:
            table[name] = UNSAID.get(name, np.nan)
            continue
        figures = pd.to_numeric(table[name], errors="coerce").astype("float64")
        wrong = (figures.isna() & table[name].notna()) | np.isinf(figures)
        _add(found, "review.cell.not_a_number", name, np.nonzero(wrong.to_numpy())[0], table[name])
        table[name] = figures
    table = table.fillna(UNSAID)
    table["reason"] = table["reason"].fillna("").astype(str) if "reason" in table.columns else ""
    return table


def _names(table: pd.DataFrame, plan: ReviewPlan, found: list[Finding]) -> None:
    known = {kpi.id for kpi in plan.kpis}
    strange = ~table["kpi"].isin(known)
    facts = {"known": ", ".join(sorted(known))}
    _add(found, "review.kpi.unknown", "kpi", np.nonzero(strange.to_numpy())[0], table["kpi"], facts)
    odd = ~table["status"].isin(STATUSES)
    facts = {"known": ", ".join(STATUSES)}
    _add(found, "review.status.unknown", "status", np.nonzero(odd.to_numpy())[0], table["status"], facts)


def _figures(table: pd.DataFrame, plan: ReviewPlan, found: list[Finding]) -> None:
    """Measured figures are there and can be: counts of rates, ends around values, shares of the period."""
    kpis = {kpi.id: kpi for kpi in plan.kpis}
    measured = (table["status"] == "measured").to_numpy()
    value, n, events, sd, lower, upper, in_force = (table[name].to_numpy() for name in ("value", *OPTIONAL[:-1]))
    _add(found, "review.value.missing", "value", np.nonzero(measured & np.isnan(value))[0])
    rate = measured & np.array([kpis[name].kind == "rate" for name in table["kpi"]], dtype=bool)
    uncounted = rate & ~((n > 0) & (events >= 0) & (events <= n))
    _add(found, "review.rate.counts", "events", np.nonzero(uncounted)[0], table["events"])
    falls = np.array([kpis[name].direction == "min" for name in table["kpi"]], dtype=bool)
    with np.errstate(invalid="ignore", divide="ignore"):
        good = events / n
        expected = np.where(falls, (n - events) / n, good)
        apart = rate & ~uncounted & (np.abs(expected - value) > 1e-9)
    _add(found, "review.rate.value", "value", np.nonzero(apart)[0], table["value"])
    _add(found, "review.cell.negative", "sd", np.nonzero(measured & (sd < 0))[0], table["sd"])
    _add(found, "review.ends.turned", "lower", np.nonzero(measured & (lower > upper))[0], table["lower"])
    _add(found, "review.in_force.range", "in_force", np.nonzero(~((in_force >= 0) & (in_force <= 1)))[0])


def period_figures(table: pd.DataFrame, plan: ReviewPlan, period: str, suppliers: tuple[str, ...]) -> PeriodFigures:
    """Give the arrays of one period from a checked table, for the suppliers named."""
    kpis = tuple(plan.tree.weights)
    supplier_at = {id_key(name): s for s, name in enumerate(suppliers)}
    rows = table[(table["period"] == period) & table["supplier"].map(id_key).isin(supplier_at)]
    shape = (len(kpis), len(suppliers))
    kpi_at = {kpi: k for k, kpi in enumerate(kpis)}
    k = np.array([kpi_at[name] for name in rows["kpi"]], dtype=int)
    s = np.array([supplier_at[id_key(name)] for name in rows["supplier"]], dtype=int)
    columns: dict[str, FloatArray] = {}
    for name in ("value", *OPTIONAL):
        columns[name] = np.full(shape, UNSAID.get(name, np.nan))
        columns[name][k, s] = rows[name].to_numpy(dtype=np.float64)
    status: npt.NDArray[np.object_] = np.full(shape, "no_data", dtype=object)
    for position, definition in ((kpi_at[kpi.id], kpi) for kpi in plan.kpis):
        named = {id_key(name) for name in definition.suppliers}
        others = [bool(named) and id_key(name) not in named for name in suppliers]
        status[position, others] = "not_applicable"
    status[k, s] = rows["status"].to_numpy(dtype=object)
    reason: npt.NDArray[np.object_] = np.full(shape, "", dtype=object)
    reason[k, s] = rows["reason"].to_numpy(dtype=object)
    return PeriodFigures(period, kpis, suppliers, columns, status, reason)


def suppliers_of(table: pd.DataFrame, period: str) -> tuple[str, ...]:
    """Suppliers that have a row in the period, in canonical order."""
    names = set(table.loc[table["period"] == period, "supplier"])
    return tuple(sorted(names, key=lambda name: (id_key(name), name)))


def _add(
    found: list[Finding],
    code: str,
    column: str,
    at: npt.NDArray[np.intp],
    cells: Any = None,  # noqa: ANN401 - a Series
    facts: Mapping[str, object] | None = None,
) -> None:
    """One finding for all rows in which something is wrong; the header is row 1."""
    if len(at) == 0:
        return
    rows = tuple(int(i) + 2 for i in at)
    value = "" if cells is None else ", ".join(dict.fromkeys(str(cells.iloc[i]) for i in at[:SHOWN]))
    found.append(Finding(code, TABLE, column, rows, value, facts or {}))
