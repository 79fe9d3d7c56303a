"""The store of the sample with a clock that is set by hand, so that every run gives the same store."""

from __future__ import annotations

import csv
import hashlib
import heapq
from collections.abc import Callable, Generator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import supplier_eval as se
from supplier_eval.registry import Stored

SAMPLES = Path(__file__).parents[1]
HOUSE = ZoneInfo("Asia/Shanghai")
TENDER = "service-desk-2026"
LOTS = ("L1", "L2", "L3")
Steps = Generator[datetime | str, date, None]
"""What is done, in its order; before each part it says when, and is given the day."""


def digest(text: str) -> str:
    """The digest of a document that the sample does not hold."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def at(text: str) -> datetime:
    """A moment in the house's time zone."""
    return datetime.fromisoformat(text).replace(tzinfo=HOUSE)


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table of the sample tender."""
    with (SAMPLES / "service-desk" / table).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Desk:
    """A store with a clock that is set by hand.

    Parameters
    ----------
    url : str
        Where the store is made.
    """

    def __init__(self, url: str) -> None:
        self.now = at("2025-11-03T09:00")
        self.registry = se.Registry.create(url, actor="sun.li", clock=lambda: self.now)

    def on(self, moment: str) -> date:
        """Set the clock, and give its day."""
        self.now = at(moment)
        return self.now.date()

    def add(self, kind: str, key: str, **fields: Any) -> Stored:  # noqa: ANN401 - any declared field
        """Add a record."""
        return self.registry.add(se.registry.kind_named(kind)(id=key, **fields))

    def move(self, kind: str, key: str, event: str, *, actor: str = "sun.li", **fields: Any) -> Stored:  # noqa: ANN401 - any declared field
        """Move a record, as somebody."""
        by = self.registry.by(actor)
        return by.move(by.get(kind, key), event, **fields)

    def side_by_side(self, *lines: Callable[[Desk], Steps]) -> None:
        """Do several lines of work in the order of their moments, as a calendar would have it."""
        begun = [line(self) for line in lines]
        waiting = [(_moment(next(one)), number) for number, one in enumerate(begun)]
        heapq.heapify(waiting)
        while waiting:
            moment, number = heapq.heappop(waiting)
            if moment < self.now:
                raise ValueError(f"{lines[number]} goes back to {moment}")
            self.now = moment
            try:
                heapq.heappush(waiting, (_moment(begun[number].send(self.now.date())), number))
            except StopIteration:
                continue


def _moment(given: datetime | str) -> datetime:
    return at(given) if isinstance(given, str) else given
