"""The lines beyond which a figure is shown to people; every one can be set, none excludes anybody."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from numbers import Integral, Real
from typing import Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.integrity.bid_columns import ARGUMENTS, refuse
from supplier_eval.integrity.false_alarms import METHODS, Method


@dataclass(frozen=True)
class ScreenSettings:
    """Lines of the screens inside a tender; the defaults and their reasons stand in docs/screens.

    Parameters
    ----------
    cv : float
        Coefficient of variation at or below which prices are close together.
    relative_distance : float
        Relative distance above which the winner stands apart from losers that stand together; a tender is flagged
        where both hold.
    variation_bids : int
        Bids that a tender needs for that flag.
    q : float
        Adjusted p-value at or below which a tender is flagged.
    adjustment : {"bh", "by"}
        How p-values are adjusted.
    near : float
        Relative difference at or below which two neighbouring prices are nearly identical.
    steps : int
        Equal steps between losing prices that make a pattern.
    step_tolerance : float
        Largest difference of a step from the mean step, as a share of the mean step.
    markup_grid, markup_tolerance : float
        Losing prices are the lowest price plus whole multiples of this share of it, within this tolerance.
    pattern_chance : float
        Where a table is large enough to be a market: chance above which rounding explains equal steps or round markups.
    tie_chance : float
        Likewise: chance above which rounding explains identical prices; 1 flags every tie.
    round_losers : int
        Losing prices that must all be rounder than the market.
    round_digits : int
        Significant digits by which they are rounder.
    market_bids : int
        Bids below which there is no market to compare with.
    ratio_tenders : int
        Common tenders in which the ratio of two bidders' prices must be the same.
    ratio_tolerance : float
        Largest relative difference between the highest and the lowest of these ratios.
    above_minimum : float
        Share of the abnormal line within which a price stands just above it.
    minutes : float
        Minutes within which bids of different bidders arrive together.
    items : int
        Common items that two price sheets need to be compared.
    item_share : float
        Share of common items at the same unit price that is flagged.
    item_tolerance : float
        Largest relative difference between the highest and the lowest ratio of unit prices.
    """

    cv: float = 0.06
    relative_distance: float = 1.0
    variation_bids: int = 4
    q: float = 0.05
    adjustment: Method = "bh"
    near: float = 1e-4
    steps: int = 3
    step_tolerance: float = 0.01
    markup_grid: float = 0.005
    markup_tolerance: float = 1e-4
    pattern_chance: float = 0.01
    tie_chance: float = 0.5
    round_losers: int = 3
    round_digits: int = 2
    market_bids: int = 30
    ratio_tenders: int = 3
    ratio_tolerance: float = 5e-4
    above_minimum: float = 1e-3
    minutes: float = 5.0
    items: int = 3
    item_share: float = 0.5
    item_tolerance: float = 1e-4

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, plain_number(getattr(self, field.name)))
        findings = [finding for field in fields(self) if (finding := _wrong(field.name, getattr(self, field.name)))]
        if findings:
            raise InvalidInput(findings, "settings")


LEAST_WHOLE = {
    **{"variation_bids": 3, "steps": 2, "round_losers": 2, "round_digits": 1, "market_bids": 2},
    **{"ratio_tenders": 2, "items": 2},
}
LARGEST = 1e15
SHARES = ("q", "item_share", "pattern_chance", "tie_chance")
ABOVE_ZERO = ("markup_grid",)


def read_settings(given: object) -> ScreenSettings:
    """Take settings, or a mapping of some of them; None are the defaults.

    Raises
    ------
    InvalidInput
        With every name that is not known and every value out of its range.
    """
    if given is None:
        return ScreenSettings()
    if isinstance(given, ScreenSettings):
        return given
    if not isinstance(given, Mapping):
        refuse("screens.settings", "settings", given)
    known = [field.name for field in fields(ScreenSettings)]
    findings = []
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
            facts = {"near": near[0] if near else known[0]}
            findings.append(Finding("screens.setting_unknown", "settings", str(name), value=str(name), facts=facts))
        elif wrong := _wrong(str(name), plain_number(value)):
            findings.append(wrong)
        else:
            values[str(name)] = value
    if findings:
        raise InvalidInput(findings, ARGUMENTS)
    return ScreenSettings(**values)


def plain_number(given: object) -> object:
    """A number of any library as Python's own; anything else as given."""
    if isinstance(given, bool) or not isinstance(given, Real):
        return given
    if isinstance(given, Integral):
        return int(given)
    return float(given)


def _wrong(name: str, value: object) -> Finding | None:
    """What is wrong with one setting; None where nothing is."""
    if name == "adjustment":
        return None if value in METHODS else _finding(name, value, " / ".join(METHODS))
    number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST
    if name in LEAST_WHOLE:
        fits = number and isinstance(value, int) and value >= LEAST_WHOLE[name]
        return None if fits else _finding(name, value, f"1, 2, 3 … ≥ {LEAST_WHOLE[name]}")
    figure = float(value) if number else math.nan  # type: ignore[arg-type]
    if name in SHARES:
        return None if 0 < figure <= 1 else _finding(name, value, "> 0, ≤ 1")
    if name in ABOVE_ZERO:
        return None if figure > 0 else _finding(name, value, "> 0")
    return None if figure >= 0 else _finding(name, value, "≥ 0")


def _finding(name: str, value: object, range_: str) -> Finding:
    return Finding("screens.setting_range", "settings", name, value=str(value), facts={"range": range_})
