"""Guards of complaints: the clock, the order of steps, and no closing over the client's head (§5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.complaint_times import due_times
from supplier_eval.registry.guards.fields import in_order, not_ahead
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.records.complaints import Complaint


def _by_the_rules(situation: Situation) -> Iterator[Finding]:
    """No due moment lies later than the house's clock puts it, from intake or from the reopening (§5.3.2)."""
    complaint = cast(Complaint, situation.record)
    rules = situation.rules.complaints
    latest = due_times(complaint.received_at, rules)
    if complaint.reopened_at is not None:
        again = due_times(complaint.reopened_at, rules)
        latest |= {name: again[name] for name in ("resolve_due", "satisfaction_due")}
    for name, moment in latest.items():
        given = getattr(complaint, name)
        if given > moment:
            facts = {"latest": moment.isoformat()}
            yield Finding("complaint.due.later_than_rules", "complaint", name, value=given.isoformat(), facts=facts)


def _own_contract(situation: Situation) -> Iterator[Finding]:
    """The contract is one of the supplier complained of (§5.3.1)."""
    complaint = cast(Complaint, situation.record)
    contract = situation.reader.get("contract", complaint.contract) if complaint.contract is not None else None
    if contract is not None and contract.supplier != complaint.supplier:
        facts = {"supplier": contract.supplier}
        yield Finding("complaint.contract.other_supplier", "complaint", "contract", value=contract.id, facts=facts)


def _same_client(situation: Situation) -> Iterator[Finding]:
    """A repeat follows an earlier complaint of the same client about the same supplier (§5.3.3)."""
    complaint = cast(Complaint, situation.record)
    first = situation.reader.get("complaint", complaint.repeat_of) if complaint.repeat_of is not None else None
    if first is None:
        return
    same = (first.client, first.supplier) == (complaint.client, complaint.supplier) and first.id != complaint.id
    if not same or first.received_at >= complaint.received_at:
        yield Finding("complaint.repeat_of.other", "complaint", "repeat_of", value=first.id)


def _settled(situation: Situation) -> Iterator[Finding]:
    """A complaint is followed until the client is settled (§5.3.3)."""
    complaint = cast(Complaint, situation.record)
    if complaint.satisfaction == "dissatisfied":
        yield Finding("complaint.satisfaction.dissatisfied", "complaint", "satisfaction", value=complaint.client)


RULES = Guard("complaint.due.later_than_rules", "§5.3.2", _by_the_rules)
EDITED = (
    Guard("complaint.contract.other_supplier", "§5.3.1", _own_contract),
    Guard("complaint.repeat_of.other", "§5.3.3", _same_client),
)
RECEIVE = (*EDITED, RULES, not_ahead("complaint.moment.ahead", "§5.3.1", "received_at"))
ACKNOWLEDGE = (
    in_order("complaint.moment.before", "§5.3.2", "received_at", "responded_at"),
    not_ahead("complaint.moment.ahead", "§5.3.2", "responded_at"),
)
RESOLVE = (
    in_order("complaint.moment.before", "§5.3.2", "responded_at", "resolved_at"),
    in_order("complaint.moment.before", "§5.3.2", "reopened_at", "resolved_at"),
    not_ahead("complaint.moment.ahead", "§5.3.2", "resolved_at"),
    anew("complaint.findings.last_round", "§5.3.2", "findings", "measures"),
)
FEED_BACK = (
    in_order("complaint.moment.before", "§5.3.3", "resolved_at", "feedback_at"),
    not_ahead("complaint.moment.ahead", "§5.3.3", "feedback_at"),
    anew("complaint.feedback.last_round", "§5.3.3", "feedback"),
)
CLOSE = (
    Guard("complaint.satisfaction.dissatisfied", "§5.3.3", _settled),
    in_order("complaint.moment.before", "§5.3.3", "feedback_at", "satisfaction_at"),
    not_ahead("complaint.moment.ahead", "§5.3.3", "satisfaction_at"),
)
REOPEN = (
    RULES,
    not_ahead("complaint.moment.ahead", "§5.3.3", "reopened_at"),
    anew("complaint.reopened_at.last_round", "§5.3.3", "reopened_at"),
    in_order("complaint.moment.before", "§5.3.3", "received_at", "reopened_at"),
    cleared("complaint.round.last_answers", "§5.3.3", "resolved_at", "feedback_at", "satisfaction", "satisfaction_at"),
)
