"""Guards of intellectual property and filings (§9)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.fields import filled, in_order, not_ahead
from supplier_eval.registry.guards.rounds import anew
from supplier_eval.registry.lifecycle import Guard, Reader, Situation
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.property import Filing, IpItem

CLAUSE = "property"
"""Line of the house rules' checklist ``contracts.clauses`` that settles whose the work is."""


def client_items_out(reader: Reader, contract: str) -> tuple[Stored, ...]:
    """Items of the client that a contract still holds, by id: neither returned nor destroyed (§9.1.2)."""
    return reader.where("ip_item", states=("declared", "agreed"), contract=contract, origin="client")


def _clause(situation: Situation) -> Iterable[Finding]:
    """Whose it is follows from a clause of the contract (§9.1.1)."""
    item = cast(IpItem, situation.record)
    if situation.reader.where("clause", states=("present",), contract=item.contract, item=CLAUSE):
        return ()
    return (Finding("ip_item.contract.no_clause", "ip_item", "contract", value=item.contract),)


def _client_owns(situation: Situation) -> Iterable[Finding]:
    """What the client hands over stays the client's (§9.1.2)."""
    item = cast(IpItem, situation.record)
    if item.origin != "client" or item.owner_party == "client":
        return ()
    return (Finding("ip_item.owner_party.not_client", "ip_item", "owner_party", value=item.owner_party),)


def _is_client(situation: Situation) -> bool:
    return cast(IpItem, situation.record).origin == "client"


def _is_company(situation: Situation) -> bool:
    return not _is_client(situation)


def _from_client(situation: Situation) -> Iterable[Finding]:
    """Only what the client handed over goes back (§9.1.2)."""
    if _is_client(situation):
        return ()
    return (Finding("ip_item.origin.not_client", "ip_item", "origin", value=cast(IpItem, situation.record).origin),)


def _made_here(situation: Situation) -> Iterable[Finding]:
    """Only what was made in the work is listed at its acceptance (§9.2.2)."""
    item = cast(IpItem, situation.record)
    if item.origin == "foreground":
        return ()
    return (Finding("ip_item.origin.not_foreground", "ip_item", "origin", value=item.origin),)


def _own_milestone(situation: Situation) -> Iterable[Finding]:
    """It is listed at an acceptance of its own contract (§9.2.2)."""
    item = cast(IpItem, situation.record)
    milestone = situation.reader.get("milestone", item.milestone) if item.milestone else None
    if milestone is None or milestone.contract == item.contract:
        return ()
    return (Finding("ip_item.milestone.other_contract", "ip_item", "milestone", value=milestone.id),)


def _accepted(situation: Situation) -> Iterable[Finding]:
    """Work is listed when it was accepted, in full or in part (§9.2.2)."""
    item = cast(IpItem, situation.record)
    milestone = situation.reader.get("milestone", item.milestone) if item.milestone else None
    if milestone is None or milestone.state in ("accepted", "accepted_in_part"):
        return ()
    facts = {"state": milestone.state}
    return (Finding("ip_item.milestone.not_accepted", "ip_item", "milestone", value=milestone.id, facts=facts),)


def _own_right(situation: Situation) -> Iterable[Finding]:
    """The company files for what is its own, alone or jointly (§9.2.1)."""
    filing = cast(Filing, situation.record)
    item = situation.reader.get("ip_item", filing.ip_item) if filing.ip_item else None
    if item is None or item.owner_party in ("company", "joint"):
        return ()
    return (Finding("filing.ip_item.not_own", "filing", "ip_item", value=item.id, facts={"owner": item.owner_party}),)


def _runs_longer(situation: Situation) -> Iterable[Finding]:
    """A renewal ends later than what it renews (§9.2.1)."""
    now = cast(Filing, situation.record).expires_on
    then = cast(Filing, situation.before.record).expires_on if situation.before is not None else None
    if now is None or then is None or now > then:
        return ()
    return (
        Finding("filing.expires_on.not_later", "filing", "expires_on", value=str(now), facts={"before": str(then)}),
    )


IP_CLAUSE = Guard("ip_item.contract.no_clause", "§9.1.1", _clause)
IP_LICENCE = filled("ip_item.licence.missing", "§9.1.1", "licence", when=_is_company)
IP_AGREED = not_ahead("ip_item.day.ahead", "§9.1.1", "agreed_on", "accepted_on", "returned_on")
IP_IN_TURN = tuple(
    in_order(f"ip_item.{later}.before_step", "§9.1.1", "agreed_on", later) for later in ("accepted_on", "returned_on")
)
CLIENT_OWNS = Guard("ip_item.owner_party.not_client", "§9.1.2", _client_owns)
CLIENT_TERMS = filled("ip_item.client.lacks", "§9.1.2", "permitted_use", "return_due", when=_is_client)
CLIENT_ONLY = Guard("ip_item.origin.not_client", "§9.1.2", _from_client)
CLIENT_EVIDENCE = filled("ip_item.evidence.missing", "§9.1.2", "evidence")
MADE_HERE = Guard("ip_item.origin.not_foreground", "§9.2.2", _made_here)
OWN_MILESTONE = Guard("ip_item.milestone.other_contract", "§9.2.2", _own_milestone)
ACCEPTED = Guard("ip_item.milestone.not_accepted", "§9.2.2", _accepted)
OWN_RIGHT = Guard("filing.ip_item.not_own", "§9.2.1", _own_right)
FILED_PAST = not_ahead("filing.day.ahead", "§9.2.1", "filed_on", "granted_on")
GRANT_AFTER = in_order("filing.granted_on.before", "§9.2.1", "filed_on", "granted_on")
EXPIRY_AFTER = in_order("filing.expires_on.before", "§9.2.1", "granted_on", "expires_on", apart=True)
ANSWERED_ANEW = anew("filing.next_due.not_anew", "§9.2.1", "next_due")
RUNS_LONGER = Guard("filing.expires_on.not_later", "§9.2.1", _runs_longer)
