from __future__ import annotations

import dataclasses

from supplier_eval.report.outcome import key_label, outcome


def test_the_first_is_named_with_total_and_lead(desk):
    first, candidates, *_ = outcome(desk.only_lot, "en")
    ranking = desk.ranking
    assert first == (
        f"Delta Ltd (B4) is first with {ranking.total_of('B4'):.2f} of 100 points, "
        f"{ranking.margins['B4']:.2f} ahead of Beta 服务 (B2)."
    )
    assert candidates.startswith("Candidates in order: 1. Delta Ltd (B4), 2. Beta 服务 (B2), 3. ")


def test_the_same_in_chinese(desk):
    assert "名列第一" in outcome(desk.only_lot, "zh")[0]


def test_a_tie_is_said_and_no_candidate_is_made_of_it(tied):
    (first, *rest) = outcome(tied.only_lot, "en")
    assert first.startswith("One (B1), Two (B2) share rank 1")
    assert not any("Candidates" in sentence for sentence in rest)


def test_why_there_is_no_order(stopped, sealed):
    assert "2 bids are valid and 3 are needed" in outcome(stopped.only_lot, "en")[0]
    assert "not locked" in outcome(sealed.only_lot, "en")[0]
    assert len(outcome(stopped.only_lot, "en")) == 1


def test_one_bid_is_first_of_one(lonely):
    assert "the only bid in the order" in outcome(lonely.only_lot, "en")[0]


def test_a_withdrawal_is_said_first_and_the_next_moves_up(desk):
    after = dataclasses.replace(desk.only_lot, ranking=desk.ranking.withdraw("B4"))
    gone, first, *_ = outcome(after, "en")
    assert gone.startswith("Delta Ltd (B4) withdrew")
    assert first.startswith("Beta 服务 (B2) is first")


def test_nobody_left_is_an_answer(lonely):
    after = dataclasses.replace(lonely.only_lot, ranking=lonely.ranking.withdraw("B1"))
    assert outcome(after, "en") == ("No bid has a rank.",)


def test_tie_keys_are_said_in_words(desk):
    tree = desk.tender.tree
    assert key_label(tree, "lower_price", "en") == "lower price"
    assert key_label(tree, "higher:quality", "zh") == "服务质量得分较高者"
