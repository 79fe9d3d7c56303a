"""A review as rows of text: suppliers, scorecards, proposals, gaps, credits, observations, signals.

Clauses of the policy (§3.3.2, §5.1.1, §5.2.1, §5.2.3).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang, message, sentences
from supplier_eval.report.figure_words import kpi_change, kpi_figure
from supplier_eval.report.formats import NOTHING, day, money, number, percent, plain
from supplier_eval.report.tables import Table
from supplier_eval.report.tables_award import Columns
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.monitor.credit_result import ServiceCredits
    from supplier_eval.monitor.kpi_definitions import KpiDefinition
    from supplier_eval.monitor.observations import Observations
    from supplier_eval.monitor.period_review import PeriodReview
    from supplier_eval.monitor.review_answers import ReviewAnswers
    from supplier_eval.monitor.scorecard import Scorecard

UNRATED = {
    "nothing_measured": "review.unrated_nothing_measured",
    "coverage": "review.unrated_coverage",
    "in_force": "review.unrated_in_force",
}
STATES = {
    "met": "review.state_met",
    "credited": "review.state_credited",
    "held": "review.state_held",
    "no_credit": "review.state_no_credit",
    "excluded": "review.state_excluded",
    "not_applicable": "review.state_not_applicable",
}
MOST_GAPS = 40
PROPOSED = (
    *("review.supplier", "review.grade", "review.action", "review.by_grade", "review.reason", "review.approver"),
    *("review.expires", "review.appeal", "review.decision"),
)
LINE_COLUMNS = (
    ("review.kpi", "text"),
    ("review.weight", "figure"),
    ("review.cases", "figure"),
    ("review.value", "figure"),
    ("review.points_raw", "figure"),
    ("review.shrunken", "figure"),
    ("review.points_shrunken", "figure"),
    ("review.reliability", "figure"),
    ("review.gap_target", "figure"),
    ("review.remark", "text"),
)


def names_of(answers: ReviewAnswers) -> dict[str, str]:
    """Display names that the contracts state, by supplier; the id where they state none."""
    records = answers.folder.records
    if "contracts" not in records or "name" not in records["contracts"]:
        return {}
    frame = records["contracts"]
    pairs = zip(frame["supplier"].astype(str), frame["name"], strict=True)
    return {supplier: plain(name) for supplier, name in pairs if isinstance(name, str)}


def summary_table(answers: ReviewAnswers, lang: Lang) -> Table:
    """Give every supplier shown with grade, score, comparison, rank, coverage and proposal, each on its basis."""
    say, review, names = words(lang), answers.review, names_of(answers)
    proposals = {one.supplier: one for one in review.proposals}
    columns: Columns = [(say["review.supplier"], "id")]
    columns += [(say["review.name"], "text")] if names else []
    columns += [(say[key], kind) for key, kind in _summary_columns()]
    rows, marked = list[tuple[str, ...]](), {}
    for at, name in enumerate(answers.shown):
        card, proposal = review[name], proposals.get(name)
        if card.unrated or card.events:
            marked[at] = "open"
        share = card.raw.grade_shares.get(card.grade) if card.raw is not None else None
        cells = [plain(name), *[names.get(name, "")] * bool(names), grade_words(card, lang), percent(share, 0)]
        cells += [_interval(card, "raw", lang), _interval(card, "comparison", lang), _rank(card, lang)]
        said = message(f"grades.action.{proposal.action}", lang) if proposal is not None else NOTHING
        again = ""
        if proposal is not None and proposal.look_again and proposal.action != "watch":  # whose name says it already
            again = say["review.look_again"]
        remarks = (unrated_words(card, lang), again, band_words(card, lang))
        cells += [percent(float(card.coverage), 0), said, "\n".join(filter(None, remarks))]
        rows.append(tuple(cells))
    return Table("suppliers", tuple(columns), tuple(rows), marked)


def _summary_columns() -> list[tuple[str, Any]]:
    figures = ("review.grade_chance", "review.score", "review.comparison", "review.rank", "review.coverage")
    return [
        ("review.grade", "id"),
        *((key, "figure") for key in figures),
        ("review.proposal", "text"),
        ("review.remark", "text"),
    ]


def grade_words(card: Scorecard, lang: Lang) -> str:
    """The grade, with the one before where it changed."""
    state = card.state
    if state is None or not state.grade:
        return NOTHING
    if not state.changed:
        return plain(state.grade)
    return words(lang)["review.from_to"].format(before=plain(state.before), after=plain(state.grade))


def band_words(card: Scorecard, lang: Lang) -> str:
    """That the score lies in the band of another grade, which the grade does not follow yet; empty where it does."""
    state = card.state
    if state is None or state.score is None or state.band in {"", state.grade}:
        return ""
    key = "review.other_band_event" if state.why in {"critical_event", "held"} else "review.other_band"
    return words(lang)[key].format(band=plain(state.band), grade=plain(state.grade))


def _interval(card: Scorecard, basis: str, lang: Lang) -> str:
    total = card.raw if basis == "raw" else card.comparison
    if total is None:
        return words(lang)["review.not_rated"]
    facts = {"lower": number(total.spread.lower, 1), "upper": number(total.spread.upper, 1)}
    return words(lang)["review.interval"].format(figure=str(total.score), **facts)


def _rank(card: Scorecard, lang: Lang) -> str:
    if card.places is None:
        return NOTHING
    places = card.places
    return words(lang)["review.interval"].format(figure=places.rank, lower=places.lower, upper=places.upper)


def unrated_words(card: Scorecard, lang: Lang) -> str:
    """Why there is no score, and how many critical events there were; empty without either."""
    say, parts = words(lang), []
    if card.unrated:
        floor, share = percent(float(card.plan.coverage_floor), 0), percent(card.in_force, 0)
        parts.append(say[UNRATED[card.unrated]].format(floor=floor, in_force=share))
    if card.events:
        parts.append(say["review.events"].format(n=len(card.events)))
    return "\n".join(parts)


def lines_table(card: Scorecard, lang: Lang) -> Table:
    """Give every KPI of a scorecard on both bases, the heaviest first."""
    say, kpis = words(lang), {kpi.id: kpi for kpi in card.plan.kpis}
    columns: Columns = [(say[key], kind) for key, kind in LINE_COLUMNS]  # type: ignore[misc]
    rows = []
    for line in sorted(card.lines, key=lambda one: (-one.weight, one.kpi)):
        kpi = kpis[line.kpi]
        measured = line.status == "measured"
        remark = "" if measured else message(f"scorecard.status.{line.status}", lang)
        n = NOTHING if math.isnan(line.n) else number(line.n, 0)
        cells = (kpi_name(kpi, lang), percent(float(line.weight), 1) if line.weight else say["chart.tiles.watched"], n)
        own = math.isnan(line.reliability)  # nothing was shrunken
        shrunken = NOTHING if own else kpi_figure(kpi, line.shrunken, lang)
        figures = (kpi_figure(kpi, line.raw, lang), number(line.raw_points, 1), shrunken)
        more = (number(line.shrunken_points, 1), number(None if own else line.reliability, 2))
        rows.append((*cells, *figures, *more, kpi_figure(kpi, float(kpi.target), lang), remark))
    return Table("lines", tuple(columns), tuple(rows), {})


def kpi_name(kpi: KpiDefinition, lang: Lang) -> str:
    """The KPI's name in a language, else its id."""
    return plain(kpi.name.say(lang) or kpi.id)


def proposals_table(review: PeriodReview, shown: tuple[str, ...], lang: Lang) -> Table:
    """Give what is proposed, why, who decides, until when, and a blank for the decision."""
    say = words(lang)
    columns: Columns = [(say[key], "id" if at < 2 else "text") for at, key in enumerate(PROPOSED)]
    rows, marked = list[tuple[str, ...]](), {}
    for one in review.proposals:
        if one.supplier not in shown:
            continue
        if one.action not in {"keep", "watch"}:
            marked[len(rows)] = "open"
        appeal = NOTHING
        if one.appeal_until is not None:
            until = day(one.appeal_until, lang)
            appeal = say["review.appeal_said"].format(to=plain(one.appeal_to), until=until)
        by_grade = message(f"grades.action.{one.by_grade}", lang) if one.by_grade else NOTHING
        reason = sentences((reason.say(lang) for reason in one.reasons), lang)
        cells = (plain(one.supplier), plain(one.grade) or NOTHING, message(f"grades.action.{one.action}", lang))
        rows.append((*cells, by_grade, plain(reason), plain(one.approver), day(one.expires, lang), appeal, ""))
    return Table("proposals", tuple(columns), tuple(rows), marked)


def gaps_table(answers: ReviewAnswers, lang: Lang, supplier: str = "") -> Table:
    """Give the scored KPIs that miss their target, the heaviest gap first, of all shown or of one supplier."""
    say, kpis = words(lang), {kpi.id: kpi for kpi in answers.plan.kpis}
    keys = ("review.cases", "review.value", "review.gap_target", "review.gap_short", "review.gap_way")
    columns: Columns = [(say["review.supplier"], "id"), (say["review.kpi"], "text")]
    columns += [(say[key], "figure") for key in keys]
    rows = list[tuple[str, ...]]()
    for gap in answers.gaps.open:
        if supplier in {"", gap.supplier} and len(rows) < MOST_GAPS:
            kpi = kpis[gap.kpi]
            n = NOTHING if math.isnan(gap.n) else number(gap.n, 0)
            figures = [kpi_figure(kpi, one, lang) for one in (gap.value, gap.target)]
            figures.append(kpi_change(kpi, gap.shortfall, lang))
            rows.append((plain(gap.supplier), kpi_name(kpi, lang), n, *figures, percent(gap.relative, 0)))
    return Table("gaps", tuple(columns), tuple(rows), {})


def credits_table(owed: ServiceCredits, plan_kpis: Mapping[str, KpiDefinition], lang: Lang) -> Table:
    """Give the credits of one contract and period, line by line and in all, to the cent."""
    say, minor, currency = words(lang), owed.terms.minor_units, plain(owed.terms.currency)
    columns: Columns = [(say["review.kpi"], "text"), (say["review.value"], "figure"), (say["review.tier"], "figure")]
    heads = ("review.computed", "review.cut", "review.credit", "review.held")
    columns += [(say[key].format(currency=currency), "figure") for key in heads]
    columns.append((say["review.state"], "text"))
    rows = []
    for line in owed.lines:
        kpi = plan_kpis.get(line.kpi.kpi)
        value = None if line.figure.value is None else float(line.figure.value)
        shown = NOTHING if value is None else kpi_figure(kpi, value, lang) if kpi else str(line.figure.value)
        tier = f"{line.tier.percent.normalize():f}" if line.tier is not None else NOTHING
        cells = [money(owed.money(one), minor) for one in (line.computed, line.cut, line.credit, line.held)]
        label = kpi_name(kpi, lang) if kpi else plain(line.kpi.kpi)
        rows.append((label, shown, tier, *cells, say[STATES[line.state]]))
    sums = [money(one, minor) for one in (owed.computed, owed.cut, owed.credit, owed.held)]
    rows.append((say["review.sum"], "", "", *sums, ""))
    return Table("credits", tuple(columns), tuple(rows), {len(rows) - 1: "sum"})


def observations_table(found: Observations, shown: tuple[str, ...], lang: Lang) -> Table:
    """Give what inspections, spot checks and feedback say of each supplier, side by side."""
    say = words(lang)
    keys = ("review.seen_inspection", "review.seen_spot_check", "review.seen_feedback")
    columns: Columns = [(say["review.supplier"], "id"), *((say[key], "figure") for key in keys)]
    columns.append((say["review.differ"], "id"))
    rows, marked = list[tuple[str, ...]](), {}
    for group in found.groups:
        if group.supplier in shown:
            seen = [
                say["review.of_n"].format(share=percent(share, 2), n=f"{n:,}") if n else NOTHING
                for share, n in zip(group.share, group.n, strict=True)
            ]
            if group.disagree:
                marked[len(rows)] = "open"
            rows.append((plain(group.supplier), *seen, say["text.yes" if group.disagree else "text.no"]))
    return Table("observations", tuple(columns), tuple(rows), marked)


def signal_lines(answers: ReviewAnswers, supplier: str, lang: Lang) -> list[str]:
    """Say of every control chart of a supplier that has a signal: how many, first, last, on which side."""
    say, lines = words(lang), []
    for kpi in answers.plan.kpis:
        chart = answers.charts.get(f"{supplier} · {kpi.id}")
        if chart is None or not chart.signals:
            continue
        points = chart.signal_points
        sides = {signal.side for signal in chart.signals}
        good = 1 if kpi.direction == "max" and not chart.kind.startswith("laney") else -1
        key = "review.side_both" if len(sides) > 1 else "review.side_worse"
        key = "review.side_better" if sides == {good} else key
        facts = {"kpi": kpi_name(kpi, lang), "n": len(points), "first": plain(points[0]), "last": plain(points[-1])}
        lines.append(say["review.signal_line"].format(side=say[key], **facts))
    return lines
