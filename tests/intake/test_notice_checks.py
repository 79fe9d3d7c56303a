"""The notice against its policy, and the words of what pydantic refuses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from strategies import policy_mapping
from supplier_eval.errors import Finding
from supplier_eval.intake.notice import Notice
from supplier_eval.intake.notice_checks import fact_kind, is_major, notice_findings, read_notice
from supplier_eval.policy import Policy

LEAST = {"id": "t", "title": "T", "policy": "policy.toml"}


def policy(**changes: object) -> Policy:
    return Policy.from_mapping(policy_mapping(**changes))


def judged(notice: dict[str, object], used: Policy) -> list[Finding]:
    found = list(notice_findings(Notice.model_validate({**LEAST, **notice}), used))
    for finding in found:
        assert finding.remedy and finding.advise("zh")
        assert not finding.say("zh").isascii()
        assert "{" not in finding.line("en").replace("{ k", "") + finding.line("zh").replace("{ k", "")
    return found


def codes(notice: dict[str, object], used: Policy) -> list[str]:
    """Codes of the errors."""
    return [f.code for f in judged(notice, used) if f.severity == "error"]


def warned(notice: dict[str, object], used: Policy) -> list[str]:
    return [f.code for f in judged(notice, used) if f.severity == "warning"]


def test_a_notice_that_fits_is_read_without_findings():
    notice, found = read_notice(LEAST)
    assert notice is not None and found == []


@pytest.mark.parametrize(
    ("given", "code", "column"),
    [
        ({"titel": "x"}, "tender.key.unknown", "titel"),
        ({"items": [{"id": "a"}, {"volume": 3}]}, "tender.key.missing", "items[2].id"),
        ({"items": [{"id": "a", "times": 0}]}, "tender.value.invalid", "items[a].times"),
        ({"items": [{"id": "a", "tax_rate": 6}]}, "tender.value.invalid", "items[a].tax_rate"),
        ({"term_months": 3.5}, "tender.value.invalid", "term_months"),
        ({"term_months": True}, "tender.value.invalid", "term_months"),
        ({"major": "perhaps"}, "tender.value.invalid", "major"),
        ({"lots": 3}, "tender.value.invalid", "lots"),
        ({"drawn": {"k": "inf"}}, "tender.value.invalid", "drawn.k"),
        ({"deadline": "soon"}, "tender.deadline.not_a_date", "deadline"),
        ({"timezone": "Nowhere"}, "tender.timezone.no_such_zone", "timezone"),
        ({"decimal": ".", "thousands": "."}, "tender.thousands.same_as_decimal", "thousands"),
    ],
)
def test_every_refusal_names_its_key_and_speaks_both_languages(given, code, column):
    notice, (finding,) = read_notice({**LEAST, **given})
    assert notice is None
    assert (finding.code, finding.column) == (code, column)
    assert finding.remedy and finding.advise("zh")
    assert not finding.say("zh").isascii()


def test_everything_wrong_with_a_notice_is_said_at_once():
    _, found = read_notice({"title": 5, "items": [{"id": "a b"}], "currency": "yuan", "extra": 1})
    assert len(found) == 6


def test_a_gate_judged_by_date_needs_a_moment():
    gates = [{"id": "licence", "name": "licence", "kind": "valid_until"}]
    dated = policy(gates=gates)
    assert codes({}, dated) == ["tender.deadline.missing"]
    assert codes({"published": "2026-01-01T00:00Z"}, dated) == []


def test_moments_follow_each_other():
    given = {"published": "2026-02-01T00:00Z", "deadline": "2026-01-01T00:00Z", "opened": "2026-03-01T00:00Z"}
    assert codes(given, policy()) == ["tender.moments.order"]


def test_one_id_cannot_be_a_gate_and_a_fact_of_another_kind():
    """Built without the checks of a regime: the default one never lets a gate be scored again."""
    mapping = policy_mapping({"quality": 20})
    mapping["criteria"].append({"id": "staff", "name": "s", "weight": 10, "source": "facts"})
    for kind, expected in (("at_least", []), ("yes", ["policy.gates.two_kinds"])):
        limit = {"limit": 10} if kind == "at_least" else {}
        gate = {"id": "staff", "name": "Staff", "kind": kind, "reviewed_by": "HR", **limit}
        used = Policy.model_validate({**mapping, "gates": [gate]})
        assert codes({}, used) == expected


def test_the_kind_of_a_fact_follows_its_gate_or_value_function():
    used = policy(gates=[{"id": "g", "name": "g", "kind": "at_most", "limit": 3}])
    assert fact_kind(used.gates[0]) == "number"
    assert fact_kind(used.tree()["quality"]) == "number"


@pytest.mark.parametrize(
    ("notice", "major"),
    [
        ({"estimated_value": Decimal("99.99")}, False),
        ({"estimated_value": 100}, True),
        ({"term_months": 36}, True),
        ({"data_class": "core"}, True),
        ({"major": True}, True),
    ],
)
def test_a_project_is_major_from_the_threshold_on(notice, major):
    used = policy(approval={"value_from": 100, "term_months_from": 36, "data_classes": ["core"]})
    assert is_major(Notice.model_validate({**LEAST, **notice}), used) is major


def test_a_major_project_was_approved_before_it_opened():
    used = policy()
    steps = [{"step": "expert_review", "by": "x", "on": "2026-01-31"}]
    given = {"major": True, "approvals": steps, "published": "2026-01-31T08:00Z"}
    assert codes(given, used) == ["tender.approvals.missing"]
    steps.append({"step": "board_approval", "by": "x", "on": "2026-02-01"})
    assert codes(given, used) == ["tender.approvals.late"]


def test_a_fingerprint_that_differs_is_a_warning():
    given = {"policy_fingerprint": "sha256:0", "deadline": "2026-03-01T00:00Z"}
    assert codes(given, policy()) == []
    assert warned(given, policy()) == ["tender.policy_fingerprint.differs"]


def test_without_a_deadline_no_bid_is_late_and_that_is_warned_of():
    assert warned({}, policy()) == ["tender.deadline.absent"]
    assert warned({"opened": "2026-03-01T00:00Z"}, policy()) == ["tender.deadline.absent"]
    assert warned({"deadline": "2026-03-01T00:00Z"}, policy()) == []
    dated = policy(gates=[{"id": "licence", "name": "licence", "kind": "valid_until"}])
    assert warned({}, dated) == [], "one finding on the missing deadline is enough"


def test_an_approval_is_judged_against_the_first_moment_that_is_stated():
    steps = [{"step": step, "by": "x", "on": "2026-02-01"} for step in ("expert_review", "board_approval")]
    given = {"major": True, "approvals": steps}
    for moment in ("published", "deadline", "opened"):
        assert codes({**given, moment: "2026-01-31T08:00Z"}, policy()) == ["tender.approvals.late"] * 2
        assert codes({**given, moment: "2026-02-01T08:00Z"}, policy()) == []
    assert codes({**given, "published": "2026-02-01T08:00Z", "deadline": "2026-03-01T08:00Z"}, policy()) == []
    assert codes(given, policy()) == ["tender.approvals.no_moment"] * 2


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"value_from": 100}, "tender.estimated_value.missing"),
        ({"term_months_from": 36}, "tender.term_months.missing"),
    ],
)
def test_a_project_of_unknown_size_is_not_minor_by_silence(rule, code):
    assert codes({}, policy(approval=rule)) == [code]
    assert warned({"deadline": "2026-03-01T00:00Z"}, policy(approval=rule, adoption=None)) == [code]
    assert codes({"estimated_value": 1, "term_months": 1}, policy(approval=rule)) == []
    assert codes({}, policy(approval={**rule, "steps": []})) == [], "nothing hangs on it"
    assert code not in codes({"major": True}, policy(approval=rule))


def test_a_gate_or_floor_of_a_lot_that_the_notice_does_not_have_is_refused():
    gates = [{"id": "g", "name": "g", "kind": "yes", "lots": ["L1", "L9"]}]
    floors = [{"criterion": "quality", "minimum": 60, "lot": lot} for lot in ("l2", "L7")]
    found = judged({"lots": [{"id": "L1"}, {"id": "L2"}]}, policy(gates=gates, floors=floors))
    errors = [(f.code, f.value) for f in found if f.severity == "error"]
    assert errors == [("policy.floors.lot_unknown", "L7"), ("policy.gates.lot_unknown", "L9")]
    assert "L1, L2" in next(f.say("en") for f in found if f.code == "policy.gates.lot_unknown")


@pytest.mark.parametrize(
    ("drawn", "draws", "expected"),
    [
        ({}, False, []),
        ({}, True, []),
        ({"k": 1}, True, []),
        ({"K": 1}, True, []),
        ({"k": 1}, False, ["tender.drawn.not_expected"]),
        ({"k": 1, "ceiling": 1}, True, ["tender.drawn.not_expected"]),
        ({"e1": 1}, False, ["tender.drawn.not_expected"]),
        ({"k": 1, "K": 2}, True, ["tender.drawn.duplicate"]),
    ],
)
def test_only_k_is_drawn_once_and_only_where_the_policy_says_so(drawn, draws, expected):
    assert codes({"drawn": drawn}, policy(price={**policy_mapping()["price"], "draw_benchmark": draws})) == expected
