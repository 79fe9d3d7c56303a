"""What an award says for itself, in both languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.allocation_words import figure_of, measure_name, percent, status_lines
from supplier_eval.award.awarded import Award
from supplier_eval.award.front import award_lots
from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier, Tiers
from supplier_eval.award.rules import Rule
from supplier_eval.errors import UnknownName

F = Fraction


def shop(**terms):
    """Two lots; A is dearer on L1 but may not win L2 alone, so that B, the cheapest on L1, wins L2 only."""
    lots = [Lot(id="L1", demand=F(10), indivisible=True), Lot(id="L2", demand=F(5), indivisible=True)]
    prices = {("L1", "A"): 20, ("L1", "B"): 19, ("L2", "A"): 31, ("L2", "B"): 28}
    bids = [Bid(lot=lot, supplier=name, price=F(price)) for (lot, name), price in prices.items()]
    return problem_of(lots, [Supplier(id="A"), Supplier(id="B", capacity=F(10))], bids, currency="CNY", **terms)


def capped(**terms):
    rules = [Rule(id="R", kind="max_lots_per_bidder", value=F(1), suppliers=("B",))]
    problem = shop(**terms)
    return problem.replace(rules={rule.id: rule for rule in rules})


def test_the_whole_award_says_status_bound_winners_rules_and_standing():
    # B takes L1 (190) and A takes L2 (155): 345; the other way round 200 + 140 = 340 is less.
    said = award_lots(capped(), gap=0).explain()
    for part in (
        "proven to be the best: no other is better by more than 0.005 in cost",
        "Objective cost: 340.00 CNY; proven bound 340.00 CNY; gap of the audited award 0 %",
        "Lot L1: A 100 %.",
        "Lot L2: B 100 %.",
        "Rules kept: 1 of 1.",
        "Standing: exploratory.",
    ):
        assert part in said


def test_a_lot_says_its_offers_and_that_the_cheapest_wins_nothing():
    lines = award_lots(capped(), gap=0).explain("L1").split("\n")
    assert lines[0] == "Lot L1: 10 units needed, 2 offers."
    assert lines[1] == "A wins 100 % at 20.00 CNY a unit."
    assert lines[2] == "B asks 19.00 CNY a unit and wins nothing of it."
    assert lines[3].startswith("The lowest unit price of lot L1, 19.00 CNY of B, wins nothing")


def test_lot_and_supplier_say_place_of_the_price_and_what_the_next_best_costs():
    said = award_lots(capped(), gap=0).explain("L1", "A")
    assert "Its unit price is number 2 of 2 from the lowest, which is 19.00 CNY." in said
    assert "The best such award is worse by 5.00 CNY: cost 345.00 CNY instead of 340.00 CNY." in said
    assert "L1 A 100 % → 0 %; L1 B 0 % → 100 %" in said


def test_a_loser_hears_what_its_award_would_cost():
    said = award_lots(capped(), gap=0).explain("L1", "B")
    assert "If B has to win something of lot L1:" in said
    assert "worse by 5.00 CNY" in said


def test_a_supplier_says_what_it_wins_its_tier_and_its_capacity():
    tiers = Tiers(kind="all_units", basis="spend", breaks=(F(0), F(50)), discount=(F(0), F(1, 10)))
    problem = problem_of(
        [Lot(id="L", demand=F(10))], [Supplier(id="A", tiers=tiers, capacity=F(40)), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=F(10)), Bid(lot="L", supplier="B", price=F(30))],
    )  # fmt: skip
    made = award_lots(problem, gap=0)
    assert made.explain(supplier="A").split("\n") == [
        "A wins L 100 %; 90.00 after discounts.",
        "It reaches discount tier 2, which takes off 10.00.",
        "10 of its capacity of 40 is used.",
    ]
    assert made.explain(supplier="B") == "B wins nothing."


def test_alternates_curves_and_bundles_are_named():
    curve = (Segment(qlo=F(0), qhi=F(1), fixed=F(1), slope=F(1)),)
    bids = [
        Bid(lot="L", supplier="A", alternate="remote", price=F(3)),
        Bid(lot="L", supplier="B", curve=curve),
    ]
    bundle = Bundle(id="P", supplier="C", lots=("L",), price=F(9))
    problem = problem_of([Lot(id="L", indivisible=True)], [Supplier(id=n) for n in "ABC"], bids, [bundle])
    said = award_lots(problem, gap=0).explain("L")
    assert "B wins 100 % at its cost curve." in said
    assert "A (alternate remote) asks 3.00 a unit" in said
    assert "C asks 9.00 for all lots of bundle P" in said


def test_equal_awards_are_listed_by_where_they_differ_and_a_draw_decides():
    bids = [Bid(lot=lot, supplier=name, price=F(7)) for lot in ("L", "M") for name in ("A", "B")]
    bids[3] = Bid(lot="M", supplier="B", price=F(9))
    problem = problem_of([Lot(id=i, indivisible=True) for i in "LM"], [Supplier(id=n) for n in "AB"], bids)
    grid = problem.terms.grid
    tied = (Award(grid, {("L", "A", ""): grid, ("M", "A", ""): grid}),
            Award(grid, {("L", "B", ""): grid, ("M", "A", ""): grid}))  # fmt: skip
    made = Allocation(problem, "optimal", award=tied[0], tied=tied, bound=14.0, gap=0.0)
    lines = status_lines(made)
    assert "2 awards are equal after the last key" in lines[-3]
    assert lines[-2:] == ["Award 1: L A 100 %.", "Award 2: L B 100 %."]
    assert made.standing == "exploratory"


@pytest.mark.parametrize("status", ["within_gap", "feasible_at_limit", "infeasible", "unbounded", "no_award_found",
                                    "error"])  # fmt: skip
def test_every_status_has_its_sentence_in_both_languages(status):
    made = Allocation(shop(), status, gap=0.0312, reasons=("out of memory",))
    english, chinese = status_lines(made)[0], status_lines(made, "zh")[0]
    assert english != chinese
    assert ("3.12 %" in english) == (status in {"within_gap", "feasible_at_limit"}) == ("3.12 %" in chinese)
    assert ("out of memory" in english) == (status == "error")


def test_conflicts_are_named():
    lines = status_lines(Allocation(shop(), "infeasible", conflicts=(("R1", "R2"), ("_structural",))))
    assert lines[1:] == [
        "These rules cannot hold together: R1, R2.",
        "No award exists even without any rule: lots, offers and capacities do not fit together.",
    ]


def test_chinese_sentences_are_chinese_and_hold_the_same_figures():
    made = award_lots(capped(), gap=0)
    said = made.explain("L1", "A", "zh")
    assert "变差 5.00 CNY" in said
    assert "若 A 不得在标段 L1 中标：" in said
    assert "标段 L2：B 100 %。" in made.explain(lang="zh")


def test_a_name_that_does_not_exist_is_refused_also_without_an_award():
    with pytest.raises(UnknownName, match="L9"):
        Allocation(shop(), "infeasible").explain("L9")


def test_what_the_bids_make_impossible_is_said_lot_by_lot():
    problem = problem_of([Lot(id="L1"), Lot(id="L2")], [Supplier(id="A")], [Bid(lot="L1", supplier="A", price=F(1))])
    made = award_lots(problem)
    assert made.status == "infeasible"
    said = made.explain()
    assert "No award exists even without any rule" in said
    assert "L2" in said
    assert status_lines(made, conflicts=False) == [said.split("\n")[0]]


def test_figures_are_short_and_shares_never_vanish():
    assert percent(F(11, 20)) == "55 %"
    assert percent(1e-9) == "< 0.0001 %"
    assert percent(0) == "0 %"
    assert figure_of(shop(), F(1234567, 100)) == "12,345.67 CNY"
    assert measure_name("attr:uptime", "zh") == "uptime"
