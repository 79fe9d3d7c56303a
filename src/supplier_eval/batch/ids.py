"""Ids of a long table as whole numbers: the same id is the same number, whatever its case, width or dtype (§12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.cells import EXACT_WHOLE, as_objects, texts_only, unique_texts
from supplier_eval.batch.faults import Faults
from supplier_eval.intake.identifiers import id_key, normalise_id

if TYPE_CHECKING:
    import pandas as pd

IntArray = npt.NDArray[np.int64]
CLOSE = 4  # numbers at most for each row
PLAIN = (str, int, float, np.integer, np.floating, Decimal)
SEPARATORS = "|~^`"


@dataclass(frozen=True, eq=False)
class Ids:
    """Ids of the rows.

    Parameters
    ----------
    codes : ndarray of int of shape (n_rows,)
        Number of the id from 0; -1 where none stands.
    labels : sequence of str or int, or ndarray of int
        The ids by their number, as first written (see `label`); whole numbers where the column holds whole numbers.
    """

    codes: IntArray
    labels: Sequence[str] | Sequence[int] | IntArray

    @property
    def n(self) -> int:
        """Number of different ids."""
        return len(self.labels)

    def label(self, code: int) -> str:
        """An id as text, as ids are kept."""
        return normalise_id(str(self.labels[code]))


def read_ids(series: pd.Series, faults: Faults, column: str) -> Ids:
    """Read a column of ids; an id that is no id (true, 1.5) or is missing is a fault of its rows.

    Parameters
    ----------
    series : Series
        Text, whole numbers or categories.
    faults : Faults
        Takes what is no id.
    column : str
        Its name, for the findings.
    """
    import pandas as pd

    series = as_objects(series)
    if isinstance(series.dtype, np.dtype) and series.dtype.kind in "iu":
        return _whole_numbers(series.to_numpy())
    heads = _text_heads(series)
    codes, texts = unique_texts(series if heads is None else series.iloc[heads])
    if heads is not None:
        codes = _over_runs(codes, heads, len(series))
    if pd.api.types.is_bool_dtype(series.dtype) or pd.api.types.is_datetime64_any_dtype(series.dtype):
        faults.add("batch.id.not_an_id", column, codes >= 0, texts[0] if texts else "")
    if pd.api.types.is_float_dtype(series.dtype):
        broken = np.array([not _whole(text) for text in texts], dtype=bool)
        if broken.any():
            faults.add("batch.id.not_an_id", column, (codes >= 0) & broken[codes], texts[int(broken.argmax())])
    if series.dtype == object and not texts_only(series):
        odd = [not _may_be_id(cell) for cell in series.array]
        strange = (codes >= 0) & np.array(odd, dtype=bool)
        faults.add("batch.id.not_an_id", column, strange, texts[codes[strange.argmax()]] if strange.any() else "")
    codes, texts = _same(codes, texts)
    faults.add("batch.id.missing", column, codes < 0)
    return Ids(codes, texts)


def _whole(text: str) -> bool:
    """Whether a figure is a whole number that a float tells from its neighbours; beyond, two ids may be one."""
    return text.lstrip("-").isdigit() and abs(int(text)) <= EXACT_WHOLE


def _may_be_id(cell: object) -> bool:
    """Whether a cell of a mixed column is text or a whole number."""
    if isinstance(cell, bool | np.bool_) or not isinstance(cell, PLAIN):
        return False
    if isinstance(cell, float | np.floating):
        return float(cell).is_integer() and abs(float(cell)) <= EXACT_WHOLE
    return not isinstance(cell, Decimal) or (cell.is_finite() and cell == cell.to_integral_value())


def _whole_numbers(values: npt.NDArray[np.integer[Any]]) -> Ids:
    """Ids that are whole numbers: themselves where they lie close together, else numbered as they come."""
    import pandas as pd

    low, high = (int(values.min()), int(values.max())) if len(values) else (0, -1)
    if high - low < CLOSE * max(len(values), 1) and high < np.iinfo(np.int64).max:
        near = values.astype(np.int64) - low
        there = np.zeros(high - low + 1, bool)
        there[near] = True
        return Ids((np.cumsum(there) - 1)[near], np.flatnonzero(there) + low)
    heads = _heads(values)
    numbers, labels = pd.factorize(values[heads])
    return Ids(_over_runs(numbers.astype(np.int64), heads, len(values)), np.asarray(labels).tolist())


def folded(labels: Sequence[str]) -> list[str]:
    """The keys by which ids are the same, of many ids at once: `id_key` of each."""
    for mark in SEPARATORS:
        joined = mark.join(labels)
        if joined.isascii() and joined.isprintable() and joined.count(mark) == len(labels) - 1:
            keys = joined.lower().split(mark)
            return [key.strip() for key in keys] if " " in joined else keys
    return [id_key(label) for label in labels]


def _same(codes: IntArray, texts: list[str]) -> tuple[IntArray, list[str]]:
    """One number for all spellings of an id; what is empty once invisible characters are gone is missing."""
    keys = folded(texts) if texts else []
    if all(keys) and len(set(keys)) == len(keys):
        return codes, texts
    number: dict[str, int] = {}
    labels: list[str] = []
    to = np.empty(len(texts), np.int64)
    for i, (key, text) in enumerate(zip(keys, texts, strict=True)):
        if key and key not in number:
            number[key] = len(labels)
            labels.append(text)
        to[i] = number[key] if key else -1
    return np.where(codes >= 0, to[codes], -1) if len(to) else codes, labels


def _heads(values: npt.NDArray[np.generic]) -> IntArray:
    """Positions at which another value begins than in the row before."""
    fresh = np.ones(len(values), bool)
    fresh[1:] = values[1:] != values[:-1]
    return np.flatnonzero(fresh)


def _text_heads(series: pd.Series) -> IntArray | None:
    """The same for a column of text; None where comparing its neighbours is no quick way."""
    import pandas as pd

    if not isinstance(series.dtype, pd.StringDtype):
        return None
    values = series.array
    differ = np.asarray(values[1:] != values[:-1])
    if differ.dtype != np.bool_:
        return None
    if not len(series) or 2 * np.count_nonzero(differ) > len(series):
        return None
    return np.concatenate([[0], np.flatnonzero(differ) + 1]).astype(np.int64)


def _over_runs(codes: IntArray, heads: IntArray, n: int) -> IntArray:
    """Numbers of the runs over their rows."""
    return np.repeat(codes, np.diff(np.append(heads, n)))
