"""The order of a method in words, in both languages."""

from __future__ import annotations

import re

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.method_words import method_title
from supplier_eval.rank.methods import METHODS

VALUES = [[1.0, 2.0, 3.0], [5.0, 4.0, 3.0], [3.0, 9.0, 1.0], [5.0, 4.0, 3.0]]
PROPER = {"TOPSIS", "VIKOR", "PROMETHEE", "ELECTRE", "COPRAS", "EDAS", "MABAC", "MOORA", "ARAS", "CODAS", "SPOTIS"} | {
    "WASPAS"
}


def ranked(name: str):
    given = {"bounds": [(0.0, 10.0)] * 3} if name == "spotis" else {}
    return rank_matrix(VALUES, [0.3, 0.3, 0.4], ["max", "min", "max"], name, **given)


@pytest.mark.parametrize("name", sorted(METHODS))
def test_without_a_bid_the_whole_order_is_explained(name):
    ranking = ranked(name)
    lines = ranking.explain().splitlines()
    assert lines[0].startswith("Order of 4 bids by ")
    assert [line.split(":")[0].split(". ")[1] for line in lines[1:5]] == list(ranking.order)
    assert any("do" in line and "B2, B4" in line and "share rank" in line for line in lines[5:])
    assert "exploratory" in lines[-1]


@pytest.mark.parametrize("name", sorted(METHODS))
def test_chinese_explanations_hold_no_english_but_the_names_of_methods(name):
    ranking = ranked(name)
    for said in (ranking.explain(lang="zh"), ranking.explain("B2", lang="zh")):
        assert set(re.findall(r"[A-Za-z]{3,}", said)) <= PROPER, said


def test_vikor_shows_s_r_and_q_which_is_its_score():
    frame = ranked("vikor").to_frame()
    assert list(frame.columns) == ["bid", "rank", "score", "S", "R", "Q", "compromise"]
    assert frame["Q"].tolist() == frame["score"].tolist()
    v = 0.5
    s, r = ((frame[x] - frame[x].min()) / (frame[x].max() - frame[x].min()) for x in "SR")
    assert (v * s + (1 - v) * r).tolist() == pytest.approx(frame["Q"].tolist())


def test_the_frame_stands_in_the_order_of_the_ranks_whatever_the_rows_were():
    frame = ranked("topsis").to_frame()
    assert frame["rank"].is_monotonic_increasing
    assert frame.index.tolist() == [0, 1, 2, 3]
    assert frame["bid"].tolist() == list(ranked("topsis").order)


def test_titles_are_said_in_the_language_and_an_own_method_keeps_its_name():
    assert method_title(METHODS["weighted_sum"], "zh") == "加权和法"
    assert method_title(METHODS["moora"], "zh") == "MOORA（比率系统）"
    assert method_title(METHODS["topsis"], "zh") == "TOPSIS"


def test_an_unknown_bid_is_refused():
    with pytest.raises(UnknownName, match="'B9'"):
        ranked("topsis").explain("B9")
