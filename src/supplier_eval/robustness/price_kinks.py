"""Where the points of a price formula have a kink or a jump when one bid's price moves, as far as it can be derived.

Known beforehand: the other bids' prices (the lowest, the highest, the order of the trimming), a ceiling, the multiple
of the lowest price that scores nothing, the edges of the corridor of `performance_per_price`. Given as functions whose
zeros are sought: where a price passes the benchmark made from the mean, or the points reach 0 or 100. Formulas that
are not named here have kinks at the other bids' prices at least; any other is found numerically.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from supplier_eval.score.block import PriceRow
from supplier_eval.score.order import FloatArray
from supplier_eval.score.price_formula import mean_of

APART = 4.0  # a smooth stretch is searched in parts whose ends are this many times apart
NO_TRIM = np.inf


def price_kinks(
    row: PriceRow, prices: FloatArray, own: int, counted: npt.NDArray[np.bool_], quality: FloatArray
) -> FloatArray:
    """List the scored prices of one bid at which points may have a kink or a jump.

    Parameters
    ----------
    row : PriceRow
        Formula and parameters.
    prices : ndarray of shape (n_bids,)
        Scored prices.
    own : int
        The bid whose price moves.
    counted : ndarray of bool of shape (n_bids,)
        The other bids that are scored.
    quality : ndarray of shape (n_bids,)
        Quality that feeds the formula; zeros where none does.

    Returns
    -------
    ndarray of shape (n,)
        Scored prices above zero, in any order.
    """
    others = prices[counted & (np.arange(prices.size) != own)]
    found = [others]
    stated = {name: np.asarray(given, dtype=np.float64) for name, given in row.parameters.items()}
    if "ceiling" in stated:
        found.append(stated["ceiling"].reshape(-1))
    if row.formula == "linear_to_twice_lowest":
        factor = float(stated.get("factor", np.asarray(2.0)))
        found += [others / factor, others * factor]
    if row.formula == "performance_per_price":
        found.append(_corridor(prices, own, counted, quality, float(stated["corridor"])))
    every = np.concatenate(found)
    return np.asarray(every[np.isfinite(every) & (every > 0)])


def _corridor(
    prices: FloatArray, own: int, counted: npt.NDArray[np.bool_], quality: FloatArray, width: float
) -> FloatArray:
    """Prices at which the bid's quality per price passes another's, or one of them an edge of the corridor."""
    rivals = np.flatnonzero(counted & (quality > 0) & (np.arange(prices.size) != own))
    even = quality[own] * prices[rivals] / quality[rivals]
    return np.concatenate([even, even * (1.0 - width), even / (1.0 - width)])


def price_switches(
    row: PriceRow, prices: FloatArray, own: int, counted: npt.NDArray[np.bool_], x: FloatArray
) -> FloatArray:
    """Functions of one bid's scored price whose zeros are kinks of a formula about the mean.

    Parameters
    ----------
    row : PriceRow
        Formula and parameters.
    prices : ndarray of shape (n_bids,)
        Scored prices.
    own : int
        The bid whose price moves.
    counted : ndarray of bool of shape (n_bids,)
        The other bids that are scored.
    x : ndarray of shape (n,)
        Scored prices of the bid.

    Returns
    -------
    ndarray of shape (n_switches, n)
        No rows for formulas without a mean.
    """
    rule = _mean_rule(row)
    if rule is None:
        return np.zeros((0, x.size))
    factor, trim_from, ratios = rule
    offered = np.repeat(prices[:, np.newaxis], x.size, axis=1)
    offered[own] = x
    part = np.repeat((counted | (np.arange(prices.size) == own))[:, np.newaxis], x.size, axis=1)
    offered = np.where(part, offered, 1.0)
    if row.formula == "bilinear":
        ceiling = float(np.asarray(row.parameters["ceiling"]))
        room = np.maximum(ceiling - offered, 0.0)
        return np.asarray(np.where(part, (room - mean_of(room, part)) / ceiling, 1.0))
    benchmark = factor * mean_of(offered, part, None if trim_from is None else np.full(x.shape, trim_from))
    relative = np.where(part, offered / benchmark, np.nan)
    return np.concatenate([relative - ratio for ratio in ratios])


def _mean_rule(row: PriceRow) -> tuple[float, float | None, list[float]] | None:
    """Factor on the mean, number from which it is trimmed, prices over benchmark at which the points have a kink."""
    given: Mapping[str, float] = {name: float(np.asarray(value)) for name, value in row.parameters.items()}
    if row.formula == "bilinear":
        return 1.0, None, []
    if row.formula == "mean_ratio":
        return 1.0, None, [1.0, 2.0]
    if row.formula == "trimmed_mean_benchmark":
        zero = [1.0 + 1.0 / given["e1"]] if given["e1"] > 0 else []
        zero += [1.0 - 1.0 / given["e2"]] if given["e2"] > 1 else []
        return given.get("k", 1.0), given.get("trim_from", 5.0), [1.0, *zero]
    if row.formula == "distance_from_mean":
        middle, slope = given.get("at_mean", 50.0) / 100.0, given.get("per_percent", 1.0)
        return (1.0, None, [1.0 + middle / slope, 1.0 - (1.0 - middle) / slope]) if slope > 0 else None
    return None
