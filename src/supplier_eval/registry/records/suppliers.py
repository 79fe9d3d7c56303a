"""Suppliers: the archive, certificates, contacts, trainings, improvement, scorecards and ratings (§3.3)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.record import (
    Count,
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
    Share,
    Text,
)

Named = Annotated[Line, Field(min_length=1)]


class Supplier(Record):
    """A supplier's archive: who it is, what it does, how to reach and to pay it (§3.3.1).

    Parameters
    ----------
    unified_code : str
        Unified social credit code, or the number of a foreign register.
    categories : tuple of str
        Service categories of the house rules that it works in.
    parent : str or None
        The supplier that controls it, where that one has an archive of its own.
    reason, decided_by, decided_on
        Of the last suspension, bar, return or leaving.
    review_on : date or None
        When a suspension is looked at again.
    """

    kind: ClassVar[str] = "supplier"
    clauses: ClassVar[tuple[str, ...]] = ("§3.3.1",)
    words: ClassVar[Words] = Words(en="Supplier", zh="供应商")

    name: Annotated[Named, Indexed()]
    unified_code: Annotated[Line, Indexed()] = ""
    categories: tuple[str, ...] = ()
    parent: Annotated[RecordId | None, Refers("supplier")] = None
    legal_representative: Line = ""
    founded_on: Day | None = None
    contact_person: Line = ""
    phone: Line = ""
    email: Line = ""
    address: Line = ""
    bank: Line = ""
    bank_account: Line = ""
    owner: Annotated[Person | None, Indexed()] = None
    notes: Text = ""
    approved_by: Person | None = None
    approved_on: Day | None = None
    reason: Text = ""
    decided_by: Person | None = None
    decided_on: Day | None = None
    review_on: Annotated[Day | None, Due("review")] = None


class Certificate(Record):
    """A licence or certificate of a supplier, with the day on which it runs out (§3.1.1, §3.3.1)."""

    kind: ClassVar[str] = "certificate"
    clauses: ClassVar[tuple[str, ...]] = ("§3.1.1", "§3.3.1")
    words: ClassVar[Words] = Words(en="Certificate", zh="资质证书")

    supplier: Annotated[RecordId, Refers("supplier")]
    name: Named
    number: Annotated[Line, Indexed()] = ""
    issuer: Line = ""
    valid_from: Day | None = None
    valid_until: Annotated[Day | None, Due("expiry")] = None
    attachment: Digest | None = None
    replaced_by: Annotated[RecordId | None, Refers("certificate")] = None
    reason: Text = ""


class Contact(Record):
    """One contact with a supplier, and the open problem that it left, if it left one (§3.3.3).

    Parameters
    ----------
    on : date
        Day of the contact.
    by : str
        Who had it.
    problem : str
        What is to be solved; empty where nothing is. A problem has an owner and a day by which it is solved.
    """

    kind: ClassVar[str] = "contact"
    clauses: ClassVar[tuple[str, ...]] = ("§3.3.3",)
    words: ClassVar[Words] = Words(en="Contact", zh="沟通记录")

    supplier: Annotated[RecordId, Refers("supplier")]
    contract: Annotated[RecordId | None, Refers("contract")] = None
    on: Day
    by: Person
    with_whom: Line = ""
    channel: Line = ""
    subject: Named
    text: Text = ""
    problem: Text = ""
    owner: Annotated[Person | None, Indexed()] = None
    due: Annotated[Day | None, Due("resolution", "resolved_on")] = None
    resolved_on: Day | None = None
    outcome: Text = ""
    reason: Text = ""


class Training(Record):
    """A training of suppliers, of employees or of evaluators, planned and held (§3.3.4, §7.2.2).

    Parameters
    ----------
    team : str
        Whose people are trained; coverage is counted by team.
    people_due, people_present : int or None
        How many should and how many did attend.
    evidence : str or None
        Digest of the attendance list.
    """

    kind: ClassVar[str] = "training"
    clauses: ClassVar[tuple[str, ...]] = ("§3.3.4", "§7.2.2")
    words: ClassVar[Words] = Words(en="Training", zh="培训记录")

    audience: Annotated[Literal["supplier", "employee", "evaluator"], Indexed()]
    supplier: Annotated[RecordId | None, Refers("supplier")] = None
    topic: Named
    team: Annotated[Line, Indexed()] = ""
    trainer: Line = ""
    planned_on: Annotated[Day, Due("training", "held_on")]
    people_due: Count | None = None
    held_on: Day | None = None
    people_present: Count | None = None
    evidence: Digest | None = None
    result: Text = ""
    reason: Text = ""


class ImprovementPlan(Record):
    """What a supplier improves, from which figure to which, by when; closed only by later data (§3.3.4).

    Parameters
    ----------
    measure : str
        The figure that is to move, by the name under which it is measured (a KPI's id).
    baseline, target : Decimal
        Figure of the period that showed the gap, and the one to reach; their order says the direction.
    baseline_until : date
        First day after the period that showed the gap.
    evidence_from, evidence_until : date or None
        The later period, half-open; it begins when the baseline's period is over, or later.
    scorecard : str or None
        The scorecard that shows the later figure, where one does.
    """

    kind: ClassVar[str] = "improvement_plan"
    clauses: ClassVar[tuple[str, ...]] = ("§3.3.4",)
    words: ClassVar[Words] = Words(en="Improvement plan", zh="改进计划")

    supplier: Annotated[RecordId, Refers("supplier")]
    contract: Annotated[RecordId | None, Refers("contract")] = None
    measure: Annotated[Named, Indexed()]
    unit: Line = ""
    action: Text = ""
    owner: Annotated[Person, Indexed()]
    agreed_on: Day
    baseline_period: Line = ""
    baseline_until: Day
    baseline: Figure
    target: Figure
    due: Annotated[Day, Due("evidence", "evidence_figure")]
    evidence_period: Line = ""
    evidence_from: Day | None = None
    evidence_until: Day | None = None
    evidence_figure: Figure | None = None
    scorecard: Annotated[RecordId | None, Refers("scorecard")] = None
    closed_by: Person | None = None
    closed_on: Day | None = None
    reason: Text = ""


class ScorecardRecord(Record):
    """The score of one supplier over one period, as the periodic evaluation gave it (§3.3.2).

    Parameters
    ----------
    period_from, period_to : date
        Half-open: the second day is no longer in it.
    score, lower, upper : Decimal or None
        On 0-100; the ends of its interval where there is one.
    coverage : Decimal or None
        Share of the weight that data stood behind, 0-1.
    standing : {"binding", "exploratory"}
        Only a binding one is confirmed.
    scored_by : tuple of str
        Who gave marks or computed it; none of them confirms it.
    """

    kind: ClassVar[str] = "scorecard"
    clauses: ClassVar[tuple[str, ...]] = ("§3.3.2",)
    words: ClassVar[Words] = Words(en="Scorecard", zh="绩效评分卡")

    supplier: Annotated[RecordId, Refers("supplier")]
    contract: Annotated[RecordId | None, Refers("contract")] = None
    period: Annotated[Named, Indexed()]
    period_from: Day
    period_to: Day
    score: Score | None = None
    lower: Score | None = None
    upper: Score | None = None
    coverage: Share | None = None
    grade: Line = ""
    standing: Literal["binding", "exploratory"] = "exploratory"
    policy_fingerprint: Digest | None = None
    report: Digest | None = None
    scored_by: tuple[str, ...] = ()
    confirmed_by: Person | None = None
    confirmed_on: Day | None = None
    consequence: Text = ""
    reason: Text = ""


class RiskRatingRecord(Record):
    """The risk rating of a supplier on a day, with its reasons and the day of the next one (§6.1.2, §6.3.1)."""

    kind: ClassVar[str] = "risk_rating"
    clauses: ClassVar[tuple[str, ...]] = ("§6.1.2", "§6.3.1")
    words: ClassVar[Words] = Words(en="Risk rating of a supplier", zh="供应商风险评级")

    supplier: Annotated[RecordId, Refers("supplier")]
    on: Day
    rating: Named
    score: Figure | None = None
    reasons: Text = ""
    policy_fingerprint: Digest | None = None
    standing: Literal["binding", "exploratory"] | None = None
    report: Digest | None = None
    rated_by: tuple[str, ...] = ()
    next_review: Annotated[Day | None, Due("review")] = None
    confirmed_by: Person | None = None
    confirmed_on: Day | None = None
    reason: Text = ""


KINDS: tuple[type[Record], ...] = (
    Supplier,
    Certificate,
    Contact,
    Training,
    ImprovementPlan,
    ScorecardRecord,
    RiskRatingRecord,
)
