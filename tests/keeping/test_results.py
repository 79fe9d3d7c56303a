"""An evaluation becomes drafts that the life cycle takes; awards follow its order, without scoring again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date
from decimal import Decimal
from shutil import copytree

import pytest

from registry_sample import DESK, TENDER
from supplier_eval.errors import InvalidInput, Refused, UnknownName
from supplier_eval.intake.assemble import read_tender
from supplier_eval.keeping import keep_evaluation, propose_award, registered_tender
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.registry import kind_named

L1 = f"{TENDER}-L1-1"


def codes(refused: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_each_lot_has_a_draft_that_says_what_the_evaluation_said(opened, evaluation):
    kept = keep_evaluation(opened.registry, evaluation)
    assert [one.id for one in kept] == [f"{TENDER}-{lot}-1" for lot in ("L1", "L2", "L3")]
    first = kept[0]
    ranking = evaluation.lots["L1"].ranking
    assert (first.state, first.lot, first.standing) == ("draft", "L1", "binding")
    assert first.candidates == tuple(ranking.candidates()) == first.order[:3]
    assert first.ranks == ("1", "2", "3", "4", "5")
    assert first.totals[0] == str(ranking.total_of("YX-1"))
    assert first.policy_fingerprint == opened.registry.get("tender", TENDER).policy_fingerprint
    assert kept[2].order[:2] == ("TY-3", "LM-3")  # as drawn


def test_who_left_a_lot_did_not_score_it(opened, evaluation):
    kept = {one.lot: one.scored_by for one in keep_evaluation(opened.registry, evaluation)}
    assert kept == {"L1": ("E1", "E2", "E3", "E4", "E5"), "L2": ("E1", "E2", "E3", "E5"), "L3": kept["L1"]}


def test_the_whole_evaluation_is_attached_once_under_its_digest(opened, evaluation):
    kept = keep_evaluation(opened.registry, evaluation)
    (report,) = {one.report for one in kept}
    content = opened.registry.content(report)
    assert report == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert json.loads(content) == json.loads(json.dumps(evaluation.to_dict()))
    attached = opened.registry.get("attachment", report)
    assert (attached.data_class, attached.media_type) == ("internal", "application/json")


def test_a_draft_is_locked_only_when_everybody_who_qualified_is_in_it(opened, evaluation):
    first = keep_evaluation(opened.registry, evaluation)[0]
    with pytest.raises(Refused) as refused:
        opened.registry.move(first, "lock")
    assert [(f.code, f.value) for f in refused.value.findings] == [("result.order.left_out", "TY-1")]
    day = date(2026, 3, 19)
    opened.move("bid", "TY-1", "reject", reviewed_by="qian.jie", reviewed_on=day, reasons="Costs not shown.")
    assert opened.registry.move(first, "lock").state == "locked"


def test_a_result_is_approved_by_somebody_else_and_a_scorer_is_refused(opened, evaluation):
    keep_evaluation(opened.registry, evaluation)
    day = date(2026, 3, 19)
    opened.move("bid", "TY-1", "reject", reviewed_by="qian.jie", reviewed_on=day, reasons="Costs not shown.")
    opened.move("result", L1, "lock")
    with pytest.raises(Refused) as refused:
        opened.move("result", L1, "approve", actor="E1", approved_by="E1", approved_on=day)
    assert codes(refused) == ["result.approved_by.scored"]
    assert opened.move("result", L1, "approve", approved_by="chen.bo", approved_on=day).state == "approved"


def test_an_exploratory_result_is_kept_and_never_approved(opened, tmp_path):
    folder = copytree(DESK, tmp_path / "desk")
    notice = (folder / "tender.toml").read_text(encoding="utf-8")
    without = "\n".join(line for line in notice.splitlines() if not line.startswith("policy_fingerprint"))
    (folder / "tender.toml").write_text(without, encoding="utf-8")
    kept = keep_evaluation(opened.registry, evaluate(registered_tender(opened.registry, TENDER, folder)))
    assert {one.standing for one in kept} == {"exploratory"}
    day = date(2026, 3, 19)
    opened.move("bid", "TY-1", "reject", reviewed_by="qian.jie", reviewed_on=day, reasons="Costs not shown.")
    opened.move("result", L1, "lock")
    with pytest.raises(Refused) as refused:
        opened.move("result", L1, "approve", approved_by="chen.bo", approved_on=day)
    assert codes(refused) == ["result.standing.exploratory"]


def test_all_lots_are_kept_or_none(opened, tmp_path):
    """One lot ranks a bid that is not on record."""
    folder = copytree(DESK, tmp_path / "desk")
    for table in ("bids", "requirements", "marks", "prices", "rulings"):
        path = folder / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("YX-3", "ZZ-3"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        keep_evaluation(opened.registry, evaluate(read_tender(folder)))
    assert {(f.column, f.value) for f in refused.value.findings} == {("order", "ZZ-3"), ("candidates", "ZZ-3")}
    assert opened.registry.count("result") == 0


def test_a_second_draft_takes_the_next_free_number(opened, evaluation):
    keep_evaluation(opened.registry, evaluation)
    again = keep_evaluation(opened.registry, evaluation)
    assert [one.id for one in again] == [f"{TENDER}-{lot}-2" for lot in ("L1", "L2", "L3")]


def test_a_tender_that_is_not_on_record_is_named(opened):
    museum = evaluate(read_tender(DESK.parent / "museum-services"))
    with pytest.raises(UnknownName, match="tender"):
        keep_evaluation(opened.registry, museum)


def test_an_evaluation_without_any_order_has_no_result(opened, evaluation):
    lots = {lot: dataclasses.replace(one, ranking=_Stopped()) for lot, one in evaluation.lots.items()}
    with pytest.raises(InvalidInput) as refused:
        keep_evaluation(opened.registry, dataclasses.replace(evaluation, lots=lots))
    assert codes(refused) == ["keeping.undecided"]
    assert opened.registry.count("attachment") == 0


class _Stopped:
    stopped = "fewer than three bids"


def publish(store) -> None:
    """Candidates out, standstill over."""
    day = store.now.date()
    until = date(2026, 4, 10)
    fields = {"person": "chen.bo", "act": "approve_award", "up_to": Decimal(9_000_000), "granted_by": "board"}
    days = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    store.registry.add(kind_named("authority")(id="U-1", **fields, **days))
    for lot in ("L1", "L2", "L3"):
        key = f"P-{lot}"
        store.registry.add(kind_named("publication")(id=key, tender=TENDER, result=f"{TENDER}-{lot}-1"))
        store.move("publication", key, "publish", published_on=day, standstill_until=until, address="site")
    store.move("tender", TENDER, "publish_candidates")
    store.advance(30)


def approve(store, key: str):
    return store.move("award", key, "approve", actor="chen.bo", approved_by="chen.bo", approved_on=store.now.date())


def withdraw(store, key: str, **more: object):
    fields = {"withdrawn_on": store.now.date(), "withdrawn_by": "supplier", "withdrawal_reasons": "no staff"}
    return store.move("award", key, "withdraw", **fields | more)


def test_the_first_candidate_is_proposed_at_its_evaluated_price(scored, evaluation):
    publish(scored)
    award = propose_award(scored.registry, scored.registry.get("result", L1), evaluation, "W-1", "First of the order.")
    assert (award.state, award.bid, award.supplier, award.lot) == ("proposed", "YX-1", "YX", "L1")
    assert (award.amount, award.currency, award.follows) == (Decimal("2234649.60"), "CNY", None)
    assert approve(scored, "W-1").state == "approved"


def test_the_next_candidate_follows_a_withdrawal_without_new_scoring(scored, evaluation):
    publish(scored)
    result = scored.registry.get("result", L1)
    proposed = []
    for number in (1, 2, 3):
        award = propose_award(scored.registry, result, evaluation, f"W-{number}", "next")
        proposed.append((award.bid, award.follows))
        approve(scored, award.id)
        withdraw(scored, award.id)
        letter = {"reasons": "no staff", "withdrawal_letter": "sha256:" + str(number) * 64}
        scored.move("bid", award.bid, "withdraw", **letter)
    assert proposed == [("YX-1", None), ("QH-1", "W-1"), ("BT-1", "W-2")]
    with pytest.raises(InvalidInput) as refused:
        propose_award(scored.registry, result, evaluation, "W-4", "next")
    assert codes(refused) == ["keeping.no_candidate"]
    assert scored.registry.count("result", tender=TENDER, lot="L1") == 1


def test_a_proposal_that_was_taken_back_before_its_approval_cost_the_bidder_nothing(scored, evaluation):
    publish(scored)
    result = scored.registry.get("result", L1)
    propose_award(scored.registry, result, evaluation, "W-1", "first")
    withdraw(scored, "W-1", withdrawn_by="company")
    again = propose_award(scored.registry, result, evaluation, "W-2", "first, amount checked")
    assert (again.bid, again.follows) == ("YX-1", None)
    assert approve(scored, "W-2").state == "approved"


def test_a_candidate_whose_bid_fell_is_passed_over(scored, evaluation):
    publish(scored)
    letter = {"reasons": "merged", "withdrawal_letter": "sha256:" + "2" * 64}
    scored.move("bid", "YX-1", "withdraw", **letter)
    award = propose_award(scored.registry, scored.registry.get("result", L1), evaluation, "W-1", "next")
    assert (award.bid, award.follows) == ("QH-1", None)
    assert approve(scored, "W-1").state == "approved"


def test_a_lot_whose_award_stands_gets_no_second_one(awarded, evaluation):
    with pytest.raises(InvalidInput) as refused:
        propose_award(awarded.registry, awarded.registry.get("result", L1), evaluation, "W-9", "once more")
    assert [(f.code, f.facts["award"]) for f in refused.value.findings] == [("keeping.award_stands", "award-L1")]
    assert "award-L1" in refused.value.findings[0].say("zh")


def test_the_amount_comes_from_the_evaluation_of_the_result_and_no_other(scored, tmp_path):
    folder = copytree(DESK, tmp_path / "desk")
    text = (folder / "policy.toml").read_text(encoding="utf-8")
    (folder / "policy.toml").write_text(text.replace("candidates = 3", "candidates = 2"), encoding="utf-8")
    assert Policy.load(folder / "policy.toml").fingerprint != Policy.load(DESK / "policy.toml").fingerprint
    other = evaluate(read_tender(folder))
    with pytest.raises(InvalidInput) as refused:
        propose_award(scored.registry, scored.registry.get("result", L1), other, "W-1", "first")
    assert codes(refused) == ["keeping.other_evaluation"]
