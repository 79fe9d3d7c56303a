"""Who gets what: lots by suppliers, shares printed; losing offers are dots; a large award is cut with a note.

Clauses of the policy (§3.2.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.allocation_words import status_lines
from supplier_eval.award.next_best import shares_by_supplier
from supplier_eval.report.brush import INK, PALE, Brush, letters_on, shorten, wrap
from supplier_eval.report.formats import plain
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.problem import AwardProblem

MOST_LOTS, MOST_SUPPLIERS = 60, 40
FEW_SUPPLIERS = 14  # up to so many, those who win nothing are shown too
ROOMY = 12  # columns that are wide


@dataclass(frozen=True, eq=False)
class AwardMap:
    """What the map shows.

    Parameters
    ----------
    lots, suppliers : tuple of str
        Rows in the problem's order, and columns, the largest spend first.
    shares : ndarray of float, shape (n_lots, n_columns)
        Share of the lot in per cent; after the suppliers one column of all others, and one of what is unserved, where
        there are such.
    offered : ndarray of bool, shape (n_lots, n_columns)
        Where there was an offer.
    others, unserved : bool
        Whether these columns are there.
    lots_left, suppliers_left : int
        How many are not shown by name.
    """

    lots: tuple[str, ...]
    suppliers: tuple[str, ...]
    shares: FloatArray
    offered: np.ndarray
    others: bool
    unserved: bool
    lots_left: int
    suppliers_left: int


def map_of(allocation: Allocation) -> AwardMap | None:
    """Take the shares out of an award; None where there is none."""
    problem, audit = allocation.problem, allocation.audit
    if allocation.award is None or audit is None:
        return None
    shares = shares_by_supplier(allocation)
    lots = _lots(problem)
    spent = {name: own.spend for name, own in audit.suppliers.items()}
    winners = sorted(spent, key=lambda name: (-spent[name], name))
    losers = [name for name in problem.suppliers if name not in spent]
    named = winners + losers if len(winners) + len(losers) <= FEW_SUPPLIERS else winners
    columns, rest = named[:MOST_SUPPLIERS], named[MOST_SUPPLIERS:]
    covered = {lot: sum((s for (at, _), s in shares.items() if at == lot), Fraction(0)) for lot in lots}
    unserved = any(share < 1 for share in covered.values())
    made = np.zeros((len(lots), len(columns) + bool(rest) + unserved))
    for r, lot in enumerate(lots):
        made[r, : len(columns)] = [100 * float(shares.get((lot, name), 0)) for name in columns]
        if rest:
            made[r, len(columns)] = 100 * float(sum(shares.get((lot, name), Fraction(0)) for name in rest))
        if unserved:
            made[r, -1] = 100 * float(max(Fraction(0), 1 - covered[lot]))
    offers = {(key[0], key[1]) for key in problem.bids}
    offers |= {(lot, bundle.supplier) for bundle in problem.bundles.values() for lot in bundle.lots}
    offered = np.zeros(made.shape, dtype=bool)
    offered[:, : len(columns)] = [[(lot, name) in offers for name in columns] for lot in lots]
    gone = len(problem.suppliers) - len(columns)
    return AwardMap(
        tuple(lots), tuple(columns), made, offered, bool(rest), unserved, len(problem.lots) - len(lots), gone
    )


def _lots(problem: AwardProblem) -> list[str]:
    """All lots, or the largest by what their cheapest unit price makes of the demand, in the problem's order."""
    if len(problem.lots) <= MOST_LOTS:
        return list(problem.lots)
    least: dict[str, Fraction] = {}
    for bid in problem.bids.values():
        if bid.price is not None:
            least[bid.lot] = min(bid.price, least.get(bid.lot, bid.price))
    worth = {lot: least.get(lot, Fraction(0)) * part.demand for lot, part in problem.lots.items()}
    kept = set(sorted(worth, key=lambda lot: (-worth[lot], lot))[:MOST_LOTS])
    return [lot for lot in problem.lots if lot in kept]


def map_size(shown: AwardMap | None) -> tuple[float, float]:
    """Width and height in inches that the map needs."""
    if shown is None:
        return 9.0, 2.0
    n_lots, n_columns = shown.shares.shape
    wide = 0.85 if n_columns <= ROOMY else 0.36
    return max(7.5, 3.6 + wide * n_columns), 2.6 + (0.36 if n_lots <= 20 else 0.22) * max(3, n_lots)


def draw_map(brush: Brush, allocation: Allocation, shown: AwardMap | None) -> None:
    """Draw the map; where there is no award, say so."""
    say, ax, problem = brush.say, brush.ax, allocation.problem
    facts = {"lots": len(problem.lots), "winners": 0 if allocation.audit is None else len(allocation.audit.suppliers)}
    title = say["chart.award_map.title"].format(**facts)
    said = status_lines(allocation, brush.lang)[0]
    brush.title(title, allocation.standing, width=72)
    brush.alt(say["chart.award_map.alt"].format(title=title, said=said))
    if shown is None:
        brush.nothing(said)
        return
    rows, columns = shown.shares.shape
    image = ax.imshow(shown.shares, cmap="Blues", vmin=0.0, vmax=100.0, aspect="auto")
    _print_shares(brush, shown, image.to_rgba(shown.shares))
    ax.set_xticks(range(columns), _columns(brush, shown))
    ax.set_yticks(range(rows), [_lot(brush, problem, lot, 2 if rows <= 20 else 1) for lot in shown.lots])
    ax.set_xlim(-0.5, columns - 0.5)
    ax.set_ylim(rows - 0.5, -0.5)
    _grid(brush, rows, columns)
    brush.axis_labels(say["chart.award_map.x"], say["chart.award_map.y"])
    crowded = columns > ROOMY
    brush.ticks(8.5 if rows <= 20 and not crowded else 7.0)
    for label in ax.get_xticklabels():
        label.set_rotation(90 if crowded else 0)
    bar = ax.figure.colorbar(image, ax=ax, pad=0.02, fraction=0.02 if crowded else 0.05)
    bar.set_label(brush.text(say["chart.award_map.unit"]), **brush.style(9.0, color=INK))
    for label in bar.ax.get_yticklabels():
        label.set(**brush.style(8.0))
    longest = max(len(text) for text in _columns(brush, shown)) if crowded else 0
    brush.note(_remark(brush, shown), below=46 + 5.2 * longest)
    brush.watermark(allocation.standing, rows)


def _grid(brush: Brush, rows: int, columns: int) -> None:
    """Thin lines between the cells, so that an empty row can be followed."""
    for at in range(1, rows):
        brush.ax.axhline(at - 0.5, color="#d0d0d0", linewidth=0.5)
    for at in range(1, columns):
        brush.ax.axvline(at - 0.5, color="#d0d0d0", linewidth=0.5)
    brush.ax.tick_params(length=0)


def _print_shares(brush: Brush, shown: AwardMap, faces: FloatArray) -> None:
    """Shares in per cent, to one decimal where it needs one; a dot where an offer wins nothing."""
    small = 8.0 if shown.shares.shape[1] <= ROOMY else 7.0
    last = shown.shares.shape[1] - 1
    for r, c in np.ndindex(shown.shares.shape):
        share = float(shown.shares[r, c])
        if share <= 0:
            if shown.offered[r, c]:
                brush.ax.text(c, r, "•", ha="center", va="center", **brush.style(small, color=PALE))
            continue
        bold = "bold" if shown.unserved and c == last else "normal"
        style = brush.style(small, color=letters_on(faces[r, c]), fontweight=bold, zorder=5)
        brush.ax.text(c, r, share_text(share), ha="center", va="center", **style)


def share_text(share: float) -> str:
    """A share in per cent in as few letters as can be: 100, 37.5, <0.1."""
    if share < 0.1:
        return "<0.1"
    shown = f"{share:.1f}".removesuffix(".0")
    return ">99.9" if shown == "100" and share < 100 else shown


def _columns(brush: Brush, shown: AwardMap) -> list[str]:
    """Suppliers by id, then all others and what stays unserved."""
    crowded = shown.shares.shape[1] > ROOMY
    labels = [shorten(plain(name), 16) if crowded else wrap(brush.bid(name, 22), 12, 2) for name in shown.suppliers]
    labels = [brush.text(label) for label in labels]
    labels += [brush.say["chart.award_map.others"]] if shown.others else []
    labels += [brush.say["chart.award_map.unserved"]] if shown.unserved else []
    return labels


def _lot(brush: Brush, problem: AwardProblem, lot: str, lines: int) -> str:
    name = problem.lots[lot].attributes.get("name", "")
    return brush.bidder(lot, str(name) if isinstance(name, str) else "", 26, lines)


def _remark(brush: Brush, shown: AwardMap) -> str:
    """What dots are, and what is not shown."""
    say, parts = brush.say, []
    if (shown.offered & (shown.shares <= 0)).any():
        parts.append(say["chart.award_map.dots"])
    if shown.lots_left:
        parts.append(say["chart.award_map.lots_left"].format(n=shown.lots_left, most=MOST_LOTS))
    if shown.others:
        parts.append(say["chart.award_map.others_note"].format(most=MOST_SUPPLIERS))
    elif shown.suppliers_left:
        parts.append(say["chart.award_map.suppliers_left"].format(n=shown.suppliers_left))
    return brush.run_on(parts)
