"""Binding or exploratory."""

from __future__ import annotations

from datetime import date

from strategies import flat, make_tender, policy_mapping
from supplier_eval.flags import Flag, Reason, Ruling
from supplier_eval.policy import Policy
from supplier_eval.score.standing import standing_reasons

POLICY = Policy.from_mapping(policy_mapping())


def codes(tender, flags=()) -> list[str]:
    return [reason.code for reason in standing_reasons(tender, flags)]


def test_adopted_published_and_no_open_case_is_binding():
    assert codes(make_tender([flat("A", 1, "1")], POLICY)) == []


def test_an_unpublished_fingerprint_is_a_reason():
    assert codes(make_tender([flat("A", 1, "1")], POLICY, notice={"policy_fingerprint": ""})) == [
        "standing.not_published"
    ]


def test_a_changed_policy_is_a_reason():
    other = POLICY.replace(weights={"price": 50, "quality": 20})
    assert codes(make_tender([flat("A", 1, "1")], POLICY).with_policy(other)) == ["standing.other_policy"]


def test_an_open_case_that_holds_is_a_reason_and_others_are_not():
    tender = make_tender([flat("A", 1, "1")], POLICY)
    assert codes(tender, [Flag("panel.outlier_mark")]) == []
    assert codes(tender, [Flag("panel.even", holds=True)]) == ["standing.open_cases"]


def test_a_note_does_not_close_a_case_and_a_ruling_does():
    tender = make_tender([flat("A", 1, "1")], POLICY)
    flag = Flag("panel.even", holds=True)
    for word, reasons in (("note", ["standing.open_cases"]), ("accept", []), ("exclude", [])):
        ruled = flag.ruled((Ruling("", "panel.even", word, "the board", date(2026, 1, 1), "why"),))
        assert codes(tender, [ruled]) == reasons


def test_a_policy_adopted_after_the_tender_was_published_is_a_reason():
    published = {"published": "2025-12-31T09:00:00+08:00", "deadline": "2026-02-01T09:00:00+08:00"}
    assert codes(make_tender([flat("A", 1, "1")], POLICY, notice=published)) == ["standing.adopted_late"]
    same_day = {"published": "2026-01-01T09:00:00+08:00"}
    assert codes(make_tender([flat("A", 1, "1")], POLICY, notice=same_day)) == []


def test_tables_checked_under_another_policy_do_not_bind_even_under_the_published_one():
    other = POLICY.replace(weights={"price": 50, "quality": 20})
    tender = make_tender([flat("A", 1, "1")], other, notice={"policy_fingerprint": POLICY.fingerprint})
    assert codes(tender.with_policy(POLICY)) == ["standing.checked_under_another"]


def test_a_policy_built_around_its_own_checks_does_not_bind():
    mapping = policy_mapping(regime="cn-order-87")
    broken = Policy.model_validate(mapping)
    assert "standing.policy_broken" in codes(make_tender([flat("A", 1, "1")], broken))


def test_closed_prices_do_not_bind_and_a_stop_for_too_few_bids_does():
    tender = make_tender([flat("A", 1, "1")], POLICY)
    assert [r.code for r in standing_reasons(tender, (), Reason("score.prices_closed"))] == ["standing.not_locked"]
    assert standing_reasons(tender, (), Reason("score.too_few_valid_bids")) == ()


def test_a_note_does_not_close_a_case():
    note = Ruling("A", "panel.even", "note", "x", date(2026, 1, 1), "y")
    flag = Flag("panel.even", bid="A", holds=True).ruled((note,))
    assert codes(make_tender([flat("A", 1, "1")], POLICY), [flag]) == ["standing.open_cases"]
