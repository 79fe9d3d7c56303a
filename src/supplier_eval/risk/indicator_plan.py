"""Key risk indicators as data: direction, amber and red with hysteresis, how often due, owner, appetite (§6.3.2).

Nothing is computed here; what does not hold together is refused with every finding at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.policy.criteria import Declared, Exact, Identifier, Whole, Words
from supplier_eval.policy.plain_data import fingerprint_of
from supplier_eval.policy.reading import read_toml, schema_findings
from supplier_eval.risk.indicator_checks import plan_findings
from supplier_eval.risk.records import asked

TABLE = "indicators"
Direction = Literal["up", "down", "band"]
Level = Literal["amber", "red"]


class Trigger(Declared):
    """Where a level is entered, and where it is left again; without `leave` at the same figure."""

    enter: Exact
    leave: Exact | None = None

    @property
    def left_at(self) -> Decimal:
        """The figure on whose good side the level is left."""
        return self.enter if self.leave is None else self.leave


class Indicator(Declared):
    """One key risk indicator.

    Parameters
    ----------
    direction : {"up", "down", "band"}
        ``up``: high is bad. ``down``: low is bad. ``band``: both are.
    amber, red : Trigger
        The upper side (``up``, ``band``), or the lower one (``down``). A level is entered at `enter` or beyond.
    amber_low, red_low : Trigger or None
        The lower side of a band, and of nothing else.
    appetite, appetite_low : Decimal or None
        The figure that the company says it will not go beyond; red may not lie beyond it. `appetite_low` is the lower
        side of a band.
    k, n : int
        A level is entered when `k` of the last `n` readings lie in it.
    every : int
        Days from one reading to the next.
    known_after : int
        Days from the date of a reading until it is known.
    grace : int
        Days that a reading may be late before the indicator is grey.
    owner : str
        Who answers for it.
    action_amber, action_red : Words
        What is done.
    due_amber, due_red : int
        Days from a warning until it must be acknowledged.
    """

    id: Identifier
    name: Words = Words()
    unit: str = ""
    direction: Direction
    amber: Trigger
    red: Trigger
    amber_low: Trigger | None = None
    red_low: Trigger | None = None
    appetite: Exact | None = None
    appetite_low: Exact | None = None
    k: Whole = Field(default=1, ge=1, le=100)
    n: Whole = Field(default=1, ge=1, le=100)
    every: Whole = Field(ge=1, le=3660)
    known_after: Whole = Field(default=0, ge=0, le=3660)
    grace: Whole = Field(default=0, ge=0, le=3660)
    owner: str = Field(max_length=200, pattern=r"\S")
    action_amber: Words = Words()
    action_red: Words = Words()
    due_amber: Whole = Field(default=14, ge=0, le=3660)
    due_red: Whole = Field(default=5, ge=0, le=3660)

    def sides(self, level: Level) -> tuple[tuple[Trigger, int], ...]:
        """Triggers of a level with their sign: 1 where high is bad, -1 where low is."""
        if self.direction == "down":
            return ((getattr(self, level), -1),)
        low = getattr(self, f"{level}_low")
        return ((getattr(self, level), 1), *(((low, -1),) if low is not None else ()))


class IndicatorPlan(Declared):
    """All indicators and who is told when nobody answers.

    Parameters
    ----------
    indicators : tuple of Indicator
        One or more.
    escalation : tuple of (str, str)
        A person or role, and who is told when that one has not acknowledged in time. TOML: ``escalation = [["owner",
        "head"], ["head", "board"]]``.
    escalate_after : int
        Days until the next in the chain is told.
    """

    indicators: tuple[Indicator, ...] = Field(min_length=1, max_length=10_000)
    escalation: tuple[tuple[str, str], ...] = ()
    escalate_after: Whole = Field(default=5, ge=1, le=3660)

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
    def of(cls, given: object) -> Self:
        """Take a plan, a path to one, plain data, or a list of indicators.

        Raises
        ------
        InvalidInput
            With every finding: keys unknown or missing, thresholds that cross, a red level beyond the appetite, a
            circle of escalations.
        """
        if isinstance(given, str | Path):
            return cls.load(given)
        data = given.to_mapping() if isinstance(given, IndicatorPlan) else _plain(given)
        if data is None:
            raise InvalidInput([asked("indicator.plan_kind", "definitions", given)], TABLE)
        try:
            plan = cls.model_validate(data)
        except ValidationError as refused:
            found = [
                Finding(_CODES.get(f.code, f.code), TABLE, f.column, value=f.value, facts=f.facts)
                for f in schema_findings(refused, data)
            ]
            raise InvalidInput(found + plan_findings(_readable(data), ()), TABLE) from None
        findings = plan_findings(plan.indicators, plan.escalation)
        if findings:
            raise InvalidInput(findings, TABLE)
        return plan

    def to_mapping(self) -> dict[str, Any]:
        """Plain data without the defaults."""
        return self.model_dump(mode="python", exclude_defaults=True)

    def chain(self, owner: str) -> tuple[str, ...]:
        """Who is told after the owner, one after the other."""
        after = dict(self.escalation)
        told: list[str] = []
        while owner in after:
            owner = after[owner]
            told.append(owner)
        return tuple(told)

    @cached_property
    def fingerprint(self) -> str:
        """``sha256:...`` of the plan, whatever the order of indicators and of keys."""
        data = self.model_dump(mode="python")
        data["indicators"] = sorted(data["indicators"], key=lambda one: str(one["id"]))
        data["escalation"] = sorted(data["escalation"])
        return fingerprint_of(data)

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __str__(self) -> str:
        return repr(self)

    def __repr__(self) -> str:
        return f"IndicatorPlan({len(self.indicators)} indicators, {self.fingerprint[:19]}…)"


_CODES = {
    "policy.key.unknown": "indicator.key_unknown",
    "policy.key.missing": "indicator.key_missing",
    "policy.value.invalid": "indicator.value",
}


def _readable(data: Mapping[str, Any]) -> list[Indicator]:
    """The indicators that can be read without their unknown keys, so that their thresholds are judged too."""
    read = []
    listed = data.get("indicators")
    for one in listed if isinstance(listed, list | tuple) else ():
        known = {key: one[key] for key in one if key in Indicator.model_fields} if isinstance(one, Mapping) else {}
        try:
            read.append(Indicator.model_validate(known))
        except ValidationError:
            continue
    return read


def named_indicators(given: object) -> tuple[str, ...]:
    """Ids of the indicators of plain data or a file, whatever else is wrong with them; none where it cannot be read."""
    try:
        data = read_toml(Path(given)) if isinstance(given, str | Path) else _plain(given)
    except InvalidInput:
        return ()
    listed = None if data is None else data.get("indicators")
    several = listed if isinstance(listed, list | tuple) else ()
    return tuple(one["id"] for one in several if isinstance(one, Mapping) and isinstance(one.get("id"), str))


def _plain(given: object) -> dict[str, Any] | None:
    """Plain data of a plan; None where it is none."""
    if isinstance(given, Mapping):
        return dict(given)
    if isinstance(given, Indicator):
        given = [given]
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        return None
    listed = [one.model_dump(exclude_defaults=True) if isinstance(one, Indicator) else one for one in given]
    return {"indicators": listed} if all(isinstance(one, Mapping) for one in listed) else None
