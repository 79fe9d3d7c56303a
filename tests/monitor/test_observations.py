"""Three kinds of observation side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import supplier_eval as se
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import compare_observations

COLUMNS = ["supplier", "period", "step", "kind", "units", "defective"]
ROWS = [
    ["A", "2026-01", "intake", "inspection", 200, 2],
    ["A", "2026-01", "intake", "spot_check", 50, 1],
    ["A", "2026-01", "intake", "feedback", 100, 24],
    ["B", "2026-01", "intake", "inspection", 200, 9],
    ["B", "2026-01", "intake", "feedback", 80, 5],
]


def frame(rows=ROWS):
    return pd.DataFrame(rows, columns=COLUMNS)


def test_clients_who_see_more_failures_than_inspectors_are_named():
    found = compare_observations(frame())
    assert [(g.supplier, g.test) for g in found.disagreements] == [("A", "exact")]
    assert "client feedback 24.00 % failed of n = 100" in found.explain()
    assert "客户反馈" in found.explain("zh")


def test_a_kind_that_saw_nothing_has_no_share():
    table = compare_observations(frame()).to_frame().set_index(["supplier", "kind"])
    row = table.loc[("B", "spot_check")]
    assert row["n"] == 0 and np.isnan(row["share"]) and np.isnan(row["lower"])
    assert len(table) == 6


def test_rows_of_one_kind_are_added_up_in_whatever_order():
    split = [*ROWS[1:], [*ROWS[0][:4], 150, 0], [*ROWS[0][:4], 50, 2]]
    assert compare_observations(frame(split)).to_frame().equals(compare_observations(frame()).to_frame())


def test_dates_are_taken_by_month_and_a_step_may_be_missing():
    rows = frame().drop(columns=["period", "step"]).assign(on=pd.to_datetime("2026-03-31"))
    found = compare_observations(rows)
    assert {(g.period, g.step) for g in found.groups} == {("2026-03", "")}
    with_step = frame().assign(step=[None, "x", np.nan, "x", "x"])
    assert {g.step for g in compare_observations(with_step).groups} == {"", "x"}


def test_chance_differences_are_rarely_called_disagreements():
    rng, rows = np.random.default_rng(6), []
    for supplier in range(200):
        for kind in ("inspection", "spot_check", "feedback"):
            n = int(rng.integers(20, 80))
            rows.append([f"S{supplier}", "2026-01", "", kind, n, int(rng.binomial(n, 0.1))])
    assert len(compare_observations(frame(rows)).disagreements) <= 2


def test_no_rows_and_one_kind_are_answers():
    empty = compare_observations(frame([]))
    assert empty.groups == () and "no observations" in empty.explain() and len(empty.to_frame()) == 0
    alone = compare_observations(frame(ROWS[:1]))
    assert np.isnan(alone.groups[0].chance) and not alone.disagreements
    assert "Nowhere" in alone.explain()


def test_all_that_is_wrong_comes_at_once():
    wrong = pd.DataFrame(
        {"supplier": ["A"] * 4, "kind": ["visit", "feedback", "feedback", "feedback"], "units": [5, -1, 5, None]}
        | {"defective": [1, 0, 1.5, 0], "period": ["p", None, "p", "p"]}
    )
    with pytest.raises(InvalidInput) as refused:
        se.monitor.compare_observations(wrong, level=5)
    assert sorted(f.code for f in refused.value.findings) == [
        "observations.count",
        "observations.count",
        "observations.kind",
        "observations.no_period",
        "series.figure",
    ]
    for bad, code in (
        (frame([["A", "p", "", "feedback", 5, 6]]), "more_than_units"),
        (frame().drop(columns="kind"), "series.column"),
        (frame().drop(columns="period"), "series.column"),
        (frame().drop(columns="period").assign(on="soon"), "no_period"),
        ([1], "series.frame"),
    ):
        with pytest.raises(InvalidInput, match=code.replace(".", r"\.")):
            compare_observations(bad)


def test_moments_of_several_time_zones_have_the_day_of_their_own():
    frame = pd.DataFrame(
        {
            "supplier": "A",
            "kind": ["inspection", "spot_check"],
            "units": [50, 50],
            "defective": [1, 9],
            "on": ["2026-03-01T00:00+08:00", "2026-03-31T23:00-05:00"],
        }
    )
    assert compare_observations(frame).to_frame()["period"].unique().tolist() == ["2026-03"]
