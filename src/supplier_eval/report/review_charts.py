"""Which charts the page on a review holds, as pictures inside the page with the words that stand in for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.monitor.funnel import peer_funnel
from supplier_eval.monitor.kpi_charts import chart_kpi
from supplier_eval.monitor.review_series import chart_rule, kpi_trend_test
from supplier_eval.report.tables_review import kpi_name, names_of

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_definitions import KpiDefinition
    from supplier_eval.monitor.review_answers import ReviewAnswers
    from supplier_eval.report.charts import Axes

Picture = dict[str, str]


def page_charts(answers: ReviewAnswers, lang: Lang) -> dict[str, Picture]:
    """Grades of all over time, the funnel of the heaviest rate, causes of complaints."""
    from supplier_eval.report import charts_monitor, charts_review

    wanted: dict[str, Callable[[], Axes]] = {}
    if not answers.supplier and answers.plan.grades.bands:
        wanted["grades"] = lambda: charts_review.grade_history(answers.reviews, names=names_of(answers), lang=lang)
    if not answers.supplier:
        rate = heaviest(answers, "rate")
        if rate is not None and len(answers.shown) > 1:
            funnel = peer_funnel(answers.results, rate.id, answers.recent)
            wanted["funnel"] = lambda: charts_review.peer_funnel_plot(funnel, lang=lang)
    causes = answers.causes()
    if causes.n:
        wanted["causes"] = lambda: charts_monitor.cause_pareto(causes, lang=lang)
    return {kind: _picture(make()) for kind, make in wanted.items()}


def heaviest(answers: ReviewAnswers, kind: str = "") -> KpiDefinition | None:
    """The scored KPI with the largest weight, of one kind where it is stated; the first by id of equal ones."""
    weights = answers.plan.tree.weights
    own = [kpi for kpi in answers.plan.kpis if kpi.weight > 0 and kind in {"", kpi.kind}]
    rates = [kpi for kpi in own if kpi.key_step] or own if kind == "rate" else own
    return min(rates, key=lambda kpi: (-weights[kpi.id], kpi.id), default=None)


def supplier_charts(answers: ReviewAnswers, supplier: str, name: str, lang: Lang) -> list[Picture]:
    """Tiles, the trend of the heaviest rate, and the control chart that says most."""
    from supplier_eval.report import charts_monitor, charts_review

    pictures = [_picture(charts_review.scorecard_tiles(answers.review, supplier, name=name, lang=lang))]
    if supplier not in answers.results.suppliers:
        return pictures
    one = heaviest(answers, "rate") or heaviest(answers)
    if one is not None and len(answers.reviews) > 1:
        trend = kpi_trend_test(answers.results, supplier, one.id, name=kpi_name(one, lang))
        drawn = charts_review.kpi_trend(answers.results, supplier, one.id, trend=trend, name=name, lang=lang)
        pictures.append(_picture(drawn))
    kpi = loudest(answers, supplier)
    if kpi is not None:
        shown = f"{supplier} · {kpi_name(kpi, lang)}"
        chart = chart_kpi(answers.results, supplier, kpi.id, name=shown, **chart_rule(answers.plan))
        pictures.append(_picture(charts_monitor.control_chart_plot(chart, lang=lang)))
    return pictures


def loudest(answers: ReviewAnswers, supplier: str) -> KpiDefinition | None:
    """The KPI whose control chart has most points with a signal, the heavier of equal ones; None without a signal."""
    weights, found = answers.plan.tree.weights, []
    for kpi in answers.plan.kpis:
        chart = answers.charts.get(f"{supplier} · {kpi.id}")
        if chart is not None and chart.signals:
            found.append((-len(chart.signal_points), -weights[kpi.id], kpi.id, kpi))
    return min(found)[3] if found else None


def _picture(ax: Axes) -> Picture:
    from supplier_eval.report.charts import alt_text
    from supplier_eval.report.small_picture import inside_page

    return {"source": inside_page(ax), "alt": alt_text(ax)}
