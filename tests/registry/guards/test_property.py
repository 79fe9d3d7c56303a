"""What stands against a move of a piece of intellectual property, or of a filing (§9)."""

from __future__ import annotations

from datetime import date

from registry_shelf import NOW, Shelf, objections, situation, stored
from supplier_eval.registry.guards import property as guards
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.property import Filing, IpItem

TODAY = NOW.date()


def item(**fields: object) -> IpItem:
    given = {"id": "Q-1", "contract": "C-1", "title": "Script", "origin": "foreground", "owner_party": "company"}
    return IpItem(**{**given, **fields})


def filing(**fields: object) -> Filing:
    return Filing(**{"id": "F-1", "title": "Script", "right": "copyright", "owner": "wu", **fields})


def clause(state: str = "present", **fields: object) -> Stored:
    return stored("clause", state, **{"id": "K-1", "contract": "C-1", "item": "property", "reference": "9", **fields})


def test_ownership_needs_a_clause_that_stands():
    code = [("ip_item.contract.no_clause", "contract")]
    assert objections(guards.IP_CLAUSE, situation(item(), clause())) == []
    assert objections(guards.IP_CLAUSE, situation(item(), clause("struck"))) == code
    assert objections(guards.IP_CLAUSE, situation(item(), clause(item="price"))) == code
    assert objections(guards.IP_CLAUSE, situation(item(), clause(contract="C-2"))) == code


def test_what_the_client_hands_over_stays_the_clients_and_has_terms():
    theirs = item(origin="client", owner_party="client")
    assert objections(guards.CLIENT_OWNS, situation(theirs)) == []
    taken = item(origin="client")
    assert objections(guards.CLIENT_OWNS, situation(taken)) == [("ip_item.owner_party.not_client", "owner_party")]
    columns = [column for _, column in objections(guards.CLIENT_TERMS, situation(theirs))]
    assert columns == ["permitted_use", "return_due"]
    assert objections(guards.CLIENT_TERMS, situation(item())) == []


def test_only_the_clients_goes_back_and_only_work_is_listed():
    background = item(origin="background")
    assert objections(guards.CLIENT_ONLY, situation(background)) == [("ip_item.origin.not_client", "origin")]
    assert objections(guards.MADE_HERE, situation(background)) == [("ip_item.origin.not_foreground", "origin")]
    assert objections(guards.MADE_HERE, situation(item())) == []


def test_it_is_listed_at_a_milestone_of_its_own_contract():
    other = stored("milestone", "accepted", id="M-1", contract="C-2", title="Release", due_on=TODAY)
    code = [("ip_item.milestone.other_contract", "milestone")]
    assert objections(guards.OWN_MILESTONE, situation(item(milestone="M-1"), other)) == code
    own = stored("milestone", "accepted", id="M-1", contract="C-1", title="Release", due_on=TODAY)
    assert objections(guards.OWN_MILESTONE, situation(item(milestone="M-1"), own)) == []


def test_it_is_listed_when_the_work_was_accepted():
    for state, allowed in (("accepted", True), ("accepted_in_part", True), ("planned", False), ("rejected", False)):
        kept = stored("milestone", state, id="M-1", contract="C-1", title="Release", due_on=TODAY)
        found = objections(guards.ACCEPTED, situation(item(milestone="M-1"), kept))
        assert found == ([] if allowed else [("ip_item.milestone.not_accepted", "milestone")])


def test_the_company_files_for_its_own():
    for owner, allowed in (("company", True), ("joint", True), ("supplier", False), ("client", False)):
        kept = stored("ip_item", "agreed", **{**item().model_dump(), "owner_party": owner})
        assert (objections(guards.OWN_RIGHT, situation(filing(ip_item="Q-1"), kept)) == []) is allowed
    assert objections(guards.OWN_RIGHT, situation(filing())) == []


def test_a_renewal_runs_longer():
    before = stored("filing", "granted", **filing(expires_on=date(2030, 1, 1)).model_dump())
    same = situation(filing(expires_on=date(2030, 1, 1)), before=before)
    assert objections(guards.RUNS_LONGER, same) == [("filing.expires_on.not_later", "expires_on")]
    assert objections(guards.RUNS_LONGER, situation(filing(expires_on=date(2040, 1, 1)), before=before)) == []


def test_items_of_the_client_that_are_still_here_are_found():
    def kept(key: str, state: str, origin: str) -> Stored:
        owner = "client" if origin == "client" else "company"
        return stored("ip_item", state, **item(id=key, origin=origin, owner_party=owner).model_dump())

    here = kept("Q-1", "agreed", "client")
    others = kept("Q-2", "returned", "client"), kept("Q-3", "agreed", "foreground")
    assert guards.client_items_out(Shelf(here, *others), "C-1") == (here,)
    assert guards.client_items_out(Shelf(here), "C-2") == ()
