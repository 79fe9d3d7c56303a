"""From bids to values on 0-100: value functions, price formulas, panel marks; `score_bids` is the front."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.score.build import score_bids
    from supplier_eval.score.panel_front import PanelAgreement, panel_agreement
    from supplier_eval.score.price import PRICE_FORMULAS, register_price_formula
    from supplier_eval.score.price_front import price_scores
    from supplier_eval.score.sheet import ScoreSheet
    from supplier_eval.score.value import VALUE_FUNCTIONS

_HOMES = {
    "PRICE_FORMULAS": "price",
    "PanelAgreement": "panel_front",
    "ScoreSheet": "sheet",
    "VALUE_FUNCTIONS": "value",
    "panel_agreement": "panel_front",
    "price_scores": "price_front",
    "register_price_formula": "price",
    "score_bids": "build",
}

__all__ = [
    "PRICE_FORMULAS",
    "VALUE_FUNCTIONS",
    "PanelAgreement",
    "ScoreSheet",
    "panel_agreement",
    "price_scores",
    "register_price_formula",
    "score_bids",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
