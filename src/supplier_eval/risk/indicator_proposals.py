"""Thresholds proposed from what indicators did in the past, with their n, their interval, or why there are none.

Clauses of the policy (§6.3.2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message
from supplier_eval.risk.indicator_history import Values, read_history
from supplier_eval.risk.indicator_limits import FEWEST_ROBUST, readings_needed, robust_limit, upper_quantile
from supplier_eval.risk.indicator_plan import Indicator, IndicatorPlan, Level
from supplier_eval.risk.records import ARGUMENTS, as_figure, asked
from supplier_eval.risk.said_figures import figure_text
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

METHODS = ("quantile", "robust")
Method = Literal["quantile", "robust"]


@dataclass(frozen=True)
class ProposedThreshold:
    """One threshold of one indicator.

    Parameters
    ----------
    indicator : str
        Id.
    level : {"amber", "red"}
        Which one.
    side : {"up", "down"}
        Whether it is an upper or a lower threshold.
    state : {"proposed", "too_few", "no_spread"}
        ``no_spread``: more than half of the readings are equal.
    share : float
        Share of the past readings that should lie on its good side.
    n, needed : int
        Readings there are, and readings that are needed.
    value, lower, upper : float or None
        The threshold and its interval, in the unit of the indicator; None unless proposed.
    beyond_appetite : bool
        Whether the value lies beyond the stated appetite: then past practice is looser than what is wanted.
    """

    indicator: str
    level: Level
    side: Literal["up", "down"]
    state: Literal["proposed", "too_few", "no_spread"]
    share: float
    n: int
    needed: int
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    beyond_appetite: bool = False


@dataclass(frozen=True, eq=False)
class ProposedThresholds(Shown):
    """What the history of every indicator proposes.

    Parameters
    ----------
    thresholds : tuple of ProposedThreshold
        By indicator, level and side.
    method : {"quantile", "robust"}
        How.
    confidence : float
        Of the intervals.
    policy_fingerprint : str
        Of the definitions.
    """

    thresholds: tuple[ProposedThreshold, ...] = field(repr=False)
    method: Method
    confidence: float
    policy_fingerprint: str = ""

    @property
    def standing(self) -> Literal["exploratory"]:
        """A proposal binds nothing."""
        return "exploratory"

    def to_frame(self) -> pd.DataFrame:
        """One row for each threshold.

        Returns
        -------
        DataFrame
            ``indicator``, ``level``, ``side``, ``state``: str; ``share`` (0-1), ``value``, ``lower``, ``upper`` (unit
            of the indicator): Float64, missing unless proposed; ``n``, ``needed``: Int64; ``beyond_appetite``: bool.
        """
        import pandas as pd

        kinds = dict.fromkeys(("indicator", "level", "side", "state"), "str")
        kinds |= dict.fromkeys(("share", "value", "lower", "upper"), "Float64") | dict.fromkeys(
            ("n", "needed"), "Int64"
        )
        kinds |= {"beyond_appetite": "bool"}
        rows = [[getattr(one, name) for name in kinds] for one in self.thresholds]
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, indicator: str, lang: Lang = "en") -> str:
        """Say which thresholds the past proposes for an indicator, or why none.

        Raises
        ------
        UnknownName
            If there is no such indicator.
        """
        mine = [one for one in self.thresholds if one.indicator == indicator]
        if not mine:
            raise UnknownName("indicator", str(indicator), sorted({one.indicator for one in self.thresholds}))
        lines = []
        for one in mine:
            facts = {"indicator": indicator, "level": message(f"indicator.state.{one.level}", lang), "n": one.n}
            facts |= {"needed": one.needed, "share": f"{100 * one.share:g}", "sure": f"{100 * self.confidence:g}"}
            facts |= {name: figure_text(getattr(one, name) or 0.0) for name in ("value", "lower", "upper")}
            lines.append(message(f"indicator.proposed.{one.state}", lang, **facts))
            if one.beyond_appetite:
                lines.append(message("indicator.proposed.beyond", lang, **facts))
        return "\n".join(lines)

    def __repr__(self) -> str:
        made = sum(one.state == "proposed" for one in self.thresholds)
        return f"ProposedThresholds({made} of {len(self.thresholds)} by {self.method})"


def propose_thresholds(
    history: pd.DataFrame, definitions: object, *, amber: float = 0.9, red: float = 0.975, method: Method = "quantile",
    confidence: float = 0.9, seed: int = 0,
) -> ProposedThresholds:  # fmt: skip
    """Propose amber and red from past readings: the figures that most of them stayed on the good side of.

    Parameters
    ----------
    history, definitions
        As in `watch_indicators`; the thresholds in the definitions are not used, direction and appetite are.
    amber, red : float
        Share of readings on the good side, 0.5 <= amber <= red < 1; a band has half of the rest on each side.
    method : {"quantile", "robust"}
        Quantiles of the readings, or median and MAD as if they were normal.
    confidence : float
        Of the intervals, above 0 and below 1; they hold for independent readings.
    seed : int
        Of the bootstrap of the robust method.

    Returns
    -------
    ProposedThresholds
        A threshold for which there are too few readings has none, and the number that it needs.

    Raises
    ------
    InvalidInput
        With every finding.
    """
    found = _arguments(amber, red, method, confidence, seed)
    try:
        plan = IndicatorPlan.of(definitions)
    except InvalidInput as refused:
        raise InvalidInput([*refused.findings, *found], "indicators") from None
    indicators = sorted(plan.indicators, key=lambda one: (id_key(one.id), one.id))
    values, wrong = read_history(history, indicators)
    if found + wrong:
        raise InvalidInput(found + wrong, "indicators")
    shares: tuple[tuple[Level, float], ...] = (("amber", float(amber)), ("red", float(red)))
    made = [
        _proposed(one, level, sign, share, values, (method, float(confidence), int(seed)))
        for one in indicators
        for level, share in shares
        for sign in ({"up": (1,), "down": (-1,), "band": (1, -1)}[one.direction])
    ]
    return ProposedThresholds(tuple(made), method, float(confidence), plan.fingerprint)


def _proposed(
    one: Indicator, level: Level, sign: int, share: float, values: Values, how: tuple[Method, float, int]
) -> ProposedThreshold:
    method, confidence, seed = how
    side: Literal["up", "down"] = "up" if sign > 0 else "down"
    at = share if one.direction != "band" else (1 + share) / 2
    figures = np.array([sign * v for _, v in values[id_key(one.id)] if v is not None], np.float64)
    needed = readings_needed(at, confidence) if method == "quantile" else FEWEST_ROBUST
    if len(figures) < needed:
        return ProposedThreshold(one.id, level, side, "too_few", share, len(figures), needed)
    quantile = upper_quantile(figures, at, confidence) if method == "quantile" else None
    limit = quantile if method == "quantile" else robust_limit(figures, at, confidence, seed)
    if limit is None:
        return ProposedThreshold(one.id, level, side, "no_spread", share, len(figures), needed)
    value, lower, upper = (sign * figure + 0.0 for figure in limit)
    appetite = one.appetite_low if one.direction == "band" and sign < 0 else one.appetite
    beyond = appetite is not None and sign * value > sign * float(appetite)
    ends = min(lower, upper), max(lower, upper)
    return ProposedThreshold(
        one.id, level, side, "proposed", share, len(figures), needed, value, *ends, beyond_appetite=beyond
    )


def _arguments(amber: object, red: object, method: object, confidence: object, seed: object) -> list[Finding]:
    found = []
    low, high, sure = as_figure(amber), as_figure(red), as_figure(confidence)
    if low is None or high is None or not 0.5 <= low <= high < 1:
        found.append(Finding("indicator.shares", ARGUMENTS, "amber", value=f"{amber}, {red}"))
    if sure is None or not 0 < sure < 1:
        found.append(Finding("indicator.confidence", ARGUMENTS, "confidence", value=str(confidence)))
    if not isinstance(method, str) or method not in METHODS:
        facts = {"known": ", ".join(METHODS)}
        found.append(Finding("indicator.method", ARGUMENTS, "method", value=str(method), facts=facts))
    if not isinstance(seed, int | np.integer) or isinstance(seed, bool) or seed < 0:
        found.append(asked("asked.whole", "seed", seed, least=0))
    return found
