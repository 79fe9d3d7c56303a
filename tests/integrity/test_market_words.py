"""What is said of a bidder, a group, the market."""

from __future__ import annotations

import pytest

from integrity.made_markets import fair_market, joined, ring_in_turn, tender
from supplier_eval.errors import UnknownName
from supplier_eval.integrity.market_screening import screen_market
from supplier_eval.messages import UnknownLanguageError


@pytest.fixture(scope="module")
def found():
    shared = tender("S1", 900, ("A", 1.0), ("B", 2.0)).assign(bank="6222 0001")
    return screen_market(joined(fair_market(1, 120), ring_in_turn(30), shared))


def test_a_ring_is_told_with_its_figures_and_the_line(found):
    said = found.explain("A", "B", "C")
    assert (
        "flag: where all of A + B + C bid, the group won 30 times, 0 of them right after a win of the same one" in said
    )
    assert "the line is a corrected p-value of 0.05" in said


def test_a_bidder_is_told_with_flags_first(found):
    lines = found.explain("a").split("\n")  # ids are compared after case folding
    kinds = [line.split(":")[0] for line in lines[1:-1]]
    assert kinds == sorted(kinds, key=lambda kind: (kind != "flag", kind != "no flag"))
    assert any("gave the same bank account in tender S1" in line for line in lines)
    assert "further tests of groups with A" in lines[-2]


def test_the_market_is_told_screen_by_screen_in_both_languages(found):
    said = found.explain()
    assert "winning in turn, groups:" in said
    assert (
        "bids on the lowest price that may win, bidders: 0 of 0 flagged. not defined: the table of bids has no" in said
    )
    chinese = found.explain(lang="zh")
    assert "轮流中标" in chinese
    assert "未定义：投标表没有 minimum 列。" in chinese


def test_a_pair_that_rarely_met_is_said_to_have_rarely_met(found):
    assert "A + F01 met too rarely to be tested: at least 5 tenders are asked for." in found.explain("A", "F01")


def test_nobody_of_that_name(found):
    with pytest.raises(UnknownName, match="no bidder named 'Q'"):
        found.explain("Q")
    with pytest.raises(UnknownLanguageError, match="language"):
        found.explain(lang="fr")


def test_tenders_without_one_winner_are_counted_and_said(found):
    assert "no winner or several" not in found.explain()
    given = fair_market(1, 30)
    given["winner"] &= given["tender"] != "T0000"
    given["winner"] |= given["tender"] == "T0001"
    said = screen_market(given).explain()
    assert "2 tenders of two bidders or more have no winner or several" in said
