"""What falls due or ran out: agreements, certificates, licences, milestones, filings, answers, payments, reviews.

Every field that a declaration marks as `Due` is looked at, in the states in which something can still fall due, as
long as the field that says "done" is empty. Moments fall on a day of the house's time zone.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang, message
from supplier_eval.registry.audit import Anchor, moment_text
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.registry.cell_text import cell_columns
from supplier_eval.registry.record import due_fields
from supplier_eval.registry.store_tables import shapes
from supplier_eval.registry.views_find import label_field
from supplier_eval.registry.views_sql import due_statement
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.registry.store import Registry
    from supplier_eval.registry.store_engine import Driver

BY_DAY = operator.attrgetter("day")
OWNERS = ("owner", "responsible", "person")


class DueItem(NamedTuple):
    """One thing to be done, or one that ran out.

    Parameters
    ----------
    kind, id : str
        The record.
    what : str
        Word of the catalogue, ``registry.due.*``.
    field : str
        Field that holds the day.
    day : date
        In the house's time zone.
    days_left : int
        From the day of the list; negative where it is past.
    owner : str
        Who answers for it; empty where the record names nobody.
    label : str
        By what people know the record.
    state : str
        Where the record stands.
    """

    kind: str
    id: str
    what: str
    field: str
    day: date
    days_left: int
    owner: str
    label: str
    state: str


@dataclass(frozen=True, repr=False)
class DueList(Shown):
    """Everything that falls due until a day.

    Parameters
    ----------
    on, until : date
        Day of the list; last day that it looks at.
    items : tuple of DueItem
        By day, then kind in the order of the chapters, then field, then id.
    anchor : Anchor
        The head of the audit at that moment.
    """

    on: date
    until: date
    items: tuple[DueItem, ...]
    anchor: Anchor

    @property
    def overdue(self) -> tuple[DueItem, ...]:
        """What was due before the day of the list."""
        return tuple(item for item in self.items if item.days_left < 0)

    def to_frame(self) -> pd.DataFrame:
        """One row an item: kind, id, what, field, day, days_left, owner, label, state."""
        import pandas as pd

        return pd.DataFrame(self.items, columns=list(DueItem._fields))

    def explain(self, lang: Lang = "en") -> str:
        """How much falls due, and how much of it is late."""
        facts = {"n": len(self.items), "until": self.until, "overdue": len(self.overdue), "on": self.on}
        return message("registry.due_list", lang, **facts)

    def __repr__(self) -> str:
        return f"DueList(on={self.on}, until={self.until}, {len(self.items)} items, {len(self.overdue)} overdue)"


def due_until(
    registry: Registry,
    until: date | int,
    *,
    on: date | None = None,
    of_kinds: Collection[str] = (),
    owner: str = "",
) -> DueList:
    """List everything that falls due until a day, overdue things first.

    Parameters
    ----------
    registry : Registry
        Open.
    until : date or int
        Last day, included; a number counts days from the day of the list.
    on : date, optional
        Day of the list; the store's today without.
    of_kinds : collection of str
        Only these kinds; all without.
    owner : str
        Only what this person answers for.

    Returns
    -------
    DueList
        All of one view of the store.

    Raises
    ------
    UnknownName
        For a kind that there is not.

    Examples
    --------
    >>> import runpy
    >>> from tempfile import TemporaryDirectory
    >>> main = runpy.run_path("data/samples/registry/make_store.py")["main"]
    >>> with TemporaryDirectory() as folder, main(f"{folder}/s.sqlite").registry as store:
    ...     se.registry.due_until(store, 46)
    DueList(on=2026-11-30, until=2027-01-15, 35 items, 10 overdue)
    """
    unknown = next((kind for kind in of_kinds if kind not in kinds()), None)
    if unknown is not None:
        raise UnknownName("kind", unknown, tuple(kinds()))
    with registry.reading() as reading:
        zone = ZoneInfo(registry.rules_within(reading).timezone)
        day = on or registry.now.astimezone(zone).date()
        last = day + timedelta(days=until) if isinstance(until, int) else until
        found: list[DueItem] = []
        for mark in due_marks():
            if not of_kinds or mark.kind in of_kinds:
                found += _items(reading.driver, mark, day, last, zone)
        anchor = Anchor(*reading.head())
    if owner:
        found = [item for item in found if item.owner == owner]
    found.sort(key=BY_DAY)  # marks come by kind and field, their rows by day and id
    return DueList(day, last, tuple(found), anchor)


class DueMark(NamedTuple):
    """One field in which something falls due, with what the question needs to know."""

    kind: str
    field: str
    what: str
    done: str
    is_moment: bool
    closed: tuple[str, ...]
    owner: str
    columns: tuple[str, ...]


@functools.cache
def due_marks() -> tuple[DueMark, ...]:
    """Every field that is marked as due, in the order of the declarations."""
    found = []
    for kind, declared in kinds().items():
        columns = {column.name: column.kind for column in cell_columns(declared)}
        owner = next((name for name in OWNERS if name in columns), "")
        closed = life_cycles()[kind].closed if kind in life_cycles() else ()
        for field, mark in due_fields(declared).items():
            moment = columns[field] == "moment"
            label = label_field(columns)
            read = ("id", field, label, *((owner,) if owner else ()))
            found.append(DueMark(kind, field, mark.what, mark.done, moment, closed, owner, read))
    return tuple(found)


def _items(driver: Driver, mark: DueMark, on: date, last: date, zone: ZoneInfo) -> list[DueItem]:
    fields = shapes()[mark.kind]
    given = (_held(last, zone, mark.is_moment), *mark.closed)
    query = due_statement(mark.kind, mark.field, mark.columns, mark.done, len(given) - 1, mark.is_moment, driver.mark)
    out: Callable[[Any], Any] = fields.by_name[mark.field].out or date.fromisoformat
    kind, what, field, owned = mark.kind, mark.what, mark.field, bool(mark.owner)
    items = []
    for row in driver.rows(query, given):
        found = out(row[1])
        day = found.astimezone(zone).date() if mark.is_moment else found
        owner = (row[3] or "") if owned else ""
        items.append(DueItem(kind, row[0], what, field, day, (day - on).days, owner, row[2] or "", row[-1]))
    return items


@functools.lru_cache(maxsize=64)
def _held(last: date, zone: ZoneInfo, is_moment: bool) -> str:
    """The last day, or the moment after it, as the store holds them."""
    return moment_text(_end_of(last, zone)) if is_moment else last.isoformat()


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first moment after a day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
