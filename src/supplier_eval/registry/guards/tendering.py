"""Guards of publishing, amending, closing and ending a tender (§2.2.3, §3.2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from supplier_eval.registry.guards.fields import not_ahead
from supplier_eval.registry.guards.planning import is_major
from supplier_eval.registry.guards.procedure import (
    Facts,
    live_awards,
    lots_of,
    not_one_of,
    refusal,
    shown,
    the,
    today,
)
from supplier_eval.registry.guards.rounds import anew
from supplier_eval.registry.lifecycle import Situation
from supplier_eval.registry.record import Stored, supposed
from supplier_eval.registry.records.tendering import Tender

CAME_TO_NOTHING = ("cancelled", "failed")
NO_TENDER = ("draft", *CAME_TO_NOTHING)
ANALYSED = ("analysed", "decided")


def _decision(tender: Tender, s: Situation) -> Stored:
    return the(s.reader, "decision", tender.decision)


@refusal("tender.decision.not_approved", "§2.2.1")
def decision_approved(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Management approved."""
    yield from not_one_of(_decision(tender, s), ("approved",))


@refusal("tender.decision.in_house", "§2.2.2")
def decided_to_buy(tender: Tender, s: Situation) -> Iterator[Facts]:
    """What is kept in house is not tendered."""
    if _decision(tender, s).option == "in_house":
        yield {"value": tender.decision}


@refusal("tender.decision.other_need", "§2.2.1")
def decided_on_this_need(tender: Tender, s: Situation) -> Iterator[Facts]:
    """The decision is about the need of the tender."""
    decided = _decision(tender, s).need
    if decided != tender.need:
        yield {"value": tender.decision, "need": decided}


@refusal("tender.decision.outdated", "§2.2.1")
def decided_on_this_report(tender: Tender, s: Situation) -> Iterator[Facts]:
    """The need is still what management decided on: the same report, and no new analysis under way."""
    decision, need = _decision(tender, s), the(s.reader, "need", tender.need)
    if decision.need == need.id and (need.state not in ANALYSED or decision.report != need.report):
        yield {"value": decision.id, "need": need.id, "state": need.state}


def _is_major(tender: Tender, s: Situation) -> bool:
    """By its own size, by its need's, or by all tenders of its decision together: splitting makes nothing smaller."""
    others = [t for t in s.reader.where("tender", decision=tender.decision) if t.id != tender.id]
    value = sum((t.estimated_value or Decimal(0) for t in others if t.state not in NO_TENDER), Decimal(0))
    together = supposed(tender, estimated_value=value + (tender.estimated_value or Decimal(0)))
    need = the(s.reader, "need", tender.need).record
    return is_major(together, s.rules) or is_major(need, s.rules)  # type: ignore[arg-type]


def _before(day: date | None, s: Situation) -> bool:
    return day is not None and day <= today(s)


@refusal("tender.decision.no_expert_review", "§2.2.3")
def experts_before_tender(tender: Tender, s: Situation) -> Iterator[Facts]:
    """No tender of a major project without the experts."""
    decision = _decision(tender, s)
    if _is_major(tender, s) and not (decision.expert_review_by.strip() and _before(decision.expert_review_on, s)):
        yield {"value": tender.decision}


@refusal("tender.decision.no_board_approval", "§2.2.3")
def board_before_tender(tender: Tender, s: Situation) -> Iterator[Facts]:
    """No tender of a major project without the board."""
    decision = _decision(tender, s)
    if _is_major(tender, s) and not (decision.board_approval_by.strip() and _before(decision.board_approval_on, s)):
        yield {"value": tender.decision}


@refusal("tender.currency.not_house", "§2.2.3")
def tender_in_house_currency(tender: Tender, s: Situation) -> Iterator[Facts]:
    """The estimate is comparable with the threshold of major projects."""
    if tender.currency is not None and tender.currency != s.rules.currency:
        yield {"value": tender.currency, "house": s.rules.currency}


@refusal("tender.estimated_value.not_positive", "§2.2.3")
def estimate_positive(tender: Tender, s: Situation) -> Iterator[Facts]:
    """An estimate of nothing is none."""
    if tender.estimated_value is not None and tender.estimated_value <= 0:
        yield {"value": tender.estimated_value}


@refusal("tender.follows.not_ended", "§3.2.1")
def follows_an_end(tender: Tender, s: Situation) -> Iterator[Facts]:
    """What a tender takes up again came to nothing before: no two tenders follow each other, and none itself."""
    if tender.follows is not None:
        yield from not_one_of(the(s.reader, "tender", tender.follows), CAME_TO_NOTHING)


@refusal("tender.category.not_listed", "§1.2")
def tender_category(tender: Tender, s: Situation) -> Iterator[Facts]:
    """The company's list of categories holds it."""
    if tender.category not in s.rules.categories:
        yield {"value": tender.category, "known": ", ".join(s.rules.categories)}


@refusal("tender.data_class.unknown", "§8.1.2")
def tender_class(tender: Tender, s: Situation) -> Iterator[Facts]:
    """The rules know the class of its documents."""
    if tender.data_class and s.rules.data_class(tender.data_class) is None:
        yield {"value": tender.data_class, "known": ", ".join(known.id for known in s.rules.data_classes)}


@refusal("tender.deadline.past", "§3.2.1")
def deadline_ahead(tender: Tender, s: Situation) -> Iterator[Facts]:
    """There is time left to bid."""
    if tender.deadline is not None and tender.deadline <= s.at:
        yield {"value": shown(tender.deadline, s)}


@refusal("tender.standstill_days.too_short", "§3.2.5")
def standstill_long_enough(tender: Tender, s: Situation) -> Iterator[Facts]:
    """A tender may lengthen the house's standstill, not shorten it."""
    least = s.rules.tendering.standstill_days
    if tender.standstill_days is not None and tender.standstill_days < least:
        yield {"value": tender.standstill_days, "least": least}


@refusal("tender.lots.repeated", "§3.2.1")
def lots_differ(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Each lot stands once."""
    if len(set(tender.lots)) < len(tender.lots):
        yield {"value": ", ".join(tender.lots)}


@refusal("tender.id.no_channel", "§3.2.1")
def channel_chosen(tender: Tender, s: Situation) -> Iterator[Facts]:
    """It is known where the notice appears."""
    if not s.reader.where("channel", states=("planned", "published"), tender=tender.id):
        yield {"value": tender.id}


@refusal("tender.addenda.not_one_more", "§3.2.1")
def one_more_addendum(tender: Tender, s: Situation) -> Iterator[Facts]:
    """An amendment names exactly one further addendum, after those in force."""
    before = s.before.addenda if s.before else ()
    if len(tender.addenda) != len(before) + 1 or tender.addenda[: len(before)] != before:
        yield {"value": ", ".join(tender.addenda) or "-", "before": ", ".join(before) or "-"}


def _new_addendum(tender: Tender, s: Situation) -> Stored | None:
    return the(s.reader, "addendum", tender.addenda[-1]) if tender.addenda else None


@refusal("tender.addenda.not_issued", "§3.2.1")
def addendum_issued(tender: Tender, s: Situation) -> Iterator[Facts]:
    """The addendum belongs to this tender and was issued."""
    addendum = _new_addendum(tender, s)
    if addendum is not None and (addendum.state != "issued" or addendum.tender != tender.id):
        yield {"value": addendum.id, "state": addendum.state}


@refusal("tender.policy_fingerprint.not_addendum", "§3.2.1")
def as_the_addendum_says(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Fingerprint and deadline become what the addendum says, nothing else."""
    addendum = _new_addendum(tender, s)
    if addendum is None or s.before is None:
        return
    was = (addendum.fingerprint_before, addendum.deadline_before)
    will = (addendum.fingerprint_after, addendum.deadline_after)
    if was != (s.before.policy_fingerprint, s.before.deadline) or will != (tender.policy_fingerprint, tender.deadline):
        yield {"value": tender.policy_fingerprint or "-", "addendum": addendum.id}


@refusal("tender.deadline.passed", "§3.2.1")
def before_deadline(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Nothing is amended once the bids are in."""
    if s.before is not None and s.before.deadline <= s.at:
        yield {"value": shown(s.before.deadline, s)}


@refusal("tender.deadline.not_reached", "§3.2.2")
def deadline_reached(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Bids may come in until the deadline."""
    if tender.deadline is not None and min(s.at, tender.bids_closed_at or s.at) < tender.deadline:
        yield {"value": shown(tender.deadline, s)}


CLOSED_NOT_AHEAD = not_ahead("tender.bids_closed_at.ahead", "§3.2.2", "bids_closed_at")


@refusal("tender.id.not_announced", "§3.2.1")
def announced(tender: Tender, s: Situation) -> Iterator[Facts]:
    """The notice appeared somewhere, with evidence."""
    if not s.reader.where("channel", states=("published",), tender=tender.id):
        yield {"value": tender.id}


@refusal("tender.addenda.not_in_force", "§3.2.1")
def addenda_in_force(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Every addendum that was issued is in force when bidding ends."""
    for addendum in s.reader.where("addendum", states=("issued",), tender=tender.id):
        if addendum.id not in tender.addenda:
            yield {"value": addendum.id}


@refusal("tender.id.award_stands", "§3.2.5")
def no_award_stands(tender: Tender, s: Situation) -> Iterator[Facts]:
    """A tender does not end without a winner while somebody has an award."""
    for award in live_awards(s.reader, tender.id):
        yield {"value": award.id}


OUTCOME_ANEW = anew("tender.outcome_reasons.last_round", "§3.2.4", "outcome_reasons")


@refusal("tender.failed_lots.unknown", "§3.2.4")
def failed_lots_known(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Lots that failed are lots of the tender, and not all of them: then the tender fails."""
    known = lots_of(tender)
    if not set(tender.failed_lots) < set(known):
        yield {"value": ", ".join(tender.failed_lots), "known": ", ".join(known)}


@refusal("tender.failed_lots.no_reasons", "§3.2.4")
def failed_lots_explained(tender: Tender, s: Situation) -> Iterator[Facts]:
    """A lot fails for a reason."""
    if tender.failed_lots and not tender.outcome_reasons.strip():
        yield {"value": ", ".join(tender.failed_lots)}
