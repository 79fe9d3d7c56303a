"""Moves of complaints, from intake to the client's satisfaction (§5.3)."""

from __future__ import annotations

from supplier_eval.registry.guards import complaints as guards
from supplier_eval.registry.guards.beginnings import begins_without_answers
from supplier_eval.registry.lifecycle import ADD, LifeCycle, Move

AGAIN = ("resolve_due", "satisfaction_due")
CLEARED = ("resolved_at", "feedback_at", "satisfaction", "satisfaction_at")

COMPLAINT = LifeCycle(
    kind="complaint",
    moves=(
        Move(ADD, "", "received", "§5.3.1", guards=(*guards.RECEIVE, begins_without_answers("complaint"))),
        Move(
            "acknowledge",
            "received",
            "acknowledged",
            "§5.3.2",
            needs=("responded_at", "response"),
            guards=guards.ACKNOWLEDGE,
        ),
        Move("investigate", "acknowledged", "investigating", "§5.3.2", needs=("investigator",)),
        Move(
            "resolve",
            "investigating",
            "resolved",
            "§5.3.2",
            needs=("findings", "cause", "measures", "resolved_at"),
            guards=guards.RESOLVE,
        ),
        Move(
            "feed_back",
            "resolved",
            "fed_back",
            "§5.3.3",
            needs=("feedback", "feedback_at", "feedback_by"),
            guards=guards.FEED_BACK,
        ),
        Move(
            "close",
            "fed_back",
            "closed",
            "§5.3.3",
            needs=("satisfaction", "satisfaction_at"),
            may=("satisfaction_note",),
            guards=guards.CLOSE,
        ),
        *(
            Move(
                "reopen",
                source,
                "reopened",
                "§5.3.3",
                needs=("reopened_at", "reopened_because", *AGAIN),
                may=CLEARED,
                guards=guards.REOPEN,
            )
            for source in ("resolved", "fed_back", "closed")
        ),
        Move("investigate", "reopened", "investigating", "§5.3.2", needs=("investigator",)),
        *(
            Move("withdraw", source, "withdrawn", "§5.3.2", needs=("reason",))
            for source in ("received", "acknowledged", "investigating", "reopened")
        ),
    ),
    editable=dict.fromkeys(
        ("received", "acknowledged", "investigating", "reopened"),
        ("owner", "subject", "text", "severity", "repeat_of", "contract"),
    ),
    closed=("closed", "withdrawn"),
    edit_guards=guards.EDITED,
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (COMPLAINT,)
