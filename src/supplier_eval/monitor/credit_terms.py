"""What a contract says about service credits: the KPIs, the amount at risk, the caps, the rounding (§4.3, §5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from supplier_eval.errors import Finding
from supplier_eval.monitor.credit_parts import (
    HUNDRED,
    TABLE,
    CreditKpi,
    CreditTier,
    EarnBack,
    check_ranges,
    read_decimals,
    refuse_terms,
)
from supplier_eval.monitor.exact_amounts import ROUNDINGS


@dataclass(frozen=True)
class CreditTerms:
    """The clause on service credits of one contract.

    Parameters
    ----------
    contract, supplier : str
        Ids.
    currency, minor_units : str, int
        Currency of fees and credits, and its decimal places.
    kpis : tuple of CreditKpi
        In the contract's order; none twice.
    at_risk_percent : Decimal
        Percent of the period's fees that is at risk for KPIs with basis ``at_risk``.
    pool_percent : Decimal
        The most that allocations (× category) may add up to.
    period_cap_percent : Decimal, optional
        Most that is credited in a period, percent of its fees.
    year_cap, year_cap_percent : Decimal, optional
        Most that is credited in a year: an amount, or percent of the year's fees.
    rounding : {"half_up", "half_even", "down", "up"}
        How each KPI's credit is rounded to minor units; caps are rounded down.
    adopted_by, adopted_on : str, date
        Who signed the terms and when; without both a result is exploratory. A day may be text, ``2024-10-01``.
    """

    contract: str
    supplier: str
    currency: str
    kpis: tuple[CreditKpi, ...]
    minor_units: int = 2
    at_risk_percent: Decimal = HUNDRED
    pool_percent: Decimal = HUNDRED
    period_cap_percent: Decimal | None = None
    year_cap: Decimal | None = None
    year_cap_percent: Decimal | None = None
    rounding: str = "half_up"
    adopted_by: str = ""
    adopted_on: date | None = None

    def __post_init__(self) -> None:
        found: list[Finding] = []
        named = {name: getattr(self, name) for name in ("contract", "supplier", "currency")}
        nameless = [name for name, text in named.items() if not isinstance(text, str) or not text.strip()]
        found += [Finding("credits.no_name", TABLE, name, value=str(named[name])[:40]) for name in nameless]
        caps = ("period_cap_percent", "year_cap_percent")
        read_decimals(self, ("at_risk_percent", "pool_percent", "year_cap", *caps), found, "terms")
        check_ranges(self, dict.fromkeys(("at_risk_percent", *caps), (0, 100)), found, "terms")
        check_ranges(self, {"pool_percent": (0, 1000), "year_cap": (0, 10**15)}, found, "terms")
        if self.rounding not in ROUNDINGS:
            facts = {"of": "terms", "known": ", ".join(ROUNDINGS)}
            found.append(Finding("credits.choice", TABLE, "rounding", value=str(self.rounding), facts=facts))
        if not isinstance(self.minor_units, int) or not 0 <= self.minor_units <= 4:
            found.append(
                Finding("credits.places", TABLE, "minor_units", value=str(self.minor_units), facts={"of": "terms"})
            )
        if self.year_cap is not None and self.year_cap_percent is not None:
            found.append(Finding("credits.two_caps", TABLE, "year_cap"))
        self._read_day(found)
        self._check_kpis(found)
        refuse_terms(found)

    def _read_day(self, found: list[Finding]) -> None:
        """Take a day, a moment's day, or a day as text."""
        given: object = self.adopted_on
        if isinstance(given, str) and given.strip():
            with suppress(ValueError):
                given = date.fromisoformat(given.strip())
        given = given.date() if isinstance(given, datetime) and given == given else given  # noqa: PLR0124 - NaT
        if given is None or given == "" or (isinstance(given, date) and not isinstance(given, datetime)):
            object.__setattr__(self, "adopted_on", given or None)
        else:
            found.append(Finding("credits.day", TABLE, "adopted_on", value=str(given)[:40]))
        if not isinstance(self.adopted_by, str):
            found.append(Finding("credits.no_name", TABLE, "adopted_by", value=str(self.adopted_by)[:40]))

    def _check_kpis(self, found: list[Finding]) -> None:
        object.__setattr__(self, "kpis", tuple(self.kpis) if isinstance(self.kpis, Iterable) else ())
        if not self.kpis or not all(isinstance(one, CreditKpi) for one in self.kpis):
            found.append(Finding("credits.no_kpis", TABLE, "kpis"))
            return
        names = [one.kpi for one in self.kpis]
        twice = sorted({name for name in names if names.count(name) > 1})
        found += [Finding("credits.kpi_twice", TABLE, "kpis", value=name) for name in twice]
        allocated = sum((k.allocation * k.category / 100 for k in self.kpis if k.basis == "at_risk"), Decimal(0))
        if isinstance(self.pool_percent, Decimal) and allocated > self.pool_percent:
            facts = {"pool": f"{self.pool_percent:f}"}
            found.append(Finding("credits.pool", TABLE, "kpis", value=f"{allocated.normalize():f}", facts=facts))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the terms."""
        text = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def adopted(self) -> bool:
        """Whether somebody is named who signed them, and when."""
        return bool(str(self.adopted_by).strip()) and isinstance(self.adopted_on, date)

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> CreditTerms:
        """Read terms from nested mappings, as a TOML or JSON file gives them.

        Parameters
        ----------
        given : mapping
            Fields by name; ``kpis`` a list of mappings with ``tiers`` (mappings, or pairs of bound and percent) and
            ``earn_back``. Write decimals as text or whole numbers, or read the file with decimals.

        Raises
        ------
        InvalidInput
            Unknown or missing fields, or what the classes refuse.
        """
        if not isinstance(given, Mapping):
            refuse_terms([Finding("credits.no_terms", "arguments", "terms", value=type(given).__name__)])
        kpis = []
        for one in _list(given.get("kpis")):
            fields_ = dict(one) if isinstance(one, Mapping) else {"kpi": one}
            fields_["tiers"] = tuple(_tier(tier) for tier in _list(fields_.get("tiers")))
            if isinstance(fields_.get("earn_back"), Mapping):
                fields_["earn_back"] = _made(EarnBack, fields_["earn_back"])
            kpis.append(_made(CreditKpi, fields_))
        made = _made(cls, {**given, "kpis": tuple(kpis)})
        assert isinstance(made, cls)
        return made


def _list(given: object) -> list[Any]:
    return list(given) if isinstance(given, Iterable) and not isinstance(given, str | Mapping) else []


def _tier(given: object) -> CreditTier:
    if isinstance(given, CreditTier):
        return given
    cells = [] if isinstance(given, Mapping) else _list(given)
    if not isinstance(given, Mapping) and len(cells) != 2:
        refuse_terms([Finding("credits.no_tier", TABLE, "tiers", value=str(given)[:40])])
    pair = dict(given) if isinstance(given, Mapping) else dict(zip(("bound", "percent"), cells, strict=True))
    made: CreditTier = _made(CreditTier, pair)
    return made


def _made(kind: Any, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one of the classes above
    """An object of a class from its fields; unknown and missing ones are findings."""
    names = [field.name for field in fields(kind)]
    needed = [field.name for field in fields(kind) if field.default is MISSING]
    facts = {"known": ", ".join(names)}
    found = [Finding("credits.unknown_field", TABLE, str(name), facts=facts) for name in given if name not in names]
    found += [Finding("credits.missing_field", TABLE, name) for name in needed if name not in given]
    refuse_terms(found)
    return kind(**given)
