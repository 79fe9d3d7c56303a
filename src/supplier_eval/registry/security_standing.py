"""How contracts stand by the rules of security and confidentiality on a day: what is missing, failed or overdue.

Controls by class of information, inspections, checks of secrecy, drills, incidents reported late (§7.1.1, §7.1.2,
§7.2.1, §7.3.1, §7.3.2, §8.3.3). It lists and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.registry.guards.procedure import house_day, months_later
from supplier_eval.registry.guards.security_gaps import control_gaps, overdue_drills, reported_late
from supplier_eval.registry.lifecycle import Reader
from supplier_eval.registry.record import Stored
from supplier_eval.registry.rules import HouseRules
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

IN_FORCE = ("signed", "running")
COLUMNS = ("kind", "id", "problem", "item", "since", "days")
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class SecurityGap(Shown):
    """One thing that is not as the rules ask.

    Parameters
    ----------
    kind, id : str
        The record concerned: a contract, a plan, an incident.
    problem : {"missing", "failed", "out_of_date", "inspection", "secrecy_check", "drill", "reported_late"}
        The first three concern a control of a contract.
    item : str
        Control of the checklist, or hours over the time to report; empty for the others.
    since : date or None
        The day on which it was due; None where nobody ever saw it in place.
    days : int or None
        Days from then to the day of the list.
    """

    kind: str
    id: str
    problem: str
    item: str = ""
    since: date | None = None
    days: int | None = None

    def explain(self, lang: Lang = "en") -> str:
        """The gap in one sentence."""
        facts = {"id": self.id, "item": self.item, "since": str(self.since or "-"), "days": self.days or 0}
        return message(f"registry.security.{self.problem}", lang, **facts)


@dataclass(frozen=True)
class SecurityStanding(Shown):
    """All gaps on a day: contracts first, then plans, then incidents; by id.

    Parameters
    ----------
    on : date
        Day of the list; what is due on it is not late.
    contracts : int
        Contracts in force that were looked at.
    gaps : tuple of SecurityGap
        None where all is as the rules ask.
    """

    on: date
    contracts: int
    gaps: tuple[SecurityGap, ...]

    def __repr__(self) -> str:
        return f"SecurityStanding(on={self.on}, {self.contracts} contracts, {len(self.gaps)} gaps)"

    def to_frame(self) -> pd.DataFrame:
        """One row a gap: kind, id, problem, item, since, days."""
        import pandas as pd

        return pd.DataFrame([[getattr(gap, name) for name in COLUMNS] for gap in self.gaps], columns=list(COLUMNS))

    def explain(self, lang: Lang = "en") -> str:
        """A line of counts, then one for each gap."""
        head = message("registry.security.standing", lang, on=self.on, contracts=self.contracts, gaps=len(self.gaps))
        return "\n".join([head, *(gap.explain(lang) for gap in self.gaps)])


def review_security(reader: Reader, on: date, rules: HouseRules) -> SecurityStanding:
    """What is missing, failed or overdue in security and confidentiality on a day.

    Parameters
    ----------
    reader : Reader
        The store, ``with registry.reading() as reader``.
    on : date
        The day.
    rules : HouseRules
        Controls of each class, and the intervals of inspections, checks and drills.

    Returns
    -------
    SecurityStanding
        Contracts that are signed or running, plans in force, incidents that are not closed.
    """
    contracts = reader.where("contract", states=IN_FORCE)
    gaps = [gap for contract in contracts for gap in _of_contract(reader, contract, on, rules)]
    gaps += [_late("emergency_plan", plan.id, "drill", due, on) for plan, due in overdue_drills(reader, on, rules)]
    gaps += _reported_late(reader, on, rules)
    return SecurityStanding(on, len(contracts), tuple(gaps))


def _of_contract(reader: Reader, contract: Stored, on: date, rules: HouseRules) -> Iterator[SecurityGap]:
    for gap in control_gaps(reader, contract.id, contract.data_class, on, rules):
        days = (on - gap.since).days if gap.since is not None else None
        yield SecurityGap("contract", contract.id, gap.problem, gap.item, gap.since, days)
    if rules.rank(contract.data_class) == 0:
        return
    checks = (
        ("inspection", "security", rules.security.inspection_months),
        ("secrecy_check", "confidentiality", rules.confidentiality.check_months),
    )
    for problem, purpose, months in checks:
        due = _check_due(reader, contract, purpose, months)
        if due is not None and due < on:
            yield _late("contract", contract.id, problem, due, on)


def _check_due(reader: Reader, contract: Stored, purpose: str, months: int) -> date | None:
    """So many months after the last check of this purpose, or the start; None where the start is not known."""
    done = reader.where("check", states=("done",), contract=contract.id, purpose=purpose)
    seen = [check.done_on for check in done if check.done_on is not None]
    start = contract.starts_on or contract.signed_on
    known = [*seen, *([start] if start is not None else [])]
    return months_later(max(known), months) if known else None


def _reported_late(reader: Reader, on: date, rules: HouseRules) -> Iterator[SecurityGap]:
    for incident in reader.where("incident", states=("reported", "contained", "investigated", "lessons")):
        over = reported_late(incident, rules)
        if over > timedelta():
            since = house_day(incident.reported_at - over, rules)
            hours = str(-(-over // _HOUR))
            yield SecurityGap("incident", incident.id, "reported_late", hours, since, (on - since).days)


def _late(kind: str, key: str, problem: str, due: date, on: date) -> SecurityGap:
    return SecurityGap(kind, key, problem, since=due, days=(on - due).days)


__all__ = ["SecurityGap", "SecurityStanding", "review_security"]
