"""What drives the expected loss: a tornado of the risks, each with its single loss at the 5 % and the 95 % quantile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.report.brush import INK, PALE, Brush, wrap
from supplier_eval.report.end_labels import EndLabels
from supplier_eval.report.formats import short, signed
from supplier_eval.report.tables_risk import few

if TYPE_CHECKING:
    from supplier_eval.risk.register_front import RiskRegister

LESS, MORE = "#b3c8d8", "#12355b"
MOST = 20


def swings(register: RiskRegister) -> list[tuple[str, float, float]]:
    """Risk, and the change of the expected loss a year at either end; the widest first, equal ones by id."""
    rows = []
    for key, one in register.risks.items():
        level = one.current
        if level.frequency is None or level.low is None or level.high is None or level.impact is None:
            continue
        rows.append((key, level.frequency * (level.low - level.impact), level.frequency * (level.high - level.impact)))
    return sorted(rows, key=lambda row: (row[1] - row[2], row[0]))


def drivers_size(register: RiskRegister) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    return 10.0, 2.6 + 0.36 * max(3, min(MOST, len(swings(register))))


def draw_drivers(brush: Brush, register: RiskRegister) -> None:
    """Draw the bars; where nothing is assessed, say so."""
    say, every = brush.say, swings(register)
    rows = every[:MOST]
    title = say["chart.drivers.title"].format(n=len(every))
    brush.title(title, register.standing, pad=26)
    notes = [say["chart.drivers.note"]]
    if len(every) > len(rows):
        notes.append(say["chart.drivers.left"].format(n=len(every) - len(rows)))
    if register.not_assessed:
        left = register.not_assessed
        notes.append(say["chart.matrix.not_assessed"].format(n=len(left), risks=few(left, brush.lang)))
    brush.alt(say["chart.drivers.alt"].format(title=title, said=brush.run_on(notes)))
    if not rows:
        brush.nothing(say["chart.drivers.nothing"])
        return
    labels = EndLabels(brush)
    _bars(brush, rows, labels)
    _frame(brush, register, rows, labels)
    brush.note(brush.run_on(notes))
    brush.watermark(register.standing, len(rows))


def _bars(brush: Brush, rows: list[tuple[str, float, float]], labels: EndLabels) -> None:
    """Both ends of every risk with their figures."""
    say, ax = brush.say, brush.ax
    handles = []
    for face, hatch, at in ((LESS, "///", 1), (MORE, "", 2)):
        widths = [row[at] for row in rows]
        handles.append(ax.barh(range(len(rows)), widths, 0.68, color=face, hatch=hatch, edgecolor=INK, linewidth=0.6))
    brush.legend_above(handles, [say["chart.drivers.low"], say["chart.drivers.high"]])
    ax.axvline(0.0, color=PALE, linewidth=1.0)
    for y, (_, low, high) in enumerate(rows):
        labels.put(low, y, signed(low, 0), "left")
        labels.put(high, y, signed(high, 0), "right")


def _frame(brush: Brush, register: RiskRegister, rows: list[tuple[str, float, float]], labels: EndLabels) -> None:
    """Names of the risks, limits, ticks, names of the axes."""
    say, ax = brush.say, brush.ax
    names = [(register.risks[key].name, key) for key, *_ in rows]
    ax.set_yticks(
        range(len(rows)), [wrap(brush.text(f"{key} · {name}" if name else key), 40, 2) for name, key in names]
    )
    ax.set_ylim(len(rows) - 0.4, -0.6)
    low, high = min(row[1] for row in rows), max(row[2] for row in rows)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0)
    brush.axis_labels(say["chart.drivers.x"].format(currency=register.currency), say["chart.drivers.y"])
    brush.ticks(8.0)
    if low < high:
        labels.fit(low, high)
    else:
        labels.fit(low - 1.0, high + 1.0)
    left, right = ax.get_xlim()
    ax.locator_params(axis="x", nbins=5)
    ticks = [tick for tick in ax.get_xticks() if left <= tick <= right]
    ax.set_xticks(ticks, [short(round(float(tick), 6)) for tick in ticks])
    brush.ticks(8.0)
