"""Gates: pass or fail, each with its reason and how far off (§3.1.1, §3.2.2, §3.2.3).

A bid that is late, incomplete or fails a gate keeps its row and its reasons; it has no score and no rank, and
it leaves before any relative formula is computed (convention §3).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import SeveralLots, UnknownName
from supplier_eval.flags import Reason
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message, sentences
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Fact, Tender
    from supplier_eval.policy.rules import Gate


@dataclass(frozen=True)
class GateCheck:
    """One gate on one bid: what was found, what was needed, how far off.

    `distance` is in the gate's unit (days for dates); positive means by how much the need was missed, None
    where there is no measure.
    """

    bid: str
    gate: str
    passed: bool
    found: str
    needed: str
    distance: float | None = None
    clause: str = ""
    reason: Reason | None = None


@dataclass(frozen=True)
class Qualification(Shown):
    """Who may be considered, in one lot, and why the others may not.

    Parameters
    ----------
    lot : str
        Lot id.
    names : mapping
        Bid id → bidder's name, in canonical order.
    checks : tuple of GateCheck
        Every gate on every bid.
    reasons : mapping
        Bid id → reasons for which it is out; a bid without reasons is eligible.
    """

    lot: str
    names: Mapping[str, str]
    checks: tuple[GateCheck, ...]
    reasons: Mapping[str, tuple[Reason, ...]]
    policy_fingerprint: str = ""

    @property
    def bids(self) -> tuple[str, ...]:
        """All bids of the lot, in canonical order."""
        return tuple(self.names)

    @property
    def eligible(self) -> tuple[str, ...]:
        """Bids that are still considered, in canonical order."""
        return tuple(bid for bid in self.names if not self.reasons.get(bid))

    def exclude(self, more: Mapping[str, Iterable[Reason]]) -> Qualification:
        """Give a copy in which further bids are out; the old one is unchanged."""
        reasons = {bid: tuple(self.reasons.get(bid, ())) + tuple(more.get(bid, ())) for bid in self.names}
        return replace(self, reasons={bid: rs for bid, rs in reasons.items() if rs})

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row a bid: ``bid``, ``name``, ``eligible`` (bool), ``reasons`` (text, one a line)."""
        import pandas as pd

        rows = [
            (bid, name, not self.reasons.get(bid), "\n".join(r.say(lang) for r in self.reasons.get(bid, ())))
            for bid, name in self.names.items()
        ]
        return pd.DataFrame(rows, columns=["bid", "name", "eligible", "reasons"])

    def checks_frame(self) -> pd.DataFrame:
        """One row a gate and bid: ``bid gate passed found needed distance clause``."""
        import pandas as pd

        columns = ["bid", "gate", "passed", "found", "needed", "distance", "clause"]
        rows = [tuple(getattr(check, name) for name in columns) for check in self.checks]
        return pd.DataFrame(rows, columns=columns)

    def explain(self, bid: str, lang: Lang = "en") -> str:
        """Say in sentences whether a bid is considered, and why not."""
        if bid not in self.names:
            raise UnknownName("bid", bid, self.names)
        reasons = self.reasons.get(bid, ())
        passed = [c for c in self.checks if c.bid == bid and c.passed]
        if not reasons:
            return message("qualify.eligible", lang, bid=bid, n=len(passed))
        return message("qualify.out", lang, bid=bid, why=sentences((r.say(lang) for r in reasons), lang))

    def __repr__(self) -> str:
        out = len(self.names) - len(self.eligible)
        return f"Qualification(lot {self.lot!r}: {len(self.eligible)} eligible, {out} out)"


def one_lot(tender: Tender, lot: str | None) -> str:
    """The lot asked for, or the only one."""
    if lot is None:
        if len(tender.lots) > 1:
            raise SeveralLots(tender.lots)
        return tender.lots[0]
    if not isinstance(lot, str) or lot not in tender.lots:
        raise UnknownName("lot", lot, tender.lots)
    return lot


def qualify_bids(tender: Tender, lot: str | None = None) -> Qualification:
    """Sort out who may be considered: late bids, incomplete bids, gates (§3.2.2, §3.2.3).

    Parameters
    ----------
    tender : Tender
        A tender as `read_tender` gives it.
    lot : str, optional
        Lot id; may be left out where there is only one.

    Returns
    -------
    Qualification
        Every bid of the lot with its checks and reasons. Prices are not looked at here.

    Raises
    ------
    SeveralLots, UnknownName
        If the lot is not named, or does not exist.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/service-desk")
    >>> judged = se.qualify_bids(tender, "L1")
    >>> judged
    Qualification(lot 'L1': 6 eligible, 2 out)
    >>> [bid for bid in judged.bids if bid not in judged.eligible]
    ['NY-1', 'TA-1']
    """
    lot = one_lot(tender, lot)
    bids = tender.bids_of(lot)
    gates = [g for g in tender.policy.gates if _applies(g, lot, tender.notice.category)]
    checks: list[GateCheck] = []
    reasons: dict[str, list[Reason]] = {}
    for bid, received in zip(bids.index, bids["received"], strict=True):
        late = _late(received, tender.notice.deadline)
        mine = [check_gate(bid, g, tender.facts.get((bid, g.id)), tender.notice.moment()) for g in gates]
        checks += mine
        why = ([late] if late else []) + [c.reason for c in mine if c.reason is not None]
        why += [
            Reason("qualify.ruled_out", facts={"by": r.by, "reason": r.reason.rstrip(".。"), "case": r.case})
            for r in tender.rulings
            if r.bid == bid and r.ruling == "exclude" and r.case.startswith("qualification")
        ]
        if why:
            reasons[bid] = why
    names = dict(zip(bids.index, bids["name"], strict=True))
    return Qualification(
        lot, names, tuple(checks), {bid: tuple(rs) for bid, rs in reasons.items()}, tender.policy.fingerprint
    )


def _applies(gate: Gate, lot: str, category: str) -> bool:
    here = not gate.lots or id_key(lot) in {id_key(name) for name in gate.lots}
    return here and (not gate.categories or category in gate.categories)


def _late(received: Any, deadline: datetime | None) -> Reason | None:  # noqa: ANN401 - datetime or None
    if deadline is None or received is None or received <= deadline:
        return None
    minutes = math.ceil((received - deadline).total_seconds() / 60)
    shown = received.astimezone(deadline.tzinfo)
    facts = {"received": shown.isoformat(sep=" "), "deadline": deadline.isoformat(sep=" ")}
    return Reason("qualify.late", "§3.2.2", {**facts, "minutes": f"{minutes:,}"})


def check_gate(bid: str, gate: Gate, fact: Fact | None, moment: datetime | None) -> GateCheck:
    """Judge one gate on one bid; what was not supplied fails as incomplete, it is not guessed."""
    if fact is None or fact.value is None or (fact.value == "none" and gate.kind != "none_since"):
        return _failed(bid, gate, "qualify.incomplete", "", moment)
    test = {
        "yes": _yes,
        "valid_until": _valid_until,
        "none_since": _none_since,
        "at_least": _limit,
        "at_most": _limit,
    }[gate.kind]
    passed, distance = test(gate, fact.value, moment)
    if passed:
        return GateCheck(bid, gate.id, True, fact.text, _needed(gate, moment, "en"), distance, gate.clause)
    return _failed(bid, gate, f"qualify.gate.{gate.kind}", fact.text, moment, distance)


def _failed(
    bid: str, gate: Gate, code: str, found: str, moment: datetime | None, distance: float | None = None
) -> GateCheck:
    needed = _needed(gate, moment, "en")
    off = "" if distance is None else f"{distance:,.10g}"
    facts = {
        "gate_en": gate.name.say("en"),
        "gate_zh": gate.name.say("zh"),
        "found": found,
        "needed_en": needed,
        "needed_zh": _needed(gate, moment, "zh"),
        "off": off,
        "unit": gate.unit,
    }
    return GateCheck(bid, gate.id, False, found, needed, distance, gate.clause, Reason(code, gate.clause, facts))


def _yes(gate: Gate, value: Any, moment: datetime | None) -> tuple[bool, float | None]:  # noqa: ANN401
    return value is True, None


def _valid_until(gate: Gate, value: date, moment: datetime | None) -> tuple[bool, float | None]:
    if moment is None:
        return True, None
    short = (moment.date() - value).days + gate.margin_days
    return short <= 0, float(short)


def _none_since(gate: Gate, value: Any, moment: datetime | None) -> tuple[bool, float | None]:  # noqa: ANN401
    if value == "none" or moment is None:
        return value == "none", None
    since = years_before(moment.date(), gate.look_back_years or 0)
    return value < since, float((value - since).days + 1)


def _limit(gate: Gate, value: Decimal, moment: datetime | None) -> tuple[bool, float | None]:
    if gate.limit is None:
        raise ValueError(f"gate {gate.id} states no limit")
    short = gate.limit - value if gate.kind == "at_least" else value - gate.limit
    return short <= 0, float(short)


def _needed(gate: Gate, moment: datetime | None, lang: Lang) -> str:
    days, yes = ("天", "是") if lang == "zh" else ("d", "yes")
    day = moment.date().isoformat() if moment else ""
    if gate.kind == "valid_until":
        return f"≥ {day}" + (f" + {gate.margin_days} {days}" if gate.margin_days else "")
    if gate.kind == "none_since":
        since = years_before(moment.date(), gate.look_back_years or 0).isoformat() if moment else ""
        return f"< {since}"
    if gate.kind == "yes":
        return yes
    return f"{'≥' if gate.kind == 'at_least' else '≤'} {gate.limit:,f} {gate.unit}".strip()


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
