"""What is shown: charts, one page, letters and a workbook, in English and Chinese. Nothing here decides anything.

Charts take axes and give axes; files are written by the ``write_`` functions. Whatever is exploratory says so.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.report.award_page import write_award
    from supplier_eval.report.charts import alt_text, draw_as, panel_heat_map, price_quality, ranking_bars
    from supplier_eval.report.charts_award import award_frontier, award_map, rule_price_waterfall, scenario_table
    from supplier_eval.report.charts_integrity import co_bidding_network, screen_scatter, tender_prices
    from supplier_eval.report.charts_monitor import cause_pareto, control_chart_plot, operating_curve
    from supplier_eval.report.charts_planning import break_even_lines, needs_map, option_cost_bars
    from supplier_eval.report.charts_review import grade_history, kpi_trend, peer_funnel_plot, scorecard_tiles
    from supplier_eval.report.charts_risk import (
        concentration_bars,
        indicator_backtest_plot,
        indicator_lines,
        kraljic_plot,
        loss_drivers,
        loss_exceedance,
        risk_matrix_plot,
        tails_plot,
    )
    from supplier_eval.report.charts_robustness import (
        evaluator_influence,
        method_agreement,
        pairwise_matrix,
        rank_acceptability_bars,
        score_lines,
        stability_bars,
        tornado,
        what_if_bars,
    )
    from supplier_eval.report.documents import debrief_letter, report_page, write_debriefs, write_report
    from supplier_eval.report.file_report import write_evaluation_report
    from supplier_eval.report.needs_page import write_needs
    from supplier_eval.report.objection_file import write_objection_replies, write_objections
    from supplier_eval.report.opening_record import write_opening_record
    from supplier_eval.report.panel_page import write_panel
    from supplier_eval.report.review_page import write_review
    from supplier_eval.report.risks_page import write_risks
    from supplier_eval.report.robustness_page import write_robustness
    from supplier_eval.report.screens_page import write_screens
    from supplier_eval.report.template_book import write_template_book
    from supplier_eval.report.tender_record import read_record
    from supplier_eval.report.widgets import weight_explorer
    from supplier_eval.report.workbook import write_workbook

_HOMES = {
    "alt_text": "charts",
    "award_frontier": "charts_award",
    "award_map": "charts_award",
    "break_even_lines": "charts_planning",
    "cause_pareto": "charts_monitor",
    "co_bidding_network": "charts_integrity",
    "concentration_bars": "charts_risk",
    "control_chart_plot": "charts_monitor",
    "debrief_letter": "documents",
    "draw_as": "charts",
    "evaluator_influence": "charts_robustness",
    "grade_history": "charts_review",
    "indicator_backtest_plot": "charts_risk",
    "indicator_lines": "charts_risk",
    "kpi_trend": "charts_review",
    "kraljic_plot": "charts_risk",
    "loss_drivers": "charts_risk",
    "loss_exceedance": "charts_risk",
    "method_agreement": "charts_robustness",
    "needs_map": "charts_planning",
    "operating_curve": "charts_monitor",
    "option_cost_bars": "charts_planning",
    "pairwise_matrix": "charts_robustness",
    "panel_heat_map": "charts",
    "peer_funnel_plot": "charts_review",
    "price_quality": "charts",
    "rank_acceptability_bars": "charts_robustness",
    "ranking_bars": "charts",
    "read_record": "tender_record",
    "report_page": "documents",
    "risk_matrix_plot": "charts_risk",
    "rule_price_waterfall": "charts_award",
    "scenario_table": "charts_award",
    "score_lines": "charts_robustness",
    "scorecard_tiles": "charts_review",
    "screen_scatter": "charts_integrity",
    "stability_bars": "charts_robustness",
    "tails_plot": "charts_risk",
    "tender_prices": "charts_integrity",
    "tornado": "charts_robustness",
    "weight_explorer": "widgets",
    "what_if_bars": "charts_robustness",
    "write_award": "award_page",
    "write_debriefs": "documents",
    "write_evaluation_report": "file_report",
    "write_needs": "needs_page",
    "write_objection_replies": "objection_file",
    "write_objections": "objection_file",
    "write_opening_record": "opening_record",
    "write_panel": "panel_page",
    "write_report": "documents",
    "write_review": "review_page",
    "write_risks": "risks_page",
    "write_robustness": "robustness_page",
    "write_screens": "screens_page",
    "write_template_book": "template_book",
    "write_workbook": "workbook",
}

__all__ = [
    "alt_text",
    "award_frontier",
    "award_map",
    "break_even_lines",
    "cause_pareto",
    "co_bidding_network",
    "concentration_bars",
    "control_chart_plot",
    "debrief_letter",
    "draw_as",
    "evaluator_influence",
    "grade_history",
    "indicator_backtest_plot",
    "indicator_lines",
    "kpi_trend",
    "kraljic_plot",
    "loss_drivers",
    "loss_exceedance",
    "method_agreement",
    "needs_map",
    "operating_curve",
    "option_cost_bars",
    "pairwise_matrix",
    "panel_heat_map",
    "peer_funnel_plot",
    "price_quality",
    "rank_acceptability_bars",
    "ranking_bars",
    "read_record",
    "report_page",
    "risk_matrix_plot",
    "rule_price_waterfall",
    "scenario_table",
    "score_lines",
    "scorecard_tiles",
    "screen_scatter",
    "stability_bars",
    "tails_plot",
    "tender_prices",
    "tornado",
    "weight_explorer",
    "what_if_bars",
    "write_award",
    "write_debriefs",
    "write_evaluation_report",
    "write_needs",
    "write_objection_replies",
    "write_objections",
    "write_opening_record",
    "write_panel",
    "write_report",
    "write_review",
    "write_risks",
    "write_robustness",
    "write_screens",
    "write_template_book",
    "write_workbook",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
