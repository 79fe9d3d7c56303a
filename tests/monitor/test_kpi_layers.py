"""Layers: periods that overlap are measured apart, periods that do not in one pass."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from service_tables import OFFICE, at, kpi, records, ticket
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.kpi_definitions import STATISTICS, TIMED
from supplier_eval.monitor.kpi_layers import MEASURES, TIME_MEASURES, cells_of, layers_of, measure_layers
from supplier_eval.monitor.period import Period


def test_months_are_one_layer_and_their_quarter_another():
    periods = (*Period.months("2026-01", "2026-03"), Period.quarter("2026Q1"), Period.month("2026-04"))
    layers = layers_of(periods, "Asia/Shanghai")
    assert [[p.label for p in layer] for layer in layers] == [["2026-01", "2026-02", "2026-03", "2026-04"], ["2026Q1"]]


def test_every_measure_has_its_function():
    assert set(MEASURES) | TIMED == set(STATISTICS)
    assert set(TIME_MEASURES) == {"share", "mean", "percentile"}


def test_cells_know_real_time_and_wall_time():
    made = cells_of(
        (Period.month("2026-03"),), "Asia/Shanghai", datetime(2026, 4, 1, tzinfo=UTC), 1, lambda table: np.zeros(0)
    )
    assert made.wall_start[0] - made.start[0] == 8 * 3_600_000_000
    assert made.wall_end[0] - made.wall_start[0] == 31 * 24 * 3_600_000_000


def test_the_groups_of_a_table_are_asked_for_once():
    asked = []

    def group_of(table: str) -> np.ndarray:
        asked.append(table)
        return np.zeros(1, dtype=np.int64)

    kpis = (kpi(id="a"), kpi(id="b", statistic="mean", target=4))
    rows = records(tickets=[ticket("1", at("03-02"), at("03-02", 12))])
    measured = measure_layers(
        rows, kpis, (Period.month("2026-03"),), {"": OFFICE}, datetime(2026, 5, 1, tzinfo=UTC), 1, group_of
    )
    assert asked == ["tickets"] and [one.figures.n.tolist() for one in measured] == [[1], [1]]


def test_findings_of_all_kpis_come_together_and_once():
    rows = records(
        tickets=[ticket("1", "2025-12-31T09:00+08:00")],
        feedback=[{"feedback": "1", "supplier": "A", "sent": "2026-03-02", "score": 9}],
    )
    kpis = (kpi(id="a"), kpi(id="b", window="opened"), kpi("satisfaction", id="c", target=4))
    with pytest.raises(InvalidInput) as caught:
        measure_layers(
            rows, kpis, (Period.month("2026-03"),), {"": OFFICE}, datetime(2026, 5, 1, tzinfo=UTC), 1,
            lambda table: np.zeros(1, dtype=np.int64),
        )  # fmt: skip
    assert [f.code for f in caught.value.findings] == [
        "kpis.year_uncovered",
        "kpis.year_uncovered",
        "kpis.score_outside",
    ]
