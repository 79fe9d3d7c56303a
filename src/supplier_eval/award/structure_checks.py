"""What every award has to keep whatever the rules say: grid, cover, shares, curves, capacities, bundles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.parts import ONE, ZERO, Bid

if TYPE_CHECKING:
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.tally import Tally

SHARE, VOLUME = "share of a lot", "volume"


@dataclass(frozen=True)
class Breach:
    """One thing that an award breaks, and by how much.

    Parameters
    ----------
    what : str
        Rule id, or the condition of the problem: ``grid``, ``cover``, ``share``, ``indivisible``, ``min_qty``,
        ``curve``, ``alternates``, ``capacity``, ``min_volume``, ``bundle``.
    amount : Fraction
        By how much, > 0, in `unit`.
    unit : str
        ``share of a lot``, ``volume``, ``money``, ``suppliers``, ``lots``, ``attribute x volume``, ``offers``,
        ``bundles``, ``units in a lot``.
    hard : bool
        The award is not valid because of it.
    penalty : Fraction
        What is paid for it: money, or points in a score objective; 0 where hard.
    where : tuple of str
        Ids of the lots, suppliers or bundles concerned.
    kind : str
        Kind of the rule; empty for a condition of the problem.
    """

    what: str
    amount: Fraction
    unit: str
    hard: bool
    penalty: Fraction
    where: tuple[str, ...]
    kind: str = ""


def structure_breaches(problem: AwardProblem, award: Award, tally: Tally) -> tuple[Breach, ...]:
    """All conditions that an award breaks, other than rules.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    award : Award
        Who gets what.
    tally : Tally
        The same award added up.

    Returns
    -------
    tuple of Breach
        All hard: the grid, lots, bids, suppliers, bundles, each in canonical order.
    """
    found: list[Breach] = []
    if problem.terms.grid % award.grid:
        found.append(_hard("grid", Fraction(award.grid), "units in a lot"))
    found += _cover(problem, tally)
    found += (
        _hard("share", Fraction(-units, award.grid), SHARE, *key) for key, units in award.units.items() if units < 0
    )
    found += _bids(problem, tally)
    found += _suppliers(problem, tally)
    found += _bundles(award, tally)
    return tuple(found)


def _hard(what: str, amount: Fraction, unit: str, *where: str) -> Breach:
    return Breach(what, amount, unit, hard=True, penalty=ZERO, where=tuple(part for part in where if part))


def _cover(problem: AwardProblem, tally: Tally) -> Iterator[Breach]:
    """Too little or too much of a lot."""
    cover = problem.terms.cover
    for key, lot in problem.lots.items():
        covered = tally.covered.get(key, ZERO)
        if covered == ONE:
            continue
        too_little = covered < ONE and cover != "at_most" and lot.unserved_cost is None
        too_much = covered > ONE and cover != "free_disposal"
        if too_little or too_much:
            yield _hard("cover", abs(covered - ONE), SHARE, key)


def _bids(problem: AwardProblem, tally: Tally) -> Iterator[Breach]:
    """Each bid's own limits, and one offer of a supplier a lot."""
    offers: Counter[tuple[str, str]] = Counter()
    for line in tally.lines:
        if not isinstance(line.offer, Bid):
            continue
        bid, share = line.offer, line.share
        offers[bid.lot, bid.supplier] += 1
        if problem.lots[bid.lot].indivisible and share != ONE:
            yield _hard("indivisible", min(share, abs(ONE - share)), SHARE, *bid.key)
        if share < bid.min_share or share > bid.max_share:
            yield _hard("share", max(bid.min_share - share, share - bid.max_share), SHARE, *bid.key)
        if line.volume < bid.min_qty:
            yield _hard("min_qty", bid.min_qty - line.volume, VOLUME, *bid.key)
        if bid.curve and not bid.curve[0].qlo <= line.volume <= bid.curve[-1].qhi:
            outside = max(bid.curve[0].qlo - line.volume, line.volume - bid.curve[-1].qhi)
            yield _hard("curve", outside, VOLUME, *bid.key)
    for place, count in sorted(offers.items()):
        if count > 1:
            yield _hard("alternates", Fraction(count - 1), "offers", *place)


def _suppliers(problem: AwardProblem, tally: Tally) -> Iterator[Breach]:
    """Capacity, and the least that a winner must be awarded."""
    for name, figures in tally.suppliers.items():
        supplier = problem.suppliers[name]
        if supplier.capacity is not None and figures.capacity_used > supplier.capacity:
            yield _hard("capacity", figures.capacity_used - supplier.capacity, VOLUME, name)
        if supplier.min_volume is not None and figures.volume < supplier.min_volume:
            yield _hard("min_volume", supplier.min_volume - figures.volume, VOLUME, name)


def _bundles(award: Award, tally: Tally) -> Iterator[Breach]:
    """Bundles that lack what they require, or exclude each other."""
    rivals: dict[tuple[str, str], list[str]] = defaultdict(list)
    for bundle in tally.bundles:
        missing = sorted(set(bundle.requires) - award.bundles)
        if missing:
            yield _hard("bundle", Fraction(len(missing)), "bundles", bundle.id, *missing)
        if bundle.exclusive:
            rivals[bundle.supplier, bundle.exclusive].append(bundle.id)
    for _, together in sorted(rivals.items()):
        if len(together) > 1:
            yield _hard("bundle", Fraction(len(together) - 1), "bundles", *together)
