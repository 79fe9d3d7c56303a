"""Security controls, emergency plans with their drills, incidents (§7)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.record import (
    Count,
    Day,
    Digest,
    Due,
    Indexed,
    Line,
    Moment,
    Person,
    Record,
    RecordId,
    Refers,
    Text,
)

Named = Annotated[Line, Field(min_length=1)]
Minutes = Annotated[Count, Field(ge=1)]


class Control(Record):
    """One security control of one contract, with its evidence (§7.1.1, §7.2.1).

    Parameters
    ----------
    item : str
        Line of the house rules' checklist ``security.controls``.
    evidence : str
        What was seen: certificate, screenshot, log, report.
    checked_on, checked_by, next_check : date, str, date
        When it was last seen to be in place, by whom, and when it must be seen again.
    """

    kind = "control"
    clauses = ("§7.1.1", "§7.2.1")
    words = Words(en="Security control", zh="安全控制措施")

    contract: Annotated[RecordId, Refers("contract")]
    supplier: Annotated[RecordId | None, Refers("supplier")] = None
    item: Annotated[Named, Indexed()]
    responsible: Person | None = None
    evidence: Text = ""
    attachment: Annotated[Digest | None, Refers("attachment")] = None
    checked_on: Day | None = None
    checked_by: Person | None = None
    next_check: Annotated[Day | None, Due("check")] = None
    reason: Text = ""


class EmergencyPlan(Record):
    """What is done when a scenario comes true; one record a version (§7.1.2).

    Parameters
    ----------
    scenario : str
        What it is for: loss of a site, of data, of people, of the network.
    version : str
        As the plan bears it.
    recovery_minutes : int
        Within what time the service is to run again, from the alarm.
    superseded_by : str
        The plan that took its place.
    """

    kind = "emergency_plan"
    clauses = ("§7.1.2",)
    words = Words(en="Emergency plan", zh="应急预案")

    supplier: Annotated[RecordId | None, Refers("supplier")] = None
    contract: Annotated[RecordId | None, Refers("contract")] = None
    scenario: Named
    version: Named
    owner: Person
    recovery_minutes: Minutes | None = None
    attachment: Annotated[Digest | None, Refers("attachment")] = None
    approved_by: Person | None = None
    approved_on: Day | None = None
    reviewed_on: Day | None = None
    review_due: Annotated[Day | None, Due("review")] = None
    superseded_by: Annotated[RecordId | None, Refers("emergency_plan")] = None
    reason: Text = ""


class Drill(Record):
    """One drill of a plan: planned, held, how long until the service ran again (§7.1.2).

    Parameters
    ----------
    target_minutes, recovery_minutes : int
        Asked for and reached, from the alarm.
    result : {"passed", "failed"}
        A drill that took longer than its target has not passed.
    """

    kind = "drill"
    clauses = ("§7.1.2",)
    words = Words(en="Emergency drill", zh="应急演练")

    emergency_plan: Annotated[RecordId, Refers("emergency_plan")]
    planned_on: Annotated[Day, Due("drill", done="held_on")]
    held_on: Day | None = None
    people: Text = ""
    target_minutes: Minutes | None = None
    recovery_minutes: Count | None = None
    result: Literal["passed", "failed"] | None = None
    lessons: Text = ""
    reason: Text = ""


class Incident(Record):
    """A breach or failure of security, from report to lessons (§7.3.2).

    Parameters
    ----------
    occurred_at, reported_at, contained_at : datetime
        UTC.
    departments : tuple of str
        With whom it was investigated.
    causes, lessons, actions : str
        What led to it, what is learnt, what is changed; it is not closed without them.
    lessons_due : date
        Until when the lessons are drawn.
    """

    kind = "incident"
    clauses = ("§7.3.2",)
    words = Words(en="Security incident", zh="信息安全事件")

    title: Named
    description: Text = ""
    contract: Annotated[RecordId | None, Refers("contract")] = None
    supplier: Annotated[RecordId | None, Refers("supplier")] = None
    severity: Literal["low", "medium", "high", "critical"]
    data_class: Line | None = None
    occurred_at: Moment
    reported_at: Moment
    reported_by: Person
    owner: Annotated[Person, Indexed()]
    contained_at: Moment | None = None
    containment: Text = ""
    departments: tuple[Line, ...] = ()
    causes: Text = ""
    lessons: Text = ""
    actions: Text = ""
    lessons_due: Annotated[Day | None, Due("lessons")] = None
    closed_on: Day | None = None
    closed_by: Person | None = None
    reason: Text = ""


KINDS: tuple[type[Record], ...] = (Control, EmergencyPlan, Drill, Incident)
