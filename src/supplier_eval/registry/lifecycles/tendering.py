"""Moves of tenders, addenda, channels, registrations, bids, openings and the panel (§3.2.1-§3.2.4)."""

from __future__ import annotations

from supplier_eval.registry.guards import award as a
from supplier_eval.registry.guards import bids as b
from supplier_eval.registry.guards import evaluation as e
from supplier_eval.registry.guards import notice as n
from supplier_eval.registry.guards import openings as o
from supplier_eval.registry.guards import panel as p
from supplier_eval.registry.guards import publication as c
from supplier_eval.registry.guards import tendering as t
from supplier_eval.registry.lifecycle import LifeCycle, Move

_PUBLISHED = (
    *("requirements", "qualification", "policy", "policy_fingerprint", "deadline"),
    *("data_class", "estimated_value", "currency", "term_months", "owner", "standstill_days"),
)
_OUTCOME = ("outcome_reasons", "outcome_by")
_BEFORE_BIDS = ("draft", "published")
_AFTER_BIDS = (
    *("closed", "opened", "technical_opened", "marks_locked", "prices_opened"),
    *("evaluated", "candidates_published", "re_evaluation"),
)
_PUBLISH = (
    *(t.decision_approved, t.decided_to_buy, t.decided_on_this_need, t.decided_on_this_report),
    *(t.experts_before_tender, t.board_before_tender),
    *(t.tender_in_house_currency, t.estimate_positive, t.tender_category, t.tender_class, t.deadline_ahead),
    *(t.standstill_long_enough, t.lots_differ, t.channel_chosen, t.follows_an_end),
)
_AMEND = (t.one_more_addendum, t.addendum_issued, t.as_the_addendum_says, t.before_deadline)
_CLOSE = (t.deadline_reached, t.CLOSED_NOT_AHEAD, t.announced, t.addenda_in_force)
_OPEN = (o.opened_by_regime, o.opening_on_record)
_OPEN_FIRST = (*_OPEN, o.bids_sorted)
_LOCK = (p.panel_seated, p.panel_free_of_conflict, p.bids_reviewed)
_END = (t.no_award_stands, t.OUTCOME_ANEW)
_EVALUATE = (e.prices_opened, t.failed_lots_known, t.failed_lots_explained, e.every_lot_has_a_result)
TENDER = LifeCycle(
    "tender",
    moves=(
        Move("add", "", "draft", "§3.2.1"),
        Move("publish", "draft", "published", "§3.2.1", needs=_PUBLISHED, guards=_PUBLISH),
        Move(
            "amend",
            "published",
            "published",
            "§3.2.1",
            needs=("addenda", "policy_fingerprint", "deadline"),
            guards=_AMEND,
        ),
        Move("close", "published", "closed", "§3.2.2", needs=("bids_closed_at",), guards=_CLOSE),
        Move("open", "closed", "opened", "§3.2.2", guards=_OPEN_FIRST),
        Move("open_technical", "closed", "technical_opened", "§3.2.4", guards=_OPEN_FIRST),
        Move("lock_marks", "opened", "marks_locked", "§3.2.4", needs=("marks_digest",), guards=_LOCK),
        Move("lock_marks", "technical_opened", "marks_locked", "§3.2.4", needs=("marks_digest",), guards=_LOCK),
        Move("open_prices", "marks_locked", "prices_opened", "§3.2.4", guards=_OPEN),
        *(
            Move("evaluate", state, "evaluated", "§3.2.4", may=("failed_lots", "outcome_reasons"), guards=_EVALUATE)
            for state in ("marks_locked", "prices_opened", "re_evaluation")
        ),
        Move("publish_candidates", "evaluated", "candidates_published", "§3.2.4", guards=(c.every_lot_public,)),
        Move(
            "reevaluate",
            "candidates_published",
            "re_evaluation",
            "§3.2.5",
            needs=_OUTCOME,
            guards=(e.some_result_fell, *_END),
        ),
        Move("award", "candidates_published", "awarded", "§3.2.5", guards=(a.every_lot_awarded,)),
        *(
            Move("cancel", state, "cancelled", "§3.2.1", needs=_OUTCOME, guards=_END)
            for state in (*_BEFORE_BIDS, *_AFTER_BIDS)
        ),
        *(Move("fail", state, "failed", "§3.2.4", needs=_OUTCOME, guards=_END) for state in (*_AFTER_BIDS, "awarded")),
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
            guards=(n.amendable, n.starts_from_what_holds, n.never_shortened, n.ADDENDUM_NOT_AHEAD),
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
        Move(
            "publish",
            "planned",
            "published",
            "§3.2.1",
            needs=("published_at", "evidence"),
            may=("address",),
            guards=(n.after_freezing, n.CHANNEL_NOT_AHEAD),
        ),
        Move("withdraw", "planned", "withdrawn", "§3.2.1"),
    ),
    editable={"planned": ("name", "address")},
    closed=("published", "withdrawn"),
)
REGISTRATION = LifeCycle(
    "registration",
    moves=(
        Move("add", "", "registered", "§3.2.2", guards=(n.REGISTERED_NOT_AHEAD,)),
        Move(
            "admit",
            "registered",
            "admitted",
            "§8.2.2",
            guards=(n.registration_open, n.supplier_bound, n.supplier_may_bid),
        ),
        Move("refuse", "registered", "refused", "§3.2.2", needs=("reason",)),
        Move("withdraw", "registered", "withdrawn", "§3.2.2", may=("reason",)),
        Move("withdraw", "admitted", "withdrawn", "§3.2.2", may=("reason",)),
    ),
    editable={"registered": ("contact",), "admitted": ("contact",)},
    closed=("refused", "withdrawn"),
)
_REVIEW = ("reviewed_by", "reviewed_on", "reasons")
_RECORD = (b.tender_published, b.lot_of_tender, b.BID_NOT_AHEAD, b.price_sealed)
_RECEIVE = (b.nobody_opened, b.complete, b.price_apart, b.only_bid)
_REVIEWED = (b.reviewer_free, b.REVIEW_NOT_AHEAD, b.REVIEWED_IN_TURN)
_QUALIFY = (b.opened_for_review, b.bidder_not_excluded, *_REVIEWED, b.REASONS_ANEW)
_REJECT = (*_REVIEWED, b.no_award_on_it)
BID = LifeCycle(
    "bid",
    moves=(
        Move("add", "", "recorded", "§3.2.2", guards=_RECORD),
        Move(
            "accept",
            "recorded",
            "received",
            "§3.2.2",
            may=("reasons",),
            guards=(b.in_time, b.recorded_in_time, *_RECEIVE),
        ),
        Move("mark_late", "recorded", "late", "§3.2.2", may=("reasons",), guards=(b.not_in_time,)),
        Move(
            "mark_incomplete",
            "recorded",
            "incomplete",
            "§3.2.2",
            needs=("missing",),
            guards=(b.in_time, b.nobody_opened, b.missing_is_listed),
        ),
        Move(
            "complete",
            "incomplete",
            "received",
            "§3.2.2",
            needs=("digest",),
            may=("price_digest", "missing"),
            guards=(b.still_time_to_complete, *_RECEIVE),
        ),
        Move("qualify", "received", "qualified", "§3.2.3", needs=_REVIEW, guards=_QUALIFY),
        Move(
            "reject",
            "received",
            "rejected",
            "§3.2.3",
            needs=_REVIEW,
            guards=(b.opened_for_review, *_REJECT, b.REASONS_ANEW),
        ),
        *(
            Move("reject", state, "rejected", "§3.2.3", needs=_REVIEW, guards=_REJECT)
            for state in ("incomplete", "late")
        ),
        Move("reject", "qualified", "rejected", "§3.2.3", needs=_REVIEW, guards=(*_REJECT, b.REASONS_ANEW)),
        Move(
            "read_price",
            "qualified",
            "qualified",
            "§3.2.4",
            needs=("price_read",),
            guards=(b.price_sealed, b.read_once, b.price_positive),
        ),
        *(
            Move(
                "withdraw", state, "withdrawn", "§3.2.2", needs=("reasons",), guards=(b.no_award_on_it, b.REASONS_ANEW)
            )
            for state in ("recorded", "received", "incomplete")
        ),
        Move(
            "withdraw",
            "qualified",
            "withdrawn",
            "§3.2.2",
            needs=("reasons", "withdrawal_letter"),
            guards=(b.no_award_on_it, b.REASONS_ANEW),
        ),
    ),
    closed=("rejected", "withdrawn"),
)
_SIGN = (
    *(o.envelope_by_regime, o.in_its_turn, o.after_what_comes_first, o.OPENING_NOT_AHEAD, o.enough_witnesses),
    *(o.every_bid_opened, o.no_other_bid_opened, o.opened_once),
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
            guards=_SIGN,
        ),
        Move("discard", "draft", "discarded", "§3.2.2", needs=("read_out",)),
    ),
    editable={"draft": ("opened_at", "place", "bids", "witnesses", "read_out", "anchor")},
    closed=("signed", "discarded"),
)
_SEAT = (p.panel_open, p.declared, p.free_of_conflict, p.bound_to_secrecy)
_RECUSE = (p.recused_lots_known, p.recused_for_good, p.STEP_ANEW)
EVALUATOR = LifeCycle(
    "evaluator",
    moves=(
        Move("add", "", "named", "§3.2.4", guards=(p.panel_open, p.named_once, p.recused_lots_known)),
        Move("seat", "named", "seated", "§3.2.4", guards=_SEAT),
        Move("recuse", "named", "named", "§1.3.4", needs=("recused_lots", "reasons"), guards=_RECUSE),
        Move("recuse", "seated", "seated", "§1.3.4", needs=("recused_lots", "reasons"), guards=_RECUSE),
        Move("release", "named", "released", "§1.3.4", needs=("reasons",), guards=(p.STEP_ANEW,)),
        Move("release", "seated", "released", "§1.3.4", needs=("reasons",), guards=(p.STEP_ANEW,)),
    ),
    editable={"named": ("department", "panel_role")},
    closed=("released",),
)
CONFLICT_DECLARATION = LifeCycle(
    "conflict_declaration",
    moves=(
        Move("add", "", "made", "§1.3.4", guards=(p.declares_for_oneself, p.DECLARED_NOT_AHEAD)),
        Move(
            "clear",
            "made",
            "cleared",
            "§1.3.4",
            needs=("cleared_by", "clearing_reasons"),
            guards=(p.CLEARED_BY_ANOTHER,),
        ),
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
