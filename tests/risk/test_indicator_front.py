"""watch_indicators: the day decides what is known; the order of rows decides nothing."""

from __future__ import annotations

import pandas as pd

from risk_indicators import day, defined, history
from supplier_eval.risk import watch_indicators


def test_readings_that_were_not_known_by_the_day_are_counted_and_in_no_figure():
    plan = [defined(known_after=5)]
    watch = watch_indicators(history([0, 12]), plan, as_of=day(14))
    assert (watch.status["open"].state, watch.not_yet_known, watch.warnings) == ("green", 1, ())
    after = watch_indicators(history([0, 12]), plan, as_of=day(15))
    assert (after.status["open"].state, after.warnings[0].raised) == ("red", day(15))


def test_late_data_is_grey_with_its_age_and_the_state_that_it_had():
    on_time = watch_indicators(history([6, 6]), [defined()], as_of=day(20)).status["open"]
    assert (on_time.state, on_time.age, on_time.since) == ("amber", 10, day(0))
    late = watch_indicators(history([6, 6]), [defined()], as_of=day(21)).status["open"]
    assert (late.state, late.last_state, late.age) == ("grey", "amber", 11)


def test_rows_and_columns_in_any_order_give_the_same():
    plan = [defined(), defined(id="b")]
    table = pd.concat([history([1, 6, 12, 3]), history([9, 9], "b")], ignore_index=True)
    turned = table.sample(frac=1, random_state=3)[["value", "on", "indicator"]]
    one, other = (watch_indicators(t, p, as_of=day(31)) for t, p in ((table, plan), (turned, plan[::-1])))
    pd.testing.assert_frame_equal(one.to_frame(), other.to_frame())
    pd.testing.assert_frame_equal(one.readings_frame(), other.readings_frame())
    pd.testing.assert_frame_equal(one.warnings_frame(), other.warnings_frame())
