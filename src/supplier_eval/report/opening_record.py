"""The opening record: which envelopes were opened when, where and before whom, and what was read out (§3.2.2).

From the registry where one is given, else from the notice; what neither says is left as a line to fill in.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.report.file_tables import bidders_table, read_out_table
from supplier_eval.report.formats import moment, names, plain, zone_of
from supplier_eval.report.head import tender_facts
from supplier_eval.report.paper import (
    Block,
    Facts,
    Heading,
    Pair,
    Paper,
    Signatures,
    Text,
    fingerprints,
    standing_banner,
    subject_of,
)
from supplier_eval.report.paper_page import save_paper
from supplier_eval.report.titles import titled
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.registry.record import Stored
    from supplier_eval.report.tender_record import TenderRecord


def write_opening_record(
    evaluation: Evaluation, path: str | Path, lang: Lang = "en", *, record: TenderRecord | None = None
) -> Path:
    """Write the opening record, with lines for the witnesses to sign.

    Parameters
    ----------
    evaluation : Evaluation
        The tender's; only prices of envelopes that were opened are in it.
    path : str or Path
        A file that ends in ``.html`` or ``.docx``.
    lang : {"en", "zh"}
        Language.
    record : TenderRecord, optional
        What the registry holds, as `tender_record.read_record` gives it.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    MissingExtra
        If Word is asked for and python-docx is not installed.
    """
    return save_paper(opening_paper(evaluation, lang, record), path)


def opening_paper(evaluation: Evaluation, lang: Lang = "en", record: TenderRecord | None = None) -> Paper:
    """Give the opening record as a document, see `write_opening_record`."""
    evaluation = titled(evaluation, lang)
    say = words(lang)
    witnesses = tuple(dict.fromkeys(w for one in _signed(record) for w in one.witnesses)) or ("", "")
    head = {label: text for label, text in tender_facts(evaluation, lang) if text}
    labels = [say[f"head.{key}"] for key in ("buyer", "published", "deadline")]
    blocks = (
        Facts(tuple((label, head.get(label, "")) for label in labels)),
        Heading(say["filed.bids_received"]),
        bidders_table(evaluation, lang),
        *openings(evaluation, lang, record, level=1),
        Heading(say["opening.sign"]),
        Signatures(tuple(plain(witness) for witness in witnesses)),
    )
    title, foot = say["opening.title"], fingerprints(evaluation, lang, record)
    banner = standing_banner(evaluation, lang) if evaluation.standing != "binding" else ()
    return Paper(title, subject_of(evaluation, lang), lang, evaluation.standing, banner, foot, blocks)


def openings(
    evaluation: Evaluation, lang: Lang, record: TenderRecord | None = None, *, level: Literal[1, 2] = 2
) -> tuple[Block, ...]:
    """Every opening with its facts, then the prices that were read out."""
    say, signed = words(lang), _signed(record)
    made: list[Block] = []
    if record is not None and signed:
        for one in signed:
            made += [Heading(_envelope(one.envelope, lang), level), Facts(_recorded(one, record, lang))]
    else:
        two = evaluation.tender.policy.procedure.envelopes == 2
        made += [Heading(_envelope("technical" if two else "all", lang), level), Facts(_noticed(evaluation, lang))]
        if two:
            made += [Heading(_envelope("price", lang), level), Facts(_blanks(lang, ""))]
    prices = read_out_table(evaluation, record, lang)
    made.append(Heading(say["opening.prices"], level))
    made += [prices] if prices is not None else [Text(say[_no_prices(evaluation)])]
    return (*made, *_differences(evaluation, signed, lang))


def _differences(evaluation: Evaluation, signed: tuple[Stored, ...], lang: Lang) -> tuple[Block, ...]:
    """Envelopes that the record opened and the evaluation did not read, and the other way round."""
    say, told = words(lang), [one for one in signed if one.envelope != "technical"]
    prices = [result.sheet.prices for result in evaluation.lots.values() if result.sheet.prices is not None]
    if not told or not prices:
        return ()
    opened = {id_key(bid): bid for one in told for bid in one.bids}
    read = {id_key(bid): bid for one in prices for bid in one.read}
    unread = [bid for key, bid in opened.items() if key not in read]
    unopened = [bid for key, bid in read.items() if key not in opened]
    both = ((unread, say["opening.not_read"]), (unopened, say["opening.not_recorded"]))
    return tuple(Text(said.format(bids=names(bids, lang)), "strong") for bids, said in both if bids)


def _signed(record: TenderRecord | None) -> tuple[Stored, ...]:
    """Openings that were signed, in the order of their moments."""
    if record is None:
        return ()
    return tuple(sorted(record.of("opening", ("signed",)), key=lambda one: (str(one.opened_at), one.id)))


def _envelope(envelope: str, lang: Lang) -> str:
    say = words(lang)
    return {"technical": say["opening.technical"], "price": say["opening.price"]}.get(envelope, say["opening.all"])


def _no_prices(evaluation: Evaluation) -> str:
    """Why no price stands here: closed, or quoted in another way than as a total."""
    opened = any(r.sheet.prices is not None and r.sheet.prices.read for r in evaluation.lots.values())
    return "opening.no_totals" if opened else "page.no_prices"


def _recorded(one: Stored, record: TenderRecord, lang: Lang) -> tuple[Pair, ...]:
    say = words(lang)
    signed_at = ((say["opening.anchor"], plain(one.anchor)),) if one.anchor else ()
    return (
        (say["head.opened"], moment(one.opened_at, lang, record.zone)),
        (say["opening.place"], plain(one.place)),
        (say["opening.witnesses"], names(one.witnesses, lang)),
        (say["opening.bids"], f"{len(one.bids)}{say['text.colon']}{names(one.bids, lang)}"),
        (say["opening.read_out"], plain(one.read_out)),
        *signed_at,
    )


def _noticed(evaluation: Evaluation, lang: Lang) -> tuple[Pair, ...]:
    notice = evaluation.tender.notice
    zone = zone_of(notice.timezone, notice.deadline, notice.opened, notice.published)
    return _blanks(lang, moment(notice.opened, lang, zone) if notice.opened else "")


def _blanks(lang: Lang, opened: str) -> tuple[Pair, ...]:
    """What only the record of the opening knows, to be filled in."""
    say = words(lang)
    return (
        (say["head.opened"], opened),
        (say["opening.place"], ""),
        (say["opening.witnesses"], ""),
        (say["opening.read_out"], ""),
    )
