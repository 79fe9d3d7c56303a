"""KPIs as data: what follows from the measure, and what contradicts it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from supplier_eval.monitor.kpi_definitions import STATISTICS, KpiDefinition, duration_us


def kpi(**changes: object) -> KpiDefinition:
    given = {"id": "x", "name": "x", "measure": "resolution_time", "limit": "4h", "target": "0.9"} | changes
    return KpiDefinition(**{key: value for key, value in given.items() if value is not None})


def test_direction_window_and_statistic_follow_from_the_measure():
    share = kpi()
    assert (share.statistic, share.direction, share.window, share.kind) == ("share", "max", "due", "rate")
    slow = kpi(statistic="percentile", target=8)
    assert (slow.direction, slow.window, slow.kind, slow.shown_unit) == ("min", "opened", "percentile", "h")
    price = kpi(measure="price_level", limit=None, target=100)
    assert (price.direction, price.kind, price.shown_unit) == ("min", "index", "index")


def test_every_measure_has_a_default_that_holds_together():
    for measure in STATISTICS:
        timed = measure in {"response_time", "resolution_time", "emergency_response", "emergency_recovery"}
        assert kpi(measure=measure, limit="4h" if timed else None, target=1).measure == measure


@pytest.mark.parametrize(("text", "us"), [("30min", 1_800_000_000), ("4h", 14_400_000_000), ("1.5 s", 1_500_000)])
def test_durations_have_a_unit(text, us):
    assert duration_us(text) == us
    assert kpi(limit=text).limit_us("any") == us


def test_a_priority_has_its_own_limit_before_the_one_for_all():
    both = kpi(limits={"P1": "1h"}, limit="4h")
    assert [both.limit_us(p) for p in ("P1", "P2")] == [3_600_000_000, 14_400_000_000]
    assert kpi(limits={"P1": "1h"}, limit=None).limit_us("P2") is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"target": 95}, "fractions"),
        ({"limit": None}, "needs `limits`"),
        ({"limit": 4}, "its unit"),
        ({"limit": "0h"}, "above zero"),
        ({"limit": "2d"}, "its unit"),
        ({"direction": "min"}, "contradicts"),
        ({"statistic": "index"}, "gives"),
        ({"floor": "0.95"}, "floor is better"),
        ({"stretch": "0.8"}, "stretch is worse"),
        ({"measure": "accuracy"}, "measures of time"),
        ({"measure": "milestones", "limit": None, "calendar": "desk"}, "`calendar`"),
        ({"measure": "satisfaction", "limit": None, "statistic": "share"}, "top_box"),
        ({"measure": "satisfaction", "limit": None, "target": 4, "scale": (5, 1)}, "scale"),
        ({"statistic": "mean", "target": -1}, "not below 0"),
        ({"statistic": "mean", "target": 8, "window": "due", "limit": None}, "nothing becomes due"),
        ({"percentile": 100}, "less than 100"),
        ({"wieght": 3}, "Extra"),
    ],
)
def test_what_contradicts_itself_is_refused(changes, said):
    with pytest.raises(ValidationError, match=said):
        kpi(**changes)


def test_a_definition_does_not_change():
    with pytest.raises(ValidationError):
        kpi().target = Decimal(1)
    with pytest.raises(TypeError):
        kpi(limits={"P1": "1h"}).limits["P1"] = "2h"


def test_a_measure_that_is_a_list_is_refused_as_any_other():
    with pytest.raises(ValueError, match="measure"):
        KpiDefinition(id="k", name="k", measure=["accuracy"], target=1)
