"""Moves of settlements, their lines, documents and service credits (§4.3)."""

from __future__ import annotations

from supplier_eval.registry.guards import settlement as guards
from supplier_eval.registry.guards import settlement_parts as parts
from supplier_eval.registry.guards.beginnings import begins_without_answers
from supplier_eval.registry.lifecycle import ADD, LifeCycle, Move

OPEN = ("documents_complete", "reviewed", "approved")
ANSWERS = ("due_on", "reviewed_by", "reviewed_on", "approved_by", "approved_on")

SETTLEMENT = LifeCycle(
    kind="settlement",
    moves=(
        Move(ADD, "", "draft", "§4.3.1", guards=(*guards.SETTLEMENT, begins_without_answers("settlement"))),
        Move("complete", "draft", "documents_complete", "§4.3.2", needs=("due_on",), guards=guards.COMPLETE),
        Move(
            "review",
            "documents_complete",
            "reviewed",
            "§4.3.2",
            needs=("reviewed_by", "reviewed_on", "due_on"),
            guards=guards.REVIEW,
        ),
        Move("approve", "reviewed", "approved", "§4.3.1", needs=("approved_by", "approved_on"), guards=guards.APPROVE),
        Move("pay", "approved", "paid", "§4.3.1", needs=("paid_on", "payment_reference"), guards=guards.PAY),
        *(Move("dispute", source, "disputed", "§4.3.1", needs=("dispute",), guards=guards.DISPUTE) for source in OPEN),
        Move(
            "settle",
            "disputed",
            "draft",
            "§4.3.1",
            needs=("resolution",),
            may=ANSWERS,
            guards=guards.SETTLE,
        ),
        Move(
            "return",
            "documents_complete",
            "draft",
            "§4.3.2",
            needs=("reason",),
            may=ANSWERS,
            guards=guards.RETURN,
        ),
        *(
            Move("cancel", source, "cancelled", "§4.3.1", needs=("reason",), guards=guards.CANCEL)
            for source in ("draft", "disputed")
        ),
    ),
    editable={"draft": ("period_from", "period_to", "gross", "credits", "net", "currency")},
    closed=("paid", "cancelled"),
    edit_guards=guards.SETTLEMENT,
)

SETTLEMENT_LINE = LifeCycle(
    kind="settlement_line",
    moves=(
        Move(ADD, "", "counted", "§4.3.1", guards=parts.LINE),
        Move("strike", "counted", "struck", "§4.3.1", needs=("reason",), guards=parts.STRIKE_LINE),
    ),
    editable={"counted": ("volume", "amount")},
    closed=("struck",),
    edit_guards=parts.LINE,
)

DOCUMENT = LifeCycle(
    kind="document",
    moves=(
        Move(ADD, "", "received", "§4.3.2", guards=(*parts.DOCUMENT, begins_without_answers("document"))),
        Move(
            "accept",
            "received",
            "accepted",
            "§4.3.2",
            needs=("reviewed_by", "reviewed_on"),
            may=("remarks",),
            guards=parts.JUDGE_DOCUMENT,
        ),
        Move(
            "reject",
            "received",
            "rejected",
            "§4.3.2",
            needs=("reviewed_by", "reviewed_on", "remarks"),
            guards=parts.JUDGE_DOCUMENT,
        ),
    ),
    editable={"received": ("number", "attachment")},
    closed=("accepted", "rejected"),
)

SERVICE_CREDIT = LifeCycle(
    kind="service_credit",
    moves=(
        Move(ADD, "", "claimed", "§4.3.1", guards=(*parts.CREDIT, begins_without_answers("service_credit"))),
        Move("waive", "claimed", "waived", "§4.3.1", needs=("waived_by", "waived_on", "waiver"), guards=parts.WAIVE),
    ),
    editable={"claimed": ("amount", "reason")},
    closed=("claimed", "waived"),
    edit_guards=parts.CREDIT,
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (SETTLEMENT, SETTLEMENT_LINE, DOCUMENT, SERVICE_CREDIT)
