"""The planning plan: how needs are assessed and options compared, declared before anybody marks (§2.1.2, §2.2.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias

from pydantic import Field, ValidationError, model_validator

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.policy.criteria import Anchor, Declared, Exact, Identifier, Whole, Words
from supplier_eval.policy.plain_data import fingerprint_of
from supplier_eval.policy.reading import read_toml, schema_findings
from supplier_eval.policy.refused_values import refusal
from supplier_eval.policy.rules import Adoption

TABLE = "planning_plan"
_CODES = {"policy.key.unknown": "planning.key_unknown", "policy.key.missing": "planning.key_missing"}
Dimension: TypeAlias = Literal["necessity", "feasibility"]
Part: TypeAlias = Literal["cost", "quality", "risk", "other"]
DIMENSIONS: tuple[Dimension, ...] = ("necessity", "feasibility")
TOTALS = (Decimal(1), Decimal(100))


class MarkedCriterion(Declared):
    """A criterion that people mark: raw marks become values on 0-100 along a straight line.

    Parameters
    ----------
    floor, target : Decimal
        Marks worth 0 and 100; a scale on which low is good has `floor` above `target`.
    anchors : tuple of Anchor
        What a mark means, in words.
    """

    id: Identifier
    name: Words = Words()
    clause: str = ""
    weight: Exact = Field(gt=0)
    floor: Exact = Decimal(0)
    target: Exact = Decimal(100)
    anchors: tuple[Anchor, ...] = ()

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.floor == self.target:
            raise refusal("floor_is_target")
        return self

    def value(self, mark: float) -> float:
        """The value of a mark on 0-100."""
        low = float(self.floor)
        return 100.0 * (mark - low) / (float(self.target) - low)

    @property
    def scale(self) -> tuple[float, float]:
        """Least and greatest mark."""
        ends = sorted((float(self.floor), float(self.target)))
        return ends[0], ends[1]


class NeedCriterion(MarkedCriterion):
    """One question about a need: is it necessary, or is outsourcing it feasible (§2.1.2)."""

    dimension: Dimension


class OptionCriterion(MarkedCriterion):
    """One criterion on which options are compared (§2.2.2).

    Parameters
    ----------
    part : {"cost", "quality", "risk", "other"}
        What it is about; the one of ``cost`` reads the present value and is not marked.
    """

    part: Part = "other"


class OutsourcingOption(Declared):
    """A way to meet the need: in-house, partly or wholly outsourced."""

    id: Identifier
    kind: Literal["in_house", "partial", "whole"]
    name: Words = Words()


class Lines(Declared):
    """From which figure on, on 0-100, a need counts as necessary and its outsourcing as feasible."""

    necessity: Exact = Field(default=Decimal(60), ge=0, le=100)
    feasibility: Exact = Field(default=Decimal(60), ge=0, le=100)


class PlanningPlan(Declared):
    """How needs are assessed and options compared.

    Parameters
    ----------
    assessors : int
        Least number of people who must have marked a need on everything; fewer leave it undecided.
    needs : tuple of NeedCriterion
        Weights of each dimension add up to 1 or to 100.
    need : str
        Id of the need that the options would meet; empty where it is not one of a list.
    options, criteria : tuple
        Weights of the criteria add up to 1 or to 100; at most one of them is of ``cost``.
    currency : str
        Of every cost.
    term_months : int
        Length of the term that is compared.
    discount_rate : Decimal
        Effective, a year, as a fraction.
    timing : {"end", "middle", "beginning"}
        When in its month a payment is made.
    cost_formula : str
        Price formula of ``se.score.PRICE_FORMULAS`` that turns present values into 0-100.
    """

    currency: str = Field(default="CNY", pattern="^[A-Z]{3}$")
    assessors: Whole = Field(default=3, ge=1, le=100)
    lines: Lines = Lines()
    needs: tuple[NeedCriterion, ...] = ()
    need: str = Field(default="", max_length=200)
    options: tuple[OutsourcingOption, ...] = ()
    criteria: tuple[OptionCriterion, ...] = ()
    term_months: Whole = Field(default=36, ge=1, le=600)
    discount_rate: Exact = Field(default=Decimal("0.05"), gt=-1, le=1)
    timing: Literal["end", "middle", "beginning"] = "end"
    cost_formula: str = "lowest_over_price"
    adoption: Adoption | None = None

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a plan from a TOML file.

        Raises
        ------
        InvalidInput
            With every finding.
        """
        if not isinstance(path, str | Path):
            raise InvalidInput([Finding("planning.plan_kind", TABLE, value=type(path).__name__)], TABLE)
        return cls.of(read_toml(Path(path)))

    @classmethod
    def of(cls, given: object) -> Self:
        """Take a plan, a path to one, or plain data.

        Raises
        ------
        InvalidInput
            With every finding: keys unknown or missing, ids twice, weights that do not add up.
        """
        if isinstance(given, cls):
            return given
        if isinstance(given, str | Path):
            return cls.load(given)
        if not isinstance(given, Mapping):
            raise InvalidInput([Finding("planning.plan_kind", TABLE, value=type(given).__name__)], TABLE)
        try:
            plan = cls.model_validate(dict(given))
        except ValidationError as refused:
            found = [replace(f, code=_CODES.get(f.code, f.code), table=TABLE) for f in schema_findings(refused, given)]
            raise InvalidInput(found, TABLE) from None
        found = list(_findings(plan))
        if found:
            raise InvalidInput(found, TABLE)
        return plan

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - any field
        """Give a changed copy, checked like the first."""
        return type(self).of(self.model_dump(mode="python", exclude_defaults=True) | changes)

    @cached_property
    def fingerprint(self) -> str:
        """``sha256:...`` of the plan, whatever the order of its lists and keys."""
        data = self.model_dump(mode="python")
        for name in ("needs", "options", "criteria"):
            data[name] = sorted(data[name], key=lambda one: str(one["id"]))
        return fingerprint_of(data)

    @property
    def standing(self) -> Literal["binding", "exploratory"]:
        """Binding once the plan was adopted; every result under it stands as it does."""
        return "exploratory" if self.adoption is None else "binding"

    def of_dimension(self, dimension: Dimension) -> tuple[NeedCriterion, ...]:
        """The criteria of a dimension."""
        return tuple(one for one in self.needs if one.dimension == dimension)

    @property
    def cost_criterion(self) -> OptionCriterion | None:
        """The criterion that reads the present value; None where cost is not scored."""
        return next((one for one in self.criteria if one.part == "cost"), None)


def _findings(plan: PlanningPlan) -> Iterator[Finding]:
    for column in ("needs", "options", "criteria"):
        counted = Counter(id_key(one.id) for one in getattr(plan, column))
        twice = ", ".join(key for key, n in counted.items() if n > 1)
        if twice:
            yield Finding("planning.id_twice", TABLE, column, value=twice)
    groups = {f"needs.{name}": [one.weight for one in plan.of_dimension(name)] for name in DIMENSIONS}
    groups["criteria"] = [one.weight for one in plan.criteria]
    for column, weights in groups.items():
        if weights and sum(weights) not in TOTALS:
            yield Finding("planning.weights", TABLE, column, value=str(sum(weights)))
    if plan.needs and not all(plan.of_dimension(name) for name in DIMENSIONS):
        yield Finding("planning.dimension_missing", TABLE, "needs")
    if sum(one.part == "cost" for one in plan.criteria) > 1:
        yield Finding("planning.two_costs", TABLE, "criteria")
    if plan.criteria and len(plan.options) < 2:
        yield Finding("planning.few_options", TABLE, "options", value=str(len(plan.options)))
