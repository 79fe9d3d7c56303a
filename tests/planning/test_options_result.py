"""The comparison as it is said and laid out."""

from __future__ import annotations

import pytest

from planning_tables import CALLS, costs_table, option_marks, plan
from supplier_eval.errors import UnknownName
from supplier_eval.planning import compare_options, cost_options

MARKS = {"an": (4, 2, 3, 4), "bo": (1, 5, 5, 1), "cy": (5, 1, 2, 4)}
FOUND = compare_options(option_marks(**MARKS), cost_options(costs_table(), CALLS, plan(), draws=1000), plan())


def test_the_frame_puts_the_best_first_and_points_add_up():
    table = FOUND.to_frame()
    assert table["rank"].tolist() == [1, 2]
    assert table["kind"].tolist() == ["whole" if one == "out" else "in_house" for one in table["option"]]
    assert (table["cost"] + table["service"] + table["risk"]).tolist() == pytest.approx(table["total"].tolist())
    assert table["first_share"].sum() == pytest.approx(1)


def test_people_by_whose_marks_alone_another_option_is_first_are_named():
    # own alone: 50 * 960 / 1440 = 33.3 plus 30 % and 20 % of a person's own values; out has 50
    totals = {person: max(own, key=own.get) for person, own in FOUND.by_person.items()}
    assert FOUND.dissenting == tuple(person for person, best in totals.items() if best not in FOUND.first)
    assert FOUND.by_person["bo"] == pytest.approx({"own": 100 / 3, "out": 100.0})
    assert "another option is first: " + ", ".join(FOUND.dissenting) in FOUND.explain()


def test_sentences_say_rank_points_and_how_often_it_is_first():
    said = FOUND.explain("OUT")
    assert said.startswith("out: rank ")
    assert "of 100 (cost 50.00; service " in said
    assert "drawn worlds" in said and "± 0.0" not in said
    assert "抽样" in FOUND.explain(lang="zh")
    with pytest.raises(UnknownName, match="cloud"):
        FOUND.explain("cloud")


def test_standing_fingerprint_and_a_short_repr():
    assert (FOUND.standing, FOUND.policy_fingerprint) == ("exploratory", plan().fingerprint)
    assert repr(FOUND).startswith("OptionComparison(") and repr(FOUND).endswith("; exploratory)")
