"""Moves of suppliers, certificates, contacts, trainings, improvement plans, scorecards and ratings (§3.3)."""

from __future__ import annotations

from supplier_eval.registry.lifecycle import ADD, LifeCycle, Move

ARCHIVE = (
    *("name", "unified_code", "categories", "parent", "legal_representative", "founded_on", "contact_person"),
    *("phone", "email", "address", "bank", "bank_account", "owner", "notes"),
)
DECIDED = ("reason", "decided_by", "decided_on")

SUPPLIER = LifeCycle(
    kind="supplier",
    moves=(
        Move(ADD, "", "candidate", "§3.3.1"),
        Move("approve", "candidate", "active", "§3.3.1", needs=("unified_code", "owner", "approved_by", "approved_on")),
        Move("suspend", "active", "suspended", "§3.3.2", needs=(*DECIDED, "review_on")),
        Move("resume", "suspended", "active", "§3.3.2", needs=DECIDED),
        *(Move("bar", source, "barred", "§3.3.2", needs=DECIDED) for source in ("candidate", "active", "suspended")),
        Move("readmit", "barred", "candidate", "§3.3.2", needs=DECIDED),
        *(Move("leave", source, "left", "§3.3.1", needs=DECIDED) for source in ("candidate", "active", "suspended")),
        Move("return", "left", "candidate", "§3.3.1", needs=DECIDED),
    ),
    editable=dict.fromkeys(("candidate", "active", "suspended", "barred", "left"), ARCHIVE),
    closed=("candidate", "active", "barred", "left"),
)

CERTIFICATE = LifeCycle(
    kind="certificate",
    moves=(
        Move(ADD, "", "held", "§3.3.1"),
        Move("replace", "held", "replaced", "§3.3.1", needs=("replaced_by",)),
        Move("withdraw", "held", "withdrawn", "§3.3.1", needs=("reason",)),
    ),
    editable={"held": ("name", "number", "issuer", "valid_from", "valid_until", "attachment")},
    closed=("replaced", "withdrawn"),
)

CONTACT = LifeCycle(
    kind="contact",
    moves=(
        Move(ADD, "", "open", "§3.3.3"),
        Move("close", "open", "closed", "§3.3.3", may=("resolved_on", "outcome")),
        Move("reopen", "closed", "open", "§3.3.3", needs=("problem", "owner", "due", "reason"), may=("resolved_on",)),
    ),
    editable={"open": ("with_whom", "channel", "subject", "text", "contract", "problem", "owner", "due", "outcome")},
    closed=("closed",),
)

TRAINING = LifeCycle(
    kind="training",
    moves=(
        Move(ADD, "", "planned", "§3.3.4"),
        Move(
            "hold",
            "planned",
            "held",
            "§3.3.4",
            needs=("held_on", "people_due", "people_present", "evidence"),
            may=("result", "trainer"),
        ),
        Move("cancel", "planned", "cancelled", "§3.3.4", needs=("reason",)),
    ),
    editable={"planned": ("topic", "team", "trainer", "planned_on", "people_due"), "held": ("result",)},
    closed=("held", "cancelled"),
)

EVIDENCE = ("evidence_period", "evidence_from", "evidence_until", "evidence_figure", "closed_by", "closed_on")

IMPROVEMENT_PLAN = LifeCycle(
    kind="improvement_plan",
    moves=(
        Move(ADD, "", "open", "§3.3.4"),
        Move("achieve", "open", "achieved", "§3.3.4", needs=EVIDENCE, may=("scorecard",)),
        Move("fail", "open", "failed", "§3.3.4", needs=(*EVIDENCE, "reason"), may=("scorecard",)),
        Move("extend", "open", "open", "§3.3.4", needs=("due", "reason")),
        Move("withdraw", "open", "withdrawn", "§3.3.4", needs=("reason", "closed_by", "closed_on")),
    ),
    editable={"open": ("action", "owner", "unit")},
    closed=("achieved", "failed", "withdrawn"),
)

SCORECARD = LifeCycle(
    kind="scorecard",
    moves=(
        Move(ADD, "", "recorded", "§3.3.2"),
        Move(
            "confirm",
            "recorded",
            "confirmed",
            "§3.3.2",
            needs=("score", "grade", "policy_fingerprint", "scored_by", "confirmed_by", "confirmed_on"),
            may=("consequence",),
        ),
        Move("discard", "recorded", "discarded", "§3.3.2", needs=("reason",)),
        Move("supersede", "confirmed", "superseded", "§3.3.2", needs=("reason",)),
    ),
    closed=("confirmed", "discarded", "superseded"),
)

RISK_RATING = LifeCycle(
    kind="risk_rating",
    moves=(
        Move(ADD, "", "recorded", "§6.3.1"),
        Move(
            "confirm",
            "recorded",
            "confirmed",
            "§6.3.1",
            needs=("reasons", "rated_by", "confirmed_by", "confirmed_on", "next_review"),
        ),
        Move("discard", "recorded", "discarded", "§6.3.1", needs=("reason",)),
        Move("supersede", "confirmed", "superseded", "§6.3.1", needs=("reason",)),
    ),
    closed=("discarded", "superseded"),
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (
    SUPPLIER,
    CERTIFICATE,
    CONTACT,
    TRAINING,
    IMPROVEMENT_PLAN,
    SCORECARD,
    RISK_RATING,
)
