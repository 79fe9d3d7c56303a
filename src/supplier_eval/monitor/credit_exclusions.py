"""What both sides agreed not to count: force majeure, causes on the customer's side (§4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from supplier_eval.errors import Finding
from supplier_eval.monitor.credit_parts import TABLE, read_decimals, refuse_terms

GROUNDS = ("force_majeure", "customer_caused", "agreed_maintenance", "agreed_other")


@dataclass(frozen=True)
class CreditExclusion:
    """What both sides agreed not to count: it needs grounds, evidence, and who on our side approved it.

    Parameters
    ----------
    kpi, period : str
        Which figure.
    grounds : {"force_majeure", "customer_caused", "agreed_maintenance", "agreed_other"}
        Why.
    evidence : str
        Number or address of the document.
    approved_by, approved_on : str, date
        Who approved it, not the supplier, and when.
    value : Decimal, optional
        The figure without the excluded events; without it no credit is due for the KPI in that period.
    """

    kpi: str
    period: str
    grounds: str
    evidence: str
    approved_by: str
    approved_on: date
    value: Decimal | None = None

    def __post_init__(self) -> None:
        found: list[Finding] = []
        words = ("kpi", "period", "evidence", "approved_by")
        given = {name: getattr(self, name) for name in words}
        absent = [name for name, text in given.items() if not isinstance(text, str) or not text.strip()]
        absent += [] if isinstance(self.approved_on, date) else ["approved_on"]
        shown = str(self.kpi)[:40]
        found += [Finding("credits.exclusion_incomplete", TABLE, name, value=shown) for name in absent]
        if not isinstance(self.grounds, str) or self.grounds not in GROUNDS:
            facts = {"of": str(self.kpi), "known": ", ".join(GROUNDS)}
            found.append(Finding("credits.choice", TABLE, "grounds", value=str(self.grounds), facts=facts))
        read_decimals(self, ("value",), found, str(self.kpi))
        refuse_terms(found)
