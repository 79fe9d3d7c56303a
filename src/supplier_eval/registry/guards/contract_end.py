"""Before a contract ends: destruction certified, access returned, the client's property back (§4.2.3, §8.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.contract_terms import outstanding
from supplier_eval.registry.guards.fields import in_order, not_ahead
from supplier_eval.registry.guards.property import client_items_out
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.records.contracts import Contract


def _full_term(situation: Situation) -> Iterator[Finding]:
    """A contract ends with its term; before that it is terminated (§4.2.3)."""
    contract = cast(Contract, situation.record)
    if contract.ended_on is not None and contract.ends_on is not None and contract.ended_on < contract.ends_on:
        facts = {"ends_on": str(contract.ends_on)}
        yield Finding("contract.ended_on.early", "contract", "ended_on", value=str(contract.ended_on), facts=facts)


def _termination(situation: Situation) -> Iterator[Finding]:
    """An early end has its approved and effective record, with its exit duties (§4.2.3)."""
    contract = cast(Contract, situation.record)
    found = situation.reader.where("change", states=("effective",), contract=contract.id, subject="termination")
    if contract.ended_on is None or not any(change.effective_on <= contract.ended_on for change in found):
        given = str(contract.ended_on or "-")
        yield Finding("contract.ended_on.no_termination", "contract", "ended_on", value=given)


def _destroyed(situation: Situation) -> Iterator[Finding]:
    """What was confidential is certified as destroyed, or kept with leave (§8.3.1)."""
    contract = cast(Contract, situation.record)
    if situation.rules.rank(contract.data_class) == 0:
        return
    found = situation.reader.where("destruction", contract=contract.id)
    if not found:
        facts = {"data_class": contract.data_class}
        yield Finding("contract.destruction.missing", "contract", "destruction", value="-", facts=facts)
    for known in found:
        if known.state == "asked":
            facts = {"data_class": known.data_class}
            yield Finding("contract.destruction.missing", "contract", "destruction", value=known.id, facts=facts)


def _access(situation: Situation) -> Iterator[Finding]:
    """Every badge, account and machine came back (§8.3.2)."""
    for known in situation.reader.where("access", states=("granted",), contract=situation.record.id):
        facts = {"person": known.person, "place": known.place_or_equipment}
        yield Finding("contract.access.not_returned", "contract", "access", value=known.id, facts=facts)


def _client_items(situation: Situation) -> Iterator[Finding]:
    """What the client handed over went back or was destroyed (§9.1.2)."""
    for known in client_items_out(situation.reader, situation.record.id):
        facts = {"title": known.title}
        yield Finding("contract.ip_item.not_returned", "contract", "ip_item", value=known.id, facts=facts)


def _written_in(situation: Situation) -> Iterator[Finding]:
    """Every effective change stands in the contract's figures before it is closed (§4.2.3)."""
    contract = cast(Contract, situation.record)
    found = situation.reader.where("change", states=("effective",), contract=contract.id, subject="change")
    for known in outstanding(contract, found):
        yield Finding("contract.amended_by.outstanding", "contract", "amended_by", value=known.id)


FULL_TERM = Guard("contract.ended_on.early", "§4.2.3", _full_term)
TERMINATION = Guard("contract.ended_on.no_termination", "§4.2.3", _termination)
DESTROYED = Guard("contract.destruction.missing", "§8.3.1", _destroyed)
ACCESS = Guard("contract.access.not_returned", "§8.3.2", _access)
CLIENT_ITEMS = Guard("contract.ip_item.not_returned", "§9.1.2", _client_items)
ENDED_PAST = not_ahead("contract.day.ahead", "§4.2.3", "ended_on")
ENDED_AFTER = in_order("contract.ended_on.before", "§4.2.3", "signed_on", "ended_on")
WRITTEN_IN = Guard("contract.amended_by.outstanding", "§4.2.3", _written_in)

DUTIES = (WRITTEN_IN, DESTROYED, ACCESS, CLIENT_ITEMS, ENDED_PAST)
END = (FULL_TERM, *DUTIES)
TERMINATE = (TERMINATION, ENDED_AFTER, *DUTIES)
