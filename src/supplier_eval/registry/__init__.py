"""What is kept: records by kind, their life cycles, one store, one audit trail (§2, §3.2, §3.3, §4, §5.3, §7-§9)."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
    "HouseRules": "rules",
    "Record": "record",
    "Registry": "store",
    "Stored": "record",
    "kind_named": "kinds",
    "kinds": "kinds",
    "life_cycles": "kinds",
}

__all__: list[str] = [
    "HouseRules",
    "Record",
    "Registry",
    "Stored",
    "kind_named",
    "kinds",
    "life_cycles",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
