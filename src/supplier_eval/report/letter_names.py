"""Names that a letter must not tell, taken out of free text that people wrote (§1.3.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.formats import plain
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult


def hider_of(evaluation: Evaluation, told: Collection[str], lang: Lang) -> Callable[[str], str]:
    """A function that takes the names that the rule keeps back out of free text; bids of `told` may be named."""
    say, rule, bids = words(lang), evaluation.tender.policy.disclosure, evaluation.tender.bids["name"]
    hidden: dict[str, str] = {}
    if not rule.evaluator_names:
        for member in evaluation.tender.evaluators.values():
            hidden |= dict.fromkeys((plain(member.id), plain(member.name)), say["letter.a_member"])
    named = {str(bids[bid]) for bid in told if bid in bids.index}
    for other, name in bids.items():
        if other not in told and name not in named:
            hidden |= dict.fromkeys((plain(other), plain(name)), say["letter.another_bidder"])
    open_names = {plain(bid) for bid in told} | {plain(name) for name in named}
    keys = sorted(
        (key for key in hidden if len(key) > 1 and not key.isdigit() and key not in open_names), key=len, reverse=True
    )
    if not keys:
        return lambda text: text
    any_name = re.compile("|".join(rf"(?<![A-Za-z0-9_]){re.escape(key)}(?![A-Za-z0-9_])" for key in keys))
    return lambda text: any_name.sub(lambda found: hidden[found.group()], text)


def named_to(evaluation: Evaluation, result: LotResult, bid: str) -> set[str]:
    """Bids whose bidders may be named to one bidder: their own and, where the rule says so, the winner's."""
    return {bid, *(result.ranking.winners if evaluation.tender.policy.disclosure.winner_name else ())}
