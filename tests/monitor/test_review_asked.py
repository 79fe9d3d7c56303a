"""What a review is asked."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from monitor_review_parts import review_plan
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.review_asked import asked_review, wanted_periods

PLAN = review_plan()


def test_settings_are_taken_as_they_are():
    asked = asked_review(PLAN, None, date(2026, 2, 1), 7, {"agreed": PLAN.fingerprint})
    assert (asked.plan, asked.events, asked.as_of, asked.agreed) == (PLAN, (), date(2026, 2, 1), PLAN.fingerprint)
    assert (asked.streams.seed, asked.streams.size) == (7, PLAN.estimates.draws)


@pytest.mark.parametrize("seed", [True, 1.5, "1", -1, None])
def test_a_seed_is_a_whole_number_from_0(seed):
    with pytest.raises(InvalidInput, match="`seed` must be a whole number"):
        asked_review(PLAN, None, None, seed, {})


def test_periods_are_one_or_several():
    january = Period.month("2026-01")
    assert wanted_periods(None) is None
    assert wanted_periods("2026-01") == ["2026-01"]
    assert wanted_periods(january) == [january]
    assert wanted_periods(iter(["2026-01", january])) == ["2026-01", january]
    for wrong in (5, ["2026-01", None]):
        with pytest.raises(InvalidInput, match="labels or Periods"):
            wanted_periods(wrong)


def test_a_day_that_is_missing_is_no_day():
    with pytest.raises(InvalidInput) as refused:
        asked_review(review_plan(), None, pd.NaT, 0, {})
    assert [f.code for f in refused.value.findings] == ["review.as_of"]
