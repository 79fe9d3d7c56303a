"""Complaints of clients, from intake to the check of their satisfaction (§5.3)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.record import Due, Indexed, Line, Moment, Person, Record, RecordId, Refers, Text

Named = Annotated[Line, Field(min_length=1)]
Satisfaction = Literal["satisfied", "accepted", "dissatisfied"]


class Complaint(Record):
    """A client's complaint with its clock (§5.3.1, §5.3.2, §5.3.3).

    Parameters
    ----------
    received_at : datetime
        Intake; the three due moments count from here, or from the last reopening.
    respond_due, resolve_due, satisfaction_due : datetime
        No later than the house rules say.
    owner : str
        Who answers for its handling.
    satisfaction : {"satisfied", "accepted", "dissatisfied"} or None
        What the client says of the outcome; who is dissatisfied is not closed.
    repeat_of : str or None
        An earlier complaint of the same client about the same thing.
    """

    kind: ClassVar[str] = "complaint"
    clauses: ClassVar[tuple[str, ...]] = ("§5.3.1", "§5.3.2", "§5.3.3")
    words: ClassVar[Words] = Words(en="Complaint", zh="投诉")

    contract: Annotated[RecordId | None, Refers("contract")] = None
    supplier: Annotated[RecordId, Refers("supplier")]
    client: Annotated[Named, Indexed()]
    channel: Annotated[Named, Indexed()]
    received_at: Moment
    received_by: Person | None = None
    owner: Annotated[Person, Indexed()]
    subject: Named
    text: Text = ""
    severity: Literal["minor", "major", "critical"] = "minor"
    respond_due: Annotated[Moment, Due("response", "responded_at")]
    resolve_due: Annotated[Moment, Due("resolution", "resolved_at")]
    satisfaction_due: Annotated[Moment, Due("satisfaction", "satisfaction_at")]
    responded_at: Moment | None = None
    response: Text = ""
    investigator: Person | None = None
    findings: Text = ""
    cause: Line = ""
    measures: Text = ""
    resolved_at: Moment | None = None
    feedback_at: Moment | None = None
    feedback: Text = ""
    feedback_by: Person | None = None
    satisfaction: Satisfaction | None = None
    satisfaction_at: Moment | None = None
    satisfaction_note: Text = ""
    reopened_at: Moment | None = None
    reopened_because: Text = ""
    repeat_of: Annotated[RecordId | None, Refers("complaint")] = None
    reason: Text = ""


KINDS: tuple[type[Record], ...] = (Complaint,)
