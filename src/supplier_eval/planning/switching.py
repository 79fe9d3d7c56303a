r"""Switching values: the rate at which the two cheapest options would change places, line by line (§2.2.2).

With the present values :math:`PV_1 < PV_2` of the two, a line of the cheaper one with factor F, volume v and rate p
switches at

.. math:: p' = p + \frac{PV_2 - PV_1}{v F},

and one of the dearer at the same distance below. All else is at its likely figure. Source: HM Treasury, *The Green
Book* (2022), on switching values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.planning.costs_result import CostLine, OptionCosts
from supplier_eval.planning.said_amounts import money_text, points_text

if TYPE_CHECKING:
    import pandas as pd

SAID = 3


@dataclass(frozen=True)
class SwitchingValue:
    """One line of cost.

    Parameters
    ----------
    line : CostLine
        Of one of the two cheapest options.
    rate : float or None
        At which the two cost the same; None where no rate of 0 or more does it.
    change : float or None
        From the likely rate, as a fraction of it; None where there is no such rate, or the likely one is 0.
    inside : bool
        Whether the rate lies within the line's range.
    """

    line: CostLine
    rate: float | None
    change: float | None
    inside: bool


@dataclass(frozen=True)
class SwitchingValues:
    """Lines of the two cheapest options, the smallest change first; those that cannot switch them last."""

    cheapest: str
    second: str
    gap: float
    values: tuple[SwitchingValue, ...] = field(repr=False)

    def to_frame(self) -> pd.DataFrame:
        """One row a line: ``option item rate_low rate_likely rate_high switching change inside``; NaN where never."""
        import pandas as pd

        columns = ["option", "item", "rate_low", "rate_likely", "rate_high", "switching", "change", "inside"]
        rows = [(v.line.option, v.line.item, *v.line.rate, v.rate, v.change, v.inside) for v in self.values]
        return pd.DataFrame(rows, columns=columns).astype({"switching": "float64", "change": "float64"})

    def explain(self, lang: Lang = "en") -> str:
        """Say the distance of the two, and the three lines that switch them by the smallest change."""
        pair = {"cheapest": self.cheapest, "second": self.second}
        said = [message("planning.switching.gap", lang, gap=money_text(self.gap), **pair)]
        for one in self.values[:SAID]:
            if one.rate is None or one.change is None:
                continue
            code = "planning.switching.inside" if one.inside else "planning.switching.outside"
            change = f"{'+' if one.change > 0 else ''}{points_text(100 * one.change, 1)}"
            facts = {"option": one.line.option, "item": one.line.item, "now": money_text(one.line.rate[1])}
            said.append(message(code, lang, rate=money_text(one.rate), change=change, **facts))
        return "\n".join(said)


def switching_values(costs: OptionCosts) -> SwitchingValues:
    """Find at which rate of each line the two cheapest options would cost the same.

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
    """
    if not isinstance(costs, OptionCosts):
        raise InvalidInput([Finding("planning.costs_kind", "arguments", "costs", value=type(costs).__name__)])
    if len(costs.options) < 2:
        found = Finding("planning.few_options", "planning_plan", "options", value=str(len(costs.options)))
        raise InvalidInput([found])
    first, second = sorted(costs.options, key=lambda one: one.likely)[:2]
    gap = second.likely - first.likely
    volumes = {driver.id: driver.volume[1] for driver in costs.drivers}
    values = [
        _value(line, gap if line.option == first.option else -gap, volumes.get(line.driver, 1.0))
        for line in costs.lines
        if line.option in {first.option, second.option}
    ]
    values.sort(key=lambda one: float("inf") if one.change is None else abs(one.change))
    return SwitchingValues(first.option, second.option, gap, tuple(values))


def _value(line: CostLine, gap: float, volume: float) -> SwitchingValue:
    low, likely, high = line.rate
    unit = line.factor * volume
    rate = likely + gap / unit if unit else None
    if rate is None or rate < 0:
        return SwitchingValue(line, None, None, False)
    return SwitchingValue(line, rate, rate / likely - 1 if likely else None, low <= rate <= high)
