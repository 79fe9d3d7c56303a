"""Agreements, access, handling and destruction of what is confidential (§8)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.record import (
    Day,
    Digest,
    Due,
    Indexed,
    Line,
    Person,
    Record,
    RecordId,
    Refers,
    Text,
)

Named = Annotated[Line, Field(min_length=1)]
Said = Annotated[Text, Field(min_length=1)]


class Agreement(Record):
    """Who owes secrecy to the company, for which class of information, how far and how long (§8.2.1, §8.2.2).

    Parameters
    ----------
    party_kind : {"supplier", "employee", "evaluator"}
        A supplier is one of the registry's; employees and evaluators are persons.
    party : str
        Id of the supplier or person.
    data_class : str
        Highest class of information that it covers (§8.1.2); it covers every lower one too.
    definition, scope, applicability, liability : str
        What counts as confidential, what it covers, whom and when it binds, what a breach costs.
    valid_from, valid_until : date
        First and last day on which it covers new access; the duty may last longer.
    attachment : str
        Digest of the signed text.
    """

    kind = "agreement"
    clauses = ("§8.2.1", "§8.2.2")
    words = Words(en="Confidentiality agreement", zh="保密协议")

    party_kind: Literal["supplier", "employee", "evaluator"]
    party: Annotated[RecordId, Indexed()]
    data_class: Line
    definition: Text = ""
    scope: Text = ""
    applicability: Text = ""
    liability: Text = ""
    valid_from: Day | None = None
    valid_until: Annotated[Day | None, Due("expiry")] = None
    signed_on: Day | None = None
    signed_by: Person | None = None
    attachment: Annotated[Digest | None, Refers("attachment")] = None
    ended_on: Day | None = None
    end_reason: Text = ""


class Access(Record):
    """Leave for one person to enter a place or use equipment, until it is given back (§8.3.2).

    Parameters
    ----------
    person : str
        Who has it.
    supplier : str
        Whose people they are; None for the company's own.
    place_or_equipment : str
        Room, system, badge, machine.
    review_due : date
        When somebody must look again whether it is still needed.
    returned_on, returned_to, return_kind : date, str, {"returned", "revoked"}
        How it ended; what was lost is revoked.
    """

    kind = "access"
    clauses = ("§8.3.2",)
    words = Words(en="Access to a place or equipment", zh="场所与设备使用许可")

    contract: Annotated[RecordId, Refers("contract")]
    person: Annotated[Person, Indexed()]
    supplier: Annotated[RecordId | None, Refers("supplier")] = None
    place_or_equipment: Named
    purpose: Text = ""
    granted_on: Day
    granted_by: Person
    review_due: Annotated[Day, Due("review")]
    reviewed_on: Day | None = None
    reviewed_by: Person | None = None
    returned_on: Day | None = None
    returned_to: Person | None = None
    return_kind: Literal["returned", "revoked"] | None = None


class Handling(Record):
    """One passing-on or other handling of confidential information that its class asks to record (§8.3.1).

    Parameters
    ----------
    step : {"storage", "transfer", "use", "destruction"}
        Step of the information's life.
    recipient_kind, recipient : str
        Who got it; asked for at a transfer.
    """

    kind = "handling"
    clauses = ("§8.3.1",)
    words = Words(en="Handling of confidential information", zh="涉密信息流转记录")

    contract: Annotated[RecordId, Refers("contract")]
    step: Literal["storage", "transfer", "use", "destruction"]
    what: Said
    data_class: Line
    on: Day
    by: Person
    recipient_kind: Literal["supplier", "employee", "evaluator"] | None = None
    recipient: Annotated[RecordId | None, Indexed()] = None
    evidence: Text = ""
    reason: Text = ""


class Destruction(Record):
    """What must be destroyed at the end of a contract, and the certificate that it was (§8.3.1).

    Parameters
    ----------
    what, method : str
        What was destroyed, and how.
    due : date
        Until when.
    on, by, witness : date, str, str
        When, by whom, and who saw it; two persons.
    certificate : str
        Digest of the certificate.
    reason, approved_by : str
        Why it is kept instead, where the law asks for that, and who allowed it.
    """

    kind = "destruction"
    clauses = ("§8.3.1",)
    words = Words(en="Destruction certificate", zh="销毁证明")

    contract: Annotated[RecordId, Refers("contract")]
    what: Said
    data_class: Line
    due: Annotated[Day | None, Due("destruction", done="on")] = None
    on: Day | None = None
    by: Person | None = None
    witness: Person | None = None
    method: Text = ""
    certificate: Annotated[Digest | None, Refers("attachment")] = None
    reason: Text = ""
    approved_by: Person | None = None


KINDS: tuple[type[Record], ...] = (Agreement, Access, Handling, Destruction)
