"""What may go wrong: risk matrices that are checked before use, failure modes, concentration, annual losses.

Clauses of the policy (§1.3.3).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.risk.altman import ALTMAN_VARIANTS, AltmanVariant
    from supplier_eval.risk.answers import RiskAnswers
    from supplier_eval.risk.concentration_front import concentration
    from supplier_eval.risk.concentration_result import Concentration, Concentrations
    from supplier_eval.risk.financial_front import altman_z
    from supplier_eval.risk.financial_result import AltmanScore, AltmanScores
    from supplier_eval.risk.fmea_front import FailureMode, FailureModes, rate_failure_modes
    from supplier_eval.risk.folder_answers import answer_folder
    from supplier_eval.risk.indicator_backtest import backtest_indicators
    from supplier_eval.risk.indicator_backtest_result import IndicatorBacktest, IndicatorBacktests
    from supplier_eval.risk.indicator_front import watch_indicators
    from supplier_eval.risk.indicator_plan import Indicator, IndicatorPlan, Trigger
    from supplier_eval.risk.indicator_proposals import ProposedThreshold, ProposedThresholds, propose_thresholds
    from supplier_eval.risk.indicator_states import IndicatorReading
    from supplier_eval.risk.indicator_warnings import IndicatorWarning
    from supplier_eval.risk.indicator_watch import IndicatorStatus, IndicatorWatch
    from supplier_eval.risk.kraljic_front import kraljic
    from supplier_eval.risk.kraljic_result import KraljicPortfolio, KraljicPosition
    from supplier_eval.risk.loss_figures import Estimate
    from supplier_eval.risk.losses import simulate_losses
    from supplier_eval.risk.losses_exact import exact_losses
    from supplier_eval.risk.losses_exact_result import Bounded, ExactLosses
    from supplier_eval.risk.losses_result import AnnualLosses
    from supplier_eval.risk.matrix import Bands, RiskMatrix
    from supplier_eval.risk.matrix_front import MatrixCheck, check_matrix
    from supplier_eval.risk.matrix_places import PlacedRisk, PlacedRisks, place_risks
    from supplier_eval.risk.measure_choice import BudgetStep, MeasureChoice, choose_measures
    from supplier_eval.risk.measure_tails import TailComparison, compare_tails
    from supplier_eval.risk.misordering import Misordering
    from supplier_eval.risk.rating_front import rate_risks
    from supplier_eval.risk.rating_plan import RatingKnockOut, RatingLevel, RatingMeasure, RatingPlan
    from supplier_eval.risk.rating_result import RatedMeasure, RatingChange, RiskRating, SupplierRating
    from supplier_eval.risk.register_entries import RatedOn, RegisteredRisk, RiskLevel
    from supplier_eval.risk.register_front import RiskRegister
    from supplier_eval.risk.response_front import ResidualRisk, RiskResponses, assess_responses
    from supplier_eval.risk.response_records import Measure, RiskResponse

_HOMES = {
    "ALTMAN_VARIANTS": "altman",
    "AltmanScore": "financial_result",
    "AltmanScores": "financial_result",
    "AltmanVariant": "altman",
    "AnnualLosses": "losses_result",
    "Bands": "matrix",
    "Bounded": "losses_exact_result",
    "BudgetStep": "measure_choice",
    "Concentration": "concentration_result",
    "Concentrations": "concentration_result",
    "Estimate": "loss_figures",
    "ExactLosses": "losses_exact_result",
    "FailureMode": "fmea_front",
    "FailureModes": "fmea_front",
    "Indicator": "indicator_plan",
    "IndicatorBacktest": "indicator_backtest_result",
    "IndicatorBacktests": "indicator_backtest_result",
    "IndicatorPlan": "indicator_plan",
    "IndicatorReading": "indicator_states",
    "IndicatorStatus": "indicator_watch",
    "IndicatorWarning": "indicator_warnings",
    "IndicatorWatch": "indicator_watch",
    "KraljicPortfolio": "kraljic_result",
    "KraljicPosition": "kraljic_result",
    "MatrixCheck": "matrix_front",
    "Measure": "response_records",
    "MeasureChoice": "measure_choice",
    "Misordering": "misordering",
    "PlacedRisk": "matrix_places",
    "PlacedRisks": "matrix_places",
    "ProposedThreshold": "indicator_proposals",
    "ProposedThresholds": "indicator_proposals",
    "RatedMeasure": "rating_result",
    "RatedOn": "register_entries",
    "RatingChange": "rating_result",
    "RatingKnockOut": "rating_plan",
    "RatingLevel": "rating_plan",
    "RatingMeasure": "rating_plan",
    "RatingPlan": "rating_plan",
    "RegisteredRisk": "register_entries",
    "ResidualRisk": "response_front",
    "RiskAnswers": "answers",
    "RiskLevel": "register_entries",
    "RiskMatrix": "matrix",
    "RiskRating": "rating_result",
    "RiskRegister": "register_front",
    "RiskResponse": "response_records",
    "RiskResponses": "response_front",
    "SupplierRating": "rating_result",
    "TailComparison": "measure_tails",
    "Trigger": "indicator_plan",
    "altman_z": "financial_front",
    "answer_folder": "folder_answers",
    "assess_responses": "response_front",
    "backtest_indicators": "indicator_backtest",
    "check_matrix": "matrix_front",
    "choose_measures": "measure_choice",
    "compare_tails": "measure_tails",
    "concentration": "concentration_front",
    "exact_losses": "losses_exact",
    "kraljic": "kraljic_front",
    "place_risks": "matrix_places",
    "propose_thresholds": "indicator_proposals",
    "rate_failure_modes": "fmea_front",
    "rate_risks": "rating_front",
    "simulate_losses": "losses",
    "watch_indicators": "indicator_front",
}

__all__ = [
    "ALTMAN_VARIANTS",
    "AltmanScore",
    "AltmanScores",
    "AltmanVariant",
    "AnnualLosses",
    "Bands",
    "Bounded",
    "BudgetStep",
    "Concentration",
    "Concentrations",
    "Estimate",
    "ExactLosses",
    "FailureMode",
    "FailureModes",
    "Indicator",
    "IndicatorBacktest",
    "IndicatorBacktests",
    "IndicatorPlan",
    "IndicatorReading",
    "IndicatorStatus",
    "IndicatorWarning",
    "IndicatorWatch",
    "KraljicPortfolio",
    "KraljicPosition",
    "MatrixCheck",
    "Measure",
    "MeasureChoice",
    "Misordering",
    "PlacedRisk",
    "PlacedRisks",
    "ProposedThreshold",
    "ProposedThresholds",
    "RatedMeasure",
    "RatedOn",
    "RatingChange",
    "RatingKnockOut",
    "RatingLevel",
    "RatingMeasure",
    "RatingPlan",
    "RegisteredRisk",
    "ResidualRisk",
    "RiskAnswers",
    "RiskLevel",
    "RiskMatrix",
    "RiskRating",
    "RiskRegister",
    "RiskResponse",
    "RiskResponses",
    "SupplierRating",
    "TailComparison",
    "Trigger",
    "altman_z",
    "answer_folder",
    "assess_responses",
    "backtest_indicators",
    "check_matrix",
    "choose_measures",
    "compare_tails",
    "concentration",
    "exact_losses",
    "kraljic",
    "place_risks",
    "propose_thresholds",
    "rate_failure_modes",
    "rate_risks",
    "simulate_losses",
    "watch_indicators",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
