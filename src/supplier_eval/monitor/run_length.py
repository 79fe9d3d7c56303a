"""How long a chart stays quiet while nothing has changed: the mean number of points to its first false alarm.

Independent normal points with known centre and standard deviation. One over this length is the share of points with a
new false alarm, which is what a whole portfolio of charts is planned with.

Sources: C. W. Champ and W. H. Woodall (1987), "Exact results for Shewhart control charts with supplementary runs
rules", Technometrics 29(4), 393-399 (a Markov chain over what the rules remember); D. Brook and D. A. Evans (1972),
Biometrika 59, 539-549, and S. V. Crowder (1987), Technometrics 29, 401-407 (integral equations of CUSUM and EWMA).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

import numpy as np
from scipy.stats import norm

from supplier_eval.monitor.run_rules import LIMITS, RANGES

NODES = 80
# Simulated alone, 4 million points (benchmarks/monitor_charts.py); no chain over zones holds them.
BY_SIMULATION = {"six_trend": 421.0, "fourteen_alternating": 599.0, RANGES: 120.5}
ONE_SIDE = {"eight_one_side": 8, "nine_one_side": 9}
_State = tuple[tuple[int, int], int, int, int, int, int, int]
START: _State = ((0, 0), 0, 0, 0, 0, 0, 0)


def limits_length(limit: float) -> float:
    """Mean points to the first one beyond `limit` standard deviations: 370.4 for 3."""
    return float(1.0 / (2.0 * norm.sf(limit)))


def shewhart_length(rules: Iterable[str], limit: float = 3.0) -> float:
    """Mean points to the first false alarm of a chart with run rules.

    Parameters
    ----------
    rules : iterable of str
        Names of tests.
    limit : float
        Standard deviations between centre and limit.

    Returns
    -------
    float
        Exact for tests on zones; those on trends and moving ranges are added as rates, so that a chart with them is
        given a little too short a length. Infinite without any test.
    """
    names = frozenset(rules)
    zones = names - set(BY_SIMULATION)
    rate = 1.0 / _zone_length(zones, float(limit)) if zones else 0.0
    rate += sum(1.0 / BY_SIMULATION[name] for name in sorted(names & set(BY_SIMULATION)))
    return 1.0 / rate if rate else math.inf


@functools.lru_cache(maxsize=64)
def _zone_length(rules: frozenset[str], limit: float) -> float:
    """Solve the chain of all states that the tests can remember."""
    from scipy.sparse import csc_array, eye_array
    from scipy.sparse.linalg import spsolve

    edges = sorted({0.0, 1.0, 2.0, limit})
    cells = [(low, high) for low, high in zip(edges, [*edges[1:], math.inf], strict=True)]
    moves = [(side, low, float(norm.sf(low) - norm.sf(high))) for low, high in cells for side in (1, -1)]
    states: dict[_State, int] = {START: 0}
    queue, rows, columns, shares = [START], [], [], []
    while queue:
        state = queue.pop()
        for side, low, share in moves:
            after = _next(state, side, low, rules, limit)
            if after is None:
                continue
            if after not in states:
                states[after] = len(states)
                queue.append(after)
            rows.append(states[state])
            columns.append(states[after])
            shares.append(share)
    n = len(states)
    chain = csc_array((shares, (rows, columns)), shape=(n, n))
    lengths = spsolve(csc_array(eye_array(n) - chain), np.ones(n))
    return float(np.atleast_1d(lengths)[0])


def _next(state: _State, side: int, low: float, rules: frozenset[str], limit: float) -> _State | None:
    """What the tests remember after one more point; None where one of them fires."""
    (run_side, run), above2, below2, above1, below1, within, beyond = state
    if LIMITS in rules and low >= limit:
        return None
    longest = max((ONE_SIDE[name] for name in rules & set(ONE_SIDE)), default=0)
    shortest = min((ONE_SIDE[name] for name in rules & set(ONE_SIDE)), default=0)
    run = (run + 1 if side == run_side else 1) if longest else 0
    if shortest and run >= shortest:
        return None
    twos, ones = [above2, below2], [above1, below1]
    for memory, rule, line, least, width in ((twos, "two_of_three", 2, 2, 3), (ones, "four_of_five", 1, 4, 5)):
        for i, mine in enumerate((side > 0, side < 0)):
            if rule not in rules:
                continue
            hit = int(mine and low >= line)
            whole = (memory[i] << 1 | hit) & ((1 << width) - 1)
            if hit and whole.bit_count() >= least:
                return None
            memory[i] = whole & ((1 << (width - 1)) - 1)
    within = within + 1 if "fifteen_within" in rules and low < 1 else 0
    beyond = beyond + 1 if "eight_beyond" in rules and low >= 1 else 0
    if within >= 15 or beyond >= 8:
        return None
    return (side if longest else 0, run), twos[0], twos[1], ones[0], ones[1], within, beyond


@functools.lru_cache(maxsize=64)
def cusum_length(slack: float, line: float) -> float:
    """Mean points to the first false alarm of a two-sided CUSUM; k and h in standard deviations, no head start."""
    y, w = np.polynomial.legendre.leggauss(NODES)
    y, w = (y + 1) * line / 2, w * line / 2
    # L(u) = 1 + L(0) P(x <= k - u) + integral of L(y) phi(y + k - u) over 0..h
    at = np.concatenate(([0.0], y))
    kernel = np.empty((NODES + 1, NODES + 1))
    kernel[:, 0] = norm.cdf(slack - at)
    kernel[:, 1:] = w * norm.pdf(y[np.newaxis, :] + slack - at[:, np.newaxis])
    return float(np.linalg.solve(np.eye(NODES + 1) - kernel, np.ones(NODES + 1))[0]) / 2.0


@functools.lru_cache(maxsize=64)
def ewma_length(weight: float, limit: float) -> float:
    """Mean points to the first false alarm of an EWMA with the limits that it settles to."""
    half = limit * math.sqrt(weight / (2.0 - weight))
    y, w = np.polynomial.legendre.leggauss(NODES)
    y, w = y * half, w * half
    kernel = w / weight * norm.pdf((y[np.newaxis, :] - (1.0 - weight) * y[:, np.newaxis]) / weight)
    lengths = np.linalg.solve(np.eye(NODES) - kernel, np.ones(NODES))
    first = w / weight * norm.pdf(y / weight)
    return float(1.0 + first @ lengths)
