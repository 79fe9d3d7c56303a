"""Criteria, items and cases by their titles where sentences of a result name them by their ids (§3.2.4).

Ids stay in brackets where they help to find the row: items in a price sheet, cases in ``rulings.csv`` are left to the
report for those inside, which has a column for them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from supplier_eval.messages import Lang, catalogue, message
from supplier_eval.report.formats import plain
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.findings import Finding
    from supplier_eval.flags import Flag, Reason
    from supplier_eval.intake.tender import Tender
    from supplier_eval.score.price_ladder import EvaluatedPrices, PriceStep

Said = TypeVar("Said", bound="Reason | Flag")
ONE_CASE = re.compile(r"([a-z_.]+) \(")


def case_title(code: str, lang: Lang) -> str:
    """What a case is about; the code itself where it is the user's own."""
    known = code if f"case.{code}" in catalogue() else code.partition(".")[0]
    return message(f"case.{known}", lang) if f"case.{known}" in catalogue() else plain(code)


def formula_title(formula: str, lang: Lang) -> str:
    """What a price formula is called."""
    return message(f"what_if.formula.{formula}", lang)


def warning_line(finding: Finding, lang: Lang) -> str:
    """A warning for people: what is wrong, the rows where there are any, what to do; without codes."""
    blank = "" if lang == "zh" else " "
    where = finding.where(lang) + words(lang)["text.colon"] if finding.rows else ""
    return f"{where}{finding.say(lang)}{blank}{finding.advise(lang)}".strip()


def titled(evaluation: Evaluation, lang: Lang) -> Evaluation:
    """The evaluation with titles in the facts of its reasons, flags and price steps; nothing else is changed.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    lang : {"en", "zh"}
        The language that is read afterwards.

    Returns
    -------
    Evaluation
        A copy to be shown in that language.
    """
    lots = {lot: _lot(evaluation.tender, result, lang) for lot, result in evaluation.lots.items()}
    return replace(evaluation, lots=lots)


def _lot(tender: Tender, result: LotResult, lang: Lang) -> LotResult:
    sheet, ranking = result.sheet, result.ranking
    reasons = {bid: tuple(_cases(r, lang) for r in why) for bid, why in result.qualification.reasons.items()}
    shown = replace(
        sheet,
        flags=tuple(_flag(flag, tender, lang) for flag in sheet.flags),
        standing_reasons=tuple(_cases(reason, lang) for reason in sheet.standing_reasons),
        prices=_prices(sheet.prices, tender, lang) if sheet.prices is not None else None,
    )
    return replace(
        result,
        qualification=replace(result.qualification, reasons=reasons),
        sheet=shown,
        ranking=replace(ranking, sheet=shown) if ranking.sheet is sheet else ranking,
    )


def _prices(prices: EvaluatedPrices, tender: Tender, lang: Lang) -> EvaluatedPrices:
    return replace(prices, steps=tuple(_step(step, tender, lang) for step in prices.steps))


def _step(step: PriceStep, tender: Tender, lang: Lang) -> PriceStep:
    return replace(step, item=_item(step.item, tender, lang) or step.item)


def _item(item: str, tender: Tender, lang: Lang) -> str:
    """An item's title with its id; empty where it has none."""
    for one in tender.notice.items:
        name = plain(one.name.say(lang))
        if one.id == item and name and name != item:
            return words(lang)["text.titled"].format(title=name, id=plain(item))
    return ""


def _flag(flag: Flag, tender: Tender, lang: Lang) -> Flag:
    """A flag with the titles of criterion and item and the name of the bidder whom a member has to do with."""
    facts: dict[str, Any] = {}
    tree = tender.tree
    if flag.criterion and flag.criterion in tree.by_id:
        title = plain(tree[flag.criterion].name.say(lang))
        facts["criterion"] = words(lang)["text.quoted"].format(title=title) if title else flag.criterion
    item = _item(str(flag.facts.get("item", "")), tender, lang)
    if item:
        facts[f"item_{lang}"] = message("price.step.of_item", lang, item=item)
    if "bidder" in flag.facts:
        bids = tender.bids
        named = bids.loc[bids["bidder"] == flag.facts["bidder"], "name"]
        facts["bidder"] = _with_id(plain(named.iloc[0]) if len(named) else "", str(flag.facts["bidder"]))
    return replace(flag, facts={**flag.facts, **facts}) if facts else flag


def _with_id(name: str, key: str) -> str:
    return f"{name} ({key})" if name and name != key else key


def _cases(said: Said, lang: Lang) -> Said:
    """A reason with the titles of the cases that it names."""
    facts: dict[str, Any] = {}
    if "case" in said.facts:
        facts["case"] = case_title(str(said.facts["case"]), lang)
    if isinstance(cases := said.facts.get("cases"), str):
        parts = [ONE_CASE.sub(lambda m: f"{case_title(m[1], lang)} (", part) for part in cases.split(", ")]
        facts["cases"] = words(lang)["text.between"].join(parts)
    return replace(said, facts={**said.facts, **facts}) if facts else said
