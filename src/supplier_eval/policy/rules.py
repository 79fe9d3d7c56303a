"""The rules that a policy freezes before the bids are opened: gates, floors, price, panel, ties.

Every rule is data; the rooms above read it and act. A rule never changes after publication (convention §14). The
rules of the award are written in ``award_rules.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from supplier_eval.policy.award_rules import AllocationRule, AwardRule  # noqa: F401 - as below
from supplier_eval.policy.batch_columns import BatchColumns  # noqa: F401 - the same place for all rules
from supplier_eval.policy.criteria import Declared, Exact, Identifier, NoBool, Whole, Words
from supplier_eval.policy.refused_values import refusal

Share = Annotated[Exact, Field(ge=0, le=1)]
Places = Annotated[Whole, Field(ge=0, le=6)]


class Gate(Declared):
    """A pass-or-fail requirement that no score buys off (§1.3.1, §3.1.1, §3.2.3).

    Parameters
    ----------
    kind : str
        ``yes``: the answer must be yes. ``valid_until``: a date not before the deadline plus `margin_days`.
        ``none_since``: the date of the last event (empty answer "none") lies before the deadline minus
        `look_back_years`. ``at_least`` / ``at_most``: a number against `limit`.
    """

    id: Identifier
    name: Words
    kind: Literal["yes", "valid_until", "none_since", "at_least", "at_most"]
    clause: str = "§3.1.1"
    limit: Exact | None = None
    unit: str = ""
    look_back_years: Whole | None = Field(default=None, ge=1, le=50)
    margin_days: Whole = Field(default=0, ge=0, le=3660)
    lots: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    reviewed_by: Words = Words()

    @model_validator(mode="after")
    def _complete(self) -> Gate:
        if (self.kind in {"at_least", "at_most"}) != (self.limit is not None):
            raise refusal("no_limit_here")
        if (self.kind == "none_since") != (self.look_back_years is not None):
            raise refusal("no_look_back_here")
        return self


class Floor(Declared):
    """A quality floor: below it a bid is out, whatever its price (§1.3.2, §3.1.4).

    Parameters
    ----------
    criterion : str
        Node or leaf.
    minimum : Decimal
        In `unit`: ``value`` is the 0-100 value of the criterion, ``points`` the points within its weight.
    lot : str
        One lot only; empty for all.
    """

    criterion: str
    minimum: Exact = Field(ge=0)
    unit: Literal["value", "points"] = "value"
    lot: str = ""
    clause: str = "§3.1.4"


class AbnormalRule(Declared):
    """When a price opens a case (convention §15): a line, not a verdict.

    Parameters
    ----------
    kind : str
        ``below_share_of_mean`` / ``above_share_of_mean``: of the eligible bids' mean price.
        ``below_share_of_ceiling``: of the lot's published ceiling. ``below_share_of_second``: of the next
        higher price. ``points_fraction``: both the price points and the other points reach the stated
        fraction of their maximum (the four-fifths rule of Italian law).
    limit : Decimal
        The share (0-2).
    """

    kind: Literal[
        "below_share_of_mean",
        "above_share_of_mean",
        "below_share_of_ceiling",
        "below_share_of_second",
        "points_fraction",
    ]
    limit: Exact = Field(gt=0, le=5)
    minimum_bids: Whole = Field(default=1, ge=1)
    clause: str = "§3.1.4"


Correction = Literal["words_over_figures", "opening_over_file", "unit_times_quantity", "decimal_slip"]


class PriceRule(Declared):
    """How a price climbs from what was read to what is scored (§3.1.4, convention §7)."""

    corrections: tuple[Correction, ...] = (
        "opening_over_file",
        "words_over_figures",
        "decimal_slip",
        "unit_times_quantity",
    )
    correction_needs_consent: bool = True
    small_business_deduction: Share = Decimal(0)
    tax_basis: Literal["inclusive", "exclusive"] = "exclusive"
    abnormal: tuple[AbnormalRule, ...] = ()
    unbalanced_above: Exact | None = Field(default=None, gt=1)
    draw_benchmark: bool = False


class Technical(Declared):
    """The technical envelope: what it holds, its threshold, and the rescaling to the best."""

    criteria: tuple[str, ...] = ()
    rescale_to_best: bool = False


class PanelRule(Declared):
    """Who marks, how marks become one mark, and when a mark is looked at again (§3.2.4)."""

    aggregation: Literal["mean", "trimmed_mean", "median", "moderated", "consensus"] = "mean"
    trim: Whole = Field(default=1, ge=1, le=5)
    minimum_members: Whole = Field(default=1, ge=1, le=99)
    minimum_members_major: Whole | None = Field(default=None, ge=1, le=99)
    odd: bool = False
    expert_share: Share = Decimal(0)
    outlier_share: Share = Decimal("0.30")
    independent: bool = True


TieKey = Annotated[str, Field(pattern=r"^(lower_price|higher:.+)$")]


class TieRule(Declared):
    """Keys in order; what is still equal after the last stays a tie, and a recorded draw decides."""

    keys: tuple[TieKey, ...] = ("lower_price",)


class RoundingRule(Declared):
    """Decimal places per stage, half up; None leaves the stage unrounded (convention §8)."""

    mark: Places | None = None
    criterion: Places | None = None
    total: Places | None = None


class DisclosureRule(Declared):
    """What a bidder who lost may be told about others, before and after award."""

    winner_name: bool = True
    winner_total: bool = True
    winner_criteria: bool = False
    winner_price: bool = False
    own_marks: bool = True
    other_totals: bool = False
    evaluator_names: bool = False
    standstill_days: Whole = Field(default=0, ge=0, le=365)


class GradeBand(Declared):
    """A grade from its lower bound on (included)."""

    grade: str
    lower: Exact = Field(ge=0, le=100)
    words: Words = Words()


class GradeBands(Declared):
    """Half-open bands that cover 0-100; a score of exactly 100 has the top grade."""

    bands: tuple[GradeBand, ...] = ()

    @model_validator(mode="after")
    def _cover(self) -> GradeBands:
        if self.bands:
            lowers = [band.lower for band in self.bands]
            if lowers != sorted(lowers, reverse=True) or len(set(lowers)) != len(lowers) or lowers[-1] != 0:
                raise refusal("bands_unordered")
        return self

    def grade(self, score: Decimal | float) -> str | None:
        """The grade of a score (0-100); None where no bands are declared."""
        for band in self.bands:
            if Decimal(str(score)) >= band.lower:
                return band.grade
        return None


class ApprovalRule(Declared):
    """What makes a project major, and the steps it then needs before the tender opens (§2.2.3)."""

    value_from: Exact | None = Field(default=None, gt=0)
    term_months_from: Whole | None = Field(default=None, ge=1)
    data_classes: tuple[str, ...] = ()
    steps: tuple[Literal["expert_review", "board_approval"], ...] = ("expert_review", "board_approval")


class RobustnessRule(Declared):
    """The ball around the published weights in which the order is questioned, declared before the bids are known.

    Parameters
    ----------
    radius : Decimal
        How far the weights may move, as a fraction of the whole (0.05 is five points of a hundred).
    norm : {"max", "sum", "euclidean"}
        How far is far: the largest change of one weight, the sum of all changes, or their Euclidean length.
    """

    radius: Annotated[Exact, Field(gt=0, le=1)] = Decimal("0.05")
    norm: Literal["max", "sum", "euclidean"] = "max"


class Procedure(Declared):
    """The order of opening, and how many valid bids the procedure needs."""

    envelopes: Annotated[Literal[1, 2], NoBool] = 1
    minimum_valid_bids: Whole = Field(default=1, ge=1, le=99)
    technical: Technical = Technical()


class Adoption(Declared):
    """Who made this policy the company's, and when; without it every result is exploratory."""

    by: str = Field(min_length=1)
    on: date
    note: str = ""


Parameters = Mapping[str, Decimal]
