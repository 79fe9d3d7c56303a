"""The intervals of a weight stability as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.robustness.stability_front import NodeStability, Pair

COLUMNS = [
    *("node", "parent", "level", "movable", "share", "lower", "upper", "weight_points", "lower_points"),
    *("upper_points", "room_down", "room_up", "challenger_low", "challenger_high", "holds_now", "ever"),
    *("order_lower", "order_upper", "order_pair_low", "order_pair_high", "order_holds_now"),
]


def stability_frame(nodes: Iterable[NodeStability]) -> pd.DataFrame:
    """Lay the intervals out, one row a node; columns and units as `WeightStability.to_frame` says.

    Parameters
    ----------
    nodes : iterable of NodeStability
        Parents before children.
    """
    import pandas as pd

    return pd.DataFrame([_row(line) for line in nodes], columns=COLUMNS)


def _row(line: NodeStability) -> tuple[object, ...]:
    first, order = line.first, line.order
    return (
        *(line.node.id, line.node.parent, line.level, line.movable, line.node.share, first.lower, first.upper),
        *(line.weight_points, line.points(first.lower), line.points(first.upper), line.room_down, line.room_up),
        *(", ".join(line.challengers_low), ", ".join(line.challengers_high), first.holds_now, first.ever),
        *(order.lower, order.upper, _pairs(order.low), _pairs(order.high), order.holds_now),
    )


def _pairs(pairs: tuple[Pair, ...]) -> str:
    return ", ".join(f"{over} > {under}" for over, under in pairs)
