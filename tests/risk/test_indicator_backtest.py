"""Back-tests by hand: a reading every 10 days, amber from 5."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_indicators import day, defined, history
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import backtest_indicators

#          day 0  10 20 30 40 50 60 70 80 90 100
VALUES = [0, 6, 0, 0, 0, 6, 12, 0, 0, 0, 0]


def incidents(*at):
    return pd.DataFrame(
        {"incident": [f"i{n}" for n in at], "on": [day(n) for n in at], "indicator": [None] * len(at)}, dtype=object
    )


def played(*at, values=VALUES, as_of=110, horizon=15, **more):
    plan = [defined(**more)]
    return backtest_indicators(history(values), plan, incidents(*at), as_of=day(as_of), horizon=horizon).tests["open"]


def test_warned_missed_lead_and_false_alarms():
    """Warnings from day 10 to 20 and from day 50 to 70. 25 lies within 15 days; 40 does not; 66 was still warned."""
    one = played(25, 40, 66)
    assert [(i.outcome, i.lead) for i in one.incidents] == [("warned", 15), ("missed", None), ("warned", 16)]
    assert (one.alarms, one.right, one.false, one.undecided) == (2, 2, 0, 0)
    assert one.leads == (15, 16)
    assert one.share == 2 / 3
    assert played(40).false == 2


def test_a_warning_of_the_same_day_is_no_warning():
    assert played(10).count("missed") == 1
    assert played(11).leads == (1,)


def test_without_data_an_incident_is_neither_warned_nor_missed():
    """The reading of day 100 stands until day 110; the data of days 71 to 99 are taken away."""
    table = history(VALUES).drop(index=[8, 9])
    found = backtest_indicators(table, [defined()], incidents(-5, 85, 105, 112), as_of=day(120), horizon=15)
    assert [i.outcome for i in found.tests["open"].incidents] == ["blind", "blind", "missed", "blind"]
    assert found.tests["open"].years == pytest.approx((81 + 11) / 365.25)


def test_a_warning_whose_horizon_is_not_over_is_not_judged():
    assert (played(values=[0, 0, 6, 0], as_of=35).undecided, played(values=[0, 0, 6, 0], as_of=36).false) == (0, 1)
    assert played(values=[0, 0, 6, 0], as_of=34).undecided == 1
    assert played(values=[0, 6, 6, 6], as_of=35).undecided == 1


def test_a_figure_that_is_known_later_warns_later():
    assert played(25, known_after=6).leads == (9,)
    assert played(17, known_after=6).leads == (1,)
    assert played(16, known_after=6).count("missed") == 1


def test_chance_is_the_share_of_days_that_would_count():
    """Of days 0 to 110, those from 11 to 25 and from 51 to 70 follow a warning: 35 of 111."""
    assert played().chance == pytest.approx(35 / 111)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 12).map(float), min_size=1, max_size=12), st.integers(1, 40))
def test_chance_is_what_an_incident_on_every_day_scores(values, horizon):
    days = range(10 * len(values))
    one = played(*days, values=values, as_of=days[-1], horizon=horizon)
    assert one.count("blind") == 0
    assert one.chance == pytest.approx(one.share)


def test_an_incident_may_belong_to_one_indicator():
    table = incidents(25, 60).assign(indicator=["OPEN", None])
    plan = [defined(), defined(id="b")]
    found = backtest_indicators(history(VALUES), plan, table, as_of=day(110))
    assert {key: len(test.incidents) for key, test in found.tests.items()} == {"open": 2, "b": 1}
    assert found.tests["b"].count("blind") == 1


def test_red_only():
    plan = [defined()]
    found = backtest_indicators(history(VALUES), plan, incidents(66), as_of=day(110), level="red")
    assert found.tests["open"].leads == (6,)


def test_bad_incidents_and_arguments_are_said_together():
    table = pd.concat([incidents(5, 500), incidents(5).assign(indicator="odd")], ignore_index=True)
    with pytest.raises(InvalidInput) as refused:
        backtest_indicators(history(VALUES), [defined()], table, as_of=day(110), horizon=0, level="blue")
    codes = ["asked.whole", "indicator.incident_later", "indicator.method", "indicator.unknown", "risk_table.key_twice"]
    assert sorted({f.code for f in refused.value.findings}) == codes
    with pytest.raises(InvalidInput, match="after the last day"):
        backtest_indicators(history(VALUES), [defined()], incidents(500), as_of=day(110))
