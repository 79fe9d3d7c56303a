"""The evaluation report in the five parts of the World Bank's form for the selection of consultants.

After the Bank's *Sample Form of Evaluation Report, Selection of Consultants* (Washington, October 1999): its preface
with the five sections was read in public copies; numbers and titles of the forms (IIA-IVC) and of the annexes are
recalled in part, as `docs/evaluation-report.md` says. The nationality of firms, loan numbers and dates of the Bank's
no-objection are not in the package and stay as lines to fill in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report import tables, tables_detail
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
from supplier_eval.report.file_tables import bidders_table, candidates_table, invalid_table
from supplier_eval.report.opening_record import openings
from supplier_eval.report.outcome import outcome
from supplier_eval.report.paper import Block, Facts, Heading, Items, Text
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.report.tender_record import TenderRecord


def bank_blocks(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """All five parts."""
    say = words(lang)
    return (
        Heading(say["bank.part_one"]),
        *_technical_text(evaluation, lang),
        Heading(say["bank.part_two"]),
        *_technical_forms(evaluation, lang, record),
        Heading(say["bank.part_three"]),
        *_financial_text(evaluation, lang),
        Heading(say["bank.part_four"]),
        *_financial_forms(evaluation, lang, record),
        Heading(say["bank.part_five"]),
        *_annexes(evaluation, lang, record),
    )


def _technical_text(evaluation: Evaluation, lang: Lang) -> Blocks:
    """Part I: what is told in words; who was found not acceptable and why stands on record, the rest is written."""
    say = words(lang)
    blocks: list[Block] = [
        Facts(((say["bank.background"], ""), (say["bank.selection"], ""))),
        Heading(say["bank.technical_evaluation"], 2),
    ]
    for result in evaluation.lots.values():
        blocks += by_lot(evaluation, lang, result)
        invalid = invalid_table(result, lang)
        blocks += [invalid] if invalid is not None else [Text(say["filed.all_valid"])]
    blocks.append(Facts(((say["bank.strengths"], ""),)))
    return tuple(blocks)


def _technical_forms(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """Part II: basic data, scores by criterion, every single value."""
    say = words(lang)
    blocks: list[Block] = [
        Heading(say["bank.form_two_a"], 2),
        *notice_blocks(evaluation, lang, record),
        Facts(((say["bank.loan"], ""), (say["bank.no_objection"], ""))),
        bidders_table(evaluation, lang),
        *panel_blocks(evaluation, lang, record),
        *method_blocks(evaluation, lang),
        Heading(say["bank.form_two_b"], 2),
    ]
    for result in evaluation.lots.values():
        blocks += by_lot(evaluation, lang, result)
        for table in tables_detail.value_tables(result, lang, evaluation.tender.facts):
            blocks.append(table)
    return (*blocks, Text(say["page.values_note"], "pale"))


def _financial_text(evaluation: Evaluation, lang: Lang) -> Blocks:
    """Part III: the opening of the financial proposals, adjustments, and the recommendation that the result gives."""
    say = words(lang)
    blocks: list[Block] = [Facts(((say["bank.financial_course"], ""),)), Heading(say["bank.recommendation"], 2)]
    for result in evaluation.lots.values():
        candidates = candidates_table(result, lang)
        blocks += [*by_lot(evaluation, lang, result), Items(outcome(result, lang))]
        blocks += [candidates] if candidates is not None else []
    return (*blocks, Facts(((say["bank.negotiation"], ""),)))


def _financial_forms(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """Part IV: basic data, adjusted and evaluated prices, the combined evaluation."""
    say = words(lang)
    blocks: list[Block] = [Heading(say["bank.form_four_a"], 2), Facts(((say["bank.no_objection"], ""),))]
    blocks.append(Heading(say["bank.form_four_b"], 2))
    for result in evaluation.lots.values():
        blocks += [*by_lot(evaluation, lang, result), *course_blocks(evaluation, result, lang)]
        if tables.price_table(result, lang) is None:
            blocks.append(Text(say["page.no_prices"]))
    blocks.append(Heading(say["bank.form_four_c"], 2))
    for result in evaluation.lots.values():
        blocks += [*by_lot(evaluation, lang, result), *result_blocks(evaluation, result, lang, record)]
    return tuple(blocks)


def _annexes(evaluation: Evaluation, lang: Lang, record: TenderRecord | None) -> Blocks:
    """Part V: the members' own marks, information for monitoring, minutes of the opening, the request, the rest."""
    say = words(lang)
    blocks: list[Block] = [Heading(say["bank.annex_one"], 2)]
    for result in evaluation.lots.values():
        blocks += [*by_lot(evaluation, lang, result), *marks_blocks(evaluation, result, lang)]
    blocks += [Heading(say["bank.annex_two"], 2), Facts(((say["bank.monitoring"], ""),))]
    blocks += [Heading(say["bank.annex_three"], 2), *openings(evaluation, lang, record)]
    blocks += [Heading(say["bank.annex_four"], 2), Facts(((say["bank.request"], ""),))]
    blocks += [Heading(say["bank.annex_five"], 2), *matters_blocks(evaluation, lang, record)]
    blocks += [*dissent_blocks(evaluation, lang, record), *signature_blocks(evaluation, lang, record)]
    return tuple(blocks)
