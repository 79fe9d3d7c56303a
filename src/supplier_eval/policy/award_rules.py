"""What a policy freezes about the award: objective, cover, contract grid, keys of ties, business rules (§3.2.5).

The kinds stand here as a plain list, because the policy stands below the award and may not import it; what each
kind needs and how its value is read is checked in ``award_checks.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, PlainValidator, TypeAdapter, ValidationError, model_validator

from supplier_eval.policy.criteria import Declared, Exact, Identifier, Whole
from supplier_eval.policy.frozen import FrozenDict
from supplier_eval.policy.refused_values import refusal

FINEST_GRID = 10**6
AwardKind = Literal[
    "max_lots_per_bidder",
    "max_winners",
    "min_winners",
    "max_winners_per_lot",
    "min_winners_per_lot",
    "min_share_if_awarded",
    "max_volume_share",
    "min_volume_share",
    "max_spend_share",
    "min_spend_share",
    "budget",
    "exclude",
    "set_aside",
    "force_award",
    "mutually_exclusive",
    "implies",
    "one_supplier_per_region",
    "min_avg",
    "max_avg",
    "min_attr",
    "max_attr",
]
AWARD_KINDS: tuple[str, ...] = get_args(AwardKind)
Stage = str | Mapping[str, Decimal]
_WEIGHTS = TypeAdapter(Mapping[str, Exact])


def _told(given: object) -> bool | int | str:
    """What an attribute must equal: a text, a whole number, true or false."""
    if isinstance(given, bool | str):
        return given
    if isinstance(given, int | float | Decimal) and math.isfinite(given) and given % 1 == 0:
        return int(given)
    raise refusal("not_matched")


Told = Annotated[bool | int | str, PlainValidator(_told)]
Matched = Annotated[Mapping[str, Told], AfterValidator(FrozenDict)]


def _objective(given: object) -> Stage | tuple[Stage, ...]:
    """A measure, a table measure = weight, or a list of these in order; one stage alone is no list."""
    if not isinstance(given, list | tuple):
        return _stage(given)
    if not given:
        raise refusal("no_objective")
    stages = tuple(_stage(part) for part in given)
    return stages if len(stages) > 1 else stages[0]


def _stage(given: object) -> Stage:
    if isinstance(given, str):
        return given
    if not isinstance(given, Mapping) or not given:
        raise refusal("objective_form")
    try:
        return FrozenDict(_WEIGHTS.validate_python(given))
    except ValidationError as refused:
        wrong = ", ".join(dict.fromkeys(str(error["loc"][0]) for error in refused.errors()))
        raise refusal("objective_weight", wrong=wrong) from None


class AllocationRule(Declared):
    """A business rule of the award (§3.2.5): what it asks, of whom, where, and what a breach costs.

    Parameters
    ----------
    kind : str
        One of `AWARD_KINDS`.
    value : Decimal or None
        Limit: a count, a fraction of 1 for shares, money for a budget, the attribute's unit for averages.
    who : tuple of str
        Bidder ids concerned; may be written ``suppliers``. Empty, with no group: all.
    lots : tuple of str
        Lots of the notice concerned; empty for all.
    group, where : mapping
        Attributes that suppliers, or lots, must have to be concerned (``{ small_business = true }``).
    attribute : str
        What an average or a threshold is taken of: ``score``, the id of a top criterion (points), or an attribute
        of the supplier.
    when, then : str
        Bidder ids of an ``implies`` rule.
    hard : bool
        May not be broken at any price; a soft rule has a penalty instead.
    penalty : Decimal or None
        What a soft rule costs per unit of breach: money, or points where points are optimised. > 0.
    """

    id: Identifier
    kind: AwardKind
    value: Exact | None = None
    who: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    group: Matched = Field(default_factory=FrozenDict)
    where: Matched = Field(default_factory=FrozenDict)
    attribute: str = ""
    when: str = ""
    then: str = ""
    hard: bool = True
    penalty: Exact | None = Field(default=None, gt=0)
    clause: str = "§3.2.5"

    @model_validator(mode="before")
    @classmethod
    def _suppliers(cls, data: Any) -> Any:  # noqa: ANN401 - raw input
        """``suppliers`` is another word for ``who``."""
        if not isinstance(data, Mapping) or "suppliers" not in data:
            return data
        if "who" in data:
            raise refusal("who_twice")
        return {("who" if key == "suppliers" else key): value for key, value in data.items()}

    @model_validator(mode="after")
    def _soft_has_price(self) -> AllocationRule:
        if self.hard == (self.penalty is not None):
            raise refusal("penalty_apart")
        return self


class AwardRule(Declared):
    """What the award optimises, under which rules, and how many candidates are named, in order.

    Parameters
    ----------
    objective : str, mapping, or tuple of these
        A measure (``score``, ``cost``, ``risk``, ``value``, ``winners``, ``max_attr:NAME``, ``min_attr:NAME``), a
        weighted sum of measures, or stages: a later one decides among the awards that are best in all before it.
    cover : {"exactly", "at_most", "free_disposal"}
        Each lot is awarded exactly once; at most once; or at least once.
    grid : int
        Units in a whole lot: shares are multiples of 1/grid. May be written as ``share_step`` (0.0001 for 0.01 %).
    tie_keys : tuple of str
        What decides between equal awards, in order: ``cost``, ``score``, ``winners`` (fewest), ``attr:NAME``
        (highest).
    """

    objective: Annotated[Stage | tuple[Stage, ...], PlainValidator(_objective)] = "score"
    candidates: Whole = Field(default=3, ge=1, le=99)
    cover: Literal["exactly", "at_most", "free_disposal"] = "exactly"
    grid: Whole = Field(default=FINEST_GRID, ge=1, le=FINEST_GRID)
    tie_keys: tuple[str, ...] = ("cost", "score", "winners")
    rules: tuple[AllocationRule, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _share_step(cls, data: Any) -> Any:  # noqa: ANN401 - raw input
        """``share_step`` is another way to write ``grid``."""
        if not isinstance(data, Mapping) or "share_step" not in data:
            return data
        if "grid" in data:
            raise refusal("grid_twice")
        return {("grid" if key == "share_step" else key): value for key, value in data.items()} | {
            "grid": _units(data["share_step"])
        }


def _units(step: object) -> int:
    """Units in a whole lot, from the step of a share."""
    try:
        exact = Fraction(str(step))
    except (ValueError, ZeroDivisionError):
        exact = Fraction(0)
    if not 0 < exact <= 1 or exact.numerator != 1:
        raise refusal("share_step", step=step)
    return exact.denominator


def stages_of(objective: Stage | tuple[Stage, ...]) -> tuple[Stage, ...]:
    """The stages of an objective, in order of precedence."""
    return objective if isinstance(objective, tuple) else (objective,)
