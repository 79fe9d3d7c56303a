"""A decision table with its labels, read once: values, weights and directions of named bids and criteria.

Reading checks with a few array operations; only where one of them fails are the findings put together, all at once
(`rank.table_findings`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import InvalidInput
from supplier_eval.rank.weights import fractions
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    import pandas as pd

Table: TypeAlias = "pd.DataFrame | npt.ArrayLike"
ByCriterion: TypeAlias = "Mapping[Any, Any] | pd.Series[Any] | npt.ArrayLike"
UP, DOWN = ("max", "benefit"), ("min", "cost")
DIRECTIONS: dict[object, float] = {1: 1.0, -1: -1.0} | {
    said: sign
    for words, sign in ((UP, 1.0), (DOWN, -1.0))
    for word in words
    for said in (word, word.upper(), word.capitalize())
}


@dataclass(frozen=True, eq=False)
class BidTable:
    """A decision table of named bids and criteria.

    Parameters
    ----------
    bid_labels : sequence
        Names of the bids as they came; a table without names has ``B1, B2, …`` and ``C1, C2, …``.
    criteria : tuple of str
        Names of the criteria, in column order.
    values : ndarray of shape (n_criteria, n_bids)
        Raw figures, read-only.
    weights : ndarray of shape (n_criteria,)
        Fractions of 1.
    directions : ndarray of shape (n_criteria,)
        1.0 where more is better, -1.0 where less is better.
    """

    bid_labels: Collection[object]
    criteria: tuple[str, ...]
    values: FloatArray
    weights: FloatArray
    directions: FloatArray

    @cached_property
    def bids(self) -> tuple[str, ...]:
        """Ids of the bids, as text."""
        return label_texts(self.bid_labels)

    def __repr__(self) -> str:
        return f"BidTable({len(self.bids)} bids × {len(self.criteria)} criteria)"


def read_bid_table(values: Table, weights: ByCriterion, directions: ByCriterion) -> BidTable:
    """Read a decision table with its weights and directions.

    Parameters
    ----------
    values : DataFrame of bids × criteria, or array_like of shape (n_bids, n_criteria)
        Raw figures, none missing.
    weights : mapping or Series by criterion, or sequence in column order
        Not negative, not all zero. Divided by their sum, unless that is 1 to within the rounding of printed
        fractions (0.005): then they are used as printed.
    directions : mapping or Series by criterion, or sequence in column order
        ``"max"``, ``"benefit"`` or 1; ``"min"``, ``"cost"`` or -1; capitals are understood.

    Returns
    -------
    BidTable
        A copy: later changes of what was given do not reach it.

    Raises
    ------
    InvalidInput
        With every finding.
    """
    try:
        bids, criteria = _labels(values)
        table = np.array(_figures(values).T, dtype=np.float64, order="C")
        w = fractions(by_criterion(weights, criteria))
        d = np.array([DIRECTIONS[x] for x in by_criterion(directions, criteria)])
        sound = table.shape == (len(criteria), len(bids)) and table.size and w.shape == d.shape == table.shape[:1]
        sound = sound and bool(np.isfinite(table).all())
        sound = sound and _all_different(bids) and len(set(criteria)) == len(criteria)
    except (ValueError, TypeError, KeyError, IndexError):
        sound = False
    if not sound:
        from supplier_eval.rank.table_findings import table_findings

        raise InvalidInput(table_findings(values, weights, directions), "values")
    for array in (table, w, d):
        array.setflags(write=False)
    return BidTable(bids, criteria, table, w, d)


def by_criterion(given: ByCriterion, criteria: Sequence[str]) -> Sequence[Any]:
    """What was given for each criterion, in column order.

    Parameters
    ----------
    given : mapping or Series by criterion, or sequence
        A sequence is in column order already.
    criteria : sequence of str
        Names of the columns.

    Raises
    ------
    KeyError
        If a criterion has nothing, or a name belongs to no criterion.
    """
    by_name = as_mapping(given)
    if by_name is None:
        return given if isinstance(given, list | tuple) else cast("list[Any]", np.asarray(given).tolist())
    named = {str(name): one for name, one in by_name.items()}
    if not len(by_name) == len(named) == len(criteria):
        raise KeyError(next((name for name in named if name not in criteria), "one is missing"))
    return [named[name] for name in criteria]


def as_frame(values: Table) -> pd.DataFrame | None:
    """The table if it has named columns; None for plain figures."""
    return cast("pd.DataFrame", values) if hasattr(values, "columns") else None


def as_mapping(given: ByCriterion) -> Mapping[Any, Any] | None:
    """What was given if it is by name (a Series too); None for plain figures in column order."""
    return cast("Mapping[Any, Any]", given) if hasattr(given, "items") else None


def label_texts(labels: Iterable[object]) -> tuple[str, ...]:
    """Labels as text; ``00123`` stays ``00123``."""
    return tuple(map(str, labels))


def _labels(values: Table) -> tuple[Collection[object], tuple[str, ...]]:
    frame = as_frame(values)
    if frame is not None:
        return cast("Collection[object]", frame.index), label_texts(frame.columns.tolist())
    n_bids, n_criteria = np.shape(values)
    return tuple(f"B{b + 1}" for b in range(n_bids)), tuple(f"C{i + 1}" for i in range(n_criteria))


def _all_different(bids: Any) -> bool:  # noqa: ANN401 - an Index or a tuple
    """Whether no two bids have one name; an index keeps this answer, and its texts are not made for it."""
    if getattr(bids, "inferred_type", "") in {"string", "integer"}:
        return bool(bids.is_unique)
    return len(set(label_texts(bids))) == len(bids)


def _figures(values: Table) -> FloatArray:
    frame = as_frame(values)
    return np.asarray(values, dtype=np.float64) if frame is None else frame.to_numpy(dtype=np.float64)
