"""Does the order hold? Other weights, methods, evaluators, prices and bids; everything here is exploratory.

``weight_stability`` and ``smallest_change`` (exact, around the published weights), ``rank_acceptability`` and
``exact_acceptability`` (a region of weights), ``break_even``, ``rank_reversal``, ``leave_one_evaluator_out``,
``compare_methods``, ``what_if``; before publication ``rehearse``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.robustness.acceptability_front import rank_acceptability
    from supplier_eval.robustness.acceptability_result import Acceptability
    from supplier_eval.robustness.breakeven import BreakEven, break_even
    from supplier_eval.robustness.change_front import SmallestChange, smallest_change
    from supplier_eval.robustness.exact_front import ExactAcceptability, exact_acceptability
    from supplier_eval.robustness.methods import MethodComparison, compare_methods
    from supplier_eval.robustness.objective_front import critic_weights, entropy_weights, merec_weights
    from supplier_eval.robustness.optimality_front import potential_optimality
    from supplier_eval.robustness.panel_influence import PanelInfluence, leave_one_evaluator_out
    from supplier_eval.robustness.rehearsal import Rehearsal, publication_findings, rehearse
    from supplier_eval.robustness.reversal import RankReversal, rank_reversal
    from supplier_eval.robustness.stability_front import WeightStability, weight_stability
    from supplier_eval.robustness.study import RobustnessStudy, robustness_study
    from supplier_eval.robustness.top_level_sheet import top_level
    from supplier_eval.robustness.uncertain_tender import tender_draws
    from supplier_eval.robustness.verdict import Verdict
    from supplier_eval.robustness.weight_lines import ScoreLines, score_lines
    from supplier_eval.robustness.whatif import WhatIf, what_if

_HOMES = {
    "Acceptability": "acceptability_result",
    "BreakEven": "breakeven",
    "ExactAcceptability": "exact_front",
    "MethodComparison": "methods",
    "PanelInfluence": "panel_influence",
    "RankReversal": "reversal",
    "Rehearsal": "rehearsal",
    "RobustnessStudy": "study",
    "ScoreLines": "weight_lines",
    "SmallestChange": "change_front",
    "Verdict": "verdict",
    "WeightStability": "stability_front",
    "WhatIf": "whatif",
    "break_even": "breakeven",
    "compare_methods": "methods",
    "critic_weights": "objective_front",
    "entropy_weights": "objective_front",
    "exact_acceptability": "exact_front",
    "leave_one_evaluator_out": "panel_influence",
    "merec_weights": "objective_front",
    "potential_optimality": "optimality_front",
    "publication_findings": "rehearsal",
    "rank_acceptability": "acceptability_front",
    "rank_reversal": "reversal",
    "rehearse": "rehearsal",
    "robustness_study": "study",
    "score_lines": "weight_lines",
    "smallest_change": "change_front",
    "tender_draws": "uncertain_tender",
    "top_level": "top_level_sheet",
    "weight_stability": "stability_front",
    "what_if": "whatif",
}

__all__ = [
    "Acceptability",
    "BreakEven",
    "ExactAcceptability",
    "MethodComparison",
    "PanelInfluence",
    "RankReversal",
    "Rehearsal",
    "RobustnessStudy",
    "ScoreLines",
    "SmallestChange",
    "Verdict",
    "WeightStability",
    "WhatIf",
    "break_even",
    "compare_methods",
    "critic_weights",
    "entropy_weights",
    "exact_acceptability",
    "leave_one_evaluator_out",
    "merec_weights",
    "potential_optimality",
    "publication_findings",
    "rank_acceptability",
    "rank_reversal",
    "rehearse",
    "robustness_study",
    "score_lines",
    "smallest_change",
    "tender_draws",
    "top_level",
    "weight_stability",
    "what_if",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
