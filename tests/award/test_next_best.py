"""What the next best award costs: exact differences, and honest answers where there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award_enumeration import optimum
from award_problems import problem_of, small_problems
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.awarded import Award
from supplier_eval.award.front import award_lots
from supplier_eval.award.next_best import NextBest, next_best, shares_by_supplier
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.rules import Rule
from supplier_eval.errors import UnknownName

F = Fraction


def three(rules=(), **terms):
    """A asks 10, B 12, C 15 for the whole of the only lot."""
    bids = [Bid(lot="L", supplier=name, price=F(price)) for name, price in (("A", 10), ("B", 12), ("C", 15))]
    return problem_of([Lot(id="L", indivisible=True)], [Supplier(id=n) for n in "ABC"], bids, (), rules, **terms)


def test_without_the_winner_the_next_best_is_two_dearer_and_that_is_exact():
    found = next_best(award_lots(three(), gap=0), "L", "A")
    assert (found.kind, found.difference, found.exact) == ("without", 2, True)
    assert found.other.award.winners(found.other.problem) == ("B",)
    assert found.to_frame().to_dict("records") == [
        {"lot": "L", "supplier": "A", "share": 1.0, "other_share": 0.0, "change": -1.0},
        {"lot": "L", "supplier": "B", "share": 0.0, "other_share": 1.0, "change": 1.0},
    ]


def test_for_a_loser_it_is_what_its_award_would_cost():
    found = next_best(award_lots(three(), gap=0), "L", "C")
    assert (found.kind, found.difference, found.exact) == ("with", 5, True)


def test_a_supplier_that_is_needed_leaves_nothing():
    rule = Rule(id="R", kind="force_award", value=F(1), suppliers=("A",), lots=("L",))
    found = next_best(award_lots(three([rule]), gap=0), "L", "A")
    assert (found.other.status, found.difference, found.exact) == ("infeasible", None, False)
    assert found.differences == ()
    assert found.to_frame().empty


def test_a_bundle_is_forbidden_like_any_offer():
    bundle = Bundle(id="P", supplier="A", lots=("L",), price=F(4))
    problem = problem_of([Lot(id="L")], [Supplier(id="A"), Supplier(id="B")],
                         [Bid(lot="L", supplier="B", price=F(9))], [bundle])  # fmt: skip
    made = award_lots(problem, gap=0)
    assert shares_by_supplier(made) == {("L", "A"): 1}
    assert next_best(made, "L", "A").difference == 5


def test_a_gain_is_worse_where_it_is_less():
    bids = [Bid(lot="L", supplier=n, price=F(1), attributes={"score": F(s)}) for n, s in (("A", 90), ("B", 84))]
    problem = problem_of([Lot(id="L", indivisible=True)], [Supplier(id="A"), Supplier(id="B")], bids, objective="score")
    found = next_best(award_lots(problem, gap=0), "L", "A")
    assert found.difference == 6
    assert found.at_least == pytest.approx(6)


def test_a_search_that_was_not_finished_says_what_is_proven_at_least():
    problem = three()
    mine = award_lots(problem, gap=0)
    other = Allocation(problem, "no_award_found", bound=11.5)
    found = NextBest(mine, other, "L", "A", "without")
    assert (found.difference, found.at_least, found.exact) == (None, 1.5, False)
    assert NextBest(mine, Allocation(problem, "no_award_found"), "L", "A", "without").at_least is None


@pytest.mark.parametrize(("lot", "supplier"), [("X", "A"), ("L", "Z")])
def test_a_name_that_does_not_exist_is_said(lot, supplier):
    with pytest.raises(UnknownName, match=r"X|Z"):
        next_best(award_lots(three(), gap=0), lot, supplier)


def test_a_supplier_without_an_offer_for_the_lot_is_said():
    problem = problem_of([Lot(id="L")], [Supplier(id="A"), Supplier(id="B")], [Bid(lot="L", supplier="A", price=F(1))])
    with pytest.raises(UnknownName, match="offer for lot L"):
        next_best(award_lots(problem, gap=0), "L", "B")


def test_without_an_award_there_is_nothing_to_compare():
    with pytest.raises(ValueError, match="no award"):
        next_best(Allocation(three(), "infeasible"), "L", "A")


def test_the_next_best_of_a_next_best_forbids_both():
    first = next_best(award_lots(three(), gap=0), "L", "A")
    second = next_best(first.other, "L", "B")
    assert second.other.award == Award(second.other.problem.terms.grid, {("L", "C", ""): 10**6})
    assert second.difference == 3


@settings(max_examples=25)
@given(small_problems(goals=("cost",), most=150, most_rules=1), st.data())
def test_the_difference_is_that_of_all_awards_looked_at(problem, data):
    made = award_lots(problem, gap=0)
    if not shares_by_supplier(made):
        return
    lot, supplier = data.draw(st.sampled_from(sorted(shares_by_supplier(made))))
    found = next_best(made, lot, supplier)
    (least, _), (now, _) = optimum(found.other.problem), optimum(problem)
    if least is None:
        assert (found.difference, found.other.status) == (None, "infeasible")
    else:
        assert found.exact
        assert abs(found.difference - (least[0] - now[0])) <= F(1, 100)
