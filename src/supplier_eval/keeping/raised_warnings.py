"""Warnings of risk indicators into the registry, where people answer them (§6.3.2)."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from supplier_eval.intake.identifiers import normalise_id
from supplier_eval.keeping.registered import made
from supplier_eval.registry.record import Stored
from supplier_eval.registry.store import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supplier_eval.risk.indicator_warnings import IndicatorWarning
    from supplier_eval.risk.indicator_watch import IndicatorWatch


def keep_warnings(
    registry: Registry,
    watch: IndicatorWatch,
    *,
    risks: Mapping[str, str] | None = None,
    suppliers: Mapping[str, str] | None = None,
) -> tuple[Stored, ...]:
    """Raise what an indicator warns of and the registry does not have yet.

    Parameters
    ----------
    registry : Registry
        The store.
    watch : IndicatorWatch
        Of `se.risk.watch_indicators`.
    risks, suppliers : mapping or None
        Id of the indicator → id of the risk, of the supplier, that it speaks of.

    Returns
    -------
    tuple of Stored
        One `warning` for each that is open and not on record, all or none, id ``<indicator>-<level>-<day raised>``;
        with the reading that raised it and the threshold that it passed. To answer, to act and to tell the next in
        line are moves of people; what a table of acknowledgements says is not taken over.

    Raises
    ------
    InvalidInput
        Where the store refuses a record.
    """
    zone = ZoneInfo(registry.rules.timezone)
    of_risk, of_supplier = risks or {}, suppliers or {}
    records = []
    for one in watch.open_warnings:
        key = f"{one.indicator}-{one.level}-{one.raised.isoformat()}"
        if registry.count("warning", id=key):
            continue
        figure, threshold = _passed(watch, one)
        records.append(
            made(
                "warning",
                id=key,
                indicator=one.indicator,
                level=one.level,
                figure=figure,
                threshold=threshold,
                raised_at=datetime.combine(one.raised, time(), zone),
                owner=normalise_id(one.owner),
                due=one.due,
                risk=of_risk.get(one.indicator),
                supplier=of_supplier.get(one.indicator),
            )
        )
    registry.add_many(records)
    return tuple(registry.get("warning", record.id) for record in records)


def _passed(watch: IndicatorWatch, warning: IndicatorWarning) -> tuple[Decimal | None, Decimal | None]:
    """The reading that raised a warning, and the limit that it passed; None where it was raised by silence."""
    if warning.level == "grey":
        return None, None
    mine = (one for one in watch.readings if one.indicator == warning.indicator and one.known == warning.raised)
    value = next((one.value for one in mine if one.value is not None), None)
    if value is None:
        return None, None
    figure = Decimal(repr(value))
    (indicator,) = [one for one in watch.plan.indicators if one.id == warning.indicator]
    sides = indicator.sides(warning.level)
    return figure, next((limit.enter for limit, sign in sides if sign * figure >= sign * limit.enter), None)
