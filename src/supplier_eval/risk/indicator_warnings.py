"""Warnings of indicators: who must answer by when, who has, and who is told when nobody does (§6.3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.risk.indicator_states import WORSE, IndicatorReading, due_until

if TYPE_CHECKING:
    from supplier_eval.policy.criteria import Words
    from supplier_eval.risk.indicator_plan import Indicator, IndicatorPlan

WarningLevel = Literal["amber", "red", "grey"]
Answers = Mapping[tuple[str, date], tuple[date, str]]
_LEVEL: dict[int, WarningLevel] = {1: "amber", 2: "red"}


@dataclass(frozen=True)
class IndicatorWarning:
    """One warning.

    Parameters
    ----------
    indicator : str
        Id.
    level : {"amber", "red", "grey"}
        Grey: the reading is late.
    raised : date
        First day on which it could be known.
    ended : date or None
        When the state was better, or when a worse warning took its place; None while it is open.
    owner : str
        Who must answer.
    action : Words
        What is to be done; empty where the definition says nothing.
    due : date
        Last day to acknowledge it.
    acknowledged_on, acknowledged_by : date or None, str
        Who did, and when.
    overdue : int
        Days that it went, or has gone, unanswered beyond `due`.
    escalated_to : tuple of str
        Who was to be told meanwhile, in order; empty where the answer was in time or the chain has nobody.
    """

    indicator: str
    level: WarningLevel
    raised: date
    ended: date | None
    owner: str
    action: Words
    due: date
    acknowledged_on: date | None = None
    acknowledged_by: str = ""
    overdue: int = 0
    escalated_to: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still stands."""
        return self.ended is None

    def action_text(self, lang: Lang = "en") -> str:
        """What is to be done, in the language asked for."""
        return self.action.say(lang)


def spells(readings: Sequence[IndicatorReading]) -> list[tuple[WarningLevel, date, date | None]]:
    """Level, first day and end of every warning that a row of readings raises.

    Parameters
    ----------
    readings : sequence of IndicatorReading
        Of one indicator, by day.

    Returns
    -------
    list of (level, raised, ended)
        A rise from amber to red ends the amber warning on that day; a missing value changes nothing.
    """
    found: list[tuple[WarningLevel, date, date | None]] = []
    level = 0
    for one in readings:
        if one.state == "grey":
            continue
        now = WORSE[one.state]
        if now != level and level:
            found[-1] = (*found[-1][:2], one.known)
        if now != level and now:
            found.append((_LEVEL[now], one.known, None))
        level = now
    return found


def raise_warnings(
    indicator: Indicator, readings: Sequence[IndicatorReading], plan: IndicatorPlan, as_of: date, answers: Answers
) -> list[IndicatorWarning]:
    """All warnings of an indicator up to a day.

    Parameters
    ----------
    indicator : Indicator
        Its definition.
    readings : sequence of IndicatorReading
        Known by `as_of`, by day.
    plan : IndicatorPlan
        With the chain of escalation.
    as_of : date
        The day.
    answers : mapping
        (key of the indicator, day raised) -> (day, who).

    Returns
    -------
    list of IndicatorWarning
    """
    raised = spells(readings)
    valued = [one for one in readings if one.value is not None]
    if valued and due_until(indicator, valued[-1].on) < as_of:
        raised.append(("grey", due_until(indicator, valued[-1].on) + timedelta(days=1), None))
    return [_warning(indicator, *one, plan, as_of, answers) for one in raised]


def _warning(
    indicator: Indicator, level: WarningLevel, day: date, ended: date | None, plan: IndicatorPlan, as_of: date,
    answers: Answers,
) -> IndicatorWarning:  # fmt: skip
    red = level == "red"
    action = indicator.action_red if red else indicator.action_amber
    if level == "grey":
        action = type(action)()
    due = day + timedelta(days=indicator.due_red if red else indicator.due_amber)
    answered, who = answers.get((id_key(indicator.id), day), (None, ""))
    found = IndicatorWarning(indicator.id, level, day, ended, indicator.owner, action, due, answered, who)
    until = min(one for one in (as_of, ended, answered) if one is not None)
    late = max((until - due).days, 0)
    chain = plan.chain(indicator.owner)
    told = chain[: 1 + (late - 1) // plan.escalate_after] if late else ()
    return replace(found, overdue=late, escalated_to=told)
