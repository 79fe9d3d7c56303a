"""Binding or exploratory: computed with exactly the published policy, and no case that holds it still open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from supplier_eval.flags import Flag, Reason

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender


def standing_reasons(tender: Tender, flags: Iterable[Flag] = (), stopped: Reason | None = None) -> tuple[Reason, ...]:
    """Why a result is exploratory; empty where it is binding.

    Binding needs a policy that names who adopted it and when, whose fingerprint is the one that the tender
    published, adopted no later than published, technical marks that are locked, and no open case that holds the
    result (convention §14, §15). A note does not close a case. A stop for too few valid bids is a binding answer.
    """
    reasons: list[Reason] = []
    if tender.policy.adoption is None:
        reasons.append(Reason("standing.not_adopted"))
    if not tender.notice.policy_fingerprint:
        reasons.append(Reason("standing.not_published"))
    elif tender.notice.policy_fingerprint != tender.policy.fingerprint:
        reasons.append(Reason("standing.other_policy"))
    elif tender.checked_under not in {"", tender.policy.fingerprint}:
        reasons.append(Reason("standing.checked_under_another"))
    if tender.policy.adoption is not None:
        decided, said = tender.policy.adoption.on, tender.notice.published or tender.notice.deadline
        if said is not None and decided > said.date():
            facts = {"adopted": decided.isoformat(), "published": said.date().isoformat()}
            reasons.append(Reason("standing.adopted_late", facts=facts))
    if any(finding.severity == "error" for finding in tender.policy.check()):
        reasons.append(Reason("standing.policy_broken"))
    if stopped is not None and stopped.code == "score.prices_closed":
        reasons.append(Reason("standing.not_locked"))
    held = [flag for flag in flags if flag.holds and (flag.ruling is None or flag.ruling.ruling == "note")]
    if held:
        cases = ", ".join(sorted({f"{flag.code} ({flag.bid or flag.lot})" for flag in held}))
        reasons.append(Reason("standing.open_cases", facts={"n": len(held), "cases": cases}))
    return tuple(reasons)
