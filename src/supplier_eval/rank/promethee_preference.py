r"""The six preference functions of PROMETHEE, and what a bid gains and loses by them against all others.

.. math::
    \text{usual: } [d > 0] \quad \text{u\_shape: } [d > q] \quad
    \text{v\_shape: } \min(1, d/p) \quad \text{level: } \tfrac12 [d > q] + \tfrac12 [d > p]

.. math::
    \text{linear: } \min\bigl(1, \tfrac{d - q}{p - q}\bigr) \text{ for } d > q \quad
    \text{gaussian: } 1 - e^{-d^2 / 2 s^2}

all of them 0 for :math:`d \le 0`, the difference by which the first bid is better than the second.

Source: Brans and Vincke (1985), "A preference ranking organisation method", Management Science 31(6), §2.2, types I-VI.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

Shape = Literal["usual", "u_shape", "v_shape", "level", "linear", "gaussian"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
NEEDS: dict[str, str] = {"usual": "", "u_shape": "q", "v_shape": "p", "level": "qp", "linear": "qp", "gaussian": "s"}
Window = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
NOISE = 2.0**-48
SORTED_FROM = 48


@dataclass(frozen=True)
class Preference:
    """How much a difference in one criterion counts.

    Parameters
    ----------
    shape : {"usual", "u_shape", "v_shape", "level", "linear", "gaussian"}
        The function.
    q : float
        Indifference threshold in units of the criterion: differences up to it count nothing. Not negative.
    p : float
        Preference threshold: differences from it on (above it, for ``level``) count fully. Not below `q`.
    s : float
        Difference at which ``gaussian`` bends; above 0.
    """

    shape: Shape
    q: float = 0.0
    p: float = 0.0
    s: float = 1.0

    def __post_init__(self) -> None:
        if self.shape not in SHAPES:
            raise ValueError(f"there is no preference function {self.shape!r}; there are {', '.join(SHAPES)}")
        needs = NEEDS[self.shape]
        for name in needs:
            if not (np.isfinite(getattr(self, name)) and getattr(self, name) >= 0):
                raise ValueError(f"{self.shape} needs {name}, a difference in units of the criterion, not negative")
        if needs == "qp" and self.p < self.q:
            raise ValueError(
                f"the preference threshold p ({self.p}) is not below the indifference threshold q ({self.q})"
            )
        if needs == "s" and self.s <= 0:
            raise ValueError("gaussian needs s above 0")

    @property
    def steps(self) -> tuple[float, ...] | None:
        """Thresholds at each of which an equal share of the preference is gained; None where it grows steadily."""
        if self.shape == "usual" or (self.shape == "v_shape" and self.p == 0):
            return (0.0,)
        if self.shape == "u_shape" or (self.shape == "linear" and self.p == self.q):
            return (self.q,)
        return (self.q, self.p) if self.shape == "level" else None

    @property
    def ramp(self) -> tuple[float, float]:
        """From where to where the preference grows in a straight line."""
        return (self.q if self.shape == "linear" else 0.0, self.p)


def preferences(
    n_criteria: int,
    function: str | Sequence[str] = "usual",
    q: npt.ArrayLike | None = None,
    p: npt.ArrayLike | None = None,
    s: npt.ArrayLike | None = None,
) -> tuple[Preference, ...]:
    """The preference function of each criterion, from one for all or one for each.

    Parameters
    ----------
    n_criteria : int
        How many criteria there are.
    function : str or sequence of str
        Names of the functions.
    q, p, s : float or array_like of shape (n_criteria,), optional
        Thresholds in units of the criteria; figures that a function does not use are ignored, NaN too.

    Raises
    ------
    ValueError
        If a function is unknown, its thresholds are missing or contradict each other, or the lengths do not fit.
    """
    shapes = [function] if isinstance(function, str) else list(function)
    given = {name: np.asarray(x, dtype=np.float64) for name, x in zip("qps", (q, p, s), strict=True) if x is not None}
    lengths = [len(shapes), *(x.size for x in given.values())]
    if any(x.ndim > 1 for x in given.values()) or not {*lengths} <= {1, n_criteria}:
        raise ValueError(
            f"give one preference function and threshold for all, or one for each of {n_criteria} criteria"
        )
    made = [_preference(shapes[i % len(shapes)], given, i) for i in range(max(lengths))]
    return tuple(made * (n_criteria // len(made)))


def _preference(shape: str, given: dict[str, FloatArray], i: int) -> Preference:
    """The function of one criterion with the thresholds that it uses; NaN where one is missing."""
    needs = NEEDS.get(shape, "")
    used = {name: float(given[name].flat[i % given[name].size]) for name in needs if name in given}
    return Preference(cast(Shape, shape), **(dict.fromkeys(needs, np.nan) | used))


def preference_flows(values: npt.ArrayLike, preference: Preference) -> tuple[FloatArray, FloatArray]:
    """How much each bid is preferred to the others in one criterion, and they to it, summed over the others.

    Parameters
    ----------
    values : array_like of shape (n_bids, ...)
        Figures of one criterion, more is better.
    preference : Preference
        The function.

    Returns
    -------
    gains, losses : ndarray of shape (n_bids, ...)
        From 0 to n_bids - 1.

    Notes
    -----
    Figures are decimals: 0.9 is not more than 0.2 above 0.7, although their binary difference is. A step at a
    threshold *t* is therefore taken where the other value is below :math:`v - t` by more than :math:`2^{-48}` (four
    in 10^15) of :math:`|v| + t`. From 48 bids on, functions made of steps and straight lines are summed by sorting,
    in O(n log n), with prefix sums of which no digit is lost; fewer bids, and ``gaussian``, are compared one by one.
    Both routes take every step for the same pairs.
    """
    v = np.asarray(values, dtype=np.float64)
    gains, losses = np.empty_like(v), np.empty_like(v)
    if v.shape[0] < SORTED_FROM or preference.shape == "gaussian":
        order = np.argsort(v, axis=0)
        flows = _by_comparison(np.take_along_axis(v, order, axis=0), preference)
        np.put_along_axis(gains, order, flows[0], axis=0)
        np.put_along_axis(losses, order, flows[1], axis=0)
        return gains, losses
    if v.ndim == 1:
        _flows_of_one(v, preference, gains, losses)
        return gains, losses
    for at in np.ndindex(v.shape[1:]):
        here = (slice(None), *at)
        _flows_of_one(v[here], preference, gains[here], losses[here])
    return gains, losses


def usual_flows(values: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Gains and losses of several criteria at once where every lead counts fully: how many bids stand below and above.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids)
        More is better; a difference is a lead as in `preference_flows`.

    Returns
    -------
    gains, losses : ndarray of shape (n_criteria, n_bids)
        The bits of `preference_flows`, criterion by criterion.
    """
    v = np.asarray(values, dtype=np.float64)
    order = v.argsort(axis=1)
    order += np.arange(v.shape[0])[:, None] * v.shape[1]
    ordered = v.ravel()[order]
    reach = _reach(ordered, 0.0)
    first, last = _runs(ordered[:, :-1] >= reach[:, 1:])
    flows = np.empty((2, v.size))
    flows[0, order], flows[1, order] = first, v.shape[1] - last
    gains, losses = flows.reshape(2, *v.shape)
    if first.ndim > 1 and not bool((ordered[np.arange(v.shape[0])[:, None], first] >= reach).all()):
        for i, one in enumerate(v):  # each is alike to the next, and the first is beaten by the last
            _flows_of_one(one, Preference("usual"), gains[i], losses[i])
    return gains, losses


def _runs(alike: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """First place of each place's run of figures that are alike, and the first place behind it."""
    places = np.arange(alike.shape[1] + 1)
    if not alike.any():
        return places, places + 1
    first, last = np.tile(places, (2, alike.shape[0], 1))
    first[:, 1:][alike] = 0
    last[:, :-1][alike] = places[-1]
    last = np.minimum.accumulate(last[:, ::-1], axis=1)[:, ::-1]
    return np.maximum.accumulate(first, axis=1), last + 1


def _flows_of_one(v: FloatArray, preference: Preference, gains: FloatArray, losses: FloatArray) -> None:
    """Flows of one table, by sorting, written into the last two."""
    order = np.argsort(v)
    gains[order], losses[order] = _by_sorting(v[order], preference)


def _reach(v: FloatArray, t: float) -> FloatArray:
    """Values below this are beaten by more than the threshold; `v` ascends."""
    if t == 0.0:
        return np.asarray(v - NOISE * np.abs(v))  # ascends of itself: a product by 1 ± 2**-48, rounded once
    return np.asarray(np.maximum.accumulate((v - t) - NOISE * (np.abs(v) + t), axis=0))


def _by_comparison(v: FloatArray, preference: Preference) -> tuple[FloatArray, FloatArray]:
    """Gains and losses bid after bid; `v` ascends along its first axis."""
    gains, losses = np.zeros_like(v), np.zeros_like(v)
    steps = preference.steps
    reaches = [_reach(v, t) for t in steps or ()]
    q, p = preference.ramp
    for k in range(v.shape[0]):
        if steps is not None:
            for reach in reaches:
                gains += (v[k] < reach) / len(steps)
                losses += (v < reach[k]) / len(steps)
            continue
        d = v - v[k]
        if preference.shape == "gaussian":
            grown = -np.expm1(-0.5 * (d / preference.s) ** 2)
            gains += np.where(d > 0, grown, 0.0)
            losses += np.where(d < 0, grown, 0.0)
        else:
            gains += np.clip((d - q) / (p - q), 0.0, 1.0)
            losses += np.clip((-d - q) / (p - q), 0.0, 1.0)
    return gains, losses


def _by_sorting(v: FloatArray, preference: Preference) -> tuple[FloatArray, FloatArray]:
    """Gains and losses of one table by counting and prefix sums; `v` ascends."""
    n = len(v)
    steps = preference.steps
    if steps is not None:
        beaten = [_below(v, t) for t in steps]
        ahead, level = sum(beaten), sum(_at_most(below) for below in beaten)
        return np.asarray(ahead) / len(steps), n - np.asarray(level) / len(steps)
    q, p = preference.ramp
    full, some = v.searchsorted(v - p, side="left"), v.searchsorted(v - q, side="left")
    none, part = _at_most(some), _at_most(full)
    below, above = _differences(v, (full, some), (none, part))
    gains = full + (below - (some - full) * q) / (p - q)
    losses = (n - part) - (above + (part - none) * q) / (p - q)
    return gains, losses


def _below(v: FloatArray, t: float) -> npt.NDArray[np.intp]:
    """How many values each one beats by more than a threshold; `v` ascends."""
    reach = _reach(v, t)
    if t == 0.0:
        starts = np.arange(len(v))
        starts[1:][v[:-1] >= reach[1:]] = 0
        found = np.maximum.accumulate(starts)  # the first of those that are alike
        if bool((v[found] >= reach).all()):  # not where each is alike to the next and the first beaten by the last
            return found
    return v.searchsorted(reach, side="left")


def _at_most(below: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """How many stand no higher than each place; the other way round of a count that ascends.

    `below` counts for each bid how many of the first ones it is ahead of; the bid at place k is behind the bids
    that are ahead of more than k.
    """
    return np.asarray(np.add.accumulate(np.bincount(below, minlength=len(below) + 1))[: len(below)], dtype=np.intp)


def _differences(v: FloatArray, *windows: Window) -> list[FloatArray]:
    """Sums of ``v[a] - v[start[a]:stop[a]]`` for each window, without the cancellation of plain prefix sums.

    Values are scaled by a power of two so that the prefix sums of their whole parts are exact; the remainders are
    below one and summed apart.
    """
    exponent = int(np.frexp(max(abs(v[0]), abs(v[-1])))[1]) + len(v).bit_length() - 51
    scaled = np.ldexp(v, -exponent)
    whole = np.rint(scaled)
    parts = np.stack([whole, scaled - whole])
    prefix = np.zeros((2, len(v) + 1))
    np.add.accumulate(parts, axis=1, out=prefix[:, 1:])
    sums = []
    for start, stop in windows:
        exact, rest = (stop - start) * parts - (prefix.take(stop, axis=1) - prefix.take(start, axis=1))
        sums.append(np.ldexp(exact + rest, exponent))
    return sums
