r"""Where likelihood falls as impact rises, a risk matrix can be worse than a coin: the risks of each colour on a line.

On the line :math:`f = a - b s` the expected loss is :math:`s (a - b s)`. Inside one cell it is least at an end of the
line's piece, and largest at :math:`s = a / 2b` where that lies inside, else at an end.

Source: L. A. Cox (2008), Risk Analysis 28(2), 497-512 (2 x 2 matrix with cuts at 0.5 and the line f = 0.75 - s: every
risk in a medium cell is smaller than every risk in the low one).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt


def losses_on_line(
    levels: npt.ArrayLike, likelihood: npt.ArrayLike, impact: npt.ArrayLike, at_zero: float, slope: float = 1.0
) -> dict[int, tuple[float, float]]:
    """Lowest and highest expected loss of each colour on a falling line.

    Parameters
    ----------
    levels : array_like of shape (n_rows, n_columns)
        Colours as 0, 1, ...; rows by rising likelihood, columns by rising impact.
    likelihood, impact : array_like of shape (n_rows + 1,), (n_columns + 1,)
        Edges of the bands.
    at_zero : float
        Likelihood where the impact is 0, above 0.
    slope : float
        By how much the likelihood falls for one unit of impact, above 0.

    Returns
    -------
    dict
        Colour -> (lowest, highest), approached where the end of a cell is not in it; colours that the line misses are
        left out.
    """
    level, f, s = np.asarray(levels, np.int64), np.asarray(likelihood, np.float64), np.asarray(impact, np.float64)
    found: dict[int, tuple[float, float]] = {}
    for i, j in np.ndindex(level.shape):
        start = max(float(s[j]), (at_zero - float(f[i + 1])) / slope)
        end = min(float(s[j + 1]), (at_zero - float(f[i])) / slope)
        if start >= end:
            continue
        ends = [x * (at_zero - slope * x) for x in (start, end)]
        top = min(max(at_zero / (2 * slope), start), end)
        low, high = found.get(int(level[i, j]), (np.inf, -np.inf))
        found[int(level[i, j])] = min(low, *ends), max(high, top * (at_zero - slope * top))
    return dict(sorted(found.items()))


def worse_than_random(losses: dict[int, tuple[float, float]]) -> bool:
    """Whether every risk of every lower colour is at least as large as every risk of every higher one.

    Parameters
    ----------
    losses : dict
        From `losses_on_line`; False where it names one colour only.
    """
    levels = sorted(losses)
    return len(levels) > 1 and all(losses[a][0] >= losses[b][1] for a, b in pairwise(levels))
