"""Moves of contracts and of what belongs to them (§3.2.5, §4.1, §4.2)."""

from __future__ import annotations

from supplier_eval.registry.lifecycle import ADD, LifeCycle, Move

DRAFTED = (
    *("award", "tender", "title", "category", "data_class", "owner", "text_digest", "value", "currency"),
    *("starts_on", "ends_on", "payment_days", "credit_cap"),
)
SIGNED = ("text_digest", "signed_digest", "signed_on", "signed_by", "value", "starts_on", "ends_on")
AMENDED = ("amended_by",)
FIGURES = ("value", "ends_on")

CONTRACT = LifeCycle(
    kind="contract",
    moves=(
        Move(ADD, "", "draft", "§3.2.5"),
        Move("submit", "draft", "legal_review", "§4.1.1", needs=("text_digest",)),
        Move("return", "legal_review", "draft", "§4.1.1", needs=("review_notes",)),
        Move(
            "approve",
            "legal_review",
            "approved",
            "§4.1.1",
            needs=("reviewed_digest", "reviewed_by", "reviewed_on"),
            may=("review_notes",),
        ),
        Move("redraft", "approved", "draft", "§4.1.1", needs=("review_notes",)),
        Move("sign", "approved", "signed", "§4.1.2", needs=SIGNED, may=("signed_for_supplier",)),
        Move("start", "signed", "running", "§4.2.1"),
        *(Move("amend", state, state, "§4.2.3", needs=AMENDED, may=FIGURES) for state in ("signed", "running")),
        Move("end", "running", "ended", "§4.2.3", needs=("ended_on",), may=("end_reason",)),
        *(
            Move("terminate", source, "terminated", "§4.2.3", needs=("ended_on", "end_reason"))
            for source in ("signed", "running")
        ),
        *(
            Move("withdraw", source, "withdrawn", "§3.2.5", needs=("end_reason",))
            for source in ("draft", "legal_review", "approved")
        ),
    ),
    editable={"draft": DRAFTED, "signed": ("owner",), "running": ("owner",)},
    closed=("ended", "terminated", "withdrawn"),
)

CLAUSE = LifeCycle(
    kind="clause",
    moves=(Move(ADD, "", "present", "§3.2.5"), Move("strike", "present", "struck", "§3.2.5")),
    editable={"present": ("reference", "text")},
    closed=("struck",),
)

RATE = LifeCycle(
    kind="rate",
    moves=(Move(ADD, "", "agreed", "§3.2.5"), Move("strike", "agreed", "struck", "§3.2.5")),
    editable={"agreed": ("item", "unit", "unit_price", "valid_from", "valid_until")},
    closed=("struck",),
)

AUTHORITY = LifeCycle(
    kind="authority",
    moves=(
        Move(ADD, "", "granted", "§4.1.2"),
        Move("revoke", "granted", "revoked", "§4.1.2", needs=("revoked_on", "reason")),
    ),
    closed=("revoked",),
)

ACCEPTED = ("accepted_on", "accepted_by", "quality")

MILESTONE = LifeCycle(
    kind="milestone",
    moves=(
        Move(ADD, "", "planned", "§4.2.1"),
        *(
            Move("deliver", source, "delivered", "§4.2.1", needs=("delivered_on",))
            for source in ("planned", "rejected", "accepted_in_part")
        ),
        Move("accept", "delivered", "accepted", "§4.2.1", needs=ACCEPTED, may=("accepted_quantity",)),
        Move(
            "accept_in_part",
            "delivered",
            "accepted_in_part",
            "§4.2.1",
            needs=("accepted_quantity", "accepted_by", "quality"),
        ),
        Move("reject", "delivered", "rejected", "§4.2.1", needs=("rejected_on", "accepted_by", "quality")),
        *(
            Move("cancel", source, "cancelled", "§4.2.3", needs=("reason",))
            for source in ("planned", "rejected", "accepted_in_part")
        ),
    ),
    editable={"planned": ("title", "standard")},
    closed=("accepted", "cancelled"),
)

CHECK = LifeCycle(
    kind="check",
    moves=(
        Move(ADD, "", "planned", "§4.2.2"),
        Move(
            "do",
            "planned",
            "done",
            "§4.2.2",
            needs=("done_on", "by", "items", "failures", "outcome"),
            may=("attachment",),
        ),
        Move("cancel", "planned", "cancelled", "§4.2.2", needs=("reason",)),
    ),
    editable={"planned": ("step", "planned_on", "by")},
    closed=("done", "cancelled"),
)

FINDING = LifeCycle(
    kind="finding",
    moves=(
        Move(ADD, "", "open", "§4.2.2"),
        Move("correct", "open", "corrected", "§4.2.2", needs=("action", "corrected_on"), may=("evidence",)),
        Move("return", "corrected", "open", "§4.2.2", needs=("reason", "due"), may=("corrected_on",)),
        Move("verify", "corrected", "verified", "§4.2.2", needs=("verified_by", "verified_on"), may=("evidence",)),
    ),
    editable={"open": ("owner", "action")},
    closed=("verified",),
)

CHANGE = LifeCycle(
    kind="change",
    moves=(
        Move(ADD, "", "proposed", "§4.2.3"),
        Move(
            "approve",
            "proposed",
            "approved",
            "§4.2.3",
            needs=("text_digest", "approvals", "approved_by", "approved_on"),
            may=("board_approval_by", "board_approval_on", "decision"),
        ),
        Move("reject", "proposed", "rejected", "§4.2.3", needs=("decided_by", "decision")),
        *(
            Move("withdraw", source, "withdrawn", "§4.2.3", needs=("decided_by", "decision"))
            for source in ("proposed", "approved")
        ),
        Move(
            "take_effect",
            "approved",
            "effective",
            "§4.2.3",
            needs=("signed_digest", "signed_by", "signed_on", "effective_on"),
        ),
    ),
    editable={
        "proposed": ("reason", "effect_price", "effect_term_days", "effect_kpis", "exit_duties", "text_digest"),
    },
    closed=("effective", "rejected", "withdrawn"),
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (CONTRACT, CLAUSE, RATE, AUTHORITY, MILESTONE, CHECK, FINDING, CHANGE)
