"""What is wrong with the award section of a policy: rules, their values, measures and keys of ties, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.messages import Names
from supplier_eval.policy.award_rules import AllocationRule, Stage, stages_of
from supplier_eval.policy.tree import same_ids

if TYPE_CHECKING:
    from supplier_eval.policy.document import Policy

COUNTS = ("max_winners", "min_winners", "max_winners_per_lot", "min_winners_per_lot", "max_lots_per_bidder")
SHARES = (
    *("min_share_if_awarded", "max_volume_share", "min_volume_share", "max_spend_share", "min_spend_share"),
    "force_award",
)
ATTRIBUTES = ("min_avg", "max_avg", "min_attr", "max_attr")
MEASURES = MappingProxyType(
    {
        "cost": "cost",
        "min_cost": "cost",
        "value": "value",
        "max_value": "value",
        "score": "attr:score",
        "risk": "attr:risk",
        "winners": "winners",
    }
)
TIE_KEYS = ("cost", "score", "winners")
_FIELDS = ("value", "who", "group", "lots", "where", "attribute", "when", "then")
_CONCERNED = ("who", "group", "lots", "where")


def needs(kind: str) -> tuple[str, ...]:
    """Fields that a rule of this kind must state; ``who`` may be a group."""
    if kind in {"exclude", "set_aside", "mutually_exclusive"}:
        return ("who",)
    if kind == "implies":
        return ("when", "then")
    if kind == "one_supplier_per_region":
        return ()
    return ("value", "attribute") if kind in ATTRIBUTES else ("value",)


def reads(kind: str) -> tuple[str, ...]:
    """Fields that a rule of this kind looks at."""
    if kind == "budget":
        return ("value",)
    if kind == "implies":
        return ("when", "then", "lots", "where")
    return (*needs(kind), *_CONCERNED)


def measure_of(name: str) -> str:
    """The measure that a policy's objective names; empty where it names none."""
    for prefix in ("max_attr:", "min_attr:"):
        if name.startswith(prefix) and len(name) > len(prefix):
            return f"attr:{name.removeprefix(prefix)}"
    return MEASURES.get(name, "")


def award_findings(policy: Policy) -> Iterator[Finding]:
    """Every finding about the award section, whose fields are well-formed one by one.

    Parameters
    ----------
    policy : Policy
        Whatever holds together but for this.
    """
    for twice in same_ids(rule.id for rule in policy.award.rules):
        yield Finding("policy.award.rule_duplicate", "policy", "award.rules", value=twice)
    for rule in policy.award.rules:
        place = f"award.rules[{rule.id}]"
        yield from _fields(rule, place)
        yield from _value(rule, f"{place}.value")
    for stage in stages_of(policy.award.objective):
        yield from _stage(stage)
    for key in policy.award.tie_keys:
        if key not in TIE_KEYS and not (key.startswith("attr:") and len(key) > len("attr:")):
            facts = {"known": Names(TIE_KEYS)}
            yield Finding("policy.award.tie_key_unknown", "policy", "award.tie_keys", value=key, facts=facts)


def _stated(rule: AllocationRule, field: str) -> bool:
    return getattr(rule, field) not in (None, "", (), {})


def _fields(rule: AllocationRule, place: str) -> Iterator[Finding]:
    """Fields that the kind needs and that are not there, and those that it would pass over."""
    for field in needs(rule.kind):
        if not _stated(rule, field) and not (field == "who" and rule.group):
            yield Finding("policy.award.field_missing", "policy", f"{place}.{field}", value=rule.kind)
    for field in _FIELDS:
        if _stated(rule, field) and field not in reads(rule.kind):
            facts = {"known": Names(f"`{name}`" for name in reads(rule.kind))}
            yield Finding("policy.award.field_not_read", "policy", f"{place}.{field}", value=rule.kind, facts=facts)


def _value(rule: AllocationRule, place: str) -> Iterator[Finding]:
    """A value outside what its kind can mean."""
    value = rule.value
    if value is None:
        return
    said, facts = f"{value.normalize():f}", {"kind": rule.kind}
    if rule.kind in SHARES and not 0 <= value <= 1:
        yield Finding("policy.award.share_range", "policy", place, value=said, facts=facts)
    if rule.kind in COUNTS and (value < 0 or value != value.to_integral_value()):
        yield Finding("policy.award.count_range", "policy", place, value=said, facts=facts)
    if rule.kind == "budget" and value < 0:
        yield Finding("policy.award.budget_negative", "policy", place, value=said)


def _stage(stage: Stage) -> Iterator[Finding]:
    """Measures that do not exist, have no direction, stand twice in one sum, or weigh nothing."""
    place = "award.objective"
    names = list(stage) if isinstance(stage, Mapping) else [stage]
    for name in names:
        if name.startswith("attr:"):
            facts = {"name": name.removeprefix("attr:")}
            yield Finding("policy.award.objective_undirected", "policy", place, value=name, facts=facts)
        elif not measure_of(name):
            known = {"known": Names(MEASURES)}
            yield Finding("policy.award.objective_unknown", "policy", place, value=name, facts=known)
    measures = [measure for name in names if (measure := measure_of(name))]
    for measure in sorted({measure for measure in measures if measures.count(measure) > 1}):
        facts = {"names": ", ".join(name for name in names if measure_of(name) == measure)}
        yield Finding("policy.award.objective_twice", "policy", place, value=measure, facts=facts)
    for name, weight in stage.items() if isinstance(stage, Mapping) else ():
        if weight <= 0:
            yield Finding("policy.award.objective_weight", "policy", f"{place}.{name}", value=f"{weight.normalize():f}")
