"""Moments as given (datetimes, texts, pandas columns) as microseconds in UTC; without a zone they are refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from supplier_eval.clock.local_time import microseconds
from supplier_eval.clock.spans import MicroArray
from supplier_eval.errors import Finding, InvalidInput

TABLE = "arguments"
MOST_ROWS = 1000


@dataclass(frozen=True, eq=False)
class Moments:
    """Moments as whole microseconds since 1970 in UTC.

    Parameters
    ----------
    us : ndarray of int64, shape (n,)
        0 where missing.
    missing : ndarray of bool, shape (n,)
        Where there is none.
    index : object
        The index of the column that was given; None where there was none.
    single : bool
        Whether one moment was given, not a column.
    """

    us: MicroArray
    missing: npt.NDArray[np.bool_]
    index: Any
    single: bool


def refusal(code: str, column: str, rows: tuple[int, ...] = (), value: object = "", **facts: object) -> InvalidInput:
    """The error that refuses one argument."""
    return InvalidInput([Finding(code, TABLE, column, rows, str(value), facts)], TABLE)


def positions(wrong: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    """Positions of what is wrong, from 0; none for a single moment."""
    return tuple(int(at) for at in np.flatnonzero(wrong)[:MOST_ROWS]) if wrong.size > 1 else ()


def moments(given: object, name: str) -> Moments:
    """Read one moment or a column of them.

    Parameters
    ----------
    given : object
        A datetime with time zone, an ISO text with offset, a pandas column of moments with time zone, or a list of
        these. None and NaT are missing.
    name : str
        Name of the argument.

    Raises
    ------
    InvalidInput
        ``clock.no_time_zone`` or ``clock.moment``, with the positions.
    """
    column = getattr(given, "dtype", None)
    if column is not None and not isinstance(given, np.generic):
        return _column(given, name)
    if isinstance(given, Iterable) and not isinstance(given, str):
        return _listed(list(given), name, None, single=False)
    return _listed([given], name, None, single=True)


def amounts(given: object, name: str) -> MicroArray:
    """Read one duration or a column of them as microseconds.

    Raises
    ------
    InvalidInput
        ``clock.amount`` for what is no duration (a timedelta), or below zero.
    """
    if isinstance(given, timedelta | np.timedelta64):
        us = np.array([given], dtype="timedelta64[us]").astype(np.int64)
    else:
        try:
            us = np.asarray(given, dtype="timedelta64[us]").astype(np.int64).reshape(-1)
            plain = getattr(np.asarray(given), "dtype", np.dtype("O")).kind in "iufbU"
        except (TypeError, ValueError, OverflowError):
            us, plain = np.array([], dtype=np.int64), True
        if plain:
            raise refusal("clock.amount", name, value=type(given).__name__)
    if (us < 0).any():
        raise refusal("clock.amount", name, positions(us < 0), "below zero")
    return us


def _column(given: Any, name: str) -> Moments:  # noqa: ANN401 - a column of any library
    """Take a pandas column at once; numpy knows no time zones and is refused."""
    import pandas as pd

    if isinstance(given, np.ndarray) and given.dtype == object:
        return _listed(list(given), name, None, single=False)
    if not isinstance(given, pd.Series | pd.Index):
        raise refusal("clock.no_time_zone", name, value=str(given.dtype))
    index = given.index if isinstance(given, pd.Series) else None
    if not isinstance(given.dtype, pd.DatetimeTZDtype):
        if given.dtype.kind == "M":
            raise refusal("clock.no_time_zone", name, value=str(given.dtype))
        return _listed(list(given), name, index, single=False)
    stamps = pd.DatetimeIndex(given).tz_convert("UTC").tz_localize(None).as_unit("us")
    missing = np.asarray(stamps.isna())
    return Moments(np.where(missing, 0, stamps.to_numpy().astype(np.int64)), missing, index, single=False)


def _listed(many: list[object], name: str, index: Any, *, single: bool) -> Moments:  # noqa: ANN401 - any index
    us, missing = np.zeros(len(many), dtype=np.int64), np.zeros(len(many), dtype=bool)
    wrong: dict[str, list[int]] = {"clock.no_time_zone": [], "clock.moment": []}
    for at, one in enumerate(many):
        moment = _one(one)
        if moment is None:
            missing[at] = True
        elif isinstance(moment, str):
            wrong[moment].append(at)
        else:
            us[at] = microseconds(moment)
    found = [
        Finding(code, TABLE, name, tuple(rows[:MOST_ROWS]) if len(many) > 1 else (), str(many[rows[0]]))
        for code, rows in wrong.items()
        if rows
    ]
    if found:
        raise InvalidInput(found, TABLE)
    return Moments(us, missing, index, single)


def _one(given: object) -> datetime | str | None:
    """The moment; None where missing, else the code of what is wrong."""
    if given is None or type(given).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(given, float) and np.isnan(given):
        return None
    if isinstance(given, str):
        try:
            given = datetime.fromisoformat(given.strip())
        except ValueError:
            return "clock.moment"
    if not isinstance(given, datetime):
        return "clock.moment"
    return given if given.utcoffset() is not None else "clock.no_time_zone"
