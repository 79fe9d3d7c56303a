"""A rating as intake tables: the answer to a gate of a tender, the risk of the suppliers of an award.

Both carry the effective score: 0-100, 100 the highest risk, at least the lower bound of the level that knock-outs raise
a supplier to. A supplier that is not rated has an empty cell: a gate then fails as incomplete, an award asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.rating_result import RiskRating, SupplierRating
from supplier_eval.risk.records import ARGUMENTS, Column, asked, read_records

if TYPE_CHECKING:
    import pandas as pd


def requirements_table(rating: RiskRating, bids: object, requirement: str = "risk") -> pd.DataFrame:
    """Rows for ``requirements.csv``, to be judged by a gate of kind ``at_most``.

    Parameters
    ----------
    rating : RiskRating
        The rating.
    bids : DataFrame or mapping
        ``bid`` and ``bidder`` (the supplier), or bid -> supplier.
    requirement : str
        Id of the gate.

    Returns
    -------
    DataFrame
        ``bid``, ``requirement``, ``value`` (text; empty where not rated), ``note``: str.

    Raises
    ------
    InvalidInput
        Bidders that the rating does not know, and whatever else is wrong with the table.
    """
    import pandas as pd

    wrong = [] if isinstance(requirement, str) and requirement else [asked("asked.text", "requirement", requirement)]
    if isinstance(bids, Mapping):
        bids = pd.DataFrame({"bid": list(bids), "bidder": list(bids.values())}, dtype=object)
    if wrong:
        raise InvalidInput(wrong, ARGUMENTS)
    records = read_records(bids, (Column("bid"), Column("bidder")), "bids", key=("bid",))
    by_key = {id_key(name): one for name, one in rating.ratings.items()}
    found = [
        Finding("rating.bidder_unknown", "bids", "bidder", (one.row,), one.text("bidder"))
        for one in records
        if id_key(one.text("bidder")) not in by_key
    ]
    if found:
        raise InvalidInput(found, "bids")
    rows = [
        (one.text("bid"), requirement, _text(mine, rating), _note(mine, rating))
        for one in records
        for mine in (by_key[id_key(one.text("bidder"))],)
    ]
    return pd.DataFrame(rows, columns=["bid", "requirement", "value", "note"]).astype("str")


def award_table(rating: RiskRating, suppliers: pd.DataFrame | None = None, attribute: str = "risk") -> pd.DataFrame:
    """``suppliers.csv`` of an award problem, with the risk as an attribute for rules such as ``max_avg``.

    Parameters
    ----------
    rating : RiskRating
        The rating.
    suppliers : DataFrame, optional
        The table so far, with ``id``; it comes back with the attribute as last column. Without it: ids alone.
    attribute : str
        Name of the column; the table so far must not have it.

    Returns
    -------
    DataFrame
        ``id``: str, ..., the attribute: Float64, missing where not rated.

    Raises
    ------
    InvalidInput
        Suppliers that the rating does not know, a column of that name.
    """
    import pandas as pd

    if not isinstance(attribute, str) or not attribute:
        raise InvalidInput([asked("asked.text", "attribute", attribute)], ARGUMENTS)
    by_key = {id_key(name): one for name, one in rating.ratings.items()}
    if suppliers is None:
        suppliers = pd.DataFrame({"id": pd.Series(list(rating.ratings), dtype="str")})
    records = read_records(suppliers, (Column("id"),), "suppliers", key=("id",))
    found = [
        Finding("rating.bidder_unknown", "suppliers", "id", (one.row,), one.text("id"))
        for one in records
        if id_key(one.text("id")) not in by_key
    ]
    if attribute in suppliers.columns:
        found.append(Finding("rating.attribute_there", "suppliers", attribute, value=attribute))
    if found:
        raise InvalidInput(found, "suppliers")
    in_order = sorted(records, key=lambda one: one.row)
    figures = [by_key[id_key(one.text("id"))].effective for one in in_order]
    risk = pd.array([None if one is None else float(one) for one in figures], dtype="Float64")
    return suppliers.assign(**{attribute: risk})


def _text(one: SupplierRating, rating: RiskRating) -> str:
    return "" if one.effective is None else decimals(one.effective, rating.plan.rounding)


def _note(one: SupplierRating, rating: RiskRating) -> str:
    level = one.level or "not rated"
    return f"{level}, {rating.as_of}, {rating.policy_fingerprint[:19]}"


def decimals(figure: Fraction, places: int) -> str:
    """A figure that was rounded to these decimals, as text."""
    return f"{float(figure):.{places}f}"
