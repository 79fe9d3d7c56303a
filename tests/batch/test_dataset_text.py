"""How a CSV file of any size is to be read."""

from __future__ import annotations

import pytest

from supplier_eval.batch import dataset_text
from supplier_eval.batch.dataset_text import Utf8Body, judge_text
from supplier_eval.intake.raw_table import FileRefusedError


def judged(tmp_path, data: bytes):
    path = tmp_path / "a b.csv"
    path.write_bytes(data)
    return judge_text(path, "a b.csv")


@pytest.mark.parametrize(
    ("data", "separator", "columns", "body"),
    [
        (b"a,b\n1,2\n", ",", ("a", "b"), b"1,2\n"),
        (b"a;b\r\n1,5;2\r\n", ";", ("a", "b"), b"1,5;2\r\n"),
        ("\ufeff招标\t 价 \n1\t2".encode(), "\t", ("招标", "价"), b"1\t2"),
        (b"sep=;\r\na;b\r\n1;2", ";", ("a", "b"), b"1;2"),
        (b'"a, x","b\ny"\n1,2\n', ",", ("a, x", "b\ny"), b"1,2\n"),
        ("招标,价\n一,2\n".encode("gb18030"), ",", ("招标", "价"), "一,2\n".encode()),
        ("招标,价\n一,2\n".encode("utf-16"), ",", ("招标", "价"), "一,2\n".encode()),
        (b"a,b,,\n1,2,,\n", ",", ("a", "b", "unnamed C", "unnamed D"), b"1,2,,\n"),
        (b"a\rb\r", ",", ("a",), b"b\r"),
        (b"a,b", ",", ("a", "b"), b""),
    ],
)
def test_header_separator_and_body(tmp_path, data, separator, columns, body):
    table = judged(tmp_path, data)
    assert (table.separator, table.columns, table.bytes) == (separator, columns, len(data))
    with table.body() as stream:
        assert stream.read() == body


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \n", "files.empty"),
        (b"1,2\n3,4\n", "files.header.numbers"),
        (b"a,A\n1,2\n", "files.header.duplicate"),
        ("招标，价\n一，2\n".encode(), "files.csv.fullwidth_separator"),
        (b"sep=|\na|b\n", "files.csv.sep_line"),
        (b"a;b,c\n1;2,3\n", "files.csv.separator"),
        (b'a,b\n1,"x\n2,3\n', "files.csv.quotes"),
        (b'a,b\n1,"x" y\n', "files.csv.quotes"),
        (b'"a,b\n', "files.csv.quotes"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, data, code):
    with pytest.raises(FileRefusedError) as refused:
        judged(tmp_path, data)
    assert refused.value.finding.code == code


def test_a_quote_that_does_not_close_is_told_with_its_row(tmp_path):
    with pytest.raises(FileRefusedError) as refused:
        judged(tmp_path, b'a,b\n"1",2\n3,"open\n4,5\n')
    assert refused.value.finding.rows == (3,)


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 1 << 20])
@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", 0), ("gb18030", 0), ("utf-16-le", 2)])
def test_a_body_is_the_text_whatever_the_pieces(tmp_path, monkeypatch, chunk, encoding, mark):
    monkeypatch.setattr(dataset_text, "CHUNK", chunk)
    text = "招标,a\n" + "一二三,x\n" * 9
    (tmp_path / "t").write_bytes(b"\xff\xfe"[:mark] + text.encode(encoding))
    for skip in (0, 1, 5, 6):
        with Utf8Body(tmp_path / "t", encoding, mark, skip) as body:
            assert body.readable()
            assert b"".join(iter(lambda: body.read(4), b"")).decode() == text[skip:]
        assert body.read_bytes == len(text[skip:].encode())
