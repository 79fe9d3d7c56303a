"""Moves of settlements, their lines, documents and service credits (§4.3)."""

from __future__ import annotations

from supplier_eval.registry.lifecycle import ADD, LifeCycle, Move

OPEN = ("documents_complete", "reviewed", "approved")

SETTLEMENT = LifeCycle(
    kind="settlement",
    moves=(
        Move(ADD, "", "draft", "§4.3.1"),
        Move("complete", "draft", "documents_complete", "§4.3.2", needs=("due_on",)),
        Move("review", "documents_complete", "reviewed", "§4.3.2", needs=("reviewed_by", "reviewed_on")),
        Move("approve", "reviewed", "approved", "§4.3.1", needs=("approved_by", "approved_on")),
        Move("pay", "approved", "paid", "§4.3.1", needs=("paid_on", "payment_reference")),
        *(Move("dispute", source, "disputed", "§4.3.1", needs=("dispute",)) for source in OPEN),
        Move("settle", "disputed", "draft", "§4.3.1", needs=("resolution",)),
        Move("return", "documents_complete", "draft", "§4.3.2", needs=("reason",)),
        *(Move("cancel", source, "cancelled", "§4.3.1", needs=("reason",)) for source in ("draft", "disputed")),
    ),
    editable={"draft": ("period_from", "period_to", "gross", "credits", "net", "currency")},
    closed=("paid", "cancelled"),
)

SETTLEMENT_LINE = LifeCycle(
    kind="settlement_line",
    moves=(Move(ADD, "", "counted", "§4.3.1"), Move("strike", "counted", "struck", "§4.3.1", needs=("reason",))),
    editable={"counted": ("volume", "amount")},
    closed=("struck",),
)

DOCUMENT = LifeCycle(
    kind="document",
    moves=(
        Move(ADD, "", "received", "§4.3.2"),
        Move("accept", "received", "accepted", "§4.3.2", needs=("reviewed_by", "reviewed_on"), may=("remarks",)),
        Move("reject", "received", "rejected", "§4.3.2", needs=("reviewed_by", "reviewed_on", "remarks")),
    ),
    editable={"received": ("number", "attachment")},
    closed=("accepted", "rejected"),
)

SERVICE_CREDIT = LifeCycle(
    kind="service_credit",
    moves=(
        Move(ADD, "", "claimed", "§4.3.1"),
        Move("waive", "claimed", "waived", "§4.3.1", needs=("waived_by", "waived_on", "waiver")),
    ),
    editable={"claimed": ("amount", "reason")},
    closed=("claimed", "waived"),
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (SETTLEMENT, SETTLEMENT_LINE, DOCUMENT, SERVICE_CREDIT)
