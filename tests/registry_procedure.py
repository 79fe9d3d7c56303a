"""A procedure in a store, step by step: need, decision, tender, bids, panel, opening, result, publication, award."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from registry_begun import AGREED, add
from supplier_eval.registry.record import Stored
from supplier_eval.registry.store import Registry

HOUSE = ZoneInfo("Asia/Shanghai")
SIZE = {"estimated_value": Decimal(900_000), "currency": "CNY", "term_months": 24, "data_class": "internal"}
PANEL = ("li.na", "wang.wei", "zhao.min")
DAYS_TO_BID = 20


def fingerprint(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


class Procedure:
    """The steps of one tender, each as the policy asks for it; a test leaves one out or does it wrong.

    Parameters
    ----------
    registry : Registry
        A fresh store.
    clock : StandingClock
        Its clock.
    envelopes, lots : int and tuple of str
        Of the tender.
    """

    def __init__(self, registry: Registry, clock: Any, envelopes: int = 1, lots: tuple[str, ...] = ()) -> None:
        self.registry, self.clock = registry, clock
        self.envelopes, self.lots = envelopes, lots or ("",)
        self.fields: dict[str, Any] = {"envelopes": envelopes, "lots": lots}

    @property
    def today(self) -> date:
        return self.clock.now.astimezone(HOUSE).date()

    def add(self, kind: str, key: str, **fields: Any) -> Stored:
        return add(self.registry, kind, key, **fields)

    def get(self, kind: str, key: str) -> Stored:
        return self.registry.get(kind, key)

    def move(self, kind: str, key: str, event: str, /, **fields: Any) -> Stored:
        return self.registry.move(self.registry.get(kind, key), event, **fields)

    def need(self, key: str = "N-1", **fields: Any) -> Stored:
        given = {
            **{"department": "operations", "category": "BPO", "title": "Service desk", "owner": "sun.li"},
            **{"scope": "First line", "quality_requirements": "80 % at once", "volume": 12_000, "unit": "calls"},
            **{"next_review": self.today + timedelta(days=90), **SIZE},
        }
        return add(self.registry, "need", key, **given | fields)

    def assess(self, need: str = "N-1", people: tuple[str, ...] = PANEL) -> None:
        for person in people:
            for dimension in ("necessity", "feasibility"):
                key = f"{need}-{person}-{dimension}"
                given = {"need": need, "person": person, "dimension": dimension, "criterion": "overall", "mark": 70}
                add(self.registry, "assessment", key, **given)

    def analyse(self, need: str = "N-1") -> Stored:
        self.assess(need)
        return self.move("need", need, "analyse", report=fingerprint("report"))

    def draft_decision(self, key: str = "D-1", need: str = "N-1", **fields: Any) -> Stored:
        given = {
            "need": need,
            "option": "whole",
            "reasons": "cheaper at equal quality",
            "report": fingerprint("report"),
        }
        return add(self.registry, "decision", key, **given | fields)

    def submit(self, key: str = "D-1") -> Stored:
        left = dict.fromkeys(("expert_review_by", "expert_opinion", "board_approval_by"), "")
        left |= dict.fromkeys(("expert_review_on", "board_approval_on", "decided_by", "decided_on"))
        return self.move("decision", key, "submit", submitted_by="sun.li", submitted_on=self.today, **left)

    def review(self, key: str = "D-1") -> Stored:
        fields = {"expert_review_by": "expert group", "expert_review_on": self.today, "expert_opinion": "sound"}
        return self.move("decision", key, "review", **fields)

    def resolve(self, key: str = "D-1") -> Stored:
        return self.move("decision", key, "resolve", board_approval_by="board", board_approval_on=self.today)

    def approve(self, key: str = "D-1") -> Stored:
        return self.move("decision", key, "approve", decided_by="chen.bo", decided_on=self.today)

    def decided(self, **size: Any) -> Stored:
        """Need analysed, decision approved."""
        self.need(**size)
        self.analyse()
        self.draft_decision()
        self.submit()
        return self.approve()

    def draft_tender(self, key: str = "T-1", **fields: Any) -> Stored:
        given = {
            **{"need": "N-1", "decision": "D-1", "title": "Service desk", "category": "BPO", "owner": "sun.li"},
            **{"requirements": "First line", "qualification": "licence", "policy": "profile:service-outsourcing"},
            "standstill_days": self.registry.rules.tendering.standstill_days,
            **{"policy_fingerprint": fingerprint("policy"), **SIZE, **self.fields},
            "deadline": self.clock.now + timedelta(days=DAYS_TO_BID),
        }
        return add(self.registry, "tender", key, **given | fields)

    def channel(self, key: str = "H-1", tender: str = "T-1") -> Stored:
        return add(self.registry, "channel", key, tender=tender, name="company site")

    def announce(self, key: str = "H-1") -> Stored:
        return self.move("channel", key, "publish", published_at=self.clock.now, evidence=fingerprint("notice"))

    def published(self, **fields: Any) -> Stored:
        """A tender that is published and announced."""
        if not self.registry.where("decision", id="D-1"):
            self.decided()
        self.draft_tender(**fields)
        self.channel()
        tender = self.move("tender", "T-1", "publish")
        self.announce()
        return tender

    def issue_addendum(self, key: str = "X-1", policy: str = "policy, second version", days: int = 0) -> Stored:
        tender = self.get("tender", "T-1")
        given = {
            **{"tender": "T-1", "reasons": "a criterion was ambiguous", "evidence": fingerprint(key)},
            **{"fingerprint_before": tender.policy_fingerprint, "fingerprint_after": fingerprint(policy)},
            **{"deadline_before": tender.deadline, "deadline_after": tender.deadline + timedelta(days=days)},
            "issued_at": self.clock.now,
        }
        return self.registry.move(self.add("addendum", key, **given), "issue")

    def bid(self, key: str, supplier: str, lot: str = "", **fields: Any) -> Stored:
        """A bid as it is recorded now, in no state of order yet."""
        if not self.registry.where("supplier", id=supplier):
            add(self.registry, "supplier", supplier, name=f"Supplier {supplier}")
        price = fingerprint(f"price {key}") if self.envelopes == 2 else None
        given = {
            **{"tender": "T-1", "lot": lot, "supplier": supplier, "received_at": self.clock.now},
            **{"digest": fingerprint(key), "price_digest": price, "recorded_by": "front.desk"},
        }
        return add(self.registry, "bid", key, **given | fields)

    def accept(self, *keys: str) -> None:
        for key in keys:
            self.move("bid", key, "accept")

    def bids(self, count: int = 3) -> tuple[str, ...]:
        """Bids of as many suppliers in each lot, accepted."""
        keys = []
        for lot in self.lots:
            for number in range(1, count + 1):
                keys.append(f"B-{lot}{number}")
                self.bid(keys[-1], f"S-{number}", lot)
                self.accept(keys[-1])
        return tuple(keys)

    def close(self) -> Stored:
        """The clock goes to the deadline, and the tender is closed."""
        self.clock.now = self.get("tender", "T-1").deadline + timedelta(minutes=1)
        return self.move("tender", "T-1", "close", bids_closed_at=self.clock.now)

    def draft_opening(self, envelope: str, **fields: Any) -> Stored:
        states = ("qualified",) if envelope == "price" else ("received",)
        bids = tuple(bid.id for bid in self.registry.where("bid", states=states, tender="T-1"))
        given = {
            **{"tender": "T-1", "envelope": envelope, "opened_at": self.clock.now, "place": "room 4", "bids": bids},
            **{"witnesses": ("gao.yu", "he.jun"), "read_out": "names and seals; prices where opened"},
        }
        return add(self.registry, "opening", f"O-{envelope}", **given | fields)

    def open(self, envelope: str) -> Stored:
        self.registry.move(self.draft_opening(envelope), "sign")
        event = {"all": "open", "technical": "open_technical", "price": "open_prices"}[envelope]
        return self.move("tender", "T-1", event)

    def opened(self, count: int = 3) -> Stored:
        """Bids in, closed, first opening held."""
        self.published()
        self.bids(count)
        self.close()
        return self.open("technical" if self.envelopes == 2 else "all")

    def name(self, person: str, **fields: Any) -> Stored:
        return add(self.registry, "evaluator", f"E-{person}", tender="T-1", person=person, **fields)

    def declare(self, person: str, *conflict_with: str, key: str = "") -> Stored:
        given = {"tender": "T-1", "evaluator": f"E-{person}", "person": person, "declared_on": self.today}
        return add(self.registry, "conflict_declaration", key or f"F-{person}", conflict_with=conflict_with, **given)

    def agree(self, party: str, party_kind: str = "evaluator", data_class: str = "important", **fields: Any) -> Stored:
        period = {"valid_from": date(2026, 1, 1), "valid_until": date(2027, 12, 31)}
        given = {"party_kind": party_kind, "party": party, "data_class": data_class, **AGREED, **period, **fields}
        draft = add(self.registry, "agreement", f"A-{party}", **given)
        return self.registry.move(draft, "sign", signed_on=self.today, signed_by="wu")

    def seat(self, *people: str) -> None:
        """Named, declared, bound to secrecy, seated."""
        for person in people or PANEL:
            self.name(person)
            self.declare(person)
            self.agree(person)
            self.move("evaluator", f"E-{person}", "seat")

    def qualify(self, *keys: str) -> None:
        for key in keys or [bid.id for bid in self.registry.where("bid", states=("received",), tender="T-1")]:
            fields = {"reviewed_by": "qian.jie", "reviewed_on": self.today, "reasons": "all requirements met"}
            self.move("bid", key, "qualify", **fields)

    def lock_marks(self) -> Stored:
        return self.move("tender", "T-1", "lock_marks", marks_digest=fingerprint("marks"))

    def scored(self, count: int = 3) -> None:
        """Panel seated, bids qualified, marks locked, prices open: a result can be locked."""
        self.opened(count)
        self.seat()
        self.qualify()
        self.clock.advance(hours=2)
        self.lock_marks()
        if self.envelopes == 2:
            self.clock.advance(hours=1)
            self.open("price")

    def result(self, key: str = "R-1", lot: str = "", **fields: Any) -> Stored:
        order = tuple(bid.id for bid in self.registry.where("bid", states=("qualified",), tender="T-1", lot=lot))
        given = {
            **{"tender": "T-1", "lot": lot, "order": order, "candidates": order[:3], "standing": "binding"},
            **{"ranks": tuple(str(n) for n in range(1, len(order) + 1))},
            **{"totals": tuple(str(90 - n) for n in range(len(order))), "scored_by": PANEL},
            **{"policy_fingerprint": fingerprint("policy"), "tender_fingerprint": fingerprint("tender")},
            "report": fingerprint("evaluation report"),
        }
        return add(self.registry, "result", key, **given | fields)

    def approve_result(self, key: str = "R-1") -> Stored:
        self.move("result", key, "lock")
        return self.move("result", key, "approve", approved_by="chen.bo", approved_on=self.today)

    def publish(self, key: str = "P-1", result: str = "R-1") -> Stored:
        add(self.registry, "publication", key, tender="T-1", result=result)
        until = self.today + timedelta(days=self.get("tender", "T-1").standstill_days)
        fields = {"published_on": self.today, "standstill_until": until, "address": "company site"}
        return self.move("publication", key, "publish", **fields)

    def candidates(self, count: int = 3) -> None:
        """Results approved and published; the standstill runs."""
        self.scored(count)
        for lot in self.lots:
            self.result(f"R-{lot or 1}", lot)
            self.approve_result(f"R-{lot or 1}")
        self.move("tender", "T-1", "evaluate")
        for lot in self.lots:
            self.publish(f"P-{lot or 1}", f"R-{lot or 1}")
        self.move("tender", "T-1", "publish_candidates")

    def object(self, key: str = "Q-1", publication: str | None = "P-1", **fields: Any) -> Stored:
        due = self.today + timedelta(days=self.registry.rules.tendering.answer_days)
        given = {"tender": "T-1", "publication": publication, "supplier": "S-2", "received_on": self.today}
        return add(
            self.registry, "objection", key, **given | {"text": "our plan was misread", "answer_due": due} | fields
        )

    def answer(self, decision: str, key: str = "Q-1") -> Stored:
        fields = {"answer": "read again by others; see the report", "answered_on": self.today, "decision": decision}
        return self.move("objection", key, "answer", answered_by="deng.fei", **fields)

    def empower(self, person: str = "chen.bo", up_to: int = 1_000_000) -> None:
        """Give a person the authority to approve awards, once."""
        if not self.registry.where("authority", person=person, act="approve_award"):
            days = {"valid_from": date(2026, 1, 1), "valid_until": date(2029, 12, 31)}
            given = {"person": person, "act": "approve_award", "up_to": up_to, "granted_by": "board", **days}
            self.add("authority", f"U-{person}-award", **given)

    def propose(self, key: str = "W-1", bid: str = "B-1", **fields: Any) -> Stored:
        self.empower()
        supplier = self.get("bid", bid).supplier
        given = {"tender": "T-1", "bid": bid, "supplier": supplier, "amount": Decimal(880_000), "currency": "CNY"}
        return add(self.registry, "award", key, **given | {"result": "R-1", "reasons": "first of the result"} | fields)

    def approve_award(self, key: str = "W-1") -> Stored:
        return self.move("award", key, "approve", approved_by="chen.bo", approved_on=self.today)

    def awarded(self, key: str = "W-1", bid: str = "B-1") -> Stored:
        """The whole way: standstill over, award approved and notified."""
        self.candidates()
        self.clock.advance(days=self.get("tender", "T-1").standstill_days + 1)
        self.propose(key, bid)
        self.approve_award(key)
        self.move("tender", "T-1", "award")
        return self.move("award", key, "notify", notified_on=self.today)
