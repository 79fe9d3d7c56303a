"""Tables and sentences of back-tests."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_indicators import day, defined, history
from supplier_eval.errors import UnknownName
from supplier_eval.risk import backtest_indicators

INCIDENTS = pd.DataFrame({"incident": ["a", "b", "c"], "on": [day(25), day(40), day(66)]})
FOUND = backtest_indicators(
    history([0, 6, 0, 0, 0, 6, 12, 0, 0, 0, 0]), [defined(), defined(id="none")], INCIDENTS, as_of=day(110), horizon=15
)


def test_the_interval_is_clopper_and_pearson():
    """Of 3 trials 2: 0.1354 to 0.9830 at 90 % (qbeta(.05, 2, 2), qbeta(.95, 3, 1) = 0.95^(1/3))."""
    low, high = FOUND.tests["open"].share_interval
    assert low == pytest.approx(0.13535, abs=1e-5)
    assert high == pytest.approx(0.95 ** (1 / 3))
    assert FOUND.tests["none"].share_interval is None


def test_frames_say_what_is_not_defined():
    frame = FOUND.to_frame().set_index("indicator")
    assert frame.loc["open", ["warned", "missed", "blind", "alarms", "false"]].tolist() == [2, 1, 0, 2, 0]
    assert frame.loc["open", ["lead_median", "lead_least"]].tolist() == [15.5, 15]
    assert frame.loc["none", "blind"] == 3
    assert frame.loc["none", ["share", "chance", "false_per_year"]].isna().all()
    assert len(FOUND.incidents_frame()) == 6


def test_sentences_in_both_languages():
    said = FOUND.explain("open")
    assert "of which it would have warned: 2 of 3 (" in said and "Days ahead: 15.5 in the middle case" in said
    one = backtest_indicators(history([0, 6, 0, 0]), [defined()], INCIDENTS.iloc[:1], as_of=day(39), horizon=15)
    assert "\nIt warned 15 days ahead.\n" in one.explain("open")
    assert "\n预警提前 15 天。\n" in one.explain("open", "zh")
    assert "漏报 1 起" in FOUND.explain("open", "zh")
    assert "no reading that can be tested" in FOUND.explain("none")
    quiet = backtest_indicators(history([0, 6, 0, 0]), [defined()], INCIDENTS.iloc[:0], as_of=day(39), horizon=5)
    assert "whether it warns is not known" in quiet.explain("open")
    assert "Warnings: 1; false, with no incident within 5 days: 1 (" in quiet.explain("open")
    with pytest.raises(UnknownName):
        FOUND.explain("x")
    assert repr(FOUND) == "IndicatorBacktests(2 indicators at amber: 2 warned, 1 missed)"
    assert FOUND.standing == "exploratory"
