"""Cases: abnormal prices and other flags that people must ask about, answer and rule (convention §15).

A published ceiling or floor of the price is a gate and excludes; a line drawn by a rule only opens a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from supplier_eval.flags import Flag, Reason, Ruling

if TYPE_CHECKING:
    from supplier_eval.intake.notice import Lot
    from supplier_eval.policy.rules import AbnormalRule

ABNORMAL = "price.abnormal."


def price_gates(prices: Mapping[str, Decimal], lot: Lot) -> dict[str, tuple[Reason, ...]]:
    """Bids whose price lies outside the published limits of the lot, with the reason.

    Parameters
    ----------
    prices : mapping
        Bid id → evaluated price in the tender's currency.
    lot : Lot
        Carries `ceiling` and `price_floor`, either may be absent.
    """
    out: dict[str, tuple[Reason, ...]] = {}
    for bid, price in prices.items():
        if lot.ceiling is not None and price > lot.ceiling:
            off = price - lot.ceiling
            percent = f"{100 * off / lot.ceiling:,.2f}"
            facts = {
                "found": f"{price:,}",
                "limit": _like(price, lot.ceiling),
                "off": f"{off:,}",
                "percent": percent,
            }
            out[bid] = (Reason("qualify.ceiling", "§3.1.4", facts),)
        elif lot.price_floor is not None and price < lot.price_floor:
            off = lot.price_floor - price
            facts = {"found": f"{price:,}", "limit": _like(price, lot.price_floor), "off": f"{off:,}"}
            out[bid] = (Reason("qualify.price_floor", "§3.1.4", facts),)
    return out


def abnormal_prices(prices: Mapping[str, Decimal], rules: tuple[AbnormalRule, ...], lot: Lot) -> list[Flag]:
    """Prices beyond a line of the policy; each opens a case.

    Parameters
    ----------
    prices : mapping
        Eligible bids → evaluated price.
    rules : tuple of AbnormalRule
        Rules of kind ``points_fraction`` are judged after scoring, see `abnormal_points`.
    lot : Lot
        Carries the ceiling for ``below_share_of_ceiling``; without one that rule says nothing.
    """
    flags: list[Flag] = []
    for rule in rules:
        if len(prices) < rule.minimum_bids or rule.kind == "points_fraction":
            continue
        for bid, price in prices.items():
            reference = _reference(rule, bid, prices, lot)
            if reference is None:
                continue
            share = price / reference
            beyond = share > rule.limit if rule.kind.startswith("above") else share < rule.limit
            if beyond:
                flags.append(
                    _flag(
                        rule,
                        lot.id,
                        bid,
                        float(share),
                        {"price": f"{price:,}", "reference": f"{reference:,.2f}"},
                    )
                )
    return flags


def abnormal_points(
    price_share: Mapping[str, float],
    other_share: Mapping[str, float],
    rules: tuple[AbnormalRule, ...],
    lot: str,
) -> list[Flag]:
    """Bids whose price points and other points both reach the stated fraction of their maximum.

    Parameters
    ----------
    price_share, other_share : mapping
        Bid id → points over maximum points (0-1) of the price criteria and of all others.
    """
    return [
        _flag(rule, lot, bid, min(share, other_share[bid]), {})
        for rule in rules
        if rule.kind == "points_fraction"
        for bid, share in price_share.items()
        if share >= float(rule.limit) and other_share[bid] >= float(rule.limit)
    ]


def _like(price: Decimal, other: Decimal) -> str:
    """Another amount with as many decimals as the price."""
    return f"{other.quantize(Decimal(1).scaleb(min(int(price.as_tuple().exponent), 0))):,}"


def ruled_out(flags: list[Flag]) -> dict[str, tuple[Reason, ...]]:
    """Bids that a ruling on one of these cases excludes."""
    out: dict[str, tuple[Reason, ...]] = {}
    for flag in flags:
        if flag.ruling is not None and flag.ruling.ruling == "exclude" and flag.bid:
            out[flag.bid] = (*out.get(flag.bid, ()), _excluded(flag.ruling, flag.clause))
    return out


def _excluded(ruling: Ruling, clause: str) -> Reason:
    facts = {"by": ruling.by, "on": ruling.on.isoformat(), "case": ruling.case, "reason": ruling.reason.rstrip(".。")}
    return Reason("qualify.case_excluded", clause, facts)


def _reference(rule: AbnormalRule, bid: str, prices: Mapping[str, Decimal], lot: Lot) -> Decimal | None:
    if rule.kind.endswith("of_mean"):
        return sum(prices.values(), Decimal(0)) / len(prices)
    if rule.kind == "below_share_of_ceiling":
        return lot.ceiling
    higher = [price for other, price in prices.items() if other != bid and price >= prices[bid]]
    return min(higher) if higher else None


def _flag(rule: AbnormalRule, lot: str, bid: str, figure: float, facts: Mapping[str, object]) -> Flag:
    return Flag(
        ABNORMAL + rule.kind,
        lot=lot,
        bid=bid,
        figure=figure,
        threshold=float(rule.limit),
        clause=rule.clause,
        holds=True,
        facts=facts,
    )
