"""A share of cases with its standard error."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """How often something happened, with its standard error.

    Parameters
    ----------
    value, error : float
        Fractions of 1; the error is 1/`n` where the share is 0 or 1, and 1 where nobody could answer.
    n : int
        Cases that could answer.
    """

    value: float
    error: float
    n: int


def share_of(count: int, n: int) -> Share:
    """Share of `n` cases, with the binomial standard error.

    Parameters
    ----------
    count : int
        Cases in which it happened, 0 to `n`.
    n : int
        Cases that could answer; with none the share is 0 and its error 1.
    """
    if n == 0:
        return Share(0.0, 1.0, 0)
    value = count / n
    return Share(value, math.sqrt(value * (1 - value) / n) or 1.0 / n, n)
