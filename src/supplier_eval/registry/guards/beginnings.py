"""What a later step gives is empty when a record begins: nobody is reviewed, signed or paid beforehand."""

from __future__ import annotations

from collections.abc import Mapping

from supplier_eval.registry.guards.rounds import cleared
from supplier_eval.registry.lifecycle import Guard

LATER: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "supplier": (
        "§3.3.1",
        ("approved_by", "approved_on", "reason", "decided_by", "decided_on", "review_on"),
    ),
    "certificate": (
        "§3.3.1",
        ("replaced_by", "reason"),
    ),
    "training": (
        "§3.3.4",
        ("held_on", "people_present", "evidence", "result"),
    ),
    "improvement_plan": (
        "§3.3.4",
        (
            *("evidence_period", "evidence_from", "evidence_until", "evidence_figure", "scorecard"),
            *("closed_by", "closed_on"),
        ),
    ),
    "scorecard": (
        "§3.3.2",
        ("confirmed_by", "confirmed_on", "reason"),
    ),
    "risk_rating": (
        "§6.3.1",
        ("confirmed_by", "confirmed_on", "reason"),
    ),
    "contract": (
        "§4.1.1",
        (
            *("reviewed_digest", "reviewed_by", "reviewed_on", "review_notes", "signed_digest"),
            *("signed_by", "signed_on", "signed_for_supplier", "amended_by", "ended_on", "end_reason"),
        ),
    ),
    "authority": (
        "§4.1.2",
        ("revoked_on", "reason"),
    ),
    "milestone": (
        "§4.2.1",
        ("delivered_on", "accepted_quantity", "accepted_on", "accepted_by", "rejected_on", "quality"),
    ),
    "check": (
        "§4.2.2",
        ("done_on", "items", "failures", "outcome"),
    ),
    "finding": (
        "§4.2.2",
        ("corrected_on", "verified_by", "verified_on"),
    ),
    "change": (
        "§4.2.3",
        (
            *("approvals", "approved_by", "approved_on", "board_approval_by", "board_approval_on"),
            *("signed_digest", "signed_by", "signed_on", "effective_on", "decided_by", "decision"),
        ),
    ),
    "settlement": (
        "§4.3.2",
        (
            *("due_on", "reviewed_by", "reviewed_on", "approved_by", "approved_on", "paid_on"),
            *("payment_reference", "dispute", "resolution"),
        ),
    ),
    "document": (
        "§4.3.2",
        ("reviewed_by", "reviewed_on"),
    ),
    "service_credit": (
        "§4.3.1",
        ("waived_by", "waived_on", "waiver"),
    ),
    "complaint": (
        "§5.3.2",
        (
            *("responded_at", "response", "findings", "cause", "measures", "resolved_at", "feedback_at"),
            *("feedback", "feedback_by", "satisfaction", "satisfaction_at", "reopened_at"),
            *("reopened_because",),
        ),
    ),
}
"""Kind → clause, and the fields that only its events fill."""


def begins_without_answers(kind: str) -> Guard:
    """Guard of ``add``: the fields that only later events of this kind give are empty."""
    clause, names = LATER[kind]
    return cleared(f"{kind}.step.later", clause, *names)
