"""concentration: by category, supplier and ultimate parent."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import concentration

SPEND = pd.DataFrame(
    [
        ("hosting", "A", "G", 30.0, 50.0),
        ("hosting", "B", "G", 30.0, 40.0),
        ("hosting", "C", None, 20.0, 60.0),
        ("hosting", "D", None, 20.0, 30.0),
        ("客服", "A", "G", 0.1, None),
        ("客服", "极长" * 60, None, 0.3, 1.0),
    ],
    columns=["category", "supplier", "parent", "amount", "capacity"],
)


def test_us_doj_2600_by_supplier_and_what_common_ownership_adds():
    """By parent the shares are 60, 20, 20: 3600 + 400 + 400."""
    found = concentration(SPEND)
    assert found.line("hosting", "supplier").hhi == 2600
    assert found.line("hosting", "parent").hhi == 4400
    assert found.line("hosting", "parent").largest == ("G",)
    assert found.line("hosting", "supplier").largest == ("A", "B")


def test_can_the_rest_take_the_volume_by_hand():
    """A gone: B 10, C 40, D 10 spare take 30. G gone with A and B: 60 against 50, 10 stay open."""
    found = concentration(SPEND)
    assert found.line("hosting", "supplier").rest_takes == "yes"
    group = found.line("hosting", "parent")
    assert (group.rest_takes, group.open_least, group.open_most) == ("no", 10, 10)
    assert "If the largest leaves, 10 stays open." in found.explain("hosting")
    assert "无人承接" in found.explain("hosting", "zh")


def test_spare_room_in_one_category_does_not_serve_another():
    both = pd.DataFrame(
        {"category": ["x", "x", "y", "y"], "supplier": ["A", "B", "A", "C"], "amount": [10, 1, 10, 1],
         "capacity": [10, 50, 10, 1]}
    )  # fmt: skip
    assert concentration(both).line().open_most == 10


def test_a_missing_capacity_is_unknown_not_zero_and_not_endless():
    found = concentration(SPEND.assign(capacity=[50, 40, 60, None, None, 1.0]))
    assert found.line("hosting", "supplier").rest_takes == "yes"
    assert found.line("hosting", "parent").rest_takes == "unknown"
    assert "capacities are missing" in found.explain("hosting")
    plain = concentration(SPEND.drop(columns="capacity"))
    assert plain.line("hosting", "supplier").rest_takes == "unknown"


def test_decimals_are_exact_and_shares_of_tenths_add_up():
    line = concentration(SPEND).line("客服", "supplier")
    assert line.share * 4 == 3
    assert line.hhi == 6250


def test_chains_of_owners_end_at_the_top_and_ids_are_compared_without_case():
    chain = pd.DataFrame({"supplier": ["a", "b", "c"], "parent": ["B", "Ｃ", "C"], "amount": [1, 1, 1]})
    line = concentration(chain).line()
    assert (line.count, line.hhi, line.rest_takes) == (1, 10_000, "no")


def test_thresholds_of_2023_and_2010():
    two = pd.DataFrame({"supplier": list("abcdef"), "amount": [1] * 6})
    assert concentration(two).line().band == "moderate"
    assert concentration(two, thresholds=(1500, 2500)).line().band == "moderate"
    assert concentration(two.assign(amount=[5, 1, 1, 1, 1, 1])).line().band == "high"
    assert concentration(pd.DataFrame({"supplier": list("abcdefghijkl"), "amount": [1] * 12})).line().band == "low"


def test_one_supplier_no_spend_and_no_rows():
    one = concentration(pd.DataFrame({"supplier": ["a"], "amount": [5]})).line()
    assert (one.hhi, one.effective, one.share, one.rest_takes, one.band) == (10_000, 1, 1, "no", "high")
    nothing = concentration(pd.DataFrame({"supplier": ["a"], "amount": [0]}))
    assert nothing.line().hhi is None
    assert "no concentration is defined" in nothing.explain()
    assert concentration(SPEND.iloc[:0]).line().rest_takes == "not_defined"


def test_the_frame_has_every_category_at_both_levels_in_any_order_of_rows():
    frame = concentration(SPEND).to_frame()
    assert len(frame) == 6
    assert frame.loc[frame["level"] == "supplier", "largest"].iloc[0] == "A|B"
    turned = concentration(SPEND.sample(frac=1, random_state=1)[SPEND.columns[::-1]])
    pd.testing.assert_frame_equal(turned.to_frame(), frame)
    assert repr(turned).startswith("Concentrations(2 categories, 2 highly concentrated by parent; HHI of all 4,3")
    assert turned.standing == "exploratory"


def test_contradictions_are_all_said_at_once():
    broken = pd.DataFrame(
        {
            "category": ["x", "x", "y", "x"],
            "supplier": ["a", "b", "a", "d"],
            "parent": ["b", "a", None, None],
            "amount": [1, 2, 3, 4],
            "capacity": [0.5, None, None, None],
            "currency": ["CNY", "EUR", "cny", "CNY"],
        }
    )
    with pytest.raises(InvalidInput) as refused:
        concentration(broken, thresholds=(5, 1))
    assert sorted(f.code for f in refused.value.findings) == [
        "concentration.capacity",
        "concentration.circle",
        "concentration.currencies",
        "concentration.thresholds",
        "concentration.two_parents",
    ]
    assert "循环" in refused.value.report("zh")


@pytest.mark.parametrize("amount", [-1, float("inf"), "5", None, True])
def test_an_amount_that_is_none_is_refused(amount):
    with pytest.raises(InvalidInput):
        concentration(pd.DataFrame({"supplier": ["a"], "amount": [amount]}, dtype=object))


@pytest.mark.parametrize("thresholds", [None, "ab", (1,), (1, 2, 3), ("1", 2), (0, 5), (1000, 20_000)])
def test_thresholds_of_another_kind_are_refused(thresholds):
    with pytest.raises(InvalidInput, match="thresholds"):
        concentration(SPEND, thresholds=thresholds)


def test_a_supplier_twice_in_a_category_is_refused():
    with pytest.raises(InvalidInput, match="more than once"):
        concentration(pd.concat([SPEND, SPEND.iloc[:1]]))
    with pytest.raises(InvalidInput, match="a table is asked for"):
        concentration({"a": 1})
