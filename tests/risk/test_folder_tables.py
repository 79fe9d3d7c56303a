"""Settings beside the tables: read with every finding."""

from __future__ import annotations

import pytest

from report.made_risks import SAMPLE
from supplier_eval.errors import InvalidInput
from supplier_eval.risk.folder_tables import open_folder


def codes(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(InvalidInput) as refused:
        open_folder(folder)
    assert refused.value.report("zh")
    return sorted(finding.code for finding in refused.value.findings)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "spend.csv").write_text("supplier,amount\n00123,5\nNA,7\n", "utf-8")
    return tmp_path


def test_ids_stay_text(folder):
    assert list(open_folder(folder).tables["spend"]["supplier"]) == ["00123", "NA"]


def test_settings_that_do_not_fit_are_refused_all_at_once(folder):
    text = 'as_of = "soon"\ncategories = 3\nbudget = -1\nportfolio = { supply_risk = 1 }\nbugdet = 2\n'
    assert codes(folder, risks=text) == [
        "risk_folder.key_unknown",
        *(f"risk_folder.setting.{key}" for key in ("as_of", "budget", "categories", "portfolio")),
    ]


def test_a_matrix_that_does_not_hold_together_is_refused(folder):
    assert codes(folder, matrix="") == ["risk_folder.axis", "risk_folder.axis"]
    assert codes(folder, matrix="cells = []\n") == ["risk_folder.axis", "risk_folder.axis"]
    axes = '[likelihood]\nnames = ["a"]\nedges = [1, 0]\n[impact]\nnames = ["a"]\nedges = [0, 1]\n'
    assert "risk_matrix.edges" in codes(folder, matrix=axes)
    assert codes(folder, matrix="no toml") == ["risk_folder.not_toml"]


def test_decimals_of_edges_are_figures(folder):
    text = 'cells = [["green"], ["red"]]\ncolours = ["green", "red"]\n'
    text += '[likelihood]\nnames = ["a", "b"]\nedges = [0, 0.5, 1]\n'
    text += '[impact]\nnames = ["a"]\nedges = [0, 1.5]\nunit = "元"\n'
    (folder / "matrix.toml").write_text(text, "utf-8")
    assert open_folder(folder).matrix.likelihood.edges == (0.0, 0.5, 1.0)


@pytest.mark.parametrize("wrong", [None, 3, ["a"]])
def test_what_is_no_path_is_refused(wrong):
    with pytest.raises(InvalidInput, match="path"):
        open_folder(wrong)


def test_files_and_columns_that_nobody_reads_are_warned_of(folder):
    assert open_folder(folder).warnings == ()
    (folder / "measure.csv").write_text("measure\nM\n", "utf-8")
    (folder / "spend.csv").write_text("supplier,amount,kategorie\nA,5,x\n", "utf-8")
    (folder / "delivery.csv").write_text("supplier,score,rank\nA,5,1\n", "utf-8")
    said = {one.code: one.value for one in open_folder(folder).warnings}
    assert said == {"risk_folder.file_near": "measure.csv", "risk_folder.column_unread": "kategorie"}
    assert all(one.severity == "warning" and one.line("zh") for one in open_folder(folder).warnings)


def test_the_sample_has_nothing_that_nobody_reads():
    assert open_folder(SAMPLE).warnings == ()
