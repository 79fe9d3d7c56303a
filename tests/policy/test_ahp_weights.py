from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import supplier_eval as se
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy.ahp_weights import geometric_consistency_index

DRINKS = ["coffee", "wine", "tea", "beer", "soda", "milk", "water"]
DRINKS_MATRIX = [
    [1, 9, 5, 2, 1, 1, "1/2"],
    ["1/9", 1, "1/3", "1/9", "1/9", "1/9", "1/9"],
    ["1/5", 3, 1, "1/3", "1/4", "1/3", "1/9"],
    ["1/2", 9, 3, 1, "1/2", 1, "1/3"],
    [1, 9, 4, 2, 1, 2, "1/2"],
    [1, 9, 3, 1, "1/2", 1, "1/3"],
    [2, 9, 9, 3, 2, 3, 1],
]
HOUSE = ["size", "transport", "neighbourhood", "age", "yard", "modern", "condition", "finance"]
HOUSE_MATRIX = [
    [1, 5, 3, 7, 6, 6, "1/3", "1/4"],
    ["1/5", 1, "1/3", 5, 3, 3, "1/5", "1/7"],
    ["1/3", 3, 1, 6, 3, 4, 6, "1/5"],
    ["1/7", "1/5", "1/6", 1, "1/3", "1/4", "1/7", "1/8"],
    ["1/6", "1/3", "1/3", 3, 1, "1/2", "1/5", "1/6"],
    ["1/6", "1/3", "1/4", 4, 2, 1, "1/5", "1/6"],
    [3, 5, "1/6", 7, 5, 5, 1, "1/2"],
    [4, 7, 5, 8, 6, 6, 2, 1],
]
NAN = float("nan")


def codes(weights):
    assert all(f.severity == "warning" and f.line("en") and f.line("zh") for f in weights.findings)
    return [f.code.removeprefix("weighting.") for f in weights.findings]


def test_ahp_reproduces_saaty_2008_drinks():
    """Saaty 2008, IJSS 1(1):83-98, drinks in the US: .177 .019 .042 .116 .190 .129 .327, CR .022."""
    found = se.policy.ahp(DRINKS_MATRIX, names=DRINKS, random_index="saaty_2008")
    assert found.values == pytest.approx([0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], abs=6e-4)
    assert found.consistency["cr"] == pytest.approx(0.022, abs=6e-4)
    assert found.consistency["ri"] == 1.35
    assert found.consistency["lambda_max"] == pytest.approx(7.176629, abs=1e-6)
    assert codes(found) == []
    assert se.policy.ahp(DRINKS_MATRIX).consistency["cr"] == pytest.approx(0.0223, abs=1e-4), "by the table of 1980"


def test_ahp_reproduces_saaty_1990_house():
    """Saaty 1990, EJOR 48:9-26, buying a house: weights, lambda_max 9.669, CI .238, CR .169."""
    found = se.policy.ahp(HOUSE_MATRIX, names=HOUSE)
    assert found.values == pytest.approx([0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333], abs=6e-4)
    figures = found.consistency
    assert figures["lambda_max"] == pytest.approx(9.669, abs=5e-4)
    assert figures["ci"] == pytest.approx(0.238, abs=6e-4)
    assert figures["cr"] == pytest.approx(0.169, abs=6e-4)
    assert figures["ri_table"].startswith("Saaty 1980")


def test_the_judgement_that_saaty_2003_names_is_named():
    """Saaty 2003, EJOR 145:85-91: condition against neighbourhood; the others say 1/2.2, not 6; 1/2 gives CR .083."""
    found = se.policy.ahp(HOUSE_MATRIX, names=HOUSE)
    worst = found.figures["worst_judgement"]
    assert (worst.first, worst.second, worst.given) == ("neighbourhood", "condition", 6)
    assert worst.by_others == pytest.approx(1 / 2.2, abs=0.005)
    assert worst.by_weights == pytest.approx(0.188 / 0.167, abs=0.005)
    assert found.figures["error_ratios"][2, 6] == pytest.approx(5.32, abs=0.005)
    (finding,) = found.findings
    assert finding.column == "neighbourhood / condition"
    assert "0.459 times" in finding.message and "0.459" in finding.say("zh")
    mended = [list(row) for row in HOUSE_MATRIX]
    mended[2][6], mended[6][2] = "1/2", 2
    better = se.policy.ahp(mended, names=HOUSE)
    assert better.consistency["lambda_max"] == pytest.approx(8.811, abs=1e-3)
    assert better.consistency["cr"] == pytest.approx(0.083, abs=1e-3)
    assert codes(better) == []


def test_small_matrices_are_held_to_stricter_thresholds():
    """Saaty 1994: 0.05 for three criteria, 0.08 for four."""
    three = {("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 2}
    found = se.policy.ahp(three)
    assert 0.04 < found.consistency["cr"] < 0.05 and found.consistency["cr_threshold"] == 0.05
    assert codes(found) == []
    worse = se.policy.ahp(three | {("a", "c"): 1.5})
    assert 0.05 < worse.consistency["cr"] < 0.10
    assert codes(worse) == ["ahp.inconsistent"]
    assert codes(se.policy.ahp(three | {("a", "c"): 1.5}, threshold=0.2)) == []
    assert se.policy.ahp(np.ones((4, 4))).consistency["cr_threshold"] == 0.08
    assert se.policy.ahp(np.ones((5, 5))).consistency["cr_threshold"] == 0.10


def test_the_geometric_mean_is_judged_by_its_own_index():
    """Aguarón & Moreno-Jiménez 2003: GCI .3147, .3526, .370 stand for a CR of 0.10."""
    found = se.policy.ahp(HOUSE_MATRIX, names=HOUSE, method="geometric_mean")
    assert "cr_threshold" not in found.consistency and found.consistency["gci_threshold"] == 0.370
    assert found.consistency["gci"] > 0.370
    assert "GCI is" in found.findings[0].message
    assert found.consistency["cr"] == pytest.approx(0.169, abs=6e-4), "of the same matrix"
    assert se.policy.ahp(np.ones((3, 3)), method="geometric_mean").consistency["gci_threshold"] == 0.3147


def test_the_geometric_index_can_be_checked_by_hand():
    """Three criteria, a/b = b/c = 2, a/c = 4k: each error is k^(1/3) or its inverse, so GCI = 3 (ln k / 3)²."""
    k = 3.0
    matrix = np.array([[1, 2, 4 * k], [0.5, 1, 2], [1 / (4 * k), 0.5, 1]])
    found = se.policy.ahp(matrix, method="geometric_mean")
    assert found.consistency["gci"] == pytest.approx(np.log(k) ** 2 / 3)
    assert geometric_consistency_index(matrix, found.values) == found.consistency["gci"]


def test_missing_pairs_are_filled_counted_and_judged_by_a_lower_index():
    gaps = [list(row) for row in DRINKS_MATRIX]
    for i, j in ((0, 1), (3, 5)):
        gaps[i][j] = gaps[j][i] = None
    found = se.policy.ahp(gaps, names=DRINKS, random_index="saaty_2008")
    assert found.consistency["missing"] == 2
    assert found.consistency["ri"] == pytest.approx(1.35 * (1 - 4 / 30))
    assert "Ágoston" in found.consistency["ri_table"] and "least lambda_max" in found.source
    assert found.values == pytest.approx([0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], abs=0.01)
    assert not np.isnan(found.figures["matrix"]).any()
    assert np.isnan(found.figures["error_ratios"][0, 1]), "nobody judged it, so it cannot err"
    assert found.consistency["lambda_max"] < 7.176629


def test_ways_of_filling_gaps_without_a_threshold_say_so():
    gaps = {("a", "b"): 3, ("b", "c"): 2, ("c", "d"): 2, ("a", "d"): 9}
    for keys in ({"incomplete": "harker"}, {"method": "geometric_mean"}):
        found = se.policy.ahp(gaps, **keys)
        assert codes(found) == ["ahp.not_comparable"]
        assert "cr" not in found.consistency and "gci_threshold" not in found.consistency
    assert se.policy.ahp(gaps, method="geometric_mean").consistency["gci"] == pytest.approx(np.log(12 / 9) ** 2 / 4)


def test_a_chain_of_judgements_is_always_consistent():
    found = se.policy.ahp({("a", "b"): 2, ("b", "c"): 2, ("c", "d"): 3})
    assert found.values == pytest.approx(np.array([12, 6, 3, 1]) / 22)
    assert found.consistency["cr"] == 0
    assert found.figures["worst_judgement"] is None


def test_beyond_the_table_there_is_no_ratio_and_a_finding_says_so():
    found = se.policy.ahp(np.ones((16, 16)))
    assert codes(found) == ["ahp.no_random_index"] and "cr" not in found.consistency
    own = se.policy.ahp(np.ones((16, 16)), random_index=1.6)
    assert codes(own) == [] and own.consistency["ri_table"] == "given by the caller"


def test_one_and_two_criteria_are_consistent_by_themselves():
    assert se.policy.ahp([[1]]).values.tolist() == [1.0]
    two = se.policy.ahp({("a", "b"): 3}, method="geometric_mean")
    assert two.values == pytest.approx([0.75, 0.25])
    assert two.consistency["cr"] == 0 and codes(two) == []


def test_unknown_choices_are_refused_by_name():
    with pytest.raises(UnknownName, match="Did you mean 'eigenvector'"):
        se.policy.ahp([[1]], method="eigenvectors")
    with pytest.raises(UnknownName, match="fill gaps"):
        se.policy.ahp([[1]], incomplete="zero")
    with pytest.raises(UnknownName, match="random-index"):
        se.policy.ahp([[1]], random_index="dd")
    with pytest.raises(ValueError, match="threshold"):
        se.policy.ahp([[1]], threshold=0)
    with pytest.raises(InvalidInput):
        se.policy.ahp([[1, 2], [2, 1]])


@given(st.lists(st.floats(0.2, 5), min_size=1, max_size=7), st.sampled_from(["eigenvector", "geometric_mean"]))
def test_consistent_judgements_give_back_their_weights_with_nothing_to_complain(raw, method):
    w = np.array(raw) / sum(raw)
    found = se.policy.ahp(w[:, np.newaxis] / w, method=method)
    assert found.values == pytest.approx(w)
    assert found.consistency["cr"] == pytest.approx(0, abs=1e-9)
    assert not set(codes(found)) - {"pair.beyond_scale"}


@settings(deadline=None)
@given(st.permutations(range(8)), st.sampled_from(["eigenvector", "geometric_mean"]), st.booleans())
def test_the_order_of_criteria_changes_nothing_to_the_last_bit(turn, method, gap):
    table = pd.DataFrame(HOUSE_MATRIX, index=HOUSE, columns=HOUSE, dtype=object)
    if gap:
        table.loc["size", "yard"] = table.loc["yard", "size"] = None
    turned = table.iloc[list(turn), list(turn)]
    straight, other = se.policy.ahp(table, method=method), se.policy.ahp(turned, method=method)
    assert other.names == tuple(turned.index)
    assert {n: straight[n] for n in HOUSE} == {n: other[n] for n in HOUSE}
    assert dict(straight.consistency) == dict(other.consistency)


@settings(deadline=None)
@given(st.lists(st.sampled_from([1 / 5, 1 / 2, 1, 3, 9]), min_size=10, max_size=10), st.data())
def test_weights_are_positive_and_sum_to_one_also_with_gaps(upper, data):
    names = "abcde"
    pairs = {(names[i], names[j]): None for i in range(5) for j in range(i + 1, 5)}
    for pair, figure in zip(pairs, upper, strict=True):
        pairs[pair] = figure if pair[0] == "a" or data.draw(st.booleans()) else None
    found = se.policy.ahp(pairs)
    assert found.values.sum() == pytest.approx(1, abs=1e-14)
    assert np.all(found.values > 0)
    assert found.consistency["cr"] >= 0
