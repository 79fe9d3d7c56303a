"""The journal of a target."""

from __future__ import annotations

import pytest

from supplier_eval.batch.cases import Cases
from supplier_eval.batch.counts import Counts
from supplier_eval.batch.manifest import NAME, Entry, Manifest, Written, read_manifest

HEAD = {"policy": "sha256:a", "version": "1", "options": {"to": None}}


def entry(name: str) -> Entry:
    written = {"output": Written(f"{name}", 3, "00"), "tenders": Written(f"_tenders/{name}.u64", 8, "11")}
    return Entry(name, Written(name, 9, "22"), written, Counts(1, 1, 0, 1, 1, 0), Cases(1, ("x",), "2026-01-01"))


def filled(tmp_path, *names: str) -> Manifest:
    manifest = Manifest(tmp_path, HEAD)
    manifest.begin()
    for name in names:
        manifest.add(entry(name))
    return manifest


def test_the_journal_is_read_back_and_a_withdrawn_file_is_gone(tmp_path):
    filled(tmp_path, "b.csv", "一.csv", "c.csv").withdraw("c.csv")
    known = read_manifest(tmp_path)
    assert known.head == HEAD
    assert known.entries == {"b.csv": entry("b.csv"), "一.csv": entry("一.csv")}


def test_the_final_form_does_not_depend_on_the_order_of_the_work(tmp_path):
    for folder, names in (("x", "abc"), ("y", "cab")):
        (tmp_path / folder).mkdir()
        filled(tmp_path / folder, *names).finish(Counts())
    assert (tmp_path / "x" / NAME).read_bytes() == (tmp_path / "y" / NAME).read_bytes()
    stamp = (tmp_path / "x" / NAME).stat().st_mtime_ns
    read_manifest(tmp_path / "x").finish(Counts())
    assert (tmp_path / "x" / NAME).stat().st_mtime_ns == stamp


def test_a_line_that_a_kill_tore_at_any_byte_is_not_there(tmp_path):
    filled(tmp_path, "a", "b")
    whole = (tmp_path / NAME).read_bytes()
    last = whole[:-1].rindex(b"\n") + 1
    for cut in range(last, len(whole)):
        (tmp_path / NAME).write_bytes(whole[:cut])
        assert list(read_manifest(tmp_path).entries) == ["a"]
    (tmp_path / NAME).write_bytes(whole[:last] + b"\0\0\0\n")
    assert list(read_manifest(tmp_path).entries) == ["a"]


@pytest.mark.parametrize("text", ["", "{}\n", "[1]\n", "shopping list\n", '{"format": "other"}\n'])
def test_a_file_that_is_no_manifest_has_no_head(tmp_path, text):
    assert read_manifest(tmp_path) is None
    (tmp_path / NAME).write_text(text)
    assert read_manifest(tmp_path).head == {}


@pytest.mark.parametrize(
    "change",
    [
        ('"counts"', '"count"'),
        ('"rows": 1,', '"rows": 7,'),
        ('"rows": 1,', '"rowz": 1,'),
        ('"bytes": 3', '"bites": 3'),
        ('"name": "b"', '"name": "../b"'),
        ('"name": "b"', '"name": "/b"'),
        ('"output"', '"outpost"'),
        ('"written": {', '"written": 5, "x": {'),
        ('"file": "b"', '"file": ["b"]'),
    ],
)
def test_a_line_that_somebody_changed_is_no_record(tmp_path, change):
    filled(tmp_path, "a", "b")
    text = (tmp_path / NAME).read_text()
    last = text[:-1].rindex("\n") + 1
    assert change[0] in text[last:]
    (tmp_path / NAME).write_text(text[:last] + text[last:].replace(*change))
    assert list(read_manifest(tmp_path).entries) == ["a"]
