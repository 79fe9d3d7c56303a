"""What the next best award says: differences, what decides, and what is not known."""

from __future__ import annotations

from fractions import Fraction

from award_problems import problem_of
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.front import award_lots
from supplier_eval.award.next_best import NextBest
from supplier_eval.award.next_best_words import MOST_MOVES, explain_next_best
from supplier_eval.award.parts import Bid, Lot, Supplier

F = Fraction


def shop(n=1):
    """A asks 10 for each of n lots, B 14."""
    lots = [f"L{i:02d}" for i in range(n)]
    bids = [Bid(lot=lot, supplier=name, price=F(price)) for lot in lots for name, price in (("A", 10), ("B", 14))]
    return problem_of([Lot(id=lot, indivisible=True) for lot in lots], [Supplier(id=s) for s in "AB"], bids,
                      currency="CNY")  # fmt: skip


def test_equal_in_the_objective_the_key_that_decides_is_named():
    bids = [Bid(lot="L", supplier=n, price=F(7), attributes={"score": F(s)}) for n, s in (("A", 90), ("B", 80))]
    problem = problem_of([Lot(id="L", indivisible=True)], [Supplier(id="A"), Supplier(id="B")], bids)
    said = award_lots(problem, gap=0).next_best("L", "A").explain()
    assert "Another award is as good: cost 7.00, and 7.00 now; difference 0.00." in said
    assert "What decides is score (points × volume): 90 now against 80." in said


def test_an_unfinished_search_says_what_is_proven():
    problem = shop()
    mine = award_lots(problem, gap=0)
    low = float(mine.objective)
    nothing = NextBest(mine, Allocation(problem, "no_award_found", bound=low + 4), "L00", "A", "without")
    assert "it would be worse by 4.00 CNY at least" in nothing.explain()
    unknown = NextBest(mine, Allocation(problem, "no_award_found"), "L00", "A", "without")
    assert "whether there is one is not known" in unknown.explain()
    none = NextBest(mine, Allocation(problem, "infeasible"), "L00", "A", "without")
    assert "No award is possible then" in none.explain()
    found = Allocation(problem, "feasible_at_limit", award=mine.award, audit=mine.audit, bound=low - 1)
    assert "a nearer award may exist." in NextBest(mine, found, "L00", "A", "without").explain()


def test_only_some_of_many_moves_are_shown():
    problem = shop(12)
    mine = award_lots(problem, gap=0)
    other = award_lots(problem.replace(bids={key: bid for key, bid in problem.bids.items() if key[1] == "B"}), gap=0)
    said = explain_next_best(NextBest(mine, other, "L00", "A", "without")).split("\n")[-1]
    assert said.count("→") == MOST_MOVES
    assert said.endswith("….")


def test_an_award_that_turns_out_better_is_admitted():
    problem = shop()
    best = award_lots(problem, gap=0)
    worse = award_lots(problem.replace(bids={key: bid for key, bid in problem.bids.items() if key[1] == "B"}), gap=0)
    said = NextBest(worse, best, "L00", "B", "without").explain("zh")
    assert "找到了更优 4.00 CNY 的方案" in said
