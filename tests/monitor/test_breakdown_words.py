"""What a break-down says."""

from __future__ import annotations

import pytest

from service_tables import MARCH, OFFICE, at, kpi, records, ticket
from supplier_eval.messages import UnknownLanguageError
from supplier_eval.monitor.breakdown import break_down

BIG = [ticket(f"b{i}", at("03-02"), at("03-02", 10), team="big", post="L1", person=f"p{i}") for i in range(9)]
SIX = [ticket(f"s{i}", at("03-02"), at("03-04", 17), team="six", post="L1", person=f"q{i}") for i in range(6)]
ONE = [ticket("o1", at("03-02"), at("03-02", 10), team="tiny", post="L1", person="x")]


def made(tickets, definition=None):
    definition = definition or kpi()
    return break_down(records(tickets=tickets), definition, MARCH, supplier="A", clock=OFFICE, by="team")


def test_groups_are_told_with_their_targets_and_the_basis():
    said = made(BIG + SIX).explain().splitlines()
    assert said[0] == "A, broken down by contract > team: 3 figures."
    assert "2026-03, A / big, k: 1 share of 9 records; the target of 0.9 is met." in said
    assert "2026-03, A / six, k: 0 share of 6 records; the target of 0.9 is missed." in said
    assert said[-1] == "Basis: raw, contract."
    assert "未达到目标 0.9" in made(BIG + SIX).explain("zh")


def test_small_groups_are_not_told_and_neither_is_what_would_give_them_away():
    said = made(BIG + SIX + ONE).explain()
    assert "tiny" not in said and "six" not in said and "2 figures are not shown" in said


def test_a_lower_bound_and_no_figure_are_told_as_such():
    open_ = [dict(row, closed="") for row in SIX]
    assert "at least" in made(BIG + open_, kpi(statistic="mean", target=400)).explain()
    assert "no figure" in made([dict(row, opened=at("03-31", 17), closed="") for row in BIG]).explain()


def test_long_ones_are_cut_and_a_language_that_does_not_exist_is_said():
    many = [ticket(f"{g}-{i}", at("03-02"), at("03-02", 10), team=f"t{g}", post="L", person=f"{g}{i}")
            for g in range(70) for i in range(5)]  # fmt: skip
    assert "And 11 more." in made(many).explain()
    with pytest.raises(UnknownLanguageError, match="language"):
        made(BIG).explain("fr")
