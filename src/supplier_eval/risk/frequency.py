r"""How often it happens in a year: Poisson, or negative binomial where years differ more than chance alone makes them.

Both belong to the class of Panjer, :math:`p_k = (a + b/k) \, p_{k-1}`:

===================  =======================  ============================  =========================================
events               a                        b                             probability generating function
===================  =======================  ============================  =========================================
Poisson              0                        :math:`\lambda`               :math:`e^{\lambda (z - 1)}`
negative binomial    :math:`(d - 1)/d`        :math:`(r - 1)(d - 1)/d`      :math:`(1 - (d - 1)(z - 1))^{-r}`
===================  =======================  ============================  =========================================

with the mean :math:`\lambda`, the dispersion d = variance / mean, and :math:`r = \lambda / (d - 1)`.

Source: Klugman, Panjer, Willmot, "Loss Models", ch. 6 (recalled); :math:`\beta = d - 1` there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

ComplexArray = npt.NDArray[np.complex128]


@dataclass(frozen=True)
class Frequency:
    """Events per year.

    Parameters
    ----------
    mean : float
        Not negative.
    dispersion : float
        Variance / mean: 1 is Poisson, above 1 negative binomial.
    """

    mean: float
    dispersion: float = 1.0

    @property
    def poisson(self) -> bool:
        """Whether years differ by chance alone."""
        return self.dispersion == 1

    @property
    def size(self) -> float:
        """The r of the negative binomial."""
        return self.mean / (self.dispersion - 1)

    @property
    def recursion(self) -> tuple[float, float]:
        """The a and b of Panjer."""
        if self.poisson:
            return 0.0, self.mean
        a = (self.dispersion - 1) / self.dispersion
        return a, (self.size - 1) * a

    def part(self, pieces: int) -> Frequency:
        """The frequency of which `pieces` independent ones add up to this one."""
        return Frequency(self.mean / pieces, self.dispersion)

    def log_generating(self, z: npt.ArrayLike) -> ComplexArray:
        """Logarithm of the generating function at z, |z| <= 1."""
        away = np.asarray(z, np.complex128) - 1
        if self.poisson:
            return np.asarray(self.mean * away, np.complex128)
        return np.asarray(-self.size * np.log1p(-(self.dispersion - 1) * away), np.complex128)

    @property
    def none(self) -> float:
        """Probability of a year without any event."""
        return float(np.exp(self.log_generating(0.0).real))

    def aggregate_variance(self, first: float, second: float) -> float:
        """Variance of the annual loss of events with E[X], E[X^2] (Wald): mean Var[X] + Var[N] E[X]^2."""
        return self.mean * (second - first * first) + self.mean * self.dispersion * first * first
