"""Methods side by side: who agrees, who names whom and why; exploratory throughout."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.rank.method import METHODS, MethodScores, RankingMethod, register_method
from supplier_eval.robustness.methods import compare_methods
from supplier_eval.score.sheet import ScoreSheet

MARKS = pd.DataFrame(
    {"quality": [95.0, 70, 60, 80], "capability": [20.0, 75, 60, 70], "price": [90.0, 70, 100, 60]}, index=list("ABCD")
)
WEIGHTS = {"quality": 50, "capability": 20, "price": 30}
COMPARED = compare_methods(ScoreSheet.from_frame(MARKS, WEIGHTS))
COLUMNS = ["method", "title", "group", "winner", "agrees", "ties", "tau", "rho", "weighted_tau", "reason"]


@pytest.fixture
def contrarian():
    """A method that puts the bid with the lowest total first."""

    def lowest_first(values, weights, directions):
        return MethodScores(-(weights[:, np.newaxis] * values).sum(axis=0))

    register_method(RankingMethod("contrarian", "Contrarian", lowest_first, "this test"))
    yield "contrarian"
    del METHODS["contrarian"]


def test_every_way_has_a_row_and_the_policy_comes_first():
    frame = COMPARED.to_frame()
    assert list(frame.columns) == COLUMNS
    assert frame["method"].iloc[0] == "weighted_sum"
    assert set(METHODS) <= set(frame["method"])
    assert frame["group"].unique().tolist() == ["policy", "method", "normalisation", "weights"]
    assert frame.loc[0, ["winner", "agrees", "tau"]].tolist() == ["A", True, 1.0]


def test_a_registered_method_takes_part_and_says_why_it_dissents(contrarian):
    compared = compare_methods(
        ScoreSheet.from_frame(MARKS, WEIGHTS), methods=[contrarian], normalisations={}, weights=()
    )
    line = compared.to_frame().set_index("method").loc["contrarian"]
    assert line["winner"] == "B"
    assert not line["agrees"]
    assert line["tau"] == -1.0
    assert line["reason"] == "B leads A most on capability: 75.00 against 20.00, 11.00 points at a weight of 20.00 %."
    assert compared.others_named == {"B": ("contrarian",)}
    assert "Contrarian names B." in compared.explain()


def test_every_dissenting_row_has_a_reason_and_no_other():
    frame = COMPARED.to_frame()
    dissents = ~(frame["agrees"] | frame["ties"])
    assert dissents.any()
    assert (frame.loc[dissents, "reason"] != "").all()
    assert (frame.loc[~dissents, "reason"] == "").all()


def test_counts_add_up():
    stands = [COMPARED.count(stand) for stand in ("agrees", "ties", "other")]
    assert sum(stands) == len(COMPARED.rows) - 1
    frame = COMPARED.to_frame().iloc[1:]
    assert stands[:2] == [int(frame["agrees"].sum()), int(frame["ties"].sum())]
    by_group = [COMPARED.count("other", group) for group in ("method", "normalisation", "weights")]
    assert sum(by_group) == stands[2]


def test_correlations_are_those_of_scipy():
    ranks, frame = COMPARED.ranks_frame(), COMPARED.to_frame().set_index("method")
    ours = ranks.loc["weighted_sum"]
    for key in ranks.index:
        if len(set(ranks.loc[key])) == 1:
            assert pd.isna(frame.loc[key, "tau"])
            continue
        assert frame.loc[key, "tau"] == pytest.approx(stats.kendalltau(ours, ranks.loc[key]).statistic, abs=1e-12)
        assert frame.loc[key, "rho"] == pytest.approx(stats.spearmanr(ours, ranks.loc[key]).statistic, abs=1e-12)
    pairs = COMPARED.correlation_frame("spearman")
    assert pairs.index.tolist() == pairs.columns.tolist() == ranks.index.tolist()
    measured = stats.spearmanr(ranks.loc["topsis"], ranks.loc["weighted_sum:critic"]).statistic
    assert pairs.loc["topsis", "weighted_sum:critic"] == pytest.approx(measured, abs=1e-12)


def test_an_order_that_ties_all_bids_has_no_correlation_and_is_no_nan():
    alike = compare_methods(ScoreSheet.from_frame(MARKS.mul(0).add(50), WEIGHTS))
    frame = alike.to_frame()
    assert frame["tau"].isna().all()
    assert str(frame["tau"].dtype) == "Float64"
    assert frame["winner"].eq("A, B, C, D").all()
    assert frame["agrees"].all()
    assert alike.correlation_frame().isna().all(axis=None)
    assert not alike.refused


def test_one_bid_wins_by_every_way():
    frame = compare_methods(ScoreSheet.from_frame(MARKS.iloc[:1], WEIGHTS)).to_frame()
    assert frame["winner"].eq("A").all()
    assert frame["agrees"].all()
    assert frame["rho"].isna().all()


def test_ways_that_cannot_take_the_sheet_are_listed_with_the_reason():
    compared = compare_methods(ScoreSheet.from_frame(MARKS.replace(20.0, 0.0), WEIGHTS))
    assert "weighted_sum:merec" in [row.way.key for row in compared.refused]
    line = compared.to_frame().set_index("method").loc["weighted_sum:merec"]
    assert line["reason"] == "It needs values above zero; A has 0 on capability."
    assert line["winner"] == ""
    assert line[["agrees", "ties", "tau", "rho"]].isna().all()
    assert "MEREC weights took no part" in compared.explain()
    assert "weighted_sum:merec" not in compared.ranks_frame().index


def test_a_method_that_ties_the_winner_with_others_neither_agrees_nor_dissents():
    assert COMPARED.stand("electre_i") == "ties"
    line = COMPARED.to_frame().set_index("method").loc["electre_i"]
    assert (line["agrees"], line["ties"]) == (False, True)
    assert all("electre_i" not in keys for keys in COMPARED.others_named.values())


def test_the_row_of_the_policy_has_its_rounding_and_tie_rule():
    """A and B have 76.0 after rounding to one place; the lower price parts them for the policy."""
    offers = [flat("A", 60, "80"), flat("B", 60 + 8 / 0.6, "100"), flat("C", 10, "90")]
    policy = Policy.from_mapping(policy_mapping(rounding={"total": 1}))
    evaluation = evaluate(make_tender(offers, policy))
    compared = compare_methods(evaluation.lots["1"].sheet)
    assert compared.winners == evaluation.ranking.winners == ("A",)
    assert compared.ranks_frame().loc["weighted_sum"].tolist() == evaluation.ranking.ranks.tolist()
    assert compared.policy_fingerprint == policy.fingerprint


def test_only_eligible_bids_take_part():
    values = np.vstack([MARKS.to_numpy(), [99.0, 99.0, 99.0]]).T
    values[:, 4] = np.nan
    sheet = ScoreSheet(
        tuple("ABCDX"), tuple(MARKS.columns), values, np.array([0.5, 0.2, 0.3]), np.array([True] * 4 + [False])
    )
    compared = compare_methods(sheet)
    assert compared.ranks_frame().equals(COMPARED.ranks_frame())


def test_it_is_exploratory_and_says_so():
    assert COMPARED.standing == "exploratory"
    assert "no independent votes" in COMPARED.explain()
    assert "stays out of the evaluation report" in COMPARED.explain()
    assert "不进入评审报告" in COMPARED.explain("zh")
    assert "exploratory" in repr(COMPARED)
    assert repr(COMPARED).count("\n") < 3


def test_unknown_names_are_refused():
    with pytest.raises(UnknownName):
        compare_methods(ScoreSheet.from_frame(MARKS, WEIGHTS), methods=["topsi"])
    with pytest.raises(UnknownName):
        COMPARED.correlation_frame("pearson")
    with pytest.raises(UnknownName):
        COMPARED.stand("nobody")


def test_a_sheet_without_an_order_is_refused():
    sheet = ScoreSheet(("A",), ("q",), np.array([[np.nan]]), np.ones(1), np.zeros(1, bool))
    with pytest.raises(InvalidInput, match="no order"):
        compare_methods(sheet)


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.integers(1, 20), min_size=3, max_size=3), min_size=1, max_size=5),
    st.permutations(range(3)),
    st.randoms(use_true_random=False),
)
def test_the_order_of_bids_and_criteria_decides_nothing(rows, columns, random):
    table = pd.DataFrame(rows, columns=list("xyz"), dtype=float) * 5
    table.index = [f"B{i}" for i in range(len(rows))]
    weights = {"x": 50, "y": 30, "z": 20}
    moved = table.loc[random.sample(list(table.index), len(rows)), [list("xyz")[i] for i in columns]]
    first = compare_methods(ScoreSheet.from_frame(table, weights))
    second = compare_methods(ScoreSheet.from_frame(moved, weights))
    pd.testing.assert_frame_equal(first.to_frame(), second.to_frame(), check_exact=True)


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=6))
def test_degenerate_sheets_give_an_answer_by_every_way_and_never_nan(rows):
    """Zeros, ties and constant criteria: a rank for every bid, or a reason."""
    table = pd.DataFrame(rows, columns=list("xyz"), dtype=float) * 25
    table.index = [f"B{i}" for i in range(len(rows))]
    compared = compare_methods(ScoreSheet.from_frame(table, {"x": 50, "y": 30, "z": 20}))
    ranks = compared.ranks_frame()
    assert (ranks.min(axis=1) == 1).all()
    assert (ranks.max(axis=1) <= len(rows)).all()
    assert all(row.refused.say() for row in compared.refused)
    assert "nan" not in compared.explain().lower()
    assert compared.explain("zh")


@pytest.mark.parametrize(
    ("method", "same_as"),
    [
        *[("moora", "weighted_sum:vector"), ("copras", "weighted_sum:sum"), ("mabac", "weighted_sum:min_max")],
        ("spotis", "weighted_sum"),
    ],
)
def test_some_ways_are_one_formula_under_two_names_on_a_sheet(method, same_as):
    """As docs/methods-side-by-side.md says: all values point the same way on a sheet."""
    rng = np.random.default_rng(5)
    for _ in range(10):
        table = pd.DataFrame(rng.uniform(1, 100, (6, 3)), columns=list("xyz"), index=list("ABCDEF"))
        ranks = compare_methods(ScoreSheet.from_frame(table, {"x": 50, "y": 30, "z": 20}), weights=()).ranks_frame()
        assert ranks.loc[method].tolist() == ranks.loc[same_as].tolist()


def test_the_module_loads_neither_pandas_nor_scipy():
    code = (
        "import sys, supplier_eval.robustness.agreement_of_methods, supplier_eval.robustness.objective_weights;"
        "print([m for m in ('pandas', 'scipy.stats') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_an_order_that_ties_everybody_has_no_correlation_and_says_na_not_nan():
    alike = pd.DataFrame({"q": [50.0, 50.0, 50.0], "p": [60.0, 60.0, 60.0]}, index=list("ABC"))
    compared = compare_methods(ScoreSheet.from_frame(alike, {"q": 60, "p": 40}), ["topsis", "vikor"], {}, ["equal"])
    frame = compared.to_frame()
    for measure in ("tau", "rho", "weighted_tau"):
        assert str(frame[measure].dtype) == "Float64"
        assert frame[measure].isna().all()
        assert not any(isinstance(figure, float) for figure in frame[measure])
    for measure in ("kendall", "spearman", "weighted"):
        table = compared.correlation_frame(measure)
        assert {str(kind) for kind in table.dtypes} == {"Float64"}
        assert table.isna().all().all()
    for said in (str(frame), str(table), compared.explain(), compared.explain("zh")):
        assert "nan" not in said.lower().replace("ranking", "")


def test_words_for_methods_and_normalisations_are_chinese_in_chinese():
    frame = COMPARED.to_frame("zh").set_index("method")["title"]
    assert frame["weighted_product"] == "加权积法"
    assert frame["topsis:min_max"] == "TOPSIS，采用极差归一化（在最劣与最优投标之间的位置）"
    assert not [title for title in frame if "_" in title]
