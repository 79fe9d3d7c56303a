"""Life cycles of intellectual property and filings (§9)."""

from __future__ import annotations

from supplier_eval.registry.guards import property as guards
from supplier_eval.registry.lifecycle import LifeCycle, Move

IP_ITEM = LifeCycle(
    kind="ip_item",
    moves=(
        Move("add", "", "declared", "§9.1.1", guards=(guards.CLIENT_OWNS, guards.CLIENT_TERMS)),
        Move(
            "agree",
            "declared",
            "agreed",
            "§9.1.1",
            ("agreed_on",),
            ("licence", "permitted_use", "return_due"),
            (guards.IP_CLAUSE, guards.IP_LICENCE, guards.CLIENT_OWNS, guards.CLIENT_TERMS, guards.IP_AGREED),
        ),
        Move(
            "accept",
            "agreed",
            "listed",
            "§9.2.2",
            ("milestone", "accepted_on"),
            (),
            (guards.MADE_HERE, guards.OWN_MILESTONE, guards.ACCEPTED, guards.IP_AGREED, *guards.IP_IN_TURN),
        ),
        *(
            Move(
                "return",
                source,
                "returned",
                "§9.1.2",
                ("returned_on", "return_kind"),
                ("evidence",),
                (guards.CLIENT_ONLY, guards.CLIENT_EVIDENCE, guards.IP_AGREED, *guards.IP_IN_TURN),
            )
            for source in ("declared", "agreed")
        ),
        Move("withdraw", "declared", "withdrawn", "§9.1.1", ("reason",)),
    ),
    editable={"declared": ("*",)},
    closed=("listed", "returned", "withdrawn"),
    edit_guards=(guards.CLIENT_OWNS, guards.CLIENT_TERMS),
)

FILING = LifeCycle(
    kind="filing",
    moves=(
        Move("add", "", "planned", "§9.2.1", guards=(guards.OWN_RIGHT,)),
        Move(
            "file",
            "planned",
            "filed",
            "§9.2.1",
            ("filed_on", "jurisdiction", "next_due"),
            ("number",),
            (guards.OWN_RIGHT, guards.FILED_PAST),
        ),
        Move("answer", "filed", "filed", "§9.2.1", ("next_due",), (), (guards.ANSWERED_ANEW,)),
        Move(
            "grant",
            "filed",
            "granted",
            "§9.2.1",
            ("granted_on", "number", "expires_on"),
            ("next_due",),
            (guards.FILED_PAST, guards.GRANT_AFTER, guards.EXPIRY_AFTER),
        ),
        Move("renew", "granted", "granted", "§9.2.1", ("expires_on",), ("next_due",), (guards.RUNS_LONGER,)),
        Move("refuse", "filed", "refused", "§9.2.1", ("reason",)),
        *(Move("abandon", source, "abandoned", "§9.2.1", ("reason",)) for source in ("planned", "filed", "granted")),
    ),
    editable={"planned": ("*",), "filed": ("owner", "next_due"), "granted": ("owner", "next_due")},
    closed=("refused", "abandoned"),
    edit_guards=(guards.OWN_RIGHT,),
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (IP_ITEM, FILING)
