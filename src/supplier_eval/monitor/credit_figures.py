"""The contract's raw figures for crediting, taken from KPI results; shrunken or scored figures are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding
from supplier_eval.monitor.credit_exclusions import CreditExclusion
from supplier_eval.monitor.credit_names import surplus, unmeasured
from supplier_eval.monitor.credit_parts import CreditKpi
from supplier_eval.monitor.credit_terms import CreditTerms
from supplier_eval.monitor.exact_amounts import exact, measured
from supplier_eval.monitor.series import TABLE

if TYPE_CHECKING:
    import pandas as pd

RAW = "raw"
NOT_DUE = "not_applicable"


@dataclass(frozen=True)
class CreditFigure:
    """What a KPI was in a period, for the contract.

    Parameters
    ----------
    value : Decimal or None
        The figure that is compared with the tiers, rounded as the contract says; None where there is none.
    as_measured : Decimal or None
        Before rounding and before an exclusion.
    status : {"measured", "not_assessable", "not_applicable", "excluded"}
        Whether it can be compared.
    reason : str
        Why not: ``too_few``, ``no_data``, ``missing``, or the grounds of the exclusion.
    at_least : bool
        Whether the true figure can only be worse (cases still open).
    """

    value: Decimal | None
    as_measured: Decimal | None
    status: str
    reason: str = ""
    at_least: bool = False


def credit_figures(
    results: object, terms: CreditTerms, period: str, exclusions: Iterable[CreditExclusion], found: list[Finding]
) -> dict[str, CreditFigure]:
    """Read the figure of every KPI of the terms.

    Parameters
    ----------
    results : object
        KPI results, a table with ``kpi`` and ``value`` (and ``status``, ``basis``, ``period``, ``supplier``,
        ``at_least`` where there are such), or figures by KPI.
    terms : CreditTerms
        The clause.
    period : str
        Label of the period.
    exclusions : iterable of CreditExclusion
        What both sides agreed not to count.
    found : list of Finding
        Findings are added to it.
    """
    rows = _rows(results, terms, period, found)
    agreed = _agreed(exclusions, terms, period, found)
    figures = {}
    for one in terms.kpis:
        figures[one.kpi] = _figure(one, rows.get(one.kpi), agreed.get(one.kpi), terms.rounding, found)
    return figures


def _figure(
    kpi: CreditKpi,
    row: Mapping[str, Any] | None,
    agreed: CreditExclusion | None,
    rounding: str,
    found: list[Finding],
) -> CreditFigure:
    as_measured = None if row is None else exact(row["value"])
    if row is not None and as_measured is None and not _missing(row["value"]):
        found.append(Finding("credits.value", "results", "value", value=str(row["value"])[:40], facts={"of": kpi.kpi}))
    unit = "" if row is None or _missing(row.get("unit")) else str(row["unit"])
    odd = kpi.unit and unit and unit != kpi.unit
    shares = bool(not kpi.unit and row is not None and row.get("kind") == "rate" and kpi.target > 1)
    if odd or shares or (as_measured is not None and kpi.other_scale(as_measured)):
        facts = {"of": kpi.kpi, "unit": unit or "–", "target": f"{kpi.target:f}", "stated": kpi.unit or "–"}
        found.append(Finding("credits.scale", "results", "value", value=str(as_measured), facts=facts))
    if agreed is not None:
        value = None if agreed.value is None else measured(agreed.value, kpi.places, rounding)
        return CreditFigure(value, as_measured, "excluded" if value is None else "measured", agreed.grounds)
    if row is None:
        return CreditFigure(None, None, "not_assessable", "missing")
    status = str(row.get("status", "measured"))
    if status == NOT_DUE:
        return CreditFigure(None, as_measured, NOT_DUE, NOT_DUE)
    if status != "measured" or as_measured is None:
        return CreditFigure(None, as_measured, "not_assessable", status if status != "measured" else "no_data")
    worse = str(row.get("at_least")).strip().casefold() in {"true", "1", "1.0"}
    return CreditFigure(measured(as_measured, kpi.places, rounding), as_measured, "measured", "", worse)


def _missing(cell: object) -> bool:
    return cell is None or cell != cell or type(cell).__name__ in {"NAType", "NaTType"}  # noqa: PLR0124 - NaN


def _rows(results: object, terms: CreditTerms, period: str, found: list[Finding]) -> dict[str, Mapping[str, Any]]:
    """One row a KPI, of this supplier and period."""
    frame = _frame(results)
    if frame is None:
        found.append(Finding("credits.no_results", TABLE, "results", value=type(results).__name__))
        return {}
    if "basis" in frame.columns and any(str(one) != RAW for one in frame["basis"]):
        other = next(str(one) for one in frame["basis"] if str(one) != RAW)
        found.append(Finding("credits.not_raw", "results", "basis", value=other))
        return {}
    for column in ("kpi", "value"):
        if column not in frame.columns:
            known = ", ".join(str(one) for one in frame.columns[:12])
            found.append(Finding("series.column", "results", column, facts={"known": known}))
            return {}
    found += _strange(results, frame, terms)
    if "period" in frame.columns and len(frame) and period not in set(frame["period"].astype(str)):
        facts = {"known": ", ".join(sorted(set(frame["period"].astype(str)))[-12:])}
        found.append(Finding("credits.period_absent", "results", "period", value=period, facts=facts))
    for column, wanted in (("supplier", terms.supplier), ("period", period)):
        if column in frame.columns:
            frame = frame[frame[column].astype(str) == wanted]
    rows: dict[str, Mapping[str, Any]] = {}
    for row in frame.to_dict("records"):
        name = str(row["kpi"])
        if name in rows:
            found.append(Finding("credits.result_twice", "results", "kpi", value=name))
        rows[name] = {str(key): cell for key, cell in row.items()}
    return rows


def _strange(results: object, frame: pd.DataFrame, terms: CreditTerms) -> list[Finding]:
    """Names that do not meet: of results by their definitions, of figures by name all, of a table only similar ones."""
    import pandas as pd

    names = [str(name) for name in frame["kpi"]]
    if isinstance(results, Mapping | pd.Series):
        return surplus(terms, names)
    if isinstance(results, pd.DataFrame):
        return unmeasured(terms, names, near_only=True)
    measured = [str(getattr(kpi, "id", kpi)) for kpi in getattr(results, "kpis", ())]
    return unmeasured(terms, measured or names, near_only=not measured)


def _frame(results: object) -> pd.DataFrame | None:
    import pandas as pd

    if isinstance(results, pd.DataFrame):
        return results
    if isinstance(results, pd.Series):
        results = results.to_dict()
    if isinstance(results, Mapping):
        values = pd.Series(list(results.values()), dtype=object)
        return pd.DataFrame({"kpi": [str(name) for name in results], "value": values})
    made = results.to_frame() if hasattr(results, "to_frame") and not isinstance(results, type | pd.Series) else None
    return made if isinstance(made, pd.DataFrame) else None


def _agreed(
    exclusions: Iterable[CreditExclusion], terms: CreditTerms, period: str, found: list[Finding]
) -> dict[str, CreditExclusion]:
    """Exclusions of this period by KPI; who approved them is not the supplier."""
    alone = isinstance(exclusions, CreditExclusion) or not isinstance(exclusions, Iterable)
    many: tuple[object, ...] = (exclusions,) if alone else tuple(exclusions)
    given = [one for one in many if isinstance(one, CreditExclusion)]
    if len(given) < len(many):
        found.append(Finding("credits.no_exclusions", TABLE, "exclusions", value=type(exclusions).__name__))
        return {}
    agreed: dict[str, CreditExclusion] = {}
    known = {one.kpi for one in terms.kpis}
    for one in given:
        if one.approved_by.strip().casefold() == terms.supplier.strip().casefold():
            found.append(Finding("credits.exclusion_by_supplier", TABLE, "approved_by", value=one.approved_by))
        if one.kpi not in known:
            found.append(Finding("credits.exclusion_unknown", TABLE, "exclusions", value=one.kpi))
        if one.period == period:
            if one.kpi in agreed:
                found.append(Finding("credits.exclusion_twice", TABLE, "exclusions", value=one.kpi))
            agreed[one.kpi] = one
    return agreed
