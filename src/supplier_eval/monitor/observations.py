"""Inspection, spot check and client feedback side by side: do they tell the same story (§5.2.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang, clean, known_language, message
from supplier_eval.monitor.exact_tables import shares_differ
from supplier_eval.monitor.multiple_tests import adjusted
from supplier_eval.monitor.rate_intervals import rate_interval
from supplier_eval.monitor.series import figure_or_gap, given_figure, given_frame, refuse_all
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("inspection", "spot_check", "feedback")
GROUP = ("supplier", "period", "step")
SHOWN = 10


@dataclass(frozen=True)
class ObservedGroup:
    """What the three kinds say of one supplier, period and step.

    Parameters
    ----------
    supplier, period, step : str
        Whom, when and where; the step is empty where none is recorded.
    n, failed : tuple of int
        Items seen and failed by kind, in the order of ``KINDS``.
    share, lower, upper : tuple of float
        Share that failed with its interval; NaN where a kind saw nothing.
    chance, adjusted : float
        Chance of shares this different while the true ones are the same, alone and among all groups; NaN where fewer
        than two kinds saw anything.
    test : {"exact", "chi_square", "none"}
        How the chance was found.
    disagree : bool
        Whether they differ beyond chance, after all groups are taken together.
    """

    supplier: str
    period: str
    step: str
    n: tuple[int, ...]
    failed: tuple[int, ...]
    share: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    chance: float
    adjusted: float
    test: str
    disagree: bool


@dataclass(frozen=True, eq=False)
class Observations(Shown):
    """Three kinds of observation side by side.

    Parameters
    ----------
    groups : tuple of ObservedGroup
        By supplier, period and step.
    level : float
        Share of false ones among the disagreements, at most (Benjamini and Hochberg).
    confidence : float
        Of the intervals (Wilson).
    """

    groups: tuple[ObservedGroup, ...]
    level: float
    confidence: float
    standing: Literal["exploratory"] = "exploratory"

    @property
    def disagreements(self) -> tuple[ObservedGroup, ...]:
        """Groups in which the kinds differ beyond chance, the least likely first."""
        loud = [group for group in self.groups if group.disagree]
        return tuple(sorted(loud, key=lambda g: (g.adjusted, g.supplier, g.period, g.step)))

    def to_frame(self) -> pd.DataFrame:
        """One row a supplier, period, step and kind.

        Columns: ``supplier period step kind`` · ``n failed`` · ``share lower upper`` (of failing items, 0-1; NaN where
        the kind saw nothing) · ``chance adjusted test disagree`` (of the group, the same on its three rows).
        """
        import pandas as pd

        columns = ["supplier", "period", "step", "kind", "n", "failed", "share", "lower", "upper"]
        rows = []
        for g in self.groups:
            whole = (g.chance, g.adjusted, g.test, g.disagree)
            for at in zip(KINDS, g.n, g.failed, g.share, g.lower, g.upper, strict=True):
                rows.append((g.supplier, g.period, g.step, *at, *whole))  # noqa: PERF401 - a line a row
        return pd.DataFrame(rows, columns=[*columns, "chance", "adjusted", "test", "disagree"])

    def explain(self, lang: Lang = "en") -> str:
        """Say where the kinds disagree."""
        known_language(lang)
        if not self.groups:
            return message("observations.none", lang)
        compared = sum(math.isfinite(group.chance) for group in self.groups)
        lines = [message("observations.head", lang, groups=len(self.groups), compared=compared)]
        for group in self.disagreements[:SHOWN]:
            seen = [i for i in range(len(KINDS)) if group.n[i]]
            said = [
                message(f"observations.kind.{KINDS[i]}", lang, share=f"{100 * group.share[i]:.2f}", n=group.n[i])
                for i in seen
            ]
            facts = {
                "supplier": clean(group.supplier),
                "period": clean(group.period),
                "step": clean(group.step) or "–",
                "kinds": ("；" if lang == "zh" else "; ").join(said),
                "p": f"{group.adjusted:.2g}",
            }
            lines.append(message("observations.disagree", lang, **facts))
        if not self.disagreements:
            lines.append(message("observations.agree", lang))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"Observations({len(self.groups)} groups, {len(self.disagreements)} disagreements)"


def compare_observations(
    inspections: pd.DataFrame, *, level: float = 0.05, confidence: float = 0.95
) -> Observations:  # fmt: skip
    """Set inspections, spot checks and client feedback side by side, and say where they disagree beyond chance.

    Parameters
    ----------
    inspections : DataFrame
        ``supplier kind units defective`` with ``period`` (a label) or ``on`` (a date, or text such as 2026-03-31;
        taken by month), and ``step`` where it is recorded; several rows of a kind are added up. ``kind`` is
        inspection, spot_check or feedback.
    level : float
        At most this share of the disagreements is expected to be false.
    confidence : float
        Of the intervals.

    Returns
    -------
    Observations
        A kind that saw nothing has no share, never 0.

    Raises
    ------
    InvalidInput
        Missing columns, unknown kinds, counts that are negative, broken or missing, more defective than units.
    """
    found: list[Finding] = []
    frame = given_frame(inspections, "inspections", ("supplier", "kind", "units", "defective"), found)
    bound = given_figure(level, "level", found, 0.0, 1.0)
    sure = given_figure(confidence, "confidence", found, 0.0, 1 - 1e-12)
    periods = _periods(frame, found)
    units, defective = _counts(frame, found)
    nameless = tuple(i + 2 for i, gone in enumerate(frame["supplier"].isna().tolist()) if gone)
    if nameless:
        found.append(Finding("observations.no_supplier", "inspections", "supplier", nameless))
    kinds = [str(cell) for cell in frame["kind"]]
    wrong = tuple(i + 2 for i, kind in enumerate(kinds) if kind not in KINDS)
    if wrong:
        facts = {"known": ", ".join(KINDS)}
        found.append(Finding("observations.kind", "inspections", "kind", wrong, kinds[wrong[0] - 2], facts))
    refuse_all(found)
    sums: dict[tuple[str, str, str], list[list[int]]] = {}
    steps = frame["step"].tolist() if "step" in frame.columns else [""] * len(frame)
    for i, supplier in enumerate(frame["supplier"].tolist()):
        step = "" if steps[i] is None or steps[i] != steps[i] else str(steps[i])
        group = sums.setdefault((str(supplier), periods[i], step), [[0] * len(KINDS), [0] * len(KINDS)])
        at = KINDS.index(kinds[i])
        group[0][at] += units[i]
        group[1][at] += defective[i]
    return _compared(sums, bound, sure)


def _compared(sums: dict[tuple[str, str, str], list[list[int]]], level: float, confidence: float) -> Observations:
    keys = sorted(sums)
    tests = [shares_differ(sums[key][1], sums[key][0]) for key in keys]
    among = adjusted([chance for chance, _ in tests], "fdr_bh") if keys else np.zeros(0)
    groups = []
    for key, (chance, test), p in zip(keys, tests, among.tolist(), strict=True):
        n, failed = (tuple(one) for one in sums[key])
        share = tuple(d / k if k else math.nan for d, k in zip(failed, n, strict=True))
        lower, upper = (tuple(ends.tolist()) for ends in rate_interval(failed, n, confidence))
        groups.append(ObservedGroup(*key, n, failed, share, lower, upper, chance, p, test, bool(p <= level)))
    return Observations(tuple(groups), level, confidence)


def _periods(frame: pd.DataFrame, found: list[Finding]) -> list[str]:
    """A label a row: the period as given, or the month of the date."""
    import pandas as pd

    if "period" in frame.columns:
        cells = frame["period"].tolist()
        missing = tuple(i + 2 for i, cell in enumerate(cells) if cell is None or cell != cell)  # noqa: PLR0124 - NaN
        if missing:
            found.append(Finding("observations.no_period", "inspections", "period", missing))
        return [str(cell) for cell in cells]
    if "on" not in frame.columns:
        known = ", ".join(str(one) for one in frame.columns[:12])
        found.append(Finding("series.column", "inspections", "period", facts={"known": known}))
        return [""] * len(frame)
    try:
        days = pd.to_datetime(frame["on"], errors="coerce", format="ISO8601").tolist()
    except ValueError:  # several time zones: each moment has the day of its own
        days = [pd.to_datetime(cell, errors="coerce", format="ISO8601") for cell in frame["on"]]
    missing = tuple(i + 2 for i, day in enumerate(days) if pd.isna(day))
    if missing:
        found.append(Finding("observations.no_period", "inspections", "on", missing))
    return ["" if pd.isna(day) else f"{day:%Y-%m}" for day in days]


def _counts(frame: pd.DataFrame, found: list[Finding]) -> tuple[list[int], list[int]]:
    columns: list[list[int]] = []
    for name in ("units", "defective"):
        figures = [figure_or_gap(cell) for cell in frame[name].tolist()]
        good = [f is not None and f >= 0 and f == round(f) for f in figures]
        wrong = tuple(i + 2 for i, fine in enumerate(good) if not fine)
        if wrong:
            shown = str(frame[name].iloc[wrong[0] - 2])
            found.append(Finding("observations.count", "inspections", name, wrong, shown))
        columns.append([int(_known(f)) if fine else 0 for f, fine in zip(figures, good, strict=True)])
    over = tuple(i + 2 for i, (n, d) in enumerate(zip(*columns, strict=True)) if d > n)
    if over and not found:
        i = over[0] - 2
        shown = f"{columns[1][i]} > {columns[0][i]}"
        found.append(Finding("observations.more_than_units", "inspections", "defective", over, shown))
    return columns[0], columns[1]


def _known(figure: Any) -> float:  # noqa: ANN401 - a figure that was found good
    return float(figure)
