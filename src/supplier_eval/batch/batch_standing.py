"""Whether the results of a batch bind: only under exactly the policy that was published, with no case open (§14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.flags import Reason
from supplier_eval.messages import Lang

if TYPE_CHECKING:
    from supplier_eval.batch.plan import Plan
    from supplier_eval.batch.scored_blocks import Blocks
    from supplier_eval.score.sheet import Standing


def batch_standing(plan: Plan, published: str, result: Blocks, lang: Lang = "en") -> tuple[Standing, list[str]]:
    """Standing of all tenders together, and why it is exploratory.

    Parameters
    ----------
    plan : Plan
        What was used.
    published : str
        Fingerprint that the tenders published.
    result : Blocks
        An abnormal price holds its tender until people have ruled on it, and a table has no rulings.
    lang : {"en", "zh"}
        Language of the reasons.

    Returns
    -------
    tuple of (str, list of str)
        ``"binding"`` and nothing, or ``"exploratory"`` and the reasons.
    """
    policy = plan.policy
    reasons = []
    if policy.adoption is None:
        reasons.append(Reason("standing.not_adopted"))
    if not published:
        reasons.append(Reason("standing.not_published"))
    elif published != policy.fingerprint:
        reasons.append(Reason("standing.other_policy"))
    day = result.rows.first_deadline
    if policy.adoption is not None and day is not None and policy.adoption.on > day:
        facts = {"adopted": policy.adoption.on.isoformat(), "published": day.isoformat()}
        reasons.append(Reason("standing.adopted_late", facts=facts))
    if any(finding.severity == "error" for finding in policy.check()):
        reasons.append(Reason("standing.policy_broken"))
    flagged = int(np.count_nonzero(result.flags.out))
    if flagged:
        codes = ", ".join(sorted(set(result.flags.codes)))
        reasons.append(Reason("standing.open_cases", facts={"n": flagged, "cases": codes}))
    return ("exploratory" if reasons else "binding"), [reason.say(lang) for reason in reasons]
