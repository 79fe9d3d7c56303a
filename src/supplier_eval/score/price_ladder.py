"""The price ladder: as read, corrected, adjusted, evaluated; every rung of every bid on record.

Only the evaluated price is scored and contracted; ``scored`` differs from it where small businesses are given
a deduction, which counts for the score alone (docs/evaluated-price.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding, UnknownName
from supplier_eval.intake.tables import TOTAL_ITEM
from supplier_eval.messages import Lang, message
from supplier_eval.score.minor_units import from_minor
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EvaluatedPrices", "PriceFlag", "PriceStep", "StepRecord", "item_words"]

Stage = Literal["read", "corrected", "adjusted", "evaluated"]


@dataclass(frozen=True)
class PriceStep:
    """One rung of the ladder: which rule made which figure out of which.

    Parameters
    ----------
    bid : str
        Bid id.
    item : str
        Item id, or ``total``.
    stage : {"read", "corrected", "adjusted", "evaluated"}
        Where on the ladder.
    rule : str
        ``as_read``, ``rounded``, ``discount``, ``base_per_cent``, ``sum_of_items``; a correction of the
        policy's price rule, ``unit_follows``; ``adjustment``; ``volume``, ``term``, ``tax``, ``evaluated``,
        ``small_business``.
    before, after : Decimal
        Money; `before` is None on the first rung. Under ``base_per_cent`` per cent of the base price.
    facts : mapping
        Named figures as text, which the words of the step quote.
    """

    bid: str
    item: str
    stage: Stage
    rule: str
    before: Decimal | None
    after: Decimal
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def say(self, lang: Lang = "en") -> str:
        """The step in one sentence."""
        what = item_words(self.item, lang)
        shown = {
            "what": what[0].upper() + what[1:],
            "before": "" if self.before is None else f"{self.before:,f}",
            "after": f"{self.after:,f}",
            **self.facts,
        }
        return message(f"price.step.{self.rule}", lang, **shown)


@dataclass(frozen=True)
class PriceFlag:
    """Something about a price that a person should look at; it excludes nobody (convention §15).

    Parameters
    ----------
    code : str
        ``prices.correction.needs_consent``, ``prices.quantity.differs`` or ``prices.item.unbalanced``.
    figure, threshold : Decimal
        What was seen, and the line that it crossed or the figure that it differs from.
    facts : mapping
        Everything that the words quote, as text; ``item_en``, ``item_zh`` and their like go by language.
    """

    code: str
    bid: str
    item: str
    figure: Decimal
    threshold: Decimal
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def say(self, lang: Lang = "en") -> str:
        """The flag in one sentence."""
        own = {key.removesuffix(f"_{lang}"): fact for key, fact in self.facts.items()}
        return message(self.code, lang, **{**self.facts, **own})


@dataclass
class StepRecord:
    """Takes the steps down while a price climbs; money comes in minor units."""

    minor_units: int
    steps: list[PriceStep] = field(default_factory=list)

    def add(
        self,
        place: tuple[str, str],
        stage: Stage,
        rule: str,
        change: tuple[int | None, int],
        **facts: str,
    ) -> None:
        """Take down one step at (bid, item): (minor units before, after)."""
        before, after = change
        was = None if before is None else from_minor(before, self.minor_units)
        self.steps.append(PriceStep(*place, stage, rule, was, from_minor(after, self.minor_units), facts))


@dataclass(frozen=True, repr=False)
class EvaluatedPrices(Shown):
    """The prices of all opened bids on every rung, with the steps between them.

    Parameters
    ----------
    read, corrected, adjusted, evaluated : mapping of str to Decimal or None
        Total by bid. None where the bid has no money total: an error among `findings`, or an item quoted as
        a discount off an undeclared base.
    scored : mapping of str to Decimal or None
        `evaluated` after the small-business deduction, for scoring only; the contract price stays
        `evaluated`.
    items : mapping of str to mapping of str to Decimal
        Evaluated price by bid and item, adjustments not included. An item quoted as a discount without base
        has what is left of 100 per cent of its base price. Empty for a bid with errors.
    steps : tuple of PriceStep
        By bid, in the order in which they were taken.
    flags : tuple of PriceFlag
        For people to look at.
    findings : tuple of Finding
        What is wrong; a bid named by an error has no price.
    """

    read: Mapping[str, Decimal | None]
    corrected: Mapping[str, Decimal | None]
    adjusted: Mapping[str, Decimal | None]
    evaluated: Mapping[str, Decimal | None]
    scored: Mapping[str, Decimal | None]
    items: Mapping[str, Mapping[str, Decimal]]
    steps: tuple[PriceStep, ...] = ()
    flags: tuple[PriceFlag, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        priced = sum(price is not None for price in self.evaluated.values())
        return (
            f"EvaluatedPrices({priced} of {len(self.evaluated)} bids priced, {len(self.steps)} steps, "
            f"{len(self.flags)} flags, {len(self.findings)} findings)"
        )

    def to_frame(self) -> pd.DataFrame:
        """The ladder, one row a bid.

        Returns
        -------
        DataFrame
            ``bid`` (str); ``read``, ``corrected``, ``adjusted``, ``evaluated``, ``scored`` (float64, money in
            the tender's currency; NaN where there is no money total); ``corrections``, ``flags``,
            ``findings`` (int64, how many). The exact decimals stand in the attributes of the same names.
        """
        import pandas as pd

        ladder = ("read", "corrected", "adjusted", "evaluated", "scored")
        bids = list(self.evaluated)
        columns: dict[str, object] = {"bid": bids}
        for rung in ladder:
            totals = getattr(self, rung)
            columns[rung] = [float("nan") if totals[b] is None else float(totals[b]) for b in bids]
        columns["corrections"] = [sum(s.bid == b and s.stage == "corrected" for s in self.steps) for b in bids]
        columns["flags"] = [sum(flag.bid == b for flag in self.flags) for b in bids]
        columns["findings"] = [sum(f.facts.get("bid") == b for f in self.findings) for b in bids]
        counts = dict.fromkeys(("corrections", "flags", "findings"), "int64")
        return pd.DataFrame(columns).astype({**dict.fromkeys(ladder, "float64"), **counts})

    def steps_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """Every step, one row each.

        Returns
        -------
        DataFrame
            ``bid``, ``item``, ``stage``, ``rule`` (str); ``before``, ``after`` (float64, money in the
            tender's currency; NaN where nothing stood before); ``note`` (str, the step in words).
        """
        import pandas as pd

        rows = [(s.bid, s.item, s.stage, s.rule, _float(s.before), float(s.after), s.say(lang)) for s in self.steps]
        columns = ["bid", "item", "stage", "rule", "before", "after", "note"]
        return pd.DataFrame(rows, columns=columns).astype({"before": "float64", "after": "float64"})

    def explain(self, bid: str, lang: Lang = "en") -> str:
        """How this bid came to its price, in plain sentences, one a line.

        Parameters
        ----------
        bid : str
            Bid id.
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            Findings if there are any, else every step; then the flags.

        Raises
        ------
        UnknownName
            If the bid is not among those evaluated.
        """
        if bid not in self.evaluated:
            raise UnknownName("bid", bid, self.evaluated)
        mine = [f for f in self.findings if f.facts.get("bid") == bid]
        lines = [finding.line(lang) for finding in mine]
        if any(f.severity == "error" for f in mine):
            lines.insert(0, message("price.step.no_price", lang, bid=bid))
        lines += [step.say(lang) for step in self.steps if step.bid == bid]
        return "\n".join([*lines, *(flag.say(lang) for flag in self.flags if flag.bid == bid)])


def item_words(item: str, lang: Lang) -> str:
    """An item, or the total, as a sentence names it."""
    return message("price.step.of_total" if item == TOTAL_ITEM else "price.step.of_item", lang, item=item)


def _float(figure: Decimal | None) -> float:
    return float("nan") if figure is None else float(figure)
