"""What the questions about an award have in common: checks of figures that are given, and the time that is left."""

from __future__ import annotations

import math
import time

from supplier_eval.errors import Finding


def figure(value: object) -> float:
    """The number that a value is, else one that no bound allows."""
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def argument_findings(where: str, *, gap: object = 0, time_limit: object = 60) -> list[Finding]:
    """Findings about `gap` (0 to below 1) and `time_limit` (seconds, above 0, finite) of the function `where`."""
    checks = (("gap", gap, 0 <= figure(gap) < 1), ("time_limit", time_limit, 0 < figure(time_limit) < math.inf))
    return [Finding(f"award.lots.{name}", where, name, value=str(given)) for name, given, good in checks if not good]


class Ends:
    """When a search that asks several times has to end.

    Parameters
    ----------
    seconds : float
        From now on.
    """

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    @property
    def over(self) -> bool:
        """True where no time is left."""
        return time.monotonic() >= self.at

    @property
    def left(self) -> float:
        """Seconds left, never quite nothing."""
        return max(0.05, self.at - time.monotonic())
