"""Terms are read with their defaults, and two ways of saying one thing have to agree."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from supplier_eval.award.objective import goal_of
from supplier_eval.award.reading_cells import TYPED
from supplier_eval.award.reading_tables import Reading
from supplier_eval.award.reading_terms import read_terms
from supplier_eval.award.terms import FINEST_GRID, Terms


def read(**said):
    reading = Reading(marks=TYPED)
    terms, unserved = read_terms(said, reading)
    found = reading.findings
    assert all(f.table == "terms" and f.line("en") and "{" not in f.line("en") + f.line("zh") for f in found)
    return terms, unserved, [(f.code.removeprefix("award."), f.column) for f in found]


def test_without_any_term_the_least_cost_is_sought_on_the_finest_grid():
    assert read() == (Terms(goal=goal_of("cost"), grid=FINEST_GRID), None, [])
    assert read(objective=None, cover=None, unserved_cost=float("nan")) == read()


def test_all_terms_are_read():
    terms, unserved, found = read(
        objective=["cost", "score"],
        cover="at_most",
        share_step=Decimal("0.0001"),
        currency="EUR",
        minor_units=0,
        tie_keys=["attr:sla", "cost"],
        unserved_cost="12.5",
    )
    assert not found and unserved == Fraction(25, 2)
    assert terms == Terms(
        goal=goal_of(["cost", "score"]),
        cover="at_most",
        grid=10_000,
        currency="EUR",
        minor_units=0,
        tie_keys=("attr:sla", "cost"),
    )


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ({"sense": "max_value"}, {"objective": "max_value"}),
        ({"free_disposal": True}, {"cover": "free_disposal"}),
        ({"free_disposal": False}, {}),
        ({"grid": 100}, {"share_step": 0.01}),
        ({"grid": 3}, {"share_step": Fraction(1, 3)}),
        ({"tie_keys": "cost"}, {"tie_keys": ["cost"]}),
    ],
)
def test_two_ways_of_saying_one_thing(said, same):
    assert read(**said) == read(**same)
    assert read(**said)[2] == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"objective": "costs"}, ("objective_unknown", "objective")),
        ({"objective": {"costs": 1}}, ("objective_unknown", "objective")),
        ({"objective": []}, ("objective_shape", "objective")),
        ({"objective": {"cost": 0}}, ("objective_shape", "objective")),
        ({"objective": {"cost": 1, "min_cost": 1}}, ("objective_twice", "objective")),
        ({"objective": "cost", "sense": "max_value"}, ("term_twice", "objective")),
        ({"cover": "exact"}, ("cover", "cover")),
        ({"cover": ["exactly"]}, ("cover", "cover")),
        ({"cover": "at_most", "free_disposal": True}, ("term_twice", "cover")),
        ({"free_disposal": "perhaps"}, ("yes_no.not_yes_no", "free_disposal")),
        ({"grid": 0}, ("grid", "grid")),
        ({"grid": 10**7}, ("grid", "grid")),
        ({"grid": 2.5}, ("grid", "grid")),
        ({"share_step": 0}, ("share_step", "share_step")),
        ({"share_step": 0.3}, ("share_step", "share_step")),
        ({"share_step": "x"}, ("number.not_a_number", "share_step")),
        ({"grid": 10, "share_step": 0.01}, ("term_twice", "grid")),
        ({"currency": "euro"}, ("currency", "currency")),
        ({"currency": 7}, ("currency", "currency")),
        ({"minor_units": -1}, ("minor_units", "minor_units")),
        ({"minor_units": 2.5}, ("minor_units", "minor_units")),
        ({"tie_keys": ["cost", "foo"]}, ("tie_key", "tie_keys")),
        ({"tie_keys": 5}, ("tie_keys_shape", "tie_keys")),
        ({"unserved_cost": -1}, ("negative", "unserved_cost")),
        ({"objektive": "cost"}, ("key_unknown", "objektive")),
    ],
)
def test_terms_that_mean_nothing_are_refused(said, expected):
    assert read(**said)[2] == [expected]


def test_an_unknown_term_is_told_the_nearest_and_all_findings_come_at_once():
    reading = Reading(marks=TYPED)
    read_terms({"objektive": "cost", "cover": "exact", "grid": 0}, reading)
    assert [f.facts.get("near") for f in reading.findings] == ["objective", "exactly", None]
