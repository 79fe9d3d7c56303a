"""The rating plan that is proposed where a company has none: scales, weights, levels, knock-outs, points by severity.

No source prescribes these figures; a company replaces what it does not stand behind, and adopts the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

DIMENSIONS: Mapping[str, str] = {
    "financial": "financial",
    "delivery": "delivery",
    "spend_share": "dependency",
    "revenue_share": "dependency",
    "single_source": "dependency",
    "security": "security",
    "legal": "legal",
    "concentration": "concentration",
}
FALLING = ("financial", "delivery")


def _measure(name: str, weight: str, knots: str) -> dict[str, Any]:
    pairs = [text.split(":") for text in knots.split()]
    return {"id": name, "weight": Decimal(weight), "knots": [(Decimal(a), Decimal(b)) for a, b in pairs]}


MEASURES: tuple[dict[str, Any], ...] = (
    _measure("financial", "20", "-1:100 0:70 1:30 2:0"),
    _measure("delivery", "20", "0:100 60:70 80:30 100:0"),
    _measure("spend_share", "10", "0:0 0.1:20 0.3:60 0.5:100"),
    _measure("revenue_share", "10", "0:0 0.2:20 0.5:70 0.8:100"),
    _measure("single_source", "5", "0:0 1:40 3:80 5:100"),
    _measure("security", "15", "0:0 4:20 20:60 60:100"),
    _measure("legal", "10", "0:0 5:30 20:70 50:100"),
    _measure("concentration", "10", "1000:0 1800:40 5000:80 10000:100"),
)
LEVELS: tuple[dict[str, Any], ...] = tuple(
    {"id": name, "lower": Decimal(lower), "words": {"en": en, "zh": zh}}
    for name, lower, en, zh in (
        ("A", 0, "low", "低"),
        ("B", 20, "moderate", "较低"),
        ("C", 40, "elevated", "中等"),
        ("D", 60, "high", "高"),
        ("E", 80, "critical", "极高"),
    )
)
KNOCK_OUTS: tuple[dict[str, Any], ...] = (
    {"id": "distress", "measure": "financial", "points": Decimal(90), "level": "D"},
    {"id": "grave_findings", "measure": "security", "points": Decimal(90), "level": "D"},
    {"id": "grave_violations", "measure": "legal", "points": Decimal(90), "level": "E"},
)
SECURITY: dict[str, Decimal] = {"low": Decimal(1), "medium": Decimal(4), "high": Decimal(10), "critical": Decimal(25)}
LEGAL: dict[str, Decimal] = {"minor": Decimal(5), "serious": Decimal(20), "grave": Decimal(50)}
