"""Which column holds what, and what is said when none does."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.integrity.bid_columns import asked_frame, find_columns


def codes(findings):
    return [finding.code for finding in findings]


def test_fields_are_found_under_their_own_names_whatever_the_case_and_width():
    frame = pd.DataFrame(columns=["Ｔender", " BIDDER", "price", "year"])
    assert find_columns(frame) == ({"tender": 0, "bidder": 1, "price": 2}, [])


def test_a_mapping_names_chinese_columns():
    frame = pd.DataFrame(columns=["报价（元）", "项目编号", "投标人"])
    found, findings = find_columns(frame, {"tender": "项目编号", "bidder": "投标人", "price": "报价(元)"})
    assert found == {"tender": 1, "bidder": 2, "price": 0}
    assert not findings


def test_a_column_named_by_number_is_found():
    found, findings = find_columns(pd.DataFrame([[1, 2, 3]]), {"tender": 0, "bidder": 1, "price": 2})
    assert (found, findings) == ({"tender": 0, "bidder": 1, "price": 2}, [])


def test_two_columns_that_differ_in_case_only_are_not_chosen_between():
    frame = pd.DataFrame([[1, 2, 3, 4]], columns=["tender", "bidder", "price", "Price"])
    _, (finding,) = find_columns(frame)
    assert (finding.code, finding.facts["count"]) == ("bid_table.column_twice", 2)
    assert find_columns(frame, {"price": "Price"}) == ({"tender": 0, "bidder": 1, "price": 3}, [])


def test_a_missing_column_names_the_nearest_one():
    _, (finding,) = find_columns(pd.DataFrame(columns=["tender", "biddr", "price"]))
    assert (finding.code, finding.facts["near"]) == ("bid_table.column_misspelt", "biddr")


def test_a_name_that_only_shares_letters_is_not_suggested():
    _, found = find_columns(pd.DataFrame(columns=["winner", "bidder", "minprice"]))
    assert [finding.code for finding in found] == ["bid_table.column_missing"] * 2
    assert "minprice" not in found[1].say("en")
    assert "--column price=…" in found[1].advise("en")


def test_a_renamed_column_leaves_its_mapping_pointing_at_nothing():
    _, (finding,) = find_columns(pd.DataFrame(columns=["tender", "bidder", "price"]), {"reserve": "ceiling"})
    assert (finding.code, finding.value) == ("bid_table.column_missing", "ceiling")


def test_an_unknown_field_and_two_equal_columns_come_together():
    frame = pd.DataFrame([[1, 2, 3]], columns=["tender", "who", "who"])
    _, findings = find_columns(frame, {"bidder": "who", "price": "tender", "winer": "x"})
    assert codes(findings) == ["bid_table.field_unknown", "bid_table.column_shared", "bid_table.column_twice"]


def test_one_column_for_two_fields_is_refused():
    _, findings = find_columns(pd.DataFrame(columns=["tender", "x"]), {"bidder": "x", "price": "x"})
    assert codes(findings) == ["bid_table.column_shared"]


def test_a_column_that_another_field_took_is_not_taken_again():
    """`bid` is the price here; nothing else may read it under its own name."""
    frame = pd.DataFrame(columns=["tender", "bidder", "reserve"])
    found, findings = find_columns(frame, {"price": "reserve"})
    assert (found, findings) == ({"tender": 0, "bidder": 1, "price": 2}, [])


def test_a_column_spelled_nearly_like_a_field_is_a_warning():
    _, (finding,) = find_columns(pd.DataFrame(columns=["tender", "bidder", "price", "winers"]))
    assert (finding.severity, finding.facts["field"]) == ("warning", "winner")


@pytest.mark.parametrize("given", [None, "bids.csv", [1, 2], {"tender": [1]}])
def test_what_is_no_table_is_refused(given):
    with pytest.raises(InvalidInput) as refused:
        asked_frame(given)
    assert codes(refused.value.findings) == ["asked.frame"]


def test_columns_that_are_no_mapping_are_refused():
    with pytest.raises(InvalidInput) as refused:
        find_columns(pd.DataFrame(columns=["tender"]), ["tender"])
    assert codes(refused.value.findings) == ["bid_table.columns_mapping"]


def test_a_column_that_two_fields_need_names_both():
    """`bidder` is there, so that "no column bidder, the nearest is bidder" would help nobody."""
    _, (finding,) = find_columns(pd.DataFrame(columns=["tender", "bidder", "price"]), {"price": "bidder"})
    assert (finding.code, finding.facts["fields"]) == ("bid_table.column_shared", "price, bidder")
