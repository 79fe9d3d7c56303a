"""A problem with a scenario's changes: rules, limits, terms, offers left out, prices and demands scaled; exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.award.offer_keys import BUNDLE
from supplier_eval.award.parts import ONE, Bid, BidKey, Bundle, Lot, Segment
from supplier_eval.award.scenario_keys import ALL, Asked, read_change
from supplier_eval.award.tally import total
from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem


def changed(
    problem: AwardProblem, name: str, change: Mapping[object, object]
) -> tuple[AwardProblem | None, list[Finding]]:
    """The problem as a scenario has it, or everything that is wrong with the scenario.

    Parameters
    ----------
    problem : AwardProblem
        The base.
    name : str
        Name of the scenario.
    change : mapping
        Keys as in `scenario_keys.KEYS`.

    Returns
    -------
    tuple of (AwardProblem or None, list of Finding)
        An exploratory problem; None where there are findings.
    """
    asked, findings = read_change(problem, name, change)
    if findings:
        return None, findings
    made = demanded(left_out(problem, asked), asked.demand)
    made = priced(made, asked.prices)
    if not (asked.terms or asked.limits or asked.rules is not None):
        return made, []
    try:
        return _read_again(made, asked), []
    except InvalidInput as refused:
        return None, [_named(name, finding) for finding in refused.findings if finding.severity == "error"]


def left_out(problem: AwardProblem, asked: Asked) -> AwardProblem:
    """Without some rules and offers; a supplier that is left out stays known, with nothing that could be awarded."""
    gone = asked.without_suppliers
    bids = {key: bid for key, bid in problem.bids.items() if key not in asked.without_bids and bid.supplier not in gone}
    bundles = {
        key: offer
        for key, offer in problem.bundles.items()
        if key not in asked.without_bundles and offer.supplier not in gone
    }
    while lonely := [key for key, offer in bundles.items() if not set(offer.requires) <= set(bundles)]:
        for key in lonely:
            del bundles[key]
    made = problem.without_rules(asked.without_rules)
    return made.replace(bids=MappingProxyType(bids), bundles=MappingProxyType(bundles))


def demanded(problem: AwardProblem, factors: Mapping[str, Fraction]) -> AwardProblem:
    """With demands scaled; a bid takes capacity in proportion, and a bundle's price grows with the volume it covers."""
    if not factors:
        return problem

    def factor(lot: str) -> Fraction:
        return factors.get(lot, factors.get(ALL, ONE))

    lots = {key: replace(lot, demand=lot.demand * factor(key)) for key, lot in problem.lots.items()}
    bids = {
        key: bid if bid.use is None else replace(bid, use=bid.use * factor(bid.lot))
        for key, bid in problem.bids.items()
    }

    def volume(bundle: Bundle, of: Mapping[str, Lot]) -> Fraction:
        return total(of[lot].demand for lot in bundle.lots)

    bundles = {
        key: replace(offer, price=offer.price * volume(offer, lots) / volume(offer, problem.lots))
        for key, offer in problem.bundles.items()
    }
    return problem.replace(
        lots=MappingProxyType(lots), bids=MappingProxyType(bids), bundles=MappingProxyType(bundles)
    )  # fmt: skip


def priced(problem: AwardProblem, factors: Mapping[str | BidKey, Fraction]) -> AwardProblem:
    """With prices scaled: all, those of a supplier, of a bid or of a bundle; the narrowest that is named counts."""
    if not factors:
        return problem
    every = factors.get(ALL, ONE)

    def of_bid(bid: Bid) -> Fraction:
        return factors.get(bid.key, factors.get(bid.supplier, every))

    def of_bundle(bundle: Bundle) -> Fraction:
        return factors.get(f"{BUNDLE}{bundle.id}", factors.get(bundle.supplier, every))

    bids = {key: scaled(bid, of_bid(bid)) for key, bid in problem.bids.items()}
    bundles = {key: replace(offer, price=offer.price * of_bundle(offer)) for key, offer in problem.bundles.items()}
    return problem.replace(bids=MappingProxyType(bids), bundles=MappingProxyType(bundles))


def scaled(bid: Bid, factor: Fraction) -> Bid:
    """A bid with its price, or all of its curve, times a factor."""
    if bid.price is not None:
        return replace(bid, price=bid.price * factor)
    curve = (
        Segment(qlo=each.qlo, qhi=each.qhi, fixed=each.fixed * factor, slope=each.slope * factor) for each in bid.curve
    )
    return replace(bid, curve=tuple(curve))


def _read_again(problem: AwardProblem, asked: Asked) -> AwardProblem:
    """With rules and terms read like those of any problem, so that whatever is wrong with them is said."""
    from supplier_eval.award.problem import AwardProblem

    rules: list[object] = [
        replace(rule, value=asked.limits[key]) if key in asked.limits else rule  # type: ignore[arg-type]
        for key, rule in problem.rules.items()
    ]
    terms: dict[str, object] = {
        "objective": problem.terms.goal,
        "cover": problem.terms.cover,
        "grid": problem.terms.grid,
        "currency": problem.terms.currency,
        "minor_units": problem.terms.minor_units,
        "tie_keys": problem.terms.tie_keys,
    }
    if "share_step" in asked.terms:
        del terms["grid"]
    made = AwardProblem(
        problem.lots,
        problem.suppliers,
        problem.bids,
        bundles=problem.bundles,
        rules=[*rules, *_listed(asked.rules)],
        **(terms | asked.terms),
    )
    return AwardProblem.of_parts(made.parts, "exploratory", problem.policy_fingerprint)


def _listed(rules: object) -> list[object]:
    """Rules to be added, from a list, a mapping by id or a single rule."""
    if rules is None:
        return []
    if isinstance(rules, Mapping):
        if "kind" in rules or "type" in rules:
            return [rules]
        return [{"id": key, **rule} if isinstance(rule, Mapping) else rule for key, rule in rules.items()]
    return list(rules) if isinstance(rules, list | tuple) else [rules]


def _named(name: str, finding: Finding) -> Finding:
    """A finding of the changed problem, under the name of its scenario."""
    return replace(finding, table=f"scenarios.{name}.{finding.table}", rows=())
