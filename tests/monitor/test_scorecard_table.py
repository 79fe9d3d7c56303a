"""Measured KPIs as a table: what is refused, and how it becomes arrays."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from monitor_review_parts import figures, frame, plan_data, review_plan
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.scorecard_table import checked_table, period_figures, suppliers_of

PLAN = review_plan()


def codes(table):
    with pytest.raises(InvalidInput) as refused:
        checked_table(table, PLAN)
    assert all(f.say("zh") for f in refused.value.findings)
    return {(f.code, f.column, f.rows) for f in refused.value.findings}


def change(**cells):
    table = frame(figures("S1"))
    for column, cell in cells.items():
        table[column] = table[column].astype(object)
        table.loc[0, column] = cell
    return table


def test_missing_columns_come_together():
    assert {(code, column) for code, column, _ in codes(pd.DataFrame({"n": [1]}))} == {
        ("review.column.missing", name) for name in ("period", "supplier", "kpi", "status", "value")
    }


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"supplier": None}, "review.cell.blank", "supplier"),
        ({"kpi": "on_time"}, "review.kpi.unknown", "kpi"),
        ({"status": "ok"}, "review.status.unknown", "status"),
        ({"value": "good"}, "review.cell.not_a_number", "value"),
        ({"value": np.inf}, "review.cell.not_a_number", "value"),
        ({"value": None}, "review.value.missing", "value"),
        ({"value": 0.9}, "review.rate.value", "value"),
        ({"events": 500}, "review.rate.counts", "events"),
        ({"n": 0, "events": 0}, "review.rate.counts", "events"),
        ({"events": None}, "review.rate.counts", "events"),
        ({"sd": -1}, "review.cell.negative", "sd"),
        ({"lower": 2, "upper": 1}, "review.ends.turned", "lower"),
        ({"in_force": 1.2}, "review.in_force.range", "in_force"),
    ],
)
def test_a_cell_that_cannot_be_is_found_in_its_row(cells, code, column):
    assert (code, column, (2,)) in codes(change(**cells))


@pytest.mark.parametrize("basis", ["shrunken, comparison", "scored", None])
def test_a_score_is_made_of_nothing_but_raw_figures(basis):
    table = frame(figures("S1")).assign(basis=basis)
    assert {code for code, _, _ in codes(table)} == {"review.not_raw"}
    for raw in ("raw", "raw, contract"):
        assert len(checked_table(table.assign(basis=raw), PLAN)) == len(table)


def test_a_row_that_stands_twice_is_found_whatever_the_case_of_the_id():
    table = frame(figures("S1"), figures("s1"))
    assert ("review.row.twice", "supplier", tuple(range(2, 10))) in codes(table)


def test_a_kpi_without_a_row_has_no_data_and_one_of_others_does_not_apply():
    data = plan_data()
    data["kpis"][0]["suppliers"] = ["S2"]
    plan = ReviewPlan.from_mapping(data)
    table = checked_table(frame(figures("S1")[1:], figures("S2")[:1]), plan)
    found = period_figures(table, plan, "2026-01", suppliers_of(table, "2026-01"))
    at = {name: i for i, name in enumerate(found.kpis)}
    assert found.suppliers == ("S1", "S2")
    assert found.status[at["ontime"]].tolist() == ["not_applicable", "measured"]
    assert found.status[at["csat"]].tolist() == ["measured", "no_data"]
    assert found.measured.sum() == 4
    assert found.applicable.sum() == 7


def test_the_order_of_the_rows_does_not_matter():
    table = frame(figures("b"), figures("A"))
    for order in (table, table.sample(frac=1, random_state=3)):
        found = period_figures(checked_table(order, PLAN), PLAN, "2026-01", ("A", "b"))
        assert found.columns["value"][:, 0].tolist() == [4.2, 1.0, 0.95, 100.0]


def test_what_was_not_said_is_unknown_and_a_contract_runs_all_period():
    table = frame(figures("S1")).drop(columns=["in_force", "sd", "lower", "upper", "reason"])
    found = period_figures(checked_table(table, PLAN), PLAN, "2026-01", ("S1",))
    assert found.columns["in_force"].tolist() == [[1.0]] * 4
    assert np.isnan(found.columns["sd"]).all()
