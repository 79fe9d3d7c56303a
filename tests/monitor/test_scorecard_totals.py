"""The totals of all suppliers in one period."""

from __future__ import annotations

import numpy as np
import pytest

from monitor_review_parts import figures, frame, kpi_row, review_plan
from supplier_eval.monitor.reviewing import review_period

PLAN = review_plan()


def test_all_equal_suppliers_share_everything():
    review = review_period(frame(*(figures(name) for name in "ABCDEF")), PLAN, "2026-01")
    table = review.to_frame()
    assert set(table["rank"]) == {1}
    for column in ("score", "score_lower", "score_upper", "comparison", "grade"):
        assert table[column].nunique() == 1
    assert table["rank_upper"].max() <= 6


def test_one_supplier_alone_is_rated_on_its_own_figures():
    review = review_period(frame(figures("S1")), PLAN, "2026-01")
    row = review.to_frame().iloc[0]
    assert (row["rank"], row["rank_lower"], row["rank_upper"]) == (1, 1, 1)
    assert row["score"] == row["comparison"]
    assert set(review["S1"].to_frame()["source"]) == {"no_peers", "raw"}


def test_a_perfect_few_does_not_outrank_a_good_many():
    """3 of 3 against 2,910 of 3,000: raw the first is level or ahead, in the comparison it is behind."""
    others = [figures(f"P{i}", ontime=(0.90 + 0.005 * i, 400)) for i in range(6)]
    few, many = figures("few", ontime=(1.0, 3)), figures("many", ontime=(0.97, 3000))
    review = review_period(frame(*others, few, many), PLAN, "2026-01")
    assert review["few"].score == review["many"].score
    assert review["few"].comparison.score < review["many"].comparison.score
    assert review["few"].places.rank > review["many"].places.rank
    assert review["few"].raw.spread.error > 1.9 * review["many"].raw.spread.error


def test_probabilities_of_grades_add_up():
    review = review_period(frame(figures("S1"), figures("S2", ontime=(0.9, 20))), PLAN, "2026-01")
    shares = review.probabilities_frame().groupby(["supplier", "basis"])["probability"].sum()
    assert shares.to_numpy() == pytest.approx(1)
    assert len(shares) == 4


def test_lines_know_their_lower_bounds_and_exact_figures():
    rows = figures("S1")
    rows[3] |= {"at_least": True}
    line = review_period(frame(rows), PLAN, "2026-01")["S1"].lines[3]
    assert line.at_least
    assert line.exact


def test_a_rate_of_four_in_a_thousand_keeps_its_figure():
    rows = figures("S1")
    rows[0] = kpi_row("S1", "ontime", 0.004, 1000)
    line = review_period(frame(rows), PLAN, "2026-01")["S1"].lines[2]
    assert line.raw == 0.004
    assert np.isclose(line.raw_points, 0)


def test_no_interval_leaves_its_rounded_total_out():
    """Perfect figures of few cases: the total lies at the end of its interval, and rounding lifts it."""
    plan = review_plan(rounding=0)
    table = frame(*(figures(name, ontime=(1.0, n), csat=(4.65, n), milestones=(1.0, 2)) for n, name in PERFECT))
    found = review_period(table, plan, "2026-01").to_frame()
    for basis in ("score", "comparison"):
        assert (found[f"{basis}_lower"] <= found[basis]).all()
        assert (found[basis] <= found[f"{basis}_upper"]).all()


PERFECT = [(3, "S1"), (4, "S2"), (30, "S3"), (40, "S4"), (50, "S5"), (60, "S6")]
