"""What may go wrong: risk matrices that are checked before use, failure modes, concentration, annual losses."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.risk.concentration_front import concentration
    from supplier_eval.risk.concentration_result import Concentration, Concentrations
    from supplier_eval.risk.fmea_front import FailureMode, FailureModes, rate_failure_modes
    from supplier_eval.risk.loss_figures import Estimate
    from supplier_eval.risk.losses import simulate_losses
    from supplier_eval.risk.losses_exact import exact_losses
    from supplier_eval.risk.losses_exact_result import Bounded, ExactLosses
    from supplier_eval.risk.losses_result import AnnualLosses
    from supplier_eval.risk.matrix import Bands, RiskMatrix
    from supplier_eval.risk.matrix_front import MatrixCheck, check_matrix
    from supplier_eval.risk.matrix_places import PlacedRisk, PlacedRisks, place_risks
    from supplier_eval.risk.misordering import Misordering

_HOMES = {
    "AnnualLosses": "losses_result",
    "Bands": "matrix",
    "Bounded": "losses_exact_result",
    "Concentration": "concentration_result",
    "Concentrations": "concentration_result",
    "Estimate": "loss_figures",
    "ExactLosses": "losses_exact_result",
    "FailureMode": "fmea_front",
    "FailureModes": "fmea_front",
    "MatrixCheck": "matrix_front",
    "Misordering": "misordering",
    "PlacedRisk": "matrix_places",
    "PlacedRisks": "matrix_places",
    "RiskMatrix": "matrix",
    "check_matrix": "matrix_front",
    "concentration": "concentration_front",
    "exact_losses": "losses_exact",
    "place_risks": "matrix_places",
    "rate_failure_modes": "fmea_front",
    "simulate_losses": "losses",
}

__all__ = [
    "AnnualLosses",
    "Bands",
    "Bounded",
    "Concentration",
    "Concentrations",
    "Estimate",
    "ExactLosses",
    "FailureMode",
    "FailureModes",
    "MatrixCheck",
    "Misordering",
    "PlacedRisk",
    "PlacedRisks",
    "RiskMatrix",
    "check_matrix",
    "concentration",
    "exact_losses",
    "place_risks",
    "rate_failure_modes",
    "simulate_losses",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
