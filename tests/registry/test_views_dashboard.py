"""Counts by kind and state with their ages, what is overdue, late payments, needs whose review is overdue."""

from __future__ import annotations

from datetime import date

import pytest

from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.views_dashboard import dashboard


@pytest.fixture
def filled(registry, clock):
    supplier, certificate, need = (kind_named(kind) for kind in ("supplier", "certificate", "need"))
    registry.add_many(supplier(id=key, name=key) for key in "ABC")
    clock.advance(days=10)
    registry.add(supplier(id="D", name="D"))
    registry.add(certificate(id="old", supplier="A", name="ISO", valid_until=date(2026, 12, 1)))
    registry.add(certificate(id="new", supplier="A", name="ISO", valid_until=date(2027, 12, 1)))
    day = date(2026, 12, 12)
    registry.add(need(id="N", department="it", category="ITO", title="Desk", owner="ann", next_review=day))
    clock.advance(days=5)
    return registry


def test_records_are_counted_by_kind_and_state_with_the_age_of_the_oldest(filled):
    states = {(one.kind, one.state): one for one in dashboard(filled).states}
    (need,) = [one for (kind, _), one in states.items() if kind == "need"]
    assert (states["supplier", "candidate"].n, states["supplier", "candidate"].oldest_days) == (4, 15)
    assert (states["certificate", "held"].n, states["certificate", "held"].overdue) == (2, 1)
    assert (need.n, need.is_open, need.overdue) == (1, True, 1)
    assert len(states) == 3


def test_needs_whose_review_is_overdue_are_listed(filled):
    found = dashboard(filled)
    assert [(item.id, item.days_left) for item in found.needs_to_review] == [("N", -3)]
    assert [item.id for item in found.overdue] == ["old", "N"]
    assert not dashboard(filled, on=date(2026, 12, 1)).overdue


def test_it_says_the_day_in_figures(filled):
    found = dashboard(filled)
    assert "Records: 7" in found.explain()
    assert "待复审需求 1 项" in found.explain("zh")
    assert found.to_frame()["n"].sum() == 7
    assert found.payments.payments == ()
