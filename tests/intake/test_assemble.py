"""From raw tables to a tender: policy beside the notice, all findings at once, canonical order."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from supplier_eval.errors import Finding, InvalidTender
from supplier_eval.intake.assemble import assemble, load_tender, read_tender
from supplier_eval.intake.source import read_source
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from tender_folder import MINI, mini


def codes(folder, policy=None) -> list[str]:
    return [f.code for f in load_tender(folder, policy)[1] if f.severity == "error"]


def test_a_tender_is_read_whole(tmp_path):
    tender = read_tender(mini(tmp_path))
    assert tender.lots == ("1",)
    assert list(tender.bids.index) == ["B1", "B2", "B3"]
    assert tender.bids.loc["B1", "received"] == datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
    assert set(tender.evaluators) == {"E1", "E2"}
    assert len(tender.marks) == 12


def test_what_is_no_tender_is_refused_by_name(tmp_path):
    with pytest.raises(InvalidTender, match="does not exist") as refused:
        read_tender(tmp_path / "gone.zip")
    assert refused.value.findings[0].code == "tender.path.missing"
    (tmp_path / "there.zip").write_bytes(b"PK")
    with pytest.raises(InvalidTender, match="is not a tender") as refused:
        read_tender(tmp_path / "there.zip")
    assert refused.value.findings[0].code == "tender.path.unknown_kind"


@pytest.mark.parametrize("named", ["../policy.toml", "/etc/passwd", "a\\u0000b", "sub/../../policy.toml"])
def test_a_policy_outside_the_folder_is_not_read(tmp_path, named):
    (tmp_path / "policy.toml").write_text("never read")
    assert codes(mini(tmp_path, tender=("policy.toml", named))) == ["tender.policy.outside"]


def test_a_link_out_of_the_folder_is_outside(tmp_path):
    folder = mini(tmp_path, {"policy.toml": None})
    (tmp_path / "elsewhere.toml").write_text("never read")
    (folder / "policy.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert codes(folder) == ["tender.policy.outside"]


def test_a_policy_that_links_to_itself_is_a_finding(tmp_path):
    folder = mini(tmp_path, {"policy.toml": None})
    (folder / "policy.toml").symlink_to(folder / "policy.toml")
    assert codes(folder) in (["tender.policy.outside"], ["policy.file.unreadable"])


def test_another_policy_takes_the_place_of_the_named_one_and_is_exploratory(tmp_path):
    folder = mini(tmp_path)
    other = Policy.load(folder / "policy.toml").replace(weights={"quality": 50, "price": 50})
    evaluation = evaluate(read_tender(folder, other))
    assert [r.code for r in evaluation.standing_reasons] == ["standing.other_policy"]


def test_a_broken_notice_does_not_hide_what_is_wrong_in_the_tables(tmp_path):
    edits = {"tender": ("deadline", "dead_line"), "marks": ("E1,80", "E1,eighty"), "evaluators": ("First", "")}
    assert codes(mini(tmp_path, **edits)) == ["tender.key.unknown", "evaluators.name.blank"]


def test_declared_marks_hold_though_the_notice_was_refused_for_something_else(tmp_path):
    """1.234 with a declared comma is no ambiguity; a notice with an unknown key still declares it."""
    past = "bidder,period,score\nNA,2025,8.125\n"
    folder = mini(tmp_path, {"past.csv": past}, tender=("deadline", 'decimal = "."\ndead_line'))
    assert codes(folder) == ["tender.key.unknown"]


def test_prices_may_carry_the_policys_currency_where_the_notice_names_none(tmp_path):
    folder = mini(tmp_path, tender=('currency = "CNY"\n', ""), prices=("B1,setup,900", "B1,setup,￥900"))
    assert codes(folder) == []


def test_a_coverage_in_per_cent_is_kept_as_a_fraction(tmp_path):
    past = "bidder,period,score,coverage\nk2,2025-H2,80.5,85%\n"
    tender = read_tender(mini(tmp_path, {"past.csv": past}))
    assert tender.past["K2"].coverage == Decimal("0.85")
    assert tender.past["K2"].score == Decimal("80.5")


def test_one_bidder_has_one_spelling_over_its_bids(tmp_path):
    bids = "bid,lot,bidder,name,received\nB1,A,acme,x,2026-03-01T10:00Z\nB2,B,ACME,x,2026-03-01T10:00Z\n"
    lots = '[[lots]]\nid = "A"\n\n[[lots]]\nid = "B"\n\n[[items]]\nid = "hour"'
    folder = mini(tmp_path, {"bids.csv": bids}, tender=('[[items]]\nid = "hour"', lots))
    tender, _ = load_tender(folder)
    assert list(tender.bids["bidder"]) == ["acme", "acme"]


def test_a_note_on_a_case_never_hides_its_ruling(tmp_path):
    rows = "bid,case,ruling,by,on,reason,asked\n"
    rows += "B1,price.abnormal.below_share_of_mean,exclude,X,2026-03-03,because,why?\n"
    rows += "B1,price.abnormal.below_share_of_mean,note,X,2026-03-09,letter sent,\n"
    tender = read_tender(mini(tmp_path, {"rulings.csv": rows}))
    assert [r.ruling for r in tender.rulings] == ["note", "exclude"]


def test_a_tender_under_an_unknown_category_stops_before_its_tables_are_judged(tmp_path):
    folder = mini(
        tmp_path, tender=("currency", 'category = "XXX"\ncurrency'), policy=("categories = []", 'categories = ["ITO"]')
    )
    assert codes(folder) == ["tender.category.unknown"]
    assert load_tender(folder)[0] is None


def test_the_report_of_a_refusal_counts_and_speaks_both_languages(tmp_path):
    with pytest.raises(InvalidTender) as refused:
        read_tender(mini(tmp_path, marks=("E1,80", "E1,101"), requirements=("2027-01-01", "soon")))
    assert "2 findings" in str(refused.value)
    assert "2 项问题" in refused.value.report("zh")
    assert set(refused.value.to_frame().columns) >= {"code", "table", "column", "rows", "value", "message", "remedy"}


def test_a_warning_about_the_price_table_is_the_tenders_warning():
    """A formula in a price cell: its saved value is taken, and that is said."""
    source = read_source(MINI)
    table, _ = source.prices()
    warning = Finding("files.xlsx.formula", "prices", "amount", (2,), "=1+1", {"cells": "C2"}, "warning")
    tender, findings = assemble(dataclasses.replace(source, prices=lambda: (table, [warning])))
    assert not [f for f in findings if f.severity == "error"]
    assert warning in tender.warnings
