"""Chinese explanations of the samples hold no English beyond ids and names that somebody gave, and names of methods."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput
from supplier_eval.intake.assemble import read_tender
from supplier_eval.policy import Policy, profile_names
from supplier_eval.rank.methods import METHODS
from supplier_eval.robustness.answers import rehearsals
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.methods import compare_methods
from supplier_eval.robustness.objective_front import critic_weights, entropy_weights, merec_weights
from supplier_eval.robustness.panel_influence import panel_influence
from supplier_eval.robustness.rehearsal import rehearse
from supplier_eval.robustness.reversal import reversal_of
from supplier_eval.robustness.study import robustness_study
from supplier_eval.robustness.verdict import verdict
from supplier_eval.robustness.verdict_figures import Room, Share, SmallestChange, VerdictFigures
from supplier_eval.robustness.whatif import what_if
from supplier_eval.score.price import PRICE_FORMULAS

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
LOTS = [("museum-services", "1"), ("service-desk", "L1"), ("service-desk", "L2"), ("service-desk", "L3")]
WORDS = re.compile(r"[A-Za-z]{4,}")
NAMES_OF_METHODS = {word for method in METHODS.values() for word in WORDS.findall(method.title)} - {
    *("weighted", "product", "ratio", "system")
} | {"CRITIC", "MEREC"}


@cache
def tender_of(sample):
    return read_tender(SAMPLES / sample)


def given_in(tender) -> set[str]:
    """Latin words of ids and names of bids, evaluators and criteria, and of the policy's name."""
    names = [*tender.bids.index, *tender.bids["name"], *tender.evaluators, tender.policy.name]
    names += [word for c in tender.policy.criteria for word in (c.id, c.name.zh or c.name.en)]
    return {word for name in names for word in WORDS.findall(str(name))}


def assert_chinese(said: str, given: set[str]) -> None:
    assert said
    assert set(WORDS.findall(said)) <= given | NAMES_OF_METHODS, said
    assert not re.search(r"(?<![\d.])-0\.0+(?!\d)", said), said


@pytest.mark.parametrize(("sample", "lot"), LOTS)
def test_questions_about_a_lot(sample, lot):
    tender = tender_of(sample)
    given = given_in(tender)
    block = lot_block(tender, lot)
    sheet = block.result.sheet
    assert_chinese(panel_influence(block).explain("zh"), given)
    assert_chinese(reversal_of(block, draws=64).explain("zh"), given)
    compared = compare_methods(sheet)
    assert_chinese(compared.explain("zh"), given)
    for words in (*compared.to_frame("zh")["title"], *(r or "无" for r in compared.to_frame("zh")["reason"])):
        assert_chinese(words, given)
    for weigh in (entropy_weights, critic_weights, merec_weights):
        try:
            assert_chinese(weigh(sheet).explain("zh"), given)
        except InvalidInput as refused:
            assert_chinese(" ".join(f.say("zh") for f in refused.findings), given)
    judged = robustness_study(tender, lot, draws=64).verdict
    assert_chinese(judged.explain("zh"), given)
    assert_chinese("".join(["无", *judged.to_frame("zh")["words"]]), given)


@pytest.mark.parametrize(("sample", "lot"), LOTS)
def test_what_if_in_a_lot(sample, lot):
    tender = tender_of(sample)
    given = given_in(tender)
    block = lot_block(tender, lot)
    priced = next(leaf.id for leaf in tender.tree.leaves if leaf.price is not None)
    row = tender.marks[tender.marks["bid"] == block.bids[0]].iloc[0]
    changes = [
        {},
        {"weights": {tender.tree.roots[0].id: 100 / 3}},
        {"formula": {priced: "share_of_ceiling"}},
        {"marks": {(row["bid"], row["criterion"], row["evaluator"]): row["mark"]}},
        {"without": [block.bids[-1]]},
        {"without": list(block.bids)},
        {"adding": {"新增": {"like": block.bids[0]}}},
        {"floors": {}},
        {"floors": {tender.tree.roots[0].id: 70}},
        {"policy": tender.policy.replace(adoption=None)},
    ]
    if block.whole_price:
        changes.append({"prices": {block.bids[0]: 1000}})
    asked = 0
    for change in changes:
        try:
            found = what_if(tender, lot=lot, **change)
        except InvalidInput:  # too few bids stay valid, or the regime forbids it
            continue
        assert_chinese(found.explain("zh"), given)
        asked += 1
    assert asked > 6


@pytest.mark.parametrize("formula", PRICE_FORMULAS)
def test_what_if_with_every_price_formula(formula):
    tender = make_tender([flat("A", 90, "80"), flat("B", 60, "70")], Policy.from_mapping(policy_mapping()), ceiling=100)
    wanted = [p.name for p in PRICE_FORMULAS[formula].parameters if p.default is None and p.name != "ceiling"]
    given = given_in(tender) | set(WORDS.findall(" ".join(wanted)))
    said = what_if(
        tender, formula=formula, parameters={name: 1 if name == "exponent" else 0.5 for name in wanted}
    ).explain("zh")
    assert_chinese(said, given)


@pytest.mark.parametrize("name", sorted({*profile_names(), *(sample for sample, _ in LOTS)}))
def test_rehearsals(name):
    policy = Policy.profile(name) if name in profile_names() else tender_of(name).policy
    given = {word for c in policy.criteria for text in (c.id, c.name.zh or c.name.en) for word in WORDS.findall(text)}
    market = pd.DataFrame({"tender": list("aabbb"), "price": [1, 2, 3, 4, 5]})
    category = policy.categories[0] if policy.categories else ""
    assert_chinese(rehearse(policy, category=category, market=market).explain("zh"), given)
    assert_chinese(rehearse(policy, category=category, bids=3, tenders=20).explain("zh"), given)


def test_the_market_sample_is_named_in_chinese():
    policy = Policy.from_mapping(policy_mapping())
    assert_chinese(rehearsals(policy)[0].explain("zh"), {c.id for c in policy.criteria})


@pytest.mark.parametrize("norm", ["max", "sum", "euclidean"])
def test_a_verdict_with_every_rule(norm):
    figures = VerdictFigures(
        winner="B1",
        runner_up="B2",
        margin=0.0,
        rounding_step=0.01,
        rooms=(Room("Quality", 1.0, "B2", "质量"), Room("Price", 2.0, "", "价格")),
        smallest_change=SmallestChange(0.5, "B2", norm),
        acceptability=Share(0.3, 0.01),
        acceptability_with_marks=Share(0.7, 0.01),
        ball=5.0,
        decided_by_one_evaluator=("E1",),
        reversal=("B3",),
    )
    assert_chinese(verdict(figures).explain("zh"), set())
    assert "质量、价格" in verdict(figures).explain("zh") and "Quality, Price" in verdict(figures).explain()
