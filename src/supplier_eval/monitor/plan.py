"""The review plan: how suppliers are measured, scored and graded, decided before the period begins (§3.3.2, §5.1.1).

One frozen TOML document, read, checked, fingerprinted, replaced and written back as a policy is (convention §14). A
review is binding only if the plan is adopted and its fingerprint is the one that was agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError

from supplier_eval.errors import Finding, InvalidPolicy
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.plan_checks import plan_findings
from supplier_eval.monitor.plan_rules import (
    Branch,
    Consequence,
    EstimateRule,
    HysteresisRule,
    KnockOut,
    PointsRule,
)
from supplier_eval.monitor.plan_tree import ScoreTree
from supplier_eval.policy.criteria import Declared, Exact, Identifier, Words
from supplier_eval.policy.plain_data import fingerprint_of, toml_text, undeclared
from supplier_eval.policy.reading import read_toml, schema_findings
from supplier_eval.policy.rules import Adoption, GradeBands, Places, Share

FORMAT = "supplier-eval-review/1"


class ReviewPlan(Declared):
    """How suppliers are reviewed, as one frozen document.

    Built by `load`, `from_mapping` or `replace`; each refuses what does not hold together with `InvalidPolicy`, which
    carries every finding.

    Parameters
    ----------
    period : str
        Length of a period: ``month``, ``quarter`` or ``year``.
    first_period : str
        Label of the period with which grades begin, such as ``2026-01``: grades depend on those before them, so that a
        review binds only with the whole history from here on.
    total : Decimal
        What the weights of the top branches add up to.
    branches : tuple of Branch
        The tree above the KPIs.
    kpis : tuple of KpiDefinition
        What is measured; `weight` is the weight within its branch, 0 for a KPI that is watched and not scored.
    coverage_floor : Decimal
        Least share of the weights that must have been measured, 0-1; below it a supplier is not rated.
    minimum_in_force : Decimal
        Least share of the period in which the contract ran; below it a supplier is not rated.
    rounding : int
        Decimals of the total, half up, before grades are judged.
    credits : str
        Reference to the terms of service credits.
    timezone : str
        IANA zone, such as ``Asia/Shanghai``, of moments in a folder's records that state none; without it they are
        refused.
    chart_baseline : int
        Periods with a figure, from the first, that set the limits of control charts; only later ones are judged.
    """

    format: Literal["supplier-eval-review/1"] = "supplier-eval-review/1"
    name: Identifier
    version: str = "1"
    title: Words = Words()
    period: Literal["month", "quarter", "year"] = "month"
    first_period: str = ""
    total: Exact = Field(default=Decimal(100), gt=0)
    branches: tuple[Branch, ...] = Field(min_length=1, max_length=200)
    kpis: tuple[KpiDefinition, ...] = Field(min_length=1, max_length=1000)
    coverage_floor: Share = Decimal("0.7")
    minimum_in_force: Share = Decimal("0.5")
    points: PointsRule = PointsRule()
    estimates: EstimateRule = EstimateRule()
    rounding: Places = 1
    grades: GradeBands = GradeBands()
    hysteresis: HysteresisRule = HysteresisRule()
    knock_outs: tuple[KnockOut, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    credits: str = ""
    timezone: str = ""
    chart_baseline: int = Field(default=8, ge=8, le=60)
    adoption: Adoption | None = None

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a plan from a TOML file.

        Raises
        ------
        InvalidPolicy
            With every finding: unreadable TOML, unknown keys, weight sums, grades without a consequence.
        """
        if not isinstance(path, str | Path):
            raise InvalidPolicy([Finding("plan.path", "plan", value=type(path).__name__)])
        try:
            data = read_toml(Path(path))
        except InvalidPolicy as refused:
            raise InvalidPolicy(_of_plan(refused.findings), str(path)) from None
        return cls.from_mapping(data, source=str(path))

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], source: str = "") -> Self:
        """Build a plan from plain data (what TOML or JSON gives), all findings at once."""
        if not isinstance(data, Mapping):
            raise InvalidPolicy([Finding("plan.not_a_table", "plan", value=type(data).__name__)], source)
        try:
            plan = cls.model_validate(dict(data))
        except ValidationError as refused:
            raise InvalidPolicy(_of_plan(schema_findings(refused, data)), source) from None
        findings = plan_findings(plan)
        if any(f.severity == "error" for f in findings):
            raise InvalidPolicy(findings, source)
        return plan

    def check(self) -> list[Finding]:
        """Warnings that refuse nothing: a plan nobody adopted, KPIs without a benchmark, no grades."""
        return plan_findings(self)

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - any field
        """Give a changed copy, checked like the first."""
        data = self.to_mapping() | {key: undeclared(change) for key, change in changes.items()}
        return type(self).from_mapping(data, source=f"{self.name} (replaced)")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Give a changed copy as `replace` does: pydantic's own would keep the old fingerprint, unchecked."""
        return self.replace(**update) if update else super().model_copy(deep=deep)

    @cached_property
    def tree(self) -> ScoreTree:
        """Branches and KPIs with their exact weights."""
        return ScoreTree.of(self.branches, self.kpis, self.total)

    @cached_property
    def fingerprint(self) -> str:
        """``sha256:…`` of the canonical form: the order of keys, KPIs and branches, and ``30`` or ``30.0``, are one."""
        data = self.to_mapping()
        for key in ("branches", "kpis"):
            data[key] = sorted(data[key], key=lambda entry: str(entry["id"]))
        for key, name in (("knock_outs", "kind"), ("consequences", "grade")):
            data[key] = sorted(data.get(key, ()), key=lambda entry: str(entry[name]))
        return fingerprint_of(data)

    def to_mapping(self) -> dict[str, Any]:
        """Plain data without the defaults; `from_mapping` gives an equal plan back."""
        return {"format": FORMAT, **self.model_dump(mode="python", exclude_defaults=True)}

    def to_toml(self) -> str:
        """TOML text that `load` reads back as an equal plan."""
        return toml_text(self.to_mapping())

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __str__(self) -> str:
        return repr(self)

    def __repr__(self) -> str:
        return f"ReviewPlan({self.name!r}, version {self.version}, {len(self.kpis)} KPIs, {self.fingerprint[:19]}…)"


def _of_plan(findings: tuple[Finding, ...] | list[Finding]) -> list[Finding]:
    """Findings of the reader of policies, in the words of a plan."""
    return [
        Finding("plan." + f.code.removeprefix("policy."), "plan", f.column, f.rows, f.value, f.facts, f.severity)
        for f in findings
    ]
