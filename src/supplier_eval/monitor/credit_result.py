"""The service credits of one period: a line a KPI, caps, what was earned back, what is due; all to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import UnknownName
from supplier_eval.flags import Reason
from supplier_eval.messages import Lang, known_language
from supplier_eval.monitor.credit_figures import CreditFigure
from supplier_eval.monitor.credit_parts import CreditKpi, CreditTier
from supplier_eval.monitor.credit_terms import CreditTerms
from supplier_eval.score.minor_units import from_minor
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class CreditLine:
    """The credit of one KPI.

    Parameters
    ----------
    kpi : CreditKpi
        Its clause.
    figure : CreditFigure
        The contract's raw figure.
    tier : CreditTier or None
        The tier that it falls into; None where no credit is due.
    state : {"met", "credited", "held", "no_credit", "excluded", "not_applicable"}
        ``held``: it could not be assessed, and the largest credit stays open; ``no_credit``: it could not be assessed,
        and the contract says that none is due.
    base, computed, cut, credit, held, earned_back : int
        Minor units: amount that the percentage is of; credit before and what caps take of it, credit that is due,
        largest credit that stays open, what is given back.
    """

    kpi: CreditKpi
    figure: CreditFigure
    tier: CreditTier | None
    state: str
    base: int
    computed: int
    cut: int
    credit: int
    held: int
    earned_back: int


@dataclass(frozen=True, eq=False)
class ServiceCredits(Shown):
    """What is credited to the client for one period, and why.

    Parameters
    ----------
    terms : CreditTerms
        The clause that was applied.
    period : str
        Label of the period.
    fees_minor, at_risk_minor : int
        Fees of the period and the amount at risk, in minor units.
    lines : tuple of CreditLine
        In the contract's order.
    caps : tuple of (str, int)
        The caps that there are, with the most that each leaves, in minor units.
    standing : {"binding", "exploratory"}
        Binding where the terms name who adopted them and when, and every KPI could be assessed in full: a figure that
        is a lower bound, since cases are still open, is not final.
    """

    terms: CreditTerms
    period: str
    fees_minor: int
    at_risk_minor: int
    lines: tuple[CreditLine, ...]
    caps: tuple[tuple[str, int], ...]
    standing: Literal["binding", "exploratory"]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the result is exploratory; empty where it is binding."""
        found = [] if self.terms.adopted else [Reason("credits.standing.not_adopted")]
        for code, kpis in (
            ("held", [line.kpi.kpi for line in self.lines if line.state == "held"]),
            ("at_least", [line.kpi.kpi for line in self.lines if line.figure.at_least]),
        ):
            if kpis:
                found.append(Reason(f"credits.standing.{code}", facts={"kpis": ", ".join(kpis)}))
        return tuple(found)

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the terms."""
        return self.terms.fingerprint

    def money(self, minor: int) -> Decimal:
        """Minor units as a decimal in major units."""
        return from_minor(minor, self.terms.minor_units)

    @property
    def fees(self) -> Decimal:
        """Fees of the period."""
        return self.money(self.fees_minor)

    @property
    def at_risk(self) -> Decimal:
        """Amount at risk in the period."""
        return self.money(self.at_risk_minor)

    @property
    def computed(self) -> Decimal:
        """Credits before caps."""
        return self.money(sum(line.computed for line in self.lines))

    @property
    def cut(self) -> Decimal:
        """What caps take off; computed less this is the credit."""
        return self.money(sum(line.cut for line in self.lines))

    @property
    def credit(self) -> Decimal:
        """Credits that are due, after caps."""
        return self.money(sum(line.credit for line in self.lines))

    @property
    def held(self) -> Decimal:
        """Largest credits of KPIs that could not be assessed; in no sum above, and not settled."""
        return self.money(sum(line.held for line in self.lines))

    @property
    def earned_back(self) -> Decimal:
        """Earlier credits that are given back."""
        return self.money(sum(line.earned_back for line in self.lines))

    @property
    def payable(self) -> Decimal:
        """Fees less credit plus what is given back; with something held it is not final."""
        return self.fees - self.credit + self.earned_back

    @property
    def not_assessable(self) -> tuple[str, ...]:
        """KPIs without a figure that could be assessed."""
        return tuple(line.kpi.kpi for line in self.lines if line.figure.status == "not_assessable")

    @property
    def binding_cap(self) -> str:
        """Name of the cap that took something off; empty where none did."""
        if not any(line.cut for line in self.lines):
            return ""
        return min(self.caps, key=lambda cap: cap[1])[0]

    def __getitem__(self, kpi: str) -> CreditLine:
        for line in self.lines:
            if line.kpi.kpi == kpi:
                return line
        raise UnknownName("kpi", kpi, [line.kpi.kpi for line in self.lines])

    def to_frame(self) -> pd.DataFrame:
        """One row a KPI, in the contract's order.

        Columns: ``period supplier kpi direction`` · ``value`` (compared with the tiers) · ``measured`` (before
        rounding and exclusions) · ``target`` · ``tier_bound percent`` (missing where no tier holds) · ``base computed
        cut credit held earned_back`` (decimals in major units; computed = cut + credit) · ``currency state reason
        at_least basis`` (always ``raw``).
        """
        import pandas as pd

        return pd.DataFrame([self._row(line) for line in self.lines])

    def _row(self, line: CreditLine) -> dict[str, object]:
        money = ("base", "computed", "cut", "credit", "held", "earned_back")
        return {
            "period": self.period,
            "supplier": self.terms.supplier,
            "kpi": line.kpi.kpi,
            "direction": line.kpi.direction,
            "value": line.figure.value,
            "measured": line.figure.as_measured,
            "target": line.kpi.target,
            "tier_bound": line.tier.bound if line.tier else None,
            "percent": line.tier.percent if line.tier else Decimal(0),
            **{name: self.money(getattr(line, name)) for name in money},
            "currency": self.terms.currency,
            "state": line.state,
            "reason": line.figure.reason,
            "at_least": line.figure.at_least,
            "basis": "raw",
        }

    def explain(self, lang: Lang = "en") -> str:
        """Say every line and sum in sentences."""
        known_language(lang)
        from supplier_eval.monitor.credit_words import explain_credits

        return explain_credits(self, lang)

    def __repr__(self) -> str:
        said = f"ServiceCredits({self.terms.contract!r}, {self.period}: credit {self.credit} {self.terms.currency}"
        return f"{said}, held {self.held}, earned back {self.earned_back}; {self.standing})"
