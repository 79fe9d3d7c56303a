"""From counts over draws to shares, ranks and central weights, each with its standard error over the scrambles."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.robustness.acceptability import Tally
from supplier_eval.score.order import FloatArray


class Estimate(NamedTuple):
    """A mean over the scrambles and its standard error.

    Attributes
    ----------
    mean : ndarray
        Mean.
    error : ndarray
        Standard error, never 0: one over the number of draws where the scrambles do not differ.
    """

    mean: FloatArray
    error: FloatArray


def estimate(shares: npt.ArrayLike, draws: int) -> Estimate:
    """Mean of figures over independent scrambles and its standard error.

    Parameters
    ----------
    shares : array_like of shape (n_scrambles, ...)
        One figure a scramble, each from as many draws; 2 scrambles or more.
    draws : int
        Draws of all scrambles together.

    Returns
    -------
    Estimate
        The error is the spread of the scrambles over the square root of their number; ``1 / draws`` where they do not
        differ. A 95 % interval takes 2.13 errors to either side for 16 scrambles (Student's t, 15 degrees).
    """
    figures = np.asarray(shares, dtype=np.float64)
    n = len(figures)
    mean = figures.mean(axis=0)
    error = np.sqrt(((figures - mean) ** 2).sum(axis=0) / (n - 1) / n)
    same = np.ptp(figures, axis=0) == 0
    return Estimate(np.where(same, figures[0], mean), np.where(same, 1.0 / draws, error))


def rank_shares(counts: Tally) -> Estimate:
    """Share of the draws in which a bid (first axis) takes a rank (second axis): rank acceptability."""
    return estimate(counts.ranks / counts.draws, counts.draws * len(counts.ranks))


def ahead_shares(counts: Tally) -> Estimate:
    """Share of the draws in which a bid (first axis) is strictly ahead of another (second axis)."""
    return estimate(counts.ahead / counts.draws, counts.draws * len(counts.ahead))


def tied_shares(counts: Tally) -> Estimate:
    """Share of the draws in which two bids are tied; 1 for a bid with itself."""
    tied = counts.draws - counts.ahead - counts.ahead.transpose(0, 2, 1)
    return estimate(tied / counts.draws, counts.draws * len(counts.ahead))


def expected_ranks(counts: Tally) -> Estimate:
    """Mean rank of each bid, 1 is best."""
    places = np.arange(1, counts.ranks.shape[1] + 1)
    return estimate(counts.ranks @ places / counts.draws, counts.draws * len(counts.ranks))


def central_weights(counts: Tally, widths: npt.ArrayLike) -> tuple[Estimate, npt.NDArray[np.bool_]]:
    """Mean of the weights under which a bid is first.

    Parameters
    ----------
    counts : Tally
        With its sums of weights.
    widths : array_like of shape (n_criteria,)
        Width of each weight over all draws: the error stated where fewer than two scrambles saw the bid first.

    Returns
    -------
    tuple of Estimate of shape (n_bids, n_criteria) and ndarray of bool of shape (n_bids,)
        Weights with standard errors of a ratio (Cochran 1977, "Sampling Techniques", eq. 6.13), and whether the bid
        is ever first; 0 and the width where it never is.
    """
    times, n = counts.ranks[:, :, 0].astype(np.float64), len(counts.ranks)
    total = times.sum(axis=0)
    ever = total > 0
    mean = counts.first_weights.sum(axis=0) / np.maximum(total, 1.0)[:, None]
    left = counts.first_weights - mean * times[:, :, None]
    error = np.sqrt((left**2).sum(axis=0) * n / (n - 1)) / np.maximum(total, 1.0)[:, None]
    seen = ((times > 0).sum(axis=0) >= 2)[:, None]
    wide = np.broadcast_to(np.asarray(widths, dtype=np.float64), mean.shape)
    stated = np.maximum(np.where(seen, error, wide), 1.0 / (counts.draws * n))
    return Estimate(mean, stated), ever
