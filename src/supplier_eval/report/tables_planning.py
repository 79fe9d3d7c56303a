"""The tables of planning as they are shown: needs, criteria, costs, their lines, break-even volumes, the comparison."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang
from supplier_eval.messages.days import said_day
from supplier_eval.planning.said_amounts import money_text, never_bound, volume_text
from supplier_eval.report.formats import NOTHING, names, number, percent, plain, short, signed
from supplier_eval.report.tables import Table
from supplier_eval.report.tables_risk import few
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.planning.costs_result import OptionCosts
    from supplier_eval.planning.needs_result import NeedAssessment, NeedAssessments
    from supplier_eval.planning.options_result import OptionComparison
    from supplier_eval.planning.plan import PlanningPlan
    from supplier_eval.planning.switching import SwitchingValues

KINDS = ("transition", "run", "exit")
NO_BREAK = "\u00a0"


def option_name(plan: PlanningPlan, option: str, lang: Lang) -> str:
    """What the plan calls an option; empty where it gives no name."""
    return plain(next(one.name.say(lang) for one in plan.options if one.id == option))


def _columns(say: Any, heads: Iterable[str], text: Iterable[str], **facts: str) -> tuple[Any, ...]:  # noqa: ANN401
    """Heads with how their cells are set: text where named, else a figure."""
    texts = set(text)
    return tuple((say[f"plan_head.{head}"].format(**facts), "text" if head in texts else "figure") for head in heads)


def verdict_words(one: NeedAssessment, lang: Lang) -> str:
    """A verdict in words; one that is undecided with what it would be."""
    say = words(lang)
    if one.verdict == "undecided" and one.would_be != "undecided":
        return say["plan.undecided_would"].format(verdict=say[f"plan.{one.would_be}"])
    return say[f"plan.{one.verdict}"]


def assessed_table(found: NeedAssessments, lang: Lang) -> Table:
    """Needs with both figures, the span of people, verdict, and who alone decides it."""
    say, rows, marked = words(lang), [], {}
    for at, one in enumerate(found.needs):
        spans = [_span([own[side] for own in one.by_person.values()]) for side in (0, 1)]
        if one.verdict == "candidate":
            marked[at] = "first"
        elif one.verdict == "undecided":
            marked[at] = "open"
        rows.append((plain(one.need), plain(one.texts["title"]), plain(one.texts["department"]),
                     plain(one.texts["category"]), number(one.necessity, 1), spans[0], number(one.feasibility, 1),
                     spans[1], str(len(one.by_person)), verdict_words(one, lang),
                     few(one.decided_by, lang)))  # fmt: skip
    heads = ("need", "title", "department", "category", "necessity", "span_n", "feasibility", "span_f", "people")
    text = ("need", "title", "department", "category", "verdict", "alone")
    return Table("needs", _columns(say, (*heads, "verdict", "alone"), text), tuple(rows), marked)


def _span(figures: list[float | None]) -> str:
    given = [one for one in figures if one is not None]
    return f"{number(min(given), 0)} – {number(max(given), 0)}" if given else NOTHING


def need_criteria_table(found: NeedAssessments, lang: Lang) -> Table:
    """Mean value of each criterion, need by need, with the weight of each within its dimension."""
    say = words(lang)
    sums = {one.dimension: sum(c.weight for c in found.plan.of_dimension(one.dimension)) for one in found.plan.needs}
    shares = [percent(one.weight / sums[one.dimension]).replace(" ", NO_BREAK) for one in found.plan.needs]
    heads = [(f"{plain(one.name.say(lang) or one.id)} ({share})", "figure")
             for one, share in zip(found.plan.needs, shares, strict=True)]  # fmt: skip
    rows = [
        (plain(one.need), *(number(one.values.get(c.id), 1) for c in found.plan.needs))
        for one in found.needs
        if one.values
    ]
    return Table("criteria", ((say["plan_head.need"], "id"), *heads), tuple(rows), {})  # type: ignore[arg-type]


def scope_table(found: NeedAssessments, lang: Lang) -> Table:
    """What is asked for: scope, quality, the day of the next review."""
    say, heads = words(lang), ("need", "scope", "quality", "next_review")
    rows = [
        (plain(one.need), *(said_day(plain(one.texts[head]), lang) or NOTHING for head in heads[1:]))
        for one in found.needs
    ]
    return Table("scope", _columns(say, heads, heads), tuple(rows), {})


def share_cell(share: float, error: float, draws: int) -> str:
    """A share with its standard error; of none and of all the exact bound."""
    if share in {0.0, 1.0}:
        bound = 100 * never_bound(draws)
        return f"≥ {100 - bound:.3f} %" if share else f"≤ {bound:.3f} %"
    return f"{100 * share:.2f} ± {100 * error:.2f} %"


def option_costs_table(costs: OptionCosts, lang: Lang) -> Table:
    """Present value of every option by kind, with range, mean, quantiles, and how often it is the cheapest."""
    say, rows = words(lang), []
    least = min(one.likely for one in costs.options)
    for one in costs.options:
        money = [*(one.by_kind[kind] for kind in KINDS), one.likely, one.low, one.high, one.expected, one.p5, one.p95]
        share = share_cell(one.cheapest, one.cheapest_error, costs.draws)
        name = option_name(costs.plan, one.option, lang)
        rows.append((plain(one.option), name, *(number(figure, 0) for figure in money), share))
    heads = ("option", "called", *KINDS, "likely", "low", "high", "expected", "drawn_low", "drawn_high", "cheapest")
    columns = _columns(say, heads, ("option", "called"), currency=costs.plan.currency)
    return Table(
        "costs", columns, tuple(rows), {k: "first" for k, one in enumerate(costs.options) if one.likely == least}
    )


def cost_lines_table(costs: OptionCosts, lang: Lang) -> Table:
    """Every line of cost: months, rates, yearly rise, factor, likely present value, so that anybody can add it up."""
    say, rows = words(lang), []
    likely = {driver.id: driver.volume[1] for driver in costs.drivers}
    for one in costs.lines:
        value = one.factor * one.rate[1] * likely.get(one.driver, 1.0)
        rates = " – ".join(short(rate) for rate in one.rate)
        rows.append((plain(one.option), plain(one.item), say[f"plan.{one.kind}"], plain(one.driver) or NOTHING,
                     f"{one.first} – {one.last}", rates, percent(one.rise), number(one.factor, 6),
                     number(value, 0)))  # fmt: skip
    heads = ("option", "item", "kind", "driver", "paid", "rate", "rise", "factor", "value")
    return Table("lines", _columns(say, heads, ("option", "item", "kind", "driver")), tuple(rows), {})


def volumes_table(costs: OptionCosts, lang: Lang) -> Table:
    """The drivers: likely first-year volume, range, growth a year."""
    say = words(lang)
    rows = [
        (plain(one.id), plain(volume_text(one.volume[1], one.id, one.unit)),
         f"{short(one.volume[0])} – {short(one.volume[2])}", percent(one.growth))
        for one in costs.drivers
    ]  # fmt: skip
    return Table("volumes", _columns(say, ("driver", "volume", "range", "growth"), ("driver",)), tuple(rows), {})


def break_even_table(costs: OptionCosts, lang: Lang) -> Table:
    """For each driver and pair the volume at which both cost the same, and who is cheaper on either side."""
    say, rows = words(lang), []
    units = {one.id: one.unit for one in costs.drivers}
    for one in costs.break_even:
        met = say["plan.never"] if one.volume is None else volume_text(one.volume, one.driver, units[one.driver])
        where = NOTHING if one.volume is None else say["plan.inside" if one.inside else "plan.outside"]
        pair = f"{one.first} / {one.second}"
        sides = (one.cheaper_below or NOTHING, one.cheaper_above or NOTHING)
        rows.append((plain(one.driver), plain(pair), plain(met), where, *map(plain, sides)))
    heads = ("driver", "pair", "met", "where", "below", "above")
    return Table("break_even", _columns(say, heads, ("driver", "pair", "where", "below", "above")), tuple(rows), {})


def switching_table(found: SwitchingValues, lang: Lang) -> Table:
    """Prices of the two cheapest options with the rate at which these would cost the same."""
    say, rows = words(lang), []
    for one in found.values:
        where = NOTHING if one.rate is None else say["plan.inside" if one.inside else "plan.outside"]
        rate = say["plan.never_rate"] if one.rate is None else money_text(one.rate)
        rates = " – ".join(short(figure) for figure in one.rates)
        change = NOTHING if one.change is None else f"{signed(100 * one.change, 1)} %"
        rows.append((names(one.options, lang), plain(one.item), rates, rate, change, where))
    heads = ("option", "item", "rate", "switching", "change", "where")
    return Table("switching", _columns(say, heads, ("option", "item", "where")), tuple(rows), {})


def comparison_table(found: OptionComparison, lang: Lang) -> Table:
    """Options in order with points by criterion, and how often each is first in the drawn worlds."""
    say, marked = words(lang), {}
    criteria = [f"{plain(one.name.say(lang) or one.id)} ({short(one.weight)})" for one in found.plan.criteria]
    rows = []
    for at, row in enumerate(found.to_frame().to_dict("records")):
        option = str(row["option"])
        if row["rank"] == 1:
            marked[at] = "first"
        share = found.first_in_worlds.get(option)
        draws = 0 if found.costs is None else found.costs.draws
        rows.append((str(row["rank"]), plain(option), option_name(found.plan, option, lang),
                     say[f"plan_choice.{row['kind']}"], number(row["total"], 2), number(row["margin"], 2),
                     *(number(row[one.id], 2) for one in found.plan.criteria),
                     share_cell(*share, draws) if share else NOTHING))  # fmt: skip
    heads = _columns(say, ("rank", "option", "called", "kind", "total", "margin"), ("option", "called", "kind"))
    columns = (*heads, *((one, "figure") for one in criteria), (say["plan_head.first"], "figure"))
    return Table("comparison", columns, tuple(rows), marked)


def option_people_table(found: OptionComparison, lang: Lang) -> Table:
    """Total of every option by each person's marks alone; who would put another option first stands out."""
    say = words(lang)
    options = [one.id for one in found.plan.options]
    rows = [(plain(person), *(number(own[option], 2) for option in options)) for person, own in found.by_person.items()]
    marked = {at: "open" for at, person in enumerate(found.by_person) if person in found.dissenting}
    columns = ((say["plan_head.person"], "id"), *((plain(option), "figure") for option in options))
    return Table("people", columns, tuple(rows), marked)  # type: ignore[arg-type]
