"""What a review hands to the next tender: the intake table ``past`` with period, score, coverage, interval (§3.1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.identifiers import id_key, normalise_id

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.monitor.period_review import PeriodReview

COLUMNS = ("bidder", "period", "score", "coverage", "lower", "upper", "x_basis", "x_grade", "x_standing", "x_plan")
Basis = Literal["comparison", "raw"]
BASES = ("comparison", "raw")


def past_table(
    review: PeriodReview, *, basis: Basis = "comparison", bidders: Iterable[str] | Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Give the scores of a review as the intake table ``past`` of the next tender.

    Parameters
    ----------
    review : PeriodReview
        The last review before the tender.
    basis : {"comparison", "raw"}
        Bidders are compared, so that the shrunken total is the default; ``raw`` gives the contract's.
    bidders : iterable of str, or mapping of str to str, optional
        Who bids; without it all that were reviewed. A mapping also says by which id the supplier bids. A tender refuses
        scores of a supplier that does not bid.

    Returns
    -------
    DataFrame
        One row a bidder, in canonical order: ``bidder period score coverage lower upper`` (points 0-100, coverage as
        text such as ``96.0%``), and for readers ``x_basis x_grade x_standing x_plan`` (binding or exploratory; the
        plan's fingerprint), which the intake leaves unread. A supplier
        that was not rated has no row: what the tender does without a score is the policy's rule (`when_missing`).

    Raises
    ------
    InvalidInput
        For a basis that does not exist, and for two suppliers that would bid by one id.
    UnknownName
        For a bidder that was not reviewed.
    """
    import pandas as pd

    if basis not in BASES:
        raise InvalidInput([Finding("review.basis.unknown", "arguments", "basis", value=str(basis))])
    wanted = _wanted(review, bidders)
    rows = []
    for card in review.cards:
        total = card.comparison if basis == "comparison" else card.raw
        if total is None or id_key(card.supplier) not in wanted:
            continue
        rows.append(
            (
                wanted[id_key(card.supplier)],
                card.period,
                str(total.score),
                f"{float(card.coverage):.1%}",
                _cents(max(total.spread.lower, 0.0), ROUND_FLOOR),
                _cents(min(total.spread.upper, 100.0), ROUND_CEILING),
                total.basis,
                card.grade,
                review.standing,
                review.plan.fingerprint,
            )
        )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _cents(points: float, rounding: str) -> str:
    """Points with two decimals, outwards, so that the interval still holds the score."""
    return str(Decimal(repr(round(points, 9))).quantize(Decimal("0.01"), rounding))


def _wanted(review: PeriodReview, bidders: Iterable[str] | Mapping[str, str] | None) -> dict[str, str]:
    """Key of a supplier that bids → the id by which it does."""
    known = {id_key(card.supplier): card.supplier for card in review.cards}
    if bidders is None:
        return known
    if not isinstance(bidders, Iterable):
        raise InvalidInput([Finding("review.bidders", "arguments", "bidders", value=type(bidders).__name__)])
    named: Mapping[str, str] = bidders if isinstance(bidders, Mapping) else {}
    wanted: dict[str, str] = {}
    for name in [bidders] if isinstance(bidders, str) else list(bidders):
        key = id_key(str(name))
        if key not in known:
            raise UnknownName("reviewed supplier", name, known.values())
        wanted[key] = normalise_id(str(named.get(name, known[key])))
    taken = [id_key(own) for own in wanted.values()]
    twice = sorted({own for own in wanted.values() if taken.count(id_key(own)) > 1 or not own})
    if twice:
        raise InvalidInput([Finding("review.bidder_twice", "arguments", "bidders", value=", ".join(twice))])
    return wanted
