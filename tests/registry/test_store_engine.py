"""Opening: which addresses are stores, with which settings, and how transactions see one another."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from supplier_eval.errors import InvalidInput, MissingExtra, NotAStore
from supplier_eval.registry.store_engine import Database, sqlite_path


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("company.registry", Path("company.registry")),
        (Path("/a/b"), Path("/a/b")),
        ("sqlite:///a/b.db", Path("a/b.db")),
        ("sqlite:////a/b.db", Path("/a/b.db")),
        ("postgresql+psycopg://me@host/base", None),
    ],
)
def test_an_address_is_a_file_or_a_server(url, path):
    assert sqlite_path(url) == path


@pytest.mark.parametrize("url", ["mysql://a/b", "sqlite://", "postgresql+pg8000://a/b", "nonsense://x", "http://a/b"])
def test_an_address_of_anything_else_is_refused(url):
    with pytest.raises(InvalidInput) as refused:
        sqlite_path(url)
    assert refused.value.findings[0].code == "registry.url.unknown"


def test_a_refused_address_shows_no_password():
    with pytest.raises(InvalidInput) as refused:
        sqlite_path("mysql://me:secret@host/base")
    assert "secret" not in str(refused.value)


def test_a_server_without_its_driver_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"pip install 'supplier-eval\[postgres\]'"):
        Database("postgresql+psycopg://me@host/base")


def test_a_file_is_opened_with_the_settings_that_lose_nothing(tmp_path):
    database = Database(tmp_path / "store", create=True)
    with database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous", "recursive_triggers", "trusted_schema")
        }
    database.close()
    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "recursive_triggers": 1,
        "trusted_schema": 0,
    }


def test_a_path_with_marks_of_its_own_is_a_path(tmp_path):
    """Question marks, hashes and per cent are letters of a file name."""
    database = Database(tmp_path / "a?mode=ro#x%20y", create=True)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
    database.close()
    assert (tmp_path / "a?mode=ro#x%20y").stat().st_size > 0


def test_a_file_that_is_not_there_is_not_made_by_opening_it(tmp_path):
    with pytest.raises(NotAStore, match="there is no store"):
        Database(tmp_path / "absent")
    assert list(tmp_path.iterdir()) == []


def test_what_fails_in_a_transaction_is_taken_back(registry):
    with pytest.raises(KeyError), registry._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM meta")
        raise KeyError("something else")
    assert registry.rules_toml


def test_an_answer_of_any_size_comes_a_few_rows_at_a_time(registry):
    query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i FROM n"
    with registry.reading() as reading:
        driver = reading.driver
        rows = driver.stream(query)
        first = next(rows)[0]
        assert driver.rows("SELECT 7")[0][0] == 7  # other questions meanwhile
        assert (first, sum(row[0] for row in rows)) == (1, 5000 * 5001 // 2 - 1)
