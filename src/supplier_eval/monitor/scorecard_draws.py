"""Draws of the total of every supplier: its interval, its standard error, and the places that suppliers may have.

Every supplier and KPI has a stream of its own, made of the seed and the two ids: who else is reviewed, or in which
order, changes no draw (convention §10, §11). KPIs are drawn independently of each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from supplier_eval.intake.identifiers import id_key
from supplier_eval.monitor.scorecard_beliefs import Beliefs
from supplier_eval.monitor.scorecard_points import PointScale
from supplier_eval.score.order import round_half_up, settle, sum_in_order

FloatArray = npt.NDArray[np.float64]
BATCHES = 16


@dataclass(frozen=True)
class Spread:
    """How sure a total is.

    Parameters
    ----------
    lower, upper : float
        Interval in points; it holds the total itself.
    error : float
        Standard error of the total, in points.
    sampling_error : float
        Standard error that the draws leave in the ends, in points (the larger one; 16 batches).
    """

    lower: float
    upper: float
    error: float
    sampling_error: float


@dataclass(frozen=True)
class Places:
    """Which places a supplier may have among those that are rated; ranks as in 1-2-2-4."""

    rank: int
    lower: int
    upper: int
    expected: float
    first: float
    first_error: float


def stream(seed: int, *labels: str) -> np.random.Generator:
    """Random numbers of one seed and one set of labels."""
    said = "\x1f".join(id_key(label) for label in labels)
    return np.random.default_rng([seed, *np.frombuffer(hashlib.sha256(said.encode("utf-8")).digest(), dtype=np.uint32)])


def total_draws(
    beliefs: Beliefs,
    scales: Sequence[PointScale | None],
    shares: FloatArray,
    names: tuple[Sequence[str], str],
    at: int,
    settings: tuple[int, int],
) -> FloatArray:
    """Draw the total of one supplier.

    Parameters
    ----------
    beliefs : Beliefs
        Of all KPIs and suppliers.
    scales : sequence of PointScale or None
        By KPI.
    shares : ndarray of shape (n_kpis,)
        Weights of the KPIs in the total, which add up to 1 over those that were measured; 0 for the others.
    names : (sequence of str, str)
        Ids of the KPIs, and of the supplier.
    at : int
        The supplier's place in `beliefs`.
    settings : (int, int)
        Seed, and number of draws.

    Returns
    -------
    ndarray of shape (n_draws,)
        Totals, 0-100, unrounded.
    """
    seed, size = settings
    terms = []
    for k, scale in enumerate(scales):
        if shares[k] > 0 and scale is not None:
            drawn = beliefs.draw(k, at, size, stream(seed, names[1], names[0][k]))
            terms.append(shares[k] * scale.points(drawn))
    return sum_in_order(np.array(terms)) if terms else np.full(size, np.nan)


def spread_of(draws: FloatArray, total: float, confidence: float) -> Spread:
    """Interval and errors of a total from its draws."""
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    lower, upper = np.quantile(draws, tails)
    usable = len(draws) // BATCHES * BATCHES
    ends = np.quantile(draws[:usable].reshape(BATCHES, -1), tails, axis=1)
    sampling = float(np.max(np.std(ends, axis=1, ddof=1)) / np.sqrt(BATCHES))
    return Spread(min(float(lower), total), max(float(upper), total), float(np.std(draws)), sampling)


def places_of(draws: Mapping[str, FloatArray], totals: Mapping[str, float], confidence: float) -> dict[str, Places]:
    """Rank suppliers by their totals, and say which ranks their joint draws give them.

    Parameters
    ----------
    draws : mapping of str to ndarray of shape (n_draws,)
        Of the suppliers that are rated.
    totals : mapping of str to float
        Rounded totals, by which the rank is given.
    confidence : float
        Of the interval of ranks.
    """
    names = list(draws)
    if not names:
        return {}
    block = settle(np.array([draws[name] for name in names]))
    ranks = rankdata(-block, method="min", axis=0).astype(int)
    size = block.shape[1]
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    found = {}
    for name, own in zip(names, ranks, strict=True):
        low, high = np.quantile(own, tails, method="inverted_cdf")
        first = float(np.mean(own == 1))
        doubt = float(np.sqrt(first * (1 - first) / size)) if 0 < first < 1 else 3.0 / size
        rank = 1 + sum(other > totals[name] for other in totals.values())
        found[name] = Places(
            rank, min(int(low), rank), max(int(high), rank), float(round_half_up(np.mean(own), 6)), first, doubt
        )
    return found
