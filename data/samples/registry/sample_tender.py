"""The tender from its need to the opened prices (§2, §3.2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sample_desk import LOTS, SAMPLES, TENDER, Desk, at, digest, rows

import supplier_eval as se

PANEL = (("E1", "expert"), ("E2", "expert"), ("E3", "expert"), ("E4", "expert"), ("E5", "buyer"))
PERIODS = {"2025-H1": (date(2025, 1, 1), date(2025, 7, 1)), "2025-H2": (date(2025, 7, 1), date(2026, 1, 1))}


def need_to_decision(desk: Desk) -> None:
    """The need, what three people think of it, the decision with expert review and board approval (§2)."""
    size = {"estimated_value": Decimal(8_250_000), "currency": "CNY", "term_months": 24, "data_class": "internal"}
    desk.on("2025-11-03T09:00")
    desk.add(
        "need",
        "need-service-desk",
        department="Information technology 信息技术部",
        category="ITO",
        title="IT service desk and operations 服务台与运维",
        scope="Service desk, field support at six sites, monitoring at night",
        quality_requirements="90 % answered in 30 s; first fix 70 %; on site within 4 h",
        volume=Decimal(3200),
        unit="tickets a month",
        owner="sun.li",
        next_review=date(2026, 11, 2),
        **size,
    )
    for person, marks in (("zhao.min", (85, 80)), ("li.wei", (78, 82)), ("chen.jie", (90, 75))):
        for dimension, mark in zip(("necessity", "feasibility"), marks, strict=True):
            desk.add(
                "assessment",
                f"need-service-desk-{person}-{dimension}",
                need="need-service-desk",
                person=person,
                dimension=dimension,
                criterion="overall",
                mark=Decimal(mark),
            )
    desk.on("2025-12-15T10:00")
    report = digest("needs-analysis report")
    desk.move("need", "need-service-desk", "analyse", report=report)
    desk.add(
        "decision",
        "decision-service-desk",
        need="need-service-desk",
        option="whole",
        reasons="Cheaper than in-house at equal quality up to 5,600 tickets a month.",
        report=report,
    )
    desk.move(
        "decision", "decision-service-desk", "submit", submitted_by="sun.li", submitted_on=desk.on("2025-12-18T10:00")
    )
    reviewed = desk.on("2026-01-20T15:00")
    desk.move(
        "decision",
        "decision-service-desk",
        "review",
        expert_review_by="External expert group 外部专家组",
        expert_review_on=reviewed,
        expert_opinion="Sound; agree exit terms before the award.",
    )
    decided = desk.on("2026-01-27T15:00")
    desk.move(
        "decision",
        "decision-service-desk",
        "resolve",
        board_approval_by="Board of directors 董事会",
        board_approval_on=decided,
    )
    desk.move("decision", "decision-service-desk", "approve", actor="chen.bo", decided_by="chen.bo", decided_on=decided)
    desk.move("need", "need-service-desk", "decide")


def suppliers(desk: Desk) -> None:
    """The bidders, and the scorecards of those who served before (§3.3.1, §3.3.2)."""
    desk.on("2026-01-28T09:00")
    known = {row["bidder"]: row["name"] for row in rows("bids.csv")}
    for key, name in sorted(known.items()):
        desk.add("supplier", key, name=name)
    for row in rows("past.csv"):
        first, after = PERIODS[row["period"]]
        key = f"{row['bidder']}-{row['period']}"
        desk.add(
            "scorecard",
            key,
            supplier=row["bidder"],
            period=row["period"],
            period_from=first,
            period_to=after,
            score=Decimal(row["score"]),
            lower=Decimal(row["lower"]),
            upper=Decimal(row["upper"]),
            coverage=Decimal(row["coverage"].rstrip("%")) / 100,
            grade="B",
            standing="binding",
            policy_fingerprint=digest("review plan"),
            scored_by=("wu.fang",),
        )
        desk.move("scorecard", key, "confirm", actor="chen.bo", confirmed_by="chen.bo", confirmed_on=desk.now.date())


def bids_in(desk: Desk) -> None:
    """From publication to the end of bidding (§3.2.1, §3.2.2)."""
    policy = se.Policy.load(SAMPLES / "service-desk" / "policy.toml")
    desk.on("2026-01-30T09:00")
    desk.add(
        "tender",
        TENDER,
        need="need-service-desk",
        decision="decision-service-desk",
        title="IT service desk and operations 2026-2028 服务台与运维外包",
        category="ITO",
        requirements="See the tender documents.",
        qualification="Licence valid at the deadline; no serious violation in three years.",
        lots=LOTS,
        policy="policy.toml",
        policy_fingerprint=policy.fingerprint,
        deadline=at("2026-03-10T09:30"),
        envelopes=policy.procedure.envelopes,
        data_class="internal",
        estimated_value=Decimal(8_250_000),
        currency="CNY",
        term_months=24,
        standstill_days=10,
        owner="sun.li",
    )
    for key, name in (("site", "company site"), ("platform", "tender platform")):
        desk.add("channel", f"{TENDER}-{key}", tender=TENDER, name=name)
    desk.on("2026-02-02T09:00")
    desk.move("tender", TENDER, "publish")
    for key in ("site", "platform"):
        desk.move("channel", f"{TENDER}-{key}", "publish", published_at=desk.now, evidence=digest(f"notice {key}"))
    bids(desk)


def tender(desk: Desk) -> None:
    """From the first opening to the locked marks and the opened prices (§3.2)."""
    opening(desk, "technical", "2026-03-10T10:00", states=("received",))
    desk.move("tender", TENDER, "open_technical")
    panel(desk)
    qualification(desk)
    desk.on("2026-03-18T17:00")
    desk.move(
        "tender", TENDER, "lock_marks", marks_digest=digest((SAMPLES / "service-desk/marks.csv").read_text("utf-8"))
    )
    desk.move(
        "bid",
        "HZ-3",
        "reject",
        reviewed_by="qian.jie",
        reviewed_on=desk.on("2026-03-18T17:30"),
        reasons="Below the quality floor: its price envelope stays closed (§3.1.4).",
    )
    opening(desk, "price", "2026-03-19T09:00", states=("qualified",))
    desk.move("tender", TENDER, "open_prices")


def bids(desk: Desk) -> None:
    """Every bid as it came in, the late one too (§3.2.2)."""
    for row in sorted(rows("bids.csv"), key=lambda one: (one["received"], one["bid"])):
        desk.now = at(row["received"].replace(" ", "T"))
        late = desk.now > at("2026-03-10T09:30")
        desk.add(
            "bid",
            row["bid"],
            tender=TENDER,
            lot=row["lot"],
            supplier=row["bidder"],
            received_at=desk.now,
            digest=digest(row["bid"]),
            price_digest=digest(f"price {row['bid']}"),
            recorded_by="front.desk",
        )
        if late:
            desk.move("bid", row["bid"], "mark_late", reasons="Seven minutes after the deadline.")
        else:
            desk.move("bid", row["bid"], "accept")
    desk.on("2026-03-10T09:45")
    desk.move("tender", TENDER, "close", bids_closed_at=at("2026-03-10T09:30"))


def opening(desk: Desk, envelope: str, moment: str, states: tuple[str, ...]) -> None:
    """An opening with its witnesses; the head of the audit stands on the record (§3.2.2)."""
    desk.on(moment)
    opened = tuple(bid.id for bid in desk.registry.where("bid", states=states, tender=TENDER))
    desk.add(
        "opening",
        f"{TENDER}-{envelope}",
        tender=TENDER,
        envelope=envelope,
        opened_at=desk.now,
        place="Room 4",
        bids=opened,
        witnesses=("gao.yu", "he.jun"),
        read_out="Names, seals and documents." if envelope == "technical" else "Prices as written.",
    )
    desk.move("opening", f"{TENDER}-{envelope}", "sign")


def panel(desk: Desk) -> None:
    """Five members, bound to secrecy, their conflicts declared; one leaves a lot (§1.3.4, §3.2.4, §8.2.2)."""
    day = desk.on("2026-03-10T11:00")
    for person, role in PANEL:
        key, conflict = f"{TENDER}-{person}", ("LB",) if person == "E4" else ()
        desk.add("evaluator", key, tender=TENDER, person=person, panel_role=role)
        desk.add(
            "agreement",
            f"agreement-{person}",
            party_kind="evaluator",
            party=person,
            data_class="important",
            definition="Bids, marks, prices and deliberations",
            scope="This tender",
            applicability="From today until the award is final",
            liability="By the company's rules",
            valid_from=day,
            valid_until=date(2027, 3, 31),
        )
        desk.move("agreement", f"agreement-{person}", "sign", signed_on=day, signed_by=person)
        desk.add(
            "conflict_declaration",
            f"declaration-{person}",
            tender=TENDER,
            evaluator=key,
            person=person,
            conflict_with=conflict,
            declared_on=day,
        )
        if conflict:
            desk.move("evaluator", key, "recuse", recused_lots=("L2",), reasons="A relative works for LB.")
        desk.move("evaluator", key, "seat")


def qualification(desk: Desk) -> None:
    """Who may be considered, with a reason for each (§3.2.3)."""
    day = desk.on("2026-03-12T14:00")
    refused = {"NY-1": "The licence had run out at the deadline."}
    for bid in desk.registry.where("bid", states=("received",), tender=TENDER):
        event, why = ("reject", refused[bid.id]) if bid.id in refused else ("qualify", "All requirements are met.")
        desk.move("bid", bid.id, event, reviewed_by="qian.jie", reviewed_on=day, reasons=why)
    for bid in desk.registry.where("bid", states=("late",), tender=TENDER):
        desk.move("bid", bid.id, "reject", reviewed_by="qian.jie", reviewed_on=day, reasons="Late (§3.2.2).")
