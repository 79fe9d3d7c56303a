"""How people name an offer: (lot, supplier), (lot, supplier, alternate), ``lot|supplier``, ``bundle:ID``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from supplier_eval.award.parts import BidKey
from supplier_eval.award.reading_tables import Ids

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem

BUNDLE = "bundle:"
OfferKey: TypeAlias = "BidKey | str"


def bid_keys(problem: AwardProblem) -> dict[object, BidKey]:
    """Bids by their key, and by lot and supplier alone where the bid is the main offer."""
    return {key: key for key in problem.bids} | {key[:2]: key for key in problem.bids if not key[2]}


def offer_named(problem: AwardProblem, given: object) -> OfferKey | None:
    """The key of an offer that is named in any form; None where the problem has none such.

    Parameters
    ----------
    problem : AwardProblem
        Whose offers.
    given : object
        A tuple of ids, ``lot|supplier|alternate``, or ``bundle:ID``.

    Returns
    -------
    tuple of str, str or None
        The key of a bid, or ``bundle:ID`` with the id as the problem spells it.
    """
    if isinstance(given, str) and given.startswith(BUNDLE):
        bundle = Ids(problem.bundles).spelled(given.removeprefix(BUNDLE))
        return None if bundle is None else f"{BUNDLE}{bundle}"
    parts = tuple(given.split("|")) if isinstance(given, str) else given
    return bid_keys(problem).get(parts) if isinstance(parts, tuple) else None


def offer_keys(problem: AwardProblem) -> tuple[OfferKey, ...]:
    """Keys of all bids, then of all bundles, in canonical order."""
    return (*problem.bids, *(f"{BUNDLE}{name}" for name in problem.bundles))


def said_key(key: object) -> str:
    """An offer as people read it: ``lot|supplier|alternate``, or ``bundle:ID``."""
    return "|".join(str(part) for part in key if part) if isinstance(key, tuple) else str(key)
