"""Releases out of files, packages, records and memory; bounded, each process once."""

from __future__ import annotations

import json

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.intake.raw_table import Limits
from supplier_eval.integrity.ocds_releases import read_releases

A, B = {"ocid": "a"}, {"ocid": "b", "tender": {}}


def codes(source, **given):
    with pytest.raises(InvalidInput) as refused:
        read_releases(source, **given)
    return [finding.code for finding in refused.value.findings]


@pytest.mark.parametrize(
    "document",
    [
        [B, A],
        {"releases": [B, A]},
        {"records": [{"ocid": "b", "compiledRelease": B}, {"ocid": "a", "releases": [A]}]},
        [{"releases": [B]}, {"compiledRelease": A}],
    ],
)
def test_every_shape_gives_the_releases_in_the_order_of_ocids(document, tmp_path):
    file = tmp_path / "data.json"
    file.write_text(json.dumps(document))
    for source in (document, file, str(file)):
        assert read_releases(source) == ([A, B], [])


def test_lines_are_read_with_blank_ones_between(tmp_path):
    file = tmp_path / "data.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + f"{json.dumps(B)}\n\n  \n{json.dumps(A)}".encode())
    assert read_releases(file)[0] == [A, B]


def test_a_bad_line_is_named_with_its_number(tmp_path):
    file = tmp_path / "data.jsonl"
    file.write_text('{"ocid":"a"}\n{"ocid":\n{"ocid":"b","ocid":"c"}')
    with pytest.raises(InvalidInput) as refused:
        read_releases(file)
    assert [(f.code, f.rows) for f in refused.value.findings] == [
        ("files.json.syntax", (2,)),
        ("files.json.key_twice", (3,)),
    ]


def test_entries_without_ocid_are_left_out_with_a_warning():
    releases, findings = read_releases([A, {"id": 1}, 7, {"ocid": 3}])
    assert releases == [A]
    assert [(f.code, f.severity, f.rows) for f in findings] == [
        ("ocds_flags.no_ocid", "warning", (at,)) for at in (2, 3, 4)
    ]


def test_a_process_twice_names_both_places():
    with pytest.raises(InvalidInput) as refused:
        read_releases([A, B, A])
    (finding,) = refused.value.findings
    assert (finding.code, finding.rows, finding.facts["first"]) == ("ocds_flags.ocid_twice", (3,), 1)


def test_nothing_to_read_is_refused(tmp_path):
    assert codes([]) == ["ocds_flags.no_release"]
    assert codes({"tender": {}}) == ["ocds_flags.no_ocid", "ocds_flags.no_release"]
    assert codes(tmp_path / "none.jsonl") == ["files.missing"]
    (tmp_path / "data.txt").write_text("{}")
    assert codes(tmp_path / "data.txt") == ["files.type.unknown"]
    assert codes(7) == ["ocds_flags.source"]


def test_a_file_is_bounded(tmp_path):
    file = tmp_path / "data.jsonl"
    file.write_text("\n".join(json.dumps({"ocid": str(at)}) for at in range(100)))
    assert codes(file, limits=Limits(cells=50)) == ["files.limits.cells"]
    assert codes(file, limits=Limits(file_bytes=50)) == ["files.limits.bytes"]
