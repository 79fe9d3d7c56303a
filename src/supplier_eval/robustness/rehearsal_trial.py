"""Simulated tenders under a policy's arithmetic, and what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.policy.criteria import Rubric, Step, Threshold, YesNo
from supplier_eval.rank.arithmetic import BoolArray, Rules, Scores
from supplier_eval.robustness.market_sample import SimulatedPrices
from supplier_eval.robustness.share import Share, share_of
from supplier_eval.score.block import PriceRow
from supplier_eval.score.order import FloatArray, settle
from supplier_eval.score.price import PRICE_FORMULAS
from supplier_eval.score.price_stage import feeding_quality

if TYPE_CHECKING:
    from supplier_eval.policy.criteria import Criterion
    from supplier_eval.policy.document import Policy
    from supplier_eval.policy.tree import CriteriaTree

CEILING = 1_000_000.0
STEP = 0.01  # of the price


def pass_or_fail(leaf: Criterion) -> tuple[float, float] | None:
    """Say what a criterion that knows two values only is worth failed and passed; None for any other.

    Parameters
    ----------
    leaf : Criterion
        A threshold, yes or no, or a rubric or steps with two different values.
    """
    rule = leaf.value
    if isinstance(rule, Threshold):
        return 0.0, 100.0
    if isinstance(rule, YesNo):
        known = {rule.yes, rule.no}
    elif isinstance(rule, Rubric):
        known = set(rule.levels.values())
    elif isinstance(rule, Step):
        values = [value for _, value in rule.steps]
        below = rule.below if rule.below is not None else Decimal(0) if values[0] <= values[-1] else values[0]
        known = {below, *values}
    else:
        return None
    return (float(min(known)), float(max(known))) if len(known) == 2 else None


def drawn_values(
    leaves: Sequence[Criterion], marks: tuple[float, float], shape: tuple[int, ...], rng: np.random.Generator
) -> FloatArray:
    """Draw what simulated bids are worth on each criterion, independent of each other.

    Parameters
    ----------
    leaves : sequence of Criterion
        The criteria axis.
    marks : tuple of float
        Mean and standard deviation on 0-100.
    shape : tuple of int
        Bids and tenders.
    rng : Generator
        Source of the draws.

    Returns
    -------
    ndarray of shape (n_criteria, n_bids, n_tenders)
        Normal and cut at 0 and 100; a criterion that is passed or failed is passed with the mean's chance out of 100;
        NaN for prices.
    """
    from scipy.special import ndtri

    mean, spread = marks
    drawn = rng.standard_normal((len(leaves), *shape))
    values = np.clip(mean + spread * drawn, 0.0, 100.0)
    passes = -drawn < ndtri(mean / 100.0)
    for i, leaf in enumerate(leaves):
        ends = pass_or_fail(leaf)
        if leaf.price is not None:
            values[i] = np.nan
        elif ends is not None:
            values[i] = np.where(passes[i], ends[1], ends[0])
    return values


@dataclass(frozen=True, eq=False)
class Trial:
    """Simulated tenders that can be scored again."""

    rules: Rules
    values: FloatArray
    prices: SimulatedPrices
    weights: FloatArray

    def score(self, present: BoolArray, factor: FloatArray | float = 1.0, rules: Rules | None = None) -> Scores:
        """Score the bids that are present, prices times a factor."""
        shares = self.prices.shares * factor
        ceilings = np.array([_ceiling(leaf) for leaf in self.rules.tree.leaves if leaf.price is not None])
        offered = ceilings.reshape(-1, 1, 1) * shares
        money = CEILING * shares
        allowed = np.ones(present.shape, bool)
        return (rules or self.rules).score(self.values, offered, money, self.weights, present, allowed)


def _ceiling(leaf: Criterion) -> float:
    stated = leaf.price.parameters.get("ceiling") if leaf.price is not None else None
    return CEILING if stated is None else float(stated)


def rehearsed_price_rows(policy: Policy, tree: CriteriaTree) -> tuple[PriceRow, ...]:
    """Price rows as in a tender whose ceiling is one million, unless the policy states one."""
    index = {leaf.id: i for i, leaf in enumerate(tree.leaves)}
    rows = []
    for leaf in tree.leaves:
        if leaf.price is not None:
            parameters = {name: float(value) for name, value in leaf.price.parameters.items()}
            if any(p.name == "ceiling" for p in PRICE_FORMULAS[leaf.price.formula].parameters):
                parameters["ceiling"] = _ceiling(leaf)
            fed = feeding_quality(tree, policy.total, leaf.price.quality_from)
            quality = {index[name]: weight for name, weight in fed.items()}
            rows.append(PriceRow(index[leaf.id], leaf.price.formula, parameters, quality))
    return tuple(rows)


def effective_weights(base: Scores, weights: FloatArray) -> FloatArray:
    """Covariance of each weighted value with the total inside tenders, as a share of the variance of the total."""
    inside = base.eligible
    counted = np.maximum(inside.sum(axis=0), 1)
    points = np.where(inside, weights.reshape(-1, 1, 1) * np.nan_to_num(base.values), 0.0)
    centred = np.where(inside, points - (points.sum(axis=1) / counted)[:, None], 0.0)
    total = centred.sum(axis=0)
    variance = float((total**2).sum())
    if variance <= 0:
        return np.zeros(len(weights))
    return np.asarray((centred * total).sum(axis=(1, 2)) / variance)


def price_of_a_point(lab: Trial, base: Scores) -> float | None:
    """Median over tenders: per cent of the price of the middle bid that cost it one point."""
    order = np.argsort(np.where(base.eligible, lab.prices.shares, np.inf), axis=0)
    n = np.asarray(base.eligible.sum(axis=0))
    middle = np.take_along_axis(order, (np.maximum(n - 1, 0) // 2)[None], axis=0)[0]
    columns = np.arange(lab.prices.shares.shape[1])
    factor = np.ones(lab.prices.shares.shape)
    factor[middle, columns] = 1 + STEP
    dearer = lab.score(lab.prices.present, factor)
    at = (middle, columns)
    asked = (n > 0) & dearer.eligible[at] & base.eligible[at]
    lost = (base.unrounded[at] - dearer.unrounded[at])[asked]
    typical = float(np.median(lost)) if lost.size else 0.0
    return 100 * STEP / typical if typical > 0 else None


def reversals(lab: Trial, base: Scores) -> Share:
    """Remove each bid that does not win, one place after the other, in all tenders at once."""
    reversed_somewhere = np.zeros(base.ranks.shape[1], bool)
    first = base.ranks == 1
    asked = first.any(axis=0) & (base.eligible.sum(axis=0) > 2)
    for place in range(base.ranks.shape[0]):
        present = lab.prices.present.copy()
        present[place] = False
        ranks = lab.score(present).ranks
        lost = base.ranks[place] > 1
        reversed_somewhere |= lost & (ranks > 0).any(axis=0) & ((ranks == 1) != first).any(axis=0)
    return _share(reversed_somewhere, asked)


def floors_decide(lab: Trial, base: Scores) -> Share:
    """Without the floors another would win."""
    asked = (base.ranks > 0).any(axis=0)
    if not lab.rules.floors:
        return _share(np.zeros(asked.shape, bool), asked)
    free = lab.score(lab.prices.present, rules=replace(lab.rules, floored=False))
    return _share(((base.ranks == 1) != (free.ranks == 1)).any(axis=0), asked)


def nobody_valid(base: Scores) -> Share:
    """Nobody is ranked."""
    return _share((base.ranks == 0).all(axis=0), np.ones(base.ranks.shape[1], bool))


def ties_decide(base: Scores) -> Share:
    """The first total is shared by two bids or more."""
    asked = (base.ranks > 0).any(axis=0)
    total = np.where(base.eligible, settle(np.nan_to_num(base.total)), -np.inf)
    return _share((total == total.max(axis=0)).sum(axis=0) > 1, asked)


def _share(happened: npt.ArrayLike, asked: npt.ArrayLike) -> Share:
    counted = np.asarray(asked, dtype=bool)
    return share_of(int((np.asarray(happened, dtype=bool) & counted).sum()), int(counted.sum()))
