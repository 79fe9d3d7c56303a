r"""Years drawn by chance: events fall into a block of years at random, each with a loss of its own.

The events of a Poisson process in a block of B years are a Poisson number of mean :math:`\lambda B`, each in a year of
its own at random; so the work grows with the events, not with the years. A negative binomial year is a Poisson number
of clusters of mean :math:`r \ln d`, each of a logarithmic number of events with the parameter (d - 1)/d.

Every risk and every shock has its own stream, made of the seed and of its id, and annual losses are added in canonical
order: the order of the register changes nothing, and a risk more leaves the draws of the others as they were.

Source: Klugman, Panjer, Willmot, "Loss Models", ch. 6 (negative binomial as compound Poisson of the logarithmic
distribution). Recalled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.loss_model import LossModel, LossRisk
from supplier_eval.risk.severity import FloatArray

BLOCK = 1 << 15  # years in memory at once
PIECE = 1 << 17  # events in memory at once
IntArray = npt.NDArray[np.int64]


def stream(seed: int, *names: str) -> np.random.Generator:
    """The generator of one risk or shock.

    Parameters
    ----------
    seed : int
        Not negative.
    *names : str
        What it is for; other names give an independent stream.
    """
    digest = hashlib.sha256("\x00".join(names).encode()).digest()
    words = np.frombuffer(digest, "<u4").tolist()
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def sample_years(model: LossModel, keys: Sequence[str], shock_keys: Sequence[str], years: int, seed: int) -> FloatArray:
    """Annual losses of all risks together.

    Parameters
    ----------
    model : LossModel
        What can happen.
    keys, shock_keys : sequence of str
        Name of the stream of each risk, and of each shock.
    years : int
        How many, at least 1.
    seed : int
        Not negative.

    Returns
    -------
    ndarray of shape (years,)
        Money. Beside it no more than a block of years and a piece of their events is in memory.
    """
    own = [stream(seed, "risk", key) for key in keys]
    causes = [stream(seed, "shock", key) for key in shock_keys]
    brought = [
        [stream(seed, "hit", shock_keys[s], keys[at]) for at, _ in shock.hits] for s, shock in enumerate(model.shocks)
    ]
    total = np.zeros(years)
    for start in range(0, years, BLOCK):
        block = total[start : start + BLOCK]
        for risk, draws in zip(model.risks, own, strict=True):
            _add_own(block, risk, draws)
        for shock, cause, hits in zip(model.shocks, causes, brought, strict=True):
            for when in _pieces(Frequency(shock.frequency), len(block), cause):
                for (at, p), draws in zip(shock.hits, hits, strict=True):
                    struck = when if p >= 1 else when[draws.random(len(when)) < p]
                    _add_events(block, struck, model.risks[at], draws)
    return total


def _add_own(block: FloatArray, risk: LossRisk, draws: np.random.Generator) -> None:
    for when in _pieces(risk.frequency, len(block), draws):
        _add_events(block, when, risk, draws)


def _pieces(frequency: Frequency, years: int, draws: np.random.Generator) -> Iterator[IntArray]:
    """The years of the events of a block, a piece of them at a time."""
    if frequency.mean == 0:
        return
    if frequency.poisson:
        left = int(draws.poisson(frequency.mean * years))
        while left > 0:
            yield draws.integers(0, years, min(left, PIECE))
            left -= PIECE
        return
    share = (frequency.dispersion - 1) / frequency.dispersion
    left = int(draws.poisson(frequency.size * np.log1p(frequency.dispersion - 1) * years))
    most = max(1, int(PIECE / (frequency.dispersion + 1)))
    while left > 0:
        clusters = min(left, most)
        when = draws.integers(0, years, clusters)
        yield np.repeat(when, draws.logseries(share, clusters))
        left -= most


def _add_events(block: FloatArray, when: IntArray, risk: LossRisk, draws: np.random.Generator) -> None:
    """Draw the loss of each event and add it to its year, event after event."""
    losses = draws.standard_normal(len(when))
    losses *= risk.sigma
    losses += risk.mu
    np.exp(losses, out=losses)
    block += np.bincount(when, losses, len(block))
