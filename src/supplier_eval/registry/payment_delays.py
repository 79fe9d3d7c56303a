"""Payments that are or were late, and by how many days (§4.3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.registry.record import Stored
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

OWED = ("documents_complete", "reviewed", "approved", "disputed", "paid")


@dataclass(frozen=True)
class LatePayment(Shown):
    """One settlement past its day.

    Parameters
    ----------
    settlement, contract : str
        Ids.
    net : Decimal
        In `currency`.
    due_on, paid_on : date, date or None
        None where it is still owed.
    days_late : int
        From the day due to the day of payment, or to the day of the list.
    disputed : bool
        Whether the amount is in dispute.
    """

    settlement: str
    contract: str
    net: Decimal
    currency: str
    due_on: date
    paid_on: date | None
    days_late: int
    disputed: bool = False

    def explain(self, lang: Lang = "en") -> str:
        """The payment in one sentence."""
        code = "registry.payment.still_owed" if self.paid_on is None else "registry.payment.was_late"
        facts = {"settlement": self.settlement, "contract": self.contract, "net": self.net, "currency": self.currency}
        return message(code, lang, due_on=self.due_on, paid_on=self.paid_on or "-", days=self.days_late, **facts)


@dataclass(frozen=True)
class LatePayments(Shown):
    """All late payments on a day, the longest delay first; ties by id.

    Parameters
    ----------
    on : date
        Day of the list.
    payments : tuple of LatePayment
        One a settlement.
    """

    on: date
    payments: tuple[LatePayment, ...]

    def __repr__(self) -> str:
        return f"LatePayments(on={self.on}, {len(self.payments)} late)"

    def to_frame(self) -> pd.DataFrame:
        """One row a payment: settlement, contract, net, currency, due_on, paid_on, days_late, disputed."""
        import pandas as pd

        columns = ["settlement", "contract", "net", "currency", "due_on", "paid_on", "days_late", "disputed"]
        return pd.DataFrame([[getattr(known, name) for name in columns] for known in self.payments], columns=columns)

    def explain(self, lang: Lang = "en") -> str:
        """One line a payment; a sentence that says so where there is none."""
        lines = [known.explain(lang) for known in self.payments]
        return "\n".join(lines) or message("registry.payment.none_late", lang, on=self.on)


def late_payments(settlements: Iterable[Stored], on: date) -> LatePayments:
    """Settlements that were paid after their day, or are still owed after it (§4.3.1).

    Parameters
    ----------
    settlements : iterable of Stored
        Records of kind ``settlement``; drafts and cancelled ones owe nothing.
    on : date
        Day of the list; a payment due on that day is not late.

    Returns
    -------
    LatePayments
        The longest delay first.
    """
    late = []
    for known in settlements:
        if known.state not in OWED or known.due_on is None:
            continue
        days = ((known.paid_on or on) - known.due_on).days
        if days > 0:
            late.append(
                LatePayment(
                    known.id,
                    known.contract,
                    known.net,
                    known.currency,
                    known.due_on,
                    known.paid_on,
                    days,
                    known.state == "disputed",
                )
            )
    return LatePayments(on, tuple(sorted(late, key=lambda payment: (-payment.days_late, payment.settlement))))
