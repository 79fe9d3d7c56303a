"""A finding says table, column, rows and remedy on one clean line, in both languages."""

from __future__ import annotations

import pytest

from supplier_eval.findings import Finding, findings_frame


def finding(**changes: object) -> Finding:
    given = {"code": "bids.lot.missing", "table": "bids", "column": "lot", "rows": (4, 11)}
    return Finding(**{**given, **changes})


def test_a_finding_says_where_what_and_what_to_do():
    assert finding().line() == (
        "bids.lot, rows 4 and 11: the tender has several lots, and no lot is named here. "
        "Name the lot of each bid. [bids.lot.missing]"
    )
    assert "第 4、11 行" in finding().line("zh")


def test_many_rows_are_counted():
    assert "rows 2, 3, 4, 5, 6, 7, 8, 9 and 92 more" in finding(rows=tuple(range(2, 102))).where()


def test_hostile_text_in_a_finding_is_one_clean_line():
    said = finding(
        code="bids.lot.unknown", value="a\nb\x00\u202ec" + "x" * 500, facts={"known": "1", "near": ""}
    ).line()
    assert "\n" not in said
    assert "\u202e" not in said
    assert len(said) < 300


def test_braces_in_a_value_are_text():
    assert (
        "{0.__class__}"
        in finding(code="bids.lot.unknown", value="{0.__class__}", facts={"known": "1", "near": ""}).message
    )


def test_the_frame_of_findings_has_the_documented_columns():
    frame = findings_frame([finding()], "zh")
    assert list(frame.columns) == ["severity", "code", "table", "column", "rows", "value", "message", "remedy"]
    assert "标段" in frame["message"].iloc[0]


def test_a_finding_is_frozen():
    with pytest.raises(AttributeError):
        finding().table = "x"
    with pytest.raises(TypeError):
        finding().facts["a"] = 1
