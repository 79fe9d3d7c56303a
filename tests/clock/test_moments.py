"""Moments as they are given: a zone or a refusal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from supplier_eval.clock.moments import amounts, moments
from supplier_eval.errors import InvalidInput

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def code(given: object) -> tuple[str, tuple[int, ...]]:
    with pytest.raises(InvalidInput) as caught:
        moments(given, "start")
    (finding,) = caught.value.findings
    assert finding.say("zh")
    return finding.code, finding.rows


@pytest.mark.parametrize(
    "given",
    [
        [NINE, None],
        ["2026-03-02T17:00+08:00", None],
        pd.Series([NINE, None], index=[7, 8]),
        pd.Series([NINE, None]).dt.tz_convert("Asia/Shanghai"),
        pd.DatetimeIndex([NINE, pd.NaT]).as_unit("ns"),
        pd.Series([NINE, pd.NaT], dtype=object),
        np.array([NINE, None], dtype=object),
        (pd.Timestamp(NINE), pd.NaT),
    ],
)
def test_every_form_of_a_moment_is_the_same_moment(given):
    read = moments(given, "start")
    assert read.us.tolist() == [1_772_442_000_000_000, 0]
    assert read.missing.tolist() == [False, True]


def test_one_moment_is_single():
    assert moments(NINE, "start").single
    assert not moments([NINE], "start").single
    assert moments(float("nan"), "start").missing.tolist() == [True]


def test_without_a_zone_it_is_refused():
    assert code(datetime(2026, 3, 2)) == ("clock.no_time_zone", ())
    assert code([NINE, "2026-03-02T09:00"]) == ("clock.no_time_zone", (1,))
    assert code(pd.Series(pd.to_datetime(["2026-03-02"])))[0] == "clock.no_time_zone"
    assert code(np.array(["2026-03-02"], dtype="datetime64[s]"))[0] == "clock.no_time_zone"
    assert code("yesterday") == ("clock.moment", ())
    assert code([NINE, 5]) == ("clock.moment", (1,))


@pytest.mark.parametrize(
    "given", [4, 4.0, "4h", [4, 5], None, timedelta(hours=-1), [timedelta(1), timedelta(-1)], True]
)
def test_an_amount_is_a_duration_of_at_least_nothing(given):
    with pytest.raises(InvalidInput) as caught:
        amounts(given, "amount")
    assert caught.value.findings[0].code == "clock.amount"


def test_amounts_come_in_many_forms():
    for given in (timedelta(hours=1), np.timedelta64(1, "h"), [timedelta(hours=1)], pd.Series([pd.Timedelta("1h")])):
        assert amounts(given, "amount").tolist() == [3_600_000_000]


def test_pandas_na_is_missing_and_a_table_among_moments_is_none():
    assert moments([pd.NA, pd.NaT, None, float("nan")], "start").missing.all()
    with pytest.raises(InvalidInput):
        moments([pd.DataFrame()], "start")
    with pytest.raises(InvalidInput):
        amounts(10**400, "amount")
