"""Registers from files give the same as from tables."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_registers import AS_OF, RATINGS, RISKS, TABLES
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import RiskRegister

REGISTER = RiskRegister.read(TABLES, as_of=AS_OF)


def write(folder, risks=RISKS, ratings=RATINGS):
    for name, table in (("risks", risks), ("ratings", ratings)):
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig", float_format="%.12g")
    return folder


def test_a_folder_of_text_files(tmp_path):
    plain = {"low": [10000.0, 10000.0, 50000.0, 100000.0, 1.0], "high": [1000000.0, 1000000.0, 50000.0, 100000.0, 2.0]}
    read = RiskRegister.read(write(tmp_path, ratings=RATINGS.assign(**plain)), as_of=AS_OF)
    for name in ("to_frame", "history_frame", "losses_table"):
        pd.testing.assert_frame_equal(getattr(read, name)(), getattr(REGISTER, name)())


def test_a_workbook_with_sheets_of_these_names(tmp_path):
    path = tmp_path / "register.xlsx"
    with pd.ExcelWriter(path) as book:
        RISKS.to_excel(book, sheet_name="risks", index=False)
        RATINGS.to_excel(book, sheet_name="ratings", index=False)
    read = RiskRegister.read(path, as_of=AS_OF)
    pd.testing.assert_frame_equal(read.to_frame(), REGISTER.to_frame())


def test_ids_stay_text_and_bad_cells_are_named_with_their_row(tmp_path):
    ratings = RATINGS.astype(object)
    ratings.loc[1, "frequency"] = "often"
    with pytest.raises(InvalidInput, match="row 3: no number: “often”"):
        RiskRegister.read(write(tmp_path, ratings=ratings), as_of=AS_OF)
    numbered = write(tmp_path, RISKS.assign(risk=["007", "08", "9"]), RATINGS.iloc[:0])
    assert list(RiskRegister.read(numbered, as_of=AS_OF).risks) == ["007", "08", "9"]


def test_what_is_no_register(tmp_path):
    with pytest.raises(InvalidInput, match="no table of risks"):
        RiskRegister.read(tmp_path, as_of=AS_OF)
    with pytest.raises(InvalidInput, match="a path, or tables by name"):
        RiskRegister.read(RISKS, as_of=AS_OF)
    with pytest.raises(InvalidInput, match="no table “rating”"):
        RiskRegister.read({"risks": RISKS, "rating": RATINGS}, as_of=AS_OF)
    with pytest.raises(InvalidInput):
        RiskRegister.read(tmp_path / "none.xlsx", as_of=AS_OF)
    write(tmp_path)
    (tmp_path / "risks.tsv").write_text("risk\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="in several files"):
        RiskRegister.read(tmp_path, as_of=AS_OF)


def test_rows_are_those_of_the_file_where_it_has_blank_lines(tmp_path):
    write(tmp_path, ratings=RATINGS.assign(knowledge="firm"))
    path = tmp_path / "ratings.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([lines[0], "", *lines[1:3], "", "", *lines[3:]]), encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        RiskRegister.read(tmp_path, as_of=AS_OF)
    assert sorted(row for f in refused.value.findings for row in f.rows) == [3, 4, 7, 8, 9]
