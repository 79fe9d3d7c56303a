"""The audit trail as plain data: what a line says, how lines are chained, how the head is anchored outside.

Each change of the store writes one line in the same transaction: who, when, which record, what it was and what it
became. A line's hash covers the line and the hash before it (SHA-256)::

    h_0 = 64 zeros
    h_n = sha256(h_{n-1} + line feed + canonical JSON of [seq, at, actor, kind, id, event, version, before, after])

so that no line can be altered, dropped or put in between without breaking every later hash. Who rewrites the whole
tail is found against an anchor: number and hash of a line, printed where the store's keeper cannot change it (the
record of the opening, §3.2.2; a report). Nothing here knows a database.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from typing import Any, NamedTuple

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.registry.record import Record

GENESIS = "0" * 64
"""The hash before the first line."""

RULES_KIND = "house_rules"
"""Kind and id under which changes of the company's rules stand in the audit."""

EXACT = Context(prec=60)
ANCHOR = re.compile(r"^\s*([0-9]{1,18})[-:]([0-9a-f]{64})\s*$")


class AuditRow(NamedTuple):
    """One line of the audit, in the types in which it is stored and hashed.

    Parameters
    ----------
    seq : int
        Counts lines from 1 without a gap.
    at : str
        Moment in UTC as `moment_text` writes it.
    actor : str
        Who did it.
    kind, id : str
        The record.
    event : str
        ``add``, ``edit`` or an event of its life cycle.
    version : int
        The record's version after it.
    before, after : str or None
        The record as `picture` writes it; None before it existed.
    previous, hash : str
        Hash of the line before and of this one; hexadecimal.
    """

    seq: int
    at: str
    actor: str
    kind: str
    id: str
    event: str
    version: int
    before: str | None
    after: str | None
    previous: str = ""
    hash: str = ""


@dataclass(frozen=True)
class Anchor:
    """Number and hash of a line: what is printed outside the store, and later held against it.

    Parameters
    ----------
    seq : int
        Number of the line; 0 for a store without lines.
    hash : str
        Its hash.
    """

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}-{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Anchor:
        """Read an anchor as it was printed.

        Raises
        ------
        InvalidInput
            Where the text is not a number, a dash and 64 hexadecimal digits.
        """
        found = ANCHOR.match(text.lower())
        if found is None:
            raise InvalidInput([Finding("audit.anchor_form", "anchor", value=text)])
        return cls(int(found[1]), found[2])


def chain_hash(previous: str, row: AuditRow) -> str:
    """The hash of a line, given that of the line before; `row.previous` and `row.hash` are not read.

    Parameters
    ----------
    previous : str
        Hash of the line before; `GENESIS` for the first.
    row : AuditRow
        The line; its first nine parts are hashed.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    seq, at, actor, kind, key, event, version, before, after = row[:9]
    shown = ",".join(_QUOTED(part) if part is not None else "null" for part in (before, after))
    told = f"[{seq},{_QUOTED(at)},{_QUOTED(actor)},{_QUOTED(kind)},{_QUOTED(key)},{_QUOTED(event)},{version},{shown}]"
    return hashlib.sha256(f"{previous}\n{told}".encode()).hexdigest()


def chained(previous: str, row: AuditRow) -> AuditRow:
    """The line with its place in the chain filled in."""
    return AuditRow(*row[:9], previous, chain_hash(previous, row))


def picture(record: Record, state: str) -> str:
    """A record and its state as the audit keeps them: canonical JSON, the same for equal records.

    Notes
    -----
    Empty fields (None, "", no items) are left out, so that a field that a later version of the program adds does not
    make an old record look altered. Decimals are written without trailing zeros, moments in UTC.
    """
    given = record.__dict__
    told = [
        f'"{name}":{_QUOTED(value) if type(value) is str else _WRITERS.get(type(value), canonical)(value)}'
        for name in _names(type(record))
        if (value := given[name]) or not (value is None or value in ("", ()))
    ]
    return f'{{"fields":{{{",".join(told)}}},"state":{_QUOTED(state)}}}'


def rules_picture(toml_text: str) -> str:
    """The company's rules as the audit keeps them."""
    return canonical({"fields": {"toml": toml_text}, "state": "in_force"})


def moment_text(moment: datetime) -> str:
    """An aware moment in UTC to the microsecond: ``2026-11-30T08:00:00.000000Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def canonical(value: object) -> str:
    """JSON that is the same for equal values: keys in order, no spaces, decimals as exact text."""
    return _ENCODER.encode(value)


def _said_or_null(text: str | None) -> str:
    return "null" if text is None else _QUOTED(text)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return "0" if value == 0 else format(EXACT.normalize(value), "f")
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the audit")


@functools.cache
def _names(declared: type[Record]) -> tuple[str, ...]:
    """Fields of a kind in the order of canonical JSON."""
    return tuple(sorted(declared.model_fields))


_QUOTED: Callable[[str], str] = json.encoder.encode_basestring
_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _QUOTED,
    bool: lambda value: "true" if value else "false",
    int: str,
    Decimal: lambda value: f'"{_plain(value)}"',
    datetime: lambda value: f'"{moment_text(value)}"',
    date: lambda value: f'"{value.isoformat()}"',
    tuple: lambda value: f"[{','.join([_WRITERS.get(type(item), canonical)(item) for item in value])}]",
}
"""The commonest values without an encoder's start; the same text as `canonical` gives."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain, allow_nan=False)
