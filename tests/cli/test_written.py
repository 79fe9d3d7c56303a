"""One folder holds one run: what an earlier run left is taken away; what somebody changed, or made, never."""

from __future__ import annotations

import json

import pytest

from supplier_eval.cli.written import LIST, one_run
from supplier_eval.errors import SupplierEvalError


def run(folder, *names, text="first"):
    with one_run(folder, "en") as files:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
            files.append(folder / name)


def there(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {LIST}


def test_a_letter_of_an_earlier_run_is_removed_and_named(tmp_path, capsys):
    run(tmp_path, "report.html", "debriefs/debrief_A.html")
    run(tmp_path, "report.html", text="second")
    assert there(tmp_path) == {"report.html"}
    assert not (tmp_path / "debriefs").exists()
    assert "removed: " in (said := capsys.readouterr().err)
    assert "debrief_A.html" in said


def test_a_file_that_somebody_changed_refuses_the_run_before_anything_is_written(tmp_path):
    run(tmp_path, "report.html", "letter.docx")
    (tmp_path / "letter.docx").write_text("dated by hand", encoding="utf-8")
    with pytest.raises(SupplierEvalError, match=r"letter\.docx.*Nothing was written"):
        run(tmp_path, "report.html", text="second")
    assert (tmp_path / "letter.docx").read_text("utf-8") == "dated by hand"
    assert (tmp_path / "report.html").read_text("utf-8") == "first"


def test_a_file_that_this_program_did_not_write_stays_and_is_named_where_letters_lie(tmp_path, capsys):
    run(tmp_path, "debriefs/debrief_A.html")
    (tmp_path / "debriefs" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    run(tmp_path, "debriefs/debrief_B.html")
    assert there(tmp_path) == {"debriefs/debrief_B.html", "debriefs/notes.txt", "mine.html"}
    assert "did not write: notes.txt." in capsys.readouterr().err


def test_a_list_that_leads_out_of_the_folder_removes_nothing_there(tmp_path):
    out, outside = tmp_path / "out", tmp_path / "outside.txt"
    run(out, "report.html")
    outside.write_text("first", encoding="utf-8")
    (out / "link.txt").symlink_to(outside)
    noted = json.loads((out / LIST).read_text("utf-8"))
    digest = noted["files"]["report.html"]
    noted["files"] |= {"../outside.txt": digest, str(outside): digest, "link.txt": digest}
    (out / LIST).write_text(json.dumps(noted), encoding="utf-8")
    run(out, "other.html")
    assert outside.read_text("utf-8") == "first"
    assert there(out) == {"other.html", "link.txt"}


@pytest.mark.parametrize("text", ["{", "[]", '{"files": 3}', "null"])
def test_a_damaged_list_is_refused(text, tmp_path):
    (tmp_path / LIST).write_text(text, encoding="utf-8")
    with pytest.raises(SupplierEvalError, match="cannot be read"):
        run(tmp_path, "report.html")
    assert there(tmp_path) == set()


def test_after_a_run_that_broke_off_the_next_one_still_knows_its_files(tmp_path):
    run(tmp_path, "report.html", "old.html")
    with pytest.raises(RuntimeError), one_run(tmp_path, "en") as files:
        files.append(tmp_path / "report.html")
        (tmp_path / "report.html").write_text("half", encoding="utf-8")
        raise RuntimeError
    assert there(tmp_path) == {"report.html", "old.html"}
    run(tmp_path, "report.html", text="second")
    assert there(tmp_path) == {"report.html"}
