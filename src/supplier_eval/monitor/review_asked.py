"""What a review is asked: plan, periods, events, seed and the rest, checked; all that is wrong at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.monitor.critical_events import CriticalEvent, read_events
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.scorecard_draws import Streams

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_asked import Clocks

TABLE = "arguments"


class Further(TypedDict, total=False):
    """What a review may be told beside its figures.

    Parameters
    ----------
    groups : Series or mapping
        Supplier → peer group; without it the groups of the contracts, or one group of all.
    agreed : str
        The plan's fingerprint as the contract or its publication names it; without it a review is exploratory.
    clock : BusinessClock or mapping of them
        For records: the working time by which they are measured; by default the clocks that came with them.
    """

    groups: object
    agreed: str
    clock: Clocks


@dataclass(frozen=True)
class Asked:
    """A review's settings, checked."""

    plan: ReviewPlan
    events: tuple[CriticalEvent, ...]
    as_of: date | datetime | None
    agreed: str
    streams: Streams


def wanted_periods(periods: object) -> list[str | Period] | None:
    """Periods that were asked for; None for all."""
    if periods is None:
        return None
    many = [periods] if isinstance(periods, str | Period) or not isinstance(periods, Iterable) else list(periods)
    wanted = [one for one in many if isinstance(one, str | Period)]
    if len(wanted) < len(many):
        kinds = {type(one).__name__ for one in many} - {"str", "Period"}
        raise InvalidInput([Finding("review.periods", TABLE, "periods", value=", ".join(sorted(kinds)))], TABLE)
    return wanted


def asked_review(plan: ReviewPlan, events: object, as_of: object, seed: object, further: Mapping[str, object]) -> Asked:
    """Take the settings of a review.

    Raises
    ------
    InvalidInput
        With every finding: no plan, a seed that is no whole number from 0, a day that is none, an unknown argument,
        events that cannot be read.
    """
    found: list[Finding] = []
    if not isinstance(plan, ReviewPlan):
        found.append(Finding("review.plan", TABLE, "plan", value=type(plan).__name__))
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        found.append(Finding("review.seed", TABLE, "seed", value=str(seed)))
    if as_of is not None and (not isinstance(as_of, date) or as_of != as_of):  # noqa: PLR0124 - NaT
        found.append(Finding("review.as_of", TABLE, "as_of", value=str(as_of)))
    agreed = further.get("agreed", "")
    if not isinstance(agreed, str):
        found.append(Finding("review.agreed", TABLE, "agreed", value=type(agreed).__name__))
    known = tuple(Further.__annotations__)
    facts, others = {"known": ", ".join(known)}, sorted(set(further) - set(known))
    found += [Finding("review.argument.unknown", TABLE, name, facts=facts) for name in others]
    read: tuple[CriticalEvent, ...] = ()
    try:
        read = read_events(events)
    except InvalidInput as refused:
        found += refused.findings
    if found:
        raise InvalidInput(found, TABLE)
    return Asked(plan, read, as_of, agreed, Streams(seed, plan.estimates.draws))  # type: ignore[arg-type]
