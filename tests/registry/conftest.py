"""A clock that stands still until it is told, and a fresh store on every database that is at hand.

On PostgreSQL the tests of one run share a database, which is emptied before each: to make one takes a second.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.store import Registry

SERVER = "SUPPLIER_EVAL_POSTGRES"
ABSENT = f"{SERVER} holds no URL of a PostgreSQL server (.ci/run starts one)"
DATABASES = ("sqlite", "postgresql")
START = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


class StandingClock:
    """Gives the same moment until it is advanced."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        self.now += timedelta(days=days, hours=hours, minutes=minutes)
        return self.now


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
def kept_stores(tmp_path_factory) -> Iterator[dict[str, str]]:
    """Database → address of a store that was made once; the file is copied, the database emptied for each test."""
    made: dict[str, str] = {"sqlite": str(tmp_path_factory.mktemp("store") / "kept.registry")}
    Registry.create(made["sqlite"], actor="tester", clock=StandingClock()).close()
    if not os.environ.get(SERVER):
        yield made
        return
    with new_database() as url:
        Registry.create(url, actor="tester", clock=StandingClock()).close()
        yield made | {"postgresql": url}


@pytest.fixture(params=DATABASES)
def registry_url(request, tmp_path, kept_stores) -> str:
    """The address of a fresh store, made by ``tester``."""
    if request.param not in kept_stores:
        pytest.skip(ABSENT)
    kept = kept_stores[request.param]
    if request.param == "sqlite":
        return str(shutil.copy(kept, tmp_path / "store.registry"))
    emptied(kept)
    return kept


@pytest.fixture
def registry(registry_url, clock) -> Iterator[Registry]:
    """A fresh store, opened by ``tester``; other people: ``registry.by("li.na")``."""
    with Registry.open(registry_url, actor="tester", clock=clock) as opened:
        yield opened


@pytest.fixture(params=DATABASES)
def empty_url(request, tmp_path) -> Iterator[str]:
    """The address of an empty place for a store."""
    if request.param == "sqlite":
        yield str(tmp_path / "new.registry")
    elif not os.environ.get(SERVER):
        pytest.skip(ABSENT)
    else:
        with new_database() as url:
            yield url


@contextmanager
def new_database() -> Iterator[str]:
    """A database of its own on the server, dropped afterwards."""
    from sqlalchemy import create_engine, make_url

    name = f"registry_{uuid.uuid4().hex}"
    admin = create_engine(os.environ[SERVER], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield make_url(os.environ[SERVER]).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()


def emptied(url: str) -> None:
    """Take out everything but the first line of the audit, past the triggers that forbid it."""
    from sqlalchemy import create_engine

    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for kind in (*kinds(), "content"):
            connection.exec_driver_sql(f'DELETE FROM "{kind}"')
        connection.exec_driver_sql("DELETE FROM audit WHERE seq > 1")
        first = connection.exec_driver_sql("SELECT after FROM audit WHERE seq = 1").scalar_one()
        toml = json.loads(first)["fields"]["toml"]
        connection.exec_driver_sql("UPDATE meta SET value = %s WHERE name = 'rules'", (toml,))
    engine.dispose()
