"""The evaluation report for the file, with the contents that the regime demands (§3.2.4, §1.3.1).

Figures come from the result; what people did and said (place, witnesses, dissent, objections) from the registry, where
one is given. What is not known is a labelled line to fill in by hand, never invented.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.file_bank import bank_blocks
from supplier_eval.report.file_sections import (
    Blocks,
    by_lot,
    course_blocks,
    dissent_blocks,
    marks_blocks,
    matters_blocks,
    method_blocks,
    notice_blocks,
    panel_blocks,
    result_blocks,
    signature_blocks,
)
from supplier_eval.report.file_tables import bidders_table
from supplier_eval.report.opening_record import openings
from supplier_eval.report.paper import Block, Heading, Paper, Text, fingerprints, standing_banner, subject_of
from supplier_eval.report.paper_page import save_paper
from supplier_eval.report.titles import titled
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.report.tender_record import TenderRecord

ORDER_87, BANK = "cn-order-87", "world-bank-qcbs"


def write_evaluation_report(
    evaluation: Evaluation, path: str | Path, lang: Lang = "en", *, record: TenderRecord | None = None
) -> Path:
    """Write the evaluation report for the file, with the contents of the policy's regime.

    Parameters
    ----------
    evaluation : Evaluation
        All lots; an exploratory one is marked as a draft on every page.
    path : str or Path
        A file that ends in ``.html`` or ``.docx``.
    lang : {"en", "zh"}
        Language of the report; what people wrote stays in theirs.
    record : TenderRecord, optional
        What the registry holds of the tender, as `tender_record.read_record` gives it.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    MissingExtra
        If Word is asked for and python-docx is not installed.

    Notes
    -----
    ``cn-order-87`` has the six items of Article 58, ``world-bank-qcbs`` the five parts of the Bank's form; every other
    regime has the company's own report, which follows the same six. The report is for those inside: it names evaluators
    and shows every opened price.
    """
    return save_paper(evaluation_paper(evaluation, lang, record), path)


def evaluation_paper(evaluation: Evaluation, lang: Lang = "en", record: TenderRecord | None = None) -> Paper:
    """Give the evaluation report as a document, see `write_evaluation_report`."""
    evaluation = titled(evaluation, lang)
    say, regime = words(lang), evaluation.tender.policy.regime
    blocks = bank_blocks(evaluation, lang, record) if regime == BANK else _six(evaluation, lang, record)
    source = {ORDER_87: say["filed.by_order"], BANK: say["filed.by_bank"]}.get(regime, say["filed.by_company"])
    from_where = say["filed.with_registry" if record is not None else "filed.without_registry"]
    sample = (Text(say["page.sample"], "strong"),) if evaluation.tender.notice.sample else ()
    opened: tuple[Block, ...] = (*sample, Text(source, "pale"), Text(from_where, "pale"))
    return Paper(
        say["page.kind"],
        subject_of(evaluation, lang),
        lang,
        evaluation.standing,
        standing_banner(evaluation, lang),
        fingerprints(evaluation, lang, record),
        (*opened, *blocks),
    )


def _six(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """The six sections: notice, bidders and panel, method, opening and course, result, other matters."""
    say = words(lang)
    course: list[Block] = [*openings(evaluation, lang, record)]
    results: list[Block] = []
    for result in evaluation.lots.values():
        course += [*by_lot(evaluation, lang, result), *course_blocks(evaluation, result, lang)]
        results += [*by_lot(evaluation, lang, result), *result_blocks(evaluation, result, lang, record)]
    return (
        Heading(say["filed.one"]),
        *notice_blocks(evaluation, lang, record),
        Heading(say["filed.two"]),
        bidders_table(evaluation, lang),
        *panel_blocks(evaluation, lang, record),
        Heading(say["filed.three"]),
        *method_blocks(evaluation, lang),
        Heading(say["filed.four"]),
        *course,
        Heading(say["filed.five"]),
        *results,
        Heading(say["filed.six"]),
        *matters_blocks(evaluation, lang, record),
        *dissent_blocks(evaluation, lang, record),
        *signature_blocks(evaluation, lang, record),
        *_annex(evaluation, lang),
    )


def _annex(evaluation: Evaluation, lang: Lang) -> Blocks:
    """Every member's own marks, lot by lot; nothing where nobody marked."""
    say = words(lang)
    blocks: list[Block] = []
    for result in evaluation.lots.values():
        marked = marks_blocks(evaluation, result, lang)
        blocks += [*by_lot(evaluation, lang, result), *marked] if marked else []
    return (Heading(say["filed.annex"]), Text(say["filed.annex_note"], "pale"), *blocks) if blocks else ()
