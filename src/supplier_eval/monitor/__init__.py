"""Does the supplier deliver: KPIs, estimates, scorecards, grades, charts, credits (§3.3.2, §4.3, §5)."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
    "age_weights": "decay",
    "BusinessClock": "kpis",
    "control_chart": "chart_front",
    "ControlChart": "chart_result",
    "CreditExclusion": "credit_exclusions",
    "CreditKpi": "credit_parts",
    "CreditTerms": "credit_terms",
    "CreditTier": "credit_parts",
    "CriticalEvent": "critical_events",
    "EarnBack": "credit_parts",
    "KpiDefinition": "kpi_definitions",
    "KpiResults": "kpi_results",
    "measure_kpis": "kpis",
    "percentile": "percentiles",
    "Period": "period",
    "PeriodReview": "period_review",
    "PortfolioAlarms": "portfolio_alarms",
    "price_levels": "price_level",
    "Proposal": "consequences",
    "rate_interval": "rate_intervals",
    "RATE_INTERVALS": "rate_intervals",
    "read_service_records": "record_reading",
    "review_period": "reviewing",
    "review_periods": "reviewing",
    "ReviewPlan": "plan",
    "Scorecard": "scorecard",
    "service_credits": "crediting",
    "ServiceCredits": "credit_result",
    "ServiceRecords": "records",
    "shrink_means": "shrinkage_front",
    "shrink_rates": "shrinkage_front",
    "Shrunken": "shrunken",
    "smoothed": "decay",
    "trend_test": "trend_front",
    "TrendTest": "trend_result",
    "watch_portfolio": "portfolio_alarms",
    "ParetoCauses": "pareto",
    "pareto_of_causes": "pareto",
    "SamplingPlan": "sampling_plan",
    "single_sampling_plan": "sampling_plan",
    "SpotCheckDraw": "spot_checks",
    "draw_spot_checks": "spot_checks",
}

__all__: list[str] = [
    "RATE_INTERVALS",
    "BusinessClock",
    "ControlChart",
    "CreditExclusion",
    "CreditKpi",
    "CreditTerms",
    "CreditTier",
    "CriticalEvent",
    "EarnBack",
    "KpiDefinition",
    "KpiResults",
    "Period",
    "PeriodReview",
    "PortfolioAlarms",
    "Proposal",
    "ReviewPlan",
    "Scorecard",
    "ServiceCredits",
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
    "review_period",
    "review_periods",
    "service_credits",
    "shrink_means",
    "shrink_rates",
    "smoothed",
    "trend_test",
    "watch_portfolio",
    "ParetoCauses",
    "pareto_of_causes",
    "SamplingPlan",
    "single_sampling_plan",
    "SpotCheckDraw",
    "draw_spot_checks",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
