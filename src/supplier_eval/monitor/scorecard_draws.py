"""Draws of the totals of all suppliers together: which places each of them may have.

Every supplier has a stream of its own, made of the seed and its id: who else is reviewed, or in which order, changes no
draw (convention §10, §11), and all periods use the same one. A stream holds 16 stratified samples one after the other.
Suppliers are drawn independently of each other, from the distributions of their totals.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from supplier_eval.intake.identifiers import id_key
from supplier_eval.monitor.scorecard_distribution import Distribution
from supplier_eval.score.order import settle

FloatArray = npt.NDArray[np.float64]
BATCHES = 16


@dataclass(frozen=True)
class Places:
    """Which places a supplier may have among those that are rated; ranks as in 1-2-2-4.

    Parameters
    ----------
    rank : int
        By the rounded totals.
    lower, upper : int
        Interval of the rank, best and worst; it holds the rank itself.
    expected, expected_error : float
        Mean rank over the draws, and its standard error.
    first, first_error : float
        Probability of rank 1 (alone or shared), and its standard error (at 0 and 1 a 95 % bound).
    """

    rank: int
    lower: int
    upper: int
    expected: float
    expected_error: float
    first: float
    first_error: float


class Streams:
    """Uniform random numbers by supplier, made when they are asked for and kept."""

    def __init__(self, seed: int, size: int) -> None:
        self.seed, self.size = seed, size
        self._kept: dict[str, FloatArray] = {}

    def uniform(self, supplier: str) -> FloatArray:
        """Draws in (0, 1) of one supplier, shape (size,), size a multiple of 16."""
        key = id_key(supplier)
        if key not in self._kept:
            words = np.frombuffer(hashlib.sha256(key.encode("utf-8")).digest(), dtype=np.uint32)
            rng = np.random.default_rng([self.seed, *words.tolist()])
            strata = self.size // BATCHES
            places = rng.permuted(np.tile(np.arange(strata), (BATCHES, 1)), axis=1)
            self._kept[key] = ((places + rng.random((BATCHES, strata))) / strata).ravel()
        return self._kept[key]


def places_of(
    totals: Mapping[str, tuple[float, float, Distribution]], streams: Streams, confidence: float
) -> dict[str, Places]:
    """Rank suppliers by their totals, and say which ranks their joint draws give them.

    Parameters
    ----------
    totals : mapping of str to (float, float, Distribution)
        By supplier that is rated: the rounded total, by which the rank is given, the unrounded one, and how sure it is.
    streams : Streams
        Random numbers.
    confidence : float
        Of the interval of ranks.
    """
    names = list(totals)
    if not names:
        return {}
    block = np.array([_drawn(totals[name], streams.uniform(name)) for name in names])
    ranks = rankdata(-settle(block), method="min", axis=0).astype(int)
    rounded = np.array([totals[name][0] for name in names])
    own = rankdata(-rounded, method="min").astype(int)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    ends = np.quantile(ranks, tails, axis=1, method="inverted_cdf").astype(int)
    found = {}
    for i, name in enumerate(names):
        first = float(np.mean(ranks[i] == 1))
        found[name] = Places(
            rank=int(own[i]),
            lower=min(int(ends[0, i]), int(own[i])),
            upper=max(int(ends[1, i]), int(own[i])),
            expected=float(np.mean(ranks[i])),
            expected_error=float(np.std(ranks[i]) / np.sqrt(streams.size)),
            first=first,
            first_error=share_error(first, streams.size),
        )
    return found


def share_error(share: float, size: int) -> float:
    """Standard error of a share of so many draws; at 0 and 1 three over the number (95 % bound)."""
    return float(np.sqrt(share * (1 - share) / size)) if 0 < share < 1 else 3.0 / size


def _drawn(total: tuple[float, float, Distribution], uniform: FloatArray) -> FloatArray:
    """Draws of one total; a total that nothing makes uncertain is itself."""
    _, unrounded, distribution = total
    return np.full(uniform.shape, unrounded) if distribution.error < 1e-9 else distribution.quantile(uniform)
