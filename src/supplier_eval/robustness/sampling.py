"""Weights drawn evenly over a region, by independent scrambles of a Sobol sequence.

Every scramble alone is spread evenly over the region; that they are independent of each other is what gives every
figure made from them a standard error (Owen 1997, Annals of Statistics 25).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from supplier_eval.robustness.hit_and_run import hit_and_run
from supplier_eval.robustness.region import Region
from supplier_eval.robustness.weight_frame import Frame, frame_of
from supplier_eval.robustness.weight_proposals import Proposal, proposals, triangulation
from supplier_eval.score.order import FloatArray

SCRAMBLES = 16
PILOT = 10  # power of two
GOOD_ENOUGH = 0.25
WORTH_TRYING = 1 / 256
MOST_DRAWS = 2**22


@dataclass(frozen=True, eq=False)
class WeightDraws:
    """Weights spread evenly over a region.

    Parameters
    ----------
    weights : ndarray of shape (n_scrambles, n_draws, n_criteria)
        Fractions that sum to 1; each scramble on its own covers the region.
    method : str
        How they were drawn: ``"simplex"``, ``"order"``, ``"triangulation"``, ``"point"`` (no room to move), rejection
        from a ``"box"``, ``"ball"`` or simplex, or ``"hit and run"`` (not a Sobol sequence).
    acceptance : float
        Share of the points proposed that lay in the region; 1 where none can be rejected.
    """

    weights: FloatArray
    method: str
    acceptance: float

    @property
    def n_draws(self) -> int:
        """Number of weight vectors in all scrambles together."""
        return int(self.weights.shape[0] * self.weights.shape[1])


def draws_per_scramble(draws: int, scrambles: int = SCRAMBLES) -> int:
    """Draws of one scramble: the share of `draws`, rounded up to a power of two as Sobol points ask for.

    Parameters
    ----------
    draws : int
        Asked for in all, 1 to 4,194,304.
    scrambles : int
        2 or more.

    Raises
    ------
    ValueError
        If one of them is out of range.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"the number of draws is from 1 to {MOST_DRAWS}, not {draws}")
    if not 2 <= scrambles <= 1024:
        raise ValueError(f"a standard error needs from 2 to 1024 scrambles, not {scrambles}")
    return 1 << max(0, -(-draws // scrambles) - 1).bit_length()


def draw_weights(
    region: Region, draws: int = 4096, scrambles: int = SCRAMBLES, seed: int | np.random.SeedSequence = 0
) -> WeightDraws:
    """Draw weights evenly over a region.

    Parameters
    ----------
    region : Region
        Where the weights may lie. Weights that it fixes are eliminated first.
    draws : int
        Number in all; rounded up so that each scramble has a power of two.
    scrambles : int
        Independent scrambles, 2 or more.
    seed : int or SeedSequence
        The same seed gives the same bits.

    Returns
    -------
    WeightDraws
        Exact maps for the simplex and an order of importance; for other regions rejection where at least a quarter of
        the points proposed lie inside, else a triangulation (2 to 6 free weights), else rejection, and hit-and-run
        where less than one point in 256 lies inside.

    Raises
    ------
    ValueError
        If the region is empty or a number is out of range.
    """
    n = draws_per_scramble(draws, scrambles)
    root = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    rngs = [np.random.default_rng(child) for child in root.spawn(scrambles)]
    frame = frame_of(region)
    if frame.dimension == 0:
        return WeightDraws(np.tile(frame.origin, (scrambles, n, 1)), "point", 1.0)
    way, share = _choose(region, frame)
    if way is None:
        walks = np.stack([hit_and_run(region, frame, n, rng) for rng in rngs])
        return WeightDraws(_tidy(walks), "hit and run", 1.0)
    weights, tried = np.empty((scrambles, n, region.n_criteria)), 0
    for scramble, rng in enumerate(rngs):
        weights[scramble], proposed = _fill(region, way, n, share, rng)
        tried += proposed
    return WeightDraws(_tidy(weights), way.name, scrambles * n / tried)


def _choose(region: Region, frame: Frame) -> tuple[Proposal | None, float]:
    """The way of drawing that wastes the fewest points, and the share it keeps; None where all waste too many."""
    from scipy.stats import qmc

    ways = proposals(region, frame)
    exact = [way for way in ways if way.exact]
    if exact:
        return exact[0], 1.0
    kept = []
    for way in ways:
        points = np.vstack([qmc.Sobol(way.dimension, scramble=True, seed=k).random_base2(PILOT) for k in range(4)])
        kept.append(float(region.contains(way.draw(points)).mean()))
    best = int(np.argmax(kept))
    if kept[best] < GOOD_ENOUGH and (split := triangulation(region, frame)) is not None:
        return split, 1.0
    return (ways[best], kept[best]) if kept[best] >= WORTH_TRYING else (None, 0.0)


def _fill(region: Region, way: Proposal, n: int, share: float, rng: np.random.Generator) -> tuple[FloatArray, int]:
    """`n` weights of one scramble, and how many points were proposed for them."""
    from scipy.stats import qmc

    engine = qmc.Sobol(way.dimension, scramble=True, seed=rng)
    if way.exact:
        return way.draw(engine.random_base2(n.bit_length() - 1)), n
    block = max(4, int(n / share).bit_length())
    kept, found, tried = [], 0, 0
    while found < n:
        weights = way.draw(engine.random_base2(block) if not tried else engine.random(1 << block))
        inside = np.flatnonzero(region.contains(weights))
        take = inside[: n - found]
        tried += int(take[-1]) + 1 if found + take.size == n and take.size else 1 << block
        kept.append(weights[take])
        found += take.size
    return np.concatenate(kept), tried


def _tidy(weights: FloatArray) -> FloatArray:
    """No weight below zero by the noise of arithmetic."""
    return np.maximum(weights, 0.0, out=weights)
