"""Exact ends of prices along lines, by hand and against all awards."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from award_enumeration import optimum
from award_problems import problem_of, small_problems
from supplier_eval.award import price_lines
from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.offer_keys import offer_keys
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.price_lines import LineSearch
from supplier_eval.award.priced_offers import PricedOffer
from supplier_eval.award.rules import RULE_KINDS, Rule

F = Fraction
EPSILON = F(1, 10**9)
FAR = 10**5


def problem(objective="cost", rules=()):
    """One lot of 10, whole: A at 10, B at 11, C at 13 and with half the winners' score."""
    bids = [Bid(lot="L", supplier=key, price=F(p)) for key, p in (("A", 10), ("B", 11), ("C", 13))]
    lots = [Lot(id="L", demand=F(10), indivisible=True)]
    return problem_of(lots, [Supplier(id=key) for key in "ABC"], bids, (), rules, objective=objective)


def search(made, supplier, winner="A"):
    award = Award(10**6, {("L", winner, ""): 10**6})
    return LineSearch(PricedOffer(made, ("L", supplier, "")), award, Ends(60), "scipy")


def test_ends_by_hand():
    up, down = (search(problem(), "A").end(direction) for direction in (1, -1))
    assert (up.kind, up.price, up.award.winners(problem())) == ("crossing", 11, ("B",))
    assert (down.kind, down.price) == ("zero", 0)
    loses, never = (search(problem(), "C").end(direction) for direction in (-1, 1))
    assert (loses.kind, loses.price, loses.award.winners(problem())) == ("crossing", 10, ("C",))
    assert (never.kind, never.price) == ("unlimited", None)


def test_who_is_forced_may_ask_anything():
    forced = problem(rules=[Rule(id="R", kind="force_award", suppliers=("A",), value=F(1))])
    assert search(forced, "A").end(1).kind == "unlimited"


def test_an_objective_without_prices_has_no_ends():
    made = problem(objective="winners")
    assert [search(made, "A").end(direction).kind for direction in (1, -1)] == ["unlimited", "zero"]


def test_a_forward_auction_turns_round():
    """Who pays most wins: C with 13 stays down to 11, and A enters at 13."""
    made = problem(objective="value")
    assert [(end.kind, end.price) for end in (search(made, "C", "C").end(d) for d in (1, -1))] == [
        ("unlimited", None),
        ("crossing", 11),
    ]
    assert search(made, "A", "C").end(1).price == 13


def test_without_time_an_end_is_open():
    made = search(problem(), "A")
    made.ends = Ends(-1)
    end = made.end(1)
    assert (end.kind, end.price) == ("open", None)
    assert end.beyond is None or end.beyond >= 11


def test_a_better_award_on_the_way_is_noted():
    made = search(problem(), "B", winner="B")
    assert made.end(1).kind == "open" and made.better.winners(problem()) == ("A",)


def test_the_search_comes_from_far_out(monkeypatch):
    """The award of the least slope may be a bad one; the end is still that of the nearest."""
    visited = []
    real = price_lines.best_at

    def seen(made, *rest):
        visited.append(made.bids["L", "A", ""].price)
        return real(made, *rest)

    monkeypatch.setattr(price_lines, "best_at", seen)
    assert search(problem(), "A").end(1).price == 11
    assert visited[-1] == 11 and visited == sorted(visited, reverse=True)


STRAIGHT = tuple(kind for kind in RULE_KINDS if kind != "budget" and "spend" not in kind)
GOALS = ("cost", "cost", "value", ("winners", "cost"), {"cost": 1, "score": 2}, {"cost": 2, "winners": "1/2"})


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_inside_an_end_the_award_stays_and_just_outside_the_next_one_is_best(data):
    """Against all awards at the end, halfway to it, and just behind it."""
    made = data.draw(small_problems(most=60, kinds=STRAIGHT, goals=GOALS)).with_terms(minor_units=6)
    _, awards = optimum(made)
    assume(awards and offer_keys(made))
    award = data.draw(st.sampled_from(awards))
    offer = PricedOffer(made, data.draw(st.sampled_from(offer_keys(made))))
    assume(offer.price is not None and not offer.bends)
    direction = data.draw(st.sampled_from((1, -1)))
    end = LineSearch(offer, award, Ends(60), "scipy").end(direction)
    if end.kind == "unlimited":
        assert award in optimum(offer.at(offer.price + FAR if direction > 0 else F(0)))[1]
        return
    assert end.kind == ("crossing" if direction > 0 or end.price or end.award else "zero")
    assert direction * (end.price - offer.price) >= 0
    for price in ((offer.price + end.price) / 2, end.price):
        best, equal = optimum(offer.at(price))
        assert audit_award(offer.at(price), award).stages[offer.stage or 0] == best[offer.stage or 0]
        assert price == end.price or award in equal
    if end.kind == "crossing" and end.price + direction * EPSILON >= 0:
        behind = offer.at(end.price + direction * EPSILON)
        best, equal = optimum(behind)
        assert award not in equal
        assert abs(audit_award(behind, end.award).stages[offer.stage] - best[offer.stage]) == 0
