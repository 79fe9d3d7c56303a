"""The criteria tree: what is scored, on which scale, with which weight (§3.1.1-§3.1.5).

A criterion is either a node with children or a leaf with a source of figures. Weights are exact decimals and
the children of a node must add up to the total that the node states (convention §6).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticKnownError

from supplier_eval.messages import seen
from supplier_eval.policy.frozen import FrozenDict
from supplier_eval.policy.refused_values import refusal


def no_bool(given: Any) -> Any:  # noqa: ANN401 - raw input
    """True and false are no numbers, although Python counts with them."""
    if isinstance(given, bool):
        raise PydanticKnownError("int_type")
    return given


NoBool = BeforeValidator(no_bool)
Whole = Annotated[int, NoBool]
Exact = Annotated[Decimal, Field(max_digits=30, decimal_places=12)]
Figures = Annotated[Mapping[str, Exact], AfterValidator(FrozenDict)]
Identifier = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\s.\[\]{}'\"]+$")]
Source = Literal["marks", "facts", "past", "price"]
FIVE_CLAUSES = ("§3.1.1", "§3.1.2", "§3.1.3", "§3.1.4", "§3.1.5")


class Declared(BaseModel):
    """Base of everything that a policy declares: frozen, no unknown keys, exact decimals."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, ser_json_bytes="utf8")


class Words(Declared):
    """A label in both languages; a missing one is taken from the other."""

    en: str = ""
    zh: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, data: Any) -> Any:  # noqa: ANN401 - raw input
        return {"en": data, "zh": data} if isinstance(data, str) else data

    def say(self, lang: str) -> str:
        """The label in the language asked for, else in the other; without control and direction marks."""
        return seen((self.zh or self.en) if lang == "zh" else (self.en or self.zh))


class Anchor(Declared):
    """What a mark means: the rubric's words for one mark level."""

    mark: Exact
    words: Words


class Linear(Declared):
    """Straight line: 0 at `floor`, 100 at `target`; lower is better where `floor` > `target`."""

    kind: Literal["linear"] = "linear"
    floor: Exact
    target: Exact

    @model_validator(mode="after")
    def _apart(self) -> Linear:
        if self.floor == self.target:
            raise refusal("floor_is_target")
        return self

    @model_serializer(mode="wrap")
    def _with_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Say the kind even where defaults are left out: a file cannot be read back without it."""
        return {"kind": self.kind, **handler(self)}


class PiecewiseLinear(Declared):
    """Straight lines between knots ``[raw, value]``; flat outside the first and the last."""

    kind: Literal["piecewise_linear"]
    knots: tuple[tuple[Exact, Exact], ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _monotone(self) -> PiecewiseLinear:
        _check_knots(self.knots)
        return self


class Step(Declared):
    """Steps ``[from, value]``.

    The value holds from this raw figure on (included), below the first it is `below` (0 where values rise).
    """

    kind: Literal["step"]
    steps: tuple[tuple[Exact, Exact], ...] = Field(min_length=1)
    below: Annotated[Exact, Field(ge=0, le=100)] | None = None

    @model_validator(mode="after")
    def _monotone(self) -> Step:
        _check_knots(self.steps)
        first, last = self.steps[0][1], self.steps[-1][1]
        if self.below is not None and (first - self.below) * (last - first) < 0:
            raise refusal("below_turns")
        return self


class Threshold(Declared):
    """All or nothing: 100 at the threshold or better, else 0."""

    kind: Literal["threshold"]
    at: Exact
    direction: Literal["max", "min"] = "max"


class Exponential(Declared):
    """Curve from 0 at `floor` to 100 at `target`; `curvature` > 0 rewards the first steps most."""

    kind: Literal["exponential"]
    floor: Exact
    target: Exact
    curvature: Exact

    @model_validator(mode="after")
    def _curved(self) -> Exponential:
        if self.floor == self.target:
            raise refusal("floor_is_target")
        if self.curvature == 0:
            raise refusal("no_curve")
        return self


class Rubric(Declared):
    """Named levels (优 良 中 差, A B C) → value."""

    kind: Literal["rubric"]
    levels: Figures = Field(min_length=2)

    @model_validator(mode="after")
    def _range(self) -> Rubric:
        if any(not 0 <= v <= 100 for v in self.levels.values()):
            raise refusal("level_outside")
        return self


class YesNo(Declared):
    """Yes is worth 100, no is worth 0 (or the stated values)."""

    kind: Literal["yes_no"]
    yes: Exact = Field(default=Decimal(100), ge=0, le=100)
    no: Exact = Field(default=Decimal(0), ge=0, le=100)


ValueRule = Annotated[
    Linear | PiecewiseLinear | Step | Threshold | Exponential | Rubric | YesNo, Field(discriminator="kind")
]


def _check_knots(knots: tuple[tuple[Decimal, Decimal], ...]) -> None:
    xs = [x for x, _ in knots]
    vs = [v for _, v in knots]
    if any(b <= a for a, b in pairwise(xs)):
        raise refusal("knots_fall")
    if any(not 0 <= v <= 100 for v in vs):
        raise refusal("value_outside")
    ups = [b - a for a, b in pairwise(vs)]
    if any(u > 0 for u in ups) and any(u < 0 for u in ups):
        raise refusal("values_turn")


class PriceLeaf(Declared):
    """How one price criterion becomes a score.

    Parameters
    ----------
    formula : str
        Name in ``PRICE_FORMULAS``.
    parameters : mapping
        Its parameters; `ceiling` is taken from the lot where it is not stated here.
    items : tuple of str
        The price items that it covers; empty for the whole evaluated price.
    quality_from : tuple of str
        Criteria whose weighted value feeds a formula that needs quality; empty for all that are not price.
        Criteria named here may weigh 0: they decide through the price alone.
    """

    formula: str
    parameters: Figures = Field(default_factory=FrozenDict)
    items: tuple[str, ...] = ()
    quality_from: tuple[str, ...] = ()


class Criterion(Declared):
    """One criterion or sub-criterion.

    Parameters
    ----------
    id : str
        Key in the tables (``marks.criterion``, ``requirements.requirement``).
    parent : str
        Id of the node above; empty at the top.
    weight : Decimal
        Points within the parent.
    total : Decimal
        What the children's weights add up to (nodes only); 100 unless stated.
    source : {"marks", "facts", "past", "price"}
        Where the figures come from (leaves only): panel marks, ``requirements.csv``, the periodic evaluation
        of §3.3.2, or the evaluated price.
    minimum, maximum : Decimal
        The range of raw figures that is allowed in; outside is a finding.
    value : ValueRule or None
        Raw figure → 0-100; None reads marks linearly from `minimum` to `maximum`.
    objective : bool
        Members must agree (a count, a date): differences are flagged.
    categories : tuple of str
        The service categories (ITO, BPO, KPO, …) it applies to; empty for all.
    when_missing : Decimal or None
        The value (0-100) of a bid that states "none" where a fact or a past evaluation is asked for, declared
        beforehand and shown as such; None makes it a finding.
    """

    id: Identifier
    parent: str = ""
    name: Words
    weight: Exact = Field(ge=0)
    total: Exact = Field(default=Decimal(100), gt=0)
    clause: str = ""
    description: Words = Words()
    source: Source | None = None
    direction: Literal["max", "min"] = "max"
    unit: str = ""
    minimum: Exact = Decimal(0)
    maximum: Exact = Decimal(100)
    value: ValueRule | None = None
    anchors: tuple[Anchor, ...] = ()
    objective: bool = False
    categories: tuple[str, ...] = ()
    price: PriceLeaf | None = None
    when_missing: Annotated[Exact, Field(ge=0, le=100)] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Criterion:
        if self.minimum >= self.maximum:
            raise refusal("range_empty")
        if (self.source == "price") != (self.price is not None):
            raise refusal("price_apart")
        if self.when_missing is not None and self.source not in {"facts", "past"}:
            raise refusal("no_missing_here")
        outside = [a.mark for a in self.anchors if not self.minimum <= a.mark <= self.maximum]
        if outside:
            raise refusal("anchor_outside", mark=outside[0], minimum=self.minimum, maximum=self.maximum)
        if (
            self.value is not None
            and _falls(self.value) is not None
            and _falls(self.value) != (self.direction == "min")
        ):
            raise refusal("against_direction")
        return self

    def value_rule(self) -> ValueRule:
        """The declared value function, or the straight line over the allowed range."""
        if self.value is not None:
            return self.value
        ends = (self.minimum, self.maximum) if self.direction == "max" else (self.maximum, self.minimum)
        return Linear(floor=ends[0], target=ends[1])


def _falls(rule: ValueRule) -> bool | None:
    """Whether a higher raw figure is worth less; None where the rule has no direction."""
    if isinstance(rule, Linear | Exponential):
        return rule.floor > rule.target
    if isinstance(rule, PiecewiseLinear):
        ends = rule.knots[0][1], rule.knots[-1][1]
        return None if ends[0] == ends[1] else ends[0] > ends[1]
    if isinstance(rule, Threshold):
        return rule.direction == "min"
    if isinstance(rule, Step):
        ends = rule.steps[0][1] if rule.below is None else rule.below, rule.steps[-1][1]
        return None if ends[0] == ends[1] else ends[0] > ends[1]
    return None
