import zipfile

import pytest

from intake.made_files import (
    HEADER,
    book_parts,
    codes,
    crowded_directory,
    lying_bomb,
    many_parts_book,
    only,
    sheet_xml,
    small_zip_bomb,
    write_book,
    write_zip,
)
from supplier_eval.intake.files import read_workbook
from supplier_eval.intake.raw_table import Limits
from supplier_eval.intake.xlsx_package import open_package

PARTS = book_parts({"bids": sheet_xml(HEADER)})


def refused(path, limits=None):
    tables, found = read_workbook(path, limits or Limits())
    assert tables == {}
    return only(found).code


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (small_zip_bomb, "files.xlsx.bomb"),
        (lying_bomb, "files.xlsx.damaged"),
        (crowded_directory, "files.xlsx.too_many_parts"),
        (many_parts_book, "files.xlsx.too_many_parts"),
    ],
)
def test_the_directory_is_judged_before_anything_is_unpacked(tmp_path, make, code):
    assert refused(make(tmp_path / "a.xlsx")) == code


def test_a_part_that_stands_twice_is_refused(tmp_path):
    path = write_zip(tmp_path / "a.xlsx", PARTS | {"XL/worksheets/SHEET1.xml": sheet_xml("")})
    assert refused(path) == "files.xlsx.duplicate_part"


def test_macros_are_refused_even_under_an_innocent_ending(tmp_path):
    assert refused(write_zip(tmp_path / "a.xlsx", PARTS | {"xl/vbaProject.bin": b"x"})) == "files.type.macros"
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert refused(write_book(tmp_path / "b.xlsx", kind=kind)) == "files.type.macros"


def test_links_and_embedded_files_are_warned_of_and_not_read(tmp_path):
    extra = {"xl/externalLinks/externalLink1.xml": "<no", "xl/embeddings/book.xlsx": b"PK", "x.zip": b"?"}
    tables, found = read_workbook(write_zip(tmp_path / "a.xlsx", PARTS | extra))
    assert list(tables) == ["bids"]
    assert codes(found, "warning") == ["files.xlsx.external_links", "files.xlsx.embedded"]
    assert [f.facts["count"] for f in found] == [1, 2]


def test_a_password_on_the_zip_file_is_named(tmp_path):
    path = write_zip(tmp_path / "a.xlsx", PARTS)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert refused(path) == "files.xlsx.encrypted"


def test_other_ways_of_packing_are_damage(tmp_path):
    path = write_zip(tmp_path / "a.xlsx", PARTS, zipfile.ZIP_BZIP2)
    assert refused(path) == "files.xlsx.damaged"


@pytest.mark.parametrize("missing", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_missing_part_is_damage(tmp_path, missing):
    parts = {name: content for name, content in PARTS.items() if name != missing}
    assert refused(write_zip(tmp_path / "a.xlsx", parts)) == "files.xlsx.damaged"


def test_a_zip_file_of_something_else_is_damage(tmp_path):
    assert refused(write_zip(tmp_path / "a.xlsx", {"hello.txt": "x"})) == "files.xlsx.damaged"
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    assert refused(tmp_path / "b.xlsx") == "files.xlsx.damaged"


def test_cut_files_and_flipped_bytes_never_raise(tmp_path):
    whole = write_book(tmp_path / "whole.xlsx").read_bytes()
    path = tmp_path / "a.xlsx"
    for i in range(0, len(whole), 7):
        for data in (whole[:i], whole[:i] + bytes([whole[i] ^ 0xFF]) + whole[i + 1 :]):
            path.write_bytes(data)
            tables, found = read_workbook(path)
            assert tables or codes(found) or codes(found, "warning")


def test_a_comment_and_zip64_records_are_understood(tmp_path):
    path = write_zip(tmp_path / "a.xlsx", PARTS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"made by a tool"
    assert read_workbook(path)[1] == []


def test_relationships_resolve_from_their_folder_and_outside_targets_are_left_out(tmp_path):
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="t/one" Target="../x.xml"/><Relationship Id="b" Type="t/two" Target="/y.xml"/>'
        '<Relationship Id="c" Type="t/three" Target="http://example.invalid" TargetMode="External"/>'
        "</Relationships>"
    )
    path = write_zip(tmp_path / "a.xlsx", PARTS | {"xl/deep/_rels/p.xml.rels": rels})
    with open_package(path, "bids", Limits()) as (package, _):
        assert package.relations("xl/deep/p.xml") == {"a": ("one", "xl/x.xml"), "b": ("two", "y.xml")}
        assert package.relations("xl/none.xml") == {}
