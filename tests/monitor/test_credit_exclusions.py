"""What was agreed not to count."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.credit_exclusions import CreditExclusion

GOOD = {
    "kpi": "availability",
    "period": "2026-03",
    "grounds": "force_majeure",
    "evidence": "doc-17",
    "approved_by": "Li Wei",
    "approved_on": date(2026, 4, 2),
}


def test_an_exclusion_needs_grounds_evidence_and_an_approver():
    assert CreditExclusion(**GOOD).value is None
    for wrong in (
        {"evidence": ""},
        {"approved_by": " "},
        {"approved_on": "today"},
        {"grounds": "bad luck"},
        {"value": "x"},
    ):
        with pytest.raises(InvalidInput):
            CreditExclusion(**GOOD | wrong)


@pytest.mark.parametrize("wrong", [pd.NA, pd.DataFrame(), np.array([]), 5])
def test_words_that_are_none_are_findings(wrong):
    with pytest.raises(InvalidInput) as refused:
        CreditExclusion("a", "2026-03", wrong, wrong, wrong, date(2026, 4, 1))
    codes = [f.code for f in refused.value.findings]
    assert codes == ["credits.exclusion_incomplete", "credits.exclusion_incomplete", "credits.choice"]
