"""The history of grades as a table."""

from __future__ import annotations

import pandas as pd
import pytest

from monitor_review_parts import figures, frame, review_plan
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.grade_history import (
    COLUMNS,
    history_frame,
    period_key,
    period_of,
    read_history,
    states_before,
)
from supplier_eval.monitor.reviewing import review_periods

PLAN = review_plan()


def key(label):
    return period_key(label, PLAN)


def history():
    rows = [figures(name, f"2026-0{m}", csat=(3.2 + 0.3 * m, 50)) for m in (1, 2, 3) for name in ("b", "A")]
    return review_periods(frame(*rows), PLAN)[-1].history


def test_a_history_is_read_back_as_it_was_written():
    written = history()
    assert list(written.columns) == list(COLUMNS)
    again = history_frame(read_history(written.sample(frac=1, random_state=1), PLAN))
    pd.testing.assert_frame_equal(again, written)


def test_the_last_state_before_a_period_counts():
    states = states_before(read_history(history(), PLAN), "2026-04", key)
    assert set(states) == {"A", "b"}
    assert all(state.grade for state in states.values())


def test_a_later_period_is_no_history():
    with pytest.raises(InvalidInput, match="is not before 2026-03"):
        states_before(read_history(history(), PLAN), "2026-03", key)


def test_grades_alone_are_enough():
    frame_ = pd.DataFrame({"period": ["2025-12"], "supplier": ["A"], "grade": ["C"]})
    state = states_before(read_history(frame_, PLAN), "2026-01", key)["A"]
    assert (state.grade, state.count, state.direction) == ("C", 0, "")


def test_what_cannot_be_is_found_at_once():
    frame_ = pd.DataFrame(
        {
            "period": ["2025-12"] * 2,
            "supplier": ["A", "a"],
            "grade": ["E", "A"],
            "direction": ["left", ""],
            "count": [0.5, -1],
        }
    )
    with pytest.raises(InvalidInput) as refused:
        read_history(frame_, PLAN)
    assert [f.code for f in refused.value.findings] == [
        "review.grade.unknown",
        "review.direction.unknown",
        "review.cell.not_a_number",
        "review.row.twice",
        "review.cell.not_a_number",
    ]
    with pytest.raises(InvalidInput, match="is blank"):
        read_history(frame_.assign(supplier=[None, "B"], grade="A", direction="", count=0), PLAN)
    with pytest.raises(InvalidInput, match="column `grade` is missing"):
        read_history(frame_.drop(columns="grade"), PLAN)


def test_periods_are_ordered_by_their_days():
    quarters = review_plan(period="quarter")
    assert period_of("2026Q1", quarters).label == "2026Q1"
    assert period_of("spring", quarters) is None
    assert sorted(["2026Q2", "2025Q4", "2026-Q1"], key=lambda label: period_key(label, quarters)) == [
        "2025Q4",
        "2026-Q1",
        "2026Q2",
    ]
