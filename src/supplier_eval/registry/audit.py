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

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from typing import NamedTuple

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
    return hashlib.sha256(f"{previous}\n{canonical(row[:9])}".encode()).hexdigest()


def chained(previous: str, row: AuditRow) -> AuditRow:
    """The line with its place in the chain filled in."""
    return row._replace(previous=previous, hash=chain_hash(previous, row))


def picture(record: Record, state: str) -> str:
    """A record and its state as the audit keeps them: canonical JSON, the same for equal records.

    Notes
    -----
    Empty fields (None, "", no items) are left out, so that a field that a later version of the program adds does not
    make an old record look altered. Decimals are written without trailing zeros, moments in UTC.
    """
    fields = {name: value for name, value in record.__dict__.items() if value not in _EMPTY}
    return canonical({"fields": fields, "state": state})


def rules_picture(toml_text: str) -> str:
    """The company's rules as the audit keeps them."""
    return canonical({"fields": {"toml": toml_text}, "state": "in_force"})


def moment_text(moment: datetime) -> str:
    """An aware moment in UTC to the microsecond: ``2026-11-30T08:00:00.000000Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def canonical(value: object) -> str:
    """JSON that is the same for equal values: keys in order, no spaces, decimals as exact text."""
    return _ENCODER.encode(value)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return "0" if value == 0 else format(EXACT.normalize(value), "f")
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the audit")


_EMPTY: tuple[object, ...] = (None, "", ())
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain, allow_nan=False)
