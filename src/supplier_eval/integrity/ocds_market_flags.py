"""Red flags that show only beside all other processes: a figure beyond the fences of the set.

R024 price close to the winning bid, R025 excessive unsuccessful bids, R038 excessive disqualified bids, R048
heterogeneous supplier, R058 heavily discounted bid.

Source: Open Contracting Partnership, "Red flags" of Cardinal (cardinal.readthedocs.io, read 2026-11-29), indicators of
the same codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from supplier_eval.integrity.ocds_fences import fences, quantile
from supplier_eval.integrity.ocds_found import Found, Group
from supplier_eval.integrity.ocds_process import Process
from supplier_eval.integrity.ocds_settings import RedFlagSettings

TOP_QUARTER = 75.0
Counts = dict[str, tuple[int, int]]


def close_prices(processes: Sequence[Process], settings: RedFlagSettings, found: Found) -> None:
    """R024: the second-lowest valid bid lies unusually close above the winning one."""
    gaps = second_lowest(processes, settings)
    line, usable = _lower_line("R024", [gap for gap, _, _ in gaps.values()], settings, found)
    for ocid, (gap, winner, second) in gaps.items():
        if usable and gap <= line:
            found.add("OCID", ocid, "R024", gap, line)
            for tenderer in (winner, *second):
                found.add("Tenderer", tenderer, "R024", 0.0, line, ocid)


def heavy_discounts(processes: Sequence[Process], settings: RedFlagSettings, found: Found) -> None:
    """R058: the second-lowest valid bid lies unusually far above the winning one."""
    gaps = second_lowest(processes, settings)
    line = _upper_line("R058", [gap for gap, _, _ in gaps.values()], settings, found)
    for ocid, (gap, winner, _) in gaps.items():
        if 0 < line <= gap:
            found.add("OCID", ocid, "R058", gap, line)
            found.add("Tenderer", winner, "R058", 0.0, line, ocid)


def unsuccessful_bids(processes: Sequence[Process], settings: RedFlagSettings, found: Found) -> None:
    """R025: a tenderer with many valid bids wins unusually few of them."""
    counts: Counts = {}
    for process in processes:
        if process.winner:
            for tenderer in {bid.alone for bid in process.bids if bid.status == "valid"} - {""}:
                _count(counts, tenderer, tenderer == process.winner, 1)
    top = settings.of("R025", "percentile", TOP_QUARTER) / 100.0
    many = quantile([float(bids) for _, bids in counts.values()], top)
    ratios = {tenderer: won / bids for tenderer, (won, bids) in counts.items()}
    found.note("R025", upper_fence=many)
    line, usable = _lower_line("R025", ratios.values(), settings, found)
    for tenderer, ratio in ratios.items():
        if usable and counts[tenderer][1] >= many and ratio <= line:
            found.add("Tenderer", tenderer, "R025", ratio, line)


def disqualified_bids(processes: Sequence[Process], settings: RedFlagSettings, found: Found) -> None:
    """R038: an unusually large share of bids was disqualified, by buyer, procuring entity and tenderer."""
    counts: dict[Group, Counts] = {"Buyer": {}, "ProcuringEntity": {}, "Tenderer": {}}
    for process in processes:
        bids = process.submitted
        out = sum(bid.status == "disqualified" for bid in bids)
        for bid in bids:
            for tenderer in bid.tenderers:
                _count(counts["Tenderer"], tenderer, bid.status == "disqualified", 1)
        for group, organisation in (("Buyer", process.buyer), ("ProcuringEntity", process.procuring_entity)):
            if organisation and bids:
                _count(counts[group], organisation, out, len(bids))  # type: ignore[index]
    for group, own in counts.items():
        name = "minimum_submitted_bids" if group == "Tenderer" else "minimum_contracting_processes"
        least = settings.of("R038", name, 2)
        ratios = {organisation: out / n for organisation, (out, n) in own.items() if n >= least}
        line = _upper_line("R038", ratios.values(), settings, found, f"{group}_") if ratios else 0.0
        for organisation, ratio in ratios.items():
            if 0 < line <= ratio:
                found.add(group, organisation, "R038", ratio, line)


def heterogeneous_suppliers(processes: Sequence[Process], settings: RedFlagSettings, found: Found) -> None:
    """R048: a supplier is awarded items of unusually many kinds."""
    digits = settings.of("R048", "digits", 2)
    kinds: dict[str, set[str]] = {}
    awarded: dict[str, set[str]] = {}
    for process in processes:
        for award in process.active:
            if award.alone and award.codes:
                kinds.setdefault(award.alone, set()).update(code[:digits] for code in award.codes)
                awarded.setdefault(award.alone, set()).add(process.ocid)
    least = settings.of("R048", "minimum_contracting_processes", 20)
    variety = {supplier: float(len(codes)) for supplier, codes in kinds.items() if len(awarded[supplier]) >= least}
    line = _upper_line("R048", variety.values(), settings, found)
    for supplier, number in variety.items():
        if number >= line:
            found.add("Tenderer", supplier, "R048", number, line)


def second_lowest(
    processes: Iterable[Process], settings: RedFlagSettings
) -> dict[str, tuple[float, str, tuple[str, ...]]]:
    """How far the second-lowest valid bid lies above the winning one, as a share of it.

    Only processes with one award in force, to one supplier, whose bid is the lowest valid one, in the main currency.

    Returns
    -------
    dict
        Process → (share, winner, all tenderers at the second-lowest price).
    """
    gaps = {}
    for process in processes:
        if not process.winner or not settings.compares_prices(process.details):
            continue
        lowest: dict[str, Decimal] = {}
        for bid in process.bids:
            if bid.status == "valid" and bid.alone and bid.amount is not None and bid.currency == settings.currency:
                lowest[bid.alone] = min(bid.amount, lowest.get(bid.alone, bid.amount))
        won = lowest.pop(process.winner, None)
        if won is None or not lowest or (second := min(lowest.values())) < won:
            continue
        who = tuple(sorted(tenderer for tenderer, amount in lowest.items() if amount == second))
        gaps[process.ocid] = ((float(second) - float(won)) / float(won), process.winner, who)
    return gaps


def _count(counts: Counts, who: str, part: int, whole: int) -> None:
    before = counts.get(who, (0, 0))
    counts[who] = before[0] + part, before[1] + whole


def _lower_line(indicator: str, values: Iterable[float], settings: RedFlagSettings, found: Found) -> tuple[float, bool]:
    """The lower fence, or the line that was set; unusable where a quarter of the values is 0 or the fence is."""
    own = settings.of(indicator, "threshold")
    of = fences(values)
    line = of.lower if own is None else own
    if own is None:
        found.note(indicator, q1=of.q1, q3=of.q3)
    found.note(indicator, lower_fence=line)
    return line, line > 0 and (own is not None or of.q1 > 0)


def _upper_line(
    indicator: str, values: Iterable[float], settings: RedFlagSettings, found: Found, prefix: str = ""
) -> float:
    """The upper fence, or the line that was set."""
    own = settings.of(indicator, "threshold")
    of = fences(values)
    line = of.upper if own is None else float(own)
    if own is None:
        found.note(indicator, **{f"{prefix}q1": of.q1, f"{prefix}q3": of.q3})
    found.note(indicator, **{f"{prefix}upper_fence": line})
    return line


MARKET_FLAGS: dict[str, Callable[[Sequence[Process], RedFlagSettings, Found], None]] = {
    "R024": close_prices,
    "R025": unsuccessful_bids,
    "R038": disqualified_bids,
    "R048": heterogeneous_suppliers,
    "R058": heavy_discounts,
}
