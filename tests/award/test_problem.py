"""A problem and its copies: whom a rule concerns, whose attribute counts, what changes the fingerprint."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.rules import Rule


@pytest.fixture
def problem():
    return problem_of(
        [
            Lot(id="L2", region="south", attributes={"category": "bpo"}),
            Lot(id="L1", region="north", incumbent="A", attributes={"category": "it"}),
            Lot(id="L3", region="north", attributes={"category": "bpo"}),
        ],
        [
            Supplier(id="B", attributes={"sme": True, "quality": Fraction(70)}),
            Supplier(id="A", incumbent=True, attributes={"sme": False, "quality": Fraction(80), "incumbent": False}),
            Supplier(id="C", attributes={"sme": True, "region": "north"}),
        ],
        [
            Bid(lot="L1", supplier="B", price=Fraction(9)),
            Bid(lot="L1", supplier="A", price=Fraction(8), attributes={"quality": Fraction(90)}),
            Bid(lot="L1", supplier="C", price=Fraction(7)),
        ],
        [Bundle(id="p", supplier="B", lots=("L1", "L2"), price=Fraction(20))],
        [Rule(id="R2", kind="max_winners", value=Fraction(1)), Rule(id="R1", kind="max_winners", value=Fraction(2))],
    )


def concerned(**whom):
    return Rule(id="R", kind="max_winners", value=Fraction(1), **whom)


@pytest.mark.parametrize(
    ("whom", "suppliers"),
    [
        ({}, ("A", "B", "C")),
        ({"suppliers": ("C", "A")}, ("A", "C")),
        ({"group": {"sme": True}}, ("B", "C")),
        ({"group": {"sme": True, "region": "north"}}, ("C",)),
        ({"group": {"sme": True}, "suppliers": ("A",)}, ("A", "B", "C")),
        ({"group": {"incumbent": True}}, ("A",)),
        ({"group": {"region": "south"}}, ()),
    ],
)
def test_a_rule_concerns_those_named_and_those_whose_attributes_all_match(problem, whom, suppliers):
    assert problem.suppliers_of(concerned(**whom)) == suppliers


@pytest.mark.parametrize(
    ("whom", "lots"),
    [
        ({}, ("L1", "L2", "L3")),
        ({"lots": ("L3", "L1")}, ("L1", "L3")),
        ({"where": {"region": "north"}}, ("L1", "L3")),
        ({"where": {"region": "north", "category": "bpo"}}, ("L3",)),
        ({"where": {"region": "north"}, "lots": ("L2", "L3")}, ("L3",)),
        ({"where": {"incumbent": "A"}}, ("L1",)),
        ({"where": {"region": "west"}}, ()),
    ],
)
def test_a_rule_concerns_the_lots_named_that_match_everything(problem, whom, lots):
    assert problem.lots_of(concerned(**whom)) == lots


def test_an_attribute_of_the_offer_goes_before_that_of_its_supplier(problem):
    own, plain, without = (problem.bids["L1", name, ""] for name in "ABC")
    assert problem.figure(own, "quality") == 90
    assert problem.figure(plain, "quality") == 70
    assert problem.figure(problem.bundles["p"], "quality") == 70
    assert problem.attribute(without, "quality") is None


@pytest.mark.parametrize(("supplier", "name"), [("C", "quality"), ("B", "sme")])
def test_what_is_missing_or_no_number_is_never_a_figure(problem, supplier, name):
    with pytest.raises(ValueError, match=f"attribute {name} of {supplier} is not a number"):
        problem.figure(problem.bids["L1", supplier, ""], name)


def test_copies_change_what_they_say_and_nothing_else(problem):
    cheaper = Bid(lot="L1", supplier="C", price=Fraction(1))
    copy = problem.with_bid(cheaper)
    assert copy.bids["L1", "C", ""].price == 1
    assert problem.bids["L1", "C", ""].price == 7
    assert list(problem.with_bid(Bid(lot="L1", supplier="A", alternate="x")).bids)[1] == ("L1", "A", "x")
    assert list(problem.without_rules(["R1"]).rules) == ["R2"]
    assert problem.with_terms(grid=4).terms.grid == 4
    assert copy.lots is problem.lots


def test_a_term_that_does_not_exist_is_refused(problem):
    with pytest.raises(ValueError, match="objectiv"):
        problem.with_terms(objectiv="cost")


def test_a_copy_is_exploratory_whatever_the_problem_was(problem):
    binding = type(problem).of_parts(problem.parts, "binding", "abc")
    assert binding.standing == "binding"
    copy = binding.without_rules(["R1"])
    assert (copy.standing, copy.policy_fingerprint) == ("exploratory", "abc")


def test_the_fingerprint_tells_problems_apart_and_knows_the_same_one_again(problem):
    again = type(problem).of_parts(problem.parts)
    others = (
        problem.without_rules(["R2"]),
        problem.with_terms(grid=4),
        problem.with_bid(Bid(lot="L1", supplier="C", price=Fraction(71, 10))),
    )
    assert again.fingerprint == problem.fingerprint
    assert len({problem.fingerprint, *(other.fingerprint for other in others)}) == 4


def test_the_repr_counts_its_parts(problem):
    assert repr(problem) == "AwardProblem(3 lots, 3 suppliers, 3 bids, 1 bundles, 2 rules; cost)"
