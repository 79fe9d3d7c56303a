"""What is kept: records by kind, their life cycles, one store, one audit trail (§2, §3.2, §3.3, §4, §5.3, §7-§9)."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
    "Anchor": "audit",
    "AuditVerdict": "audit_verify",
    "HouseRules": "rules",
    "Record": "record",
    "Registry": "store",
    "Stored": "record",
    "amended": "contract_terms",
    "amounts_owed": "settlement_amounts",
    "check_days": "check_schedule",
    "complaint_clock": "complaint_times",
    "dashboard": "views_dashboard",
    "due_times": "complaint_times",
    "due_until": "views_due",
    "export_folder": "export_files",
    "find_records": "views_find",
    "head_anchor": "verification",
    "import_file": "import_table",
    "import_folder": "import_files",
    "kind_named": "catalogue",
    "kinds": "catalogue",
    "late_payments": "payment_delays",
    "life_cycles": "catalogue",
    "line_amount": "settlement_amounts",
    "map_policy": "policy_map",
    "open_problems": "contact_ageing",
    "opening_record": "views_opening",
    "outstanding": "contract_terms",
    "record_history": "views_history",
    "reopening": "complaint_times",
    "repeat_rate": "complaint_times",
    "review_security": "security_standing",
    "supplier_archive": "views_archive",
    "training_coverage": "guards.security_gaps",
    "unplanned_checks": "check_schedule",
    "valid_agreement": "guards.agreements",
    "verify_store": "verification",
}

__all__: list[str] = [
    "Anchor",
    "AuditVerdict",
    "HouseRules",
    "Record",
    "Registry",
    "Stored",
    "amended",
    "amounts_owed",
    "check_days",
    "complaint_clock",
    "dashboard",
    "due_times",
    "due_until",
    "export_folder",
    "find_records",
    "head_anchor",
    "import_file",
    "import_folder",
    "kind_named",
    "kinds",
    "late_payments",
    "life_cycles",
    "line_amount",
    "map_policy",
    "open_problems",
    "opening_record",
    "outstanding",
    "record_history",
    "reopening",
    "repeat_rate",
    "review_security",
    "supplier_archive",
    "training_coverage",
    "unplanned_checks",
    "valid_agreement",
    "verify_store",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
