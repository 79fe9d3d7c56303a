"""Failure modes of a service process: which need action first, by action priority, priority number beside it.

Clauses of the policy (§6.1.2).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from supplier_eval.messages import Lang, message
from supplier_eval.risk.explained import asked_of
from supplier_eval.risk.fmea import BEST, PRIORITIES, WORST, action_priority, risk_priority_number
from supplier_eval.risk.records import Column, Record, read_records
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

TABLE = "failure_modes"
RATINGS = ("severity", "occurrence", "detection")
COLUMNS = (
    Column("mode"),
    Column("step", required=False, filled=False),
    *(Column(name, "whole", filled=False, least=BEST, most=WORST) for name in RATINGS),
)


@dataclass(frozen=True)
class FailureMode:
    """One way in which a step of the service can fail.

    Parameters
    ----------
    mode, step : str
        Id, and the step of the process; `step` is empty where the table has none.
    severity, occurrence, detection : int or None
        1 to 10; None where not rated.
    priority : {"H", "M", "L", ""}
        Action priority; empty where a rating is missing.
    rpn : int or None
        Risk priority number, 1 to 1000.
    rank, rpn_rank : int or None
        Place by action priority, then severity, occurrence, detection; and by `rpn` alone. Equal ones share a place.
    """

    mode: str
    step: str
    severity: int | None
    occurrence: int | None
    detection: int | None
    priority: str = ""
    rpn: int | None = None
    rank: int | None = None
    rpn_rank: int | None = None

    @property
    def rated(self) -> bool:
        """Whether all three ratings are there."""
        return self.rpn is not None


@dataclass(frozen=True, eq=False)
class FailureModes(Shown):
    """All failure modes of a table, in canonical order.

    Parameters
    ----------
    modes : mapping
        Id -> `FailureMode`.
    """

    modes: Mapping[str, FailureMode] = field(repr=False)

    @property
    def standing(self) -> Literal["exploratory"]:
        """An order of failure modes binds nothing."""
        return "exploratory"

    @property
    def not_rated(self) -> tuple[str, ...]:
        """Modes with a rating missing."""
        return tuple(key for key, one in self.modes.items() if not one.rated)

    def to_frame(self) -> pd.DataFrame:
        """One row for each mode, the first to act on first, those not rated last by id.

        Returns
        -------
        DataFrame
            ``mode``, ``step``, ``priority``: str; ``severity``, ``occurrence``, ``detection``, ``rpn``, ``rank``,
            ``rpn_rank``: Int64, missing where not rated.
        """
        import pandas as pd

        kinds = dict.fromkeys(("mode", "step", "priority"), "str")
        kinds |= dict.fromkeys((*RATINGS, "rpn", "rank", "rpn_rank"), "Int64")
        modes = sorted(self.modes.values(), key=lambda one: (one.rank is None, one.rank or 0))
        rows = [[getattr(one, column) for column in kinds] for one in modes]
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, mode: str | None = None, lang: Lang = "en") -> str:
        """Say how a mode came to its priority, and where the priority number would put it.

        Parameters
        ----------
        mode : str
            Id; without one the overview of all.
        lang : {"en", "zh"}
            Language.
        """
        mode, lang = asked_of("failure mode", mode, lang, self.modes)
        if mode is None:
            ranked = sorted(self.modes.values(), key=lambda each: (each.rank is None, each.rank or 0))
            return "\n".join(self.explain(each.mode, lang) for each in ranked) or message("fmea.none", lang)
        one = self.modes[mode]
        ratings = {name[0]: "-" if (given := getattr(one, name)) is None else given for name in RATINGS}
        if not one.rated:
            return message("fmea.not_rated", lang, mode=mode, **ratings)
        facts = {"priority": one.priority, "rpn": one.rpn, "rank": one.rank, "rpn_rank": one.rpn_rank}
        return message("fmea.rated", lang, mode=mode, n=len(self.modes) - len(self.not_rated), **ratings, **facts)

    def __repr__(self) -> str:
        counts = [sum(one.priority == letter for one in self.modes.values()) for letter in PRIORITIES[::-1]]
        return "FailureModes(H {}, M {}, L {}; {} not rated)".format(*counts, len(self.not_rated))


def rate_failure_modes(modes: pd.DataFrame) -> FailureModes:
    """Say which failure modes of a service process need action first.

    Parameters
    ----------
    modes : DataFrame
        ``mode`` (id, str), ``severity``, ``occurrence``, ``detection`` (whole numbers 1 to 10, 10 the worst; missing
        where not rated), ``step`` (str, optional).

    Returns
    -------
    FailureModes

    Raises
    ------
    InvalidInput
        If columns are missing, an id is missing or there twice, or a rating is no whole number from 1 to 10.

    Notes
    -----
    A mode without all ratings has neither the lowest nor the highest priority: it is not rated, and counted.

    Examples
    --------
    >>> import pandas as pd
    >>> modes = pd.DataFrame({"mode": ["wrong priority", "no identity check"], "severity": [5, 10]})
    >>> modes = modes.assign(occurrence=[7, 2], detection=[3, 4])
    >>> se.risk.rate_failure_modes(modes).to_frame()[["mode", "priority", "rpn", "rank"]]
                    mode priority  rpn  rank
    0     wrong priority        M  105     1
    1  no identity check        L   80     2
    """
    records = read_records(modes, COLUMNS, TABLE, key=("mode",))
    places = _places([_key(r) for r in records if _rated(r)])
    products = _places([(_rpn(r),) for r in records if _rated(r)])
    return FailureModes({r.text("mode"): _mode(r, places, products) for r in records})


def _rating(record: Record, name: str) -> int | None:
    figure = record.figure(name)
    return None if figure is None else int(figure)


def _rated(record: Record) -> bool:
    return all(record.figure(name) is not None for name in RATINGS)


def _sod(record: Record) -> tuple[int, int, int]:
    s, o, d = (_rating(record, name) or 0 for name in RATINGS)
    return s, o, d


@functools.cache
def _figures(severity: int, occurrence: int, detection: int) -> tuple[int, int]:
    """Priority number and action priority; of the thousand cells each is looked up once."""
    ratings = severity, occurrence, detection
    return int(risk_priority_number(*ratings)), int(action_priority(*ratings))


def _rpn(record: Record) -> int:
    return _figures(*_sod(record))[0]


def _key(record: Record) -> tuple[int, ...]:
    return (_figures(*_sod(record))[1], *_sod(record))


def _places(keys: list[tuple[int, ...]]) -> dict[tuple[int, ...], int]:
    """Place of each key, the highest first; equal ones share the first of their places."""
    found: dict[tuple[int, ...], int] = {}
    for at, key in enumerate(sorted(keys, reverse=True)):
        found.setdefault(key, at + 1)
    return found


def _mode(record: Record, places: dict[tuple[int, ...], int], products: dict[tuple[int, ...], int]) -> FailureMode:
    s, o, d = (_rating(record, name) for name in RATINGS)
    mode = FailureMode(record.text("mode"), record.text("step"), s, o, d)
    if not _rated(record):
        return mode
    key, rpn = _key(record), _rpn(record)
    return replace(mode, priority=PRIORITIES[key[0]], rpn=rpn, rank=places[key], rpn_rank=products[(rpn,)])
