"""Chapter 9, item by item: whose the work is, what belongs to the client, what the company files."""

from __future__ import annotations

from datetime import date

from registry_begun import DAY, TODAY, add, contract, refused
from registry_contract import Contracting
from supplier_eval.registry.guards.property import client_items_out
from supplier_eval.registry.record import Stored


def clause(registry, of: str = "C-1") -> Stored:
    return add(registry, "clause", f"K-{of}", contract=of, item="property", reference="§ 12")


def item(registry, key: str = "Q-1", **fields: object) -> Stored:
    given = {"contract": "C-1", "title": "Booking script", "origin": "foreground", "owner_party": "company"}
    return add(registry, "ip_item", key, **{**given, **fields})


def test_9_1_1_ownership_is_agreed_under_a_clause_of_the_contract_with_a_licence(registry):
    contract(registry)
    declared = item(registry)
    with refused("ip_item.contract.no_clause", "ip_item.licence.missing"):
        registry.move(declared, "agree", agreed_on=TODAY)
    clause(registry)
    with refused("ip_item.day.ahead"):
        registry.move(declared, "agree", agreed_on=TODAY + 2 * DAY, licence="supplier: none")
    agreed = registry.move(declared, "agree", agreed_on=TODAY, licence="supplier: none")
    with refused("ip_item.owner_party.not_editable"):
        registry.edit(agreed, owner_party="supplier")
    with refused("ip_item.owner_party.no_choice", "ip_item.origin.no_choice"):
        item(registry, "Q-2", owner_party="nobody", origin="found")
    assert registry.where("ip_item", states=("agreed",), contract="C-1") == (agreed,)


def test_9_1_1_a_clause_that_was_struck_settles_nothing(registry):
    contract(registry)
    declared = item(registry, origin="background", owner_party="supplier")
    registry.move(clause(registry), "strike")
    with refused("ip_item.contract.no_clause"):
        registry.move(declared, "agree", agreed_on=TODAY, licence="company: use within the service")
    with refused("ip_item.reason.needed"):
        registry.move(declared, "withdraw")
    assert registry.move(declared, "withdraw", reason="not used").state == "withdrawn"


def test_9_1_2_what_the_client_handed_over_is_marked_limited_and_returned(registry):
    contract(registry)
    terms = {"permitted_use": "answering its tickets", "return_due": TODAY + 30 * DAY}
    theirs = {"origin": "client", "owner_party": "client"}
    with refused("ip_item.client.lacks"):
        item(registry, **theirs)
    with refused("ip_item.owner_party.not_client"):
        item(registry, **{**theirs, "owner_party": "company"}, **terms)
    kept = item(registry, **theirs, **terms)
    with refused("ip_item.client.lacks"):
        registry.edit(kept, permitted_use=" ")
    assert registry.between("ip_item", "return_due", None, TODAY + 30 * DAY, but=("returned",)) == (kept,)
    with registry.reading() as reading:
        assert client_items_out(reading, "C-1") == (kept,)
    with refused("ip_item.evidence.missing", "ip_item.day.ahead"):
        registry.move(kept, "return", returned_on=TODAY + 2 * DAY, return_kind="destroyed")
    back = registry.move(kept, "return", returned_on=TODAY, return_kind="destroyed", evidence="certificate 4")
    assert back.state == "returned"
    with registry.reading() as reading:
        assert client_items_out(reading, "C-1") == ()
    with refused("ip_item.origin.not_client"):
        own = item(registry, "Q-2")
        registry.move(own, "return", returned_on=TODAY, return_kind="returned", evidence="receipt")


def filing(registry, key: str = "F-1", **fields: object) -> Stored:
    return add(registry, "filing", key, **{"title": "Booking script", "right": "patent", "owner": "wu", **fields})


def test_9_2_1_a_right_is_applied_for_granted_renewed_and_its_expiry_is_listed(registry, clock):
    contract(registry)
    item(registry, "Q-1", owner_party="joint")
    planned = filing(registry, ip_item="Q-1", file_by=TODAY + 60 * DAY)
    assert registry.between("filing", "file_by", None, TODAY + 60 * DAY) == (planned,)
    with refused("filing.state.no_such_move"):
        registry.move(planned, "grant", granted_on=TODAY, number="CN 1", expires_on=date(2046, 1, 1))
    with refused("filing.filed_on.needed", "filing.jurisdiction.needed", "filing.next_due.needed"):
        registry.move(planned, "file")
    with refused("filing.day.ahead"):
        registry.move(planned, "file", filed_on=TODAY + 2 * DAY, jurisdiction="CN", next_due=TODAY + 90 * DAY)
    filed = registry.move(planned, "file", filed_on=TODAY, jurisdiction="CN", next_due=TODAY + 90 * DAY)
    with refused("filing.next_due.not_anew"):
        registry.move(filed, "answer")
    filed = registry.move(filed, "answer", next_due=TODAY + 300 * DAY)
    clock.advance(days=400)
    then = TODAY + 400 * DAY
    with refused("filing.granted_on.before"):
        registry.move(filed, "grant", granted_on=TODAY - DAY, number="CN 1", expires_on=date(2046, 1, 1))
    with refused("filing.expires_on.before"):
        registry.move(filed, "grant", granted_on=then, number="CN 1", expires_on=then)
    granted = registry.move(filed, "grant", granted_on=then, number="CN 1", expires_on=date(2036, 1, 1))
    assert registry.between("filing", "expires_on", None, date(2036, 1, 1)) == (granted,)
    with refused("filing.expires_on.not_later"):
        registry.move(granted, "renew", expires_on=date(2036, 1, 1))
    assert registry.move(granted, "renew", expires_on=date(2046, 1, 1)).state == "granted"


def test_9_2_1_the_company_does_not_file_for_what_is_not_its_own(registry):
    contract(registry)
    item(registry, owner_party="supplier")
    with refused("filing.ip_item.not_own"):
        filing(registry, ip_item="Q-1")
    kept = filing(registry)
    with refused("filing.ip_item.not_own"):
        registry.edit(kept, ip_item="Q-1")
    with refused("filing.reason.needed"):
        registry.move(kept, "abandon")
    assert registry.move(kept, "abandon", reason="published elsewhere").state == "abandoned"


def test_9_2_2_what_was_made_in_the_work_is_listed_at_an_acceptance_with_its_owner(registry, clock):
    c = Contracting(registry, clock)
    c.running()
    contract(registry, "C-2", of="S-9")
    for key, of in (("M-1", "C-1"), ("M-2", "C-2")):
        add(registry, "milestone", key, contract=of, title="Release 1", due_on=c.today)
    agreed = registry.move(item(registry), "agree", agreed_on=c.today, licence="supplier: none")
    with refused("ip_item.milestone.needed"):
        registry.move(agreed, "accept", accepted_on=c.today)
    with refused("ip_item.milestone.other_contract", "ip_item.milestone.not_accepted"):
        registry.move(agreed, "accept", accepted_on=c.today, milestone="M-2")
    with refused("ip_item.milestone.not_accepted"):
        registry.move(agreed, "accept", accepted_on=c.today, milestone="M-1")
    c.move("milestone", "M-1", "deliver", delivered_on=c.today)
    c.move("milestone", "M-1", "accept", accepted_on=c.today, accepted_by="sun.li", quality="as agreed")
    listed = registry.move(agreed, "accept", accepted_on=c.today, milestone="M-1")
    assert (listed.state, listed.owner_party, listed.milestone) == ("listed", "company", "M-1")
    background = item(registry, "Q-2", origin="background", owner_party="supplier")
    agreed = registry.move(background, "agree", agreed_on=c.today, licence="company: use")
    with refused("ip_item.origin.not_foreground"):
        registry.move(agreed, "accept", accepted_on=c.today, milestone="M-1")
