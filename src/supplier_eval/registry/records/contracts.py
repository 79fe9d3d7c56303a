"""Contracts: text and clauses, authority, rates, milestones, checks and findings, changes (§3.2.5, §4.1, §4.2)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from supplier_eval.policy.criteria import Identifier, Whole, Words
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
    Share,
    Text,
)

Named = Annotated[Line, Field(min_length=1)]
Purpose = Literal["inspection", "spot_check", "feedback", "contract", "security", "confidentiality"]
Act = Literal["sign_contract", "approve_award", "approve_change", "approve_payment"]


class Contract(Record):
    """A contract from its draft to its end (§3.2.5, §4.1.1, §4.1.2, §4.2.3).

    Parameters
    ----------
    text_digest, reviewed_digest, signed_digest : str or None
        Of the draft as it stands, of the text that the legal department reviewed, of the text that was signed.
        The three are the same when it is signed.
    owner : str
        Who answers for it in the company; somebody else reviews the text.
    value : Decimal or None
        Over the whole term, in `currency`, as the contract and its effective changes say it.
    payment_days : int or None
        Days from complete documents to payment; the house rule where empty.
    credit_cap : Decimal or None
        Most that service credits take of a period's gross amount, 0-1; no cap where empty.
    amended_by : tuple of str
        Ids of the effective changes that the contract's figures already contain, in their order.
    """

    kind: ClassVar[str] = "contract"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.5", "§4.1.1", "§4.1.2", "§4.2.1", "§4.2.3", "§8.1.2")
    words: ClassVar[Words] = Words(en="Contract", zh="合同")

    award: Annotated[RecordId | None, Refers("award")] = None
    supplier: Annotated[RecordId, Refers("supplier")]
    tender: Annotated[RecordId | None, Refers("tender")] = None
    title: Named
    category: Line = ""
    data_class: Line = "public"
    owner: Annotated[Person, Indexed()]
    text_digest: Digest | None = None
    reviewed_digest: Digest | None = None
    reviewed_by: Person | None = None
    reviewed_on: Day | None = None
    review_notes: Text = ""
    signed_digest: Digest | None = None
    signed_on: Day | None = None
    signed_by: Person | None = None
    signed_for_supplier: Line = ""
    value: Annotated[Amount, Field(ge=0)] | None = None
    currency: Currency = "CNY"
    starts_on: Day | None = None
    ends_on: Annotated[Day | None, Due("end", "ended_on")] = None
    payment_days: Count | None = None
    credit_cap: Share | None = None
    amended_by: tuple[str, ...] = ()
    ended_on: Day | None = None
    end_reason: Text = ""


class Clause(Record):
    """Where the contract's text holds a clause of the checklist (§3.2.5, §9.1.1)."""

    kind: ClassVar[str] = "clause"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.5", "§9.1.1")
    words: ClassVar[Words] = Words(en="Clause", zh="合同条款")

    contract: Annotated[RecordId, Refers("contract")]
    item: Annotated[Identifier, Indexed()]
    reference: Named
    text: Text = ""


class Rate(Record):
    """A price per unit that the contract agrees, for a time (§3.2.5, §4.3.1).

    Parameters
    ----------
    unit_price : Decimal
        In the contract's currency; up to twelve decimals.
    valid_from, valid_until : date or None
        First and last day; open where empty.
    """

    kind: ClassVar[str] = "rate"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.5", "§4.3.1")
    words: ClassVar[Words] = Words(en="Rate", zh="单价")

    contract: Annotated[RecordId, Refers("contract")]
    item: Named
    unit: Line = ""
    unit_price: Annotated[Figure, Field(ge=0)]
    valid_from: Day | None = None
    valid_until: Day | None = None
    change: Annotated[RecordId | None, Refers("change")] = None


class Authority(Record):
    """What a person may decide or sign, up to which amount, on which days (§4.1.2)."""

    kind: ClassVar[str] = "authority"
    clauses: ClassVar[tuple[str, ...]] = ("§4.1.2",)
    words: ClassVar[Words] = Words(en="Authority to sign", zh="签署授权")

    person: Annotated[Person, Indexed()]
    act: Annotated[Act, Indexed()]
    up_to: Annotated[Amount, Field(ge=0)]
    currency: Currency = "CNY"
    valid_from: Day
    valid_until: Annotated[Day, Due("expiry")]
    granted_by: Person
    attachment: Digest | None = None
    revoked_on: Day | None = None
    reason: Text = ""


class Milestone(Record):
    """A deliverable with its day, quantity and quality, and what was accepted of it (§4.2.1).

    Parameters
    ----------
    quantity, accepted_quantity : Decimal or None
        In `unit`; accepted in full where the second reaches the first.
    quality : str
        Finding on the quality, written at acceptance or rejection.
    """

    kind: ClassVar[str] = "milestone"
    clauses: ClassVar[tuple[str, ...]] = ("§4.2.1",)
    words: ClassVar[Words] = Words(en="Milestone", zh="里程碑")

    contract: Annotated[RecordId, Refers("contract")]
    title: Named
    due_on: Annotated[Day, Due("delivery", "accepted_on")]
    quantity: Annotated[Figure, Field(gt=0)] | None = None
    unit: Line = ""
    standard: Text = ""
    delivered_on: Day | None = None
    accepted_quantity: Annotated[Figure, Field(ge=0)] | None = None
    accepted_on: Day | None = None
    accepted_by: Person | None = None
    rejected_on: Day | None = None
    quality: Text = ""
    reason: Text = ""


class Check(Record):
    """A planned look at the work: inspection, spot check, client feedback, contract, security, secrecy (§4.2.2).

    Parameters
    ----------
    step : str
        Process step, or the step of handling information (storage, transfer, use, destruction).
    items, failures : int or None
        How many were looked at and how many failed; each failure, or several together, has a finding.
    """

    kind: ClassVar[str] = "check"
    clauses: ClassVar[tuple[str, ...]] = ("§4.2.2", "§5.2.1", "§7.3.1", "§8.3.1", "§8.3.3")
    words: ClassVar[Words] = Words(en="Check", zh="检查")

    contract: Annotated[RecordId | None, Refers("contract")] = None
    supplier: Annotated[RecordId | None, Refers("supplier")] = None
    purpose: Annotated[Purpose, Indexed()]
    step: Line = ""
    planned_on: Annotated[Day, Due("check", "done_on")]
    done_on: Day | None = None
    by: Person | None = None
    items: Count | None = None
    failures: Count | None = None
    outcome: Text = ""
    attachment: Digest | None = None
    reason: Text = ""


class CheckFinding(Record):
    """What a check found wrong, and its correction, verified by somebody else (§4.2.2, §7.3.1, §8.3.3)."""

    kind: ClassVar[str] = "finding"
    clauses: ClassVar[tuple[str, ...]] = ("§4.2.2", "§5.2.1", "§7.3.1", "§8.3.3")
    words: ClassVar[Words] = Words(en="Finding", zh="检查发现")

    check: Annotated[RecordId, Refers("check")]
    contract: Annotated[RecordId | None, Refers("contract")] = None
    text: Annotated[Text, Field(min_length=1)]
    severity: Literal["minor", "major", "critical"] = "minor"
    owner: Annotated[Person, Indexed()]
    due: Annotated[Day, Due("correction", "corrected_on")]
    action: Text = ""
    corrected_on: Day | None = None
    evidence: Digest | None = None
    verified_by: Person | None = None
    verified_on: Day | None = None
    reason: Text = ""


class Change(Record):
    """A change of a contract, or its early end: reason, approvals, effects, exit duties (§4.2.3).

    Parameters
    ----------
    effect_price : Decimal
        What the contract's value grows by, negative where it falls; 0 says that it stays.
    effect_term_days : int
        Days by which the end moves.
    effect_kpis : str
        What changes in targets and service levels.
    approvals : tuple of str
        Everybody who agreed; the proposer's word does not count.
    text_digest, signed_digest : str or None
        Of the approved amendment and of the signed one.
    """

    kind: ClassVar[str] = "change"
    clauses: ClassVar[tuple[str, ...]] = ("§4.2.3",)
    words: ClassVar[Words] = Words(en="Change of contract", zh="合同变更")

    contract: Annotated[RecordId, Refers("contract")]
    subject: Annotated[Literal["change", "termination"], Indexed()] = "change"
    reason: Annotated[Text, Field(min_length=1)]
    proposed_by: Person
    proposed_on: Day
    effect_price: Amount
    effect_term_days: Whole = 0
    effect_kpis: Text = ""
    exit_duties: Text = ""
    text_digest: Digest | None = None
    approvals: tuple[str, ...] = ()
    approved_by: Person | None = None
    approved_on: Day | None = None
    board_approval_by: Person | None = None
    board_approval_on: Day | None = None
    signed_digest: Digest | None = None
    signed_by: Person | None = None
    signed_on: Day | None = None
    effective_on: Day | None = None
    decided_by: Person | None = None
    decision: Text = ""


KINDS: tuple[type[Record], ...] = (
    Contract,
    Clause,
    Rate,
    Authority,
    Milestone,
    Check,
    CheckFinding,
    Change,
)
