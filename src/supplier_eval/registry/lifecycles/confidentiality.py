"""Life cycles of agreements, access, handling and destruction (§8)."""

from __future__ import annotations

from supplier_eval.registry.guards import confidentiality as guards
from supplier_eval.registry.lifecycle import LifeCycle, Move

AGREEMENT = LifeCycle(
    kind="agreement",
    moves=(
        Move("add", "", "draft", "§8.2.1", guards=(guards.AGREEMENT_CLASS, guards.AGREEMENT_PARTY)),
        Move(
            "sign",
            "draft",
            "signed",
            "§8.2.1",
            ("signed_on", "signed_by"),
            ("valid_from", "valid_until", "attachment"),
            (
                guards.AGREEMENT_CLASS,
                guards.AGREEMENT_PARTY,
                guards.AGREEMENT_COMPLETE,
                guards.AGREEMENT_PERIOD,
                guards.AGREEMENT_SIGNED,
            ),
        ),
        Move("withdraw", "draft", "withdrawn", "§8.2.1", ("end_reason",)),
        Move(
            "end",
            "signed",
            "ended",
            "§8.2.1",
            ("ended_on", "end_reason"),
            (),
            (guards.AGREEMENT_SIGNED, guards.AGREEMENT_ENDED_IN_TURN),
        ),
    ),
    editable={"draft": ("*",)},
    closed=("withdrawn", "ended"),
    edit_guards=(guards.AGREEMENT_CLASS, guards.AGREEMENT_PARTY),
)

ACCESS = LifeCycle(
    kind="access",
    moves=(
        Move(
            "add",
            "",
            "granted",
            "§8.3.2",
            guards=(guards.ACCESS_BOUND, guards.ACCESS_REVIEW, guards.ACCESS_REVIEW_SOON),
        ),
        Move(
            "review",
            "granted",
            "granted",
            "§8.3.2",
            ("reviewed_on", "reviewed_by", "review_due"),
            (),
            (
                guards.ACCESS_BOUND,
                guards.ACCESS_NEXT_REVIEW,
                guards.ACCESS_NEXT_REVIEW_SOON,
                guards.ACCESS_PAST,
                guards.ACCESS_REVIEWED_IN_TURN,
                guards.ACCESS_REVIEWED_ANEW,
            ),
        ),
        Move(
            "return",
            "granted",
            "returned",
            "§8.3.2",
            ("returned_on", "returned_to", "return_kind"),
            (),
            (guards.ACCESS_RETURN, guards.ACCESS_RETURNED_IN_TURN, guards.ACCESS_PAST),
        ),
    ),
    closed=("returned",),
)

HANDLING = LifeCycle(
    kind="handling",
    moves=(
        Move(
            "add",
            "",
            "recorded",
            "§8.3.1",
            guards=(
                guards.HANDLING_CLASS,
                guards.HANDLING_PAST,
                guards.HANDLING_RECIPIENT,
                guards.HANDLING_BOUND,
            ),
        ),
        Move("void", "recorded", "void", "§8.3.1", ("reason",)),
    ),
    closed=("recorded", "void"),
)

DESTRUCTION = LifeCycle(
    kind="destruction",
    moves=(
        Move("add", "", "asked", "§8.3.1", guards=(guards.DESTRUCTION_CLASS,)),
        Move(
            "certify",
            "asked",
            "certified",
            "§8.3.1",
            ("on", "by"),
            ("method", "witness", "certificate"),
            (guards.DESTRUCTION_PROVEN, guards.DESTRUCTION_WITNESS, guards.DESTRUCTION_PAST),
        ),
        Move("keep", "asked", "kept", "§8.3.1", (), ("reason", "approved_by"), (guards.KEPT_ALLOWED,)),
        Move("ask_again", "kept", "asked", "§8.3.1", ("due",), ("reason", "approved_by"), (guards.ASKED_AGAIN,)),
    ),
    editable={"asked": ("what", "due")},
    closed=("certified", "kept"),
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (AGREEMENT, ACCESS, HANDLING, DESTRUCTION)
