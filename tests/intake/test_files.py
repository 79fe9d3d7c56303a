import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

import supplier_eval.intake.files as front
from intake.made_files import codes, compound_file, measured, only, write_book
from supplier_eval.intake.files import read_json, read_table, read_workbook
from supplier_eval.intake.raw_table import Limits
from supplier_eval.messages import LANGS, catalogue, entry

CHINESE = "供应商编号,名称,报价（元）\r\n００１２３,北京鑫源信息技术有限公司,１２．５\r\nNA,上海（集团）,7\r\n"
OWN = (
    *("cell_values", "csv_text", "dates", "encoding", "file_kind", "files", "identifiers", "json_text"),
    *("numbers", "parquet", "raw_table", "xlsx", "xlsx_package", "xlsx_sheet", "xlsx_values", "xml_stream"),
)
GIVEN = {"value", "column", "table"}


def put(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
@pytest.mark.parametrize("ending", [".csv", ".txt", ".CSV"])
def test_a_table_from_chinese_excel_is_read_as_it_stands(tmp_path, encoding, ending):
    table, found = read_table(put(tmp_path, f"bids{ending}", CHINESE.encode(encoding)))
    assert found == []
    assert (table.name, Path(table.source).name) == ("bids", f"bids{ending}")
    assert table.columns == ("供应商编号", "名称", "报价(元)")
    assert table.rows == (("００１２３", "北京鑫源信息技术有限公司", "１２．５"), ("NA", "上海（集团）", "7"))
    assert table.row_numbers == (2, 3)


def test_unicode_text_of_excel_is_tab_separated_utf_16(tmp_path):
    table, found = read_table(put(tmp_path, "bids.txt", CHINESE.replace(",", "\t").encode("utf-16")))
    assert found == []
    assert table.encoding == "utf-16-le"
    assert len(table) == 2


def test_a_declared_encoding_and_a_name_are_used(tmp_path):
    path = put(tmp_path, "a.tsv", "bid\tname\nA\tSociété\n".encode("cp1252"))
    assert only(read_table(path)[1]).code == "files.encoding.not_recognised"
    table, found = read_table(path, "bids", encoding="windows-1252")
    assert found == []
    assert (table.name, table.rows) == ("bids", (("A", "Société"),))


def test_paths_may_be_text_and_links(tmp_path):
    put(tmp_path, "a.csv", "bid\nA\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    assert read_table(str(tmp_path / "link.csv"))[0].rows == (("A",),)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "files.empty"),
        ("a.csv", b"\n\n", "files.empty"),
        ("a.csv", b"1,2\n3,4\n", "files.header.numbers"),
        ("a.csv", b"a,a\n1,2\n", "files.header.duplicate"),
        ("a.csv", b"a,b\n1\n", "files.rows.too_few_cells"),
        ("a.csv", b"a\n\x00\n", "files.encoding.nul"),
        ("a.json", b"{}", "files.type.unknown"),
        ("a.xls", compound_file("Workbook"), "files.type.old_xls"),
        ("a.xls", b"<table>", "files.type.html"),
        ("a.xlsx", compound_file("EncryptedPackage"), "files.xlsx.encrypted"),
        ("a.xlsx", b"PK\x03\x04", "files.xlsx.damaged"),
        ("a.parquet", b"PAR1", "files.parquet.damaged"),
    ],
)
def test_every_kind_of_bad_file_is_one_finding(tmp_path, name, data, code):
    assert only(read_table(put(tmp_path, name, data))[1]).code == code


def test_a_folder_and_a_missing_file_are_findings_everywhere(tmp_path):
    for read in (read_table, read_workbook, read_json):
        nothing, found = read(tmp_path)
        assert not nothing
        assert only(found).code == "files.directory"
        assert only(read(tmp_path / "gone.xlsx")[1]).code == "files.missing"


def test_a_workbook_and_a_json_document_are_asked_for_by_their_own_readers(tmp_path):
    book = write_book(tmp_path / "a.xlsx")
    assert list(read_workbook(book)[0]) == ["bids"]
    assert only(read_workbook(put(tmp_path, "a.csv", "bid\n"))[1]).code == "files.type.unknown"
    assert read_json(put(tmp_path, "a.json", '{"a": 1}')) == ({"a": 1}, [])
    assert only(read_json(book)[1]).code == "files.type.unknown"


def test_the_limits_of_bytes_hold_for_every_reader(tmp_path):
    small = Limits(file_bytes=3)
    for read, name in ((read_table, "a.csv"), (read_workbook, "a.xlsx"), (read_json, "a.json")):
        assert only(read(put(tmp_path, name, "abcd"), limits=small)[1]).code == "files.limits.bytes"


def test_a_csv_of_separators_alone_stays_small(tmp_path):
    path = put(tmp_path, "a.csv", b"a,b\n" + b"," * 20_000_000)
    seen = measured("read_table", path)
    assert seen["codes"] == ["files.limits.columns"]
    assert seen["peak"] < 200 * 1024 * 1024


def test_reading_a_csv_loads_no_heavy_library(tmp_path):
    path = put(tmp_path, "a.csv", "bid\nA\n")
    program = (
        "import sys; from supplier_eval.intake.files import read_table; read_table(sys.argv[1]);"
        "print([m for m in ('pandas', 'numpy', 'pyarrow', 'openpyxl') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def own_codes():
    folder = Path(front.__file__).parent
    source = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in OWN)
    written = set(re.findall(r'"((?:files|number|date|yes_no)\.[a-z_0-9.]+)"', source))
    return written | {"files.rows.too_many_cells", "files.rows.too_few_cells", "files.cells.too_long"}


def test_every_code_has_words_in_both_languages_and_no_words_are_left_over():
    spoken = own_codes()
    for code in spoken:
        assert {*LANGS} <= entry(code).keys()
    written = {code for code in catalogue() if code.startswith("files.")}
    assert written == {code for code in spoken if code.startswith("files.")}


def test_both_languages_quote_the_same_facts():
    for code in own_codes():
        words = entry(code)
        quoted = [
            {name for text in (words[lang], words.get(f"{lang}_remedy", "")) for _, name, *_ in Formatter().parse(text)}
            for lang in LANGS
        ]
        assert quoted[0] == quoted[1], code
        if not code.startswith("files."):
            assert quoted[0] - {None} <= GIVEN, code


def test_warnings_alone_come_with_a_table(tmp_path):
    table, found = read_table(put(tmp_path, "a.csv", "bid\nA\ufffd\n"))
    assert codes(found) == []
    assert codes(found, "warning") == ["files.encoding.replacement"]
    assert table.rows == (("A\ufffd",),)
