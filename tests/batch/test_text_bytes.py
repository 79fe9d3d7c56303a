"""The bytes of a text file in one pass."""

from __future__ import annotations

import hashlib

import pytest

from supplier_eval.batch import text_bytes
from supplier_eval.batch.text_bytes import TextBytes
from supplier_eval.intake.raw_table import FileRefusedError

WORDS = "招标,报价,说明\n" + "一号,12,软件外包服务\n" * 50


def judged(tmp_path, data: bytes) -> TextBytes:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    return TextBytes(path, "a.csv")


@pytest.mark.parametrize("chunk", [1, 7, 64, 1 << 20])
@pytest.mark.parametrize("plain", [0, 500])
def test_the_encoding_is_told_whatever_the_pieces(tmp_path, monkeypatch, chunk, plain):
    monkeypatch.setattr(text_bytes, "CHUNK", chunk)
    text = "a,b,c\n" * plain + WORDS
    assert judged(tmp_path, text.encode()).encoding() == ("utf-8", 0)
    assert judged(tmp_path, text.encode("utf-8-sig")).encoding() == ("utf-8", 3)
    assert judged(tmp_path, text.encode("utf-16")).encoding() == ("utf-16-le", 2)
    assert judged(tmp_path, b"plain,text\n").encoding() == ("utf-8", 0)


@pytest.mark.parametrize("plain", [0, 500])
def test_chinese_from_excel_is_gb18030(tmp_path, plain):
    seen = judged(tmp_path, ("a,b,c\n" * plain + WORDS).encode("gb18030"))
    assert seen.encoding() == ("gb18030", 0)
    assert seen.sha256 == hashlib.sha256((tmp_path / "a.csv").read_bytes()).hexdigest()
    assert not seen.quoted


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"a,b\n" * 9 + b"caf\xe9,1\n", "files.encoding.not_recognised", 10),
        (b"a,b\n1,\0\n", "files.encoding.nul", 2),
        (WORDS.encode("gb18030") + b"\xff\xff\n", "files.encoding.not_recognised", None),
        ("a\n一".encode()[:-2], "files.encoding.not_recognised", 2),
        (b"\xef\xbb\xbfa\n\xff", "files.encoding.undecodable", 2),
    ],
)
def test_what_no_rule_reads_is_refused_with_its_row(tmp_path, data, code, row):
    with pytest.raises(FileRefusedError) as refused:
        judged(tmp_path, data).encoding()
    assert refused.value.finding.code == code
    assert row is None or refused.value.finding.rows == (row,)


def test_a_byte_that_breaks_gb18030_late_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(text_bytes, "CHUNK", 256)
    data = WORDS.encode("gb18030") + b"\x81\x20,1\n"
    with pytest.raises(FileRefusedError) as refused:
        judged(tmp_path, data).encoding()
    assert refused.value.finding.code == "files.encoding.undecodable"
    assert refused.value.finding.rows == (52,)
    assert refused.value.finding.facts["byte"] == len(data) - 4
