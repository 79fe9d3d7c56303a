"""Arithmetic corrections of a price sheet, one after the other in the order that the policy declares.

The four rules are those of article 59 of 《政府采购货物和服务招标投标管理办法》 (Ministry of Finance of
China, Order No. 87, 2017; recalled): the opening sheet prevails over the file; words prevail over figures;
where the decimal mark of a unit price has plainly slipped, the total prevails and the unit price is amended;
where a total differs from what the unit prices make, the unit prices prevail. Where several differ, they are
corrected in that order: each rule looks at what the rules before it have left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from supplier_eval.errors import Finding
from supplier_eval.intake.tables import TOTAL_ITEM
from supplier_eval.score.minor_units import show_figure
from supplier_eval.score.price_ladder import StepRecord
from supplier_eval.score.price_lines import Quote, Sheet

__all__ = ["correct_sheet", "items_total"]

SLIPS = (1, -1, 2, -2, 3, -3)
OTHER_UNIT = (4, -4)
NEARNESS = 1000

Place = tuple[str, str]


def correct_sheet(sheet: Sheet, rules: Sequence[str], record: StepRecord) -> list[Finding]:
    """Correct the lines of one bid and the total that it states.

    Parameters
    ----------
    sheet : Sheet
        Quotes as read; they are corrected in place.
    rules : sequence of str
        ``opening_over_file``, ``words_over_figures``, ``decimal_slip``, ``unit_times_quantity``, in the order
        in which they act; a rule that is not named does not act.
    record : StepRecord
        Takes every step down.

    Returns
    -------
    list of Finding
        Contradictions that no named rule settles, or only people can; with one of them the bid has no
        corrected price, and no later rule acts.
    """
    found: list[Finding] = []
    for rule in rules:
        for quote in _lines(sheet):
            found += RULES[rule]((sheet.bid, quote.item), quote, record)
        if sheet.quotes and sheet.total is not None:
            if rule == "decimal_slip":
                found += _slip_behind_total(sheet, sheet.total, record)
            if rule == "unit_times_quantity":
                _total_from_items(sheet.bid, sheet.total, items_total(sheet), record)
        if found:
            return found
    for quote in _lines(sheet):
        found += _unsettled(sheet.bid, quote, rules)
        _let_unit_follow((sheet.bid, quote.item), quote, record)
    total = sheet.total
    if sheet.quotes and total is not None and not found and total.amount != items_total(sheet):
        facts = {"stated": total.show(total.amount), "summed": total.show(items_total(sheet))}
        found.append(_finding("prices.total.contradicts", "amount", sheet.bid, total, **facts))
    return found


def items_total(sheet: Sheet) -> int:
    """The items of a bid over the whole term, added up in minor units."""
    return sum(quote.over_term for quote in sheet.quotes.values())


def _lines(sheet: Sheet) -> list[Quote]:
    return [*sheet.quotes.values(), *([sheet.total] if sheet.total is not None else [])]


def _opening_over_file(place: Place, quote: Quote, record: StepRecord) -> list[Finding]:
    """The opening sheet prevails; what it overrides is the file's amount in figures and in words."""
    if quote.opening is not None and quote.opening != quote.amount:
        record.add(place, "corrected", "opening_over_file", (quote.amount, quote.opening))
        quote.amount, quote.ruled, quote.words = quote.opening, True, None
    return []


def _words_over_figures(place: Place, quote: Quote, record: StepRecord) -> list[Finding]:
    """The words prevail over the figures beside them."""
    if quote.words is not None and quote.words != quote.amount:
        record.add(place, "corrected", "words_over_figures", (quote.amount, quote.words))
        quote.amount, quote.ruled = quote.words, True
    return []


def _decimal_slip(place: Place, quote: Quote, record: StepRecord) -> list[Finding]:
    """A unit price that is off by a power of ten from what the stated amount says is amended."""
    stated = _stated(quote)
    if not quote.can_slip or quote.unit is None or quote.computed == stated:
        return []
    price = quote.unit * quote.quantity
    slip = next((k for k in SLIPS if _fits(quote, price, k, stated)), None)
    if slip is not None:
        _amend(place, quote, slip, stated, record)
    elif any(_fits(quote, price, k, stated) for k in OTHER_UNIT):
        facts = {"stated": quote.show(stated), "computed": quote.show(quote.computed or 0)}
        return [_finding("prices.amount.other_unit", "amount", place[0], quote, **facts)]
    return []


def _unit_times_quantity(place: Place, quote: Quote, record: StepRecord) -> list[Finding]:
    """Unit price × quantity prevails over the amount."""
    computed = quote.computed
    if computed is not None and computed != quote.amount:
        facts = {"unit": show_figure(quote.each), "quantity": show_figure(quote.quantity)}
        record.add(place, "corrected", "unit_times_quantity", (quote.amount, computed), **facts)
        quote.amount, quote.ruled = computed, False
    return []


RULES: dict[str, Callable[[Place, Quote, StepRecord], list[Finding]]] = {
    "opening_over_file": _opening_over_file,
    "words_over_figures": _words_over_figures,
    "decimal_slip": _decimal_slip,
    "unit_times_quantity": _unit_times_quantity,
}


def _stated(quote: Quote) -> int:
    """The amount against which a unit price is held: the opening sheet's unless a rule has set another."""
    return quote.amount if quote.ruled or quote.opening is None else quote.opening


def _fits(quote: Quote, price: Fraction, places: int, stated: int) -> bool:
    """Whether the price with its mark moved is the stated one, to the minor unit and to 1 in 1000."""
    moved = price / Fraction(10) ** places
    gap = abs(moved * 10**quote.minor_units - stated)
    return quote.minor(moved) == stated and gap * NEARNESS <= stated


def _amend(place: Place, quote: Quote, places: int, amount: int, record: StepRecord) -> None:
    """Move the mark of the unit price; the amount is what the amended unit price makes."""
    amended = quote.each / Fraction(10) ** places
    facts = {"unit_before": show_figure(quote.each), "unit_after": show_figure(amended)}
    record.add(place, "corrected", "decimal_slip", (quote.amount, amount), **facts)
    quote.unit, quote.amount, quote.ruled = amended, amount, True


def _slip_behind_total(sheet: Sheet, total: Quote, record: StepRecord) -> list[Finding]:
    """A total that one slipped unit price explains amends it; where it is not plain which, people ask."""
    stated, summed = _stated(total), items_total(sheet)
    if summed == stated:
        return []
    slips = (*SLIPS, *OTHER_UNIT)
    hits = [(q, k) for q in sheet.quotes.values() for k in slips if _explains(q, k, stated - summed)]
    whole = any(summed == stated * 10**k or summed * 10**k == stated for k in slips if k > 0)
    if len(hits) == 1 and hits[0][1] in SLIPS and not (whole and len(sheet.quotes) > 1):
        quote, places = hits[0]
        amended = quote.each / Fraction(10) ** places
        _amend((sheet.bid, quote.item), quote, places, quote.minor(amended * quote.quantity), record)
        return []
    if not hits and not whole:
        return []
    facts = {"stated": total.show(stated), "summed": total.show(summed)}
    return [_finding("prices.total.slip_unclear", "amount", sheet.bid, total, **facts)]


def _explains(quote: Quote, places: int, difference: int) -> bool:
    """Whether moving this unit price's mark makes up the whole difference between total and items."""
    if not quote.can_slip or quote.unit is None:
        return False
    price = quote.unit * quote.quantity * quote.times
    return _fits(quote, price, places, quote.over_term + difference)


def _total_from_items(bid: str, total: Quote, summed: int, record: StepRecord) -> None:
    """What the items make prevails over the total stated."""
    if summed != total.amount:
        record.add((bid, TOTAL_ITEM), "corrected", "unit_times_quantity", (total.amount, summed))
    total.amount, total.unit, total.ruled = summed, None, False


def _let_unit_follow(place: Place, quote: Quote, record: StepRecord) -> None:
    """Where words or opening sheet have had the last word, the unit price follows the amount."""
    if quote.ruled and quote.unit is not None and quote.computed != quote.amount:
        before, quote.unit = quote.unit, None
        facts = {"unit_before": show_figure(before), "unit_after": show_figure(quote.each)}
        record.add(place, "corrected", "unit_follows", (quote.amount, quote.amount), **facts)


def _unsettled(bid: str, quote: Quote, rules: Sequence[str]) -> list[Finding]:
    """What contradicts the amount, and no named rule settles."""
    found = []
    for column, rule, stated in (
        ("opening_amount", "opening_over_file", quote.opening),
        ("amount_words", "words_over_figures", quote.words),
        ("unit_price", "unit_times_quantity", None if quote.ruled else quote.computed),
    ):
        unnamed = rule not in rules or rule == "unit_times_quantity"
        if unnamed and stated is not None and stated not in {quote.read, quote.amount}:
            facts = {"stated": quote.show(stated), "amount": quote.show(quote.read), "rule": rule}
            found.append(_finding("prices.amount.contradicts", column, bid, quote, **facts))
    return found


def _finding(code: str, column: str, bid: str, quote: Quote, **facts: str) -> Finding:
    rows = (quote.row,) if quote.row else ()
    return Finding(code, "prices", column, rows, quote.item, {"bid": bid, **facts})
