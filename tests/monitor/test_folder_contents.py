"""What lies beside the records: every fault of every file at once."""

from __future__ import annotations

import pytest

from monitor_folders import CREDITS, SAMPLE, copied
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.folder_contents import read_review_folder


def codes(refused):
    return {finding.code for finding in refused.value.findings}


def test_the_sample_holds_records_plan_and_clock():
    folder = read_review_folder(SAMPLE)
    assert (folder.name, len(folder.records.suppliers), folder.plan.name) == ("service-records", 12, "service-records")
    assert folder.fingerprint.startswith("sha256:") and folder.fingerprint == read_review_folder(SAMPLE).fingerprint


def test_a_place_that_is_no_folder_is_refused(tmp_path):
    for place in (tmp_path / "nowhere", SAMPLE / "plan.toml"):
        with pytest.raises(InvalidInput) as refused:
            read_review_folder(place)
        assert codes(refused) == {"review.folder.none"}


def test_everything_that_is_wrong_is_said_at_once(tmp_path):
    place = copied(
        tmp_path / "records",
        without=("plan.toml", "calendar.toml"),
        feedback_csv="feedback,supplier,sent,score\nF1,S03,never,5\n",
        events_csv="supplier,kind,on\nS03,theft,2025-06-10\n",
        credits_toml="[[terms]]\ncontract = 1\n",
    )
    with pytest.raises(InvalidInput) as refused:
        read_review_folder(place)
    assert codes(refused) >= {"review.folder.no_plan", "review.event.unknown", "review.folder.fees"}
    assert any(code.startswith("feedback.sent") for code in codes(refused))


def test_a_plan_with_a_measure_that_does_not_exist_is_refused(tmp_path):
    text = (SAMPLE / "plan.toml").read_text("utf-8").replace('"accuracy"\nobs', '"happiness"\nobs')
    with pytest.raises(InvalidInput):
        read_review_folder(copied(tmp_path / "records", plan_toml=text))


def test_a_changed_byte_is_another_fingerprint(tmp_path):
    place = copied(tmp_path / "records", credits_toml=CREDITS)
    folder = read_review_folder(place)
    assert folder.fingerprint != read_review_folder(SAMPLE).fingerprint
    assert [one.fees for one in folder.credits] == ["180000.00"]


def test_moments_without_a_zone_are_in_the_zone_that_the_plan_declares(tmp_path):
    rows = "ticket,supplier,priority,opened,closed\nT-1,S03,P1,2025-06-02 09:00,2025-06-02 17:00\n"
    plan = (SAMPLE / "plan.toml").read_text(encoding="utf-8")
    place = copied(tmp_path / "folder", tickets_csv=rows, without=("holds.csv",))
    with pytest.raises(InvalidInput) as refused:
        read_review_folder(place)
    lacking = [finding for finding in refused.value.findings if finding.code.endswith("no_time_zone")]
    assert lacking and all("plan.toml" in one.advise("en") and "plan.toml" in one.advise("zh") for one in lacking)
    (place / "plan.toml").write_text(
        plan.replace('period = "month"', 'timezone = "Asia/Shanghai"\nperiod = "month"', 1)
    )
    folder = read_review_folder(place)
    assert folder.records["tickets"]["opened"].iloc[0].isoformat() == "2025-06-02T01:00:00+00:00"
    assert folder.plan.fingerprint != read_review_folder(SAMPLE).plan.fingerprint


def test_a_zone_that_does_not_exist_is_refused(tmp_path):
    plan = (SAMPLE / "plan.toml").read_text(encoding="utf-8")
    place = copied(
        tmp_path / "folder", plan_toml=plan.replace('period = "month"', 'timezone = "Shanghai"\nperiod = "month"', 1)
    )
    with pytest.raises(InvalidInput) as refused:
        read_review_folder(place)
    assert "records.timezone" in codes(refused)
