"""Guards of what goes out to bidders: addenda, channels, documents under an agreement (§3.2.1, §3.2.2, §8.2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from supplier_eval.registry.guards.agreements import needs_agreement, valid_agreement
from supplier_eval.registry.guards.fields import not_ahead
from supplier_eval.registry.guards.procedure import MAY_BID, Facts, not_one_of, refusal, shown, tender_of, the, today
from supplier_eval.registry.lifecycle import Situation
from supplier_eval.registry.records.tendering import Addendum, Channel, Registration


@refusal("addendum.tender.not_open", "§3.2.1")
def amendable(addendum: Addendum, s: Situation) -> Iterator[Facts]:
    """An addendum comes after publication and before the deadline."""
    tender = tender_of(addendum, s)
    if tender.state != "published" or tender.deadline <= s.at:
        yield {"value": tender.id, "state": tender.state}


@refusal("addendum.fingerprint_before.differs", "§3.2.1")
def starts_from_what_holds(addendum: Addendum, s: Situation) -> Iterator[Facts]:
    """It names the fingerprint and the deadline that hold now."""
    tender = tender_of(addendum, s)
    holds = (tender.policy_fingerprint, tender.deadline)
    if (addendum.fingerprint_before, addendum.deadline_before) != holds:
        yield {"value": addendum.fingerprint_before or "-", "holds": tender.policy_fingerprint or "-"}


@refusal("addendum.deadline_after.earlier", "§3.2.1")
def never_shortened(addendum: Addendum, s: Situation) -> Iterator[Facts]:
    """A deadline is moved later or left, never earlier."""
    before, after = addendum.deadline_before, addendum.deadline_after
    if before is not None and after is not None and after < before:
        yield {"value": shown(after, s), "before": shown(before, s)}


ADDENDUM_NOT_AHEAD = not_ahead("addendum.issued_at.ahead", "§3.2.1", "issued_at")


@refusal("channel.tender.not_published", "§3.2.1")
def after_freezing(channel: Channel, s: Situation) -> Iterator[Facts]:
    """The notice appears when criteria and deadline are frozen."""
    yield from not_one_of(tender_of(channel, s), ("published",))


CHANNEL_NOT_AHEAD = not_ahead("channel.published_at.ahead", "§3.2.1", "published_at")


@refusal("registration.tender.not_open", "§3.2.2")
def registration_open(registration: Registration, s: Situation) -> Iterator[Facts]:
    """Documents are given out from publication to the deadline."""
    tender = tender_of(registration, s)
    if tender.state != "published" or tender.deadline <= s.at:
        yield {"value": tender.id, "state": tender.state}


@refusal("registration.supplier.no_agreement", "§8.2.2")
def supplier_bound(registration: Registration, s: Situation) -> Iterator[Facts]:
    """No tender document above public without a confidentiality agreement."""
    data_class = tender_of(registration, s).data_class
    if needs_agreement(data_class, s.rules) and not valid_agreement(
        s.reader, "supplier", registration.supplier, data_class, today(s), s.rules
    ):
        yield {"value": registration.supplier, "data_class": data_class}


@refusal("registration.supplier.excluded", "§3.1.1")
def supplier_may_bid(registration: Registration, s: Situation) -> Iterator[Facts]:
    """A supplier who is suspended, barred or gone gets no documents."""
    yield from not_one_of(the(s.reader, "supplier", registration.supplier), MAY_BID)


REGISTERED_NOT_AHEAD = not_ahead("registration.registered_at.ahead", "§3.2.2", "registered_at")
