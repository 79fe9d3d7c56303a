"""What changed against the rating before."""

from __future__ import annotations

import pandas as pd
import pytest

from rating_tables_given import AS_OF, DELIVERY, SUPPLIERS, TABLES
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import rate_risks
from supplier_eval.risk.rating_previous import read_previous, with_changes

BEFORE = rate_risks(SUPPLIERS, as_of=AS_OF, **TABLES)


def test_the_largest_change_comes_first_in_points():
    worse = TABLES | {"delivery": DELIVERY.assign(score=[60.0, 65.0], lower=[60.0, 50.0])}
    now = rate_risks(SUPPLIERS.assign(revenue_share=[0.3, 0.5, None]), as_of=AS_OF, previous=BEFORE, **worse)
    one = now.rating("STEADY")
    first = one.changes[0]
    assert (first.measure, first.before, first.now) == ("delivery", 3, 14)
    assert [c.measure for c in one.changes] == ["delivery", "revenue_share"]
    assert (one.level_before, one.level) == ("A", "B")
    assert now.rating("WORRY").changes == ()
    assert "delivery added 3.00, now 14.00 (+11.00)." in now.explain("STEADY")


def test_the_table_that_was_kept_says_the_same_as_the_rating(tmp_path):
    path = tmp_path / "reasons.csv"
    BEFORE.reasons_frame().to_csv(path, index=False)
    kept = pd.read_csv(path)
    now = TABLES | {"delivery": None}
    frames = [rate_risks(SUPPLIERS, as_of=AS_OF, previous=given, **now) for given in (BEFORE, kept)]
    assert frames[0].explain("WORRY") == frames[1].explain("WORRY")
    lost = next(c for c in frames[0].rating("WORRY").changes if c.measure == "delivery")
    assert (lost.before, lost.now, lost.by) == (12, None, -12)


def test_who_is_new_has_no_change():
    one = BEFORE.rating("STEADY")
    assert with_changes(one, None) is one


def test_two_levels_of_one_supplier_are_refused():
    frame = pd.DataFrame({"supplier": "A", "measure": ["legal", "delivery"], "level": ["A", "B"], "contribution": 1.0})
    with pytest.raises(InvalidInput) as refused:
        read_previous(frame)
    assert [f.code for f in refused.value.findings] == ["rating.two_levels"]
