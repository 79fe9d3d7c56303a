import pytest

from intake.made_files import only
from supplier_eval.errors import UnknownName
from supplier_eval.intake.raw_table import (
    FileRefusedError,
    Limits,
    TableBuilder,
    column_key,
    column_letter,
    filled,
)


def build(*rows, limits=None, padded=False):
    builder = TableBuilder("bids", "bids.csv", limits or Limits(), padded=padded)
    for number, cells in enumerate(rows, start=1):
        builder.add(number, cells)
    return builder.finish()


def stopped(*rows, **limits):
    with pytest.raises(FileRefusedError) as caught:
        build(*rows, limits=Limits(**limits))
    return only([caught.value.finding])


def test_column_names_are_compared_in_one_form():
    assert column_key(" Ｂｉｄ（１）\u200b ") == "bid(1)"
    assert column_key("Unit\r\nPrice") == "unit price"
    assert column_key("STRASSE") == column_key("straße")


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")])
def test_column_letters_are_those_of_the_spreadsheet(index, letter):
    assert column_letter(index) == letter


def test_blank_cells_at_the_end_do_not_count():
    assert filled(["a", "", "b", " ", "\u3000"]) == 3


def test_one_column_can_be_asked_for_by_name():
    table, _ = build(["bid", "price"], ["A", "1"], ["B", "2"])
    assert table.cells("price") == ("1", "2")
    assert len(table) == 2
    with pytest.raises(UnknownName):
        table.cells("prise")


def test_a_header_of_nothing_is_missing():
    assert only(build()[1]).code == "files.header.missing"
    assert stopped(["", " "]).code == "files.header.missing"
    assert stopped(["\u200b"]).code == "files.header.missing"


def test_a_header_of_numbers_is_no_header():
    assert stopped(["1", "２.5", "1,000"], ["2", "3", "4"]).code == "files.header.numbers"


def test_years_beside_names_are_a_header():
    assert build(["supplier", "2024", "2025"])[0].columns == ("supplier", "2024", "2025")


def test_the_same_name_twice_is_refused_and_both_places_named():
    table, found = build(["Price", "bid", "ＰＲＩＣＥ"], ["1", "A", "2"])
    assert table is None
    assert only(found).code == "files.header.duplicate"
    assert (found[0].column, found[0].facts["places"]) == ("price", "A, C")


def test_a_column_without_name_is_dropped_when_empty_and_named_when_not():
    table, found = build(["bid", "", "price"], ["A", "", "1"])
    assert (table.columns, table.rows, found) == (("bid", "price"), (("A", "1"),), [])
    table, found = build(["bid", "", "price"], ["A", "x", "1"], ["B", "", "2"])
    assert only(found).code == "files.header.unnamed"
    assert (found[0].column, found[0].rows) == ("B", (2,))
    assert table.rows == (("A", "1"), ("B", "2"))


def test_a_short_row_is_complete_only_where_the_format_leaves_out_empty_cells():
    assert build(["a", "b"], ["1"], padded=True)[0].rows == (("1", ""),)
    assert only(build(["a", "b"], ["1"])[1]).code == "files.rows.too_few_cells"


def test_each_limit_stops_the_table_and_what_is_just_within_passes():
    rows = [["a", "b"], ["1", "2"], ["3", "4"]]
    assert build(*rows, limits=Limits(rows=2, columns=2, cells=4, cell_chars=1))[1] == []
    assert stopped(*rows, rows=1).code == "files.limits.rows"
    assert stopped(*rows, columns=1).code == "files.limits.columns"
    assert stopped(*rows, cells=3).code == "files.limits.cells"
    assert stopped(["ab"], cell_chars=1).code == "files.cells.too_long"


def test_a_hundred_columns_are_read():
    names = [f"c{i}" for i in range(100)]
    table, found = build(names, [str(i) for i in range(100)])
    assert found == []
    assert table.cells("c99") == ("99",)


def test_a_limit_below_one_is_a_programming_error():
    with pytest.raises(ValueError, match="rows"):
        Limits(rows=0)
