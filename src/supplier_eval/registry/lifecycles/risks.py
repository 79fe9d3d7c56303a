"""Life cycles of risks, responses and warnings (§6)."""

from __future__ import annotations

from supplier_eval.registry.guards import risks as guards
from supplier_eval.registry.lifecycle import LifeCycle, Move

_PLANS = ("owner", "category", "title", "description", "next_review", "target_likelihood", "target_low", "target_high")
_FIGURES = ("likelihood", "impact_low", "impact_high", "currency", "assessed_on", "assessed_by", "next_review")
_MORE = ("reason", "knowledge", "inherent_likelihood", "inherent_low", "inherent_high")
_ASSESSING = (
    guards.LOSS_RANGE,
    guards.ASSESSED_BEFORE_NOW,
    guards.REVIEW_AFTER,
    guards.REASON_GIVEN,
    guards.ASSESSED_ANEW,
)


def _assess(source: str, target: str) -> Move:
    """One assessment, the first or a later one (§6.1.2, §6.3.1)."""
    return Move("assess", source, target, "§6.1.2", _FIGURES, _MORE, _ASSESSING)


RISK = LifeCycle(
    kind="risk",
    moves=(
        Move("add", "", "identified", "§6.1.1", guards=(guards.LOSS_RANGE,)),
        _assess("identified", "assessed"),
        _assess("assessed", "assessed"),
        _assess("treated", "treated"),
        Move("treat", "assessed", "treated", "§6.2.1", guards=(guards.ANSWERED,)),
        Move("untreat", "treated", "assessed", "§6.2.1", guards=(guards.RESPONSE_GONE,)),
        *(
            Move(
                "close",
                source,
                "closed",
                "§6.3.1",
                ("closed_on", "close_reason"),
                (),
                (guards.NO_OPEN_WARNING, *guards.RISK_CLOSED),
            )
            for source in ("identified", "assessed", "treated")
        ),
        Move(
            "reopen", "closed", "identified", "§6.3.1", ("reason",), ("closed_on", "close_reason"), (guards.REOPENED,)
        ),
    ),
    editable={"identified": ("*",), "assessed": _PLANS, "treated": _PLANS},
    closed=("closed",),
    edit_guards=(guards.LOSS_RANGE,),
)

RISK_RESPONSE = LifeCycle(
    kind="risk_response",
    moves=(
        Move("add", "", "proposed", "§6.2.1"),
        Move(
            "approve",
            "proposed",
            "approved",
            "§6.2.1",
            ("approver", "decided_on"),
            ("reason", "expires_on", "measure", "cost", "currency"),
            (guards.ACCEPTANCE, guards.ACCEPT_ENDS_LATER, guards.MEASURE, guards.TESTED_BEFORE_NOW),
        ),
        Move(
            "reject",
            "proposed",
            "rejected",
            "§6.2.1",
            ("approver", "decided_on", "reason"),
            (),
            (guards.TESTED_BEFORE_NOW,),
        ),
        Move(
            "put_in_place",
            "approved",
            "in_place",
            "§6.2.2",
            (),
            ("evidence", "test_due"),
            (guards.TEST_PLANNED,),
        ),
        Move(
            "test",
            "in_place",
            "in_place",
            "§6.2.2",
            ("tested_on", "test_result", "test_due"),
            ("evidence",),
            (guards.TESTED_BEFORE_NOW, guards.TESTED_IN_TURN, guards.NEXT_TEST, guards.TESTED_ANEW),
        ),
        *(Move("expire", source, "expired", "§6.2.1", guards=(guards.EXPIRED,)) for source in ("approved", "in_place")),
        *(
            Move("end", source, "ended", "§6.2.1", ("ended_on", "end_reason"), (), guards.RESPONSE_ENDED)
            for source in ("approved", "in_place")
        ),
    ),
    editable={"proposed": ("*",)},
    closed=("rejected", "expired", "ended"),
)

WARNING = LifeCycle(
    kind="warning",
    moves=(
        Move("add", "", "raised", "§6.3.2", guards=(guards.RAISED_BEFORE_NOW,)),
        *(
            Move(
                "acknowledge",
                source,
                "acknowledged",
                "§6.3.2",
                ("acknowledged_on", "acknowledged_by", "action_due"),
                ("action",),
                (guards.ACTION_NAMED, *guards.ACKNOWLEDGED, guards.ANSWERED_ANEW),
            )
            for source in ("raised", "escalated")
        ),
        *(
            Move(
                "escalate",
                source,
                "escalated",
                "§6.3.2",
                ("escalated_to", "escalated_on"),
                (),
                (guards.UNANSWERED, guards.ONE_MORE, *guards.ESCALATED),
            )
            for source in ("raised", "escalated", "acknowledged")
        ),
        Move(
            "close",
            "acknowledged",
            "closed",
            "§6.3.2",
            ("closed_on",),
            ("outcome",),
            (guards.OUTCOME_NAMED, *guards.WARNING_CLOSED),
        ),
    ),
    editable={"raised": ("owner",), "acknowledged": ("action", "action_due")},
    closed=("closed",),
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (RISK, RISK_RESPONSE, WARNING)
