"""What ranges of prices say, in sentences; the words stand in ``messages/award_price_range.toml``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.audit_words import plain
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.award.price_ends import PriceEnd
    from supplier_eval.award.price_range_result import PriceRange, PriceRanges

MOST_OFFERS = 40
MOST_NAMES = 6


def explain_ranges(found: PriceRanges, lang: Lang = "en") -> str:
    """Say how far each price may go, offers that are awarded something first.

    Parameters
    ----------
    found : PriceRanges
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One offer a line.
    """
    if found.status != "optimal":
        known = found.status if found.status in ("infeasible", "not_optimal") else "nothing_known"
        return message(f"price_range.{known}", lang, status=found.status)
    ordered = sorted(found.ranges.values(), key=lambda own: not own.share)
    lines = [_offer(found, own, lang) for own in ordered[:MOST_OFFERS]]
    if len(ordered) > MOST_OFFERS:
        lines.append(message("price_range.more", lang, n=len(ordered) - MOST_OFFERS))
    ends = [end for own in found.ranges.values() for end in (own.low, own.high) if end is not None]
    if any(end.kind == "crossing" for end in ends):
        lines.append(message("price_range.reached", lang))
    if any(end.kind in ("bracket", "seen") for end in ends):
        lines.append(message("price_range.stepwise", lang))
    if any(end.kind == "open" for end in ends):
        lines.append(message("price_range.unsettled", lang))
    lines.append(message("price_range.exploratory", lang))
    return "\n".join(lines)


def said_price(found: PriceRanges, price: Fraction) -> str:
    """A price as it is: never fewer decimals than its currency has, at most four more."""
    terms = found.problem.terms
    fewest, most = terms.minor_units, terms.minor_units + 4
    whole, _, decimals = f"{float(price):,.{most}f}".partition(".")
    kept = decimals[:fewest] + decimals[fewest:].rstrip("0")
    return f"{whole}.{kept}" if kept else whole


def _offer(found: PriceRanges, own: PriceRange, lang: Lang) -> str:
    facts: dict[str, object] = {"offer": clean(own.name), "share": plain(100 * own.share)}
    if own.price is None or own.low is None or own.high is None:
        return message("price_range.curve", lang, **facts)
    awarded = "awarded" if own.share else "not_awarded"
    line = message(f"price_range.{awarded}", lang, price=said_price(found, own.price), **facts)
    if own.enters is not None:
        line += message("price_range.enters", lang, price=said_price(found, own.enters))
    return line + _end(found, own.high, "high", lang) + _end(found, own.low, "low", lang)


def _end(found: PriceRanges, end: PriceEnd, side: str, lang: Lang) -> str:
    facts: dict[str, object] = {
        "price": "-" if end.price is None else said_price(found, end.price),
        "beyond": "-" if end.beyond is None else said_price(found, end.beyond),
        "then": _then(found, end, lang),
    }
    kind = "open_beyond" if end.kind == "open" and end.beyond is not None else end.kind
    return message(f"price_range.{side}.{kind}", lang, **facts)


def _then(found: PriceRanges, end: PriceEnd, lang: Lang) -> str:
    """What is awarded behind an end."""
    if end.award is None:
        return message("price_range.then.nothing", lang)
    names = [clean(name) for name in end.award.winners(found.problem)]
    shown = names[:MOST_NAMES] + (["…"] if len(names) > MOST_NAMES else [])
    who = ("、" if lang == "zh" else ", ").join(shown) or message("price_range.nobody", lang)
    return message("price_range.then", lang, who=who, share=plain(100 * (found.moved(end) or Fraction(0))))
