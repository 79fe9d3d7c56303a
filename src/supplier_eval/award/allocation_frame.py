"""An award as a table: one row for each offer awarded and lot, and for what stays unserved."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from supplier_eval.award.parts import ZERO, Bid, Bundle
from supplier_eval.award.tally import Line, Tally, tally_of

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.allocation import Allocation

TEXTS = ("lot", "supplier", "offer", "kind")
FIGURES = ("share", "volume", "unit_price", "base_spend", "spend")
COLUMNS = (*TEXTS, "units", *FIGURES, "tier", "score")
SCORE = "score"


def allocation_frame(allocation: Allocation) -> pd.DataFrame:
    """The award as rows, see `Allocation.to_frame`.

    Parameters
    ----------
    allocation : Allocation
        Any; without an award the frame is empty.

    Returns
    -------
    DataFrame
        Money in the problem's currency, rounded from exact figures.
    """
    import pandas as pd

    rows = [] if allocation.award is None else _rows(tally_of(allocation.problem, allocation.award))
    kinds: dict[str, Any] = dict.fromkeys(TEXTS, "str") | {"units": "Int64"}
    kinds |= dict.fromkeys(FIGURES, "Float64") | {"tier": "Int64", "score": "Float64"}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(kinds)


def _rows(tally: Tally) -> list[dict[str, object]]:
    rows = [_line(tally, line) for line in tally.lines]
    rows += [_bundle_price(tally, bundle) for bundle in tally.bundles]
    rows += [_unserved(tally, lot) for lot in tally.problem.lots if tally.rest(lot)]
    return sorted(rows, key=lambda row: tuple(str(row[name]) for name in TEXTS))


def _line(tally: Tally, line: Line) -> dict[str, object]:
    """One lot of one offer; the price of a bundle stands in a row of its own."""
    offer, problem = line.offer, tally.problem
    row: dict[str, object] = {
        "lot": line.lot,
        "supplier": offer.supplier,
        "units": int(line.share * problem.terms.grid),
        "share": float(line.share),
        "volume": float(line.volume),
        "tier": _tier(tally, offer.supplier),
    }
    found = problem.attribute(offer, SCORE)
    row["score"] = float(found) if isinstance(found, Fraction) else None
    if isinstance(offer, Bundle):
        return row | {"offer": offer.id, "kind": "bundle"}
    kind = "alternate" if offer.alternate else "bid"
    return row | {"offer": offer.alternate, "kind": kind, "unit_price": _unit_price(offer, line)} | _money(tally, line)


def _unit_price(offer: Bid, line: Line) -> float | None:
    """Of a cost curve: what a unit of the awarded volume comes to."""
    if offer.price is not None:
        return float(offer.price)
    return float(line.spend / line.volume) if line.volume else None


def _money(tally: Tally, line: Line) -> dict[str, object]:
    return {"base_spend": float(line.spend), "spend": float(line.spend * after_discount(tally, line.offer.supplier))}


def after_discount(tally: Tally, supplier: str) -> Fraction:
    """What is left of each unit of money after the supplier's discount: its spend over its base spend, 0-1."""
    own = tally.suppliers[supplier]
    return own.spend / own.base_spend if own.base_spend else Fraction(1)


def _tier(tally: Tally, supplier: str) -> int | None:
    """Discount tier, the first is 1; None where the supplier gives no discounts."""
    return None if tally.problem.suppliers[supplier].tiers is None else tally.suppliers[supplier].tier + 1


def _bundle_price(tally: Tally, bundle: Bundle) -> dict[str, object]:
    kept = after_discount(tally, bundle.supplier)
    return {
        "lot": "|".join(bundle.lots),
        "supplier": bundle.supplier,
        "offer": bundle.id,
        "kind": "bundle_price",
        "base_spend": float(bundle.price),
        "spend": float(bundle.price * kept),
        "tier": _tier(tally, bundle.supplier),
    }


def _unserved(tally: Tally, lot: str) -> dict[str, object]:
    part, rest = tally.problem.lots[lot], tally.rest(lot)
    price = part.unserved_cost or ZERO
    return {
        "lot": lot,
        "supplier": "",
        "offer": "",
        "kind": "unserved",
        "units": int(rest * tally.problem.terms.grid),
        "share": float(rest),
        "volume": float(rest * part.demand),
        "unit_price": None if part.unserved_cost is None else float(price),
        "base_spend": float(price * part.demand * rest),
        "spend": float(price * part.demand * rest),
    }
