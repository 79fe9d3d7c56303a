"""Objections: what was asked, answered and decided, with the figures concerned (§3.2.5, §1.3.4).

The file itself is for those inside. The copy that goes out to the objector passes through the same rule as a debrief
letter (`letters.compose`): their own figures, and of the winner what the policy's disclosure rule allows.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supplier_eval.errors import UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.report import tables
from supplier_eval.report.file_names import file_name
from supplier_eval.report.file_sections import kept_result
from supplier_eval.report.file_tables import candidates_table
from supplier_eval.report.formats import day, plain
from supplier_eval.report.letter_lots import is_decided
from supplier_eval.report.letter_names import hider_of, named_to
from supplier_eval.report.letter_paper import outside_foot, told_blocks
from supplier_eval.report.letters import compose
from supplier_eval.report.paper import (
    Block,
    Facts,
    Heading,
    Items,
    Paper,
    Text,
    audit_head,
    fingerprints,
    standing_banner,
    subject_of,
)
from supplier_eval.report.paper_page import save_paper
from supplier_eval.report.tables_registry import choice_words, field_words, state_words
from supplier_eval.report.tender_record import ONE_LOT, TenderRecord
from supplier_eval.report.titles import titled
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.registry.record import Stored


def write_objections(evaluation: Evaluation, record: TenderRecord, path: str | Path, lang: Lang = "en") -> Path:
    """Write the objection file of a tender, for those inside.

    Parameters
    ----------
    evaluation : Evaluation
        The result that is objected to; its figures stand beside each objection.
    record : TenderRecord
        What the registry holds, as `tender_record.read_record` gives it.
    path : str or Path
        A file that ends in ``.html`` or ``.docx``.
    lang : {"en", "zh"}
        Language; what people wrote stays in theirs.

    Returns
    -------
    Path
        The file that was written; it says so where there was no objection.

    Raises
    ------
    MissingExtra
        If Word is asked for and python-docx is not installed.
    """
    return save_paper(objections_paper(evaluation, record, lang), path)


def write_objection_replies(
    evaluation: Evaluation, record: TenderRecord, folder: str | Path, lang: Lang = "en", *, word: bool = False
) -> list[Path]:
    """Write the copy that goes out for every objection that was answered.

    Parameters
    ----------
    evaluation, record, lang
        As in `write_objections`.
    folder : str or Path
        Made where it does not exist.
    word : bool
        As Word documents, else as HTML.

    Returns
    -------
    list of Path
        The files, in the order of the objections' ids.

    Raises
    ------
    MissingExtra
        If Word is asked for and python-docx is not installed.
    """
    ending = ".docx" if word else ".html"
    answered = [one for one in record.of("objection") if one.answered_on is not None]
    return [
        save_paper(
            objection_reply(evaluation, record, one.id, lang), Path(folder) / file_name("objection", one.id, ending)
        )
        for one in answered
    ]


def objections_paper(evaluation: Evaluation, record: TenderRecord, lang: Lang = "en") -> Paper:
    """Give the objection file as a document, see `write_objections`."""
    evaluation = titled(evaluation, lang)
    say, told = words(lang), record.of("objection")
    blocks: list[Block] = [Text(say["objection.inside"], "pale")]
    blocks += [Text(say["objection.none"])] if not told else []
    for one in told:
        blocks += _objection(evaluation, record, one, lang)
    return Paper(
        say["objection.title"],
        subject_of(evaluation, lang),
        lang,
        evaluation.standing,
        standing_banner(evaluation, lang),
        fingerprints(evaluation, lang, record),
        tuple(blocks),
    )


def objection_reply(evaluation: Evaluation, record: TenderRecord, objection: str, lang: Lang = "en") -> Paper:
    """Give the copy of one objection that goes out to the objector.

    Parameters
    ----------
    evaluation, record, lang
        As in `write_objections`.
    objection : str
        Id of the objection.

    Returns
    -------
    Paper
        Their own words, the answer without names that the rule keeps back, the decision, and the figures that a debrief
        letter would tell them, where the result is the one that was objected to. Figures inside the answer were written
        by people and are not looked at.

    Raises
    ------
    UnknownName
        If there is no such objection.
    """
    told = {id_key(one.id): one for one in record.of("objection")}
    one = told.get(id_key(objection))
    if one is None:
        raise UnknownName("objection", objection, [other.id for other in told.values()])
    say, result = words(lang), _lot_result(evaluation, record, one)
    bid = _bid_of(evaluation, one.supplier, result)
    named = named_to(evaluation, result, bid) if result is not None else set(_bids_of(evaluation, one.supplier))
    hide = hider_of(evaluation, named, lang)
    decision = choice_words(one.decision, lang) if one.decision else ""
    blocks: list[Block] = [
        Facts(((say["letter.date"], ""), (say["letter.to"], plain(record.suppliers.get(one.supplier, one.supplier))))),
        Facts(((say["objection.received"], day(one.received_on, lang)),)),
        Heading(say["objection.asked"]),
        *_paragraphs(one.text),
        Heading(say["objection.answered"]),
        *(Text(hide(block.text)) for block in _paragraphs(one.answer)),
        Facts(((say["objection.decision"], decision),)),
    ]
    kept = record.objected(one)
    same = result is not None and kept is not None and record.agreement(evaluation, result, kept) == "same"
    if result is not None and same and _may_be_told(result, bid):
        blocks += told_blocks(compose(evaluation, bid, lang), lang)
    standing = evaluation.standing
    banner = (say["letter.draft"],) if standing != "binding" else ()
    title, foot = say["objection.reply"], (*outside_foot(evaluation, lang), *audit_head(record, lang))
    return Paper(title, subject_of(evaluation, lang), lang, standing, banner, foot, tuple(blocks))


def _objection(evaluation: Evaluation, record: TenderRecord, one: Stored, lang: Lang) -> tuple[Block, ...]:
    """One objection with the figures concerned, all of it."""
    say, result = words(lang), _lot_result(evaluation, record, one)
    against = plain(one.publication or "") or say["objection.documents"]
    pairs = (
        (say["objection.by"], record.supplier(one.supplier)),
        (say["objection.against"], against),
        (say["objection.received"], day(one.received_on, lang)),
        (_head("answer_due", lang), day(one.answer_due, lang)),
        (_head("answered_on", lang), day(one.answered_on, lang) if one.answered_on else ""),
        (_head("answered_by", lang), plain(one.answered_by or "")),
        (say["objection.decision"], choice_words(one.decision, lang) if one.decision else ""),
        (say["column.state"], state_words(one.state, lang)),
    )
    blocks: list[Block] = [Heading(f"{say['objection.one']} {plain(one.id)}"), Facts(pairs)]
    blocks += [Heading(say["objection.asked"], 2), *_paragraphs(one.text)]
    blocks += [Heading(say["objection.answered"], 2)]
    blocks += _paragraphs(one.answer) if one.answer else (Facts(((say["objection.answered"], ""),)),)
    blocks.append(Heading(say["objection.figures"], 2))
    if result is None:
        return (*blocks, Text(say["objection.no_figures"]))
    bid, ranking, kept = _bid_of(evaluation, one.supplier, result), result.ranking, record.objected(one)
    blocks += kept_result(evaluation, result, kept, lang) if kept is not None else ()
    if bid:
        blocks.append(Items(tuple(plain(line) for line in evaluation.explain(bid, lang).split("\n"))))
    candidates = candidates_table(result, lang)
    blocks += [candidates] if candidates is not None else []
    blocks += [tables.ranking_table(ranking, lang)] if ranking.order else []
    return tuple(blocks)


def _lot_result(evaluation: Evaluation, record: TenderRecord, one: Stored) -> LotResult | None:
    """The lot that an objection is about; None where it is against the documents."""
    kept = record.objected(one)
    return evaluation.lots.get(kept.lot or ONE_LOT) if kept is not None else None


def _bids_of(evaluation: Evaluation, supplier: str) -> tuple[str, ...]:
    """All bids of a supplier."""
    bidders = evaluation.tender.bids["bidder"].items()
    return tuple(str(bid) for bid, bidder in bidders if id_key(str(bidder)) == id_key(supplier))


def _bid_of(evaluation: Evaluation, supplier: str, result: LotResult | None) -> str:
    """The objector's bid in the lot; empty where there is none."""
    if result is None:
        return ""
    return next((bid for bid in _bids_of(evaluation, supplier) if bid in result.qualification.names), "")


def _may_be_told(result: LotResult, bid: str) -> bool:
    """Whether a letter would be written to this bid: it is there, it did not win, and its lot is decided."""
    return bool(bid) and not is_decided(result) and bid not in result.ranking.winners


def _paragraphs(text: str) -> tuple[Text, ...]:
    """What people wrote, a paragraph a line."""
    return tuple(Text(plain(line)) for line in text.split("\n") if plain(line))


def _head(field: str, lang: Lang) -> str:
    """What people call a field, as a label."""
    label = field_words(field, lang)
    return label[:1].upper() + label[1:]
