import pytest

from intake.made_files import HEADER, codes, only, styles_xml, text_cell, write_book
from supplier_eval.intake.files import read_table
from supplier_eval.intake.raw_table import Limits
from supplier_eval.intake.xlsx_sheet import unescape


def read(tmp_path, rows, limits=None, **options):
    return read_table(write_book(tmp_path / "bids.xlsx", HEADER + rows, **options), limits=limits or Limits())


def row(number, cells, attributes=""):
    return f'<row r="{number}" {attributes}>{cells}</row>'


def test_cells_of_every_kind_become_text(tmp_path):
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>NA</t></si><si><r><t>供应</t></r><r><t>商</t></r><rPh><t>gong</t></rPh></si></sst>"
    )
    cells = [
        '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>',
        '<c r="A3" t="b"><v>1</v></c><c r="B3" t="b"><v>0</v></c>',
        '<c r="A4" s="1"><v>46082</v></c><c r="B4"><v>123</v></c>',
        '<c r="A5" t="d"><v>2026-03-01</v></c>',
        text_cell("A6", "00123") + text_cell("B6", " a_x000A_b "),
    ]
    rows = "".join(row(i, cell) for i, cell in enumerate(cells, start=2))
    table, found = read(tmp_path, rows, strings=strings, styles=styles_xml("yyyy/m/d"))
    assert found == []
    assert table.rows == (
        ("NA", "供应商"),
        ("yes", "no"),
        ("2026-03-01", "123"),
        ("2026-03-01", ""),
        ("00123", " a\nb "),
    )


def test_rows_and_cells_without_number_follow_each_other(tmp_path):
    table, found = read(tmp_path, "<row><c><v>1</v></c><c><v>2</v></c></row>")
    assert found == []
    assert (table.rows, table.row_numbers) == ((("1", "2"),), (2,))


def test_blank_rows_count_and_formatted_empty_cells_far_away_do_not(tmp_path):
    far = row(1048576, '<c r="XFD1048576" s="3"/>')
    table, found = read(tmp_path, row(5, text_cell("A5", "A")) + row(7, text_cell("A7", " ")) + far)
    assert found == []
    assert table.row_numbers == (5,)


@pytest.mark.parametrize("ref", ["XFD1048576", "XFD2", "A1048576", "ALM2"])
def test_a_value_beyond_the_limits_stops_the_sheet_and_is_named(tmp_path, ref):
    number = "".join(filter(str.isdigit, ref))
    table, found = read(tmp_path, row(number, text_cell(ref, "x")))
    assert table is None
    assert (only(found).code, found[0].value) == ("files.xlsx.stray_cell", ref)


def test_a_value_beside_the_header_is_a_row_with_too_many_cells(tmp_path):
    table, found = read(tmp_path, row(2, text_cell("A2", "A") + text_cell("D2", "x")))
    assert (only(found).code, found[0].rows) == ("files.rows.too_many_cells", (2,))
    assert table.rows == ()


def test_a_saved_result_of_a_formula_is_taken_with_a_warning(tmp_path):
    rows = "".join(row(i, f'<c r="B{i}"><f>A{i}*2</f><v>{i}.5</v></c>') for i in (2, 3))
    table, found = read(tmp_path, rows + row(4, '<c r="B4" t="str"><f>""</f><v></v></c>'))
    assert table.cells("price") == ("2.5", "3.5")
    assert only(found).severity == "warning"
    assert (found[0].code, found[0].column, found[0].rows) == ("files.xlsx.formula", "price", (2, 3))


@pytest.mark.parametrize("cell", ["<f>A1</f>", "<f>A1</f><v/>", "<f>A1</f><v></v>"])
def test_a_formula_without_saved_result_is_an_error(tmp_path, cell):
    _, found = read(tmp_path, row(2, text_cell("A2", "A") + f'<c r="B2">{cell}</c>'))
    assert (only(found).code, found[0].column) == ("files.xlsx.formula_without_value", "price")
    assert found[0].severity == "error"


def test_error_cells_bad_days_and_lost_digits_are_findings_by_column(tmp_path):
    rows = row(2, '<c r="A2" t="e"><v>#REF!</v></c><c r="B2" s="1"><v>60</v></c>')
    rows += row(3, '<c r="A3"><v>110101199003071234</v></c><c r="B3"><v>nan</v></c>')
    table, found = read(tmp_path, rows, styles=styles_xml(14))
    assert [(f.code, f.column, f.rows) for f in found] == [
        ("files.xlsx.error_cell", "bid", (2,)),
        ("files.xlsx.bad_date", "price", (2,)),
        ("files.xlsx.digits_lost", "bid", (3,)),
        ("files.xlsx.bad_number", "price", (3,)),
    ]
    assert table.rows[0] == ("#REF!", "60")


def test_merged_cells_are_an_error_and_named(tmp_path):
    merges = '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="B3:B4"/></mergeCells>'
    _, found = read(tmp_path, row(2, text_cell("A2", "A")), after=merges)
    assert (only(found).code, found[0].rows, found[0].value) == ("files.xlsx.merged", (2, 3), "A2:A3, B3:B4")


def test_hidden_rows_and_columns_are_read_with_a_warning(tmp_path):
    hidden = row(2, text_cell("A2", "A"), 'hidden="1"') + row(3, '<c r="A3"/>', 'hidden="1"')
    table, found = read(tmp_path, hidden, before='<cols><col min="2" max="9" hidden="1"/></cols>')
    assert table.rows == (("A", ""),)
    assert [(f.code, f.column, f.rows) for f in found] == [
        ("files.xlsx.hidden_rows", "", (2,)),
        ("files.xlsx.hidden_column", "price", ()),
    ]
    assert codes(found) == []


@pytest.mark.parametrize(
    "rows",
    [
        row(1, text_cell("A1", "again")),
        row(2, text_cell("B2", "b") + text_cell("A2", "a")),
        row(2, text_cell("A2", "b") + text_cell("A2", "a")),
        row(2, text_cell("A3", "a")),
        row(2, text_cell("a2", "a")),
        row("x", text_cell("A2", "a")),
        row(2, '<c r="A2" t="s"><v>1</v></c>'),
        row(2, '<c r="A2" t="s"><v>-1</v></c>'),
        row(2, '<c r="A2" s="x"><v>1</v></c>'),
        "<row",
    ],
)
def test_a_sheet_that_programs_could_read_differently_is_damaged(tmp_path, rows):
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si></sst>'
    table, found = read(tmp_path, rows, strings=strings)
    assert table is None
    assert only(found).code == "files.xlsx.damaged"


def test_a_cell_longer_than_the_limit_is_found_without_being_kept(tmp_path):
    rows = row(2, text_cell("A2", "长" * 40_000)) + row(3, text_cell("A3", "长" * 32_767))
    table, found = read(tmp_path, rows)
    assert (only(found).code, found[0].rows) == ("files.cells.too_long", (2,))
    assert len(table.rows[0][0]) == 32_767


def test_limits_of_rows_and_cells_hold_in_sheets(tmp_path):
    rows = "".join(row(i, text_cell(f"A{i}", "x")) for i in range(2, 6))
    assert read(tmp_path, rows, Limits(rows=4, cells=8))[1] == []
    assert only(read(tmp_path, rows, Limits(cells=7))[1]).code == "files.limits.cells"
    assert only(read(tmp_path, rows, Limits(rows=3))[1]).code == "files.xlsx.stray_cell"


def test_escapes_of_the_format_are_turned_back_once():
    assert unescape("a_x000D_b_x005F_x000D_") == "a\rb_x000D_"
    assert unescape("a_xyz_") == "a_xyz_"
