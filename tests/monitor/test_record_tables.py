"""Contracts of the tables: keys are columns, every measure has its tables."""

from __future__ import annotations

from supplier_eval.monitor.kpi_definitions import STATISTICS
from supplier_eval.monitor.record_tables import NEEDED, RECORD_TABLES


def test_keys_are_columns_and_required_columns_are_filled_or_moments_to_come():
    for name, table in RECORD_TABLES.items():
        assert set(table.key) <= set(table.names), name
        assert len(set(table.names)) == len(table.names)
        assert "supplier" in table.names or name == "holds"


def test_every_measure_says_which_tables_it_needs():
    assert set(NEEDED) == set(STATISTICS)
    assert {table for needed in NEEDED.values() for table in needed} <= set(RECORD_TABLES)
