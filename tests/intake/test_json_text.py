import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.made_files import codes, only
from supplier_eval.intake.json_text import DEEPEST, read_json_text
from supplier_eval.intake.raw_table import Limits


def read(text, limits=None):
    return read_json_text(text if isinstance(text, bytes) else text.encode(), "release", limits or Limits())


def refused(text, limits=None):
    document, found = read(text, limits)
    assert document is None
    return only(found)


def test_numbers_are_exact():
    assert read('{"a": 1234567890123456789.10, "b": 1, "c": [true, null]}') == (
        {"a": Decimal("1234567890123456789.10"), "b": 1, "c": [True, None]},
        [],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_with_a_mark_is_read(encoding):
    assert read('{"名称": "甲"}'.encode(encoding)) == ({"名称": "甲"}, [])


def test_bytes_that_are_no_unicode_are_named():
    finding = refused(b'{\n"a": "\xb9\xab"}')
    assert (finding.code, finding.rows, finding.facts["byte"]) == ("files.encoding.undecodable", (2,), 9)


@pytest.mark.parametrize("text", ["{", '{"a":}', "[1,]", "x", '{"a": 1} 2', '"\n"'])
def test_broken_json_is_a_finding_with_its_line(text):
    finding = refused(text)
    assert finding.code == "files.json.syntax"
    assert finding.rows


def test_depth_is_bounded_far_below_the_stack():
    assert read("[" * DEEPEST + "]" * DEEPEST)[1] == []
    assert refused("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)).code == "files.json.depth"
    assert refused('{"a":' * 100_000 + "1" + "}" * 100_000).code == "files.json.depth"


def test_a_key_that_stands_twice_is_refused():
    finding = refused('{"a": {"id": "1", "x": 2, "id": "2"}}')
    assert (finding.code, finding.value) == ("files.json.key_twice", "id")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1" * 101, "0." + "1" * 101, "9" * 5_000])
def test_numbers_that_are_none_are_refused(number):
    assert refused(f'{{"a": {number}}}').code == "files.json.number"


def test_half_a_character_is_refused():
    assert refused('{"a": ["\\ud800"]}').code == "files.json.surrogate"
    assert refused('{"\\udc00": 1}').code == "files.json.surrogate"


def test_values_are_bounded_before_anything_is_built():
    assert refused("[" + "[]," * 50 + "1]", Limits(cells=100)).code == "files.limits.cells"


@pytest.mark.parametrize("data", [b"", b" \n", b"\xef\xbb\xbf"])
def test_nothing_is_an_empty_file(data):
    assert refused(data).code == "files.empty"


@given(st.binary(max_size=100))
def test_no_bytes_raise(data):
    document, found = read(data)
    assert document is None or not codes(found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_what_is_written_is_read_back(value):
    assert read(json.dumps(value)) == (value, [])
