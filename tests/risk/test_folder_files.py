"""Whatever a folder or a workbook holds is read, or said not to be."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import answer_folder, concentration
from supplier_eval.risk.folder_files import find_tables
from supplier_eval.risk.folder_tables import open_folder

SPEND = pd.DataFrame({"supplier": ["A", "B"], "amount": [1, 2]})
OLD_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture
def folder(tmp_path):
    SPEND.to_csv(tmp_path / "spend.csv", index=False)
    return tmp_path


def said(folder):
    return {one.value: one.code for one in open_folder(folder).warnings}


def test_capitals_of_names_and_endings_change_nothing(tmp_path):
    SPEND.to_csv(tmp_path / "Spend.CSV", index=False)
    assert list(open_folder(tmp_path).tables) == ["spend"]
    SPEND.to_csv(tmp_path / "SPEND.tsv", index=False, sep="\t")
    with pytest.raises(InvalidInput, match=r"several files: SPEND\.tsv, Spend\.CSV"):
        open_folder(tmp_path)


def test_every_file_that_is_not_read_is_named_with_the_reason(folder):
    (folder / "measures.xls").write_bytes(OLD_XLS)
    (folder / "ratings.xlsm").write_bytes(b"PK\x03\x04")
    (folder / "history.json").write_text("[]", "utf-8")
    (folder / "riks.csv").write_text("a\n1\n", "utf-8")
    (folder / "minutes.docx").write_bytes(b"PK\x03\x04")
    (folder / "indicator.toml").write_text("", "utf-8")
    (folder / "README.md").write_text("notes", "utf-8")
    (folder / ".hidden").write_text("", "utf-8")
    assert said(folder) == {
        "measures.xls": "files.type.old_xls",
        "ratings.xlsm": "files.type.macros",
        "history.json": "files.type.unknown",
        "riks.csv": "risk_folder.file_near",
        "minutes.docx": "risk_folder.file_unread",
        "indicator.toml": "risk_folder.toml_unread",
    }
    assert all(one.severity == "warning" and one.line("zh") for one in open_folder(folder).warnings)


def test_sheets_beside_the_one_that_is_read_are_named(folder):
    with pd.ExcelWriter(folder / "items.xlsx") as book:
        for sheet in ("Items", "old items"):
            pd.DataFrame({"item": ["x"]}).to_excel(book, sheet_name=sheet, index=False)
    assert said(folder) == {"old items": "risk_folder.sheets_unread"}


def test_a_workbook_answers_as_a_folder_does_with_the_settings_beside_it(folder):
    (folder / "spend.csv").unlink()
    (folder / "risks.toml").write_text("as_of = 2026-01-01\n", "utf-8")
    path = folder / "all.xlsx"
    with pd.ExcelWriter(path) as book:
        SPEND.to_excel(book, sheet_name="Spend", index=False)
        SPEND.to_excel(book, sheet_name="rating", index=False)
    answers = answer_folder(path)
    pd.testing.assert_frame_equal(answers.concentration.to_frame(), concentration(SPEND).to_frame())
    assert answers.folder == "all.xlsx"
    assert [(one.code, one.value) for one in answers.warnings] == [("risk_folder.file_near", "rating")]


def test_what_is_neither_folder_nor_workbook_says_so(folder):
    with pytest.raises(InvalidInput, match="no folder and no workbook"):
        open_folder(folder / "none")
    with pytest.raises(InvalidInput, match="file type"):
        open_folder(folder / "spend.csv")


def test_warnings_come_with_a_refusal_too(folder):
    (folder / "rating.csv").write_text("a\n1\n", "utf-8")
    (folder / "spend.csv").write_text("supplier,amount,capactiy\nA,x,1\n", "utf-8")
    with pytest.raises(InvalidInput) as refused:
        answer_folder(folder, as_of="2026-01-01")
    codes = [one.code for one in refused.value.findings]
    assert codes == ["risk_table.not_number", "risk_folder.file_near", "risk_table.column_near"]


def test_names_of_tables_are_those_asked_for(folder):
    assert [raw.name for raw in find_tables(folder, ["spend", "items"]).tables] == ["spend"]


def test_what_the_command_wrote_before_is_not_called_unread(folder):
    for name in ("risks.html", "risk.json", "risk_attribute.csv"):
        (folder / name).write_text("x", "utf-8")
    assert said(folder) == {}
