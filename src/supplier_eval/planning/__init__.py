"""Should we outsource? Needs assessed, options compared by cost, quality and risk (§2.1, §2.2)."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.planning.costs import cost_options
    from supplier_eval.planning.costs_result import BreakEvenVolume, CostLine, OptionCost, OptionCosts
    from supplier_eval.planning.folder import PlanningAnswers, answer_plan
    from supplier_eval.planning.from_registry import assess_registry, file_report, mark_records, registry_needs
    from supplier_eval.planning.needs import assess_needs
    from supplier_eval.planning.needs_result import NeedAssessment, NeedAssessments
    from supplier_eval.planning.options import compare_options
    from supplier_eval.planning.options_result import OptionComparison
    from supplier_eval.planning.plan import PlanningPlan
    from supplier_eval.planning.switching import SwitchingValues, switching_values

_HOMES: dict[str, str] = {
    "BreakEvenVolume": "costs_result",
    "CostLine": "costs_result",
    "NeedAssessment": "needs_result",
    "NeedAssessments": "needs_result",
    "OptionComparison": "options_result",
    "OptionCost": "costs_result",
    "OptionCosts": "costs_result",
    "PlanningAnswers": "folder",
    "PlanningPlan": "plan",
    "SwitchingValues": "switching",
    "answer_plan": "folder",
    "assess_needs": "needs",
    "assess_registry": "from_registry",
    "compare_options": "options",
    "cost_options": "costs",
    "file_report": "from_registry",
    "mark_records": "from_registry",
    "registry_needs": "from_registry",
    "switching_values": "switching",
}

__all__: list[str] = [
    "BreakEvenVolume",
    "CostLine",
    "NeedAssessment",
    "NeedAssessments",
    "OptionComparison",
    "OptionCost",
    "OptionCosts",
    "PlanningAnswers",
    "PlanningPlan",
    "SwitchingValues",
    "answer_plan",
    "assess_needs",
    "assess_registry",
    "compare_options",
    "cost_options",
    "file_report",
    "mark_records",
    "registry_needs",
    "switching_values",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
