"""A folder is evaluated only where it says what the registry has on record."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from decimal import Decimal

import pytest

from registry_sample import DESK, TENDER
from supplier_eval.errors import InvalidTender, UnknownName
from supplier_eval.keeping import registered_tender
from supplier_eval.registry.records.suppliers import ScorecardRecord


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DESK, tmp_path / "desk")


def notice(folder, was: str, now: str) -> None:
    """Write something else in tender.toml."""
    text = (folder / "tender.toml").read_text(encoding="utf-8")
    assert was in text
    (folder / "tender.toml").write_text(text.replace(was, now, 1), encoding="utf-8")


def cell(folder, table: str, key: str, column: str, now: str) -> None:
    """Write something else in the row whose first cell is `key`."""
    path = folder / table
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [one for one in rows if next(iter(one.values())) == key]
    row[column] = now
    written(path, rows)


def written(path, rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def without(folder, table: str, **equals: str) -> None:
    path = folder / table
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    written(path, [one for one in rows if any(one[name] != value for name, value in equals.items())])


def differences(store, folder) -> list[tuple[str, str, str, str]]:
    with pytest.raises(InvalidTender) as refused:
        registered_tender(store.registry, TENDER, folder)
    return [(f.code, f.table, f.column, f.value) for f in refused.value.findings]


@pytest.mark.parametrize("step", ["opened", "scored", "awarded"])
def test_the_sample_tender_is_the_one_on_record_before_and_after_its_award(step, request):
    """A bid that was ranked and then withdrawn was evaluated all the same."""
    store = request.getfixturevalue(step)
    assert len(registered_tender(store.registry, TENDER, DESK).bids) == 18


def test_an_unknown_tender_is_named(opened):
    with pytest.raises(UnknownName, match=TENDER):
        registered_tender(opened.registry, "service-desk-2062", DESK)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        (f'id = "{TENDER}"', 'id = "other"', ("id", "other")),
        ('category = "ITO"', 'category = ""', ("category", "-")),
        ("deadline = 2026-03-10T09:30", "deadline = 2026-03-10T09:40", ("deadline", "2026-03-10T09:40:00+08:00")),
        ("published = 2026-02-02T09:00", "published = 2026-02-01T09:00", ("published", "2026-02-01T01:00:00+00:00")),
        ("opened = 2026-03-10T10:00", "opened = 2026-03-10T10:01", ("opened", "2026-03-10T02:01:00+00:00")),
        ("locked = 2026-03-18T17:00", "locked = 2026-03-18T17:30", ("technical_locked", "2026-03-18T09:30:00+00:00")),
        ("estimated_value = 8250000", "estimated_value = 825000.5", ("estimated_value", "825000.5")),
        ("term_months = 24", "term_months = 12", ("term_months", "12")),
        ('data_class = "internal"', 'data_class = "public"', ("data_class", "public")),
        ("on = 2026-01-20", "on = 2026-01-21", ("approvals", "2026-01-21")),
    ],
    ids=lambda given: given if isinstance(given, str) else given[0],
)
def test_what_the_notice_says_otherwise_is_told_with_its_key(opened, folder, was, now, expected):
    notice(folder, was, now)
    assert ("keeping.differs", "tender", *expected) in differences(opened, folder)


def test_seconds_between_a_step_and_its_record_are_no_difference(opened, folder):
    notice(folder, "opened = 2026-03-10T10:00:00", "opened = 2026-03-10T10:00:40")
    registered_tender(opened.registry, TENDER, folder)


def test_another_policy_is_a_difference(opened, folder):
    text = (folder / "policy.toml").read_text(encoding="utf-8")
    (folder / "policy.toml").write_text(re.sub(r"candidates = 3", "candidates = 2", text), encoding="utf-8")
    notice(folder, "policy_fingerprint = ", "# policy_fingerprint = ")
    found = differences(opened, folder)
    assert [one[:3] for one in found] == [("keeping.differs", "tender", "policy_fingerprint")]


@pytest.mark.parametrize(
    ("table", "key", "column", "now", "expected"),
    [
        ("bids.csv", "TA-1", "received", "2026-03-10 09:29", ("bids", "received", "2026-03-10T01:29:00+00:00")),
        ("bids.csv", "YX-1", "bidder", "YY", ("bids", "bidder", "YY")),
        ("evaluators.csv", "E4", "conflict_with", "无", ("evaluators", "conflict_with", "-")),
        ("evaluators.csv", "E5", "kind", "expert", ("evaluators", "kind", "expert")),
        ("past.csv", "YX", "score", "98.5", ("past", "score", "98.5")),
        ("past.csv", "YX", "period", "2024-H2", ("past", "period", "2024-H2")),
        ("past.csv", "YX", "lower", "80", ("past", "lower", "80")),
        ("past.csv", "YX", "coverage", "99%", ("past", "coverage", "0.99")),
    ],
    ids=lambda given: given if isinstance(given, str) else given[0],
)
def test_what_a_table_says_otherwise_is_told_with_table_and_column(opened, folder, table, key, column, now, expected):
    cell(folder, table, key, column, now)
    found = differences(opened, folder)
    assert ("keeping.differs", *expected) in found


def test_a_bid_in_another_lot_is_told_with_its_row(opened, folder):
    """The late one: nothing else of it is in the folder."""
    cell(folder, "bids.csv", "TA-1", "lot", "L3")
    with pytest.raises(InvalidTender) as refused:
        registered_tender(opened.registry, TENDER, folder)
    (finding,) = [f for f in refused.value.findings if f.column == "lot"]
    assert (finding.code, finding.value, finding.facts["kept"], finding.rows) == ("keeping.differs", "L3", "L1", (9,))
    assert "the registry has L1" in finding.say("en")


def test_a_bid_on_record_is_not_left_out(opened, folder):
    for table in ("bids", "requirements", "marks", "prices"):
        without(folder, f"{table}.csv", bid="TA-1")
    assert differences(opened, folder) == [("keeping.not_in_folder", "bids", "bid", "TA-1")]


def test_a_bid_that_is_not_on_record_is_not_smuggled_in(opened, folder):
    path = folder / "bids.csv"
    path.write_text(path.read_text(encoding="utf-8") + "ZZ-1,L1,ZZ,Zhengzhong,2026-03-10 09:45,否\n", encoding="utf-8")
    assert ("keeping.not_on_record", "bids", "bid", "ZZ-1") in differences(opened, folder)


def test_past_scores_are_those_on_record_all_of_them(opened, folder):
    without(folder, "past.csv", bidder="QH")
    assert ("keeping.not_in_folder", "past", "bidder", "QH") in differences(opened, folder)
    day = {"period_from": date(2026, 1, 1), "period_to": date(2026, 3, 1), "standing": "binding"}
    fields = {"supplier": "YX", "period": "2026-Q1", "score": Decimal(91), "grade": "A", "scored_by": ("wu.fang",)}
    fingerprint = {"policy_fingerprint": "sha256:" + "0" * 64}
    card = opened.registry.add(ScorecardRecord(id="YX-new", **fields, **day, **fingerprint))
    assert len(differences(opened, folder)) == 1  # not confirmed yet
    opened.move("scorecard", card.id, "confirm", confirmed_by="chen.bo", confirmed_on=date(2026, 3, 19))
    assert ("keeping.differs", "past", "period", "2025-H2") in differences(opened, folder)


def test_a_member_who_left_the_panel_is_not_on_record(opened, folder):
    opened.move("evaluator", f"{TENDER}-E5", "release", reasons="ill")
    assert differences(opened, folder) == [("keeping.not_on_record", "evaluators", "evaluator", "E5")]


def test_a_declaration_that_was_cleared_counts_no_more(opened, folder):
    fields = {"cleared_by": "chen.bo", "clearing_reasons": "The relative left LB in 2024."}
    opened.move("conflict_declaration", "declaration-E4", "clear", **fields)
    assert differences(opened, folder) == [("keeping.differs", "evaluators", "conflict_with", "LB")]


def test_a_bid_that_was_withdrawn_before_the_result_is_to_be_taken_out(opened, folder):
    opened.move("bid", "YX-3", "withdraw", reasons="no staff", withdrawal_letter="sha256:" + "1" * 64)
    assert differences(opened, folder) == [("keeping.not_on_record", "bids", "bid", "YX-3")]


def test_all_differences_come_at_once(opened, folder):
    notice(folder, "term_months = 24", "term_months = 12")
    cell(folder, "evaluators.csv", "E5", "kind", "expert")
    cell(folder, "past.csv", "YX", "score", "98.5")
    assert {one[1] for one in differences(opened, folder)} == {"tender", "evaluators", "past"}


def test_ids_are_compared_as_everywhere(opened, folder):
    path = folder / "past.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("YX,", "ｙx,"), encoding="utf-8")
    registered_tender(opened.registry, TENDER, folder)
