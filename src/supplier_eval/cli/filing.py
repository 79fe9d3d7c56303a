"""What ``report`` writes for the file: evaluation report, opening record, objections; as HTML and, asked for, Word."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.messages import Lang
    from supplier_eval.report.tender_record import TenderRecord


def ready(
    evaluation: Evaluation, lang: Lang, *, word: bool = False, store: str | None = None, debriefs: bool = False
) -> TenderRecord | None:
    """Ask for everything that could refuse the documents, before any of them is written.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    lang : {"en", "zh"}
        Language of a refusal.
    word : bool
        Whether Word documents are asked for.
    store : str, optional
        The registry, as `Registry.open` takes it.
    debriefs : bool
        Whether letters are asked for.

    Returns
    -------
    TenderRecord or None
        What the registry holds of the tender; None without one.

    Raises
    ------
    UnknownName
        Where the registry does not know the tender.
    MissingExtra
        If Word is asked for and python-docx is not installed.
    SupplierEvalError
        If letters are asked for and no lot has any.
    """
    if word:
        from supplier_eval.report.word import require_word

        require_word()
    record = _record(evaluation, store) if store is not None else None
    if debriefs:
        from supplier_eval.report.letter_lots import to_be_told

        to_be_told(evaluation, lang, record)
    return record


def write_file(
    evaluation: Evaluation, out: Path, lang: Lang, *, word: bool = False, record: TenderRecord | None = None
) -> list[Path]:
    """Write the documents for the file into a folder.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    out : Path
        Made where it does not exist.
    lang : {"en", "zh"}
        Language.
    word : bool
        Each document as a Word document too.
    record : TenderRecord, optional
        What the registry holds, as `ready` gives it; without it there is no objection file.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    MissingExtra
        If Word is asked for and python-docx is not installed.
    """
    from supplier_eval.report import (
        write_evaluation_report,
        write_objection_replies,
        write_objections,
        write_opening_record,
    )

    written: list[Path] = []
    for ending in (".html", ".docx") if word else (".html",):
        written.append(write_evaluation_report(evaluation, out / f"evaluation-report{ending}", lang, record=record))
        written.append(write_opening_record(evaluation, out / f"opening-record{ending}", lang, record=record))
        if record is not None:
            written.append(write_objections(evaluation, record, out / f"objections{ending}", lang))
            replies = out / "objection-replies"
            written += write_objection_replies(evaluation, record, replies, lang, word=ending == ".docx")
    return written


def write_letters(
    evaluation: Evaluation, out: Path, lang: Lang, *, word: bool = False, record: TenderRecord | None = None
) -> list[Path]:
    """Write the letters to those who did not win into ``debriefs``; name every lot that has none on stderr.

    Parameters
    ----------
    evaluation, out, lang, word, record
        As in `write_file`; with a record the letters follow its award.

    Returns
    -------
    list of Path
        The files that were written.
    """
    from supplier_eval.messages import message
    from supplier_eval.report import write_debriefs
    from supplier_eval.report.letter_lots import held_back

    for why in held_back(evaluation, lang, record).values():
        print(f"{message('cli.warning', lang)}{message('cli.no_letters', lang, why=why)}", file=sys.stderr)
    return write_debriefs(evaluation, out / "debriefs", lang, word=word, record=record)


def _record(evaluation: Evaluation, store: str) -> TenderRecord:
    from supplier_eval.cli.registry_options import opened
    from supplier_eval.report import read_record

    with opened(store, "") as registry:
        return read_record(registry, evaluation.tender.notice.id)
