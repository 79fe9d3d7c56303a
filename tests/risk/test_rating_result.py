"""The tables of a rating."""

from __future__ import annotations

import pytest

from rating_tables_given import AS_OF, SUPPLIERS, TABLES
from supplier_eval.errors import UnknownName
from supplier_eval.risk import rate_risks

RATING = rate_risks(SUPPLIERS, as_of=AS_OF, **TABLES)


def test_one_row_a_supplier_and_who_is_not_rated_has_no_figure():
    frame = RATING.to_frame().set_index("supplier")
    assert frame["level"].tolist() == ["A", "D", ""]
    assert frame["score"].isna().tolist() == [False, False, True]
    assert frame["main_reason"].tolist() == ["concentration", "financial", ""]
    assert frame.loc["无", ["possible_lower", "possible_upper"]].tolist() == [0.0, 100.0]


def test_reasons_are_numbered_by_weight_and_add_up():
    frame = RATING.reasons_frame()
    worry = frame[frame["supplier"] == "WORRY"]
    assert worry["place"].tolist() == list(range(1, 9))
    assert worry["contribution"].is_monotonic_decreasing
    assert worry["contribution"].sum() == pytest.approx(69.8, abs=0.05)


def test_what_it_says_of_itself():
    assert repr(RATING) == "RiskRating(A 1, B 0, C 0, D 1, E 0; 1 not rated; exploratory, as of 2026-06-30)"
    assert RATING.not_rated == ("无",)
    assert RATING.policy_fingerprint == RATING.plan.fingerprint
    with pytest.raises(UnknownName):
        RATING.rating("nobody")
