"""Where everything stands: records by kind and state with ages, overdue things, late payments, needs to review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from supplier_eval.messages import Lang, message
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.registry.payment_delays import OWED, LatePayments, late_payments
from supplier_eval.registry.views_due import DueItem, due_until
from supplier_eval.registry.views_sql import state_counts
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.registry.store import Registry


class StateCount(NamedTuple):
    """Records of one kind in one state.

    Parameters
    ----------
    kind, state : str
        Which.
    is_open : bool
        Whether something can still fall due in that state.
    n : int
        How many.
    oldest_days : int
        Days since the last change of the one that has waited longest.
    overdue : int
        Things of theirs that are past their day.
    """

    kind: str
    state: str
    is_open: bool
    n: int
    oldest_days: int
    overdue: int


@dataclass(frozen=True, repr=False)
class Dashboard(Shown):
    """Where everything stands on a day.

    Parameters
    ----------
    on : date
        In the house's time zone.
    states : tuple of StateCount
        Kinds in the order of the chapters, states in the order of their life cycle.
    overdue : tuple of DueItem
        Everything that is past its day, the oldest first.
    payments : LatePayments
        Paid late, or still owed (§4.3.1).
    """

    on: date
    states: tuple[StateCount, ...]
    overdue: tuple[DueItem, ...]
    payments: LatePayments

    @property
    def needs_to_review(self) -> tuple[DueItem, ...]:
        """Needs whose review is overdue (§2.1.1)."""
        return tuple(item for item in self.overdue if (item.kind, item.what) == ("need", "review"))

    def to_frame(self) -> pd.DataFrame:
        """One row a kind and state: kind, state, is_open, n, oldest_days, overdue."""
        import pandas as pd

        return pd.DataFrame(self.states, columns=list(StateCount._fields))

    def explain(self, lang: Lang = "en") -> str:
        """The day in four figures."""
        facts = {
            "on": self.on,
            "n": sum(one.n for one in self.states),
            "open": sum(one.n for one in self.states if one.is_open),
            "overdue": len(self.overdue),
            "payments": len(self.payments.payments),
            "needs": len(self.needs_to_review),
        }
        return message("registry.dashboard", lang, **facts)

    def __repr__(self) -> str:
        return f"Dashboard(on={self.on}, {len(self.states)} states, {len(self.overdue)} overdue)"


def dashboard(registry: Registry, *, on: date | None = None) -> Dashboard:
    """Count where everything stands.

    Parameters
    ----------
    registry : Registry
        Open.
    on : date, optional
        Day of the view; the store's today without. What is counted is always what stands now.

    Returns
    -------
    Dashboard
        States without a record are left out.
    """
    day = on or registry.today
    overdue = tuple(item for item in due_until(registry, 0, on=day).items if item.days_left < 0)
    late: dict[tuple[str, str], int] = {}
    for item in overdue:
        late[item.kind, item.state] = late.get((item.kind, item.state), 0) + 1
    zone = ZoneInfo(registry.rules.timezone)
    states = []
    with registry.reading() as reading:
        for kind in kinds():
            cycle = life_cycles()[kind]
            counted = {state: (n, changed) for state, n, changed in state_counts(reading.driver, kind)}
            for state in sorted(counted, key=lambda name: cycle.states.index(name) if name in cycle.states else 99):
                n, changed = counted[state]
                age = (day - datetime.fromisoformat(changed).astimezone(zone).date()).days
                states.append(StateCount(kind, state, state not in cycle.closed, n, age, late.get((kind, state), 0)))
        payments = late_payments(reading.where("settlement", OWED), day)
    return Dashboard(day, tuple(states), overdue, payments)
