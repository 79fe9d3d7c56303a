"""The notice read from plain data, and checked against the policy that it names; all findings together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Literal

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.notice import Notice
from supplier_eval.intake.tables import TOTAL_ITEM
from supplier_eval.messages import Names
from supplier_eval.policy.criteria import Criterion, Rubric, YesNo
from supplier_eval.policy.document import Policy
from supplier_eval.policy.refused_values import why_refused
from supplier_eval.policy.rules import Gate

MOMENTS = ("published", "deadline", "opened", "technical_locked")
DATED = ("valid_until", "none_since")
DRAWN = "k"  # the factor of a benchmark formula, the only figure that a policy lets anybody draw
CODES = {
    "extra_forbidden": "tender.key.unknown",
    "missing": "tender.key.missing",
    "no_such_zone": "tender.timezone.no_such_zone",
    "marks_same": "tender.thousands.same_as_decimal",
    "floor_above_ceiling": "tender.lots.floor_above_ceiling",
}


def read_notice(data: Mapping[str, Any]) -> tuple[Notice | None, list[Finding]]:
    """Make a notice of what ``tender.toml`` says.

    Parameters
    ----------
    data : mapping
        Keys and values, unchecked.

    Returns
    -------
    tuple of (Notice or None, list of Finding)
        None where a key is missing, unknown or does not fit; one finding each, its column the key.
    """
    try:
        return Notice.model_validate(dict(data)), []
    except ValidationError as refused:
        return None, [_schema_finding(error, data) for error in refused.errors(include_url=False)]


def _schema_finding(error: ErrorDetails, data: Mapping[str, Any]) -> Finding:
    place = _place(error["loc"], data)
    shown = "" if isinstance(error["input"], Mapping | list | tuple) else str(error["input"])
    kind, context = error["type"], error.get("ctx", {})
    if kind in {"cell", "timezone_aware"}:
        problem = context.get("problem", "no_time_zone")
        return Finding(f"tender.{error['loc'][-1]}.{problem}", "tender", place, value=shown)
    if kind in CODES:
        return Finding(CODES[kind], "tender", place or CODES[kind].split(".")[1], value=shown)
    return Finding("tender.value.invalid", "tender", place, value=shown, facts=why_refused(error))


def _place(path: tuple[int | str, ...], data: Any) -> str:  # noqa: ANN401 - raw input
    """``lots[A].ceiling``: an entry goes by its id, else by its place, counted from 1."""
    said = ""
    for part in path:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list | tuple) and part < len(data) else None
            label = data.get("id", part + 1) if isinstance(data, Mapping) else part + 1
            said += f"[{label}]"
        else:
            data = data.get(part) if isinstance(data, Mapping) else None
            said += f".{part}" if said else part
    return said


def notice_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    """What is wrong between the notice and the policy that it names."""
    yield from category_findings(notice, policy)
    if notice.currency and notice.currency != policy.currency:
        facts = {"expected": policy.currency}
        yield Finding("tender.currency.differs", "tender", "currency", value=notice.currency, facts=facts)
    yield from _entry_findings(notice)
    yield from _date_findings(notice, policy)
    yield from _lot_findings(notice, policy)
    yield from drawn_findings(notice, policy)
    yield from _size_findings(notice, policy)
    yield from _approval_findings(notice, policy)
    yield from _kind_findings(notice, policy)
    if notice.policy_fingerprint and notice.policy_fingerprint != policy.fingerprint:
        facts = {"published": notice.policy_fingerprint, "computed": policy.fingerprint}
        code = "tender.policy_fingerprint.differs"
        yield Finding(code, "tender", "policy_fingerprint", facts=facts, severity="warning")


def category_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    """A service category without which nobody knows which criteria apply."""
    facts = {"known": Names(policy.categories)}
    if notice.category and policy.categories and notice.category not in policy.categories:
        yield Finding("tender.category.unknown", "tender", "category", value=notice.category, facts=facts)
    differ = any(c.categories for c in policy.criteria) or any(gate.categories for gate in policy.gates)
    if not notice.category and differ:
        yield Finding("tender.category.missing", "tender", "category", facts=facts)


def _entry_findings(notice: Notice) -> Iterator[Finding]:
    """Ids that stand twice, that are reserved, or that name a lot which does not exist."""
    for name, ids in (("lots", notice.lot_ids), ("items", tuple(item.id for item in notice.items))):
        keys = [id_key(i) for i in ids]
        for twice in sorted({i for i, key in zip(ids, keys, strict=True) if keys.count(key) > 1}):
            yield Finding("tender.entry.duplicate", "tender", name, value=twice)
    for item in notice.items:
        if id_key(item.id) == TOTAL_ITEM:
            yield Finding("tender.items.reserved", "tender", "items", value=item.id)
        if item.lot and item.lot not in notice.lot_ids:
            facts = {"known": Names(notice.lot_ids)}
            yield Finding("tender.items.lot_unknown", "tender", "items", value=item.lot, facts=facts)


def _lot_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    """Floors and gates of a lot that the notice does not have: they would never apply, and nobody would see it."""
    known = {id_key(lot) for lot in notice.lot_ids}
    facts = {"known": Names(notice.lot_ids)}
    for floor in policy.floors:
        if floor.lot and id_key(floor.lot) not in known:
            named = {**facts, "criterion": floor.criterion}
            yield Finding("policy.floors.lot_unknown", "policy", "floors", value=floor.lot, facts=named)
    for gate in policy.gates:
        for lot in gate.lots:
            if id_key(lot) not in known:
                yield Finding(
                    "policy.gates.lot_unknown", "policy", "gates", value=lot, facts={**facts, "gate": gate.id}
                )


def drawn_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    """Figures drawn at the opening that the policy lets nobody draw, or that stand twice."""
    drawn = [name for name in notice.drawn if policy.price.draw_benchmark and name.casefold() == DRAWN]
    for name in notice.drawn:
        if name not in drawn:
            yield Finding("tender.drawn.not_expected", "tender", "drawn", value=name)
    if len(drawn) > 1:
        yield Finding("tender.drawn.duplicate", "tender", "drawn", value=", ".join(drawn))


def _date_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    """Moments in the wrong order, and dates that cannot be judged for want of one."""
    stated = [(name, moment) for name in MOMENTS if (moment := getattr(notice, name)) is not None]
    for (first, earlier), (second, later) in pairwise(stated):
        if later < earlier:
            facts = {"first": first, "earlier": earlier.isoformat(sep=" ")}
            yield Finding("tender.moments.order", "tender", second, value=later.isoformat(sep=" "), facts=facts)
    dated = [gate.id for gate in policy.gates if gate.kind in DATED]
    if dated and notice.moment() is None:
        yield Finding("tender.deadline.missing", "tender", "deadline", value=", ".join(dated))
    elif notice.deadline is None:
        yield Finding("tender.deadline.absent", "tender", "deadline", severity="warning")


def _kind_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    """A gate and a scored fact of the same id are read from one cell: they must ask for the same kind."""
    scored = {leaf.id: leaf for leaf in policy.tree(notice.category).leaves if leaf.source == "facts"}
    for gate in policy.gates:
        if gate.id in scored and fact_kind(gate) != fact_kind(scored[gate.id]):
            facts = {"gate": fact_kind(gate), "criterion": fact_kind(scored[gate.id])}
            yield Finding("policy.gates.two_kinds", "policy", "gates", value=gate.id, facts=facts)


def fact_kind(wanted: Gate | Criterion) -> str:
    """What a requirement's value must be: ``yes_no``, ``date``, ``number`` or ``level`` of a rubric."""
    if isinstance(wanted, Gate):
        return {"yes": "yes_no", "valid_until": "date", "none_since": "date"}.get(wanted.kind, "number")
    if isinstance(wanted.value, Rubric):
        return "level"
    return "yes_no" if isinstance(wanted.value, YesNo) else "number"


def is_major(notice: Notice, policy: Policy) -> bool:
    """Whether the project is major by the policy's thresholds (§2.2.3)."""
    rule = policy.approval
    return (
        notice.major
        or (rule.value_from is not None and (notice.estimated_value or 0) >= rule.value_from)
        or (rule.term_months_from is not None and (notice.term_months or 0) >= rule.term_months_from)
        or notice.data_class in rule.data_classes
    )


def _size_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    """Figures without which nobody knows whether the project is major; refused where the policy is to bind."""
    rule = policy.approval
    if is_major(notice, policy) or not (rule.steps or policy.panel.minimum_members_major):
        return
    severity: Literal["error", "warning"] = "error" if policy.adoption is not None else "warning"
    if rule.value_from is not None and notice.estimated_value is None:
        facts = {"threshold": f"{rule.value_from:,f}"}
        yield Finding("tender.estimated_value.missing", "tender", "estimated_value", facts=facts, severity=severity)
    if rule.term_months_from is not None and notice.term_months is None:
        facts = {"threshold": f"{rule.term_months_from}"}
        yield Finding("tender.term_months.missing", "tender", "term_months", facts=facts, severity=severity)


def _approval_findings(notice: Notice, policy: Policy) -> Iterator[Finding]:
    if not is_major(notice, policy):
        return
    done = {approval.step: approval.on for approval in notice.approvals}
    opening = notice.published or notice.deadline or notice.opened
    for step in policy.approval.steps:
        if step not in done:
            yield Finding("tender.approvals.missing", "tender", "approvals", value=step)
        elif opening is None:
            yield Finding("tender.approvals.no_moment", "tender", "approvals", value=step)
        elif done[step] > opening.date():
            facts = {"on": done[step].isoformat(), "opened": opening.date().isoformat()}
            yield Finding("tender.approvals.late", "tender", "approvals", value=step, facts=facts)
