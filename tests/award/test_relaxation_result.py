"""The result of relaxing: a table in the rules' own units, standing, a short line."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award import smallest_relaxation
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.relaxation_result import Relaxation
from supplier_eval.award.rules import Rule

KINDS = ["str", "str", "str", "str", "Float64", "Float64", "Float64", "Float64", "Float64"]


@pytest.fixture(scope="module")
def problem():
    """10 units at 10 by A, at 11 by B: A may not have more than 0.4; 104 is not enough for 0.6 from B."""
    return problem_of(
        [Lot(id="L", demand=Fraction(10))],
        [Supplier(id="A"), Supplier(id="B")],
        [Bid(lot="L", supplier=key, price=Fraction(price)) for key, price in (("A", 10), ("B", 11))],
        rules=[
            Rule(id="BUDGET", kind="budget", value=Fraction(104), clause="§7"),
            Rule(id="CAP", kind="max_volume_share", suppliers=("A",), value=Fraction(2, 5)),
            Rule(id="NOT_BOTH", kind="mutually_exclusive", suppliers=("A", "B")),
        ],
        grid=10,
    )


@pytest.fixture(scope="module")
def found(problem):
    """B alone costs 110; A alone needs a cap of 1. To give up NOT_BOTH is not enough: 0.6 from B costs 106."""
    return smallest_relaxation(problem)


def test_the_table_has_a_row_for_each_hard_rule(found):
    frame = found.to_frame()
    assert [str(kind) for kind in frame.dtypes] == KINDS
    assert list(frame.columns)[:4] == ["rule", "kind", "clause", "help"]
    assert frame["help"].tolist() == ["smallest", "smallest", "no_help"]
    assert frame["clause"].tolist() == ["§7", "§3.2.5", "§3.2.5"]
    assert frame["limit"].tolist()[:2] == [104, 0.4]
    assert frame["alone"].tolist()[:2] == [110, 1]
    assert frame["together"].isna().tolist() == [False, True, True]
    assert frame["relative"].tolist()[0] == pytest.approx(6 / 104)
    assert frame["weight"].tolist()[:2] == [1, 1]
    assert frame[["limit", "alone", "weight"]].isna().iloc[2].all()


def test_an_empty_table_keeps_its_kinds(problem):
    empty = Relaxation(problem, "unknown").to_frame()
    assert empty.empty and [str(kind) for kind in empty.dtypes] == KINDS


def test_it_explores_and_says_the_change_in_a_line(problem, found):
    assert (found.standing, found.policy_fingerprint) == ("exploratory", problem.policy_fingerprint)
    assert repr(found) == "Relaxation(relaxed; raise the budget by 6.00 to 110.00 (rule BUDGET); 2 of 3 rules alone)"
    assert repr(Relaxation(problem, "feasible")) == "Relaxation(feasible; no change; 0 of 0 rules alone)"
    assert found.explain().startswith("No award keeps all hard rules as they stand.")
