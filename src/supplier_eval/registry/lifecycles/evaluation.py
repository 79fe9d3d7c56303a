"""Moves of results, draws, dissents, publications, objections and awards (§3.2.4, §3.2.5)."""

from __future__ import annotations

from supplier_eval.registry.guards import award as a
from supplier_eval.registry.guards import evaluation as e
from supplier_eval.registry.guards import publication as p
from supplier_eval.registry.guards.supplier_standing import AWARD_STANDING
from supplier_eval.registry.lifecycle import LifeCycle, Move

_LOCK = (
    *(e.result_lot, e.prices_known, e.scored_once, e.same_length, e.each_bid_once, e.only_qualified, e.all_qualified),
    *(e.best_first, e.competition_ranks, e.ties_drawn, e.scorers_seated, e.scorers_named, e.scorers_free),
)
_APPROVE = (e.binding, e.by_published_policy, e.approved_by_another, e.approved_after_lock)
RESULT = LifeCycle(
    "result",
    moves=(
        Move("add", "", "draft", "§3.2.4", guards=(e.result_lot,)),
        Move(
            "lock",
            "draft",
            "locked",
            "§3.2.4",
            needs=("order", "ranks", "totals", "candidates", "report", "scored_by"),
            guards=_LOCK,
        ),
        Move("discard", "draft", "discarded", "§3.2.4", needs=("reasons",)),
        Move("approve", "locked", "approved", "§3.2.4", needs=("approved_by", "approved_on"), guards=_APPROVE),
        Move("annul", "locked", "annulled", "§3.2.4", needs=("reasons",)),
        Move(
            "annul",
            "approved",
            "annulled",
            "§3.2.5",
            needs=("reasons",),
            guards=(e.objection_upheld, e.no_award_from_it),
        ),
    ),
    editable={"draft": ("*",)},
    closed=("approved", "discarded", "annulled"),
)
DRAW = LifeCycle(
    "draw",
    moves=(
        Move("add", "", "planned", "§3.2.4", guards=(e.several_tied, e.drawn_once)),
        Move(
            "record",
            "planned",
            "recorded",
            "§3.2.4",
            needs=("drawn", "drawn_at", "drawn_by", "witnesses", "method"),
            guards=(e.same_bids_drawn, e.drawn_once, e.draw_witnessed, e.DRAW_NOT_AHEAD),
        ),
        Move("discard", "planned", "discarded", "§3.2.4", needs=("method",)),
    ),
    closed=("recorded", "discarded"),
)
_DISSENT = (e.dissenter_on_panel, e.before_approval, e.DISSENT_NOT_AHEAD)
DISSENT = LifeCycle("dissent", moves=(Move("add", "", "recorded", "§3.2.4", guards=_DISSENT),), closed=("recorded",))
_PUBLISH = (p.result_approved, p.standstill_runs, p.published_after_approval)
PUBLICATION = LifeCycle(
    "publication",
    moves=(
        Move("add", "", "draft", "§3.2.4"),
        Move(
            "publish",
            "draft",
            "published",
            "§3.2.5",
            needs=("published_on", "standstill_until", "address"),
            guards=_PUBLISH,
        ),
        Move("end", "published", "ended", "§3.2.5", guards=(p.standstill_over, p.objections_answered)),
        Move("withdraw", "draft", "withdrawn", "§3.2.5", needs=("reasons",)),
        Move("withdraw", "published", "withdrawn", "§3.2.5", needs=("reasons",), guards=(p.result_fell,)),
    ),
    editable={"draft": ("address", "published_on", "standstill_until")},
    closed=("ended", "withdrawn"),
)
_ANSWER = (p.answered_by_another, p.OBJECTION_NOT_AHEAD, p.ANSWER_AFTER_OBJECTION)
OBJECTION = LifeCycle(
    "objection",
    moves=(
        Move("add", "", "received", "§3.2.5", guards=(p.of_this_tender, p.answered_in_days, p.OBJECTION_NOT_AHEAD)),
        Move(
            "answer",
            "received",
            "answered",
            "§3.2.5",
            needs=("answer", "answered_on", "answered_by", "decision"),
            guards=_ANSWER,
        ),
        Move("withdraw", "received", "withdrawn", "§3.2.5", needs=("answer",)),
    ),
    closed=("answered", "withdrawn"),
)
_WITHDRAWAL = ("withdrawn_on", "withdrawn_by", "withdrawal_reasons")
_AWARD = (
    *(
        a.candidates_public,
        a.follows_a_result,
        a.award_by_another,
        a.AWARD_AUTHORITY,
        a.bidder_awarded,
        a.bid_stands,
        a.is_candidate,
    ),
    *(a.next_in_order, a.no_second_chance, a.names_what_it_follows, a.result_public, a.after_standstill),
    *(a.every_objection_answered, a.no_objection_upheld, a.only_award, a.amount_positive, a.AWARD_NOT_AHEAD),
    AWARD_STANDING,
)
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
            guards=_AWARD,
        ),
        Move(
            "notify",
            "approved",
            "notified",
            "§3.2.5",
            needs=("notified_on",),
            guards=(a.AWARD_NOT_AHEAD, a.NOTIFIED_AFTER_APPROVAL),
        ),
        Move("contract", "notified", "contracted", "§3.2.5", guards=(a.contract_signed,)),
        Move("withdraw", "proposed", "withdrawn", "§3.2.5", needs=_WITHDRAWAL, guards=(a.AWARD_NOT_AHEAD,)),
        *(
            Move(
                "withdraw",
                state,
                "withdrawn",
                "§3.2.5",
                needs=_WITHDRAWAL,
                may=("withdrawal_approved_by",),
                guards=(a.AWARD_NOT_AHEAD, *a.WITHDRAWN_IN_TURN, a.taken_back_with_leave),
            )
            for state in ("approved", "notified")
        ),
    ),
    editable={"proposed": ("result", "amount", "currency", "reasons", "follows")},
    closed=("contracted", "withdrawn"),
)
LIFE_CYCLES: tuple[LifeCycle, ...] = (RESULT, DRAW, DISSENT, PUBLICATION, OBJECTION, AWARD)
