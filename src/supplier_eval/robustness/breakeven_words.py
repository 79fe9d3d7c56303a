"""Break-even figures in plain sentences; the words stand in ``messages/breakeven.toml``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from supplier_eval.messages import Lang, message
from supplier_eval.messages.minus import said_figure
from supplier_eval.rank.points_words import said_bid, signed
from supplier_eval.robustness.breakeven_mark import MarkRange
from supplier_eval.robustness.breakeven_price import PriceRange
from supplier_eval.robustness.winning_ends import Interval


@dataclass(frozen=True)
class Labels:
    """Names of bids, names of criteria by language, and the decimals in which money is written."""

    names: Mapping[str, str]
    criteria: Mapping[str, Mapping[str, str]]
    minor_units: int

    def name(self, bid: str) -> str:
        """Display name of a bid."""
        return self.names.get(bid, bid)

    def criterion(self, name: str, lang: Lang) -> str:
        """Display name of a criterion."""
        return self.criteria.get(name, {}).get(lang) or name

    def money(self, amount: float) -> str:
        """Money with all its decimals."""
        return f"{amount:,.{self.minor_units}f}"


def say_bid(
    bid: str,
    prices: Sequence[PriceRange],
    marks: Sequence[MarkRange],
    mark: MarkRange | None,
    labels: Labels,
    lang: Lang,
) -> str:
    """Everything about one bid, one sentence a line."""
    every: list[PriceRange | MarkRange] = [*prices, *marks]
    why = next((one for one in every if one.not_asked and one.not_asked != "below_floor"), None)
    lines = [message("breakeven.head", lang, who=said_bid(bid, labels.name(bid), lang))]
    if why is not None:
        return "\n".join([*lines, _why(why, lang)])
    lines += [_price(one, labels, lang) for one in prices]
    if mark is not None:
        lines.append(_mark(mark, labels, lang))
    elif all(one.winner == one.wins_now for one in marks):  # a winner by draw loses its tie with any lower mark
        lines.append(message("breakeven.mark.none", lang))
    return "\n".join(lines)


def say_nearest(mark: MarkRange | None, labels: Labels, lang: Lang) -> str:
    """Which single mark is nearest to changing the winner."""
    if mark is None:
        return message("breakeven.nearest.none", lang)
    who = said_bid(mark.bid, labels.name(mark.bid), lang)
    return message("breakeven.nearest", lang, who=who) + _mark(mark, labels, lang)


def price_note(one: PriceRange, labels: Labels, lang: Lang) -> str:
    """What a row of the price table needs beside its figures; empty where that is nothing."""
    if one.not_asked:
        return _why(one, lang)
    said = []
    if one.price is not None and any(low <= one.price <= high for low, high in one.ties) and not one.wins_now:
        said.append(message("breakeven.tied", lang))
    if len(one.wins) > 1:
        said.append(message("breakeven.several", lang, set=_set(one, labels, lang)))
    if one.wins and not any(one.whole):
        said.append(message("breakeven.no_whole", lang))
    if not one.complete:
        said.append(message("breakeven.rounding", lang))
    return _run_on(said, lang)


def mark_note(one: MarkRange, labels: Labels, lang: Lang) -> str:
    """What a row of the table of marks needs beside its figures."""
    if one.not_asked:
        return _why(one, lang)
    said = []
    if one.mark is not None and any(low <= one.mark <= high for low, high in one.ties) and not one.wins_now:
        said.append(message("breakeven.tied", lang))
    if one.kind == "levels":
        said.append(message("breakeven.levels", lang, set=", ".join(f"{x.lower:g}" for x in one.wins)))
    elif len(one.wins) > 1:
        shown = [_interval(x, lambda v: f"{v:g}", lang) for x in one.wins]
        said.append(message("breakeven.several", lang, set="; ".join(shown)))
    if not one.complete:
        said.append(message("breakeven.rounding", lang))
    return _run_on(said, lang)


def _why(one: PriceRange | MarkRange, lang: Lang) -> str:
    said = message(f"breakeven.{one.not_asked}", lang)
    return _run_on([said, *(reason.say(lang) for reason in one.reasons)], lang)


def _price(one: PriceRange, labels: Labels, lang: Lang) -> str:
    """One price criterion of one bid."""
    facts = {"criterion": labels.criterion(one.criterion, lang), "set": _set(one, labels, lang)}
    facts |= {"low": labels.money(one.asked[0]), "high": labels.money(one.asked[1])}
    if one.not_asked or one.price is None or not one.wins:
        return _why(one, lang) if one.not_asked else message("breakeven.price.never", lang, **facts)
    if one.change is None:
        return message("breakeven.price.any", lang, **facts)
    target = float(one.target) if one.target is not None else one.price + one.change
    facts |= {"price": labels.money(one.price), "target": labels.money(target)}
    facts |= {"change": signed(one.change, labels.minor_units), "percent": signed(one.change_percent or 0.0, 4)}
    code = "keeps" if one.wins_now else "tied" if one.winner else "needs"
    said = [message(f"breakeven.price.{code}", lang, **facts)]
    if one.threshold is not None:
        said.append(message("breakeven.price.single", lang, threshold=labels.money(one.threshold)))
    else:
        said.append(message("breakeven.price.set", lang, **facts))
    note = price_note(one, labels, lang) if len(one.wins) == 1 else ""
    return _run_on([*said, *([note] if note else [])], lang)


def _mark(one: MarkRange, labels: Labels, lang: Lang) -> str:
    facts = {"criterion": labels.criterion(one.criterion, lang), "evaluator": one.evaluator, "mark": f"{one.mark:g}"}
    facts |= {"target": f"{one.target:.6g}", "change": said_figure(f"{one.change:+.4g}")}
    at_target = any(one.target is not None and x.holds(one.target) for x in one.wins)
    code = ("keeps" if at_target else "loses") if one.wins_now else ("needs" if at_target else "needs_beyond")
    return message(f"breakeven.mark.{code}", lang, **facts)


def _set(one: PriceRange, labels: Labels, lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(_interval(x, labels.money, lang) for x in one.wins)


def _run_on(sentences: Sequence[str], lang: Lang) -> str:
    """Sentences one after the other, as the language writes them."""
    return ("" if lang == "zh" else " ").join(sentences)


def _interval(one: Interval, show: Callable[[float], str], lang: Lang) -> str:
    """An interval in words: from … (included or not) to …."""
    if one.lower == one.upper:
        return show(one.lower)
    low = message(f"breakeven.{'from' if one.lower_closed else 'above'}", lang, x=show(one.lower))
    high = message(f"breakeven.{'to' if one.upper_closed else 'below'}", lang, x=show(one.upper))
    return low + high
