"""What is owed for a period: rates by volumes, less service credits up to the cap, in exact decimals (§4.3.1).

Each line is rounded half up to the hundredth, then the lines are added (convention §7); the cap is a share of the
gross amount and is rounded the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

HUNDREDTH = Decimal("0.01")
DIGITS = 90
"""Enough for the product of any two figures that a record can hold."""


def rounded(amount: Decimal) -> Decimal:
    """An amount rounded half up to the hundredth."""
    with localcontext() as exact:
        exact.prec = DIGITS
        return amount.quantize(HUNDREDTH, ROUND_HALF_UP)


def line_amount(volume: Decimal, unit_price: Decimal) -> Decimal:
    """Volume by unit price, exact, rounded half up to the hundredth."""
    with localcontext() as exact:
        exact.prec = DIGITS
        return rounded(volume * unit_price)


@dataclass(frozen=True)
class SettlementAmounts(Shown):
    """The amounts of one period, in the contract's currency.

    Parameters
    ----------
    gross : Decimal
        Sum of the lines.
    claimed : Decimal
        Sum of the service credits that are claimed.
    limit : Decimal or None
        Most that the contract lets credits take; None where it says nothing.
    credits : Decimal
        What the credits take: never more than the limit, never more than the gross amount.
    net : Decimal
        ``gross - credits``, zero or more.
    """

    gross: Decimal
    claimed: Decimal
    limit: Decimal | None
    credits: Decimal
    net: Decimal

    def __repr__(self) -> str:
        return f"SettlementAmounts(gross={self.gross}, credits={self.credits}, net={self.net})"

    def to_frame(self) -> pd.DataFrame:
        """One row: gross, claimed, limit, credits, net as exact decimals (objects)."""
        import pandas as pd

        columns = ["gross", "claimed", "limit", "credits", "net"]
        row = [self.gross, self.claimed, self.limit, self.credits, self.net]
        return pd.DataFrame([row], columns=columns, dtype=object)

    def explain(self, lang: Lang = "en") -> str:
        """How the net amount came about, in one sentence or two."""
        said = message("registry.settlement.amounts", lang, gross=self.gross, credits=self.credits, net=self.net)
        if self.credits == self.claimed:
            return said
        return said + message("registry.settlement.capped", lang, claimed=self.claimed, credits=self.credits)


def amounts_owed(
    lines: Iterable[tuple[Decimal, Decimal]], credits: Iterable[Decimal] = (), cap: Decimal | None = None
) -> SettlementAmounts:
    """Gross, credits and net of one period (§4.3.1).

    Parameters
    ----------
    lines : iterable of (volume, unit price)
        In the contract's units and currency; zero or more each.
    credits : iterable of Decimal
        Service credits that are claimed for the period, zero or more each.
    cap : Decimal, optional
        Share of the gross amount that credits take at most, 0-1.

    Returns
    -------
    SettlementAmounts
        All in exact decimals; nothing depends on the order of the lines.
    """
    with localcontext() as exact:
        exact.prec = DIGITS
        gross = sum((line_amount(volume, price) for volume, price in lines), Decimal("0.00"))
        return _after_credits(gross, sum(credits, Decimal("0.00")), cap)


def _after_credits(gross: Decimal, claimed: Decimal, cap: Decimal | None) -> SettlementAmounts:
    limit = rounded(gross * cap) if cap is not None else None
    taken = min(claimed, gross) if limit is None else min(claimed, limit, gross)
    return SettlementAmounts(gross, claimed, limit, taken, gross - taken)
