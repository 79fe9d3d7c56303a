"""From readings to states: k of the last n readings beyond a threshold enter a level, hysteresis keeps it.

A level is entered when at least k of the last n readings lie at `enter` or beyond. It is left when fewer than k do and
the newest reading lies on the good side of `leave`. The state is red where red holds, else amber where amber holds,
else green; a gap in the readings neither enters nor leaves a level, it is grey.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from supplier_eval.risk.indicator_plan import Indicator, Level

State = Literal["green", "amber", "red", "grey"]
WORSE: dict[str, int] = {"green": 0, "amber": 1, "red": 2}
LEVELS: tuple[Literal["amber", "red"], ...] = ("amber", "red")


@dataclass(frozen=True)
class IndicatorReading:
    """One reading and the state after it.

    Parameters
    ----------
    indicator : str
        Id.
    on, known : date
        What day it speaks of, and when it is known.
    value : float or None
        In the unit of the indicator; None where the reading was due and is empty.
    state : {"green", "amber", "red", "grey"}
        Grey where the value is missing.
    beyond_amber, beyond_red : int
        How many of the last n readings lie in the level.
    after_gap : bool
        Whether the indicator had been grey before it, for lack of a reading in time.
    """

    indicator: str
    on: date
    known: date
    value: float | None
    state: State
    beyond_amber: int = 0
    beyond_red: int = 0
    after_gap: bool = False


def in_level(indicator: Indicator, level: Level, value: float) -> bool:
    """Whether a reading lies at `enter` of a level or beyond, on either side."""
    figure = Decimal(repr(value))
    return any(sign * figure >= sign * trigger.enter for trigger, sign in indicator.sides(level))


def out_of_level(indicator: Indicator, level: Level, value: float) -> bool:
    """Whether a reading lies on the good side of `leave`, on both sides; where both are one figure, short of it."""
    figure = Decimal(repr(value))
    return all(
        sign * figure < sign * trigger.enter and sign * figure <= sign * trigger.left_at
        for trigger, sign in indicator.sides(level)
    )


def due_until(indicator: Indicator, on: date) -> date:
    """Last day on which the reading of a day still stands for the present."""
    return on + timedelta(days=indicator.every + indicator.known_after + indicator.grace)


def run_states(indicator: Indicator, values: Sequence[tuple[date, float | None]]) -> list[IndicatorReading]:
    """States after each reading.

    Parameters
    ----------
    indicator : Indicator
        Its definition.
    values : sequence of (date, float or None)
        Readings by day, rising; None where the reading is empty.

    Returns
    -------
    list of IndicatorReading
    """
    window: deque[dict[Level, bool]] = deque(maxlen=indicator.n)
    held: dict[Level, bool] = {"amber": False, "red": False}
    last: date | None = None
    found = []
    for on, value in values:
        known = on + timedelta(days=indicator.known_after)
        if value is None:
            found.append(IndicatorReading(indicator.id, on, known, None, "grey"))
            continue
        window.append({level: in_level(indicator, level, value) for level in LEVELS})
        counts: dict[Level, int] = {level: sum(one[level] for one in window) for level in LEVELS}
        for level in LEVELS:
            if counts[level] >= indicator.k:
                held[level] = True
            elif held[level] and out_of_level(indicator, level, value):
                held[level] = False
        state: State = "red" if held["red"] else "amber" if held["amber"] else "green"
        gap = last is not None and due_until(indicator, last) < known
        found.append(IndicatorReading(indicator.id, on, known, value, state, counts["amber"], counts["red"], gap))
        last = on
    return found
