"""Many tenders: frames and files of bids, scored with the arithmetic of one tender.

``score_frame`` scores a table in memory; ``compile_plan`` and ``score_rows`` are its two halves, for whoever scores
piece by piece. ``score_dataset`` scores files larger than memory.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.batch.dataset import BatchProgress, score_dataset
    from supplier_eval.batch.frame_front import score_frame
    from supplier_eval.batch.plan import Plan, compile_plan
    from supplier_eval.batch.scoring import Scored, score_rows
    from supplier_eval.batch.summary import BatchSummary

_HOMES: dict[str, str] = {
    "BatchProgress": "dataset",
    "BatchSummary": "summary",
    "Plan": "plan",
    "Scored": "scoring",
    "compile_plan": "plan",
    "score_dataset": "dataset",
    "score_frame": "frame_front",
    "score_rows": "scoring",
}

__all__ = [
    "BatchProgress",
    "BatchSummary",
    "Plan",
    "Scored",
    "compile_plan",
    "score_dataset",
    "score_frame",
    "score_rows",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
