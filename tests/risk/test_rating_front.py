"""rate_risks: by hand, with every finding at once, and the laws of a rating."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rating_tables_given import AS_OF, DELIVERY, FINANCIAL, FINDINGS, LEGAL, SPEND, SUPPLIERS, TABLES
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import RatingPlan, altman_z, concentration, rate_risks


def rated(**changes):
    return rate_risks(changes.pop("suppliers", SUPPLIERS), changes.pop("plan", None), as_of=AS_OF, **TABLES | changes)


def codes(**changes):
    with pytest.raises(InvalidInput) as refused:
        rated(**changes)
    return {f.code for f in refused.value.findings}


def test_a_rating_by_hand():
    """STEADY: delivery 90 is half way from 30 to 0 points: 15, times 20 %: 3. Its share of spend 10 % and of revenue
    20 % have 20 points each: 2 and 2. Its category has two suppliers, 1/4 and 3/4: HHI 6250, a quarter of the way from
    80 to 100 points: 85, times 10 %: 8.5. All else 0. Sum 15.5."""
    one = rated().rating("STEADY")
    assert [(r.measure, float(r.contribution)) for r in one.reasons[:4]] == [
        ("concentration", 8.5), ("delivery", 3.0), ("revenue_share", 2.0), ("spend_share", 2.0)
    ]  # fmt: skip
    assert (one.score, one.level, one.coverage) == (Fraction("15.5"), "A", 1)


def test_an_open_finding_that_is_overdue_counts_twice_and_a_closed_one_not():
    """f1 high 10, twice; f2 low 1; f3 is closed: 21, a fortieth of the way from 60 to 100 points: 61."""
    found = {r.measure: r for r in rated().rating("worry").reasons}
    assert (found["security"].figure, found["security"].points) == (21, 61)
    assert found["security"].detail == ("overdue:f1 (High)".replace("High", "high"), "f2 (low)")
    assert (found["legal"].figure, found["legal"].points) == (20, 70)


def test_bounds_of_the_scorecard_are_bounds_of_the_score():
    """WORRY: delivery 50 to 75 is 75 to 40 points: 58 1/3 + ... by 20 %."""
    one = rated().rating("WORRY")
    delivery = next(r for r in one.reasons if r.measure == "delivery")
    assert (delivery.points, delivery.points_lower) == (60, 40)
    assert float(delivery.points_upper) == pytest.approx(75)
    assert (one.lower, one.score, one.upper) == (Fraction("65.8"), Fraction("69.8"), Fraction("72.8"))
    assert one.between == ("D",)


def test_who_is_not_known_is_neither_safe_nor_dangerous():
    one = rated().rating("无")
    assert (one.score, one.level, one.why, one.coverage, one.possible) == (None, "", "coverage", 0, (0, 100))
    assert {r.why for r in one.reasons} == {"no_row", "never_checked", "no_figure"}


def test_no_findings_are_good_news_only_where_somebody_looked():
    never = rated(suppliers=SUPPLIERS.assign(security_checked=None)).rating("STEADY")
    stale = rated(suppliers=SUPPLIERS.assign(security_checked="2020-01-01")).rating("STEADY")
    assert [next(r.why for r in one.reasons if r.measure == "security") for one in (never, stale)] == [
        "never_checked",
        "stale_check",
    ]


def test_known_findings_count_without_a_check():
    one = rated(suppliers=SUPPLIERS.assign(security_checked=None)).rating("WORRY")
    assert next(r.points for r in one.reasons if r.measure == "security") == 61


def test_a_scorecard_that_covers_too_little_is_not_assessed():
    one = rated(delivery=DELIVERY.assign(coverage=0.4)).rating("STEADY")
    assert next(r.why for r in one.reasons if r.measure == "delivery") == "low_coverage"
    assert (one.coverage, one.possible[1] - one.possible[0]) == (Fraction(4, 5), 20)


def test_tables_may_come_computed():
    scores = altman_z(FINANCIAL, as_of=AS_OF)
    both = rated(financial=scores, concentration=concentration(SPEND))
    pd.testing.assert_frame_equal(both.to_frame(), rated().to_frame())
    assert codes(financial=altman_z(FINANCIAL)) == {"rating.altman_day"}
    assert codes(spend=None, concentration=concentration(SPEND)) == {"rating.spend_needed"}


def test_ids_alone_and_no_table_rate_nobody():
    found = rate_risks(["B", "A"], as_of=AS_OF)
    assert list(found.ratings) == ["A", "B"]
    assert found.not_rated == ("A", "B")
    assert rate_risks(SUPPLIERS.iloc[:0], as_of=AS_OF).to_frame().empty


def test_a_table_of_scorecards_as_a_review_writes_it_is_taken():
    renamed = DELIVERY.rename(columns={"lower": "score_lower", "upper": "score_upper"}).assign(period="2026-Q1", rank=1)
    pd.testing.assert_frame_equal(rated(delivery=renamed).to_frame(), rated().to_frame())


def test_the_findings_of_all_tables_come_at_once():
    assert codes(
        suppliers=pd.concat([SUPPLIERS, SUPPLIERS.iloc[[0]]]).assign(revenue_share=20.0),
        financial=FINANCIAL.assign(variant="zz"),
        delivery=DELIVERY.assign(lower=95.0),
        spend=SPEND.assign(amount=-1.0),
        security_findings=FINDINGS.assign(severity="huge", opened="2026-12-01"),
        legal_record=LEGAL.assign(on=[None, "soon"]),
        plan={"coverage_floor": 2},
    ) >= {
        "risk_table.key_twice", "risk_table.out_of_range", "altman.variant", "rating.bounds", "rating.severity",
        "rating.future", "risk_table.cell_missing", "risk_table.not_day", "rating.value",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(TABLES))
def test_what_is_no_table_is_refused_in_words(name):
    assert codes(**{name: 7}) == {"asked.frame"}


def test_a_supplier_that_is_not_rated_is_not_dropped_from_the_tables():
    for name in ("financial", "delivery", "security_findings", "legal_record"):
        assert codes(**{name: TABLES[name].assign(supplier=["WORY", *TABLES[name]["supplier"][1:]])}) == {
            "rating.supplier_unknown"
        }


def test_wrong_arguments():
    with pytest.raises(InvalidInput) as refused:
        rate_risks("A", 3, as_of="soon", agreed=1, financial=FINANCIAL)
    assert [f.code for f in refused.value.findings] == [
        "rating.as_of", "asked.text", "rating.plan_kind", "asked.frame"
    ]  # fmt: skip


def test_order_of_rows_changes_nothing():
    turned = {name: table.iloc[::-1] for name, table in TABLES.items()}
    backwards = rated(suppliers=SUPPLIERS.iloc[::-1], **turned)
    pd.testing.assert_frame_equal(backwards.to_frame(), rated().to_frame())
    pd.testing.assert_frame_equal(backwards.reasons_frame(), rated().reasons_frame())


def test_new_names_change_names_only():
    names = {"STEADY": "z9", "WORRY": "a1", "无": "m"}
    moved = {
        name: table.assign(supplier=table["supplier"].map(lambda x: names.get(x, x))) for name, table in TABLES.items()
    }
    found = rated(suppliers=SUPPLIERS.assign(supplier=SUPPLIERS["supplier"].map(names)), **moved)
    for old, new in names.items():
        before, after = rated().rating(old), found.rating(new)
        assert (before.score, before.level, before.possible) == (after.score, after.level, after.possible)


def test_binding_needs_an_adopted_plan_and_its_fingerprint():
    plan = RatingPlan.of({"adoption": {"by": "board", "on": "2026-01-01"}})
    assert rated(plan=plan, agreed=plan.fingerprint).standing == "binding"
    assert rated(plan=plan).standing == "exploratory"
    assert rated(agreed=RatingPlan.of().fingerprint).standing == "exploratory"


share = st.integers(0, 100).map(lambda n: n / 100)
figures = st.fixed_dictionaries(
    {
        "revenue_share": share,
        "single_source": st.integers(0, 6),
        "score": st.integers(0, 100).map(float),
        "x3": st.integers(-100, 100).map(lambda n: n / 100),
        "amount": st.integers(1, 500).map(float),
        "security": st.lists(st.sampled_from(["low", "medium", "high", "critical"]), max_size=3),
        "legal": st.lists(st.sampled_from(["minor", "serious", "grave"]), max_size=3),
    }
)
WORSE = {
    "revenue_share": lambda x: min(1.0, x + 0.13),
    "single_source": lambda x: x + 1,
    "score": lambda x: max(0.0, x - 7),
    "x3": lambda x: x - 0.2,
    "security": lambda x: [*x, "medium"],
    "legal": lambda x: [*x, "minor"],
}


def one_supplier(case):
    suppliers = pd.DataFrame(
        {
            "supplier": ["S"],
            "revenue_share": [case["revenue_share"]],
            "single_source": [case["single_source"]],
            "security_checked": [AS_OF],
            "legal_checked": [AS_OF],
        }
    )
    events = {
        key: pd.DataFrame(
            {
                name: [f"e{at}" for at in range(len(case[key]))],
                "supplier": "S",
                "severity": case[key],
                "on": "2026-01-01",
            }
        ).astype(object)
        for key, name in (("security", "finding"), ("legal", "record"))
    }
    return rate_risks(
        suppliers,
        as_of=AS_OF,
        financial=FINANCIAL.iloc[:1].assign(supplier="S", x3=case["x3"]),
        delivery=pd.DataFrame({"supplier": ["S"], "score": [case["score"]]}),
        spend=pd.DataFrame({"supplier": ["S", "T"], "amount": [case["amount"], 250.0]}),
        security_findings=events["security"],
        legal_record=events["legal"],
    ).ratings["S"]


@settings(max_examples=40, deadline=None)
@given(figures, st.sampled_from(sorted(WORSE)))
def test_no_input_that_gets_worse_makes_the_rating_better(case, which):
    before, after = one_supplier(case), one_supplier(case | {which: WORSE[which](case[which])})
    assert after.score >= before.score
    assert after.level >= before.level  # A to E
    assert after.effective >= before.effective
    for one in (before, after):
        exact = sum(r.contribution for r in one.reasons)
        assert abs(exact - one.score) <= Fraction(1, 20)
        assert [r.contribution for r in one.reasons] == sorted((r.contribution for r in one.reasons), reverse=True)


def by_interpolation(figures):
    """The default score in plain floats, by numpy's interpolation; figures by measure."""
    scales = {m.id: (np.array(m.knots, dtype=float), float(m.weight)) for m in RatingPlan.of().measures}
    total = sum(scales[name][1] for name in figures)
    points = {name: np.interp(x, *scales[name][0].T) for name, x in figures.items()}
    return sum(scales[name][1] * points[name] for name in figures) / total, total / 100


@pytest.mark.parametrize("seed", range(12))
def test_scores_of_random_suppliers_agree_with_an_independent_computation(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    ids, amounts, category = [f"S{at}" for at in range(n)], rng.integers(1, 999, n), rng.choice(["x", "y"], n)
    own, scores = rng.integers(0, 100, n) / 100, rng.integers(0, 101, n).astype(float)
    looked = rng.random(n) < 0.7
    who, graves = rng.choice(ids, 4), rng.choice(["minor", "serious", "grave"], 4)
    suppliers = pd.DataFrame({"supplier": ids, "revenue_share": own})
    found = rate_risks(
        suppliers.assign(legal_checked=np.where(looked, AS_OF, None)),
        as_of=AS_OF,
        delivery=pd.DataFrame({"supplier": ids, "score": scores}),
        spend=pd.DataFrame({"supplier": ids, "category": category, "amount": amounts}),
        legal_record=pd.DataFrame({"record": list("abcd"), "supplier": who, "severity": graves, "on": "2026-01-01"}),
    )
    severities = {"minor": 5, "serious": 20, "grave": 50}
    for at, name in enumerate(ids):
        same = amounts[category == category[at]] / amounts[category == category[at]].sum()
        figures = {"delivery": scores[at], "revenue_share": own[at], "spend_share": amounts[at] / amounts.sum()}
        figures["concentration"] = 10_000 * (same**2).sum()
        if looked[at] or name in who:
            figures["legal"] = sum(severities[grave] for grave, one in zip(graves, who, strict=True) if one == name)
        expected, coverage = by_interpolation(figures)
        one = found.ratings[name]
        assert float(one.coverage) == pytest.approx(coverage)
        assert sum(float(r.contribution) for r in one.reasons if r.contribution is not None) == pytest.approx(expected)
        assert one.rated == (coverage >= 0.6)
