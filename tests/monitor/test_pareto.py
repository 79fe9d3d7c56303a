"""Causes by how much they matter."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
import shewhart

from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import pareto_of_causes

COUNTS = {"wrong data": 34, "late": 18, "no reply": 9, "rude": 6, "other tool": 3}


def test_an_independent_library_gives_the_same_shares():
    flat = [cause for cause, count in COUNTS.items() for _ in range(count)]
    theirs = shewhart.pareto(flat).to_frame()
    ours = pareto_of_causes(flat).to_frame()
    assert ours["cause"].tolist() == list(theirs.index)
    assert ours["share"].tolist() == pytest.approx(theirs["share"].tolist())
    assert ours["cumulative"].tolist() == pytest.approx(theirs["cumulative_share"].tolist())
    assert pareto_of_causes(COUNTS).to_frame().equals(ours)


def test_the_vital_few_reach_the_share_with_as_few_causes_as_can_be():
    found = pareto_of_causes(COUNTS)
    assert found.vital == ("wrong data", "late", "no reply")  # 34 + 18 = 74 %, with 9 more 87 %
    assert "wrong data, late, no reply" in found.explain()


def test_equal_causes_share_a_rank_and_are_never_split():
    found = pareto_of_causes({"a": 5, "b": 3, "c": 3, "d": 1}, vital_share=0.6)
    assert [one.rank for one in found.causes] == [1, 2, 2, 4]
    assert found.vital == ("a", "b", "c")
    cut = pareto_of_causes({"a": 5, "b": 3, "c": 3, "d": 1}, shown=2)
    assert [(one.name, one.kind, one.count) for one in cut.causes] == [("a", "cause", 5), ("", "others", 7)]
    assert cut.causes[1].merged == 3 and cut.causes[1].cumulative == 1.0


def test_what_is_not_recorded_is_kept_and_comes_last():
    found = pareto_of_causes(["late", None, "late", " ", np.nan, "rude"])
    assert found.not_recorded == 3 and found.n == 6
    assert found.causes[-1].kind == "not_recorded"
    assert found.causes[0].share == pytest.approx(2 / 6)
    assert "3" in found.explain() and "3" in found.explain("zh")


def test_cost_is_exact_and_can_order_the_causes():
    frame = pd.DataFrame(
        {"cause": ["a", "b", "b"], "count": [9, 1, 1], "cost": ["0.10", Decimal("0.20"), "5"], "currency": ["CNY"] * 3}
    )
    found = pareto_of_causes(frame, by="cost")
    assert [one.name for one in found.causes] == ["b", "a"]
    assert found.cost == Decimal("5.30") and found.currency == "CNY"
    assert pareto_of_causes(frame).causes[0].name == "a"


def test_nothing_is_an_answer():
    for empty in ([], {}, {"a": 0}):
        found = pareto_of_causes(empty)
        assert found.n == 0 and not found.vital
        assert found.explain("en") and found.explain("zh")
        assert "cause" in found.to_frame().columns


def test_all_that_is_wrong_comes_at_once():
    frame = pd.DataFrame({"cause": ["a", "b"], "count": [-1, 1.5], "cost": ["x", -1], "currency": ["CNY", "EUR"]})
    with pytest.raises(InvalidInput) as refused:
        pareto_of_causes(frame, by="size", vital_share=2, shown=0)
    codes = sorted(finding.code for finding in refused.value.findings)
    assert codes == sorted(
        ["series.choice", "series.figure", "series.whole", "pareto.count", "pareto.cost", "pareto.currency"]
    )
    for wrong, code in (("text", "series.frame"), (5, "series.frame"), (pd.DataFrame({"x": [1]}), "series.column")):
        with pytest.raises(InvalidInput, match=code.replace(".", r"\.")):
            pareto_of_causes(wrong)
    with pytest.raises(InvalidInput, match="no_cost"):
        pareto_of_causes({"a": 1}, by="cost")


def test_the_order_of_rows_does_not_matter():
    frame = pd.DataFrame({"cause": list("abcab"), "cost": ["0.1", "0.2", "0.3", "0.7", "1.1"]})
    assert pareto_of_causes(frame, by="cost").to_frame().equals(pareto_of_causes(frame[::-1], by="cost").to_frame())
