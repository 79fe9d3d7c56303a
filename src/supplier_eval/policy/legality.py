"""Legality checks: each tests one rule of a regime on a policy, and names the article when it is broken (§1.1, §1.3.1).

The tests of what the panel and the procedure must be stand here, those of weights, formulas and prices in
``legality_price.py``. A test gives the figure that breaks the rule, or None.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.policy import legality_price
from supplier_eval.policy.criteria import Criterion
from supplier_eval.policy.regimes import Check, Regime

if TYPE_CHECKING:
    from supplier_eval.policy.document import Policy

WRITTEN = {"rubrics": "`anchors`, docs/policy.md", "abnormal_low": "`[[price.abnormal]]`, docs/policy.md"}
Test = Callable[["Policy", Check], "str | None"]


def legality_findings(policy: Policy) -> list[Finding]:
    """Every rule of the policy's regime that the policy breaks; `value` says the figure that breaks it."""
    return [
        Finding(
            "policy.regime.broken",
            table="policy",
            column=check.id,
            value=broken,
            facts={
                "regime": policy.regime,
                "where": WRITTEN.get(check.id, "docs/policy.md"),
                "article": check.article,
                "rule_en": check.words.say("en"),
                "rule_zh": check.words.say("zh"),
            },
            severity=check.severity,
        )
        for check in Regime.named(policy.regime).checks
        if (broken := TESTS[check.kind](policy, check)) is not None
    ]


def known_kinds() -> Iterator[str]:
    """Names of all tests, for the profiles' own test."""
    yield from sorted(TESTS)


def _number(check: Check) -> Decimal:
    if check.value is None:
        raise ValueError(f"check {check.id} states no value")
    return check.value


def _aggregation_one_of(policy: Policy, check: Check) -> str | None:
    return None if policy.panel.aggregation in check.options else policy.panel.aggregation


def _panel_at_least(policy: Policy, check: Check) -> str | None:
    members = policy.panel.minimum_members
    return str(members) if members < _number(check) else None


def _panel_major_at_least(policy: Policy, check: Check) -> str | None:
    members = policy.panel.minimum_members_major or policy.panel.minimum_members
    return str(members) if members < _number(check) else None


def _panel_odd(policy: Policy, check: Check) -> str | None:
    return None if policy.panel.odd else "odd = false"


def _panel_independent(policy: Policy, check: Check) -> str | None:
    return None if policy.panel.independent else "independent = false"


def _expert_share_at_least(policy: Policy, check: Check) -> str | None:
    share = policy.panel.expert_share
    return f"{share.normalize():f}" if share < _number(check) else None


def _valid_bids_at_least(policy: Policy, check: Check) -> str | None:
    bids = policy.procedure.minimum_valid_bids
    return str(bids) if bids < _number(check) else None


def _candidates_at_most(policy: Policy, check: Check) -> str | None:
    named = policy.award.candidates
    return str(named) if named > _number(check) else None


def _ties_are(policy: Policy, check: Check) -> str | None:
    return None if policy.ties.keys == check.options else ", ".join(policy.ties.keys) or "none"


def _two_envelopes(policy: Policy, check: Check) -> str | None:
    return None if policy.procedure.envelopes == 2 else f"envelopes = {policy.procedure.envelopes}"


def _technical_floor(policy: Policy, check: Check) -> str | None:
    """A floor on the technical criteria, or on something below them, in every category."""
    for category in policy.categories or ("",):
        tree = policy.tree(category)
        floored = [floor.criterion for floor in policy.floors if floor.criterion in tree.by_id]
        above = {node.id for name in floored for node in tree.path(name)}
        if not above & set(policy.procedure.technical.criteria):
            return f"no floor on the technical criteria {category}".rstrip()
    return None


def _rescaled(policy: Policy, check: Check) -> str | None:
    return None if policy.procedure.technical.rescale_to_best else "rescale_to_best = false"


def _discloses(policy: Policy, check: Check) -> str | None:
    """Bidders who lost must be told these."""
    silent = [name for name in check.options if getattr(policy.disclosure, name) is not True]
    return ", ".join(f"{name} = false" for name in silent) or None


def _keeps_back(policy: Policy, check: Check) -> str | None:
    """Bidders who lost may not be told these."""
    told = [name for name in check.options if getattr(policy.disclosure, name) is not False]
    return ", ".join(f"{name} = true" for name in told) or None


def _standstill_at_least(policy: Policy, check: Check) -> str | None:
    days = policy.disclosure.standstill_days
    return str(days) if days < _number(check) else None


def _gates_reviewed(policy: Policy, check: Check) -> str | None:
    """Every gate names the body that reviews it."""
    return ", ".join(gate.id for gate in policy.gates if not gate.reviewed_by.say("en")) or None


def _gate_not_scored(policy: Policy, check: Check) -> str | None:
    """A qualification item may not be scored again: same id, or same name in either language."""
    gates = {_same(name) for gate in policy.gates for name in (gate.id, gate.name.en, gate.name.zh) if name}
    again = [c.id for c in policy.criteria if gates & {_same(n) for n in (c.id, c.name.en, c.name.zh) if n}]
    return ", ".join(again) or None


def _rubrics_quantified(policy: Policy, check: Check) -> str | None:
    """Every judged criterion says what its marks mean: two anchors at least, or a value function."""
    bare = [c.id for c in policy.criteria if c.source == "marks" and not _quantified(c)]
    return ", ".join(bare) or None


def _categories_none_of(policy: Policy, check: Check) -> str | None:
    return ", ".join(name for name in policy.categories if name in check.options) or None


def _quantified(criterion: Criterion) -> bool:
    return len(criterion.anchors) >= 2 or criterion.value is not None


def _same(name: str) -> str:
    """A name without case, width, spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum())


TESTS: dict[str, Test] = {
    **legality_price.TESTS,
    "aggregation_one_of": _aggregation_one_of,
    "candidates_at_most": _candidates_at_most,
    "categories_none_of": _categories_none_of,
    "discloses": _discloses,
    "expert_share_at_least": _expert_share_at_least,
    "gate_not_scored": _gate_not_scored,
    "gates_reviewed": _gates_reviewed,
    "keeps_back": _keeps_back,
    "panel_at_least": _panel_at_least,
    "panel_independent": _panel_independent,
    "panel_major_at_least": _panel_major_at_least,
    "panel_odd": _panel_odd,
    "rescaled_to_best": _rescaled,
    "rubrics_quantified": _rubrics_quantified,
    "standstill_at_least": _standstill_at_least,
    "technical_floor": _technical_floor,
    "ties_are": _ties_are,
    "two_envelopes": _two_envelopes,
    "valid_bids_at_least": _valid_bids_at_least,
}
