"""Who is present where, and what a soft rule's breach may reach."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from award_problems import problem_of
from supplier_eval.award.columns import lay_columns
from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import solve
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.rows import Builder
from supplier_eval.award.rule_terms import RuleTerms
from supplier_eval.award.rules import Rule


def terms(*rules):
    problem = problem_of(
        [Lot(id="L1", demand=Fraction(4)), Lot(id="L2", demand=Fraction(6))],
        [Supplier(id="A"), Supplier(id="B")],
        [Bid(lot="L1", supplier="A", price=Fraction(3)), Bid(lot="L2", supplier="B", price=Fraction(2))],
        [Bundle(id="p", supplier="B", lots=("L1", "L2"), price=Fraction(20))],
        rules,
    )
    builder = Builder()
    columns = lay_columns(problem, builder)
    return RuleTerms(problem, columns, builder, np.zeros(builder.n_columns))


def test_a_bundle_counts_for_every_lot_that_it_covers():
    rule = Rule(id="R", kind="max_winners_per_lot", value=Fraction(1))
    made = terms(rule)
    assert made.suppliers_by_lot(rule) == {"L1": ["A", "B"], "L2": ["B"]}
    assert made.demand("p", {"L1", "L2"}) == 10.0
    assert made.demand("p", {"L2"}) == 6.0


def test_volume_and_spend_hold_bids_and_bundles():
    made = terms()
    assert sorted(made.volume_of([0, 1], ["p"], {"L1", "L2"}).values()) == [4.0, 6.0, 10.0]
    assert sorted(made.spend_of([0, 1], ["p"]).values()) == [12.0, 12.0, 20.0]


def test_a_soft_rule_pays_for_its_breach_up_to_the_most_that_can_be():
    rule = Rule(id="R", kind="max_winners", value=Fraction(1), penalty=Fraction(5))
    made = terms(rule)
    present = made.presence(rule)
    made.at_most(rule, dict.fromkeys(present.values(), 1.0), 1.0)
    ((column, penalty),) = made.penalties.items()
    assert penalty == 5.0
    assert made.builder.most(column) == 1.0


def test_a_supplier_with_two_bundles_on_a_lot_is_one_winner_of_it():
    """Free disposal: b1 covers L1 and L2, b2 covers L2 and L3, both of A: L2 has one winner."""
    problem = problem_of(
        [Lot(id=key) for key in ("L1", "L2", "L3")],
        [Supplier(id="A")],
        bundles=[
            Bundle(id="b1", supplier="A", lots=("L1", "L2"), price=Fraction(5)),
            Bundle(id="b2", supplier="A", lots=("L2", "L3"), price=Fraction(6)),
        ],
        rules=[Rule(id="R", kind="max_winners_per_lot", value=Fraction(1))],
        cover="free_disposal",
    )
    assert solve(formulate(problem).program, solver="scipy").objective == 11.0
