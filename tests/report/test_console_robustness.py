"""What the command line shows of robustness."""

from __future__ import annotations

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.report.console_robustness import print_rehearsals, print_study
from supplier_eval.robustness.answers import answer_lots, rehearsals

POLICY = Policy.from_mapping(policy_mapping())
OFFERS = [flat("A", 90, "100"), flat("B", 78, "80"), flat("L", 0, "30")]


@pytest.mark.parametrize(("lang", "level"), [("en", "Fragile"), ("zh", "脆弱")])
def test_the_verdict_stands_first_and_the_standing_last(capsys, lang, level):
    answers = answer_lots(make_tender(OFFERS, POLICY), draws=64, methods=True, break_even=True)
    print_study(answers, lang)
    printed = capsys.readouterr().out
    assert printed.startswith(level)
    assert "TOPSIS" in printed
    assert "nan" not in printed.lower()
    assert ("exploratory" if lang == "en" else "仅供探讨") in printed.strip().splitlines()[-2]


def test_break_even_is_shown_only_where_it_was_asked_for(capsys):
    print_study(answer_lots(make_tender(OFFERS, POLICY), draws=64), "en")
    assert "inside the procedure" not in capsys.readouterr().out


@pytest.mark.parametrize("offers", [OFFERS[:1], [flat(b, 70, "100") for b in "ABC"]], ids=["one bid", "all equal"])
def test_one_bid_and_equal_bids_are_no_exception(capsys, offers):
    print_study(answer_lots(make_tender(offers, POLICY), draws=64, methods=True, break_even=True), "en")
    printed = capsys.readouterr().out
    assert "A" in printed
    assert "nan" not in printed.lower()


def test_long_names_are_folded_not_cut_and_markup_is_text(capsys):
    tender = make_tender(OFFERS, POLICY)
    tender.bids.loc["A", "name"] = "[bold]" + "Long " * 60 + "END"
    print_study(answer_lots(tender, draws=64), "en")
    printed = capsys.readouterr().out
    assert "[bold]" in printed
    assert "END" in printed


def test_a_rehearsal_says_each_effective_weight(capsys):
    print_rehearsals(rehearsals(POLICY), "en")
    printed = capsys.readouterr().out
    assert all(f"  {name}: weight" in printed for name in ("quality", "price"))
