"""The needs-analysis report (需求分析报告): needs, options, costs, comparison, as one HTML file (§2.1.2, §2.2.2)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.planning.switching import switching_values
from supplier_eval.report import tables_planning as rows
from supplier_eval.report.asked_results import wanted
from supplier_eval.report.documents import language_tag, render, save_page
from supplier_eval.report.formats import day, plain, short
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.planning.folder import PlanningAnswers
    from supplier_eval.report.charts import Axes
    from supplier_eval.robustness.stability_front import WeightStability

LIMITS = ("limit_rate", "limit_straight", "limit_independent", "limit_taxes", "limit_marks")
ASSESSED = ("role_department", "role_finance", "role_legal")
DECIDED = ("role_management", "role_experts", "role_board")


def write_needs(answers: PlanningAnswers, path: str | Path, lang: Lang = "en", *, title: str = "") -> Path:
    """Write the needs-analysis report as one HTML file that needs nothing else.

    Parameters
    ----------
    answers : PlanningAnswers
        As `planning.answer_plan` gives it.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``needs.html``.
    lang : {"en", "zh"}
        Language of the page; what people wrote stays in theirs.
    title : str
        What was analysed; the folder's name by default.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The page names people beside their marks: it is for those who decide. The same answers give the same bytes, so that
    the digest in the decision record can be compared (`planning.file_report`).
    """
    return save_page(needs_page(answers, lang, title=title), path, "needs.html")


def needs_page(answers: PlanningAnswers, lang: Lang = "en", *, title: str = "") -> str:
    """Give the needs-analysis report as the text of one HTML page, see `write_needs`."""
    wanted(answers, "answers", "PlanningAnswers", "planning")
    say = words(lang)
    folder = title or (Path(answers.source).resolve().name if answers.source else "")
    firm = _stability(answers)
    costs = answers.costs
    switching = switching_values(costs) if costs is not None and len(costs.options) > 1 else None
    return render(
        "needs.html.j2",
        lang=language_tag(lang),
        say=say,
        title=say["plan.opening"].format(folder=plain(folder)) if folder else say["plan.kind"],
        standing=answers.standing,
        reasons=[] if answers.plan.adoption is not None else [say["plan.nobody"]],
        facts=_facts(answers, lang),
        warnings=[finding.line(lang) for finding in answers.warnings],
        tables=_tables(answers, lang) | {"switching": switching and rows.switching_table(switching, lang)},
        switched=switching.explain(lang).split("\n") if switching is not None else [],
        said={name: result.explain(lang=lang).split("\n") for name, result in answers.parts},
        firm=firm.explain(lang).split("\n") if firm is not None else [],
        charts=_charts(answers, firm, lang),
        foot=_foot(answers, lang),
        limits=[say[f"plan.{key}"] for key in LIMITS] if costs is not None else [say["plan.limit_marks"]],
        assessed=[say[f"plan.{key}"] for key in ASSESSED],
        decided=[say[f"plan.{key}"] for key in DECIDED],
    )


def _foot(answers: PlanningAnswers, lang: Lang) -> list[str]:
    """What stands under every page: fingerprints of the plan and, where they came from files, of the data."""
    say, data = words(lang), answers.data_fingerprint
    named = [f"{say['review.data_print']} {data}"] if data else []
    return [f"{say['head.policy_print']} {answers.policy_fingerprint}", *named]


def _facts(answers: PlanningAnswers, lang: Lang) -> list[tuple[str, str]]:
    """The plan by which it was assessed, label by label."""
    say, plan, costs = words(lang), answers.plan, answers.costs
    adopted = say["head.nobody"]
    if plan.adoption is not None:
        adopted = say["plan.adopted_by"].format(by=plain(plan.adoption.by), on=day(plan.adoption.on, lang))
    lines = {"necessity": short(plan.lines.necessity), "feasibility": short(plan.lines.feasibility)}
    pairs = [
        ("plan.adopted", adopted),
        ("plan.assessors", str(plan.assessors)),
        ("plan.lines", say["plan.lines_said"].format(**lines)),
    ]
    if plan.need:
        known = answers.needs.needs if answers.needs is not None else ()
        titles = [one.texts["title"] for one in known if id_key(one.need) == id_key(plan.need)]
        pairs.append(("plan.for_need", plain(" ".join([plan.need, *titles]))))
    if costs is not None:
        rate = say["plan.rate_said"].format(
            rate=short(100 * plan.discount_rate), timing=say[f"plan_choice.{plan.timing}"]
        )
        pairs += [
            ("plan.term", say["plan.months"].format(n=plan.term_months)),
            ("plan.rate", rate),
            ("plan.formula", plain(plan.cost_formula)),
            ("plan.worlds", say["plan.worlds_said"].format(draws=f"{costs.draws:,}", seed=costs.seed)),
        ]
    return [*((say[label], text) for label, text in pairs), (say["head.policy_print"], plan.fingerprint)]


def _tables(answers: PlanningAnswers, lang: Lang) -> dict[str, Any]:
    """Every table of the page, by name; None where there is no answer to show."""
    needs, costs, found = answers.needs, answers.costs, answers.comparison
    return {
        "needs": needs and rows.assessed_table(needs, lang),
        "criteria": needs and rows.need_criteria_table(needs, lang),
        "scope": needs and rows.scope_table(needs, lang),
        "costs": costs and rows.option_costs_table(costs, lang),
        "lines": costs and rows.cost_lines_table(costs, lang),
        "volumes": costs and costs.drivers and rows.volumes_table(costs, lang),
        "break_even": costs and costs.break_even and rows.break_even_table(costs, lang),
        "comparison": found and rows.comparison_table(found, lang),
        "people": found and found.by_person and rows.option_people_table(found, lang),
    }


def _stability(answers: PlanningAnswers) -> WeightStability | None:
    """How far each weight may move; None where options are not compared, or all on one criterion."""
    from supplier_eval.robustness import weight_stability

    found = answers.comparison
    return None if found is None or len(found.plan.criteria) < 2 else weight_stability(replace(found.sheet, lot=""))


def _charts(answers: PlanningAnswers, firm: WeightStability | None, lang: Lang) -> dict[str, list[dict[str, str]]]:
    """Charts by section, as pictures inside the page with the words that stand in for them."""
    from supplier_eval.report import charts_planning as draw
    from supplier_eval.report.charts_robustness import stability_bars

    costs = answers.costs
    drawn: dict[str, list[Axes]] = {"needs": [], "costs": [], "break_even": [], "stability": []}
    if answers.needs is not None:
        drawn["needs"].append(draw.needs_map(answers.needs, lang=lang))
    if costs is not None:
        drawn["costs"].append(draw.option_cost_bars(costs, lang=lang))
        met = {one.driver for one in costs.break_even}
        drawn["break_even"] = [
            draw.break_even_lines(costs, one.id, lang=lang) for one in costs.drivers if one.id in met
        ]
    if firm is not None:
        drawn["stability"].append(stability_bars(firm, lang=lang))
    return {name: [_picture(ax) for ax in several] for name, several in drawn.items()}


def _picture(ax: Axes) -> dict[str, str]:
    from supplier_eval.report.charts import alt_text
    from supplier_eval.report.small_picture import inside_page

    return {"source": inside_page(ax), "alt": alt_text(ax)}
