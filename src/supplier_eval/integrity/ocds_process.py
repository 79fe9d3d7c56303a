"""One contracting process as the red flags read it: bids, awards, method, period; what is not there is empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
MOST_TENDERERS, MOST_MONEY = 10**6, 10**18
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NOT_SUBMITTED = {"invited", "withdrawn"}
FINAL = {"cancelled", "unsuccessful"}


@dataclass(frozen=True)
class OcdsBid:
    """One bid: status, ids of its tenderers, date, amount (above zero, below 10^18; None without its currency)."""

    status: str
    tenderers: frozenset[str]
    named: int
    amount: Decimal | None
    currency: str
    date: str

    @property
    def submitted(self) -> bool:
        """Whether it was handed in and not taken back."""
        return bool(self.status) and self.status not in NOT_SUBMITTED

    @property
    def alone(self) -> str:
        """The tenderer of a bid that one tenderer made; empty for joint bids."""
        return next(iter(self.tenderers)) if self.named == 1 and self.tenderers else ""


@dataclass(frozen=True)
class OcdsAward:
    """One award: status, ids of its suppliers and how many are listed, codes of its items."""

    status: str
    suppliers: frozenset[str]
    listed: int
    codes: tuple[str, ...]

    @property
    def alone(self) -> str:
        """The supplier of an award to one supplier; empty for joint awards."""
        return next(iter(self.suppliers)) if self.listed == 1 and self.suppliers else ""


@dataclass(frozen=True)
class Process:
    """One contracting process.

    Parameters
    ----------
    bids, awards : tuple
        As listed; `has_bids` and `has_awards` say whether there is a list at all.
    n_tenderers : int or None
        ``tender.numberOfTenderers``.
    bad_amounts : int
        Bids whose amount is zero, below, or beyond all money; they have none here.
    """

    ocid: str
    status: str
    method: str | None
    details: str | None
    start: str
    end: str
    n_tenderers: int | None
    buyer: str
    procuring_entity: str
    bids: tuple[OcdsBid, ...]
    awards: tuple[OcdsAward, ...]
    has_bids: bool
    has_awards: bool
    bad_amounts: int

    @property
    def submitted(self) -> tuple[OcdsBid, ...]:
        """Bids that were handed in and not taken back."""
        return tuple(bid for bid in self.bids if bid.submitted)

    @property
    def active(self) -> tuple[OcdsAward, ...]:
        """Awards in force."""
        return tuple(award for award in self.awards if award.status == "active")

    @property
    def decided(self) -> bool:
        """Whether there are bids, and every award has a final state."""
        states = {award.status for award in self.awards if award.status}
        return self.has_bids and self.has_awards and states <= {"active", *FINAL}

    @property
    def winner(self) -> str:
        """The supplier, where all awards are final and the only one in force went to one supplier; else empty."""
        return self.active[0].alone if self.decided and len(self.active) == 1 else ""


def read_process(release: Mapping[str, Any]) -> Process:
    """Read what the red flags need from a release; values of the wrong kind count as not there."""
    tender = _object(release.get("tender"))
    period = _object(tender.get("tenderPeriod"))
    details, awards = _object(release.get("bids")).get("details"), release.get("awards")
    bids = tuple(_bid(_object(one)) for one in _list(details))
    return Process(
        str(release["ocid"]),
        _text(tender.get("status")),
        _text(tender.get("procurementMethod")) or None,
        _text(tender.get("procurementMethodDetails")) or None,
        _text(period.get("startDate")),
        _text(period.get("endDate")),
        _count(tender.get("numberOfTenderers")),
        _id(_object(release.get("buyer"))),
        _id(_object(tender.get("procuringEntity"))),
        tuple(bid for bid, _ in bids),
        tuple(_award(_object(one)) for one in _list(awards)),
        isinstance(details, list),
        isinstance(awards, list),
        sum(bad for _, bad in bids),
    )


def moment(text: str) -> datetime | None:
    """A moment as RFC 3339 writes it, with its zone; None for anything else."""
    if not RFC_3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.upper().replace(" ", "T"))
    except ValueError:
        return None


def later(one: str, other: str) -> bool:
    """Whether a date lies after another: two moments, or two plain days; nothing else can be compared."""
    first, second = moment(one), moment(other)
    if first is not None and second is not None:
        return first > second
    return bool(DAY.fullmatch(one) and DAY.fullmatch(other)) and one > other


def _bid(bid: Mapping[str, Any]) -> tuple[OcdsBid, bool]:
    value = _object(bid.get("value"))
    amount, currency = value.get("amount"), _text(value.get("currency"))
    number = isinstance(amount, int | float | Decimal) and not isinstance(amount, bool)
    exact = Decimal(str(amount)) if number and currency else None
    bad = exact is not None and not (exact.is_finite() and 0 < exact < MOST_MONEY)
    tenderers = _list(bid.get("tenderers"))
    ids = _ids(tenderers)
    read = OcdsBid(
        _text(bid.get("status")), ids, len(tenderers), None if bad else exact, currency, _text(bid.get("date"))
    )
    return read, bad


def _award(award: Mapping[str, Any]) -> OcdsAward:
    suppliers = _list(award.get("suppliers"))
    codes = (_text(_object(_object(item).get("classification")).get("id")) for item in _list(award.get("items")))
    return OcdsAward(_text(award.get("status")), _ids(suppliers), len(suppliers), tuple(code for code in codes if code))


def _ids(organisations: Iterable[Any]) -> frozenset[str]:
    return frozenset(_id(_object(one)) for one in organisations) - {""}


def _id(organisation: Mapping[str, Any]) -> str:
    """An id: a text, or a whole number as text."""
    found = organisation.get("id")
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _count(value: object) -> int | None:
    """A whole number from 0 on; None for anything else."""
    if not isinstance(value, int | Decimal | float) or isinstance(value, bool) or not 0 <= value < MOST_TENDERERS:
        return None
    return int(value) if value == int(value) else None


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
