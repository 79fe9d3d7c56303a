"""What a batch over files needs to know of every file to say whether its results bind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from supplier_eval.batch.batch_standing import batch_standing
from supplier_eval.messages import Lang

if TYPE_CHECKING:
    from supplier_eval.batch.plan import Plan
    from supplier_eval.batch.scoring import Blocks
    from supplier_eval.score.sheet import Standing


@dataclass(frozen=True)
class Cases:
    """Cases that people have not ruled on, and the first deadline.

    Parameters
    ----------
    flagged : int
        Bids with a flag.
    flags : tuple of str
        Codes of the flags, each once, sorted.
    first_deadline : str
        Day of the earliest deadline (ISO 8601); empty where there is none.
    """

    flagged: int = 0
    flags: tuple[str, ...] = ()
    first_deadline: str = ""

    def __add__(self, other: Cases) -> Cases:
        days = [day for day in (self.first_deadline, other.first_deadline) if day]
        flags = tuple(sorted({*self.flags, *other.flags}))
        return Cases(self.flagged + other.flagged, flags, min(days, default=""))

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Cases:
        """Read them back from plain data."""
        return cls(document["flagged"], tuple(document["flags"]), document["first_deadline"])

    @classmethod
    def seen_in(cls, result: Blocks) -> Cases:
        """The cases of scored rows."""
        day = result.rows.first_deadline
        flagged = int(np.count_nonzero(result.flags.out))
        return cls(flagged, tuple(sorted(set(result.flags.codes))), "" if day is None else day.isoformat())


def standing_of(plan: Plan, published: str, cases: Iterable[Cases], lang: Lang) -> tuple[Standing, tuple[str, ...]]:
    """Standing of all files together, and why it is exploratory; as for one table of them all."""
    whole = sum(cases, Cases())
    day = date.fromisoformat(whole.first_deadline) if whole.first_deadline else None
    flags = SimpleNamespace(out=np.ones(whole.flagged, dtype=bool), codes=whole.flags)
    seen = cast("Blocks", SimpleNamespace(rows=SimpleNamespace(first_deadline=day), flags=flags))
    standing, reasons = batch_standing(plan, published, seen, lang)
    return standing, tuple(reasons)
