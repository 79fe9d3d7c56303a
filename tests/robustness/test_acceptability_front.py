"""Rank acceptability of a score sheet: published case, exact figures, degenerate sheets, findings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.robustness.region import intervals
from supplier_eval.score.sheet import ScoreSheet


def sheet(values, weights):
    table = np.asarray(values, dtype=float).T
    names = [f"c{i + 1}" for i in range(table.shape[1])]
    frame = pd.DataFrame(table, columns=names, index=[f"B{b + 1}" for b in range(len(table))])
    return ScoreSheet.from_frame(frame, dict(zip(names, weights, strict=True)))


def random_sheet(n_criteria, n_bids, seed=0):
    rng = np.random.default_rng(seed)
    whole = rng.multinomial(100, np.ones(n_criteria) / n_criteria)
    return sheet(rng.uniform(0, 100, (n_criteria, n_bids)), whole.tolist())


def test_bids_best_in_one_criterion_each_have_the_published_figures():
    """The identity as utilities over all weights: shares 1/3, central weights 11/18 and 7/36 by symmetry."""
    found = rank_acceptability(sheet(100 * np.eye(3), [0.3, 0.3, 0.4]), region="simplex")
    assert found.matrix == pytest.approx(np.full((3, 3), 1 / 3), abs=0.004)
    for i, bid in enumerate(found.bids):
        for j, name in enumerate(found.criteria):
            assert found.central_weights[bid][name] == pytest.approx(11 / 18 if i == j else 7 / 36, abs=0.004)
    assert found.confidence == {"B1": 1.0, "B2": 1.0, "B3": 1.0}
    assert found.expected_rank == pytest.approx([2, 2, 2], abs=0.01)


@pytest.mark.parametrize(
    ("region", "exact"),
    [
        ("simplex", 0.25),
        ({"order": ["c1", "c2"]}, 0.5),
        ({"intervals": {"c1": (0.5, 1)}}, 0.5),
        ({"intervals": {"c1": (0.7, 0.8)}}, 0.5),
        ({"ball": 0.15}, 2 / 3),
        ({"linear": [({"c1": 2, "c2": -1}, ">=", 0)]}, 0.375),
        (intervals([0, 0], [1, 0.5]), 0.5),
    ],
)
def test_two_bids_share_a_segment_where_their_totals_meet(region, exact):
    """Bid 1 is first where the first weight is 0.75 or more."""
    found = rank_acceptability(sheet([[25, 0], [0, 75]], [0.8, 0.2]), region=region)
    assert abs(found.first[0] - exact) <= 5 * found.errors[0, 0]


def test_an_order_of_three_weights_is_cut_by_area():
    """Corners (1,0,0), (1/2,1/2,0), (1/3,1/3,1/3): w1 >= 1/2 leaves out the third corner and 1/4 of the area.

    On the way from the first to the third corner w1 = 1/2 comes after 3/4; from the second it comes at once: 3/4 stay.
    """
    found = rank_acceptability(
        sheet([[50, 0], [0, 50], [0, 50]], [0.5, 0.3, 0.2]), region={"order": ["c1", "c2", "c3"]}
    )
    assert abs(found.first[0] - 0.75) <= 5 * found.errors[0, 0]


def test_the_same_seed_gives_the_same_bits():
    one, two, other = (
        rank_acceptability(random_sheet(5, 6), seed=seed, uncertainty={"normal": 3}) for seed in (4, 4, 5)
    )
    assert one.matrix.tobytes() == two.matrix.tobytes()
    assert one.central.error.tobytes() == two.central.error.tobytes()
    assert (one.matrix != other.matrix).any()


@pytest.mark.parametrize("region", ["ball", {"order": ["c2", ["c1", "c4"], "c3"]}, {"intervals": {"c3": (0, 0.3)}}])
@pytest.mark.parametrize("uncertainty", [None, {"interval": {"c1": 4}, "normal": 2}])
def test_the_order_of_bids_and_criteria_decides_nothing(region, uncertainty):
    before = random_sheet(4, 6)
    table = pd.DataFrame(before.values.T, index=before.bids, columns=before.criteria)
    turned = table.iloc[::-1, [2, 0, 3, 1]]
    after = ScoreSheet.from_frame(turned, {name: before.weights[i] for i, name in enumerate(before.criteria)})
    one, two = (rank_acceptability(s, 512, region, uncertainty=uncertainty) for s in (before, after))
    assert one.matrix.tobytes() == two.matrix.tobytes()
    assert one.confidences.mean.tobytes() == two.confidences.mean.tobytes()
    assert one.central.mean[:, [2, 0, 3, 1]].tobytes() == two.central.mean.tobytes()
    assert two.criteria == ("c3", "c1", "c4", "c2")


@pytest.mark.parametrize("n_criteria", [2, 12])
@pytest.mark.parametrize(
    "region", ["ball", "simplex", {"ball": 0.04, "norm": "sum"}, {"ball": 0.1, "norm": "euclidean"}]
)
def test_few_and_many_criteria_give_shares_that_add_up(n_criteria, region):
    found = rank_acceptability(random_sheet(n_criteria, 4), 256, region)
    assert found.matrix.sum(axis=1) == pytest.approx(1)
    assert (found.errors > 0).all()
    assert found.region.contains(found.scored.weights)


DEGENERATE = {
    "one bid": sheet([[50], [60]], [0.4, 0.6]),
    "one criterion": sheet([[50, 60]], [1]),
    "two identical bids": sheet([[50, 50, 90], [60, 60, 20]], [0.4, 0.6]),
    "all equal": sheet([[50, 50], [60, 60]], [0.4, 0.6]),
    "a constant criterion": sheet([[50, 50, 50], [60, 70, 65], [20, 10, 15]], [0.2, 0.4, 0.4]),
    "a zero weight": sheet([[50, 40], [60, 60], [10, 20]], [0.4, 0.6, 0]),
    "all weight on one": sheet([[50, 40], [60, 60], [10, 20]], [1, 0, 0]),
}


@pytest.mark.parametrize("uncertainty", [None, {"interval": 3}])
@pytest.mark.parametrize("region", ["ball", "simplex", {"ball": 0}, {"ball": 0.3, "norm": "euclidean"}])
@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_sheets_give_a_result_without_gaps(name, region, uncertainty):
    found = rank_acceptability(DEGENERATE[name], 64, region, uncertainty=uncertainty)
    for estimate in (found.ranks, found.ahead, found.tied, found.expected, found.central, found.confidences):
        assert np.isfinite(estimate.mean).all()
        assert (estimate.error > 0).all()
    assert found.matrix.sum(axis=1) == pytest.approx(1)
    assert found.explain("en")
    assert found.explain("zh")


def test_identical_bids_share_every_rank_and_the_next_is_empty():
    found = rank_acceptability(DEGENERATE["two identical bids"], region="simplex")
    assert found.matrix[0].tolist() == found.matrix[1].tolist()
    assert found.first.sum() > 1
    assert found.tied.mean[0, 1] == 1
    assert found.matrix[:2, 1].tolist() == [found.first[2]] * 2


def test_a_region_of_one_point_gives_the_published_order():
    found = rank_acceptability(sheet([[50, 90, 10], [60, 20, 30]], [0.4, 0.6]), region={"ball": 0})
    assert found.matrix.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert found.central_weights["B1"] == pytest.approx({"c1": 0.4, "c2": 0.6})
    assert found.central_weights["B2"] is None
    assert found.confidence == {"B1": 1.0, "B2": None, "B3": None}
    assert found.method == "point"


def test_uncertain_marks_make_a_certain_winner_less_certain():
    s = sheet([[52, 50], [50, 50]], [0.5, 0.5])
    sure, unsure = (rank_acceptability(s, region={"ball": 0}, uncertainty=u) for u in (None, {"normal": 4}))
    assert sure.first.tolist() == [1, 0]
    # the difference of the totals is normal with mean 1 and deviation 0.5 * sqrt(4) * 4 = 4: Phi(1/4) = 0.5987
    assert abs(unsure.first[0] - 0.5987) <= 5 * unsure.errors[0, 0]
    assert unsure.confidence["B1"] == pytest.approx(unsure.first[0])


def test_even_errors_have_the_exact_share_of_two_intervals():
    """Lead 2, difference of two even errors of half-width 4: triangular on -8..8, P(2 + d > 0) = 1 - 6^2/(2*64)."""
    found = rank_acceptability(sheet([[52, 50]], [1]), 16384, uncertainty={"interval": {"c1": 4}})
    assert abs(found.first[0] - (1 - 36 / 128)) <= 5 * found.errors[0, 0]


def test_values_of_your_own_are_drawn_in_the_sheets_order():
    s = random_sheet(3, 4)

    def drawn(rng, n):
        return np.clip(s.values[:, :, None] + rng.normal(0, 1, (3, 4, n)), 0, 100)

    found = rank_acceptability(s, 256, draw_values=drawn)
    assert found.uncertain == {"drawn": "drawn"}
    certain = rank_acceptability(s, 256, draw_values=lambda rng, n: np.repeat(s.values[:, :, None], n, axis=2))
    assert certain.matrix.tolist() == rank_acceptability(s, 256).matrix.tolist()


def codes(**given):
    with pytest.raises(InvalidInput) as caught:
        rank_acceptability(random_sheet(2, 3), **given)
    for finding in caught.value.findings:
        assert finding.say("zh")
        assert finding.advise("en")
    return [f.code for f in caught.value.findings]


def test_bad_numbers_are_findings_all_at_once():
    assert codes(draws=0, scrambles=1, seed=-1) == ["acceptability.number.invalid"] * 3
    assert codes(draws=2**30) == ["acceptability.number.invalid"]
    assert codes(draws=1.5) == ["acceptability.number.invalid"]


def test_bad_uncertainty_is_a_finding():
    found = codes(uncertainty={"even": 3, "normal": {"c9": 1, "c1": -1}, "interval": "wide"})
    assert sorted(found) == [
        "uncertainty.criterion.unknown",
        "uncertainty.kind.unknown",
        "uncertainty.size.invalid",
        "uncertainty.size.invalid",
    ]
    assert codes(uncertainty={"normal": np.ones((5, 5))}) == ["uncertainty.size.invalid"]


def test_drawn_values_of_another_shape_or_with_gaps_are_findings():
    assert codes(draw_values=lambda rng, n: np.zeros((1, 3, n))) == ["uncertainty.drawn"]
    assert codes(draw_values=lambda rng, n: np.full((2, 3, n), np.nan)) == ["uncertainty.drawn"]
    assert codes(draw_values=lambda rng, n: np.zeros((2, 3, n)), uncertainty={"normal": 1}) == [
        "uncertainty.two_sources"
    ]


def test_a_bad_region_is_a_finding():
    assert codes(region="sphere") == ["region.kind.unknown"]
