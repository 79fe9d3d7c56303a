"""Moves of needs, assessments and decisions (§2)."""

from __future__ import annotations

from supplier_eval.registry.lifecycle import LifeCycle, Move

NEED = LifeCycle(
    "need",
    moves=(
        Move("add", "", "listed", "§2.1.1"),
        Move("review", "listed", "listed", "§2.1.1", needs=("next_review",)),
        Move(
            "analyse",
            "listed",
            "analysed",
            "§2.1.2",
            needs=(
                *("report", "scope", "quality_requirements", "volume", "unit"),
                *("estimated_value", "currency", "term_months", "data_class"),
            ),
        ),
        Move("revise", "analysed", "listed", "§2.1.2", needs=("next_review",)),
        Move("decide", "analysed", "decided", "§2.2.1"),
        Move("review", "decided", "decided", "§2.1.1", needs=("next_review",)),
        Move("revise", "decided", "listed", "§2.1.1", needs=("next_review",)),
        Move("close", "listed", "closed", "§2.1.1", needs=("closing_reason",)),
        Move("close", "analysed", "closed", "§2.1.1", needs=("closing_reason",)),
        Move("close", "decided", "closed", "§2.1.1", needs=("closing_reason",)),
    ),
    editable={"listed": ("*",), "decided": ("owner",)},
    closed=("closed",),
)
ASSESSMENT = LifeCycle(
    "assessment",
    moves=(
        Move("add", "", "given", "§2.1.2"),
        Move("withdraw", "given", "withdrawn", "§2.1.2", needs=("comment",)),
    ),
    closed=("withdrawn",),
)
_SUBMIT = ("reasons", "report", "submitted_by", "submitted_on")
_REVIEW = ("expert_review_by", "expert_review_on", "expert_opinion")
DECISION = LifeCycle(
    "decision",
    moves=(
        Move("add", "", "draft", "§2.2.1"),
        Move("submit", "draft", "submitted", "§2.2.1", needs=_SUBMIT),
        Move("review", "submitted", "submitted", "§2.2.3", needs=_REVIEW),
        Move("resolve", "submitted", "submitted", "§2.2.3", needs=("board_approval_by", "board_approval_on")),
        Move("approve", "submitted", "approved", "§2.2.2", needs=("decided_by", "decided_on", "reasons")),
        Move("reject", "submitted", "rejected", "§2.2.1", needs=("decided_by", "decided_on", "return_reasons")),
        Move("return", "submitted", "returned", "§2.2.1", needs=("decided_by", "decided_on", "return_reasons")),
        Move("submit", "returned", "submitted", "§2.2.1", needs=_SUBMIT),
        Move("withdraw", "draft", "withdrawn", "§2.2.1", needs=("return_reasons",)),
        Move("withdraw", "returned", "withdrawn", "§2.2.1", needs=("return_reasons",)),
    ),
    editable={
        "draft": ("option", "reasons", "report"),
        "returned": ("option", "reasons", "report"),
    },
    closed=("approved", "rejected", "withdrawn"),
)
LIFE_CYCLES: tuple[LifeCycle, ...] = (NEED, ASSESSMENT, DECISION)
