"""The page on a review: suppliers, grades, peers, a section a supplier, credits and proposals, as one HTML file.

Clauses of the policy (§3.3.2, §5.1.1, §5.2.1-§5.2.3).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang
from supplier_eval.report import tables_review as rows
from supplier_eval.report.documents import language_tag, render, save_page
from supplier_eval.report.formats import moment, percent, plain
from supplier_eval.report.review_charts import page_charts, supplier_charts
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.monitor.review_answers import ReviewAnswers

MOST_SECTIONS = 20
MOST_FINDINGS = 30
MOST_NAMED = 12


def write_review(answers: ReviewAnswers, path: str | Path, lang: Lang = "en", *, title: str = "") -> Path:
    """Write a review as one HTML file that needs nothing else.

    Parameters
    ----------
    answers : ReviewAnswers
        As `monitor.review_folder` gives it.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``review.html``.
    lang : {"en", "zh"}
        Language of the page.
    title : str
        What was reviewed; the plan's title or the folder's name by default.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The page is for those who decide: it names all suppliers beside each other. To a supplier goes only its own
    section, which `supplier` of `review_folder` gives alone. An exploratory review says so across the page.
    """
    return save_page(review_page(answers, lang, title=title), path, "review.html")


def review_page(answers: ReviewAnswers, lang: Lang = "en", *, title: str = "") -> str:
    """Give the page on a review as the text of one HTML page, see `write_review`."""
    say, review = words(lang), answers.review
    as_of = moment(answers.results.as_of, lang, _zone(answers))
    named = plain(title or answers.plan.title.say(lang) or answers.folder.name)
    findings = [finding.line(lang) for finding in answers.warnings]
    sections = answers.shown[:MOST_SECTIONS]
    left = len(answers.shown) - len(sections)
    return render(
        "review.html.j2",
        lang=language_tag(lang),
        say=say,
        title=say["review.title"].format(folder=named, period=review.period),
        standing=review.standing,
        reasons=[reason.say(lang) for reason in review.reasons],
        opening=opening(answers, lang),
        summary=rows.summary_table(answers, lang),
        intervals=say["review.intervals"].format(confidence=percent(answers.plan.estimates.confidence, 0)),
        charts=page_charts(answers, lang),
        alarms=_alarms(answers, lang),
        proposals=rows.proposals_table(review, answers.shown, lang),
        credits=_credits(answers, lang),
        credits_note=say["review.credits_note"].format(period=review.period),
        gaps=rows.gaps_table(answers, lang),
        gaps_note=_gaps_note(answers, lang),
        causes=_causes(answers, lang),
        recent=_recent(answers, lang),
        observations=rows.observations_table(answers.observations, answers.shown, lang),
        observed=answers.observations.explain(lang).split("\n")[:1],
        sections=[_section(answers, name, lang) for name in sections],
        left=say["review.left_out"].format(n=left) if left else "",
        findings=findings[:MOST_FINDINGS],
        more=say["review.more"].format(n=len(findings) - MOST_FINDINGS) if len(findings) > MOST_FINDINGS else "",
        foot=(
            f"{say['head.policy_print']} {answers.policy_fingerprint}",
            f"{say['review.data_print']} {answers.folder.fingerprint}",
            say["review.footer"].format(plan=plain(answers.plan.name), seed=review.seed, as_of=as_of),
        ),
    )


def _zone(answers: ReviewAnswers) -> Any:  # noqa: ANN401 - a time zone
    from zoneinfo import ZoneInfo

    return ZoneInfo(next(iter(answers.folder.records.clocks.values())).timezone)


def opening(answers: ReviewAnswers, lang: Lang) -> list[str]:
    """What was reviewed, up to when it is known, and on which basis what stands."""
    say = words(lang)
    as_of = moment(answers.results.as_of, lang, _zone(answers))
    facts = {"period": answers.review.period, "n": len(answers.reviews), "first": answers.reviews[0].period}
    lines = [say["review.period_said"].format(as_of=as_of, **facts), say["review.basis"]]
    if answers.supplier:
        n = len(answers.review.suppliers)
        lines.insert(1, say["review.only"].format(supplier=plain(answers.supplier), n=n))
    return lines


def _alarms(answers: ReviewAnswers, lang: Lang) -> list[str]:
    say = words(lang)
    lines = answers.alarms.explain(lang).split("\n") if answers.charts else []
    judged = any(chart.judged.any() for chart in answers.charts.values())
    if not judged:
        lines = [say["review.alarms_unjudged"].format(period=answers.review.period)]
    if answers.uncharted:
        shown = [plain(name) for name in answers.uncharted[:MOST_NAMED]]
        names = say["text.between"].join(shown) + (" …" if len(answers.uncharted) > MOST_NAMED else "")
        lines.append(say["review.uncharted"].format(n=len(answers.uncharted), names=names))
    return lines


def _no_signal(answers: ReviewAnswers, supplier: str, lang: Lang) -> str:
    """Why no signal of a supplier stands on the page: there is none, or nothing could be judged."""
    own = [chart for name, chart in answers.charts.items() if name.startswith(f"{supplier} · ")]
    judged = any(chart.judged.any() for chart in own)
    return words(lang)["review.signals_none" if judged else "review.signals_unjudged"]


def _recent(answers: ReviewAnswers, lang: Lang) -> str:
    """Over which periods causes and observations are added up."""
    recent = answers.recent
    return words(lang)["review.recent"].format(n=len(recent), first=recent[0], last=recent[-1])


def _causes(answers: ReviewAnswers, lang: Lang, supplier: str = "") -> list[str]:
    """Causes of complaints in words; without a complaint, whether there is a table of them at all."""
    if "complaints" not in answers.folder.records:
        return [words(lang)["review.no_complaints_table"]]
    found = answers.causes(supplier)
    return found.explain(lang).split("\n") if found.n else [words(lang)["review.no_complaints"]]


def _credits(answers: ReviewAnswers, lang: Lang) -> list[dict[str, Any]]:
    """A table and its sentences for every clause of a supplier shown."""
    kpis = {kpi.id: kpi for kpi in answers.plan.kpis}
    last = [one for owed in answers.credits.values() for one in owed if one.period == answers.review.period]
    return [
        {
            "heading": f"{plain(one.terms.supplier)} · {plain(one.terms.contract)}",
            "table": rows.credits_table(one, kpis, lang),
            "said": one.explain(lang).split("\n"),
        }
        for one in last
        if one.terms.supplier in answers.shown
    ]


def _gaps_note(answers: ReviewAnswers, lang: Lang) -> str:
    gaps = answers.gaps.gaps
    count = {state: sum(gap.state == state for gap in gaps) for state in ("met", "not_assessed")}
    return words(lang)["review.gaps_note"].format(met=count["met"], n=len(gaps), open=count["not_assessed"])


def _section(answers: ReviewAnswers, supplier: str, lang: Lang) -> dict[str, Any]:
    """What the page shows of one supplier."""
    card, name = answers.review[supplier], rows.names_of(answers).get(supplier, "")
    return {
        "heading": f"{plain(supplier)} {name}".strip(),
        "said": answers.review.explain(supplier, lang).split("\n"),
        "lines": rows.lines_table(card, lang),
        "signals": rows.signal_lines(answers, supplier, lang) or [_no_signal(answers, supplier, lang)],
        "causes": _causes(answers, lang, supplier),
        "charts": supplier_charts(answers, supplier, name, lang),
    }
