"""What options cost over the term, as it was computed (§2.2.2)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message
from supplier_eval.planning.plan import PlanningPlan
from supplier_eval.planning.said_amounts import money_text, share_text, volume_text
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

Range = tuple[float, float, float]


@dataclass(frozen=True)
class CostLine:
    """One line of cost.

    Parameters
    ----------
    rate : tuple of float
        Low, likely, high; money a month and unit of volume.
    factor : float
        Present value for one unit of rate and one unit of base volume.
    """

    option: str
    item: str
    kind: str
    driver: str
    first: int
    last: int
    rate: Range
    rise: float
    factor: float

    @property
    def price(self) -> tuple[str, Range]:
        """What is drawn: lines of the same item at the same rates are one price, in whichever option they stand."""
        return id_key(self.item), self.rate


@dataclass(frozen=True)
class Driver:
    """A driver of volume, shared by the options: units a month low, likely, high, growth a year."""

    id: str
    unit: str
    volume: Range
    growth: float = 0.0


def volume_line(lines: Sequence[CostLine], drivers: Sequence[Driver], option: str, driver: str) -> tuple[float, float]:
    """Likely present value of an option as a straight line in a driver's first-year volume.

    Returns
    -------
    tuple of float
        Fixed part and slope a unit; exactly rounded sums, so that the order of the lines does not matter.
    """
    likely = {one.id: one.volume[1] for one in drivers}
    mine = [line for line in lines if line.option == option]
    slope = math.fsum(line.factor * line.rate[1] for line in mine if line.driver == driver)
    rest = [line.factor * line.rate[1] * likely.get(line.driver, 1.0) for line in mine if line.driver != driver]
    return math.fsum(rest), slope


@dataclass(frozen=True)
class OptionCost:
    """What one option costs over the term, in the plan's currency at the start of the term.

    Parameters
    ----------
    low, likely, high : float
        All rates and volumes low, likely, high; nothing between the ends can lie outside.
    expected : float
        Exact mean of the draws' distribution.
    by_kind : mapping
        Likely present value by transition, run, exit.
    p5, p95 : float
        Of the draws.
    cheapest, cheapest_error : float
        Share of draws in which it is the cheapest (ties shared), and its standard error.
    """

    option: str
    low: float
    likely: float
    high: float
    expected: float
    by_kind: Mapping[str, float]
    p5: float
    p95: float
    cheapest: float
    cheapest_error: float


@dataclass(frozen=True)
class BreakEvenVolume:
    """Where two options cost the same, all else at its likely figure.

    Parameters
    ----------
    volume : float or None
        Base volume of the driver, units a month; None where one option is the cheaper at every volume.
    inside : bool
        Whether it lies within the driver's range.
    cheaper_below, cheaper_above : str
        The cheaper option on either side; both empty where the two are equal throughout.
    """

    driver: str
    first: str
    second: str
    volume: float | None
    inside: bool
    cheaper_below: str
    cheaper_above: str


@dataclass(frozen=True)
class OptionCosts(Shown):
    """All options, in the plan's order, with the lines, drivers and break-even volumes behind them.

    Parameters
    ----------
    worlds : ndarray of shape (n_options, n_draws)
        Present value of every option in every world that was drawn.
    """

    options: tuple[OptionCost, ...]
    lines: tuple[CostLine, ...] = field(repr=False)
    drivers: tuple[Driver, ...] = field(repr=False)
    break_even: tuple[BreakEvenVolume, ...] = field(repr=False)
    plan: PlanningPlan = field(repr=False)
    worlds: npt.NDArray[np.float64] = field(repr=False, compare=False)
    seed: int = 0

    @property
    def draws(self) -> int:
        """How many worlds were drawn."""
        return int(self.worlds.shape[1])

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    @property
    def standing(self) -> Literal["binding", "exploratory"]:
        """Binding under a plan that was adopted."""
        return self.plan.standing

    def option(self, option: str) -> OptionCost:
        """Give one option.

        Raises
        ------
        UnknownName
            Where there is none of this id.
        """
        for one in self.options:
            if id_key(one.option) == id_key(str(option)):
                return one
        raise UnknownName("option", str(option), tuple(one.option for one in self.options))

    def volume_line(self, option: str, driver: str) -> tuple[float, float]:
        """Fixed part and slope of an option's likely present value in a driver's first-year volume.

        Raises
        ------
        UnknownName
            Where there is no such option or driver.
        """
        known = tuple(one.id for one in self.drivers)
        if driver not in known:
            raise UnknownName("driver", str(driver), known)
        return volume_line(self.lines, self.drivers, self.option(option).option, driver)

    def to_frame(self) -> pd.DataFrame:
        """One row an option, money at the start of the term.

        ``option low likely high expected p5 p95 transition run exit cheapest cheapest_error``.
        """
        import pandas as pd

        columns = ["option", "low", "likely", "high", "expected", "p5", "p95", "transition", "run", "exit", "cheapest"]
        rows = [
            (
                *(one.option, one.low, one.likely, one.high, one.expected, one.p5, one.p95),
                *(one.by_kind[kind] for kind in columns[7:10]),
                *(one.cheapest, one.cheapest_error),
            )
            for one in self.options
        ]
        return pd.DataFrame(rows, columns=[*columns, "cheapest_error"])

    def lines_frame(self) -> pd.DataFrame:
        """One row a line: ``option item kind driver first last rate_low rate_likely rate_high rise factor``."""
        import pandas as pd

        columns = ["option", "item", "kind", "driver", "first", "last", "rate_low", "rate_likely", "rate_high"]
        rows = [
            (one.option, one.item, one.kind, one.driver, one.first, one.last, *one.rate, one.rise, one.factor)
            for one in self.lines
        ]
        return pd.DataFrame(rows, columns=[*columns, "rise", "factor"])

    def break_even_frame(self) -> pd.DataFrame:
        """One row a driver and pair: ``driver unit first second volume inside cheaper_below cheaper_above``."""
        import pandas as pd

        units = {driver.id: driver.unit for driver in self.drivers}
        columns = ["driver", "unit", "first", "second", "volume", "inside", "cheaper_below", "cheaper_above"]
        rows = [
            (b.driver, units[b.driver], b.first, b.second, b.volume, b.inside, b.cheaper_below, b.cheaper_above)
            for b in self.break_even
        ]
        return pd.DataFrame(rows, columns=columns).astype({"volume": "float64", "inside": "bool"})

    def explain(self, option: str | None = None, lang: Lang = "en") -> str:
        """Say what an option, or every option, costs, and where two change places."""
        asked = self.options if option is None else (self.option(option),)
        said = [self._said(one, lang) for one in asked]
        named = {one.option for one in asked}
        pairs = [b for b in self.break_even if named & {b.first, b.second}]
        return "\n".join([*said, *(self._meeting(one, lang) for one in pairs)])

    def _said(self, one: OptionCost, lang: Lang) -> str:
        money = {name: money_text(getattr(one, name)) for name in ("low", "likely", "high", "expected", "p5", "p95")}
        facts = money | {kind: money_text(value) for kind, value in one.by_kind.items()}
        share = share_text(one.cheapest, one.cheapest_error, self.draws, lang)
        rate = f"{(100 * self.plan.discount_rate).normalize():f}"
        head = {"option": one.option, "months": self.plan.term_months, "rate": rate, "currency": self.plan.currency}
        return message("planning.cost.option", lang, share=share, **head, **facts)

    def _meeting(self, one: BreakEvenVolume, lang: Lang) -> str:
        driver = next(driver for driver in self.drivers if driver.id == one.driver)
        facts = {"driver": one.driver, "first": one.first, "second": one.second}
        if not one.cheaper_below:
            return message("planning.cost.equal", lang, **facts)
        facts |= {"below": one.cheaper_below, "above": one.cheaper_above}
        if one.volume is None:
            return message("planning.cost.never", lang, **facts)
        facts |= {"low": money_text(driver.volume[0]), "high": money_text(driver.volume[2])}
        code = "planning.cost.inside" if one.inside else "planning.cost.outside"
        return message(code, lang, volume=volume_text(one.volume, driver.id, driver.unit), **facts)

    def __repr__(self) -> str:
        shown = ", ".join(f"{one.option} {money_text(one.likely)}" for one in self.options)
        return f"OptionCosts({shown} {self.plan.currency}; {len(self.lines)} lines; {self.standing})"
