"""Faults for real: many writers, killed writers, a full disk, a lock that is held, no right to write, no store."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from supplier_eval.errors import NotAStore, StoreError, StoreLocked, StoreVersion
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_engine import CHAIN_LOCK
from supplier_eval.registry.store_findings import make_record
from supplier_eval.registry.verification import verify_store

SCRIPT = Path(__file__).with_name("store_processes.py")


def told(*arguments):
    """What the script says; it has a process of its own, since it forks."""
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def supplier(key):
    return make_record("supplier", {"id": key, "name": f"Supplier {key}"})


def test_eight_processes_write_five_hundred_times_each_and_nothing_is_lost(registry_url):
    """450 records of its own and 50 counts on a shared one each: no write is lost, none is done twice."""
    said = told("many", registry_url, 8, 500)
    assert said == {
        "statuses": [0] * 8,
        "records": 8 * 450 + 1,
        "shared": 8 * 50,
        "version": 8 * 50 + 1,
        "lines": 1 + 1 + 8 * 500,
        "sound": True,
    }


def test_threads_of_one_process_share_an_open_store(registry_url):
    with Registry.open(registry_url, actor="threads", wait=60) as registry:

        def work(number):
            for i in range(25):
                registry.add(supplier(f"T{number}-{i}"))
                assert registry.get("supplier", f"t{number}-{i}").version == 1

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(4)))
        assert registry.count("supplier") == 100
        assert verify_store(registry).is_sound


def test_a_writer_is_killed_fifty_times_and_nothing_that_it_acknowledged_is_missing(registry_url):
    """After each kill -9: pages and references sound, the chain of the audit whole and equal to the records."""
    times = 50 if "://" not in registry_url else 10
    said = told("killed", registry_url, times)
    assert (said["missing"], said["unsound"]) == ([], [])
    assert said["acknowledged"] >= times


def test_a_full_disk_refuses_the_write_and_keeps_everything_before_it():
    said = told("full")
    kind, words = said["fault"]
    assert (kind, said["missing"], said["sound"]) == ("StoreFull", [], [True, True]), words
    assert said["acknowledged"] > 5
    assert "no room left" in words


@pytest.fixture(scope="module")
def without_rights():
    return told("nobody")


def test_who_may_only_read_reads_and_is_told_so_when_writing(without_rights):
    name, kind, english, chinese, unchanged = without_rights["file"]
    assert (name, kind, unchanged) == ("Supplier S1", "StoreReadOnly", True)
    assert "not written by this user" in english
    assert "不能写入" in chinese


@pytest.mark.parametrize("case", ["folder", "closed"])
def test_who_may_not_write_in_the_folder_is_told_what_to_do(without_rights, case):
    """SQLite reads a write-ahead log through files beside it."""
    kind, english, _, unchanged = without_rights[case]
    assert (kind, unchanged) == ("StoreReadOnly", True)
    assert "backup" in english


def test_a_writer_that_does_not_let_go_is_named_after_the_wait(registry_url):
    with Registry.open(registry_url, actor="waiter", wait=0.3) as registry:
        registry.add(supplier("S1"))
        with held(registry_url):
            assert registry.get("supplier", "S1").id == "S1"  # readers never wait
            with pytest.raises(StoreLocked, match="did not let go"):
                registry.add(supplier("S2"))
        assert registry.add(supplier("S2")).version == 1
        assert registry.count("supplier") == 2


def test_a_writer_that_lets_go_in_time_is_waited_for(registry_url):
    with Registry.open(registry_url, actor="waiter", wait=20) as registry:
        lock = held(registry_url)
        lock.__enter__()
        letting_go = threading.Timer(0.5, lock.__exit__, (None, None, None))
        letting_go.start()
        assert registry.add(supplier("S1")).version == 1
        letting_go.join()


class held:  # noqa: N801 - reads as what it does
    """The lock that writers take, held by somebody else."""

    def __init__(self, url):
        self.url = url

    def __enter__(self):
        if "://" not in self.url:
            self.connection = sqlite3.connect(self.url, isolation_level=None, check_same_thread=False)
            self.connection.execute("BEGIN IMMEDIATE")
            return
        self.engine = create_engine(self.url)
        self.connection = self.engine.connect()
        self.connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({CHAIN_LOCK})")

    def __exit__(self, *_):
        self.connection.rollback()
        self.connection.close()
        if "://" in self.url:
            self.engine.dispose()


def test_what_is_no_database_is_no_store(tmp_path):
    (tmp_path / "notes.txt").write_text("These are my notes. " * 500)
    before = (tmp_path / "notes.txt").read_bytes()
    for way in (Registry.open, Registry.create):
        with pytest.raises(NotAStore, match="not a store of this program"):
            way(tmp_path / "notes.txt", actor="a")
    assert (tmp_path / "notes.txt").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["notes.txt"]


def test_a_database_of_something_else_is_no_store(tmp_path):
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE meta (name TEXT, value TEXT)")
        other.execute("CREATE TABLE audit (x)")
    other.close()
    before = (tmp_path / "other.db").read_bytes()
    with pytest.raises(NotAStore):
        Registry.open(tmp_path / "other.db", actor="a")
    with pytest.raises(NotAStore, match="stored here already"):
        Registry.create(tmp_path / "other.db", actor="a")
    assert (tmp_path / "other.db").read_bytes() == before


def test_an_empty_file_a_folder_and_nothing_are_no_store(tmp_path):
    (tmp_path / "empty").touch()
    for name in ("empty", "absent", "."):
        with pytest.raises(StoreError):
            Registry.open(tmp_path / name, actor="a")
    assert not (tmp_path / "absent").exists()
    assert (tmp_path / "empty").stat().st_size == 0


def test_a_damaged_file_is_named_as_such(tmp_path):
    with Registry.create(tmp_path / "store", actor="a") as made:
        made.add_many(supplier(f"S{i}") for i in range(2_000))
    size = (tmp_path / "store").stat().st_size
    with (tmp_path / "store").open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(size - 8192))
    with pytest.raises(NotAStore), Registry.open(tmp_path / "store", actor="a") as opened:
        opened.where("supplier")


def test_a_row_that_cannot_be_read_names_its_record(registry_url):
    with Registry.open(registry_url, actor="a") as registry:
        registry.add(make_record("supplier", {"id": "S1", "name": "a", "categories": ["ITO"]}))
        tampered(registry_url, "UPDATE supplier SET categories = '[broken'")
        with pytest.raises(NotAStore, match="S1") as refused:
            registry.get("supplier", "S1")
        assert "verify" in str(refused.value)


def tampered(url, statement):
    if "://" not in url:
        with sqlite3.connect(url) as file:
            file.execute(statement)
        file.close()
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.mark.parametrize(("version", "words"), [("0", "registry upgrade"), ("99", "program that wrote it")])
def test_a_store_of_another_version_is_not_opened(registry_url, version, words):
    tampered(registry_url, f"UPDATE meta SET value = '{version}' WHERE name = 'schema'")
    try:
        with pytest.raises(StoreVersion, match=words) as refused:
            Registry.open(registry_url, actor="a")
        assert version in refused.value.report("zh")
    finally:
        from supplier_eval.registry.store_schemas import newest

        tampered(registry_url, f"UPDATE meta SET value = '{newest()}' WHERE name = 'schema'")


def test_a_server_that_does_not_answer_is_said_so(tmp_path):
    with pytest.raises(StoreError, match="does not answer") as refused:
        Registry.open(f"postgresql+psycopg://me:secret@/base?host={tmp_path}", actor="a")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
def test_lines_of_the_audit_are_neither_changed_nor_taken_out(registry_url, statement):
    if "://" not in registry_url and statement.startswith("TRUNCATE"):
        statement = "INSERT OR REPLACE INTO audit SELECT * FROM audit"
    with Registry.open(registry_url, actor="a") as registry:
        registry.add(supplier("S1"))
        with pytest.raises(StoreError, match="written once"), registry._database.writing() as connection:
            connection.exec_driver_sql(statement)
        assert len(registry.history("supplier", "S1")) == 1
