"""The clocks of a folder of records."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import supplier_eval as se
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.folder_clocks import folder_clocks

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "service-records"


def folder(tmp_path, *files):
    shutil.copy(SAMPLE / "drills.csv", tmp_path / "drills.csv")
    for file, text in files:
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def week(name, zone="Asia/Shanghai"):
    return f'name = "{name}"\ntimezone = "{zone}"\nyears = [2024, 2026]\n[week]\nmon-fri = ["09:00-17:00"]\n'


def test_the_only_calendar_needs_no_name_and_always_is_there():
    records = se.monitor.read_service_records(SAMPLE)
    assert list(records.clocks) == ["", "office", "always"]
    assert records.clocks[""] is records.clocks["office"]
    assert records.clocks["always"].timezone == "Asia/Shanghai"


def test_a_review_of_records_uses_their_clocks_unless_it_is_given_one():
    records = se.monitor.read_service_records(SAMPLE)
    plan = se.monitor.ReviewPlan.load(SAMPLE / "plan.toml")
    ours = se.monitor.review_period(records, plan, "2025-06")
    given = se.monitor.review_period(records, plan, "2025-06", clock=dict(records.clocks))
    assert ours.to_frame().equals(given.to_frame())
    frames = {name: frame.drop(columns=["row", "at"], errors="ignore") for name, frame in records.tables.items()}
    bare = se.monitor.ServiceRecords.from_frames({"quotes": frames["quotes"]})
    with pytest.raises(InvalidInput) as refused:
        se.monitor.review_period(bare, plan, "2025-06")
    assert "review.records.clock" in {finding.code for finding in refused.value.findings}


def test_two_calendars_stand_under_their_names_only(tmp_path):
    place = folder(tmp_path, ("calendar.toml", week("desk")), ("calendar_field.toml", week("field")))
    assert list(se.monitor.read_service_records(place).clocks) == ["desk", "field", "always"]


def test_two_calendars_of_one_name_and_a_broken_one_are_found_together(tmp_path):
    files = (("calendar.toml", week("desk")), ("calendar_b.toml", week("desk")), ("calendar_c.toml", "name = ["))
    with pytest.raises(InvalidInput) as refused:
        se.monitor.read_service_records(folder(tmp_path, *files))
    assert {f.code for f in refused.value.findings} >= {"records.calendar_twice", "calendar.file"}


def test_a_folder_without_a_calendar_has_no_clock(tmp_path):
    assert folder_clocks(folder(tmp_path), []) == {}
    assert dict(se.monitor.read_service_records(tmp_path).clocks) == {}
