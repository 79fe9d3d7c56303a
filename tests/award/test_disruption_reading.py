"""Probabilities and scenarios as people give them: every mistake at once, nothing filled in."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from award_problems import problem_of
from supplier_eval.award.disruption_reading import Told, read_chances, read_scenarios
from supplier_eval.award.parts import Bid, Lot, Supplier

F = Fraction
WHO = {"A": ("north", F(1, 10)), "B": ("north", F(1, 20)), "C": ("south", F(0))}
PROBLEM = problem_of(
    [Lot(id="L")],
    [Supplier(id=key, attributes={"region": r, "failure_probability": p}) for key, (r, p) in WHO.items()],
    [Bid(lot="L", supplier=key, price=F(9)) for key in WHO],
)


def scenarios(*rows):
    told = Told()
    return read_scenarios(PROBLEM, list(rows), told), [(f.code.split(".")[1], f.rows) for f in told.findings]


def chances(given):
    told = Told()
    return read_chances(PROBLEM, given, told), [(f.code.split(".")[1], f.value) for f in told.findings]


def test_probabilities_come_from_the_attribute_a_number_or_a_mapping():
    assert chances(None) == ({"A": F(1, 10), "B": F(1, 20), "C": F(0)}, [])
    assert chances("failure_probability") == chances(None)
    assert chances(0.1) == (dict.fromkeys("ABC", F(1, 10)), [])
    assert chances({"B": "5%"}) == ({"B": F(1, 20)}, [])
    assert chances(pd.Series({"A": 0.25})) == ({"A": F(1, 4)}, [])


def test_a_supplier_without_a_probability_is_a_finding_not_a_zero():
    assert chances("reliability") == ({}, [("chance_missing", "A, B, C")])


def test_all_mistakes_in_probabilities_are_said_at_once():
    found, wrong = chances({"A": 1.5, "B": "often", "X": 0.1, "C": True})
    assert found == {}
    assert sorted(wrong) == [
        ("probability", "1.5"),
        ("probability", "True"),
        ("probability", "often"),
        ("supplier_unknown", "X"),
    ]


def test_what_the_scenarios_leave_is_that_nothing_happens():
    found, wrong = scenarios({"failed": "A|B", "probability": 0.1}, {"failed": ["C"], "loss": 0.5, "probability": "5%"})
    assert wrong == []
    assert [(one.id, dict(one.lost), one.probability) for one in found.scenarios] == [
        ("-", {}, F(85, 100)),
        ("A+B", {"A": 1, "B": 1}, F(1, 10)),
        ("C", {"C": F(1, 2)}, F(1, 20)),
    ]


def test_a_region_hits_all_its_suppliers_and_the_greater_loss_counts():
    found, wrong = scenarios(
        {"id": "flood", "regions": "north", "failed": {"A": 0.4, "C": 1}, "loss": 0.5, "probability": 0.2}
    )
    assert wrong == []
    assert dict(found.scenarios[1].lost) == {"A": F(1, 2), "B": F(1, 2), "C": 1}
    assert found.scenarios[1].id == "flood"


def test_a_frame_is_read_and_an_empty_cell_is_absent():
    frame = pd.DataFrame({"id": ["x", None], "failed": ["A", None], "probability": [0.25, 0.5]})
    told = Told()
    found = read_scenarios(PROBLEM, frame, told)
    assert told.findings == []
    assert [(one.id, one.probability) for one in found.scenarios] == [("-", F(3, 4)), ("x", F(1, 4))]


def test_the_order_of_scenarios_does_not_matter():
    rows = [{"failed": ["A"], "probability": 0.1}, {"failed": ["B"], "probability": 0.2}]
    assert scenarios(*rows) == scenarios(*rows[::-1])


def test_all_mistakes_in_scenarios_are_said_at_once_with_their_rows():
    _, wrong = scenarios(
        {"failed": ["X"], "probability": 0.6},
        {"failed": ["A"], "probability": -0.1},
        {"regions": ["west"]},
        {"failed": ["A"], "loss": 0, "probability": 0.6, "propability": 1},
    )
    assert sorted(wrong) == [
        ("key_unknown", (4,)),
        ("loss", (4,)),
        ("probability", (2,)),
        ("probability_missing", (3,)),
        ("region_unknown", (3,)),
        ("supplier_unknown", (1,)),
    ]


def test_probabilities_above_one_and_names_that_stand_twice_are_refused():
    _, wrong = scenarios({"failed": ["A"], "probability": 0.6}, {"failed": ["A"], "probability": 0.6})
    assert sorted(wrong) == [("scenario_twice", ()), ("sum", ())]


@pytest.mark.parametrize("given", ["A", [], 3, [1], {"A": 0.1}])
def test_what_is_no_table_is_refused(given):
    told = Told()
    read_scenarios(PROBLEM, given, told)
    assert [finding.code for finding in told.findings] == ["disruption.scenarios_shape"]
