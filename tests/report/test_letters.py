"""A letter tells what the disclosure rule allows, and nothing else: every switch is tried."""

from __future__ import annotations

import dataclasses

import pytest

from report.made_files import order_87, sample
from supplier_eval.errors import SupplierEvalError, UnknownName
from supplier_eval.flags import Reason
from supplier_eval.report.documents import debrief_letter
from supplier_eval.report.letter_lots import is_decided, losers
from supplier_eval.report.letters import compose
from supplier_eval.report.outcome import key_label

SILENT = {
    "winner_name": False,
    "winner_total": False,
    "winner_criteria": False,
    "winner_price": False,
    "own_marks": False,
    "other_totals": False,
    "evaluator_names": False,
}


def under(evaluation, **switches):
    """The evaluation under another disclosure rule; nothing is computed again."""
    rule = evaluation.tender.policy.disclosure.model_copy(update={**SILENT, **switches})
    policy = type(evaluation.tender.policy).model_construct(**{**dict(evaluation.tender.policy), "disclosure": rule})
    return dataclasses.replace(evaluation, tender=dataclasses.replace(evaluation.tender, policy=policy))


def test_with_every_switch_off_a_letter_says_only_that_the_bid_was_not_chosen(desk):
    letter = debrief_letter(under(desk), "B2")
    assert "It was not chosen" in letter
    text = letter.split("<body>")[1]
    for secret in ("Delta", "B4", "79.0", "400,000", "57.9", "Surname", "E1", "Rank", "1,100,000", "Alpha", "Zeta"):
        assert secret not in text, secret


@pytest.mark.parametrize(
    ("switch", "shown"),
    [
        ("winner_name", "Delta Ltd"),
        ("winner_total", "79.02"),
        ("winner_price", "400,000.50"),
        ("winner_criteria", "17.7661"),
    ],
)
def test_each_switch_opens_its_own_figure_only(desk, switch, shown):
    alone = debrief_letter(under(desk, **{switch: True}), "B2")
    others = debrief_letter(
        under(desk, **{name: True for name in SILENT if name.startswith("winner") and name != switch}), "B2"
    )
    assert shown in alone
    assert shown not in others


def test_the_rounding_line_of_the_winner_needs_the_total(desk):
    criteria = compose(under(desk, winner_criteria=True), "B2", "en")
    assert "Rounding" not in dict(criteria.winner)
    both = compose(under(desk, winner_criteria=True, winner_total=True), "B2", "en")
    assert "Rounding" in dict(both.winner)


def test_own_marks_show_members_by_number(desk):
    letter = compose(under(desk, own_marks=True), "B2", "en")
    points, marks = letter.tables
    assert [label for label, _ in marks.columns][1:6] == [f"Evaluator {n}" for n in range(1, 6)]
    assert points.rows[-1][-1] == f"{desk.ranking.total_of('B2'):.2f}"
    assert dict(letter.own)["Rank"] == "2 of 4"
    assert "Surname" not in debrief_letter(under(desk, own_marks=True), "B2")


def test_members_are_named_only_where_the_rule_says_so(desk):
    letter = compose(under(desk, own_marks=True, evaluator_names=True), "B2", "en")
    assert letter.panel == ", ".join(f"Dr E{n}-Surname" for n in range(1, 6))
    assert compose(under(desk, own_marks=True), "B2", "en").panel == ""


def test_where_members_are_named_no_single_mark_is_told(desk):
    letter = compose(under(desk, own_marks=True, evaluator_names=True), "B2", "en")
    assert [label for label, _ in letter.tables[1].columns] == ["Criterion", "Mark that counts"]
    counted = [row[-1] for row in compose(under(desk, own_marks=True), "B2", "en").tables[1].rows]
    assert [row[-1] for row in letter.tables[1].rows] == counted
    html = debrief_letter(under(desk, own_marks=True, evaluator_names=True), "B2")
    assert html.count("Dr E1-Surname") == 1
    assert "Evaluator 1" not in html


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_regime_that_knows_how_a_result_is_challenged_says_so(tmp_path, lang):
    letter = compose(order_87(tmp_path), "B2", lang)
    assert {"en": "seven working days", "zh": "7个工作日"}[lang] in letter.challenge
    assert letter.challenge in debrief_letter(order_87(tmp_path / "again"), "B2", lang)
    assert compose(sample("service-desk"), "LM-3", lang).challenge == ""


def test_other_totals_come_without_names_and_without_the_winners(desk):
    letter = compose(under(desk, other_totals=True), "B2", "en")
    assert letter.others == (("Rank 3", "57.62"), ("Rank 4", "52.16"))
    assert letter.winner == ()


def test_an_excluded_bid_is_told_its_own_reason_without_peoples_names(desk):
    facts = {"by": "Dr E2-Surname", "on": "2026-03-09", "case": "x", "reason": "Dr E1-Surname and Zeta agreed"}
    result = desk.only_lot
    qualification = result.qualification.exclude({"B2": (Reason("qualify.case_excluded", "§3.1.4", facts),)})
    lots = {"1": dataclasses.replace(result, qualification=qualification)}
    changed = dataclasses.replace(under(desk), lots=lots)
    letter = debrief_letter(changed, "B2")
    assert "the evaluation committee" in letter
    assert "a member of the panel and another bidder agreed" in letter
    assert "Surname" not in letter
    named = debrief_letter(dataclasses.replace(under(desk, evaluator_names=True), lots=lots), "B2")
    assert "Dr E2-Surname" in named
    assert "Zeta" not in named


def test_a_late_bid_is_told_that_it_was_late_and_has_no_marks(desk):
    letter = compose(desk, "B5", "en")
    assert any("Late" in sentence for sentence in letter.decision)
    assert letter.own == ()
    assert letter.tables == ()
    assert letter.price_steps == ()


def test_a_bid_below_the_floor_sees_its_marks_and_no_price(below_floor):
    letter = compose(below_floor, "B3", "en")
    assert [table.name for table in letter.tables] == ["marks"]
    assert letter.price_steps == ()
    assert "765" not in debrief_letter(below_floor, "B3").split("<body>")[1].split("<footer")[0]


def test_the_winner_gets_no_letter_and_an_unknown_bid_is_refused(desk):
    with pytest.raises(SupplierEvalError, match="B4 was chosen"):
        compose(desk, "B4", "en")
    with pytest.raises(UnknownName):
        compose(desk, "B44", "en")


def test_no_letter_is_written_before_there_is_a_decision(sealed, tied):
    with pytest.raises(SupplierEvalError, match="still closed"):
        compose(sealed, "B1", "en")
    with pytest.raises(SupplierEvalError, match="recorded draw"):
        compose(tied, "B3", "en")
    assert is_decided(sealed.only_lot)


def test_where_the_evaluation_stopped_everybody_is_told_why(stopped):
    assert losers(stopped.only_lot) == ("B1", "B2")
    letter = compose(stopped, "B1", "en")
    assert "2 bids are valid and 3 are needed" in letter.decision[1]
    assert letter.winner == ()


def test_who_withdrew_gets_no_letter(desk):
    after = dataclasses.replace(desk.only_lot, ranking=desk.ranking.withdraw("B4"))
    assert losers(after) == ("B1", "B3", "B5", "B6")


def test_the_standstill_of_the_policy_is_said(desk):
    assert "5 days" in compose(desk, "B2", "en").standstill
    assert "5 天" in compose(desk, "B2", "zh").standstill


def test_how_far_a_bid_was_from_winning_is_not_in_a_letter(desk):
    behind = desk.ranking.total_of("B4") - desk.ranking.total_of("B2")
    assert f"{behind:.2f}" not in debrief_letter(desk, "B2")


def test_a_loser_by_draw_is_told_of_the_equal_total_and_of_the_draw():
    desk = sample("service-desk")
    said = compose(desk, "LM-3", "en").decision
    assert any("equals that of the bid that was chosen" in sentence for sentence in said)
    assert any("recorded on 25 March 2026." in sentence for sentence in said)
    assert any("Drawn in the presence of both bidders" in sentence for sentence in said)
    assert "2026年3月25日" in "".join(compose(desk, "LM-3", "zh").decision)
    assert "采购管理委员会" in "".join(compose(under(desk, evaluator_names=True), "LM-3", "en").decision)
    assert "equals" not in "".join(compose(desk, "YX-3", "en").decision)


def test_a_loser_by_a_tie_key_is_told_the_key():
    desk = sample("service-desk")
    said = "".join(compose(desk, "QH-2", "en").decision)
    key = desk.lots["L2"].ranking.decided_by("HZ-2", "QH-2")
    assert key not in {"total", "draw", None}
    assert "equals that of the bid that was chosen" in said
    assert key_label(desk.lots["L2"].ranking.sheet.tree, key, "en") in said
