"""Raw figures for crediting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.monitor.credit_exclusions import CreditExclusion
from supplier_eval.monitor.credit_figures import credit_figures
from supplier_eval.monitor.credit_parts import CreditKpi, CreditTier
from supplier_eval.monitor.credit_terms import CreditTerms

KPIS = tuple(CreditKpi(name, "99", (CreditTier("99", 10),), places=1) for name in ("a", "b", "c"))
TERMS = CreditTerms("c-1", "S", "CNY", KPIS)
AGREED = CreditExclusion("a", "2026-03", "force_majeure", "doc", "Li", date(2026, 4, 1))


def read(results, exclusions=()):
    found = []
    figures = credit_figures(results, TERMS, "2026-03", exclusions, found)
    return figures, [finding.code for finding in found]


def test_no_figure_is_never_zero():
    frame = pd.DataFrame({"kpi": ["a", "b"], "value": [98.94, np.nan], "status": ["measured", "too_few"]})
    figures, found = read(frame)
    assert not found
    assert figures["a"].value == Decimal("98.9") and figures["a"].as_measured == Decimal("98.94")
    assert (figures["b"].status, figures["b"].reason) == ("not_assessable", "too_few")
    assert (figures["c"].status, figures["c"].reason) == ("not_assessable", "missing")
    assert read({"a": None})[0]["a"].reason == "no_data"


def test_a_figure_beside_too_few_records_is_not_used():
    frame = pd.DataFrame({"kpi": ["a"], "value": [50.0], "status": ["too_few"]})
    assert read(frame)[0]["a"].value is None


def test_rows_of_others_are_passed_over():
    frame = pd.DataFrame(
        {
            "kpi": ["a"] * 3,
            "value": [91, 92, 93],
            "supplier": ["S", "T", "S"],
            "period": ["2026-03", "2026-03", "2026-02"],
        }
    )
    figures, found = read(frame)
    assert figures["a"].value == 91 and not found


@pytest.mark.parametrize(
    ("results", "code"),
    [
        (pd.DataFrame({"kpi": ["a"], "value": [1], "basis": ["shrunken"]}), "credits.not_raw"),
        (pd.DataFrame({"kpi": ["a", "a"], "value": [1, 2]}), "credits.result_twice"),
        (pd.DataFrame({"name": ["a"], "value": [1]}), "series.column"),
        ({"a": "high"}, "credits.value"),
        ({"a": True}, "credits.value"),
        (5, "credits.no_results"),
        (None, "credits.no_results"),
    ],
)
def test_what_cannot_be_used_is_refused(results, code):
    assert code in read(results)[1]


def test_fractions_and_percentages_are_not_compared():
    assert read({"a": 0.995})[1] == ["credits.scale"]  # the contract's target is 99
    rate = pd.DataFrame({"kpi": ["a"], "value": [0.5], "kind": ["rate"], "unit": ["share"]})
    assert read(rate)[1] == ["credits.scale"]
    share = CreditKpi("a", "0.99", (CreditTier("0.99", 10),), unit="share")
    plain = CreditKpi("a", "0.99", (CreditTier("0.99", 10),))
    assert plain.other_scale(Decimal("99.5")) and not share.other_scale(Decimal("99.5"))
    assert not plain.other_scale(Decimal("0.5"))
    hours = CreditKpi("h", 1, (CreditTier(1, 10),), direction="min")
    assert not hours.other_scale(Decimal(4))
    found = []
    percent = pd.DataFrame({"kpi": ["a"], "value": [99.5], "unit": ["%"]})
    credit_figures(percent, CreditTerms("c", "S", "CNY", (share,)), "P", (), found)
    assert [f.code for f in found] == ["credits.scale"]


def test_an_exclusion_waives_or_replaces_the_figure():
    assert read({"a": 50}, [AGREED])[0]["a"].status == "excluded"
    other = CreditExclusion("a", "2026-03", "customer_caused", "doc", "Li", date(2026, 4, 1), "99.5")
    figure = read({"a": 50}, other)[0]["a"]
    assert (figure.value, figure.as_measured, figure.reason) == (Decimal("99.5"), 50, "customer_caused")
    assert read({"a": 50}, [AGREED, AGREED])[1] == ["credits.exclusion_twice"]
    assert read({"a": 50}, "none")[1] == ["credits.no_exclusions"]
    own = CreditExclusion("z", "2026-03", "force_majeure", "doc", "s", date(2026, 4, 1))
    assert read({"a": 50}, [own])[1] == ["credits.exclusion_by_supplier", "credits.exclusion_unknown"]
