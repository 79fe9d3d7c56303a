"""The smallest change with names on it: challengers in order, bounds, levels, hierarchies, degenerate sheets."""

from __future__ import annotations

import itertools
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import Offer, flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.robustness.change_front import smallest_change
from supplier_eval.score.sheet import ScoreSheet

NORMS = ("euclidean", "sum", "max")
ANCHORS = [{"mark": 0, "words": "-"}, {"mark": 100, "words": "+"}]


def table(values, weights):
    names = [f"c{i + 1}" for i in range(len(weights))]
    frame = pd.DataFrame(values, index=[f"B{b + 1}" for b in range(len(values))], columns=names)
    return ScoreSheet.from_frame(frame, dict(zip(names, weights, strict=True)))


def nested(top=(30, 20, 10, 40)):
    """Quality (system 1 of 4, plan 3 of 4), capability, emergency, price."""
    mapping = policy_mapping(dict(zip(("quality", "capability", "emergency", "price"), top, strict=True)))
    mapping["criteria"][0] = {"id": "quality", "name": "quality", "weight": top[0], "total": 4}
    for name, weight in (("system", 1), ("plan", 3)):
        leaf = {"id": name, "parent": "quality", "name": name, "weight": weight, "source": "marks", "anchors": ANCHORS}
        mapping["criteria"].append(leaf)
    return Policy.from_mapping(mapping)


def evaluated(policy):
    marks = ((90, 60, 40, 70), (40, 75, 80, 60), (70, 30, 90, 95), (20, 20, 30, 10))
    names = ("system", "plan", "capability", "emergency")
    offers = [
        Offer(f"B{b + 1}", {"E1": dict(zip(names, map(float, given), strict=True))}, Decimal(price))
        for b, (given, price) in enumerate(zip(marks, ("100", "110", "125", "120"), strict=True))
    ]
    return evaluate(make_tender(offers, policy)).lots["1"]


def test_two_bids_and_two_criteria_by_hand():
    """B2 overtakes where c1 weighs 3/7: 50 - 42.857 = 7.143 points move from c1 to c2."""
    sheet = table([[80, 40], [40, 70]], [0.5, 0.5])
    for norm, size in zip(NORMS, (np.sqrt(2), 2, 1), strict=True):
        found = smallest_change(sheet, norm=norm)
        best = found.nearest
        assert best.bid == "B2" and best.ties == ("B1",)
        assert best.distance == pytest.approx(size * 50 / 7)
        assert best.change == pytest.approx([-50 / 7, 50 / 7])
        assert best.weights == pytest.approx([3 / 7, 4 / 7])
        assert [best.size(n) for n in NORMS] == pytest.approx([np.sqrt(2) * 50 / 7, 100 / 7, 50 / 7])
    frame = found.to_frame()
    assert frame.loc[0, ["challenger", "possible", "norm", "ties"]].tolist() == ["B2", True, "max", "B1"]
    assert found.changes_frame()["change"].tolist() == pytest.approx([-50 / 7, 50 / 7])
    assert found.changes_frame()["new_weight"].sum() == pytest.approx(100)
    assert (found.standing, found.policy_fingerprint, found.winner) == ("exploratory", "", "B1")
    assert len(repr(found).splitlines()) <= 3


def test_top_weights_move_with_the_proportions_below_kept_and_the_evaluation_agrees():
    lot = evaluated(nested())
    found = smallest_change(lot.sheet, level="top")
    best = found.nearest
    assert found.criteria == ("quality", "capability", "emergency", "price")
    for step, winner in ((1e-6, best.bid), (-1e-6, lot.ranking.order[0])):
        points = found.weights * 100 + best.change * (1 + step)
        exact = [Decimal(float(p)).quantize(Decimal("1e-10")) for p in points]
        exact[0] += 100 - sum(exact)
        assert evaluated(nested(exact)).ranking.order[0] == winner


def test_leaf_weights_have_more_freedom_than_those_of_the_top():
    sheet = evaluated(nested()).sheet
    leaf, top = smallest_change(sheet, norm="max"), smallest_change(sheet, norm="max", level="top")
    assert leaf.criteria == sheet.criteria
    for change in top.changes:
        if change.possible:
            assert leaf[change.bid].distance <= change.distance + 1e-9


def test_bounds_are_kept_and_fixed_weights_stay():
    sheet = evaluated(nested()).sheet
    bounds = {"price": (0.4, 0.4), "system": (0.05, 0.1)}
    for norm in NORMS:
        found = smallest_change(sheet, norm=norm, bounds=bounds)
        assert found.bounded
        for change in found.changes:
            if change.possible:
                new = dict(zip(found.criteria, change.weights.tolist(), strict=True))
                assert new["price"] == 0.4
                assert 0.05 - 1e-12 <= new["system"] <= 0.1 + 1e-12
                assert change.distance >= smallest_change(sheet, change.bid, norm)[change.bid].distance - 1e-9
    assert not smallest_change(sheet).bounded


def test_bad_bounds_are_refused_all_at_once():
    sheet = table([[80, 40, 10], [40, 70, 10]], [0.5, 0.3, 0.2])
    with pytest.raises(InvalidInput) as refused:
        smallest_change(sheet, bounds={"c1": (10, 60), "c2": (0.4, 0.5), "c3": "01"})
    codes = [(f.code, f.column) for f in refused.value.findings]
    assert codes == [("change.bounds.invalid", "c1"), ("change.bounds.outside", "c2"), ("change.bounds.invalid", "c3")]
    for pair in ((0.6, 0.4), (float("nan"), 1), 0.5, (0.1, 0.2, 0.3)):
        with pytest.raises(InvalidInput, match="bounds"):
            smallest_change(sheet, bounds={"c1": pair})


def test_unknown_names_are_refused():
    sheet = table([[80, 40], [40, 70]], [0.5, 0.5])
    for wrong in ({"challenger": "B9"}, {"norm": "l2"}, {"level": "node"}, {"bounds": {"c9": (0, 1)}}):
        with pytest.raises(UnknownName):
            smallest_change(sheet, **wrong)
    with pytest.raises(UnknownName, match="challenger"):
        smallest_change(sheet)["B1"]


def test_who_cannot_win_is_named_with_who_blocks_it():
    found = smallest_change(table([[80, 40], [40, 70], [70, 30], [55, 50]], [0.5, 0.5]))
    dominated, mixed = found["B3"], found["B4"]
    assert (dominated.possible, dominated.distance, dict(dominated.blockers)) == (False, np.inf, {"B1": 1.0})
    assert not mixed.possible and set(mixed.blockers) == {"B1", "B2"}
    assert sum(mixed.blockers.values()) == pytest.approx(1)
    assert [change.possible for change in found.changes] == [True, False, False]
    frame = found.to_frame().set_index("challenger")
    sizes = frame[["distance", "euclidean", "sum", "max"]]
    assert {str(kind) for kind in sizes.dtypes} == {"Float64"}
    assert sizes.isna().all(axis=1).tolist() == [False, True, True], "no figure where no change is enough"
    assert not frame.drop(columns=sizes.columns).isna().to_numpy().any()
    assert "B3 cannot win under any weights: B1 is never behind it" in found.explain()
    assert found.changes_frame()["challenger"].unique().tolist() == ["B2"]
    assert mixed.size("sum") == np.inf


def test_a_twin_of_the_winner_can_never_get_ahead_and_is_no_obstacle_to_others():
    found = smallest_change(table([[80, 40], [80, 40], [40, 70]], [0.5, 0.5]))
    assert not found["B2"].possible and found["B2"].ties == ("B1",) and not found["B2"].blockers
    assert found["B3"].ties == ("B1", "B2")
    assert found.nearest.bid == "B3"


def test_who_is_level_with_the_winner_needs_no_change():
    found = smallest_change(table([[80, 40], [40, 80]], [0.5, 0.5]))
    assert (found.nearest.bid, found.nearest.distance, found.nearest.leads_now) == ("B2", 0.0, False)
    assert found.nearest.change.tolist() == [0, 0]


def test_rounding_that_decided_leaves_another_bid_ahead_already():
    offers = [flat("A", 60, "80"), flat("B", 60 + 8.03 / 0.6, "100")]
    sheet = evaluate(make_tender(offers, Policy.from_mapping(policy_mapping(rounding={"total": 1})))).lots["1"].sheet
    found = smallest_change(sheet)
    assert found.winner == "A" and found.rounding_may_decide
    assert found["B"].leads_now and found["B"].distance == 0.0
    assert smallest_change(sheet, "A")["A"].distance > 0
    assert not found.values_move


@pytest.mark.parametrize("norm", NORMS)
def test_degenerate_sheets_give_an_answer(norm):
    alone = smallest_change(table([[80, 40]], [0.5, 0.5]), norm=norm)
    assert alone.changes == () and alone.nearest is None and alone.to_frame().empty
    equal = smallest_change(table([[80, 40]] * 3, [0.5, 0.5]), norm=norm)
    assert equal.nearest is None and [c.ties for c in equal.changes] == [("B1", "B3"), ("B1", "B2")]
    single = smallest_change(table([[80], [40]], [1.0]), norm=norm)
    assert dict(single["B2"].blockers) == {"B1": 1.0}
    edge = smallest_change(table([[80, 0], [70, 90]], [1.0, 0.0]), norm=norm)
    assert edge.nearest.weights == pytest.approx([0.9, 0.1])
    shut = smallest_change(table([[80, 0], [70, 90]], [1.0, 0.0]), norm=norm, bounds={"c1": (1, 1)})
    assert shut.nearest is None and shut["B2"].change.tolist() == [0, 0]
    for found in (alone, equal, single, edge, shut):
        frame = found.to_frame()
        assert (frame["distance"].isna() == ~frame["possible"]).all()
        assert not frame["distance"].isin([np.inf]).any()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.integers(2, 6), st.sampled_from(NORMS))
def test_laws_of_any_table(seed, k, n, norm):
    """The nearest first; the order of rows and columns decides nothing; the ties are ties; all others are behind."""
    rng = np.random.default_rng(seed)
    parts = rng.integers(0, 8, k)
    weights = [int(p) / 128 for p in parts]
    weights[0] = (128 - int(parts[1:].sum())) / 128
    frame = pd.DataFrame(
        rng.integers(0, 50, (n, k)) * 2.0, index=[f"B{b + 1}" for b in range(n)], columns=[f"c{i:02}" for i in range(k)]
    )
    given_weights = dict(zip(frame.columns, weights, strict=True))
    sheet = ScoreSheet.from_frame(frame, given_weights)
    found = smallest_change(sheet, norm=norm)
    again = smallest_change(
        ScoreSheet.from_frame(frame.iloc[rng.permutation(n), rng.permutation(k)], given_weights), norm=norm
    )
    assert found.to_frame().equals(again.to_frame())
    sizes = [change.distance for change in found.changes]
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(sizes))
    for change in found.changes:
        assert change.change.sum() == pytest.approx(0, abs=1e-7)
        if change.possible:
            totals = dict(zip(sheet.bids, change.weights @ sheet.values, strict=True))
            own = totals[change.bid]
            for bid, total in totals.items():
                assert total <= own + 1e-6
                if bid != change.bid:
                    assert (bid in change.ties) == (abs(total - own) <= 1e-7)
        else:
            assert change.blockers or found.winner in change.ties
