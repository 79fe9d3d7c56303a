"""Lines of equal total between price and quality, computed with the price formula that the policy names.

A line answers: which price and which quality would one further bid need for this total, all other bids staying as they
are? Formulas look at the other bids, so a further bid may change the points of the others; then it has no place on
the same scale. Every price of the grid is therefore scored together with the bids that are there, and a line is drawn
only where that bid leaves everybody else's price points as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.score.block import PriceRow, fill_prices, node_value
from supplier_eval.score.order import FloatArray, sum_in_order
from supplier_eval.score.price import PRICE_FORMULAS
from supplier_eval.score.readiness import leaf_parameters

if TYPE_CHECKING:
    from supplier_eval.intake.notice import Notice
    from supplier_eval.policy.criteria import Criterion
    from supplier_eval.score.sheet import ScoreSheet

STEPS = 201
QUALITY_STEPS = 101
HALVINGS = 45
SAME = 1e-9
CLOSE = 1e-6


@dataclass(frozen=True, eq=False)
class PriceQuality:
    """Where the bids of one lot stand between price and quality.

    Parameters
    ----------
    bids : tuple of str
        Ranked bids, best first.
    x : ndarray of shape (n_bids,)
        Price as scored, in money; or price points where the bids have no one price.
    y : ndarray of shape (n_bids,)
        Points of all that is not price; or the value (0-100) of the quality that the price formula reads, where
        quality has no points of its own.
    by_points : bool
        `x` holds price points.
    by_value : bool
        `y` holds a value.
    deducted : bool
        `x` is after the small-business deduction.
    why_no_lines : str
        Key of the words that say why no line is drawn; empty where lines can be drawn.
    """

    bids: tuple[str, ...]
    x: FloatArray
    y: FloatArray
    by_points: bool
    by_value: bool = False
    deducted: bool = False
    why_no_lines: str = ""
    model: _Model | None = None

    def line(self, total: float, low: float, high: float) -> tuple[FloatArray, FloatArray]:
        """One line of equal total (points of 100, unrounded) between two values of x; NaN where it does not exist."""
        x = np.linspace(low, high, STEPS)
        if self.by_points:
            return x, total - x
        if self.model is None:
            return x, np.full_like(x, np.nan)
        return x, self.model.line(total, x)


@dataclass(frozen=True, eq=False)
class _Model:
    """The bids of a lot as they are scored, and one further bid."""

    values: FloatArray
    weights: FloatArray
    prices: FloatArray
    row: PriceRow
    others: tuple[int, ...]
    reads_quality: bool

    def score(self, price: npt.ArrayLike, quality: npt.ArrayLike) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
        """Price score (0-100) of further bids, one a place of the arrays, and whether nobody else's score moves."""
        p, q = np.broadcast_arrays(np.asarray(price, dtype=np.float64), np.asarray(quality, dtype=np.float64))
        n, k = self.prices.size, p.size
        table = np.repeat(self.values[:, :, np.newaxis], k, axis=2)
        further = np.broadcast_to(q.reshape(1, 1, k), (table.shape[0], 1, k))
        table = np.concatenate([table, further], axis=1)
        offered = np.concatenate([np.repeat(self.prices[:, np.newaxis], k, axis=1), p.reshape(1, k)])
        who = np.ones((n + 1, k), dtype=bool)
        scored = fill_prices(table, offered[np.newaxis], [self.row], who)[self.row.row]
        moved = np.max(np.abs(scored[:n] - self.values[self.row.row][:, np.newaxis]), axis=0, initial=0.0)
        return scored[n].reshape(p.shape), (moved <= SAME).reshape(p.shape)

    def line(self, total: float, price: FloatArray) -> FloatArray:
        """The quality (points, or value where quality has no points) that a price needs for a total."""
        w_price, w_rest = self.weights[self.row.row], float(sum_in_order(self.weights[list(self.others)]))
        if not self.reads_quality:
            score, alone = self.score(price, 0.0)
            return np.where(alone, total - w_price * score, np.nan)
        grid = np.linspace(0.0, 100.0, QUALITY_STEPS)
        score, alone = self.score(price[:, np.newaxis], grid[np.newaxis, :])
        reached = w_price * score + w_rest * grid
        low, high = np.array([_cell(reached[i], grid, alone[i], total) for i in range(price.size)]).T
        for _ in range(HALVINGS):  # no straight line: within a cell the score may bend, or others begin to move
            middle = (low + high) / 2
            score, _ = self.score(price, np.nan_to_num(middle))
            above = w_price * score + w_rest * middle > total
            low, high = np.where(above, low, middle), np.where(above, middle, high)
        found = (low + high) / 2
        score, alone = self.score(price, np.nan_to_num(found))
        wrong = ~alone | (np.abs(w_price * score + w_rest * found - total) > CLOSE)
        return np.where(wrong, np.nan, found * (w_rest if w_rest > 0 else 1.0))


def _cell(reached: FloatArray, grid: FloatArray, alone: npt.NDArray[np.bool_], total: float) -> tuple[float, float]:
    """The first two neighbours on the grid between which the total is reached, one of them without moving others."""
    for low in range(grid.size - 1):
        a, b = reached[low], reached[low + 1]
        if (alone[low] or alone[low + 1]) and a <= total <= b and a < b:
            return float(grid[low]), float(grid[low + 1])
    return float("nan"), float("nan")


def price_quality_of(
    sheet: ScoreSheet, bids: tuple[str, ...], points: FloatArray, notice: Notice | None
) -> PriceQuality:
    """Place the ranked bids between price and quality, and prepare the lines.

    Parameters
    ----------
    sheet : ScoreSheet
        What was scored.
    bids : tuple of str
        Ranked bids, best first.
    points : ndarray of shape (n_criteria, n_bids of the sheet)
        Points of 100 of each leaf.
    notice : Notice or None
        Carries ceilings and drawn figures that price formulas may need.
    """
    at = [sheet.position(bid) for bid in bids]
    leaves = sheet.tree.leaves if sheet.tree is not None else ()
    rows = [i for i, leaf in enumerate(leaves) if leaf.source == "price"]
    others = tuple(i for i in range(len(sheet.criteria)) if i not in rows)
    rest = sum_in_order(points[list(others)])[at] if others else np.zeros(len(at))
    prices = _one_price(sheet, bids, [leaves[i] for i in rows])
    if prices is None:
        bought = sum_in_order(points[rows])[at] if rows else np.zeros(len(at))
        why = "" if others and rows else "chart.lines.one_side"
        return PriceQuality(bids, bought, rest, by_points=True, why_no_lines=why)
    scored = sheet.prices.scored if sheet.prices is not None else {}
    asked = sheet.prices.evaluated if sheet.prices is not None else {}
    deducted = any(scored.get(bid) != asked.get(bid) for bid in bids)
    row = _price_row(sheet, leaves[rows[0]], rows[0], notice)
    values = np.ascontiguousarray(sheet.values[:, at])
    reads_quality = any(p.per_bid for p in PRICE_FORMULAS[row.formula].parameters)
    has_points = bool(others) and float(sum_in_order(sheet.weights[list(others)])) > 0
    y = rest if has_points or not row.quality else _quality(values, row)
    model, why = _Model(values, sheet.weights, prices, row, others, reads_quality), ""
    if not has_points and not reads_quality:
        why = "chart.lines.one_side"
    elif reads_quality and has_points and set(row.quality) != set(others):
        why = "chart.lines.other_quality"
    else:
        why = _why_not(model)
    return PriceQuality(bids, prices, y, False, not has_points and reads_quality, deducted, why, None if why else model)


def _one_price(sheet: ScoreSheet, bids: tuple[str, ...], leaves: list[Criterion]) -> FloatArray | None:
    """The scored price of every bid; None where price is several criteria, or single items without a total."""
    if len(leaves) != 1 or leaves[0].price is None or leaves[0].price.items or sheet.prices is None:
        return None
    found = [sheet.prices.scored.get(bid) for bid in bids]
    if any(price is None for price in found):
        return None
    return np.array([float(price) for price in found if price is not None])


def _price_row(sheet: ScoreSheet, leaf: Criterion, row: int, notice: Notice | None) -> PriceRow:
    """How the one price criterion is scored, as `score_bids` does it."""
    tree = sheet.tree
    if tree is None or leaf.price is None:
        raise ValueError(f"{leaf.id} is no price criterion")
    index = {each.id: i for i, each in enumerate(tree.leaves)}
    judged = [root.id for root in tree.roots if all(each.source != "price" for each in tree.leaves_below(root.id))]
    nodes = leaf.price.quality_from or judged
    share = {
        name: tree.exact_weight(name, sheet.policy.total if sheet.policy is not None else Decimal(100))
        for name in nodes
    }
    if not any(share.values()):
        share = dict.fromkeys(nodes, Fraction(1))
    quality = {
        index[each.id]: float(share[name] * tree.share_within(name, each.id))
        for name in nodes
        for each in tree.leaves_below(name)
    }
    if notice is None:
        stated = {name: float(value) for name, value in leaf.price.parameters.items()}
    else:
        items = {item.id: item for item in notice.items_of(sheet.lot)}
        stated = leaf_parameters(leaf, items, notice.lot(sheet.lot), notice.drawn)
    return PriceRow(row, leaf.price.formula, stated, quality)


def _quality(values: FloatArray, row: PriceRow) -> FloatArray:
    """The value that a formula reads as quality, a bid."""
    rows = list(row.quality)
    return node_value(values[rows], list(row.quality.values()), range(len(rows)))


def _why_not(model: _Model) -> str:
    """Key of the words that say why lines cannot be drawn: parameters unknown, or a further bid moves everybody."""
    try:
        again = _again(model)
        if not np.allclose(again, model.values[model.row.row], rtol=0.0, atol=SAME):
            return "chart.lines.parameters"
        low, high = float(np.min(model.prices)), float(np.max(model.prices))
        grid = np.linspace(low, high if high > low else 1.1 * low, STEPS)
        _, alone = model.score(grid, 0.0)
    except (TypeError, ValueError):
        return "chart.lines.parameters"
    return "" if int(np.count_nonzero(alone)) > STEPS // 2 else "chart.lines.benchmark"


def _again(model: _Model) -> FloatArray:
    """The scores of the bids that are there, computed once more."""
    who = np.ones(model.prices.shape, dtype=bool)
    return np.asarray(fill_prices(model.values, model.prices[np.newaxis], [model.row], who)[model.row.row])
