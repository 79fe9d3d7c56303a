"""Everything asked about one lot, and the verdict that follows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import supplier_eval as se
from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.study import plain_data, robustness_study

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def policy(**rules: object) -> Policy:
    return Policy.from_mapping(policy_mapping(**rules))


def test_a_clear_winner_is_firm():
    found = robustness_study(make_tender([flat("A", 95, "100"), flat("B", 40, "100")], policy()), draws=256)
    assert found.verdict.level == "firm"
    assert found.ball.first.tolist() == [1.0, 0.0]
    assert found.exact is not None and found.exact.first_of("A") == pytest.approx(1)
    assert found.change.nearest is None or found.change.nearest.size("max") > 5


def test_a_winner_that_one_bid_or_a_point_of_weight_unseats_is_not_firm():
    close = [flat("A", 90, "100"), flat("B", 78, "80"), flat("L", 0, "30")]
    found = robustness_study(make_tender(close, policy()), draws=256)
    assert found.verdict.level == "fragile"
    assert "L" in found.verdict.sensitive_to


def test_the_declared_ball_is_the_policys():
    offers = [flat("A", 90, "100"), flat("B", 70, "60")]
    narrow = robustness_study(make_tender(offers, policy(robustness={"radius": "0.001"})), draws=256)
    wide = robustness_study(make_tender(offers, policy(robustness={"radius": "0.4"})), draws=256)
    assert narrow.verdict.figures.ball == pytest.approx(0.1) and wide.verdict.figures.ball == pytest.approx(40)
    assert narrow.ball_weights.first.max() == 1 and wide.ball_weights.first.min() > 0
    euclid = robustness_study(make_tender(offers, policy(robustness={"norm": "euclidean"})), draws=256)
    assert euclid.exact is None


def test_exact_and_sampled_shares_agree_within_their_errors():
    found = robustness_study(make_tender([flat("A", 90, "100"), flat("B", 74, "80")], policy()), draws=8192)
    assert found.exact is not None
    off = np.abs(found.ball_weights.first - found.exact.first)
    assert (off <= 5 * np.maximum(found.ball_weights.errors[:, 0], 1 / 8192)).all()


@pytest.mark.parametrize("sample", ["museum-services", "service-desk"])
def test_the_samples_give_plain_data_and_sentences_in_both_languages(sample):
    tender = se.read_tender(SAMPLES / sample)
    for lot in tender.lots:
        found = robustness_study(tender, lot, draws=64)
        document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
        assert document["standing"] == "exploratory" and document["lot"] == lot
        assert document["verdict"]["level"] in {"firm", "sensitive", "fragile"}
        for lang in ("en", "zh"):
            assert found.verdict.explain(lang) in found.explain(lang)
        assert len(repr(found).splitlines()) <= 3
        assert found.potential is not None


@pytest.mark.parametrize(
    "offers",
    [
        [flat("A", 50, "10")],
        [flat("A", 50, "10"), flat("B", 50, "10")],
        [flat(name, 50, "10") for name in "ABCD"],
        [flat("A", 0, "10"), flat("B", 0, "20")],
    ],
    ids=["one bid", "two identical", "all equal", "no quality"],
)
def test_degenerate_lots_have_a_verdict_and_no_nan(offers):
    found = robustness_study(make_tender(offers, policy()), draws=64)
    json.dumps(found.to_dict(), allow_nan=False)
    assert np.isfinite(found.ball.first).all() and np.isfinite(found.ball.errors).all()
    assert found.explain() and found.explain("zh")


def test_the_same_seed_gives_the_same_study():
    tender = make_tender([flat("A", 90, "100"), flat("B", 78, "80")], policy())
    first, second = (robustness_study(tender, draws=128, seed=9).to_dict() for _ in range(2))
    assert first == second


def test_the_verdict_reads_rooms_and_changes_in_points_of_a_hundred():
    """A 90 at 100, B 74 at 80: worth 54 + 32 against 44.4 + 40, a lead of 1.6; a point from quality to price takes
    (90 - 74 + 20) / 100 = 0.36 of it, so that 1.6 / 0.36 = 4.44 points are the smallest change and the room of the
    price at the top.
    """
    found = robustness_study(make_tender([flat("A", 90, "100"), flat("B", 74, "80")], policy()), draws=64)
    figures = found.verdict.figures
    assert figures.margin == pytest.approx(1.6)
    assert figures.smallest_change.points == pytest.approx(1.6 / 0.36, abs=1e-6)
    rooms = {room.criterion: room.points for room in figures.rooms}
    assert rooms["price"] == pytest.approx(1.6 / 0.36, abs=1e-6)
    assert found.verdict.level == "sensitive" and "price" in found.verdict.sensitive_to


def test_what_has_no_figure_is_nothing_in_plain_data():
    frame = pd.DataFrame({"tau": [0.5, None], "agrees": [True, None], "at": [pd.NaT, pd.NaT]})
    records = frame.astype({"tau": "Float64", "agrees": "boolean"}).to_dict("records")
    assert plain_data(records) == [
        {"tau": 0.5, "agrees": True, "at": None},
        {"tau": None, "agrees": None, "at": None},
    ]
    assert plain_data([pd.NA, np.float64("nan"), float("inf"), np.int64(3), np.bool_(True)]) == [None] * 3 + [3, True]
