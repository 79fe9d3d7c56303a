"""Moves of tenders, addenda, channels, registrations, bids, openings and the panel (§3.2.1-§3.2.4)."""

from __future__ import annotations

from supplier_eval.registry.lifecycle import LifeCycle, Move

_PUBLISHED = (
    *("requirements", "qualification", "policy", "policy_fingerprint", "deadline"),
    *("data_class", "estimated_value", "currency", "term_months", "owner"),
)
_OUTCOME = ("outcome_reasons", "outcome_by")
_BEFORE_BIDS = ("draft", "published")
_AFTER_BIDS = (
    *("closed", "opened", "technical_opened", "marks_locked", "prices_opened"),
    *("evaluated", "candidates_published", "re_evaluation"),
)
TENDER = LifeCycle(
    "tender",
    moves=(
        Move("add", "", "draft", "§3.2.1"),
        Move("publish", "draft", "published", "§3.2.1", needs=_PUBLISHED),
        Move("amend", "published", "published", "§3.2.1", needs=("addenda", "policy_fingerprint", "deadline")),
        Move("close", "published", "closed", "§3.2.2", needs=("bids_closed_at",)),
        Move("open", "closed", "opened", "§3.2.2"),
        Move("open_technical", "closed", "technical_opened", "§3.2.4"),
        Move("lock_marks", "opened", "marks_locked", "§3.2.4", needs=("marks_digest",)),
        Move("lock_marks", "technical_opened", "marks_locked", "§3.2.4", needs=("marks_digest",)),
        Move("open_prices", "marks_locked", "prices_opened", "§3.2.4"),
        *(
            Move("evaluate", state, "evaluated", "§3.2.4", may=("failed_lots", "outcome_reasons"))
            for state in ("marks_locked", "prices_opened", "re_evaluation")
        ),
        Move("publish_candidates", "evaluated", "candidates_published", "§3.2.4"),
        Move("reevaluate", "candidates_published", "re_evaluation", "§3.2.5", needs=_OUTCOME),
        Move("award", "candidates_published", "awarded", "§3.2.5"),
        *(Move("cancel", state, "cancelled", "§3.2.1", needs=_OUTCOME) for state in (*_BEFORE_BIDS, *_AFTER_BIDS)),
        *(Move("fail", state, "failed", "§3.2.4", needs=_OUTCOME) for state in (*_AFTER_BIDS, "awarded")),
    ),
    editable={"draft": ("*",)},
    closed=("awarded", "cancelled", "failed"),
)
ADDENDUM = LifeCycle(
    "addendum",
    moves=(
        Move("add", "", "draft", "§3.2.1"),
        Move(
            "issue",
            "draft",
            "issued",
            "§3.2.1",
            needs=(
                "reasons",
                "fingerprint_before",
                "fingerprint_after",
                "deadline_before",
                "deadline_after",
                "issued_at",
            ),
            may=("evidence",),
        ),
        Move("withdraw", "draft", "withdrawn", "§3.2.1", needs=("reasons",)),
    ),
    editable={"draft": ("*",)},
    closed=("issued", "withdrawn"),
)
CHANNEL = LifeCycle(
    "channel",
    moves=(
        Move("add", "", "planned", "§3.2.1"),
        Move("publish", "planned", "published", "§3.2.1", needs=("published_at", "evidence"), may=("address",)),
        Move("withdraw", "planned", "withdrawn", "§3.2.1"),
    ),
    editable={"planned": ("name", "address")},
    closed=("published", "withdrawn"),
)
REGISTRATION = LifeCycle(
    "registration",
    moves=(
        Move("add", "", "registered", "§3.2.2"),
        Move("admit", "registered", "admitted", "§8.2.2"),
        Move("refuse", "registered", "refused", "§3.2.2", needs=("reason",)),
        Move("withdraw", "registered", "withdrawn", "§3.2.2", may=("reason",)),
        Move("withdraw", "admitted", "withdrawn", "§3.2.2", may=("reason",)),
    ),
    editable={"registered": ("contact",), "admitted": ("contact",)},
    closed=("refused", "withdrawn"),
)
_REVIEW = ("reviewed_by", "reviewed_on", "reasons")
BID = LifeCycle(
    "bid",
    moves=(
        Move("add", "", "recorded", "§3.2.2"),
        Move("accept", "recorded", "received", "§3.2.2"),
        Move("mark_late", "recorded", "late", "§3.2.2", may=("reasons",)),
        Move("mark_incomplete", "recorded", "incomplete", "§3.2.2", needs=("missing",)),
        Move("complete", "incomplete", "received", "§3.2.2", needs=("digest",), may=("price_digest", "missing")),
        Move("qualify", "received", "qualified", "§3.2.3", needs=_REVIEW),
        *(
            Move("reject", state, "rejected", "§3.2.3", needs=_REVIEW)
            for state in ("received", "incomplete", "late", "qualified")
        ),
        Move("read_price", "qualified", "qualified", "§3.2.4", needs=("price_read",)),
        *(
            Move("withdraw", state, "withdrawn", "§3.2.2", needs=("reasons",))
            for state in ("recorded", "received", "incomplete", "qualified")
        ),
    ),
    closed=("rejected", "withdrawn"),
)
OPENING = LifeCycle(
    "opening",
    moves=(
        Move("add", "", "draft", "§3.2.2"),
        Move(
            "sign",
            "draft",
            "signed",
            "§3.2.2",
            needs=("opened_at", "place", "witnesses", "read_out"),
            may=("bids", "anchor"),
        ),
        Move("discard", "draft", "discarded", "§3.2.2", needs=("read_out",)),
    ),
    editable={"draft": ("opened_at", "place", "bids", "witnesses", "read_out", "anchor")},
    closed=("signed", "discarded"),
)
EVALUATOR = LifeCycle(
    "evaluator",
    moves=(
        Move("add", "", "named", "§3.2.4"),
        Move("seat", "named", "seated", "§3.2.4"),
        Move("recuse", "named", "named", "§1.3.4", needs=("recused_lots", "reasons")),
        Move("recuse", "seated", "seated", "§1.3.4", needs=("recused_lots", "reasons")),
        Move("release", "named", "released", "§1.3.4", needs=("reasons",)),
        Move("release", "seated", "released", "§1.3.4", needs=("reasons",)),
    ),
    editable={"named": ("department", "panel_role")},
    closed=("released",),
)
CONFLICT_DECLARATION = LifeCycle(
    "conflict_declaration",
    moves=(
        Move("add", "", "made", "§1.3.4"),
        Move("clear", "made", "cleared", "§1.3.4", needs=("cleared_by", "clearing_reasons")),
    ),
    closed=("cleared",),
)
LIFE_CYCLES: tuple[LifeCycle, ...] = (
    TENDER,
    ADDENDUM,
    CHANNEL,
    REGISTRATION,
    BID,
    OPENING,
    EVALUATOR,
    CONFLICT_DECLARATION,
)
