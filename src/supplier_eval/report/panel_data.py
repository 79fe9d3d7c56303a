"""A tender as the data of the panel page: what the page shows, in both languages, and what it computes with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import LANGS, Lang
from supplier_eval.report.formats import plain
from supplier_eval.report.panel_lot import lot_data
from supplier_eval.report.panel_tokens import Tokens, tokens_of
from supplier_eval.report.words import words
from supplier_eval.robustness.answers import LotAnswer, answer_lots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supplier_eval.evaluation import Evaluation

SHOWN = ("panel.", "outcome.", "standing.", "key.", "chart.lines.", "chart.scatter.", "chart.heat.", "tax.", "text.")
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def panel_data(
    evaluation: Evaluation, lang: Lang, answers: Sequence[LotAnswer] | None = None, *, blind: bool = False
) -> dict[str, Any]:
    """Give the data of the page as plain lists and mappings.

    Parameters
    ----------
    evaluation : Evaluation
        All lots.
    lang : {"en", "zh"}
        Language in which the page opens.
    answers : sequence of LotAnswer, optional
        How firm each winner is, as `answer_lots` gives it; asked here where omitted.
    blind : bool
        Whether names and ids of bids and members are left out altogether.
    """
    tokens, tender = tokens_of(evaluation, blind=blind), evaluation.tender
    found = {answer.lot: answer for answer in (answer_lots(tender) if answers is None else answers)}
    return {
        "lang": lang,
        "blind": blind,
        "words": {each: {key: text for key, text in words(each).items() if key.startswith(SHOWN)} for each in LANGS},
        "title": {each: plain(tender.notice.title.say(each) or tender.notice.id) for each in LANGS},
        "tender": plain(tender.notice.id),
        "sample": tender.notice.sample,
        "standing": evaluation.standing,
        "currency": plain(tender.notice.currency or tender.policy.currency),
        "tax": tender.policy.price.tax_basis,
        "prints": {"tender": tender.fingerprint, "policy": evaluation.policy_fingerprint},
        "bids": _people(evaluation, tokens, blind),
        "members": _members(evaluation, tokens, blind),
        "lots": [
            lot_data(evaluation, result, tokens, blind=blind) | {"verdict": _verdict(found.get(lot), tokens)}
            for lot, result in evaluation.lots.items()
        ],
    }


def panel_json(data: dict[str, Any]) -> str:
    """The data as JSON that may stand inside a script element: no ``<``, ``>``, ``&`` and no line separators."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return "".join(ESCAPES.get(letter, letter) for letter in text)


def _people(evaluation: Evaluation, tokens: Tokens, blind: bool) -> list[dict[str, Any]]:
    """Every bid, in the order of its marks: id, name, number of a blind review within its lot."""
    names: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for result in evaluation.lots.values():
        names |= result.qualification.names
        numbers |= tokens.numbers(result.qualification.bids)
    people = []
    for bid in tokens.bids:
        person: dict[str, Any] = {"number": numbers[bid]}
        if not blind:
            name = plain(names.get(bid, bid))
            person |= {"id": plain(bid), "name": "" if name == plain(bid) else name}
        people.append(person)
    return people


def _members(evaluation: Evaluation, tokens: Tokens, blind: bool) -> list[dict[str, Any]]:
    numbers = tokens.numbers(tokens.members)
    people = []
    for member in tokens.members:
        person: dict[str, Any] = {"number": numbers[member]}
        if not blind:
            known = evaluation.tender.evaluators.get(member)
            person |= {"id": plain(member), "name": plain(known.name) if known is not None else ""}
        people.append(person)
    return people


def _verdict(answer: LotAnswer | None, tokens: Tokens) -> dict[str, Any] | None:
    """Level and sentences; None where the lot has no order to question."""
    if answer is None or answer.study is None:
        return None
    return {"level": answer.study.verdict.level, "said": tokens.verdict(answer.study.verdict)}
