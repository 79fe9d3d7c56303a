"""Make or buy: in-house, partial and whole outsourcing under one weighted model (§2.2.2).

The value of a marked criterion is the mean over the people who marked it, that of the cost criterion the plan's price
formula on the likely present values. What comes out is a score sheet, so that every question of robustness can be
asked of it; beside it stands how often each option is first when rates and volumes are drawn from their ranges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.planning.costs_result import OptionCosts
from supplier_eval.planning.options_result import OptionComparison
from supplier_eval.planning.plan import OptionCriterion, PlanningPlan
from supplier_eval.risk.records import Column, Record, Unclear, judge_records
from supplier_eval.score.order import settle
from supplier_eval.score.price import PRICE_FORMULAS
from supplier_eval.score.sheet import ScoreSheet

if TYPE_CHECKING:
    import pandas as pd

MARKS = "option_marks"
COLUMNS = (
    Column("option"),
    Column("person"),
    Column("criterion"),
    Column("mark", "figure"),
    Column("comment", required=False, filled=False),
)
COST_FORMULAS = tuple(  # that need no parameter, stay on 0-100, and never reward the dearer
    name
    for name, one in PRICE_FORMULAS.items()
    if one.monotone and one.bounded and not any(known.required or known.per_bid for known in one.parameters)
)
Cells = dict[tuple[str, str, str], Fraction]


def compare_options(marks: pd.DataFrame, costs: OptionCosts | None, plan: PlanningPlan) -> OptionComparison:
    """Compare the options of a plan.

    Parameters
    ----------
    marks : DataFrame
        ``option``, ``person``, ``criterion``, ``mark`` on the criterion's declared scale; optional ``comment``.
    costs : OptionCosts or None
        Of `cost_options` under the same plan; None where the plan has no criterion of cost.
    plan : PlanningPlan
        Options, criteria, weights.

    Returns
    -------
    OptionComparison
        With its score sheet (options × criteria, 0-100).

    Raises
    ------
    InvalidInput
        With every finding: options or criteria unknown, marks outside their scale, a person who left out an option
        or a criterion, fewer people than the plan asks for, costs missing or of another plan.

    Examples
    --------
    >>> import pandas as pd
    >>> plan = se.planning.PlanningPlan.load("data/samples/needs/plan.toml")
    >>> names = ("costs", "volumes", "option_marks")
    >>> costs, volumes, marks = (pd.read_csv(f"data/samples/needs/{name}.csv") for name in names)
    >>> priced = se.planning.cost_options(costs, volumes, plan, draws=2_000)
    >>> se.planning.compare_options(marks, priced, plan)
    OptionComparison(nights 79.49, whole 76.67, in_house 70.12; binding)
    """
    plan = PlanningPlan.of(plan)
    cells, people, wrong = judge_option_marks(marks, plan)
    found = [*_cost_findings(costs, plan), *wrong]
    if found:
        raise InvalidInput(found, MARKS)
    values = np.array([_row(one, cells, people, costs, plan) for one in plan.criteria])
    by_person = {name: _own(key, cells, costs, plan) for key, name in sorted(people.items())}
    sheet = _sheet(values, plan)
    formulas = _by_formula(values, costs, plan)
    return OptionComparison(sheet, costs, plan, by_person, _first_in_worlds(values, costs, plan), formulas)


def judge_option_marks(marks: object, plan: PlanningPlan) -> tuple[Cells, dict[str, str], list[Finding]]:
    """Read the marks of options and say all that is wrong with them, whatever the costs are.

    Returns
    -------
    cells : dict
        (option, person, criterion) → value on 0-100, keys as ids are compared.
    people : dict
        Key → person as written.
    findings : list of Finding
        Of the marks, and of what the plan says of criteria.
    """
    found = list(_plan_findings(plan))
    rows, unclear = judge_records(marks, COLUMNS, MARKS, ("option", "person", "criterion"))
    found += unclear
    cells = _cells(rows, plan, found)
    people = {id_key(row.text("person")): row.text("person") for row in rows if row.text("person")}
    marked = [one for one in plan.criteria if one.part != "cost"]
    unread = Unclear(one for one in unclear if one.code != "risk_table.key_twice")
    if not any(unread(row.row, "option", "person", "criterion") for row in rows):
        found += _gaps(rows, people, marked, plan)
    if people and len(people) < plan.assessors:
        facts = {"asked": plan.assessors}
        found.append(Finding("planning.few_people", MARKS, "person", value=str(len(people)), facts=facts))
    return cells, people, found


def _plan_findings(plan: PlanningPlan) -> Iterator[Finding]:
    if not plan.criteria:
        yield Finding("planning.no_criteria", "planning_plan", "criteria")
    if plan.cost_formula not in COST_FORMULAS:
        facts = {"known": ", ".join(COST_FORMULAS)}
        yield Finding("planning.formula", "planning_plan", "cost_formula", (), plan.cost_formula, facts)


def _cost_findings(costs: OptionCosts | None, plan: PlanningPlan) -> Iterator[Finding]:
    if costs is None:
        if plan.cost_criterion is not None:
            yield Finding("planning.costs_missing", "arguments", "costs", value=plan.cost_criterion.id)
    elif not isinstance(costs, OptionCosts):
        yield Finding("planning.costs_kind", "arguments", "costs", value=type(costs).__name__)
    elif costs.plan.fingerprint != plan.fingerprint:
        yield Finding("planning.costs_other_plan", "arguments", "costs")
    elif min(one.low for one in costs.options) <= 0:
        free = ", ".join(one.option for one in costs.options if one.low <= 0)
        yield Finding("planning.option_at_no_cost", "costs", "rate_low", value=free)


def _cells(rows: list[Record], plan: PlanningPlan, found: list[Finding]) -> Cells:
    """(option, person, criterion) → value on 0-100."""
    options = {id_key(one.id): one.id for one in plan.options}
    criteria = {id_key(one.id): one for one in plan.criteria if one.part != "cost"}
    cells: Cells = {}
    for row in rows:
        option, person, criterion = (id_key(row.text(name)) for name in ("option", "person", "criterion"))
        figure, at = row.figure("mark"), (row.row,)
        if option and option not in options:
            facts = {"known": ", ".join(options.values())}
            found.append(Finding("planning.option_unknown", MARKS, "option", at, row.text("option"), facts))
        if criterion and criterion not in criteria:
            facts = {"known": ", ".join(one.id for one in criteria.values())}
            found.append(Finding("planning.criterion_unknown", MARKS, "criterion", at, row.text("criterion"), facts))
        if option not in options or criterion not in criteria or figure is None:
            continue
        asked = criteria[criterion]
        least, most = asked.scale
        if not least <= figure <= most:
            said: dict[str, object] = {"least": f"{least:g}", "most": f"{most:g}", "criterion": asked.id}
            found.append(Finding("planning.mark_outside", MARKS, "mark", at, f"{figure:g}", said))
            continue
        low, high = Fraction(asked.floor), Fraction(asked.target)
        cells[option, person, criterion] = 100 * (Fraction(str(figure)) - low) / (high - low)
    return cells


def _gaps(
    rows: list[Record], people: Mapping[str, str], marked: list[OptionCriterion], plan: PlanningPlan
) -> Iterator[Finding]:
    """Everybody marks every option on every criterion."""
    given = {tuple(id_key(row.text(name)) for name in ("option", "person", "criterion")) for row in rows}
    if not people and marked:
        yield Finding("planning.no_marks", MARKS)
    for person, name in sorted(people.items()):
        for option in plan.options:
            missing = [one.id for one in marked if (id_key(option.id), person, id_key(one.id)) not in given]
            if missing:
                facts = {"person": name, "missing": ", ".join(missing)}
                yield Finding("planning.mark_missing", MARKS, "criterion", value=option.id, facts=facts)


def _cost_values(prices: npt.NDArray[np.float64], formula: str) -> npt.NDArray[np.float64]:
    return PRICE_FORMULAS[formula].function(prices, np.ones(prices.shape, dtype=bool))


def _row(
    criterion: OptionCriterion, cells: Cells, people: Mapping[str, str], costs: OptionCosts | None, plan: PlanningPlan
) -> list[float]:
    """Values of one criterion, option by option."""
    if criterion.part == "cost" and costs is not None:
        return list(_cost_values(np.array([one.likely for one in costs.options]), plan.cost_formula))
    key = id_key(criterion.id)
    return [
        float(sum((cells[id_key(one.id), person, key] for person in people), Fraction(0)) / len(people))
        for one in plan.options
    ]


def _own(person: str, cells: Cells, costs: OptionCosts | None, plan: PlanningPlan) -> dict[str, float]:
    """Total of every option by one person's marks alone."""
    values = np.array([_row(one, cells, {person: ""}, costs, plan) for one in plan.criteria])
    totals = settle(_weights(plan) @ values)
    return {option.id: float(total) for option, total in zip(plan.options, totals, strict=True)}


def _weights(plan: PlanningPlan) -> npt.NDArray[np.float64]:
    total = sum((one.weight for one in plan.criteria), start=0 * plan.criteria[0].weight)
    return np.array([float(one.weight / total) for one in plan.criteria])


def _sheet(values: npt.NDArray[np.float64], plan: PlanningPlan) -> ScoreSheet:
    import pandas as pd

    options, criteria = [one.id for one in plan.options], [one.id for one in plan.criteria]
    table = pd.DataFrame(values.T, index=options, columns=criteria)
    sheet = ScoreSheet.from_frame(table, {one.id: float(one.weight) for one in plan.criteria})
    relative = plan.cost_criterion is not None and PRICE_FORMULAS[plan.cost_formula].relative
    return replace(sheet, relative=relative)


def _first_in_worlds(
    values: npt.NDArray[np.float64], costs: OptionCosts | None, plan: PlanningPlan
) -> dict[str, tuple[float, float]]:
    """Option → share of the drawn worlds in which it is first (ties shared), and its standard error."""
    if costs is None or plan.cost_criterion is None:
        return {}
    at = plan.criteria.index(plan.cost_criterion)
    weights = _weights(plan)
    rest = np.delete(weights, at) @ np.delete(values, at, axis=0)
    totals = rest[:, None] + weights[at] * _cost_values(costs.worlds, plan.cost_formula)
    settled = settle(totals)
    best = settled == settled.max(axis=0)
    shares = best / best.sum(axis=0)
    errors = shares.std(axis=1, ddof=1) / np.sqrt(shares.shape[1])
    return {one.id: (float(shares[k].mean()), float(errors[k])) for k, one in enumerate(plan.options)}


def _by_formula(
    values: npt.NDArray[np.float64], costs: OptionCosts | None, plan: PlanningPlan
) -> dict[str, tuple[str, ...]]:
    """Price formula → options that are first by it, all else the same."""
    if costs is None or plan.cost_criterion is None:
        return {}
    at = plan.criteria.index(plan.cost_criterion)
    likely = np.array([one.likely for one in costs.options])
    first: dict[str, tuple[str, ...]] = {}
    for formula in COST_FORMULAS:
        changed = values.copy()
        changed[at] = _cost_values(likely, formula)
        totals = settle(_weights(plan) @ changed)
        first[formula] = tuple(one.id for one, best in zip(plan.options, totals == totals.max(), strict=True) if best)
    return first
