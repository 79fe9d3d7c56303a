"""What lies in a folder of service records beside them: the plan, critical events, terms of credits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.file_prints import files_fingerprint
from supplier_eval.intake.files import read_table
from supplier_eval.monitor.critical_events import CriticalEvent, read_events
from supplier_eval.monitor.folder_credits import FolderCredit, read_credits
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.record_reading import read_service_records
from supplier_eval.monitor.records import ServiceRecords

if TYPE_CHECKING:
    from supplier_eval.intake.raw_table import RawTable

TABLE = "folder"
PLAN, EVENTS, CREDITS = "plan.toml", "events.csv", "credits.toml"
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class ReviewFolder:
    """Records with all that a review of them needs.

    Parameters
    ----------
    name : str
        Name of the folder.
    records : ServiceRecords
        With their clocks.
    plan : ReviewPlan
        By which is reviewed.
    events : tuple of CriticalEvent
        Of ``events.csv``; empty without one.
    credits : tuple of FolderCredit
        Of ``credits.toml``; empty without one.
    fingerprint : str
        SHA-256 of the names and bytes of all files that were read.
    """

    name: str
    records: ServiceRecords
    plan: ReviewPlan
    events: tuple[CriticalEvent, ...]
    credits: tuple[FolderCredit, ...]
    fingerprint: str


def read_review_folder(path: str | Path, plan: ReviewPlan | str | Path | None = None) -> ReviewFolder:
    """Read a folder of service records with its plan, calendars, events and terms of credits.

    Parameters
    ----------
    path : str or Path
        Folder with the tables of docs/kpis.md, ``plan.toml`` and ``calendar.toml``; ``events.csv`` (``supplier kind on
        reference words``) and ``credits.toml`` where there are such.
    plan : ReviewPlan, str or Path, optional
        A plan, or its file, instead of the folder's.

    Returns
    -------
    ReviewFolder

    Raises
    ------
    InvalidInput
        With every finding of all files together.
    """
    place = Path(path)
    found: list[Finding] = []
    if not place.is_dir():
        raise InvalidInput([Finding("review.folder.none", TABLE, value=str(path))], str(path))
    own = _gathered(found, lambda: _plan(place, plan))
    records = _gathered(found, lambda: read_service_records(place, timezone=own.timezone if own is not None else ""))
    events = _gathered(found, lambda: _events(place))
    terms = _gathered(found, lambda: read_credits(place / _credits_file(own)))
    if records is not None and not records.clocks:
        found.append(Finding("review.folder.no_calendar", TABLE, value=place.name))
    if any(one.severity == "error" for one in found):
        raise InvalidInput(found, str(path))
    assert own is not None and records is not None
    return ReviewFolder(place.name, records, own, tuple(events or ()), tuple(terms or ()), files_fingerprint(place))


def _gathered(found: list[Finding], read: Callable[[], T]) -> T | None:
    """What is read, or None with its findings added."""
    try:
        return read()
    except InvalidInput as refused:
        found += refused.findings
        return None


def _plan(place: Path, plan: object) -> ReviewPlan:
    if isinstance(plan, ReviewPlan):
        return plan
    file = place / PLAN if plan is None else Path(str(plan))
    if plan is None and not file.is_file():
        raise InvalidInput([Finding("review.folder.no_plan", TABLE, value=place.name)], str(place))
    return ReviewPlan.load(file)


def _credits_file(plan: ReviewPlan | None) -> str:
    """The file that the plan names, else ``credits.toml``; never one outside the folder."""
    named = plan.credits if plan is not None else ""
    return named if named.endswith(".toml") and Path(named).name == named else CREDITS


def _events(place: Path) -> Sequence[CriticalEvent]:
    if not (place / EVENTS).is_file():
        return ()
    raw, found = read_table(place / EVENTS, "events")
    if raw is None or any(one.severity == "error" for one in found):
        raise InvalidInput(found, EVENTS)
    return read_events(_rows(raw))


def _rows(raw: RawTable) -> object:
    import pandas as pd

    return pd.DataFrame({name: pd.Series(list(raw.cells(name)), dtype=object) for name in raw.columns})
