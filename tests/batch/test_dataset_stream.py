"""One input as a stream of rows."""

from __future__ import annotations

import csv

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.dataset_stream import Window, is_unchanged, open_stream
from supplier_eval.batch.files import joined
from supplier_eval.batch.seen_tenders import BLANK
from supplier_eval.intake.raw_table import FileRefusedError


def stream_of(tmp_path, text: str):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    return open_stream(InputFile(path, "a.csv", "csv", "csv"))


def parquet_of(tmp_path, rows: int):
    frame = pd.DataFrame({"tender": [f"T{i // 2}" for i in range(rows)], "x": range(rows)})
    path = tmp_path / "a.parquet"
    frame.to_parquet(path, row_group_size=4)
    return open_stream(InputFile(path, "a.parquet", "parquet", "parquet"))


@pytest.mark.parametrize("batch_rows", [1, 2, 100])
def test_rows_have_the_numbers_that_a_sheet_shows(tmp_path, batch_rows):
    stream = stream_of(tmp_path, 't,x\nA,1\n\nA,2\nbad\nB,3\n,\nB,4,5\n  ,6\n"B",7\nbad,1,2\n')
    pieces = list(stream.pieces("t", batch_rows))
    assert [n for piece in pieces for n in piece.numbers.tolist()] == [2, 4, 6, 9, 10]
    assert joined([piece.rows for piece in pieces])["x"].to_pylist() == ["1", "2", "3", "6", "7"]
    assert [row.number for row in stream.odd] == [5, 8, 11]
    assert [row.digest is None for row in stream.odd] == [False, False, False]
    assert [d == BLANK for piece in pieces for d in piece.digests] == [False, False, False, True, False]
    assert max(map(len, pieces)) <= batch_rows


CELLS = st.text(st.sampled_from("aB1 ,;\"\n\r\t招\u3000\u00a0='"), max_size=5)


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([("\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_MINIMAL)]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_any_table_is_read_as_the_standard_reader_reads_it(tmp_path_factory, table, separator, style, encoding):
    path = tmp_path_factory.mktemp("s") / "a.csv"
    head = ["t", "招标文件说明", "x"]
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=separator, lineterminator=style[0], quoting=style[1])
        writer.writerows([head, *table])
    assume(style != ("\n", csv.QUOTE_MINIMAL) or "\r" not in "".join(map("".join, table)))  # written without quotes
    assume(encoding != "gb18030" or not {"\u00a0", "\u3000"} & set("".join(map("".join, table))))
    stream = open_stream(InputFile(path, "a.csv", "csv", "csv"))
    assert stream.columns == tuple(head)
    pieces = list(stream.pieces("t", 3))
    read = [tuple(row.values()) for piece in pieces for row in piece.rows.to_pylist()]
    numbers = [n for piece in pieces for n in piece.numbers.tolist()]
    filled = [(i + 2, row) for i, row in enumerate(table) if any(cell.strip() for cell in row)]
    assert list(zip(numbers, read, strict=True)) == filled
    assert not stream.odd


def test_a_record_whose_tender_may_have_moved_has_no_digest(tmp_path):
    stream = stream_of(tmp_path, "x,t\n1,A\n2\n")
    list(stream.pieces("t", 10))
    assert stream.odd[0].digest is None
    assert stream.odd[0].finding_code == "batch.row.too_few_cells"


def test_numbers_hold_over_many_blocks_of_text(tmp_path):
    lines = [f"T{i},{'x' * 60}" + (",odd" if i % 1000 == 7 else "") for i in range(60_000)]
    stream = stream_of(tmp_path, "t,x\n" + "\n".join(lines) + "\n")
    numbers = [n for piece in stream.pieces("t", 10_000) for n in piece.numbers.tolist()]
    assert numbers == [i + 2 for i in range(60_000) if i % 1000 != 7]
    assert [row.number for row in stream.odd] == [i + 2 for i in range(7, 60_000, 1000)]
    assert stream.read_bytes > 0


def test_a_column_without_a_name_must_be_empty(tmp_path):
    assert stream_of(tmp_path, "t,x,\nA,1,\n").columns == ("t", "x")
    with pytest.raises(FileRefusedError) as refused:
        list(stream_of(tmp_path, "t,x,\nA,1,\nB,1,z\n").pieces("t", 10))
    assert (refused.value.finding.code, refused.value.finding.rows) == ("files.header.unnamed", (3,))


@pytest.mark.parametrize("text", ["t,x\n", "t,x"])
def test_a_header_alone_is_refused(tmp_path, text):
    with pytest.raises(FileRefusedError) as refused:
        stream_of(tmp_path, text)
    assert refused.value.finding.code == "batch.file.no_rows"


def test_a_record_longer_than_a_block_is_refused(tmp_path):
    with pytest.raises(FileRefusedError) as refused:
        list(stream_of(tmp_path, "t,x\nA,1\nB," + "y" * 3_000_000 + "\n").pieces("t", 10))
    assert refused.value.finding.code == "batch.file.csv"


def test_a_window_is_a_part_of_a_parquet_file(tmp_path):
    stream = parquet_of(tmp_path, 10)
    assert stream.stated == 10
    stream.window = Window((1, 2), 4, 5, 9)
    pieces = list(stream.pieces("tender", 3))
    assert stream.stated == 4
    assert [n for piece in pieces for n in piece.numbers.tolist()] == [7, 8, 9, 10]
    assert joined([piece.rows for piece in pieces])["x"].to_pylist() == [5, 6, 7, 8]


def test_a_file_that_changed_is_not_the_same(tmp_path):
    stream = parquet_of(tmp_path, 10)
    assert is_unchanged(stream.file.path, stream.identity)
    parquet_of(tmp_path, 11)
    assert not is_unchanged(stream.file.path, stream.identity)
    stream.file.path.unlink()
    assert not is_unchanged(stream.file.path, stream.identity)
