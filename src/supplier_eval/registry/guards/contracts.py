"""Guards of clauses, rates, authorities, milestones, checks and their findings (§3.2.5, §4.1.2, §4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.fields import different_people, filled, in_order, not_ahead
from supplier_eval.registry.guards.procedure import today
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.records.contracts import Check, CheckFinding, Clause, Milestone, Rate

IN_FORCE = ("signed", "running")


def _still_draft(situation: Situation) -> Iterator[Finding]:
    """Clauses stand as they were reviewed: only a draft's are written (§4.1.1)."""
    clause = cast(Clause, situation.record)
    contract = situation.reader.get("contract", clause.contract)
    if contract is not None and contract.state != "draft":
        facts = {"state": contract.state}
        yield Finding("clause.contract.not_draft", "clause", "contract", value=contract.id, facts=facts)


def _known_item(situation: Situation) -> Iterator[Finding]:
    """A clause answers to a line of the house's checklist (§3.2.5)."""
    clause = cast(Clause, situation.record)
    known = tuple(line.id for line in situation.rules.contracts.clauses)
    if clause.item not in known:
        facts = {"known": ", ".join(known) or "-"}
        yield Finding("clause.item.unknown", "clause", "item", value=clause.item, facts=facts)


def _one_of_an_item(situation: Situation) -> Iterator[Finding]:
    """A line of the checklist is answered once (§3.2.5)."""
    clause = cast(Clause, situation.record)
    for other in situation.reader.where("clause", states=("present",), contract=clause.contract, item=clause.item):
        if other.id != clause.id:
            yield Finding("clause.item.twice", "clause", "item", value=clause.item, facts={"other": other.id})


def _rate_agreed(situation: Situation) -> Iterator[Finding]:
    """A rate is written in a draft, or by a change that is effective (§4.2.3)."""
    rate = cast(Rate, situation.record)
    contract = situation.reader.get("contract", rate.contract)
    if contract is None or contract.state == "draft":
        return
    change = situation.reader.get("change", rate.change) if rate.change is not None else None
    if change is None or change.contract != rate.contract or change.state != "effective":
        facts = {"state": contract.state}
        yield Finding("rate.change.missing", "rate", "change", value=rate.change or "-", facts=facts)


def _rate_in_draft(situation: Situation) -> Iterator[Finding]:
    """A rate that was signed is never edited nor struck; a change lets it expire and brings a new one (§4.2.3)."""
    rate = cast(Rate, situation.record)
    contract = situation.reader.get("contract", rate.contract)
    if contract is not None and contract.state != "draft":
        facts = {"state": contract.state}
        yield Finding("rate.contract.not_draft", "rate", "contract", value=contract.id, facts=facts)


def _for_contract_in_force(situation: Situation) -> Iterator[Finding]:
    """Work is delivered under a contract in force (§4.2.1)."""
    milestone = cast(Milestone, situation.record)
    contract = situation.reader.get("contract", milestone.contract)
    if contract is not None and contract.state not in IN_FORCE:
        facts = {"state": contract.state}
        yield Finding("milestone.contract.not_in_force", "milestone", "contract", value=contract.id, facts=facts)


def _whole_quantity(situation: Situation) -> Iterator[Finding]:
    """What is accepted in full reaches the agreed quantity (§4.2.1)."""
    milestone = cast(Milestone, situation.record)
    if milestone.quantity is None:
        return
    if milestone.accepted_quantity is None or milestone.accepted_quantity < milestone.quantity:
        facts = {"quantity": str(milestone.quantity), "unit": milestone.unit}
        given = str(milestone.accepted_quantity if milestone.accepted_quantity is not None else "-")
        yield Finding("milestone.accepted_quantity.short", "milestone", "accepted_quantity", value=given, facts=facts)


def _part_of_quantity(situation: Situation) -> Iterator[Finding]:
    """What is accepted in part stays below the agreed quantity (§4.2.1)."""
    milestone = cast(Milestone, situation.record)
    given = milestone.accepted_quantity
    if milestone.quantity is None or (given is not None and given >= milestone.quantity):
        facts = {"quantity": str(milestone.quantity if milestone.quantity is not None else "-")}
        shown = str(given if given is not None else "-")
        yield Finding("milestone.accepted_quantity.whole", "milestone", "accepted_quantity", value=shown, facts=facts)


def _of_something(situation: Situation) -> Iterator[Finding]:
    """A check looks at a contract or at a supplier (§4.2.2)."""
    check = cast(Check, situation.record)
    if check.contract is None and check.supplier is None:
        yield Finding("check.contract.missing", "check", "contract")


def _counted(situation: Situation) -> Iterator[Finding]:
    """Not more failed than were looked at (§4.2.2)."""
    check = cast(Check, situation.record)
    if check.items is not None and check.failures is not None and check.failures > check.items:
        facts = {"items": check.items}
        yield Finding("check.failures.above_items", "check", "failures", value=str(check.failures), facts=facts)


def _failures_found(situation: Situation) -> Iterator[Finding]:
    """What failed stands in a finding with owner and day (§4.2.2)."""
    check = cast(Check, situation.record)
    if check.failures and not situation.reader.where("finding", check=check.id):
        yield Finding("check.failures.no_finding", "check", "failures", value=str(check.failures))


def _of_its_check(situation: Situation) -> Iterator[Finding]:
    """A finding belongs to the contract that was checked (§4.2.2)."""
    finding = cast(CheckFinding, situation.record)
    check = situation.reader.get("check", finding.check)
    if check is not None and finding.contract is not None and check.contract != finding.contract:
        facts = {"checked": check.contract or "-"}
        yield Finding("finding.contract.other", "finding", "contract", value=finding.contract, facts=facts)


def _still_ahead(situation: Situation) -> Iterator[Finding]:
    """What is sent back gets a new day (§4.2.2)."""
    due = cast(CheckFinding, situation.record).due
    if due < today(situation):
        facts = {"today": str(today(situation))}
        yield Finding("finding.due.past", "finding", "due", value=str(due), facts=facts)


CLAUSE = (
    Guard("clause.contract.not_draft", "§4.1.1", _still_draft),
    Guard("clause.item.unknown", "§3.2.5", _known_item),
    Guard("clause.item.twice", "§3.2.5", _one_of_an_item),
)
STRIKE_CLAUSE = CLAUSE[:1]
RATE_PERIOD = in_order("rate.valid_until.before", "§3.2.5", "valid_from", "valid_until")
RATE = (Guard("rate.change.missing", "§4.2.3", _rate_agreed), RATE_PERIOD)
RATE_IN_DRAFT = (Guard("rate.contract.not_draft", "§4.2.3", _rate_in_draft),)
EXPIRE_RATE = (*RATE, anew("rate.change.last_round", "§4.2.3", "change"))
AUTHORITY = (
    different_people("authority.granted_by.self", "§4.1.2", "person", "granted_by"),
    in_order("authority.valid_until.before", "§4.1.2", "valid_from", "valid_until"),
)
REVOKE = (not_ahead("authority.revoked_on.ahead", "§4.1.2", "revoked_on"),)
DELIVER = (
    Guard("milestone.contract.not_in_force", "§4.2.1", _for_contract_in_force),
    not_ahead("milestone.day.ahead", "§4.2.1", "delivered_on"),
    in_order("milestone.delivered_on.before_rejection", "§4.2.1", "rejected_on", "delivered_on"),
)
JUDGED = (
    not_ahead("milestone.day.ahead", "§4.2.1", "accepted_on", "rejected_on"),
    in_order("milestone.accepted_on.before", "§4.2.1", "delivered_on", "accepted_on"),
)
ACCEPT = (*JUDGED, Guard("milestone.accepted_quantity.short", "§4.2.1", _whole_quantity))
JUDGED_ANEW = anew("milestone.quality.last_round", "§4.2.1", "quality", "accepted_quantity", "rejected_on")
ACCEPT_IN_PART = (*JUDGED, Guard("milestone.accepted_quantity.whole", "§4.2.1", _part_of_quantity), JUDGED_ANEW)
REJECT = (*JUDGED, in_order("milestone.rejected_on.before", "§4.2.1", "delivered_on", "rejected_on"), JUDGED_ANEW)
CHECK = (Guard("check.contract.missing", "§4.2.2", _of_something),)
DO_CHECK = (
    not_ahead("check.done_on.ahead", "§4.2.2", "done_on"),
    Guard("check.failures.above_items", "§4.2.2", _counted),
    Guard("check.failures.no_finding", "§4.2.2", _failures_found),
)
FINDING = (Guard("finding.contract.other", "§4.2.2", _of_its_check),)
CORRECT = (
    filled("finding.action.missing", "§4.2.2", "action"),
    not_ahead("finding.day.ahead", "§4.2.2", "corrected_on"),
)
SEND_BACK = (
    cleared("finding.corrected_on.last_round", "§4.2.2", "corrected_on"),
    Guard("finding.due.past", "§4.2.2", _still_ahead),
    anew("finding.reason.last_round", "§4.2.2", "reason"),
)
VERIFY = (
    different_people("finding.verified_by.owner", "§4.2.2", "owner", "verified_by"),
    not_ahead("finding.day.ahead", "§4.2.2", "verified_on"),
    in_order("finding.verified_on.before", "§4.2.2", "corrected_on", "verified_on"),
)
