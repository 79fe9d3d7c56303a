"""Binding or exploratory."""

from __future__ import annotations

from datetime import date

from strategies import flat, make_tender, policy_mapping
from supplier_eval.flags import Flag, Ruling
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
