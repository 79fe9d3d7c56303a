"""The fingerprint of a folder: of names and bytes of what is read, of nothing else."""

from __future__ import annotations

import hashlib

from supplier_eval.intake.file_prints import files_fingerprint


def folder(path, **files):
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / name.replace("_", ".")).write_text(text, "utf-8")
    return path


def test_it_is_the_digest_of_names_and_digests(tmp_path):
    place = folder(tmp_path, b_csv="2", a_toml="1")
    lines = "".join(f"{n}\0{hashlib.sha256(t).hexdigest()}\n" for n, t in (("a.toml", b"1"), ("b.csv", b"2")))
    assert files_fingerprint(place) == "sha256:" + hashlib.sha256(lines.encode()).hexdigest()


def test_a_changed_byte_or_name_is_another_one_and_a_page_beside_it_is_not(tmp_path):
    before = files_fingerprint(folder(tmp_path, a_csv="1", b_csv="2"))
    folder(tmp_path, needs_html="<p>", README_md="x", plan_json="{}")
    assert files_fingerprint(tmp_path) == before
    changed = files_fingerprint(folder(tmp_path, b_csv="3"))
    assert changed != before
    (tmp_path / "b.csv").rename(tmp_path / "c.csv")
    assert files_fingerprint(tmp_path) not in {before, changed}


def test_of_a_workbook_only_the_settings_beside_it_count(tmp_path):
    book = folder(tmp_path, book_xlsx="1", plan_toml="2") / "book.xlsx"
    before = files_fingerprint(book)
    folder(tmp_path, other_csv="3")
    assert files_fingerprint(book) == before
    folder(tmp_path, plan_toml="4")
    assert files_fingerprint(book) != before
