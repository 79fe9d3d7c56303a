"""Which cases people can rule on, and what a ruling on each must hold; nothing that was ruled is passed over.

A ruling whose case, bid or figure does not fit would change nothing, without anybody noticing: it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from supplier_eval.intake.gathered import Gathered, near_facts
from supplier_eval.intake.typed import UNREAD, Record

OWN_CASE = "x_"
ABNORMAL = "price.abnormal."
SETTLE = ("accept", "exclude", "note")
KEEP = ("accept", "note")
NOTE = ("note",)


@dataclass(frozen=True)
class Case:
    """What a ruling on a case may say.

    Parameters
    ----------
    rulings : tuple of str
        Allowed rulings.
    bid : bool or None
        Whether it must name a bid (True), must not (False), or may (None).
    value : str
        What its figure is: ``"place"`` (1, 2, …), ``"amount"`` (not zero), empty where it has none.
    """

    rulings: tuple[str, ...]
    bid: bool | None = True
    value: str = ""


CASES: dict[str, Case] = {
    "price.abnormal.below_share_of_mean": Case(SETTLE),
    "price.abnormal.above_share_of_mean": Case(SETTLE),
    "price.abnormal.below_share_of_ceiling": Case(SETTLE),
    "price.abnormal.below_share_of_second": Case(SETTLE),
    "price.abnormal.points_fraction": Case(SETTLE),
    "price.adjustment": Case(NOTE, value="amount"),
    "prices.correction.needs_consent": Case(SETTLE),
    "prices.quantity.differs": Case(SETTLE),
    "prices.item.unbalanced": Case(SETTLE),
    "panel.recused": Case(KEEP, bid=False),
    "panel.too_few": Case(KEEP, bid=False),
    "panel.even": Case(KEEP, bid=False),
    "panel.experts": Case(KEEP, bid=False),
    "panel.outlier_mark": Case(KEEP),
    "panel.objective_differs": Case(KEEP),
    "qualification": Case(("exclude", "note")),
    "draw": Case(NOTE, value="place"),
    "withdrawal": Case(NOTE),
}


def check_rulings(g: Gathered, records: Iterable[Record]) -> None:
    """Hold every ruling against the case that it names; findings go to `g`.

    Cases that start with ``x_`` are the user's own notes and are not looked at.
    """
    for r in records:
        if not r["case"] or r["case"].startswith(OWN_CASE):
            continue
        case = CASES.get("qualification" if r["case"].startswith("qualification.") else r["case"])
        if case is None:
            facts = near_facts(r["case"], {name: name for name in CASES})
            g.add("rulings.case.unknown_case", "case", r["row"], r["case"], **facts)
            continue
        _check_one(g, r, case, r[UNREAD])


def _check_one(g: Gathered, r: Record, case: Case, unread: Iterable[str]) -> None:
    if r["ruling"] and r["ruling"] not in case.rulings:
        allowed = ", ".join(case.rulings)
        g.add("rulings.ruling.not_for_case", "ruling", r["row"], r["ruling"], case=r["case"], allowed=allowed)
    if case.bid and not r["bid"] and "bid" not in unread:
        g.add("rulings.bid.missing", "bid", r["row"], r["case"])
    if case.bid is False and r["bid"]:
        g.add("rulings.bid.not_expected", "bid", r["row"], r["bid"], case=r["case"])
    if "value" not in unread:
        _check_value(g, r, case)
    unasked = r["asked_on"] is None and not r["asked"]
    if r["ruling"] == "exclude" and r["case"].startswith(ABNORMAL) and unasked:
        g.add("rulings.asked.not_asked", "asked", r["row"])
    if r["asked_on"] and r["answered_on"] and r["answered_on"] < r["asked_on"]:
        g.add("rulings.answered_on.before_asked", "answered_on", r["row"], r["answered_on"], asked=r["asked_on"])
    if r["answered_on"] and r["on"] and r["on"] < r["answered_on"]:
        g.add("rulings.on.before_answer", "on", r["row"], r["on"], answered=r["answered_on"])


def _check_value(g: Gathered, r: Record, case: Case) -> None:
    value: Decimal | None = r["value"]
    if not case.value:
        if value is not None:
            g.add("rulings.value.not_expected", "value", r["row"], f"{value:f}", case=r["case"])
    elif value is None:
        g.add(f"rulings.value.no_{case.value}", "value", r["row"])
    elif case.value == "place" and (value < 1 or value != value.to_integral_value()):
        g.add("rulings.value.no_place", "value", r["row"], f"{value:f}")
    elif case.value == "amount" and value == 0:
        g.add("rulings.value.no_amount", "value", r["row"], f"{value:f}")
