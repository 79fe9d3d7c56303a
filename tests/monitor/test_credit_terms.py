"""The clause on service credits."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import Decimal

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.credit_parts import CreditKpi, CreditTier
from supplier_eval.monitor.credit_terms import CreditTerms

TEXT = """
contract = "C-7"
supplier = "00123"
currency = "CNY"
at_risk_percent = 10
pool_percent = 200
adopted_by = "legal"
adopted_on = 2026-01-05
[[kpis]]
kpi = "availability"
target = "0.9995"
basis = "at_risk"
allocation = 50
tiers = [["0.9995", 10], ["0.99", 30]]
earn_back = { level = "0.9999", periods = 3 }
[[kpis]]
kpi = "hours"
target = 4
direction = "min"
tiers = [{ bound = 4, percent = 5 }]
"""


def test_terms_are_read_from_a_file_of_toml():
    terms = CreditTerms.from_mapping(tomllib.loads(TEXT))
    assert terms.kpis[0].tiers[1] == CreditTier(Decimal("0.99"), Decimal(30))
    assert terms.kpis[0].earn_back.periods == 3
    assert terms.adopted and terms.adopted_on == date(2026, 1, 5)
    assert terms.fingerprint == CreditTerms.from_mapping(tomllib.loads(TEXT)).fingerprint
    assert terms.fingerprint != CreditTerms.from_mapping(tomllib.loads(TEXT.replace("30", "31"))).fingerprint


def codes(text):
    with pytest.raises(InvalidInput) as refused:
        CreditTerms.from_mapping(tomllib.loads(text))
    assert all(finding.say("zh") for finding in refused.value.findings)
    return {finding.code for finding in refused.value.findings}


def test_what_is_unknown_missing_or_contradictory_is_refused():
    assert codes(TEXT.replace("currency", "money")) == {"credits.unknown_field", "credits.missing_field"}
    assert codes(TEXT.replace("allocation = 50", "allocation = 250")) == {"credits.pool"}
    assert codes(TEXT.replace('"hours"', '"availability"')) == {"credits.kpi_twice"}
    assert codes('year_cap = 5\nyear_cap_percent = 5\nrounding = "best"' + TEXT) == {
        "credits.two_caps",
        "credits.choice",
    }
    assert codes('contract = ""\nsupplier = "s"\ncurrency = "CNY"') == {"credits.no_kpis", "credits.no_name"}
    assert codes(TEXT.replace('["0.99", 30]', '["0.99", 30, 5]')) == {"credits.no_tier"}
    assert codes(TEXT.replace('{ level = "0.9999", periods = 3 }', "3")) == {"credits.no_earn_back"}
    for wrong in ({"kpis": "none"}, None, "terms"):
        with pytest.raises(InvalidInput):
            CreditTerms.from_mapping(wrong)


def test_terms_are_frozen():
    kpi = CreditKpi("a", 1, [CreditTier(1, 5)])
    terms = CreditTerms("c", "s", "CNY", [kpi])
    with pytest.raises(AttributeError):
        terms.contract = "d"
    assert not terms.adopted


@pytest.mark.parametrize("given", ["2026-01-31", " 2026-01-31 ", date(2026, 1, 31), datetime(2026, 1, 31, 9)])
def test_the_day_of_adoption_may_be_text_and_counts_alike(given):
    tier = {"bound": "0.99", "percent": 10}
    clause = {"contract": "C", "supplier": "S", "currency": "CNY", "adopted_by": "Li"}
    clause["kpis"] = [{"kpi": "a", "target": "0.99", "tiers": [tier]}]
    terms = CreditTerms.from_mapping({**clause, "adopted_on": given})
    assert (terms.adopted, terms.adopted_on) == (True, date(2026, 1, 31))
    assert terms.fingerprint == CreditTerms.from_mapping({**clause, "adopted_on": date(2026, 1, 31)}).fingerprint
    for wrong in ("soon", 20260131, "2026-02-31"):
        with pytest.raises(InvalidInput) as refused:
            CreditTerms.from_mapping({**clause, "adopted_on": wrong})
        assert [finding.code for finding in refused.value.findings] == ["credits.day"]
    assert not CreditTerms.from_mapping({**clause, "adopted_on": ""}).adopted
