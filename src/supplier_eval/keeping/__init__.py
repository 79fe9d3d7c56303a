"""Between the registry and the work: tenders out of it; results, scorecards, ratings and warnings into it."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
    "keep_evaluation": "results",
    "keep_ratings": "reviews",
    "keep_review": "reviews",
    "keep_warnings": "raised_warnings",
    "propose_award": "results",
    "registered_tender": "agreement",
    "write_tender_folder": "folder",
}

__all__: list[str] = [
    "keep_evaluation",
    "keep_ratings",
    "keep_review",
    "keep_warnings",
    "propose_award",
    "registered_tender",
    "write_tender_folder",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
