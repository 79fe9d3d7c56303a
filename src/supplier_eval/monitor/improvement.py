"""Improvement plans: who does what by when, and by which later figures it is judged (§3.3.4, §5.2.3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.monitor.series import figure_or_gap

TABLE = "improvement"


def _figures(owner: object, ranges: dict[str, tuple[float, float]]) -> list[Finding]:
    found = []
    for name, (least, most) in ranges.items():
        figure = figure_or_gap(getattr(owner, name))
        if figure is None or not least < figure < most:
            found.append(Finding("improvement.figure", TABLE, name, value=str(getattr(owner, name))[:40]))
    return found


def _refuse(found: list[Finding]) -> None:
    if found:
        raise InvalidInput(found, TABLE)


def _is_day(day: object) -> bool:
    return isinstance(day, date) and not isinstance(day, datetime)


@dataclass(frozen=True)
class PosteriorRule:
    """Met when the later cases make it probable enough that the true rate (or mean) meets the target.

    Parameters
    ----------
    level : float
        Probability asked for, above 0.5 and below 1.
    least : int
        Later cases below which nothing is said.
    prior : (float, float)
        Beta prior of a rate.
    """

    level: float = 0.9
    least: int = 20
    prior: tuple[float, float] = (0.5, 0.5)

    def __post_init__(self) -> None:
        found = _figures(self, {"level": (0.5, 1.0)})
        if not isinstance(self.least, int) or isinstance(self.least, bool) or self.least < 1:
            found.append(Finding("improvement.whole", TABLE, "least", value=str(self.least)))
        pair = self.prior
        if not (isinstance(pair, tuple) and len(pair) == 2 and all((figure_or_gap(one) or 0) > 0 for one in pair)):
            found.append(Finding("improvement.prior", TABLE, "prior", value=str(pair)[:40]))
        _refuse(found)


@dataclass(frozen=True)
class CusumRule:
    """Met when a CUSUM that was reset on the day of the measure stays quiet for so many periods.

    Parameters
    ----------
    periods : int
        Periods with cases in which the line is not passed, counted back from the last.
    k, h : float
        Slack and line in standard deviations.
    """

    periods: int = 6
    k: float = 0.5
    h: float = 5.0

    def __post_init__(self) -> None:
        found = _figures(self, {"k": (-1e-12, 20.0), "h": (0.0, 100.0)})
        if not isinstance(self.periods, int) or isinstance(self.periods, bool) or self.periods < 1:
            found.append(Finding("improvement.whole", TABLE, "periods", value=str(self.periods)))
        _refuse(found)


@dataclass(frozen=True)
class ImprovementAction:
    """One measure against one gap.

    Parameters
    ----------
    id, supplier, kpi, owner : str
        What, whose, which figure, who answers for it.
    target : float
        In the unit of the KPI; a rate is a fraction of 1.
    direction : {"min", "max"}
        Whether the figure should be at most, or at least, the target.
    baseline : float
        The figure before the measure.
    opened, due : date
        When it was agreed, and by when it is to be done.
    rule : PosteriorRule or CusumRule
        By what later figures it is judged; agreed before they are known.
    done : date, optional
        When the measure took effect; only later figures count.
    closed_by, closed_on : str, date, optional
        Who asked to close it, and when; that alone closes nothing.
    what : str
        What is done.
    """

    id: str
    supplier: str
    kpi: str
    owner: str
    target: float
    direction: str
    baseline: float
    opened: date
    due: date
    rule: PosteriorRule | CusumRule = PosteriorRule()
    done: date | None = None
    closed_by: str = ""
    closed_on: date | None = None
    what: str = ""

    def __post_init__(self) -> None:
        named = {name: getattr(self, name) for name in ("id", "supplier", "kpi", "owner")}
        nameless = [name for name, text in named.items() if not isinstance(text, str) or not text.strip()]
        label = str(self.id)
        found = [Finding("improvement.no_name", TABLE, name, value=label) for name in nameless]
        found += _figures(self, {"target": (-1e308, 1e308), "baseline": (-1e308, 1e308)})
        if not isinstance(self.direction, str) or self.direction not in {"min", "max"}:
            found.append(Finding("improvement.direction", TABLE, "direction", value=str(self.direction)[:40]))
        if not isinstance(self.rule, PosteriorRule | CusumRule):
            found.append(Finding("improvement.rule", TABLE, "rule", value=type(self.rule).__name__))
        found += self._days(label)
        if bool(str(self.closed_by).strip()) != (self.closed_on is not None):
            found.append(Finding("improvement.half_closed", TABLE, "closed_on", value=label))
        _refuse(found)

    def _days(self, label: str) -> list[Finding]:
        days = {name: getattr(self, name) for name in ("opened", "due", "done", "closed_on")}
        needed = {"opened", "due"}
        wrong = [name for name, day in days.items() if not (_is_day(day) or (day is None and name not in needed))]
        if wrong:
            return [Finding("improvement.date", TABLE, name, value=str(days[name])[:40]) for name in wrong]
        early = [name for name, day in days.items() if day is not None and day < self.opened]
        return [Finding("improvement.before_opened", TABLE, name, value=label) for name in early]


@dataclass(frozen=True)
class ImprovementPlan:
    """Measures that were agreed with a supplier, each with owner, due date, target and rule.

    Parameters
    ----------
    actions : tuple of ImprovementAction
        None with the id of another.
    """

    actions: tuple[ImprovementAction, ...]

    def __post_init__(self) -> None:
        given = tuple(self.actions) if isinstance(self.actions, Iterable) else (self.actions,)
        object.__setattr__(self, "actions", given)
        if not all(isinstance(one, ImprovementAction) for one in given):
            _refuse([Finding("improvement.no_actions", TABLE, "actions", value=type(given[0]).__name__)])
        ids = [one.id for one in given]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        _refuse([Finding("improvement.id_twice", TABLE, "id", value=name) for name in twice])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of targets, rules and dates as agreed; what was done and closed later does not change it."""
        agreed = [asdict(one) for one in sorted(self.actions, key=lambda one: one.id)]
        later = ("done", "closed_by", "closed_on")
        kept = [{key: cell for key, cell in row.items() if key not in later} for row in agreed]
        return hashlib.sha256(json.dumps(kept, default=str, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
