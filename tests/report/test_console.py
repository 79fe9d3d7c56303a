"""What the command line shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy, Regime, profile_names
from supplier_eval.procedure import evaluate
from supplier_eval.report.console import live_line, print_evaluation, print_profiles

HOSTILE = "[bold]=1+1[/bold] <b>\u202ex"


def evaluation(**changes):
    policy = Policy.from_mapping(policy_mapping(**changes))
    return evaluate(make_tender([flat("A", 80, "100"), flat("B", 60.333, "80"), flat("C", 10, "80")], policy))


def test_totals_margins_points_and_rounding_are_shown(capsys):
    print_evaluation(evaluation(rounding={"total": 1}), "en")
    printed = capsys.readouterr().out
    assert "80.000" in printed
    assert "Rounding" in printed
    assert "Standing: binding" in printed


def test_a_bid_that_is_out_is_shown_with_its_reason(capsys):
    print_evaluation(evaluation(floors=[{"criterion": "quality", "minimum": 50}]), "zh")
    printed = capsys.readouterr().out
    assert "C" in printed
    assert "质量底线" in printed


def test_a_stopped_evaluation_says_why(capsys):
    print_evaluation(evaluation(procedure={"minimum_valid_bids": 5}), "en")
    assert "3 bids are valid and 5 are needed" in capsys.readouterr().out


def test_markup_in_a_name_is_text(capsys):
    policy = Policy.from_mapping(policy_mapping())
    tender = make_tender([flat("A", 80, "100")], policy)
    tender.bids.loc["A", "name"] = HOSTILE
    print_evaluation(evaluate(tender), "en")
    printed = capsys.readouterr().out
    assert "[bold]=1+1[/bold] <b>x" in printed


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_profile_is_listed(capsys, lang):
    print_profiles({name: Regime.named(name) for name in profile_names()}, lang)
    printed = capsys.readouterr().out
    assert all(name in printed for name in profile_names())
    assert "…" not in printed


def test_a_tie_says_that_lots_are_to_be_drawn_and_where_to_record_it(capsys):
    tender = make_tender([flat("A", 80, "100"), flat("B", 80, "100")], Policy.from_mapping(policy_mapping()))
    print_evaluation(evaluate(tender), "en")
    assert "Rank 1 is tied: A, B. Draw lots, and record it in rulings.csv" in capsys.readouterr().out


def test_many_flags_of_one_kind_are_counted(capsys):
    offers = [flat(f"B{i:02d}", 80, "100") for i in range(20)]
    for offer in offers:
        offer.marks["E3"]["quality"] = 0.0
    print_evaluation(evaluate(make_tender(offers, Policy.from_mapping(policy_mapping()))), "en")
    printed = capsys.readouterr().out
    assert printed.count("E3 marked") == 12
    assert "20 flags of this kind (panel.outlier_mark)" in printed


def test_a_moving_line_stands_in_a_terminal_and_nowhere_else(monkeypatch, capsys):
    with live_line("searching") as show:
        show("2 s")
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with live_line("searching [bold]") as show:
        show("2 s")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "[bold]" in captured.err or "2 s" in captured.err


def test_a_residue_of_rounding_has_no_sign(capsys):
    made = evaluation()
    result = made.only_lot
    ranking = replace(result.ranking, total=result.ranking.unrounded - 1e-7)
    print_evaluation(replace(made, lots={result.lot: replace(result, ranking=ranking)}), "en")
    printed = capsys.readouterr().out
    assert "Rounding" in printed
    assert "-0.000" not in printed
