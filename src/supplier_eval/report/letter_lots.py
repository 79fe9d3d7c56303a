"""Which lots have letters, and to whom: none before a decision, none that an award has overtaken (§3.2.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from supplier_eval.errors import SupplierEvalError
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.report.formats import names, plain
from supplier_eval.report.tender_record import ONE_LOT
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.registry.record import Stored
    from supplier_eval.report.tender_record import TenderRecord

STANDING = ("approved", "notified", "contracted")
NO_AWARD = ("cancelled", "failed")


def is_decided(result: LotResult) -> str:
    """Key of the words that say why a lot has no decision yet; empty where letters may be written."""
    ranking = result.ranking
    if ranking.stopped is not None and ranking.stopped.code == "score.prices_closed":
        return "letter.prices_closed"
    return "letter.tied" if len(ranking.winners) > 1 else ""


def why_undecided(result: LotResult, lang: Lang) -> str:
    """Why a lot has no decision yet and, in a tie, how the draw is recorded; empty where letters may be written."""
    key = is_decided(result)
    bids = names(result.ranking.winners, lang)
    return words(lang)[key].format(lot=plain(result.lot), bids=bids) if key else ""


def losers(result: LotResult) -> tuple[str, ...]:
    """Bids that get a letter: all that did not win, those who withdrew left out."""
    ranking = result.ranking
    return tuple(b for b in result.qualification.bids if b not in ranking.winners and b not in ranking.withdrawn)


def after_awards(evaluation: Evaluation, record: TenderRecord | None) -> Evaluation:
    """The evaluation with the awards of the registry: where another candidate was awarded, who stood before is out.

    Totals and ranks stay as they were published (convention §3).
    """
    lots = dict(evaluation.lots)
    for lot, result in evaluation.lots.items():
        ranking, awarded = result.ranking, _awarded(result, record)
        for bid in ranking.order[: ranking.order.index(awarded)] if awarded in ranking.order else ():
            if bid not in ranking.withdrawn and ranking.rank_of(bid) < ranking.rank_of(awarded):
                ranking = ranking.withdraw(bid)
        lots[lot] = replace(result, ranking=ranking)
    return replace(evaluation, lots=lots)


def held_back(evaluation: Evaluation, lang: Lang, record: TenderRecord | None = None) -> dict[str, str]:
    """Lots that have no letters, with the reason: prices closed, a tie, or what the registry holds.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    lang : {"en", "zh"}
        Language.
    record : TenderRecord, optional
        What the registry holds of the tender.

    Returns
    -------
    dict of str to str
        Lot → sentence, in the order of the lots; empty where every lot has its letters.
    """
    settled = after_awards(evaluation, record)
    whys = {lot: _overtaken(r, record, lang) or why_undecided(r, lang) for lot, r in settled.lots.items()}
    return {lot: why for lot, why in whys.items() if why}


def to_be_told(evaluation: Evaluation, lang: Lang, record: TenderRecord | None = None) -> tuple[str, ...]:
    """Bids that get a letter, in the order of lots and bids.

    Raises
    ------
    SupplierEvalError
        If no lot has letters: see `held_back`.
    """
    settled, held = after_awards(evaluation, record), held_back(evaluation, lang, record)
    if len(held) == len(evaluation.lots):
        raise SupplierEvalError("\n".join(held.values()))
    return tuple(bid for lot, result in settled.lots.items() if lot not in held for bid in losers(result))


def _awards(result: LotResult, record: TenderRecord | None, states: tuple[str, ...]) -> tuple[Stored, ...]:
    """Awards of a lot that were approved."""
    found = record.of("award", states) if record is not None else ()
    return tuple(one for one in found if (one.lot or ONE_LOT) == result.lot and one.approved_on is not None)


def _awarded(result: LotResult, record: TenderRecord | None) -> str:
    """The bid that the registry awards the lot to, as the evaluation writes it; empty where there is no award."""
    standing = _awards(result, record, STANDING)
    if not standing:
        return ""
    key = id_key(standing[-1].bid)
    return next((bid for bid in result.qualification.bids if id_key(bid) == key), plain(standing[-1].bid))


def _overtaken(result: LotResult, record: TenderRecord | None, lang: Lang) -> str:
    """Why the registry leaves the evaluation's outcome behind; empty where it does not."""
    if record is None:
        return ""
    say, lot, awarded = words(lang), plain(result.lot), _awarded(result, record)
    failed = {id_key(one) for one in record.tender.failed_lots}
    if record.tender.state in NO_AWARD or id_key(result.lot) in failed:
        return say["letter.no_award"].format(lot=lot)
    if awarded and awarded not in result.ranking.order:
        return say["letter.award_unranked"].format(lot=lot, bid=awarded)
    if not awarded and _awards(result, record, ("withdrawn",)):
        return say["letter.award_withdrawn"].format(lot=lot)
    return ""
