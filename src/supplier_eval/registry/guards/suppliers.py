"""Guards of the archive, certificates, contacts and trainings (§3.3.1, §3.3.3, §3.3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.fields import blank, filled, in_order, not_ahead
from supplier_eval.registry.guards.procedure import today
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.records.suppliers import Certificate, Contact, Supplier, Training

IN_FORCE = ("signed", "running")


def _one_archive(situation: Situation) -> Iterator[Finding]:
    """A company has one archive (§3.3.1)."""
    code = cast(Supplier, situation.record).unified_code
    for other in situation.reader.where("supplier", unified_code=code) if code else ():
        if other.id != situation.record.id:
            facts = {"other": other.id}
            yield Finding("supplier.unified_code.taken", "supplier", "unified_code", value=code, facts=facts)


def _own_parent(situation: Situation) -> Iterator[Finding]:
    """Nobody controls itself, through others either (§3.3.1)."""
    seen, key = {situation.record.id}, cast(Supplier, situation.record).parent
    while key is not None and key not in seen:
        seen.add(key)
        above = situation.reader.get("supplier", key)
        key = above.parent if above is not None else None
    if key is not None and key == situation.record.id:
        parent = cast(Supplier, situation.record).parent or ""
        yield Finding("supplier.parent.itself", "supplier", "parent", value=parent)


def _categories(situation: Situation) -> Iterator[Finding]:
    """Service categories are those of the house (§1.2)."""
    for given in cast(Supplier, situation.record).categories:
        if given not in situation.rules.categories:
            facts = {"known": ", ".join(situation.rules.categories)}
            yield Finding("supplier.categories.unknown", "supplier", "categories", value=given, facts=facts)


def _no_contract_runs(situation: Situation) -> Iterator[Finding]:
    """Nobody leaves with a contract in force (§3.3.1)."""
    for contract in situation.reader.where("contract", states=IN_FORCE, supplier=situation.record.id):
        yield Finding("supplier.state.contract_runs", "supplier", "state", value=contract.id)


def _still_ahead(situation: Situation) -> Iterator[Finding]:
    """A suspension names a day to come on which it is looked at again (§3.3.2)."""
    day = cast(Supplier, situation.record).review_on
    if day is not None and day < today(situation):
        yield Finding("supplier.review_on.past", "supplier", "review_on", value=str(day))


def _successor(situation: Situation) -> Iterator[Finding]:
    """A certificate is replaced by another one of the same supplier that is held (§3.3.1)."""
    certificate = cast(Certificate, situation.record)
    key = certificate.replaced_by
    other = situation.reader.get("certificate", key) if key is not None else None
    other_one = other is not None and other.id != certificate.id and other.supplier == certificate.supplier
    if other is not None and not (other_one and other.state == "held"):
        yield Finding("certificate.replaced_by.other", "certificate", "replaced_by", value=other.id)


def _has_problem(situation: Situation) -> bool:
    return not blank(situation.record, "problem")


def _own_contract(situation: Situation) -> Iterator[Finding]:
    """A contact is about a contract of the same supplier (§3.3.3)."""
    contact = cast(Contact, situation.record)
    contract = situation.reader.get("contract", contact.contract) if contact.contract is not None else None
    if contract is not None and contract.supplier != contact.supplier:
        facts = {"supplier": contract.supplier}
        yield Finding("contact.contract.other_supplier", "contact", "contract", value=contract.id, facts=facts)


def _of_suppliers(situation: Situation) -> bool:
    return cast(Training, situation.record).audience == "supplier"


def _present(situation: Situation) -> Iterator[Finding]:
    """Not more came than were due (§3.3.4)."""
    training = cast(Training, situation.record)
    if training.people_due is None or training.people_present is None:
        return
    if training.people_present > training.people_due:
        given, facts = str(training.people_present), {"due": training.people_due}
        yield Finding("training.people_present.above", "training", "people_present", value=given, facts=facts)


SUPPLIER = (
    Guard("supplier.unified_code.taken", "§3.3.1", _one_archive),
    Guard("supplier.parent.itself", "§3.3.1", _own_parent),
    Guard("supplier.categories.unknown", "§1.2", _categories),
)
PAST = not_ahead("supplier.day.ahead", "§3.3.1", "approved_on", "decided_on", "founded_on")
APPROVE = (*SUPPLIER, PAST, in_order("supplier.approved_on.before_decision", "§3.3.1", "decided_on", "approved_on"))
DECIDED = (PAST, anew("supplier.reason.last_decision", "§3.3.2", "reason", "decided_by", "decided_on"))
SUSPEND = (*DECIDED, Guard("supplier.review_on.past", "§3.3.2", _still_ahead))
LEAVE = (*DECIDED, Guard("supplier.state.contract_runs", "§3.3.1", _no_contract_runs))
CERTIFICATE = (in_order("certificate.valid_until.before", "§3.3.1", "valid_from", "valid_until"),)
REPLACE = (Guard("certificate.replaced_by.other", "§3.3.1", _successor),)
CONTACT = (
    filled("contact.problem.no_owner", "§3.3.3", "owner", "due", when=_has_problem),
    in_order("contact.due.before", "§3.3.3", "on", "due"),
    not_ahead("contact.day.ahead", "§3.3.3", "on"),
    Guard("contact.contract.other_supplier", "§3.3.3", _own_contract),
)
CLOSE_CONTACT = (
    filled("contact.problem.not_solved", "§3.3.3", "resolved_on", "outcome", when=_has_problem),
    in_order("contact.resolved_on.before", "§3.3.3", "on", "resolved_on"),
    not_ahead("contact.day.ahead", "§3.3.3", "resolved_on"),
)
REOPEN_CONTACT = (
    *CONTACT,
    cleared("contact.resolved_on.last_round", "§3.3.3", "resolved_on"),
    anew("contact.reason.last_round", "§3.3.3", "reason"),
)
TRAINING = (filled("training.supplier.missing", "§3.3.4", "supplier", when=_of_suppliers),)
HOLD = (
    *TRAINING,
    not_ahead("training.held_on.ahead", "§3.3.4", "held_on"),
    Guard("training.people_present.above", "§3.3.4", _present),
)
