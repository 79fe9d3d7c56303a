from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.policy.best_worst_input import read_best_worst


def refused(*given, **keys):
    with pytest.raises(InvalidInput) as caught:
        read_best_worst(*given, **keys)
    assert all(f.line("en") and f.line("zh") for f in caught.value.findings)
    return [(f.code.split(".")[-1], f.column) for f in caught.value.findings]


def test_both_lists_are_read_by_name_and_put_in_canonical_order():
    read = read_best_worst({"price": 1, "team": 8, "plan": 2}, pd.Series({"team": 1, "plan": 5, "price": 8}))
    assert read.names == ("plan", "price", "team")
    assert (read.names[read.best], read.names[read.worst], read.a_bw) == ("price", "team", 8)
    assert read.to_others.tolist() == [2, 1, 8] and read.to_worst.tolist() == [5, 8, 1]
    assert [read.names[j] for j in read.middle] == ["plan"]
    assert read.findings == ()


def test_best_and_worst_are_found_where_one_entry_is_one_and_asked_for_where_several_are():
    assert refused({"a": 1, "b": 1, "c": 3}, {"a": 3, "b": 3, "c": 1}) == [("unclear", "best")]
    read = read_best_worst({"a": 1, "b": 1, "c": 3}, {"a": 3, "b": 3, "c": 1}, best="b")
    assert read.names[read.best] == "b"
    assert refused({"a": 2, "b": 3}, {"a": 2, "b": 3}) == [("unclear", "best"), ("unclear", "worst")]
    assert refused({"a": 1, "b": 3}, {"a": 3, "b": 1}, best="b") == [("unclear", "best")]
    assert refused({"a": 1, "b": 1}, {"a": 1, "b": 1}, best="a", worst="a") == [("same", "worst")]


def test_missing_and_impossible_entries_are_said_at_once():
    found = refused({"a": 1, "b": 0.5, "c": None, "d": "x"}, {"a": 9, "b": 1, "e": 2000})
    assert found == [
        ("below_one", "best_to_others.b"),
        ("below_one", "best_to_others.c"),
        ("below_one", "best_to_others.d"),
        ("beyond_scale", "others_to_worst.e"),
        ("missing", "others_to_worst"),
        ("missing", "others_to_worst"),
        ("missing", "best_to_others"),
    ]
    assert refused([], []) == [("empty", "best_to_others")]
    assert refused([1, 2], [2, 1], names=["a"])[0] == ("length", "best_to_others")


def test_a_name_that_stands_twice_is_refused():
    twice = pd.Series([1, 2, 3], index=["a", "b", "b"])
    assert ("twice", "b") in refused(twice, {"a": 3, "b": 1})


def test_best_against_worst_cannot_have_two_answers():
    assert refused({"a": 1, "b": 8}, {"a": 7, "b": 1}) == [("two_answers", "a / b")]


def test_doubtful_judgements_are_warnings():
    read = read_best_worst([1, 2, 4, 12, 11], [11, 3, 5, 2, 1])
    assert [(f.code.split(".")[-1], f.column, f.severity) for f in read.findings] == [
        ("beyond_scale", "best_to_others.4", "warning"),
        ("beyond_worst", "best_to_others.4", "warning"),
        ("beyond_scale", "best_to_others.5", "warning"),
        ("beyond_scale", "others_to_worst.1", "warning"),
        ("contradiction", "2 / 3", "warning"),
    ]
    assert all(f.line("en") and f.line("zh") for f in read.findings)
