"""From the result to the award: kept, locked, approved, published, objected to; one bidder withdraws (§3.2)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sample_desk import LOTS, SAMPLES, TENDER, Desk, digest

import supplier_eval as se

FIRST = {"L1": "award-L1", "L2": "award-L2", "L3": "award-L3"}


def evaluation() -> se.Evaluation:
    """The evaluation of the sample tender."""
    return se.evaluate(se.read_tender(SAMPLES / "service-desk"))


def result(desk: Desk) -> None:
    """What was out by price or quality is rejected with its reason; results kept, locked, approved (§3.2.4)."""
    day = desk.on("2026-03-24T16:00")
    evaluated = se.evaluate(se.keeping.registered_tender(desk.registry, TENDER, SAMPLES / "service-desk"))
    for lot in evaluated.lots.values():
        out = lot.qualification.to_frame().set_index("bid")["reasons"]
        for bid in desk.registry.where("bid", states=("qualified",), tender=TENDER):
            if out.get(bid.id):
                desk.move("bid", bid.id, "reject", reviewed_by="qian.jie", reviewed_on=day, reasons=out[bid.id])
    desk.on("2026-03-25T10:00")
    tied = ("LM-3", "TY-3")
    desk.add("draw", f"{TENDER}-draw", tender=TENDER, lot="L3", tied=tied)
    drawn = {"drawn": ("TY-3", "LM-3"), "drawn_by": "gao.yu", "witnesses": ("he.jun", "qian.jie")}
    desk.move("draw", f"{TENDER}-draw", "record", drawn_at=desk.now, method="Two sealed slips from one bowl.", **drawn)
    desk.on("2026-03-26T10:00")
    for one in se.keeping.keep_evaluation(desk.registry, evaluated):
        desk.move("result", one.id, "lock")
    day = desk.on("2026-03-27T09:00")
    fields = {"result": f"{TENDER}-L2-1", "evaluator": f"{TENDER}-E2", "stated_on": day}
    desk.add("dissent", f"{TENDER}-dissent", text="HZ's plan for holidays deserves fewer points.", **fields)
    day = desk.on("2026-03-27T15:00")
    for lot in LOTS:
        key = f"{TENDER}-{lot}-1"
        desk.move("result", key, "approve", actor="chen.bo", approved_by="chen.bo", approved_on=day)
    desk.move("tender", TENDER, "evaluate")


def publication(desk: Desk) -> None:
    """Ten days of standstill; one bidder objects and is answered by somebody who did not score (§3.2.5)."""
    day = desk.on("2026-03-30T09:00")
    for lot in LOTS:
        key = f"{TENDER}-candidates-{lot}"
        desk.add("publication", key, tender=TENDER, result=f"{TENDER}-{lot}-1")
        until = day + timedelta(days=10)
        desk.move("publication", key, "publish", published_on=day, standstill_until=until, address="company site")
    desk.move("tender", TENDER, "publish_candidates")
    day = desk.on("2026-04-02T11:00")
    desk.add(
        "objection",
        "objection-QH",
        tender=TENDER,
        publication=f"{TENDER}-candidates-L1",
        supplier="QH",
        received_on=day,
        text="The transition plan was marked below its content.",
        answer_due=day + timedelta(days=7),
    )
    desk.move(
        "objection",
        "objection-QH",
        "answer",
        answer="Read again by two people outside the panel: the marks follow the published anchors.",
        answered_on=desk.on("2026-04-07T16:00"),
        answered_by="deng.fei",
        decision="dismissed",
    )


def award(desk: Desk) -> None:
    """Three awards; the bidder of one withdraws, and the next candidate follows without new scoring (§3.2.5)."""
    day = desk.on("2026-04-10T09:00")
    for key, person, act, amount in (
        ("award", "chen.bo", "approve_award", 10_000_000),
        ("sign", "zhou.qiang", "sign_contract", 10_000_000),
        ("change", "chen.bo", "approve_change", 5_000_000),
        ("pay", "wu.fang", "approve_payment", 500_000),
    ):
        until = date(2028, 12, 31) if key != "pay" else date(2026, 12, 31)
        fields = {"person": person, "act": act, "up_to": Decimal(amount), "granted_by": "board", "valid_until": until}
        desk.add("authority", f"authority-{key}", valid_from=date(2026, 1, 1), **fields)
    evaluated = evaluation()
    for lot in LOTS:
        desk.move("publication", f"{TENDER}-candidates-{lot}", "end")
        approve_award(desk, evaluated, lot, FIRST[lot], "First of the approved result.")
    desk.move("tender", TENDER, "award")
    for lot in LOTS:
        desk.move("award", FIRST[lot], "notify", notified_on=day)
    day = desk.on("2026-04-20T10:00")
    why = "The team for the night shift left the company."
    desk.move("award", FIRST["L3"], "withdraw", withdrawn_on=day, withdrawn_by="supplier", withdrawal_reasons=why)
    desk.move("bid", "TY-3", "withdraw", reasons=why, withdrawal_letter=digest("letter of TY"))
    desk.on("2026-04-22T10:00")
    next_one = approve_award(desk, evaluated, "L3", "award-L3-next", "Next candidate after the withdrawal of TY.")
    desk.move("award", next_one, "notify", notified_on=desk.now.date())


def approve_award(desk: Desk, evaluated: se.Evaluation, lot: str, key: str, reasons: str) -> str:
    """Propose the next candidate of a lot, and approve it."""
    approved = desk.registry.get("result", f"{TENDER}-{lot}-1")
    se.keeping.propose_award(desk.registry, approved, evaluated, key, reasons)
    desk.move("award", key, "approve", actor="chen.bo", approved_by="chen.bo", approved_on=desk.now.date())
    return key
