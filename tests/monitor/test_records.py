"""Records: who is in them, and names that are not."""

from __future__ import annotations

import pytest

from service_tables import at, records, ticket
from supplier_eval.errors import UnknownName
from supplier_eval.monitor.records import ServiceRecords


def test_suppliers_are_those_with_a_contract_or_a_record_once_in_canonical_order():
    contracts = [
        {"supplier": "beta", "start": "2026-01-01", "end": ""},
        {"supplier": "NA", "start": "2026-01-01", "end": ""},
    ]
    rows = records(contracts=contracts, tickets=[ticket("1", at("03-02"), supplier="Beta")])
    assert rows.suppliers == ("beta", "NA")
    assert repr(rows) == "ServiceRecords(2 suppliers; contracts 2, tickets 1)"


def test_a_table_that_did_not_come_is_not_an_empty_one():
    rows = records(tickets=[ticket("1", at("03-02"))])
    assert "tickets" in rows and "holds" not in rows
    with pytest.raises(UnknownName):
        rows["holds"]


def test_tables_that_were_read_can_be_read_again():
    hold = [{"ticket": "1", "begin": at("03-02", 10), "end": ""}]
    rows = records(tickets=[ticket("1", at("03-02"))], holds=hold)
    again = ServiceRecords.from_frames(dict(rows.tables))
    assert again["holds"]["at"].tolist() == [0] and again.suppliers == rows.suppliers
