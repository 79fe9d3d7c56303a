"""Settlement: periods, amounts, their documents and service credits (§4.3)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from supplier_eval.policy.criteria import Identifier, Words
from supplier_eval.registry.record import (
    Amount,
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
    Text,
)

Named = Annotated[Line, Field(min_length=1)]


class Settlement(Record):
    """What is owed for one period of a contract, and when it was paid (§4.3.1).

    Parameters
    ----------
    period_from, period_to : date
        Half-open: the second day is no longer in it.
    gross : Decimal
        Rates by volumes, each line rounded to the hundredth, then added.
    credits : Decimal
        Service credits of the period, at most the contract's cap.
    net : Decimal
        ``gross - credits``; what is paid.
    due_on : date or None
        Day by which it is to be paid: last document and the contract's days of payment.
    """

    kind: ClassVar[str] = "settlement"
    clauses: ClassVar[tuple[str, ...]] = ("§4.3.1", "§4.3.2")
    words: ClassVar[Words] = Words(en="Settlement", zh="结算单")

    contract: Annotated[RecordId, Refers("contract")]
    period_from: Annotated[Day, Indexed()]
    period_to: Day
    gross: Annotated[Amount, Field(ge=0)]
    credits: Annotated[Amount, Field(ge=0)]
    net: Annotated[Amount, Field(ge=0)]
    currency: Currency = "CNY"
    prepared_by: Person
    due_on: Annotated[Day | None, Due("payment", "paid_on")] = None
    reviewed_by: Person | None = None
    reviewed_on: Day | None = None
    approved_by: Person | None = None
    approved_on: Day | None = None
    paid_on: Day | None = None
    payment_reference: Line = ""
    dispute: Text = ""
    resolution: Text = ""
    reason: Text = ""


class SettlementLine(Record):
    """One line of a settlement: a rate and the volume that was accepted (§4.3.1)."""

    kind: ClassVar[str] = "settlement_line"
    clauses: ClassVar[tuple[str, ...]] = ("§4.3.1",)
    words: ClassVar[Words] = Words(en="Line of a settlement", zh="结算明细")

    settlement: Annotated[RecordId, Refers("settlement")]
    rate: Annotated[RecordId, Refers("rate")]
    volume: Annotated[Figure, Field(ge=0)]
    amount: Annotated[Amount, Field(ge=0)]
    reason: Text = ""


class Document(Record):
    """A document of a settlement: received, then accepted or rejected by a reviewer (§4.3.2)."""

    kind: ClassVar[str] = "document"
    clauses: ClassVar[tuple[str, ...]] = ("§4.3.2",)
    words: ClassVar[Words] = Words(en="Document of a settlement", zh="结算单据")

    settlement: Annotated[RecordId, Refers("settlement")]
    item: Annotated[Identifier, Indexed()]
    number: Line = ""
    attachment: Digest | None = None
    received_on: Day
    received_by: Person
    reviewed_by: Person | None = None
    reviewed_on: Day | None = None
    remarks: Text = ""


class ServiceCredit(Record):
    """Money that the supplier gives back for a missed service level (§4.3.1, §5.1.1)."""

    kind: ClassVar[str] = "service_credit"
    clauses: ClassVar[tuple[str, ...]] = ("§4.3.1",)
    words: ClassVar[Words] = Words(en="Service credit", zh="服务抵扣")

    settlement: Annotated[RecordId, Refers("settlement")]
    contract: Annotated[RecordId, Refers("contract")]
    kpi: Annotated[Named, Indexed()]
    period: Named
    amount: Annotated[Amount, Field(ge=0)]
    reason: Text = ""
    waived_by: Person | None = None
    waived_on: Day | None = None
    waiver: Text = ""


KINDS: tuple[type[Record], ...] = (Settlement, SettlementLine, Document, ServiceCredit)
