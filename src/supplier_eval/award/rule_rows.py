"""The rows of each kind of business rule: the model's reading of the sentences in ``rules.py``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.rows import INFINITY, plus
from supplier_eval.award.rule_terms import RuleTerms, Terms

if TYPE_CHECKING:
    from supplier_eval.award.parts import Bid, Bundle
    from supplier_eval.award.rules import Rule


def add_rule(rows: RuleTerms, rule: Rule) -> None:
    """The rows of one rule."""
    KINDS[rule.kind](rows, rule)


def _winners(rows: RuleTerms, rule: Rule) -> None:
    least = rule.kind == "min_winners"
    found = rows.presence(rule, strict=least)
    add = rows.at_least if least else rows.at_most
    add(rule, dict.fromkeys(found.values(), 1.0), float(rule.limit))


def _winners_per_lot(rows: RuleTerms, rule: Rule) -> None:
    add = rows.at_least if rule.kind == "min_winners_per_lot" else rows.at_most
    for lot, suppliers in rows.suppliers_by_lot(rule).items():
        add(rule, plus(*(rows.won(supplier, lot).items() for supplier in suppliers)), float(rule.limit))


def _lots_per_bidder(rows: RuleTerms, rule: Rule) -> None:
    lots_of: dict[str, list[str]] = defaultdict(list)
    for lot, suppliers in rows.suppliers_by_lot(rule).items():
        for supplier in suppliers:
            lots_of[supplier].append(lot)
    for supplier, lots in lots_of.items():
        rows.at_most(rule, plus(*(rows.won(supplier, lot).items() for lot in lots)), float(rule.limit))


def _share_if_awarded(rows: RuleTerms, rule: Rule) -> None:
    least = float(rule.limit)
    for lot, suppliers in rows.suppliers_by_lot(rule).items():
        if rows.problem.lots[lot].indivisible:
            continue
        for supplier in suppliers:
            won = ((column, -least) for column in rows.won(supplier, lot))
            rows.at_least(rule, plus(rows.share_of(supplier, lot).items(), won), 0.0)


def _share_of_whole(rows: RuleTerms, rule: Rule) -> None:
    bids, bundles, lots = rows.offers(rule)
    everybody = [at for own in rows.bids_of.values() for at in own if rows.columns.bids[at][0] in lots]
    touching = [name for name, offer in rows.problem.bundles.items() if lots & set(offer.lots)]

    def amount(some: Iterable[int], names: Iterable[str]) -> Terms:
        if "volume" in rule.kind:
            return rows.volume_of(some, names, lots)
        return rows.spend_of(some, names)

    total = {column: -float(rule.limit) * value for column, value in amount(everybody, touching).items()}
    together = rule.names_somebody
    sets = [tuple(bids)] if together else [(supplier,) for supplier in bids]
    add = rows.at_least if rule.kind.startswith("min") else rows.at_most
    for members in sets:
        own = amount([at for key in members for at in bids[key]], [name for key in members for name in bundles[key]])
        add(rule, plus(own.items(), total.items()), 0.0)


def _budget(rows: RuleTerms, rule: Rule) -> None:
    columns = np.flatnonzero(rows.cost)
    rows.at_most(rule, dict(zip(columns.tolist(), rows.cost[columns].tolist(), strict=True)), float(rule.limit))


def _shut_out(rows: RuleTerms, rule: Rule) -> None:
    """Shares that must be 0: of those named, of those not named, or of those beyond a threshold."""
    named = set(rows.problem.suppliers_of(rule))
    lots = set(rows.problem.lots_of(rule))
    problem = rows.problem

    def out(offer: Bid | Bundle) -> bool:
        if rule.kind in ("exclude", "set_aside"):
            return (offer.supplier in named) is (rule.kind == "exclude")
        figure = problem.figure(offer, rule.attribute)
        return offer.supplier in named and (figure < rule.limit if rule.kind == "min_attr" else figure > rule.limit)

    terms: Terms = {}
    for at, (key, bid) in enumerate(problem.bids.items()):
        if key[0] in lots and out(bid):
            terms |= dict.fromkeys(rows.shares[at], 1.0)
            if rule.hard and rows.columns.opened[at] >= 0:
                terms[int(rows.columns.opened[at])] = 1.0
    for name, offer in problem.bundles.items():
        if lots & set(offer.lots) and out(offer):
            terms[rows.bundle_at[name]] = float(len(lots & set(offer.lots)))
    if not rule.hard:
        rows.at_most(rule, terms, 0.0)
        return
    columns = np.array(sorted(terms), dtype=np.int64)
    rows.builder.block(rule.id, np.arange(columns.size), columns, 1.0, np.full(columns.size, -INFINITY), 0.0)


def _force(rows: RuleTerms, rule: Rule) -> None:
    suppliers = rows.problem.suppliers_of(rule)
    for lot in rows.problem.lots_of(rule):
        share = plus(*(rows.share_of(supplier, lot).items() for supplier in suppliers))
        rows.at_least(rule, share, float(rule.limit))


def _exclusive(rows: RuleTerms, rule: Rule) -> None:
    rows.at_most(rule, dict.fromkeys(rows.presence(rule).values(), 1.0), 1.0)


def _implies(rows: RuleTerms, rule: Rule) -> None:
    when = rows.presence(rule, only=[rule.when])[rule.when]
    then = rows.presence(rule, only=[rule.then], strict=True)[rule.then]
    rows.at_most(rule, {when: 1.0, then: -1.0}, 0.0)


def _region(rows: RuleTerms, rule: Rule) -> None:
    by_region: dict[str, list[str]] = defaultdict(list)
    offered = rows.suppliers_by_lot(rule)
    for lot in offered:
        if rows.problem.lots[lot].region:
            by_region[rows.problem.lots[lot].region].append(lot)
    for lots in by_region.values():
        present: list[int] = []
        for supplier in sorted({name for lot in lots for name in offered[lot]}):
            column = int(rows.builder.columns("presence", 1, integer=True)[0])
            own = [at for at in rows.bids_of.get(supplier, ()) if rows.columns.bids[at][0] in lots]
            names = {name for lot in lots for name in rows.bundles_at.get((supplier, lot), ())}
            rows.link(rule, column, own, [rows.bundle_at[name] for name in sorted(names)])
            present.append(column)
        rows.at_most(rule, dict.fromkeys(present, 1.0), 1.0)


def _average(rows: RuleTerms, rule: Rule) -> None:
    bids, bundles, lots = rows.offers(rule)
    offers = list(rows.problem.bids.values())
    terms: Terms = {}
    for own in bids.values():
        for at in own:
            above = float(rows.problem.figure(offers[at], rule.attribute) - rule.limit)
            terms |= {c: above * rows.volume[c] for c in rows.shares[at]}
    for names in bundles.values():
        for name in names:
            above = float(rows.problem.figure(rows.problem.bundles[name], rule.attribute) - rule.limit)
            terms[rows.bundle_at[name]] = above * rows.demand(name, lots)
    add = rows.at_least if rule.kind == "min_avg" else rows.at_most
    add(rule, terms, 0.0)


KINDS: Mapping[str, Callable[[RuleTerms, Rule], None]] = {
    "max_winners": _winners,
    "min_winners": _winners,
    "max_winners_per_lot": _winners_per_lot,
    "min_winners_per_lot": _winners_per_lot,
    "max_lots_per_bidder": _lots_per_bidder,
    "min_share_if_awarded": _share_if_awarded,
    "max_volume_share": _share_of_whole,
    "min_volume_share": _share_of_whole,
    "max_spend_share": _share_of_whole,
    "min_spend_share": _share_of_whole,
    "budget": _budget,
    "exclude": _shut_out,
    "set_aside": _shut_out,
    "force_award": _force,
    "mutually_exclusive": _exclusive,
    "implies": _implies,
    "one_supplier_per_region": _region,
    "min_avg": _average,
    "max_avg": _average,
    "min_attr": _shut_out,
    "max_attr": _shut_out,
}
