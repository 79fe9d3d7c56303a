"""Moves of results, draws, dissents, publications, objections and awards (§3.2.4, §3.2.5)."""

from __future__ import annotations

from supplier_eval.registry.lifecycle import LifeCycle, Move

RESULT = LifeCycle(
    "result",
    moves=(
        Move("add", "", "draft", "§3.2.4"),
        Move(
            "lock", "draft", "locked", "§3.2.4", needs=("order", "ranks", "totals", "candidates", "report", "scored_by")
        ),
        Move("discard", "draft", "discarded", "§3.2.4", needs=("reasons",)),
        Move("approve", "locked", "approved", "§3.2.4", needs=("approved_by", "approved_on")),
        Move("annul", "locked", "annulled", "§3.2.4", needs=("reasons",)),
        Move("annul", "approved", "annulled", "§3.2.5", needs=("reasons",)),
    ),
    editable={"draft": ("*",)},
    closed=("approved", "discarded", "annulled"),
)
DRAW = LifeCycle(
    "draw",
    moves=(
        Move("add", "", "planned", "§3.2.4"),
        Move(
            "record",
            "planned",
            "recorded",
            "§3.2.4",
            needs=("drawn", "drawn_at", "drawn_by", "witnesses", "method"),
        ),
        Move("discard", "planned", "discarded", "§3.2.4", needs=("method",)),
    ),
    closed=("recorded", "discarded"),
)
DISSENT = LifeCycle("dissent", moves=(Move("add", "", "recorded", "§3.2.4"),), closed=("recorded",))
PUBLICATION = LifeCycle(
    "publication",
    moves=(
        Move("add", "", "draft", "§3.2.4"),
        Move("publish", "draft", "published", "§3.2.5", needs=("published_on", "standstill_until", "address")),
        Move("end", "published", "ended", "§3.2.5"),
        Move("withdraw", "draft", "withdrawn", "§3.2.5", needs=("reasons",)),
        Move("withdraw", "published", "withdrawn", "§3.2.5", needs=("reasons",)),
    ),
    editable={"draft": ("address", "published_on", "standstill_until")},
    closed=("ended", "withdrawn"),
)
OBJECTION = LifeCycle(
    "objection",
    moves=(
        Move("add", "", "received", "§3.2.5"),
        Move("answer", "received", "answered", "§3.2.5", needs=("answer", "answered_on", "answered_by", "decision")),
        Move("withdraw", "received", "withdrawn", "§3.2.5", needs=("answer",)),
    ),
    closed=("answered", "withdrawn"),
)
_WITHDRAWAL = ("withdrawn_on", "withdrawn_by", "withdrawal_reasons")
AWARD = LifeCycle(
    "award",
    moves=(
        Move("add", "", "proposed", "§3.2.5"),
        Move(
            "approve",
            "proposed",
            "approved",
            "§3.2.5",
            needs=("result", "reasons", "approved_by", "approved_on"),
            may=("follows",),
        ),
        Move("notify", "approved", "notified", "§3.2.5", needs=("notified_on",)),
        Move("contract", "notified", "contracted", "§3.2.5"),
        *(
            Move("withdraw", state, "withdrawn", "§3.2.5", needs=_WITHDRAWAL)
            for state in ("proposed", "approved", "notified")
        ),
    ),
    editable={"proposed": ("result", "amount", "currency", "reasons", "follows")},
    closed=("contracted", "withdrawn"),
)
LIFE_CYCLES: tuple[LifeCycle, ...] = (RESULT, DRAW, DISSENT, PUBLICATION, OBJECTION, AWARD)
