"""Panel marks of a lot: recusal, completeness, aggregation, flags."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from strategies import MARK_COLUMNS, flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidTender
from supplier_eval.intake.tender import Evaluator
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.score.panel_marks import panel_marks, recusals

POLICY = Policy.from_mapping(policy_mapping())


def with_panel(**panel: object) -> Policy:
    return Policy.from_mapping(policy_mapping(panel=panel))


def more_marks(tender, rows):
    extra = pd.DataFrame(rows, columns=MARK_COLUMNS)
    return replace(tender, marks=pd.concat([tender.marks, extra], ignore_index=True))


def codes(flags) -> list[str]:
    return [flag.code for flag in flags]


def test_an_evaluator_with_a_conflict_leaves_the_whole_lot():
    offers = [flat("A", 80, "100"), flat("B", 60, "100")]
    offers[0].marks["E3"] = dict.fromkeys(offers[0].marks["E3"], 0.0)
    tender = make_tender(offers, POLICY)
    members = dict(tender.evaluators) | {"E3": Evaluator("E3", "E3", "expert", ("b",))}
    tender = replace(tender, evaluators=members)
    assert recusals(tender, "1") == {"E3": "B"}
    panel = panel_marks(tender, "1", ["A", "B"])
    assert panel.members == ("E1", "E2")
    assert panel.raw[:, 0].tolist() == [80.0, 80.0, 80.0]
    assert "panel.recused" in codes(panel.flags)


def test_the_composition_is_checked_again_after_recusal_and_holds_the_result():
    policy = with_panel(minimum_members=3, odd=True, expert_share="0.6")
    tender = make_tender([flat("A", 80, "100")], policy)
    members = dict(tender.evaluators) | {"E3": Evaluator("E3", "E3", "expert", ("A",))}
    members["E2"] = Evaluator("E2", "E2", "buyer")
    evaluation = evaluate(replace(tender, evaluators=members))
    assert set(codes(evaluation.flags)) == {"panel.recused", "panel.too_few", "panel.even", "panel.experts"}
    assert evaluation.standing == "exploratory"
    assert [r.code for r in evaluation.standing_reasons] == ["standing.open_cases"]
    assert "lot 1 has 2 members after recusal" in next(f for f in evaluation.flags if f.code == "panel.too_few").say()
    whole = evaluate(make_tender([flat("A", 80, "100")], with_panel(minimum_members=5)))
    (few,) = [flag for flag in whole.flags if flag.code == "panel.too_few"]
    assert few.say() == "the panel of lot 1 has 3 members as appointed; 5 are needed. (§3.2.4)"


def test_a_major_project_needs_the_larger_panel():
    policy = with_panel(minimum_members=3, minimum_members_major=7)
    small = make_tender([flat("A", 80, "100")], policy)
    assert "panel.too_few" not in codes(panel_marks(small, "1", ["A"]).flags)
    notice = {
        "major": True,
        "approvals": [
            {"step": "expert_review", "by": "x", "on": "2026-01-01"},
            {"step": "board_approval", "by": "x", "on": "2026-01-01"},
        ],
    }
    major = make_tender([flat("A", 80, "100")], policy, notice=notice)
    assert "panel.too_few" in codes(panel_marks(major, "1", ["A"]).flags)


def test_the_trimmed_mean_drops_one_high_and_one_low_and_needs_three_members():
    offer = flat("A", 80, "100")
    for evaluator, mark in (("E1", 10.0), ("E2", 70.0), ("E3", 100.0)):
        offer.marks[evaluator] = dict.fromkeys(offer.marks[evaluator], mark)
    policy = with_panel(aggregation="trimmed_mean")
    assert panel_marks(make_tender([offer], policy), "1", ["A"]).raw[:, 0].tolist() == [70.0, 70.0, 70.0]
    with pytest.raises(InvalidTender, match="needs 3 members"):
        evaluate(make_tender([flat("A", 80, "100", evaluators=2)], policy))


def test_a_moderated_mark_takes_the_place_of_the_independent_one_and_both_are_kept():
    policy = with_panel(aggregation="moderated")
    tender = make_tender([flat("A", 80, "100")], policy)
    tender = more_marks(tender, [("A", "quality", "E1", "moderated", 50.0, "", "", 99)])
    panel = panel_marks(tender, "1", ["A"])
    assert panel.raw[panel.leaves.index(policy.tree()["quality"]), 0] == pytest.approx(70.0)
    assert len(tender.marks) == 10


def test_consensus_takes_exactly_one_mark():
    policy = with_panel(aggregation="consensus")
    tender = make_tender([flat("A", 80, "100", evaluators=1)], policy)
    assert evaluate(tender).ranking.total_of("A") == pytest.approx(88.0)
    with pytest.raises(InvalidTender) as refused:
        evaluate(make_tender([flat("A", 80, "100", evaluators=2)], policy))
    assert {f.code for f in refused.value.findings} == {"marks.mark.not_one"}


def test_the_aggregated_mark_is_rounded_where_the_policy_says_so():
    policy = Policy.from_mapping(policy_mapping(rounding={"mark": 0}))
    offer = flat("A", 80, "100", evaluators=2)
    offer.marks["E2"] = dict.fromkeys(offer.marks["E2"], 81.0)
    assert panel_marks(make_tender([offer], policy), "1", ["A"]).raw[:, 0].tolist() == [81.0, 81.0, 81.0]


def test_an_outlier_mark_is_flagged_and_still_counts():
    offer = flat("A", 80, "100")
    offer.marks["E3"]["quality"] = 10.0
    panel = panel_marks(make_tender([offer], POLICY), "1", ["A"])
    (flag,) = [f for f in panel.flags if f.code == "panel.outlier_mark"]
    assert (flag.evaluator, flag.criterion, flag.figure) == ("E3", "quality", 10.0)
    assert not flag.holds
    assert np.isclose(panel.raw[0, 0], 170 / 3)


def test_members_who_differ_on_an_objective_item_open_a_case_that_holds():
    mapping = policy_mapping()
    mapping["criteria"][0]["objective"] = True
    offer = flat("A", 80, "100")
    offer.marks["E3"]["quality"] = 79.0
    panel = panel_marks(make_tender([offer], Policy.from_mapping(mapping)), "1", ["A"])
    (flag,) = [f for f in panel.flags if f.code == "panel.objective_differs"]
    assert flag.holds
    assert "79 to 80" in flag.say("en")


def test_every_missing_mark_is_named_by_evaluator_and_bid():
    offers = [flat("A", 80, "100"), flat("B", 80, "100")]
    del offers[0].marks["E1"]["quality"]
    del offers[0].marks["E1"]["capability"]
    del offers[1].marks["E2"]["emergency"]
    panel = panel_marks(make_tender(offers, POLICY), "1", ["A", "B"])
    said = [finding.message for finding in panel.findings]
    assert said == [
        "E1 gave A no mark on 2 criteria: quality, capability.",
        "E2 gave B no mark on 1 criteria: emergency.",
    ]
    assert np.isnan(panel.raw).all()


def test_a_lot_that_every_evaluator_must_leave_is_a_finding():
    tender = make_tender([flat("A", 80, "100")], POLICY)
    members = {e: Evaluator(e, e, "expert", ("A",)) for e in tender.evaluators}
    with pytest.raises(InvalidTender) as refused:
        evaluate(replace(tender, evaluators=members))
    (finding,) = refused.value.findings
    assert finding.code == "evaluators.evaluator.none_left"
    assert "标段 1" in finding.say("zh")


def test_a_mark_that_could_not_be_read_is_not_called_missing():
    tender = make_tender([flat("A", 80, "100")], POLICY)
    marks = tender.marks.copy()
    marks.loc[0, "mark"] = np.nan
    panel = panel_marks(replace(tender, marks=marks), "1", ["A"])
    assert panel.findings == ()
    panel = panel_marks(replace(tender, marks=marks.drop(index=0)), "1", ["A"])
    assert [f.code for f in panel.findings] == ["marks.mark.absent"]
