"""Residual risk by hand; controls that count for nothing; decisions that expire."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_measures import MEASURES, REGISTER, RESPONSES, assessed
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.risk import assess_responses, simulate_losses

FOUND = assessed()
INHERENT = REGISTER.risks["leak"].inherent.expected_loss


def residual(**changes):
    return assessed(MEASURES.assign(**changes)).risks["leak"].residual.expected_loss


def test_controls_compound_and_an_untested_one_past_its_date_counts_for_nothing():
    """Login halves the frequency; the backup's test was due the day before and its last one lies before that."""
    leak = FOUND.risks["leak"]
    assert (leak.counted, leak.void) == (("login",), ("backup",))
    assert leak.residual.expected_loss == pytest.approx(INHERENT * 0.5)
    on_the_day = ["2026-05-01", "2026-01-01", None, None, None]
    assert residual(test_due=on_the_day) == pytest.approx(INHERENT * 0.5 * 0.2)
    tested = ["2025-11-01", "2025-12-30", None, None, None]  # tested, but no next test was planned
    assert residual(tested_on=tested) == pytest.approx(INHERENT * 0.5)
    assert residual(tested_on=[None] * 5) == pytest.approx(INHERENT * 0.5)
    assert residual(test_result=["failed", "passed", None, None, None]) == pytest.approx(INHERENT)


def test_severity_factors_scale_the_whole_loss_of_an_event():
    due = ["2026-05-01"] * 2 + [None] * 3
    level = assessed(MEASURES.assign(test_due=due)).risks["leak"].residual
    assert (level.frequency, level.low, level.high) == pytest.approx((0.5, 2e3, 2e5))
    gone = assessed(MEASURES.assign(test_due=due, severity_factor=[None, 0, 0.4, 0.5, None]))
    assert gone.risks["leak"].residual.expected_loss == 0


def test_what_was_not_assessed_before_controls_stays_so():
    assert FOUND.risks["交付"].residual.expected_loss is None
    assert "not known" in FOUND.explain("交付") and "Nothing was decided" in FOUND.explain("交付")
    assert FOUND.without_response == ("交付",)


def test_an_acceptance_expires_and_the_risk_is_open_again():
    assert FOUND.expired == ("rates",)
    assert FOUND.risks["rates"].state == "open"
    assert "it is open again" in FOUND.explain("rates") and "重新列为未处理" in FOUND.explain("rates", "zh")
    last_day = assessed(responses=RESPONSES.assign(expires=[None, "2026-01-01"]))
    assert (last_day.expired, last_day.risks["rates"].state) == ((), "accepted")


def test_a_response_without_a_control_that_counts_treats_nothing():
    assert FOUND.risks["leak"].state == "treated"
    due = ["2025-05-01", "2025-12-31", None, None, None]
    late = assessed(MEASURES.assign(test_due=due, tested_on=[None] * 5))
    assert late.risks["leak"].state == "open"
    assert "had to be tested by 2025-05-01" in late.explain("leak")


def test_an_avoided_risk_is_gone_from_the_day_on_which_that_is_done():
    avoid = RESPONSES.assign(response=["avoid", "transfer"], done_on=["2026-01-01", None])
    assert assessed(responses=avoid).risks["leak"].state == "avoided"
    assert assessed(responses=avoid).risks["leak"].residual.expected_loss == 0
    later = assessed(responses=avoid.assign(done_on=["2026-01-02", None]))
    assert (later.risks["leak"].state, later.risks["leak"].residual.expected_loss) != ("avoided", 0)


def test_it_feeds_losses():
    losses = simulate_losses(FOUND.losses_table(), years=1000, levels=0.9)
    assert losses.not_assessed == ("交付",)
    assert losses.model.moments()[0] == pytest.approx(INHERENT * 0.5 + 1e5)


def test_frames_in_any_order_of_rows():
    turned = assessed(MEASURES[::-1], RESPONSES[::-1])
    pd.testing.assert_frame_equal(turned.to_frame(), FOUND.to_frame())
    pd.testing.assert_frame_equal(turned.measures_frame(), FOUND.measures_frame())
    assert FOUND.to_frame()["void"].tolist() == ["backup", "", ""]
    empty = assess_responses(REGISTER, MEASURES.iloc[:0])
    assert empty.measures_frame().dtypes.tolist() == FOUND.measures_frame().dtypes.tolist()
    assert empty.risks["leak"].residual.expected_loss == pytest.approx(INHERENT)


def test_what_it_is():
    assert repr(FOUND) == "RiskResponses(3 risks, 2 open, 1 expired; 1 void controls)"
    assert FOUND.standing == "exploratory"
    with pytest.raises(UnknownName):
        FOUND.explain("x")
    with pytest.raises(InvalidInput, match="RiskRegister"):
        assess_responses(MEASURES, MEASURES)
