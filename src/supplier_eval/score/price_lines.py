"""From the rows of a price sheet to quotes that can be corrected and evaluated.

Nothing is repaired here and nothing is guessed: a line is read as it stands, or it is refused with a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import TOTAL_ITEM, PriceLine
from supplier_eval.score.amount_words import read_amount_words
from supplier_eval.score.minor_units import from_minor, half_up, plain, to_minor
from supplier_eval.score.price_line_checks import (
    discount_problems,
    line_finding,
    price_problems,
    unknown_item,
)

__all__ = ["Asked", "Quote", "Sheet", "check_items", "read_sheet"]

ONE = Fraction(1)


@dataclass(frozen=True)
class Asked:
    """What the notice asks for.

    Parameters
    ----------
    items : mapping of str to Item
        Items of the lot by id, in the order of their ids; empty where one total is asked for.
    minor_units : int
        Decimal places of the currency.
    with_tax : bool
        Whether the items' tax is put on top.
    """

    items: Mapping[str, Item]
    minor_units: int
    with_tax: bool

    def tax(self, item: Item) -> Fraction:
        """Tax on top of an item, as a fraction."""
        return Fraction(item.tax_rate) if self.with_tax and item.tax_rate is not None else Fraction(0)


@dataclass
class Quote:
    """One line while it climbs: money in minor units, figures exact.

    Parameters
    ----------
    amount : int
        Price of `quantity` units, once; the corrections work on it.
    read, source, written : int, str, str
        The amount as read, the rule by which it was read, and the figure as written.
    unit : Fraction or None
        Price of one unit in major units; None where only an amount was quoted.
    volume, times, tax : Fraction
        What the notice buys, how often, and the tax on top.
    can_slip : bool
        Whether the line has a unit price whose decimal mark may have slipped.
    ruled : bool
        Whether the words or the opening sheet have set the amount.
    """

    item: str
    row: int
    minor_units: int
    amount: int
    read: int
    source: str
    written: str = ""
    unit: Fraction | None = None
    quantity: Fraction = ONE
    volume: Fraction = ONE
    times: Fraction = ONE
    tax: Fraction = Fraction(0)
    words: int | None = None
    opening: int | None = None
    discount: Decimal | None = None
    base: Decimal | None = None
    can_slip: bool = False
    ruled: bool = False

    def show(self, minor: int) -> str:
        """Minor units as text in major units."""
        return f"{from_minor(minor, self.minor_units):,f}"

    def minor(self, figure: Fraction) -> int:
        """Major units to minor units, half up."""
        return half_up(figure * 10**self.minor_units)

    @property
    def computed(self) -> int | None:
        """Unit price × quantity; None without a unit price."""
        return None if self.unit is None else self.minor(self.unit * self.quantity)

    @property
    def each(self) -> Fraction:
        """Price of one unit, from the amount where no unit price was quoted."""
        if self.unit is not None:
            return self.unit
        return Fraction(self.amount, 10**self.minor_units) / self.quantity

    @property
    def over_term(self) -> int:
        """The line over the whole term, at the bidder's own quantity."""
        if self.computed == self.amount:
            return self.minor(self.each * self.quantity * self.times)
        return half_up(self.amount * self.times)


@dataclass
class Sheet:
    """One bid: items in money, items in per cent of an undeclared base, and the stated total."""

    bid: str
    quotes: dict[str, Quote]
    percents: dict[str, Decimal]
    total: Quote | None


def check_items(items: Sequence[Item]) -> dict[str, Item]:
    """The items by id, in the order of their ids.

    Raises
    ------
    ValueError
        If an id stands twice or is the reserved ``total``.
    """
    keys = [id_key(item.id) for item in items]
    if len(set(keys)) != len(keys):
        raise ValueError("the items must have ids of their own; one stands twice")
    if TOTAL_ITEM in keys:
        raise ValueError(f"the item id {TOTAL_ITEM!r} is reserved for the total of a bid")
    return {item.id: item for item in sorted(items, key=lambda item: item.id)}


def read_sheet(bid: str, lines: Sequence[PriceLine], asked: Asked) -> tuple[Sheet, list[Finding]]:
    """Read all lines of one bid.

    Parameters
    ----------
    bid : str
        Bid id; every line is this bid's.
    lines : sequence of PriceLine
        Rows of prices.csv in any order.
    asked : Asked
        Items of the notice.

    Returns
    -------
    tuple of (Sheet, list of Finding)
        What could be read, and everything that is wrong; with an error among the findings the sheet is not
        complete and must not be evaluated.
    """
    sheet = Sheet(bid, {}, {}, None)
    if not lines:
        return sheet, [line_finding("prices.bid.missing", "bid", bid)]
    by_key = {id_key(name): name for name in (*asked.items, TOTAL_ITEM)}
    found: list[Finding] = []
    read: dict[str, PriceLine] = {}
    for line in sorted(lines, key=lambda line: (line.row, line.item)):
        name = by_key.get(id_key(line.item))
        if name is None:
            found.append(unknown_item(line, asked.items))
        elif name in read:
            first = read[name].row
            found.append(line_finding("prices.duplicate", "", bid, line, f"{bid}, {name}", first=first))
        else:
            read[name] = line
    absent = [name for name in asked.items or (TOTAL_ITEM,) if name not in read]
    found += [line_finding("prices.item.missing", "item", bid, value=name) for name in absent]
    for name, line in read.items():
        found += _read_line(sheet, name, line, asked)
    if sheet.percents and sheet.total is not None:
        facts = {"items": ", ".join(sorted(sheet.percents))}
        note = line_finding("prices.total.not_compared", "item", bid, read[TOTAL_ITEM], TOTAL_ITEM, **facts)
        found.append(replace(note, severity="warning"))
        sheet.total = None
    sheet.quotes = {name: sheet.quotes[name] for name in asked.items if name in sheet.quotes}
    sheet.percents = {name: sheet.percents[name] for name in asked.items if name in sheet.percents}
    return sheet, found


def _read_line(sheet: Sheet, name: str, line: PriceLine, asked: Asked) -> list[Finding]:
    """Put one line into the sheet, or say why not."""
    item = asked.items.get(name)
    if item is not None and item.quote == "discount":
        found = list(discount_problems(line, item))
        discount = line.discount
        if found or discount is None:
            return found
        if item.base is None:
            sheet.percents[name] = 100 - discount
        else:
            sheet.quotes[name] = _discounted(line, item, discount, asked)
        return []
    found = list(price_problems(line, item, name))
    if found:
        return found
    quote = _quote(line, item, name, asked)
    if quote.amount < 1:
        return [line_finding("prices.value.unusable", "amount", line.bid, line, f"{name}: {quote.written}")]
    if item is None:
        sheet.total = quote
    else:
        sheet.quotes[name] = quote
    return []


def _quote(line: PriceLine, item: Item | None, name: str, asked: Asked) -> Quote:
    """A line in money, whose figures have been found usable."""
    places = asked.minor_units
    volume = Fraction(item.volume) if item else Fraction(line.quantity or 1)
    quantity = volume if line.quantity is None else Fraction(line.quantity)
    unit = None if line.unit_price is None else Fraction(line.unit_price)
    in_words = read_amount_words(line.amount_words) if line.amount_words.strip() else None
    words = None if in_words is None else to_minor(in_words, places)
    opening = None if line.opening_amount is None else to_minor(line.opening_amount, places)
    if line.amount is not None:
        amount, source, written = to_minor(line.amount, places), "as_read", plain(line.amount)
        source = source if Fraction(line.amount) * 10**places == amount else "rounded"
    elif line.unit_price is not None and unit is not None:
        amount, source = to_minor(unit * quantity, places), "read_from_unit_price"
        written = plain(line.unit_price)
    elif words is not None:
        amount, source, written = words, "read_from_words", line.amount_words
    else:
        amount, source, written = opening or 0, "read_from_opening_sheet", ""
    return Quote(
        name, line.row, places, amount, amount, source, written, unit, quantity, volume,
        times=Fraction(item.times) if item else ONE,
        tax=asked.tax(item) if item else Fraction(0),
        words=words, opening=opening, can_slip=unit is not None,
    )  # fmt: skip


def _discounted(line: PriceLine, item: Item, discount: Decimal, asked: Asked) -> Quote:
    """An item quoted as a percentage off a declared base price."""
    price = Fraction(item.base or 0) * (100 - Fraction(discount)) / 100
    amount, tax = to_minor(price, asked.minor_units), asked.tax(item)
    return Quote(
        item.id, line.row, asked.minor_units, amount, amount, "discount", plain(discount), price,
        tax=tax, discount=discount, base=item.base,
    )  # fmt: skip
