"""Every public chart of the report, with few and many long names: what the tests of their looks draw."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import supplier_eval.report as room
from report import made_awards, made_planning, made_screens
from report.made_reports import evaluated
from report.made_reviews import feedback_of
from report.made_risks import made as made_risks
from supplier_eval.award import Rule, compare_scenarios, rule_costs
from supplier_eval.evaluation import Evaluation
from supplier_eval.monitor import SamplingPlan, control_chart, pareto_of_causes, peer_funnel
from supplier_eval.robustness import (
    compare_methods,
    leave_one_evaluator_out,
    rank_acceptability,
    score_lines,
    weight_stability,
    what_if,
)

STEMS = (
    "信息技术服务外包集团股份有限公司{i}",
    "Northern Harbour Information Technology and Business Process Services Company Limited {i}",
    "衡舟系统运维有限公司 Hengzhou Systems Operations and Maintenance Co., Ltd. {i}",
    "Ärzte-IT_{i}",
)
FOLDER = tempfile.TemporaryDirectory()  # what was read must stay as it was
Draw = Callable[[str], Any]


def long_names(n: int) -> tuple[str, ...]:
    return tuple(STEMS[i % len(STEMS)].format(i=i + 1) for i in range(n))


@functools.cache
def evaluation_of(n: int) -> Evaluation:
    return evaluated(Path(FOLDER.name) / str(n), long_names(n))


@functools.cache
def charts(n: int) -> tuple[tuple[str, Draw], ...]:
    """Name of the chart and how it is drawn in a language, with n bids, suppliers or causes."""
    parts = (of_an_evaluation, of_robustness, of_an_award, of_performance)
    return tuple(one for part in parts for one in part(n))


@functools.cache
def others() -> tuple[tuple[str, Draw], ...]:
    """Charts of the samples, whose number of things is what it is."""
    return (*of_screens(), *of_risks(), *of_planning())


def of_an_evaluation(n: int) -> Iterator[tuple[str, Draw]]:
    evaluation = evaluation_of(n)
    result, notice = evaluation.only_lot, evaluation.tender.notice
    yield "ranking_bars", lambda lang: room.ranking_bars(result.ranking, lang=lang)
    yield "price_quality", lambda lang: room.price_quality(result.ranking, notice=notice, lang=lang)
    yield "panel_heat_map", lambda lang: room.panel_heat_map(result, lang=lang)


def of_robustness(n: int) -> Iterator[tuple[str, Draw]]:
    evaluation = evaluation_of(n)
    sheet = evaluation.only_lot.sheet
    stability = weight_stability(sheet)
    shares = rank_acceptability(sheet, draws=256)
    yield "stability_bars", lambda lang: room.stability_bars(stability, lang=lang)
    yield "tornado", lambda lang: room.tornado(stability, lang=lang)
    lines = score_lines(sheet, "price")
    yield "score_lines", lambda lang: room.score_lines(lines, lang=lang)
    yield "rank_acceptability_bars", lambda lang: room.rank_acceptability_bars(shares, lang=lang)
    yield "pairwise_matrix", lambda lang: room.pairwise_matrix(shares, lang=lang)
    methods = compare_methods(sheet)
    yield "method_agreement", lambda lang: room.method_agreement(methods, lang=lang)
    influence = leave_one_evaluator_out(evaluation.tender)
    yield "evaluator_influence", lambda lang: room.evaluator_influence(influence, lang=lang)
    changed = what_if(evaluation.tender, weights={"price": 45})
    yield "what_if_bars", lambda lang: room.what_if_bars(changed, lang=lang)


def of_an_award(n: int) -> Iterator[tuple[str, Draw]]:
    made = made_awards.many(n, n, name="服务外包股份有限公司 Outsourcing Services Company {:02d}")
    yield "award_map", lambda lang: room.award_map(made, lang=lang)
    front = made_awards.front()
    yield "award_frontier", lambda lang: room.award_frontier(front, lang=lang)
    rules = [
        made_awards.one_lot_each(),
        Rule(id="R2-至少两家供应商中标的规则", kind="min_winners", value=made_awards.F(2), clause="§1.3.2"),
    ]
    problem = made_awards.shop(rules)
    costs = rule_costs(problem)
    yield "rule_price_waterfall", lambda lang: room.rule_price_waterfall(costs, lang=lang)
    compared = scenarios(min(n, 12))
    yield "scenario_table", lambda lang: room.scenario_table(compared, lang=lang)


@functools.cache
def scenarios(n: int) -> Any:
    problem = made_awards.shop([made_awards.one_lot_each()])
    named = {f"情景 {i}: {long_names(i + 1)[i]}": {"rules": []} for i in range(n)}
    return compare_scenarios(problem, named, gap=0)


def of_performance(n: int) -> Iterator[tuple[str, Draw]]:
    names = long_names(n)
    results, reviews = feedback_of(names)
    yield "grade_history", lambda lang: room.grade_history(reviews, names={x: x for x in names}, lang=lang)
    funnel = peer_funnel(results, "satisfied")
    yield "peer_funnel_plot", lambda lang: room.peer_funnel_plot(funnel, lang=lang)
    yield "kpi_trend", lambda lang: room.kpi_trend(results, names[0], "satisfied", name=names[0], lang=lang)
    yield "scorecard_tiles", lambda lang: room.scorecard_tiles(reviews[-1], names[0], name=names[0], lang=lang)
    values = [10.0 + (7 * i) % 5 for i in range(max(n, 12))]
    chart = control_chart(values, labels=[f"20{20 + i // 12}-{i % 12 + 1:02}" for i in range(len(values))], unit="h")
    yield "control_chart_plot", lambda lang: room.control_chart_plot(chart, lang=lang)
    causes = pareto_of_causes({name: 1 + (5 * i) % 17 for i, name in enumerate(names)})
    yield "cause_pareto", lambda lang: room.cause_pareto(causes, lang=lang)
    plan = SamplingPlan(20 + n, 1)
    yield "operating_curve", lambda lang: room.operating_curve(plan, lang=lang)


def of_screens() -> Iterator[tuple[str, Draw]]:
    inside, across = made_screens.inside(long_names(3)), made_screens.across(long_names(3))
    yield "tender_prices", lambda lang: room.tender_prices(inside, lang=lang)
    yield "screen_scatter", lambda lang: room.screen_scatter(inside, lang=lang)
    yield "co_bidding_network", lambda lang: room.co_bidding_network(across, lang=lang)


def of_risks() -> Iterator[tuple[str, Draw]]:
    answers = made_risks()
    yield "risk_matrix_plot", lambda lang: room.risk_matrix_plot(answers.places, lang=lang)
    yield "loss_exceedance", lambda lang: room.loss_exceedance(answers.losses, lang=lang)
    yield "loss_drivers", lambda lang: room.loss_drivers(answers.register, lang=lang)
    yield "indicator_lines", lambda lang: room.indicator_lines(answers.indicators, "attrition", lang=lang)
    yield "concentration_bars", lambda lang: room.concentration_bars(answers.concentration, lang=lang)
    yield "kraljic_plot", lambda lang: room.kraljic_plot(answers.portfolio, lang=lang)
    yield "indicator_backtest_plot", lambda lang: room.indicator_backtest_plot(answers.backtest, lang=lang)
    yield "tails_plot", lambda lang: room.tails_plot(answers.tails, lang=lang)


def of_planning() -> Iterator[tuple[str, Draw]]:
    answers = made_planning.made()
    yield "needs_map", lambda lang: room.needs_map(answers.needs, lang=lang)
    yield "option_cost_bars", lambda lang: room.option_cost_bars(answers.costs, lang=lang)
    yield "break_even_lines", lambda lang: room.break_even_lines(answers.costs, "tickets", lang=lang)
