"""One bid on its way up the price ladder: read, corrected, adjusted, evaluated (docs/evaluated-price.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from supplier_eval.errors import Finding
from supplier_eval.intake.tables import TOTAL_ITEM, PriceLine
from supplier_eval.messages import LANGS, clean, message
from supplier_eval.policy.rules import PriceRule
from supplier_eval.score.corrections import correct_sheet, items_total
from supplier_eval.score.minor_units import SHOWN_WHOLE, exact_figure, from_minor, half_up, plain, show_figure, to_minor
from supplier_eval.score.price_ladder import PriceFlag, PriceStep, StepRecord, item_words
from supplier_eval.score.price_lines import Asked, Quote, Sheet, read_sheet

__all__ = ["Adjustments", "Climb"]

MOST_PLACES = 20
RUNGS = ("read", "corrected", "adjusted", "evaluated", "scored")
Adjustments = Sequence[tuple[str, Decimal]]


@dataclass
class Climb:
    """One bid on its way up; nothing above the first error is reached.

    Parameters
    ----------
    bid : str
        Bid id.
    record : StepRecord
        Takes the steps down.
    found, flags : list
        What is wrong, and what people should look at.
    totals : dict of str to int
        Rung → total in minor units; empty where the bid has no money total.
    items : dict of str to Decimal
        Evaluated items; empty where an error was found.
    units : dict of str to Fraction
        Corrected unit prices of the items quoted in money.
    """

    bid: str
    record: StepRecord
    found: list[Finding] = field(default_factory=list)
    flags: list[PriceFlag] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    items: dict[str, Decimal] = field(default_factory=dict)
    units: dict[str, Fraction] = field(default_factory=dict)

    def climb(self, lines: Sequence[PriceLine], asked: Asked, rule: PriceRule, extra: Adjustments, small: bool) -> None:
        """Climb all rungs, as far as the findings allow."""
        sheet, found = read_sheet(self.bid, lines, asked)
        self.found += found
        self._check_adjustments(sheet, extra)
        if self._refused:
            return
        read = self._read(sheet)
        self.found += correct_sheet(sheet, rule.corrections, self.record)
        self._consent(rule)
        if self._refused:
            return
        self._quantities(sheet)
        money = {name: self._evaluate(quote) for name, quote in sheet.quotes.items()}
        places = self.record.minor_units
        if not sheet.percents and not self._refused:
            self._total(sheet, money, read, extra, rule.small_business_deduction if small else Decimal(0))
        if self._refused:
            return
        self.units = {name: quote.each for name, quote in sheet.quotes.items() if quote.discount is None}
        evaluated = {**sheet.percents, **{name: from_minor(m, places) for name, m in money.items()}}
        self.items = {name: evaluated[name] for name in asked.items}

    @property
    def _refused(self) -> bool:
        return any(finding.severity == "error" for finding in self.found)

    def _read(self, sheet: Sheet) -> int:
        """Take down what the sheet says; the total as stated, else as its items make it."""
        lines = [*sheet.quotes.values(), *([sheet.total] if sheet.total else [])]
        for quote in lines:
            facts = {"written": clean(quote.written)}
            if quote.discount is not None and quote.base is not None:
                facts = {"discount": plain(quote.discount), "base": plain(quote.base)}
            self.record.add((self.bid, quote.item), "read", quote.source, (None, quote.amount), **facts)
        for name, left in sheet.percents.items():
            facts = {"discount": plain(100 - left)}
            self.record.steps.append(PriceStep(self.bid, name, "read", "base_per_cent", None, left, facts))
        if sheet.total is not None:
            return sheet.total.amount
        read = items_total(sheet)
        if not sheet.percents:
            self.record.add((self.bid, TOTAL_ITEM), "read", "sum_of_items", (None, read))
        return read

    def _evaluate(self, quote: Quote) -> int:
        """One item at the notice's volume, over the term, with tax; rounded once."""
        place, shown = (self.bid, quote.item), quote.amount
        price = quote.each * quote.volume
        rungs = []
        if quote.quantity != quote.volume:
            facts = {"quantity": show_figure(quote.quantity), "volume": show_figure(quote.volume)}
            rungs.append(("volume", price, facts))
        price *= quote.times
        if quote.times != 1:
            rungs.append(("term", price, {"times": show_figure(quote.times)}))
        price *= 1 + quote.tax
        if quote.tax:
            rungs.append(("tax", price, {"rate": show_figure(quote.tax * 100)}))
        for name, figure, facts in rungs:
            self.record.add(place, "evaluated", name, (shown, quote.minor(figure)), **facts)
            shown = quote.minor(figure)
        if shown < 1:
            self._find("prices.value.unusable", "unit_price", quote)
        return quote.minor(price)

    def _total(self, sheet: Sheet, money: Mapping[str, int], read: int, extra: Adjustments, rate: Decimal) -> None:
        """The rungs of the total."""
        place, places = (self.bid, TOTAL_ITEM), self.record.minor_units
        corrected = items_total(sheet) if sheet.quotes else read
        if sheet.total is not None:
            corrected = sheet.total.amount
        elif corrected != read:
            self.record.add(place, "corrected", "sum_of_items", (read, corrected))
        adjusted = corrected
        for reason, amount in sorted(extra):
            before, adjusted = adjusted, adjusted + to_minor(amount, places)
            facts = {"reason": clean(reason), "amount": f"{from_minor(adjusted - before, places):,f}"}
            self.record.add(place, "adjusted", "adjustment", (before, adjusted), **facts)
        evaluated = adjusted + (sum(money.values()) - corrected if money else 0)
        self.record.add(place, "evaluated", "evaluated", (adjusted, evaluated))
        scored = half_up(evaluated * (1 - Fraction(rate)))
        if rate:
            facts = {"rate": plain(rate * 100)}
            self.record.add(place, "evaluated", "small_business", (evaluated, scored), **facts)
        if min(adjusted, evaluated, scored) < 1:
            facts = {"bid": self.bid, "amount": f"{from_minor(min(adjusted, evaluated, scored), places):,f}"}
            self.found.append(Finding("prices.total.not_positive", "prices", "amount", facts=facts))
            return
        figures = (read, corrected, adjusted, evaluated, scored)
        self.totals = dict(zip(RUNGS, figures, strict=True))

    def _check_adjustments(self, sheet: Sheet, extra: Adjustments) -> None:
        for reason, amount in extra:
            if not amount.is_finite() or amount.adjusted() >= MOST_PLACES:
                code = "rulings.adjustment.unusable"
            elif sheet.percents:
                code = "rulings.adjustment.no_money_total"
            else:
                continue
            facts = {"bid": self.bid, "reason": reason}
            self.found.append(Finding(code, "rulings", "value", value=str(amount), facts=facts))

    def _consent(self, price_rule: PriceRule) -> None:
        """A corrected price binds once the bidder has confirmed it."""
        if not price_rule.correction_needs_consent:
            return
        corrected: dict[str, list[PriceStep]] = {}
        for step in self.record.steps:
            if step.stage == "corrected":
                corrected.setdefault(step.item, []).append(step)
        for item, steps in corrected.items():
            before, after = steps[0].before or Decimal(0), steps[-1].after
            rules = list(dict.fromkeys(step.rule for step in steps))
            names = {
                f"rules_{lang}": (", " if lang == "en" else "、").join(
                    message(f"price.rule.{rule}", lang) for rule in rules
                )
                for lang in LANGS
            }
            self._flag("prices.correction.needs_consent", item, (after, before), **names)

    def _quantities(self, sheet: Sheet) -> None:
        for name, quote in sheet.quotes.items():
            if quote.quantity != quote.volume:
                figures = exact_figure(quote.quantity), exact_figure(quote.volume)
                self._flag("prices.quantity.differs", name, figures)

    def _flag(self, code: str, item: str, line: tuple[Decimal, Decimal], **facts: str) -> None:
        figure, threshold = line
        told = {"bid": self.bid, "figure": _shown(figure), "threshold": _shown(threshold)}
        told |= {f"item_{lang}": item_words(item, lang) for lang in LANGS}
        self.flags.append(PriceFlag(code, self.bid, item, figure, threshold, {**told, **facts}))

    def _find(self, code: str, column: str, quote: Quote) -> None:
        rows = (quote.row,) if quote.row else ()
        self.found.append(Finding(code, "prices", column, rows, quote.item, {"bid": self.bid}))

    def weigh(self, item: str, line: tuple[Fraction, Fraction, Fraction]) -> None:
        """Flag an item that is out of proportion: (median, factor, threshold crossed)."""
        median, factor, threshold = line
        figures = exact_figure(self.units[item]), exact_figure(threshold)
        facts = {"median": _shown(exact_figure(median)), "factor": show_figure(factor)}
        self._flag("prices.item.unbalanced", item, figures, **facts)


def _shown(figure: Decimal) -> str:
    """A figure for people; one that does not end is cut to two decimals."""
    whole = f"{figure:,f}"
    return whole if len(whole) <= SHOWN_WHOLE else f"{figure:,.2f}"
