"""What cannot be true between columns and tables."""

from __future__ import annotations

import pytest

from service_tables import at, records, ticket
from supplier_eval.errors import InvalidInput


def codes(**tables: list[dict]) -> list[tuple[str, tuple[int, ...]]]:
    with pytest.raises(InvalidInput) as caught:
        records(**tables)
    assert all(f.say("zh") and f.say("en") and f.advise("zh") for f in caught.value.findings)
    return [(f.code, f.rows) for f in caught.value.findings]


def test_closed_before_opened_is_a_finding_and_so_is_every_negative_duration():
    tickets = [
        ticket("1", at("03-02"), at("03-01")),
        ticket("2", at("03-02"), responded=at("03-01"), cancelled=at("03-01")),
    ]
    assert codes(tickets=tickets) == [
        ("tickets.responded.before", (3,)), ("tickets.closed.before", (2,)), ("tickets.cancelled.before", (3,)),
    ]  # fmt: skip
    hold = [{"ticket": "1", "begin": at("03-03"), "end": at("03-02")}]
    assert codes(tickets=[ticket("1", at("03-02"))], holds=hold) == [("holds.end.before", (2,))]


def test_duplicates_are_the_same_id_in_any_case_and_width():
    tickets = [
        ticket("a1", at("03-02")),
        ticket("b", at("03-02")),
        ticket("Ａ1", at("03-02")),
        ticket("B", at("03-03")),
    ]
    assert codes(tickets=tickets) == [("tickets.ticket.duplicate", (4, 5))]
    quotes = [{"supplier": "A", "item": "x", "on": "2026-03-01", "price": 1}] * 2
    assert codes(quotes=quotes) == [("quotes.duplicate", (3,))]


def test_unknown_suppliers_and_tickets_are_findings_with_the_nearest():
    contracts = [{"supplier": "Alpha", "start": "2026-01-01", "end": ""}]
    with pytest.raises(InvalidInput) as caught:
        records(
            contracts=contracts,
            tickets=[ticket("1", at("03-02"), supplier="ALPHA"), ticket("2", at("03-02"), supplier="Alpa")],
        )
    (finding,) = caught.value.findings
    assert (finding.code, finding.value, finding.rows, finding.facts["near"]) == (
        "tickets.supplier.unknown", "Alpa", (3,), "Alpha",
    )  # fmt: skip
    hold = [{"ticket": "9", "begin": at("03-03"), "end": ""}]
    assert codes(tickets=[ticket("1", at("03-02"))], holds=hold) == [("holds.ticket.unknown", (2,))]


def test_counts_are_whole_and_not_negative():
    rows = [
        {"inspection": str(n), "supplier": "A", "on": "2026-03-01", "kind": "inspection", "units": u, "defective": d}
        for n, (u, d) in enumerate([(10, 1), (10.5, 0), (-3, 0), (5, 6)])
    ]
    assert codes(inspections=rows) == [
        ("inspections.units.not_a_count", (3, 4)), ("inspections.defective.too_many", (4, 5)),
    ]  # fmt: skip
    volume = [{"supplier": "A", "begin": "2026-03-01", "end": "2026-04-01", "volume": -1}]
    assert codes(volumes=volume) == [("volumes.volume.negative", (2,))]


def test_prices_are_above_zero():
    quotes = [{"supplier": "A", "item": str(p), "on": "2026-03-01", "price": p} for p in (1, 0, -2)]
    assert codes(quotes=quotes) == [("quotes.price.not_positive", (3, 4))]


def test_volumes_of_one_supplier_do_not_overlap():
    def volume(supplier: str, begin: str, end: str) -> dict:
        return {"supplier": supplier, "begin": f"2026-{begin}", "end": f"2026-{end}", "volume": 1}

    rows = [volume("A", "03-01", "04-01"), volume("a", "02-01", "03-02"), volume("B", "03-15", "04-01")]
    assert codes(volumes=rows) == [("volumes.begin.overlap", (2,))]
    assert len(records(volumes=[rows[0], volume("A", "04-01", "05-01"), rows[2]])["volumes"]) == 3
