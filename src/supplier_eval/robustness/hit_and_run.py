"""Random walks that spread evenly over a region too thin for rejection: hit-and-run (Smith 1984)."""

from __future__ import annotations

import numpy as np

from supplier_eval.robustness.region import Region
from supplier_eval.robustness.weight_frame import Frame
from supplier_eval.robustness.weight_proposals import deepest, free_inequalities
from supplier_eval.score.order import FloatArray

ROUNDS = 4
STEPS_PER_DIMENSION = 25


def hit_and_run(region: Region, frame: Frame, n: int, rng: np.random.Generator) -> FloatArray:
    """Walk from the middle of a region at random, one walk a draw, and keep where each walk ends.

    Parameters
    ----------
    region : Region
        Convex, as all are.
    frame : Frame
        Its free coordinates.
    n : int
        Draws.
    rng : numpy.random.Generator
        Source of the steps.

    Returns
    -------
    ndarray of shape (n, n_criteria)
        Weights, nearly independent of each other: every walk takes 100 steps a dimension, in directions fitted to the
        region's shape after each quarter.

    Raises
    ------
    ValueError
        If the region has no inside.

    Notes
    -----
    Smith (1984), "Efficient Monte Carlo procedures for generating points uniformly distributed over bounded regions",
    Operations Research 32; Tervonen et al. (2013), EJOR 224. These are pseudo-random, not Sobol, points.
    """
    left, right = free_inequalities(region, frame)
    if region.ball is None:
        start, _ = deepest(left, right)
    else:
        start = region.ball[0][frame.free]
    m = frame.dimension
    at = np.tile(start, (n, 1))
    shape = np.eye(m)
    for _ in range(ROUNDS):
        for _ in range(STEPS_PER_DIMENSION * m):
            way = rng.standard_normal((n, m)) @ shape.T
            way /= np.sqrt((way**2).sum(axis=1, keepdims=True))
            near, far = _chord(at, way, left, right)
            if region.ball is not None:
                near, far = _within_ball(frame, region.ball, at, way, near, far)
            at += (near + (far - near) * rng.random(n))[:, None] * way
        if n > 2 * m:
            shape = _spread(at)
    return frame.weights(at)


def _chord(at: FloatArray, way: FloatArray, left: FloatArray, right: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How far one may go backwards and forwards before an inequality breaks."""
    speed, room = way @ left.T, np.maximum(right - at @ left.T, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = room / speed
    far = np.where(speed > 1e-14, reach, np.inf).min(axis=1)
    near = np.where(speed < -1e-14, reach, -np.inf).max(axis=1)
    return near, far


def _within_ball(
    frame: Frame, ball: tuple[FloatArray, float], at: FloatArray, way: FloatArray, near: FloatArray, far: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The chord cut by the Euclidean ball: roots of a quadratic."""
    off, step = frame.weights(at) - ball[0], way @ frame.span.T
    a, b, c = (step**2).sum(axis=1), (off * step).sum(axis=1), (off**2).sum(axis=1) - ball[1] ** 2
    root = np.sqrt(np.maximum(b**2 - a * c, 0.0))
    return np.minimum(np.maximum(near, (-b - root) / a), 0.0), np.maximum(np.minimum(far, (-b + root) / a), 0.0)


def _spread(at: FloatArray) -> FloatArray:
    """A matrix that turns a round cloud into one shaped like these points."""
    size, axes = np.linalg.eigh(np.cov(at, rowvar=False).reshape(at.shape[1], -1))
    return np.asarray(axes * np.sqrt(np.maximum(size, size.max() * 1e-12)))
