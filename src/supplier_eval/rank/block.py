"""Many decision tables of one size, ranked in one go."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.rank.matrix import known_parameters
from supplier_eval.rank.method import RankingMethod, ranks_of
from supplier_eval.rank.methods import ranking_method
from supplier_eval.rank.table import DIRECTIONS
from supplier_eval.rank.weights import fractions

CELLS_AT_ONCE = 100_000  # about what stays in a processor's cache
WORKING_MEMORY = 20 * CELLS_AT_ONCE  # figures; more than a method holds at once


def rank_block(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    method: str = "topsis",
    **parameters: object,
) -> npt.NDArray[np.int64]:
    """Rank thousands of decision tables at once; each gets the ranks it would get alone.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, n_tables, ...)
        Raw figures, none missing.
    weights : array_like of shape (n_criteria,)
        Not negative, not all zero; divided by their sum as `rank_matrix` does.
    directions : array_like of shape (n_criteria,)
        1 or ``"max"`` where more is better, -1 or ``"min"`` where less is better.
    method : str
        Key in ``METHODS``.
    **parameters
        Of the method, see ``METHODS[method].parameters``.

    Returns
    -------
    ndarray of int of shape (n_bids, n_tables, ...)
        1 is best; tied bids share a rank, competition style 1-2-2-4.

    Raises
    ------
    InvalidInput
        If a value is missing, shapes do not fit, or the method cannot take the values or a parameter.
    UnknownName
        If there is no such method, or the method takes no such parameter.
    """
    how = ranking_method(method)
    known = known_parameters(how, parameters)
    try:
        return _ranks(how, values, weights, directions, known)
    except InvalidInput:
        raise
    except (TypeError, ValueError) as error:
        raise InvalidInput(
            [Finding("matrix.parameter.invalid", how.name, facts={"why": str(error)})], how.name
        ) from error


def _ranks(
    how: RankingMethod,
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    parameters: Mapping[str, object],
) -> npt.NDArray[np.int64]:
    """Rank part by part."""
    table = np.asarray(values, dtype=np.float64)
    if table.ndim < 2 or 0 in table.shape[:2]:
        raise ValueError(f"values need at least one criterion and one bid, not the shape {table.shape}")
    if not bool(np.isfinite(table).all()):
        raise ValueError("a value is missing or infinite; a ranking method needs all of them")
    try:
        w, d = fractions(weights), np.array([DIRECTIONS[one] for one in np.asarray(directions).tolist()])
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError("weights are figures not below zero; a direction is 1 (more is better) or -1") from error
    tables = table.reshape((*table.shape[:2], -1))
    ranks = np.empty(tables.shape[1:], dtype=np.int64)
    _keep_memory()
    step = max(1, CELLS_AT_ONCE // (table.shape[0] * table.shape[1]))
    for start in range(0, tables.shape[2], step):
        part = np.ascontiguousarray(tables[:, :, start : start + step])
        ranks[:, start : start + step] = ranks_of(how.function(part, w, d, **parameters).score, how.better)
    return ranks.reshape(table.shape[1:])


def _keep_memory() -> None:
    """Let the C library keep the memory of one part for the next.

    The GNU library hands freed blocks back to the system at once until it has seen a larger one freed; every part
    then pays for fresh pages, more than for its arithmetic. The array is never written to and costs no pages.
    """
    np.empty(WORKING_MEMORY)
