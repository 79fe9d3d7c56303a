import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from intake.made_files import only
from supplier_eval.intake.cell_values import Figure
from supplier_eval.intake.files import read_table
from supplier_eval.intake.parquet import read_parquet_frame
from supplier_eval.intake.raw_table import Limits

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


def write(path, columns):
    pq.write_table(pa.table(columns), path)
    return path


def test_every_plain_type_becomes_text(tmp_path):
    moment = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=SHANGHAI)
    columns = {
        "Bid": pa.array(["00123", None]),
        "n": pa.array([7, None], pa.int64()),
        "f": pa.array([12.5, float("nan")]),
        "g": pa.array([0.1, 3.0], pa.float32()),
        "d": pa.array([Decimal("1.50"), None]),
        "b": pa.array([True, False]),
        "day": pa.array([datetime.date(2026, 3, 1), None]),
        "at": pa.array([moment, None], pa.timestamp("ns", tz="Asia/Shanghai")),
        "naive": pa.array([moment.replace(tzinfo=None), None], pa.timestamp("ms")),
        "kind": pa.array(["x", "x"]).dictionary_encode(),
    }
    table, found = read_table(write(tmp_path / "bids.parquet", columns))
    assert found == []
    assert table.columns[0] == "bid"
    assert table.rows[0] == (
        *("00123", "7", "12.5", "0.1", "1.50", "yes", "2026-03-01"),
        *("2026-03-01T01:30:00+00:00", "2026-03-01T09:30:00", "x"),
    )
    assert table.rows[1] == ("", "", "nan", "3", "", "no", "", "", "", "x")
    assert isinstance(table.rows[0][2], Figure)
    assert table.row_numbers == (2, 3)


@pytest.mark.parametrize(("value", "text"), [(1e22, "1" + "0" * 22), (1e-7, "0.0000001"), (-0.0, "0"), (1e5, "100000")])
def test_floats_are_written_without_exponent(tmp_path, value, text):
    assert read_table(write(tmp_path / "a.parquet", {"x": [value]}))[0].rows == ((text,),)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(rows=2), "files.limits.rows"),
        (Limits(columns=1), "files.limits.columns"),
        (Limits(cells=5), "files.limits.cells"),
        (Limits(unpacked_bytes=20), "files.limits.unpacked"),
    ],
)
def test_the_footer_is_judged_before_pages_are_read(tmp_path, limits, code):
    path = write(tmp_path / "a.parquet", {"x": [1, 2, 3], "y": [4, 5, 6]})
    assert read_table(path)[1] == []
    table, found = read_table(path, limits=limits)
    assert table is None
    assert only(found).code == code


def test_a_long_cell_is_found(tmp_path):
    table, found = read_table(write(tmp_path / "a.parquet", {"x": ["a" * 40_000, "b"]}))
    assert (only(found).code, found[0].rows) == ("files.cells.too_long", (2,))
    assert table.rows == (("b",),)


@pytest.mark.parametrize("column", [[[1], [2]], [{"a": 1}, {"a": 2}], [b"a", b"b"]])
def test_columns_without_plain_text_are_refused(tmp_path, column):
    table, found = read_table(write(tmp_path / "a.parquet", {"x": [1, 2], "y": column}))
    assert table is None
    assert (only(found).code, found[0].column) == ("files.parquet.column_type", "y")


def test_the_same_column_twice_is_refused(tmp_path):
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["x", "X"]), tmp_path / "a.parquet")
    assert only(read_table(tmp_path / "a.parquet")[1]).code == "files.header.duplicate"


def test_cut_and_flipped_files_never_raise(tmp_path):
    whole = write(tmp_path / "a.parquet", {"x": ["a", "b"], "y": [1.5, None]}).read_bytes()
    path = tmp_path / "b.parquet"
    for i in range(4, len(whole), 29):
        path.write_bytes(whole[:i])
        assert only(read_table(path)[1]).code == "files.parquet.damaged"


def test_a_table_without_columns_has_no_header(tmp_path):
    assert only(read_table(write(tmp_path / "a.parquet", {}))[1]).code == "files.header.missing"


def test_a_typed_frame_is_judged_by_the_same_footer(tmp_path):
    import pandas as pd

    path = tmp_path / "tickets.parquet"
    table = pd.DataFrame({"id": ["00123", "NA"], "n": [1, 2], "when": pd.to_datetime(["2026-03-02T09:00Z", None])})
    table.to_parquet(path)
    frame, found = read_parquet_frame(path, "tickets", Limits(), ["id", "absent"])
    assert found == [] and frame["id"].tolist() == ["00123", "NA"]
    assert isinstance(frame["id"].dtype, pd.CategoricalDtype) and str(frame["when"].dtype).endswith("UTC]")
    assert [f.code for f in read_parquet_frame(path, "tickets", Limits(rows=1))[1]] == ["files.limits.rows"]
    pd.DataFrame({"id": [["a"]]}).to_parquet(path)
    assert [f.code for f in read_parquet_frame(path, "tickets", Limits())[1]] == ["files.parquet.column_type"]
    path.write_bytes(b"PAR1 not really")
    assert [f.code for f in read_parquet_frame(path, "tickets", Limits())[1]] == ["files.parquet.damaged"]
