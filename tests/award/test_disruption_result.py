"""The result: frames, figures, standing, the short form."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from award_problems import problem_of
from supplier_eval.award import disruption_risk
from supplier_eval.award.parts import Bid, Lot, Supplier

F = Fraction
PROBLEM = problem_of(
    [Lot(id="L", demand=F(100))],
    [Supplier(id="A"), Supplier(id="B", capacity=F(60))],
    [Bid(lot="L", supplier="A", price=F(10)), Bid(lot="L", supplier="B", price=F(12))],
    grid=10,
)
SCENARIOS = [{"id": "strike", "failed": {"A": 1}, "probability": 0.1}, {"failed": {"B": 0.5}, "probability": 0.2}]


@pytest.fixture(scope="module")
def covered():
    return disruption_risk(PROBLEM, scenarios=SCENARIOS, recourse={"unserved_cost": 50})


@pytest.fixture(scope="module")
def stuck():
    return disruption_risk(PROBLEM, scenarios=SCENARIOS)


def test_one_row_a_scenario_with_its_kinds(covered):
    frame = covered.to_frame()
    assert frame["scenario"].tolist() == ["-", "B", "strike"]
    assert frame["failed"].tolist() == ["", "B", "A"]
    assert frame["loss"].tolist() == ["", "50", "100"]
    assert frame["probability"].tolist() == pytest.approx([0.7, 0.2, 0.1])
    assert frame["cost"].tolist() == [1000, 1000, 60 * 12 + 40 * 50]
    assert frame["difference"].tolist() == [0, 0, 1720]
    assert frame["unserved"].tolist() == [0, 0, 40]
    kinds = frame.dtypes.astype(str).to_dict()
    assert kinds["cost"] == kinds["difference"] == kinds["best_cost"] == kinds["best_unserved"] == "Float64"
    assert kinds["probability"] == kinds["unserved"] == "float64"
    assert all(pd.api.types.is_string_dtype(frame[name]) for name in ("scenario", "failed", "loss", "status"))


def test_the_best_award_stands_beside(covered):
    best = covered.protection.profile
    assert covered.to_frame()["best_cost"].tolist() == [float(one.cost) for one in best.scenarios]


def test_a_scenario_that_cannot_be_covered_keeps_its_row(stuck):
    frame = stuck.to_frame().set_index("scenario")
    assert frame.loc["strike", "status"] == "infeasible"
    assert frame.loc["strike", ["cost", "difference", "best_cost"]].isna().all()
    assert frame.loc["strike", "unserved"] == pytest.approx(40)
    assert stuck.status == "infeasible"
    assert stuck.expected is stuck.cvar is stuck.figures is stuck.price_of_protection is None


def test_one_row_a_supplier(covered, stuck):
    frame = covered.suppliers_frame()
    assert frame.values.tolist() == [["A", pytest.approx(0.1), 1720.0], ["B", pytest.approx(0.2), 0.0]]
    assert stuck.suppliers_frame()["extra"].isna().tolist() == [True, False]


def test_it_is_exploratory_and_short(covered, stuck):
    assert covered.standing == "exploratory"
    assert covered.policy_fingerprint == ""
    assert repr(covered) == (
        "DisruptionRisk(optimal; 3 scenarios; expected 1,172.00; CVaR 0.95 2,720.00; best award optimal)"
    )
    assert repr(stuck) == "DisruptionRisk(infeasible; 3 scenarios)"


def test_without_an_award_the_frames_are_empty():
    made = disruption_risk(problem_of([Lot(id="L")], [Supplier(id="A")], []), probabilities=0.1)
    assert made.status == "infeasible"
    assert made.profile is made.protection is None
    assert made.to_frame().empty
    assert made.suppliers_frame().empty
    assert made.reasons
