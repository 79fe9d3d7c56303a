"""What is wanted and whether it is bought: needs, their assessment, the decision (§2)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.record import (
    Amount,
    Count,
    Currency,
    Day,
    Digest,
    Due,
    Figure,
    Indexed,
    Line,
    Person,
    Record,
    RecordId,
    Refers,
    Score,
    Text,
)


class Need(Record):
    """An outsourcing need that a department lists (§2.1.1).

    Parameters
    ----------
    scope, quality_requirements : str
        What the service is and how well it must be done; asked before the need is analysed.
    volume, unit : Decimal and str
        How much a term, in which unit.
    estimated_value, term_months, data_class : Decimal, int, str
        By these the need is major or not (§2.2.3); a missing one is not small.
    next_review : date
        When the department looks at it again.
    report : str
        Digest of the needs-analysis report (需求分析报告).
    """

    kind: ClassVar[str] = "need"
    clauses: ClassVar[tuple[str, ...]] = ("§2.1.1", "§2.1.2")
    words: ClassVar[Words] = Words(en="Outsourcing need", zh="外包需求")

    department: Annotated[Line, Indexed()]
    category: Annotated[Line, Indexed()]
    title: Line
    scope: Text = ""
    quality_requirements: Text = ""
    volume: Figure | None = None
    unit: Line = ""
    estimated_value: Annotated[Amount, Field(ge=0)] | None = None
    currency: Currency | None = None
    term_months: Count | None = None
    data_class: Line = ""
    owner: Person
    next_review: Annotated[Day, Due("review")]
    report: Digest | None = None
    closing_reason: Text = ""


class Assessment(Record):
    """One person's mark on one criterion of necessity or feasibility (§2.1.2)."""

    kind: ClassVar[str] = "assessment"
    clauses: ClassVar[tuple[str, ...]] = ("§2.1.2",)
    words: ClassVar[Words] = Words(en="Assessment of a need", zh="需求评估")

    need: Annotated[RecordId, Refers("need")]
    person: Annotated[Person, Indexed()]
    dimension: Literal["necessity", "feasibility"]
    criterion: Line
    mark: Score
    comment: Text = ""


class Decision(Record):
    """What management decides on a need: whether and how to outsource (§2.2).

    Parameters
    ----------
    option : str
        Keep it in house, outsource a part, outsource the whole.
    reasons : str
        Weighing of cost and benefit, quality and risk.
    report : str
        Digest of the report that lay before those who decided.
    expert_review_by, board_approval_by : str
        The bodies; both are asked of a major project (§2.2.3).
    """

    kind: ClassVar[str] = "decision"
    clauses: ClassVar[tuple[str, ...]] = ("§2.2.1", "§2.2.2", "§2.2.3")
    words: ClassVar[Words] = Words(en="Outsourcing decision", zh="外包决策")

    need: Annotated[RecordId, Refers("need")]
    option: Literal["in_house", "partial", "whole"]
    reasons: Text = ""
    report: Digest | None = None
    submitted_by: Person | None = None
    submitted_on: Day | None = None
    expert_review_by: Line = ""
    expert_review_on: Day | None = None
    expert_opinion: Text = ""
    board_approval_by: Line = ""
    board_approval_on: Day | None = None
    decided_by: Person | None = None
    decided_on: Day | None = None
    return_reasons: Text = ""


KINDS: tuple[type[Record], ...] = (Need, Assessment, Decision)
