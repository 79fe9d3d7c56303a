"""What goes by steps: discount tiers of suppliers, cost curves of bids; beside the part or as a table of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from supplier_eval.award.parts import BidKey, Segment, Tiers
from supplier_eval.award.reading_cells import TYPED, Reader, is_blank
from supplier_eval.award.reading_fields import FIELDS, code_of, read_records
from supplier_eval.award.reading_tables import Gathered, Reading, nearest, table_of
from supplier_eval.intake.cell_values import Problem
from supplier_eval.intake.identifiers import id_key

TIER_KINDS = ("all_units", "incremental")
BASES = ("spend", "volume")
TIER_KEYS = ("kind", "basis", "breaks", "discount")
SEGMENT_KEYS = ("qlo", "qhi", "fixed", "slope")
Told = dict[str, tuple[str, Tiers | None, int]]
Curves = dict[BidKey, tuple[tuple[Segment, ...], int, tuple[str, ...]]]


def read_tiers(given: object, reading: Reading) -> Told:
    """Read the discounts that stand apart from the suppliers.

    Parameters
    ----------
    given : mapping of supplier id to tiers, table with a row a tier, or None
        As in docs/award-problem.md.
    reading : Reading
        Takes the findings.

    Returns
    -------
    dict
        Key of the supplier id → its spelling, tiers (None where they are wrong) and first row.
    """
    if isinstance(given, Mapping):
        gathered = Gathered("tiers")
        told: Told = {}
        for number, (name, own) in enumerate(given.items(), start=1):
            told[id_key(str(name))] = (str(name), tiers_of(own, gathered, str(name), number), number)
        reading.findings += gathered.findings()
        return told
    records, gathered = read_records(table_of(given, "tiers", reading), reading)
    own_rows = defaultdict(list)
    for record in records:
        if "supplier" in record.values:
            own_rows[id_key(record.values["supplier"])].append(record)
    told = {}
    for key, rows in own_rows.items():
        name, first = min(row.values["supplier"] for row in rows), min(row.number for row in rows)
        if any(row.unread or row.lacks("break") or row.lacks("discount") or row.lacks("kind") for row in rows):
            told[key] = (name, None, first)
            continue
        rows.sort(key=lambda row: (row.values["break"], row.number))
        said = {column: {row.values.get(column, "") for row in rows} for column in ("kind", "basis")}
        for column, values in said.items():
            if len(values) > 1:
                gathered.note("award.tiers_mixed", column, first, " / ".join(sorted(values)), name, supplier=name)
        steps = tuple(row.values["break"] for row in rows), tuple(row.values["discount"] for row in rows)
        kind, basis = (min(said[column]) for column in ("kind", "basis"))
        told[key] = (name, _checked(kind, basis, *steps, gathered, name, first), first)
    reading.findings += gathered.findings()
    return told


def tiers_of(given: object, gathered: Gathered, supplier: str, row: int) -> Tiers | None:
    """Read the discounts of one supplier from a mapping; None where something is wrong, which is noted."""
    said = _mapping(given)
    if said is None:
        gathered.note("award.tiers_shape", "tiers", row, type(given).__name__, supplier=supplier)
        return None
    wrong = [key for key in said if key not in TIER_KEYS]
    for key in wrong:
        facts = {"known": ", ".join(TIER_KEYS), "near": nearest(str(key), TIER_KEYS)}
        gathered.note("award.step_key_unknown", "tiers", row, key, str(key), **facts)
    for key in ("kind", "breaks", "discount"):
        if is_blank(said.get(key)):
            gathered.note("award.step_key_missing", "tiers", row, key, key, known=", ".join(TIER_KEYS))
            wrong.append(key)
    if wrong:
        return None
    breaks = _figures(said["breaks"], "money", gathered, "tiers", row)
    discount = _figures(said["discount"], "share", gathered, "tiers", row)
    if breaks is None or discount is None:
        return None
    return _checked(str(said["kind"]), str(said.get("basis") or ""), breaks, discount, gathered, supplier, row)


def _checked(
    kind: str,
    basis: str,
    breaks: tuple[Fraction, ...],
    discount: tuple[Fraction, ...],
    gathered: Gathered,
    supplier: str,
    row: int,
) -> Tiers | None:
    """Tiers that mean something; every reason why they do not is noted."""
    basis = basis or "spend"
    wrong: list[tuple[str, str, dict[str, object]]] = []
    for code, value, known in (("tiers_kind", kind, TIER_KINDS), ("tiers_basis", basis, BASES)):
        if value not in known:
            wrong.append((code, value, {"known": ", ".join(known), "near": nearest(value, known)}))
    if kind == "incremental" and basis == "volume":
        wrong.append(("tiers_incremental_volume", basis, {}))
    if len(breaks) != len(discount):
        wrong.append(("tiers_length", f"{len(breaks)} / {len(discount)}", {}))
    if not breaks or breaks[0] != 0:
        wrong.append(("tiers_start", _shown(breaks[0]) if breaks else "-", {}))
    steps = pairwise(breaks)
    wrong += [("tiers_order", f"{_shown(low)}, {_shown(high)}", {}) for low, high in steps if high <= low][:1]
    wrong += [("tiers_discount", _shown(rate), {}) for rate in discount if rate == 1][:1]
    for code, value, facts in wrong:
        gathered.note(f"award.{code}", "tiers", row, value, supplier, supplier=supplier, **facts)
    if wrong:
        return None
    return Tiers(kind=kind, basis=basis, breaks=breaks, discount=discount)  # type: ignore[arg-type]


def read_curves(given: object, reading: Reading) -> Curves:
    """Read cost curves from a table with a row a segment, by the keys of their bids.

    Parameters
    ----------
    given : table or None
        Columns lot, supplier, alternate, qlo, qhi, fixed, slope.
    reading : Reading
        Takes the findings.

    Returns
    -------
    dict
        Keys of lot, supplier and alternate → segments (empty where they are wrong), first row, ids as written.
    """
    records, gathered = read_records(table_of(given, "curves", reading), reading)
    own_rows = defaultdict(list)
    for record in records:
        if "lot" in record.values and "supplier" in record.values:
            ids = (record.values["lot"], record.values["supplier"], record.values.get("alternate", ""))
            own_rows[id_key(ids[0]), id_key(ids[1]), ids[2]].append((ids, record))
    curves: Curves = {}
    for key, rows in own_rows.items():
        good = all(not record.unread and not any(map(record.lacks, SEGMENT_KEYS)) for _, record in rows)
        told = [({name: record.values[name] for name in SEGMENT_KEYS}, record.number) for _, record in rows if good]
        first = min(record.number for _, record in rows)
        curves[key] = (_joined(told, gathered, "|".join(part for part in rows[0][0] if part)), first, rows[0][0])
    reading.findings += gathered.findings()
    return curves


def curve_of(given: object, gathered: Gathered, row: int) -> tuple[Segment, ...]:
    """Read the curve that stands in a bid: a list of segments; empty where something is wrong, which is noted."""
    if isinstance(given, str | Mapping) or not isinstance(given, Sequence):
        gathered.note("award.curve_shape", "curve", row, type(given).__name__)
        return ()
    told: list[tuple[dict[str, Fraction], int]] = []
    for entry in given:
        said = _mapping(entry)
        if said is None:
            gathered.note("award.curve_shape", "curve", row, type(entry).__name__)
            return ()
        keys = dict.fromkeys((*SEGMENT_KEYS, *said))
        for key in keys:
            if key not in SEGMENT_KEYS:
                facts = {"known": ", ".join(SEGMENT_KEYS), "near": nearest(str(key), SEGMENT_KEYS)}
                gathered.note("award.step_key_unknown", "curve", row, key, str(key), **facts)
            elif is_blank(said.get(key)):
                gathered.note("award.step_key_missing", "curve", row, key, key, known=", ".join(SEGMENT_KEYS))
        kinds = {key: FIELDS["curves"][key].kind for key in SEGMENT_KEYS}
        values = {key: _figures([said.get(key)], kind, gathered, "curve", row) for key, kind in kinds.items()}
        if keys.keys() != kinds.keys() or any(value is None for value in values.values()):
            return ()
        told.append(({key: value[0] for key, value in values.items() if value}, row))
    return _joined(told, gathered, "")


def _joined(told: list[tuple[dict[str, Fraction], int]], gathered: Gathered, bid: str) -> tuple[Segment, ...]:
    """Segments by quantity, each beginning where the one before ends; what is wrong is noted, for one bid apart."""
    told.sort(key=lambda one: (tuple(one[0][key] for key in SEGMENT_KEYS), one[1]))
    wrong = False
    for at, (own, row) in enumerate(told):
        codes = []
        if own["qhi"] <= own["qlo"]:
            codes.append("curve_segment")
        if min(own["fixed"] + own["slope"] * own[end] for end in ("qlo", "qhi")) < 0:
            codes.append("curve_negative")
        if at and own["qlo"] != told[at - 1][0]["qhi"]:
            codes.append("curve_overlap" if own["qlo"] < told[at - 1][0]["qhi"] else "curve_gap")
        for code in codes:
            before = _shown(told[at - 1][0]["qhi"]) if at else "-"
            facts = {"before": before, "end": _shown(own["qhi"])}
            gathered.note(f"award.{code}", "qlo" if bid else "curve", row, _shown(own["qlo"]), f"{bid}{row}", **facts)
        wrong = wrong or bool(codes)
    return () if wrong else tuple(Segment(**own) for own, _ in told)


def _mapping(given: object) -> Mapping[str, Any] | None:
    if is_dataclass(given) and not isinstance(given, type):
        return {each.name: getattr(given, each.name) for each in fields(given)}
    return given if isinstance(given, Mapping) else None


def _figures(given: object, kind: str, gathered: Gathered, column: str, row: int) -> tuple[Fraction, ...] | None:
    """Figures of a list; None where one is wrong, which is noted (an empty one elsewhere)."""
    if isinstance(given, str) or not isinstance(given, Sequence):
        gathered.note("award.steps_shape", column, row, type(given).__name__)
        return None
    reader = Reader(kind, TYPED)
    read = [Problem("number.empty", "") if is_blank(cell) else reader(cell) for cell in given]
    bad = [value for value in read if isinstance(value, Problem)]
    for problem in bad:
        if problem.code != "number.empty" or column == "tiers":
            gathered.note(code_of(problem), column, row, problem.value)
    return None if bad else tuple(value for value in read if isinstance(value, Fraction))


def _shown(figure: Fraction) -> str:
    return f"{float(figure):.12g}"
