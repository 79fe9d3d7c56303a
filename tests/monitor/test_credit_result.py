"""What service credits carry."""

from __future__ import annotations

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.monitor.credit_parts import CreditKpi, CreditTier
from supplier_eval.monitor.credit_terms import CreditTerms
from supplier_eval.monitor.crediting import service_credits

TERMS = CreditTerms("C", "S", "CNY", (CreditKpi("a", 99, (CreditTier(99, 5),)),))


def test_a_line_is_found_by_its_kpi_and_the_repr_is_short():
    found = service_credits({"a": 98}, TERMS, period="2026-03", fees=100)
    assert found["a"].credit == 500
    with pytest.raises(UnknownName):
        found["b"]
    assert len(repr(found).splitlines()) <= 3
    frame = found.to_frame()
    assert frame.loc[0, "basis"] == "raw" and frame.loc[0, "state"] == "credited"
    with pytest.raises(AttributeError):
        found.period = "x"
