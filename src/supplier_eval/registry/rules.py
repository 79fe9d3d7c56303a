"""The company's rules for what the registry keeps: thresholds, checklists, clocks, classes; declared, never coded.

They are read from TOML over the default, kept in the store and changed only there, with a line in its audit.
"""

from __future__ import annotations

import functools
import tomllib
from decimal import Decimal
from importlib import resources
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from supplier_eval.policy.criteria import Declared, Identifier, Whole, Words
from supplier_eval.policy.rules import ApprovalRule


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ValueError("there is no such time zone") from None
    return name


ZoneName = Annotated[str, AfterValidator(_zone)]


class Listed(Declared):
    """One line of a checklist."""

    id: Identifier
    words: Words
    clause: str = ""


class DataClass(Declared):
    """A class of information (§8.1.1, §8.1.2): who it concerns, what is owed, how it is kept, for how long.

    Parameters
    ----------
    rank : int
        0 is public; a class above 0 needs a confidentiality agreement.
    period_months : int
        How long the duty lasts after the work ended.
    controls : tuple of str
        Security controls that a contract of this class must show (§7.1.1).
    """

    id: Identifier
    rank: Whole = Field(ge=0)
    words: Words
    scope: Words = Words()
    duty: Words = Words()
    measures: Words = Words()
    period_months: Whole = Field(default=0, ge=0)
    controls: tuple[Identifier, ...] = ()


class Planning(Declared):
    """Clocks of needs (§2.1.1) and how many people assess one (§2.1.2)."""

    review_months: Whole = Field(default=12, ge=1)
    assessors: Whole = Field(default=3, ge=1)


class Tendering(Declared):
    """Witnesses, standstill and answers (§3.2)."""

    witnesses: Whole = Field(default=2, ge=1)
    standstill_days: Whole = Field(default=10, ge=0)
    answer_days: Whole = Field(default=7, ge=1)
    documents: tuple[Listed, ...] = ()


class Contracts(Declared):
    """Clauses that every contract holds (§3.2.5), checks (§4.2.2) and money (§4.3)."""

    clauses: tuple[Listed, ...] = ()
    check_months: Whole = Field(default=3, ge=1)
    payment_days: Whole = Field(default=30, ge=0)
    documents: tuple[Listed, ...] = ()


class Complaints(Declared):
    """Clock of a complaint, from intake (§5.3)."""

    respond_hours: Whole = Field(default=24, ge=1)
    resolve_days: Whole = Field(default=10, ge=1)
    satisfaction_days: Whole = Field(default=15, ge=1)


class Security(Declared):
    """Controls, drills, plans, incidents (§7)."""

    controls: tuple[Listed, ...] = ()
    plan_review_months: Whole = Field(default=12, ge=1)
    drill_months: Whole = Field(default=6, ge=1)
    inspection_months: Whole = Field(default=3, ge=1)
    report_hours: Whole = Field(default=24, ge=1)
    lessons_days: Whole = Field(default=30, ge=1)


class Confidentiality(Declared):
    """Access reviews, checks and warnings (§8)."""

    access_review_months: Whole = Field(default=6, ge=1)
    check_months: Whole = Field(default=6, ge=1)
    warning_days: Whole = Field(default=60, ge=0)


class HouseRules(Declared):
    """All rules of the registry; days are days in `timezone`."""

    format: str = "supplier-eval-registry-rules/1"
    currency: str = "CNY"
    timezone: ZoneName = "Asia/Shanghai"
    categories: tuple[str, ...] = ("ITO", "BPO", "KPO")
    approval: ApprovalRule = ApprovalRule()
    data_classes: tuple[DataClass, ...] = ()
    planning: Planning = Planning()
    tendering: Tendering = Tendering()
    contracts: Contracts = Contracts()
    complaints: Complaints = Complaints()
    security: Security = Security()
    confidentiality: Confidentiality = Confidentiality()

    @classmethod
    @functools.cache
    def default(cls) -> HouseRules:
        """The company's default rules."""
        text = resources.files(__package__ or "").joinpath("house_rules.toml").read_text(encoding="utf-8")
        return cls.model_validate(_loaded(text))

    @classmethod
    def from_toml(cls, text: str) -> HouseRules:
        """Rules from TOML text that says everything."""
        return cls.model_validate(_loaded(text))

    def data_class(self, name: str) -> DataClass | None:
        """The class with this id; None where the rules know none."""
        for known in self.data_classes:
            if known.id == name:
                return known
        return None

    def rank(self, name: str) -> int:
        """How high a class stands; an unknown one stands above all that are known."""
        known = self.data_class(name)
        return known.rank if known is not None else 1 + max((c.rank for c in self.data_classes), default=0)

    def is_major(self, value: Decimal | None, term_months: int | None, data_class: str) -> bool:
        """Whether a project of this size needs expert review and board approval (§2.2.3)."""
        rule = self.approval
        large = rule.value_from is not None and value is not None and value >= rule.value_from
        long = rule.term_months_from is not None and term_months is not None and term_months >= rule.term_months_from
        return large or long or data_class in rule.data_classes


def _loaded(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)
