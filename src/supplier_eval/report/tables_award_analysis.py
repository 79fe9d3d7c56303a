"""What was asked about an award, as rows of text: prices of rules, the points of a front, scenarios."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from supplier_eval.award.scenarios_words import reason_of
from supplier_eval.messages import Lang, message
from supplier_eval.report.formats import NOTHING, names, percent, plain, signed
from supplier_eval.report.tables import Table
from supplier_eval.report.tables_award import (
    Columns,
    cell_of,
    figure,
    measure_figure,
    measure_label,
    objective_label,
    with_money,
)
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.award.frontier_result import Frontier
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rule_costs_result import RuleCosts
    from supplier_eval.award.scenarios_result import Scenarios


def rule_costs_table(costs: RuleCosts, lang: Lang) -> Table:
    """Give the price of every rule, the dearest first, and who would gain or lose without it."""
    say, frame = words(lang), costs.to_frame()
    columns: Columns = [
        (say["award.rule"], "id"),
        (say["award.asks"], "text"),
        (objective_label(say["award.price"], costs.problem, lang), "figure"),
        (say["award.gains"], "text"),
        (say["award.loses"], "text"),
    ]
    shared = frame["shapley"].notna().any()
    columns += [(objective_label(say["award.shapley"], costs.problem, lang), "figure")] if shared else []
    rows = []
    for row in frame.sort_values(["low", "rule"], ascending=[False, True]).to_dict("records"):
        cells = [plain(row["rule"]), message(f"award_audit.rule.{row['kind']}", lang), _interval(row, costs.problem)]
        cells += [names(str(row[side]).split("|"), lang) or NOTHING for side in ("gains", "losses")]
        rows.append((*cells, *[figure(costs.problem, row["shapley"])] * bool(shared)))
    return Table("rule-prices", tuple(columns), tuple(rows), {})


def _interval(row: dict[Any, Any], problem: AwardProblem) -> str:
    """A price; where it is not exact, what is known of it."""
    if cell_of(row["price"]) is not None:
        return figure(problem, row["price"])
    high = cell_of(row["high"])
    low = figure(problem, row["low"])
    return f"≥ {low}" if high is None else f"{low} – {figure(problem, high)}"


def frontier_table(front: Frontier, lang: Lang, *, chosen: int | None = None, most: int = 40) -> Table:
    """Give the points of a front with their objectives and winners; the point that was chosen is marked.

    Parameters
    ----------
    front : Frontier
        Any.
    lang : {"en", "zh"}
        Language.
    chosen : int, optional
        Position of a point, from 0.
    most : int
        So many rows at most, spread over the front.
    """
    say, frame = words(lang), front.to_frame()
    columns: Columns = [(say["award.point"], "figure")]
    columns += [(measure_label(name, front.problem, lang), "figure") for name in front.objectives]
    columns += [(say["award.winners"], "text")]
    rows, marked = list[tuple[str, ...]](), {}
    for at in _spread(len(frame), most, chosen):
        row = frame.iloc[at]
        if at == chosen:
            marked[len(rows)] = "first"
        figures = [measure_figure(name, front.problem, row[name]) for name in front.objectives]
        rows.append((str(row["point"]), *figures, names(str(row["suppliers"]).split("|"), lang)))
    return Table("frontier", tuple(columns), tuple(rows), marked)


def _spread(n: int, most: int, kept: int | None) -> Iterable[int]:
    """Positions of at most `most` of n rows, both ends among them, and one that must be there."""
    if n <= most:
        return range(n)
    shown = {round(at * (n - 1) / (most - 1)) for at in range(most)}
    return sorted(shown | ({kept} if kept is not None else set()))


def scenarios_table(compared: Scenarios, lang: Lang) -> Table:
    """Give every scenario beside the base: objective, cost, winners, what moves; the reason where there is no award."""
    say, frame, problem = words(lang), compared.to_frame(), compared.problem
    columns: Columns = [
        (say["award.scenario"], "text"),
        (objective_label(say["award.objective"], problem, lang), "figure"),
        (say["award.gap"], "figure"),
        (with_money(say["award.cost_difference"], problem), "figure"),
        (say["award.moved"], "figure"),
        (say["award.winners"], "text"),
    ]
    rows, marked = list[tuple[str, ...]](), {}
    for at, row in enumerate(frame.to_dict("records")):
        name = say["award.base"] if at == 0 else plain(row["scenario"])
        if at == 0:
            marked[0] = "first"
        elif row["reason"]:
            marked[at] = "out"
        scenario = [compared.base, *compared.rows.values()][at]
        told = names(str(row["winners"]).split("|"), lang) if not row["reason"] else plain(reason_of(scenario, lang))
        cells = (figure(problem, row["objective"]), percent(cell_of(row["gap"]), 3))
        change = signed(cell_of(row["cost_difference"]), problem.terms.minor_units) if at else NOTHING
        rows.append((name, *cells, change, percent(cell_of(row["moved"]), 1) if at else NOTHING, told))
    return Table("scenarios", tuple(columns), tuple(rows), marked)
