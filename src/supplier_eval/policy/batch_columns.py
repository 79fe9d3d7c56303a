"""Where the figures of a long table of bids stand: the columns that a policy names for batch scoring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from supplier_eval.policy.criteria import Declared
from supplier_eval.policy.frozen import FrozenDict
from supplier_eval.policy.refused_values import refusal


def _zone(name: str) -> str:
    """A time zone that exists."""
    if name:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            raise refusal("no_time_zone_named", name=repr(name)) from None
    return name


Named = Annotated[Mapping[str, str], AfterValidator(FrozenDict)]


class BatchColumns(Declared):
    """Columns of a long table of bids, one row a bid, as batch scoring reads them.

    Where a name is left empty the column is looked for under the word itself (``tender``, ``price``, the id of the
    criterion); the fingerprint of a policy that names nothing here is what it was.

    Parameters
    ----------
    tender, bid : str
        Columns with the ids of the tender and of the bid; ``bidder`` is read where there is no column ``bid``.
    lot : str
        Column with the lot, where a tender has several: each lot is an order of its own.
    price : str
        Column with the price of the whole bid, in the policy's currency and on its tax basis.
    ceiling, price_floor : str
        Columns with the published limits of the price, the same in all rows of a tender.
    small_business : str
        Column that says who takes the small-business deduction (yes or no).
    deadline, received : str
        Columns with the moment until which bids are taken, and at which a bid came.
    criteria, gates, items : mapping of str to str
        Id of a criterion, gate or price item → column.
    timezone : str
        IANA name of the zone of moments that are written without one.
    """

    tender: str = ""
    bid: str = ""
    lot: str = ""
    price: str = ""
    ceiling: str = ""
    price_floor: str = ""
    small_business: str = ""
    deadline: str = ""
    received: str = ""
    criteria: Named = Field(default_factory=FrozenDict)
    gates: Named = Field(default_factory=FrozenDict)
    items: Named = Field(default_factory=FrozenDict)
    timezone: Annotated[str, AfterValidator(_zone)] = ""
