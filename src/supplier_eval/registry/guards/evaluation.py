"""Guards of results, draws and dissents: what is locked is whole, bound and approved by others (§3.2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.guards.fields import not_ahead
from supplier_eval.registry.guards.procedure import (
    Facts,
    conflicting_lots,
    house_day,
    live_awards,
    lots_of,
    not_one_of,
    persons,
    refusal,
    seated_for,
    standing_lots,
    tender_of,
    the,
    today,
)
from supplier_eval.registry.lifecycle import Situation
from supplier_eval.registry.records.evaluation import Dissent, Draw, Result
from supplier_eval.registry.records.tendering import Tender

FINAL = ("locked", "approved")


@refusal("result.lot.unknown", "§3.2.4")
def result_lot(result: Result, s: Situation) -> Iterator[Facts]:
    """The lot is one of the tender's."""
    lots = lots_of(tender_of(result, s))
    if result.lot not in lots:
        yield {"value": result.lot, "known": ", ".join(lots) or "-"}


@refusal("result.tender.not_ready", "§3.2.4")
def prices_known(result: Result, s: Situation) -> Iterator[Facts]:
    """Marks are locked, and the prices open, before a result is locked."""
    tender = tender_of(result, s)
    ready = "prices_opened" if tender.envelopes == 2 else "marks_locked"
    if tender.state not in {ready, "re_evaluation"}:
        yield {"value": tender.id, "state": tender.state}


@refusal("result.lot.locked_before", "§3.2.4")
def scored_once(result: Result, s: Situation) -> Iterator[Facts]:
    """Once a result is locked nobody is scored again (convention §3)."""
    for other in s.reader.where("result", states=FINAL, tender=result.tender, lot=result.lot):
        if other.id != result.id:
            yield {"value": other.id, "state": other.state}


@refusal("result.ranks.lengths", "§3.2.4")
def same_length(result: Result, s: Situation) -> Iterator[Facts]:
    """Each bid in the order has a rank and a total."""
    if not len(result.order) == len(result.ranks) == len(result.totals):
        yield {"value": len(result.order), "ranks": len(result.ranks), "totals": len(result.totals)}


@refusal("result.order.repeated", "§3.2.4")
def each_bid_once(result: Result, s: Situation) -> Iterator[Facts]:
    """Each bid stands once."""
    for bid in sorted({bid for bid in result.order if result.order.count(bid) > 1}):
        yield {"value": bid}


@refusal("result.order.not_qualified", "§3.2.3")
def only_qualified(result: Result, s: Situation) -> Iterator[Facts]:
    """Only qualified bids of this lot are ranked."""
    for name in result.order:
        bid = the(s.reader, "bid", name)
        if (bid.tender, bid.lot, bid.state) != (result.tender, result.lot, "qualified"):
            yield {"value": name, "state": bid.state}


@refusal("result.order.left_out", "§3.2.4")
def all_qualified(result: Result, s: Situation) -> Iterator[Facts]:
    """Every qualified bid of the lot is ranked."""
    for bid in s.reader.where("bid", states=("qualified",), tender=result.tender, lot=result.lot):
        if bid.id not in result.order:
            yield {"value": bid.id}


@refusal("result.candidates.not_first", "§3.2.4")
def best_first(result: Result, s: Situation) -> Iterator[Facts]:
    """The candidates are the first of the order, in its order."""
    if result.candidates != result.order[: len(result.candidates)]:
        yield {"value": ", ".join(result.candidates), "first": ", ".join(result.order[: len(result.candidates)])}


@refusal("result.ranks.not_competition", "§3.2.4")
def competition_ranks(result: Result, s: Situation) -> Iterator[Facts]:
    """Tied bids share a rank, and the next rank counts them all: 1-2-2-4."""
    expected: list[str] = []
    for place, rank in enumerate(result.ranks, start=1):
        expected.append(rank if expected and rank == expected[-1] else str(place))
    if tuple(expected) != result.ranks:
        yield {"value": ", ".join(result.ranks), "expected": ", ".join(expected)}


def _ties_among_candidates(result: Result) -> Iterator[tuple[str, ...]]:
    """Groups of bids with one rank, as they stand in the order, that hold a candidate."""
    pairs = list(zip(result.order, result.ranks, strict=False))
    for rank in dict.fromkeys(result.ranks):
        group = tuple(bid for bid, its in pairs if its == rank)
        if len(group) > 1 and set(group) & set(result.candidates):
            yield group


@refusal("result.ranks.no_draw", "§3.2.4")
def ties_drawn(result: Result, s: Situation) -> Iterator[Facts]:
    """A tie among candidates stands in the order in which it was drawn (convention §9)."""
    draws = s.reader.where("draw", states=("recorded",), tender=result.tender, lot=result.lot)
    drawn = {draw.drawn for draw in draws}
    for group in _ties_among_candidates(result):
        if group not in drawn:
            yield {"value": ", ".join(group)}


@refusal("result.scored_by.not_seated", "§3.2.4")
def scorers_seated(result: Result, s: Situation) -> Iterator[Facts]:
    """Nobody marks without a seat on the panel of the lot."""
    seated = persons(member.person for member in seated_for(s.reader, result.tender, result.lot))
    for name in result.scored_by:
        if id_key(name) not in seated:
            yield {"value": name}


@refusal("result.scored_by.left_out", "§3.2.4")
def scorers_named(result: Result, s: Situation) -> Iterator[Facts]:
    """Everybody on the panel is named, so that nobody approves their own marks."""
    named = persons(result.scored_by)
    for member in seated_for(s.reader, result.tender, result.lot):
        if id_key(member.person) not in named:
            yield {"value": member.person}


@refusal("result.scored_by.conflict", "§1.3.4")
def scorers_free(result: Result, s: Situation) -> Iterator[Facts]:
    """Marks of somebody who declared a conflict with a bidder of the lot, however late, do not count."""
    for name in result.scored_by:
        found = conflicting_lots(s.reader, result.tender, name)
        if result.lot in found:
            yield {"value": name, "supplier": found[result.lot]}


@refusal("result.standing.exploratory", "§3.2.4")
def binding(result: Result, s: Situation) -> Iterator[Facts]:
    """Only a binding result is approved (convention §14)."""
    if result.standing != "binding":
        yield {"value": result.standing}


@refusal("result.policy_fingerprint.not_published", "§3.2.1")
def by_published_policy(result: Result, s: Situation) -> Iterator[Facts]:
    """It was computed with the policy that the tender published."""
    published = tender_of(result, s).policy_fingerprint
    if result.policy_fingerprint != published:
        yield {"value": result.policy_fingerprint, "published": published or "-"}


@refusal("result.approved_by.scored", "§3.2.4")
def approved_by_another(result: Result, s: Situation) -> Iterator[Facts]:
    """A scorer neither approves nor enters the approval."""
    scorers = persons(result.scored_by)
    for name in dict.fromkeys((result.approved_by or s.actor, s.actor)):
        if id_key(name) in scorers:
            yield {"value": name}


@refusal("result.approved_on.out_of_order", "§3.2.4")
def approved_after_lock(result: Result, s: Situation) -> Iterator[Facts]:
    """Neither ahead nor before the result was locked."""
    day = result.approved_on
    if s.before is not None and day is not None:
        locked = house_day(s.before.changed_at, s.rules)
        if not locked <= day <= today(s):
            yield {"value": day, "locked": locked}


@refusal("result.id.no_upheld_objection", "§3.2.5")
def objection_upheld(result: Result, s: Situation) -> Iterator[Facts]:
    """An approved result falls only to an objection that was upheld."""
    for publication in s.reader.where("publication", result=result.id):
        if s.reader.where("objection", states=("answered",), publication=publication.id, decision="upheld"):
            return
    yield {"value": result.id}


@refusal("result.id.award_stands", "§3.2.5")
def no_award_from_it(result: Result, s: Situation) -> Iterator[Facts]:
    """Awards are withdrawn before the result that they follow falls."""
    for award in live_awards(s.reader, result.tender):
        if award.result == result.id:
            yield {"value": award.id}


@refusal("draw.tied.too_few", "§3.2.4")
def several_tied(draw: Draw, s: Situation) -> Iterator[Facts]:
    """It takes two to tie, both of the lot."""
    known = {bid.id for bid in s.reader.where("bid", states=("qualified",), tender=draw.tender, lot=draw.lot)}
    if len(set(draw.tied)) < 2 or len(set(draw.tied)) < len(draw.tied) or not set(draw.tied) <= known:
        yield {"value": ", ".join(draw.tied)}


@refusal("draw.drawn.differs", "§3.2.4")
def same_bids_drawn(draw: Draw, s: Situation) -> Iterator[Facts]:
    """The same bids come out that went in."""
    if sorted(draw.drawn) != sorted(draw.tied):
        yield {"value": ", ".join(draw.drawn), "tied": ", ".join(draw.tied)}


@refusal("draw.tied.drawn_before", "§3.2.4")
def drawn_once(draw: Draw, s: Situation) -> Iterator[Facts]:
    """Nobody draws again until the result pleases."""
    for other in s.reader.where("draw", states=("recorded",), tender=draw.tender, lot=draw.lot):
        if set(other.tied) == set(draw.tied):
            yield {"value": other.id}


@refusal("draw.witnesses.too_few", "§3.2.4")
def draw_witnessed(draw: Draw, s: Situation) -> Iterator[Facts]:
    """Enough people beside the one who drew saw it."""
    count = len(persons(draw.witnesses) - persons([draw.drawn_by] if draw.drawn_by else []))
    if count < s.rules.tendering.witnesses:
        yield {"value": ", ".join(draw.witnesses), "count": count, "least": s.rules.tendering.witnesses}


DRAW_NOT_AHEAD = not_ahead("draw.drawn_at.ahead", "§3.2.4", "drawn_at")


@refusal("dissent.evaluator.not_on_panel", "§3.2.4")
def dissenter_on_panel(dissent: Dissent, s: Situation) -> Iterator[Facts]:
    """Who dissents has marked."""
    result, member = the(s.reader, "result", dissent.result), the(s.reader, "evaluator", dissent.evaluator)
    if member.id not in {seated.id for seated in seated_for(s.reader, result.tender, result.lot)}:
        yield {"value": member.person}


@refusal("dissent.result.decided", "§3.2.4")
def before_approval(dissent: Dissent, s: Situation) -> Iterator[Facts]:
    """Who approves has read the dissent."""
    yield from not_one_of(the(s.reader, "result", dissent.result), ("draft", "locked"))


DISSENT_NOT_AHEAD = not_ahead("dissent.stated_on.ahead", "§3.2.4", "stated_on")


@refusal("tender.envelopes.prices_closed", "§3.2.4")
def prices_opened(tender: Tender, s: Situation) -> Iterator[Facts]:
    """With two envelopes the prices are opened before there is a result."""
    if tender.envelopes == 2 and s.before is not None and s.before.state == "marks_locked":
        yield {"value": tender.id}


@refusal("tender.lots.no_result", "§3.2.4")
def every_lot_has_a_result(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Each lot has an approved result, or is named as failed."""
    for lot in standing_lots(tender):
        if not s.reader.where("result", states=("approved",), tender=tender.id, lot=lot):
            yield {"value": lot or tender.id}


@refusal("tender.id.no_annulled_result", "§3.2.5")
def some_result_fell(tender: Tender, s: Situation) -> Iterator[Facts]:
    """There is something to evaluate again."""
    approved = {result.lot for result in s.reader.where("result", states=("approved",), tender=tender.id)}
    if approved >= set(standing_lots(tender)):
        yield {"value": tender.id}
