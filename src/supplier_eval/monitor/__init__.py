"""Does the supplier deliver: KPIs, estimates, scorecards, grades, charts, credits (§3.3.2, §4.3, §5)."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
    "age_weights": "decay",
    "control_chart": "chart_front",
    "ControlChart": "chart_result",
    "KpiDefinition": "kpi_definitions",
    "KpiResults": "kpi_results",
    "Period": "period",
    "PortfolioAlarms": "portfolio_alarms",
    "rate_interval": "rate_intervals",
    "RATE_INTERVALS": "rate_intervals",
    "ReviewPlan": "plan",
    "shrink_means": "shrinkage_front",
    "shrink_rates": "shrinkage_front",
    "Shrunken": "shrunken",
    "smoothed": "decay",
    "watch_portfolio": "portfolio_alarms",
    "CreditExclusion": "credit_exclusions",
    "CreditKpi": "credit_parts",
    "CreditTerms": "credit_terms",
    "CreditTier": "credit_parts",
    "EarnBack": "credit_parts",
    "ServiceCredits": "credit_result",
    "service_credits": "crediting",
    "TrendTest": "trend_result",
    "trend_test": "trend_front",
    "BusinessClock": "kpis",
    "measure_kpis": "kpis",
    "ServiceRecords": "records",
    "read_service_records": "record_reading",
    "price_levels": "price_level",
    "percentile": "percentiles",
}

__all__: list[str] = [
    "RATE_INTERVALS",
    "BusinessClock",
    "ControlChart",
    "KpiDefinition",
    "KpiResults",
    "Period",
    "PortfolioAlarms",
    "ReviewPlan",
    "ServiceRecords",
    "Shrunken",
    "TrendTest",
    "age_weights",
    "control_chart",
    "measure_kpis",
    "percentile",
    "price_levels",
    "rate_interval",
    "read_service_records",
    "shrink_means",
    "shrink_rates",
    "smoothed",
    "trend_test",
    "watch_portfolio",
    "CreditExclusion",
    "CreditKpi",
    "CreditTerms",
    "CreditTier",
    "EarnBack",
    "ServiceCredits",
    "service_credits",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
