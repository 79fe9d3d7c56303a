from __future__ import annotations

from pathlib import Path

import pytest

from supplier_eval.report.file_names import file_name

HOSTILE = (
    "../../etc/passwd",
    "a\x00b",
    "CON",
    "nul.txt",
    "x" * 500,
    "名" * 400,
    ".hidden",
    "a/b\\c",
    "",
    "..",
    "-rf",
    "b1",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_name_stays_in_its_folder_on_every_system(name, tmp_path):
    made = file_name("debrief", name, ".html")
    assert made.startswith("debrief_")
    assert made.endswith(".html")
    assert Path(made).name == made
    assert not set(made) & set('/\\:*?"<>|\x00 ')
    assert len(made.encode()) < 200
    (tmp_path / made).write_text("x", encoding="utf-8")
    assert (tmp_path / made).exists()


def test_ids_that_look_alike_get_different_files():
    names = {file_name("d", name, ".html").casefold() for name in ("a/b", "a-b", "a:b", "A-B", "ａ-b")}
    assert len(names) == 5


def test_the_same_id_always_gets_the_same_name():
    assert file_name("d", "B1", ".html") == file_name("d", "B1", ".html") == "d_B1_5b950e77.html"
