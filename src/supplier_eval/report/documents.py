"""The report as one page and the debrief letters; the only file that fills templates.

A page carries everything in itself: style, and charts as pictures. It asks nothing of the network, runs nothing, and
every word that came from outside is escaped. How it is laid out stands in ``templates``.
"""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from supplier_eval.messages import Lang
from supplier_eval.rank.comparison import compare_bids
from supplier_eval.report import tables, tables_detail
from supplier_eval.report.file_names import file_name
from supplier_eval.report.formats import day, number, plain
from supplier_eval.report.head import policy_facts, tender_facts
from supplier_eval.report.letter_lots import after_awards, to_be_told
from supplier_eval.report.letters import compose
from supplier_eval.report.outcome import bidder, outcome
from supplier_eval.report.paper import fingerprints
from supplier_eval.report.titles import titled, warning_line
from supplier_eval.report.whole_file import put
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.rank.points import PointsRanking
    from supplier_eval.report.charts import Axes
    from supplier_eval.report.tender_record import TenderRecord

PAGE_ENDINGS = {".html", ".htm"}


def write_report(evaluation: Evaluation, path: str | Path, lang: Lang = "en") -> Path:
    """Write the report of an evaluation as one HTML file that needs nothing else.

    Parameters
    ----------
    evaluation : Evaluation
        All lots; an exploratory result is marked as such on every page and chart.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``report.html``.
    lang : {"en", "zh"}
        Language of the report.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The report is for those inside the procedure: it names evaluators and shows all opened prices. Prices whose
    envelope was never opened are not in it. What leaves the house is written by `write_debriefs`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> with TemporaryDirectory() as folder:
    ...     se.report.write_report(se.evaluate(tender), folder).name
    'report.html'
    """
    return save_page(report_page(evaluation, lang), path, "report.html")


def save_page(page: str, path: str | Path, name: str) -> Path:
    """Write the text of a page to a file that ends in ``.html``, or as `name` into a folder."""
    target = Path(path)
    if target.suffix.lower() not in PAGE_ENDINGS:
        target = target / name
    return put(target, page.encode("utf-8"))


def report_page(evaluation: Evaluation, lang: Lang = "en") -> str:
    """Give the report of an evaluation as the text of one HTML page, see `write_report`."""
    evaluation = titled(evaluation, lang)
    return render(
        "report.html.j2",
        lang=language_tag(lang),
        say=words(lang),
        title=plain(evaluation.tender.notice.title.say(lang) or evaluation.tender.notice.id),
        sample=evaluation.tender.notice.sample,
        standing=evaluation.standing,
        standing_reasons=[reason.say(lang) for reason in evaluation.standing_reasons],
        foot=fingerprints(evaluation, lang),
        tender=tender_facts(evaluation, lang),
        policy=policy_facts(evaluation, lang),
        weights=tables_detail.weights_table(evaluation, lang),
        warnings=[warning_line(finding, lang) for finding in evaluation.tender.warnings],
        lots=[_lot(evaluation, result, lang) for result in evaluation.lots.values()],
    )


def debrief_letter(evaluation: Evaluation, bid: str, lang: Lang = "en", *, on: date | None = None) -> str:
    """Give the letter to one bidder who did not win, as the text of an HTML page.

    Parameters
    ----------
    evaluation : Evaluation
        The result. An exploratory one gives a draft that says so.
    bid : str
        Id of the bid.
    lang : {"en", "zh"}
        Language of the letter.
    on : date, optional
        Date of the letter; left to be filled in otherwise.

    Returns
    -------
    str
        Own result and, of the winner, what the policy's disclosure rule allows; nothing of any other bid beyond it.

    Raises
    ------
    UnknownName
        If there is no such bid.
    SupplierEvalError
        If the bid won, or its lot is not decided: prices are closed, or a tie waits for its draw.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> letter = se.report.debrief_letter(se.evaluate(tender), "ATI CNS")
    >>> "ATI REAR" in letter
    False
    """
    letter = compose(evaluation, bid, lang)
    say, notice = words(lang), evaluation.tender.notice
    title = plain(notice.title.say(lang) or notice.id)
    return render(
        "letter.html.j2",
        lang=language_tag(lang),
        say=say,
        title=say["text.of_lot"].format(title=title, lot=plain(letter.lot)) if len(evaluation.lots) > 1 else title,
        tender=plain(notice.id),
        buyer=plain(notice.buyer.say(lang)),
        on=day(on, lang) if on is not None else "",
        name=plain(letter.name),
        standing=evaluation.lot_of(bid).ranking.standing,
        letter=letter,
        foot=say["letter.policy"].format(fingerprint=evaluation.policy_fingerprint),
    )


def write_debriefs(
    evaluation: Evaluation,
    folder: str | Path,
    lang: Lang = "en",
    *,
    on: date | None = None,
    word: bool = False,
    record: TenderRecord | None = None,
) -> list[Path]:
    """Write a letter for every bid that did not win, in the lots that are decided.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    folder : str or Path
        Made where it does not exist.
    lang : {"en", "zh"}
        Language of the letters.
    on : date, optional
        Date of the letters.
    word : bool
        Each letter as a Word document too.
    record : TenderRecord, optional
        What the registry holds, as `tender_record.read_record` gives it: the letters then follow its award.

    Returns
    -------
    list of Path
        The files, in the order of lots and bids. Names are made from the ids and safe on every system.

    Raises
    ------
    SupplierEvalError
        If no lot has letters: prices are closed, a tie waits for its draw, or an award was withdrawn.
    MissingExtra
        If Word is asked for and python-docx is not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> with TemporaryDirectory() as folder:
    ...     letters = se.report.write_debriefs(se.evaluate(tender), folder)
    >>> len(letters)
    2
    """
    if word:
        from supplier_eval.report.letter_paper import letter_paper
        from supplier_eval.report.word import require_word, write_word

        require_word()
    target, told = Path(folder), to_be_told(evaluation, lang, record)
    evaluation = after_awards(evaluation, record)
    written = []
    for bid in told:
        file = target / file_name("debrief", bid, ".html")
        written.append(save_page(debrief_letter(evaluation, bid, lang, on=on), file, file.name))
        if word:
            written.append(write_word(letter_paper(evaluation, bid, lang, on=on), file.with_suffix(".docx")))
    return written


def _lot(evaluation: Evaluation, result: LotResult, lang: Lang) -> dict[str, Any]:
    """Everything that the page shows of one lot."""
    tender, ranking = evaluation.tender, result.ranking
    name = plain(tender.notice.lot(result.lot).name.say(lang))
    agreement, prices = result.agreement, result.sheet.prices
    return {
        "id": plain(result.lot),
        "name": name,
        "several": len(evaluation.lots) > 1,
        "standing": ranking.standing,
        "standing_reasons": [reason.say(lang) for reason in result.sheet.standing_reasons],
        "outcome": outcome(result, lang),
        "ranking": tables.ranking_table(ranking, lang) if ranking.order else None,
        "charts": _charts(evaluation, result, lang),
        "qualification": tables.qualification_table(result, lang),
        "checks": tables.checks_table(result, lang),
        "prices": tables.price_table(result, lang),
        "item_prices": tables.items_table(result, tender.notice.items_of(result.lot), lang),
        "steps": [(plain(step.bid), step.say(lang)) for step in prices.steps] if prices is not None else [],
        "agreement": tables_detail.agreement_table(agreement, lang) if agreement is not None else None,
        "severity": tables_detail.severity_table(agreement, tender.evaluators, lang) if agreement is not None else None,
        "sentences": agreement.explain(lang).split("\n") if agreement is not None else [],
        "flags": tables_detail.flags_table(result.flags, lang),
        "open_flags": tables_detail.open_flags(result, lang),
        "value_tables": tables_detail.value_tables(result, lang, tender.facts),
        "factor": number(result.sheet.factor) if result.sheet.factor != 1.0 else "",
        "comparison": _comparison(ranking, lang),
    }


def _comparison(ranking: PointsRanking, lang: Lang) -> dict[str, Any] | None:
    """Why the first candidate is ahead of the second; None where there are not two."""
    standing = [bid for bid in ranking.order if bid not in ranking.withdrawn]
    if len(standing) < 2:
        return None
    first, second = standing[:2]
    said = compare_bids(ranking, first, second).explain(lang).split("\n")[0]
    heading = words(lang)["page.why_ahead"].format(first=bidder(ranking, first), second=bidder(ranking, second))
    return {"heading": heading, "said": said, "table": tables.comparison_table(ranking, first, second, lang)}


def _charts(evaluation: Evaluation, result: LotResult, lang: Lang) -> list[dict[str, str]]:
    """The charts of a lot as pictures inside the page, each with the words that stand in for it."""
    from supplier_eval.report.charts import draw_as, panel_heat_map, price_quality, ranking_bars

    say, ranking = words(lang), result.ranking
    notice = evaluation.tender.notice
    drawn: list[tuple[str, Callable[[], Axes]]] = [("panel", lambda: panel_heat_map(result, lang=lang))]
    if ranking.order:
        drawn.insert(0, ("bars", lambda: ranking_bars(ranking, lang=lang)))
        drawn.insert(1, ("scatter", lambda: price_quality(ranking, notice=notice, lang=lang)))
    pictures = []
    for kind, draw in drawn:
        ax = draw()
        picture = base64.b64encode(draw_as(ax, "svg")).decode("ascii")
        title = ax.get_title(loc="left").replace("\n", " ")
        alt = say[f"alt.{kind}"].format(title=title, outcome=" ".join(outcome(result, lang)[:1]))
        pictures.append({"kind": kind, "source": f"data:image/svg+xml;base64,{picture}", "alt": alt})
    return pictures


def language_tag(lang: Lang) -> str:
    """The language of a page as browsers know it."""
    return "zh-CN" if lang == "zh" else "en"


@functools.cache
def _environment() -> Environment:
    """Templates with every value escaped; a name that is not given is an error, not a blank."""
    loader = PackageLoader("supplier_eval", "report/templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["css"] = css_text
    return made


def css_text(text: str) -> str:
    """Text as the inside of a CSS string: everything but ASCII letters and digits by its number, so nothing ends it."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text)


def render(template: str, **given: object) -> str:
    """Fill a template."""
    return _environment().get_template(template).render(**given)
