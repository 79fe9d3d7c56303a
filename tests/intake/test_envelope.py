"""The price envelope: only the rows of the bids asked for are looked at."""

from __future__ import annotations

from decimal import Decimal

from supplier_eval.errors import Finding
from supplier_eval.intake.envelope import Envelope
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.typed import Reading

COLUMNS = ("bid", "item", "amount")


def envelope(*rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS, found: tuple[Finding, ...] = ()) -> Envelope:
    table = RawTable("prices", "prices.csv", columns, rows, tuple(range(2, len(rows) + 2)))
    return Envelope(lambda: (table, list(found)), Reading(decimal=".", currency="CNY"), ("A", "B", "C"))


def codes(findings) -> list[str]:
    return [f.code for f in findings]


def test_rows_of_other_bids_are_passed_over_however_wrong():
    lines, found = envelope(("A", "total", "10"), ("B", "total", "nonsense")).open(["A"])
    assert not found
    assert [(line.bid, line.amount, line.row) for line in lines] == [("A", Decimal(10), 2)]


def test_a_row_of_a_bid_that_does_not_exist_is_a_finding_with_its_row_and_the_nearest():
    _, (finding,) = envelope(("A", "total", "10"), ("A2", "total", "12")).open(["A"])
    assert (finding.code, finding.rows, finding.value) == ("prices.bid.unknown", (3,), "A2")
    assert "A2" in finding.line("en") and "A2" in finding.line("zh")


def test_ids_are_spelled_as_the_bids_table_spells_them():
    lines, _ = envelope(("ａ", "total", "10")).open(["A"])
    assert lines[0].bid == "A"


def test_a_row_without_bid_is_a_finding_with_words():
    _, (finding,) = envelope((" ", "total", "10")).open(["A"])
    assert finding.code == "prices.bid.blank"
    assert finding.line("zh")


def test_a_table_without_the_bid_column_says_so():
    _, found = envelope(("total", "10"), columns=("item", "amount")).open(["A"])
    assert codes(found) == ["prices.bid.column_missing"]


def test_no_table_is_a_finding_and_a_refused_one_gives_its_own():
    assert codes(Envelope(None, Reading()).open(["A"])[1]) == ["prices.missing_table"]
    refused = Finding("files.empty", "prices")
    assert envelope(found=(refused,)).open(["A"]) == ([], [refused])


def test_nothing_is_read_before_it_is_opened():
    def never() -> tuple[RawTable | None, list[Finding]]:
        raise AssertionError("the envelope was opened")

    sealed = Envelope(never, Reading(), ("A",))
    assert sealed.bids == ("A",)
