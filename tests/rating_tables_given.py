"""Tables of three suppliers for the tests of ratings: STEADY, WORRY and 无 (of whom nothing is known)."""

from __future__ import annotations

import pandas as pd

AS_OF = "2026-06-30"
SUPPLIERS = pd.DataFrame(
    {
        "supplier": ["STEADY", "WORRY", "无"],
        "name": ["Steady Ltd", None, None],
        "revenue_share": [0.2, 0.5, None],
        "single_source": [0, 3, None],
        "security_checked": ["2026-01-10", "2026-01-10", None],
        "legal_checked": ["2026-01-10", None, None],
    }
)
FINANCIAL = pd.DataFrame(
    {
        "supplier": ["STEADY", "WORRY"],
        "variant": "z_double_prime",
        "x1": [0.3, 0.02],
        "x2": [0.2, 0.01],
        "x3": [0.15, 0.02],
        "x4": [1.5, 0.25],
        "period_end": "2025-12-31",
    }
)
DELIVERY = pd.DataFrame(
    {
        "supplier": ["STEADY", "WORRY"],
        "score": [90.0, 65.0],
        "lower": [80.0, 50.0],
        "upper": [95.0, 75.0],
        "coverage": [1.0, 0.9],
    }
)
SPEND = pd.DataFrame(
    {"supplier": ["STEADY", "WORRY", "other"], "category": ["it", "it", "hr"], "amount": [100.0, 300.0, 600.0]}
)
FINDINGS = pd.DataFrame(
    {
        "finding": ["f1", "f2", "f3"],
        "supplier": "WORRY",
        "severity": ["High", "low", "critical"],
        "opened": ["2026-01-01", "2026-01-02", "2026-01-02"],
        "due": ["2026-02-01", None, None],
        "closed": [None, None, "2026-03-01"],
    }
)
LEGAL = pd.DataFrame(
    {
        "record": ["r1", "r2"],
        "supplier": "WORRY",
        "severity": ["serious", "grave"],
        "on": ["2025-01-01", "2020-01-01"],
    }
)
TABLES = {
    "financial": FINANCIAL,
    "delivery": DELIVERY,
    "spend": SPEND,
    "security_findings": FINDINGS,
    "legal_record": LEGAL,
}
