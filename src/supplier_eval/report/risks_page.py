"""The page on risks: every answer of a folder with its table and charts, as one HTML file (§1.3.3, §6.1.1-§6.3.2)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang
from supplier_eval.report.asked_results import wanted
from supplier_eval.report.console_risk import tables_of
from supplier_eval.report.documents import language_tag, render, save_page
from supplier_eval.report.formats import day, plain
from supplier_eval.report.words import words
from supplier_eval.risk.answers import QUESTIONS

if TYPE_CHECKING:
    from supplier_eval.report.charts import Axes
    from supplier_eval.risk.answers import RiskAnswers

MOST_INDICATORS = 6
MOST_ROWS = 500  # of risks: a page shows them all, a console the first
MOST_WARNINGS = 25


def write_risks(answers: RiskAnswers, path: str | Path, lang: Lang = "en", *, title: str = "") -> Path:
    """Write the answers about risks as one HTML file that needs nothing else.

    Parameters
    ----------
    answers : RiskAnswers
        As `risk.answer_folder` gives it.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``risks.html``.
    lang : {"en", "zh"}
        Language of the page.
    title : str
        What was asked; the folder's name by default.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The page is for those who decide: it names suppliers and what is known against them. Nothing of it goes to a
    supplier, and nothing in it excludes anybody.
    """
    return save_page(risks_page(answers, lang, title=title), path, "risks.html")


def risks_page(answers: RiskAnswers, lang: Lang = "en", *, title: str = "") -> str:
    """Give the page on risks as the text of one HTML page, see `write_risks`."""
    wanted(answers, "answers", "RiskAnswers")
    say, tables, charts = words(lang), tables_of(answers, lang, MOST_ROWS), _charts(answers, lang)
    parts = [
        {
            "id": name,
            "heading": say[f"risk_question.{name}"],
            "said": [*answers.explain(name, lang).split("\n"), *_undrawn(answers, name, lang)],
            "table": tables.get(name),
            "charts": charts.get(name, []),
        }
        for name in QUESTIONS
        if name in answers.answers
    ]
    return render(
        "risks.html.j2",
        lang=language_tag(lang),
        say=say,
        title=say["risk.opening"].format(folder=plain(title or answers.folder), day=day(answers.as_of, lang)),
        standing=answers.standing,
        warnings=_warnings(answers, lang),
        parts=parts,
        left_out=[answers.explain(name, lang) for name in answers.left_out],
        foot=_foot(answers, lang),
    )


def _foot(answers: RiskAnswers, lang: Lang) -> list[str]:
    """What stands under every page: the rating's standing and plan, fingerprint of the data, seed of the losses."""
    say, losses = words(lang), answers.losses
    made = []
    if answers.rating is not None:
        standing = f"{say['risk.rating_standing']}{say['text.colon']}{say[f'standing.{answers.rating.standing}']}"
        made.append(f"{standing}. {say['head.policy_print']} {answers.policy_fingerprint}")
    if answers.data_fingerprint:
        made.append(f"{say['review.data_print']} {answers.data_fingerprint}")
    if losses is not None:
        made.append(say["risk.footer"].format(years=f"{losses.years:,}", seed=losses.seed))
    return made


def _undrawn(answers: RiskAnswers, name: str, lang: Lang) -> list[str]:
    """How many indicators have no chart of their own, where that is so."""
    watch = answers.indicators
    left = 0 if name != "indicators" or watch is None else len(watch.status) - MOST_INDICATORS
    return [words(lang)["risk.undrawn"].format(n=left)] if left > 0 else []


def _warnings(answers: RiskAnswers, lang: Lang) -> list[str]:
    """What is odd, the first 25, and the number of the others."""
    lines = [finding.line(lang) for finding in answers.warnings]
    left = len(lines) - MOST_WARNINGS
    return [*lines[:MOST_WARNINGS], words(lang)["review.more"].format(n=left)] if left > 0 else lines


def _charts(answers: RiskAnswers, lang: Lang) -> dict[str, list[dict[str, str]]]:
    """Charts by question, as pictures inside the page with the words that stand in for them."""
    from supplier_eval.report import charts_risk as draw

    makers: dict[str, list[Callable[[Any], Axes]]] = {
        "register": [lambda found: draw.loss_drivers(found, lang=lang)],
        "places": [lambda found: draw.risk_matrix_plot(found, lang=lang)],
        "losses": [lambda found: draw.loss_exceedance(found, lang=lang)],
        "tails": [lambda found: draw.tails_plot(found, lang=lang)],
        "concentration": [lambda found: draw.concentration_bars(found, lang=lang)],
        "portfolio": [lambda found: draw.kraljic_plot(found, lang=lang)],
        "backtest": [lambda found: draw.indicator_backtest_plot(found, lang=lang)],
    }
    wanted = {name: [_picture(make(answers.answers[name])) for make in several]
              for name, several in makers.items() if name in answers.answers}  # fmt: skip
    watch = answers.indicators
    if watch is not None:
        worst = watch.to_frame()["indicator"].tolist()[:MOST_INDICATORS]
        wanted["indicators"] = [_picture(draw.indicator_lines(watch, name, lang=lang)) for name in worst]
    return wanted


def _picture(ax: Axes) -> dict[str, str]:
    from supplier_eval.report.charts import alt_text
    from supplier_eval.report.small_picture import inside_page

    return {"source": inside_page(ax), "alt": alt_text(ax)}
