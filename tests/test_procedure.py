"""The procedure as a whole: laws that hold for any tender."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import Offer, flat, make_tender, offers, policy_mapping
from supplier_eval.errors import InvalidTender
from supplier_eval.flags import Ruling
from supplier_eval.policy import Policy
from supplier_eval.procedure import check_policy, check_tender, evaluate

POLICY = Policy.from_mapping(policy_mapping())
ROUNDED = Policy.from_mapping(policy_mapping(rounding={"mark": 1, "criterion": 2, "total": 1}))


def result(made: list[Offer], policy: Policy = POLICY) -> dict[str, tuple[int, float]]:
    ranking = evaluate(make_tender(made, policy)).ranking
    return {bid: (ranking.rank_of(bid), ranking.total_of(bid)) for bid in ranking.bids}


def test_a_tender_by_hand():
    """80 everywhere at 100 against 60 everywhere at 80: 0.6·80 + 0.4·80 = 80, and 0.6·60 + 0.4·100 = 76."""
    ranking = evaluate(make_tender([flat("A", 80, "100"), flat("B", 60, "80")], POLICY)).ranking
    assert ranking.order == ("A", "B")
    assert ranking.total.tolist() == pytest.approx([80.0, 76.0])
    assert ranking.margins["A"] == pytest.approx(4.0)
    assert ranking.standing == "binding"


def test_one_bidder_ranks_first():
    assert result([flat("only", 50, "10")])["only"] == (1, pytest.approx(70.0))


def test_equal_bids_share_the_first_rank_and_the_tie_is_said():
    evaluation = evaluate(make_tender([flat("A", 70, "90"), flat("B", 70, "90"), flat("C", 10, "90")], POLICY))
    ranking = evaluation.ranking
    assert [ranking.rank_of(b) for b in "ABC"] == [1, 1, 3]
    assert ranking.tied == (("A", "B"),)
    assert ranking.winners == ("A", "B")
    assert "draw" in evaluation.explain("A")


@given(offers(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_bids_and_evaluators_changes_nothing_to_the_last_bit(made, rng: random.Random):
    mixed = [
        replace(
            o, marks={e: dict(rng.sample(list(m.items()), len(m))) for e, m in rng.sample(list(o.marks.items()), 3)}
        )
        for o in rng.sample(made, len(made))
    ]
    assert result(made) == result(mixed)


@given(offers(fewest=2), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_renaming_bids_renames_the_result_only(made, rng: random.Random):
    ids = [f"Z{i}" for i in range(len(made))]
    rng.shuffle(ids)
    renamed = [replace(o, bid=new) for o, new in zip(made, ids, strict=True)]
    before, after = result(made), result(renamed)
    for offer, new in zip(made, ids, strict=True):
        assert before[offer.bid][0] == after[new][0]
        assert before[offer.bid][1] == pytest.approx(after[new][1], abs=1e-9)


@given(offers(fewest=2), st.data())
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("policy", [POLICY, ROUNDED], ids=["exact", "rounded"])
def test_better_marks_never_lower_a_rank(policy, made, data):
    at = data.draw(st.integers(0, len(made) - 1))
    criterion = data.draw(st.sampled_from(["quality", "capability", "emergency"]))
    evaluator = data.draw(st.sampled_from(["E1", "E2", "E3"]))
    old = made[at].marks[evaluator][criterion]
    new = data.draw(st.floats(old, 100).map(lambda x: round(x, 2)).filter(lambda x: x >= old))
    marks = {e: dict(m) for e, m in made[at].marks.items()}
    marks[evaluator][criterion] = new
    better = [replace(o, marks=marks) if i == at else o for i, o in enumerate(made)]
    assert result(better, policy)[made[at].bid][0] <= result(made, policy)[made[at].bid][0]


@given(offers(fewest=2))
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("policy", [POLICY, ROUNDED], ids=["exact", "rounded"])
def test_contributions_add_up_to_totals_and_differences(policy, made):
    evaluation = evaluate(make_tender(made, policy))
    ranking = evaluation.ranking
    for bid in ranking.order:
        assert math.fsum(ranking.contributions(bid).values()) == pytest.approx(ranking.total_of(bid), abs=1e-9)
        assert math.fsum(ranking.criteria_points(bid).values()) == pytest.approx(ranking.total_of(bid), abs=1e-9)
    first, second = ranking.order[:2]
    comparison = evaluation.compare(first, second)
    lines = comparison.to_frame()["difference"]
    assert math.fsum(lines) == pytest.approx(comparison.difference, abs=1e-9)


@given(offers(fewest=2, most=5))
@settings(max_examples=30, deadline=None)
def test_a_bid_that_fails_changes_nobodys_score(made):
    """An unaffordable bid above the ceiling is out; the others score as if it had never come."""
    intruder = flat("Z-intruder", 100, "99999")
    alone = evaluate(make_tender(made, POLICY, ceiling=Decimal(2000))).ranking
    ranking = evaluate(make_tender([*made, intruder], POLICY, ceiling=Decimal(2000))).ranking
    assert ranking.rank_of("Z-intruder") == 0
    for bid in alone.order:
        assert (ranking.rank_of(bid), ranking.total_of(bid)) == (alone.rank_of(bid), alone.total_of(bid))


def test_a_missing_mark_is_refused_and_named():
    made = [flat("A", 80, "100"), flat("B", 60, "80")]
    del made[0].marks["E2"]["quality"]
    with pytest.raises(InvalidTender) as refused:
        evaluate(make_tender(made, POLICY))
    (finding,) = refused.value.findings
    assert finding.code == "marks.mark.absent"
    assert "E2" in finding.message
    assert "quality" in finding.message


def test_a_policy_that_nobody_adopted_gives_an_exploratory_result():
    proposal = policy_mapping()
    del proposal["adoption"]
    evaluation = evaluate(make_tender([flat("A", 80, "100")], Policy.from_mapping(proposal)))
    assert evaluation.standing == "exploratory"
    assert [reason.code for reason in evaluation.standing_reasons] == ["standing.not_adopted"]


def test_another_policy_than_the_published_one_is_exploratory():
    tender = make_tender([flat("A", 80, "100")], POLICY).with_policy(ROUNDED)
    assert [r.code for r in evaluate(tender).standing_reasons] == ["standing.other_policy"]


def test_too_few_valid_bids_stop_the_evaluation_with_that_answer():
    policy = Policy.from_mapping(policy_mapping(procedure={"minimum_valid_bids": 3}))
    ranking = evaluate(make_tender([flat("A", 80, "100"), flat("B", 60, "80")], policy)).ranking
    assert ranking.order == ()
    assert ranking.stopped is not None
    assert ranking.stopped.code == "score.too_few_valid_bids"
    assert "2 bids are valid and 3 are needed" in ranking.explain("A")


def test_a_withdrawal_moves_the_next_candidate_up_and_nobody_is_scored_again():
    ranking = evaluate(make_tender([flat("A", 80, "100"), flat("B", 60, "80"), flat("C", 50, "90")], POLICY)).ranking
    after = ranking.withdraw("A")
    assert ranking.candidates() == ("A", "B", "C")
    assert after.candidates() == ("B", "C")
    assert after.winners == ("B",)
    assert after.total_of("C") == ranking.total_of("C")
    assert after.rank_of("B") == 2


def test_a_withdrawal_on_record_moves_the_next_candidate_up():
    gone = Ruling("A", "withdrawal", "note", "the buyer", date(2026, 3, 1), "letter of 1 March")
    evaluation = evaluate(make_tender([flat("A", 80, "100"), flat("B", 60, "80")], POLICY, rulings=(gone,)))
    assert evaluation.ranking.candidates() == ("B",)
    assert evaluation.ranking.rank_of("A") == 1
    assert evaluation.to_dict()["lots"][0]["withdrawn"] == ["A"]


def test_the_check_of_a_policy_warns_of_a_formula_under_which_asking_more_can_pay(tmp_path):
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = {
        "formula": "trimmed_mean_benchmark",
        "parameters": {"e1": Decimal(1), "e2": Decimal("0.5")},
    }
    file = tmp_path / "policy.toml"
    file.write_text(Policy.from_mapping(mapping).to_toml(), encoding="utf-8")
    codes = {finding.code for finding in check_policy(file)}
    assert {"policy.price.not_monotone", "policy.price.relative"} <= codes


def test_the_check_of_a_policy_says_what_refuses_it(tmp_path):
    file = tmp_path / "policy.toml"
    file.write_text('name = "x"\nwieghts = 3\n', encoding="utf-8")
    assert {f.code for f in check_policy(file)} == {"policy.key.unknown", "policy.key.missing"}


def test_checking_a_path_that_is_no_tender_says_so(tmp_path):
    (finding,) = check_tender(tmp_path / "nothing")
    assert finding.code == "tender.path.missing"


@given(offers(), st.permutations(range(4)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_criteria_in_the_policy_changes_neither_fingerprint_nor_order_nor_points(made, order):
    mapping = policy_mapping(rounding={"total": 2})
    mixed = {**mapping, "criteria": [mapping["criteria"][i] for i in order]}
    first, second = Policy.from_mapping(mapping), Policy.from_mapping(mixed)
    assert first.fingerprint == second.fingerprint
    one, other = (evaluate(make_tender(made, policy)).ranking for policy in (first, second))
    assert one.ranks.tolist() == other.ranks.tolist()
    assert one.total.tolist() == other.total.tolist()
    for bid in one.order:
        assert one.contributions(bid).keys() == other.contributions(bid).keys()
        assert other.contributions(bid) == pytest.approx(one.contributions(bid), abs=1e-9)
