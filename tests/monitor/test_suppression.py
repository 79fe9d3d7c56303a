"""Suppression: nobody reads a small group off, nor works it out from its siblings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.monitor.suppression import hidden_groups


def test_a_small_group_takes_its_smallest_sibling_with_it():
    parents = {"all": "", "a": "all", "b": "all", "c": "all"}
    records = {"all": 103, "a": 3, "b": 20, "c": 80}
    people = dict.fromkeys(parents)
    assert hidden_groups(parents, records, people) == {"all": "", "a": "few", "b": "complement", "c": ""}


def test_two_small_groups_that_are_small_together_take_a_third():
    parents = {"all": "", "a": "all", "b": "all", "c": "all", "d": "all"}
    records = {"all": 64, "a": 2, "b": 2, "c": 20, "d": 40}
    found = hidden_groups(parents, records, dict.fromkeys(parents))
    assert found == {"all": "", "a": "few", "b": "few", "c": "complement", "d": ""}


def test_few_people_are_a_small_group_however_many_records_they_have():
    parents = {"all": "", "a": "all", "b": "all"}
    records, people = {"all": 900, "a": 400, "b": 500}, {"all": 9, "a": 3, "b": 6}
    assert hidden_groups(parents, records, people) == {"all": "", "a": "few", "b": "complement"}


def test_below_a_hidden_group_everything_is_hidden_and_nothing_hides_nothing():
    parents = {"all": "", "a": "all", "b": "all", "a1": "a", "a2": "a"}
    records = {"all": 30, "a": 4, "b": 26, "a1": 4, "a2": 0}
    found = hidden_groups(parents, records, dict.fromkeys(parents))
    assert found == {"all": "", "a": "few", "b": "complement", "a1": "few", "a2": "complement"}
    assert set(hidden_groups(parents, dict.fromkeys(parents, 0), dict.fromkeys(parents)).values()) == {""}


@st.composite
def trees(draw):
    """Three levels; counts and people of a group are the sums of those below it."""
    parents, records, people = {"all": ""}, {}, {}
    for team in range(draw(st.integers(1, 4))):
        parents[f"t{team}"] = "all"
        for post in range(draw(st.integers(1, 4))):
            name = f"t{team}p{post}"
            parents[name] = f"t{team}"
            records[name], people[name] = draw(st.integers(0, 12)), draw(st.integers(1, 7))
    for group in [g for g in parents if g not in records][::-1]:
        below = [g for g in parents if parents[g] == group]
        records[group], people[group] = (sum(x[g] for g in below) for x in (records, people))
    return parents, records, people


@given(trees(), st.integers(2, 6))
def test_no_small_group_is_shown_nor_can_be_worked_out(tree, least):
    parents, records, people = tree
    hidden = hidden_groups(parents, records, people, least)
    for group, parent in parents.items():
        small = records[group] and (records[group] < least or people[group] < least)
        assert hidden[group] == "few" if small else hidden[group] != "few"
        if parent and hidden[parent]:
            assert hidden[group]
    for parent in [group for group in parents if not hidden[group]]:
        below = [g for g in parents if parents[g] == parent]
        gone = [g for g in below if hidden[g] and records[g]]
        if gone and len(gone) < len([g for g in below if records[g]]):
            assert len(gone) > 1
            assert sum(records[g] for g in gone) >= least and sum(people[g] for g in gone) >= least
