"""From rows to lots, suppliers, bids and bundles: ids that must exist, figures that must agree, canonical order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from supplier_eval.award.parts import ONE, ZERO, Bid, BidKey, Bundle, Lot, Segment, Supplier, Tiers
from supplier_eval.award.reading_fields import Record, read_records
from supplier_eval.award.reading_steps import Curves, Told, curve_of, tiers_of
from supplier_eval.award.reading_tables import Gathered, Ids, Reading, Table
from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key


def read_lots(table: Table, unserved: Fraction | None, reading: Reading) -> dict[str, Lot]:
    """Read the lots, by id.

    Parameters
    ----------
    table : Table
        Rows as they came.
    unserved : Fraction or None
        Cost of a unit that stays unserved, where a lot states none.
    reading : Reading
        Takes findings and row numbers.
    """
    records, gathered = read_records(table, reading)
    lots: dict[str, Lot] = {}
    for name, record in _by_id(records, gathered, reading).items():
        own = record.values
        lots[name] = Lot(
            id=name,
            demand=own.get("demand", ONE),
            indivisible=own.get("indivisible", False),
            region=own.get("region", ""),
            incumbent=own.get("incumbent", ""),
            switching_cost=own.get("switching_cost", ZERO),
            unserved_cost=own.get("unserved_cost", unserved),
            baseline=own.get("baseline"),
            attributes=record.attributes,
        )
    reading.findings += gathered.findings()
    return lots


def read_suppliers(table: Table, tiers: Told, reading: Reading) -> dict[str, Supplier]:
    """Read the suppliers, by id, with the discounts that stand beside them or in a table of their own."""
    records, gathered = read_records(table, reading)
    suppliers: dict[str, Supplier] = {}
    for name, record in _by_id(records, gathered, reading).items():
        own = record.values
        suppliers[name] = Supplier(
            id=name,
            fixed_cost=own.get("fixed_cost", ZERO),
            switching_cost=own.get("switching_cost", ZERO),
            incumbent=own.get("incumbent", False),
            capacity=own.get("capacity"),
            min_volume=own.get("min_volume"),
            tiers=_tiers(name, record, tiers, gathered),
            attributes=record.attributes,
        )
    keys = {id_key(name) for name in suppliers}
    reading.findings += gathered.findings()
    _, known = ids_of((), suppliers, reading)
    for key, (name, _, row) in tiers.items():
        if key not in keys and not known.told:
            facts = {"near": known.near(name)}
            reading.findings.append(Finding("award.unknown_supplier", "tiers", "supplier", (row,), name, facts))
    return suppliers


def _tiers(name: str, record: Record, tiers: Told, gathered: Gathered) -> Tiers | None:
    apart = tiers.get(id_key(name))
    if "tiers" not in record.values:
        return apart[1] if apart else None
    if apart:
        gathered.note("award.tiers_twice", "tiers", record.number, name)
    return tiers_of(record.values["tiers"], gathered, name, record.number)


def read_bids(
    table: Table, curves: Curves, lots: Mapping[str, Lot], suppliers: Mapping[str, Supplier], reading: Reading
) -> dict[BidKey, Bid]:
    """Read the bids, by lot, supplier and alternate; those of unknown lots or suppliers are findings."""
    records, gathered = read_records(table, reading)
    of_lots, of_suppliers = ids_of(lots, suppliers, reading)
    bids: dict[BidKey, Bid] = {}
    rows: dict[BidKey, int] = {}
    used: set[BidKey] = set()
    for record in sorted(records, key=lambda one: one.number):
        own = record.values
        lot = _reference("lot", of_lots, record, gathered)
        supplier = _reference("supplier", of_suppliers, record, gathered)
        key = (lot, supplier, own.get("alternate", ""))
        price, curve = own.get("price"), _curve(record, curves, used, gathered)
        _share_order(record, gathered)
        if not lot or not supplier:
            continue
        if key in bids:
            said = "|".join(part for part in key if part)
            for row in (rows[key], record.number):
                gathered.note("award.bid_twice", "supplier", row, said, said)
            continue
        rows[key] = record.number
        bids[key] = Bid(
            lot=lot,
            supplier=supplier,
            alternate=key[2],
            price=ZERO if price is None and not curve else price,
            curve=curve,
            min_share=own.get("min_share", ZERO),
            max_share=own.get("max_share", ONE),
            min_qty=own.get("min_qty", ZERO),
            award_cost=own.get("award_cost", ZERO),
            use=own.get("use"),
            attributes=record.attributes,
        )
    _idle_curves(curves, used, reading)
    reading.rows["bids"] = rows
    reading.findings += gathered.findings()
    return dict(sorted(bids.items()))


def _curve(record: Record, curves: Curves, used: set[BidKey], gathered: Gathered) -> tuple[Segment, ...]:
    """The curve of a bid, from its row or from the table of curves; exactly one of price and curve is asked for."""
    own = record.values
    given = own.get("curve")
    stated = given is not None and not (isinstance(given, list | tuple) and not given)
    curve: tuple[Segment, ...] = curve_of(given, gathered, record.number) if stated else ()
    apart = None
    if curves and "lot" in own and "supplier" in own:
        key = (id_key(own["lot"]), id_key(own["supplier"]), own.get("alternate", ""))
        apart = curves.get(key)
        used |= {key} if apart else set()
    if apart and stated:
        gathered.note("award.curve_twice", "curve", record.number)
    if (stated or apart) and "price" in own:
        gathered.note("award.price_and_curve", "price", record.number)
    if not stated and not apart and record.lacks("price") and "curve" not in record.unread:
        gathered.note("award.price_missing", "price", record.number)
    return apart[0] if apart else curve


def _idle_curves(curves: Curves, used: set[BidKey], reading: Reading) -> None:
    """Curves whose bid is not there."""
    for key, (_, row, ids) in curves.items():
        if key not in used:
            said = "|".join(part for part in ids if part)
            reading.findings.append(Finding("award.curve_without_bid", "curves", "lot", (row,), said))


def _share_order(record: Record, gathered: Gathered) -> None:
    """A least share above the most of it."""
    own = record.values
    if "min_share" in own and own["min_share"] > own.get("max_share", ONE):
        said = f"{float(own['min_share']):g} > {float(own.get('max_share', ONE)):g}"
        gathered.note("award.share_order", "min_share", record.number, said)


def read_bundles(
    table: Table, lots: Mapping[str, Lot], suppliers: Mapping[str, Supplier], reading: Reading
) -> dict[str, Bundle]:
    """Read the bundles, by id; unknown lots, suppliers and required bundles are findings."""
    records, gathered = read_records(table, reading)
    of_lots, of_suppliers = ids_of(lots, suppliers, reading)
    kept = _by_id(records, gathered, reading)
    of_bundles = Ids(kept)
    bundles: dict[str, Bundle] = {}
    for name, record in kept.items():
        own = record.values
        supplier = _reference("supplier", of_suppliers, record, gathered)
        covered = references(own.get("lots", ()), "lot", "lots", of_lots, record.number, gathered)
        needed = references(own.get("requires", ()), "bundle", "requires", of_bundles, record.number, gathered)
        if "lots" in own and not own["lots"]:
            gathered.note("award.cell_empty", "lots", record.number)
        if name in needed:
            gathered.note("award.bundle_requires_itself", "requires", record.number, name)
        if not supplier or not covered:
            continue
        bundles[name] = Bundle(
            id=name,
            supplier=supplier,
            lots=covered,
            price=own.get("price", ZERO),
            exclusive=own.get("exclusive", ""),
            requires=needed,
            attributes=record.attributes,
        )
    reading.findings += gathered.findings()
    return bundles


def ids_of(lots: Iterable[str], suppliers: Iterable[str], reading: Reading) -> tuple[Ids, Ids]:
    """Ids of lots and suppliers; a table without any is said once, not again for each reference to it."""
    said = any(finding.table == "suppliers" for finding in reading.findings)
    return Ids(lots, told=True), Ids(suppliers, told=said)


def references(
    names: tuple[str, ...], kind: str, column: str, known: Ids, row: int, gathered: Gathered
) -> tuple[str, ...]:
    """Ids of a list as their table spells them, sorted, each once; unknown ones are noted."""
    found = set()
    for name in names:
        own = known.spelled(name)
        if own is None and not known.told:
            gathered.note(f"award.unknown_{kind}", column, row, name, name, near=known.near(name))
        elif own is not None:
            found.add(own)
    return tuple(sorted(found))


def _reference(kind: str, known: Ids, record: Record, gathered: Gathered) -> str:
    """The id in the column of this name as its table spells it; empty where it is none, which is noted."""
    name: Any = record.values.get(kind)
    if name is None:
        return ""
    own = known.spelled(name)
    if own is None and not known.told:
        gathered.note(f"award.unknown_{kind}", kind, record.number, name, name, near=known.near(name))
    return own or ""


def _by_id(records: list[Record], gathered: Gathered, reading: Reading) -> dict[str, Record]:
    """Records by their id in canonical order; ids that stand twice, in any case or width, are noted."""
    first: dict[str, Record] = {}
    for record in sorted(records, key=lambda one: one.number):
        if "id" not in record.values:
            continue
        name = record.values["id"]
        before = first.setdefault(id_key(name), record)
        if before is not record:
            for row in (before.number, record.number):
                gathered.note("award.id_twice", "id", row, before.values["id"], before.values["id"])
    kept = {record.values["id"]: record for record in first.values()}
    reading.rows[gathered.table] = {name: record.number for name, record in kept.items()}
    return dict(sorted(kept.items()))
