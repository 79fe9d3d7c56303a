"""Exact first-rank acceptability of score sheets: figures, frames, words, findings, and what sampling says."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.robustness.exact_front import exact_acceptability
from supplier_eval.robustness.region import linear, simplex
from supplier_eval.score.sheet import ScoreSheet


def made_sheet(rows, weights=None, criteria=None):
    """Bids A, B, C ... on criteria named c1, c2, ...; equal weights."""
    values = np.asarray(rows, dtype=float)
    names = criteria or [f"c{i + 1}" for i in range(values.shape[1])]
    bids = [chr(ord("A") + b) for b in range(len(values))]
    points = weights or [1 / len(names)] * (len(names) - 1)
    points = points if weights else [*points, 1 - sum(points)]
    return ScoreSheet.from_frame(pd.DataFrame(values, index=bids, columns=names), dict(zip(names, points, strict=True)))


def random_sheet(seed, n=4, m=6):
    return made_sheet(np.random.default_rng(seed).uniform(0, 100, (m, n)), [0.1] * (n - 1) + [1 - 0.1 * (n - 1)])


IDENTITY = made_sheet(100 * np.eye(3))


def test_three_bids_each_best_on_one_criterion_have_the_published_figures_exactly():
    """A third each; central weights 11/18, 7/36, 7/36 (largest of three even weights: Barron and Barrett 1996)."""
    found = exact_acceptability(IDENTITY, "simplex")
    np.testing.assert_allclose(found.first, 1 / 3, atol=1e-12)
    np.testing.assert_allclose(found.pairwise, 0.5 * (1 - np.eye(3)), atol=1e-12)
    for b, bid in enumerate("ABC"):
        favoured = [11 / 18 if i == b else 7 / 36 for i in range(3)]
        np.testing.assert_allclose(list(found.central_weights[bid].values()), favoured, atol=1e-12)
    assert found.closure == pytest.approx(1, abs=1e-12)


def test_by_default_no_weight_moves_by_more_than_five_points():
    """Two criteria of 50: w1 in [0.45, 0.55]; 48 w1 and 52 (1 - w1) tie at 0.52: A has three tenths."""
    found = exact_acceptability(made_sheet([[48, 0], [0, 52]]))
    np.testing.assert_allclose(found.first, [0.3, 0.7], atol=1e-12)
    assert found.region.parameters["radius"] == 0.05


def test_an_order_of_importance_and_limits_are_read_as_sampling_reads_them():
    sheet = random_sheet(3)
    for region in (
        {"order": ["c2", ["c1", "c4"], "c3"]},
        {"intervals": {"c1": (0.2, 0.2)}},
        {"ball": 0.1, "norm": "sum"},
    ):
        exact, drawn = exact_acceptability(sheet, region), rank_acceptability(sheet, region=region)
        assert (np.abs(drawn.first - exact.first) <= 6 * drawn.errors[:, 0]).all()
        assert (np.abs(drawn.pairwise - exact.pairwise) <= 7 * drawn.ahead.error).all()
        assert exact.region.criteria == drawn.region.criteria


def test_the_central_weights_are_those_that_sampling_estimates():
    sheet = random_sheet(11)
    exact, drawn = exact_acceptability(sheet, "simplex"), rank_acceptability(sheet, 16384, "simplex")
    often = exact.first > 0.02
    assert often.any()
    assert (np.abs(drawn.central.mean - exact.shares.central)[often] <= 6 * drawn.central.error[often]).all()


@pytest.mark.parametrize(
    "region", ["simplex", {"order": list("xwzy")}, {"intervals": {"w": (0.3, 0.5), "y": (0.1, 0.35)}}], ids=str
)
def test_the_order_of_bids_and_criteria_changes_no_bit(region):
    frame = pd.DataFrame(np.random.default_rng(1).uniform(0, 100, (5, 4)), index=list("ABCDE"), columns=list("wxyz"))
    weights = {"w": 40, "x": 30, "y": 20, "z": 10}
    one = exact_acceptability(ScoreSheet.from_frame(frame, weights), region)
    two = exact_acceptability(ScoreSheet.from_frame(frame.iloc[::-1, [2, 0, 3, 1]], weights), region)
    assert (one.first == two.first).all() and (one.pairwise == two.pairwise).all()
    for bid in "ABCDE":
        assert one.central_weights[bid] == two.central_weights[bid]


def test_new_names_for_the_bids_rename_the_result():
    frame = pd.DataFrame(np.random.default_rng(2).uniform(0, 100, (4, 3)), index=list("ABCD"), columns=list("xyz"))
    weights = {"x": 50, "y": 30, "z": 20}
    names = dict(zip("ABCD", "NMZK", strict=True))
    one = exact_acceptability(ScoreSheet.from_frame(frame, weights), "simplex")
    two = exact_acceptability(ScoreSheet.from_frame(frame.rename(index=names), weights), "simplex")
    assert all(one.first_of(old) == two.first_of(new) for old, new in names.items())


def test_identical_bids_share_and_say_so():
    found = exact_acceptability(made_sheet([[90, 10], [20, 70], [90, 10]]), "simplex")
    assert found.first_of("A") == found.first_of("C")
    assert found.sharing("A") == ("C",) and found.sharing("B") == ()
    assert "same total as C" in found.explain()
    assert found.tied[0].tolist() == [True, False, True]
    assert found.pairwise_frame().query("bid == 'A' and other == 'C'")["tied"].item() == 1.0


@pytest.mark.parametrize(
    ("rows", "weights"),
    [
        ([[50, 60]], None),
        ([[50, 60], [50, 60]], None),
        ([[50, 50], [50, 50], [50, 50]], None),
        ([[70, 20], [70, 40]], None),
        ([[70, 20], [10, 40]], [1.0, 0.0]),
        ([[0, 0], [0, 0]], None),
    ],
    ids=["one bid", "two identical", "all equal", "constant criterion", "zero weight", "all nought"],
)
def test_degenerate_sheets_give_figures_and_sentences(rows, weights):
    for region in ("ball", "simplex", {"ball": 0.0}, {"ball": 0.0, "norm": "euclidean"}, {"order": ["c1", "c2"]}):
        found = exact_acceptability(made_sheet(rows, weights), region)
        assert np.isfinite(found.first).all() and found.closure == pytest.approx(1, abs=1e-12)
        frame = found.to_frame()
        missing = frame.isna().to_numpy()
        assert missing[:, 4:].tolist() == np.eye(len(found.bids), dtype=bool).tolist(), "nobody is ahead of itself"
        assert not missing[:, :4].any()
        assert "nan" not in found.explain() + found.explain("zh")


def test_a_region_without_a_choice_says_so():
    found = exact_acceptability(made_sheet([[90, 10], [20, 70]]), {"ball": 0.0})
    assert found.free_weights == 1
    assert "a single choice of weights" in found.explain()
    assert found.first.tolist() == [1.0, 0.0]


def test_frames_have_the_documented_columns_and_add_up():
    found = exact_acceptability(random_sheet(5), "simplex")
    frame = found.to_frame()
    assert list(frame.columns) == ["bid", "name", "first", "same_as", *(f"ahead_of_{b}" for b in "ABCDEF")]
    assert frame["first"].sum() == pytest.approx(1, abs=1e-12)
    pairs = found.pairwise_frame()
    assert list(pairs.columns) == ["bid", "other", "ahead", "tied"] and len(pairs) == 30
    central = found.central_frame()
    assert list(central.columns) == ["bid", "criterion", "weight", "published"]
    np.testing.assert_allclose(central.groupby("bid")["weight"].sum(), 1, atol=1e-12)
    assert set(central["bid"]) == {bid for bid in found.bids if found.first_of(bid) > 0}


def test_a_bid_that_is_never_first_has_no_central_weights():
    found = exact_acceptability(made_sheet([[90, 60], [80, 50], [20, 70]]), "simplex")
    assert found.first_of("B") == 0.0
    assert found.central_weights["B"] is None
    assert found.ever_first.tolist() == [True, False, True]
    assert "B is first under none" in found.explain()
    assert "B：在这些权重下均不名列第一" in found.explain("zh")


def test_a_tiny_share_is_not_printed_as_nothing():
    found = exact_acceptability(made_sheet([[99.999, 50], [0, 50.001]]), "simplex")
    assert 0 < found.first_of("B") < 1e-4
    assert "< 0.01 %" in found.explain() and "> 99.99 %" in found.explain()


def test_a_euclidean_ball_is_a_finding():
    with pytest.raises(InvalidInput) as refused:
        exact_acceptability(IDENTITY, {"ball": 0.1, "norm": "euclidean"})
    assert [f.code for f in refused.value.findings] == ["exact.not_linear"]
    assert "rank_acceptability" in refused.value.findings[0].remedy


def test_twelve_criteria_are_a_finding_unless_six_are_fixed():
    sheet = made_sheet(np.random.default_rng(9).uniform(0, 100, (5, 12)), [0.05] * 6 + [0.1] * 5 + [0.2])
    with pytest.raises(InvalidInput) as refused:
        exact_acceptability(sheet)
    finding = refused.value.findings[0]
    assert (finding.code, finding.value) == ("exact.too_many_free", "12")
    assert "rank_acceptability" in finding.remedy and "rank_acceptability" in finding.advise("zh")
    fixed = {f"c{i + 1}": (0.05, 0.05) for i in range(6)}
    found = exact_acceptability(sheet, {"intervals": fixed})
    assert found.free_weights == 6 and found.closure == pytest.approx(1, abs=1e-9)


def test_a_region_that_cannot_be_read_or_holds_nothing_is_a_finding():
    with pytest.raises(InvalidInput) as unknown:
        exact_acceptability(IDENTITY, "cone")
    assert unknown.value.findings[0].code == "region.kind.unknown"
    nothing = linear([[1.0, 0.0, 0.0]], [0.2])
    object.__setattr__(nothing, "b", np.array([-0.2]))
    with pytest.raises(InvalidInput) as empty:
        exact_acceptability(IDENTITY, nothing)
    assert empty.value.findings[0].code == "region.empty"


def test_the_result_is_frozen_exploratory_and_short():
    found = exact_acceptability(IDENTITY, simplex(3))
    assert found.standing == "exploratory" and found.policy_fingerprint == ""
    assert len(repr(found).splitlines()) <= 3
    with pytest.raises(FrozenInstanceError):
        found.region = None
    with pytest.raises(UnknownName):
        found.first_of("Z")


def test_intervals_of_sampled_shares_cover_the_exact_ones_at_their_rate():
    """95 % intervals of 48 tenders, drawn twice each; four binomial errors at the number of tenders.

    Figures of one tender hang together, so that tenders are counted, not figures. The whole measurement, 200 tenders
    of all regions, is `benchmarks/acceptability_coverage.py`.
    """
    tenders, repeats, reach = 48, 2, t.ppf(0.975, 15)
    shares = []
    for seed in range(tenders):
        rng = np.random.default_rng([77, seed])
        sheet = random_sheet([78, seed], int(rng.integers(2, 5)), int(rng.integers(2, 7)))
        region = "simplex" if seed % 2 else {"ball": 0.2}
        exact = exact_acceptability(sheet, region).first
        inside = (exact > 1e-12) & (exact < 1 - 1e-12)
        for repeat in range(repeats if inside.any() else 0):
            drawn = rank_acceptability(sheet, 1024, region, seed=repeats * seed + repeat)
            shares.append((np.abs(drawn.first - exact) <= reach * drawn.errors[:, 0])[inside].mean())
    assert len(shares) > 60
    assert abs(np.mean(shares) - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / (len(shares) / repeats))
