"""What a control chart says, in sentences."""

from __future__ import annotations

import math
from datetime import datetime, time
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.messages import Lang, clean, message
from supplier_eval.messages.minus import said_figure
from supplier_eval.monitor.chart_limits import widened

if TYPE_CHECKING:
    from supplier_eval.monitor.chart_limits import PhaseEstimate
    from supplier_eval.monitor.chart_result import ControlChart
    from supplier_eval.monitor.chart_signals import ChartSignal

SHOWN = 12
SHARE = "share"  # a fraction of 1, said in per cent


def figure_text(value: float, unit: str = "") -> str:
    """A figure with four significant digits at least, so that a small rate is not shown as none."""
    if not math.isfinite(value):
        return "–"
    if unit == SHARE:
        return f"{figure_text(100.0 * value)} %"
    if abs(value) >= 1e15:
        return f"{said_figure(f'{value:.6g}')} {unit}".strip()
    text = f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) >= 0.1 or value == 0 else f"{value:.4g}"
    return f"{said_figure(text)} {unit}".strip()


def change_text(value: float, unit: str, lang: Lang) -> str:
    """A difference: of shares in percentage points, of all else in its unit."""
    if unit != SHARE or not math.isfinite(value):
        return figure_text(value, unit)
    return message("chart.points", lang, figure=figure_text(100.0 * value))


def label_text(label: object) -> str:
    """A point's label; a moment at midnight is shown as its day."""
    if isinstance(label, datetime) and label.time() == time(0):
        return label.date().isoformat()
    return clean(label)


def explain_chart(chart: ControlChart, lang: Lang = "en") -> str:
    """Say a control chart in sentences.

    Parameters
    ----------
    chart : ControlChart
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One line a phase, a caveat and a signal.
    """
    name = clean(chart.name)
    measured = int(np.isfinite(chart.raw).sum())
    if measured == 0:
        return message("chart.empty", lang, name=name)
    gaps = message("chart.gaps", lang, n=len(chart.gaps)) if chart.gaps else ""
    facts = {"name": name, "kind": chart.kind, "n": measured, "used": int(chart.in_baseline.sum()), "gaps": gaps}
    lines = [message("chart.head.standard" if chart.settings.standard else "chart.head", lang, **facts)]
    if chart.settings.key_step:
        lines.append(_key_step(chart, lang))
    if chart.settings.later_only and chart.judged.any():
        lines.append(message("chart.later_only", lang))
    for estimate in chart.estimates:
        lines += _phase(chart, estimate, lang)
    lines += _signals(chart, lang)
    length = chart.run_length
    if math.isfinite(length):
        lines.append(message("chart.false_alarms", lang, length=f"{length:,.0f}"))
    lines.append(message("chart.exploratory", lang))
    return "\n".join(lines)


def _key_step(chart: ControlChart, lang: Lang) -> str:
    """Both limits of a key step: its own, and what another step's would be on as many points."""
    settings, last = chart.settings, chart.estimates[-1]
    usual = widened(settings.usual, last.points) if settings.widen and last.points else settings.usual
    key = "chart.key_step" if last.limit < usual else "chart.key_step.same"
    return message(key, lang, limit=f"{last.limit:.4g}", usual=f"{usual:.4g}")


def _phase(chart: ControlChart, estimate: PhaseEstimate, lang: Lang) -> list[str]:
    own = np.flatnonzero(chart.phase == estimate.phase)
    has = own[np.isfinite(chart.raw[own])]
    number, unit = estimate.phase + 1, clean(chart.settings.unit)
    lines = []
    if has.size and math.isfinite(estimate.centre) and estimate.status != "no_limits":
        last = int(has[-1])
        centre = estimate.centre if chart.kind == "cusum" else float(chart.centre[last])
        facts = {
            "phase": number,
            "first": label_text(chart.points[own[0]]),
            "centre": figure_text(centre, unit),
            "lower": figure_text(float(chart.lower[last]), unit),
            "upper": figure_text(float(chart.upper[last]), unit),
            "limit": f"{estimate.limit:.4g}",
        }
        lines.append(message("chart.phase.cusum" if chart.kind == "cusum" else "chart.phase", lang, **facts))
    if chart.kind.startswith("laney") and math.isfinite(estimate.spread):
        lines.append(message("chart.spread", lang, phase=number, spread=f"{estimate.spread:.2f}"))
    if estimate.status != "ok":
        facts = {"phase": number, "n": estimate.points, "least": chart.settings.least}
        key = "later_only" if estimate.status == "too_few" and chart.settings.later_only else estimate.status
        lines.append(message(f"chart.status.{key}", lang, **facts))
    return lines


def _signals(chart: ControlChart, lang: Lang) -> list[str]:
    """One line a signal; a pattern that goes on is said once, where it first fired, with all its points."""
    if not chart.signals:
        judged = [one for one in chart.estimates if one.status in {"ok", "no_variation"}]
        return [message("chart.quiet", lang)] if judged else []
    kept = _patterns(chart)
    lines = []
    for signal, last_point in kept[:SHOWN]:
        first, last = label_text(signal.points[0]), label_text(last_point)
        facts = {
            "point": label_text(signal.point),
            "figure": figure_text(signal.value, clean(chart.settings.unit)),
            "rule": message(f"chart.rule.{signal.rule}", lang),
            "points": first if first == last else f"{first} – {last}",
        }
        lines.append(message("chart.signal", lang, **facts))
    if len(kept) > SHOWN:
        lines.append(f"… {len(kept) - SHOWN}")
    return lines


def _patterns(chart: ControlChart) -> list[tuple[ChartSignal, object]]:
    """The first alarm of every pattern, and the last point that the pattern reaches."""
    found: list[tuple[ChartSignal, object]] = []
    for signal in chart.signals:
        for k, (first, last) in enumerate(found):
            same = (first.rule, first.side) == (signal.rule, signal.side)
            if same and len(signal.points) > 1 and signal.points[-2] == last:
                found[k] = (first, signal.point)
                break
        else:
            found.append((signal, signal.points[-1]))
    return found
