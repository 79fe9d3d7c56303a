"""The door for streams of rows."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from supplier_eval.batch import files
from supplier_eval.batch.aside import AsideFile
from supplier_eval.batch.files import (
    RecordsWriter,
    all_blank,
    column_bounds,
    csv_rows,
    frame_of,
    in_order,
    joined,
    parquet_footer,
    parquet_rows,
    with_results,
    without_cells,
)
from supplier_eval.intake.raw_table import FileRefusedError

TABLE = pa.table({"t": ["00123", "NA", "一"], "n": pa.array([2**60, None, 3], pa.int64()), "x": [0.1, None, 3.0]})


def written(path, pieces, kind, marked=False) -> bytes:
    with AsideFile(path) as aside:
        writer = RecordsWriter(aside, kind, marked)
        for piece in pieces:
            writer.write(piece)
        writer.close()
        aside.seal()
    return aside.temporary.read_bytes()


def test_csv_cells_are_text_and_odd_records_are_told():
    odd = []
    text = '00123,NA\n\n1\n"x\ny",2,3\nlast,'
    (rows,) = csv_rows(io.BytesIO(text.encode()), ["a", "b"], ",", lambda *told: odd.append(told))
    assert rows.to_pydict() == {"a": ["00123", "", "last"], "b": ["NA", "", ""]}
    assert odd == [(3, 1, "1"), (4, 3, '"x\ny",2,3')]
    assert all_blank(rows, ["a", "b"]).tolist() == [False, True, False]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_bytes_do_not_depend_on_the_pieces(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(files, "GROUP_ROWS", 5)
    whole = pa.concat_tables([TABLE] * 9)
    sizes = ([27], [1] * 27, [4, 0, 23], [5, 5, 5, 5, 7])
    found = set()
    for parts in sizes:
        starts = np.cumsum([0, *parts[:-1]])
        pieces = [whole.slice(int(start), n) for start, n in zip(starts, parts, strict=True)]
        found.add(written(tmp_path / "a", pieces, kind))
    assert len(found) == 1


def test_a_marked_csv_begins_with_the_mark_and_empty_is_not_zero(tmp_path):
    data = written(tmp_path / "a", [TABLE], "csv", marked=True)
    assert data.decode("utf-8-sig").splitlines() == [
        '"t","n","x"',
        '"00123",1152921504606846976,0.1',
        '"NA",,',
        '"一",3,3',
    ]


def test_a_file_without_rows_has_its_columns(tmp_path):
    data = written(tmp_path / "a", [TABLE.slice(0, 0)], "parquet")
    assert pq.read_table(pa.BufferReader(data)).schema.names == ["t", "n", "x"]


def test_parquet_is_read_in_pieces_and_by_row_group(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.concat_tables([TABLE] * 4), path, row_group_size=3)
    assert parquet_footer(path, "a") == files.Footer(("t", "n", "x"), 12, (3, 3, 3, 3))
    assert joined(list(parquet_rows(path, "a", 5))).equals(pa.concat_tables([TABLE] * 4))
    assert joined(list(parquet_rows(path, "a", 5, ["t"], [1]))).equals(TABLE.select(["t"]))
    assert column_bounds(path, "t") == [("00123", "一")] * 4
    assert column_bounds(path, "n") == [None] * 4  # a missing value proves nothing


def test_nested_columns_pass_through_and_do_not_move_the_statistics(tmp_path):
    path = tmp_path / "a.parquet"
    nested = pa.table({"s": [{"a": 1, "b": 2}] * 3, "l": [[1, 2]] * 3, "t": ["a", "b", "c"]})
    pq.write_table(nested, path)
    assert column_bounds(path, "t") == [("a", "c")]
    (rows,) = parquet_rows(path, "a", 5)
    assert pq.read_table(pa.BufferReader(written(tmp_path / "b", [rows], "parquet"))).equals(nested)
    with pytest.raises(FileRefusedError) as refused:
        written(tmp_path / "c", [rows], "csv")
    assert (refused.value.finding.code, refused.value.finding.column) == ("batch.file.no_csv", "s")


def test_memory_does_not_grow_with_the_row_groups(tmp_path):
    path = tmp_path / "a.parquet"
    table = pa.table({"t": np.random.default_rng(0).integers(0, 1 << 60, 400_000).astype(str)})
    pq.write_table(table, path, row_group_size=20_000)
    del table
    held = [pa.total_allocated_bytes() for _ in parquet_rows(path, "a", 20_000)]
    assert max(held) < 2 * min(held)


def test_dictionaries_are_read_as_their_values(tmp_path):
    pq.write_table(pa.table({"t": pa.array(["a", "b"]).dictionary_encode()}), tmp_path / "a.parquet")
    (rows,) = parquet_rows(tmp_path / "a.parquet", "a", 5)
    assert rows.schema.field("t").type == pa.string()


@pytest.mark.parametrize("keep", [4, 40, -9])
def test_a_damaged_file_is_refused(tmp_path, keep):
    path = tmp_path / "a.parquet"
    pq.write_table(TABLE, path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(FileRefusedError) as refused:
        parquet_footer(path, "a")
    assert refused.value.finding.code == "files.parquet.damaged"


def test_damage_inside_a_page_is_refused_while_reading(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": np.random.default_rng(0).random(5000)}), path)
    data = bytearray(path.read_bytes())
    data[4:400] = bytes(396)
    path.write_bytes(data)
    with pytest.raises(FileRefusedError):
        list(parquet_rows(path, "a", 100))


def test_whole_numbers_with_gaps_stay_whole():
    frame = frame_of(TABLE, ["n", "t"])
    assert list(frame.columns) == ["n", "t"]
    assert frame["n"].dtype == "Int64"
    assert frame["n"].iloc[0] == 2**60


def test_results_stand_beside_the_rows_and_replace_their_own_kind():
    frame = pd.DataFrame(
        {
            "total": [1.5, np.nan, 0.0],
            "rank": pd.array([1, pd.NA, 2], dtype="Int64"),
            "why": pd.Categorical([None, "a", None]),
            "ok": [True, False, True],
        }
    )
    kinds = {"total": "float", "rank": "whole", "why": "text", "ok": "yes_no"}
    rows = with_results(TABLE.append_column("why", [[1, 2, 3]]), frame, kinds)
    assert rows.column_names == ["t", "n", "x", *kinds]
    assert rows.select(list(kinds)).to_pydict() == {
        "total": [1.5, None, 0.0],
        "rank": [1, None, 2],
        "why": [None, "a", None],
        "ok": [True, False, True],
    }


def test_rows_in_order_of_a_column():
    rows = pa.table({"n": [3, 1, 2], "a": ["c", "a", "b"]})
    assert in_order(rows, "n")["a"].to_pylist() == ["a", "b", "c"]
    assert without_cells(["a"], 2).to_pydict() == {"a": [None, None]}
