"""Backups are verified by restoring them: every table, the end of the chain, every record; across databases too."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from supplier_eval.errors import NotAStore, StoreVersion
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_backup import _put
from supplier_eval.registry.store_findings import make_record
from supplier_eval.registry.verification import verify_store


def filled(registry):
    """Every type of column: text, money, days, moments, truths, items, references, contents."""
    registry.add_many(
        make_record(
            "supplier", {"id": f"S{i}", "name": f"名称 {i} '\"\\", "categories": ["ITO"], "founded_on": "2001-02-03"}
        )
        for i in range(30)
    )
    registry.move(registry.get("supplier", "S3"), "bar", reason="fraud", decided_by="w", decided_on="2026-11-30")
    head = {"id": "N1", "department": "IT", "category": "ITO", "title": "Desk", "owner": "amy", "data_class": "core"}
    registry.add(
        make_record("need", {**head, "estimated_value": "12.30", "volume": "1.50", "next_review": "2027-01-31"})
    )
    registry.attach(b"\x00\x01\xff" * 1000, "a.bin", "", "internal")
    registry.change_rules(registry.rules_toml.replace("witnesses = 2", "witnesses = 3"))


def everything(registry):
    with registry.reading() as reading:
        return (
            [stored for kind in kinds() for stored in reading.every(kind)],
            list(reading.lines()),
            reading.meta("rules"),
        )


def test_a_restored_backup_is_the_store_that_was_backed_up(registry, empty_url, tmp_path):
    """From either database to either."""
    filled(registry)
    kept = registry.backup(tmp_path / "kept.backup")
    restored = Registry.restore(tmp_path / "kept.backup", empty_url)
    assert (restored.rows, restored.head) == (kept.rows, kept.head)
    with Registry.open(empty_url, actor="other") as again:
        assert everything(again) == everything(registry)
        assert again.content(again.where("attachment")[0].digest) == b"\x00\x01\xff" * 1000
        assert verify_store(again, kept.head).is_sound
        assert again.add(make_record("supplier", {"id": "new", "name": "new"})).version == 1


def test_a_backup_says_what_it_holds(registry, tmp_path):
    filled(registry)
    kept = registry.backup(tmp_path / "kept.backup")
    assert kept.rows["supplier"] == 30
    assert kept.rows["content"] == 1
    assert kept.to_frame()["rows"].sum() == sum(kept.rows.values())
    assert str(kept.head) in kept.explain()
    assert "已核对" in kept.explain("zh")
    assert sorted(p.name for p in tmp_path.iterdir() if "kept" in p.name) == ["kept.backup"]


def test_a_backup_overwrites_nothing(registry, tmp_path):
    (tmp_path / "kept.backup").write_text("mine")
    with pytest.raises(NotAStore, match="never overwrites"):
        registry.backup(tmp_path / "kept.backup")
    assert (tmp_path / "kept.backup").read_text() == "mine"


def test_a_name_that_is_taken_while_the_copy_is_made_is_left_to_whoever_took_it(tmp_path):
    (tmp_path / "part").write_text("copy")
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(NotAStore, match="never overwrites"):
        _put(tmp_path / "part", tmp_path / "kept")
    assert (tmp_path / "kept").read_text() == "mine"


def test_a_store_is_not_restored_over_another(registry, registry_url, tmp_path):
    registry.add(make_record("supplier", {"id": "S1", "name": "a"}))
    registry.backup(tmp_path / "kept.backup")
    with pytest.raises(NotAStore, match="stored here already"):
        Registry.restore(tmp_path / "kept.backup", registry_url)
    assert registry.count("supplier") == 1


def test_what_is_no_backup_is_not_restored_and_leaves_nothing(tmp_path):
    (tmp_path / "text").write_text("not a database at all, but long enough to look like one" * 100)
    sqlite3.connect(tmp_path / "other").executescript("CREATE TABLE t (x)")
    for name in ("text", "other", "absent"):
        with pytest.raises(NotAStore if name != "absent" else Exception):
            Registry.restore(tmp_path / name, tmp_path / "made")
        assert not (tmp_path / "made").exists()


def test_a_backup_with_a_damaged_page_is_refused(tmp_path, clock):
    with Registry.create(tmp_path / "store", actor="a", clock=clock) as registry:
        filled(registry)
        registry.backup(tmp_path / "kept")
    size = (tmp_path / "kept").stat().st_size
    with (tmp_path / "kept").open("r+b") as file:
        for place in range(4096 * 3, size, 4096):
            file.seek(place + 100)
            file.write(b"\xff" * 200)
    with pytest.raises(NotAStore):
        Registry.restore(tmp_path / "kept", tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_a_backup_is_one_view_while_others_write(tmp_path, clock):
    with Registry.create(tmp_path / "store", actor="a", clock=clock) as registry:
        filled(registry)
        with Registry.open(tmp_path / "store", actor="b", clock=clock) as other, registry.reading() as reading:
            reading.count("supplier")
            other.add(make_record("supplier", {"id": "later", "name": "later"}))
            assert other.backup(tmp_path / "kept").rows["supplier"] == 31
            assert reading.count("supplier") == 30


def test_a_backup_of_a_newer_program_is_refused(tmp_path, clock):
    with Registry.create(tmp_path / "store", actor="a", clock=clock) as registry:
        registry.backup(tmp_path / "kept")
    with sqlite3.connect(tmp_path / "kept") as file:
        file.execute("UPDATE meta SET value = '999' WHERE name = 'schema'")
    file.close()
    with pytest.raises(StoreVersion, match="999"):
        Registry.restore(tmp_path / "kept", tmp_path / "made")


def test_a_copied_file_is_a_store_of_its_own(tmp_path, clock):
    """A backup opens without being restored, for whoever may only read."""
    with Registry.create(tmp_path / "store", actor="a", clock=clock) as registry:
        filled(registry)
        registry.backup(tmp_path / "kept")
    shutil.copy(tmp_path / "kept", tmp_path / "copy")
    with Registry.open(tmp_path / "copy", actor="b") as again:
        assert verify_store(again).is_sound
