import codecs

import pytest

from intake.made_files import only
from supplier_eval.intake.encoding import decode, row_at
from supplier_eval.intake.raw_table import FileRefusedError

CHINESE = "供应商,名称\nA,北京鑫源信息技术有限公司\nB,上海“服务”外包（集团）\n"


def refused(data, encoding=None):
    with pytest.raises(FileRefusedError) as caught:
        decode(data, "bids", encoding)
    return only([caught.value.finding])


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CHINESE.encode("utf-8"), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8"),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), "utf-16-be"),
        (CHINESE.encode("gbk"), "gb18030"),
        ((CHINESE + "C,㐂𠮷\n").encode("gb18030"), "gb18030"),
        (b"bid,price\nA,1\n", "utf-8"),
    ],
)
def test_the_rule_finds_the_encodings_that_excel_writes_in_china(data, name):
    text, used, found = decode(data, "bids")
    assert used == name
    assert text.startswith(CHINESE) or text == "bid,price\nA,1\n"
    assert found == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("bid,name\nA,Société Générale de Télécommunications\nB,Müller & Söhne\n", "cp1252"),
        ("bid,name\nA,台灣資訊服務股份有限公司\nB,軟體測試與維護\n", "big5"),
        ("bid,name\nA,株式会社データサービス\nB,ソフトウェア\n", "shift_jis"),
        ("bid,name\nA,株式会社データサービス\nB,ソフトウェアのテスト\n", "euc_jp"),
    ],
)
def test_other_encodings_are_not_taken_for_chinese(text, encoding):
    assert refused(text.encode(encoding)).code == "files.encoding.not_recognised"
    assert decode(text.encode(encoding), "bids", encoding)[0] == text


def test_a_declared_encoding_wins_over_the_rule():
    data = "名稱".encode("big5")
    assert decode(data, "bids", "Big5")[0] == "名稱"


def test_gbk_declared_is_read_with_its_larger_sibling():
    assert decode("㐂".encode("gb18030"), "bids", "GBK")[:2] == ("㐂", "gb18030")


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64", "utf-7", "idna", "a\0b"])
def test_unknown_and_odd_encodings_are_refused(name):
    assert refused(b"a", name).code == "files.encoding.unknown"


def test_a_declaration_against_the_mark_of_the_file_is_refused():
    finding = refused(CHINESE.encode("utf-8-sig"), "gbk")
    assert (finding.code, finding.facts["found"]) == ("files.encoding.conflict", "utf-8")


def test_utf_16_needs_a_mark_or_an_order():
    assert refused("ab".encode("utf-16-le"), "utf-16").code == "files.encoding.no_mark"
    assert decode("ab".encode("utf-16-be"), "bids", "utf-16-be")[0] == "ab"
    assert decode("ab".encode("utf-16"), "bids", "utf-16")[0] == "ab"


def test_a_byte_that_cannot_be_read_is_named_with_its_row():
    data = b'bid,name\nA,"two\nlines"\nB,caf\xe9\n'
    finding = refused(data, "utf-8")
    assert finding.code == "files.encoding.undecodable"
    assert finding.rows == (3,)
    assert finding.facts["byte"] == data.index(b"\xe9") + 1
    assert finding.value == "e9 0a"


def test_bytes_after_a_mark_are_counted_from_the_start_of_the_file():
    finding = refused(codecs.BOM_UTF8 + b"ab\xff")
    assert finding.facts["byte"] == 6


def test_nul_is_named_with_row_and_byte():
    finding = refused(b"bid\nA\x00\n")
    assert (finding.code, finding.rows, finding.facts["byte"]) == ("files.encoding.nul", (2,), 6)


def test_utf_16_without_a_mark_is_refused():
    assert refused("bid,name\n".encode("utf-16-le")).code == "files.encoding.nul"


def test_characters_lost_earlier_are_a_warning_with_rows():
    _, _, found = decode("bid\nA\ufffd\nB\nC\ufffd\n".encode(), "bids")
    assert only(found).severity == "warning"
    assert found[0].rows == (2, 4)


def test_rows_are_counted_outside_quotes():
    text = 'a\r\n"b\nc"\rd'
    assert [row_at(text, i) for i in (0, 3, 6, len(text))] == [1, 2, 2, 3]
