import pickle
from decimal import Decimal
from functools import partial

import pytest

from intake.made_files import only
from supplier_eval.intake.cell_values import Figure, Problem, fold_width, parse_column, parse_yes_no
from supplier_eval.intake.numbers import parse_number


@pytest.mark.parametrize("text", ["yes", "YES", "True", "1", "１", "是", "有", " ｙｅｓ "])
def test_yes_in_every_spelling(text):
    assert parse_yes_no(text) is True


@pytest.mark.parametrize("text", ["no", "No", "FALSE", "0", "否", "无"])
def test_no_in_every_spelling(text):
    assert parse_yes_no(text) is False


@pytest.mark.parametrize("text", ["y", "n", "√", "maybe", "2", "有/无", "none"])
def test_anything_else_is_neither(text):
    assert parse_yes_no(text) == Problem("yes_no.not_yes_no", text)


def test_an_empty_cell_is_not_no():
    assert parse_yes_no(" \u3000").code == "yes_no.empty"


def test_width_is_folded_without_reading_an_exponent_as_a_digit():
    assert fold_width("\u3000１２．５％\ufeff") == "12.5%"
    assert fold_width("5²") == "5²"


def test_a_column_is_read_whole_and_its_problems_are_grouped():
    texts = ["1", "", "1.234", "x", " ", "2,345", "2.5"]
    column = parse_column(texts, (2, 3, 5, 6, 7, 8, 9), partial(parse_number, decimal=None))
    assert column.values == (Decimal(1), None, None, None, None, None, Decimal("2.5"))
    assert column.missing == (3, 7)
    assert column.problems == {"number.ambiguous": ((5, 8), "1.234"), "number.not_a_number": ((6,), "x")}
    found = column.findings("prices", "unit_price")
    assert [(f.code, f.rows, f.value) for f in found] == [
        ("number.ambiguous", (5, 8), "1.234"),
        ("number.not_a_number", (6,), "x"),
    ]
    assert only(found[:1]).where() == "prices.unit_price, rows 5 and 8"


def test_false_is_a_value_and_not_missing():
    column = parse_column(["no", "yes"], (2, 3), parse_yes_no)
    assert (column.values, column.missing) == ((False, True), ())


def test_cells_and_row_numbers_must_be_as_many():
    with pytest.raises(ValueError, match="shorter"):
        parse_column(["1", "2"], (2,), parse_number)


def test_a_figure_is_text_and_survives_a_process_border():
    figure = Figure("1.234")
    assert figure == "1.234"
    assert hash(figure) == hash("1.234")
    assert isinstance(pickle.loads(pickle.dumps(figure)), Figure)
