"""The questions of the views as SQL: one statement each, over indexed columns where there is an index.

Statements are put together from the declarations alone and kept; what people give goes in as parameters.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from supplier_eval.registry.audit import AuditRow
from supplier_eval.registry.record import Stored
from supplier_eval.registry.store_engine import Driver
from supplier_eval.registry.store_reading import stored
from supplier_eval.registry.store_statements import quoted
from supplier_eval.registry.store_tables import CHANGED_AT, KEY, STATE, SYSTEM, shapes

LITE = "?"
"""Placeholder by which SQLite is told."""
LAST_LETTER = "\U0010ffff"
SURROGATES = range(0xD800, 0xE000)
OWN_COLUMNS = {"audit": set(AuditRow._fields), "content": {"digest", "bytes"}}
_LITE_COLUMNS = (
    "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns "
    "WHERE tables.type = 'table'"
)
_SERVER_COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"


def matching_rows(
    driver: Driver, kind: str, clauses: Sequence[tuple[str, str, Sequence[Any]]], order: str, limit: int
) -> tuple[Stored, ...]:
    """Records of a kind under clauses of (operator, column, values), in order of a column and the id.

    Parameters
    ----------
    driver : Driver
        Of a transaction.
    kind : str
        A declared kind.
    clauses : sequence of (str, str, sequence)
        Operator ``equal``, ``in``, ``prefix`` or ``contains``; a declared column; values as the column holds them.
    order : str
        Column by which they are sorted.
    limit : int
        Records at most.
    """
    given: list[Any] = []
    shape = []
    for operator, column, values in clauses:
        open_ended = operator == "prefix" and not _after(values[0])
        shape.append(("from" if open_ended else operator, column, len(values)))
        given += [values[0], _after(values[0])] if operator == "prefix" and not open_ended else values
    query = _matching(kind, tuple(shape), order, driver.mark)
    fields = shapes()[kind]
    return tuple([stored(fields, row) for row in driver.rows(query, (*given, limit))])


def rows_of(driver: Driver, kind: str, field: str, value: str, limit: int) -> tuple[Stored, ...]:
    """Records of a kind whose field equals an id, by id."""
    fields = shapes()[kind]
    query = _matching(kind, (("equal", field, 1),), "id", driver.mark)
    return tuple([stored(fields, row) for row in driver.rows(query, (value, limit))])


def rows_through(
    driver: Driver, kind: str, through: tuple[str, str], own: str, supplier: str, limit: int
) -> tuple[Stored, ...]:
    """Records of a kind whose field names another record of a supplier, such as a contract; by id.

    Parameters
    ----------
    through : (str, str)
        The field, and the kind that it names.
    own : str
        Field of the kind that names a supplier itself, and is empty in what is asked for; "" for none.
    """
    fields = shapes()[kind]
    query = _through(kind, *through, own, driver.mark)
    return tuple([stored(fields, row) for row in driver.rows(query, (supplier, limit))])


def state_counts(driver: Driver, kind: str) -> list[tuple[str, int, str]]:
    """State, how many records stand in it, and the moment of the oldest last change; by state."""
    state, changed = quoted(STATE), quoted(CHANGED_AT)
    query = f"SELECT {state}, count(*), min({changed}) FROM {quoted(kind)} GROUP BY {state} ORDER BY {state}"
    return [(row[0], row[1], row[2]) for row in driver.rows(query)]


def missing_tables(driver: Driver) -> tuple[str, ...]:
    """Tables of the store that are not there, or not with every column that they are read by; by name."""
    there: dict[str, set[str]] = {}
    for table, column in driver.rows(_LITE_COLUMNS if driver.mark == LITE else _SERVER_COLUMNS):
        there.setdefault(str(table), set()).add(str(column))
    asked = {kind: {*fields.names, *SYSTEM, KEY} for kind, fields in shapes().items()} | OWN_COLUMNS
    return tuple(sorted(name for name, columns in asked.items() if columns - there.get(name, set())))


def raw_rows(driver: Driver, kind: str) -> Iterator[Sequence[Any]]:
    """Every row of a kind as it stands: fields, state, version, who changed it when, and the key of its id."""
    names = ", ".join(quoted(name) for name in (*shapes()[kind].names, *SYSTEM, KEY))
    yield from driver.stream(f"SELECT {names} FROM {quoted(kind)} ORDER BY {quoted('id')}")


def contents(driver: Driver) -> Iterator[tuple[str, bytes]]:
    """Every content with its digest, one at a time."""
    query = f"SELECT {quoted('digest')}, {quoted('bytes')} FROM {quoted('content')} ORDER BY {quoted('digest')}"
    for digest, content in driver.stream(query):
        yield str(digest), bytes(content)


@functools.cache
def _through(kind: str, field: str, other: str, own: str, mark: str) -> str:
    names = ", ".join(quoted(name) for name in (*shapes()[kind].names, *SYSTEM))
    theirs = f'SELECT "id" FROM {quoted(other)} WHERE "supplier" = {mark}'
    told = f"{quoted(field)} IN ({theirs})" + (f" AND {quoted(own)} IS NULL" if own else "")
    return f"SELECT {names} FROM {quoted(kind)} WHERE {told} ORDER BY {_bytewise(kind, 'id', mark)} LIMIT {mark}"


@functools.lru_cache(maxsize=512)
def _matching(kind: str, shape: tuple[tuple[str, str, int], ...], order: str, mark: str) -> str:
    names = ", ".join(quoted(name) for name in (*shapes()[kind].names, *SYSTEM))
    told = [_clause(operator, column, n, mark) for operator, column, n in shape]
    where = f" WHERE {' AND '.join(told)}" if told else ""
    by = ", ".join(dict.fromkeys(_bytewise(kind, column, mark) for column in (order, "id")))
    return f"SELECT {names} FROM {quoted(kind)}{where} ORDER BY {by} LIMIT {mark}"


def _clause(operator: str, column: str, n: int, mark: str) -> str:
    lite, name = mark == LITE, quoted(column)
    bytewise = name if lite else f'{name} COLLATE "C"'
    return {
        "equal": f"{name} = {mark}" if n else f"{name} IS NULL",
        "in": f"{name} IN ({', '.join([mark] * n)})",
        "contains": f"{'instr' if lite else 'strpos'}(lower({name}), lower({mark})) > 0",
        "prefix": f"({bytewise} >= {mark} AND {bytewise} < {mark})",
        "from": f"{bytewise} >= {mark}",
    }[operator]


def _after(prefix: str) -> str:
    """The least text that is above every text with this prefix; empty where there is none."""
    kept = prefix.rstrip(LAST_LETTER)
    if not kept:
        return ""
    number = ord(kept[-1]) + 1
    return kept[:-1] + chr(SURROGATES.stop if number in SURROGATES else number)


def _bytewise(kind: str, column: str, mark: str) -> str:
    """Order by letters' numbers in both dialects."""
    collated = mark != LITE and shapes()[kind].by_name[column].type == "text"
    return f'{quoted(column)} COLLATE "C"' if collated else quoted(column)


@functools.lru_cache(maxsize=1024)
def due_statement(
    kind: str, field: str, columns: tuple[str, ...], done: str, closed: int, strictly: bool, mark: str
) -> str:
    """What falls due in one field of one kind: these columns and the state, by day and id.

    Parameters
    ----------
    done : str
        Field that is empty as long as it was not done.
    closed : int
        How many states there are in which nothing falls due; they are given after the day.
    strictly : bool
        True where the moment that is given is itself past the end.
    mark : str
        Placeholder of the driver.
    """
    names = ", ".join(quoted(name) for name in (*columns, STATE))
    told = [f"{quoted(field)} {'<' if strictly else '<='} {mark}"]
    if done:
        told.append(f"{quoted(done)} IS NULL")
    if closed:
        told.append(f"{quoted(STATE)} NOT IN ({', '.join([mark] * closed)})")
    return f"SELECT {names} FROM {quoted(kind)} WHERE {' AND '.join(told)} ORDER BY {quoted(field)}, {quoted('id')}"
