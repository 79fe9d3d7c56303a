r"""Switching values: the rate at which the two cheapest options would change places, price by price (§2.2.2).

With the present values :math:`PV_1 < PV_2` of the two, a price p whose lines add :math:`u_1` and :math:`u_2` a unit of
it (factor × volume; 0 in an option without it) switches them at

.. math:: p' = p + \frac{PV_2 - PV_1}{u_1 - u_2},

all else at its likely figure. Source: HM Treasury, *The Green Book* (2022), on switching values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.planning.costs_result import CostLine, OptionCosts, Range
from supplier_eval.planning.said_amounts import money_text, points_text
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

SAID = 3
SAME = 1e-12  # of a slope; slopes that agree so far are equal


@dataclass(frozen=True)
class SwitchingValue:
    """One price.

    Parameters
    ----------
    options : tuple of str
        Those of the two that pay it.
    item : str
        As the table of costs names it.
    rates : tuple of float
        Low, likely, high.
    rate : float or None
        At which the two cost the same; None where no rate of 0 or more does it.
    change : float or None
        From the likely rate, as a fraction of it; None where there is no such rate, or the likely one is 0.
    inside : bool
        Whether the rate lies within its range.
    """

    options: tuple[str, ...]
    item: str
    rates: Range
    rate: float | None
    change: float | None
    inside: bool


@dataclass(frozen=True)
class SwitchingValues(Shown):
    """Prices of the two cheapest options, the smallest change first; those that cannot switch them last."""

    cheapest: str
    second: str
    gap: float
    values: tuple[SwitchingValue, ...] = field(repr=False)

    def to_frame(self) -> pd.DataFrame:
        """One row a price: ``options item rate_low rate_likely rate_high switching change inside``; NaN where never."""
        import pandas as pd

        columns = ["options", "item", "rate_low", "rate_likely", "rate_high", "switching", "change", "inside"]
        rows = [("|".join(v.options), v.item, *v.rates, v.rate, v.change, v.inside) for v in self.values]
        return pd.DataFrame(rows, columns=columns).astype({"switching": "float64", "change": "float64"})

    def explain(self, lang: Lang = "en") -> str:
        """Say the distance of the two, and the three prices that switch them by the smallest change."""
        pair = {"cheapest": self.cheapest, "second": self.second}
        said = [message("planning.switching.gap", lang, gap=money_text(self.gap), **pair)]
        for one in self.values[:SAID]:
            if one.rate is None or one.change is None:
                continue
            code = "planning.switching.inside" if one.inside else "planning.switching.outside"
            change = f"{'+' if one.change > 0 else ''}{points_text(100 * one.change, 1)}"
            options = ("、" if lang == "zh" else ", ").join(one.options)
            facts = {"option": options, "item": one.item, "now": money_text(one.rates[1])}
            said.append(message(code, lang, rate=money_text(one.rate), change=change, **facts))
        return "\n".join(said)


def switching_values(costs: OptionCosts) -> SwitchingValues:
    """Find at which rate of each price the two cheapest options would cost the same.

    Parameters
    ----------
    costs : OptionCosts
        As `cost_options` gives it.

    Returns
    -------
    SwitchingValues

    Raises
    ------
    InvalidInput
        If it is something else, or holds one option only.

    Examples
    --------
    >>> answers = se.planning.answer_plan("data/samples/needs", draws=2_000)
    >>> se.planning.switching_values(answers.costs)
    SwitchingValues(cheapest='whole', second='nights', gap=692716.4308688771)
    """
    if not isinstance(costs, OptionCosts):
        raise InvalidInput([Finding("planning.costs_kind", "arguments", "costs", value=type(costs).__name__)])
    if len(costs.options) < 2:
        found = Finding("planning.few_options", "planning_plan", "options", value=str(len(costs.options)))
        raise InvalidInput([found])
    first, second = sorted(costs.options, key=lambda one: one.likely)[:2]
    gap = second.likely - first.likely
    volumes = {driver.id: driver.volume[1] for driver in costs.drivers}
    pair = (first.option, second.option)
    held: dict[tuple[str, Range], list[CostLine]] = {}
    for line in costs.lines:
        if line.option in pair:
            held.setdefault(line.price, []).append(line)
    values = [_value(lines, pair, volumes, gap) for lines in held.values()]
    values.sort(key=lambda one: float("inf") if one.change is None else abs(one.change))
    return SwitchingValues(first.option, second.option, gap, tuple(values))


def _value(lines: list[CostLine], pair: tuple[str, str], volumes: Mapping[str, float], gap: float) -> SwitchingValue:
    """The switching value of a price, from all of its lines in the two options."""
    units = [
        math.fsum(line.factor * volumes.get(line.driver, 1.0) for line in lines if line.option == option)
        for option in pair
    ]
    options = tuple(option for option in pair if any(line.option == option for line in lines))
    item, (low, likely, high) = lines[0].item, lines[0].rate
    slope = units[0] - units[1]
    rate = likely + gap / slope if abs(slope) > SAME * max(units) else None
    if rate is None or rate < 0:
        return SwitchingValue(options, item, lines[0].rate, None, None, False)
    change = rate / likely - 1 if likely else None
    return SwitchingValue(options, item, lines[0].rate, rate, change, low <= rate <= high)
