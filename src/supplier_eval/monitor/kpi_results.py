"""What was measured: one row a period, supplier and KPI, by the contract's definition, with its interval and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang, known_language, message
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.period import Period
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["measured", "too_few", "no_data", "not_market_rated", "not_applicable"]
STATUSES: tuple[Status, ...] = ("measured", "too_few", "no_data", "not_market_rated", "not_applicable")
COLUMNS: Mapping[str, str] = {
    "period": "str",
    "supplier": "str",
    "kpi": "str",
    "unit": "str",
    "kind": "str",
    "direction": "str",
    "n": "int64",
    "events": "int64",
    "value": "float64",
    "lower": "float64",
    "upper": "float64",
    "sd": "float64",
    "target": "float64",
    "floor": "float64",
    "stretch": "float64",
    "weight": "float64",
    "benchmark": "float64",
    "meets_target": "boolean",
    "meets_floor": "boolean",
    "censored": "int64",
    "excluded": "int64",
    "asked": "int64",
    "denominator": "float64",
    "in_force": "float64",
    "at_least": "bool",
    "status": "str",
    "reason": "str",
}


@dataclass(frozen=True, eq=False)
class KpiResults(Shown):
    """KPIs as the contract defines them, for every period and supplier: raw figures, nothing shrunken or scored.

    Parameters
    ----------
    frame : DataFrame
        The rows, see `to_frame`.
    kpis : tuple of KpiDefinition
        What was measured, in the order of their ids.
    periods : tuple of Period
        Earliest first.
    suppliers : tuple of str
        Whose records were read, in canonical order.
    as_of : datetime
        What happened later is not known to the result.
    fingerprint : str
        SHA-256 of the definitions, periods and moment of knowledge.
    """

    frame: pd.DataFrame
    kpis: tuple[KpiDefinition, ...]
    periods: tuple[Period, ...]
    suppliers: tuple[str, ...]
    as_of: datetime
    fingerprint: str
    standing: Literal["exploratory"] = "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the definitions that were used."""
        return self.fingerprint

    def to_frame(self) -> pd.DataFrame:
        """One row a period, supplier and KPI, in that order; every combination has its row.

        Columns: ``period supplier kpi unit kind direction`` · ``n`` (records counted) · ``events`` (of a rate the GOOD
        ones; of a ratio what is counted) · ``value`` (the contract's figure; missing where there is none) ·
        ``lower upper`` (interval, docs/kpis.md) · ``sd`` (of single records, for means) ·
        ``target floor stretch weight benchmark`` · ``meets_target meets_floor`` (missing where nothing was measured or
        stated) · ``censored`` (open, not yet due) · ``excluded`` (left by a stated rule) · ``asked`` (questionnaires
        sent) · ``denominator`` (of a ratio: volume, units, agreed hours) · ``in_force`` (share of the period in which
        the contract ran, 0-1) · ``at_least`` (the value is a lower bound) · ``status reason``.

        For a rate that is better when low, ``value`` is the share of the bad ones: ``(n - events) / n``.
        """
        return self.frame.copy()

    def row(self, supplier: str, kpi: str, period: str | None = None) -> pd.Series:
        """The figures of one supplier and KPI, in the last period unless one is named."""
        label = period if period is not None else self.periods[-1].label
        for kind, name, known in (
            ("period", label, [one.label for one in self.periods]),
            ("supplier", supplier, self.suppliers),
            ("kpi", kpi, [one.id for one in self.kpis]),
        ):
            if name not in known:
                raise UnknownName(kind, name, known)
        at = (self.frame["period"] == label) & (self.frame["supplier"] == supplier) & (self.frame["kpi"] == kpi)
        return self.frame.loc[at].iloc[0]

    def explain(self, supplier: str, kpi: str, period: str | None = None, lang: Lang = "en") -> str:
        """How this figure came about, in sentences."""
        from supplier_eval.monitor.kpi_words import figure_words

        known_language(lang)
        definition = next((one for one in self.kpis if one.id == kpi), None)
        row = self.row(supplier, kpi, period)
        assert definition is not None
        return figure_words(definition, {str(key): cell for key, cell in row.items()}, lang)

    def reason_words(self, code: str, lang: Lang = "en") -> str:
        """What a code in the column ``reason`` says."""
        known_language(lang)
        return message(f"kpis.reason.{code}", lang) if code else ""

    def __repr__(self) -> str:
        span = (
            f"{self.periods[0].label} to {self.periods[-1].label}" if len(self.periods) > 1 else self.periods[0].label
        )
        return f"KpiResults({len(self.kpis)} KPIs, {len(self.suppliers)} suppliers, {span})"
