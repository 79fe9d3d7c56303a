"""The result of concentration: what it says where nothing is known, and unknown names."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.risk import Concentration, Concentrations, concentration


def line(category="", least=None, most=None, hhi=Fraction(5000), largest=("a", "b")):
    share = None if hhi is None else Fraction(1, 2)
    effective = None if hhi is None else Fraction(2)
    return Concentration(
        category, "parent", Fraction(8), 2, hhi, effective, "high", largest, share, least, most
    )  # fmt: skip


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [(None, None, "not_defined"), (Fraction(0), Fraction(0), "yes"), (Fraction(0), Fraction(3), "unknown"),
     (Fraction(2), Fraction(3), "no")],
)  # fmt: skip
def test_bounds_of_what_stays_open_give_the_answer(least, most, said):
    assert line(least=least, most=most).rest_takes == said


def test_figures_that_are_not_defined_are_missing_in_the_frame():
    frame = Concentrations((line(hhi=None),)).to_frame()
    assert frame[["hhi", "effective", "share", "open_most"]].isna().all(axis=None)
    assert frame["largest"].tolist() == ["a|b"]


def test_an_unknown_category_names_those_there_are():
    with pytest.raises(UnknownName, match=r"Did you mean .hosting"):
        Concentrations((line("hosting"), line())).line("hostin")


def test_a_sentence_in_each_language():
    found = Concentrations((line(least=Fraction(0), most=Fraction(0)),))
    assert found.explain() == (
        "All categories: HHI 5,000 by ultimate parent, highly concentrated; 2 groups count as 2.00 of equal size. "
        "Largest: a, b, 50.0 % each.\nIf the largest leaves, the rest can take its volume."
    )
    alone = Concentrations((line(least=Fraction(2_000_000), most=Fraction(2_000_000), largest=("a",)),))
    assert "Largest: a, 50.0 %.\nIf the largest leaves, 2,000,000 stays open." in alone.explain()
    assert "最大者：a、b，各占 50.0 %" in found.explain(lang="zh")


def test_a_wrong_category_and_a_wrong_level_are_named_for_what_they_are():
    found = concentration(pd.DataFrame({"supplier": ["A"], "amount": [1.0], "category": ["hosting"]}))
    with pytest.raises(UnknownName, match=r"no category named 'hosting2'\. Did you mean 'hosting'"):
        found.explain("hosting2")
    with pytest.raises(UnknownName, match="no level named 'owner'"):
        found.line("hosting", "owner")
