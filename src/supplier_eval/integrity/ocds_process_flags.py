"""Red flags that one contracting process shows by itself.

R003 short submission period, R018 single bid, R028 identical prices, R030 late bid won, R035 all but the winner
disqualified, R036 lowest bid disqualified.

Source: Open Contracting Partnership, "Red flags" of Cardinal (cardinal.readthedocs.io, read 2026-11-29), indicators of
the same codes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from supplier_eval.integrity.ocds_found import Found
from supplier_eval.integrity.ocds_process import Process, later, moment
from supplier_eval.integrity.ocds_settings import RedFlagSettings

DAYS = 15
DAY = timedelta(days=1)
COMPETITIVE = frozenset({"open", "selective"})


def short_period(process: Process, settings: RedFlagSettings, found: Found) -> None:
    """R003: fewer whole days from start to end of the tender period than the line of its method."""
    methods = settings.of("R003", "procurement_methods", frozenset())
    start, end = moment(process.start), moment(process.end)
    if start is None or end is None or (methods and process.method not in methods):
        return
    days = int((end - start) / DAY)
    own = settings.of("R003", "procurement_method_details", {})
    line = own.get(process.details, settings.of("R003", "threshold", DAYS))
    if days < line:
        found.add("OCID", process.ocid, "R003", 1.0, line)


def single_bid(process: Process, settings: RedFlagSettings, found: Found) -> None:
    """R018: one tenderer in a competitive method."""
    if process.method in settings.of("R018", "procurement_methods", COMPETITIVE) and process.n_tenderers == 1:
        found.add("OCID", process.ocid, "R018", 1.0)


def identical_prices(process: Process, settings: RedFlagSettings, found: Found) -> None:
    """R028: different tenderers submitted the same price in the same currency."""
    if not settings.compares_prices(process.details):
        return
    by_price: dict[tuple[object, str], set[frozenset[str]]] = {}
    for bid in process.submitted:
        if bid.amount is not None and bid.tenderers:
            by_price.setdefault((bid.amount, bid.currency), set()).add(bid.tenderers)
    for who in by_price.values():
        if len(who) > 1:
            found.add("OCID", process.ocid, "R028", 1.0)
            for tenderer in frozenset().union(*who):
                found.add("Tenderer", tenderer, "R028", 1.0, process=process.ocid)


def late_bid_won(process: Process, settings: RedFlagSettings, found: Found) -> None:
    """R030: a valid bid came after the deadline, and one of its tenderers is a supplier of an award in force."""
    suppliers = frozenset().union(*(award.suppliers for award in process.active))
    for bid in process.bids:
        if bid.status == "valid" and later(bid.date, process.end):
            for tenderer in bid.tenderers & suppliers:
                found.add("OCID", process.ocid, "R030", 1.0)
                found.add("Tenderer", tenderer, "R030", 1.0, process=process.ocid)


def others_disqualified(process: Process, settings: RedFlagSettings, found: Found) -> None:
    """R035: one tenderer has valid bids and all awards in force; bids of others were disqualified."""
    if not process.decided:
        return
    valid, out = (
        frozenset().union(*(bid.tenderers for bid in process.bids if bid.status == status))
        for status in ("valid", "disqualified")
    )
    suppliers = frozenset().union(*(award.suppliers for award in process.active))
    line = max(settings.of("R035", "threshold", 1), 1)
    if len(valid) == 1 and valid == suppliers and len(out - valid) >= line:
        found.add("OCID", process.ocid, "R035", len(out - valid), line)
        found.add("Tenderer", next(iter(valid)), "R035", 0.0, process=process.ocid)


def lowest_disqualified(process: Process, settings: RedFlagSettings, found: Found) -> None:
    """R036: the lowest submitted bid was disqualified, though a valid one has an amount and an award is in force."""
    if not settings.compares_prices(process.details) or not process.active:
        return
    bids = [bid for bid in process.submitted if bid.amount is not None and bid.currency == settings.currency]
    if not any(bid.status == "valid" for bid in bids):
        return
    lowest = min(bid.amount for bid in bids if bid.amount is not None)
    at_lowest = [bid.status for bid in bids if bid.amount == lowest]
    if "disqualified" in at_lowest:
        found.add("OCID", process.ocid, "R036", 1.0)


PROCESS_FLAGS: dict[str, Callable[[Process, RedFlagSettings, Found], None]] = {
    "R003": short_period,
    "R018": single_bid,
    "R028": identical_prices,
    "R030": late_bid_won,
    "R035": others_disqualified,
    "R036": lowest_disqualified,
}
