"""A contract in a store, step by step, on top of the procedure that awarded it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from registry_procedure import Procedure, fingerprint
from supplier_eval.registry.record import Stored
from supplier_eval.registry.settlement_amounts import line_amount, rounded

TEXT, OTHER_TEXT = fingerprint("contract text"), fingerprint("another text")
VALUE = Decimal("880000.00")
ITEMS = ("invoice", "acceptance", "volumes")


class Contracting(Procedure):
    """The steps of one contract, each as the policy asks for it; a test leaves one out or does it wrong."""

    def authority(self, person: str, act: str, up_to: Any = 2_000_000, key: str = "", **fields: Any) -> Stored:
        given = {"person": person, "act": act, "up_to": up_to, "granted_by": "board"}
        days = {"valid_from": date(2026, 1, 1), "valid_until": date(2029, 12, 31)}
        return self.add("authority", key or f"U-{person}-{act}", **given | days | fields)

    def draft(self, key: str = "C-1", **fields: Any) -> Stored:
        """A draft on the terms of the award W-1."""
        given = {
            **{"award": "W-1", "supplier": "S-1", "tender": "T-1", "title": "Service desk", "category": "BPO"},
            **{"owner": "sun.li", "data_class": "internal", "text_digest": TEXT, "value": VALUE},
            **{"starts_on": self.today, "ends_on": self.today + timedelta(days=730), "payment_days": 20},
            "credit_cap": Decimal("0.1"),
        }
        return self.add("contract", key, **given | fields)

    def clauses(self, *leave_out: str, contract: str = "C-1") -> None:
        for line in self.registry.rules.contracts.clauses:
            if line.id not in leave_out:
                self.add("clause", f"{contract}-{line.id}", contract=contract, item=line.id, reference="article 3")

    def rate(self, key: str = "R-1", price: str = "12.50", contract: str = "C-1", **fields: Any) -> Stored:
        return self.add("rate", key, contract=contract, item="Call", unit="call", unit_price=price, **fields)

    def contract(self, event: str, /, key: str = "C-1", **fields: Any) -> Stored:
        return self.move("contract", key, event, **fields)

    def review(self, key: str = "C-1", **fields: Any) -> Stored:
        given = {"reviewed_digest": TEXT, "reviewed_by": "lin.fa", "reviewed_on": self.today}
        return self.contract("approve", key, **given | fields)

    def sign(self, key: str = "C-1", **fields: Any) -> Stored:
        given = {"signed_digest": TEXT, "signed_by": "chen.bo", "signed_on": self.today}
        return self.contract("sign", key, **given | {"signed_for_supplier": "Mr Zhou"} | fields)

    def clauses_and_signature(self) -> Stored:
        """From a notified award to a running contract."""
        self.draft()
        self.clauses()
        self.rate()
        return self.signed_and_started()

    def signed_and_started(self) -> Stored:
        self.contract("submit")
        self.review()
        self.authority("chen.bo", "sign_contract")
        self.agree("S-1", "supplier")
        self.sign()
        return self.contract("start")

    def ask_for_destruction(self) -> Stored:
        return self.add("destruction", "D-1", contract="C-1", what="call records", data_class="internal")

    def certify(self) -> Stored:
        proof = self.registry.attach(b"certificate", "certificate.pdf", "application/pdf", "internal").id
        certified = {"by": "zhou", "witness": "wu", "method": "wiped", "certificate": proof}
        return self.move("destruction", "D-1", "certify", on=self.today, **certified)

    def destroyed(self) -> Stored:
        self.ask_for_destruction()
        return self.certify()

    def drafted(self, **fields: Any) -> Stored:
        """Awarded; a draft with all clauses and its rate."""
        self.awarded()
        self.draft(**fields)
        self.clauses()
        self.rate()
        return self.get("contract", "C-1")

    def approved(self, **fields: Any) -> Stored:
        """Reviewed by the legal department; authority and agreement are on record."""
        self.drafted(**fields)
        self.contract("submit")
        self.review()
        self.authority("chen.bo", "sign_contract")
        self.agree("S-1", "supplier")
        return self.get("contract", "C-1")

    def running(self, **fields: Any) -> Stored:
        """Signed and started."""
        self.approved(**fields)
        self.sign()
        return self.contract("start")

    def change(self, key: str = "V-1", **fields: Any) -> Stored:
        given = {"reason": "more calls", "proposed_by": "sun.li", "proposed_on": self.today, "effect_price": 20_000}
        return self.add("change", key, contract="C-1", **given | fields)

    def approve_change(self, key: str = "V-1", **fields: Any) -> Stored:
        given = {"text_digest": TEXT, "approvals": ("chen.bo",), "approved_by": "chen.bo", "approved_on": self.today}
        return self.move("change", key, "approve", **given | fields)

    def effect(self, key: str = "V-1", **fields: Any) -> Stored:
        given = {"signed_digest": TEXT, "signed_by": "chen.bo", "signed_on": self.today, "effective_on": self.today}
        return self.move("change", key, "take_effect", **given | fields)

    def terminated(self, key: str = "V-9") -> Stored:
        """An early end, agreed and effective."""
        duties = {"exit_duties": "hand over the log, return badges, destroy copies", "effect_price": 0}
        self.change(key, subject="termination", reason="breach", **duties)
        self.authority("chen.bo", "approve_change")
        self.approve_change(key)
        return self.effect(key)

    def settlement(self, key: str = "B-1", volume: str = "1000", credit: str = "100.00", **fields: Any) -> Stored:
        """A period of thirty days from the start, its line and its credit."""
        gross = line_amount(Decimal(volume), Decimal("12.50"))
        taken = min(Decimal(credit), rounded(gross / 10))
        start = self.get("contract", "C-1").starts_on
        given = {
            **{"contract": "C-1", "period_from": start, "period_to": start + timedelta(days=30)},
            **{"gross": gross, "credits": taken, "net": gross - taken, "prepared_by": "ma.li"},
        }
        stored = self.add("settlement", key, **given | fields)
        self.add("settlement_line", f"{key}-1", settlement=key, rate="R-1", volume=volume, amount=gross)
        credit_given = {"kpi": "K1", "period": "first month", "amount": credit, "reason": "answered late"}
        self.add("service_credit", f"{key}-G", settlement=key, contract="C-1", **credit_given)
        return stored

    def hand_in(self, item: str, settlement: str = "B-1", key: str = "") -> Stored:
        given = {"settlement": settlement, "item": item, "received_on": self.today, "received_by": "ma.li"}
        return self.add("document", key or f"{settlement}-{item}", **given)

    def accept_document(self, item: str, settlement: str = "B-1", key: str = "") -> Stored:
        fields = {"reviewed_by": "he.jun", "reviewed_on": self.today}
        return self.move("document", key or f"{settlement}-{item}", "accept", **fields)

    def complete(self, key: str = "B-1", **fields: Any) -> Stored:
        due = {"due_on": self.today + timedelta(days=20)}
        return self.move("settlement", key, "complete", **due | fields)

    def review_settlement(self, key: str = "B-1", **fields: Any) -> Stored:
        given = {"reviewed_by": "he.jun", "reviewed_on": self.today}
        return self.move("settlement", key, "review", **given | fields)

    def approve_settlement(self, key: str = "B-1", **fields: Any) -> Stored:
        given = {"approved_by": "chen.bo", "approved_on": self.today}
        return self.move("settlement", key, "approve", **given | fields)

    def pay(self, key: str = "B-1", **fields: Any) -> Stored:
        given = {"paid_on": self.today, "payment_reference": "bank 7781"}
        return self.move("settlement", key, "pay", **given | fields)
