"""What is tried beside the policy, and what each way ranks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.rank.front import rank_bids
from supplier_eval.rank.method import METHODS, MethodScores, RankingMethod, register_method
from supplier_eval.robustness.method_rows import NORMALISATIONS, Way, ranked_by, ways_to_rank
from supplier_eval.robustness.scored import scored_bids
from supplier_eval.score.sheet import ScoreSheet

MARKS = pd.DataFrame(
    {"quality": [95.0, 70, 60, 80], "capability": [20.0, 75, 60, 70], "price": [90.0, 70, 100, 60]}, index=list("ABCD")
)
SCORED = scored_bids(ScoreSheet.from_frame(MARKS, {"quality": 50, "capability": 20, "price": 30}))
WITH_ZERO = scored_bids(ScoreSheet.from_frame(MARKS.replace(20.0, 0.0), {"quality": 50, "capability": 20, "price": 30}))


@pytest.fixture
def own_method():
    """Register a method for one test: ``own_method(function, **promises)``."""
    added = []

    def add(function, name="own", **promises):
        register_method(RankingMethod(name, "own method", function, "this test", **promises))
        added.append(name)

    yield add
    for name in added:
        del METHODS[name]


def test_every_registered_method_is_tried_and_the_weighted_sum_is_not_tried_again():
    ways = ways_to_rank(None, None, None)
    assert [w.key for w in ways if w.group == "method"] == [name for name in METHODS if name != "weighted_sum"]
    assert [w.key for w in ways if w.group == "weights"] == [
        *("weighted_sum:equal", "weighted_sum:entropy", "weighted_sum:critic", "weighted_sum:merec")
    ]
    assert len({w.key for w in ways}) == len(ways)


def test_normalisations_follow_the_methods_that_are_asked_for():
    keys = {w.key for w in ways_to_rank(["vikor"], None, ())}
    assert keys == {"vikor", *(f"weighted_sum:{n}" for n in NORMALISATIONS["weighted_sum"])}
    assert [w.key for w in ways_to_rank((), {"topsis": ["sum", "sum"]}, ())] == ["topsis:sum"]
    assert ways_to_rank((), {}, ()) == ()


def test_unknown_names_are_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="topsis"):
        ways_to_rank(["topsi"], None, None)
    with pytest.raises(UnknownName, match="critic"):
        ways_to_rank(None, None, ["critik"])
    with pytest.raises(UnknownName, match="topsis"):
        ways_to_rank(None, {"topsi": ["vector"]}, None)
    with pytest.raises(UnknownName, match="vector"):
        ranked_by(Way("topsis:vectr", "normalisation", "topsis", "vectr"), SCORED)
    with pytest.raises(UnknownName, match="parameter of vikor"):
        ranked_by(Way("vikor:sum", "normalisation", "vikor", "sum"), SCORED)


@pytest.mark.parametrize("name", [name for name in METHODS if name != "weighted_sum"])
def test_a_method_ranks_as_rank_bids_does(name):
    row = ranked_by(Way(name, "method", name), SCORED)
    assert row.ranks.tolist() == rank_bids(SCORED.sheet, method=name).ranks.tolist()


def test_default_normalisations_all_take_a_sheet_above_zero():
    for way in ways_to_rank(None, None, None):
        assert ranked_by(way, SCORED).refused is None, way.key


def test_a_normalisation_is_handed_to_its_method():
    row = ranked_by(Way("topsis:min_max", "normalisation", "topsis", "min_max"), SCORED)
    assert row.scores.notes["normalisation"] == "min_max"
    fixed = ranked_by(Way("topsis:fixed", "normalisation", "topsis", "fixed"), SCORED)
    assert np.asarray(fixed.parameters["bounds"]).tolist() == [[0.0, 100.0]] * 3


def test_equal_weights_rank_by_the_mean():
    row = ranked_by(Way("weighted_sum:equal", "weights", "weighted_sum", "equal"), SCORED)
    assert row.scores.score == pytest.approx(MARKS.mean(axis=1).to_numpy())
    assert row.ranks.tolist() == [4, 2, 1, 3]


@pytest.mark.parametrize("name", ["entropy", "critic", "merec"])
def test_other_weights_are_those_of_the_labelled_result(name):
    from supplier_eval.robustness import objective_front

    row = ranked_by(Way(f"weighted_sum:{name}", "weights", "weighted_sum", name), SCORED)
    labelled = getattr(objective_front, f"{name}_weights")(SCORED.sheet)
    assert row.weights.tolist() == labelled.weights.tolist()
    assert row.scores.score == pytest.approx(labelled.weights @ SCORED.values)


def test_weights_that_need_logarithms_are_refused_with_the_bid_and_the_criterion():
    row = ranked_by(Way("weighted_sum:merec", "weights", "weighted_sum", "merec"), WITH_ZERO)
    assert row.ranks.size == 0
    assert row.refused.say() == "It needs values above zero; A has 0 on capability."
    assert "A 在 capability 上为 0" in row.refused.say("zh")


def test_a_method_that_cannot_take_the_sheet_says_why(own_method):
    def never(values, weights, directions):
        raise ValueError("this table is not to my taste")

    own_method(never)
    row = ranked_by(Way("own", "method", "own"), SCORED)
    assert "not to my taste" in row.refused.say()


def test_a_domain_that_the_values_leave_is_refused_before_the_method_is_called(own_method):
    own_method(lambda values, weights, directions: MethodScores(1 / values.min(axis=0)), domain="positive")
    row = ranked_by(Way("own", "method", "own"), WITH_ZERO)
    assert "capability" in row.refused.say()
    assert ranked_by(Way("own", "method", "own"), SCORED).refused is None


def test_a_method_without_a_finite_figure_takes_no_part(own_method):
    own_method(lambda values, weights, directions: MethodScores(np.full(values.shape[1], np.inf)))
    row = ranked_by(Way("own", "method", "own"), SCORED)
    assert row.refused.code == "methods.no_score"


def test_programming_errors_of_a_method_are_not_swallowed(own_method):
    own_method(lambda values, weights, directions: MethodScores(values[99]))
    with pytest.raises(IndexError):
        ranked_by(Way("own", "method", "own"), SCORED)


def test_titles_in_both_languages():
    assert (
        Way("topsis:max", "normalisation", "topsis", "max").title()
        == "TOPSIS, normalisation linear (share of the best bid)"
    )
    assert Way("weighted_sum:critic", "weights", "weighted_sum", "critic").title("zh") == "加权和法，CRITIC 权重"
    assert Way("weighted_product", "method", "weighted_product").title("zh") == "加权积法"
    assert Way("topsis:vector", "normalisation", "topsis", "vector").title("zh").startswith("TOPSIS，采用向量归一化")


def test_one_text_is_one_name_and_printed_names_are_understood():
    assert [w.key for w in ways_to_rank("TOPSIS", {"Topsis": "sum"}, "equal")] == [
        *("topsis", "topsis:sum", "weighted_sum:equal")
    ]
    assert [w.key for w in ways_to_rank(["topsis", "TOPSIS"], {}, ())] == ["topsis"]
