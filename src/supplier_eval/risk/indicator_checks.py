"""Whether indicators hold together: thresholds in order, red within the appetite, no circle of escalations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key

if TYPE_CHECKING:
    from supplier_eval.risk.indicator_plan import Indicator, Trigger

TABLE = "indicators"


def plan_findings(indicators: Sequence[Indicator], escalation: Sequence[tuple[str, str]]) -> list[Finding]:
    """Everything that contradicts itself in a plan.

    Parameters
    ----------
    indicators : sequence of Indicator
        All of them.
    escalation : sequence of (str, str)
        Who is told after whom.

    Returns
    -------
    list of Finding
    """
    found = [finding for one in indicators for finding in _of_one(one)]
    seen: dict[str, str] = {}
    for one in indicators:
        if id_key(one.id) in seen:
            found.append(Finding("indicator.twice", TABLE, "id", value=one.id))
        seen[id_key(one.id)] = one.id
    return found + list(_escalations(escalation))


def _of_one(one: Indicator) -> Iterable[Finding]:
    if one.k > one.n:
        yield _finding("indicator.k_of_n", one, "k", f"{one.k} of {one.n}")
    lows = [name for name in ("amber_low", "red_low") if getattr(one, name) is not None]
    if one.direction == "band" and len(lows) < 2:
        yield _finding("indicator.band_side", one, "amber_low" if "amber_low" not in lows else "red_low")
        return
    stray = [*lows, *(["appetite_low"] if one.appetite_low is not None else [])]
    if one.direction != "band" and stray:
        yield _finding("indicator.not_band", one, stray[0], one.direction)
    yield from _side(one, "", one.amber, one.red, -1 if one.direction == "down" else 1)
    if one.direction == "band" and one.amber_low is not None and one.red_low is not None:
        yield from _side(one, "_low", one.amber_low, one.red_low, -1)
        if one.amber_low.left_at >= one.amber.left_at:
            shown = f"{one.amber_low.left_at:f} >= {one.amber.left_at:f}"
            yield _finding("indicator.no_green", one, "amber_low", shown)


def _side(one: Indicator, side: str, amber: Trigger, red: Trigger, sign: int) -> Iterable[Finding]:
    """One side of an indicator; `sign` is 1 where high is bad."""
    for name, trigger in (("amber", amber), ("red", red)):
        if sign * trigger.left_at > sign * trigger.enter:
            facts = {"leave": f"{trigger.left_at:f}"}
            yield _finding("indicator.leave_beyond_enter", one, name + side, f"{trigger.enter:f}", **facts)
    if sign * red.enter < sign * amber.enter:
        yield _finding("indicator.crossed", one, "red" + side, f"{red.enter:f}", amber=f"{amber.enter:f}")
    if sign * red.left_at < sign * amber.left_at:
        yield _finding("indicator.crossed_leave", one, "red" + side, f"{red.left_at:f}", amber=f"{amber.left_at:f}")
    appetite: Decimal | None = one.appetite_low if side else one.appetite
    if appetite is not None and sign * red.enter > sign * appetite:
        yield _finding("indicator.beyond_appetite", one, "red" + side, f"{red.enter:f}", appetite=f"{appetite:f}")


def _escalations(escalation: Sequence[tuple[str, str]]) -> Iterable[Finding]:
    after: dict[str, str] = {}
    for first, then in escalation:
        if not first.strip() or not then.strip():
            yield Finding("indicator.escalation_blank", TABLE, "escalation", value=f"{first} -> {then}")
        if first in after and after[first] != then:
            facts = {"person": first, "other": after[first]}
            yield Finding("indicator.escalation_fork", TABLE, "escalation", value=then, facts=facts)
        after.setdefault(first, then)
    done: set[str] = set()
    for start in sorted(after):
        way = [start]
        while way[-1] in after and way[-1] not in done:
            if after[way[-1]] in way:
                circle = [*way[way.index(after[way[-1]]) :], after[way[-1]]]
                yield Finding("indicator.escalation_circle", TABLE, "escalation", value=" -> ".join(circle))
                break
            way.append(after[way[-1]])
        done |= set(way)


def _finding(code: str, one: Indicator, column: str, value: str = "", **facts: object) -> Finding:
    return Finding(code, TABLE, f"{one.id}.{column}", value=value, facts={"indicator": one.id} | facts)
