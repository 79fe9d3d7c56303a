"""An archive with records of every kind that a supplier has, and a list of what falls due."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import MappingProxyType

from supplier_eval.registry.audit import Anchor
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.record import Stored
from supplier_eval.registry.views_archive import SupplierArchive, archive_fields
from supplier_eval.registry.views_due import DueItem, DueList
from supplier_eval.registry.views_opening import OpeningRecord

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
TODAY = date(2026, 11, 30)
DIGEST = "sha256:" + "ab" * 32


def stored(kind: str, state: str, key: str, **fields: object) -> Stored:
    return Stored(kind_named(kind)(id=key, **fields), state, 2, NOW, "li.na")


def supplier(name: str = "华信服务外包有限公司", **more: object) -> Stored:
    facts = {
        "unified_code": "91310000MA1K35X66L",
        "categories": ("ITO", "BPO"),
        "founded_on": date(2008, 4, 1),
        "contact_person": "王伟",
        "phone": "+86 21 5555 0100",
        "bank": "中国银行上海分行",
        "bank_account": "4402 1234 5678",
        "owner": "li.na",
        "approved_by": "chen.jie",
        "approved_on": date(2024, 3, 1),
        "notes": "Desk and field service.\nThree sites.",
    }
    return stored("supplier", "active", "HX", name=name, **{**facts, **more})


def several() -> dict[str, tuple[Stored, ...]]:
    moment = datetime(2026, 6, 1, 1, 30, tzinfo=UTC)
    complaint = dict.fromkeys(("received_at", "respond_due", "resolve_due", "satisfaction_due"), moment)
    of = {"supplier": "HX"}
    return {
        "certificate": (
            stored("certificate", "held", "ISO-27001", name="ISO 27001", number="CN-77", issuer="CQC", **of),
            stored("certificate", "held", "ISO-9001", name="ISO 9001", valid_until=date(2026, 12, 24), **of),
            stored("certificate", "replaced", "ISO-9001-2023", name="ISO 9001", valid_until=date(2023, 12, 24), **of),
        ),
        "agreement": (
            stored("agreement", "signed", "NDA-1", party_kind="supplier", party="HX", data_class="important"),
        ),
        "bid": (
            stored("bid", "qualified", "B-17", tender="T-2026-4", received_at=moment, digest=DIGEST, recorded_by="li",
                   price_read="4820000.00", **of),
        ),
        "award": (
            stored("award", "contracted", "A-9", tender="T-2026-4", bid="B-17", result="R-1", amount="4820000.00",
                   currency="CNY", approved_by="chen.jie", approved_on=date(2026, 6, 20), **of),
        ),
        "contract": (
            stored("contract", "running", "K-2026-12", title="Service desk 2026–2029", category="ITO",
                   data_class="important", owner="li.na", value="4820000.00", currency="CNY",
                   starts_on=date(2026, 7, 1), ends_on=date(2029, 6, 30), **of),
        ),
        "scorecard": (
            stored("scorecard", "confirmed", "SC-Q3", contract="K-2026-12", period="2026-Q3", score="86.4",
                   lower="83.1", upper="89.0", coverage="0.97", grade="B", standing="binding",
                   period_from=date(2026, 7, 1), period_to=date(2026, 10, 1), **of),
        ),
        "risk_rating": (
            stored("risk_rating", "confirmed", "RR-1", on=date(2026, 10, 5), rating="medium",
                   reasons="One site carries 70 % of the volume.", next_review=date(2027, 1, 5), **of),
        ),
        "risk": (
            stored("risk", "assessed", "RISK-3", category="technical", title="Loss of the Shanghai site", owner="li.na",
                   likelihood="0.2", impact_low="200000", impact_high="900000", currency="CNY", **of),
        ),
        "complaint": (
            stored("complaint", "closed", "C-5", client="Retail", channel="phone", owner="bo", subject="Slow answers",
                   satisfaction="accepted", resolved_at=moment, **complaint, **of),
        ),
        "contact": (
            stored("contact", "open", "CT-1", on=date(2026, 11, 20), by="li.na", subject="Staffing",
                   problem="Two posts are vacant", owner="li.na", due=date(2026, 12, 15), **of),
        ),
        "training": (
            stored("training", "held", "TR-1", audience="supplier", topic="Confidentiality",
                   planned_on=date(2026, 8, 1), held_on=date(2026, 8, 3), people_due=40, people_present=37, **of),
        ),
        "improvement_plan": (
            stored("improvement_plan", "open", "IP-1", measure="first_call_resolution", owner="li.na",
                   agreed_on=date(2026, 10, 8), baseline="71.5", target="80", baseline_until=date(2026, 10, 1),
                   due=date(2027, 1, 15), action="Second level on site", **of),
        ),
    }  # fmt: skip


def archive(name: str = "华信服务外包有限公司", **more: object) -> SupplierArchive:
    parts = {kind: several().get(kind, ()) for kind in archive_fields()}
    return SupplierArchive(supplier(name, **more), TODAY, MappingProxyType(parts), (), Anchor(412, "cd" * 32))


def due() -> DueList:
    rows = [
        ("agreement", "NDA-0", "expiry", "valid_until", date(2026, 11, 1), "", "", "signed"),
        ("settlement", "S-10", "payment", "due_on", date(2026, 11, 28), "", "", "approved"),
        ("complaint", "C-9", "response", "respond_due", date(2026, 11, 30), "bo", "Slow answers", "received"),
        ("contact", "CT-1", "resolution", "due", date(2026, 12, 15), "li.na", "Staffing", "open"),
        ("certificate", "ISO-9001", "expiry", "valid_until", date(2026, 12, 24), "", "ISO 9001", "held"),
    ]
    items = [DueItem(k, i, w, f, d, (d - TODAY).days, o, label, s) for k, i, w, f, d, o, label, s in rows]
    return DueList(TODAY, date(2026, 12, 30), tuple(items), Anchor(99, "0a" * 32))


def opening() -> OpeningRecord:
    bids = tuple(
        stored("bid", "received", f"B-{n}", tender="T-2026-4", supplier=f"S{n}", received_at=NOW, digest=DIGEST,
               recorded_by="li", price_read=price)
        for n, price in ((1, "4820000.00"), (2, "5100000.00"))
    )  # fmt: skip
    opened = stored("opening", "signed", "O-1", tender="T-2026-4", envelope="all", opened_at=NOW, place="Room 3",
                    bids=("B-1", "B-2"), witnesses=("wang.wei", "zhao.min"), read_out="Two prices.")  # fmt: skip
    tender = stored("tender", "opened", "T-2026-4", need="N-1", decision="D-1", title="服务台外包", category="ITO")
    names = MappingProxyType({"S1": "华信", "S2": "<b>Acme</b>"})
    return OpeningRecord(opened, tender, bids, names, Anchor(88, "ef" * 32))
