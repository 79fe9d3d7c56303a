"""What is missing or overdue in the security of contracts: controls, drills, reports, lessons (§7). Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

from supplier_eval.registry.guards.procedure import house_day, months_later
from supplier_eval.registry.lifecycle import Reader
from supplier_eval.registry.record import Stored
from supplier_eval.registry.rules import HouseRules


@dataclass(frozen=True)
class ControlGap:
    """A control that the class of a contract's information asks for and that is not there (§7.1.1).

    Parameters
    ----------
    item : str
        Line of the checklist ``security.controls``.
    problem : {"missing", "failed", "out_of_date"}
        Nobody has seen it in place; it was looked for and not found; its next check is past.
    since : date or None
        The day on which that check was due; None for the others.
    """

    item: str
    problem: Literal["missing", "failed", "out_of_date"]
    since: date | None = None


def control_gaps(
    reader: Reader, contract: str, data_class: str, day: date, rules: HouseRules
) -> tuple[ControlGap, ...]:
    """Controls of a contract that are missing, have failed or are out of date on a day, in the order of the rules.

    Parameters
    ----------
    reader : Reader
        The store.
    contract : str
        Id of the contract.
    data_class : str
        Its class of information (§8.1.2); one that the rules do not know asks for every control.
    day : date
        The day asked about; a check that is due on it is not yet late.
    rules : HouseRules
        The controls of each class.
    """
    declared = rules.data_class(data_class)
    asked = declared.controls if declared is not None else tuple(item.id for item in rules.security.controls)
    kept = reader.where("control", contract=contract)
    gaps = (_gap(item, [known for known in kept if known.item == item], day) for item in asked)
    return tuple(gap for gap in gaps if gap is not None)


def _gap(item: str, kept: list[Stored], day: date) -> ControlGap | None:
    """What is wrong with one item; the best of its records counts."""
    seen = [known for known in kept if known.state == "in_place"]
    if not seen:
        failed = any(known.state == "failed" for known in kept)
        return ControlGap(item, "failed" if failed else "missing")
    latest = max(known.next_check for known in seen)
    return ControlGap(item, "out_of_date", latest) if latest < day else None


def drill_due(reader: Reader, plan: Stored, rules: HouseRules) -> date:
    """The day by which a plan in force must be drilled: counted from its last one or its approval (§7.1.2)."""
    held = [drill.held_on for drill in reader.where("drill", emergency_plan=plan.id) if drill.held_on is not None]
    return months_later(max([*held, plan.approved_on]), rules.security.drill_months)


def overdue_drills(reader: Reader, day: date, rules: HouseRules) -> tuple[tuple[Stored, date], ...]:
    """Plans in force whose drill is overdue on a day, each with the day on which it was due, longest overdue first."""
    due = [(plan, drill_due(reader, plan, rules)) for plan in reader.where("emergency_plan", states=("in_force",))]
    return tuple(sorted(((p, d) for p, d in due if d < day), key=lambda late: (late[1], late[0].id)))


@dataclass(frozen=True)
class TeamCoverage:
    """How much of a team was trained in a time (§7.2.2).

    Parameters
    ----------
    team : str
        As the trainings name it.
    due, present : int
        Places at the trainings that were held, and those that were taken.
    missed : int
        Trainings that were planned in the time and not held.
    """

    team: str
    due: int
    present: int
    missed: int

    @property
    def share(self) -> Fraction | None:
        """Places taken of those due, 0-1; None where none were due."""
        return Fraction(self.present, self.due) if self.due else None


def training_coverage(reader: Reader, first: date, last: date, audience: str = "employee") -> tuple[TeamCoverage, ...]:
    """Coverage of trainings by team, from the first to the last day, both included; teams by name (§7.2.2)."""
    found: dict[str, list[Stored]] = {}
    for known in reader.where("training", states=("planned", "held"), audience=audience):
        if first <= (known.held_on or known.planned_on) <= last:
            found.setdefault(known.team, []).append(known)
    return tuple(_coverage(team, trainings) for team, trainings in sorted(found.items()))


def _coverage(team: str, trainings: list[Stored]) -> TeamCoverage:
    held = [known for known in trainings if known.state == "held"]
    due, present = (sum(getattr(known, name) or 0 for known in held) for name in ("people_due", "people_present"))
    return TeamCoverage(team, due, present, len(trainings) - len(held))


def reported_late(incident: Stored, rules: HouseRules) -> timedelta:
    """By how much an incident was reported later than the house rules allow; zero where it was in time (§7.3.2)."""
    taken: timedelta = incident.reported_at - incident.occurred_at
    return max(taken - timedelta(hours=rules.security.report_hours), timedelta())


def lessons_due(reported_at: datetime, rules: HouseRules) -> date:
    """The day by which the lessons of an incident must be drawn (§7.3.2)."""
    return house_day(reported_at, rules) + timedelta(days=rules.security.lessons_days)


__all__ = [
    "ControlGap",
    "TeamCoverage",
    "control_gaps",
    "drill_due",
    "lessons_due",
    "overdue_drills",
    "reported_late",
    "training_coverage",
]
