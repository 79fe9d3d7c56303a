"""Errors name table, column, rows and remedy, all at once, in both languages."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import supplier_eval
from supplier_eval.errors import (
    Finding,
    InvalidTender,
    MissingExtra,
    SeveralLots,
    SupplierEvalError,
    UnknownName,
)
from supplier_eval.messages import catalogue


def finding(**changes: object) -> Finding:
    given = {"code": "bids.lot.missing", "table": "bids", "column": "lot", "rows": (4, 11)}
    return Finding(**{**given, **changes})


def test_the_first_ten_findings_are_printed_and_the_rest_counted():
    error = InvalidTender([finding(rows=(i,)) for i in range(25)], "folder")
    assert len(str(error).splitlines()) == 12
    assert str(error).endswith("and 15 more")
    assert len(error.to_frame()) == 25


def test_an_error_survives_pickling():
    error = pickle.loads(pickle.dumps(InvalidTender([Finding("bids.empty", "bids")], "x")))
    assert error.findings[0].code == "bids.empty"


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


def test_what_is_missing_is_said_in_the_language():
    from supplier_eval.errors import MissingExtra

    missing = MissingExtra("python-docx", "word")
    said = (
        "未安装 python-docx。请用以下命令安装：pip install 'supplier-eval[word]'（在源码目录中：pip install '.[word]'）"
    )
    assert missing.report("zh") == said
    assert MissingExtra("cbc", "highs").report() == "cbc is not installed. Install it with: pip install 'pulp<4'"
    assert str(missing) == missing.report("en")
