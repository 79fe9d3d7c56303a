"""How far each award of a small problem needs the limit of a rule relaxed, read literally; and the least of it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from award_naive import Naive
from supplier_eval.award.rules import RULE_KINDS


def has_limit(rule):
    return "value" in RULE_KINDS[rule.kind].needs


def reached(naive, rule):  # noqa: PLR0911 - one return a kind of limit
    """The figures that a limit is held against, one for each place; none where the rule asks for nothing."""
    S, L = naive.concerned(rule)
    everybody = set(naive.p.suppliers)
    kind = rule.kind
    if kind in ("max_winners", "min_winners"):
        return [sum(naive.wins(s, L) for s in S)]
    if kind in ("max_winners_per_lot", "min_winners_per_lot"):
        return [sum(naive.wins(s, {x}) for s in S) for x in L]
    if kind == "max_lots_per_bidder":
        return [sum(naive.wins(s, {x}) for x in L) for s in S]
    if kind == "min_share_if_awarded":
        return [naive.share(s, x) for s in S for x in L if naive.share(s, x)]
    if kind.endswith(("volume_share", "spend_share")):
        amount = naive.volume if "volume" in kind else naive.spend
        sets = [S] if rule.suppliers or rule.group else [{s} for s in everybody]
        whole = amount(everybody, L)
        return [amount(part, L) / whole for part in sets] if whole else []
    if kind == "budget":
        return [naive.cost()]
    if kind == "force_award":
        return [sum(naive.share(s, x) for s in S) for x in L]
    mine = [(d[3], naive.attribute(d[4], rule.attribute)) for d in naive.deals if d[0] in S and d[1] in L]
    if kind in ("min_attr", "max_attr"):
        return [figure for _, figure in mine]
    volume = sum((quantity for quantity, _ in mine), Fraction(0))
    return [sum(quantity * figure for quantity, figure in mine) / volume] if volume else []


def needed(problem, rule, award):
    """The limit nearest to the rule's own under which an award keeps the rule."""
    naive = Naive(problem, award)
    upper = rule.kind.startswith("max") or rule.kind == "budget"
    figures = [Fraction(figure) for figure in reached(naive, rule)]
    limit = max([rule.value, *figures]) if upper else min([rule.value, *figures])
    assert naive.breach(replace(rule, value=limit)) == 0
    return limit


def relative(problem, rule, award):
    """What the award needs of a rule, as part of its limit (of 1 where that is 0)."""
    return abs(needed(problem, rule, award) - rule.value) / (abs(rule.value) or 1)


def smallest_alone(problem, readings, key):
    """The limit nearest to the rule's own that is enough while all other hard rules stay; None where none is."""
    rule = problem.rules[key]
    found = [needed(problem, rule, r.award) for r in readings if r.hard_broken <= {key}]
    return min(found, key=lambda limit: abs(limit - rule.value), default=None)


def smallest_together(problem, readings, weights):
    """The least weighted sum of relative relaxations over all awards; None where no relaxation is enough."""
    limits = [rule for key, rule in problem.rules.items() if rule.hard and has_limit(rule)]
    found = [
        sum((weights.get(rule.id, 1) * relative(problem, rule, r.award) for rule in limits), Fraction(0))
        for r in readings
        if r.hard_broken <= {rule.id for rule in limits}
    ]
    return min(found, default=None)
