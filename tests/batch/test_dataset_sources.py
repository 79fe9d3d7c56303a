"""Which files a batch reads, and where each result goes."""

from __future__ import annotations

import os
import shutil

import pytest

from supplier_eval.batch.dataset_sources import find_inputs
from supplier_eval.errors import InvalidInput


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    for name in ("b.csv", "a 招标.CSV", "sub/c.tsv", "_x/d.csv", ".h/e.csv", "_f.csv", "read.me", "sub/t.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a,b\n1,2\n", encoding="utf-8")
    return folder


def codes(refused) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_a_folder_is_read_below_but_for_hidden_names_and_other_kinds_are_told(source, tmp_path):
    found = find_inputs(source, tmp_path / "out")
    assert [file.name for file in found.files] == ["a 招标.CSV", "b.csv", "sub/c.tsv"]
    assert [file.output for file in found.files] == ["a 招标.csv", "b.csv", "sub/c.csv"]
    assert found.files[2].written == {
        "output": "sub/c.csv",
        "rejects": "_rejects/sub/c.csv",
        "tenders": "_tenders/sub/c.csv.u64",
    }
    (warning,) = found.warnings
    assert (warning.code, warning.facts["n"], warning.severity) == ("batch.source.passed_over", 2, "warning")


def test_a_link_to_a_folder_is_not_followed_and_told(source, tmp_path):
    (tmp_path / "elsewhere.csv").mkdir()
    (source / "circle").symlink_to(source)
    (source / "linked.csv").symlink_to(tmp_path / "elsewhere.csv")
    found = find_inputs(source, tmp_path / "out")
    assert len(found.files) == 3
    assert "circle" in found.warnings[0].value
    assert "linked.csv" in found.warnings[0].value


def test_a_file_and_a_pattern(source, tmp_path):
    (only,) = find_inputs(source / "b.csv", tmp_path, "parquet").files
    assert (only.name, only.output, only.kind, only.to) == ("b.csv", "b.parquet", "csv", "parquet")
    assert [f.name for f in find_inputs(f"{source}/*.csv", tmp_path / "out").files] == ["b.csv"]
    assert [f.name for f in find_inputs(f"{source}/**/*.t??", tmp_path / "out").files] == ["sub/c.tsv", "sub/t.txt"]


def test_a_name_with_a_bracket_that_exists_is_no_pattern(source, tmp_path):
    (source / "x[1].csv").write_text("a\n1\n")
    assert [f.name for f in find_inputs(source / "x[1].csv", tmp_path / "out").files] == ["x[1].csv"]


@pytest.mark.parametrize(
    ("given", "target", "code"),
    [
        ("in/nothing*.csv", "out", "batch.source.none"),
        ("in/sub/none", "out", "files.missing"),
        ("in/read.me", "out", "batch.source.kind"),
        ("in", "in", "batch.target.source"),
        ("in", "in/out", "batch.target.source"),
        ("in/**/*.csv", "in/out", "batch.target.source"),
        ("in/b.csv", "in", "batch.target.over_input"),
        ("in/b.csv", "in/b.csv", "batch.target.file"),
        ("in/b.csv", "out.csv", "batch.target.file_name"),
    ],
)
def test_what_cannot_be_a_batch_is_refused(source, tmp_path, given, target, code):
    with pytest.raises(InvalidInput) as refused:
        find_inputs(str(tmp_path / given), tmp_path / target)
    assert codes(refused) == [code]


def test_a_folder_of_workbooks_is_told_how_to_save_them(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bids.xlsx").write_bytes(b"PK")
    for given in (tmp_path / "in", tmp_path / "in" / "bids.xlsx"):
        with pytest.raises(InvalidInput) as refused:
            find_inputs(given, tmp_path / "out")
        assert "bids.xlsx" in str(refused.value)
        assert "as CSV in UTF-8" in str(refused.value)
        assert "as .xlsx" not in str(refused.value)


def test_everything_wrong_comes_at_once(source, tmp_path):
    (source / "empty.csv").touch()
    (source / "text.parquet").write_text("a,b\n")
    (source / "B.CSV").write_text("a\n1\n")
    with pytest.raises(InvalidInput) as refused:
        find_inputs(source, tmp_path / "out")
    assert sorted(codes(refused)) == ["batch.target.collision", "files.empty", "files.type.mismatch"]


def test_a_name_that_is_no_text_is_refused(source, tmp_path):
    try:
        shutil.copy(source / "b.csv", os.fsencode(str(source)) + b"/a\xff.csv")
    except OSError:  # a file system that takes text only
        return
    with pytest.raises(InvalidInput) as refused:
        find_inputs(source, tmp_path / "out")
    assert codes(refused) == ["batch.source.name"]


def test_csv_and_parquet_of_one_name_collide_only_where_they_become_one(source, tmp_path):
    import pandas as pd

    pd.DataFrame({"a": [1]}).to_parquet(source / "b.parquet")
    assert len(find_inputs(source, tmp_path / "out").files) == 4
    with pytest.raises(InvalidInput, match=r"b\.csv, b\.parquet"):
        find_inputs(source, tmp_path / "out", "csv")
