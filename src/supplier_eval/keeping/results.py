"""An evaluation into the registry: its document attached, one result a lot, awards proposed from it (§3.2.4, §3.2.5).

Nothing is decided here: a result is drafted, an award proposed; locking, approving and publishing are moves of people.
"""

from __future__ import annotations

import itertools
import json
from decimal import Decimal

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.evaluation import Evaluation, LotResult
from supplier_eval.keeping.registered import ONE_LOT, made
from supplier_eval.registry.record import Stored
from supplier_eval.registry.store import Registry


def keep_evaluation(registry: Registry, evaluation: Evaluation) -> tuple[Stored, ...]:
    """Draft the result of every lot that was decided.

    Parameters
    ----------
    registry : Registry
        The store; its actor makes the drafts.
    evaluation : Evaluation
        Of the tender that the registry knows under the notice's id.

    Returns
    -------
    tuple of Stored
        One `result` a lot with an order, id ``<tender>-<lot>-<n>``, all or none of them; the evaluation's JSON is
        attached once and its digest stands in `report`. A lot that stopped has none: fail it with its reasons.

    Raises
    ------
    UnknownName
        Where the registry has no such tender.
    InvalidInput
        Where no lot was decided, or the store refuses a record, with every finding.

    Examples
    --------
    >>> import runpy
    >>> from tempfile import TemporaryDirectory
    >>> main = runpy.run_path("data/samples/registry/make_store.py")["main"]
    >>> evaluation = se.evaluate(se.read_tender("data/samples/service-desk"))
    >>> with TemporaryDirectory() as folder, main(f"{folder}/s.sqlite", "tender").registry as store:
    ...     kept = se.keeping.keep_evaluation(store, evaluation)
    >>> [(result.id, result.state) for result in kept]
    [('service-desk-2026-L1-1', 'draft'), ('service-desk-2026-L2-1', 'draft'), ('service-desk-2026-L3-1', 'draft')]
    """
    tender = registry.get("tender", evaluation.tender.notice.id)
    decided = {lot: result for lot, result in evaluation.lots.items() if result.ranking.stopped is None}
    if not decided:
        raise InvalidInput([Finding("keeping.undecided", "result", value=tender.id)], tender.id)
    text = json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)
    name = f"{tender.id}-evaluation.json"
    attached = registry.attach(text.encode("utf-8"), name, "application/json", tender.data_class)
    records = [
        made(
            "result",
            id=_free_id(registry, f"{tender.id}-{lot}"),
            tender=tender.id,
            lot=lot if tender.lots else "",
            report=attached.digest,
            scored_by=_scorers(evaluation, result),
            policy_fingerprint=evaluation.policy_fingerprint,
            tender_fingerprint=evaluation.tender.fingerprint,
            standing=result.sheet.standing,
            **_order(result),
        )
        for lot, result in decided.items()
    ]
    registry.add_many(records)
    return tuple(registry.get("result", record.id) for record in records)


def _free_id(registry: Registry, stem: str) -> str:
    """The first id ``<stem>-<n>`` that no result has."""
    ids = (f"{stem}-{n}" for n in itertools.count(1))
    return next(key for key in ids if not registry.count("result", id=key))


def _order(result: LotResult) -> dict[str, tuple[str, ...]]:
    ranking = result.ranking
    ranked = tuple(bid for bid in ranking.order if ranking.rank_of(bid))
    return {
        "order": ranked,
        "ranks": tuple(str(ranking.rank_of(bid)) for bid in ranked),
        "totals": tuple(str(ranking.total_of(bid)) for bid in ranked),
        "candidates": tuple(ranking.candidates()),
    }


def _scorers(evaluation: Evaluation, result: LotResult) -> tuple[str, ...]:
    """Whose marks stand in a lot: those who marked its bids and did not leave it."""
    marks = evaluation.tender.marks
    marked = marks[marks["bid"].isin(result.qualification.bids)]["evaluator"].unique()
    bidders = {str(row["bidder"]) for _, row in evaluation.tender.bids_of(result.lot).iterrows()}
    people = evaluation.tender.evaluators
    return tuple(
        person
        for person in sorted(map(str, marked))
        if person not in people or not bidders & {*people[person].conflict_with}
    )


def propose_award(registry: Registry, result: Stored, evaluation: Evaluation, key: str, reasons: str) -> Stored:
    """Propose the award of a result's lot to its next candidate.

    Parameters
    ----------
    registry : Registry
        The store.
    result : Stored
        An approved result.
    evaluation : Evaluation
        That the result came from; the amount is the candidate's evaluated price.
    key : str
        Id of the award.
    reasons : str
        Why, in words.

    Returns
    -------
    Stored
        An `award`, proposed: the first candidate whose bid stands and who had no award from this result yet; after a
        withdrawal it names the award that it follows.

    Raises
    ------
    InvalidInput
        Where the evaluation is not that of the result, an award of the lot stands, no candidate is left, or the
        store refuses it.
    """
    lot = result.lot or ONE_LOT
    if (evaluation.tender.fingerprint, evaluation.policy_fingerprint) != (
        result.tender_fingerprint,
        result.policy_fingerprint,
    ):
        raise InvalidInput([Finding("keeping.other_evaluation", "award", "result", value=result.id)], result.id)
    awards = registry.where("award", tender=result.tender, lot=result.lot)
    standing = [one.id for one in awards if one.state != "withdrawn"]
    if standing:
        facts = {"award": ", ".join(standing)}
        raise InvalidInput([Finding("keeping.award_stands", "award", "bid", value=result.id, facts=facts)], result.id)
    gone = {one.bid: one.id for one in awards if one.result == result.id and one.approved_on is not None}
    bids = {bid: registry.get("bid", bid) for bid in result.candidates}
    left = [bid for bid in result.candidates if bid not in gone and bids[bid].state == "qualified"]
    if not left:
        raise InvalidInput([Finding("keeping.no_candidate", "award", "bid", value=result.id)], result.id)
    before = result.candidates[: result.candidates.index(left[0])]
    prices = evaluation.lots[lot].sheet.prices
    amount = Decimal(0) if prices is None else prices.evaluated[left[0]] or Decimal(0)
    record = made(
        "award",
        id=key,
        tender=result.tender,
        lot=result.lot,
        result=result.id,
        bid=left[0],
        supplier=bids[left[0]].supplier,
        amount=amount,
        currency=evaluation.tender.notice.currency or evaluation.tender.policy.currency,
        reasons=reasons,
        follows=next((gone[bid] for bid in reversed(before) if bid in gone), None),
    )
    return registry.add(record)
