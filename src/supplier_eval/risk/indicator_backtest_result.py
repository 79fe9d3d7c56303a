"""What a back-test of indicators says: warned, missed, blind; lead time; false alarms a year; what chance gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Literal

from supplier_eval.messages import Lang, message
from supplier_eval.risk.explained import asked_of, overview
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

CONFIDENCE = 0.9


@dataclass(frozen=True)
class IndicatorIncident:
    """One incident as one indicator saw it.

    Parameters
    ----------
    incident : str
        Id.
    on : date
        When it happened.
    outcome : {"warned", "missed", "blind"}
        ``blind``: the indicator had no reading that stood for that day.
    lead : int or None
        Days from the warning to the incident; None unless warned.
    """

    incident: str
    on: date
    outcome: Literal["warned", "missed", "blind"]
    lead: int | None = None


@dataclass(frozen=True)
class IndicatorBacktest:
    """One indicator against the past.

    Parameters
    ----------
    indicator : str
        Id.
    years : float
        Time for which it had a reading, in years of 365.25 days.
    incidents : tuple of IndicatorIncident
        By day.
    alarms, right, false, undecided : int
        Warnings raised; such with an incident after them; such without; such whose horizon is not over yet.
    chance : float or None
        Share of the days on which an incident would have counted as warned: what a date drawn at random would score.
    """

    indicator: str
    years: float
    incidents: tuple[IndicatorIncident, ...]
    alarms: int = 0
    right: int = 0
    false: int = 0
    undecided: int = 0
    chance: float | None = None

    def count(self, outcome: str) -> int:
        """How many incidents were ``warned``, ``missed`` or ``blind``."""
        return sum(one.outcome == outcome for one in self.incidents)

    @property
    def share(self) -> float | None:
        """Share of the incidents that it could see of which it warned; None where there were none."""
        seen = self.count("warned") + self.count("missed")
        return self.count("warned") / seen if seen else None

    @property
    def share_interval(self) -> tuple[float, float] | None:
        """Exact 90 % interval of that share (Clopper and Pearson 1934); None where there were none."""
        from scipy.stats import beta

        warned, missed = self.count("warned"), self.count("missed")
        if not warned + missed:
            return None
        tail = (1 - CONFIDENCE) / 2
        low = float(beta.ppf(tail, warned, missed + 1)) if warned else 0.0
        high = float(beta.ppf(1 - tail, warned + 1, missed)) if missed else 1.0
        return low, high

    @property
    def leads(self) -> tuple[int, ...]:
        """Days of warning, from short to long."""
        return tuple(sorted(one.lead for one in self.incidents if one.lead is not None))

    @property
    def false_per_year(self) -> float | None:
        """False alarms a year; None where it had no reading."""
        return self.false / self.years if self.years else None


@dataclass(frozen=True, eq=False)
class IndicatorBacktests(Shown):
    """All indicators against the past.

    Parameters
    ----------
    tests : mapping
        Id -> `IndicatorBacktest`, in canonical order.
    horizon : int
        Days that a warning may run ahead.
    level : str
        What counted as a warning.
    as_of : date
        Last day.
    policy_fingerprint : str
        Of the definitions.
    """

    tests: Mapping[str, IndicatorBacktest] = field(repr=False)
    horizon: int
    level: str
    as_of: date
    policy_fingerprint: str = field(default="", repr=False)

    @property
    def standing(self) -> Literal["exploratory"]:
        """The past binds nothing."""
        return "exploratory"

    def to_frame(self) -> pd.DataFrame:
        """One row for each indicator.

        Returns
        -------
        DataFrame
            ``indicator``: str; ``incidents``, ``warned``, ``missed``, ``blind``, ``alarms``, ``right``, ``false``,
            ``undecided``: Int64; ``share``, ``share_lower``, ``share_upper``, ``chance`` (0-1), ``lead_median``,
            ``lead_least`` (days), ``years``, ``false_per_year``: Float64, missing where not defined.
        """
        import pandas as pd

        counts = ("incidents", "warned", "missed", "blind", "alarms", "right", "false", "undecided")
        figures = (
            "share",
            "share_lower",
            "share_upper",
            "chance",
            "lead_median",
            "lead_least",
            "years",
            "false_per_year",
        )
        rows = []
        for one in self.tests.values():
            outcomes = [one.count(outcome) for outcome in ("warned", "missed", "blind")]
            numbers = (len(one.incidents), *outcomes, one.alarms, one.right, one.false, one.undecided)
            low, high = one.share_interval or (None, None)
            leads = (float(median(one.leads)), float(one.leads[0])) if one.leads else (None, None)
            shares = (one.share, low, high, one.chance, *leads, one.years, one.false_per_year)
            rows.append((one.indicator, *numbers, *shares))
        kinds = {"indicator": "str"} | dict.fromkeys(counts, "Int64") | dict.fromkeys(figures, "Float64")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def incidents_frame(self) -> pd.DataFrame:
        """One row for each incident and indicator: ``indicator``, ``incident``, ``outcome``: str; ``on``; ``lead``."""
        import pandas as pd

        rows = [
            (one.indicator, met.incident, met.outcome, pd.Timestamp(met.on), met.lead)
            for one in self.tests.values()
            for met in one.incidents
        ]
        kinds = {"indicator": "str", "incident": "str", "outcome": "str", "on": "datetime64[s]", "lead": "Int64"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, indicator: str | None = None, lang: Lang = "en") -> str:
        """Say how an indicator would have done; without an id all of them.

        Raises
        ------
        UnknownName
            If there is no such indicator.
        """
        indicator, lang = asked_of("indicator", indicator, lang, self.tests)
        if indicator is None:
            return overview("backtest", self, lang)
        one = self.tests[indicator]
        facts: dict[str, object] = {name: one.count(name) for name in ("warned", "missed", "blind")}
        facts["indicator"] = indicator
        if one.false_per_year is None or one.chance is None:
            return message("indicator.tested.no_reading", lang, **facts)
        lines = []
        if one.share is None or one.share_interval is None:
            lines.append(message("indicator.tested.no_incident", lang, **facts))
        else:
            low, high = one.share_interval
            facts |= {
                "n": one.count("warned") + one.count("missed"),
                "low": f"{100 * low:.0f}",
                "high": f"{100 * high:.0f}",
            }
            lines.append(message("indicator.tested.share", lang, chance=f"{100 * one.chance:.0f}", **facts))
        if one.leads:
            figures = {"middle": f"{median(one.leads):g}", "least": one.leads[0], "most": one.leads[-1]}
            code = "indicator.tested.lead_one" if len(one.leads) == 1 else "indicator.tested.lead"
            lines.append(message(code, lang, **figures))
        numbers = {"alarms": one.alarms, "false": one.false, "undecided": one.undecided, "horizon": self.horizon}
        rate = {"rate": f"{one.false_per_year:.2f}", "years": f"{one.years:.2f}"}
        return "\n".join([*lines, message("indicator.tested.false", lang, **numbers, **rate)])

    def __repr__(self) -> str:
        warned, missed = (sum(one.count(name) for one in self.tests.values()) for name in ("warned", "missed"))
        return f"IndicatorBacktests({len(self.tests)} indicators at {self.level}: {warned} warned, {missed} missed)"
