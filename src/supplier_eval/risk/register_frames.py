"""The register as tables: risks, groups, ratings, what moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum
from typing import TYPE_CHECKING

from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.register_entries import RatedOn, RegisteredRisk, RiskLevel

if TYPE_CHECKING:
    import pandas as pd

TEXTS = ("risk", "name", "category", "supplier", "contract", "owner", "state", "knowledge")


def risk_rows(risks: Sequence[RegisteredRisk]) -> pd.DataFrame:
    """As `RiskRegister.to_frame` says."""
    import pandas as pd

    def place(one: RegisteredRisk) -> tuple[bool, float]:
        loss = one.current.expected_loss
        return loss is None, -one.age if loss is None else -loss

    rows = []
    for one in sorted(risks, key=place):
        levels = (one.inherent.expected_loss, one.current.expected_loss, one.target.expected_loss)
        figures = (*levels, one.current.frequency, one.current.low, one.current.high)
        due = pd.NaT if one.review_due is None else pd.Timestamp(one.review_due)
        rows.append((*(getattr(one, name) for name in TEXTS), *figures, one.age, one.overdue, due))
    kinds = dict.fromkeys(TEXTS, "str")
    kinds |= dict.fromkeys(("inherent", "current", "target", "frequency", "low", "high"), "Float64")
    kinds |= {"age": "Int64", "overdue": "Int64", "review_due": "datetime64[s]"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def group_rows(risks: Sequence[RegisteredRisk], group: str, always: Sequence[str]) -> pd.DataFrame:
    """As `RiskRegister.by` says; `always` are groups that have a row without any risk too."""
    import pandas as pd

    held: dict[str, list[RegisteredRisk]] = {id_key(name): [] for name in always}
    names = {id_key(name): name for name in always}
    for one in risks:
        key = id_key(getattr(one, group))
        names.setdefault(key, getattr(one, group))
        held.setdefault(key, []).append(one)
    rows = []
    for key, mine in held.items() if always else sorted(held.items()):
        open_ = [one.age for one in mine if one.state == "not_assessed"]
        losses = [loss for one in mine if (loss := one.current.expected_loss) is not None]
        weak = sum(one.knowledge == "weak" for one in mine)
        late = sum(one.overdue > 0 for one in mine)
        counts = (len(mine), len(losses), len(open_), max(open_, default=None), weak, late)
        rows.append((names[key], *counts, fsum(sorted(losses)) if losses else None))
    columns = ("risks", "assessed", "not_assessed", "oldest_not_assessed", "weak_knowledge", "reviews_overdue")
    kinds = {group: "str"} | dict.fromkeys(columns, "Int64") | {"expected_loss": "Float64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def history_rows(risks: Sequence[RegisteredRisk]) -> pd.DataFrame:
    """As `RiskRegister.history_frame` says."""
    import pandas as pd

    rows = [
        (one.risk, pd.Timestamp(r.on), r.by, r.level.frequency, r.level.low, r.level.high, r.level.expected_loss,
         r.knowledge, r.reason)
        for one in risks
        for r in one.ratings
    ]  # fmt: skip
    kinds = {"risk": "str", "on": "datetime64[s]", "by": "str"}
    kinds |= dict.fromkeys(("frequency", "low", "high", "expected_loss"), "Float64")
    kinds |= {"knowledge": "str", "reason": "str"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def moved_rows(risks: Sequence[RegisteredRisk], since: date) -> pd.DataFrame:
    """As `RiskRegister.moved` says."""
    import pandas as pd

    rows = [row for one in risks if (row := _moved(one, one.rated_on(since))) is not None]
    rows.sort(key=lambda row: -abs((row[4] or 0.0) - (row[3] or 0.0)))  # type: ignore[operator]
    kinds = {"risk": "str", "change": "str", "reason": "str"}
    kinds |= dict.fromkeys(("before", "now", "factor", "by_frequency", "by_impact"), "Float64")
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def _moved(one: RegisteredRisk, before: RatedOn | None) -> tuple[object, ...] | None:
    was = RiskLevel() if before is None else before.level
    if was == one.current or not (was.assessed or one.current.assessed):
        return None
    reason = one.ratings[-1].reason
    old, new = was.expected_loss, one.current.expected_loss
    if old is None or new is None:
        change = "newly_assessed" if old is None else "not_assessed_any_more"
        return one.risk, change, reason, old, new, None, None, None
    change = "up" if new > old else "down" if new < old else "level"
    by_frequency = _ratio(one.current.frequency, was.frequency)
    by_impact = _ratio(one.current.impact, was.impact)
    return one.risk, change, reason, old, new, _ratio(new, old), by_frequency, by_impact


def _ratio(now: float | None, before: float | None) -> float | None:
    """A factor; None where there is none, also from zero."""
    return None if now is None or not before else now / before
