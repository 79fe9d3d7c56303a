import os
from pathlib import Path

import pytest

from intake.made_files import compound_file, only, write_book
from supplier_eval.intake.file_kind import examine, read_bytes
from supplier_eval.intake.raw_table import FileRefusedError, Limits


def refused(path, **options):
    with pytest.raises(FileRefusedError) as caught:
        examine(Path(path), "bids", Limits(**options))
    return only([caught.value.finding]).code


def put(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "broken.csv").symlink_to(tmp_path / "gone.csv")
    assert refused(tmp_path / "gone.csv") == "files.missing"
    assert refused(tmp_path / "broken.csv") == "files.missing"
    assert refused("a\0b.csv") == "files.missing"
    assert refused(tmp_path) == "files.directory"
    assert refused(tmp_path / "pipe.csv") == "files.not_regular"
    assert refused(put(tmp_path, "empty.csv", b"")) == "files.empty"


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path):
    assert refused(put(tmp_path, "a.csv", b"x" * 11), file_bytes=10) == "files.limits.bytes"


def test_a_file_that_grew_is_refused_when_it_is_read(tmp_path):
    path = put(tmp_path, "a.csv", b"x" * 10)
    known = examine(path, "bids", Limits(file_bytes=10))
    path.write_bytes(b"x" * 11)
    with pytest.raises(FileRefusedError) as caught:
        read_bytes(known, "bids", Limits(file_bytes=10))
    assert caught.value.finding.code == "files.limits.bytes"


def test_a_link_to_a_file_is_followed(tmp_path):
    put(tmp_path, "a.csv", b"bid\n")
    (tmp_path / "link.CSV").symlink_to(tmp_path / "a.csv")
    assert examine(tmp_path / "link.CSV", "bids", Limits()).ending == ".csv"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xls", compound_file("Workbook"), "files.type.old_xls"),
        ("a.csv", compound_file("Workbook"), "files.type.old_xls"),
        ("a.xls", b"bid\tprice\n", "files.type.old_xls"),
        ("a.xlsx", compound_file("EncryptionInfo", "EncryptedPackage"), "files.xlsx.encrypted"),
        ("a.xlsx", compound_file()[:40], "files.type.old_xls"),
        ("a.xls", b"<html><table><tr><td>bid</td></tr></table></html>", "files.type.html"),
        ("a.xls", "\ufeff<!DOCTYPE HTML><html>".encode(), "files.type.html"),
        ("a.xlsx", "<html>".encode("utf-16"), "files.type.html"),
        ("a.csv", b"\r\n<table border=1>", "files.type.html"),
        ("a.xls", b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "files.type.html"),
        ("a.xlsm", b"PK\x03\x04", "files.type.macros"),
        ("a.xlsb", b"PK\x03\x04", "files.type.macros"),
        ("a.et", b"what", "files.type.unknown"),
        ("a.ods", b"PK\x03\x04", "files.type.unknown"),
        ("a", b"bid\n", "files.type.unknown"),
        ("a.csv", b"PK\x03\x04", "files.type.mismatch"),
        ("a.csv", b"%PDF-1.7", "files.type.mismatch"),
        ("a.xlsx", b"bid,price\n", "files.type.mismatch"),
        ("a.parquet", b"bid,price\n", "files.type.mismatch"),
    ],
)
def test_the_first_bytes_are_believed_and_not_the_ending(tmp_path, name, data, code):
    assert refused(put(tmp_path, name, data)) == code


def test_text_that_begins_with_a_bracket_is_no_web_page(tmp_path):
    assert examine(put(tmp_path, "a.csv", b"<5,price\n"), "bids", Limits()).size == 9
    assert examine(put(tmp_path, "b.csv", b"PKW,price\n"), "bids", Limits()).size == 10


def test_a_workbook_is_known(tmp_path):
    assert examine(write_book(tmp_path / "a.xlsx"), "bids", Limits()).ending == ".xlsx"
