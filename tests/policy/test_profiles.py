"""The profiles as published: formulas, weights, provenance, and that what they promise is true of the text."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from supplier_eval.policy import Policy, profile_names
from supplier_eval.policy.criteria import FIVE_CLAUSES
from supplier_eval.policy.regimes import Regime, profile_data
from supplier_eval.score.price import PRICE_FORMULAS, check_parameters

NAMES = profile_names()
DOCS = Path(__file__).parents[2] / "docs"
DESIGNED = {
    "service-outsourcing",
    "cn-order-87",
    "cn-bidding-law",
    "cn-works-benchmark",
    "world-bank-qcbs",
    "it-oepv-bilinear",
    "za-80-20",
    "uk-relative",
    "uk-price-per-quality-point",
    "de-richtwert",
    "ua-reduced-price",
    "lpta",
}


def leaves(policy):
    return {c.id: c for category in policy.categories for c in policy.tree(category).leaves}.values()


def test_all_designed_profiles_are_there():
    assert set(NAMES) == DESIGNED


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_is_named_after_its_regime_and_is_nobodys_yet(name):
    policy = Policy.profile(name)
    assert policy.name == policy.regime == name
    assert policy.adoption is None
    assert policy.title.en and policy.title.zh


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_and_parameter_is_known_to_the_arithmetic(name):
    policy = Policy.profile(name)
    priced = [c for c in leaves(policy) if c.price is not None]
    assert priced
    for leaf in priced:
        stated = {key: float(value) for key, value in leaf.price.parameters.items()}
        assert check_parameters(leaf.price.formula, stated, later={"quality", "features", "ceiling"}) == []
        reads = {p.name for p in PRICE_FORMULAS[leaf.price.formula].parameters if p.per_bid}
        assert bool(reads) == bool(leaf.price.quality_from), "formulas that read quality say where it comes from"


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_named_in_a_check_exists(name):
    for check in Regime.named(name).checks:
        if check.kind in {"formula_one_of", "formula_none_of"}:
            assert set(check.options) <= set(PRICE_FORMULAS), check.id


@pytest.mark.parametrize("name", NAMES)
def test_every_category_has_leaves_whose_weights_add_up(name):
    policy = Policy.profile(name)
    for category in policy.categories:
        tree = policy.tree(category)
        assert sum(tree.exact_weight(leaf.id, policy.total) for leaf in tree.leaves) == 1


@pytest.mark.parametrize("name", NAMES)
def test_names_and_rubrics_speak_both_languages(name):
    policy = Policy.profile(name)
    for criterion in policy.criteria:
        assert re.search("[A-Za-z]", criterion.name.en) and re.search("[\u4e00-\u9fff]", criterion.name.zh), (
            criterion.id
        )
        for anchor in criterion.anchors:
            assert anchor.words.en and re.search("[\u4e00-\u9fff]", anchor.words.zh), criterion.id
        if criterion.source == "marks":
            marks = [anchor.mark for anchor in criterion.anchors]
            assert {criterion.minimum, criterion.maximum} <= set(marks), f"{criterion.id}: both ends have words"
            assert len(set(marks)) == len(marks)
    for gate in policy.gates:
        assert gate.name.en != gate.name.zh and gate.reviewed_by.en and gate.reviewed_by.zh, gate.id


@pytest.mark.parametrize("name", NAMES)
def test_provenance_is_stated(name):
    regime = Regime.named(name)
    assert regime.sources and regime.scope.en and regime.scope.zh
    assert (regime.verified_on is not None) == (regime.verified == "at_source")
    assert regime.note.en and regime.note.zh, "what was read, and where"
    assert not (regime.verified == "recalled" and any(check.recalled for check in regime.checks))


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_states_no_key_twice_as_its_base_has_it(name):
    """What a profile repeats from its base is noise; what it says differs."""
    data = profile_data(name)
    if "base" not in data:
        return
    under = profile_data(data["base"])
    for key in ("panel", "procedure", "rounding", "award", "approval"):
        assert key not in data or data[key] != under.get(key), key


def test_the_default_has_the_five_criteria_of_the_policy_with_their_clauses():
    policy = Policy.default()
    roots = policy.tree("ITO").roots
    assert [c.id for c in roots] == ["qualification", "capability", "quality", "price", "emergency"]
    assert tuple(c.clause for c in roots) == FIVE_CLAUSES
    assert sum(c.weight for c in roots) == 100
    assert {c.criterion for c in policy.floors} == {"capability", "quality"}


@pytest.mark.parametrize("branch", ["capability", "quality", "emergency"])
def test_the_default_varies_three_branches_by_category(branch):
    policy = Policy.default()
    sets = {k: {leaf.id for leaf in policy.tree(k).leaves_below(branch)} for k in ("ITO", "BPO", "KPO")}
    assert len({frozenset(s) for s in sets.values()}) == 3
    assert set.intersection(*sets.values()), "and keeps a common core"


def test_a_newcomer_without_past_evaluation_gets_the_declared_middle_of_the_fair_band():
    policy = Policy.default()
    past = policy.tree("ITO")["past"]
    assert past.source == "past" and past.when_missing == 70
    assert policy.grades.grade(past.when_missing) == "中"


def test_the_default_anchors_every_mark_level_of_every_judged_criterion():
    judged = [c for c in Policy.default().criteria if c.source == "marks"]
    assert len(judged) >= 9
    assert all([a.mark for a in c.anchors] == [100, 80, 60, 30, 0] for c in judged)


def test_the_default_uses_every_kind_of_source():
    assert {c.source for c in leaves(Policy.default())} == {"marks", "facts", "past", "price"}


def test_order_87_corrects_in_the_order_of_article_59():
    """财政部令第87号 第五十九条: opening sheet, words, decimal point, unit price; binding once confirmed."""
    rule = Policy.profile("cn-order-87").price
    assert rule.corrections == ("opening_over_file", "words_over_figures", "decimal_slip", "unit_times_quantity")
    assert rule.correction_needs_consent
    assert rule.small_business_deduction == Decimal("0.10")


def test_order_87_scores_neither_past_evaluations_nor_tax_grades():
    ids = {c.id for c in Policy.profile("cn-order-87").criteria}
    assert not ids & {"past", "tax_credit"}


def test_the_venice_regime_has_the_threshold_the_formula_and_the_line_of_its_tender():
    """Gara 18/2017: 32 of 50 points on raw marks (19.3.3), X = 0.90 (19.4.2), tie to the price (19.7), 4/5 (19.9)."""
    policy = Policy.profile("it-oepv-bilinear")
    assert policy.floors[0].minimum == Decimal(32) / 50 * 100
    assert policy.tree("ITO")["price"].price.parameters["x"] == Decimal("0.9")
    assert policy.ties.keys == ("higher:price",)
    assert [(rule.kind, rule.limit) for rule in policy.price.abnormal] == [("points_fraction", Decimal("0.8"))]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_profiles_tells_of_each_and_of_its_verification(name):
    page = (DOCS / "profiles.md").read_text(encoding="utf-8")
    row = next((line for line in page.splitlines() if line.startswith(f"| `{name}`")), None)
    assert row is not None, f"docs/profiles.md has no row for {name}"
    said = "read at the source" if Regime.named(name).verified == "at_source" else "recalled"
    assert said in row
    formula = next(c.price.formula for c in leaves(Policy.profile(name)) if c.price is not None)
    assert f"`{formula}`" in row
    section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
    regime = Regime.named(name)
    untold = [check.id for check in regime.checks if f"{check.words.en}" not in section or check.article not in section]
    assert not untold
    assert all(source in section for source in regime.sources)
