"""What is declared once for a whole award, as people write it, read into `Terms`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar, get_args

from supplier_eval.award.objective import NAMES, Goal, goal_of, measure_of
from supplier_eval.award.reading_cells import Reader, figure_of, is_blank, yes_no_of
from supplier_eval.award.reading_fields import code_of
from supplier_eval.award.reading_tables import Gathered, Reading, nearest
from supplier_eval.award.terms import FINEST_GRID, Cover, Terms
from supplier_eval.intake.cell_values import Problem

TERM_NAMES = (
    *("objective", "sense", "cover", "free_disposal", "unserved_cost", "grid", "share_step"),
    *("currency", "minor_units", "tie_keys"),
)
COVERS: tuple[Cover, ...] = get_args(Cover)
ISO = re.compile("[A-Z]{3}", re.ASCII)
TIE_KEYS = ("cost", "score", "winners")
MEASURES = (*NAMES, "attr:NAME", "max_attr:NAME", "min_attr:NAME")
T = TypeVar("T")
SENTENCE = "a name, a mapping of names to weights above 0, or a list of these"


def read_terms(given: Mapping[str, object], reading: Reading) -> tuple[Terms, Fraction | None]:
    """Read the terms of an award.

    Parameters
    ----------
    given : mapping
        Keys as in `TERM_NAMES`; ``sense`` is another word for ``objective``, ``free_disposal`` true for a cover.
    reading : Reading
        Takes the findings.

    Returns
    -------
    tuple of (Terms, Fraction or None)
        Terms, with defaults where something could not be read; cost of a unit that stays unserved, for lots that
        state none of their own.
    """
    gathered = Gathered("terms")
    said = {name: value for name, value in given.items() if not is_blank(value)}
    for name in given:
        if name not in TERM_NAMES:
            facts = {"known": ", ".join(TERM_NAMES), "near": nearest(name, TERM_NAMES)}
            gathered.note("award.key_unknown", name, 0, name, **facts)
    read: dict[str, Any] = {
        "goal": _goal(said, gathered),
        "cover": _cover(said, gathered),
        "grid": _grid(said, gathered),
        "currency": _one(said, "currency", "", _currency, gathered),
        "minor_units": _one(said, "minor_units", 2, _minor_units, gathered),
        "tie_keys": _tie_keys(said, gathered),
    }
    unserved = _one(said, "unserved_cost", None, Reader("money"), gathered)
    reading.findings += gathered.findings()
    return Terms(**read), unserved


def _one(
    said: Mapping[str, object], name: str, default: T, read: Callable[[Any], T | Problem | object], gathered: Gathered
) -> T:
    """One term, its default where it is not stated or not to be read."""
    if name not in said:
        return default
    value = read(said[name])
    if isinstance(value, Problem):
        gathered.note(code_of(value), name, 0, value.value)
        return default
    return value  # type: ignore[return-value]


def _goal(said: Mapping[str, object], gathered: Gathered) -> Goal:
    """The objective; cost where none is stated."""
    if "objective" in said and "sense" in said and said["objective"] != said["sense"]:
        gathered.note("award.term_twice", "objective", 0, said["objective"], other="sense")
    given = said.get("objective", said.get("sense", "cost"))
    try:
        for stage in (given,) if isinstance(given, str | Mapping) else given if isinstance(given, Sequence) else ():
            _measured_twice(stage, gathered)
        return goal_of(given)
    except KeyError as unknown:
        name = str(unknown.args[0])
        facts = {"known": ", ".join(MEASURES), "near": nearest(name, NAMES)}
        gathered.note("award.objective_unknown", "objective", 0, name, **facts)
    except (ValueError, ZeroDivisionError):
        told = (
            ", ".join(f"{name} = {weight}" for name, weight in given.items()) if isinstance(given, Mapping) else given
        )
        gathered.note("award.objective_shape", "objective", 0, told)
    return goal_of("cost")


def _measured_twice(stage: object, gathered: Gathered) -> None:
    """The same measure under two names in one sum, where their weights would be added or cancel out."""
    names = [str(name) for name in stage] if isinstance(stage, Mapping) else []
    measures = [measure_of(name)[0] for name in names]
    for measure in sorted({measure for measure in measures if measures.count(measure) > 1}):
        both = ", ".join(name for name, own in zip(names, measures, strict=True) if own == measure)
        gathered.note("award.objective_twice", "objective", 0, measure, measure, names=both)


def _cover(said: Mapping[str, object], gathered: Gathered) -> Cover:
    """How often a lot is awarded; ``free_disposal`` alone says at least once."""
    free = _one(said, "free_disposal", False, yes_no_of, gathered)
    cover = said.get("cover", "free_disposal" if free else "exactly")
    if cover not in COVERS:
        facts = {"known": ", ".join(COVERS), "near": nearest(str(cover), COVERS)}
        gathered.note("award.cover", "cover", 0, cover, **facts)
        return "exactly"
    if free and cover != "free_disposal":
        gathered.note("award.term_twice", "cover", 0, cover, other="free_disposal")
    return next(known for known in COVERS if known == cover)


def _grid(said: Mapping[str, object], gathered: Gathered) -> int:
    """Units in a whole lot, from their number or from the step of a share."""
    found: list[int] = []
    for name in ("grid", "share_step"):
        if name not in said:
            continue
        read = figure_of(said[name])
        if isinstance(read, Problem):
            gathered.note(code_of(read), name, 0, read.value)
            continue
        units = read if name == "grid" else (1 / read if read else read)
        if units.denominator != 1 or not 1 <= units <= FINEST_GRID:
            gathered.note(f"award.{name}", name, 0, said[name], finest=FINEST_GRID)
            continue
        found.append(int(units))
    if len(set(found)) > 1:
        gathered.note("award.term_twice", "grid", 0, found[0], other="share_step")
    return found[0] if found else FINEST_GRID


def _currency(cell: object) -> object:
    """Three capital letters, as in ISO 4217."""
    if isinstance(cell, str) and ISO.fullmatch(cell.strip()):
        return cell.strip()
    return Problem("award.currency", str(cell))


def _minor_units(cell: object) -> object:
    read = figure_of(cell)
    if isinstance(read, Problem):
        return read
    return int(read) if read.denominator == 1 and 0 <= read <= 6 else Problem("award.minor_units", str(cell))


def _tie_keys(said: Mapping[str, object], gathered: Gathered) -> tuple[str, ...]:
    """Keys of ties, in order; one text is one key."""
    given = said.get("tie_keys", TIE_KEYS)
    keys = [given] if isinstance(given, str) else given
    if not isinstance(keys, Sequence):
        gathered.note("award.tie_keys_shape", "tie_keys", 0, type(given).__name__)
        return TIE_KEYS
    for key in keys:
        if key not in TIE_KEYS and not (isinstance(key, str) and key.startswith("attr:") and len(key) > len("attr:")):
            facts = {"known": ", ".join((*TIE_KEYS, "attr:NAME")), "near": nearest(str(key), TIE_KEYS)}
            gathered.note("award.tie_key", "tie_keys", 0, key, str(key), **facts)
    return tuple(dict.fromkeys(str(key) for key in keys))
