r"""The exact law of Kolmogorov's two-sided statistic, for many tenders of one size at once.

.. math:: P(D_n < d) = \frac{n!}{n^n} \, (H^n)_{kk}, \qquad k = \lfloor nd \rfloor + 1, \quad h = k - nd

with the matrix :math:`H` of size :math:`2k - 1` whose entries depend on :math:`h` alone.

Source: Marsaglia, Tsang and Wang (2003), "Evaluating Kolmogorov's Distribution", Journal of Statistical Software 8(18),
section 2 (recalled; checked against scipy's ``kstwo``). Above `LARGEST` values scipy's own function is asked.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
LARGEST = 30


def kolmogorov_p(statistic: npt.ArrayLike, n: int) -> FloatArray:
    """Probability that the statistic of `n` values is at least as large.

    Parameters
    ----------
    statistic : array_like of shape (m,)
        Two-sided statistics, 0-1.
    n : int
        Number of values behind each of them, at least 1.

    Returns
    -------
    ndarray of shape (m,)
        0-1.
    """
    d = np.asarray(statistic, dtype=np.float64)
    if n > LARGEST:
        from scipy.stats import kstwo

        return np.asarray(kstwo.sf(d, n), dtype=np.float64)
    p = np.where(d >= 1.0, 0.0, 1.0)
    between = (d > 0.5 / n) & (d < 1.0)
    steps = np.floor(n * d).astype(np.int64) + 1
    for k in np.unique(steps[between]).tolist():
        chosen = between & (steps == k)
        power = np.linalg.matrix_power(_matrix(k - n * d[chosen], k), n)
        below = power[:, k - 1, k - 1] * (math.factorial(n) / n**n)
        p[chosen] = np.clip(1.0 - below, 0.0, 1.0)
    return p


def _matrix(h: FloatArray, k: int) -> FloatArray:
    """The matrices of section 2, one for each `h`."""
    m = 2 * k - 1
    i, j = np.indices((m, m))
    H = np.broadcast_to(np.where(i - j + 1 >= 0, 1.0, 0.0), (len(h), m, m)).copy()
    powers = h[:, None] ** np.arange(1, m + 1)
    H[:, :, 0] -= powers
    H[:, -1, :] -= powers[:, ::-1]
    H[:, -1, 0] += np.maximum(2.0 * h - 1.0, 0.0) ** m
    factorials = np.array([[math.factorial(max(a - b + 1, 0)) for b in range(m)] for a in range(m)], dtype=np.float64)
    return np.asarray(H / factorials)
