"""Risks, what is done about them, and the warnings of their indicators (§6)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.record import (
    Amount,
    Currency,
    Day,
    Due,
    Figure,
    Indexed,
    Line,
    Moment,
    Person,
    Record,
    RecordId,
    Refers,
    Share,
    Text,
)

CATEGORIES = ("market", "credit", "technical", "quality", "legal")
"""The policy's own kinds of risk (§6.1.1); a company adds its own by using them."""

Named = Annotated[Line, Field(min_length=1)]
Frequency = Annotated[Figure, Field(ge=0)]
Loss = Annotated[Amount, Field(ge=0)]


class Risk(Record):
    """What may go wrong, who answers for it, how often and how much (§6.1.1, §6.1.2, §6.3.1).

    Parameters
    ----------
    category : str
        One of `CATEGORIES`, or the company's own.
    likelihood : Decimal
        Events a year as things stand; `inherent_likelihood` without any control, `target_likelihood` as aimed at.
    impact_low, impact_high : Decimal
        5 % and 95 % quantile of the loss of one event, in `currency`; likewise `inherent_*` and `target_*`.
    assessed_on, assessed_by, reason, knowledge : date, str
        The last assessment: when, by whom, why so or why it moved, how firm the knowledge is. The trail of the
        store keeps the earlier ones.
    next_review : date
        When it must be looked at again.
    """

    kind = "risk"
    clauses = ("§6.1.1", "§6.1.2", "§6.3.1")
    words = Words(en="Risk", zh="风险")

    category: Annotated[Named, Indexed()]
    title: Named
    description: Text = ""
    supplier: Annotated[RecordId | None, Refers("supplier")] = None
    contract: Annotated[RecordId | None, Refers("contract")] = None
    owner: Annotated[Person, Indexed()]
    currency: Currency | None = None
    likelihood: Frequency | None = None
    impact_low: Loss | None = None
    impact_high: Loss | None = None
    inherent_likelihood: Frequency | None = None
    inherent_low: Loss | None = None
    inherent_high: Loss | None = None
    target_likelihood: Frequency | None = None
    target_low: Loss | None = None
    target_high: Loss | None = None
    assessed_on: Day | None = None
    assessed_by: Person | None = None
    knowledge: Literal["strong", "medium", "weak"] | None = None
    reason: Text = ""
    next_review: Annotated[Day | None, Due("review")] = None
    closed_on: Day | None = None
    close_reason: Text = ""


class RiskResponse(Record):
    """What is done about one risk, what it costs, whether it works (§6.2.1, §6.2.2).

    Parameters
    ----------
    strategy : {"avoid", "reduce", "transfer", "accept"}
        To accept takes an approver, a reason and a day on which it expires.
    measure : str
        What is done; asked for unless the risk is accepted.
    frequency_factor, severity_factor : Decimal
        What the measure leaves of the events a year and of the loss of one event, 0-1.
    test_due, tested_on, test_result : date, date, {"passed", "failed"}
        A measure that is in place is tested by `test_due`.
    """

    kind = "risk_response"
    clauses = ("§6.2.1", "§6.2.2")
    words = Words(en="Response to a risk", zh="风险应对")

    risk: Annotated[RecordId, Refers("risk")]
    strategy: Literal["avoid", "reduce", "transfer", "accept"]
    measure: Text = ""
    owner: Person
    cost: Loss | None = None
    currency: Currency | None = None
    frequency_factor: Share | None = None
    severity_factor: Share | None = None
    evidence: Text = ""
    tested_on: Day | None = None
    test_result: Literal["passed", "failed"] | None = None
    test_due: Annotated[Day | None, Due("test")] = None
    approver: Person | None = None
    decided_on: Day | None = None
    reason: Text = ""
    expires_on: Annotated[Day | None, Due("expiry")] = None
    ended_on: Day | None = None
    end_reason: Text = ""


class RiskWarning(Record):
    """An indicator passed a threshold: who must answer by when, who is told when nobody does (§6.3.2).

    Parameters
    ----------
    indicator : str
        Id of the key risk indicator.
    level : {"amber", "red", "grey"}
        Grey: its reading is late.
    figure, threshold : Decimal
        The reading and the limit that it passed.
    due : date
        Last day to acknowledge it.
    action, action_due : str, date
        What is to be done, and by when.
    escalated_to : tuple of str
        Who was told because it went unanswered, in order.
    """

    kind = "warning"
    clauses = ("§6.3.2",)
    words = Words(en="Risk warning", zh="风险预警")

    indicator: Annotated[Named, Indexed()]
    supplier: Annotated[RecordId | None, Refers("supplier")] = None
    risk: Annotated[RecordId | None, Refers("risk")] = None
    level: Literal["amber", "red", "grey"]
    figure: Figure | None = None
    threshold: Figure | None = None
    raised_at: Moment
    owner: Annotated[Person, Indexed()]
    due: Annotated[Day, Due("answer", done="acknowledged_on")]
    acknowledged_on: Day | None = None
    acknowledged_by: Person | None = None
    action: Text = ""
    action_due: Annotated[Day | None, Due("action")] = None
    escalated_to: tuple[Person, ...] = ()
    escalated_on: Day | None = None
    outcome: Text = ""
    closed_on: Day | None = None


KINDS: tuple[type[Record], ...] = (Risk, RiskResponse, RiskWarning)
