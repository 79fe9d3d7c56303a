"""The range of each price within which the award stays: ends, what comes behind them, tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from supplier_eval.award.moved import demand_of, shares_by_supplier, shifts_between, volume_moved
from supplier_eval.award.offer_keys import OfferKey, offer_named, said_key
from supplier_eval.award.parts import ZERO
from supplier_eval.award.price_range_words import explain_ranges
from supplier_eval.award.tally import total
from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.price_ends import PriceEnd
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.score.sheet import Standing

Method: TypeAlias = Literal["lines", "steps", "curve"]
SIDES = ("low", "high")


@dataclass(frozen=True, eq=False)
class PriceRange:
    """The range of one price.

    Parameters
    ----------
    offer : OfferKey
        Key of the bid, or ``bundle:ID``.
    supplier : str
        Whose offer.
    share : Fraction
        What it is awarded of its lot; 1 for a bundle that is awarded.
    price : Fraction or None
        As offered: money a unit, for a bundle money for all; None for a bid with a curve.
    method : Method
        ``lines``: exact, by straight lines; ``steps``: an end, or both, price by price, because discounts on spend,
        shares of the spend or a budget make figures bend; ``curve``: the bid has no single price, and no range.
    low, high : PriceEnd or None
        The ends; None for a bid with a curve.
    enters : Fraction or None
        Of an offer that is awarded nothing: the price at which an award that includes it becomes as good (exact, or
        the nearest minor unit at which it is better); None where none is known.
    """

    offer: OfferKey
    supplier: str
    share: Fraction
    price: Fraction | None
    method: Method
    low: PriceEnd | None = None
    high: PriceEnd | None = None
    enters: Fraction | None = None

    @property
    def name(self) -> str:
        """``lot|supplier|alternate``, or ``bundle:ID``."""
        return said_key(self.offer)

    @property
    def proven(self) -> bool:
        """True where both ends are exact."""
        return all(end is not None and end.proven for end in (self.low, self.high))


@dataclass(frozen=True, eq=False)
class PriceRanges(Shown):
    """Ranges of the prices of an award.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    status : str
        Of the award: ``optimal``; ``not_optimal`` where the award given is not the best; else how the search for the
        optimum ended. Without ``optimal`` there are no ranges.
    audit : Audit or None
        The award that stays: the one given, or one that is better by less than half a minor unit, to which optima are
        proven.
    ranges : mapping
        Offer → `PriceRange`, bids then bundles, in canonical order.
    solver : str
        Which solver.
    """

    problem: AwardProblem = field(repr=False)
    status: str
    audit: Audit | None = field(default=None, repr=False)
    ranges: Mapping[OfferKey, PriceRange] = field(default_factory=dict)
    solver: str = ""

    @property
    def standing(self) -> Standing:
        """Ranges of prices explore; they never bind."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    @property
    def proven(self) -> bool:
        """True where every range that there can be is exact."""
        ranges = [own for own in self.ranges.values() if own.method != "curve"]
        return self.status == "optimal" and all(own.proven for own in ranges)

    def __getitem__(self, offer: object) -> PriceRange:
        key = offer_named(self.problem, offer)
        if key is None or key not in self.ranges:
            raise UnknownName("price range", said_key(offer), [own.name for own in self.ranges.values()])
        return self.ranges[key]

    def shifts(self, end: PriceEnd | None) -> Mapping[tuple[str, str], Fraction] | None:
        """(lot, supplier) → share more (> 0) or less (< 0) behind an end; None where no award is known there."""
        if self.audit is None or end is None or end.award is None:
            return None
        shares = (shares_by_supplier(self.problem, award) for award in (self.audit.award, end.award))
        return shifts_between(*shares)

    def moved(self, end: PriceEnd | None) -> Fraction | None:
        """Share of the demand that is with other suppliers behind an end, 0-1; None where no award is known there."""
        if self.audit is None or end is None or end.award is None:
            return None
        demand = demand_of(self.problem)
        shares = (shares_by_supplier(self.problem, award) for award in (self.audit.award, end.award))
        return volume_moved(demand, *shares) / total(demand.values())

    def to_frame(self) -> pd.DataFrame:
        """One row for each offer.

        Returns
        -------
        DataFrame
            ``offer``, ``supplier``, ``method``, ``low_kind``, ``high_kind`` (as `PriceEnd`; empty for a curve),
            ``low_winners``, ``high_winners`` (of the award behind the end, ids joined by ``|``; empty where none is
            known): str; ``share`` (awarded), ``price``, ``low``, ``high`` (ends, money a unit; missing where there is
            none), ``low_moved``, ``high_moved`` (share of the demand with others behind the end), ``enters``:
            Float64.
        """
        import pandas as pd

        rows = [self._row(own) for own in self.ranges.values()]
        kinds = {"offer": "str", "supplier": "str"} | dict.fromkeys(("share", "price", "low", "high"), "Float64")
        kinds |= {"enters": "Float64", "method": "str", "low_kind": "str", "high_kind": "str"}
        kinds |= {"low_moved": "Float64", "high_moved": "Float64", "low_winners": "str", "high_winners": "str"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def _row(self, own: PriceRange) -> dict[str, object]:
        row: dict[str, object] = {"offer": own.name, "supplier": own.supplier, "method": own.method}
        row |= {"share": float(own.share), "price": _cell(own.price), "enters": _cell(own.enters)}
        for side, end in zip(SIDES, (own.low, own.high), strict=True):
            award = None if end is None else end.award
            row[side] = None if end is None else _cell(end.price)
            row[f"{side}_kind"] = "" if end is None else end.kind
            row[f"{side}_moved"] = _cell(self.moved(end))
            row[f"{side}_winners"] = "" if award is None else "|".join(award.winners(self.problem))
        return row

    def explain(self, lang: Lang = "en") -> str:
        """Say how far each price may go, and what comes then.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        return explain_ranges(self, lang)

    def __repr__(self) -> str:
        exact = sum(own.proven for own in self.ranges.values())
        cost = "no award" if self.audit is None else f"cost {float(self.audit.measures.get('cost', ZERO)):,.2f}"
        return f"PriceRanges({self.status}; {cost}; {len(self.ranges)} offers, {exact} exact)"


def _cell(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
