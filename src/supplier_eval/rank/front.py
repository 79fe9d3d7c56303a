"""From a score sheet to an order, by the method asked for."""

from __future__ import annotations

from typing import Literal, overload

from supplier_eval.rank.asked import asked_sheet
from supplier_eval.rank.points import WEIGHTED_SUM, PointsRanking, rank_points
from supplier_eval.rank.ranking import Ranking
from supplier_eval.score.sheet import ScoreSheet


@overload
def rank_bids(sheet: ScoreSheet, method: Literal["weighted_sum"] = "weighted_sum") -> PointsRanking: ...
@overload
def rank_bids(sheet: ScoreSheet, method: str, **parameters: object) -> Ranking: ...
def rank_bids(sheet: ScoreSheet, method: str = WEIGHTED_SUM, **parameters: object) -> Ranking:
    """Rank the bids of a score sheet.

    Parameters
    ----------
    sheet : ScoreSheet
        Values and weights.
    method : str
        ``"weighted_sum"`` binds; any other name in ``METHODS`` is exploratory.
    **parameters
        Of a method other than the weighted sum.

    Returns
    -------
    Ranking
        `PointsRanking` for the weighted sum: ties are judged after rounding, by the policy's keys only. For any
        other method a `MethodRanking`, over the eligible bids.

    Raises
    ------
    InvalidInput
        If what was given is no sheet.
    UnknownName
        If there is no such method.

    Examples
    --------
    >>> sheet = se.evaluate(se.read_tender("data/samples/service-desk")).lots["L1"].sheet
    >>> se.rank_bids(sheet).order[:3]
    ('YX-1', 'QH-1', 'BT-1')
    >>> se.rank_bids(sheet, "topsis").order[:3]  # exploratory
    ('BT-1', 'QH-1', 'YX-1')
    """
    asked_sheet(sheet)
    if not isinstance(method, str) or method != WEIGHTED_SUM:
        from supplier_eval.rank.methods import ranking_method

        method = ranking_method(method).name
    if method == WEIGHTED_SUM and not parameters:
        return rank_points(sheet)
    from supplier_eval.rank.matrix import rank_sheet

    return rank_sheet(sheet, method, **parameters)
