"""``report`` writes the documents for the file: as pages, as Word, with what a registry knows."""

from __future__ import annotations

import re
import shutil
import sys

import pytest

from registry_sample import DESK, SAMPLES, SampleStore
from supplier_eval.cli import main

MUSEUMS = SAMPLES / "museum-services"


def written(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_without_options_the_report_and_the_opening_record_are_pages(tmp_path, capsys):
    assert main(["report", str(MUSEUMS), "--out", str(tmp_path)]) == 0
    assert {"evaluation-report.html", "opening-record.html"} <= written(tmp_path)
    assert not [name for name in written(tmp_path) if name.endswith(".docx") or "objection" in name]
    assert "evaluation-report.html" in capsys.readouterr().err


def test_with_a_registry_and_word_everything_is_there_twice(tmp_path):
    store = SampleStore(tmp_path)
    store.registry.close()
    out = tmp_path / "out"
    assert main(["report", str(DESK), "--out", str(out), "--word", "--registry", str(store.path), "--lang", "zh"]) == 0
    for stem in ("evaluation-report", "opening-record", "objections"):
        assert {f"{stem}.html", f"{stem}.docx"} <= written(out)
    replies = [name for name in written(out) if name.startswith("objection-replies/")]
    assert sorted(name.rsplit(".", 1)[1] for name in replies) == ["docx", "html"]
    assert "Room 4" in (out / "evaluation-report.html").read_text("utf-8")


def test_letters_are_written_as_word_too(tmp_path):
    assert main(["report", str(MUSEUMS), "--out", str(tmp_path), "--word", "--debriefs"]) == 0
    letters = [name for name in written(tmp_path) if name.startswith("debriefs/")]
    assert sorted(name.rsplit(".", 1)[1] for name in letters) == ["docx", "docx", "html", "html"]


def test_a_tender_that_the_registry_does_not_know_is_refused(tmp_path, capsys):
    store = SampleStore(tmp_path)
    store.registry.close()
    assert main(["report", str(MUSEUMS), "--out", str(tmp_path / "out"), "--registry", str(store.path)]) == 1
    assert "museum-services-18-2017" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("asked", [["--word"], ["--word", "--debriefs"]])
def test_without_python_docx_the_command_names_the_extra_and_writes_nothing(asked, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "docx", None)
    assert main(["report", str(MUSEUMS), "--out", str(tmp_path), *asked]) == 1
    assert "pip install 'supplier-eval[word]'" in capsys.readouterr().err
    assert not written(tmp_path)


def test_letters_of_a_tender_without_a_decision_are_refused_before_anything_is_written(tmp_path, capsys):
    tender = tmp_path / "desk"
    shutil.copytree(DESK, tender)
    notice = tender / "tender.toml"
    kept = [line for line in notice.read_text("utf-8").splitlines() if not line.startswith("technical_locked")]
    notice.write_text("\n".join(kept), "utf-8")
    assert main(["report", str(tender), "--out", str(tmp_path / "out"), "--debriefs"]) == 1
    assert "prices are still closed" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_evaluate_and_report_share_a_folder_without_refusing_each_other(tmp_path, capsys):
    assert main(["report", str(MUSEUMS), "--out", str(tmp_path), "--debriefs"]) == 0
    assert main(["evaluate", str(MUSEUMS), "--out", str(tmp_path), "--lang", "zh"]) == 0
    assert written(tmp_path) == {"report.html", "workbook.xlsx", "evaluation.json", ".supplier-eval-files.json"}
    assert main(["report", str(MUSEUMS), "--out", str(tmp_path)]) == 0
    (tmp_path / "report.html").write_text("mine", encoding="utf-8")
    capsys.readouterr()
    assert main(["evaluate", str(MUSEUMS), "--out", str(tmp_path)]) == 1
    assert "report.html" in capsys.readouterr().err
    assert (tmp_path / "report.html").read_text("utf-8") == "mine"


def test_with_the_registry_letters_follow_its_award(tmp_path):
    store = SampleStore(tmp_path)
    store.registry.close()
    out = tmp_path / "out"
    assert main(["report", str(DESK), "--out", str(out), "--debriefs", "--registry", str(store.path)]) == 0
    letters = [name for name in written(out) if name.startswith("debriefs/")]
    assert not [name for name in letters if "_LM-3_" in name or "_TY-3_" in name]  # TY withdrew, LM was awarded
    (other,) = [name for name in letters if "_YX-3_" in name]
    assert "Lumingchuan" in (out / other).read_text("utf-8")


def test_letters_of_an_earlier_run_do_not_stay(tmp_path, capsys):
    tender, out = tmp_path / "tender", tmp_path / "out"
    shutil.copytree(DESK, tender)
    assert main(["report", str(tender), "--out", str(out), "--debriefs"]) == 0
    first = written(out)
    assert any("debrief_QH-1_" in name for name in first)
    assert not any("debrief_YX-1_" in name for name in first)
    marks = (tender / "marks.csv").read_text("utf-8").split("\n")
    lower = [re.sub(r"^(YX-1,\w+,E\d),\d\d,", r"\1,30,", line) for line in marks]
    (tender / "marks.csv").write_text("\n".join(lower), encoding="utf-8")
    rulings = [row for row in (tender / "rulings.csv").read_text("utf-8").split("\n") if ",draw," not in row]
    (tender / "rulings.csv").write_text("\n".join(rulings), encoding="utf-8")
    capsys.readouterr()
    assert main(["report", str(tender), "--out", str(out), "--debriefs"]) == 0
    said = capsys.readouterr().err
    second = written(out)
    assert any("debrief_YX-1_" in name for name in second)
    assert not any("debrief_QH-1_" in name or "-3_" in name for name in second)
    assert "warning: no letters. Lot L3: LM-3, TY-3 share the first place" in said
    assert "rulings.csv" in said
