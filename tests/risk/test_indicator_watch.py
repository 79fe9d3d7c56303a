"""Tables and sentences of a watch."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_indicators import day, defined, history
from supplier_eval.errors import UnknownName
from supplier_eval.risk import watch_indicators

PLAN = {"indicators": [defined(), defined(id="空", name={}), defined(id="late")], "escalation": [["Lin", "head"]]}
HISTORY = pd.concat([history([5, 12, None]), history([1], "late")])
WATCH = watch_indicators(HISTORY, PLAN, as_of=day(20))


def test_the_worst_come_first_and_late_data_are_not_green():
    frame = WATCH.to_frame()
    assert frame["indicator"].tolist() == ["open", "late", "空"]
    assert frame["state"].tolist() == ["red", "grey", "grey"]
    assert frame["last_state"].tolist() == ["red", "green", ""]
    assert frame["age"].tolist()[:2] == [10, 20] and frame["age"].isna().tolist()[2]
    assert frame.loc[0, ["missing", "open_warnings", "overdue_warnings"]].tolist() == [1, 1, 1]


def test_frames_keep_their_kinds_without_rows():
    empty = watch_indicators(HISTORY.iloc[:0], PLAN, as_of=day(20))
    for name in ("readings_frame", "warnings_frame"):
        none, some = getattr(empty, name)(), getattr(WATCH, name)()
        assert len(none) == 0
        assert none.dtypes.astype(str).tolist() == some.dtypes.astype(str).tolist()
    assert empty.to_frame()["state"].tolist() == ["grey"] * 3
    assert WATCH.readings_frame()["state"].tolist() == ["green", "amber", "red", "grey"]
    assert WATCH.warnings_frame()["escalated_to"].tolist() == ["", "", "head"]


def test_sentences_in_both_languages():
    said = WATCH.explain("open")
    assert "open incidents is red since 2026-01-11" in said
    assert "5 days overdue" in said and "Escalated to: head. Action: stop new work." in said
    assert "逾期 5 天" in WATCH.explain("open", "zh")
    assert "20 days old" in WATCH.explain("late") and "grey" in WATCH.explain("late")
    assert "没有读数" in WATCH.explain("空", "zh")
    with pytest.raises(UnknownName):
        WATCH.explain("nothing")


def test_what_it_is():
    assert repr(WATCH) == "IndicatorWatch(2026-01-21: 3 indicators, 1 red, 0 amber, 2 grey)"
    assert WATCH.standing == "exploratory"
    assert WATCH.policy_fingerprint == WATCH.plan.fingerprint
