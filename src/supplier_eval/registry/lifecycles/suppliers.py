"""Moves of suppliers, certificates, contacts, trainings, improvement plans, scorecards and ratings (§3.3)."""

from __future__ import annotations

from supplier_eval.registry.guards import performance, suppliers
from supplier_eval.registry.guards.beginnings import begins_without_answers
from supplier_eval.registry.lifecycle import ADD, LifeCycle, Move

ARCHIVE = (
    *("name", "unified_code", "categories", "parent", "legal_representative", "founded_on", "contact_person"),
    *("phone", "email", "address", "bank", "bank_account", "owner", "notes"),
)
DECIDED = ("reason", "decided_by", "decided_on")
KNOWN = ("candidate", "active", "suspended")

SUPPLIER = LifeCycle(
    kind="supplier",
    moves=(
        Move(ADD, "", "candidate", "§3.3.1", guards=(*suppliers.SUPPLIER, begins_without_answers("supplier"))),
        Move(
            "approve",
            "candidate",
            "active",
            "§3.3.1",
            needs=("unified_code", "owner", "approved_by", "approved_on"),
            guards=suppliers.APPROVE,
        ),
        Move("suspend", "active", "suspended", "§3.3.2", needs=(*DECIDED, "review_on"), guards=suppliers.SUSPEND),
        Move("resume", "suspended", "active", "§3.3.2", needs=DECIDED, guards=suppliers.DECIDED),
        *(Move("bar", source, "barred", "§3.3.2", needs=DECIDED, guards=suppliers.DECIDED) for source in KNOWN),
        Move("readmit", "barred", "candidate", "§3.3.2", needs=DECIDED, guards=suppliers.DECIDED),
        *(Move("leave", source, "left", "§3.3.1", needs=DECIDED, guards=suppliers.LEAVE) for source in KNOWN),
        Move("return", "left", "candidate", "§3.3.1", needs=DECIDED, guards=suppliers.DECIDED),
    ),
    editable=dict.fromkeys(("candidate", "active", "suspended", "barred", "left"), ARCHIVE),
    closed=("candidate", "active", "barred", "left"),
    edit_guards=suppliers.SUPPLIER,
)

CERTIFICATE = LifeCycle(
    kind="certificate",
    moves=(
        Move(ADD, "", "held", "§3.3.1", guards=(*suppliers.CERTIFICATE, begins_without_answers("certificate"))),
        Move("replace", "held", "replaced", "§3.3.1", needs=("replaced_by",), guards=suppliers.REPLACE),
        Move("withdraw", "held", "withdrawn", "§3.3.1", needs=("reason",)),
    ),
    editable={"held": ("name", "number", "issuer", "valid_from", "valid_until", "attachment")},
    closed=("replaced", "withdrawn"),
    edit_guards=suppliers.CERTIFICATE,
)

CONTACT = LifeCycle(
    kind="contact",
    moves=(
        Move(ADD, "", "open", "§3.3.3", guards=suppliers.CONTACT),
        Move("close", "open", "closed", "§3.3.3", may=("resolved_on", "outcome"), guards=suppliers.CLOSE_CONTACT),
        Move(
            "reopen",
            "closed",
            "open",
            "§3.3.3",
            needs=("problem", "owner", "due", "reason"),
            may=("resolved_on",),
            guards=suppliers.REOPEN_CONTACT,
        ),
    ),
    editable={"open": ("with_whom", "channel", "subject", "text", "contract", "problem", "owner", "due", "outcome")},
    closed=("closed",),
    edit_guards=suppliers.CONTACT,
)

TRAINING = LifeCycle(
    kind="training",
    moves=(
        Move(ADD, "", "planned", "§3.3.4", guards=(*suppliers.TRAINING, begins_without_answers("training"))),
        Move(
            "hold",
            "planned",
            "held",
            "§3.3.4",
            needs=("held_on", "people_due", "people_present", "evidence"),
            may=("result", "trainer"),
            guards=suppliers.HOLD,
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
        Move(ADD, "", "open", "§3.3.4", guards=(*performance.PLAN, begins_without_answers("improvement_plan"))),
        Move(
            "achieve",
            "open",
            "achieved",
            "§3.3.4",
            needs=EVIDENCE,
            may=("scorecard",),
            guards=performance.ACHIEVE,
        ),
        Move(
            "fail",
            "open",
            "failed",
            "§3.3.4",
            needs=(*EVIDENCE, "reason"),
            may=("scorecard",),
            guards=performance.FAIL,
        ),
        Move("extend", "open", "open", "§3.3.4", needs=("due", "reason"), guards=performance.EXTEND),
        Move(
            "withdraw",
            "open",
            "withdrawn",
            "§3.3.4",
            needs=("reason", "closed_by", "closed_on"),
            guards=performance.WITHDRAW,
        ),
    ),
    editable={"open": ("action", "owner", "unit")},
    closed=("achieved", "failed", "withdrawn"),
)

SCORECARD = LifeCycle(
    kind="scorecard",
    moves=(
        Move(ADD, "", "recorded", "§3.3.2", guards=(*performance.SCORECARD, begins_without_answers("scorecard"))),
        Move(
            "confirm",
            "recorded",
            "confirmed",
            "§3.3.2",
            needs=("score", "grade", "policy_fingerprint", "scored_by", "confirmed_by", "confirmed_on"),
            may=("consequence",),
            guards=performance.CONFIRM_SCORECARD,
        ),
        Move("discard", "recorded", "discarded", "§3.3.2", needs=("reason",)),
        Move("supersede", "confirmed", "superseded", "§3.3.2", needs=("reason",)),
    ),
    closed=("confirmed", "discarded", "superseded"),
)

RISK_RATING = LifeCycle(
    kind="risk_rating",
    moves=(
        Move(ADD, "", "recorded", "§6.3.1", guards=(*performance.RATING, begins_without_answers("risk_rating"))),
        Move(
            "confirm",
            "recorded",
            "confirmed",
            "§6.3.1",
            needs=("reasons", "rated_by", "confirmed_by", "confirmed_on", "next_review"),
            guards=performance.CONFIRM_RATING,
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
