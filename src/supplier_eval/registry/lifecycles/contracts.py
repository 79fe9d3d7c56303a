"""Moves of contracts and of what belongs to them (§3.2.5, §4.1, §4.2)."""

from __future__ import annotations

from supplier_eval.registry.guards import changes, contract_end, contracts, signing
from supplier_eval.registry.guards.beginnings import begins_without_answers
from supplier_eval.registry.lifecycle import ADD, LifeCycle, Move

DRAFTED = (
    *("award", "tender", "title", "category", "data_class", "owner", "text_digest", "value", "currency"),
    *("starts_on", "ends_on", "payment_days", "credit_cap"),
)
SIGNED = (
    *("text_digest", "signed_digest", "signed_on", "signed_by", "signed_for_supplier"),
    *("value", "starts_on", "ends_on"),
)
FIGURES = ("value", "ends_on")
REVIEW = ("reviewed_digest", "reviewed_by", "reviewed_on")

CONTRACT = LifeCycle(
    kind="contract",
    moves=(
        Move(ADD, "", "draft", "§3.2.5", guards=(*signing.DRAFT, begins_without_answers("contract"))),
        Move("submit", "draft", "legal_review", "§4.1.1", needs=("text_digest",), guards=signing.SUBMIT),
        *(
            Move(
                event,
                source,
                "draft",
                "§4.1.1",
                needs=("review_notes",),
                may=REVIEW,
                guards=signing.SEND_BACK,
            )
            for event, source in (("return", "legal_review"), ("redraft", "approved"))
        ),
        Move(
            "approve",
            "legal_review",
            "approved",
            "§4.1.1",
            needs=REVIEW,
            may=("review_notes",),
            guards=signing.APPROVE,
        ),
        Move(
            "sign",
            "approved",
            "signed",
            "§4.1.2",
            needs=SIGNED,
            guards=signing.SIGN,
        ),
        Move("start", "signed", "running", "§4.2.1", guards=(signing.STARTED,)),
        *(
            Move("amend", state, state, "§4.2.3", needs=("amended_by",), may=FIGURES, guards=changes.AMEND)
            for state in ("signed", "running")
        ),
        Move(
            "end",
            "running",
            "ended",
            "§4.2.3",
            needs=("ended_on",),
            may=("end_reason",),
            guards=contract_end.END,
        ),
        *(
            Move(
                "terminate",
                source,
                "terminated",
                "§4.2.3",
                needs=("ended_on", "end_reason"),
                guards=contract_end.TERMINATE,
            )
            for source in ("signed", "running")
        ),
        *(
            Move("withdraw", source, "withdrawn", "§3.2.5", needs=("end_reason",))
            for source in ("draft", "legal_review", "approved")
        ),
    ),
    editable={"draft": DRAFTED, "signed": ("owner",), "running": ("owner",)},
    closed=("ended", "terminated", "withdrawn"),
    edit_guards=signing.EDIT,
)

CLAUSE = LifeCycle(
    kind="clause",
    moves=(
        Move(ADD, "", "present", "§3.2.5", guards=contracts.CLAUSE),
        Move("strike", "present", "struck", "§3.2.5", guards=contracts.STRIKE_CLAUSE),
    ),
    editable={"present": ("reference", "text")},
    closed=("struck",),
    edit_guards=contracts.STRIKE_CLAUSE,
)

RATE = LifeCycle(
    kind="rate",
    moves=(
        Move(ADD, "", "agreed", "§3.2.5", guards=contracts.RATE),
        Move("strike", "agreed", "struck", "§3.2.5", guards=contracts.RATE_IN_DRAFT),
        Move("expire", "agreed", "expired", "§4.2.3", needs=("change", "valid_until"), guards=contracts.EXPIRE_RATE),
    ),
    editable={"agreed": ("item", "unit", "unit_price", "valid_from", "valid_until")},
    closed=("struck", "expired"),
    edit_guards=(*contracts.RATE_IN_DRAFT, contracts.RATE_PERIOD),
)

AUTHORITY = LifeCycle(
    kind="authority",
    moves=(
        Move(ADD, "", "granted", "§4.1.2", guards=(*contracts.AUTHORITY, begins_without_answers("authority"))),
        Move("revoke", "granted", "revoked", "§4.1.2", needs=("revoked_on", "reason"), guards=contracts.REVOKE),
    ),
    closed=("revoked",),
)

ACCEPTED = ("accepted_on", "accepted_by", "quality")

MILESTONE = LifeCycle(
    kind="milestone",
    moves=(
        Move(ADD, "", "planned", "§4.2.1", guards=(begins_without_answers("milestone"),)),
        *(
            Move("deliver", source, "delivered", "§4.2.1", needs=("delivered_on",), guards=contracts.DELIVER)
            for source in ("planned", "rejected", "accepted_in_part")
        ),
        Move(
            "accept",
            "delivered",
            "accepted",
            "§4.2.1",
            needs=ACCEPTED,
            may=("accepted_quantity",),
            guards=contracts.ACCEPT,
        ),
        Move(
            "accept_in_part",
            "delivered",
            "accepted_in_part",
            "§4.2.1",
            needs=("accepted_quantity", "accepted_by", "quality"),
            guards=contracts.ACCEPT_IN_PART,
        ),
        Move(
            "reject",
            "delivered",
            "rejected",
            "§4.2.1",
            needs=("rejected_on", "accepted_by", "quality"),
            guards=contracts.REJECT,
        ),
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
        Move(ADD, "", "planned", "§4.2.2", guards=(*contracts.CHECK, begins_without_answers("check"))),
        Move(
            "do",
            "planned",
            "done",
            "§4.2.2",
            needs=("done_on", "by", "items", "failures", "outcome"),
            may=("attachment",),
            guards=contracts.DO_CHECK,
        ),
        Move("cancel", "planned", "cancelled", "§4.2.2", needs=("reason",)),
    ),
    editable={"planned": ("step", "planned_on", "by")},
    closed=("done", "cancelled"),
)

FINDING = LifeCycle(
    kind="finding",
    moves=(
        Move(ADD, "", "open", "§4.2.2", guards=(*contracts.FINDING, begins_without_answers("finding"))),
        Move(
            "correct",
            "open",
            "corrected",
            "§4.2.2",
            needs=("action", "corrected_on"),
            may=("evidence",),
            guards=contracts.CORRECT,
        ),
        Move(
            "return",
            "corrected",
            "open",
            "§4.2.2",
            needs=("reason", "due"),
            may=("corrected_on",),
            guards=contracts.SEND_BACK,
        ),
        Move(
            "verify",
            "corrected",
            "verified",
            "§4.2.2",
            needs=("verified_by", "verified_on"),
            may=("evidence",),
            guards=contracts.VERIFY,
        ),
    ),
    editable={"open": ("owner", "action")},
    closed=("verified",),
)

CHANGE = LifeCycle(
    kind="change",
    moves=(
        Move(ADD, "", "proposed", "§4.2.3", guards=(*changes.PROPOSE, begins_without_answers("change"))),
        Move(
            "approve",
            "proposed",
            "approved",
            "§4.2.3",
            needs=("text_digest", "approvals", "approved_by", "approved_on"),
            may=("board_approval_by", "board_approval_on", "decision"),
            guards=changes.APPROVE,
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
            guards=changes.TAKE_EFFECT,
        ),
    ),
    editable={
        "proposed": ("reason", "effect_price", "effect_term_days", "effect_kpis", "exit_duties", "text_digest"),
    },
    closed=("effective", "rejected", "withdrawn"),
    edit_guards=changes.PROPOSE,
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (CONTRACT, CLAUSE, RATE, AUTHORITY, MILESTONE, CHECK, FINDING, CHANGE)
