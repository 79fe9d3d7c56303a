"""rate_failure_modes: the order of action, and what is not rated."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.risk import rate_failure_modes

MODES = pd.DataFrame(
    {
        "mode": ["wrong invoice", "outage", "leak", "误录", "late report"],
        "step": ["billing", "hosting", "hosting", None, "reporting"],
        "severity": [4, 8, 10, 3, 2],
        "occurrence": [8, 3, 2, None, 9],
        "detection": [9, 5, 5, 2, 10],
    }
)


def test_severity_goes_before_the_product():
    """leak: 10 x 2 x 5 = 100, M; late report: 2 x 9 x 10 = 180, M; outage: 8 x 3 x 5 = 120, M; by the table."""
    frame = rate_failure_modes(MODES).to_frame()
    assert list(frame["mode"]) == ["wrong invoice", "leak", "outage", "late report", "误录"]
    assert list(frame["priority"]) == ["H", "M", "M", "M", ""]
    assert list(frame["rpn"].dropna()) == [288, 100, 120, 180]
    assert list(frame["rpn_rank"].dropna()) == [1, 4, 3, 2]


def test_a_missing_rating_is_no_low_rating():
    rated = rate_failure_modes(MODES)
    assert rated.not_rated == ("误录",)
    assert "has no priority" in rated.explain("误录")
    assert "未评定" in rated.explain("误录", "zh")
    assert repr(rated) == "FailureModes(H 1, M 3, L 0; 1 not rated)"
    assert rated.standing == "exploratory"


def test_the_explanation_quotes_both_figures():
    said = rate_failure_modes(MODES).explain("leak")
    assert said == (
        "leak: severity 10, occurrence 2, detection 5: action priority M, place 2 of 4; "
        "the priority number is 100, place 4."
    )


def test_equal_ratings_share_a_place_and_row_order_changes_nothing():
    twins = pd.concat([MODES, MODES.iloc[[2]].assign(mode="leak 2")], ignore_index=True)
    frame = rate_failure_modes(twins).to_frame()
    assert list(frame["rank"].dropna()) == [1, 2, 2, 4, 5]
    pd.testing.assert_frame_equal(frame, rate_failure_modes(twins.iloc[::-1]).to_frame())


def test_ratings_beyond_the_scale_and_halves_are_all_refused_at_once():
    broken = MODES.assign(severity=[0, 11, 5, 5, 5], occurrence=[1.5, 1, 1, 1, 1])
    with pytest.raises(InvalidInput) as refused:
        rate_failure_modes(broken.drop(columns="detection"))
    codes = [f.code for f in refused.value.findings]
    assert codes == ["risk_table.column_missing", "risk_table.out_of_range", "risk_table.not_whole"]


def test_no_rows_and_other_kinds():
    assert rate_failure_modes(MODES.iloc[:0]).to_frame().empty
    with pytest.raises(InvalidInput):
        rate_failure_modes(None)
    with pytest.raises(UnknownName):
        rate_failure_modes(MODES).explain("lead")
