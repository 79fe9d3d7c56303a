"""Does the supplier deliver: KPIs, estimates, scorecards, grades, charts, credits (§3.3.2, §4.3, §5)."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
    "KpiDefinition": "kpi_definitions",
    "KpiResults": "kpi_results",
    "Period": "period",
    "RATE_INTERVALS": "rate_intervals",
    "rate_interval": "rate_intervals",
    "shrink_rates": "shrinkage_front",
    "shrink_means": "shrinkage_front",
    "smoothed": "decay",
    "age_weights": "decay",
    "Shrunken": "shrunken",
}

__all__: list[str] = [
    "KpiDefinition",
    "KpiResults",
    "Period",
    "RATE_INTERVALS",
    "rate_interval",
    "Shrunken",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
