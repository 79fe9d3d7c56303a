"""Do several shares of failures differ beyond chance: the exact test of a table with two rows (Freeman and Halton).

With all margins held, each table has a multivariate hypergeometric chance; the p-value adds those of tables that are
no likelier than the one seen. Two columns give Fisher's exact test. Where there are too many tables the chi-square
statistic takes its place, and the result says so.

Source: G. H. Freeman and J. H. Halton (1951), Biometrika 38, 141-149.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln
from scipy.stats import chi2

from supplier_eval.score.order import FloatArray

MOST_TABLES = 250_000
EQUAL = 1e-9


def shares_differ(failed: Sequence[int], n: Sequence[int]) -> tuple[float, str]:
    """Chance of shares at least this different while the true shares are the same.

    Parameters
    ----------
    failed, n : sequence of int, 0 <= failed <= n
        Failures of so many items; groups without items are left out.

    Returns
    -------
    (float, str)
        p-value from 0 to 1 and how it was found: ``exact``, ``chi_square``, or ``none`` with fewer than two groups
        (then NaN). Where nothing or everything failed it is 1.
    """
    pairs = [(d, k) for d, k in zip(failed, n, strict=True) if k > 0]
    if len(pairs) < 2:
        return float("nan"), "none"
    d = np.array([pair[0] for pair in pairs], dtype=np.int64)
    k = np.array([pair[1] for pair in pairs], dtype=np.int64)
    total, whole = int(d.sum()), int(k.sum())
    if total in {0, whole}:
        return 1.0, "exact"
    few = min(total, whole - total)
    sizes = np.minimum(k, few)
    if float(np.prod(np.sort(sizes)[:-1] + 1.0)) > MOST_TABLES:
        return _chi_square(d, k, total, whole), "chi_square"
    mine = d if few == total else k - d
    seen = float(np.sum(_log_choose(k, mine)))
    logs = _all_tables(k, few)
    base = float(_log_choose(np.array([whole]), np.array([few]))[0])
    likely = logs[logs <= seen + EQUAL]
    return float(min(1.0, np.exp(likely - base).sum())), "exact"


def _all_tables(k: npt.NDArray[np.int64], few: int) -> FloatArray:
    """Log of the ways to each table; the largest group takes what the others leave."""
    order = np.argsort(k, kind="stable")
    sums, logs = np.zeros(1, dtype=np.int64), np.zeros(1)
    for size in k[order[:-1]].tolist():
        x = np.arange(min(size, few) + 1)
        sums = (sums[:, np.newaxis] + x).ravel()
        logs = (logs[:, np.newaxis] + _log_choose(np.full(x.size, size), x)).ravel()
        kept = sums <= few
        sums, logs = sums[kept], logs[kept]
    last, left = int(k[order[-1]]), few - sums
    fits = left <= last
    return np.asarray(logs[fits] + _log_choose(np.full(int(fits.sum()), last), left[fits]))


def _log_choose(n: npt.NDArray[np.int64], k: npt.NDArray[np.int64]) -> FloatArray:
    return np.asarray(gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0))


def _chi_square(d: npt.NDArray[np.int64], k: npt.NDArray[np.int64], total: int, whole: int) -> float:
    share = total / whole
    statistic = float(np.sum((d - k * share) ** 2 / (k * share * (1 - share))))
    return float(chi2.sf(statistic, len(d) - 1))
