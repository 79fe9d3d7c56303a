"""The credits of one KPI in a contract: tiers, share of the amount at risk, earn-back (§4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.monitor.exact_amounts import exact

TABLE = "credit_terms"
WITHOUT_DATA = ("hold", "no_credit", "worst_tier")
HUNDRED = Decimal(100)
OPTIONAL = frozenset({"limit", "period_cap_percent", "year_cap", "year_cap_percent", "value"})


def read_decimals(owner: object, names: Iterable[str], found: list[Finding], label: str) -> None:
    """Turn fields into exact decimals; what is none becomes a finding."""
    for name in names:
        given = getattr(owner, name)
        if given is None and name in OPTIONAL:
            continue
        figure = exact(given)
        if figure is None:
            found.append(Finding("credits.figure", TABLE, name, value=str(given)[:40], facts={"of": label}))
        object.__setattr__(owner, name, figure)


def check_ranges(owner: object, ranges: Mapping[str, tuple[int, int]], found: list[Finding], label: str) -> None:
    """Refuse decimals outside their range; what is missing is passed over."""
    for name, (least, most) in ranges.items():
        figure = getattr(owner, name)
        if isinstance(figure, Decimal) and not least <= figure <= most:
            facts = {"of": label, "least": least, "most": most}
            found.append(Finding("credits.range", TABLE, name, value=str(figure), facts=facts))


def refuse_terms(found: list[Finding]) -> None:
    """Refuse with everything that was found."""
    if found:
        raise InvalidInput(found, TABLE)


@dataclass(frozen=True)
class CreditTier:
    """A credit that is due beyond a bound.

    Parameters
    ----------
    bound : Decimal
        In the unit of the KPI. Where more is better the tier holds for figures below the bound, where less is better
        for figures above it; on the bound itself it does not hold.
    percent : Decimal
        Percent of the fees, or of the KPI's amount at risk.
    """

    bound: Decimal
    percent: Decimal

    def __post_init__(self) -> None:
        found: list[Finding] = []
        read_decimals(self, ("bound", "percent"), found, "tier")
        check_ranges(self, {"percent": (0, 100)}, found, "tier")
        refuse_terms(found)


@dataclass(frozen=True)
class EarnBack:
    """How credits are earned back by later performance.

    Parameters
    ----------
    level : Decimal
        The figure to reach in each of the periods, in the unit of the KPI.
    periods : int
        How many periods running, the present one among them, after the last credit.
    percent : Decimal
        Percent of what is outstanding that is given back.
    limit : Decimal, optional
        Most that is given back for this KPI in one period, in major units of money.
    """

    level: Decimal
    periods: int
    percent: Decimal = HUNDRED
    limit: Decimal | None = None

    def __post_init__(self) -> None:
        found: list[Finding] = []
        read_decimals(self, ("level", "percent", "limit"), found, "earn_back")
        check_ranges(self, {"percent": (0, 100), "limit": (0, 10**15)}, found, "earn_back")
        if not isinstance(self.periods, int) or isinstance(self.periods, bool) or self.periods < 1:
            found.append(Finding("credits.periods", TABLE, "periods", value=str(self.periods)[:40]))
        refuse_terms(found)


@dataclass(frozen=True)
class CreditKpi:
    """The credits of one KPI.

    Parameters
    ----------
    kpi : str
        Id, as in the results.
    target : Decimal
        Contract's target, in the unit of the KPI.
    tiers : tuple of CreditTier
        From the mildest to the worst; a worse figure never gives a smaller credit.
    direction : {"max", "min"}
        Whether more or less is better.
    basis : {"fees", "at_risk"}
        What the percentages are of: the period's fees, or amount at risk × `category` × `allocation` × `multiplier`.
    allocation, category : Decimal
        Percent of the pool for this KPI, percent of the pool for its category (100 where there is none).
    multiplier : Decimal
        Factor for critical KPIs.
    places : int, optional
        Decimals to which the contract rounds the measured figure before it is compared; none by default.
    without_data : {"hold", "no_credit", "worst_tier"}
        What the contract says where the KPI cannot be assessed: the largest credit stays open, none is due, the worst
        tier is due.
    unit : str
        Unit of target and bounds, such as ``share`` or ``%``; checked against that of the results where both have one.
    earn_back : EarnBack, optional
        None where credits are not earned back.
    """

    kpi: str
    target: Decimal
    tiers: tuple[CreditTier, ...]
    direction: str = "max"
    basis: str = "fees"
    allocation: Decimal = HUNDRED
    category: Decimal = HUNDRED
    multiplier: Decimal = Decimal(1)
    places: int | None = None
    without_data: str = "hold"
    earn_back: EarnBack | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        found: list[Finding] = []
        label = str(self.kpi)
        if not isinstance(self.kpi, str) or not self.kpi.strip():
            found.append(Finding("credits.no_name", TABLE, "kpi", value=label))
        read_decimals(self, ("target", "allocation", "category", "multiplier"), found, label)
        check_ranges(self, {"allocation": (0, 1000), "category": (0, 1000), "multiplier": (0, 100)}, found, label)
        for name, known in (
            ("direction", ("max", "min")),
            ("basis", ("fees", "at_risk")),
            ("without_data", WITHOUT_DATA),
        ):
            if getattr(self, name) not in known:
                facts = {"of": label, "known": ", ".join(known)}
                found.append(Finding("credits.choice", TABLE, name, value=str(getattr(self, name)), facts=facts))
        if self.places is not None and (not isinstance(self.places, int) or not 0 <= self.places <= 9):
            found.append(Finding("credits.places", TABLE, "places", value=str(self.places), facts={"of": label}))
        if self.earn_back is not None and not isinstance(self.earn_back, EarnBack):
            found.append(Finding("credits.no_earn_back", TABLE, "earn_back", value=str(self.earn_back)[:40]))
        object.__setattr__(self, "tiers", tuple(self.tiers) if isinstance(self.tiers, Iterable) else ())
        if not found:
            self._check_tiers(found, label)
        refuse_terms(found)

    def _check_tiers(self, found: list[Finding], label: str) -> None:
        if not self.tiers or not all(isinstance(tier, CreditTier) for tier in self.tiers):
            found.append(Finding("credits.no_tiers", TABLE, "tiers", facts={"of": label}))
            return
        sign = 1 if self.direction == "max" else -1
        ordered = tuple(sorted(self.tiers, key=lambda tier: -sign * tier.bound))
        object.__setattr__(self, "tiers", ordered)
        pairs = list(pairwise(ordered))
        if any(a.bound == b.bound for a, b in pairs):
            found.append(Finding("credits.tier_twice", TABLE, "tiers", facts={"of": label}))
        if any(a.percent > b.percent for a, b in pairs):
            found.append(Finding("credits.tiers_fall", TABLE, "tiers", facts={"of": label}))
        if sign * (self.target - ordered[0].bound) < 0:
            found.append(Finding("credits.tier_above_target", TABLE, "tiers", facts={"of": label}))

    def tier_of(self, value: Decimal) -> CreditTier | None:
        """The worst tier that a figure falls into; None where it falls into none."""
        beyond = [t for t in self.tiers if (value < t.bound if self.direction == "max" else value > t.bound)]
        return beyond[-1] if beyond else None

    def other_scale(self, value: Decimal) -> bool:
        """Whether a figure looks like per cent where target and bounds are fractions, or the other way round."""
        if self.unit or not self.target:
            return False
        percent = 0 < self.target <= 1 and 1 < value <= 100 and value >= 20 * self.target
        fraction = self.direction == "max" and 20 <= self.target <= 100 and 0 < value <= 1
        return percent or fraction

    def meets(self, value: Decimal, level: Decimal) -> bool:
        """Whether a figure reaches a level, in this KPI's direction."""
        return value >= level if self.direction == "max" else value <= level
