from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.policy.pairwise import groups_of, read_number, read_pairs

NAN = float("nan")


def refused(matrix, **keys):
    with pytest.raises(InvalidInput) as caught:
        read_pairs(matrix, **keys)
    assert all(f.line("en") and f.line("zh") for f in caught.value.findings)
    return [(f.code.removeprefix("weighting.pair."), f.column) for f in caught.value.findings]


def test_table_mapping_nested_mapping_and_array_say_the_same():
    want = [[1, 3, 0.5], [1 / 3, 1, 1 / 7], [2, 7, 1]]
    forms = [
        pd.DataFrame(want, index=list("abc"), columns=list("abc")),
        pd.DataFrame(want, index=list("abc"), columns=list("abc"))[["c", "a", "b"]],
        {("a", "b"): 3, ("a", "c"): "1/2", ("c", "b"): 7},
        {"a": {"b": Fraction(3), "c": Decimal("0.5")}, "b": {"c": "1/7"}},
    ]
    for form in forms:
        read = read_pairs(form)
        assert read.names == ("a", "b", "c")
        assert np.allclose(read.matrix, want, rtol=1e-15)
        assert read.findings == ()
    assert read_pairs(np.array(want)).names == ("1", "2", "3")
    assert read_pairs(want, names="abc").names == ("a", "b", "c")
    assert read_pairs(forms[2], names=["c", "b", "a"]).names == ("c", "b", "a")


def test_one_half_of_the_table_is_enough_and_what_neither_half_has_is_missing():
    read = read_pairs([[1, 3, None], [None, 1, ""], [NAN, "4", NAN]])
    assert read.matrix[1, 0] == 1 / 3 and read.matrix[1, 2] == 1 / 4
    assert read.missing == [(0, 2)]
    assert read_pairs(pd.DataFrame([[1, pd.NA], [2, 1]], dtype=object)).matrix[0, 1] == 0.5


def test_a_table_is_read_and_not_changed():
    mine = np.array([[1.0, NAN], [5.0, 1.0]])
    read_pairs(mine)
    assert np.isnan(mine[0, 1])


def test_everything_that_is_wrong_is_said_at_once_with_the_pair():
    found = refused([[2, 0, "x"], [-1, 1, True], [float("inf"), 1, 1]], names="abc")
    assert found == [
        ("diagonal", "a / a"),
        ("not_positive", "a / b"),
        ("not_number", "a / c"),
        ("not_positive", "b / a"),
        ("not_number", "b / c"),
        ("not_positive", "c / a"),
    ]


def test_two_answers_that_contradict_each_other_are_refused_for_every_pair():
    assert refused([[1, 3, 5], [3, 1, 2], [0.5, 0.5, 1]]) == [("not_reciprocal", "1 / 2"), ("not_reciprocal", "1 / 3")]


def test_reciprocals_that_were_printed_with_two_decimals_are_taken_with_a_warning():
    read = read_pairs([[1, 0.33], [3, 1]])
    assert read.matrix[0, 1] == 1 / 3
    assert [f.code for f in read.findings] == ["weighting.pair.rounded"]
    assert read.findings[0].severity == "warning"


def test_judgements_beyond_nine_are_named_and_slips_of_the_pen_refused():
    assert [f.code for f in read_pairs({("a", "b"): 12}).findings] == ["weighting.pair.beyond_scale"]
    assert refused({("a", "b"): 1001}) == [("beyond_scale", "a / b")]
    assert refused({("a", "b"): 1e-300}) == [("not_positive", "a / b")]


def test_groups_that_no_judgement_connects_are_named():
    with pytest.raises(InvalidInput, match=r"a, b \| c, d"):
        read_pairs({("a", "b"): 2, ("c", "d"): 3})
    assert groups_of(np.array([[1, NAN], [NAN, 1]])) == [[0], [1]]


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        ([[1, 2]], "shape"),
        ([], "shape"),
        (5, "shape"),
        ({}, "shape"),
        ({"a": 3}, "key"),
        (pd.DataFrame([[1, 2], [0.5, 1]], index=["a", "b"], columns=["a", "c"]), "label"),
        (pd.DataFrame([[1, 2], [0.5, 1]], index=["a", "a"], columns=["a", "a"]), "twice"),
    ],
)
def test_what_is_no_square_table_of_names_is_refused(matrix, code):
    assert code in [c for c, _ in refused(matrix)]


def test_names_that_do_not_fit_are_refused():
    assert [c for c, _ in refused([[1, 2], [0.5, 1]], names=["a"])] == ["shape"]
    assert [c for c, _ in refused({("a", "b"): 2}, names=["a", "c"])] == ["label", "label"]


def test_one_criterion_needs_no_judgement():
    assert read_pairs([[1]]).matrix.tolist() == [[1.0]]


def test_numbers_are_read_exactly():
    assert read_number("1/7") == 1 / 7
    assert np.isnan(read_number(None)) and np.isnan(read_number("  ")) and np.isnan(read_number(pd.NA))
    assert [read_number(x) for x in ("x", True, "1/0", object())] == [None] * 4
