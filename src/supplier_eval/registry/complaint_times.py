"""The clock of a complaint: due moments from intake, what is late, how often one comes back (§5.3.2, §5.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.messages import Lang, message
from supplier_eval.registry.record import Stored
from supplier_eval.registry.rules import Complaints
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

Standing = Literal["done", "done_late", "open", "overdue"]
STEPS = (
    ("response", "respond_due", "responded_at"),
    ("resolution", "resolve_due", "resolved_at"),
    ("satisfaction", "satisfaction_due", "satisfaction_at"),
)


def due_times(received_at: datetime, rules: Complaints) -> dict[str, datetime]:
    """The three due moments of a complaint, from its intake, by the house rules.

    Parameters
    ----------
    received_at : datetime
        With a time zone; hours and days are counted through nights and holidays.
    rules : Complaints
        The house's clock.

    Returns
    -------
    dict
        ``respond_due``, ``resolve_due``, ``satisfaction_due``, as the record's fields are named.
    """
    return {"respond_due": received_at + timedelta(hours=rules.respond_hours), **_later_times(received_at, rules)}


def with_due_times(values: Mapping[str, Any], rules: Complaints) -> dict[str, Any]:
    """The fields of a complaint with the house's due moments where none is given; without an intake as they are."""
    received = values.get("received_at")
    return {**(due_times(received, rules) if isinstance(received, datetime) else {}), **values}


def reopening(reopened_at: datetime, reason: str, rules: Complaints) -> dict[str, Any]:
    """The fields to give with ``reopen``: a new clock, and the last round's answers taken out.

    Returns
    -------
    dict
        Moment and reason of the reopening, new due moments, and None for what the last round left.
    """
    left = dict.fromkeys(("resolved_at", "feedback_at", "satisfaction", "satisfaction_at"))
    return {"reopened_at": reopened_at, "reopened_because": reason, **_later_times(reopened_at, rules), **left}


def _later_times(start: datetime, rules: Complaints) -> dict[str, datetime]:
    return {
        "resolve_due": start + timedelta(days=rules.resolve_days),
        "satisfaction_due": start + timedelta(days=rules.satisfaction_days),
    }


@dataclass(frozen=True)
class ComplaintStep(Shown):
    """One step of one complaint's clock.

    Parameters
    ----------
    complaint, owner, step : str
        Ids, and ``response``, ``resolution`` or ``satisfaction``.
    due, done_at : datetime, datetime or None
        UTC as the store gives them.
    standing : {"done", "done_late", "open", "overdue"}
        On the moment of the list.
    hours : Decimal
        From intake (or reopening) to the step, or to now where it is open; to the hundredth.
    """

    complaint: str
    owner: str
    step: str
    due: datetime
    done_at: datetime | None
    standing: Standing
    hours: Decimal

    def explain(self, lang: Lang = "en") -> str:
        """The step in one sentence."""
        facts = {"complaint": self.complaint, "owner": self.owner, "hours": self.hours}
        step = message(f"registry.complaint.{self.step}", lang)
        return message(f"registry.complaint.{self.standing}", lang, step=step, due=self.due.isoformat(), **facts)


@dataclass(frozen=True)
class ComplaintClock(Shown):
    """All steps of all complaints at a moment, the earliest due first.

    Parameters
    ----------
    at : datetime
        Moment of the list.
    steps : tuple of ComplaintStep
        Three a complaint; those of withdrawn complaints are left out.
    """

    at: datetime
    steps: tuple[ComplaintStep, ...]

    def __repr__(self) -> str:
        return f"ComplaintClock(at={self.at.isoformat()}, {len(self.overdue)} overdue of {len(self.steps)} steps)"

    @property
    def overdue(self) -> tuple[ComplaintStep, ...]:
        """Steps that are not done and past their moment."""
        return tuple(step for step in self.steps if step.standing == "overdue")

    def to_frame(self) -> pd.DataFrame:
        """One row a step: complaint, owner, step, due, done_at, standing, hours."""
        import pandas as pd

        columns = ["complaint", "owner", "step", "due", "done_at", "standing", "hours"]
        return pd.DataFrame([[getattr(step, name) for name in columns] for step in self.steps], columns=columns)

    def explain(self, lang: Lang = "en") -> str:
        """One line for each overdue step; a sentence that says so where there is none."""
        lines = [step.explain(lang) for step in self.overdue]
        return "\n".join(lines) or message("registry.complaint.none_overdue", lang)


def complaint_clock(complaints: Iterable[Stored], at: datetime) -> ComplaintClock:
    """Where each complaint stands on its clock (§5.3.2).

    Parameters
    ----------
    complaints : iterable of Stored
        Records of kind ``complaint``; withdrawn ones have no clock.
    at : datetime
        With a time zone; a step due at this very moment is not overdue.
    """
    steps = [_step(known, *named, at) for known in complaints if known.state != "withdrawn" for named in STEPS]
    return ComplaintClock(at, tuple(sorted(steps, key=lambda step: (step.due, step.complaint, step.step))))


def _step(known: Stored, step: str, due_field: str, done_field: str, at: datetime) -> ComplaintStep:
    due, done = getattr(known, due_field), getattr(known, done_field)
    start = known.received_at if step == "response" else known.reopened_at or known.received_at
    if done is not None:
        standing: Standing = "done" if done <= due else "done_late"
    else:
        standing = "open" if at <= due else "overdue"
    hours = Decimal(((done or at) - start) // timedelta(seconds=1)) / 3600
    return ComplaintStep(known.id, known.owner, step, due, done, standing, round(hours, 2))


def repeat_rate(complaints: Iterable[Stored]) -> Decimal | None:
    """Share of complaints that came back: reopened, or a repeat of an earlier one; None where there are none (§5.3.3).

    Returns
    -------
    Decimal or None
        0-1, exact to twelve decimals; withdrawn complaints count neither above nor below.
    """
    counted = [known for known in complaints if known.state != "withdrawn"]
    if not counted:
        return None
    again = sum(known.repeat_of is not None or known.reopened_at is not None for known in counted)
    return round(Decimal(again) / Decimal(len(counted)), 12)
