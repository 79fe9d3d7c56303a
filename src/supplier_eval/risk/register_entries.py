"""One risk of the register: who owns it, what it may cost before and after controls, how old the rating is (§6.1.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from supplier_eval.risk.said_figures import figure_text
from supplier_eval.risk.severity import lognormal_from_interval, lognormal_moments

Stage = Literal["inherent", "current", "target"]
STAGES: tuple[Stage, ...] = ("inherent", "current", "target")
KNOWLEDGE = ("strong", "medium", "weak")


def money_text(amount: float | None) -> str:
    """Money for sentences: whole from 1000 on, six digits below; a dash where it is not known."""
    if amount is None:
        return "-"
    return f"{amount:,.0f}" if amount >= 1000 else figure_text(amount)


@dataclass(frozen=True)
class RiskLevel:
    """How often and how much.

    Parameters
    ----------
    frequency : float or None
        Events per year.
    low, high : float or None
        5 % and 95 % quantile of the loss of one event, in the currency of the register.
    """

    frequency: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def assessed(self) -> bool:
        """Whether all of it is known; what is partly known is not assessed."""
        return None not in (self.frequency, self.low, self.high)

    @property
    def impact(self) -> float | None:
        """Mean loss of one event (lognormal); None where the interval is not known."""
        if self.low is None or self.high is None:
            return None
        return lognormal_moments(*lognormal_from_interval(self.low, self.high))[0]

    @property
    def expected_loss(self) -> float | None:
        """Mean loss a year; None unless assessed."""
        impact = self.impact
        return None if impact is None or self.frequency is None else self.frequency * impact


@dataclass(frozen=True)
class RatedOn:
    """One rating of one risk.

    Parameters
    ----------
    on : date
        When it was rated.
    by : str
        Who rated it.
    level : RiskLevel
        The rating; with a figure missing it says that the risk is not assessed any more.
    knowledge : {"strong", "medium", "weak", ""}
        How firm the knowledge behind it is; empty where nobody said.
    reason : str
        Why it is so, or why it moved.
    """

    on: date
    by: str
    level: RiskLevel
    knowledge: str = ""
    reason: str = ""


@dataclass(frozen=True)
class RegisteredRisk:
    """One risk on the day of the register.

    Parameters
    ----------
    risk, name, category, supplier, contract, owner : str
        Ids and names; supplier and contract are empty for a risk of the whole.
    identified : date
        When it was entered.
    as_of : date
        The day of the register.
    inherent, target : RiskLevel
        Before any control, and what is aimed at.
    review_every : int or None
        Days after which a rating must be looked at again.
    ratings : tuple of RatedOn
        All up to the day, from old to new.
    """

    risk: str
    name: str
    category: str
    supplier: str
    contract: str
    owner: str
    identified: date
    as_of: date
    inherent: RiskLevel = RiskLevel()
    target: RiskLevel = RiskLevel()
    review_every: int | None = None
    ratings: tuple[RatedOn, ...] = field(default=(), repr=False)

    @property
    def current(self) -> RiskLevel:
        """The newest rating; nothing where there is none."""
        return self.ratings[-1].level if self.ratings else RiskLevel()

    def level(self, stage: Stage) -> RiskLevel:
        """The level at a stage."""
        return {"inherent": self.inherent, "current": self.current, "target": self.target}[stage]

    @property
    def state(self) -> Literal["assessed", "not_assessed"]:
        """Whether the current level is known."""
        return "assessed" if self.current.assessed else "not_assessed"

    @property
    def knowledge(self) -> str:
        """How firm the knowledge behind the newest rating is; empty where nobody said."""
        return self.ratings[-1].knowledge if self.ratings else ""

    @property
    def age(self) -> int:
        """Days since it was rated, or, where it is not assessed, since it stands without an assessment."""
        since = self.identified
        for before, one in zip((None, *self.ratings), self.ratings, strict=False):
            if one.level.assessed or (before is not None and before.level.assessed):
                since = one.on
        return (self.as_of - since).days

    @property
    def review_due(self) -> date | None:
        """Day by which it must be looked at again; at once where it is not assessed, None where nothing is stated."""
        if self.state == "not_assessed":
            return self.as_of - timedelta(days=self.age)
        if self.review_every is None:
            return None
        return self.ratings[-1].on + timedelta(days=self.review_every)

    @property
    def overdue(self) -> int:
        """Days beyond the day of review; 0 where it is not due."""
        due = self.review_due
        return 0 if due is None else max((self.as_of - due).days, 0)

    def rated_on(self, day: date) -> RatedOn | None:
        """The rating that stood on a day; None where there was none."""
        stood = [one for one in self.ratings if one.on <= day]
        return stood[-1] if stood else None
