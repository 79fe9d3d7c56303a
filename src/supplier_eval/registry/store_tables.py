"""The tables, made from the declarations: one a kind, with real columns, references, and indexes where one looks up.

A description is plain data (what a migration freezes); the tables of every dialect are built from it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine, UserDefinedType

from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.store_fields import Fields

OWN: Mapping[str, tuple[str, ...]] = MappingProxyType({"audit": ("id",), "content": (), "meta": ()})
"""The store's own tables, and the columns by which one looks up in them."""
KEY, STATE, VERSION, CHANGED_AT, CHANGED_BY = "_key", "_state", "_version", "_changed_at", "_changed_by"
SYSTEM = (STATE, VERSION, CHANGED_AT, CHANGED_BY)

Description = Mapping[str, Any]


class Date(UserDefinedType[Any]):
    """A day: ISO text goes in; the driver's own form comes out."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The name of the type in both dialects."""
        return "DATE"


LETTERS: TypeEngine[Any] = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that both dialects compare and sort by the numbers of its letters."""
TYPES: Mapping[str, TypeEngine[Any]] = MappingProxyType(
    {"text": LETTERS, "integer": BigInteger(), "boolean": Boolean(), "date": Date()}
)


@functools.cache
def shapes() -> Mapping[str, Fields]:
    """Kind → how its fields stand in columns."""
    found = {kind: Fields(declared) for kind, declared in kinds().items()}
    for kind in found:
        if kind in OWN:
            raise RuntimeError(f"a kind may not be called {kind}: the store has a table of that name")
    return MappingProxyType(found)


def described() -> dict[str, Any]:
    """What the declarations ask for, as plain data: kind → columns, references, indexes."""
    return {
        kind: {
            "columns": [[c.name, c.type, c.nullable] for c in fields.columns],
            "refers": {c.name: c.refers for c in fields.columns if c.refers and not c.many},
            "indexes": [c.name for c in fields.columns if c.indexed],
        }
        for kind, fields in shapes().items()
    }


def built(description: Description) -> MetaData:
    """Tables of a description, with the three of the store's own."""
    metadata = MetaData()
    _own_tables(metadata)
    for kind, asked in description.items():
        if kind not in OWN:
            _kind_table(metadata, kind, asked)
        for name in asked["indexes"]:
            Index(index_name(kind, name), metadata.tables[kind].c[name])
    return metadata


def column(kind: str, name: str, type_: str, nullable: bool, refers: str = "") -> Column[Any]:
    """One column of a kind; a reference is checked when the transaction ends."""
    link = [
        ForeignKey(f"{refers}.id", name=f"fk_{kind}_{name}", deferrable=True, initially="DEFERRED")
        for _ in range(bool(refers))
    ]
    return Column(name, TYPES[type_], *link, nullable=nullable, primary_key=name == "id")


def index_name(kind: str, name: str) -> str:
    """``ix_bid_tender``."""
    return f"ix_{kind}_{name}"


def _kind_table(metadata: MetaData, kind: str, asked: Mapping[str, Any]) -> None:
    refers = asked["refers"]
    table = Table(
        kind,
        metadata,
        *(column(kind, name, type_, nullable, refers.get(name, "")) for name, type_, nullable in asked["columns"]),
        Column(KEY, LETTERS, nullable=False),
        Column(STATE, LETTERS, nullable=False),
        Column(VERSION, BigInteger, nullable=False),
        Column(CHANGED_AT, LETTERS, nullable=False),
        Column(CHANGED_BY, LETTERS, nullable=False),
        UniqueConstraint(KEY, name=f"uq_{kind}_key"),
    )
    Index(index_name(kind, STATE), table.c[STATE])


def _own_tables(metadata: MetaData) -> None:
    Table(
        "audit",
        metadata,
        Column("seq", BigInteger().with_variant(_Integer(), "sqlite"), primary_key=True, autoincrement=False),
        Column("at", LETTERS, nullable=False),
        Column("actor", LETTERS, nullable=False),
        Column("kind", LETTERS, nullable=False),
        Column("id", LETTERS, nullable=False),
        Column("event", LETTERS, nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("before", LETTERS),
        Column("after", LETTERS),
        Column("previous", LETTERS, nullable=False),
        Column("hash", LETTERS, nullable=False),
    )
    Table(
        "content", metadata, Column("digest", LETTERS, primary_key=True), Column("bytes", LargeBinary, nullable=False)
    )
    Table("meta", metadata, Column("name", LETTERS, primary_key=True), Column("value", LETTERS, nullable=False))


class _Integer(UserDefinedType[Any]):
    """SQLite's own row number, which costs no index."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "INTEGER"
