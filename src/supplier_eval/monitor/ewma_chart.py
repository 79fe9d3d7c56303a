r"""The exponentially weighted moving average: small lasting shifts, seen early.

.. math::
    z_t = \lambda x_t + (1-\lambda) z_{t-1}, \; z_0 = \mu_0; \qquad
    \mu_0 \pm L\sigma\sqrt{\frac{\lambda}{2-\lambda}\left[1-(1-\lambda)^{2t}\right]}

Without the bracket the limits are those that it settles to.

Sources: S. W. Roberts (1959), Technometrics 1(3), 239-250; NIST/SEMATECH e-Handbook 6.3.2.4; D. C. Montgomery,
"Introduction to Statistical Quality Control", eqs. 9.22-9.26.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray


def ewma_path(values: npt.ArrayLike, weight: float, start: float) -> FloatArray:
    """Average the points so far, the newest with the given weight.

    Parameters
    ----------
    values : array_like of shape (n_points,)
        In order of time; at a gap (NaN) the average stands still and is NaN on the chart.
    weight : float
        The newest point's weight, above 0 and up to 1.
    start : float
        The average before the first point: the centre.

    Returns
    -------
    ndarray of shape (n_points,)
    """
    path, z = [], start
    for x in np.asarray(values, dtype=np.float64).tolist():
        z = weight * x + (1.0 - weight) * z if np.isfinite(x) else z
        path.append(z if np.isfinite(x) else np.nan)
    return np.array(path, dtype=np.float64)


def ewma_sigma(measured: npt.ArrayLike, weight: float, sigma: float, *, settled: bool = False) -> FloatArray:
    """Standard deviation of the average at each point.

    Parameters
    ----------
    measured : array_like of bool, shape (n_points,)
        False for a gap: it does not count as a point.
    weight : float
        As in `ewma_path`.
    sigma : float
        Standard deviation of a single value.
    settled : bool
        Whether the figure that it settles to stands everywhere.

    Returns
    -------
    ndarray of shape (n_points,)
    """
    t = np.cumsum(np.asarray(measured, dtype=bool))
    share = np.ones(t.shape) if settled else 1.0 - (1.0 - weight) ** (2.0 * np.maximum(t, 1))
    return np.asarray(sigma * np.sqrt(weight / (2.0 - weight) * share))
