"""Debrief letters as documents, for Word: the parts that `letters.compose` lets out and nothing else (§1.3.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.formats import day, plain
from supplier_eval.report.letters import Letter, compose
from supplier_eval.report.paper import Block, Facts, Heading, Items, Paper, Text
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation


def letter_paper(evaluation: Evaluation, bid: str, lang: Lang = "en", *, on: date | None = None) -> Paper:
    """Give the letter to one bidder who did not win as a document.

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
    Paper
        What `documents.debrief_letter` says, in the same order.

    Raises
    ------
    UnknownName
        If there is no such bid.
    SupplierEvalError
        If the bid won, or its lot is not decided.
    """
    letter = compose(evaluation, bid, lang)
    say, notice = words(lang), evaluation.tender.notice
    title = plain(notice.title.say(lang) or notice.id)
    title = say["text.of_lot"].format(title=title, lot=plain(letter.lot)) if len(evaluation.lots) > 1 else title
    standing = evaluation.lot_of(bid).ranking.standing
    buyer = plain(notice.buyer.say(lang))
    blocks: list[Block] = [Text(buyer)] if buyer else []
    blocks.append(
        Facts(((say["letter.date"], day(on, lang) if on is not None else ""), (say["letter.to"], plain(letter.name))))
    )
    blocks += [Text(sentence) for sentence in letter.decision]
    blocks += told_blocks(letter, lang)
    blocks += [Text(sentence) for sentence in (letter.standstill, letter.challenge) if sentence]
    blocks.append(Text(say["letter.closing"]))
    return Paper(
        say["letter.heading"],
        f"{title} ({plain(notice.id)})",
        lang,
        standing,
        (say["letter.draft"],) if standing != "binding" else (),
        outside_foot(evaluation, lang),
        tuple(blocks),
    )


def told_blocks(letter: Letter, lang: Lang) -> tuple[Block, ...]:
    """The figures that one bidder may be told: of the winner, their own, of the others."""
    say = words(lang)
    heads = {"points": say["letter.table_points"], "marks": say["letter.table_marks"]}
    blocks: list[Block] = []
    if letter.winner:
        blocks += [Heading(say["letter.winner"]), Facts(letter.winner)]
    blocks += [Facts(((say["letter.panel"], letter.panel),))] if letter.panel else []
    if letter.own or letter.tables:
        blocks.append(Heading(say["letter.own"]))
        blocks += [Facts(letter.own)] if letter.own else []
        for table in letter.tables:
            blocks += [Heading(heads[table.name], 2), table]
    if letter.price_steps:
        blocks += [Heading(say["letter.price"], 2), Items(letter.price_steps)]
    if letter.others:
        blocks += [Heading(say["letter.others"]), Facts(letter.others)]
    return tuple(blocks)


def outside_foot(evaluation: Evaluation, lang: Lang) -> tuple[str, ...]:
    """The foot of what leaves the house: the policy that was published, nothing of the data."""
    return (words(lang)["letter.policy"].format(fingerprint=evaluation.policy_fingerprint),)
