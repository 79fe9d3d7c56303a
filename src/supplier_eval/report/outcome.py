"""What came out of a lot, in sentences: who is first, by how much, the candidates; or why there is no order.

Clauses of the policy (§3.2.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.formats import margin, names, number, plain
from supplier_eval.report.tables import total_places
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import LotResult
    from supplier_eval.policy.tree import CriteriaTree
    from supplier_eval.rank.points import PointsRanking


def outcome(result: LotResult, lang: Lang) -> tuple[str, ...]:
    """Sentences on the outcome of one lot, the most important first."""
    say, ranking = words(lang), result.ranking
    if ranking.stopped is not None:
        return (say["outcome.stopped"].format(why=ranking.stopped.say(lang)),)
    if not ranking.winners:
        return (say["outcome.nobody"],)
    said = [_first(ranking, lang)]
    if ranking.withdrawn:
        gone = names([bidder(ranking, bid) for bid in ranking.withdrawn], lang)
        said.insert(0, say["outcome.withdrawn"].format(names=gone))
    candidates = ranking.candidates()
    if len(candidates) > 1 and len(ranking.winners) == 1:
        in_order = [
            say["outcome.candidate"].format(rank=ranking.rank_of(b), name=bidder(ranking, b)) for b in candidates
        ]
        said.append(say["outcome.candidates"].format(names=say["text.between"].join(in_order)))
    for group in ranking.tied:
        if not set(group) <= set(ranking.winners):
            shared = names([bidder(ranking, bid) for bid in group], lang)
            said.append(say["outcome.tied_below"].format(names=shared, rank=ranking.rank_of(group[0])))
    if result.sheet.relative:
        said.append(say["outcome.relative"])
    return tuple(said)


def bidder(ranking: PointsRanking, bid: str) -> str:
    """A bid with its bidder's name."""
    name = plain(ranking.sheet.names.get(bid, bid))
    return plain(bid) if name in {"", plain(bid)} else f"{name} ({plain(bid)})"


def _first(ranking: PointsRanking, lang: Lang) -> str:
    """Who is first, or who shares the first place."""
    say, places = words(lang), total_places(ranking)
    first = ranking.winners[0]
    total = number(ranking.total_of(first), places)
    if len(ranking.winners) > 1:
        shared = names([bidder(ranking, bid) for bid in ranking.winners], lang)
        return say["outcome.tied"].format(names=shared, total=total)
    facts = {"name": bidder(ranking, first), "total": total, "n": len(ranking.order)}
    following = [bid for bid in ranking.order if bid not in ranking.withdrawn][1:]
    if not following:
        return say["outcome.alone"].format(**facts)
    key = ranking.decided_by(first, following[0])
    if key == "total":
        lead = margin(ranking.total_of(first) - ranking.total_of(following[0]), places)
        return say["outcome.first"].format(**facts, margin=lead, following=bidder(ranking, following[0]))
    rule = key_label(ranking.sheet.tree, key or "", lang)
    return say["outcome.by_key"].format(**facts, following=bidder(ranking, following[0]), key=rule)


def key_label(tree: CriteriaTree | None, key: str, lang: Lang) -> str:
    """What a tie key means."""
    say = words(lang)
    if not key.startswith("higher:"):
        return say[f"key.{key}"]
    name = key.removeprefix("higher:")
    label = tree[name].name.say(lang) if tree is not None and name in tree.by_id else ""
    return say["key.higher"].format(criterion=plain(label or name))
