"""A small register for tests."""

from __future__ import annotations

import pandas as pd

TEXTS = ["risk", "name", "category", "supplier", "contract", "owner", "identified", "currency"]
FIGURES = [f"{stage}_{name}" for stage in ("inherent", "target") for name in ("frequency", "low", "high")]
UNKNOWN = (None, None, None)
RISKS = pd.DataFrame(
    [
        (
            *("leak", "data leak", "information_security", "S1", "C1", "Lin", "2025-01-01", "CNY"),
            *(90, 1.0, 1e4, 1e6, 0.1, 1e4, 1e5),
        ),
        ("交付", "延期交付", "quality", "S2", None, "Ma", "2025-02-01", "CNY", None, *UNKNOWN, *UNKNOWN),
        ("rates", None, "Market", None, None, "Lin", "2025-06-01", "cny", 365, 2.0, 5e4, 5e4, *UNKNOWN),
    ],
    columns=[*TEXTS, "review_every", *FIGURES],
)
RATINGS = pd.DataFrame(
    [
        ("leak", "2025-03-01", "Lin", 0.5, 1e4, 1e6, "weak", "first"),
        ("leak", "2025-09-01", "Lin", 0.25, 1e4, 1e6, "medium", "two-factor login"),
        ("RATES", "2025-06-01", "Ma", 2.0, 5e4, 5e4, None, None),
        ("rates", "2025-10-01", "Ma", 2.0, 1e5, 1e5, "strong", "prices rose"),
        ("交付", "2026-03-01", "Ma", 1.0, 1.0, 2.0, None, None),
    ],
    columns=["risk", "on", "by", "frequency", "low", "high", "knowledge", "reason"],
)
TABLES = {"risks": RISKS, "ratings": RATINGS}
AS_OF = "2026-01-01"
