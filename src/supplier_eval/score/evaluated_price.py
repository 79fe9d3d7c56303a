r"""The evaluated price: what each bid costs, corrected, complete and comparable (§3.1.4, convention §7).

.. math:: P_b = \sum_i \mathrm{round}\bigl(u_{bi}\, v_i\, n_i\, (1 + t_i)\bigr) + \sum_k a_{bk}

with the corrected unit price u, the notice's volume v, the times n that it is bought within the term, the
tax t where prices are evaluated with tax, and the adjustments a that the committee quantified. Each item is
rounded once, half up, to the currency's minor unit, and the whole numbers are added: the items always add up
to the total. How a sheet is read and corrected stands in docs/evaluated-price.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import PriceLine
from supplier_eval.policy.rules import PriceRule
from supplier_eval.score.minor_units import from_minor, plain
from supplier_eval.score.price_climb import Adjustments, Climb
from supplier_eval.score.price_ladder import EvaluatedPrices, PriceFlag, PriceStep, StepRecord
from supplier_eval.score.price_lines import Asked, check_items

__all__ = ["EvaluatedPrices", "PriceFlag", "PriceStep", "evaluate_prices"]

FEWEST_FOR_MEDIAN = 3
PAID_ONCE = ("transition", "exit")


def evaluate_prices(
    lines: Sequence[PriceLine],
    items: Sequence[Item],
    rule: PriceRule,
    *,
    bids: Sequence[str],
    minor_units: int = 2,
    small: Mapping[str, bool] | None = None,
    adjustments: Mapping[str, Adjustments] | None = None,
) -> EvaluatedPrices:
    """Bring the prices of all opened bids to one comparable figure each, with every step on record.

    Parameters
    ----------
    lines : sequence of PriceLine
        Rows of prices.csv, in any order. Lines of bids that are not opened are not looked at.
    items : sequence of Item
        Items of the lot; none where bidders quote one total.
    rule : PriceRule
        Corrections in their order, tax basis, small-business deduction, line for unbalanced items.
    bids : sequence of str
        Bids whose price envelope is open; each needs a complete price.
    minor_units : int
        Decimal places of the currency (0-6).
    small : mapping of str to bool
        Who has declared to be a small business; a bid that is not named has not.
    adjustments : mapping of str to sequence of (str, Decimal)
        By bid: reason and amount of money, added to the price (negative: deducted) as it stands, tax included
        or not as the tender evaluates.

    Returns
    -------
    EvaluatedPrices
        Totals on every rung, evaluated items, steps, flags and findings.

    Raises
    ------
    ValueError
        If an item id stands twice or is ``total``, two bids have the same id but for case, or `minor_units`
        is out of range.

    Notes
    -----
    Missing or unusable figures are findings and never filled in; a bid with an error has None for its totals.
    The order of lines, items, bids and adjustments changes nothing.
    """
    if not 0 <= minor_units <= 6:
        raise ValueError(f"minor_units lies between 0 and 6, not {minor_units}")
    asked = Asked(check_items(items), minor_units, rule.tax_basis == "inclusive")
    by_bid: dict[str, list[PriceLine]] = {id_key(bid): [] for bid in bids}
    for line in lines:
        if id_key(line.bid) in by_bid:
            by_bid[id_key(line.bid)].append(line)
    if len(by_bid) != len(set(bids)):
        raise ValueError("two of the bids have the same id once case and width of letters are set aside")
    wrong_items = list(_item_problems(asked))
    climbs: list[Climb] = []
    for bid in sorted(set(bids)):
        climb = Climb(bid, StepRecord(minor_units))
        climb.found = list(wrong_items)
        extra = (adjustments or {}).get(bid, ())
        climb.climb(by_bid[id_key(bid)], asked, rule, extra, bool((small or {}).get(bid, False)))
        climbs.append(climb)
    return _together(climbs, wrong_items, rule)


def _item_problems(asked: Asked) -> Iterator[Finding]:
    for name, item in asked.items.items():
        if item.kind in PAID_ONCE and item.times != 1:
            facts = {"kind": item.kind, "times": plain(item.times)}
            yield Finding("tender.item.paid_once", "tender", "items", value=name, facts=facts)


def _unbalanced(climbs: Sequence[Climb], factor: Decimal) -> None:
    """Hold every unit price against the median of its item over the bids."""
    for name in sorted({name for climb in climbs for name in climb.units}):
        quoting = [climb for climb in climbs if name in climb.units]
        if len(quoting) < FEWEST_FOR_MEDIAN:
            continue
        prices = sorted(climb.units[name] for climb in quoting)
        median = (prices[(len(prices) - 1) // 2] + prices[len(prices) // 2]) / 2
        wide = Fraction(factor)
        for climb in quoting:
            if climb.units[name] > median * wide:
                climb.weigh(name, (median, wide, median * wide))
            elif climb.units[name] < median / wide:
                climb.weigh(name, (median, wide, median / wide))


def _together(climbs: Sequence[Climb], wrong_items: Sequence[Finding], rule: PriceRule) -> EvaluatedPrices:
    if rule.unbalanced_above is not None:
        _unbalanced(climbs, rule.unbalanced_above)

    def rung(name: str) -> dict[str, Decimal | None]:
        return {c.bid: from_minor(c.totals[name], c.record.minor_units) if name in c.totals else None for c in climbs}

    return EvaluatedPrices(
        read=rung("read"),
        corrected=rung("corrected"),
        adjusted=rung("adjusted"),
        evaluated=rung("evaluated"),
        scored=rung("scored"),
        items={climb.bid: climb.items for climb in climbs},
        steps=tuple(step for climb in climbs for step in climb.record.steps),
        flags=tuple(flag for climb in climbs for flag in climb.flags),
        findings=(*wrong_items, *(f for climb in climbs for f in climb.found[len(wrong_items) :])),
    )
