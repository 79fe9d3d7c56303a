"""A score's grade band, decided on decimals after the declared rounding; the top band holds exactly 100 (§3.3.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from supplier_eval.policy.rules import GradeBands
from supplier_eval.score.order import round_half_up


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


def grade_shares(
    bands: GradeBands, share_below: Callable[[float], float], places: int, exact: Decimal | None = None
) -> tuple[float, ...]:
    """Probability of each grade's band.

    Parameters
    ----------
    bands : GradeBands
        From the best down.
    share_below : callable
        Probability of a score below a number of points.
    places : int
        Decimals of the score: a score reaches a band from half a step below its lower bound on, as it is then rounded
        up.
    exact : Decimal, optional
        The score, where nothing makes it uncertain.

    Returns
    -------
    tuple of float
        Shares, 0-1, best grade first; they add up to 1.
    """
    if exact is not None:
        own = place_of(bands, exact)
        return tuple(float(i == own) for i in range(len(bands.bands)))
    half = 0.5 * 10.0**-places
    above = [1.0 - share_below(float(band.lower) - half) for band in bands.bands[:-1]] + [1.0]
    return tuple(max(here - before, 0.0) for before, here in pairwise([0.0, *above]))


def grades_touched(bands: GradeBands, lower: float, upper: float, places: int) -> Sequence[str]:
    """Grades that an interval of the score reaches into, best first."""
    best, worst = (place_of(bands, exact_score(end, places)) for end in (upper, lower))
    return grades_down(bands)[best : worst + 1]
