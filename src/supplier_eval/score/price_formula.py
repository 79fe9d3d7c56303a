"""What a price formula is: a function of arrays with declared parameters and declared laws.

Every formula reads prices of shape (n_bids, ...) with bids on the first axis and tenders on the others, uses
the eligible bids only, and gives scores on 0-100 with NaN for the rest (docs/convention.md §2, §3). This
file holds what all of them share; the formulas stand in ``price_lowest.py``, ``price_ceiling.py``,
``price_mean.py`` and ``price_quality.py``, the registry in ``price.py``.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import sum_in_order

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
Eligible: TypeAlias = npt.ArrayLike | None
Given: TypeAlias = npt.ArrayLike
PriceFunction: TypeAlias = Callable[..., FloatArray]


@dataclass(frozen=True)
class Parameter:
    """One number that a price formula needs beside the prices.

    Parameters
    ----------
    name : str
        Keyword of the function and key in the policy.
    required : bool
        The policy (or the caller) must state it; there is no default.
    default : float or None
        Used when it is not stated.
    lowest, highest : float or None
        Allowed range, ends included; None for no bound.
    meaning : str
        One line for the person who fills it in, with the unit.
    per_bid : bool
        One figure for each bid (a quality mark), of the same shape as the prices; else one a tender.
    above, below : float or None
        Allowed range, ends excluded.
    whole : bool
        Only whole numbers are allowed.
    """

    name: str
    required: bool = False
    default: float | None = None
    lowest: float | None = None
    highest: float | None = None
    meaning: str = ""
    per_bid: bool = False
    above: float | None = None
    below: float | None = None
    whole: bool = False

    def problems(self, value: object) -> list[str]:
        """Everything that is wrong with a value; empty when it can be used.

        Parameters
        ----------
        value : object
            A number or an array of numbers; NaN is let pass only where there is one figure a bid, because
            a disqualified bid may have none.

        Returns
        -------
        list of str
            Sentences that name the parameter.
        """
        figures = _numbers(value)
        if figures is None:
            return [f"{self.name} must be a number, not {reprlib.repr(value)}"]
        if self.per_bid:
            figures = figures[~np.isnan(figures)]
        if not np.all(np.isfinite(figures)):
            return [f"{self.name} must be finite"]
        return [f"{self.name} must be {rule}" for rule, broken in self._rules(figures) if np.any(broken)]

    def _rules(self, x: FloatArray) -> list[tuple[str, BoolArray]]:
        rules = []
        if self.lowest is not None:
            rules.append((f"at least {self.lowest:g}", x < self.lowest))
        if self.above is not None:
            rules.append((f"above {self.above:g}", x <= self.above))
        if self.highest is not None:
            rules.append((f"at most {self.highest:g}", x > self.highest))
        if self.below is not None:
            rules.append((f"below {self.below:g}", x >= self.below))
        if self.whole:
            rules.append(("a whole number", x != np.floor(x)))
        return rules

    def read(self, value: Given, ok: BoolArray) -> FloatArray:
        """The value as an array that fits the prices.

        Parameters
        ----------
        value : array_like
            One figure for all tenders, one a tender (shape of the prices without the bid axis) or, where
            `per_bid`, one a bid (shape of the prices).
        ok : ndarray of bool
            The eligible bids.

        Returns
        -------
        ndarray
            Shape of the prices without the bid axis, or of the prices; ineligible bids read 0.

        Raises
        ------
        ValueError
            If the figures are out of range, missing for an eligible bid, or of another shape.
        """
        wrong = self.problems(value)
        if wrong:
            raise ValueError("; ".join(wrong) + ".")
        figures = np.asarray(value, dtype=np.float64)
        shape = ok.shape if self.per_bid else ok.shape[1:]
        if self.per_bid:
            if figures.shape != shape:
                raise ValueError(f"{self.name} has shape {figures.shape}; one figure a bid is needed, {shape}.")
            if np.any(np.isnan(figures[ok])):
                raise ValueError(f"{self.name} is missing for an eligible bid.")
            return np.where(ok, figures, 0.0)
        try:
            return np.ascontiguousarray(np.broadcast_to(figures, shape))
        except ValueError:
            raise ValueError(
                f"{self.name} has shape {figures.shape}; one figure or one a tender is needed, {shape}."
            ) from None


@dataclass(frozen=True)
class PriceFormula:
    """A price formula with what it promises.

    Parameters
    ----------
    name : str
        Key in the registry and in the policy.
    function : callable
        ``function(prices, eligible=None, **parameters) -> scores``.
    parameters : tuple of Parameter
        All parameters, in the order of the function.
    relative : bool
        A bid's score depends on other bids.
    bounded : bool
        Scores lie in 0..100 whatever the prices are.
    monotone : bool
        Whoever raises their own price never gains by it, all other prices and marks unchanged.
    formula : str
        The formula as text.
    source : str
        Where it is published or used.
    """

    name: str
    function: PriceFunction
    parameters: tuple[Parameter, ...]
    relative: bool
    bounded: bool
    monotone: bool
    formula: str
    source: str


def _numbers(value: object) -> FloatArray | None:
    """The value as floats; None where it is text, a truth value, or nothing."""
    figures = np.asarray(value)
    if figures.dtype.kind == "O":
        odd = (str, bytes, bool, np.bool_, type(None))
        if any(isinstance(figure, odd) for figure in figures.ravel().tolist()):
            return None
    elif figures.dtype.kind not in "iuf":
        return None
    try:
        return np.asarray(figures, dtype=np.float64)
    except (TypeError, ValueError):
        return None


def read_bids(prices: npt.ArrayLike, eligible: Eligible) -> tuple[FloatArray, BoolArray]:
    """Check prices and mask; an ineligible bid's price is put out of sight.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0; those of ineligible bids may be anything, NaN included.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.

    Returns
    -------
    tuple of ndarray
        Fresh prices, 1 for ineligible bids, and the mask.

    Raises
    ------
    ValueError
        If shapes differ, or an eligible price is not a finite number above zero.
    """
    p = _numbers(prices)
    if p is None:
        raise ValueError("prices must be numbers.")
    if p.ndim == 0:
        raise ValueError("prices need a bid axis: shape (n_bids, ...), not a single number.")
    ok = np.ones(p.shape, dtype=bool) if eligible is None else np.asarray(eligible)
    if ok.dtype != np.bool_:
        raise ValueError("eligible must be a mask of True and False.")
    if ok.shape != p.shape:
        raise ValueError(f"eligible has shape {ok.shape}, prices have {p.shape}.")
    shown = p[ok]
    if not np.all(np.isfinite(shown)):
        raise ValueError("an eligible price is missing or infinite.")
    if np.any(shown <= 0):
        raise ValueError("an eligible price is not above zero.")
    return np.where(ok, p, 1.0), ok


def lowest_of(x: FloatArray, ok: BoolArray) -> FloatArray:
    """Lowest eligible figure of each tender; 1 where nobody is eligible."""
    low = np.min(np.where(ok, x, np.inf), axis=0, initial=np.inf)
    return np.where(np.any(ok, axis=0), low, 1.0)


def highest_of(x: FloatArray, ok: BoolArray) -> FloatArray:
    """Highest eligible figure of each tender; 1 where nobody is eligible."""
    high = np.max(np.where(ok, x, -np.inf), axis=0, initial=-np.inf)
    return np.where(np.any(ok, axis=0), high, 1.0)


def mean_of(x: FloatArray, ok: BoolArray, trim_from: FloatArray | None = None) -> FloatArray:
    """Mean of the eligible figures, summed from the lowest to the highest; 1 where nobody is eligible.

    Sorting first makes the last bit independent of the order of the bids and of who was left out. With
    `trim_from`, one highest and one lowest figure are dropped where at least so many are eligible.
    """
    n = np.sum(ok, axis=0, dtype=np.int64)
    rank = np.arange(x.shape[0]).reshape((-1,) + (1,) * (x.ndim - 1))
    climbing = np.sort(np.where(ok, x, np.inf), axis=0)
    counted = np.broadcast_to(rank < n, x.shape)
    if trim_from is not None:
        trimmed = n >= trim_from
        counted = counted & ~(trimmed & ((rank == 0) | (rank == n - 1)))
        n = np.where(trimmed, n - 2, n)
    total = sum_in_order(np.where(counted, climbing, 0.0), axis=0)
    mean = total / np.maximum(n, 1)
    inside = np.clip(mean, lowest_of(x, ok), highest_of(x, ok))
    return np.where(np.any(ok, axis=0), inside, 1.0)


def to_power(base: FloatArray, exponent: FloatArray) -> FloatArray:
    """`base` (0 or more) to a positive power, the same bits for one figure and for a block.

    NumPy takes roots and squares exactly when one exponent serves the whole array, and by logarithms when
    each element has its own; here every element gets the exact figure, whatever stands beside it.
    """
    wide = np.broadcast_shapes(base.shape, exponent.shape)
    b = np.ascontiguousarray(np.broadcast_to(base, wide))
    e = np.ascontiguousarray(np.broadcast_to(exponent, wide))
    raised = np.power(b, e)
    for exact, figure in ((0.5, np.sqrt(b)), (1.0, b), (2.0, b * b)):
        raised = np.where(e == exact, figure, raised)
    return np.asarray(raised)


def as_scores(fraction: FloatArray, ok: BoolArray) -> FloatArray:
    """Fractions of the full score, cut to 0..1, as scores on 0-100; NaN for ineligible bids."""
    if not np.all(np.isfinite(fraction[ok])):
        raise ValueError("these prices and parameters are too large or too far apart to be computed.")
    return np.where(ok, 100.0 * np.clip(fraction, 0.0, 1.0) + 0.0, np.nan)
