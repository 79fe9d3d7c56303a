"""A file is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from supplier_eval.report.whole_file import put


def test_a_file_is_written_with_its_folder_and_nothing_is_left_beside_it(tmp_path):
    assert put(tmp_path / "a" / "b.html", b"new").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.html"]


def test_what_stood_there_stays_where_writing_fails(tmp_path, monkeypatch):
    target = put(tmp_path / "b.html", b"old")

    def full(self: Path, content: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        put(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
