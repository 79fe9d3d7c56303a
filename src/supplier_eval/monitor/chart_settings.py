"""What a control chart can be told beside its figures, by kind, and the checks of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from supplier_eval.errors import Finding
from supplier_eval.monitor.attribute_charts import LANEY, OF_ITEMS
from supplier_eval.monitor.run_rules import LIMITS, NAMES, RANGES, rules_named
from supplier_eval.monitor.series import TABLE, figure_or_gap, given_choice, given_figure, given_whole, given_yes_no

KINDS = ("xmr", "p", "np", "u", "c", "laney_p", "laney_u", "ewma", "cusum")
OF_COUNTS = ("p", "np", "u", "c", "laney_p", "laney_u")
WITH_MEMORY = ("ewma", "cusum")
NEEDS_N = ("p", "np", "u", "laney_p", "laney_u")
EVERY = ("labels", "name", "unit", "exclude", "phases", "key_limit", "least", "centre", "later_only")
WIDENED = ("xmr", "ewma", "laney_p", "laney_u")
OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "xmr": ("limit", "sigma", "estimate", "bounds", "widen"),
        "ewma": ("limit", "sigma", "estimate", "weight", "settled", "widen"),
        "cusum": ("sigma", "estimate", "k", "h", "head_start", "restart"),
        **{kind: ("limit", "spread", "widen") if kind in LANEY else ("limit",) for kind in OF_COUNTS},
    }
)
LEAST = 8


@dataclass(frozen=True)
class ChartSettings:
    """How a chart is drawn up.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    rules : tuple of str
        Names of tests.
    limit, usual : float
        Standard deviations between centre and limit (for a CUSUM its decision line h): as used, and as it would be
        if this were no key step.
    key_step : bool
        Whether it is a key step (§5.2.2).
    least : int
        Points below which limits are provisional.
    centre, sigma, spread : float
        Standards that are given; NaN where the baseline sets them.
    estimate : {"mean", "median"}
        Which moving range the standard deviation comes from.
    bounds : tuple of float
        Lowest and highest possible figure.
    widen : bool
        Whether limits allow for how little a short baseline knows of the standard deviation.
    later_only : bool
        Whether only points after the baseline are judged.
    weight, settled : float, bool
        Of an EWMA: the newest point's weight, and whether its limits are those that it settles to.
    k, head_start, restart : float, float, bool
        Of a CUSUM: slack in standard deviations, start as a share of the decision line, restart after a signal.
    name, unit : str
        Display text.
    """

    kind: str
    rules: tuple[str, ...]
    limit: float
    usual: float
    key_step: bool
    least: int = LEAST
    centre: float = math.nan
    sigma: float = math.nan
    spread: float = math.nan
    estimate: str = "mean"
    bounds: tuple[float, float] = (-math.inf, math.inf)
    widen: bool = False
    later_only: bool = False
    weight: float = 0.2
    settled: bool = False
    k: float = 0.5
    head_start: float = 0.0
    restart: bool = False
    name: str = ""
    unit: str = ""

    @property
    def standard(self) -> bool:
        """Whether centre and spread are given, so that no baseline is needed."""
        return math.isfinite(self.centre)


def known_parameters(kind: str) -> tuple[str, ...]:
    """Names of the parameters that a kind of chart takes."""
    return (*EVERY, *OWN[kind])


def chart_settings(
    kind: object, rules: object, key_step: object, given: Mapping[str, Any], found: list[Finding]
) -> ChartSettings:
    """Read the settings of a chart; everything wrong becomes a finding.

    Parameters
    ----------
    kind, rules, key_step : object
        As `control_chart` was given them.
    given : mapping
        Further parameters by name.
    found : list of Finding
        Findings are added to it.
    """
    chosen = given_choice(kind, "kind", KINDS, found)
    known = known_parameters(chosen)
    facts = {"known": ", ".join(known)}
    found += [Finding("series.unknown", TABLE, name, facts=facts) for name in given if name not in known]
    tests = _rules(chosen, rules, found)
    key = given_yes_no(key_step, "key_step", found)
    line = "h" if chosen == "cusum" else "limit"
    usual = given_figure(given.get(line, 5.0 if chosen == "cusum" else 3.0), line, found, 0.0, 20.0)
    stricter = given_figure(given.get("key_limit", 4.0 if chosen == "cusum" else 2.5), "key_limit", found, 0.0, 20.0)
    more: dict[str, Any] = {}
    if "least" in given:
        more["least"] = given_whole(given["least"], "least", found, 2)
    more["later_only"] = given_yes_no(given.get("later_only", False), "later_only", found)
    for name in ("name", "unit"):
        if given.get(name) is not None:
            more[name] = str(given[name])
    more |= _standards(chosen, given, found)
    more |= _own(chosen, given, found)
    return ChartSettings(chosen, tests, min(usual, stricter) if key else usual, usual, key, **more)


def _rules(kind: str, rules: object, found: list[Finding]) -> tuple[str, ...]:
    allowed = [LIMITS] if kind in WITH_MEMORY else [name for name in NAMES if name != RANGES or kind == "xmr"]
    facts = {
        "kind": kind,
        "known": ", ".join([*([] if kind in WITH_MEMORY else ("western_electric", "nelson")), *allowed]),
    }
    names = (rules,) if isinstance(rules, str) else tuple(rules) if isinstance(rules, Iterable) else (rules,)
    if not all(isinstance(name, str) for name in names):
        found.append(Finding("chart.rule", TABLE, "rules", value=type(rules).__name__, facts=facts))
        return (LIMITS,)
    try:
        tests = rules_named(names)
    except KeyError as unknown:
        found.append(Finding("chart.rule", TABLE, "rules", value=str(unknown.args[0]), facts=facts))
        return (LIMITS,)
    wrong = [name for name in tests if name not in allowed]
    if wrong:
        found.append(Finding("chart.rule", TABLE, "rules", value=wrong[0], facts=facts))
    return tests


def _standards(kind: str, given: Mapping[str, Any], found: list[Finding]) -> dict[str, float]:
    """Centre and what goes with it, where both are given."""
    centre = given.get("centre")
    beside = "spread" if kind in LANEY else "" if kind in OF_COUNTS else "sigma"
    other = given.get(beside) if beside else None
    if centre is None and other is None:
        return {}
    if beside and (centre is None or other is None):
        found.append(Finding("chart.standard", TABLE, "centre" if centre is None else beside))
        return {}
    if kind in OF_COUNTS:
        figure, most = figure_or_gap(centre), 1.0 if kind in OF_ITEMS else math.inf
        if figure is None or not 0 <= figure <= most:
            found.append(Finding("chart.rate", TABLE, "centre", value=str(centre)[:40], facts={"most": f"{most:g}"}))
            return {}
        made = {"centre": figure}
    else:
        made = {"centre": given_figure(centre, "centre", found, -math.inf)}
    if beside:
        made[beside] = given_figure(other, beside, found, 0.0)
    return made


def _own(kind: str, given: Mapping[str, Any], found: list[Finding]) -> dict[str, Any]:
    """What only some kinds take."""
    more: dict[str, Any] = {}
    if "estimate" in given:
        more["estimate"] = given_choice(given["estimate"], "estimate", ("mean", "median"), found)
    if given.get("bounds") is not None and kind == "xmr":
        more["bounds"] = _bounds(given["bounds"], found)
    if kind in WIDENED:
        more["widen"] = given_yes_no(given.get("widen", False), "widen", found)
    if kind == "ewma":
        more["weight"] = given_figure(given.get("weight", 0.2), "weight", found, 0.0, 1.0)
        more["settled"] = given_yes_no(given.get("settled", False), "settled", found)
    if kind == "cusum":
        for name, usual, most in (("k", 0.5, 20.0), ("head_start", 0.0, 1.0)):
            own = given.get(name, usual)
            more[name] = 0.0 if figure_or_gap(own) == 0 else given_figure(own, name, found, 0.0, most)
        more["restart"] = given_yes_no(given.get("restart", False), "restart", found)
    return more


def _bounds(given: object, found: list[Finding]) -> tuple[float, float]:
    pair = given.tolist() if isinstance(given, np.ndarray) else given
    if isinstance(pair, list | tuple) and len(pair) == 2:
        low = -math.inf if pair[0] is None else figure_or_gap(pair[0])
        high = math.inf if pair[1] is None else figure_or_gap(pair[1])
        if low is not None and high is not None and low < high:
            return low, high
    found.append(Finding("chart.bounds", TABLE, "bounds", value=str(given)[:40]))
    return -math.inf, math.inf
