"""Errors name table, column, rows and remedy, all at once, in both languages."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

import supplier_eval
from supplier_eval.errors import (
    Finding,
    InvalidTender,
    MissingExtra,
    SeveralLots,
    SupplierEvalError,
    UnknownName,
    findings_frame,
)
from supplier_eval.messages import catalogue


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


def test_the_first_ten_findings_are_printed_and_the_rest_counted():
    error = InvalidTender([finding(rows=(i,)) for i in range(25)], "folder")
    assert len(str(error).splitlines()) == 12
    assert str(error).endswith("and 15 more")
    assert len(error.to_frame()) == 25


def test_an_error_survives_pickling():
    error = pickle.loads(pickle.dumps(InvalidTender([Finding("bids.empty", "bids")], "x")))
    assert error.findings[0].code == "bids.empty"


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


def test_an_unknown_name_offers_the_nearest():
    assert str(UnknownName("profile", "cn-order-78", ["cn-order-87", "lpta"])) == (
        "no profile named 'cn-order-78'. Did you mean 'cn-order-87'? There is: cn-order-87, lpta."
    )


def test_every_error_has_the_one_base_and_its_builtin_parent():
    assert issubclass(UnknownName, KeyError)
    assert issubclass(SeveralLots, LookupError)
    assert issubclass(InvalidTender, ValueError)
    assert issubclass(MissingExtra, ImportError)
    assert all(issubclass(e, SupplierEvalError) for e in (UnknownName, SeveralLots, InvalidTender, MissingExtra))
    assert "supplier-eval[word]" in str(MissingExtra("python-docx", "word"))


def test_the_frame_of_findings_has_the_documented_columns():
    frame = findings_frame([finding()], "zh")
    assert list(frame.columns) == ["severity", "code", "table", "column", "rows", "value", "message", "remedy"]
    assert "标段" in frame["message"].iloc[0]


def test_a_finding_is_frozen():
    with pytest.raises(AttributeError):
        finding().table = "x"
    with pytest.raises(TypeError):
        finding().facts["a"] = 1


def test_what_is_no_extra_of_this_package_says_how_it_is_installed():
    from supplier_eval.errors import MissingExtra

    assert "pip install 'pulp<4'" in str(MissingExtra("cbc", "cbc"))
    assert "supplier-eval[highs]" in str(MissingExtra("highspy", "highs"))


def test_an_unknown_name_is_said_in_both_languages_with_the_nearest_and_how_many_there_are():
    known = [f"supplier-{n}" for n in range(30)]
    wrong = UnknownName("supplier", "suplier-3", known, 40)
    assert str(wrong) == wrong.report("en")
    assert str(wrong).startswith("no supplier named 'suplier-3'. Did you mean 'supplier-3'? There is: supplier-0, ")
    assert str(wrong).endswith("supplier-19 and 20 more.")
    assert wrong.report("zh").startswith("没有名为“suplier-3”的供应商。是否指“supplier-3”？现有：supplier-0、")
    assert wrong.report("zh").endswith("supplier-19，另有 20 个。")
    assert UnknownName("lot", "L9", ()).report("zh") == "没有名为“L9”的标段。现有：无。"
    assert "2 个标段：A、B" in SeveralLots(["A", "B"]).report("zh")


def test_every_kind_of_unknown_name_has_a_chinese_word():
    source = "\n".join(file.read_text(encoding="utf-8") for file in Path(supplier_eval.__file__).parent.rglob("*.py"))
    kinds = set(re.findall(r'UnknownName\("([^"]+)"', source))
    assert len(kinds) > 40
    assert not [k for k in kinds if f"unknown_name.kind.{k.replace(' ', '_').replace('-', '_')}" not in catalogue()]
