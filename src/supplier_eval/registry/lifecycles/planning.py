"""Moves of needs, assessments and decisions (§2)."""

from __future__ import annotations

from supplier_eval.registry.guards import planning as g
from supplier_eval.registry.lifecycle import LifeCycle, Move

_LISTED = (
    *("department", "category", "title", "scope", "quality_requirements", "volume", "unit", "estimated_value"),
    *("currency", "term_months", "data_class", "owner", "next_review"),
)
_REGULAR = (g.review_ahead, g.review_regular)
NEED = LifeCycle(
    "need",
    moves=(
        Move("add", "", "listed", "§2.1.1", guards=(g.known_category, g.known_need_class, *_REGULAR)),
        Move("review", "listed", "listed", "§2.1.1", needs=("next_review",), guards=_REGULAR),
        Move(
            "analyse",
            "listed",
            "analysed",
            "§2.1.2",
            needs=(
                *("report", "scope", "quality_requirements", "volume", "unit"),
                *("estimated_value", "currency", "term_months", "data_class"),
            ),
            guards=(g.enough_assessors, g.need_in_house_currency, g.REPORT_ANEW),
        ),
        Move("revise", "analysed", "listed", "§2.1.2", needs=("next_review",), guards=_REGULAR),
        Move("decide", "analysed", "decided", "§2.2.1", guards=(g.decision_taken,)),
        Move("review", "decided", "decided", "§2.1.1", needs=("next_review",), guards=_REGULAR),
        Move("revise", "decided", "listed", "§2.1.1", needs=("next_review",), guards=_REGULAR),
        Move("close", "listed", "closed", "§2.1.1", needs=("closing_reason",), guards=(g.no_running_tender,)),
        Move("close", "analysed", "closed", "§2.1.1", needs=("closing_reason",), guards=(g.no_running_tender,)),
        Move("close", "decided", "closed", "§2.1.1", needs=("closing_reason",), guards=(g.no_running_tender,)),
    ),
    editable={"listed": _LISTED, "decided": ("owner",)},
    closed=("closed",),
    edit_guards=(g.known_category, g.known_need_class, *_REGULAR),
)
ASSESSMENT = LifeCycle(
    "assessment",
    moves=(
        Move("add", "", "given", "§2.1.2", guards=(g.need_listed, g.marked_once)),
        Move("withdraw", "given", "withdrawn", "§2.1.2", needs=("comment",), guards=(g.need_listed,)),
    ),
    closed=("withdrawn",),
)
_SUBMIT = ("reasons", "report", "submitted_by", "submitted_on")
_REVIEW = ("expert_review_by", "expert_review_on", "expert_opinion")
_LAST_ROUND = (*_REVIEW, "board_approval_by", "board_approval_on", "decided_by", "decided_on")
_READY = (g.need_analysed, g.report_of_need, g.submitted_after_return, g.ROUND_CLEARED, g.DECISION_NOT_AHEAD)
_BOARD = (g.EXPERTS_FIRST, g.REVIEW_OF_THIS_TEXT, g.BOARD_ON_THIS_TEXT, g.DECISION_NOT_AHEAD)
_DECIDE = (g.DECIDED_BY_ANOTHER, *g.DECIDED_IN_TURN, g.DECISION_NOT_AHEAD)
_APPROVE = (g.experts_heard, g.board_agreed, g.DECIDED_AFTER_BOARD, *_BOARD[:-1], *_DECIDE)
DECISION = LifeCycle(
    "decision",
    moves=(
        Move("add", "", "draft", "§2.2.1"),
        Move("submit", "draft", "submitted", "§2.2.1", needs=_SUBMIT, may=_LAST_ROUND, guards=_READY),
        Move(
            "review",
            "submitted",
            "submitted",
            "§2.2.3",
            needs=_REVIEW,
            guards=(g.REVIEW_OF_THIS_TEXT, g.DECISION_NOT_AHEAD),
        ),
        Move(
            "resolve",
            "submitted",
            "submitted",
            "§2.2.3",
            needs=("board_approval_by", "board_approval_on"),
            guards=_BOARD,
        ),
        Move(
            "approve", "submitted", "approved", "§2.2.2", needs=("decided_by", "decided_on", "reasons"), guards=_APPROVE
        ),
        Move(
            "reject",
            "submitted",
            "rejected",
            "§2.2.1",
            needs=("decided_by", "decided_on", "return_reasons"),
            guards=(*_DECIDE, g.REASONS_ANEW),
        ),
        Move(
            "return",
            "submitted",
            "returned",
            "§2.2.1",
            needs=("decided_by", "decided_on", "return_reasons"),
            guards=(*_DECIDE, g.REASONS_ANEW),
        ),
        Move("submit", "returned", "submitted", "§2.2.1", needs=_SUBMIT, may=_LAST_ROUND, guards=_READY),
        Move("withdraw", "draft", "withdrawn", "§2.2.1", needs=("return_reasons",), guards=(g.REASONS_ANEW,)),
        Move("withdraw", "returned", "withdrawn", "§2.2.1", needs=("return_reasons",), guards=(g.REASONS_ANEW,)),
    ),
    editable={
        "draft": ("option", "reasons", "report"),
        "returned": ("option", "reasons", "report"),
    },
    closed=("approved", "rejected", "withdrawn"),
)
LIFE_CYCLES: tuple[LifeCycle, ...] = (NEED, ASSESSMENT, DECISION)
