"""Screens as rows of text."""

from __future__ import annotations

from integrity.made_markets import tender
from report.made_screens import across, made
from supplier_eval.integrity import screen_market
from supplier_eval.report.tables_screens import flags_table, groups_table, pairs_table, screens_table


def test_flags_stand_by_weight_and_what_is_cut_is_said():
    table, more = flags_table(made(), "en", 500, 500)
    frame = made().to_frame()
    assert len(table.rows) == len(frame)
    assert more == []
    weights = [row[0] for row in table.rows if row[0] != "–"]
    assert weights == sorted(weights, reverse=True)
    short, more = flags_table(made(), "en", 500, 1)
    kinds = frame.groupby(["scope", "screen"]).ngroups
    assert len(short.rows) == kinds
    assert any("flags of this kind" in line for line in more)
    assert flags_table(made(), "en", 2, 1)[1][-1] == f"{kinds - 2} further flags stand in flags.csv."


def test_every_screen_is_accounted_for_in_both_languages():
    english, chinese = screens_table(across(), "en"), screens_table(across(), "zh")
    assert len(english.rows) == len(chinese.rows) == len(across().to_frame("screens"))
    by_name = {(row[1], row[2]): row for row in english.rows}
    assert by_name["winning in turn", "groups"][4] != "0"
    assert "轮流中标" in {row[1] for row in chinese.rows}


def test_pairs_and_groups_by_hand():
    rows = {row[:2]: row for row in pairs_table(across(), "en", 500).rows}
    assert rows["A", "B"][2] == "25"
    assert rows["A", "B"][4] == "9 : 8"  # eight rounds each, and S1 by A
    groups = groups_table(across(), "en").rows
    assert groups
    assert all(" + " in row[0] for row in groups)


def test_nothing_to_show_is_an_empty_table():
    found = screen_market(tender("T", 0, ("A", 1.0), ("B", 2.0)), settings={"coalition_sizes": ()})
    assert pairs_table(found, "en").rows == groups_table(found, "en").rows == ()
