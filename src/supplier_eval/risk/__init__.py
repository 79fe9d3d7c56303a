"""What may go wrong: risk matrices that are checked before use, failure modes, concentration, annual losses."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.risk.altman import ALTMAN_VARIANTS, AltmanVariant
    from supplier_eval.risk.concentration_front import concentration
    from supplier_eval.risk.concentration_result import Concentration, Concentrations
    from supplier_eval.risk.financial_front import altman_z
    from supplier_eval.risk.financial_result import AltmanScore, AltmanScores
    from supplier_eval.risk.fmea_front import FailureMode, FailureModes, rate_failure_modes
    from supplier_eval.risk.indicator_backtest import backtest_indicators
    from supplier_eval.risk.indicator_backtest_result import IndicatorBacktest, IndicatorBacktests
    from supplier_eval.risk.indicator_front import watch_indicators
    from supplier_eval.risk.indicator_plan import Indicator, IndicatorPlan, Trigger
    from supplier_eval.risk.indicator_proposals import ProposedThreshold, ProposedThresholds, propose_thresholds
    from supplier_eval.risk.indicator_states import IndicatorReading
    from supplier_eval.risk.indicator_warnings import IndicatorWarning
    from supplier_eval.risk.indicator_watch import IndicatorStatus, IndicatorWatch
    from supplier_eval.risk.loss_figures import Estimate
    from supplier_eval.risk.losses import simulate_losses
    from supplier_eval.risk.losses_exact import exact_losses
    from supplier_eval.risk.losses_exact_result import Bounded, ExactLosses
    from supplier_eval.risk.losses_result import AnnualLosses
    from supplier_eval.risk.matrix import Bands, RiskMatrix
    from supplier_eval.risk.matrix_front import MatrixCheck, check_matrix
    from supplier_eval.risk.matrix_places import PlacedRisk, PlacedRisks, place_risks
    from supplier_eval.risk.misordering import Misordering
    from supplier_eval.risk.register_entries import RatedOn, RegisteredRisk, RiskLevel
    from supplier_eval.risk.register_front import RiskRegister

_HOMES = {
    "ALTMAN_VARIANTS": "altman",
    "AltmanScore": "financial_result",
    "AltmanScores": "financial_result",
    "AltmanVariant": "altman",
    "AnnualLosses": "losses_result",
    "Bands": "matrix",
    "Bounded": "losses_exact_result",
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
    "MatrixCheck": "matrix_front",
    "Misordering": "misordering",
    "PlacedRisk": "matrix_places",
    "PlacedRisks": "matrix_places",
    "ProposedThreshold": "indicator_proposals",
    "ProposedThresholds": "indicator_proposals",
    "RatedOn": "register_entries",
    "RegisteredRisk": "register_entries",
    "RiskLevel": "register_entries",
    "RiskMatrix": "matrix",
    "RiskRegister": "register_front",
    "Trigger": "indicator_plan",
    "altman_z": "financial_front",
    "backtest_indicators": "indicator_backtest",
    "check_matrix": "matrix_front",
    "concentration": "concentration_front",
    "exact_losses": "losses_exact",
    "place_risks": "matrix_places",
    "propose_thresholds": "indicator_proposals",
    "rate_failure_modes": "fmea_front",
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
    "MatrixCheck",
    "Misordering",
    "PlacedRisk",
    "PlacedRisks",
    "ProposedThreshold",
    "ProposedThresholds",
    "RatedOn",
    "RegisteredRisk",
    "RiskLevel",
    "RiskMatrix",
    "RiskRegister",
    "Trigger",
    "altman_z",
    "backtest_indicators",
    "check_matrix",
    "concentration",
    "exact_losses",
    "place_risks",
    "propose_thresholds",
    "rate_failure_modes",
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
