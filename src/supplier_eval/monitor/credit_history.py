"""Credits of earlier periods: what is outstanding, how long a KPI has been good, what is earned back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.monitor.credit_parts import CreditKpi
from supplier_eval.monitor.credit_terms import CreditTerms
from supplier_eval.monitor.exact_amounts import exact, minor_amount, to_whole
from supplier_eval.monitor.series import given_frame

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("period", "kpi", "value", "credit", "earned_back")
LABEL = re.compile(r"(\d{4})(?:-(\d{2})|-?Q([1-4]))?")


@dataclass(frozen=True)
class PastCredit:
    """One KPI in an earlier period: money in minor units, the figure None where there was none."""

    period: str
    value: Decimal | None
    credit: int
    earned_back: int


Past = Mapping[str, tuple[PastCredit, ...]]


def past_credits(history: pd.DataFrame | None, terms: CreditTerms, period: str, found: list[Finding]) -> Past:
    """Read the table of earlier periods, earliest first by KPI.

    Parameters
    ----------
    history : DataFrame or None
        ``period kpi value credit earned_back``, money in major units, as `ServiceCredits.to_frame` gives them; where it
        has ``supplier``, rows of others are passed over; rows of this period and later are an error.
    terms : CreditTerms
        The clause.
    period : str
        The present period.
    found : list of Finding
        Findings are added to it.
    """
    if history is None:
        return {}
    frame = given_frame(history, "history", COLUMNS, found)
    if "supplier" in frame.columns:
        frame = frame[frame["supplier"].astype(str) == terms.supplier]
    past: dict[str, dict[str, PastCredit]] = {}
    for i, row in enumerate(frame.to_dict("records"), start=2):
        label, kpi = str(row["period"]), str(row["kpi"])
        if label >= period:
            found.append(Finding("credits.history_later", "history", "period", (i,), label, {"period": period}))
        own = past.setdefault(kpi, {})
        if label in own:
            found.append(Finding("credits.history_twice", "history", "kpi", (i,), kpi, {"period": label}))
        credit = minor_amount(row["credit"], terms.minor_units, "credit", found)
        back = minor_amount(row["earned_back"], terms.minor_units, "earned_back", found)
        own[label] = PastCredit(label, exact(row["value"]), credit, back)
    return {kpi: tuple(own[label] for label in sorted(own)) for kpi, own in past.items()}


def follows(earlier: str, later: str) -> bool:
    """Whether one period comes right after another; labels that are no month, quarter or year are taken to."""
    places = []
    for label in (earlier, later):
        match = LABEL.fullmatch(label.strip())
        if match is None:
            return True
        year, month, quarter = match.groups()
        kind = 12 if month else 4 if quarter else 1
        places.append((kind, int(year) * kind + int(month or quarter or 0)))
    return places[0][0] == places[1][0] and places[1][1] - places[0][1] == 1


def earned_back(
    kpi: CreditKpi, value: Decimal | None, period: str, past: tuple[PastCredit, ...], terms: CreditTerms
) -> int:
    """What is given back for one KPI, in minor units: never more than is outstanding.

    The run of good periods ends with the present one and starts after the last credit, the last giving back, and any
    period without a figure.
    """
    rule = kpi.earn_back
    outstanding = sum(one.credit - one.earned_back for one in past)
    if rule is None or value is None or outstanding <= 0 or not kpi.meets(value, rule.level):
        return 0
    run, later = 1, period
    for one in reversed(past):
        good = one.value is not None and kpi.meets(one.value, rule.level) and one.credit == 0 and one.earned_back == 0
        if not good or not follows(one.period, later):
            break
        run, later = run + 1, one.period
    if run < rule.periods:
        return 0
    back = min(to_whole(Fraction(outstanding) * Fraction(rule.percent) / 100, terms.rounding), outstanding)
    if rule.limit is not None:
        back = min(back, to_whole(Fraction(rule.limit) * 10**terms.minor_units, "down"))
    return back


def credited_in_year(past: Past, period: str) -> int:
    """Net credits of the calendar year of the present period so far, in minor units; never below zero.

    What was given back goes to the oldest credits first: a credit of last year that is earned back in this one leaves
    no more room under this year's cap.
    """
    year = period.strip()[:4]
    whole = 0
    for own in past.values():
        carried = sum(one.credit - one.earned_back for one in own if one.period.strip()[:4] < year)
        mine = [one for one in own if one.period.strip()[:4] == year]
        back = max(0, sum(one.earned_back for one in mine) - max(0, carried))
        whole += max(0, sum(one.credit for one in mine) - back)
    return whole
