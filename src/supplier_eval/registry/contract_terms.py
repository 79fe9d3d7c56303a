"""What a contract says after a change: the new figures are computed, never typed in (§4.2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import TypedDict

from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.contracts import Change, Contract


class Terms(TypedDict, total=False):
    """Fields of a contract that a change moves, as they are given with ``amend``."""

    amended_by: tuple[str, ...]
    value: Decimal
    ends_on: date


def amended(contract: Contract, change: Change) -> Terms:
    """The fields of a contract once a change is written into it.

    Parameters
    ----------
    contract : Contract
        As it stands.
    change : Change
        The change; its effects are differences.

    Returns
    -------
    dict
        ``amended_by``, and ``value`` and ``ends_on`` where the contract has them; given with the event ``amend``:
        ``registry.move(contract, "amend", **amended(contract.record, change.record))``.
    """
    terms = Terms(amended_by=(*contract.amended_by, change.id))
    if contract.value is not None:
        terms["value"] = contract.value + change.effect_price
    if contract.ends_on is not None:
        terms["ends_on"] = contract.ends_on + timedelta(days=change.effect_term_days)
    return terms


def outstanding(contract: Contract, changes: Iterable[Stored]) -> tuple[Stored, ...]:
    """Effective changes that the contract's figures do not contain yet, in the order in which they took effect.

    Parameters
    ----------
    contract : Contract
        As it stands.
    changes : iterable of Stored
        Records of kind ``change``; those of other contracts, terminations and those not effective are left out.
    """
    found = [
        known
        for known in changes
        if (known.contract, known.subject, known.state) == (contract.id, "change", "effective")
        and known.id not in contract.amended_by
    ]
    return tuple(sorted(found, key=lambda known: (known.effective_on, known.id)))


def term_months(starts_on: date | None, ends_on: date | None) -> int | None:
    """Whole months of a term, both days included: 1 January 2026 to 31 December 2028 are 36; None where one is open."""
    if starts_on is None or ends_on is None:
        return None
    after = ends_on + timedelta(days=1)
    months = 12 * (after.year - starts_on.year) + after.month - starts_on.month
    return months - (after.day < starts_on.day)
