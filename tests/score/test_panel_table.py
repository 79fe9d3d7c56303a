"""Reading tables of marks and weights: every finding at once, nothing guessed."""

from __future__ import annotations

import decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.score.panel_table import marks_table, read_marks, read_weights


def long(*rows):
    return pd.DataFrame(rows, columns=["evaluator", "criterion", "bid", "mark"], dtype=object)


def codes(refused):
    return [(finding.code.rsplit(".", 1)[1], finding.column, finding.rows) for finding in refused.value.findings]


def test_a_long_table_is_put_into_the_order_of_its_ids():
    table = read_marks(long(("E2", "q", "B", 4), ("E1", "q", "B", 3), ("E1", "p", "A", decimal.Decimal("1.5"))))
    assert (table.evaluators, table.criteria, table.bids) == (("E1", "E2"), ("p", "q"), ("A", "B"))
    np.testing.assert_array_equal(table.marks, [[[1.5, np.nan], [np.nan, 3.0]], [[np.nan, np.nan], [np.nan, 4.0]]])


def test_a_wide_table_has_no_criteria_and_keeps_ids_as_text():
    table = read_marks(pd.DataFrame([[2.0, None], [1.0, 5.0]], index=[20, 10], columns=["00123", "00045"]))
    assert (table.evaluators, table.criteria, table.bids) == (("10", "20"), None, ("00045", "00123"))
    np.testing.assert_array_equal(table.marks[:, 0], [[5.0, 1.0], [np.nan, 2.0]])


@pytest.mark.parametrize("empty", [None, float("nan"), pd.NA, pd.NaT, "", "  "])
def test_an_empty_cell_is_a_mark_that_was_not_given(empty):
    table = read_marks(long(("E1", "q", "A", empty), ("E1", "q", "B", 0)))
    np.testing.assert_array_equal(table.marks, [[[np.nan, 0.0]]])


def test_all_findings_come_at_once_with_their_rows():
    marks = long(
        ("E1", "q", "A", 80),
        ("E1", "q", "A", 80),
        ("E1", "q", "B", "eighty"),
        ("E1", None, "C", float("inf")),
        ("E1", "q", "D", True),
        (None, "q", "E", 5),
    )
    with pytest.raises(InvalidInput) as refused:
        read_marks(marks)
    assert codes(refused) == [
        ("duplicate", "", (3,)),
        ("not_number", "mark", (4,)),
        ("id_missing", "criterion", (5,)),
        ("infinite", "mark", (5,)),
        ("not_number", "mark", (6,)),
        ("id_missing", "evaluator", (7,)),
    ]
    for finding in refused.value.findings:
        for lang in ("en", "zh"):
            assert finding.say(lang)
            assert finding.advise(lang)
    assert "E1 / q / A" in refused.value.findings[0].message


def test_a_second_empty_mark_for_the_same_cell_is_still_two_marks():
    with pytest.raises(InvalidInput, match="duplicate"):
        read_marks(long(("E1", "q", "A", 80), ("E1", "q", "A", None)))


def test_marks_per_criterion_without_the_criterion_are_not_summed_or_overwritten():
    marks = long(("E1", "q", "A", 80), ("E1", "p", "A", 60)).drop(columns="criterion")
    with pytest.raises(InvalidInput, match="add a criterion column"):
        read_marks(marks)


def test_two_columns_of_one_bid_are_refused():
    with pytest.raises(InvalidInput, match="duplicate"):
        read_marks(pd.DataFrame([[1.0, 2.0]], index=["E1"], columns=["A", "A"]))


def test_a_long_table_without_a_column_names_it():
    with pytest.raises(InvalidInput, match="column mark is missing; there is: evaluator, bid, score"):
        read_marks(pd.DataFrame({"evaluator": ["E1"], "bid": ["A"], "score": [1]}))


def test_a_wide_table_that_says_it_is_turned_over_is_refused():
    wide = pd.DataFrame([[1.0, 2.0]], index=pd.Index(["A"], name="bid"), columns=["E1", "E2"])
    with pytest.raises(InvalidInput, match="row per bid"):
        read_marks(wide)
    assert read_marks(wide.T).bids == ("A",)


def test_weights_come_in_the_order_of_the_criteria():
    weights = read_weights({"q": decimal.Decimal("0.25"), "p": 3}, ("p", "q"))
    np.testing.assert_array_equal(weights, [3.0, 0.25])
    np.testing.assert_array_equal(read_weights(pd.Series({"q": 1, "p": 2}), ("p", "q")), [2.0, 1.0])


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ({"p": 1}, "panel.weights.criteria"),
        ({"p": 1, "q": 1, "r": 1}, "panel.weights.criteria"),
        ({"p": 1, "q": -1}, "panel.weights.value"),
        ({"p": 1, "q": float("nan")}, "panel.weights.value"),
        ({"p": 1, "q": "2"}, "panel.weights.value"),
        ({"p": 0, "q": 0}, "panel.weights.value"),
    ],
)
def test_weights_that_do_not_fit_are_refused(weights, code):
    with pytest.raises(InvalidInput) as refused:
        read_weights(weights, ("p", "q"))
    assert [finding.code for finding in refused.value.findings] == [code]
    assert refused.value.report("zh")


def test_an_array_of_checked_marks_gives_what_the_long_table_gives():
    """Members, criteria and bids in any order; who or what has no mark at all is in neither."""
    ids = (("E2", "E10", "E1"), ("q", "p"), ("b", "A", "C"))
    marks = np.arange(18.0).reshape(3, 2, 3)
    marks[1], marks[:, :, 2], marks[0, 1, 0] = np.nan, np.nan, np.nan
    rows = [(ids[0][e], ids[1][c], ids[2][b], marks[e, c, b]) for e, c, b in np.argwhere(~np.isnan(marks))]
    read, made = read_marks(long(*rows)), marks_table(marks, *ids)
    assert made[:3] == read[:3] == (("E1", "E2"), ("p", "q"), ("A", "b"))
    np.testing.assert_array_equal(made.marks, read.marks)
