"""Hypothesis strategies of award problems with at most 4 lots and 4 suppliers, and of awards, sound or not."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

from hypothesis import strategies as st

from award_enumeration import count_awards
from supplier_eval.award.awarded import Award
from supplier_eval.award.objective import goal_of
from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier, Tiers
from supplier_eval.award.problem import AwardProblem, Parts
from supplier_eval.award.rules import RULE_KINDS, Rule
from supplier_eval.award.terms import Terms

COVERS = ("exactly", "exactly", "exactly", "at_most", "free_disposal")
GOALS = (
    *("cost", "cost", "cost", "attr:quality", "min_attr:risk", "winners", "value"),
    *(("cost", "score"), ("winners", "cost"), {"cost": 1, "score": 2}, {"cost": 2, "winners": "1/2"}),
)
GROUPS = ({"sme": True}, {"incumbent": True}, {"sme": False, "risk": Fraction(3)})
SHARES = tuple(Fraction(x) for x in ("1/4", "1/3", "1/2", "2/3", "3/4", "1"))


def problem_of(lots, suppliers, bids=(), bundles=(), rules=(), **terms):
    """A problem from lists of parts."""

    def by(parts, key):
        return MappingProxyType(dict(sorted((getattr(part, key), part) for part in parts)))

    terms["goal"] = goal_of(terms.pop("objective", "cost"))
    parts = (by(lots, "id"), by(suppliers, "id"), by(bids, "key"), by(bundles, "id"), by(rules, "id"))
    return AwardProblem.of_parts(Parts(*parts, Terms(**terms)))


def whole(low, high):
    return st.integers(low, high).map(Fraction)


def sometimes(strategy, otherwise, often=3):
    """`otherwise` in all but one of `often` cases."""
    return st.integers(1, often).flatmap(lambda n: strategy if n == often else st.just(otherwise))


@st.composite
def _lots(draw, n, suppliers):
    unserved = draw(sometimes(st.just(True), False, 4))
    return [
        Lot(
            id=f"L{i + 1}",
            demand=draw(whole(1, 9)),
            indivisible=draw(sometimes(st.just(True), False)),
            region=draw(st.sampled_from(("", "north", "south"))),
            incumbent=(incumbent := draw(sometimes(st.sampled_from(suppliers), "", 3))),
            switching_cost=draw(whole(0, 9)) if incumbent else Fraction(0),
            unserved_cost=draw(whole(5, 30)) if unserved and draw(st.booleans()) else None,
            attributes={"category": draw(st.sampled_from(("it", "bpo")))},
        )
        for i in range(n)
    ]


@st.composite
def _tiers(draw):
    kind, basis = draw(st.sampled_from((("all_units", "spend"), ("all_units", "volume"), ("incremental", "spend"))))
    top = 12 if basis == "volume" else 60
    breaks = sorted(draw(st.sets(st.integers(1, top), min_size=1, max_size=2)))
    discount = [draw(st.sampled_from((0, 5, 10, 20))) for _ in range(len(breaks) + 1)]
    rates = [Fraction(r, 100) for r in (discount if draw(st.booleans()) else sorted(discount))]
    return Tiers(
        kind=kind,
        basis=basis,
        breaks=(Fraction(0), *map(Fraction, breaks)),
        discount=tuple(Fraction(r, 100) for r in rates),
    )


@st.composite
def _supplier(draw, name):
    return Supplier(
        id=name,
        fixed_cost=draw(sometimes(whole(1, 20), Fraction(0))),
        switching_cost=draw(sometimes(whole(1, 20), Fraction(0))),
        incumbent=draw(st.booleans()),
        capacity=draw(sometimes(whole(3, 25), None)),
        min_volume=draw(sometimes(whole(1, 8), None, 4)),
        tiers=draw(sometimes(_tiers(), None)),
        attributes={
            **{attribute: draw(whole(1, 9)) for attribute in ("quality", "risk", "score")},
            "sme": draw(st.booleans()),
        },
    )


@st.composite
def _curve(draw, demand):
    """Two segments that meet at a middle quantity; the cost may jump there."""
    middle, end = (
        draw(st.sampled_from((Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)))) * demand,
        demand * draw(st.sampled_from((Fraction(3, 4), 1))),
    )
    first = Segment(qlo=Fraction(0), qhi=middle, fixed=draw(whole(0, 6)), slope=draw(whole(1, 9)))
    if middle >= end:
        return (first,)
    return (first, Segment(qlo=middle, qhi=end, fixed=draw(whole(0, 9)), slope=draw(whole(1, 9))))


@st.composite
def _bid(draw, lot, supplier, alternate, curves):
    curve = draw(sometimes(_curve(lot.demand), (), 5)) if curves else ()
    least = draw(sometimes(st.sampled_from((Fraction(1, 4), Fraction(1, 2))), Fraction(0), 4))
    return Bid(
        lot=lot.id,
        supplier=supplier,
        alternate=alternate,
        price=None if curve else draw(whole(1, 9)),
        curve=curve,
        min_share=least,
        max_share=draw(sometimes(st.sampled_from((Fraction(1, 2), Fraction(3, 4))), Fraction(1), 4)),
        min_qty=draw(sometimes(whole(1, 4), Fraction(0), 5)),
        award_cost=draw(sometimes(whole(1, 5), Fraction(0), 4)),
        use=draw(sometimes(whole(1, 12), None, 4)),
        attributes=draw(sometimes(st.fixed_dictionaries({"quality": whole(1, 9)}), {}, 4)),
    )


@st.composite
def _bundles(draw, lots, suppliers):
    found = []
    for i in range(draw(st.sampled_from((0, 0, 1, 2, 3)))):
        covered = draw(st.lists(st.sampled_from([lot.id for lot in lots]), min_size=1, max_size=3, unique=True))
        supplier = draw(st.sampled_from(suppliers))
        before = [b.id for b in found if b.supplier == supplier]
        found.append(
            Bundle(
                id=f"b{i + 1}",
                supplier=supplier,
                lots=tuple(sorted(covered)),
                price=draw(whole(1, 60)),
                exclusive=draw(st.sampled_from(("", "", "either"))),
                requires=(draw(st.sampled_from(before)),) if before and draw(st.booleans()) else (),
                attributes=draw(sometimes(st.fixed_dictionaries({"quality": whole(1, 9)}), {}, 4)),
            )
        )
    return found


@st.composite
def _value(draw, kind):
    if RULE_KINDS[kind].share:
        return draw(st.sampled_from(SHARES))
    if kind == "budget":
        return draw(whole(10, 150))
    if kind in ("min_avg", "max_avg", "min_attr", "max_attr"):
        return draw(whole(2, 8))
    return draw(whole(1, 3)) if "value" in RULE_KINDS[kind].needs else None


@st.composite
def _rule(draw, at, kind, lots, suppliers, hard, some_lots):
    needs, whom = RULE_KINDS[kind].needs, {}
    named = st.lists(st.sampled_from(suppliers), min_size=1, max_size=3, unique=True).map(tuple)
    if kind == "implies":
        whom |= {"when": draw(st.sampled_from(suppliers)), "then": draw(st.sampled_from(suppliers))}
    elif kind != "budget":
        choice = draw(st.sampled_from(("all", "named", "group", "both")))
        if "suppliers" in needs and choice == "all":
            choice = "named"
        if choice in ("named", "both"):
            whom["suppliers"] = draw(named)
        if choice in ("group", "both"):
            whom["group"] = draw(
                st.sampled_from(({"sme": True}, {"incumbent": True}, {"sme": False, "risk": Fraction(3)}))
            )
    if kind != "budget" and some_lots:
        if draw(st.booleans()):
            whom["lots"] = tuple(draw(st.sets(st.sampled_from([lot.id for lot in lots]), min_size=1)))
        if draw(sometimes(st.just(True), False)):
            whom["where"] = draw(st.sampled_from(({"category": "it"}, {"region": "north"})))
    soft = not hard if hard is not None else draw(st.booleans())
    return Rule(
        id=f"R{at + 1}",
        kind=kind,
        value=draw(_value(kind)),
        attribute=draw(st.sampled_from(("quality", "risk"))) if "attribute" in needs else "",
        penalty=draw(whole(1, 20)) if soft else None,
        **whom,
    )


@st.composite
def small_problems(
    draw,
    *,
    kinds=tuple(RULE_KINDS),
    least_rules=0,
    most_rules=3,
    hard=None,
    goals=GOALS,
    most=400,
    bundles=True,
    curves=True,
):
    """A problem with at most `most` awards in `sound_awards`.

    `kinds`: kinds of rules drawn from; `hard`: True all hard, False all soft, None either; `goals`: as `goal_of`
    reads them (``value`` leaves curves out). The grid has 1 to 4 units; bids are left out where there is too much.
    """
    n_lots, n_suppliers = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    names = [f"S{i + 1}" for i in range(n_suppliers)]
    lots = draw(_lots(n_lots, names))
    goal = draw(st.sampled_from(goals))
    bids = []
    for lot in lots:
        for name in names:
            if draw(st.integers(0, 3)):
                bids.append(draw(_bid(lot, name, "", curves and goal != "value")))
                if draw(sometimes(st.just(True), False, 5)):
                    bids.append(draw(_bid(lot, name, "x", curves and goal != "value")))
    packages = draw(_bundles(lots, names)) if bundles else []
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=least_rules, max_size=most_rules))
    rules = [
        draw(_rule(at, kind, lots, names, hard, not (packages and "spend_share" in kind)))
        for at, kind in enumerate(chosen)
    ]
    suppliers = [draw(_supplier(name)) for name in names]
    cover, grid = draw(st.sampled_from(COVERS)), draw(st.integers(1, 4))
    problem = problem_of(lots, suppliers, bids, packages, rules, objective=goal, cover=cover, grid=grid)
    return _cut(problem, most)


def _cut(problem, most):
    """The same problem on a coarser grid, and with fewer bids, until all its awards can be looked at."""
    while count_awards(problem) > most:
        by_lot = {lot: [key for key in problem.bids if key[0] == lot] for lot in problem.lots}
        crowded = [keys[-1] for keys in by_lot.values() if len(keys) > 2]
        if problem.terms.grid > 2 or (problem.terms.grid > 1 and not crowded):
            problem = problem.with_terms(grid=problem.terms.grid - 1)
        elif problem.bids:
            left_out = crowded[-1] if crowded else list(problem.bids)[-1]
            kept = {key: bid for key, bid in problem.bids.items() if key != left_out}
            problem = problem.replace(bids=MappingProxyType(kept))
        else:
            problem = problem.replace(bundles=MappingProxyType({}))
    return problem


@st.composite
def any_awards(draw, problem):
    """Any award of known bids, sound or not: shares up to more than a lot, coarser and wrong grids, any bundles."""
    grid = problem.terms.grid
    grid = draw(st.sampled_from([n for n in range(1, grid + 1) if grid % n == 0] * 3 + [5]))
    units = {}
    for lot in problem.lots:
        offers = [key for key in problem.bids if key[0] == lot]
        left = grid
        for key in draw(st.permutations(offers))[: draw(st.integers(0, 3))]:
            units[key] = draw(st.sampled_from((left, draw(st.integers(-1, grid + 1)), draw(st.integers(0, grid)))))
            left = max(0, left - units[key])
    names = sorted(problem.bundles)
    return Award(grid, units, frozenset(draw(st.sets(st.sampled_from(names)))) if names else frozenset())
