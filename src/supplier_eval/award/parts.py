"""What an award is made of: lots, suppliers, bids, bundles; frozen records with exact numbers.

All numbers are `fractions.Fraction`: money in the problem's currency, quantities in the unit of the lot's demand,
shares as fractions of a lot (1 is the whole lot). An attribute that is missing is absent, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

Attributes: TypeAlias = Mapping[str, object]
BidKey: TypeAlias = tuple[str, str, str]
ZERO = Fraction(0)
ONE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What is awarded: a quantity, whole or in shares.

    Parameters
    ----------
    id : str
        Lot id.
    demand : Fraction
        Quantity needed, > 0, in the lot's unit.
    indivisible : bool
        The whole lot goes to one supplier.
    region : str
        Region of the lot; empty where none is stated.
    incumbent : str
        Supplier id that serves the lot today; empty where nobody does.
    switching_cost : Fraction
        Money, once, when the lot's incumbent gets nothing of it; >= 0.
    unserved_cost : Fraction or None
        Money per unit of demand that stays unserved; None where the lot must be served.
    baseline : Fraction or None
        Today's unit price, for savings; None where unknown.
    attributes : mapping
        Anything else that rules may ask for (category, risk class, ...).
    """

    id: str
    demand: Fraction = ONE
    indivisible: bool = False
    region: str = ""
    incumbent: str = ""
    switching_cost: Fraction = ZERO
    unserved_cost: Fraction | None = None
    baseline: Fraction | None = None
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """Discounts that grow with what a supplier is awarded in all.

    A tier t holds from ``breaks[t]`` (included) to ``breaks[t + 1]`` (not included), in base spend (money before
    discount) or volume. ``all_units``: the tier's discount applies to the whole base spend. ``incremental``: each
    tier's discount applies to the spend inside the tier.

    Parameters
    ----------
    kind : {"all_units", "incremental"}
        Whether a tier's discount reaches back to the first unit.
    basis : {"spend", "volume"}
        What the breaks are measured in. Incremental tiers are on spend.
    breaks : tuple of Fraction
        Lower bounds, strictly increasing, the first 0.
    discount : tuple of Fraction
        Fraction of base spend, 0 <= d < 1, one per break.
    """

    kind: Literal["all_units", "incremental"]
    basis: Literal["spend", "volume"]
    breaks: tuple[Fraction, ...]
    discount: tuple[Fraction, ...]

    def tier_of(self, amount: Fraction) -> int:
        """The tier in which `amount` (base spend or volume, >= 0) falls; a break belongs to the tier it opens."""
        return max(tier for tier, lower in enumerate(self.breaks) if lower <= amount)

    def rebate(self, base_spend: Fraction, amount: Fraction) -> Fraction:
        """Money taken off `base_spend` when `amount` (in the basis) was awarded."""
        tier = self.tier_of(amount)
        if self.kind == "all_units":
            return self.discount[tier] * base_spend
        return self.discount[tier] * base_spend - self.handicap(tier)

    def handicap(self, tier: int) -> Fraction:
        """What an incremental tier's discount overstates because it does not reach back to the first unit; money."""
        if self.kind == "all_units":
            return ZERO
        widths = zip(self.breaks[:tier], self.breaks[1 : tier + 1], strict=True)
        earned = sum((rate * (high - low) for rate, (low, high) in zip(self.discount, widths, strict=False)), ZERO)
        return self.discount[tier] * self.breaks[tier] - earned


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who may be awarded something.

    Parameters
    ----------
    id : str
        Supplier id.
    fixed_cost : Fraction
        Money, once, if anything is awarded; >= 0.
    switching_cost : Fraction
        Money, once, if anything is awarded to a supplier that is not an incumbent; >= 0.
    incumbent : bool
        Serves the company today.
    capacity : Fraction or None
        Most that can be awarded in all, in demand units (or in the bids' own `use`); None for no limit.
    min_volume : Fraction or None
        Least that must be awarded in all, if anything is; demand units.
    tiers : Tiers or None
        Discounts on what is awarded in all.
    attributes : mapping
        Anything that rules, objectives and groups may ask for: quality, risk, sme, region, ...
    """

    id: str
    fixed_cost: Fraction = ZERO
    switching_cost: Fraction = ZERO
    incumbent: bool = False
    capacity: Fraction | None = None
    min_volume: Fraction | None = None
    tiers: Tiers | None = None
    attributes: Attributes = field(default_factory=dict)

    @property
    def entry_cost(self) -> Fraction:
        """Money, once, if anything is awarded: the fixed cost, and for a newcomer the cost of switching."""
        return self.fixed_cost + (ZERO if self.incumbent else self.switching_cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a cost curve: ``fixed + slope x quantity`` from `qlo` (included) to `qhi` (not, but for the last)."""

    qlo: Fraction
    qhi: Fraction
    fixed: Fraction
    slope: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """An offer of one supplier for one lot.

    Parameters
    ----------
    lot, supplier : str
        Ids.
    alternate : str
        Name of an alternate offer; a supplier wins a lot with at most one of its offers. Empty for the main one.
    price : Fraction or None
        Money per unit of demand, >= 0; None where a curve is given.
    curve : tuple of Segment
        Cost by quantity, contiguous segments; empty where a price is given.
    min_share, max_share : Fraction
        Least (if anything) and most of the lot, 0-1.
    min_qty : Fraction
        Least quantity, if anything, in demand units.
    award_cost : Fraction
        Money, once, if this bid is awarded anything; >= 0.
    use : Fraction or None
        Capacity that the whole lot takes; None for its demand.
    attributes : mapping
        Attributes of this offer (score by criterion, ...); they go before the supplier's of the same name.
    """

    lot: str
    supplier: str
    alternate: str = ""
    price: Fraction | None = None
    curve: tuple[Segment, ...] = ()
    min_share: Fraction = ZERO
    max_share: Fraction = ONE
    min_qty: Fraction = ZERO
    award_cost: Fraction = ZERO
    use: Fraction | None = None
    attributes: Attributes = field(default_factory=dict)

    @property
    def key(self) -> BidKey:
        """Lot, supplier, alternate: what identifies the bid."""
        return (self.lot, self.supplier, self.alternate)

    def base_cost(self, quantity: Fraction) -> Fraction:
        """Money for `quantity` units before discounts and once-only costs; 0 for nothing."""
        if quantity == 0:
            return ZERO
        if self.price is not None:
            return self.price * quantity
        segment = self.curve[self.segment_of(quantity)]
        return segment.fixed + segment.slope * quantity

    def segment_of(self, quantity: Fraction) -> int:
        """The segment of the curve on which `quantity` lies; a boundary belongs to the segment that it opens."""
        return max((k for k, segment in enumerate(self.curve) if segment.qlo <= quantity), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A price for several whole lots together, all or nothing.

    Parameters
    ----------
    id, supplier : str
        Ids.
    lots : tuple of str
        Lots covered, each wholly.
    price : Fraction
        Money for all of them together, >= 0, before the supplier's discounts.
    exclusive : str
        Bundles of a supplier with the same non-empty name exclude each other (XOR).
    requires : tuple of str
        Bundles that must be awarded with this one (AND).
    attributes : mapping
        Attributes of this offer; they go before the supplier's of the same name.
    """

    id: str
    supplier: str
    lots: tuple[str, ...]
    price: Fraction
    exclusive: str = ""
    requires: tuple[str, ...] = ()
    attributes: Attributes = field(default_factory=dict)
