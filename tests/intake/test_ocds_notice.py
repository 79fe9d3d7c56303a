"""What a release says of the tender itself."""

from __future__ import annotations

from decimal import Decimal

from intake.made_releases import node, release
from supplier_eval.intake.ocds_notice import notice_of


def test_the_notice_takes_id_title_buyer_deadline_lots_and_estimate():
    assert notice_of(node(release()), []) == {
        "id": "ocds-ex4mpl-payroll-2026",
        "title": {"en": "Payroll accounting, two sites", "zh": "两地薪酬核算外包"},
        "buyer": {"en": "Example Holding"},
        "deadline": "2026-05-15T12:00:00+02:00",
        "currency": "EUR",
        "estimated_value": Decimal(520000),
        "lots": [
            {"id": "NORTH", "name": {"en": "Northern site"}},
            {"id": "SOUTH", "name": {"en": "Southern site"}},
        ],
    }


def test_the_value_of_a_lot_is_an_estimate_and_never_becomes_a_ceiling():
    assert all("ceiling" not in lot for lot in notice_of(node(release()), [])["lots"])


def test_what_is_not_there_is_not_in_the_notice():
    assert notice_of(node({"ocid": "o"}), []) == {"id": "o", "title": "o"}
    assert notice_of(node({}), []) == {}


def test_the_language_of_the_release_is_that_of_its_title():
    said = notice_of(node({"language": "zh-CN", "tender": {"title": "保洁服务"}}), [])
    assert said["title"] == {"zh": "保洁服务"}


def test_the_currency_of_the_bids_counts_only_where_they_agree_and_the_tender_names_none():
    lone = {"ocid": "o"}
    assert notice_of(node(lone), ["EUR", "", "EUR"])["currency"] == "EUR"
    assert "currency" not in notice_of(node(lone), ["EUR", "USD"])
    stated = {"tender": {"value": {"amount": 1, "currency": "CNY"}}}
    assert notice_of(node(stated), ["EUR"])["currency"] == "CNY"


def test_an_estimate_that_is_no_number_is_a_finding():
    top = node({"tender": {"value": {"amount": "520000"}}})
    assert "estimated_value" not in notice_of(top, [])
    assert [f.code for f in top.found.findings()] == ["ocds.not_a_number"]


def test_a_tender_or_lot_that_the_buyer_has_ended_is_warned_of():
    top = node({"tender": {"status": "cancelled", "lots": [{"id": "1", "status": "unsuccessful"}]}})
    notice_of(top, [])
    assert {f.column for f in top.found.findings()} == {"tender.status", "tender.lots.status"}
