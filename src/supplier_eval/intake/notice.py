"""What the tender notice published: lots, items, dates, the policy and its fingerprint (§3.2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from supplier_eval.intake.cell_values import Problem
from supplier_eval.intake.dates import parse_date, parse_moment
from supplier_eval.policy.criteria import Declared, Identifier, Whole, Words

OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})?\s*$", re.ASCII)


def _zone(name: str) -> str:
    """A time zone that exists."""
    if name:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            raise PydanticCustomError("no_such_zone", "there is no such time zone") from None
    return name


def _moment(given: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - raw input
    """A moment as TOML or a sheet writes it; one without offset stands in the declared time zone."""
    zone = info.data.get("timezone", "UTC")  # absent where it was refused itself
    if given is None or (isinstance(given, datetime) and given.tzinfo is not None):
        return given
    read = parse_moment(str(given), zone or None)
    if isinstance(read, Problem):
        raise PydanticCustomError("cell", "not a moment", {"problem": read.code.rsplit(".", 1)[-1]})
    return read.astimezone(_written_zone(str(given), zone))


def _written_zone(text: str, zone: str) -> tzinfo:
    """The offset that the text writes, else the declared zone: the day of a moment is a day there."""
    found = OFFSET.search(text)
    if found is None:
        return ZoneInfo(zone or "UTC")
    shift = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(shift if found[1] == "+" else -shift)


def _day(given: Any) -> Any:  # noqa: ANN401 - raw input
    """A day as TOML or a sheet writes it; a number is no day."""
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    read = parse_date(str(given))
    if isinstance(read, Problem):
        raise PydanticCustomError("cell", "not a date", {"problem": read.code.rsplit(".", 1)[-1]})
    return read


Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]


class Item(Declared):
    """One line of the price sheet.

    Parameters
    ----------
    volume : Decimal
        Units that are evaluated (the rate card's volume); 1 for a lump sum.
    kind : str
        What the money is for; transition and exit are paid once, rates and running costs follow `times`.
    times : Decimal
        How often the volume is bought within the term (36 months, 3 years, 1).
    tax_rate : Decimal or None
        Tax on top, as a fraction; used where the policy evaluates tax inclusive.
    quote : {"price", "discount"}
        Whether bidders quote a price, or a percentage off `base`.
    base : Decimal or None
        Base price of an item that is quoted as a discount, in money for the whole item.
    """

    id: Identifier
    lot: str = ""
    name: Words = Words()
    unit: str = ""
    volume: Decimal = Field(default=Decimal(1), gt=0)
    kind: Literal["rate", "lump", "run", "transition", "exit"] = "lump"
    times: Decimal = Field(default=Decimal(1), gt=0)
    tax_rate: Decimal | None = Field(default=None, ge=0, lt=1)
    quote: Literal["price", "discount"] = "price"
    base: Decimal | None = Field(default=None, gt=0)


class Lot(Declared):
    """One lot: what is awarded as a whole.

    Parameters
    ----------
    ceiling : Decimal or None
        The published highest price; a price above it fails a gate.
    price_floor : Decimal or None
        The published lowest price, where the regime allows one.
    """

    id: Identifier
    name: Words = Words()
    ceiling: Decimal | None = Field(default=None, gt=0)
    price_floor: Decimal | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> Lot:
        if self.ceiling is not None and self.price_floor is not None and self.price_floor > self.ceiling:
            raise PydanticCustomError("floor_above_ceiling", "price_floor is above ceiling")
        return self


class Approval(Declared):
    """A step that a major project needed before its tender opened (§2.2.3)."""

    step: Literal["expert_review", "board_approval"]
    by: str = Field(min_length=1)
    on: Day


class Notice(Declared):
    """The head of a tender: everything that was known before the bids.

    Parameters
    ----------
    policy : str
        A file beside tender.toml, or ``profile:NAME``.
    policy_fingerprint : str
        As published; the evaluation is binding only if it equals that of the policy used.
    deadline : datetime
        With time zone; a bid received later is refused (§3.2.2).
    technical_locked : datetime or None
        When the technical marks were locked; before it no price of a two-envelope tender is read.
    timezone : str
        IANA name (``Asia/Shanghai``) for every moment that is written without an offset.
    decimal, thousands : str
        Number marks used in the tables; without them ``1.234`` is refused as ambiguous.
    drawn : mapping
        Parameters drawn at the opening (for example ``K``).
    """

    format: Literal["supplier-eval-tender/1"] = "supplier-eval-tender/1"
    id: Identifier
    title: Words
    category: str = ""
    policy: str
    policy_fingerprint: str = ""
    buyer: Words = Words()
    channels: tuple[str, ...] = ()
    timezone: Annotated[str, AfterValidator(_zone)] = ""
    published: Moment | None = None
    deadline: Moment | None = None
    opened: Moment | None = None
    technical_locked: Moment | None = None
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    decimal: Literal["", ".", ","] = ""
    thousands: Literal["", ".", ",", " ", "'"] = ""
    encoding: str = ""
    estimated_value: Decimal | None = Field(default=None, gt=0)
    term_months: Whole | None = Field(default=None, ge=1, le=600)
    data_class: str = ""
    major: bool = False
    drawn: Mapping[str, Decimal] = Field(default_factory=dict)
    lots: tuple[Lot, ...] = ()
    items: tuple[Item, ...] = ()
    approvals: tuple[Approval, ...] = ()
    sample: bool = False

    @model_validator(mode="after")
    def _marks_differ(self) -> Notice:
        if self.decimal and self.decimal == self.thousands:
            raise PydanticCustomError("marks_same", "the decimal mark and the thousands mark are the same")
        return self

    @property
    def lot_ids(self) -> tuple[str, ...]:
        """Ids of the lots; a tender without lots has the one lot ``"1"``."""
        return tuple(lot.id for lot in self.lots) or ("1",)

    def lot(self, lot_id: str) -> Lot:
        """A lot by id."""
        return next((lot for lot in self.lots if lot.id == lot_id), Lot(id=lot_id))

    def items_of(self, lot_id: str) -> tuple[Item, ...]:
        """Items of a lot; those without a lot belong to every lot."""
        return tuple(item for item in self.items if item.lot in {"", lot_id})

    def moment(self) -> datetime | None:
        """The moment at which gates are judged: the deadline, else the opening, else publication.

        In the tender's time zone where one is declared, since a certificate runs out at the end of a day there.
        """
        judged = self.deadline or self.opened or self.published
        return judged.astimezone(ZoneInfo(self.timezone)) if judged and self.timezone else judged
