"""What measures do to bad years: the loss exceedance curves without and with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.report.brush import Brush
from supplier_eval.report.chart_exceedance import curve_of, frame_curve
from supplier_eval.risk.loss_levels import LEAST_BEYOND

if TYPE_CHECKING:
    from supplier_eval.risk.measure_tails import TailComparison

SIZE = (9.2, 5.4)


def draw_tails(brush: Brush, found: TailComparison) -> None:
    """Draw both curves over the same money; where no year has a loss, say so."""
    say, old, new = brush.say, found.before, found.after
    title = say["chart.tails.title"].format(n=len(found.measures), years=f"{old.years:,}")
    brush.title(title, found.standing, pad=26)
    said = found.explain(brush.lang).split("\n")
    brush.alt(say["chart.tails.alt"].format(title=title, said=brush.run_on(said)))
    floor = max(LEAST_BEYOND / old.years, 1e-6)
    end = max(one.var(1 - floor).value for one in (old, new))
    if not end > 0:
        brush.nothing(say["chart.exceedance.nothing"] if old.model.risks else said[0])
        return
    lines = [curve_of(brush, old, floor, end, dashed=True), curve_of(brush, new, floor, end)]
    brush.legend_above(lines, [say["chart.tails.without"], say["chart.tails.with"]])
    frame_curve(brush, old.currency, floor, end)
    brush.note(brush.run_on([say["chart.exceedance.note"], said[0]]))
    brush.watermark(found.standing)
