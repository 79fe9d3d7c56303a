import datetime

import openpyxl
import pytest
import xlsxwriter

from intake.made_files import (
    HEADER,
    HOSTILE,
    book_parts,
    codes,
    measured,
    only,
    sheet_xml,
    sparse_book,
    text_cell,
    write_book,
    write_zip,
)
from supplier_eval.intake.cell_values import Figure
from supplier_eval.intake.files import read_table, read_workbook
from supplier_eval.intake.raw_table import Limits

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(("make", "code"), HOSTILE.items(), ids=[make.__name__ for make in HOSTILE])
def test_a_hostile_workbook_is_refused_in_a_second_and_in_200_megabytes(tmp_path, make, code):
    seen = measured("read_workbook", make(tmp_path / "a.xlsx"))
    assert seen["codes"] == [code]
    assert not seen["read"]
    assert seen["seconds"] < 1
    assert seen["peak"] < 200 * MEGABYTE


def test_a_stray_cell_refuses_its_sheet_and_not_the_others(tmp_path):
    far = HEADER + f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    path = write_zip(
        tmp_path / "a.xlsx", book_parts({"far": sheet_xml(far), "bids": sheet_xml(HEADER), "none": "<broken"})
    )
    tables, found = read_workbook(path)
    assert list(tables) == ["bids"]
    assert [(f.table, f.code) for f in found] == [("far", "files.xlsx.stray_cell"), ("none", "files.xlsx.damaged")]
    assert only(read_table(sparse_book(tmp_path / "b.xlsx"))[1]).table == "b"


def fill(sheet):
    sheet.append(["供应商编号", "名称", "报价", "截止", "小微企业", "比例"])
    sheet.append(["00123", "NA", 12.5, datetime.datetime(2026, 3, 1, 9, 30), True, 0.125])
    sheet.append([123, "“甲”（公司）", 1234567.89, datetime.date(2026, 3, 2), False, None])
    sheet["F2"].number_format = "0.0%"
    sheet["A4"].number_format = "00000"
    sheet["A4"] = 7


def test_a_workbook_of_openpyxl_is_read_as_its_screen_shows_it(tmp_path):
    book = openpyxl.Workbook()
    fill(book.active)
    book.active.title = "bids"
    book.create_sheet("notes")
    book.save(tmp_path / "tender.xlsx")
    tables, found = read_workbook(tmp_path / "tender.xlsx")
    assert [(f.code, f.table) for f in found] == [("files.xlsx.empty_sheet", "notes")]
    table = tables["bids"]
    assert table.name == "bids"
    assert table.columns == ("供应商编号", "名称", "报价", "截止", "小微企业", "比例")
    assert table.rows == (
        ("00123", "NA", "12.5", "2026-03-01T09:30:00", "yes", "12.5%"),
        ("123", "“甲”（公司）", "1234567.89", "2026-03-02", "no", ""),
        ("00007", "", "", "", "", ""),
    )
    assert isinstance(table.rows[0][2], Figure)
    assert table.row_numbers == (2, 3, 4)


def test_formulas_of_openpyxl_have_no_saved_result(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["bid", "total"])
    book.active.append(["A", "=1+1"])
    book.save(tmp_path / "tender.xlsx")
    _, found = read_table(tmp_path / "tender.xlsx")
    assert (only(found).code, found[0].column, found[0].rows) == ("files.xlsx.formula_without_value", "total", (2,))


def test_a_workbook_of_xlsxwriter_with_rich_text_formulas_and_hidden_parts(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "tender.xlsx")
    bold = book.add_format({"bold": True})
    sheet, back = book.add_worksheet("bids"), book.add_worksheet("back")
    sheet.write_row(0, 0, ["bid", "total"])
    sheet.write_rich_string(1, 0, "A", bold, "B", "C")
    sheet.write_formula(1, 1, "=1+1", None, 2)
    sheet.set_row(1, None, None, {"hidden": True})
    back.write_row(0, 0, ["bid"])
    back.hide()
    book.close()
    tables, found = read_workbook(tmp_path / "tender.xlsx")
    assert tables["bids"].rows == (("ABC", "2"),)
    assert list(tables) == ["bids", "back"]
    assert codes(found) == []
    assert codes(found, "warning") == ["files.xlsx.formula", "files.xlsx.hidden_rows", "files.xlsx.hidden_sheet"]


def test_a_chart_sheet_is_named_and_passed_over(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "tender.xlsx")
    book.add_worksheet("bids").write_row(0, 0, ["bid"])
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=bids!$A$1:$A$1"})
    book.add_chartsheet("picture").set_chart(chart)
    book.close()
    tables, found = read_workbook(tmp_path / "tender.xlsx")
    assert list(tables) == ["bids"]
    assert (only(found).code, found[0].table) == ("files.xlsx.not_a_table", "picture")


def test_one_table_is_the_only_sheet_or_the_one_of_its_name(tmp_path):
    other = sheet_xml('<row r="1">' + text_cell("A1", "item") + "</row>")
    path = write_zip(tmp_path / "a.xlsx", book_parts({"Ｂids": sheet_xml(HEADER), "Prices": other}))
    table, found = read_table(path, "prices")
    assert (table.name, table.columns, found) == ("prices", ("item",), [])
    assert read_table(path, "bids")[0].columns == ("bid", "price")
    table, found = read_table(path)
    assert table is None
    assert (only(found).code, found[0].facts["sheets"]) == ("files.xlsx.several_sheets", "Ｂids, Prices")
    assert read_table(write_book(tmp_path / "b.xlsx"), "marks")[0].name == "marks"


def test_an_empty_workbook_is_an_empty_table(tmp_path):
    table, found = read_table(write_book(tmp_path / "a.xlsx", ""))
    assert table is None
    assert codes(found) == ["files.empty"]


def test_two_sheets_of_one_name_are_damage(tmp_path):
    path = write_zip(tmp_path / "a.xlsx", book_parts({"bids": sheet_xml(HEADER), "BIDS": sheet_xml(HEADER)}))
    assert only(read_workbook(path)[1]).code == "files.xlsx.damaged"


def test_a_workbook_of_charts_alone_has_no_table(tmp_path):
    assert only(read_workbook(write_zip(tmp_path / "a.xlsx", book_parts({})))[1]).code == "files.xlsx.no_sheets"


def test_sheets_and_shared_texts_are_bounded(tmp_path):
    two = write_zip(tmp_path / "a.xlsx", book_parts({"a": sheet_xml(HEADER), "b": sheet_xml(HEADER)}))
    assert only(read_workbook(two, Limits(sheets=1))[1]).code == "files.limits.sheets"
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + "<si><t>a</t></si>" * 9 + "</sst>"
    )
    path = write_book(tmp_path / "b.xlsx", strings=strings)
    assert only(read_workbook(path, Limits(cells=8))[1]).code == "files.limits.cells"


def test_days_of_a_macintosh_workbook_are_counted_from_1904(tmp_path):
    rows = HEADER + '<row r="2"><c r="A2" s="1"><v>44620</v></c></row>'
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    table, _ = read_table(write_book(tmp_path / "a.xlsx", rows, styles=styles, date1904=True))
    assert table.rows == (("2026-03-01", ""),)
