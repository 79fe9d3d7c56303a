"""Files of bids."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from integrity.made_markets import ring_in_turn
from supplier_eval.errors import InvalidInput
from supplier_eval.integrity.bid_file import read_bid_file, read_bid_table
from supplier_eval.integrity.bid_table import read_bids


def written(tmp_path, text, name="bids.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_ids_stay_text_and_prices_become_numbers(tmp_path):
    path = written(tmp_path, "tender,bidder,price,reserve\n001,NA,1200.50,\n001,00123,1300,1500\n")
    with pytest.raises(InvalidInput):  # a reserve price that differs from row to row
        read_bids(read_bid_file(path))
    path = written(tmp_path, "tender,bidder,price\n001,NA,1200.50\n001,00123,1300\n")
    table = read_bids(read_bid_file(path))
    assert (table.tenders, table.bidders) == (("001",), ("00123", "NA"))
    assert table.price.tolist() == [1300.0, 1200.5]


def test_three_columns_are_one_day(tmp_path):
    path = written(tmp_path, "tender,bidder,price,year,Month,day\nT,A,1,2020,3,7\nT,B,2,2020,3,7\n")
    columns = {"date": "year+month+day"}
    table = read_bids(read_bid_file(path, columns), columns)
    assert table.date.astype(str).tolist() == ["2020-03-07"]


def test_what_is_no_number_is_refused_with_its_row(tmp_path):
    path = written(tmp_path, "tender,bidder,price\nT,A,1000\nT,B,about 7\n")
    with pytest.raises(InvalidInput) as refused:
        read_bids(read_bid_file(path))
    assert [(f.code, f.rows) for f in refused.value.findings] == [("bid_table.not_a_number", (2,))]


def test_csv_and_parquet_give_the_same_table(tmp_path):
    frame = ring_in_turn(3)
    frame.to_csv(tmp_path / "bids.csv", index=False)
    frame.to_parquet(tmp_path / "bids.parquet")
    one, two = (read_bids(read_bid_file(tmp_path / f"bids.{kind}")) for kind in ("csv", "parquet"))
    assert np.array_equal(one.price, two.price)
    assert one.bidders == two.bidders
    assert np.array_equal(one.winner, two.winner)
    assert np.array_equal(one.date, two.date)


def test_no_file_and_no_table_are_refused(tmp_path):
    for path in (tmp_path / "missing.csv", written(tmp_path, "", "empty.csv")):
        with pytest.raises(InvalidInput):
            read_bid_file(path)
    assert isinstance(read_bid_file(written(tmp_path, "a,b\n1,2\n")), pd.DataFrame)


def test_findings_name_the_row_that_a_spreadsheet_shows(tmp_path):
    path = written(tmp_path, "tender,bidder,price\nT,A,1000\nT,B,about 7\nT,C,-1\n")
    with pytest.raises(InvalidInput) as refused:
        read_bid_table(path)
    assert [(f.code, f.rows) for f in refused.value.findings] == [
        ("bid_table.not_a_number", (3,)),
        ("bid_table.not_positive", (4,)),
    ]
    table = read_bid_table(written(tmp_path, "tender,bidder,price\nT,B,5\nT,A,7\nT,A,6\n"))
    assert table.row.tolist() == [4, 3, 2]
    assert [(f.code, f.rows) for f in table.warnings] == [("bid_table.several_bids", (3,))]


@pytest.mark.parametrize(("text", "marks"), [("1,234,567.50", (".", ",")), ("1.234.567,50", (",", "."))])
def test_thousands_are_read_where_their_mark_is_declared(tmp_path, text, marks):
    path = written(tmp_path, f'tender,bidder,price\nT,A,"{text}"\nT,B,80\n')
    assert read_bid_table(path, decimal=marks[0], thousands=marks[1]).price.tolist() == [1_234_567.5, 80.0]
    with pytest.raises(InvalidInput) as refused:
        read_bid_table(path)
    assert "--thousands" in refused.value.findings[0].line("en")


@pytest.mark.parametrize("marks", [{"thousands": "."}, {"decimal": ";"}, {"decimal": 3}, {"thousands": None}])
def test_marks_that_are_none_are_refused_in_words(tmp_path, marks):
    with pytest.raises(InvalidInput) as refused:
        read_bid_table(written(tmp_path, "tender,bidder,price\nT,A,1\n"), **marks)
    assert [f.code for f in refused.value.findings] == ["bid_file.marks"]
    assert refused.value.findings[0].line("zh")
