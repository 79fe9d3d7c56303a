"""Reading records: by id, by fields, by what falls due; ids are found however they are spelled (convention §12)."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from supplier_eval.errors import Finding, NotAStore, UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.audit import GENESIS, AuditRow
from supplier_eval.registry.kinds import kind_named
from supplier_eval.registry.record import Record, Stored
from supplier_eval.registry.store_fields import Fields
from supplier_eval.registry.store_tables import KEY, STATE, SYSTEM, declared_tables, shapes

CHUNK = 500
NEAR = 20


class Reading:
    """What may be asked inside one transaction; also what guards are given.

    Parameters
    ----------
    connection : Connection
        Of the transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> Connection:
        """The transaction itself, for questions that stand in the room's other files."""
        return self._connection

    def get(self, kind: str, key: str) -> Stored | None:
        """The record with this id, however spelled; None where there is none."""
        kind_named(kind)
        query = _by_key(kind, self._connection.dialect.name)
        row = self._connection.exec_driver_sql(query, (id_key(key),)).first()
        return None if row is None else stored(shapes()[kind], row)

    def where(self, kind: str, /, states: Iterable[str] = (), **equals: object) -> tuple[Stored, ...]:
        """All records of a kind whose fields equal these values (in these states), by id."""
        fields, query = _matching(kind, states, equals)
        return tuple(stored(fields, row) for row in self._connection.execute(query))

    def count(self, kind: str, /, states: Iterable[str] = (), **equals: object) -> int:
        """How many `where` would give."""
        _, query = _matching(kind, states, equals)
        counted = select(func.count()).select_from(query.order_by(None).subquery())
        return int(self._connection.execute(counted).scalar_one())

    def states(self, kind: str) -> dict[str, int]:
        """State → how many records of a kind stand there, by state."""
        kind_named(kind)
        state = table_of(kind).c[STATE]
        counted = select(state, func.count()).group_by(state).order_by(state)
        return {str(row[0]): int(row[1]) for row in self._connection.execute(counted)}

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
        fields, table = _shape(kind), table_of(kind)
        place = table.c[_known(fields, field)]
        query = _columns(fields, table).where(place.is_not(None)).order_by(place, table.c.id)
        if first is not None:
            query = query.where(place >= fields.value(field, first))
        if last is not None:
            query = query.where(place <= fields.value(field, last))
        if but:
            query = query.where(table.c[STATE].not_in(sorted(but)))
        return tuple(stored(fields, row) for row in self._connection.execute(query))

    def every(self, kind: str) -> Iterator[Stored]:
        """All records of a kind, by id, a few at a time."""
        fields, table = _shape(kind), table_of(kind)
        query = _columns(fields, table).order_by(table.c.id).execution_options(yield_per=CHUNK)
        for row in self._connection.execute(query):
            yield stored(fields, row)

    def near(self, kind: str, key: str) -> tuple[str, ...]:
        """Some ids that stand where this one would."""
        table = table_of(kind)
        after = select(table.c.id).where(table.c[KEY] >= id_key(key)[:1]).order_by(table.c[KEY]).limit(NEAR)
        return tuple(self._connection.execute(after).scalars())

    def spelled(self, kind: str, ids: Collection[str]) -> dict[str, str]:
        """Key → id as stored, of those that there are."""
        table, keys = table_of(kind), sorted({id_key(name) for name in ids})
        found: dict[str, str] = {}
        for start in range(0, len(keys), CHUNK):
            query = select(table.c[KEY], table.c.id).where(table.c[KEY].in_(keys[start : start + CHUNK]))
            found.update((key, name) for key, name in self._connection.execute(query))
        return found

    def lines(self, after: int = 0) -> Iterator[AuditRow]:
        """The audit from behind a line on, in order, a few at a time."""
        audit = declared_tables().tables["audit"]
        query = select(audit).where(audit.c.seq > after).order_by(audit.c.seq).execution_options(yield_per=CHUNK)
        for row in self._connection.execute(query):
            yield AuditRow(*row)

    def lines_of(self, kind: str, key: str) -> tuple[AuditRow, ...]:
        """The audit of one record, in order."""
        audit = declared_tables().tables["audit"]
        query = select(audit).where(audit.c.kind == kind, audit.c.id == key).order_by(audit.c.seq)
        return tuple(AuditRow(*row) for row in self._connection.execute(query))

    def head(self) -> tuple[int, str]:
        """Number and hash of the last line of the audit."""
        row = self._connection.exec_driver_sql("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").first()
        return (0, GENESIS) if row is None else (row[0], row[1])

    def meta(self, name: str) -> str:
        """A value of the store's own."""
        meta = declared_tables().tables["meta"]
        return str(self._connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one())

    def content(self, digest: str) -> bytes | None:
        """The content with this digest; None where there is none."""
        content = declared_tables().tables["content"]
        found = self._connection.execute(select(content.c.bytes).where(content.c.digest == digest)).scalar_one_or_none()
        return None if found is None else bytes(found)


def stored(fields: Fields, row: Sequence[Any]) -> Stored:
    """A row of a kind's table as a record with its state.

    Raises
    ------
    NotAStore
        Naming the record, where a column holds what no field can be read from.
    """
    n = len(fields.names)
    try:
        record: Record = fields.record(row[:n])
        return Stored(record, row[n], row[n + 1], datetime.fromisoformat(row[n + 2]), row[n + 3])
    except (ValueError, TypeError, ArithmeticError) as wrong:
        finding = Finding("registry.row.damaged", fields.kind, "id", value=str(row[0]), facts={"why": str(wrong)})
        raise NotAStore(finding) from wrong


def table_of(kind: str) -> Table:
    """The table of a kind."""
    return declared_tables().tables[kind]


def quoted(name: str) -> str:
    """A name of a table or column as both dialects take it."""
    return '"' + name.replace('"', '""') + '"'


@functools.cache
def _by_key(kind: str, dialect: str) -> str:
    fields = shapes()[kind]
    names = ", ".join(quoted(name) for name in (*fields.names, *SYSTEM))
    mark = "?" if dialect == "sqlite" else "%s"
    return f"SELECT {names} FROM {quoted(kind)} WHERE {quoted(KEY)} = {mark}"


def _shape(kind: str) -> Fields:
    kind_named(kind)
    return shapes()[kind]


def _known(fields: Fields, name: str) -> str:
    if name not in fields.by_name:
        raise UnknownName("field", name, fields.names)
    return name


def _columns(fields: Fields, table: Table) -> Select[Any]:
    return select(*(table.c[name] for name in (*fields.names, *SYSTEM)))


def _matching(kind: str, states: Iterable[str], equals: dict[str, object]) -> tuple[Fields, Select[Any]]:
    fields, table = _shape(kind), table_of(kind)
    query = _columns(fields, table).order_by(table.c.id)
    wanted = sorted({states} if isinstance(states, str) else set(states))
    if wanted:
        query = query.where(table.c[STATE].in_(wanted))
    for name, value in equals.items():
        query = query.where(_equal(fields, table, _known(fields, name), value))
    return fields, query


def _equal(fields: Fields, table: Table, name: str, value: object) -> Any:  # noqa: ANN401 - a clause
    column = fields.by_name[name]
    if value is None:
        return table.c[name].is_(None)
    if name == "id" and isinstance(value, str):
        return table.c[KEY] == id_key(value)
    if column.refers and not column.many and isinstance(value, str):
        other = table_of(column.refers)
        return table.c[name] == select(other.c.id).where(other.c[KEY] == id_key(value)).scalar_subquery()
    if isinstance(value, bool) and column.type == "boolean":
        return table.c[name].is_(value)
    return table.c[name] == fields.value(name, value)
