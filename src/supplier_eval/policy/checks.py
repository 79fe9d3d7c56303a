"""What is wrong with a policy as a whole: sums, references, regime; everything at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding
from supplier_eval.messages import Names
from supplier_eval.messages.near import near_names
from supplier_eval.policy.award_checks import award_findings
from supplier_eval.policy.legality import legality_findings
from supplier_eval.policy.regimes import Regime, profile_names
from supplier_eval.policy.tree import CriteriaTree, folded, same_ids, tree_findings

if TYPE_CHECKING:
    from supplier_eval.policy.document import Policy


def policy_findings(policy: Policy) -> list[Finding]:
    """Every finding about a policy whose fields are well-formed one by one."""
    found = list(_tree_findings(policy))
    if any(f.severity == "error" for f in found):
        return found
    found += _reference_findings(policy)
    found += award_findings(policy)
    found += _zero_weights(policy)
    if policy.regime not in profile_names():
        facts = near_names(policy.regime, profile_names())
        return [*found, Finding("policy.regime.unknown", "policy", "regime", value=policy.regime, facts=facts)]
    found += legality_findings(policy)
    found += _regime_warnings(policy, date.today())
    return found


def _trees(policy: Policy) -> Iterator[tuple[str, CriteriaTree]]:
    for category in policy.categories or ("",):
        yield category, policy.tree(category)


def _tree_findings(policy: Policy) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    named = {name for c in policy.criteria for name in c.categories}
    for stray in sorted(named - set(policy.categories)):
        yield Finding("policy.categories.unknown", "policy", "criteria", value=stray)
    for category, tree in _trees(policy):
        for finding in tree_findings(tree.criteria, policy.total, category):
            if (finding.code, finding.value) not in seen:
                seen.add((finding.code, finding.value))
                yield finding


def _reference_findings(policy: Policy) -> Iterator[Finding]:
    """Rules that name a criterion which does not exist; gate ids used twice."""
    known = {c.id for c in policy.criteria}
    named = [("floors", floor.criterion) for floor in policy.floors]
    named += [("procedure.technical.criteria", name) for name in policy.procedure.technical.criteria]
    named += [("ties.keys", key.removeprefix("higher:")) for key in policy.ties.keys if key.startswith("higher:")]
    for column, name in named:
        if name not in known:
            facts = near_names(name, sorted(known))
            yield Finding("policy.reference.unknown", "policy", column, value=name, facts=facts)
    for criterion in policy.criteria:
        for name in criterion.price.quality_from if criterion.price is not None else ():
            if name not in known or _holds_price(policy, name):
                facts = near_names(name, sorted(known - {name}))
                yield Finding("policy.reference.unknown", "policy", "quality_from", value=name, facts=facts)
        if criterion.price is not None and policy.price.draw_benchmark and "k" in criterion.price.parameters:
            yield Finding("policy.price.drawn_and_stated", "policy", "parameters", value=criterion.id)
    yield from _category_findings(policy, known)
    yield from _gate_findings(policy)
    yield from _floor_findings(policy, known)
    if policy.procedure.technical.rescale_to_best and not policy.procedure.technical.criteria:
        yield Finding("policy.technical.nothing_to_rescale", "policy", "procedure.technical")
    for criterion_id in policy.procedure.technical.criteria:
        if criterion_id in known and _holds_price(policy, criterion_id):
            yield Finding("policy.technical.holds_price", "policy", "procedure.technical", value=criterion_id)


def _category_findings(policy: Policy, known: set[str]) -> Iterator[Finding]:
    """Rules that name a criterion which exists, but not in every service category in which they are read."""
    for category, tree in _trees(policy):
        named = [("procedure.technical.criteria", name) for name in policy.procedure.technical.criteria]
        named += [("quality_from", name) for leaf in tree.leaves if leaf.price for name in leaf.price.quality_from]
        facts = {"category": category, "known": Names(tree.by_id)}
        for column, name in named:
            if name in known and name not in tree.by_id:
                yield Finding("policy.reference.not_in_category", "policy", column, value=name, facts=facts)
        for floor in policy.floors:
            if floor.criterion in known and floor.criterion not in tree.by_id:
                code = "policy.floors.not_in_category"
                yield Finding(code, "policy", "floors", value=floor.criterion, facts=facts, severity="warning")


def _gate_findings(policy: Policy) -> Iterator[Finding]:
    for twice in same_ids(gate.id for gate in policy.gates):
        yield Finding("policy.gates.duplicate", "policy", "gates", value=twice)
    spelled: dict[str, dict[str, None]] = {}
    for criterion in policy.criteria:
        spelled.setdefault(folded(criterion.id), {})[criterion.id] = None
    for gate in policy.gates:
        for other in spelled.get(folded(gate.id), ()):
            if other != gate.id:
                facts = {"criterion": other}
                yield Finding("policy.gates.spelled_otherwise", "policy", "gates", value=gate.id, facts=facts)
    for gate in policy.gates:
        for category in gate.categories:
            if category not in policy.categories:
                facts = {"category": category}
                yield Finding("policy.categories.gate_unknown", "policy", "gates", value=gate.id, facts=facts)


def _floor_findings(policy: Policy, known: set[str]) -> Iterator[Finding]:
    """Floors that nobody can pass, or that would need a price before prices are opened."""
    for floor in policy.floors:
        if floor.criterion not in known:
            continue
        if _holds_price(policy, floor.criterion):
            yield Finding("policy.floors.holds_price", "policy", "floors", value=floor.criterion)
        most = Decimal(100)
        if floor.unit == "points":
            shares = [
                tree.exact_weight(floor.criterion, policy.total)
                for _, tree in _trees(policy)
                if floor.criterion in tree.by_id
            ]
            most = Decimal(float(max(shares, default=Fraction(1)) * 100))
        if floor.minimum > most:
            facts = {"minimum": f"{floor.minimum:f}", "most": f"{most:.10g}"}
            yield Finding("policy.floors.unreachable", "policy", "floors", value=floor.criterion, facts=facts)


def _holds_price(policy: Policy, criterion_id: str) -> bool:
    return any(
        leaf.source == "price"
        for _, tree in _trees(policy)
        if criterion_id in tree.by_id
        for leaf in tree.leaves_below(criterion_id)
    )


def _zero_weights(policy: Policy) -> Iterator[Finding]:
    """A zero weight is for exploration: under an adopted policy it is refused (convention §6).

    A criterion of weight 0 that a price formula reads, or that holds a floor, decides all the same.
    """
    feeding = {name for c in policy.criteria if c.price is not None for name in c.price.quality_from}
    feeding |= {
        above.id
        for _, tree in _trees(policy)
        for floor in policy.floors
        if floor.criterion in tree.by_id
        for above in tree.path(floor.criterion)
    }
    for criterion in policy.criteria:
        if criterion.weight == 0 and criterion.id not in feeding:
            severity: Literal["error", "warning"] = "error" if policy.adoption is not None else "warning"
            yield Finding("policy.criteria.zero_weight", "policy", "criteria", value=criterion.id, severity=severity)


def _regime_warnings(policy: Policy, today: date) -> Iterator[Finding]:
    regime = Regime.named(policy.regime)
    facts = {"regime": policy.regime}
    if regime.verified == "recalled":
        yield Finding("policy.regime.recalled", "policy", "regime", facts=facts, severity="warning")
    second_hand = [check.article for check in regime.checks if check.recalled]
    if regime.verified == "at_source" and second_hand:
        listed = "; ".join(dict.fromkeys(second_hand))
        yield Finding(
            "policy.regime.partly_recalled", "policy", "regime", value=listed, facts=facts, severity="warning"
        )
    if regime.valid_from is not None and today < regime.valid_from:
        since = {**facts, "since": regime.valid_from.isoformat()}
        yield Finding("policy.regime.not_yet", "policy", "regime", facts=since, severity="warning")
    if regime.valid_to is not None and today >= regime.valid_to:
        facts = {**facts, "until": regime.valid_to.isoformat()}
        yield Finding("policy.regime.expired", "policy", "regime", facts=facts, severity="warning")
    if policy.adoption is None:
        yield Finding("policy.adoption.missing", "policy", "adoption", severity="warning")
