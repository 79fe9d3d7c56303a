"""kraljic: positions by hand, the grey margin, what is refused, and the laws of the axes."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import kraljic

AXES = {"supply_risk": {"rivals": 0.6, "lead": 0.4}, "profit_impact": {"spend": 75, "quality": 25}}
ITEMS = pd.DataFrame(
    {
        "item": ["cleaning", "laptops", "old system", "core bank", "unknown"],
        "rivals": [1, 1, 5, 5, 3],
        "lead": [1, 2, 4, 5, None],
        "spend": [1, 5, 2, 4, 3],
        "quality": [2, 4, 2, 5, 3],
    }
)


def placed(items=ITEMS, **changes):
    return kraljic(items, **AXES | {"scale": (1, 5)} | changes)


def codes(items=ITEMS, **changes):
    with pytest.raises(InvalidInput) as refused:
        placed(items, **changes)
    return [f.code for f in refused.value.findings]


def test_the_four_quadrants_by_hand():
    """laptops: risk 0.6 x 0 + 0.4 x 25 = 10; impact 0.75 x 100 + 0.25 x 75 = 93.75."""
    found = placed().positions
    assert [one.quadrant for one in found.values()] == ["routine", "strategic", "leverage", "bottleneck", ""]
    assert (found["laptops"].supply_risk, found["laptops"].profit_impact) == (10, Fraction("93.75"))
    assert (found["old system"].supply_risk, found["old system"].profit_impact) == (90, 25)


def test_a_factor_that_is_not_rated_gives_no_position():
    one = placed().positions["unknown"]
    assert (one.quadrant, one.supply_risk, one.profit_impact, one.missing) == ("", None, 50, ("lead",))


@pytest.mark.parametrize(
    ("risk", "impact", "quadrant", "could_be"),
    [
        (44.9, 80, "leverage", ("leverage",)),
        (45, 80, "leverage", ("leverage", "strategic")),
        (55, 80, "strategic", ("leverage", "strategic")),
        (55.1, 80, "strategic", ("strategic",)),
        (50, 20, "bottleneck", ("routine", "bottleneck")),
        (49, 51, "leverage", ("routine", "leverage", "bottleneck", "strategic")),
    ],
)
def test_within_the_margin_both_neighbours_are_named(risk, impact, quadrant, could_be):
    items = pd.DataFrame({"item": ["I"], "r": [risk], "p": [impact]})
    one = kraljic(items, supply_risk={"r": 1}, profit_impact={"p": 1}).positions["I"]
    assert (one.quadrant, one.could_be) == (quadrant, could_be)


def test_without_a_margin_nothing_is_grey():
    items = pd.DataFrame({"item": ["I"], "r": [50.0], "p": [50.0]})
    one = kraljic(items, supply_risk={"r": 1}, profit_impact={"p": 1}, margin=0).positions["I"]
    assert (one.quadrant, one.grey) == ("strategic", False)


def test_every_finding_at_once():
    broken = ITEMS.assign(rivals=9, spend="high")
    assert codes(broken.drop(columns="lead")) == [
        "risk_table.column_missing",
        "risk_table.out_of_range",
        "risk_table.not_number",
    ]
    assert codes(None, supply_risk={"item": 1}, profit_impact={"a": 0}, scale=(5, 1), lines=(0, 50), margin=60) == [
        "kraljic.factor", "kraljic.weight", "kraljic.scale", "kraljic.lines", "kraljic.margin", "asked.frame"
    ]  # fmt: skip
    assert codes(supply_risk={}, profit_impact={"spend": 0.9}, scale="x", lines=5) == [
        "kraljic.factors", "kraljic.weights", "kraljic.pair", "kraljic.pair"
    ]  # fmt: skip


def test_an_empty_table_is_an_empty_portfolio():
    assert placed(ITEMS.iloc[:0]).to_frame().empty


ratings = st.lists(st.integers(1, 5), min_size=4, max_size=4)
NAMES = ("rivals", "lead", "spend", "quality")


@settings(max_examples=50, deadline=None)
@given(ratings, st.sampled_from(NAMES))
def test_a_higher_rating_never_lowers_a_position(four, which):
    low = pd.DataFrame({"item": ["I"], **{name: [x] for name, x in zip(NAMES, four, strict=True)}})
    high = low.assign(**{which: min(5, low[which].iloc[0] + 1)})
    before, after = placed(low).positions["I"], placed(high).positions["I"]
    assert after.supply_risk >= before.supply_risk
    assert after.profit_impact >= before.profit_impact


def test_order_of_rows_and_factors_changes_nothing():
    turned = {axis: dict(reversed(list(weights.items()))) for axis, weights in AXES.items()}
    again = kraljic(ITEMS.iloc[::-1], **turned, scale=(1, 5))
    pd.testing.assert_frame_equal(again.to_frame(), placed().to_frame())


def test_ratings_of_one_to_five_on_a_scale_of_a_hundred_are_warned_of():
    found = placed(scale=(0, 100))
    (note,) = found.notes
    assert (note.code, note.value, note.severity) == ("kraljic.scale_unused", "5", "warning")
    assert "scale=(1, 5)" in note.line() and note.line("zh")
    assert "look like ratings on another scale" in repr(found)
    assert placed().notes == placed(ITEMS.assign(rivals=30), scale=(0, 100)).notes == ()
