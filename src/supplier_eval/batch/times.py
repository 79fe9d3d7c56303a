"""Days and moments of a long table as arrays: days since 1970, microseconds of UTC; every cell by one reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.cells import BoolArray, as_objects, unique_texts
from supplier_eval.batch.faults import Faults
from supplier_eval.intake.cell_values import Problem
from supplier_eval.intake.dates import parse_date, parse_moment
from supplier_eval.intake.identifiers import id_key

if TYPE_CHECKING:
    import pandas as pd

IntArray = npt.NDArray[np.int64]
NOT_THERE = np.iinfo(np.int64).min
EPOCH = date(1970, 1, 1)
DAY = 86_400_000_000  # microseconds
LAST_DAY = (date.max - EPOCH).days


@dataclass(frozen=True, eq=False)
class Days:
    """Days since 1970; `none` where the cell says that there is none, `missing` where nothing stands."""

    days: IntArray
    none: BoolArray
    missing: BoolArray


@dataclass(frozen=True, eq=False)
class Moments:
    """Microseconds of UTC, and the day on the wall of the zone in which the moment is written."""

    moments: IntArray
    days: IntArray
    missing: BoolArray


def read_days(
    series: pd.Series,
    faults: Faults,
    column: str,
    none_words: frozenset[str] = frozenset(),
    ever_words: frozenset[str] = frozenset(),
) -> Days:
    """Read a column of days.

    Parameters
    ----------
    series : Series
        Dates of any dtype, or text as `parse_date` reads it.
    faults : Faults
        Takes what is no day: two readings, a time that is not midnight.
    column : str
        Its name, for the findings.
    none_words, ever_words : frozenset of str
        Words (folded) that say that there never was one, and that it has no end.
    """
    import pandas as pd

    series = as_objects(series)
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        local = series.dt.tz_localize(None) if getattr(series.dt, "tz", None) is not None else series
        micros = local.to_numpy(dtype="datetime64[us]").astype(np.int64)
        missing = series.isna().to_numpy()
        faults.add("batch.date.time_not_expected", column, ~missing & (micros % DAY != 0), "")
        return Days(np.where(missing, 0, micros // DAY), np.zeros(len(series), bool), missing)
    codes, texts = unique_texts(series)
    days, none, wrong = np.zeros(len(texts), np.int64), np.zeros(len(texts), bool), np.zeros(len(texts), bool)
    for i, text in enumerate(texts):
        key = id_key(text)
        if key in none_words:
            none[i] = True
        elif key in ever_words:
            days[i] = LAST_DAY
        elif isinstance(read := parse_date(text), Problem):
            wrong[i] = True
            faults.add(f"batch.{read.code}", column, codes == i, text)
        else:
            days[i] = (read - EPOCH).days
    there = codes >= 0
    if not texts:
        return Days(np.zeros(len(codes), np.int64), ~there & False, ~there)
    return Days(np.where(there, days[codes], 0), there & none[codes], ~there)


def read_moments(series: pd.Series, faults: Faults, column: str, zone: str = "") -> Moments:
    """Read a column of moments; parameters as `read_days`.

    Parameters
    ----------
    series : Series
        Moments of any dtype, or text as `parse_moment` reads it.
    zone : str
        IANA name of the zone of moments that are written without one; where it is empty such moments are a finding.
    """
    import pandas as pd

    series = as_objects(series)
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        return _stored(series, faults, column, zone)
    codes, texts = unique_texts(series)
    moments, days = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.int64)
    for i, text in enumerate(texts):
        read = parse_moment(text, zone or None)
        if isinstance(read, Problem):
            faults.add(f"batch.{read.code}", column, codes == i, text)
            continue
        moments[i] = _micros(read)
        here = read.astimezone(ZoneInfo(zone)) if zone else datetime.fromisoformat(text) if _iso(text) else read
        days[i] = (here.date() - EPOCH).days
    there = codes >= 0
    if not texts:
        return Moments(np.zeros(len(codes), np.int64), np.zeros(len(codes), np.int64), ~there)
    return Moments(np.where(there, moments[codes], 0), np.where(there, days[codes], 0), ~there)


def _stored(series: pd.Series, faults: Faults, column: str, zone: str) -> Moments:
    """A column that holds moments as such."""
    missing = series.isna().to_numpy()
    if getattr(series.dt, "tz", None) is None and zone:
        series = series.dt.tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
        faults.add("batch.moment.not_on_the_clock", column, series.isna().to_numpy() & ~missing, zone)
    elif zone:
        series = series.dt.tz_convert(zone)
    aware = getattr(series.dt, "tz", None) is not None
    if not aware and not missing.all():
        faults.add("batch.date.no_time_zone", column, ~missing, series[~missing].iloc[0])
    wall = (series.dt.tz_localize(None) if aware else series).to_numpy(dtype="datetime64[us]").astype(np.int64)
    if aware:
        series = series.dt.tz_convert("UTC").dt.tz_localize(None)
    moments = series.to_numpy(dtype="datetime64[us]").astype(np.int64)
    return Moments(np.where(missing, 0, moments), np.where(missing, 0, wall // DAY), missing)


def _micros(moment: datetime) -> int:
    since = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return since.days * DAY + since.seconds * 1_000_000 + since.microseconds


def _iso(text: str) -> bool:
    """Whether a text is a moment with its offset as Python reads it, whose day is a day there."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
