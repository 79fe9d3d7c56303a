r"""Costs of options over the term: present value with its range, chance of being cheapest, break-even volumes (§2.2.2).

Every line of cost has a rate with a range, every driver of volume too. Drivers are shared by the options, so that a
busy year is busy for all; a price, which is an item at the same rates, is shared by the options in which it stands.
Formulas: `planning.present_value`. The range is exact: a present value rises with every rate and every volume, so its
ends are those of all low and of all high. Draws between the ends are triangular and independent; their mean is exact,
the chance of being cheapest is sampled and carries its standard error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.planning.costs_result import BreakEvenVolume, CostLine, Driver, OptionCost, OptionCosts, volume_line
from supplier_eval.planning.plan import PlanningPlan
from supplier_eval.planning.present_value import (
    break_even_volume,
    drawn_values,
    line_factor,
    option_values,
    triangular_mean,
)
from supplier_eval.risk.records import Column, Record, Unclear, judge_records

if TYPE_CHECKING:
    import pandas as pd

COSTS, VOLUMES = "costs", "volumes"
KINDS = ("transition", "run", "exit")
MOST = 1e13
RANGE = ("low", "likely", "high")
COST_COLUMNS = (
    *(Column(name) for name in ("option", "item", "kind")),
    Column("driver", required=False, filled=False),
    Column("first_month", "whole", least=1),
    Column("last_month", "whole", least=1),
    *(Column(f"rate_{name}", "figure", least=0, most=MOST) for name in RANGE),
    Column("rise", "figure", required=False, filled=False, least=-0.99, most=10),
    Column("currency", required=False, filled=False),
)
VOLUME_COLUMNS = (
    Column("driver"),
    Column("unit", required=False, filled=False),
    *(Column(name, "figure", least=0, most=MOST) for name in RANGE),
    Column("growth", "figure", required=False, filled=False, least=-0.99, most=10),
)
LEAST_DRAWS, MOST_DRAWS = 200, 10_000_000
SAME = 1e-12  # of an amount; costs that agree so far are equal


def cost_options(
    costs: pd.DataFrame, volumes: pd.DataFrame | None, plan: PlanningPlan, *, draws: int = 20_000, seed: int = 0
) -> OptionCosts:
    """Bring the costs of every option to the start of the term.

    Parameters
    ----------
    costs : DataFrame
        ``option``, ``item``, ``kind`` (transition, run, exit), ``first_month``, ``last_month`` (from 1, within the
        term), ``rate_low``, ``rate_likely``, ``rate_high`` (money a month and unit of volume, >= 0); optional
        ``driver`` (empty: the rate is money a month), ``rise`` (of the rate a year, fraction; 0 where empty),
        ``currency``.
    volumes : DataFrame or None
        ``driver``, ``low``, ``likely``, ``high`` (units a month, >= 0); optional ``unit``, ``growth`` (a year,
        fraction). None where no line has a driver.
    plan : PlanningPlan
        Options, term, discount rate, timing, currency.
    draws : int
        Sampled worlds, 200 to 10,000,000.
    seed : int
        Of the draws.

    Returns
    -------
    OptionCosts

    Raises
    ------
    InvalidInput
        With every finding: columns or cells missing, options or drivers unknown, low above likely above high, months
        outside the term, another currency, an option without any cost.

    Examples
    --------
    >>> import pandas as pd
    >>> plan = se.planning.PlanningPlan.load("data/samples/needs/plan.toml")
    >>> costs, volumes = (pd.read_csv(f"data/samples/needs/{name}.csv") for name in ("costs", "volumes"))
    >>> se.planning.cost_options(costs, volumes, plan, draws=2_000)
    OptionCosts(in_house 8,958,143, nights 8,091,105, whole 7,398,389 CNY; 22 lines; binding)
    """
    plan = PlanningPlan.of(plan)
    found: list[Finding] = [] if plan.options else [Finding("planning.no_options", "planning_plan", "options")]
    if isinstance(draws, bool) or not isinstance(draws, int) or not LEAST_DRAWS <= draws <= MOST_DRAWS:
        facts = {"least": f"{LEAST_DRAWS:,}", "most": f"{MOST_DRAWS:,}"}
        found.append(Finding("planning.draws", "arguments", "draws", value=str(draws), facts=facts))
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        found.append(Finding("planning.seed", "arguments", "seed", value=str(seed)))
    rows, wrong = judge_records(costs, COST_COLUMNS, COSTS, ("option", "item"))
    bases, of_volumes = ([], []) if volumes is None else judge_records(volumes, VOLUME_COLUMNS, VOLUMES, ("driver",))
    found += [*wrong, *of_volumes]
    drivers = {id_key(row.text("driver")): row for row in bases if row.text("driver")}
    found += [finding for row in rows for finding in _wrong(row, drivers, plan, Unclear(wrong))]
    found += [f for row in drivers.values() for f in _unordered(row, VOLUMES, RANGE)]
    costed = {id_key(row.text("option")) for row in rows}
    free = ", ".join(one.id for one in plan.options if id_key(one.id) not in costed)
    if free and not any(one.column == "option" for one in wrong):
        found.append(Finding("planning.option_free", COSTS, "option", value=free))
    if found:
        raise InvalidInput(found, COSTS)
    lines = tuple(_line(row, drivers, plan) for row in rows)
    return _costed(lines, tuple(_driver(row) for row in drivers.values()), plan, draws, seed)


def _unordered(row: Record, table: str, names: Sequence[str]) -> Iterator[Finding]:
    figures = [row.figure(name) for name in names]
    shown = " / ".join("?" if figure is None else f"{figure:g}" for figure in figures)
    given = [figure for figure in figures if figure is not None]
    if given != sorted(given):
        yield Finding("planning.range_order", table, names[0], (row.row,), shown)


def _wrong(row: Record, drivers: dict[str, Record], plan: PlanningPlan, unclear: Unclear) -> Iterator[Finding]:
    """What is against a line of cost, beside cells that could not be read."""
    at, option, kind, driver = (row.row,), row.text("option"), row.text("kind"), row.text("driver")
    options = {id_key(one.id): one.id for one in plan.options}
    if option and options and id_key(option) not in options:
        facts = {"known": ", ".join(options.values())}
        yield Finding("planning.option_unknown", COSTS, "option", at, option, facts)
    if kind and id_key(kind) not in KINDS:
        yield Finding("planning.kind_unknown", COSTS, "kind", at, kind, {"known": ", ".join(KINDS)})
    if driver and id_key(driver) not in drivers:
        known = ", ".join(one.text("driver") for one in drivers.values()) or "-"
        yield Finding("planning.driver_unknown", COSTS, "driver", at, driver, {"known": known})
    first, last = row.figure("first_month"), row.figure("last_month")
    if not unclear(row.row, "first_month", "last_month") and not (first or 1) <= (last or 1) <= plan.term_months:
        term = {"term": plan.term_months}
        yield Finding("planning.months", COSTS, "last_month", at, f"{first:g} - {last:g}", term)
    yield from _unordered(row, COSTS, [f"rate_{name}" for name in RANGE])
    currency = row.text("currency")
    if currency and currency.upper() != plan.currency:
        yield Finding("planning.currency", COSTS, "currency", at, currency, {"currency": plan.currency})


def _line(row: Record, drivers: dict[str, Record], plan: PlanningPlan) -> CostLine:
    option = next(one.id for one in plan.options if id_key(one.id) == id_key(row.text("option")))
    driver = drivers.get(id_key(row.text("driver")))
    first, last = int(row.figure("first_month") or 1), int(row.figure("last_month") or 1)
    growth = 0.0 if driver is None else (driver.figure("growth") or 0.0)
    rise = row.figure("rise") or 0.0
    factor = line_factor(first, last, float(plan.discount_rate), rise=rise, growth=growth, timing=plan.timing)
    low, likely, high = (row.figure(f"rate_{name}") or 0.0 for name in RANGE)
    named = "" if driver is None else driver.text("driver")
    return CostLine(
        option, row.text("item"), id_key(row.text("kind")), named, first, last, (low, likely, high), rise, factor
    )


def _driver(row: Record) -> Driver:
    low, likely, high = (row.figure(name) or 0.0 for name in RANGE)
    return Driver(row.text("driver"), row.text("unit"), (low, likely, high), row.figure("growth") or 0.0)


def _costed(
    lines: tuple[CostLine, ...], drivers: tuple[Driver, ...], plan: PlanningPlan, draws: int, seed: int
) -> OptionCosts:
    options = tuple(one.id for one in plan.options)
    factors = np.array([line.factor for line in lines])
    rates = np.array([line.rate for line in lines])
    base = np.array([driver.volume for driver in drivers]).reshape(-1, 3)
    known = [driver.id for driver in drivers]
    of_line = np.array([known.index(line.driver) if line.driver else len(known) for line in lines])
    volumes = np.vstack([base, np.ones(3)])[of_line]
    member = np.array([[line.option == option for line in lines] for option in options])
    ends = option_values(factors, rates, volumes, member)
    expected = option_values(factors, triangular_mean(rates)[:, None], triangular_mean(volumes)[:, None], member)
    kinds = {
        kind: option_values(factors, rates[:, 1], volumes[:, 1], member & [line.kind == kind for line in lines])
        for kind in KINDS
    }
    prices = list(dict.fromkeys(line.price for line in lines))
    indices = np.array([[prices.index(line.price) for line in lines], of_line])
    ranges = np.array([price[1] for price in prices])
    worlds = drawn_values(factors, ranges, base, indices, member, draws=draws, generator=np.random.default_rng(seed))
    best = worlds <= worlds.min(axis=0) * (1 + SAME)
    shares = best / best.sum(axis=0)
    made = tuple(
        OptionCost(
            option=option,
            low=float(ends[at, 0]),
            likely=float(ends[at, 1]),
            high=float(ends[at, 2]),
            expected=float(expected[at, 0]),
            by_kind={kind: float(values[at]) for kind, values in kinds.items()},
            p5=float(np.quantile(worlds[at], 0.05)),
            p95=float(np.quantile(worlds[at], 0.95)),
            cheapest=float(shares[at].mean()),
            cheapest_error=float(shares[at].std(ddof=1) / np.sqrt(draws)),
        )
        for at, option in enumerate(options)
    )
    worlds.flags.writeable = False
    return OptionCosts(made, lines, drivers, tuple(_meetings(options, lines, drivers)), plan, worlds, seed)


def _meetings(
    options: tuple[str, ...], lines: tuple[CostLine, ...], drivers: tuple[Driver, ...]
) -> Iterator[BreakEvenVolume]:
    """For each driver and pair of options the volume at which they cost the same, all else at its likely figure.

    A driver of neither option is left out.
    """
    for driver in drivers:
        of_option = [volume_line(lines, drivers, option, driver.id) for option in options]
        for a, b in combinations(range(len(options)), 2):
            pair = of_option[a], of_option[b]
            if not pair[0][1] and not pair[1][1]:
                continue
            met = break_even_volume(*pair)
            below = a if pair[0] < pair[1] else b  # at volume 0 the fixed part decides, where equal the slope
            above = a if pair[0][::-1] < pair[1][::-1] else b
            same = pair[0] == pair[1]
            yield BreakEvenVolume(
                driver=driver.id,
                first=options[a],
                second=options[b],
                volume=met if met is not None and met > 0 else None,
                inside=met is not None and driver.volume[0] <= met <= driver.volume[2] and met > 0,
                cheaper_below="" if same else options[below],
                cheaper_above="" if same else options[above],
            )
