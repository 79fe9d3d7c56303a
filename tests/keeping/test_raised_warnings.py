"""Open warnings of indicators are raised in the registry once, and answered there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from registry_sample import SAMPLES
from supplier_eval.errors import Refused
from supplier_eval.keeping import keep_warnings
from supplier_eval.registry.records.suppliers import Supplier
from supplier_eval.registry.store import Registry
from supplier_eval.risk.folder_answers import answer_folder
from supplier_eval.risk.indicator_watch import IndicatorWatch


@pytest.fixture(scope="module")
def watch() -> IndicatorWatch:
    found = answer_folder(SAMPLES / "risks", years=2_000).indicators
    assert found is not None
    return found


@pytest.fixture
def registry(tmp_path):
    now = datetime(2026, 11, 30, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    with Registry.create(tmp_path / "s.sqlite", actor="wu.fang", clock=lambda: now) as made:
        made.add(Supplier(id="S03", name="Company S03"))
        yield made


def test_every_open_warning_is_raised_with_its_reading_and_its_limit(registry, watch):
    kept = {one.indicator: one for one in keep_warnings(registry, watch)}
    assert set(kept) == {one.indicator for one in watch.open_warnings}
    in_time = kept["in_time"]
    assert (in_time.id, in_time.state, in_time.level) == ("in_time-red-2025-11-07", "raised", "red")
    assert (in_time.owner, in_time.due) == ("Chen Jing", date(2025, 11, 12))
    assert in_time.raised_at == datetime(2025, 11, 6, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    assert in_time.figure <= in_time.threshold  # the lower the worse
    assert kept["attrition"].figure >= kept["attrition"].threshold
    assert kept["open_findings"].level == "red"


def test_a_reading_that_is_late_warns_without_figures(registry, watch):
    (grey,) = [one for one in keep_warnings(registry, watch) if one.level == "grey"]
    assert (grey.indicator, grey.figure, grey.threshold) == ("exchange_rate", None, None)


def test_a_second_day_adds_what_is_new_only(registry, watch):
    first = keep_warnings(registry, watch)
    answered = {"acknowledged_by": "Chen Jing", "acknowledged_on": date(2026, 11, 30), "action_due": date(2026, 12, 4)}
    mine = next(one for one in first if one.indicator == "in_time")
    registry.move(mine, "acknowledge", action="meeting of both boards", **answered)
    assert keep_warnings(registry, watch) == ()
    assert registry.get("warning", mine.id).state == "acknowledged"


def test_it_says_whom_it_speaks_of_where_it_is_told(registry, watch):
    kept = keep_warnings(registry, watch, suppliers={"in_time": "S03"})
    assert {one.indicator: one.supplier for one in kept if one.supplier} == {"in_time": "S03"}


def test_a_risk_that_is_not_on_record_raises_nothing(registry, watch):
    with pytest.raises(Refused) as refused:
        keep_warnings(registry, watch, risks={"in_time": "R99"})
    assert [f.value for f in refused.value.findings] == ["R99"]
    assert registry.count("warning") == 0


def test_a_warning_whose_time_is_over_goes_up(registry, watch):
    kept = keep_warnings(registry, watch)
    late = next(one for one in kept if one.indicator == "open_findings")
    day = date(2026, 11, 30)
    assert registry.move(late, "escalate", escalated_to=("head.of.it",), escalated_on=day).state == "escalated"
