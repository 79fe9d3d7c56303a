"""Intellectual property of contracts, and what the company files to protect its own (§9)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.record import Day, Due, Indexed, Line, Person, Record, RecordId, Refers, Text

Named = Annotated[Line, Field(min_length=1)]


class IpItem(Record):
    """One piece of intellectual property that a contract touches: whose it is, who may use it how (§9.1, §9.2.2).

    Parameters
    ----------
    origin : {"background", "foreground", "client"}
        There before the contract; made in its work; handed over by the client.
    owner_party : {"company", "client", "supplier", "joint"}
        Whose it is by the contract; what the client hands over stays the client's.
    licence, permitted_use : str
        Who may use it, for what; a client's item is used for nothing else.
    return_due, returned_on, return_kind : date, date, {"returned", "destroyed"}
        When and how a client's item went back.
    milestone, accepted_on : str, date
        At which acceptance a piece made in the work was listed.
    """

    kind = "ip_item"
    clauses = ("§9.1.1", "§9.1.2", "§9.2.2")
    words = Words(en="Intellectual property item", zh="知识产权项目")

    contract: Annotated[RecordId, Refers("contract")]
    title: Named
    description: Text = ""
    origin: Annotated[Literal["background", "foreground", "client"], Indexed()]
    owner_party: Literal["company", "client", "supplier", "joint"]
    licence: Text = ""
    permitted_use: Text = ""
    agreed_on: Day | None = None
    milestone: Annotated[RecordId | None, Refers("milestone")] = None
    accepted_on: Day | None = None
    return_due: Annotated[Day | None, Due("return", done="returned_on")] = None
    returned_on: Day | None = None
    return_kind: Literal["returned", "destroyed"] | None = None
    evidence: Text = ""
    reason: Text = ""


class Filing(Record):
    """One patent, mark or copyright of the company, from the plan to its expiry (§9.2.1).

    Parameters
    ----------
    ip_item : str
        What it protects; None for something that no contract made.
    file_by, filed_on : date
        Until when it must be applied for, and when it was.
    next_due : date
        Next fee or answer to the office.
    expires_on : date
        When the right ends unless it is renewed.
    """

    kind = "filing"
    clauses = ("§9.2.1",)
    words = Words(en="Filing of a right", zh="知识产权申请")

    ip_item: Annotated[RecordId | None, Refers("ip_item")] = None
    title: Named
    right: Literal["patent", "mark", "copyright"]
    jurisdiction: Line = ""
    number: Annotated[Line, Indexed()] = ""
    owner: Person
    file_by: Annotated[Day | None, Due("filing", done="filed_on")] = None
    filed_on: Day | None = None
    granted_on: Day | None = None
    next_due: Annotated[Day | None, Due("office")] = None
    expires_on: Annotated[Day | None, Due("expiry")] = None
    reason: Text = ""


KINDS: tuple[type[Record], ...] = (IpItem, Filing)
