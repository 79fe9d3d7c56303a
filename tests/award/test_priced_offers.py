"""One price varied: the problem at a price, awards as lines, what makes figures bend."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier, Tiers
from supplier_eval.award.priced_offers import PricedOffer, crossing, value_at
from supplier_eval.award.rules import Rule

F = Fraction
KEY = ("L1", "A", "")


def tiers(basis, *breaks):
    return Tiers(kind="all_units", basis=basis, breaks=(F(0), *breaks), discount=(F(0), *(F(1, 10) for _ in breaks)))


def problem(rules=(), objective="cost", **more):
    lots = [Lot(id="L1", demand=F(10)), Lot(id="L2", demand=F(5))]
    bids = [Bid(lot=lot.id, supplier=key, price=F(4)) for lot in lots for key in "AB"]
    bids.append(
        Bid(lot="L2", supplier="A", alternate="c", curve=(Segment(qlo=F(0), qhi=F(5), fixed=F(1), slope=F(1)),))
    )
    bundles = [Bundle(id="b", supplier="A", lots=("L1", "L2"), price=F(50))]
    suppliers = [Supplier(id="A", **more), Supplier(id="B")]
    return problem_of(lots, suppliers, bids, bundles, rules, grid=4, objective=objective)


def test_only_one_price_changes():
    offer = PricedOffer(problem(), KEY)
    assert (offer.price, offer.supplier, offer.lots) == (4, "A", ("L1",))
    at_nine = offer.at(F(9))
    assert at_nine.bids[KEY].price == 9 and at_nine.bids["L1", "B", ""].price == 4
    assert offer.at(F(4)).fingerprint == problem().fingerprint
    assert PricedOffer(problem(), "bundle:b").at(F(7)).bundles["b"].price == 7
    assert PricedOffer(problem(), ("L2", "A", "c")).price is None


def test_an_award_is_a_line_even_with_a_discount_on_volume():
    """3/4 of 10 units at p, a tenth off from 5 units on: 6.75 p; and B has 2.5 x 4 and 5 x 4."""
    offer = PricedOffer(problem(tiers=tiers("volume", F(5))), KEY)
    award = Award(4, {KEY: 3, ("L1", "B", ""): 1, ("L2", "B", ""): 4})
    assert offer.lines(award) == ((30, F(27, 4)),)
    assert value_at(offer.lines(award), F(8)) == audit_award(offer.at(F(8)), award).stages
    assert not offer.bends
    assert offer.share(award) == F(3, 4)
    bundle = PricedOffer(problem(), "bundle:b")
    assert (bundle.share(award), bundle.share(Award(4, {}, frozenset({"b"})))) == (0, 1)


@pytest.mark.parametrize(
    ("rule", "bends"),
    [
        ({"kind": "budget", "value": F(99)}, True),
        ({"kind": "budget", "value": F(99), "penalty": F(2)}, True),
        ({"kind": "max_spend_share", "value": F(1)}, True),
        ({"kind": "min_spend_share", "value": F(0), "lots": ("L2",)}, False),
        ({"kind": "min_spend_share", "value": F(0), "lots": ("L1",)}, True),
        ({"kind": "max_volume_share", "value": F(1)}, False),
    ],
)
def test_what_makes_figures_bend(rule, bends):
    assert PricedOffer(problem([Rule(id="R", **rule)]), KEY).bends is bends


def test_discounts_on_spend_bend_unless_they_are_the_same_throughout():
    assert PricedOffer(problem(tiers=tiers("spend", F(20))), KEY).bends
    assert not PricedOffer(problem(tiers=tiers("spend")), KEY).bends
    assert not PricedOffer(problem(tiers=tiers("spend", F(20))), ("L1", "B", "")).bends


@pytest.mark.parametrize(
    ("objective", "stage"),
    [("cost", 0), (["winners", "cost"], 1), ("winners", None), ({"winners": 1, "cost": 2}, 0)],
)
def test_the_stage_in_which_prices_count(objective, stage):
    assert PricedOffer(problem(objective=objective), KEY).stage == stage


def test_where_two_lines_meet():
    assert crossing(((F(1), F(2)),), ((F(4), F(1)),), F(0)) == 3
    assert crossing(((F(1), F(2)),), ((F(4), F(2)),), F(0)) is None
    assert crossing(((F(1), F(0)), (F(0), F(3))), ((F(1), F(0)), (F(6), F(0))), F(0)) == 2
    assert crossing(((F(1), F(0)), (F(0), F(3))), ((F(2), F(0)), (F(6), F(0))), F(0)) is None
    assert crossing(((F(1), F(0)),), ((F(1), F(0)),), F(0)) is None
