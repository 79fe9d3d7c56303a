"""The state of every indicator on a day, its readings and warnings: tables, sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from supplier_eval.messages import Lang, message
from supplier_eval.risk.explained import asked_of, overview
from supplier_eval.risk.indicator_plan import IndicatorPlan
from supplier_eval.risk.indicator_states import IndicatorReading, State
from supplier_eval.risk.indicator_warnings import IndicatorWarning
from supplier_eval.risk.said_figures import figure_text
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class IndicatorStatus:
    """One indicator on the day of the watch.

    Parameters
    ----------
    indicator : str
        Id.
    state : {"green", "amber", "red", "grey"}
        Grey where the newest reading is late, or there is none.
    last_state : str
        The state that the newest reading gave; empty where there is none.
    since : date or None
        Day from which that state was known.
    value : float or None
        The newest reading.
    on : date or None
        The day it speaks of.
    age : int or None
        Days from that day to the day of the watch.
    readings, missing : int
        Readings known by that day, and such without a value.
    """

    indicator: str
    state: State
    last_state: str = ""
    since: date | None = None
    value: float | None = None
    on: date | None = None
    age: int | None = None
    readings: int = 0
    missing: int = 0


@dataclass(frozen=True, eq=False)
class IndicatorWatch(Shown):
    """All indicators on one day.

    Parameters
    ----------
    plan : IndicatorPlan
        The definitions.
    as_of : date
        The day.
    status : mapping
        Id -> `IndicatorStatus`, in canonical order.
    readings : tuple of IndicatorReading
        All that were known by then, by indicator and day.
    warnings : tuple of IndicatorWarning
        All that were raised, by indicator and day.
    not_yet_known : int
        Readings of the history that were not known by then: in no figure.
    """

    plan: IndicatorPlan
    as_of: date
    status: Mapping[str, IndicatorStatus] = field(repr=False)
    readings: tuple[IndicatorReading, ...] = field(repr=False)
    warnings: tuple[IndicatorWarning, ...] = field(repr=False)
    not_yet_known: int = 0

    @property
    def standing(self) -> Literal["exploratory"]:
        """A warning opens a case; people rule."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the definitions."""
        return self.plan.fingerprint

    @property
    def open_warnings(self) -> tuple[IndicatorWarning, ...]:
        """Warnings that still stand."""
        return tuple(one for one in self.warnings if one.open)

    def to_frame(self) -> pd.DataFrame:
        """One row for each indicator, the worst first: red, amber, grey, green.

        Returns
        -------
        DataFrame
            ``indicator``, ``state``, ``last_state``, ``unit``, ``owner``: str; ``value`` (unit of the indicator):
            Float64; ``on``, ``since``: datetime64, missing where there is no reading; ``age`` (days), ``readings``,
            ``missing``, ``open_warnings``, ``overdue_warnings``: Int64.
        """
        import pandas as pd

        by_id = {one.id: one for one in self.plan.indicators}
        rows = []
        for one in sorted(self.status.values(), key=lambda one: ("red", "amber", "grey", "green").index(one.state)):
            defined = by_id[one.indicator]
            mine = [w for w in self.open_warnings if w.indicator == one.indicator]
            overdue = sum(w.acknowledged_on is None and w.overdue > 0 for w in mine)
            texts = (one.indicator, one.state, one.last_state, defined.unit, defined.owner)
            counts = (one.age, one.readings, one.missing, len(mine), overdue)
            rows.append((*texts, one.value, _stamp(one.on), _stamp(one.since), *counts))
        kinds = dict.fromkeys(("indicator", "state", "last_state", "unit", "owner"), "str") | {"value": "Float64"}
        kinds |= dict.fromkeys(("on", "since"), "datetime64[s]")
        kinds |= dict.fromkeys(("age", "readings", "missing", "open_warnings", "overdue_warnings"), "Int64")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def readings_frame(self) -> pd.DataFrame:
        """One row for each reading.

        Returns
        -------
        DataFrame
            ``indicator``, ``state``: str; ``on``, ``known``: datetime64; ``value``: Float64; ``beyond_amber``,
            ``beyond_red`` (of the last n readings): Int64; ``after_gap``: bool.
        """
        import pandas as pd

        rows = [
            (r.indicator, r.state, _stamp(r.on), _stamp(r.known), r.value, r.beyond_amber, r.beyond_red, r.after_gap)
            for r in self.readings
        ]
        kinds = dict.fromkeys(("indicator", "state"), "str") | dict.fromkeys(("on", "known"), "datetime64[s]")
        kinds |= {"value": "Float64", "beyond_amber": "Int64", "beyond_red": "Int64", "after_gap": "bool"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def warnings_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row for each warning.

        Returns
        -------
        DataFrame
            ``indicator``, ``level``, ``owner``, ``action``, ``acknowledged_by``, ``escalated_to`` (joined by ``|``):
            str; ``raised``, ``ended``, ``due``, ``acknowledged_on``: datetime64; ``overdue`` (days): Int64; ``open``:
            bool.
        """
        import pandas as pd

        rows = [
            (
                *(w.indicator, w.level, w.owner, w.action_text(lang), w.acknowledged_by, "|".join(w.escalated_to)),
                *(_stamp(w.raised), _stamp(w.ended), _stamp(w.due), _stamp(w.acknowledged_on), w.overdue, w.open),
            )
            for w in self.warnings
        ]
        texts = ("indicator", "level", "owner", "action", "acknowledged_by", "escalated_to")
        kinds = dict.fromkeys(texts, "str")
        kinds |= dict.fromkeys(("raised", "ended", "due", "acknowledged_on"), "datetime64[s]")
        kinds |= {"overdue": "Int64", "open": "bool"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, indicator: str | None = None, lang: Lang = "en") -> str:
        """Say in which state an indicator is, why, and what is open.

        Parameters
        ----------
        indicator : str
            Id; without one the overview of all.
        lang : {"en", "zh"}
            Language.

        Raises
        ------
        UnknownName
            If there is no such indicator.
        """
        indicator, lang = asked_of("indicator", indicator, lang, self.status)
        if indicator is None:
            return overview("indicators", self, lang)
        one = self.status[indicator]
        defined = next(d for d in self.plan.indicators if d.id == indicator)
        name = defined.name.say(lang) or indicator
        facts = {"name": name, "every": defined.every, "k": defined.k, "n": defined.n}
        if one.value is None:
            return message("indicator.said.none", lang, **facts)
        figures = {"value": figure_text(one.value), "unit": f" {defined.unit}" if defined.unit else "", "on": one.on}
        facts |= figures | {
            "age": one.age,
            "since": one.since,
            "state": message(f"indicator.state.{one.last_state}", lang),
        }
        lines = [message(f"indicator.said.{'late' if one.state == 'grey' else 'reading'}", lang, **facts)]
        newest = [r for r in self.readings if r.indicator == indicator and r.value is not None][-1]
        lines.append(message("indicator.said.counts", lang, amber=newest.beyond_amber, red=newest.beyond_red, **facts))
        lines += [self._said(w, lang) for w in self.open_warnings if w.indicator == indicator]
        return "\n".join(lines)

    def _said(self, one: IndicatorWarning, lang: Lang) -> str:
        facts = {"state": message(f"indicator.state.{one.level}", lang), "raised": one.raised, "owner": one.owner}
        facts |= {
            "due": one.due,
            "action": one.action_text(lang) or message("indicator.said.no_action", lang),
            "days": one.overdue,
        }
        facts |= {"by": one.acknowledged_by, "on": one.acknowledged_on}
        facts["told"] = " → ".join(one.escalated_to) or message("indicator.said.nobody", lang)
        how = "answered" if one.acknowledged_on else "overdue" if one.overdue else "open"
        return message(f"indicator.said.warning_{how}", lang, **facts)

    def __repr__(self) -> str:
        counts = {state: sum(one.state == state for one in self.status.values()) for state in ("red", "amber", "grey")}
        shown = ", ".join(f"{n} {state}" for state, n in counts.items())
        return f"IndicatorWatch({self.as_of}: {len(self.status)} indicators, {shown})"


def _stamp(day: date | None) -> object:
    import pandas as pd

    return pd.NaT if day is None else pd.Timestamp(day)
