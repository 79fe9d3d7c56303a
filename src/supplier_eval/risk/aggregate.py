r"""The distribution of an annual loss on a grid, exactly: Panjer's recursion and the Fourier transform.

With severity probabilities :math:`f_0, f_1, \dots` and a frequency of the class (a, b)

.. math::
    g_0 = P_N(f_0), \qquad
    g_k = \frac{1}{1 - a f_0} \sum_{j=1}^{k} \left(a + \frac{b j}{k}\right) f_j \, g_{k-j}

and, by the other way, :math:`\hat g = P_N(\hat f)` point by point. The transform runs on twice the points with the
probabilities tilted by :math:`e^{-\theta k}`, which keeps losses beyond the grid from being folded back into it.

Source: H. H. Panjer (1981), "Recursive evaluation of a family of compound distributions", ASTIN Bulletin 12, 22-26;
R. Gruebel, R. Hermesmeier (1999), "Computation of compound distributions I", ASTIN Bulletin 29, 197-214 (tilting).
Recalled.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from supplier_eval.risk.frequency import ComplexArray, Frequency
from supplier_eval.risk.severity import FloatArray

TILT = 20.0
LEAST_LOG = -500.0  # below that g_0 is too near the smallest number


def panjer(frequency: Frequency, severity: FloatArray) -> FloatArray:
    """Probabilities of the annual loss by recursion.

    Parameters
    ----------
    frequency : Frequency
        Events per year. Very many are split into independent pieces, which are convolved.
    severity : ndarray of shape (n,)
        Probabilities of the losses 0, 1, ... steps of one event; the sum may be below 1.

    Returns
    -------
    ndarray of shape (n,)
        Probabilities of the annual losses 0, 1, ... steps.
    """
    halvings = 0
    while frequency.part(2**halvings).log_generating(severity[0]).real < LEAST_LOG:
        halvings += 1
    part = frequency.part(2**halvings)
    a, b = part.recursion
    n = len(severity)
    found = np.zeros(n)
    found[0] = np.exp(part.log_generating(severity[0]).real)
    flat, rising = a * severity, b * severity * np.arange(n)
    for k in range(1, n):
        before = found[k - 1 :: -1]
        found[k] = (flat[1 : k + 1] @ before + rising[1 : k + 1] @ before / k) / (1 - a * severity[0])
    for _ in range(halvings):
        found = np.convolve(found, found)[:n]
    return found


def transform(severity: FloatArray) -> ComplexArray:
    """The tilted transform of probabilities on a grid, on twice its points.

    Parameters
    ----------
    severity : ndarray of shape (n,)
        As in `panjer`.

    Returns
    -------
    ndarray of shape (n + 1,)
        Complex; transforms of independent losses are multiplied.
    """
    n = len(severity)
    return np.asarray(np.fft.rfft(severity * np.exp(-TILT / (2 * n) * np.arange(n)), 2 * n), np.complex128)


def back(transformed: ComplexArray) -> FloatArray:
    """Probabilities on the grid from their tilted transform; what `transform` does, undone."""
    n = len(transformed) - 1
    return np.asarray(np.fft.irfft(transformed, 2 * n)[:n] * np.exp(TILT / (2 * n) * np.arange(n)), np.float64)


def compound(parts: Iterable[tuple[Frequency, ComplexArray]]) -> FloatArray:
    """Probabilities of the sum of independent annual losses, by transform.

    Parameters
    ----------
    parts : iterable of (Frequency, ndarray)
        Events per year, and the transform of what one of them costs in all; taken one by one, so that
        they need not be in memory together.

    Returns
    -------
    ndarray of shape (n,)
        Probabilities of the annual losses 0, 1, ... steps; negative by rounding at most.
    """
    logs = sum((frequency.log_generating(severity) for frequency, severity in parts), np.zeros(1, np.complex128))
    return back(np.exp(logs))
