"""The page on robustness: how firm the winner of each lot is, as one HTML file that needs nothing else (§3.2.4)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang
from supplier_eval.report import tables_robustness as rows
from supplier_eval.report.documents import language_tag, render, save_page
from supplier_eval.report.formats import plain
from supplier_eval.report.paper import printed
from supplier_eval.report.words import words
from supplier_eval.robustness.answers import LotAnswer
from supplier_eval.robustness.study import RobustnessStudy
from supplier_eval.robustness.weight_lines import score_lines

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.report.charts import Axes

Answers = Sequence[LotAnswer | RobustnessStudy]


def write_robustness(
    studies: Answers | LotAnswer | RobustnessStudy,
    path: str | Path,
    lang: Lang = "en",
    *,
    tender: Tender | None = None,
) -> Path:
    """Write how firm the winners are as one HTML file that needs nothing else.

    Parameters
    ----------
    studies : RobustnessStudy, LotAnswer, or a sequence of them
        One a lot. A lot without an order has its reason on the page; other methods and break-even figures are on it
        where the answer holds them.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``robustness.html``.
    lang : {"en", "zh"}
        Language of the page.
    tender : Tender, optional
        For its title, where no lot has an order.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The page is exploratory throughout and for those inside the procedure: it names evaluators and what would have
    changed the award. Nothing of it goes into a letter to a bidder.
    """
    return save_page(robustness_page(studies, lang, tender=tender), path, "robustness.html")


def robustness_page(
    studies: Answers | LotAnswer | RobustnessStudy, lang: Lang = "en", *, tender: Tender | None = None
) -> str:
    """Give the page on robustness as the text of one HTML page, see `write_robustness`."""
    given = [studies] if isinstance(studies, LotAnswer | RobustnessStudy) else list(studies)
    answers = [one if isinstance(one, LotAnswer) else LotAnswer(one.lot, one) for one in given]
    found = [answer.study for answer in answers if answer.study is not None]
    if tender is None and found:
        tender = found[0].block.tender
    say = words(lang)
    footer = say["robust.footer_none"]
    if found:
        footer = say["robust.footer"].format(draws=f"{found[0].ball.draws:,}", seed=found[0].ball.seed)
    return render(
        "robustness.html.j2",
        lang=language_tag(lang),
        say=say,
        title=plain(tender.notice.title.say(lang) or tender.notice.id) if tender is not None else "",
        sample=tender is not None and tender.notice.sample,
        fingerprint=tender.policy.fingerprint if tender is not None else "",
        foot=printed(tender.policy.fingerprint, tender.fingerprint, lang) if tender is not None else (),
        footer=footer,
        lots=[_lot(answer, tender, lang) for answer in answers],
    )


def _lot(answer: LotAnswer, tender: Tender | None, lang: Lang) -> dict[str, Any]:
    """Everything that the page shows of one lot."""
    say, study = words(lang), answer.study
    names = {lot.id: plain(lot.name.say(lang)) for lot in tender.notice.lots} if tender is not None else {}
    head: dict[str, Any] = {"id": plain(answer.lot), "name": names.get(answer.lot, ""), "study": study is not None}
    if study is None:
        why = answer.stopped.say(lang) if answer.stopped is not None else ""
        return {**head, "stopped": say["robust.stopped"].format(why=why)}
    methods, broken = answer.methods, answer.break_even
    tops = {root.id for root in study.ball.scored.sheet.tree.roots} if study.ball.scored.sheet.tree else set()
    return {
        **head,
        "level": study.verdict.level,
        "verdict": _lines(study.verdict.explain(lang)),
        "intervals": rows.intervals_table(study.stability, lang),
        "change": rows.change_table(study, lang),
        "change_said": _lines(study.change.explain(lang)),
        "shares": rows.shares_table(study, lang),
        "panel": rows.panel_table(study, lang),
        "panel_said": _lines(study.influence.explain(lang)),
        "reversal": rows.reversal_table(study, lang),
        "reversal_said": _lines(study.reversal.explain(lang)),
        "methods": rows.methods_table(methods, lang) if methods is not None else None,
        "methods_said": _lines(methods.explain(lang))[:4] if methods is not None else [],
        "break_even": rows.break_even_table(broken, lang) if broken is not None else None,
        "break_even_said": broken.summary(lang) if broken is not None else "",
        "charts": _charts(answer, study, tops, lang),
    }


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.split("\n") if line.strip()]


def _charts(answer: LotAnswer, study: RobustnessStudy, tops: set[str], lang: Lang) -> dict[str, dict[str, str]]:
    """The charts of a lot as pictures inside the page, each with the words that stand in for it."""
    from supplier_eval.report import charts_robustness as draw

    radius = float(study.block.tender.policy.robustness.radius)
    wanted: dict[str, Callable[[], Axes]] = {
        "intervals": lambda: draw.stability_bars(study.stability, lang=lang),
        "tornado": lambda: draw.tornado(study.stability, radius=radius, lang=lang),
        "shares": lambda: draw.rank_acceptability_bars(study.ball, lang=lang),
        "pairs": lambda: draw.pairwise_matrix(study.ball, lang=lang),
        "influence": lambda: draw.evaluator_influence(study.influence, as_evaluated=_lead(study), lang=lang),
    }
    tightest = next((line for line in study.stability.by_room if line.node.id in tops and line.movable), None)
    if tightest is not None and len(study.ball.bids) > 1:
        lines = score_lines(study.block.result.sheet, tightest.node.id)
        wanted["lines"] = lambda: draw.score_lines(lines, lang=lang)
    if answer.methods is not None:
        compared = answer.methods
        wanted["methods"] = lambda: draw.method_agreement(compared, lang=lang)
    return {kind: _picture(make()) for kind, make in wanted.items()}


def _lead(study: RobustnessStudy) -> float | None:
    """The winner's lead as evaluated, after rounding; None where it stands alone."""
    ranking, winner = study.block.result.ranking, study.influence.winners[0]
    lead = ranking.margins.get(winner, math.nan)
    return lead if math.isfinite(lead) else None


def _picture(ax: Axes) -> dict[str, str]:
    from supplier_eval.report.charts import alt_text
    from supplier_eval.report.small_picture import inside_page

    return {"source": inside_page(ax), "alt": alt_text(ax)}
