"""Lists of names in findings are whole, and findings of one cause are one."""

from __future__ import annotations

import pickle

from supplier_eval.errors import Finding
from supplier_eval.risk.said_names import Names, grouped

MANY = [f"column_{at:02d}" for at in range(20)]


def said(row, risk, value="odd"):
    facts = {"risk": risk, "known": Names(MANY)}
    return Finding("register.category", "risks", "category", (row,), value, facts)


def test_a_long_list_is_not_cut_and_a_very_long_one_says_how_many_are_left():
    one = said(2, "K1")
    assert "column_19" in one.say("en")
    assert pickle.loads(pickle.dumps(one)).line("zh") == one.line("zh")
    assert str(Names(map(str, range(65)))).endswith("59 … (+5)")
    assert str(Names()) == "-"
    assert str(Names(["a\u202eb"])) == "ab"


def test_the_same_of_several_rows_is_one_finding_that_names_them():
    other = said(3, "K2", "else")
    bare = Finding("register.no_risks", "risks")
    found = grouped([said(9, "K1"), other, bare, said(2, "K3"), bare])
    assert [(one.rows, str(one.facts.get("risk", ""))) for one in found] == [
        ((2, 9), "K1, K3"),
        ((3,), "K2"),
        ((), ""),
        ((), ""),
    ]
