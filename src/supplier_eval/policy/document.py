"""The policy as one frozen document: read, checked, fingerprinted, replaced, written back (§3.2.1).

The fingerprint is the SHA-256 of the policy's canonical form (keys sorted, criteria by id, decimals without
trailing zeros), so that neither the order of keys nor ``30`` against ``30.0`` changes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError

from supplier_eval.errors import Finding, InvalidPolicy, UnknownName
from supplier_eval.policy.award_rules import AwardRule
from supplier_eval.policy.batch_columns import BatchColumns
from supplier_eval.policy.checks import policy_findings
from supplier_eval.policy.criteria import Criterion, Declared, Exact, Identifier, Whole, Words
from supplier_eval.policy.plain_data import fingerprint_of, toml_text, undeclared
from supplier_eval.policy.reading import read_toml, resolve, schema_findings
from supplier_eval.policy.regimes import PROFILE_KEY, Regime, profile_data, profile_names
from supplier_eval.policy.rules import (
    Adoption,
    ApprovalRule,
    DisclosureRule,
    Floor,
    Gate,
    GradeBands,
    PanelRule,
    PriceRule,
    Procedure,
    RobustnessRule,
    RoundingRule,
    TieRule,
)
from supplier_eval.policy.tree import CriteriaTree

FORMAT = "supplier-eval-policy/1"


class Policy(Declared):
    """What was decided before the bids were opened.

    Built by `load`, `profile`, `default`, `from_mapping` or `replace`; each refuses what does not hold
    together with `InvalidPolicy`, which carries every finding. All amounts are in `currency`; weights are
    exact decimals that add up to the stated totals.
    """

    format: Literal["supplier-eval-policy/1"] = "supplier-eval-policy/1"
    name: Identifier
    version: str = "1"
    title: Words = Words()
    regime: str = "service-outsourcing"
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$")
    minor_units: Whole = Field(default=2, ge=0, le=4)
    total: Exact = Field(default=Decimal(100), gt=0)
    categories: tuple[str, ...] = ("ITO", "BPO", "KPO")
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=2000)
    gates: tuple[Gate, ...] = ()
    floors: tuple[Floor, ...] = ()
    procedure: Procedure = Procedure()
    price: PriceRule = PriceRule()
    panel: PanelRule = PanelRule()
    ties: TieRule = TieRule()
    rounding: RoundingRule = RoundingRule()
    disclosure: DisclosureRule = DisclosureRule()
    grades: GradeBands = GradeBands()
    approval: ApprovalRule = ApprovalRule()
    award: AwardRule = AwardRule()
    robustness: RobustnessRule = RobustnessRule()
    batch: BatchColumns = BatchColumns()
    adoption: Adoption | None = None

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a policy from a TOML file.

        Raises
        ------
        InvalidPolicy
            With every finding: unreadable TOML, unknown keys, weight sums, a broken regime rule.
        """
        return cls.from_mapping(read_toml(Path(path)), source=str(path))

    @classmethod
    def default(cls) -> Self:
        """Give the company's proposal: profile ``service-outsourcing`` (not adopted, hence exploratory)."""
        return cls.profile("service-outsourcing")

    @classmethod
    def profile(cls, name: str) -> Self:
        """Give a published regime or the company's default by name, see ``supplier-eval profiles``."""
        if name not in profile_names():
            raise UnknownName("profile", name, profile_names())
        data = dict(profile_data(name))
        data.pop(PROFILE_KEY, None)
        return cls.from_mapping(data, source=f"profile:{name}")

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], source: str = "") -> Self:
        """Build a policy from plain data (what TOML or JSON gives), all findings at once."""
        whole = resolve(data, source)
        whole.pop(PROFILE_KEY, None)
        try:
            policy = cls.model_validate(whole)
        except ValidationError as refused:
            raise InvalidPolicy(schema_findings(refused, whole), source) from None
        findings = policy_findings(policy)
        if any(f.severity == "error" for f in findings):
            raise InvalidPolicy(findings, source)
        return policy

    def check(self) -> list[Finding]:
        """Warnings that refuse nothing: a regime recalled from memory, out of date, weights not adopted."""
        return policy_findings(self)

    @property
    def rules_of_regime(self) -> Regime:
        """The regime whose legality checks this policy passed."""
        return Regime.named(self.regime)

    def replace(self, *, weights: Mapping[str, Decimal | float | str] | None = None, **changes: Any) -> Self:  # noqa: ANN401 - any field
        """Give a changed copy, checked like the first; `weights` maps criterion id → weight.

        Examples
        --------
        >>> policy = se.Policy.default().replace(weights={"price": 40, "quality": 15})
        """
        data = self.to_mapping() | {key: undeclared(change) for key, change in changes.items()}
        if weights is not None:
            data["weights"] = {key: str(weight) for key, weight in weights.items()}
        return type(self).from_mapping(data, source=f"{self.name} (replaced)")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Give a changed copy as `replace` does: pydantic's own would keep the old fingerprint, unchecked."""
        return self.replace(**update) if update else super().model_copy(deep=deep)

    def tree(self, category: str = "") -> CriteriaTree:
        """The criteria that apply to a service category (``"ITO"``), as a tree."""
        return CriteriaTree(criteria_of(self, category))

    def weights(self, category: str = "") -> dict[str, float]:
        """Leaf id → weight as a fraction of 1.

        Raises
        ------
        UnknownName
            If the criteria differ by service category and `category` is none of the policy's.
        """
        if category not in self.categories and any(c.categories for c in self.criteria):
            raise UnknownName("service category", category, self.categories)
        return self.tree(category).weights(self.total)

    @cached_property
    def fingerprint(self) -> str:
        """``sha256:…`` of the canonical form; equal policies have equal fingerprints.

        What stands at its default is left out, so that a rule that a later version learns does not change the
        fingerprint of a policy that does not use it. The defaults of one format never change.
        """
        data = self.to_mapping()
        for key in ("criteria", "gates"):
            data[key] = sorted(data.get(key, ()), key=lambda entry: (str(entry["id"]), str(entry.get("categories"))))
        return fingerprint_of(data)

    def to_mapping(self) -> dict[str, Any]:
        """Plain data without the defaults; `from_mapping` gives an equal policy back."""
        return {"format": FORMAT, **self.model_dump(mode="python", exclude_defaults=True)}

    def to_toml(self) -> str:
        """TOML text that `load` reads back as an equal policy."""
        return toml_text(self.to_mapping())

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __str__(self) -> str:
        return repr(self)

    def __repr__(self) -> str:
        return f"Policy({self.name!r}, version {self.version}, regime {self.regime}, {self.fingerprint[:19]}…)"


def criteria_of(policy: Policy, category: str) -> tuple[Criterion, ...]:
    """Criteria that apply to one category; with no category, those that apply to all."""
    return tuple(c for c in policy.criteria if not c.categories or category in c.categories)
