"""Reading records: by id, by fields, by what falls due; ids are found however they are spelled (convention §12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from supplier_eval.errors import Finding, NotAStore, Refused, UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.audit import GENESIS, AuditRow
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.record import Stored
from supplier_eval.registry.store_engine import Driver
from supplier_eval.registry.store_fields import Fields
from supplier_eval.registry.store_statements import (
    by_key,
    condition,
    field_named,
    keys_among,
    listed,
    matching,
    quoted,
    record_columns,
)
from supplier_eval.registry.store_tables import KEY, STATE, shapes

CHUNK = 500
NEAR = 20
LINES = f"SELECT {listed(AuditRow._fields)} FROM audit"


class Reading:
    """What may be asked inside one transaction; also what guards are given.

    Parameters
    ----------
    transaction : Connection or Driver
        That is open.
    """

    def __init__(self, transaction: Connection | Driver) -> None:
        self.driver = transaction if isinstance(transaction, Driver) else Driver.of(transaction)
        self._mark = self.driver.mark

    def get(self, kind: str, key: str) -> Stored | None:
        """The record with this id, however spelled; None where there is none."""
        fields = _fields(kind)
        found = self.driver.rows(by_key(kind, self._mark), (id_key(key),))
        return stored(fields, found[0]) if found else None

    def where(self, kind: str, /, states: Iterable[str] = (), **equals: object) -> tuple[Stored, ...]:
        """All records of a kind whose fields equal these values (in these states), by id."""
        fields = _fields(kind)
        number, shape, given = _asked(fields, states, equals)
        rows = self.driver.rows(matching(kind, number, shape, self._mark), given)
        return tuple([stored(fields, row) for row in rows])

    def count(self, kind: str, /, states: Iterable[str] = (), **equals: object) -> int:
        """How many `where` would give."""
        number, shape, given = _asked(_fields(kind), states, equals)
        told = condition(kind, number, shape, self._mark)
        return int(self.driver.rows(f"SELECT count(*) FROM {quoted(kind)}{told}", given)[0][0])

    def states(self, kind: str) -> dict[str, int]:
        """State → how many records of a kind stand there, by state."""
        state = quoted(STATE)
        query = f"SELECT {state}, count(*) FROM {quoted(_fields(kind).kind)} GROUP BY {state} ORDER BY {state}"
        return {name: number for name, number in self.driver.rows(query)}  # noqa: C416 - rows are no pairs

    def between(
        self,
        kind: str,
        field: str,
        first: date | datetime | None,
        last: date | datetime | None,
        but: Collection[str] = (),
    ) -> tuple[Stored, ...]:
        """Records whose day or moment lies from `first` to `last`, both included, not in the states of `but`.

        In order of the day, then of the id; None leaves a side open.
        """
        fields, mark = _fields(kind), self._mark
        place, told, given = quoted(field_named(fields, field)), [], []
        for sign, bound in ((">=", first), ("<=", last)):
            if bound is not None:
                told.append(f"{place} {sign} {mark}")
                given.append(fields.value(field, bound))
        if but:
            told.append(f"{quoted(STATE)} NOT IN ({', '.join([mark] * len(but))})")
        told = told or [f"{place} IS NOT NULL"]
        query = f"SELECT {record_columns(kind)} FROM {quoted(kind)} WHERE {' AND '.join(told)} ORDER BY {place}, id"
        return tuple(stored(fields, row) for row in self.driver.rows(query, (*given, *sorted(but))))

    def every(self, kind: str) -> Iterator[Stored]:
        """All records of a kind, by id, a few at a time."""
        fields = _fields(kind)
        query = f"SELECT {record_columns(kind)} FROM {quoted(kind)} ORDER BY {quoted('id')}"
        return (stored(fields, row) for row in self.driver.stream(query))

    def unknown(self, kind: str, key: str) -> UnknownName:
        """What is said of an id that there is not: some that stand where it would, and how many there are."""
        return UnknownName(kind, key, self.near(kind, key), self.count(kind))

    def near(self, kind: str, key: str) -> tuple[str, ...]:
        """Some ids that stand where this one would: from its first letter on, then before it."""
        place, first = quoted(KEY), id_key(key)[:1]
        found: list[str] = []
        for side, order in ((">=", "ASC"), ("<", "DESC")):
            query = f"SELECT id FROM {quoted(kind)} WHERE {place} {side} {self._mark} ORDER BY {place} {order} "
            found += [row[0] for row in self.driver.rows(f"{query}LIMIT {NEAR - len(found)}", (first,))]
        return tuple(found)

    def spelled(self, kind: str, ids: Collection[str]) -> dict[str, str]:
        """Key → id as stored, of those that there are."""
        keys, found = sorted({id_key(name) for name in ids}), {}
        for start in range(0, len(keys), CHUNK):
            some = keys[start : start + CHUNK]
            found.update(dict(self.driver.rows(keys_among(kind, len(some), self._mark), some)))
        return found

    def lines(self, after: int = 0) -> Iterator[AuditRow]:
        """The audit from behind a line on, in order, a few at a time."""
        rows = self.driver.stream(f"{LINES} WHERE seq > {self._mark} ORDER BY seq", (after,))
        return (AuditRow(*row) for row in rows)

    def lines_of(self, kind: str, key: str) -> tuple[AuditRow, ...]:
        """The audit of one record, in order."""
        mark = self._mark
        rows = self.driver.rows(f"{LINES} WHERE kind = {mark} AND id = {mark} ORDER BY seq", (kind, key))
        return tuple(AuditRow(*row) for row in rows)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last line of the audit."""
        found = self.driver.rows("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
        return (found[0][0], found[0][1]) if found else (0, GENESIS)

    def meta(self, name: str) -> str:
        """A value of the store's own.

        Raises
        ------
        NotAStore
            Where it was taken out.
        """
        found = self.driver.rows(f"SELECT value FROM meta WHERE name = {self._mark}", (name,))
        if not found:
            raise NotAStore(Finding("registry.row.damaged", "meta", "name", value=name, facts={"why": "no such row"}))
        return str(found[0][0])

    def content(self, digest: str) -> bytes | None:
        """The content with this digest; None where there is none."""
        found = self.driver.rows(f"SELECT bytes FROM content WHERE digest = {self._mark}", (digest,))
        return bytes(found[0][0]) if found else None


def stored(fields: Fields, row: Sequence[Any]) -> Stored:
    """A row of a kind's table as a record with its state.

    Raises
    ------
    NotAStore
        Naming the record, where a column holds what no field can be read from.
    """
    n = len(fields.names)
    try:
        made: Stored = object.__new__(Stored)  # as its own __init__ would, in half the time
        kept = {
            "record": fields.record(row),
            "state": row[n],
            "version": row[n + 1],
            "changed_at": datetime.fromisoformat(row[n + 2]),
            "changed_by": row[n + 3],
        }
        object.__setattr__(made, "__dict__", kept)
        return made
    except (ValueError, TypeError, ArithmeticError) as wrong:
        finding = Finding("registry.row.damaged", fields.kind, "id", value=str(row[0]), facts={"why": str(wrong)})
        raise NotAStore(finding) from wrong


def _fields(kind: str) -> Fields:
    found = shapes().get(kind)
    return found if found is not None else shapes()[kind_named(kind).kind]


def _asked(
    fields: Fields, states: Iterable[str], equals: dict[str, object]
) -> tuple[int, tuple[tuple[str, bool], ...], list[Any]]:
    """How many states, which fields and whether they are filled, and the values as they are compared."""
    given: list[Any] = [states] if isinstance(states, str) else list(states)
    number = len(given)
    shape = tuple([(field_named(fields, name), value is not None) for name, value in equals.items()])
    given += [_as_held(fields, name, value) for name, value in equals.items() if value is not None]
    return number, shape, given


def _as_held(fields: Fields, name: str, value: object) -> object:
    """A value as it is compared: ids by their key."""
    column = fields.by_name[name]
    by_id = name == "id" or (column.refers and not column.many)
    if isinstance(value, str) and "\x00" in value and not by_id:
        raise Refused([Finding(f"{fields.kind}.{name}.nul", fields.kind, name, value=value)])
    return id_key(value) if by_id and isinstance(value, str) else fields.value(name, value)


__all__ = ["Reading", "quoted", "stored"]
