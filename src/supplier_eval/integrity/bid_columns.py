"""Which column of a table of bids holds what: by its own name, or by the mapping that the user gives."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key

if TYPE_CHECKING:
    import pandas as pd

TABLE = "bids"
ARGUMENTS = "arguments"
REQUIRED = ("tender", "bidder", "price")
OPTIONAL = (
    *("lot", "winner", "reserve", "minimum", "submitted_at", "date", "currency"),
    *("contact", "bank", "address", "buyer", "region"),
)
FIELDS = (*REQUIRED, *OPTIONAL)
CLOSE = 0.8  # from here on two names look like one misspelt: biddr, not minprice for price


def asked_frame(given: object, name: str = "frame") -> pd.DataFrame:
    """Take a table; anything else is refused in words.

    Raises
    ------
    InvalidInput
        If it is no DataFrame.
    """
    import pandas as pd

    return given if isinstance(given, pd.DataFrame) else refuse("asked.frame", name, given)


def refuse(code: str, name: str, given: object, **facts: object) -> NoReturn:
    """Refuse an argument, naming its type and nothing of its content: it can be a whole table."""
    kind = type(given).__name__
    said = "None" if given is None else f"{kind} {given!r}" if isinstance(given, str | int | float) else kind
    raise InvalidInput([Finding(code, ARGUMENTS, name, value=said, facts=facts)], ARGUMENTS)


def find_columns(
    frame: pd.DataFrame,
    columns: object = None,
    fields: tuple[str, ...] = FIELDS,
    required: tuple[str, ...] = REQUIRED,
    table: str = TABLE,
) -> tuple[dict[str, int], list[Finding]]:
    """Find the column of each field.

    Parameters
    ----------
    frame : DataFrame
        The table.
    columns : mapping or None
        Field → column of `frame`. A field that it does not name is looked for under its own name (compared after
        NFKC and case folding).
    fields, required : tuple of str
        Which fields there are, and which must be found.
    table : str
        Name of the table in findings.

    Returns
    -------
    tuple of (dict, list of Finding)
        Field → position of its column, in the order of `fields`, and what is wrong. A column that nothing asks for,
        but whose name is nearly that of a field without column, is a warning: nothing is left out in silence.
    """
    given, findings = _given(columns, fields, table)
    names = [str(name) for name in frame.columns]
    by_key: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        by_key.setdefault(id_key(name), []).append(at)
    found: dict[str, int] = {}
    taken = {place for wanted in given.values() for place in _positions(wanted, frame, by_key)}
    for field in fields:
        wanted = given.get(field, field)
        if field in given:
            places = _positions(wanted, frame, by_key)
        else:
            own = by_key.get(id_key(field), [])
            places = [place for place in own if place not in taken]
            if own and not places and field in required:
                findings.append(_taken(field, own, given, frame, by_key, table))
                continue
        if len(places) > 1:
            facts = {"field": field, "count": len(places)}
            findings.append(Finding("bid_table.column_twice", table, str(wanted), value=str(wanted), facts=facts))
        elif places:
            found[field] = places[0]
        elif field in given or field in required:
            findings.append(_missing(field, str(wanted), names, table))
    free = [field for field in fields if field not in {*found, *given, *required}]
    return found, [*findings, *_shared(found, names, table), *_nearly(found, names, free, table)]


def _given(columns: object, fields: tuple[str, ...], table: str) -> tuple[dict[str, object], list[Finding]]:
    if columns is None:
        return {}, []
    if not isinstance(columns, Mapping):
        refuse("bid_table.columns_mapping", "columns", columns)
    findings = []
    for field in columns:
        if field not in fields:
            near = difflib.get_close_matches(str(field), fields, n=1, cutoff=0.6)
            facts = {
                "known": ", ".join(fields[:7]),
                "more": ", ".join(fields[7:]),
                "near": f"{near[0]}?" if near else "",
            }
            findings.append(Finding("bid_table.field_unknown", table, str(field), value=str(field), facts=facts))
    return {str(field): name for field, name in columns.items() if name is not None}, findings


def _positions(wanted: object, frame: pd.DataFrame, by_key: Mapping[str, list[int]]) -> list[int]:
    """Positions of a column: of exactly that name, else of the same name after NFKC and case folding."""
    exact = [at for at, name in enumerate(frame.columns) if type(name) is type(wanted) and name == wanted]
    return exact or by_key.get(id_key(str(wanted)), [])


def _taken(
    field: str,
    own: list[int],
    given: Mapping[str, object],
    frame: pd.DataFrame,
    by_key: Mapping[str, list[int]],
    table: str,
) -> Finding:
    """A column that a field needs and that the mapping gave to another."""
    users = [name for name, column in given.items() if set(own) & set(_positions(column, frame, by_key))]
    name = str(frame.columns[own[0]])
    return Finding("bid_table.column_shared", table, name, value=name, facts={"fields": ", ".join([*users, field])})


def _missing(field: str, wanted: str, names: list[str], table: str) -> Finding:
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=CLOSE)
    shown = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
    facts = {"field": field, "near": near[0] if near else "", "there": shown or "-"}
    code = "bid_table.column_misspelt" if near else "bid_table.column_missing"
    return Finding(code, table, wanted, value=wanted, facts=facts)


def _shared(found: Mapping[str, int], names: list[str], table: str) -> list[Finding]:
    """One column that two fields name."""
    users: dict[int, list[str]] = {}
    for field, at in found.items():
        users.setdefault(at, []).append(field)
    return [
        Finding("bid_table.column_shared", table, names[at], value=names[at], facts={"fields": ", ".join(named)})
        for at, named in users.items()
        if len(named) > 1
    ]


def _nearly(found: Mapping[str, int], names: list[str], free: list[str], table: str) -> list[Finding]:
    """Columns that are read by nothing, though a field without column is spelled nearly so."""
    used = set(found.values())
    findings = []
    for at, name in enumerate(names):
        near = difflib.get_close_matches(id_key(name), free, n=1, cutoff=0.8) if at not in used else []
        if near:
            facts = {"field": near[0]}
            findings.append(Finding("bid_table.column_near", table, name, (), name, facts, severity="warning"))
    return findings
