"""Files written aside: whole under their name, or not there."""

from __future__ import annotations

import hashlib

import pytest

from supplier_eval.batch.aside import AsideFile, digest_of, leftovers, publish, replace_file, sync_folder


def test_a_file_has_its_name_only_when_it_is_published(tmp_path):
    final = tmp_path / "sub" / "结果 a.csv"
    with AsideFile(final) as aside:
        aside.write(b"ab")
        aside.write(memoryview(b"cd"))
        aside.seal()
    assert not final.exists()
    assert leftovers(tmp_path) == [aside.temporary]
    assert (aside.bytes, aside.sha256, aside.tell()) == (4, hashlib.sha256(b"abcd").hexdigest(), 4)
    publish(aside.temporary, final)
    assert final.read_bytes() == b"abcd"
    assert digest_of(final) == (4, aside.sha256)
    assert not leftovers(tmp_path)


def test_what_was_not_sealed_or_failed_is_removed(tmp_path):
    with AsideFile(tmp_path / "a") as aside:
        aside.write(b"half")
    assert not list(tmp_path.iterdir())
    with pytest.raises(ValueError, match="on the way"), AsideFile(tmp_path / "b") as aside:
        aside.write(b"half")
        aside.seal()
        raise ValueError("on the way")
    assert not list(tmp_path.iterdir())


def test_the_longest_name_that_a_disk_takes_can_be_written(tmp_path):
    with AsideFile(tmp_path / ("招" * 80 + ".csv")) as aside:
        aside.seal()
        publish(aside.temporary, aside.final)
    assert aside.final.exists()


def test_two_writers_of_one_name_do_not_meet(tmp_path):
    with AsideFile(tmp_path / "a") as one, AsideFile(tmp_path / "a") as two:
        assert one.temporary != two.temporary
        assert (one.writable(), one.readable(), one.seekable()) == (True, False, False)
        one.flush()
        one.close()  # a library that closes its sink does not end the file
        assert one.write(b"x") == 1


def test_a_small_file_is_replaced_in_one_piece(tmp_path):
    replace_file(tmp_path / "m", "一")
    replace_file(tmp_path / "m", "二")
    assert (tmp_path / "m").read_text("utf-8") == "二"
    sync_folder(tmp_path)
