r"""Costs over a term as present value; plain arrays.

A cost line :math:`j` has a rate :math:`p_j`, a driver of volume with base volume :math:`v`, and months in which it
is paid. With the yearly discount rate :math:`r`, the yearly rise :math:`g_j` of the rate and :math:`h` of the
volume, both at each anniversary,

.. math:: PV_j = p_j \, v \, F_j, \qquad
          F_j = \sum_{t=\text{first}}^{\text{last}} \left[(1+g_j)(1+h)\right]^{\lfloor (t-1)/12 \rfloor}
                (1+r)^{-(t-s)/12},

where :math:`s` is 0 for payment at the end of a month, 1/2 for its middle and 1 for its beginning. A present value
is therefore a straight line in every base volume, and two options have at most one break-even volume.

Sources: Brealey, Myers and Allen, *Principles of Corporate Finance*, chapter 2 (present value, annuities); the
floor in the exponent is the contract's own rule of yearly indexation.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
Timing: TypeAlias = Literal["end", "middle", "beginning"]
SHIFTS: dict[str, float] = {"end": 0.0, "middle": 0.5, "beginning": 1.0}


def discount_factors(months: int, rate: float, timing: Timing = "end") -> FloatArray:
    """What one unit of money paid in each month is worth at the start of the term.

    Parameters
    ----------
    months : int
        Length of the term, at least 1.
    rate : float
        Effective yearly discount rate as a fraction, above -1.
    timing : {"end", "middle", "beginning"}
        When in its month a payment is made.

    Returns
    -------
    ndarray of shape (months,)
    """
    at = np.arange(1, months + 1, dtype=np.float64) - SHIFTS[timing]
    return np.asarray((1.0 + rate) ** (-at / 12.0))


def line_factor(
    first: int,
    last: int,
    rate: float,
    *,
    rise: float = 0.0,
    growth: float = 0.0,
    timing: Timing = "end",
) -> float:
    """The factor F of a cost line: its present value for one unit of rate and one unit of base volume.

    Parameters
    ----------
    first, last : int
        First and last month in which it is paid, from 1; equal for what is paid once.
    rate : float
        Effective yearly discount rate, as a fraction.
    rise, growth : float
        Yearly rise of the rate and of the volume, as fractions, at each anniversary.
    timing : {"end", "middle", "beginning"}
        When in its month a payment is made.
    """
    paid = np.arange(first, last + 1)
    steps = ((1.0 + rise) * (1.0 + growth)) ** ((paid - 1) // 12)
    return float(np.sum(steps * discount_factors(last, rate, timing)[first - 1 :]))


def option_values(
    factors: FloatArray, rates: FloatArray, volumes: FloatArray, member: npt.NDArray[np.bool_]
) -> FloatArray:
    """Present value of every option, for any number of draws.

    Parameters
    ----------
    factors : ndarray of shape (n_lines,)
        F of each line.
    rates, volumes : ndarray of shape (n_lines, ...)
        Rate of each line and base volume of its driver; further axes are draws.
    member : ndarray of bool of shape (n_options, n_lines)
        Which lines belong to which option.

    Returns
    -------
    ndarray of shape (n_options, ...)
    """
    values = factors.reshape(-1, *(1,) * (rates.ndim - 1)) * rates * volumes
    return np.asarray(np.tensordot(member.astype(np.float64), values, axes=1))


def triangular_draws(ranges: FloatArray, draws: int, generator: np.random.Generator) -> FloatArray:
    """Draws between a lowest, a likely and a highest figure.

    Parameters
    ----------
    ranges : ndarray of shape (n, 3)
        Low, likely, high; a row of three equal figures is certain.
    draws : int
        How many.

    Returns
    -------
    ndarray of shape (n, draws)
    """
    low, likely, high = ranges.T
    wide = np.where(high > low, high - low, 1.0)
    turn = ((likely - low) / wide)[:, None]
    uniform = generator.random((len(ranges), draws))
    span = (high - low)[:, None]
    rising = low[:, None] + span * np.sqrt(uniform * turn)
    falling = high[:, None] - span * np.sqrt((1.0 - uniform) * (1.0 - turn))
    return np.asarray(np.where(uniform < turn, rising, falling))


def triangular_mean(ranges: FloatArray) -> FloatArray:
    """Mean of low, likely, high: their average; shape (n,)."""
    return np.asarray(ranges.mean(axis=1))


def drawn_values(
    factors: FloatArray,
    rates: FloatArray,
    volumes: FloatArray,
    of_line: npt.NDArray[np.int_],
    member: npt.NDArray[np.bool_],
    *,
    draws: int,
    generator: np.random.Generator,
) -> FloatArray:
    """Present value of every option in worlds whose volumes and rates are drawn from their ranges.

    Parameters
    ----------
    factors : ndarray of shape (n_lines,)
        F of each line.
    rates : ndarray of shape (n_prices, 3)
        Low, likely, high of each price; a price of several lines is drawn once.
    volumes : ndarray of shape (n_drivers, 3)
        Low, likely, high first-year volume of each driver.
    of_line : ndarray of int of shape (2, n_lines)
        Price of each line, and its driver; `n_drivers` for a line without one.
    member : ndarray of bool of shape (n_options, n_lines)
        Which lines belong to which option.
    draws : int
        Worlds.
    generator : Generator
        Volumes are drawn first, then price after price.

    Returns
    -------
    ndarray of shape (n_options, draws)
        Price after price is added in their order; memory grows with options and drivers, not with lines.
    """
    drawn = np.vstack([triangular_draws(volumes, draws, generator), np.ones(draws)])
    worlds = np.zeros((len(member), draws))
    for price in range(len(rates)):
        rate = triangular_draws(rates[price : price + 1], draws, generator)[0]
        for line in np.flatnonzero(of_line[0] == price):
            worlds[member[:, line]] += factors[line] * rate * drawn[of_line[1, line]]
    return worlds


def break_even_volume(first: tuple[float, float], second: tuple[float, float]) -> float | None:
    """The base volume at which two options cost the same; None where their lines never meet.

    Parameters
    ----------
    first, second : tuple of float
        Fixed part and slope: the present value is fixed + slope × volume.

    Returns
    -------
    float or None
        May be negative; equal lines have none.
    """
    (fixed_a, slope_a), (fixed_b, slope_b) = first, second
    if slope_a == slope_b:
        return None
    return (fixed_b - fixed_a) / (slope_a - slope_b)
