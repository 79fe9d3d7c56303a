"""Archives of those who won; their contracts from draft to signature; milestones, a change (§3.3, §4)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sample_desk import TENDER, Desk, Steps, digest, rows

import supplier_eval as se

WON = {"L1": ("YX", "award-L1"), "L2": ("HZ", "award-L2"), "L3": ("LM", "award-L3-next")}
CODES = {"YX": "91310000MA1SAMPLE1", "HZ": "91330000MA1SAMPLE2", "LM": "91510000MA1SAMPLE3"}
ITEMS = {"L1": ("desk-ticket", "desk-vip"), "L2": ("site-visit", "site-engineer"), "L3": ("watch-month",)}
UNITS = {
    **{"desk-ticket": "ticket", "desk-vip": "hour", "site-visit": "visit"},
    **{"site-engineer": "person-month", "watch-month": "month"},
}
CLAUSES = ("rights-duties", "content", "quality", "price", "payment", "secrecy", "breach", "property")
STARTS, ENDS = date(2026, 6, 1), date(2028, 5, 31)


def archives(desk: Desk) -> None:
    """Who gets a contract has an archive; one certificate runs out in December (§3.3.1)."""
    day = desk.on("2026-04-24T10:00")
    for key, code in CODES.items():
        supplier = desk.registry.get("supplier", key)
        desk.registry.edit(supplier, categories=("ITO",), email=f"{key.lower()}@example.com")
        fields = {"unified_code": code, "owner": "sun.li", "approved_by": "chen.bo", "approved_on": day}
        desk.move("supplier", key, "approve", actor="chen.bo", **fields)
        until = date(2026, 12, 18) if key == "HZ" else date(2028, 3, 31)
        fields = {"supplier": key, "name": "ISO/IEC 20000-1", "issuer": "A certification body", "valid_until": until}
        desk.add("certificate", f"iso-20000-{key}", number=f"ITSM-{key}", valid_from=date(2025, 3, 31), **fields)


def secrecy(desk: Desk) -> None:
    """Each is bound for the class of information that it will see (§8.2)."""
    day = desk.on("2026-04-27T10:00")
    for key, until in (("YX", date(2030, 5, 31)), ("HZ", date(2027, 1, 15)), ("LM", date(2030, 5, 31))):
        text = desk.registry.attach(
            f"Agreement on secrecy with {key}".encode(), f"nda-{key}.txt", "text/plain", "internal"
        )
        desk.add(
            "agreement",
            f"agreement-{key}",
            party_kind="supplier",
            party=key,
            data_class="important" if key == "YX" else "internal",
            definition="Client data, tickets, network plans, prices",
            scope="All work under the contract and its preparation",
            applicability="Staff and subcontractors; five years beyond the end",
            liability="Twice the yearly fee",
            valid_from=day,
            valid_until=until,
        )
        desk.move("agreement", f"agreement-{key}", "sign", signed_on=day, signed_by=f"legal.{key}", attachment=text.id)


def contracts(desk: Desk) -> None:
    """Drafted, reviewed by the legal department, signed with authority; only then the award is done (§3.2.5, §4.1)."""
    desk.on("2026-04-28T10:00")
    for lot, (supplier, award) in WON.items():
        draft(desk, lot, supplier, award)
    texts = {f"contract-{lot}": digest(f"text of contract-{lot}") for lot in WON}
    for key, text in texts.items():
        desk.move("contract", key, "submit", text_digest=text)
    day = desk.on("2026-05-12T15:00")
    for key, text in texts.items():
        reviewed = {"reviewed_digest": text, "reviewed_by": "tang.wen", "reviewed_on": day}
        desk.move("contract", key, "approve", actor="tang.wen", **reviewed)
    desk.on("2026-05-20T10:00")
    for lot, (supplier, award) in WON.items():
        sign(desk, f"contract-{lot}", supplier)
        desk.move("award", award, "contract")
    desk.on("2026-06-01T09:00")
    for key in texts:
        desk.move("contract", key, "start")


def sign(desk: Desk, key: str, supplier: str) -> None:
    """Signed as reviewed, by somebody who may (§4.1.2)."""
    agreed = desk.registry.get("contract", key)
    text = {"text_digest": agreed.text_digest, "signed_digest": agreed.reviewed_digest}
    who = {"signed_on": desk.now.date(), "signed_by": "zhou.qiang", "signed_for_supplier": f"Director of {supplier}"}
    terms = {"value": agreed.value, "starts_on": STARTS, "ends_on": ENDS}
    desk.move("contract", key, "sign", actor="zhou.qiang", **text, **who, **terms)


def draft(desk: Desk, lot: str, supplier: str, award: str) -> None:
    """A draft as awarded, with the clauses of the checklist and its rates, taxes included."""
    awarded = desk.registry.get("award", award)
    key = f"contract-{lot}"
    desk.add(
        "contract",
        key,
        award=award,
        supplier=supplier,
        tender=TENDER,
        title=f"IT service desk and operations, lot {lot}",
        category="ITO",
        data_class="important" if lot == "L1" else "internal",
        owner="sun.li",
        value=awarded.amount,
        currency="CNY",
        starts_on=STARTS,
        ends_on=ENDS,
        payment_days=30,
        credit_cap=Decimal("0.15"),
    )
    for number, item in enumerate(CLAUSES, start=1):
        desk.add("clause", f"{key}-{item}", contract=key, item=item, reference=f"Article {number}")
    bid = desk.registry.get("award", award).bid
    prices = {row["item"]: row["unit_price"] or row["amount"] for row in rows("prices.csv") if row["bid"] == bid}
    for item in ITEMS[lot]:
        price = (Decimal(prices[item].replace(",", "")) * Decimal("1.06")).quantize(Decimal("0.0001"))
        desk.add(
            "rate", f"{key}-{item}", contract=key, item=item, unit=UNITS[item], unit_price=price, valid_from=STARTS
        )


def milestones(desk: Desk) -> Steps:
    """The transition in time, a knowledge base in part, a report that is late (§4.2.1)."""
    for key, lot, title, due, quantity in (
        ("transition", "L1", "Transition completed", date(2026, 6, 30), None),
        ("knowledge", "L1", "Articles of the knowledge base", date(2026, 9, 30), Decimal(400)),
        ("sites", "L2", "Stores at six sites", date(2026, 8, 31), Decimal(6)),
        ("report", "L3", "Report on false alarms", date(2026, 11, 20), None),
        ("exit", "L1", "Exit plan", date(2027, 3, 31), None),
    ):
        fields = {"contract": f"contract-{lot}", "title": title, "due_on": due, "quantity": quantity}
        desk.add("milestone", f"milestone-{key}", unit="pieces" if quantity else "", **fields)
    yield from deliver(desk, "transition", "2026-06-28T16:00", "All queues taken over; no open defect.")
    yield from deliver(desk, "sites", "2026-08-27T16:00", "Six stores, stock as listed.", Decimal(6))
    desk.move("milestone", "milestone-knowledge", "deliver", delivered_on=(yield "2026-09-29T10:00"))
    yield "2026-10-08T10:00"
    partly = {"accepted_quantity": Decimal(310), "accepted_by": "sun.li", "quality": "90 articles lack a Chinese text."}
    desk.move("milestone", "milestone-knowledge", "accept_in_part", **partly)


def deliver(desk: Desk, key: str, moment: str, quality: str, quantity: Decimal | None = None) -> Steps:
    """Delivered, and accepted two days later."""
    desk.move("milestone", f"milestone-{key}", "deliver", delivered_on=(yield moment))
    yield desk.now + timedelta(days=2)
    fields = {
        "accepted_on": desk.now.date(),
        "accepted_by": "sun.li",
        "quality": quality,
        "accepted_quantity": quantity,
    }
    desk.move("milestone", f"milestone-{key}", "accept", **fields)


def change(desk: Desk) -> Steps:
    """Weekend support is added: price and service levels, approved by others, signed, written in (§4.2.3)."""
    day = yield "2026-09-07T10:00"
    key, text = "change-weekend", digest("text of the change")
    desk.add(
        "change",
        key,
        contract="contract-L1",
        reason="Shops open at weekends from October",
        proposed_by="sun.li",
        proposed_on=day,
        effect_price=Decimal(120_000),
        effect_kpis="80 % of weekend calls answered in 60 s",
        text_digest=text,
    )
    day = yield "2026-09-14T10:00"
    agreed = {"approvals": ("tang.wen", "chen.bo"), "approved_by": "chen.bo", "approved_on": day}
    desk.move("change", key, "approve", actor="chen.bo", text_digest=text, **agreed)
    signed = yield "2026-09-21T10:00"
    fields = {"signed_digest": text, "signed_by": "zhou.qiang", "signed_on": signed, "effective_on": date(2026, 10, 1)}
    yield "2026-10-01T09:00"
    done = desk.move("change", key, "take_effect", actor="zhou.qiang", **fields)
    contract = desk.registry.get("contract", "contract-L1")
    desk.move("contract", "contract-L1", "amend", **se.registry.amended(contract.record, done.record))
    desk.add(
        "rate",
        "contract-L1-weekend",
        contract="contract-L1",
        item="desk-weekend",
        unit="month",
        unit_price=Decimal(6000),
        valid_from=date(2026, 10, 1),
        change=key,
    )
