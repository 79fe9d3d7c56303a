"""A clock that stands still until it is told, and a fresh store on every database that is at hand."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from supplier_eval.registry.store import Registry

SERVER = "SUPPLIER_EVAL_POSTGRES"
ABSENT = f"{SERVER} holds no URL of a PostgreSQL server (.ci/run starts one)"


class StandingClock:
    """Gives the same moment until it is advanced."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        self.now += timedelta(days=days, hours=hours, minutes=minutes)
        return self.now


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> Iterator[str]:
    """The address of an empty place for a store; on PostgreSQL a database of its own, dropped afterwards."""
    if request.param == "sqlite":
        yield str(tmp_path / "store.registry")
        return
    server = os.environ.get(SERVER, "")
    if not server:
        pytest.skip(ABSENT)
    from sqlalchemy import create_engine, make_url

    name = f"registry_{uuid.uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def registry(database_url, clock) -> Iterator[Registry]:
    """A fresh store, opened by ``tester``; other people: ``registry.by("li.na")``."""
    with Registry.create(database_url, actor="tester", clock=clock) as made:
        yield made
