"""Warnings by hand: owner, due day, acknowledgement, escalation."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from risk_indicators import day, defined, history
from supplier_eval.risk import watch_indicators

PLAN = {"indicators": [defined()], "escalation": [["Lin", "head"], ["head", "board"]], "escalate_after": 4}


def raised(values, as_of, answers=(), plan=PLAN):
    given = pd.DataFrame(answers, columns=["indicator", "raised", "on", "by"]) if answers else None
    return watch_indicators(history(values), plan, as_of=as_of, acknowledgements=given).warnings


def test_a_rise_to_red_ends_the_amber_warning_and_green_ends_all():
    found = raised([5, 10, 9, 0], day(35))
    assert [(w.level, w.raised, w.ended) for w in found] == [("amber", day(0), day(10)), ("red", day(10), day(30))]
    assert found[1].due == day(15)
    assert (found[1].owner, found[1].action_text(), found[1].action_text("zh")) == (
        "Lin",
        "stop new work",
        "暂停新工作",
    )


def test_a_fall_from_red_to_amber_is_a_warning_of_its_own():
    assert [w.level for w in raised([10, 7], day(15))] == ["red", "amber"]


def test_nobody_answers_and_the_next_ones_are_told():
    def told(at):
        (one,) = raised([10], day(at))[:1]
        return one.overdue, one.escalated_to

    assert told(5) == (0, ())
    assert told(6) == (1, ("head",))
    assert told(9) == (4, ("head",))
    assert told(10) == (5, ("head", "board"))
    assert raised([10, 10, 10, 10], day(39))[0].escalated_to == ("head", "board")


def test_an_answer_stops_the_clock_and_a_later_one_is_not_known_yet():
    answer = [("OPEN", day(0), day(7), "Lin")]
    (one,) = raised([10], day(9), answer)
    assert (one.acknowledged_on, one.acknowledged_by, one.overdue, one.escalated_to) == (day(7), "Lin", 2, ("head",))
    (before,) = raised([10], day(6), answer)
    assert (before.acknowledged_on, before.overdue) == (None, 1)
    (in_time,) = raised([10], day(9), [("open", day(0), day(4), "Lin")])
    assert (in_time.overdue, in_time.escalated_to) == (0, ())


def test_a_warning_that_ended_before_it_was_due_escalates_to_nobody():
    found = raised([5, 0, 0, 0], day(35))
    assert (found[0].ended, found[0].overdue, found[0].escalated_to) == (day(10), 0, ())


def test_late_data_is_a_warning_and_ends_no_other():
    found = raised([5], day(11))
    assert [(w.level, w.raised, w.open) for w in found] == [("amber", day(0), True), ("grey", day(11), True)]
    assert found[1].due == day(11) + timedelta(days=20)
    assert found[1].action_text() == ""


def test_without_a_chain_nobody_is_told():
    (one,) = raised([10], day(9), plan=[defined()])
    assert (one.overdue, one.escalated_to) == (4, ())
