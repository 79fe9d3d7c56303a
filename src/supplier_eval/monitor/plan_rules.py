"""The rules of a review plan: branches, points, estimates, grades, changes of grade, consequences; declared, frozen."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from supplier_eval.policy.criteria import Declared, Exact, Identifier, Whole, Words
from supplier_eval.policy.refused_values import refusal
from supplier_eval.policy.rules import GradeBands, Places, Share

Action = Literal["keep", "watch", "no_new_invitations", "suspend", "end"]
ACTIONS: tuple[Action, ...] = ("keep", "watch", "no_new_invitations", "suspend", "end")
EventKind = Literal["safety", "breach", "security", "integrity", "other"]
EVENT_KINDS: tuple[EventKind, ...] = ("safety", "breach", "security", "integrity", "other")


class Branch(Declared):
    """One node of the scorecard's tree: service quality, fulfilment, price level, or a part of one (§3.3.2).

    Parameters
    ----------
    id : str
        ``quality``, ``fulfilment`` and ``price`` are the parts that KPIs name; other branches list their `kpis`.
    parent : str
        Id of the branch above; empty at the top.
    weight : Decimal
        Points within the parent; the top branches add up to the plan's `total`.
    total : Decimal
        What the weights inside (branches and KPIs) add up to.
    kpis : tuple of str
        KPIs that stand here instead of directly in their part.
    """

    id: Identifier
    name: Words = Words()
    parent: str = ""
    weight: Exact = Field(ge=0)
    total: Exact = Field(default=Decimal(100), gt=0)
    kpis: tuple[str, ...] = ()


class PointsRule(Declared):
    """How a KPI's figure becomes 0-100 points: straight lines through floor, target and stretch.

    Parameters
    ----------
    at_floor : Decimal
        Points at the floor; below it there are none if `below_floor` is ``zero``, with ``line`` the line from floor to
        target goes on down to 0.
    at_target : Decimal
        Points at the target of a KPI that has a stretch, which then has 100; without a stretch the target has 100.
    """

    at_floor: Annotated[Exact, Field(ge=0, lt=100)] = Decimal(0)
    at_target: Annotated[Exact, Field(gt=0, le=100)] = Decimal(80)
    below_floor: Literal["zero", "line"] = "zero"

    @model_validator(mode="after")
    def _rise(self) -> PointsRule:
        if self.at_floor >= self.at_target:
            raise refusal("target_below_floor")
        return self


class StatedPrior(Declared):
    """What is known of a KPI before any supplier was measured, for groups with too few peers.

    Parameters
    ----------
    mean : Decimal
        In the unit of the KPI; of a rate the value as the KPI shows it.
    strength : Decimal
        Of a rate: how many cases the knowledge is worth; of a mean: the standard deviation of the true means.
    """

    kpi: str
    mean: Exact
    strength: Exact = Field(gt=0)


class EstimateRule(Declared):
    """How figures are estimated for comparison, and how sure the totals are said to be.

    Parameters
    ----------
    half_life : Decimal or None
        Periods after which a case of a rate counts half in the comparison; None looks at this period only.
    draws : int
        Draws for the interval of ranks, a multiple of 16; scores, their intervals and grades need none.
    """

    confidence: Annotated[Exact, Field(gt=0, lt=1)] = Decimal("0.95")
    minimum_peers: Whole = Field(default=5, ge=2, le=1000)
    rates: Literal["likelihood", "moments"] = "likelihood"
    means: Literal["paule_mandel", "reml", "likelihood", "dersimonian_laird"] = "paule_mandel"
    half_life: Annotated[Exact, Field(gt=0)] | None = None
    draws: Whole = Field(default=4096, ge=256, le=1_048_576, multiple_of=16)
    priors: tuple[StatedPrior, ...] = ()


class HysteresisRule(Declared):
    """What a score must do before a grade changes.

    Parameters
    ----------
    margin : Decimal
        Points beyond the cut that count; the larger of this and `margin_errors` standard errors of the score.
    periods : int
        Rated periods in a row beyond the margin, each on the same side, before the grade moves.
    at_once : Decimal
        Points beyond the cut that move the grade in the same period; the larger of this and `at_once_errors` standard
        errors. None: nothing but a critical event moves a grade at once.
    hold : int
        Rated periods after an override in which the grade does not rise.
    """

    margin: Annotated[Exact, Field(ge=0, le=50)] = Decimal(2)
    margin_errors: Annotated[Exact, Field(ge=0, le=5)] = Decimal(1)
    periods: Whole = Field(default=2, ge=1, le=12)
    at_once: Annotated[Exact, Field(ge=0, le=100)] | None = Decimal(5)
    at_once_errors: Annotated[Exact, Field(ge=0, le=10)] = Decimal("1.75")
    hold: Whole = Field(default=3, ge=0, le=60)

    @model_validator(mode="after")
    def _ordered(self) -> HysteresisRule:
        if self.at_once is not None and (self.at_once < self.margin or self.at_once_errors < self.margin_errors):
            raise refusal("jump_below_margin")
        return self


class KnockOut(Declared):
    """A critical event that sets the grade at once, apart from the score.

    Parameters
    ----------
    kind : str
        Kind of the event.
    grade : str
        The grade that it sets, unless the supplier's own is lower.
    action : str
        What is proposed, whatever the interval of the score; empty for the consequence of the grade.
    """

    kind: EventKind
    grade: str
    action: Action | Literal[""] = ""


class Consequence(Declared):
    """What is proposed for a grade, by whom it is approved, how long it lasts, where it can be appealed.

    Parameters
    ----------
    expires_months : int
        Months after the decision date at which it ends by itself; 0 for none.
    appeal_days : int
        Days in which the supplier may appeal; 0 for none.
    """

    grade: str
    action: Action
    approver: str = Field(min_length=1)
    expires_months: Whole = Field(default=0, ge=0, le=120)
    appeal_days: Whole = Field(default=0, ge=0, le=365)
    appeal_to: str = ""
    words: Words = Words()

    @model_validator(mode="after")
    def _complete(self) -> Consequence:
        takes = self.action not in {"keep", "watch"}
        if takes and not (self.appeal_days and self.appeal_to):
            raise refusal("no_appeal")
        if takes and self.action != "end" and not self.expires_months:
            raise refusal("no_end")
        return self


__all__ = [
    "ACTIONS",
    "EVENT_KINDS",
    "Action",
    "Branch",
    "Consequence",
    "EstimateRule",
    "EventKind",
    "GradeBands",
    "HysteresisRule",
    "KnockOut",
    "Places",
    "PointsRule",
    "Share",
    "StatedPrior",
]
