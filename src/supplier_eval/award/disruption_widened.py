"""A model with more columns and rows than its problem asks for: scenarios beside an award."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.rows import Builder, Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.formulation import Formulation

    Vector = NDArray[np.float64]


def builder_behind(n_columns: int) -> Builder:
    """A builder whose first new column comes behind so many others."""
    builder = Builder()
    builder.n_columns = n_columns
    return builder


def widened(made: Formulation, blocks: list[Formulation], more: Builder, cost: dict[int, float]) -> Formulation:
    """A model, others side by side behind it, then what `more` collected over all of them.

    Parameters
    ----------
    made : Formulation
        The first; it stays the model of its problem.
    blocks : list of Formulation
        Further ones, in the order of their columns.
    more : Builder
        Begun by `builder_behind` with the number of all their columns.
    cost : dict
        Column → coefficient to be minimised; 0 elsewhere.

    Returns
    -------
    Formulation
        Minimising `cost`; the measures are those of the first model.
    """
    parts = [made, *blocks]
    size = more.n_columns
    objective = np.zeros(size)
    for column, value in cost.items():
        objective[column] += value
    return replace(
        made,
        rows=_rows(parts, more.finish()),
        cost=objective,
        lower=np.concatenate([*(part.lower for part in parts), *more.lower]),
        upper=np.concatenate([*(part.upper for part in parts), *more.upper]),
        integer=np.concatenate([*(part.integer for part in parts), *more.integer]),
        measures={name: _padded(vector, size) for name, vector in made.measures.items()},
        names=tuple(pair for part in (*(p.names for p in parts), more.stems) for pair in part),
    )


def _padded(vector: Vector, size: int) -> Vector:
    return np.concatenate([vector, np.zeros(size - vector.size)])


def _rows(parts: list[Formulation], last: Rows) -> Rows:
    """All rows one after the other; `last` counts columns over all parts already."""
    columns = np.cumsum([0, *(part.n_columns for part in parts)]).tolist()
    every = [*zip((part.rows for part in parts), columns, strict=False), (last, 0)]
    n_rows = np.cumsum([0, *(rows.lower.size for rows, _ in every)]).tolist()
    n_owners = np.cumsum([0, *(len(rows.owners) for rows, _ in every)]).tolist()
    return Rows(
        row=np.concatenate([rows.row + at for (rows, _), at in zip(every, n_rows, strict=False)]),
        column=np.concatenate([rows.column + at for rows, at in every]),
        value=np.concatenate([rows.value for rows, _ in every]),
        lower=np.concatenate([rows.lower for rows, _ in every]),
        upper=np.concatenate([rows.upper for rows, _ in every]),
        owner=np.concatenate([rows.owner + at for (rows, _), at in zip(every, n_owners, strict=False)]),
        owners=tuple(name for rows, _ in every for name in rows.owners),
    )
