"""The page on an award: who gets what, how sure that is, every rule, what was asked, as one HTML file (§3.2.5)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from supplier_eval.award.allocation import Allocation
from supplier_eval.award.questions import AwardAnswers
from supplier_eval.messages import Lang
from supplier_eval.report import tables_award as rows
from supplier_eval.report.award_questions import chosen_point, opening, parts_of
from supplier_eval.report.documents import language_tag, render, save_page
from supplier_eval.report.formats import NOTHING, plain
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.report.charts import Axes

MOST_ROWS = 500  # awards on the page; the JSON beside it has them all


def write_award(
    answers: AwardAnswers | Allocation, path: str | Path, lang: Lang = "en", *, title: str = ""
) -> Path:  # fmt: skip
    """Write an award as one HTML file that needs nothing else.

    Parameters
    ----------
    answers : AwardAnswers or Allocation
        The award with what was asked beside it, or the award alone.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``award.html``.
    lang : {"en", "zh"}
        Language of the page.
    title : str
        What is awarded.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The page is for those inside the procedure: it names losing offers and their prices. An award that is not binding
    says so across it.
    """
    return save_page(award_page(answers, lang, title=title), path, "award.html")


def award_page(answers: AwardAnswers | Allocation, lang: Lang = "en", *, title: str = "") -> str:
    """Give the page on an award as the text of one HTML page, see `write_award`."""
    given = AwardAnswers(allocation=answers) if isinstance(answers, Allocation) else answers
    allocation, say = given.allocation, words(lang)
    audit = allocation.audit
    left_out = len(allocation.to_frame()) - MOST_ROWS
    return render(
        "award.html.j2",
        lang=language_tag(lang),
        say=say,
        title=plain(title),
        standing=allocation.standing,
        reasons=_reasons(allocation, lang),
        status=opening(given, lang),
        interrupted=given.interrupted,
        awards=rows.awards_table(allocation, lang, most=MOST_ROWS),
        more_rows=say["award.more_rows"].format(n=left_out) if left_out > 0 else "",
        winners=None if audit is None else rows.winners_table(audit, lang),
        costs=None if audit is None else rows.costs_table(audit, lang),
        rules=None if audit is None else rows.rules_table(audit, lang),
        audit_said=[] if audit is None else audit.explain(lang).split("\n")[:1],
        parts=parts_of(given, lang),
        charts=_charts(given, lang),
        foot=_foot(allocation, lang),
    )


def _foot(allocation: Allocation, lang: Lang) -> list[str]:
    """What stands under every page: the policy where there is one, the problem and who solved it."""
    say, policy = words(lang), allocation.policy_fingerprint
    solver, problem = allocation.solver or NOTHING, allocation.problem.fingerprint
    named = [f"{say['head.policy_print']} {policy}"] if policy else []
    return [*named, say["award.footer"].format(fingerprint=problem, solver=solver)]


def _reasons(allocation: Allocation, lang: Lang) -> list[str]:
    """Why an award does not bind; empty where it does."""
    say, found = words(lang), []
    if allocation.problem.standing != "binding":
        found.append(say["award.reason_changed"] if allocation.policy_fingerprint else say["award.reason_tables"])
    if allocation.status not in ("optimal", "infeasible"):
        found.append(say["award.reason_unproven"])
    if len(allocation.tied) > 1:
        found.append(say["award.reason_tied"])
    return found


def _charts(answers: AwardAnswers, lang: Lang) -> dict[str, dict[str, str]]:
    """The charts as pictures inside the page, each with the words that stand in for it."""
    from supplier_eval.report import charts_award as draw

    wanted: dict[str, Callable[[], Axes]] = {}
    if answers.allocation.award is not None:
        wanted["map"] = lambda: draw.award_map(answers.allocation, lang=lang)
    costs, front, compared = answers.rule_costs, answers.frontier, answers.scenarios
    if costs is not None and costs.rules:
        wanted["rule_prices"] = lambda: draw.rule_price_waterfall(costs, lang=lang)
    if front is not None and front.points:
        wanted["frontier"] = lambda: draw.award_frontier(front, chosen=chosen_point(answers), lang=lang)
    if compared is not None:
        wanted["scenarios"] = lambda: draw.scenario_table(compared, lang=lang)
    return {kind: _picture(make()) for kind, make in wanted.items()}


def _picture(ax: Axes) -> dict[str, str]:
    from supplier_eval.report.charts import alt_text
    from supplier_eval.report.small_picture import inside_page

    return {"source": inside_page(ax), "alt": alt_text(ax)}
