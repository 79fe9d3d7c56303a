"""The store's questions as SQL: put together from the declarations once and kept; what people give is a parameter."""

from __future__ import annotations

import functools

from supplier_eval.errors import UnknownName
from supplier_eval.registry.store_fields import Fields
from supplier_eval.registry.store_tables import KEY, STATE, SYSTEM, shapes


def quoted(name: str) -> str:
    """A name of a table or column as both dialects take it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: tuple[str, ...]) -> str:
    """Names of columns, with commas."""
    return ", ".join(quoted(name) for name in names)


@functools.cache
def record_columns(kind: str) -> str:
    """The columns of a kind's fields, then state, version, and who changed it when."""
    return listed((*shapes()[kind].names, *SYSTEM))


@functools.cache
def by_key(kind: str, mark: str) -> str:
    """One record by the key of its id."""
    return f"SELECT {record_columns(kind)} FROM {quoted(kind)} WHERE {quoted(KEY)} = {mark}"


@functools.lru_cache(maxsize=2_048)
def condition(kind: str, states: int, fields: tuple[tuple[str, bool], ...], mark: str) -> str:
    """``WHERE`` for a number of states and for fields that equal a value, or are empty where the mark is False."""
    told = [f"{quoted(STATE)} IN ({', '.join([mark] * states)})"] if states else []
    told += [_equal(shapes()[kind], name, mark) if given else f"{quoted(name)} IS NULL" for name, given in fields]
    return f" WHERE {' AND '.join(told)}" if told else ""


@functools.lru_cache(maxsize=2_048)
def matching(kind: str, states: int, fields: tuple[tuple[str, bool], ...], mark: str) -> str:
    """The records under such a condition, by id."""
    told = condition(kind, states, fields, mark)
    return f"SELECT {record_columns(kind)} FROM {quoted(kind)}{told} ORDER BY {quoted('id')}"


@functools.cache
def keys_among(kind: str, number: int, mark: str) -> str:
    """Key and id of the records whose key is one of a number of keys."""
    among = ", ".join([mark] * number)
    return f"SELECT {quoted(KEY)}, {quoted('id')} FROM {quoted(kind)} WHERE {quoted(KEY)} IN ({among})"


@functools.cache
def insert(table: str, names: tuple[str, ...], mark: str) -> str:
    """One new row."""
    return f"INSERT INTO {quoted(table)} ({listed(names)}) VALUES ({', '.join([mark] * len(names))})"


@functools.cache
def update(table: str, names: tuple[str, ...], mark: str, key: str = "id") -> str:
    """Other values in one row."""
    columns = ", ".join(f"{quoted(name)} = {mark}" for name in names)
    return f"UPDATE {quoted(table)} SET {columns} WHERE {quoted(key)} = {mark}"


def field_named(fields: Fields, name: str) -> str:
    """The field, which must be one of the kind's."""
    if name not in fields.by_name:
        raise UnknownName("field", name, fields.names)
    return name


def _equal(fields: Fields, name: str, mark: str) -> str:
    """An id is compared by its key, a reference by the key of the id that it holds."""
    column = fields.by_name[name]
    if name == "id":
        return f"{quoted(KEY)} = {mark}"
    if column.refers and not column.many:
        other = f"SELECT {quoted('id')} FROM {quoted(column.refers)} WHERE {quoted(KEY)} = {mark}"
        return f"{quoted(name)} = ({other})"
    return f"{quoted(name)} = {mark}"
