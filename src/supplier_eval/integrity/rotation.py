r"""Whether the members of a group win in turn.

The sequence of winners of a group, in time, against a random order of the same wins. A repeat is a winner that also won
the group's tender before. Taking turns leaves few repeats; the p-value is P(at most so many), exact for any number of
members. With L wins, n_a of member a, glue the wins of each member into j_a blocks, B = sum of j_a:

.. math:: G_{L-B} = B! \sum_{j} \prod_a \binom{n_a - 1}{j_a - 1} \frac{1}{j_a!}
          = \sum_R W_R \binom{R}{L-B}

counts words by glued repeats; inclusion and exclusion gives W_R, the number of orders with R repeats. For two members
this is the runs test (A. Wald and J. Wolfowitz 1940, Annals of Mathematical Statistics 11, 147-162), for more the
multiple runs test (D. E. Barton and F. N. David 1957, Biometrika 44, 168-178).

Equal shares: wins that are spread more evenly than equal chances spread them, P(sum of squares at most so large) of a
multinomial.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from scipy.special import gammainc, gammaln, ndtr

MOST_EXACT = 300
MOST_EXACT_SHARES = 60
MOST_SPLITS = 200_000


def repeats(winners: Sequence[int]) -> int:
    """Wins that follow a win of the same member."""
    return sum(a == b for a, b in pairwise(winners))


def full_rounds(winners: Sequence[int], members: int) -> int:
    """Windows of as many wins as there are members in which each wins once."""
    return sum(len(set(winners[i : i + members])) == members for i in range(len(winners) - members + 1))


def few_repeats(counts: Sequence[int], seen: int) -> float:
    """P(at most so many repeats) in a random order of wins.

    Parameters
    ----------
    counts : sequence of int
        Wins of each member; members without a win do not matter.
    seen : int
        Repeats that were seen.

    Returns
    -------
    float
        Exact up to 300 wins, else the normal approximation with continuity correction (E = sum n(n-1)/L).
    """
    wins = tuple(sorted(int(n) for n in counts if n > 0))
    if sum(wins) - len(wins) <= seen:
        return 1.0
    return _exact(wins, int(seen)) if sum(wins) <= MOST_EXACT else _normal(wins, int(seen))


@functools.lru_cache(maxsize=65_536)
def _exact(wins: tuple[int, ...], seen: int) -> float:
    glued = [1]  # glued[B]: ways to lay the members so far in B blocks
    for n in wins:
        own = [0] + [math.comb(n - 1, j - 1) for j in range(1, n + 1)]
        new = [0] * (len(glued) + n)
        for i, ways in enumerate(glued):
            if ways:
                for j in range(1, n + 1):
                    new[i + j] += ways * own[j] * math.comb(i + j, j)
        glued = new
    length = sum(wins)
    by_glued = [glued[length - m] for m in range(length)]  # G_m
    few = sum(
        (-1) ** (m - r) * math.comb(m, r) * by_glued[m]
        for r in range(seen + 1)
        for m in range(r, length)
        if by_glued[m]
    )
    return float(Fraction(few, by_glued[0]))


def _normal(wins: tuple[int, ...], seen: int) -> float:
    """Barton and David's moments of the number of repeats."""
    length = sum(wins)
    two, three = sum(n * (n - 1) for n in wins), sum(n * (n - 1) * (n - 2) for n in wins)
    mean = two / length
    # Pairs of neighbouring places: the same (mean), sharing one place (triples), apart (pairs of pairs).
    apart = two * two - 4 * three - 2 * two
    square = (
        mean
        + 2 * three * (length - 2) / (length * (length - 1) * (length - 2))
        + (apart * (length - 2) * (length - 3) / (length * (length - 1) * (length - 2) * (length - 3)))
    )
    deviation = math.sqrt(max(square - mean * mean, 1e-300))
    return float(ndtr((seen + 0.5 - mean) / deviation))


@functools.lru_cache(maxsize=65_536)
def even_shares(wins: tuple[int, ...]) -> float:
    """P(wins at least so evenly spread) if every win falls to each member with equal chance.

    Parameters
    ----------
    wins : tuple of int
        Wins of every member, zeros among them.

    Returns
    -------
    float
        Exact up to 60 wins, and beyond while no more than `MOST_SPLITS` splits need to be looked at (two members
        nearly always); else chi-square at the next sum of squares that can be, which is on the careful side.
    """
    length, members = sum(wins), len(wins)
    squares = sum(n * n for n in wins)
    if length == 0 or members < 2:
        return 1.0
    if length > MOST_EXACT_SHARES:
        return _of_many(length, members, squares)
    return float(_spread(length, members)[: squares + 1].sum())


def _of_many(length: int, members: int, squares: int) -> float:
    """Sum the splits within reach of the even one; where there are too many, chi-square two squares further on."""
    even = length / members
    reach = math.sqrt(max(0.0, (squares - length * even) * (members - 1) / members)) + 1e-9
    near = np.arange(max(0, math.ceil(even - reach)), min(length, math.floor(even + reach)) + 1)
    if len(near) ** (members - 1) > MOST_SPLITS:
        statistic = members * (squares + 2) / length - length
        return float(gammainc((members - 1) / 2, statistic / 2))
    splits = np.stack(np.meshgrid(*[near] * (members - 1), indexing="ij")).reshape(members - 1, -1)
    splits = np.concatenate((splits, length - splits.sum(axis=0, keepdims=True)))
    splits = splits[:, (splits[-1] >= 0) & ((splits**2).sum(axis=0) <= squares)]
    ways = gammaln(length + 1) - gammaln(splits + 1).sum(axis=0) - length * math.log(members)
    return min(1.0, float(np.exp(ways).sum()))


@functools.lru_cache(maxsize=256)
def _spread(length: int, members: int) -> np.ndarray:
    """Distribution of the sum of squared counts, shape (length^2 + 1,)."""
    mass = np.zeros((length + 1, length * length + 1))
    mass[0, 0] = 1.0
    weight = np.array([1.0 / math.factorial(n) / members**n for n in range(length + 1)])
    for _ in range(members):
        new = np.zeros_like(mass)
        for n in range(length + 1):
            end = length * length + 1 - n * n
            new[n:, n * n :] += weight[n] * mass[: length + 1 - n, :end]
        mass = new
    return np.asarray(mass[length] * math.factorial(length))
