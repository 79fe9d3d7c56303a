"""What a database complains of, said as a fault of the store: locked, full, read-only, no store, unreachable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, TimeoutError

from supplier_eval.errors import Finding, NotAStore, StoreError, StoreFull, StoreLocked, StoreReadOnly

SQLITE: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreLocked, "registry.store.locked"),
    sqlite3.SQLITE_LOCKED: (StoreLocked, "registry.store.locked"),
    sqlite3.SQLITE_FULL: (StoreFull, "registry.store.full"),
    sqlite3.SQLITE_READONLY: (StoreReadOnly, "registry.store.read_only"),
    sqlite3.SQLITE_PERM: (StoreReadOnly, "registry.store.read_only"),
    sqlite3.SQLITE_CANTOPEN: (StoreReadOnly, "registry.store.not_opened"),
    sqlite3.SQLITE_NOTADB: (NotAStore, "registry.store.not_a_store"),
    sqlite3.SQLITE_CORRUPT: (NotAStore, "registry.store.damaged"),
}
POSTGRESQL: dict[str, tuple[type[StoreError], str]] = {
    "55P03": (StoreLocked, "registry.store.locked"),
    "40P01": (StoreLocked, "registry.store.locked"),
    "53100": (StoreFull, "registry.store.full"),
    "25006": (StoreReadOnly, "registry.store.read_only"),
    "42501": (StoreReadOnly, "registry.store.read_only"),
    "3D000": (NotAStore, "registry.store.missing"),
}


@contextmanager
def translated(source: str) -> Iterator[None]:
    """Say the database's complaints as faults of the store; let every other error through."""
    try:
        yield
    except DBAPIError as failed:
        raise _fault(failed.orig, source) from failed
    except TimeoutError as failed:
        raise StoreLocked(Finding("registry.store.locked", "registry"), source) from failed
    except Exception as failed:
        if isinstance(failed, sqlite3.Error) or hasattr(failed, "sqlstate"):
            raise _fault(failed, source) from failed
        raise


def _fault(failed: BaseException | None, source: str) -> StoreError:
    known = _sqlite(failed) if isinstance(failed, sqlite3.Error) else _postgresql(failed)
    kind, code = known or (StoreError, "registry.store.refused")
    return kind(Finding(code, "registry", value=str(failed)), source)


def _sqlite(failed: sqlite3.Error) -> tuple[type[StoreError], str] | None:
    code = getattr(failed, "sqlite_errorcode", None)
    return None if code is None else SQLITE.get(code & 0xFF)


def _postgresql(failed: BaseException | None) -> tuple[type[StoreError], str] | None:
    state = getattr(failed, "sqlstate", None)
    if state is None and type(failed).__name__ == "OperationalError":
        return StoreError, "registry.store.unreachable"
    return POSTGRESQL.get(state or "")
