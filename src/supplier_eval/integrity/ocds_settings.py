"""Settings of the OCDS red flags: the published defaults, and what may be set otherwise."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.integrity.bid_columns import ARGUMENTS, refuse

INDICATORS = ("R003", "R018", "R024", "R025", "R028", "R030", "R035", "R036", "R038", "R048", "R058")
KINDS: dict[str, dict[str, str]] = {
    "R003": {"threshold": "whole", "procurement_methods": "names", "procurement_method_details": "wholes"},
    "R018": {"procurement_methods": "names"},
    "R024": {"threshold": "share"},
    "R025": {"percentile": "percent", "threshold": "share"},
    "R028": {},
    "R030": {},
    "R035": {"threshold": "one"},
    "R036": {},
    "R038": {"threshold": "share", "minimum_submitted_bids": "one", "minimum_contracting_processes": "one"},
    "R048": {"digits": "one", "threshold": "whole", "minimum_contracting_processes": "one"},
    "R058": {"threshold": "share"},
    "exclusions": {"procurement_method_details": "names"},
}
TOP = {
    "currency": "text",
    "no_price_comparison_procurement_methods": "names",
    "price_comparison_procurement_methods": "names",
}
RANGES = {
    **{"whole": "0, 1, 2 …", "one": "1, 2, 3 …", "share": "≥ 0", "percent": "0-100"},
    **{"text": "CNY, USD …", "names": '["…"]', "wholes": '{"…": 0, 1, 2 …}'},
}


@dataclass(frozen=True)
class RedFlagSettings:
    """What was set, and the defaults where nothing was.

    Parameters
    ----------
    currency : str
        Main currency; empty takes the one of most amounts.
    no_price_comparison, price_comparison : frozenset of str
        Procurement method details whose prices may not, or alone may, be compared.
    excluded : frozenset of str
        Procurement method details that are left out of everything.
    own : mapping
        Indicator → name → value.
    """

    currency: str = ""
    no_price_comparison: frozenset[str] = frozenset()
    price_comparison: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    own: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, indicator: str, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as declared in KINDS
        """One setting of one indicator."""
        return self.own.get(indicator, {}).get(name, default)

    def compares_prices(self, details: str | None) -> bool:
        """Whether prices of a procurement with these method details may be compared."""
        if self.price_comparison:
            return details in self.price_comparison
        return details not in self.no_price_comparison


def read_indicators(given: object) -> tuple[str, ...]:
    """Take names of indicators; None are all of them.

    Raises
    ------
    UnknownName
        If one does not exist.
    """
    if given is None:
        return INDICATORS
    if isinstance(given, str):
        given = (given,)
    if not isinstance(given, Iterable):
        refuse("asked.names", "indicators", given)
    names = tuple(given)
    for name in names:
        if name not in INDICATORS:
            raise UnknownName("indicator", name, INDICATORS)
    return tuple(name for name in INDICATORS if name in names)


def read_red_flag_settings(given: object) -> RedFlagSettings:
    """Take settings by indicator; None are the defaults.

    Parameters
    ----------
    given : mapping, RedFlagSettings or None
        ``{"R003": {"threshold": 10}, "currency": "CNY", "exclusions": {"procurement_method_details": "…|…"}}``: names
        as in Cardinal's settings file; several names stand in a list, or in one text with ``|`` between them.

    Raises
    ------
    InvalidInput
        With every name that is not known and every value out of its range.
    """
    if given is None:
        return RedFlagSettings()
    if isinstance(given, RedFlagSettings):
        return given
    if not isinstance(given, Mapping):
        refuse("ocds_flags.settings", "settings", given)
    findings: list[Finding] = []
    top: dict[str, Any] = {}
    own: dict[str, dict[str, Any]] = {}
    for name, value in given.items():
        if name in TOP:
            top[name] = _checked(str(name), TOP[name], value, findings)
        elif name not in KINDS:
            findings.append(_unknown(str(name), (*KINDS, *TOP)))
        elif not isinstance(value, Mapping):
            findings.append(_finding(str(name), value, "{…}"))
        else:
            own[str(name)] = _section(str(name), value, findings)
    if findings:
        raise InvalidInput(findings, ARGUMENTS)
    return RedFlagSettings(
        top.get("currency", ""),
        top.get("no_price_comparison_procurement_methods", frozenset()),
        top.get("price_comparison_procurement_methods", frozenset()),
        own.pop("exclusions", {}).get("procurement_method_details", frozenset()),
        own,
    )


def _section(name: str, given: Mapping[Any, Any], findings: list[Finding]) -> dict[str, Any]:
    read = {}
    for key, value in given.items():
        if key in KINDS[name]:
            read[str(key)] = _checked(f"{name}.{key}", KINDS[name][key], value, findings)
        else:
            findings.append(_unknown(f"{name}.{key}", [f"{name}.{one}" for one in KINDS[name]]))
    return read


def _checked(name: str, kind: str, value: object, findings: list[Finding]) -> Any:  # noqa: ANN401 - by its kind
    """The value in its kind; a finding where it is none."""
    read = _read(kind, value)
    if read is None:
        findings.append(_finding(name, value, RANGES[kind]))
    return read


def _read(kind: str, value: object) -> Any:  # noqa: ANN401 - by its kind
    """The value in its kind; None where it is none."""
    if kind == "text":
        return value.strip() if isinstance(value, str) and value.strip() else None
    if kind == "names":
        return _names(value)
    if kind == "wholes":
        fits = isinstance(value, Mapping) and all(_number("whole", days) is not None for days in value.values())
        return dict(value) if fits else None  # type: ignore[call-overload]
    return _number(kind, value)


def _names(value: object) -> frozenset[str] | None:
    parts = value.split("|") if isinstance(value, str) else list(value) if isinstance(value, Iterable) else [None]
    names = [part.strip() for part in parts if isinstance(part, str)]
    return frozenset(names) - {""} if len(names) == len(parts) else None


def _number(kind: str, value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if kind in {"share", "percent"}:
        return float(value) if 0 <= value <= (100 if kind == "percent" else math.inf) else None
    return value if isinstance(value, int) and value >= (kind == "one") else None


def _unknown(name: str, known: Iterable[str]) -> Finding:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    return Finding("ocds_flags.setting_unknown", "settings", name, value=name, facts={"near": near[0] if near else "-"})


def _finding(name: str, value: object, range_: str) -> Finding:
    return Finding("screens.setting_range", "settings", name, value=str(value), facts={"range": range_})
