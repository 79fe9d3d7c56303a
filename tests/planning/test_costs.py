"""Costs of options: figures by hand, laws of present values, break-even volumes, everything wrong at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planning_tables import CALLS, COST_NAMES, costs_table, places, plan
from supplier_eval.errors import InvalidInput
from supplier_eval.planning import cost_options

DRAWS = 400
ranges = st.lists(st.integers(0, 10**6).map(lambda cents: cents / 100), min_size=3, max_size=3).map(sorted)
fewer = settings(max_examples=40)


@st.composite
def problems(draw):
    """Costs of two options over a year, some of them driven by calls."""
    rows = []
    for option in ("own", "out"):
        for k in range(draw(st.integers(1, 3))):
            first = draw(st.integers(1, 12))
            driver = draw(st.sampled_from(["", "calls"]))
            kind = draw(st.sampled_from(["transition", "run", "exit"]))
            rows.append((option, f"i{k}", kind, driver, first, draw(st.integers(first, 12)), *draw(ranges)))
    volumes = pd.DataFrame([("calls", *draw(ranges))], columns=["driver", "low", "likely", "high"])
    return pd.DataFrame(rows, columns=list(COST_NAMES)), volumes


def test_figures_are_those_of_the_formula_by_hand():
    found = cost_options(costs_table(), CALLS, plan(), draws=DRAWS)
    own, out = found.option("own"), found.option("OUT")
    # own: 12 * rate + 12 * 2 * calls; out: 12 * rate * calls + handover + 60
    assert (own.low, own.likely, own.high) == pytest.approx((1080 + 120, 1200 + 240, 1440 + 720))
    assert (out.low, out.likely, out.high) == pytest.approx((240 + 260, 600 + 360, 2880 + 560))
    assert out.by_kind == pytest.approx({"transition": 300, "run": 600, "exit": 60})
    mean_calls = 15.0
    assert own.expected == pytest.approx(12 * (90 + 100 + 120) / 3 + 24 * mean_calls)
    assert out.expected == pytest.approx(12 * (4 + 5 + 8) / 3 * mean_calls + 1000 / 3 + 60)
    (met,) = found.break_even
    # 1200 + 24 v = 360 + 60 v
    assert met.volume == pytest.approx(840 / 36)
    assert (met.inside, met.cheaper_below, met.cheaper_above) == (True, "out", "own")


def test_discounting_rise_and_growth_enter_as_the_formula_says():
    row = ("own", "licence", "run", "calls", 13, 13, 2.0, 2.0, 2.0)
    costs = costs_table(row).assign(rise=[0.0] * 5 + [0.1])
    calls = CALLS.assign(low=10.0, high=10.0, growth=0.2)
    two_years = plan(term_months=24, discount_rate="0.06", timing="beginning")
    found = cost_options(costs, calls, two_years, draws=DRAWS)
    line = next(line for line in found.lines if line.item == "licence")
    assert line.factor == pytest.approx(1.1 * 1.2 / 1.06)
    assert line.rise == 0.1


@fewer
@given(problems(), st.data())
def test_a_present_value_rises_with_every_rate_and_every_volume(problem, data):
    costs, volumes = problem
    before = cost_options(costs, volumes, plan(), draws=200)
    step = data.draw(st.floats(0, 1e4))
    if data.draw(st.booleans()):
        row = data.draw(st.integers(0, len(costs) - 1))
        costs = costs.copy()
        costs.loc[row, ["rate_low", "rate_likely", "rate_high"]] += step
    else:
        volumes = volumes.copy()
        volumes[["low", "likely", "high"]] += step
    after = cost_options(costs, volumes, plan(), draws=200)
    for one, other in zip(before.options, after.options, strict=True):
        for name in ("low", "likely", "high", "expected"):
            assert getattr(other, name) >= getattr(one, name) - 1e-9 * max(1, getattr(one, name))


@fewer
@given(problems(), st.integers(0, 2**16))
def test_the_ends_hold_every_world_and_the_mean_is_that_of_the_draws(problem, seed):
    found = cost_options(*problem, plan(), draws=2_000, seed=seed)
    for at, one in enumerate(found.options):
        slack = 1e-9 * max(1.0, one.high)
        assert one.low - slack <= one.p5 <= one.p95 <= one.high + slack
        assert one.low - slack <= one.likely <= one.high + slack
        worlds = found.worlds[at]
        assert one.low - slack <= worlds.min() and worlds.max() <= one.high + slack
        error = worlds.std(ddof=1) / np.sqrt(worlds.size)
        assert abs(worlds.mean() - one.expected) <= 4.5 * error + slack  # 200 means: one beyond 4.5 in 1,500 runs
        assert sum(one.by_kind.values()) == pytest.approx(one.likely)
    assert sum(one.cheapest for one in found.options) == pytest.approx(1)


def test_the_mean_of_many_draws_is_the_exact_one_within_four_standard_errors():
    found = cost_options(costs_table(), CALLS, plan(), draws=100_000, seed=3)
    for at, one in enumerate(found.options):
        error = found.worlds[at].std(ddof=1) / np.sqrt(found.draws)
        assert abs(found.worlds[at].mean() - one.expected) <= 4 * error


@fewer
@given(problems())
def test_at_the_break_even_volume_both_options_cost_the_same_and_sides_are_right(problem):
    costs, volumes = problem
    found = cost_options(costs, volumes, plan(), draws=200)
    for met in found.break_even:
        assume(met.volume is None or met.volume < 1e9)  # lines that all but run side by side
        at = [0.0, 1e5] if met.volume is None else [met.volume / 2, met.volume, 2 * met.volume]
        values = [_at_volume(costs, volumes, volume, (met.first, met.second)) for volume in at]
        if met.volume is not None:
            slack = 1e-6 * max(1, *values[1].values())
            assert values[1][met.first] == pytest.approx(values[1][met.second], abs=slack)
        for value, cheaper in ((values[0], met.cheaper_below), (values[-1], met.cheaper_above)):
            if cheaper:
                assert value[cheaper] <= min(value.values()) + 1e-6 * max(1, *value.values())


def _at_volume(costs, volumes, volume, pair):
    certain = costs.assign(rate_low=costs["rate_likely"], rate_high=costs["rate_likely"])
    base = volumes.assign(low=volume, likely=volume, high=volume)
    found = cost_options(certain, base, plan(), draws=200)
    return {option: found.option(option).likely for option in pair}


@fewer
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_to_the_last_bit(problem, shuffled):
    costs, volumes = problem
    order = shuffled.sample(range(len(costs)), len(costs))
    one = cost_options(costs, volumes, plan(), draws=200)
    other = cost_options(costs.iloc[order], volumes, plan(), draws=200)
    assert one.to_frame().equals(other.to_frame())
    assert one.break_even == other.break_even
    assert (one.worlds == other.worlds).all()


def test_options_with_the_same_lines_cost_the_same_at_every_volume():
    lines = [(0.1, 0.1, 0.1), (0.2, 0.2, 0.2), (0.3, 0.3, 0.3)]
    rows = [("own", f"i{k}", "run", "calls", 1, 12, *rate) for k, rate in enumerate(lines)]
    rows += [("out", f"i{k}", "run", "calls", 1, 12, *rate) for k, rate in enumerate(reversed(lines))]
    found = cost_options(pd.DataFrame(rows, columns=list(COST_NAMES)), CALLS, plan(), draws=DRAWS)
    (met,) = found.break_even
    assert (met.volume, met.cheaper_below, met.cheaper_above) == (None, "", "")
    assert "cost the same at every volume" in found.explain()


def test_a_driver_of_no_line_has_no_break_even_volume():
    more = pd.concat([CALLS, CALLS.assign(driver="visits")], ignore_index=True)
    found = cost_options(costs_table(), more, plan(), draws=DRAWS)
    assert [met.driver for met in found.break_even] == ["calls"]


def test_certain_figures_need_no_volumes_and_leave_nothing_to_chance():
    rows = [("own", "team", "run", "", 1, 12, 5.0, 5.0, 5.0), ("out", "fee", "run", "", 1, 12, 5.0, 5.0, 5.0)]
    found = cost_options(pd.DataFrame(rows, columns=list(COST_NAMES)), None, plan(), draws=DRAWS)
    own = found.option("own")
    assert own.low == own.high == own.expected == own.p5 == 60.0
    assert (own.cheapest, own.cheapest_error) == (0.5, 0.0)
    assert "tied" in found.explain("own")
    assert found.break_even == ()


def test_an_item_at_the_same_rates_is_one_price_in_every_option():
    shared = [(option, name, "run", "", 1, 12, 40.0, 50.0, 80.0) for option, name in (("own", "lead"), ("out", "Lead"))]
    rows = [*shared, ("out", "fee", "run", "", 1, 12, 1.0, 1.0, 1.0)]
    found = cost_options(pd.DataFrame(rows, columns=list(COST_NAMES)), None, plan(), draws=DRAWS)
    assert found.worlds[1] - found.worlds[0] == pytest.approx(12.0)  # the fee is all that parts them
    assert found.option("own").cheapest == 1.0
    rows[1] = (*rows[1][:8], 81.0)
    apart = cost_options(pd.DataFrame(rows, columns=list(COST_NAMES)), None, plan(), draws=DRAWS)
    assert 0 < apart.option("own").cheapest < 1


def test_the_same_seed_gives_the_same_worlds_and_they_cannot_be_changed():
    one, same, other = (cost_options(costs_table(), CALLS, plan(), draws=DRAWS, seed=seed) for seed in (1, 1, 2))
    assert (one.worlds == same.worlds).all() and not (one.worlds == other.worlds).all()
    with pytest.raises(ValueError, match="read-only"):
        one.worlds[0, 0] = 1.0


def test_all_findings_come_at_once_each_with_its_place():
    costs = costs_table(
        ("cloud", "fee", "run", "", 1, 12, 1.0, 2.0, 3.0),
        ("own", "gift", "party", "", 1, 12, 1.0, 2.0, 3.0),
        ("own", "odd", "run", "visits", 1, 12, 3.0, 2.0, 1.0),
        ("own", "late", "run", "", 9, 13, 1.0, 2.0, 3.0),
        ("own", "backwards", "run", "", 9, 3, 1.0, 2.0, 3.0),
        ("own", "TEAM", "run", "", 1, 1, 1.0, 2.0, -3.0),
    ).assign(currency=["CNY", "cny", "USD", "", "", "", "", "", "", "", ""])
    with pytest.raises(InvalidInput) as refused:
        cost_options(costs, CALLS.assign(low=50.0), plan(), draws=10, seed=-1)
    assert places(refused) == {
        ("planning.draws", "arguments", "draws", ()),
        ("planning.seed", "arguments", "seed", ()),
        ("risk_table.out_of_range", "costs", "rate_high", (12,)),
        ("risk_table.key_twice", "costs", "option", (2, 12)),
        ("planning.option_unknown", "costs", "option", (7,)),
        ("planning.kind_unknown", "costs", "kind", (8,)),
        ("planning.driver_unknown", "costs", "driver", (9,)),
        ("planning.range_order", "costs", "rate_low", (9,)),
        ("planning.months", "costs", "last_month", (10,)),
        ("planning.months", "costs", "last_month", (11,)),
        ("planning.currency", "costs", "currency", (4,)),
        ("planning.range_order", "volumes", "low", (2,)),
    }


def test_an_option_without_any_cost_is_refused():
    costs = costs_table()
    with pytest.raises(InvalidInput) as refused:
        cost_options(costs[costs["option"] == "own"], CALLS, plan(), draws=DRAWS)
    assert places(refused) == {("planning.option_free", "costs", "option", ())}
    with pytest.raises(InvalidInput) as refused:
        cost_options(costs.iloc[:0], CALLS, plan(), draws=DRAWS)
    assert "own, out" in str(refused.value)


@pytest.mark.parametrize("month", [0, 1.5, None, "May"])
def test_a_month_that_cannot_be_read_is_one_finding(month):
    costs = costs_table().astype({"first_month": object})
    costs.loc[0, "first_month"] = month
    with pytest.raises(InvalidInput) as refused:
        cost_options(costs, CALLS, plan(), draws=DRAWS)
    assert {place[1:] for place in places(refused)} == {("costs", "first_month", (2,))}


def test_a_driver_without_volumes_and_a_plan_without_options_are_refused():
    with pytest.raises(InvalidInput) as refused:
        cost_options(costs_table(), None, plan(), draws=DRAWS)
    assert {place[0] for place in places(refused)} == {"planning.driver_unknown"}
    with pytest.raises(InvalidInput) as refused:
        cost_options(costs_table(), CALLS, plan(options=[], criteria=[]), draws=DRAWS)
    assert {place[0] for place in places(refused)} == {"planning.no_options"}


@pytest.mark.parametrize("given_", [True, 0, 199, 10**7 + 1, "many", 300.0, None])
def test_draws_are_a_whole_number_from_two_hundred_to_ten_million(given_):
    with pytest.raises(InvalidInput) as refused:
        cost_options(costs_table(), CALLS, plan(), draws=given_)
    assert places(refused) == {("planning.draws", "arguments", "draws", ())}


@settings(max_examples=20)
@given(st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_a_higher_discount_rate_never_raises_a_present_value(one, more):
    values = [
        cost_options(costs_table(), CALLS, plan(discount_rate=str(rate)), draws=200).option("out").likely
        for rate in (round(one, 6), round(one + more, 6))
    ]
    assert values[1] <= values[0] + 1e-9
