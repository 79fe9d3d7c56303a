"""Winning prices: against a closed form, against dense grids for every formula, windows, limits, cents."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import Offer, flat, make_tender, offers, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.breakeven_price import SINGLE_THRESHOLD, price_ranges
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.price_judge import PriceJudge
from supplier_eval.robustness.winning_set import winning_set
from supplier_eval.score.price import PRICE_FORMULAS
from supplier_eval.score.price_formula import PriceFormula, as_scores, lowest_of, read_bids

STATED = {
    "linear_to_twice_lowest": {"factor": 2},
    "linear_to_ceiling": {"ceiling": 200},
    "share_of_ceiling": {"ceiling": 200},
    "power_discount": {"ceiling": 200, "alpha": "0.5"},
    "bilinear": {"ceiling": 200, "x": "0.85"},
    "concave_ceiling": {"ceiling": 200, "exponent": 2},
    "trimmed_mean_benchmark": {"e1": 1, "e2": "0.5"},
    "distance_from_mean": {"at_mean": 50, "per_percent": 1},
    "performance_per_price": {"corridor": "0.1"},
    "reduced_price": {"features_max": "0.3"},
}
RULES = [
    {},
    {"rounding": {"total": 1}},
    {"rounding": {"criterion": 1, "total": 0}},
    {"ties": {"keys": ["higher:quality"]}, "rounding": {"total": 2}},
]


def policy_of(formula, weights=None, **rules):
    mapping = policy_mapping(weights, **rules)
    mapping["criteria"][-1]["price"] = {"formula": formula, "parameters": STATED.get(formula, {})}
    return Policy.from_mapping(mapping)


def made_block(seed, formula, **rules):
    """Two to seven bids with marks in halves and prices from 50 to 180."""
    rng = np.random.default_rng(seed)
    names = ("quality", "capability", "emergency")
    made = [
        Offer(
            f"B{i}",
            {e: {name: float(rng.integers(0, 201)) / 2 for name in names} for e in ("E1", "E2", "E3")},
            Decimal(int(rng.integers(5_000, 18_000))) / 100,
        )
        for i in range(int(rng.integers(2, 8)))
    ]
    return lot_block(make_tender(made, policy_of(formula, **rules))), rng


def only(block, bid):
    return price_ranges(block, [bid])[bid][0]


def inside(wins, x):
    return np.array([any(one.holds(v) for one in wins) for v in x.tolist()])


def by_block(block, bid, x):
    """The verdict by scoring the block as it is, with nothing of the search in between."""
    at = block.position(bid)
    prices = np.repeat(block.prices[:, :, np.newaxis], x.size, axis=2)
    prices[0, at] = x
    ranks = block.score(prices=prices).ranks
    return np.where(ranks[at] != 1, -1, np.where((ranks == 1).sum(axis=0) > 1, 0, 1))


@pytest.mark.parametrize("formula", sorted(PRICE_FORMULAS))
@pytest.mark.parametrize("rules", RULES[::3] + RULES[2:3])
def test_inside_the_intervals_a_bid_wins_and_outside_it_does_not(formula, rules):
    block, rng = made_block(3, formula, **rules)
    for bid, (found,) in price_ranges(block, block.bids[:4]).items():
        low, high = found.asked
        ends = np.array([end for one in found.wins for end in one[:2]])
        beside = (ends[:, np.newaxis] * (1 + np.array([-1e-6, 1e-6, -1e-8, 1e-8]))).ravel()
        x = np.concatenate([rng.uniform(low, 400, 1000), np.geomspace(low, high, 400), beside])
        x = x[(x >= low) & (x <= high)]
        assert np.array_equal(inside(found.wins, x), by_block(block, bid, x) == 1)
        assert found.complete
        assert found.single == (formula in SINGLE_THRESHOLD)


@pytest.mark.parametrize("formula", sorted(SINGLE_THRESHOLD))
def test_the_search_without_proof_finds_the_thresholds_of_the_proof(formula):
    for seed, rules in enumerate(RULES[::2]):
        block, _ = made_block(100 + seed, formula, **rules)
        bids = block.bids[:2]
        judge = PriceJudge(block, [(block.position(bid), 0) for bid in bids])
        for which, bid in enumerate(bids):
            proved, searched = only(block, bid), winning_set(judge, which, *judge.asked(which))
            assert len(searched.wins) == len(proved.wins)
            assert len(proved.wins) <= 1
            for one, other in zip(searched.wins, proved.wins, strict=True):
                assert one.upper == pytest.approx(other.upper, rel=1e-12)
                assert (one.upper_closed, one.upper_end) == (other.upper_closed, other.upper_end)


@pytest.mark.parametrize("formula", sorted(SINGLE_THRESHOLD))
@pytest.mark.parametrize("seed", range(4))
def test_the_lead_over_every_rival_only_shrinks_with_the_own_price(formula, seed):
    block, _ = made_block(200 + seed, formula)
    judge = PriceJudge(block, [(at, 0) for at in range(len(block.bids))])
    x = np.concatenate([np.geomspace(0.01, 15_000, 1500), np.sort(block.prices[0])])
    x.sort()
    for which in range(len(block.bids)):
        leads = judge.leads(which, x)
        assert np.nanmax(np.diff(leads, axis=1)) <= 1e-9


def closed_form(quality, prices, bid, weight):
    """Highest price at which `bid` leads everybody under lowest over price; infinite where there is none.

    Above the lowest price L of the others the lead over j is A + W·(L/x − L/p); below it A + W·(1 − x/p).
    """
    others = [j for j in range(len(prices)) if j != bid]
    lowest = min(prices[j] for j in others)
    ends = []
    for j in others:
        ahead, price = quality[bid] - quality[j], prices[j]
        if ahead + weight * (1 - lowest / price) < 0:
            ends.append(price * (1 + ahead / weight))
        elif ahead >= weight * lowest / price:
            ends.append(np.inf)
        else:
            ends.append(lowest / (lowest / price - ahead / weight))
    return min(ends)


@settings(max_examples=25, deadline=None)
@given(offers(fewest=2))
def test_lowest_over_price_has_the_threshold_of_its_closed_form(made):
    block = lot_block(make_tender(made, policy_of("lowest_over_price")))
    points = np.where(np.arange(4)[:, np.newaxis] < 3, block.base.values * block.weights[:, np.newaxis], 0.0).sum(
        axis=0
    )
    for at, (found,) in enumerate(price_ranges(block, block.bids).values()):
        wanted = closed_form(points, block.prices[0], at, 40.0)
        if wanted >= found.asked[1]:
            assert found.kind == "always"
        elif wanted <= 0.01 * (1 - 1e-9):
            assert found.kind == "never"
        elif wanted >= 0.01 * (1 + 1e-9):
            assert found.wins[0].upper == pytest.approx(wanted, rel=1e-11)
            assert found.threshold == found.wins[0].upper


def test_a_bid_may_have_to_go_below_the_lowest_price():
    made = [flat("A", 90, "100"), flat("B", 60, "100")]  # 54 and 36 points of quality, price 40
    found = only(lot_block(make_tender(made, policy_of("lowest_over_price"))), "B")
    assert found.threshold == pytest.approx(100 * (1 - 18 / 40), rel=1e-12)  # A's price points fall by 18
    assert found.whole == ((Decimal("0.01"), Decimal("55.00")),)
    assert (found.change, found.target) == (-45.0, Decimal("55.00"))
    assert found.change_percent == pytest.approx(-45.0)
    assert found.wins[0].upper_end == "tie"
    assert found.wins[0].upper_closed  # the totals meet at 55.00, and the lower price decides for B


def test_at_a_tie_of_totals_the_lower_price_may_win_and_closes_the_end():
    made = [flat("A", 90, "100"), flat("B", 60, "100")]
    tied = replace(made[0], price=Decimal(100))
    keyed = only(
        lot_block(make_tender([tied, made[1]], policy_of("lowest_over_price", ties={"keys": ["lower_price"]}))), "B"
    )
    none = only(lot_block(make_tender([tied, made[1]], policy_of("lowest_over_price", ties={"keys": []}))), "B")
    assert keyed.wins[0].upper == none.wins[0].upper
    assert (keyed.wins[0].upper_closed, none.wins[0].upper_closed) == (True, False)
    assert keyed.whole[0][1] == Decimal("55.00")
    assert none.whole[0][1] == Decimal("54.99")
    assert (keyed.ties, len(none.ties)) == ((), 1)


MEAN_PRICES = (100, 80, 111, 133, 141, 125)


def window_tender(formula):
    """Six bids, the fifth a little better in quality."""
    marks = (70, 62, 70, 70, 74, 70)
    made = [flat(f"B{i + 1}", mark, str(price)) for i, (mark, price) in enumerate(zip(marks, MEAN_PRICES, strict=True))]
    return make_tender(made, policy_of(formula))


@pytest.mark.parametrize("formula", ["mean_ratio", "trimmed_mean_benchmark"])
def test_closest_to_the_mean_wins_in_a_window_only(formula):
    block = lot_block(window_tender(formula))
    found = only(block, "B5")
    assert found.kind == "intervals"
    assert not found.single
    assert found.threshold is None
    low, high = found.wins[0].lower, found.wins[0].upper
    assert 80 < low < high < 141  # too low a price loses as well
    x = np.arange(1, 30_000) / 100
    assert np.array_equal(inside(found.wins, x), by_block(block, "B5", x) == 1)
    cents = [Decimal(str(price)) for price in x[inside(found.wins, x)].tolist()]
    assert found.whole[0] == (min(cents), max(cents))
    assert found.target == max(cents)


def test_a_price_beyond_reason_can_win_again_where_it_leaves_nobody_a_point():
    found = only(lot_block(window_tender("mean_ratio")), "B5")
    assert len(found.wins) == 2
    assert found.wins[1].lower > 10_000  # the mean is so far up that every price scores 0: the best quality wins
    assert found.wins[1].upper_end == "asked"
    assert found.nearest == 0


def test_distance_from_the_mean_has_one_threshold_as_it_rewards_every_lower_price():
    found = only(lot_block(window_tender("distance_from_mean")), "B5")
    assert found.kind == "threshold"
    assert found.single


def test_a_corridor_around_the_best_ratio_has_no_proved_threshold():
    """A dearer bid lets a better one into the corridor, whose quality takes points from a third."""
    rises = 0.0
    for seed in range(10):
        block, _ = made_block(seed, "performance_per_price")
        judge = PriceJudge(block, [(at, 0) for at in range(len(block.bids))])
        x = np.geomspace(20, 400, 2000)
        rises = max(rises, *(float(np.nanmax(np.diff(judge.leads(w, x), axis=1))) for w in range(len(block.bids))))
    assert rises > 0.01


def test_a_formula_of_the_user_is_searched_whatever_it_declares(monkeypatch):
    def steps(prices, eligible=None):
        p, ok = read_bids(prices, eligible)
        low = lowest_of(p, ok)
        return as_scores(np.where(np.floor(p / 10.0) % 2 == 0, low / p, 0.5 * low / p), ok)

    mine = PriceFormula("odd_tens", steps, (), True, True, True, "lowest over price, half in odd tens", "made up")
    monkeypatch.setitem(PRICE_FORMULAS, "odd_tens", mine)
    made = [flat("A", 70, "101"), flat("B", 60, "122")]
    block = lot_block(make_tender(made, policy_of("odd_tens"), ceiling=Decimal(130)))
    found = only(block, "B")
    assert not found.single
    assert len(found.wins) > 1
    x = np.arange(1, 13_000) / 100
    assert np.array_equal(inside(found.wins, x), by_block(block, "B", x) == 1)


def test_the_last_cent_is_tried_and_one_cent_further_does_not_win():
    for seed in range(20, 23):
        block, _ = made_block(seed, "lowest_over_price", rounding={"total": 2})
        for bid in block.bids:
            found = only(block, bid)
            if found.kind != "threshold":
                continue
            last = float(found.whole[0][1])
            assert by_block(block, bid, np.array([last, last + 0.01])).tolist()[0] == 1
            assert by_block(block, bid, np.array([last, round(last + 0.01, 2)])).tolist()[1] != 1


def test_a_winner_may_rise_up_to_the_price_at_which_it_is_overtaken():
    made = [flat("A", 90, "100"), flat("B", 80, "90")]
    found = only(lot_block(make_tender(made, policy_of("lowest_over_price"))), "A")
    assert found.winner
    assert found.wins_now
    assert found.change == pytest.approx(float(found.target) - 100)
    assert found.change > 0


def test_a_price_floor_bounds_the_winning_prices_from_below():
    lots = {"lots": [{"id": "1", "ceiling": "120", "price_floor": "60"}]}
    made = [flat("A", 90, "100"), flat("B", 80, "110")]
    found = only(lot_block(make_tender(made, policy_of("lowest_over_price"), notice=lots)), "B")
    assert found.asked == (60.0, 120.0)
    assert (found.wins[0].lower, found.wins[0].lower_end) == (60.0, "asked")
    assert found.whole[0][0] == Decimal("60.00")


def test_one_bid_wins_at_every_price():
    found = only(lot_block(make_tender([flat("A", 50, "100")], policy_of("lowest_over_price"))), "A")
    assert found.kind == "always"
    assert found.target is None
    assert found.change is None
    assert found.change_percent is None


@pytest.mark.parametrize("formula", ["lowest_over_price", "mean_ratio", "min_max"])
def test_identical_bids_have_the_same_prices_and_share_rank_one_where_they_stand(formula):
    made = [flat("A", 80, "100"), flat("B", 80, "100"), flat("C", 80, "100")]
    found = price_ranges(lot_block(make_tender(made, policy_of(formula))), ["A", "B", "C"])
    one, other, third = (found[bid][0] for bid in "ABC")
    assert one.wins == other.wins == third.wins
    assert (100.0, 100.0) in one.ties
    assert not one.wins_now
    assert by_block(lot_block(make_tender(made, policy_of(formula))), "A", np.array([100.0])).tolist() == [0]


def test_bids_that_are_out_have_a_reason_and_no_price():
    rules = {"floors": [{"criterion": "quality", "minimum": 60}]}
    made = [flat("A", 90, "100"), flat("B", 50, "10"), flat("C", 80, "90")]
    found = price_ranges(lot_block(make_tender(made, policy_of("lowest_over_price", **rules))), ["A", "B"])
    assert found["A"][0].not_asked == ""
    assert (found["B"][0].not_asked, found["B"][0].kind) == ("below_floor", "not_asked")
    assert found["B"][0].price == 10.0
    assert [reason.code for reason in found["B"][0].reasons] == ["qualify.floor"]


def test_a_bid_above_the_ceiling_is_told_what_would_have_won():
    made = [flat("A", 70, "100"), flat("B", 95, "150")]
    found = only(lot_block(make_tender(made, policy_of("lowest_over_price"), ceiling=Decimal(120))), "B")
    assert found.asked[1] == 120.0
    assert found.kind == "always"
    assert found.target == Decimal("120.00")
    assert found.change == -30.0


@given(st.permutations(range(4)))
@settings(max_examples=4, deadline=None)
def test_the_order_of_bids_changes_no_bit(order):
    marks, prices = (70, 75, 80, 62), ("100", "110.5", "131", "80")
    made = [flat(f"B{i}", marks[i], prices[i]) for i in range(4)]
    first = price_ranges(lot_block(make_tender(made, policy_of("mean_ratio"))), ["B0", "B2"])
    second = price_ranges(lot_block(make_tender([made[i] for i in order], policy_of("mean_ratio"))), ["B0", "B2"])
    assert first == second


def test_without_a_price_criterion_there_is_no_price_to_ask_about():
    block = lot_block(make_tender([flat("A", 50, "100"), flat("B", 60, "90")], policy_of("lowest_over_price")))
    bare = replace(block, rows=(), prices=np.zeros((0, 2)))
    assert price_ranges(bare, ["A", "B"]) == {"A": (), "B": ()}
