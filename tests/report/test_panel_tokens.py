"""Marks in place of bidders and evaluators: every id and name in a fact is found, words of the sentence are not."""

from __future__ import annotations

from dataclasses import replace

from supplier_eval.flags import Reason
from supplier_eval.report.panel_data import panel_data, panel_json
from supplier_eval.report.panel_tokens import Tokens, tokens_of

TOKENS = Tokens(("A", "B1", "B10"), ("E1",), {"北汀数据": "B1", "Dr Lin": "E1"}, "sha256:1")


def test_ids_and_names_are_marked_and_longer_words_are_not():
    assert TOKENS.fact("B1, B10 and B100") == "⟦b1⟧, ⟦b2⟧ and B100"
    assert TOKENS.fact("供应商北汀数据报价；Dr Lin, E1") == "供应商⟦b1⟧报价；⟦m0⟧, ⟦m0⟧"
    assert TOKENS.fact("grade A, Alpha") == "grade A, Alpha"


def test_figures_stay_as_they_are_also_where_a_bid_is_called_so():
    assert TOKENS.fact(3.5) == 3.5
    numbered = Tokens(("1", "5"), (), {"Five": "5"}, "sha256:1")
    assert numbered.fact("5") == "5"
    assert numbered.fact("0.5 and Five") == "0.5 and ⟦b1⟧"
    assert numbered.fact("price.low (5), price.low (1)", "cases") == "price.low (⟦b1⟧), price.low (⟦b0⟧)"
    assert numbered.one("5") == "⟦b1⟧"
    assert numbered.one("Price") == "Price"


def test_what_people_wrote_is_left_out_of_a_blind_review():
    facts = {"by": "Dr Lin", "on": "2026-03-09", "case": "price.abnormal", "reason": "A firm of the group"}
    said = TOKENS.reason(Reason("qualify.case_excluded", facts=facts))
    assert "group" in said["en"]
    for lang in ("en", "zh"):
        assert "group" not in said["hidden"][lang]
        assert "⟦m0⟧" not in said["hidden"][lang]
        assert {"en": "9 March 2026", "zh": "2026年3月9日"}[lang] in said["hidden"][lang]
    assert TOKENS.reason(Reason("qualify.case_excluded", facts=facts), blind=True) == said["hidden"]


def test_numbers_of_a_blind_review_are_a_mix_that_is_always_the_same():
    ids = [f"B{i}" for i in range(1, 9)]
    numbers = TOKENS.numbers(ids)
    assert sorted(numbers.values()) == list(range(1, 9))
    assert numbers == TOKENS.numbers(reversed(ids))
    assert [numbers[one] for one in ids] != list(range(1, 9))
    other = Tokens(TOKENS.bids, TOKENS.members, {}, "sha256:2")
    assert numbers != other.numbers(ids)


def test_the_numbers_of_a_blind_review_do_not_follow_from_what_the_page_says(desk):
    """Whoever knows the ids and reads the fingerprint on the page cannot work out which bid has which number."""
    tokens, page = tokens_of(desk), panel_json(panel_data(desk, "en", (), blind=True))
    prints = (desk.tender.fingerprint, desk.policy_fingerprint)
    assert all(one in page for one in prints)
    assert tokens.seed not in page
    assert all(digest not in page for digest in desk.tender.digests.values())
    for known in prints:
        assert tokens.numbers(tokens.bids) != replace(tokens, seed=known).numbers(tokens.bids)


def test_the_time_of_receipt_is_hidden_as_the_opening_lists_it_by_bidder():
    facts = {"received": "2026-03-10 09:37:00+08:00", "deadline": "2026-03-10 09:30:00+08:00", "minutes": "7"}
    hidden = TOKENS.reason(Reason("qualify.late", facts=facts), blind=True)
    for lang in ("en", "zh"):
        assert "09:30" in hidden[lang]
        assert "09:37" not in hidden[lang]
        assert "7" not in hidden[lang].replace("…", "")


def test_an_evaluation_gives_all_its_bids_and_members(desk, two_lots):
    assert tokens_of(desk).bids == ("B1", "B2", "B3", "B4", "B5", "B6")
    assert tokens_of(desk).members == ("E1", "E2", "E3", "E4", "E5")
    assert sorted(tokens_of(two_lots).bids) == ["B1", "B2", "B3", "B4", "B5", "B6"]
    assert tokens_of(desk).fact("Dr E2-Surname on Alpha IT") == "⟦m1⟧ on ⟦b0⟧"
