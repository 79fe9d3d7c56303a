"""Control charts of measured KPIs: each kind of KPI gets the chart that fits it, key steps stricter limits (§5.2.2)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import Finding, UnknownName
from supplier_eval.monitor.chart_front import control_chart
from supplier_eval.monitor.chart_result import ControlChart
from supplier_eval.monitor.kpi_results import KpiResults
from supplier_eval.monitor.series import TABLE, refuse_all

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.monitor.kpi_definitions import KpiDefinition

PER_VOLUME = ("defects_per_unit", "complaints_per_volume")
SEPARATOR = " · "
SHARE = "share"


def chart_kpi(results: KpiResults, supplier: str, kpi: str, **asked: Any) -> ControlChart:  # noqa: ANN401 - as control_chart
    """Chart one KPI of one supplier over the periods that were measured.

    Parameters
    ----------
    results : KpiResults
        Of several periods.
    supplier, kpi : str
        Ids.
    **asked : object
        As `control_chart` takes them (`baseline`, `rules`, `phases`, ...); `kind`, `n`, `labels`, `name`, `unit` and
        `key_step` follow from the KPI unless given.

    Returns
    -------
    ControlChart
        Rates as a Laney p' chart of the cases that were *not* good, events per volume as a Laney u' chart, all else
        (means, percentiles, availability, price level) as individual values. A period without work, or that could not
        be assessed, is a gap.

    Raises
    ------
    InvalidInput
        No KPI results, or what `control_chart` refuses.
    UnknownName
        No such supplier or KPI.
    """
    frame, definitions = _taken(results)
    for what, name, known in (("supplier", supplier, results.suppliers), ("kpi", kpi, tuple(definitions))):
        if name not in known:
            raise UnknownName(what, name, known)
    own = frame[(frame["supplier"] == supplier) & (frame["kpi"] == kpi)]
    return _charted(own, definitions[kpi], supplier, asked)


def chart_kpis(
    results: KpiResults,
    *,
    suppliers: Iterable[str] | None = None,
    kpis: Iterable[str] | None = None,
    **asked: Any,  # noqa: ANN401 - as control_chart
) -> dict[str, ControlChart]:
    """Chart many KPIs at once, by ``supplier · kpi``, as `watch_portfolio` takes them.

    Parameters
    ----------
    results : KpiResults
        Of several periods.
    suppliers, kpis : iterable of str, optional
        Ids; all by default. KPIs that are not measured for a supplier are passed over.
    **asked : object
        As in `chart_kpi`; the kind follows from each KPI.

    Raises
    ------
    InvalidInput
        As `chart_kpi`.
    UnknownName
        No such supplier or KPI.
    """
    frame, definitions = _taken(results)
    wanted = (_named(suppliers, "supplier", results.suppliers), _named(kpis, "kpi", tuple(definitions)))
    charts = {}
    for (supplier, kpi), own in frame.groupby(["supplier", "kpi"], sort=True):
        if supplier not in wanted[0] or kpi not in wanted[1] or (own["status"] == "not_applicable").all():
            continue
        charts[f"{supplier}{SEPARATOR}{kpi}"] = _charted(own, definitions[str(kpi)], str(supplier), asked)
    return charts


def _taken(results: object) -> tuple[pd.DataFrame, dict[str, KpiDefinition]]:
    if not isinstance(results, KpiResults):
        refuse_all([Finding("credits.no_results", TABLE, "results", value=type(results).__name__)])
    assert isinstance(results, KpiResults)
    return results.frame, {one.id: one for one in results.kpis}


def _named(given: Iterable[str] | None, what: str, known: tuple[str, ...]) -> tuple[str, ...]:
    names = known if given is None else (given,) if isinstance(given, str) else tuple(given)
    for name in names:
        if name not in known:
            raise UnknownName(what, name, known)
    return names


def _charted(own: pd.DataFrame, kpi: KpiDefinition, supplier: str, asked: dict[str, Any]) -> ControlChart:
    settled: dict[str, Any] = {
        "labels": own["period"].tolist(),
        "name": f"{supplier}{SEPARATOR}{kpi.id}",
        "key_step": kpi.key_step,
    }
    n, events = (own[name].to_numpy(dtype=np.float64) for name in ("n", "events"))
    kind = asked.get("kind") or _kind(kpi)
    if kind in {"p", "np", "laney_p"} and kpi.kind == "rate":
        figures, settled["n"] = np.where(n > 0, n - events, math.nan), n
    elif kind in {"u", "laney_u"} and kpi.measure in PER_VOLUME:
        volume = own["denominator"].to_numpy(dtype=np.float64)
        figures, settled["n"] = np.where(volume > 0, events, math.nan), np.nan_to_num(volume)
    else:
        measured = (own["status"] == "measured").to_numpy()
        figures = np.where(measured, own["value"].to_numpy(dtype=np.float64), math.nan)
        settled["unit"] = kpi.shown_unit
        if kind == "xmr" and kpi.shown_unit == SHARE:
            settled["bounds"] = (0.0, 1.0)
    return control_chart(figures, **{**settled, "kind": kind, **asked})


def _kind(kpi: KpiDefinition) -> str:
    if kpi.kind == "rate":
        return "laney_p"
    return "laney_u" if kpi.measure in PER_VOLUME else "xmr"
