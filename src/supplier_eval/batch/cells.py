"""Columns of any dtype as arrays: numbers, yes and no, levels; every cell that cannot be read is a fault.

Text is read with the parsers of the tender's tables (decimal point, no grouping), each different text once; a number
that was stored as a number is taken as the decimal that it prints as.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.faults import Faults
from supplier_eval.intake.cell_values import Problem, parse_yes_no
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.numbers import parse_number, plain_numbers
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    import pandas as pd

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
EXACT_DIGITS = 15  # decimal digits that a double keeps whatever they are
EXACT_WHOLE = 2**53
NONE = "none"


@dataclass(frozen=True, eq=False)
class Figures:
    """A column of figures: NaN where nothing stands, and where it says that there is none."""

    values: FloatArray
    none: BoolArray | None = None


def read_numbers(
    series: pd.Series, faults: Faults, column: str, *, unit: str = "", none_words: frozenset[str] = frozenset()
) -> Figures:
    """Read a column of numbers.

    Parameters
    ----------
    series : Series
        Any dtype.
    faults : Faults
        Takes what cannot be read: text that is no number, truth values, infinite figures.
    column : str
        Its name, for the findings.
    unit : str
        A per cent sign behind a text is allowed where this is ``%``.
    none_words : frozenset of str
        Words (folded) that say that there is none.
    """
    import pandas as pd

    dtype = series.dtype
    if pd.api.types.is_bool_dtype(dtype):
        faults.add("batch.number.truth_value", column, series.notna().to_numpy(), "True")
        return Figures(np.full(len(series), np.nan))
    if isinstance(dtype, np.dtype) and dtype.kind == "f":
        return Figures(_finite(_widened(series.to_numpy()), faults, column))
    if pd.api.types.is_integer_dtype(dtype):
        whole = series.to_numpy(dtype=np.float64, na_value=np.nan)
        faults.add("batch.number.too_precise", column, np.abs(whole) > EXACT_WHOLE, EXACT_DIGITS)
        return Figures(whole)
    if pd.api.types.is_float_dtype(dtype):
        return Figures(_finite(series.to_numpy(dtype=np.float64, na_value=np.nan), faults, column))
    codes, texts = unique_texts(series)
    return _numbers_of(codes, texts, faults, column, unit, none_words)


def read_yes_no(series: pd.Series, faults: Faults, column: str, none_words: frozenset[str] = frozenset()) -> Figures:
    """Read a column of yes and no: 1, 0, NaN where nothing stands; parameters as `read_numbers`."""
    codes, texts = unique_texts(series)
    none = np.array([id_key(text) in none_words and isinstance(parse_yes_no(text), Problem) for text in texts], bool)

    def value(text: str) -> float | Problem:
        read = parse_yes_no(text)
        if isinstance(read, Problem):
            return float("nan") if id_key(text) in none_words else read
        return float(read)

    return Figures(_by_text(codes, texts, value, faults, column), _spread(none, codes) if none.any() else None)


def read_levels(
    series: pd.Series,
    levels: dict[str, float],
    faults: Faults,
    column: str,
    none_words: frozenset[str] = frozenset(),
) -> Figures:
    """Read a column of named levels as their values; parameters as `read_numbers`, `levels` by folded name."""
    codes, texts = unique_texts(series)
    known = ", ".join(levels)
    none = np.array([id_key(text) in none_words - set(levels) for text in texts], dtype=bool)

    def value(text: str) -> float | Problem:
        key = id_key(text)
        if key in levels:
            return levels[key]
        return float("nan") if key in none_words else Problem("level.not_a_level", text)

    return Figures(_by_text(codes, texts, value, faults, column, known=known), _spread(none, codes))


def unique_texts(series: pd.Series) -> tuple[IntArray, list[str]]:
    """Every different text of a column once, and which one stands in each row; -1 for an empty cell.

    Whole figures are written without a decimal point, so that a column of ids that became figures because a cell is
    empty keeps its ids.
    """
    import pandas as pd

    series = as_objects(series)
    if isinstance(series.dtype, pd.CategoricalDtype):
        inner = pd.Series(series.cat.categories)
        within, texts = unique_texts(inner)
        own = series.cat.codes.to_numpy().astype(np.int64)
        return np.where(own >= 0, within[own] if len(within) else -1, -1), texts
    plain = isinstance(series.dtype, pd.StringDtype) or texts_only(series)
    if series.dtype == object and not plain:
        series = pd.Series([_text(cell) for cell in series.array], dtype=object)
    codes, uniques = pd.factorize(series)
    cells = np.asarray(uniques, dtype=object).tolist()
    texts = cells if plain else [_text(cell) or "" for cell in cells]
    found = codes.astype(np.int64, copy=False)
    if "" in texts or any(map(str.isspace, texts)):
        blank = np.array([not text.strip() for text in texts], dtype=bool)
        found = np.where((found >= 0) & blank[found], -1, found)
    return found, texts


def as_objects(series: pd.Series) -> pd.Series:
    """A column of days, lists or records in Arrow's types as plain objects, which can be told apart and read."""
    import pandas as pd

    dtype = series.dtype
    odd = isinstance(dtype, pd.ArrowDtype) and issubclass(dtype.type, date | list | dict)
    return series.astype(object) if odd and not issubclass(dtype.type, datetime) else series


def texts_only(series: pd.Series) -> bool:
    """Whether a column of objects holds texts and empty cells only."""
    import pandas as pd

    return series.dtype == object and pd.api.types.infer_dtype(series, skipna=True) == "string"


def _text(cell: object) -> str | None:
    """A cell as text; None where nothing stands."""
    import pandas as pd

    if cell is None or cell is pd.NA or cell is pd.NaT:
        return None
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float | np.floating):
        figure = float(cell)
        if figure != figure:  # noqa: PLR0124 - NaN
            return None
        if not np.isfinite(figure):
            return repr(figure)
        plain = Decimal(repr(figure) if isinstance(cell, float) else str(cell))
        return f"{plain.to_integral_value() if plain == plain.to_integral_value() else plain:f}"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _widened(given: npt.NDArray[np.floating]) -> FloatArray:
    """Double precision; a shorter float is read as the decimal that it prints as."""
    if given.dtype == np.float64:
        return np.asarray(given, dtype=np.float64)
    return np.asarray(given.astype("U").astype(np.float64))


def _finite(values: FloatArray, faults: Faults, column: str) -> FloatArray:
    wide = np.isinf(values)
    if wide.any():
        faults.add("batch.number.infinite", column, wide, values[wide][0])
        return np.where(wide, np.nan, values)
    return values


def _numbers_of(
    codes: IntArray, texts: Sequence[str], faults: Faults, column: str, unit: str, none_words: frozenset[str]
) -> Figures:
    plain = plain_numbers(texts)
    if plain is not None and all(len(text) <= EXACT_DIGITS for text in texts):
        return Figures(_spread(plain, codes, np.nan))
    none = np.array([id_key(text) in none_words for text in texts], dtype=bool)

    def value(text: str) -> float | Problem:
        if none_words and id_key(text) in none_words:
            return float("nan")
        read = parse_number(text.rstrip("%％ ") if unit == "%" else text)
        if isinstance(read, Problem):
            return read
        return float(read) if Decimal(repr(float(read))) == read else Problem("number.too_precise", text)

    return Figures(_by_text(codes, texts, value, faults, column), _spread(none, codes) if none.any() else None)


def _by_text(
    codes: IntArray,
    texts: Sequence[str],
    read: Callable[[str], float | Problem],
    faults: Faults,
    column: str,
    **facts: object,
) -> FloatArray:
    """Read every different text once; what cannot be read is a fault of its rows."""
    used = set(np.unique(codes).tolist())
    values = np.full(len(texts), np.nan)
    wrong: dict[str, list[int]] = {}
    for code, text in enumerate(texts):
        figure = read(text) if code in used else float("nan")
        if isinstance(figure, Problem):
            wrong.setdefault(figure.code, []).append(code)
        else:
            values[code] = figure
    for problem, which in wrong.items():
        at = np.flatnonzero(np.isin(codes, which))
        faults.add(f"batch.{problem}", column, at, texts[codes[at[0]]], **facts)
    return _spread(values, codes, np.nan)


def _spread(values: npt.NDArray[Any], codes: IntArray, empty: object = False) -> npt.NDArray[Any]:
    """Figures of the different texts over the rows."""
    if not len(values):
        return np.full(len(codes), empty, dtype=values.dtype)
    return np.where(codes >= 0, values[codes], np.asarray(empty, dtype=values.dtype))
