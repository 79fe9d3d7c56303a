"""Contact, bank account, address in common."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.integrity.shared_details import detail_key, shared_details

T = np.array([0, 0, 0, 1, 1])
B = np.array([0, 1, 2, 0, 1])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("+86 (10) 1234-5678", "＋８６１０１２３４５６７８"),
        ("No. 5, Main Street", "no 5 main STREET"),
        ("北京市 海淀区,中关村 1号", "北京市海淀区中关村１号"),
        ("6222 0201 1234", "6222-0201-1234"),
    ],
)
def test_the_same_detail_written_otherwise_is_the_same(one, two):
    assert detail_key(one) == detail_key(two) != ""
    found, left = shared_details(T, B, [one, two, "other", one, "else"], "contact")
    assert [(s.tender, s.first, s.second, s.alike) for s in found] == [(0, 0, 1, False)]
    assert left == 0


@pytest.mark.parametrize("nothing", ["", " ", "-", "N/A", "n.a.", "无", "暂无", "000000", "none", None])
def test_what_says_nothing_is_no_detail(nothing):
    assert shared_details(T, B, [nothing] * 5, "bank") == ([], 0)


def test_look_alikes_are_said_to_be_look_alikes():
    found, _ = shared_details(T, B, ["ACME01", "АСМЕ0l", "x1", "y", "z"], "address")  # Cyrillic, small L
    assert [(s.first, s.second, s.alike) for s in found] == [(0, 1, True)]


def test_the_same_detail_in_different_tenders_is_none_of_this_screen():
    assert shared_details(np.array([0, 1]), np.array([0, 1]), ["a@b.c", "a@b.c"], "contact")[0] == []


def test_one_bidder_with_two_bids_shares_with_nobody():
    assert shared_details(np.array([0, 0]), np.array([3, 3]), ["same", "same"], "bank")[0] == []


def test_more_pairs_than_the_bound_are_counted():
    found, left = shared_details(np.zeros(5, int), np.arange(5), ["same"] * 5, "bank", most=4)
    assert (len(found), left) == (4, 6)
