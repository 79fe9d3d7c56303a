"""From the notice to the opened bids: tender, addenda, channels, registrations, bids, openings, panel (§3.2)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from supplier_eval.policy.criteria import NoBool, Words
from supplier_eval.registry.record import (
    Amount,
    Count,
    Currency,
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

Envelopes = Annotated[int, NoBool, Field(ge=1, le=2)]


class Tender(Record):
    """A tender; what bidders may rely on is frozen when it is published (§3.2.1, convention §14).

    Parameters
    ----------
    policy, policy_fingerprint : str
        The policy's name, and the fingerprint of its criteria, weights, formulas, ties and award rules.
    lots : tuple of str
        Ids of its lots; empty where it is one lot, whose id is then "".
    envelopes : int
        2: technical before price. 1: all is opened together.
    standstill_days : int
        Calendar days, as announced; not fewer than the house rule asked for at publication.
    addenda : tuple of str
        Addenda in force, in the order in which they came.
    marks_digest : str
        Digest of the panel's marks when they were locked.
    failed_lots : tuple of str
        Lots without a result, with `outcome_reasons`.
    """

    kind: ClassVar[str] = "tender"
    clauses: ClassVar[tuple[str, ...]] = ("§2.2.3", "§3.2.1", "§3.2.3", "§3.2.4", "§8.1.2")
    words: ClassVar[Words] = Words(en="Tender", zh="招标项目")

    need: Annotated[RecordId, Refers("need")]
    decision: Annotated[RecordId, Refers("decision")]
    title: Line
    category: Annotated[Line, Indexed()]
    requirements: Text = ""
    qualification: Text = ""
    lots: tuple[RecordId, ...] = ()
    policy: Line = ""
    policy_fingerprint: Digest | None = None
    deadline: Annotated[Moment | None, Due("bids", done="bids_closed_at")] = None
    bids_closed_at: Moment | None = None
    envelopes: Envelopes = 1
    data_class: Line = ""
    estimated_value: Amount | None = None
    currency: Currency | None = None
    term_months: Count | None = None
    standstill_days: Count | None = None
    owner: Person | None = None
    addenda: Annotated[tuple[RecordId, ...], Refers("addendum")] = ()
    marks_digest: Digest | None = None
    failed_lots: tuple[RecordId, ...] = ()
    outcome_reasons: Text = ""
    outcome_by: Person | None = None
    follows: Annotated[RecordId | None, Refers("tender")] = None


class Addendum(Record):
    """A change of a published tender before its deadline; both fingerprints stand on record (convention §14)."""

    kind: ClassVar[str] = "addendum"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.1",)
    words: ClassVar[Words] = Words(en="Addendum to a tender", zh="招标补充文件")

    tender: Annotated[RecordId, Refers("tender")]
    reasons: Text = ""
    fingerprint_before: Digest | None = None
    fingerprint_after: Digest | None = None
    deadline_before: Moment | None = None
    deadline_after: Moment | None = None
    issued_at: Moment | None = None
    evidence: Digest | None = None


class Channel(Record):
    """Where a tender is announced: site, media, platform; when, and with what evidence (§3.2.1)."""

    kind: ClassVar[str] = "channel"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.1",)
    words: ClassVar[Words] = Words(en="Notice channel", zh="公告渠道")

    tender: Annotated[RecordId, Refers("tender")]
    name: Line
    address: Line = ""
    published_at: Moment | None = None
    evidence: Digest | None = None


class Registration(Record):
    """A supplier that asks to take part and is given the documents (§3.2.2)."""

    kind: ClassVar[str] = "registration"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.2", "§8.2.2")
    words: ClassVar[Words] = Words(en="Registration for a tender", zh="投标报名")

    tender: Annotated[RecordId, Refers("tender")]
    supplier: Annotated[RecordId, Refers("supplier")]
    registered_at: Moment
    contact: Line = ""
    reason: Text = ""


class Bid(Record):
    """A bid as it came in; late and incomplete ones are kept with what is wrong (§3.2.2, §3.2.3).

    Parameters
    ----------
    lot : str
        Lot of the tender; "" where it has one only.
    received_at : datetime
        By the clock of those who received it.
    digest, price_digest : str
        Of the bid, and of its price envelope where that is sealed apart.
    missing : tuple of str
        What it lacks of the documents that the house rules list.
    price_read : Decimal
        As read out; only after the prices were opened.
    withdrawal_letter : str or None
        Digest of the bidder's letter; a bid that qualified is withdrawn by its bidder only.
    """

    kind: ClassVar[str] = "bid"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.2", "§3.2.3")
    words: ClassVar[Words] = Words(en="Bid", zh="投标")

    tender: Annotated[RecordId, Refers("tender")]
    lot: Line = ""
    supplier: Annotated[RecordId, Refers("supplier")]
    received_at: Moment
    digest: Digest
    price_digest: Digest | None = None
    recorded_by: Person
    missing: tuple[Line, ...] = ()
    price_read: Amount | None = None
    reviewed_by: Person | None = None
    reviewed_on: Day | None = None
    reasons: Text = ""
    withdrawal_letter: Digest | None = None


class Opening(Record):
    """The record of an opening: which envelopes, when, before whom, what was read out (§3.2.2, §3.2.4).

    Parameters
    ----------
    bids : tuple of str
        Every bid that was opened.
    witnesses : tuple of str
        Persons present who sign for it.
    anchor : str
        Head of the audit when it was signed, as printed on the record.
    """

    kind: ClassVar[str] = "opening"
    clauses: ClassVar[tuple[str, ...]] = ("§3.2.2", "§3.2.4")
    words: ClassVar[Words] = Words(en="Opening of bids", zh="开标记录")

    tender: Annotated[RecordId, Refers("tender")]
    envelope: Literal["technical", "price", "all"]
    opened_at: Moment | None = None
    place: Line = ""
    bids: Annotated[tuple[RecordId, ...], Refers("bid")] = ()
    witnesses: tuple[Person, ...] = ()
    read_out: Text = ""
    anchor: Line = ""


class Evaluator(Record):
    """A member of the panel (§3.2.4).

    Parameters
    ----------
    recused_lots : tuple of str
        Lots that this person no longer evaluates; it only grows.
    """

    kind: ClassVar[str] = "evaluator"
    clauses: ClassVar[tuple[str, ...]] = ("§1.3.4", "§3.2.4", "§8.2.2")
    words: ClassVar[Words] = Words(en="Evaluator", zh="评委")

    tender: Annotated[RecordId, Refers("tender")]
    person: Annotated[Person, Indexed()]
    panel_role: Literal["expert", "buyer", "other"] = "expert"
    department: Line = ""
    recused_lots: tuple[RecordId, ...] = ()
    reasons: Text = ""


class ConflictDeclaration(Record):
    """What an evaluator declares about the suppliers: with none, or with these (§1.3.4, §3.2.4)."""

    kind: ClassVar[str] = "conflict_declaration"
    clauses: ClassVar[tuple[str, ...]] = ("§1.3.4", "§3.2.4")
    words: ClassVar[Words] = Words(en="Conflict-of-interest declaration", zh="利益冲突声明")

    tender: Annotated[RecordId, Refers("tender")]
    evaluator: Annotated[RecordId, Refers("evaluator")]
    person: Annotated[Person, Indexed()]
    conflict_with: Annotated[tuple[RecordId, ...], Refers("supplier")] = ()
    declared_on: Day
    statement: Text = ""
    cleared_by: Person | None = None
    clearing_reasons: Text = ""


KINDS: tuple[type[Record], ...] = (
    Tender,
    Addendum,
    Channel,
    Registration,
    Bid,
    Opening,
    Evaluator,
    ConflictDeclaration,
)
