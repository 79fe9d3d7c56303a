"""What every declared document (policy, plan) does with its plain data: one fingerprint, one TOML text, one way back.

The fingerprint is the SHA-256 of the canonical form: keys sorted, decimals without trailing zeros.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Any

from supplier_eval.policy.criteria import Declared

EXACT = Context(prec=60)


def fingerprint_of(data: Mapping[str, Any]) -> str:
    """``sha256:…`` of plain data; neither the order of keys nor ``30`` against ``30.0`` changes it."""
    text = json.dumps(_canonical(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def toml_text(data: Mapping[str, Any]) -> str:
    """TOML that reads back as equal data: no None, decimals without exponent, integers where whole."""
    import tomli_w

    return tomli_w.dumps(_sayable(data))


def undeclared(change: Any) -> Any:  # noqa: ANN401 - any field
    """Declared parts as plain data, also inside lists."""
    if isinstance(change, Declared):
        return change.model_dump(mode="python", exclude_defaults=True)
    return [undeclared(part) for part in change] if isinstance(change, list | tuple) else change


def _canonical(data: Any) -> Any:  # noqa: ANN401 - recursion over plain data
    if isinstance(data, Mapping):
        return {str(key): _canonical(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_canonical(value) for value in data]
    if isinstance(data, Decimal):
        return format(data.normalize(EXACT), "f") if data else "0"
    return data if data is None or isinstance(data, bool | int | str) else str(data)


def _sayable(data: Any) -> Any:  # noqa: ANN401 - recursion over plain data
    if isinstance(data, Mapping):
        return {str(key): _sayable(value) for key, value in data.items() if value is not None}
    if isinstance(data, list | tuple):
        return [_sayable(value) for value in data]
    if isinstance(data, Decimal):
        return int(data) if data == data.to_integral_value(context=EXACT) else data.normalize(EXACT)
    return data
