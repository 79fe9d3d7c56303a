"""What came after the signature: checks, settlements, complaints, contacts, trainings, improvement (§3.3, §4, §5.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from sample_desk import Desk, Steps, at, digest

import supplier_eval as se
from supplier_eval.registry import amounts_owed, due_times, line_amount

DOCUMENTS = ("invoice", "acceptance", "volumes")
MONTHS = {
    "2026-06": (date(2026, 6, 1), date(2026, 7, 1)),
    "2026-07": (date(2026, 7, 1), date(2026, 8, 1)),
    "2026-08": (date(2026, 8, 1), date(2026, 9, 1)),
    "2026-09": (date(2026, 9, 1), date(2026, 10, 1)),
    "2026-10": (date(2026, 10, 1), date(2026, 11, 1)),
}


def checks(desk: Desk) -> Steps:
    """Inspections every quarter; what failed has an owner and a day; one is overdue (§4.2.2, §5.2.1)."""
    for lot in ("L1", "L2", "L3"):
        for quarter, day in enumerate(se.registry.check_days(date(2026, 6, 1), date(2027, 5, 31), 3), start=1):
            key = f"inspection-{lot}-{quarter}"
            desk.add("check", key, contract=f"contract-{lot}", purpose="inspection", step="all", planned_on=day)
    yield "2026-09-02T14:00"
    for number, (severity, owner, due, text) in enumerate(
        (
            ("minor", "lead.YX", date(2026, 9, 30), "Tickets closed without the user's word"),
            ("major", "lead.YX", date(2026, 11, 15), "Access list three weeks old"),
            ("minor", "lead.YX", date(2026, 12, 15), "No deputy for the service manager"),
        ),
        start=1,
    ):
        fields = {"check": "inspection-L1-1", "contract": "contract-L1", "severity": severity, "owner": owner}
        desk.add("finding", f"finding-L1-{number}", text=text, due=due, **fields)
    done(desk, "inspection-L1-1", 60, 5, "Five tickets of sixty, in three kinds.")
    done(desk, "inspection-L2-1", 40, 0, "Forty visits as recorded.")
    done(desk, "inspection-L3-1", 30, 0, "Thirty alarms, all answered in time.")
    day = yield "2026-09-25T11:00"
    desk.move("finding", "finding-L1-1", "correct", action="The tool asks the user before it closes.", corrected_on=day)
    desk.move("finding", "finding-L1-1", "verify", verified_by="sun.li", verified_on=(yield "2026-10-05T11:00"))


def done(desk: Desk, key: str, items: int, failures: int, outcome: str) -> None:
    """A check that was held today."""
    fields = {"done_on": desk.now.date(), "by": "guo.hao", "items": items, "failures": failures, "outcome": outcome}
    desk.move("check", key, "do", **fields)


def settled(month: str, volume: int, late: int | None) -> Callable[[Desk], Steps]:
    """One month of lot L1, paid so many days after it fell due; not yet where None (§4.3)."""

    def work(desk: Desk) -> Steps:
        lines = {"contract-L1-desk-ticket": Decimal(volume), "contract-L1-desk-vip": Decimal(150)}
        if month == "2026-10":
            lines["contract-L1-weekend"] = Decimal(1)
        credits = {"answered_in_30s": Decimal("3500.00")} if month == "2026-08" else {}
        yield moment(MONTHS[month][1], 4)
        key = prepare(desk, "L1", month, lines, credits)
        yield desk.now + timedelta(days=3)
        approve(desk, key)
        if late is not None:
            day = desk.registry.get("settlement", key).due_on + timedelta(days=late)
            yield moment(day)
            fields = {"paid_on": day, "payment_reference": f"bank {key}"}
            desk.move("settlement", key, "pay", actor="cashier", **fields)

    return work


def disputed(desk: Desk) -> Steps:
    """A month of lot L2 that is in dispute (§4.3)."""
    yield moment(date(2026, 11, 6))
    key = prepare(desk, "L2", "2026-10", {"contract-L2-site-visit": Decimal(431)})
    desk.move("settlement", key, "dispute", dispute="29 visits are not in the acceptance of the sites.")


def unread(desk: Desk) -> Steps:
    """A month of lot L3 whose documents nobody has read, due for payment (§4.3)."""
    yield moment(date(2026, 10, 27))
    prepare(desk, "L3", "2026-09", {"contract-L3-watch-month": Decimal(1)})


SETTLED: tuple[Callable[[Desk], Steps], ...] = (
    settled("2026-06", 3105, -2),
    settled("2026-07", 3290, 12),
    settled("2026-08", 3342, -1),
    settled("2026-09", 3188, -2),
    settled("2026-10", 3251, None),
    disputed,
    unread,
)


def moment(day: date, later: int = 0) -> datetime:
    """Ten in the morning, so many days later."""
    return at(f"{(day + timedelta(days=later)).isoformat()}T10:00")


def prepare(
    desk: Desk, lot: str, month: str, volumes: dict[str, Decimal], credits: dict[str, Decimal] | None = None
) -> str:
    """Lines, credits, documents; complete on the day on which the last document came."""
    received = desk.now.date()
    contract = desk.registry.get("contract", f"contract-{lot}")
    prices = {rate: desk.registry.get("rate", rate).unit_price for rate in volumes}
    claimed = credits or {}
    owed = amounts_owed([(volumes[rate], prices[rate]) for rate in volumes], claimed.values(), contract.credit_cap)
    key, (first, after) = f"settlement-{lot}-{month}", MONTHS[month]
    sums = {"gross": owed.gross, "credits": owed.credits, "net": owed.net}
    desk.add("settlement", key, contract=contract.id, period_from=first, period_to=after, prepared_by="lu.ping", **sums)
    for rate, volume in volumes.items():
        line = {"settlement": key, "rate": rate, "volume": volume, "amount": line_amount(volume, prices[rate])}
        desk.add("settlement_line", f"{key}-{rate.removeprefix(contract.id + '-')}", **line)
    for kpi, amount in claimed.items():
        fields = {"settlement": key, "contract": contract.id, "kpi": kpi, "period": month, "amount": amount}
        desk.add("service_credit", f"{key}-{kpi}", reason="86.9 % in the month, 90 % agreed", **fields)
    for item in DOCUMENTS:
        fields = {"settlement": key, "item": item, "received_on": received, "received_by": "lu.ping"}
        desk.add("document", f"{key}-{item}", number=f"{month}/{item}", attachment=digest(f"{key} {item}"), **fields)
    desk.move("settlement", key, "complete", due_on=received + timedelta(days=contract.payment_days))
    return key


def approve(desk: Desk, key: str) -> None:
    """Documents accepted, settlement reviewed and approved, by two more people."""
    day = desk.now.date()
    for item in DOCUMENTS:
        desk.move("document", f"{key}-{item}", "accept", actor="qian.jie", reviewed_by="qian.jie", reviewed_on=day)
    due = desk.registry.get("settlement", key).due_on
    fields = {"reviewed_by": "qian.jie", "reviewed_on": day, "due_on": due}
    desk.move("settlement", key, "review", actor="qian.jie", **fields)
    desk.move("settlement", key, "approve", actor="wu.fang", approved_by="wu.fang", approved_on=day)


def complaints(desk: Desk) -> Steps:
    """One settled, the same again, one that is open and overdue (§5.3)."""
    yield from receive(desk, "complaint-1", "2026-08-11T09:00", "Long wait on the phone on Mondays")
    yield from answer(desk, "complaint-1", "Too few seats on Mondays", "Two more seats until noon.")
    yield from receive(desk, "complaint-2", "2026-10-12T09:30", "Long wait on the phone again", repeat_of="complaint-1")
    yield from answer(desk, "complaint-2", "The two seats were taken away in October", "Seats are fixed in the roster.")
    yield from receive(desk, "complaint-3", "2026-11-05T14:00", "Laptop replaced twice, same fault", lot="L2")
    yield from acknowledge(desk, "complaint-3")


def receive(desk: Desk, key: str, moment: str, subject: str, *, lot: str = "L1", repeat_of: str | None = None) -> Steps:
    """A complaint with the house's clock."""
    yield moment
    contract = desk.registry.get("contract", f"contract-{lot}")
    fields = {"contract": contract.id, "supplier": contract.supplier, "client": "Retail", "channel": "telephone"}
    taken = {"received_at": desk.now, "received_by": "front.desk", "owner": "sun.li"}
    due = due_times(desk.now, desk.registry.rules.complaints)
    desk.add("complaint", key, subject=subject, repeat_of=repeat_of, **fields, **taken, **due)


def acknowledge(desk: Desk, key: str) -> Steps:
    """Answered within hours."""
    yield desk.now + timedelta(hours=3)
    desk.move("complaint", key, "acknowledge", responded_at=desk.now, response="We look into it.")
    desk.move("complaint", key, "investigate", investigator="guo.hao")


def answer(desk: Desk, key: str, cause: str, measures: str) -> Steps:
    """Investigated, resolved, fed back, and closed with the client's word."""
    yield from acknowledge(desk, key)
    yield desk.now + timedelta(days=4)
    fields = {"findings": f"Calls of four weeks were counted: {cause.lower()}.", "cause": cause, "measures": measures}
    desk.move("complaint", key, "resolve", resolved_at=desk.now, **fields)
    yield desk.now + timedelta(hours=2)
    desk.move("complaint", key, "feed_back", feedback=measures, feedback_at=desk.now, feedback_by="sun.li")
    yield desk.now + timedelta(days=5)
    desk.move("complaint", key, "close", satisfaction="satisfied", satisfaction_at=desk.now)


def relations(desk: Desk) -> Steps:
    """A contact, and what two suppliers improve; one plan is closed by the next month's figure (§3.3)."""
    day = yield "2026-08-10T10:00"
    plan = {"owner": "sun.li", "agreed_on": day, "baseline_period": "2026-07", "baseline_until": date(2026, 8, 1)}
    figures = {"baseline": Decimal("86.9"), "target": Decimal(90), "due": date(2026, 10, 15), "unit": "%"}
    desk.add(
        "improvement_plan",
        "plan-YX",
        supplier="YX",
        contract="contract-L1",
        measure="answered_in_30s",
        **plan,
        **figures,
    )
    day = yield "2026-10-12T11:00"
    evidence = {"evidence_period": "2026-09", "evidence_from": date(2026, 9, 1), "evidence_until": date(2026, 10, 1)}
    closed = {"evidence_figure": Decimal("91.4"), "closed_by": "sun.li", "closed_on": day}
    desk.move("improvement_plan", "plan-YX", "achieve", **evidence, **closed)
    plan = {"owner": "sun.li", "agreed_on": day, "baseline_period": "2026-09", "baseline_until": date(2026, 10, 1)}
    figures = {"baseline": Decimal("88.0"), "target": Decimal(95), "due": date(2027, 1, 15), "unit": "%"}
    desk.add(
        "improvement_plan", "plan-HZ", supplier="HZ", contract="contract-L2", measure="on_site_in_4h", **plan, **figures
    )
    desk.add(
        "contact",
        "contact-HZ",
        supplier="HZ",
        contract="contract-L2",
        on=(yield "2026-11-03T10:00"),
        by="sun.li",
        with_whom="Account manager",
        channel="meeting",
        subject="Monthly review",
        problem="Spare parts for the two northern sites",
        owner="sun.li",
        due=date(2026, 11, 24),
    )


def training(
    key: str,
    audience: str,
    topic: str,
    day: date,
    people: tuple[int, int] | None = None,
    supplier: str | None = None,
) -> Callable[[Desk], Steps]:
    """Planned a month before; held where people came (§3.3.4, §7.2.2)."""

    def work(desk: Desk) -> Steps:
        yield moment(day, -30)
        fields = {"audience": audience, "supplier": supplier, "topic": topic, "team": supplier or "IT"}
        desk.add("training", key, planned_on=day, **fields)
        if people is not None:
            yield moment(day)
            due, present = people
            held = {"held_on": day, "people_due": due, "people_present": present, "evidence": digest(f"list of {key}")}
            desk.move("training", key, "hold", **held)

    return work


TRAINED: tuple[Callable[[Desk], Steps], ...] = (
    training("training-secrecy", "employee", "Handling of client data", date(2026, 7, 10), (24, 22)),
    training("training-sites", "supplier", "Safety at the sites", date(2026, 7, 20), (18, 18), "HZ"),
    training("training-phishing", "employee", "Phishing and passwords", date(2026, 12, 9)),
)
