"""From the result to the award: result, draw, dissent, publication, objection, award (§3.2.4, §3.2.5)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.record import (
    Amount,
    Currency,
    Day,
    Digest,
    Due,
    Line,
    Moment,
    Person,
    Record,
    RecordId,
    Refers,
    Text,
)


class Result(Record):
    """The result of one lot, as the evaluation gave it; locked, then approved, never scored again (convention §3).

    Parameters
    ----------
    order : tuple of str
        Bids, best first.
    ranks, totals : tuple of str
        Beside `order`: rank (competition style, tied bids share one) and total.
    candidates : tuple of str
        The first of `order`, as many as the policy names.
    policy_fingerprint, tender_fingerprint : str
        Of the policy and of the tender that were evaluated.
    standing : str
        Only a binding result can be approved (convention §14).
    scored_by : tuple of str
        Persons whose marks are in it; none of them may approve it.
    """

    kind: ClassVar[str] = "result"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.4",)
    words: ClassVar[Words] = Words(en="Evaluation result", zh="评审结果")

    tender: Annotated[RecordId, Refers("tender")]
    lot: Line = ""
    order: Annotated[tuple[RecordId, ...], Refers("bid")] = ()
    ranks: tuple[Line, ...] = ()
    totals: tuple[Line, ...] = ()
    candidates: Annotated[tuple[RecordId, ...], Refers("bid")] = ()
    policy_fingerprint: Digest
    tender_fingerprint: Digest
    standing: Literal["binding", "exploratory"]
    report: Digest | None = None
    scored_by: tuple[Person, ...] = ()
    approved_by: Person | None = None
    approved_on: Day | None = None
    reasons: Text = ""


class Draw(Record):
    """A draw among bids that are still equal after the last key of the tie rule (convention §9).

    Parameters
    ----------
    tied : tuple of str
        The bids that were drawn among.
    drawn : tuple of str
        The same bids in the order in which they came out.
    """

    kind: ClassVar[str] = "draw"
    clauses: ClassVar[tuple[str, ...]] = ("§1.3.4", "§3.2.4")
    words: ClassVar[Words] = Words(en="Draw among tied bids", zh="抽签记录")

    tender: Annotated[RecordId, Refers("tender")]
    lot: Line = ""
    tied: Annotated[tuple[RecordId, ...], Refers("bid")]
    drawn: Annotated[tuple[RecordId, ...], Refers("bid")] = ()
    drawn_at: Moment | None = None
    drawn_by: Person | None = None
    witnesses: tuple[Person, ...] = ()
    method: Text = ""


class Dissent(Record):
    """What a member of the panel holds against the result, in their own words (§3.2.4)."""

    kind: ClassVar[str] = "dissent"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.4",)
    words: ClassVar[Words] = Words(en="Dissenting opinion", zh="不同意见")

    result: Annotated[RecordId, Refers("result")]
    evaluator: Annotated[RecordId, Refers("evaluator")]
    text: Text
    stated_on: Day


class Publication(Record):
    """Candidates made public; the standstill runs from here, in calendar days of the house's zone (§3.2.5).

    Parameters
    ----------
    standstill_until : date
        Last day of the standstill; an award can be approved on the day after.
    """

    kind: ClassVar[str] = "publication"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.4", "§3.2.5")
    words: ClassVar[Words] = Words(en="Publication of candidates", zh="候选人公示")

    tender: Annotated[RecordId, Refers("tender")]
    result: Annotated[RecordId, Refers("result")]
    published_on: Day | None = None
    standstill_until: Annotated[Day | None, Due("standstill")] = None
    address: Line = ""
    reasons: Text = ""


class Objection(Record):
    """An objection, to the documents or to a publication, and its answer with reasons (§3.2.5).

    Parameters
    ----------
    publication : str or None
        None where it is against the tender documents.
    decision : str or None
        An objection that is upheld stops the award from this result.
    """

    kind: ClassVar[str] = "objection"
    clauses: ClassVar[tuple[str, ...]] = ("§1.3.4", "§3.2.5")
    words: ClassVar[Words] = Words(en="Objection", zh="异议")

    tender: Annotated[RecordId, Refers("tender")]
    publication: Annotated[RecordId | None, Refers("publication")] = None
    supplier: Annotated[RecordId, Refers("supplier")]
    received_on: Day
    text: Text
    answer_due: Annotated[Day, Due("answer", done="answered_on")]
    answer: Text = ""
    answered_on: Day | None = None
    answered_by: Person | None = None
    decision: Literal["upheld", "partly_upheld", "dismissed"] | None = None


class Award(Record):
    """The award of a lot to a bid; after a withdrawal the next candidate of the same result (§3.2.5).

    Parameters
    ----------
    follows : str or None
        The withdrawn award that this one takes the place of.
    withdrawal_approved_by : str or None
        Who let the company take back an award that was approved.
    """

    kind: ClassVar[str] = "award"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.5",)
    words: ClassVar[Words] = Words(en="Award", zh="中标决定")

    tender: Annotated[RecordId, Refers("tender")]
    lot: Line = ""
    result: Annotated[RecordId | None, Refers("result")] = None
    bid: Annotated[RecordId, Refers("bid")]
    supplier: Annotated[RecordId, Refers("supplier")]
    amount: Amount
    currency: Currency
    reasons: Text = ""
    follows: Annotated[RecordId | None, Refers("award")] = None
    approved_by: Person | None = None
    approved_on: Day | None = None
    notified_on: Day | None = None
    withdrawn_on: Day | None = None
    withdrawn_by: Literal["supplier", "company"] | None = None
    withdrawal_reasons: Text = ""
    withdrawal_approved_by: Person | None = None


KINDS: tuple[type[Record], ...] = (Result, Draw, Dissent, Publication, Objection, Award)
