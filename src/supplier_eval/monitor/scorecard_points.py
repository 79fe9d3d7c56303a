"""From a KPI's figure to 0-100 points: straight lines through its floor, its target and its stretch (§3.3.2).

Each KPI has a declared scale (convention §5): the points of a supplier do not depend on the others. Below the floor
there are none, or the line goes on, as the plan says; above the best knot there are 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_definitions import KpiDefinition
    from supplier_eval.monitor.plan_rules import PointsRule

FloatArray = npt.NDArray[np.float64]
NOISE = 1e-12


@dataclass(frozen=True)
class PointScale:
    """Knots of one KPI, turned so that higher is better.

    Parameters
    ----------
    sign : int
        1 where higher figures are better, -1 where lower ones are.
    knots : tuple of (float, float)
        Figure times sign, points; rising, the first is the floor.
    on_line : bool
        Whether the first line goes on below the floor, down to 0 points.
    """

    sign: int
    knots: tuple[tuple[float, float], ...]
    on_line: bool

    @classmethod
    def of(cls, kpi: KpiDefinition, rule: PointsRule) -> PointScale | None:
        """Scale of a KPI; None for one that is watched and not scored (no floor, or floor and target in one)."""
        if kpi.floor is None or kpi.floor == kpi.target:
            return None
        sign = 1 if kpi.direction == "max" else -1
        stretched = kpi.stretch is not None and kpi.stretch != kpi.target
        top = float(rule.at_target) if stretched else 100.0
        knots = [(sign * float(kpi.floor), float(rule.at_floor)), (sign * float(kpi.target), top)]
        if stretched:
            assert kpi.stretch is not None
            knots.append((sign * float(kpi.stretch), 100.0))
        return cls(sign, tuple(knots), rule.below_floor == "line")

    def points(self, figures: npt.ArrayLike) -> FloatArray:
        """Points of figures in the unit of the KPI; NaN stays NaN, a figure exactly at a knot has the knot's points."""
        x = self.sign * np.asarray(figures, dtype=np.float64)
        at, worth = (np.array(column) for column in zip(*self.knots, strict=True))
        found = np.interp(x, at, worth)
        below = x < at[0] - NOISE * max(1.0, abs(float(at[0])))
        slope = (worth[1] - worth[0]) / (at[1] - at[0])
        under = np.maximum(worth[0] - slope * (at[0] - x), 0.0) if self.on_line else np.zeros_like(x)
        return np.asarray(np.where(np.isnan(x), np.nan, np.where(below, under, found)))
