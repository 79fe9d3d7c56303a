"""Service credits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import supplier_eval as se
from service_tables import at, kpi, measured, records, ticket
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import (
    CreditExclusion,
    CreditKpi,
    CreditTerms,
    CreditTier,
    EarnBack,
    Period,
    service_credits,
    shrink_rates,
)

AWS = (CreditTier("99.99", 10), CreditTier("99.0", 30), CreditTier("95.0", 100))


def one(tiers=AWS, target="99.99", **more):
    terms = {
        k: more.pop(k) for k in list(more) if k in {"period_cap_percent", "year_cap", "at_risk_percent", "rounding"}
    }
    return CreditTerms("C-1", "S", "USD", (CreditKpi("availability", target, tiers, **more),), **terms)


@pytest.mark.parametrize(
    ("uptime", "percent"), [(99.995, 0), (99.99, 0), (99.5, 10), (99.0, 10), (98.9, 30), (94.9, 100)]
)
def test_the_tiers_of_the_aws_compute_sla(uptime, percent):
    found = service_credits({"availability": uptime}, one(), period="2026-03", fees=5000)
    assert found.credit == Decimal(5000) * percent / 100
    assert found.to_frame().loc[0, "percent"] == percent


def test_the_calculator_example_gives_500():
    terms = one((CreditTier("99.95", 10), CreditTier("99.0", 30)), target="99.95")
    assert service_credits({"availability": 99.5}, terms, period="2026-03", fees=5000).credit == Decimal("500.00")


def test_the_example_of_a_state_contract_with_a_pool_gives_2000():
    """Texas DIR data center services: invoice 100,000, 10 % at risk, category 50 %, allocation 40 %."""
    kpi = {"basis": "at_risk", "category": 50, "allocation": 40}
    terms = one((CreditTier("99.5", 100),), "99.5", at_risk_percent=10, **kpi)
    found = service_credits({"availability": 99.1}, terms, period="2026-03", fees=100_000)
    assert (found.at_risk, found.credit) == (Decimal("10000.00"), Decimal("2000.00"))
    assert "2,000.00" in found.explain()


def many(n=3, **terms):
    kpis = tuple(CreditKpi(f"k{i}", 99, (CreditTier(99, 10 + i),)) for i in range(n))
    return CreditTerms("C-1", "S", "CNY", kpis, **terms)


def test_a_cap_cuts_all_credits_in_proportion_and_everything_adds_up():
    found = service_credits(
        dict.fromkeys(("k0", "k1", "k2"), 50), many(period_cap_percent=15), period="2026-03", fees="333.33"
    )
    frame = found.to_frame()
    assert found.credit == Decimal("49.99")  # 15 % of 333.33 is 49.9995: a cap is rounded down
    assert frame["credit"].sum() == found.credit
    assert (frame["computed"] - frame["cut"] == frame["credit"]).all()
    assert found.payable == found.fees - found.credit
    assert found.binding_cap == "period" and "cap of the period" in found.explain()


def test_the_cap_of_the_year_counts_what_was_credited_before():
    history = pd.DataFrame(
        {
            "period": ["2025-12", "2026-01"],
            "kpi": ["k0"] * 2,
            "value": [50, 50],
            "credit": [900, 70],
            "earned_back": [0, 0],
        }
    )
    terms = many(1, year_cap=100)
    found = service_credits({"k0": 50}, terms, period="2026-02", fees=1000, history=history)
    assert (found.computed, found.credit, found.binding_cap) == (100, 30, "year")
    full = service_credits({"k0": 50}, terms, period="2026-02", fees=1000, credited_this_year=100)
    assert full.credit == 0
    percent = many(1, year_cap_percent=1)
    assert (
        service_credits({"k0": 50}, percent, period="2026-03", fees=1000, year_fees=12000, credited_this_year=20).credit
        == 100
    )
    for asked, code in (({}, "credits.year_unknown"), ({"credited_this_year": 0}, "credits.year_fees")):
        with pytest.raises(InvalidInput, match=code.replace(".", r"\.")):
            service_credits({"k0": 50}, percent, period="2026-03", fees=1000, **asked)


@pytest.mark.parametrize(
    ("says", "state", "credit", "held"),
    [("hold", "held", 0, 500), ("no_credit", "no_credit", 0, 0), ("worst_tier", "credited", 500, 0)],
)
def test_without_data_the_contract_decides_and_never_a_silent_zero(says, state, credit, held):
    terms = one((CreditTier(99, 10), CreditTier(90, 50)), 99, without_data=says)
    frame = pd.DataFrame({"kpi": ["availability"], "value": [np.nan], "status": ["no_data"]})
    found = service_credits(frame, terms, period="2026-03", fees=1000)
    line = found["availability"]
    assert (line.state, found.credit, found.held) == (state, credit, held)
    assert found.not_assessable == ("availability",)
    assert "not assessable (no data)" in found.explain() and "无法评定（无数据）" in found.explain("zh")
    assert ("Not final" in found.explain()) is (held > 0)


def test_shrunken_estimates_are_refused():
    frame = pd.DataFrame({"kpi": ["availability"], "value": [99.5], "basis": ["shrunken"]})
    with pytest.raises(InvalidInput, match="what was measured"):
        service_credits(frame, one(), period="2026-03", fees=1)


def test_results_of_this_package_are_taken_and_its_shrunken_estimates_are_not():
    rows = [ticket(str(i), at("03-02"), at("03-02", 10 if i else 18)) for i in range(4)]
    results = measured(records(tickets=rows), [kpi()], Period.months("2026-03", "2026-04"))
    clause = CreditTerms("C", "A", "CNY", (CreditKpi("k", "0.9", (CreditTier("0.9", 10),)),))
    found = service_credits(results, clause, period="2026-03", fees=1000)
    assert (found["k"].figure.value, found.credit) == (Decimal("0.75"), 100)
    assert service_credits(results, clause, period=Period.month("2026-03"), fees=1000).credit == 100
    assert service_credits(results, clause, period="2026-04", fees=1000).held == 100  # a month without work
    events = pd.Series([75, 80], index=["A", "B"])
    with pytest.raises(InvalidInput):
        service_credits(shrink_rates(events, events + 20), clause, period="2026-03", fees=1000)


def test_an_agreed_exclusion_is_named_and_gives_no_credit():
    agreed = CreditExclusion("availability", "2026-03", "force_majeure", "doc-9", "Li", date(2026, 4, 1))
    found = service_credits({"availability": 90}, one(), period="2026-03", fees=1000, exclusions=[agreed])
    assert found.credit == 0 and found["availability"].state == "excluded"
    assert "force majeure" in found.explain()
    better = CreditExclusion("availability", "2026-03", "customer_caused", "doc-9", "Li", date(2026, 4, 1), "99.5")
    partly = service_credits({"availability": 90}, one(), period="2026-03", fees=1000, exclusions=[better])
    assert partly.credit == 100 and "leaves out what was agreed" in partly.explain()
    later = service_credits({"availability": 90}, one(), period="2026-04", fees=1000, exclusions=[agreed])
    assert later.credit == 1000


def test_credits_are_earned_back_by_later_performance():
    terms = one((CreditTier("99.5", 10),), "99.5", earn_back=EarnBack("99.9", 2))
    rows, credits = [], None
    for period, value in (
        ("2026-01", 99.0),
        ("2026-02", 99.95),
        ("2026-03", 99.95),
        ("2026-04", 99.95),
        ("2026-05", 99.95),
    ):
        history = pd.concat(rows) if rows else None
        credits = service_credits({"availability": value}, terms, period=period, fees=1000, history=history)
        rows.append(credits.to_frame())
    whole = pd.concat(rows)
    assert whole["credit"].tolist() == [100, 0, 0, 0, 0]
    assert whole["earned_back"].tolist() == [0, 0, 100, 0, 0]


def test_money_is_exact_and_never_mixes_currencies():
    terms = one((CreditTier(99, "33.333"),), 99)
    assert service_credits({"availability": 50}, terms, period="2026-03", fees="0.10").credit == Decimal("0.03")
    fees = pd.DataFrame({"amount": ["0.10", Decimal("0.20")], "currency": ["USD", "USD"]})
    assert service_credits({"availability": 50}, terms, period="2026-03", fees=fees).fees == Decimal("0.30")
    mixed = fees.assign(currency=["USD", "EUR"])
    for wrong in (mixed, (5, "EUR"), -1, "x", "0.001", float("nan"), None, fees.drop(columns="currency")):
        with pytest.raises(InvalidInput):
            service_credits({"availability": 50}, terms, period="2026-03", fees=wrong)


def test_rounding_is_that_of_the_contract():
    by_rule = {
        how: service_credits(
            {"availability": 50}, one((CreditTier(99, 50),), 99, rounding=how), period="2026-03", fees="0.05"
        ).credit
        for how in ("half_up", "half_even", "down", "up")
    }
    cents = {"half_up": "0.03", "half_even": "0.02", "down": "0.02", "up": "0.03"}
    assert by_rule == {how: Decimal(cent) for how, cent in cents.items()}


def test_it_binds_only_with_adopted_terms_and_every_figure():
    adopted = CreditTerms("C", "S", "CNY", one().kpis, adopted_by="legal", adopted_on=date(2026, 1, 1))
    assert service_credits({"availability": 99}, adopted, period="2026-03", fees=1).standing == "binding"
    assert service_credits({}, adopted, period="2026-03", fees=1).standing == "exploratory"
    assert service_credits({"availability": 99}, one(), period="2026-03", fees=1).standing == "exploratory"
    assert (
        service_credits({"availability": 99}, adopted, period="2026-03", fees=1).policy_fingerprint
        == adopted.fingerprint
    )


def test_terms_may_be_a_mapping_and_nothing_else():
    given = {
        "contract": "C",
        "supplier": "S",
        "currency": "CNY",
        "kpis": [{"kpi": "a", "target": 1, "tiers": [[1, 5]]}],
    }
    assert se.monitor.service_credits({"a": 0}, given, period="2026-03", fees=100).credit == 5
    with pytest.raises(InvalidInput, match="credit terms"):
        service_credits({"a": 0}, None, period="2026-03", fees=100)


def test_the_order_of_rows_does_not_matter():
    frame = pd.DataFrame({"kpi": ["k0", "k1", "k2"], "value": [50, 60, 70]})
    a = service_credits(frame, many(period_cap_percent=7), period="2026-03", fees="99.97").to_frame()
    b = service_credits(frame.iloc[::-1], many(period_cap_percent=7), period="2026-03", fees="99.97").to_frame()
    assert a.equals(b)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.decimals(2, 100, places=3), min_size=3, max_size=3),
    st.integers(0, 10**9),
    st.integers(0, 100),
)
def test_laws_of_credits(values, cents, cap):
    terms, fees = many(period_cap_percent=cap), Decimal(cents) / 100
    found = service_credits(dict(zip(("k0", "k1", "k2"), values, strict=True)), terms, period="2026-03", fees=fees)
    assert found.computed - found.cut == found.credit == sum(found.to_frame()["credit"])
    assert 0 <= found.credit <= fees * cap / 100
    assert found.payable + found.credit - found.earned_back == found.fees
    better = {name: min(value + 1, 100) for name, value in zip(("k0", "k1", "k2"), values, strict=True)}
    assert service_credits(better, terms, period="2026-03", fees=fees).computed <= found.computed


@pytest.mark.parametrize("wrong", [None, 5, "", "  "])
def test_a_statement_of_no_period_is_refused(wrong):
    kpi = CreditKpi("a", "0.99", (CreditTier("0.99", 10),))
    with pytest.raises(InvalidInput) as refused:
        service_credits({"a": 0.95}, CreditTerms("c", "s", "CNY", (kpi,)), period=wrong, fees=100)
    assert [(f.code, f.column) for f in refused.value.findings] == [("credits.no_name", "period")]


def test_a_lower_bound_is_not_final_and_gives_nothing_back():
    hours = CreditKpi("hours", 4, (CreditTier(4, 10),), direction="min", earn_back=EarnBack(4, 1))
    terms = CreditTerms("c", "s", "CNY", (hours,), adopted_by="Li", adopted_on=date(2026, 1, 1))
    past = pd.DataFrame({"period": ["2026-02"], "kpi": ["hours"], "value": [5], "credit": [10], "earned_back": [0]})
    known = pd.DataFrame({"kpi": ["hours"], "value": [3.0], "at_least": [False]})
    for still, standing, back in ((False, "binding", 10), (True, "exploratory", 0), (None, "binding", 10)):
        row = known.assign(at_least=pd.array([still], dtype="boolean"))
        found = service_credits(row, terms, period="2026-03", fees=100, history=past)
        assert (found.standing, found.to_frame()["earned_back"].tolist()) == (standing, [back])
    for text, standing in (("False", "binding"), ("True", "exploratory")):  # as a CSV gives it back
        assert service_credits(known.assign(at_least=text), terms, period="2026-03", fees=100).standing == standing


def codes(results, terms, period="2026-03"):
    with pytest.raises(InvalidInput) as refused:
        service_credits(results, terms, period=period, fees=100)
    return [(finding.code, finding.value, finding.facts.get("near")) for finding in refused.value.findings]


def test_a_figure_by_name_for_no_kpi_of_the_clause_is_refused_with_the_near_one():
    assert codes({"availabilty": 99}, one()) == [("credits.result_unknown", "availabilty", "availability")]
    assert codes({"availability": 99, "uptime": 1}, one()) == [("credits.result_unknown", "uptime", "availability")]


def test_a_table_that_has_the_kpi_by_a_similar_name_is_refused_and_one_without_it_holds():
    table = pd.DataFrame({"kpi": ["availabilty", "other"], "value": [99, 1]})
    assert codes(table, one()) == [("credits.kpi_unknown", "availability", "availabilty")]
    assert service_credits(table[1:], one(), period="2026-03", fees=100).held == 100


@pytest.mark.parametrize("period", ["September", "2026-13", "P", "2026Q5"])
def test_a_text_that_says_no_period_is_refused(period):
    assert codes({"availability": 99}, one(), period) == [("credits.period", period, None)]


@pytest.mark.parametrize(
    "period", ["2026-03", "2026Q1", "2026-Q1", "2026", Period.between(date(2026, 1, 1), date(2026, 1, 8))]
)
def test_months_quarters_years_and_periods_are_taken(period):
    assert service_credits({"availability": 99.5}, one(), period=period, fees=100).credit == 10


def test_a_period_that_a_table_does_not_have_is_refused():
    table = pd.DataFrame({"period": ["2026-02"], "kpi": ["availability"], "value": [99]})
    assert codes(table, one()) == [("credits.period_absent", "2026-03", None)]


@pytest.mark.parametrize(
    ("by", "held", "why"),
    [
        ("Li", False, "Binding"),
        ("", False, "adopted_by"),
        ("Li", True, "could not be assessed, so that credits stay open: availability"),
    ],
)
def test_the_sentences_say_the_standing_and_why(by, held, why):
    terms = CreditTerms("C-1", "S", "USD", one().kpis, adopted_by=by, adopted_on=date(2026, 1, 1))
    found = service_credits({} if held else {"availability": 99.5}, terms, period="2026-03", fees=100)
    assert why in found.explain()
    assert (found.standing == "binding") == (not found.reasons)
    assert ("具约束力" if found.standing == "binding" else "仅供探讨") in found.explain("zh")
