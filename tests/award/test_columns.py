"""Which variables a problem needs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from award_enumeration import optimum
from award_problems import problem_of
from supplier_eval.award.columns import lay_columns, needs_strict_opening
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.parts import Bid, Lot, Segment, Supplier, Tiers
from supplier_eval.award.rows import Builder
from supplier_eval.award.rules import Rule

TIERS = Tiers(
    kind="all_units", basis="spend", breaks=(Fraction(0), Fraction(50)), discount=(Fraction(0), Fraction(1, 10))
)


def problem(rules=(), **lot):
    return problem_of(
        [Lot(id="L", demand=Fraction(10), **lot)],
        [Supplier(id="A", tiers=TIERS), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=Fraction(9)), Bid(lot="L", supplier="B", price=Fraction(8))],
        rules=rules,
    )


def test_shares_are_taken_apart_by_discount_tier():
    columns = lay_columns(problem(), Builder())
    assert columns.piece_bid.tolist() == [0, 0, 1]
    assert columns.piece_tier.tolist() == [0, 1, 0]
    assert len(columns.in_tier[0]) == 2


def test_a_bid_is_opened_only_where_something_depends_on_it():
    assert lay_columns(problem(), Builder()).opened.tolist() == [-1, -1]
    by_lot = [Rule(id="R", kind="max_winners_per_lot", value=Fraction(1))]
    assert (lay_columns(problem(by_lot), Builder()).opened >= 0).all()


def test_a_whole_lot_needs_no_opening_beside_its_only_share():
    builder = Builder()
    columns = lay_columns(problem(indivisible=True), builder)
    assert columns.opened[1] == columns.share[2]


def test_an_opening_that_pays_by_itself_must_be_followed_by_a_share():
    rule = Rule(id="R", kind="min_winners", value=Fraction(2), suppliers=("A",))
    assert needs_strict_opening(problem([rule])) == {("L", "A", "")}
    assert needs_strict_opening(problem()) == set()


def test_a_curve_whose_fixed_money_would_count_must_be_followed_by_a_share():
    """Spend without any share would raise the total that a cap is a share of, or reach a discount."""
    curve = (Segment(qlo=Fraction(0), qhi=Fraction(10), fixed=Fraction(60), slope=Fraction(0)),)

    def curved(supplier, rules=()):
        made = problem(rules)
        return made.with_bid(replace(made.bids["L", supplier, ""], price=None, curve=curve))

    cap = Rule(id="R", kind="max_spend_share", value=Fraction(1, 2), penalty=Fraction(1))
    assert needs_strict_opening(curved("A")) == {("L", "A", "")}
    assert needs_strict_opening(curved("B")) == set()
    assert needs_strict_opening(curved("B", [cap])) == {("L", "B", "")}
    made = curved("B", [cap]).with_terms(grid=2)
    solved = solve_formulation(formulate(made), solver="scipy")
    assert (solved.status, solved.audit.stages) == ("optimal", optimum(made)[0])
