"""What is kept: records by kind, their life cycles, one store, one audit trail (§2, §3.2, §3.3, §4, §5.3, §7-§9)."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
    "HouseRules": "rules",
    "Record": "record",
    "Registry": "store",
    "Stored": "record",
    "amended": "contract_terms",
    "amounts_owed": "settlement_amounts",
    "check_days": "check_schedule",
    "complaint_clock": "complaint_times",
    "due_times": "complaint_times",
    "kind_named": "kinds",
    "kinds": "kinds",
    "late_payments": "payment_delays",
    "life_cycles": "kinds",
    "line_amount": "settlement_amounts",
    "map_policy": "policy_map",
    "open_problems": "contact_ageing",
    "outstanding": "contract_terms",
    "reopening": "complaint_times",
    "repeat_rate": "complaint_times",
    "review_security": "security_standing",
    "training_coverage": "guards.security_gaps",
    "unplanned_checks": "check_schedule",
    "valid_agreement": "guards.agreements",
}

__all__: list[str] = [
    "HouseRules",
    "Record",
    "Registry",
    "Stored",
    "amended",
    "amounts_owed",
    "check_days",
    "complaint_clock",
    "due_times",
    "kind_named",
    "kinds",
    "late_payments",
    "life_cycles",
    "line_amount",
    "map_policy",
    "open_problems",
    "outstanding",
    "reopening",
    "repeat_rate",
    "review_security",
    "training_coverage",
    "unplanned_checks",
    "valid_agreement",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
