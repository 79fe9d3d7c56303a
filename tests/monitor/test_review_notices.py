"""What a review leaves out is said."""

from __future__ import annotations

import pytest

import supplier_eval as se
from monitor_folders import SAMPLE, copied, two_years
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.folder_review import review_folder
from supplier_eval.monitor.review_notices import left_out, outside_records, step_findings


def warned(answers, code):
    return [finding for finding in answers.warnings if finding.code == code]


@pytest.fixture(scope="module")
def going_on(tmp_path_factory):
    """The sample, with a ticket in the middle of the month after its last complete one."""
    text = (SAMPLE / "tickets.csv").read_text(encoding="utf-8").rstrip("\n")
    row = "99999,S03,P2,2026-11-12T08:08+08:00,2026-11-12T09:12+08:00,2026-11-12T11:11+08:00,,0,intake,,,"
    return copied(tmp_path_factory.mktemp("notices") / "folder", tickets_csv=f"{text}\n{row}\n")


def test_the_period_that_is_left_out_is_named_with_how_to_ask_for_it(going_on):
    answers = review_folder(going_on)
    (said,) = warned(answers, "review.folder.left_out")
    assert answers.review.period == "2026-10"
    assert "2026-10" in said.say("en") and "2026-11-12" in said.say("en") and "--period 2026-11" in said.advise("en")
    assert "2026年11月12日" in said.say("zh") and "--period 2026-11" in said.advise("zh")
    assert not warned(review_folder(going_on, period="2026-11"), "review.folder.left_out")


def test_nothing_is_left_out_where_records_end_with_the_period():
    answers = two_years()
    clock = next(iter(answers.folder.records.clocks.values()))
    assert left_out(answers.folder.records, clock, answers.review.span, "month", None) == ()
    assert not warned(answers, "review.folder.left_out")


def test_a_step_that_selects_nothing_is_said_where_records_have_steps():
    (said,) = warned(two_years(), "review.folder.step")
    assert "resolution (repair)" in said.say("en") and "resolution (repair)" in said.say("zh")
    tickets = two_years().folder.records["tickets"].drop(columns=["row", "step"])
    frames = se.monitor.ServiceRecords.from_frames({"tickets": tickets})
    assert step_findings(frames, two_years().plan) == ()


@pytest.mark.parametrize("period", ["2023-03", "2031-03"])
def test_a_period_outside_the_records_is_refused_in_python_too(period):
    records, plan = two_years().folder.records, two_years().plan
    with pytest.raises(InvalidInput, match=period) as refused:
        se.monitor.review_period(records, plan, period)
    assert [finding.code for finding in refused.value.findings] == ["review.folder.outside"]
    inside = se.monitor.Period.month("2025-06")
    assert outside_records(records, "Asia/Shanghai", (inside,)) == []
