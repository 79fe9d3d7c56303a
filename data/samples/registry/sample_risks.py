"""Risks, warnings, security, secrecy and property of the contracts, up to 30 November 2026 (§6 - §9)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sample_desk import Desk, Steps, digest

CONTROLS = ("responsibility", "access-control", "authentication", "encryption", "backup", "firewall")


def risks(desk: Desk) -> Steps:
    """One reduced, tested and in place; one accepted until the end of the year; one whose review is overdue (§6)."""
    day = yield "2026-06-15T10:00"
    for key, category, title, supplier, lot in (
        ("risk-exit", "market", "The desk cannot be moved to another supplier in time", "YX", "L1"),
        ("risk-sites", "quality", "Field staff leave in the holiday season", "HZ", "L2"),
        ("risk-night", "technical", "Alarms of the night are lost", "LM", "L3"),
    ):
        fields = {"category": category, "title": title, "supplier": supplier, "contract": f"contract-{lot}"}
        desk.add("risk", key, owner="sun.li", **fields)
        looked = {"likelihood": Decimal("0.2"), "impact_low": Decimal(50_000), "impact_high": Decimal(600_000)}
        again = date(2026, 11, 15) if key == "risk-night" else date(2026, 12, 15)
        assessed = {"assessed_on": day, "assessed_by": "sun.li", "next_review": again, "currency": "CNY"}
        desk.move("risk", key, "assess", reason="Workshop of June", knowledge="medium", **looked, **assessed)
    desk.add("risk_response", "response-exit", risk="risk-exit", strategy="reduce", owner="sun.li")
    measure = {
        "measure": "Runbooks; a copy of the tickets each month",
        "cost": Decimal(30_000),
        "currency": "CNY",
    }
    desk.move(
        "risk_response", "response-exit", "approve", actor="chen.bo", approver="chen.bo", decided_on=day, **measure
    )
    desk.add("risk_response", "response-sites", risk="risk-sites", strategy="accept", owner="sun.li")
    accepted = {"reason": "Cover would cost more than the loss.", "expires_on": date(2026, 12, 31)}
    desk.move(
        "risk_response", "response-sites", "approve", actor="chen.bo", approver="chen.bo", decided_on=day, **accepted
    )
    for key in ("risk-exit", "risk-sites"):
        desk.move("risk", key, "treat")
    day = yield "2026-07-20T10:00"
    desk.move("risk_response", "response-exit", "put_in_place", evidence="Copy of June", test_due=date(2026, 9, 30))
    day = yield "2026-09-22T10:00"
    tested = {"tested_on": day, "test_result": "passed", "test_due": date(2027, 3, 31)}
    desk.move("risk_response", "response-exit", "test", evidence="Copy of August loaded elsewhere in a day", **tested)


def rating(desk: Desk) -> Steps:
    """How risky one supplier is, confirmed by somebody who did not rate it (§6.3.1)."""
    yield "2026-10-20T10:00"
    fields = {"supplier": "HZ", "rating": "C", "score": Decimal("47.5"), "rated_by": ("guo.hao",)}
    reasons = "Depends on six field engineers; two left in the summer."
    again = {"standing": "binding", "on": desk.now.date(), "next_review": date(2027, 4, 20)}
    desk.add("risk_rating", "rating-HZ", reasons=reasons, policy_fingerprint=digest("rating plan"), **fields, **again)
    day = yield "2026-10-23T10:00"
    desk.move("risk_rating", "rating-HZ", "confirm", actor="chen.bo", confirmed_by="chen.bo", confirmed_on=day)


def warnings(desk: Desk) -> Steps:
    """One answered; one that nobody answered, and the next in line is told (§6.3.2)."""
    day = yield "2026-11-02T09:00"
    figures = {"figure": Decimal("17.5"), "threshold": Decimal(15)}
    fields = {"supplier": "HZ", "risk": "risk-sites", "level": "amber", "owner": "sun.li", "due": date(2026, 11, 9)}
    desk.add("warning", "warning-staff", indicator="staff_turnover", raised_at=desk.now, **fields, **figures)
    day = yield "2026-11-04T10:00"
    fields = {"acknowledged_on": day, "acknowledged_by": "sun.li", "action_due": date(2026, 12, 4)}
    desk.move("warning", "warning-staff", "acknowledge", action="Ask HZ for its plan for the holidays", **fields)
    yield "2026-11-16T09:00"
    figures = {"figure": Decimal("3.2"), "threshold": Decimal(1)}
    fields = {"supplier": "LM", "risk": "risk-night", "level": "red", "owner": "ma.chao", "due": date(2026, 11, 20)}
    desk.add("warning", "warning-alarms", indicator="lost_alarms", raised_at=desk.now, **fields, **figures)
    day = yield "2026-11-23T09:00"
    desk.move("warning", "warning-alarms", "escalate", escalated_to=("sun.li",), escalated_on=day)


def security(desk: Desk) -> Steps:
    """Controls with evidence, one that failed; a plan with its drill; an incident closed with its lessons (§7)."""
    day = yield "2026-06-05T10:00"
    for item in CONTROLS:
        key = f"control-L1-{item}"
        desk.add("control", key, contract="contract-L1", supplier="YX", item=item, responsible="guo.hao")
        seen = {"checked_on": day, "checked_by": "guo.hao", "next_check": date(2026, 12, 4)}
        if item == "backup":
            desk.move("control", key, "fail", reason="No restore was ever tried", **seen)
        else:
            desk.move("control", key, "confirm", evidence="Seen at the supplier's site", **seen)
    text = desk.registry.attach(b"If the desk is lost: ...", "desk-lost.txt", "text/plain", "internal")
    fields = {"supplier": "YX", "contract": "contract-L1", "scenario": "Loss of the desk's site", "version": "1"}
    desk.add("emergency_plan", "plan-desk-lost", owner="guo.hao", **fields)
    approved = {"approved_by": "chen.bo", "approved_on": day, "review_due": date(2027, 6, 4), "recovery_minutes": 240}
    desk.move("emergency_plan", "plan-desk-lost", "approve", attachment=text.id, **approved)
    for number, planned in enumerate((date(2026, 9, 15), date(2026, 12, 10)), start=1):
        desk.add("drill", f"drill-{number}", emergency_plan="plan-desk-lost", planned_on=planned, target_minutes=240)
    day = yield "2026-09-15T18:00"
    held = {"held_on": day, "people": "14 of YX, 6 of ours", "target_minutes": 240, "recovery_minutes": 195}
    desk.move("drill", "drill-1", "hold", result="passed", lessons="The list of telephone numbers was old.", **held)
    desk.move("drill", "drill-1", "close")
    yield from incident(desk)


def incident(desk: Desk) -> Steps:
    """A mailbox opened by mistake: contained the same day, closed a month later (§7.3.2)."""
    yield "2026-10-14T11:00"
    happened = desk.now
    yield "2026-10-14T15:30"
    fields = {"contract": "contract-L1", "supplier": "YX", "severity": "medium", "data_class": "important"}
    told = {"occurred_at": happened, "reported_at": desk.now, "reported_by": "lead.YX", "owner": "guo.hao"}
    title = "Shared mailbox opened to the whole supplier"
    desk.add("incident", "incident-1", title=title, lessons_due=date(2026, 11, 10), **fields, **told)
    yield "2026-10-14T17:00"
    contained = {"contained_at": desk.now, "containment": "Rights taken back; the log shows two readers."}
    desk.move("incident", "incident-1", "contain", **contained)
    day = yield "2026-11-06T10:00"
    found = {"departments": ("IT", "Legal"), "causes": "A group was used in place of a role.", "lessons_due": day}
    desk.move("incident", "incident-1", "investigate", **found)
    drawn = {"lessons": "Rights are given to roles only.", "actions": "All groups of the desk reviewed by 30 November."}
    desk.move("incident", "incident-1", "learn", **drawn)
    desk.move("incident", "incident-1", "close", closed_on=day, closed_by="guo.hao")


def confidentiality(desk: Desk) -> Steps:
    """A badge that came back, one to be looked at again, a copy passed on, data destroyed before a witness (§8.3)."""
    day = yield "2026-06-10T09:00"
    for key, person, place in (
        ("access-1", "yx.001", "Server room, badge 118"),
        ("access-2", "yx.002", "Console of the ticket system"),
    ):
        fields = {"contract": "contract-L1", "person": person, "supplier": "YX", "place_or_equipment": place}
        desk.add("access", key, granted_on=day, granted_by="guo.hao", review_due=date(2026, 12, 10), **fields)
    fields = {"contract": "contract-L1", "step": "transfer", "what": "Tickets of the last supplier", "on": day}
    passed_on = {"recipient_kind": "supplier", "recipient": "YX", "by": "guo.hao", "data_class": "important"}
    desk.add("handling", "handling-1", **fields, **passed_on)
    day = yield "2026-07-15T16:00"
    text = desk.registry.attach(b"Certificate of destruction 2026/7", "certificate.txt", "text/plain", "internal")
    fields = {"contract": "contract-L1", "what": "Copy of the tickets made for the transition"}
    desk.add("destruction", "destruction-1", data_class="important", due=date(2026, 7, 31), **fields)
    proof = {"method": "Overwritten three times", "witness": "guo.hao", "certificate": text.id}
    desk.move("destruction", "destruction-1", "certify", on=day, by="lead.YX", **proof)
    day = yield "2026-10-30T17:00"
    desk.move("access", "access-1", "return", returned_on=day, returned_to="guo.hao", return_kind="returned")


def rights(desk: Desk) -> Steps:
    """What was made is the company's, listed at its acceptance and filed; a tool of the client is lent (§9)."""
    yield "2026-07-01T10:00"
    terms = {"licence": "The supplier may use it for the contract", "agreed_on": date(2026, 6, 30)}
    made = {"contract": "contract-L1", "origin": "foreground", "owner_party": "company"}
    desk.add("ip_item", "ip-runbooks", title="Runbooks of the service desk", **made)
    desk.move("ip_item", "ip-runbooks", "agree", **terms)
    listed = {"milestone": "milestone-transition", "accepted_on": date(2026, 6, 30)}
    desk.move("ip_item", "ip-runbooks", "accept", **listed)
    lent = {"contract": "contract-L1", "origin": "client", "owner_party": "client", "return_due": date(2026, 12, 20)}
    desk.add("ip_item", "ip-tool", title="Scripts for remote support", permitted_use="On the desk only", **lent)
    desk.add("filing", "filing-runbooks", ip_item="ip-runbooks", title="Runbooks", right="copyright", owner="tang.wen")
    filed = {"filed_on": (yield "2026-09-10T10:00"), "jurisdiction": "CN", "next_due": date(2026, 12, 10)}
    desk.move("filing", "filing-runbooks", "file", number=digest("filing")[7:19], **filed)
