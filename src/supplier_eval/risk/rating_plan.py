"""The rating plan: what is measured, on which scale, with which weight, which levels and knock-outs (§6.2.2).

Decided before suppliers are rated; points run from 0 (no risk) to 100 (highest risk). What does not hold together is
refused with every finding at once. The default plan is a proposal that nobody has adopted.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.policy.criteria import Declared, Exact, Figures, Identifier, Whole, Words
from supplier_eval.policy.frozen import FrozenDict
from supplier_eval.policy.plain_data import fingerprint_of
from supplier_eval.policy.reading import read_toml, schema_findings
from supplier_eval.policy.rules import Adoption, Places, Share
from supplier_eval.risk.rating_plan_checks import plan_findings
from supplier_eval.risk.rating_plan_defaults import KNOCK_OUTS, LEGAL, LEVELS, MEASURES, SECURITY
from supplier_eval.risk.records import asked

TABLE = "rating_plan"
MeasureId = Literal[
    "financial", "delivery", "spend_share", "revenue_share", "single_source", "security", "legal", "concentration"
]


class RatingMeasure(Declared):
    """One thing that is measured of every supplier.

    Parameters
    ----------
    id : str
        ``financial`` (place of the Altman score between its cut-offs: 0 the lower, 1 the upper), ``delivery``
        (scorecard 0-100), ``spend_share`` (of the company's spend, 0-1), ``revenue_share`` (of the supplier's revenue
        that comes from the company, 0-1), ``single_source`` (items nobody else supplies), ``security`` and ``legal``
        (points by severity), ``concentration`` (highest HHI by ultimate parent of the categories it supplies,
        0-10 000).
    weight : Decimal
        Above 0.
    knots : tuple of (Decimal, Decimal)
        Figure and points, figures rising; points rise, of ``financial`` and ``delivery`` they fall.
    """

    id: MeasureId
    weight: Exact = Field(gt=0)
    knots: tuple[tuple[Exact, Exact], ...] = Field(min_length=2, max_length=50)

    @cached_property
    def exact_knots(self) -> list[tuple[Fraction, Fraction]]:
        """The knots as fractions."""
        return [(Fraction(figure), Fraction(points)) for figure, points in self.knots]


class RatingLevel(Declared):
    """A level from its lower bound on (included)."""

    id: Identifier
    lower: Exact = Field(ge=0, le=100)
    words: Words = Words()


class RatingKnockOut(Declared):
    """Raises a supplier to at least `level` when the points of a measure reach `points`, whatever the score."""

    id: Identifier
    measure: MeasureId
    points: Exact = Field(gt=0, le=100)
    level: Identifier


class RatingPlan(Declared):
    """How suppliers are rated.

    Parameters
    ----------
    total : Decimal
        What the weights add up to.
    measures : tuple of RatingMeasure
        One or more, each once.
    levels : tuple of RatingLevel
        From the lowest risk to the highest; the first from 0 on.
    knock_outs : tuple of RatingKnockOut
        Apart from the score.
    coverage_floor : Decimal
        Least share of the weights that must have been assessed, 0-1; below it a supplier is not rated.
    rounding : int
        Decimals of the score, half up, before levels are judged.
    altman_variant : str
        For statements that name none; empty: each must name its own.
    statement_age, check_age : int
        Days after which a statement, or a check of security or of the legal record, says nothing any more.
    delivery_coverage : Decimal
        Least coverage of a scorecard, 0-1.
    security_severities, legal_severities : mapping
        Severity -> points of one open finding, of one violation.
    overdue_factor : Decimal
        An open finding past its due day counts so often; 1 or more.
    look_back : int
        Days within which a violation counts.
    adoption : Adoption or None
        Who adopted the plan; without it every rating is exploratory.
    """

    total: Exact = Field(default=Decimal(100), gt=0)
    measures: tuple[RatingMeasure, ...] = Field(default=tuple(RatingMeasure(**one) for one in MEASURES), min_length=1)
    levels: tuple[RatingLevel, ...] = Field(default=tuple(RatingLevel(**one) for one in LEVELS), min_length=1)
    knock_outs: tuple[RatingKnockOut, ...] = tuple(RatingKnockOut(**one) for one in KNOCK_OUTS)
    coverage_floor: Share = Decimal("0.6")
    rounding: Places = 1
    altman_variant: str = ""
    statement_age: Whole = Field(default=548, ge=1, le=3660)
    check_age: Whole = Field(default=730, ge=1, le=3660)
    delivery_coverage: Share = Decimal("0.5")
    security_severities: Figures = Field(default=FrozenDict(SECURITY), min_length=1)
    legal_severities: Figures = Field(default=FrozenDict(LEGAL), min_length=1)
    overdue_factor: Exact = Field(default=Decimal(2), ge=1, le=100)
    look_back: Whole = Field(default=1095, ge=1, le=36500)
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
            raise InvalidInput([asked("asked.path", "path", path)], TABLE)
        return cls.of(read_toml(Path(path)))

    @classmethod
    def of(cls, given: object = None) -> Self:
        """Take a plan, a path to one, plain data, or nothing for the default.

        Raises
        ------
        InvalidInput
            With every finding: keys unknown or missing, weights that do not add up, knots or levels that do not rise.
        """
        if isinstance(given, str | Path):
            return cls.load(given)
        data = {} if given is None else given.to_mapping() if isinstance(given, RatingPlan) else given
        if not isinstance(data, Mapping):
            raise InvalidInput([asked("rating.plan_kind", "plan", given)], TABLE)
        try:
            plan = cls.model_validate(dict(data))
        except ValidationError as refused:
            found = [
                Finding(_CODES.get(f.code, f.code), TABLE, f.column, value=f.value, facts=f.facts)
                for f in schema_findings(refused, data)
            ]
            raise InvalidInput(found, TABLE) from None
        findings = plan_findings(plan)
        if findings:
            raise InvalidInput(findings, TABLE)
        return plan

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - any field
        """Give a changed copy, checked like the first."""
        return type(self).of(self.to_mapping() | changes)

    def to_mapping(self) -> dict[str, Any]:
        """Plain data without the defaults."""
        return self.model_dump(mode="python", exclude_defaults=True)

    def level(self, name: str) -> int:
        """Place of a level, from 0 for the lowest risk."""
        return [one.id for one in self.levels].index(name)

    @cached_property
    def lowers(self) -> list[Fraction]:
        """Lower bounds of the levels."""
        return [Fraction(one.lower) for one in self.levels]

    @cached_property
    def fingerprint(self) -> str:
        """``sha256:...`` of the plan, whatever the order of measures, knock-outs and keys."""
        data = self.model_dump(mode="python")
        for name in ("measures", "knock_outs"):
            data[name] = sorted(data[name], key=lambda one: str(one["id"]))
        return fingerprint_of(data)

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __str__(self) -> str:
        return repr(self)

    def __repr__(self) -> str:
        return f"RatingPlan({len(self.measures)} measures, {len(self.levels)} levels, {self.fingerprint[:19]}…)"


_CODES = {
    "policy.key.unknown": "rating.key_unknown",
    "policy.key.missing": "rating.key_missing",
    "policy.value.invalid": "rating.value",
}
