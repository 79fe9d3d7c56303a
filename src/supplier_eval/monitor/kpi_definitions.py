"""What is measured: a KPI as data, with its target, its clock and the period a record belongs to (§5.1.1, §5.2.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from supplier_eval.policy.criteria import Declared, Exact, Identifier, Whole, Words
from supplier_eval.policy.frozen import FrozenDict

Measure = Literal[
    "response_time",
    "resolution_time",
    "first_time_right",
    "accuracy",
    "defects_per_unit",
    "satisfaction",
    "availability",
    "milestones",
    "repeat_complaints",
    "complaints_per_volume",
    "price_level",
    "emergency_response",
    "emergency_recovery",
    "drills_passed",
]
Statistic = Literal["share", "mean", "percentile", "per_exposure", "index"]
Kind = Literal["rate", "mean", "percentile", "ratio", "index"]
Window = Literal["opened", "closed", "due"]
STATISTICS: Mapping[str, tuple[Statistic, ...]] = {
    **dict.fromkeys(("response_time", "resolution_time"), ("share", "percentile", "mean")),
    **dict.fromkeys(("emergency_response", "emergency_recovery"), ("share", "percentile", "mean")),
    **dict.fromkeys(("first_time_right", "accuracy", "milestones", "repeat_complaints", "drills_passed"), ("share",)),
    **dict.fromkeys(("defects_per_unit", "complaints_per_volume", "availability"), ("per_exposure",)),
    "satisfaction": ("mean", "share"),
    "price_level": ("index",),
}
KINDS: Mapping[str, Kind] = {
    "share": "rate",
    "mean": "mean",
    "percentile": "percentile",
    "per_exposure": "ratio",
    "index": "index",
}
LOWER_IS_BETTER = frozenset({"defects_per_unit", "repeat_complaints", "complaints_per_volume", "price_level"})
TIMED = frozenset({"response_time", "resolution_time", "emergency_response", "emergency_recovery"})
DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*(h|min|s)")
SECONDS = {"h": 3600, "min": 60, "s": 1}


def _duration(given: object) -> str:
    text = given.strip() if isinstance(given, str) else ""
    match = DURATION.fullmatch(text)
    if match is None or Decimal(match[1]) <= 0:
        raise ValueError("write a duration above zero with its unit: '30min', '4h', '90s'")
    return text


def duration_us(text: str) -> int:
    """Microseconds of a duration such as ``30min``."""
    match = DURATION.fullmatch(text.strip())
    assert match is not None
    return int(Decimal(match[1]) * SECONDS[match[2]] * 1_000_000)


Duration = Annotated[str, BeforeValidator(_duration)]
Limits = Annotated[Mapping[str, Duration], AfterValidator(FrozenDict)]
Fraction = Annotated[Exact, Field(ge=0, le=1)]


class KpiDefinition(Declared):
    """One KPI: what is measured on which records, and what is good.

    Parameters
    ----------
    part : str
        Branch of the scorecard (§3.3.2): ``quality`` (service quality), ``fulfilment``, ``price``.
    measure, statistic : str
        What is measured, and which figure is made of it; `STATISTICS` names what each measure can give, its first
        is the default.
    target, floor, stretch, benchmark : Decimal
        In the unit of the value: shares and availability are fractions (0.95), durations are hours, the price level
        has 100 at the market. `floor` is the least that is accepted, `stretch` better than asked, `benchmark` the
        average of the industry (§1.3.2).
    step, key_step : str, bool
        Step of the process that it belongs to, and whether that is controlled harder (§5.2.2).
    window : str
        To which period a ticket belongs: ``opened``, ``due``, or ``closed``: when it was closed in time, else when it
        became due (docs/kpis.md). Shares use ``due`` unless said otherwise, means and percentiles ``opened``.
    calendar : str
        Name of the clock; empty for the only one. Emergencies and drills run in real time.
    limits : mapping of str to str
        Priority → duration within which it is good: ``{P1 = "4h"}``; `limit` for all priorities.
    priorities : tuple of str
        The priorities that count; empty for all.
    percentile : Decimal
        Percent of the tickets, above 0 and below 100.
    minimum_n : int
        Fewer records are ``too_few``.
    cancelled : str
        ``count``: a cancelled ticket is as open as any other without an end; ``exclude``: it leaves, and is counted
        as excluded, if it was cancelled before it became due.
    top_box : Decimal
        Least score that counts as satisfied, for the share.
    minimum_response_rate : Decimal
        Below this share of answers, satisfaction is ``too_few``.
    per : Decimal
        A ratio is given per so many units: 1000 gives complaints per 1,000.
    volume : str
        What complaints are set against: the supplier's ``tickets`` opened in the period, or the table ``volumes``.
    repeat_days : int
        A complaint of the same customer about the same cause within so many days is a repeat.
    observations : tuple of str
        Which inspections count: ``inspection``, ``spot_check``, ``feedback``; empty for all (§5.2.1).
    method : str
        Price level: ``leave_one_out_median`` or ``fisher``.
    suppliers : tuple of str
        Whom it is measured for; empty for all.
    """

    id: Identifier
    name: Words
    clause: str = "§5.1.1"
    part: Literal["quality", "fulfilment", "price"] = "quality"
    measure: Measure
    statistic: Statistic = "share"
    direction: Literal["max", "min"] = "max"
    unit: str = ""
    target: Exact
    floor: Exact | None = None
    stretch: Exact | None = None
    weight: Exact = Field(default=Decimal(1), ge=0)
    benchmark: Exact | None = None
    benchmark_source: str = ""
    step: str = ""
    key_step: bool = False
    window: Window = "due"
    calendar: str = ""
    limits: Limits = Field(default_factory=FrozenDict)
    limit: Duration | None = None
    priorities: tuple[str, ...] = ()
    percentile: Annotated[Exact, Field(gt=0, lt=100)] = Decimal(90)
    minimum_n: Whole = Field(default=1, ge=1)
    confidence: Annotated[Exact, Field(gt=0, lt=1)] = Decimal("0.95")
    cancelled: Literal["count", "exclude"] = "count"
    scale: tuple[Exact, Exact] = (Decimal(1), Decimal(5))
    top_box: Exact | None = None
    minimum_response_rate: Fraction = Decimal(0)
    per: Annotated[Exact, Field(gt=0)] = Decimal(1)
    volume: Literal["tickets", "volumes"] = "volumes"
    repeat_days: Whole = Field(default=90, ge=1, le=3660)
    observations: tuple[Literal["inspection", "spot_check", "feedback"], ...] = ()
    method: Literal["leave_one_out_median", "fisher"] = "leave_one_out_median"
    suppliers: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _defaults(cls, data: Any) -> Any:  # noqa: ANN401 - raw input
        """Statistic, direction and window follow from the measure where they are not stated."""
        if (
            not isinstance(data, Mapping)
            or not isinstance(data.get("measure"), str)
            or data["measure"] not in STATISTICS
        ):
            return data
        measure = str(data["measure"])
        given = {"statistic": STATISTICS[measure][0], **data}
        falls = measure in LOWER_IS_BETTER or (measure in TIMED and given["statistic"] in {"mean", "percentile"})
        window = "due" if given["statistic"] == "share" else "opened"
        return {"direction": "min" if falls else "max", "window": window, **given}

    @model_validator(mode="after")
    def _consistent(self) -> KpiDefinition:
        for complaint in (_of_measure(self), _of_figures(self), _of_limits(self)):
            if complaint:
                raise ValueError(complaint)
        return self

    @property
    def kind(self) -> Kind:
        """What kind of figure it is: rate, mean, percentile, ratio or index."""
        return KINDS[self.statistic]

    @property
    def shown_unit(self) -> str:
        """The unit of its value: as stated, else what follows from the measure."""
        if self.unit:
            return self.unit
        if self.kind == "rate" or self.measure == "availability":
            return "share"
        if self.kind == "index":
            return "index"
        return "h" if self.measure in TIMED else "points" if self.measure == "satisfaction" else f"per {self.per:f}"

    def limit_us(self, priority: str) -> int | None:
        """Microseconds within which a ticket of this priority is good; None where none is stated."""
        stated = self.limits.get(priority, self.limit)
        return None if stated is None else duration_us(stated)


def _of_measure(kpi: KpiDefinition) -> str:
    known = STATISTICS[kpi.measure]
    if kpi.statistic not in known:
        return f"measure {kpi.measure} gives {', '.join(known)}, not {kpi.statistic}"
    falls = kpi.measure in LOWER_IS_BETTER or (kpi.measure in TIMED and kpi.statistic != "share")
    if (kpi.direction == "min") != falls:
        return f"direction {kpi.direction} contradicts the measure {kpi.measure} ({kpi.statistic})"
    if kpi.scale[0] >= kpi.scale[1]:
        return "the scale must rise: [lowest, highest]"
    if kpi.measure == "satisfaction" and kpi.statistic == "share" and kpi.top_box is None:
        return "the share of satisfied answers needs `top_box`, the least score that counts as satisfied"
    return ""


def _of_figures(kpi: KpiDefinition) -> str:
    sign = 1 if kpi.direction == "max" else -1
    if kpi.floor is not None and sign * (kpi.target - kpi.floor) < 0:
        return "the floor is better than the target"
    if kpi.stretch is not None and sign * (kpi.stretch - kpi.target) < 0:
        return "the stretch is worse than the target"
    figures = [figure for figure in (kpi.target, kpi.floor, kpi.stretch, kpi.benchmark) if figure is not None]
    if (kpi.kind == "rate" or kpi.measure == "availability") and any(not 0 <= figure <= 1 for figure in figures):
        return "shares are fractions of 1: write 0.95 for 95 %"
    if any(figure < 0 for figure in figures):
        return "target, floor, stretch and benchmark are not below 0"
    return ""


def _of_limits(kpi: KpiDefinition) -> str:
    timed_share = kpi.measure in TIMED and kpi.statistic == "share"
    if timed_share and not kpi.limits and kpi.limit is None:
        return "a share within time needs `limits` by priority, or one `limit`"
    if not timed_share and (kpi.limits or kpi.limit is not None) and kpi.measure not in TIMED:
        return "`limits` and `limit` belong to measures of time"
    on_tickets = kpi.measure in {"response_time", "resolution_time"}
    if not on_tickets and (kpi.limits or kpi.priorities):
        return "`limits` and `priorities` belong to response and resolution time"
    if not on_tickets and kpi.measure != "availability" and kpi.calendar:
        return "`calendar` belongs to response time, resolution time and availability"
    if kpi.window == "due" and kpi.measure in TIMED and not kpi.limits and kpi.limit is None:
        return "window = 'due' needs limits: nothing becomes due without one"
    return ""
