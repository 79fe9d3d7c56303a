"""A score's grade band, decided on decimals after the declared rounding; the top band holds exactly 100 (§3.3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from supplier_eval.policy.rules import GradeBands
from supplier_eval.score.order import round_half_up

FloatArray = npt.NDArray[np.float64]


def exact_score(score: float, places: int) -> Decimal:
    """Read a score as the decimal that is judged, half up.

    Parameters
    ----------
    score : float
        0-100.
    places : int
        Decimals.

    Examples
    --------
    >>> exact_score(89.95, 1)
    Decimal('90.0')
    """
    return Decimal(repr(float(round_half_up(score, places)))).quantize(Decimal(1).scaleb(-places))


def grades_down(bands: GradeBands) -> tuple[str, ...]:
    """Grades from the best to the worst."""
    return tuple(band.grade for band in bands.bands)


def place_of(bands: GradeBands, score: Decimal) -> int:
    """Place of a score's band, 0 the best; bands are half-open, closed at 100 at the top."""
    return next(i for i, band in enumerate(bands.bands) if score >= band.lower)


def grade_shares(bands: GradeBands, draws: FloatArray, places: int) -> tuple[float, ...]:
    """Probability of each grade, from draws of the score.

    Parameters
    ----------
    bands : GradeBands
        From the best down.
    draws : ndarray of shape (n_draws,)
        Scores, 0-100, rounded here as the score itself is.
    places : int
        Decimals of the score.

    Returns
    -------
    tuple of float
        Shares of the draws, 0-1, best grade first; they add up to 1.
    """
    cuts = [float(band.lower) for band in reversed(bands.bands)]
    at = np.searchsorted(np.asarray(cuts), round_half_up(draws, places), side="right") - 1
    counts = np.bincount(at, minlength=len(cuts))
    return tuple((counts[::-1] / len(draws)).tolist())


def grades_touched(bands: GradeBands, lower: float, upper: float, places: int) -> Sequence[str]:
    """Grades that an interval of the score reaches into, best first."""
    best, worst = (place_of(bands, exact_score(end, places)) for end in (upper, lower))
    return grades_down(bands)[best : worst + 1]
