"""What is proposed after a review: keep, watch, no new invitations, suspend, end. People decide, not the score.

A proposal rests on the contract's raw figures. Where the interval of the score reaches into grades with different
consequences, only the mildest of them is supported by all of it: that one is proposed if it takes something away, else
watching, and the proposal says "look again". A critical event stands apart from the score and its interval.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from supplier_eval.flags import Reason
from supplier_eval.messages import Lang, known_language, message
from supplier_eval.monitor.critical_events import knock_outs_of
from supplier_eval.monitor.grade_bands import grades_touched
from supplier_eval.monitor.plan_rules import ACTIONS, Action, Consequence
from supplier_eval.monitor.scorecard import RAW, Scorecard
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.monitor.plan import ReviewPlan


@dataclass(frozen=True)
class Proposal(Shown):
    """What is proposed for one supplier; nothing happens before the approver decides.

    Parameters
    ----------
    grade : str
        The grade that counts; empty where there is none.
    action : str
        ``keep``, ``watch``, ``no_new_invitations``, ``suspend`` or ``end``.
    by_grade : str
        What the plan states for the grade, whatever the interval; empty where there is no grade.
    look_again : bool
        Whether the interval reaches across a cut that matters, or nothing was rated: the figures do not decide.
    reasons : tuple of Reason
        Why.
    basis : str
        ``raw, contract``.
    approver : str
        Who decides.
    from_day : date
        Day from which expiry and appeal are counted.
    expires, appeal_until : date or None
        When it ends by itself; last day of an appeal. None where the plan states none.
    appeal_to : str
        Who hears an appeal.
    """

    supplier: str
    period: str
    grade: str
    action: Action
    by_grade: Action | Literal[""]
    look_again: bool
    reasons: tuple[Reason, ...]
    approver: str
    from_day: date
    expires: date | None
    appeal_until: date | None
    appeal_to: str
    basis: str = RAW
    status: Literal["proposed"] = "proposed"
    standing: Literal["binding", "exploratory"] = "exploratory"

    def to_frame(self) -> pd.DataFrame:
        """Give the proposal as one row.

        Columns: ``period supplier grade action by_grade look_again`` · ``basis status approver from_day expires
        appeal_until appeal_to standing``; the days are missing where the plan states none.
        """
        import pandas as pd

        names = ["period", "supplier", "grade", "action", "by_grade", "look_again", "basis", "status", "approver"]
        names += ["from_day", "expires", "appeal_until", "appeal_to", "standing"]
        return pd.DataFrame([[getattr(self, name) for name in names]], columns=names)

    def __repr__(self) -> str:
        return f"Proposal({self.supplier!r}, {self.period}: {self.action}, {self.status})"

    def explain(self, lang: Lang = "en") -> str:
        """Say what is proposed, why, who decides, until when, and where it can be appealed."""
        known_language(lang)
        facts: dict[str, object] = {
            "supplier": self.supplier,
            "period": self.period,
            "action": message(f"grades.action.{self.action}", lang),
            "approver": self.approver,
            "basis": message("grades.basis.raw", lang),
            "expires": self.expires,
            "appeal_until": self.appeal_until,
            "appeal_to": self.appeal_to,
        }
        lines = [message("grades.proposal", lang, **facts), *(reason.say(lang) for reason in self.reasons)]
        if self.expires is not None:
            lines.append(message("grades.proposal.expires", lang, **facts))
        if self.appeal_until is not None:
            lines.append(message("grades.proposal.appeal", lang, **facts))
        return "\n".join(lines)


def propose(card: Scorecard, plan: ReviewPlan, from_day: date) -> Proposal | None:
    """Propose the consequence of one scorecard.

    Parameters
    ----------
    card : Scorecard
        Score, interval, grade, events.
    plan : ReviewPlan
        Consequences by grade.
    from_day : date
        Day from which expiry and appeal are counted.

    Returns
    -------
    Proposal or None
        None where the plan states no consequences.
    """
    stated = {one.grade: one for one in plan.consequences}
    if not stated:
        return None
    own = stated.get(card.grade)
    by_grade: Action | Literal[""] = own.action if own is not None else ""
    action, look_again, reasons = _decide(card, plan, stated)
    source = own if own is not None and own.action == action else _source(stated, action, own)
    takes = action not in {"keep", "watch"}
    return Proposal(
        supplier=card.supplier,
        period=card.period,
        grade=card.grade,
        action=action,
        by_grade=by_grade,
        look_again=look_again,
        reasons=reasons,
        approver=source.approver,
        from_day=from_day,
        expires=_months_later(from_day, source.expires_months) if takes and source.expires_months else None,
        appeal_until=from_day + timedelta(days=source.appeal_days) if takes and source.appeal_days else None,
        appeal_to=source.appeal_to if takes else "",
        standing=card.standing,
    )


def _decide(
    card: Scorecard, plan: ReviewPlan, stated: Mapping[str, Consequence]
) -> tuple[Action, bool, tuple[Reason, ...]]:
    """Action, whether to look again, and why."""
    hit = knock_outs_of(card.events, plan)
    if hit:
        kinds = [stated[rule.grade].action if not rule.action else rule.action for rule in hit]
        worst = max([*kinds, stated[card.grade].action], key=ACTIONS.index)
        listed = "; ".join(f"{e.kind} {e.on.isoformat()} {e.reference}".strip() for e in card.events)
        return worst, False, (Reason("grades.reason.event", "§7.3.2", {"events": listed}),)
    if card.raw is None:
        return "watch", True, (Reason(f"scorecard.unrated.{card.unrated}", "§3.3.2", unrated_facts(card)),)
    spread = card.raw.spread
    touched = list(grades_touched(plan.grades, spread.lower, spread.upper, plan.rounding))
    facts: dict[str, object] = {
        "score": str(card.raw.score),
        "lower": f"{spread.lower:.1f}",
        "upper": f"{spread.upper:.1f}",
        "grade": card.grade,
        "grades": ", ".join(touched),
        "confidence": f"{float(plan.estimates.confidence):.0%}",
    }
    actions = [stated[grade].action for grade in {*touched, card.grade}]
    mildest = min(actions, key=ACTIONS.index)
    if len(set(actions)) > 1:
        action: Action = "watch" if mildest == "keep" else mildest
        return action, True, (Reason("grades.reason.covers", "§3.3.2", facts),)
    return mildest, False, (Reason("grades.reason.grade", "§3.3.2", facts),)


def unrated_facts(card: Scorecard) -> dict[str, object]:
    """Figures that the words of an unrated period quote."""
    return {
        "coverage": f"{float(card.coverage):.1%}",
        "floor": f"{float(card.plan.coverage_floor):.1%}",
        "in_force": f"{card.in_force:.0%}",
        "least": f"{float(card.plan.minimum_in_force):.0%}",
    }


def _source(stated: Mapping[str, Consequence], action: Action, own: Consequence | None) -> Consequence:
    """The consequence whose approver and terms fit an action that is not the grade's own; else the mildest one's."""
    same = [one for one in stated.values() if one.action == action]
    return same[0] if same else own or min(stated.values(), key=lambda one: ACTIONS.index(one.action))


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def decision_day(as_of: date | datetime | None, period_end: date | datetime | None) -> date | None:
    """Day from which terms are counted: the one given, else the first day after the period."""
    day = as_of if as_of is not None else period_end
    return day.date() if isinstance(day, datetime) else day
