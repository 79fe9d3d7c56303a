"""What service credits say."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.messages import catalogue
from supplier_eval.monitor.credit_exclusions import GROUNDS
from supplier_eval.monitor.credit_parts import CreditKpi, CreditTier, EarnBack
from supplier_eval.monitor.credit_terms import CreditTerms
from supplier_eval.monitor.crediting import service_credits
from supplier_eval.monitor.kpi_results import STATUSES

KPIS = (
    CreditKpi("可用率", "0.999", (CreditTier("0.999", 5),)),
    CreditKpi("hours", 4, (CreditTier(4, 5),), direction="min", basis="at_risk", earn_back=EarnBack(4, 1)),
)
TERMS = CreditTerms("合同七", "供应商甲", "CNY", KPIS, period_cap_percent=2, at_risk_percent=20)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_line_and_sum_is_said(lang):
    frame = pd.DataFrame({"kpi": ["可用率", "hours"], "value": [0.99, 5.0], "at_least": [False, True]})
    said = service_credits(frame, TERMS, period="2026-03", fees=1000).explain(lang)
    for figure in ("可用率", "供应商甲", "0.99", "1,000.00", "50.00", "20.00", "200.00", "980.00"):
        assert figure in said
    assert ("only get worse" in said) or ("只会更差" in said)
    assert ("raw" in said) or ("原始指标" in said)


def test_what_is_earned_back_is_said():
    history = pd.DataFrame(
        {"period": ["2026-02"], "kpi": ["hours"], "value": [9], "credit": ["7.50"], "earned_back": [0]}
    )
    said = service_credits({"可用率": 1, "hours": 3}, TERMS, period="2026-03", fees=1000, history=history).explain()
    assert "7.50 of earlier credits is earned back" in said and "1,007.50" in said


def test_every_reason_has_words():
    reasons = {*GROUNDS, *STATUSES, "missing"} - {"measured"}
    assert {f"credits.reason.{reason}" for reason in reasons} <= set(catalogue())
