import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.made_files import codes, only
from supplier_eval.intake.csv_text import read_csv_text
from supplier_eval.intake.raw_table import Limits


def read(text, limits=None, encoding=None):
    data = text.encode("utf-8") if isinstance(text, str) else text
    return read_csv_text(data, "bids", "bids.csv", encoding, limits or Limits())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_every_line_end_gives_the_same_table(separator, end):
    text = end.join(["bid,name", "00123,NA", "B,"]).replace(",", separator)
    table, found = read(text)
    assert found == []
    assert table.columns == ("bid", "name")
    assert table.rows == (("00123", "NA"), ("B", ""))
    assert table.row_numbers == (2, 3)


def test_a_record_is_one_sheet_row_however_many_lines_its_quotes_hold():
    table, found = read('bid,note\n"A","one\ntwo\r\nthree"\n\n,,\nB,"x ""y"""\n')
    assert found == []
    assert table.rows == (("A", "one\ntwo\r\nthree"), ("B", 'x "y"'))
    assert table.row_numbers == (2, 5)


def test_line_separators_of_unicode_do_not_end_a_row():
    table, _ = read("bid,name\nA,x\u2028y\x85z\x0bw\n")
    assert table.rows == (("A", "x\u2028y\x85z\x0bw"),)


def test_a_sep_line_names_the_separator_and_is_no_row():
    table, found = read("sep=;\r\nbid;price, net\r\nA;1\r\n")
    assert found == []
    assert table.columns == ("bid", "price, net")
    assert table.row_numbers == (2,)


def test_a_sep_line_with_another_sign_is_refused():
    table, found = read("sep=|\nbid|price\nA|1\n")
    assert table is None
    assert only(found).code == "files.csv.sep_line"


def test_one_separator_that_fits_all_rows_is_taken_over_one_that_does_not():
    table, found = read("bid;price, net\nA;1\nB;2\n")
    assert found == []
    assert table.columns == ("bid", "price, net")


def test_a_header_that_fits_two_separators_is_refused():
    table, found = read("a,b;c\n1,2;3\n")
    assert table is None
    assert only(found).code == "files.csv.separator"


@pytest.mark.parametrize("sign", ["，", "；", "、"])
def test_full_width_separators_are_refused(sign):
    table, found = read(f"投标{sign}报价\nA{sign}1\n")
    assert table is None
    assert only(found).code == "files.csv.fullwidth_separator"


def test_full_width_signs_inside_names_are_left_alone():
    table, found = read("编号,报价（元，含税）\nＡ，1,１２\n")
    assert found == []
    assert table.columns == ("编号", "报价(元,含税)")
    assert table.rows == (("Ａ，1", "１２"),)


def test_a_file_of_one_column_needs_no_separator():
    table, found = read("bid\nA\n")
    assert found == []
    assert table.rows == (("A",),)


@pytest.mark.parametrize("text", ['bid,name\nA,"open\nB,x\n', 'bid,name\nA,"x"y\n'])
def test_quotes_that_do_not_close_are_refused_with_the_row_where_they_open(text):
    table, found = read(text)
    assert table is None
    assert only(found).code == "files.csv.quotes"
    assert found[0].rows == (2,)


def test_ragged_rows_are_named_and_left_out():
    table, found = read("a,b,c\n1,2\n1,2,3,4\n1,2,3\n1,2,3,,\n")
    assert [(f.code, f.rows) for f in found] == [
        ("files.rows.too_many_cells", (3,)),
        ("files.rows.too_few_cells", (2,)),
    ]
    assert table.rows == (("1", "2", "3"), ("1", "2", "3"))
    assert table.row_numbers == (4, 5)


def test_empty_columns_and_rows_at_the_end_are_dropped_quietly():
    table, found = read("bid;price;;;\nA;1;;;\n;;;;\n;;;;\n")
    assert found == []
    assert table.columns == ("bid", "price")
    assert table.rows == (("A", "1"),)


def test_a_cell_beyond_the_limit_is_a_finding_and_one_within_it_is_kept_whole():
    long = "长" * 32_767
    table, found = read(f"bid,name\nA,{long}\nB,{'长' * 40_000}\nC,x\n")
    assert only(found).code == "files.cells.too_long"
    assert found[0].rows == (3,)
    assert table.rows == (("A", long), ("C", "x"))


def test_a_cell_beyond_what_the_csv_module_takes_is_a_finding():
    table, found = read(f"bid,name\nA,{'x' * 140_000}\n")
    assert table is None
    assert only(found).code == "files.cells.too_long"
    assert found[0].rows == (2,)


def test_a_record_of_nothing_but_separators_is_bounded():
    table, found = read("a,b\n" + "," * 200_000 + "\n")
    assert table is None
    assert only(found).code == "files.limits.columns"


def test_that_bound_is_for_one_record_and_not_for_the_file():
    table, found = read("a,b,c\n" + "1,2,3\n" * 60_000)
    assert found == []
    assert len(table) == 60_000


def test_only_blanks_are_an_empty_file():
    table, found = read("\ufeff \r\n\r\n")
    assert table is None
    assert only(found).code == "files.empty"


def test_a_blank_first_row_is_a_missing_header():
    _, found = read("\nbid,price\nA,1\n")
    assert only(found).code == "files.header.missing"


def test_encoding_findings_come_through():
    _, found = read(b"bid,name\nA,\x00\n")
    assert codes(found) == ["files.encoding.nul"]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufffd\ufeff"), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_what_a_spreadsheet_quotes_is_read_back_as_written(rows, end):
    quoted = ['"' + cell.replace('"', '""') + '"' for row in rows for cell in row]
    lines = [",".join(quoted[i : i + 2]) for i in range(0, len(quoted), 2)]
    table, found = read(end.join(["bid,name", *lines]))
    assert found == []
    kept = [(row, number) for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)]
    assert table.rows == tuple(row for row, _ in kept)
    assert table.row_numbers == tuple(number for _, number in kept)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data):
    table, found = read(data)
    assert table is not None or codes(found)
