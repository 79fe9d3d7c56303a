"""Any decision table, ranked by any method of the registry."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.rank.asked import asked_sheet
from supplier_eval.rank.method import MethodFunction, MethodScores, RankingMethod, ranks_of
from supplier_eval.rank.method_ranking import MethodRanking
from supplier_eval.rank.methods import ranking_method
from supplier_eval.rank.normalise import NORMALISATIONS
from supplier_eval.rank.points import WEIGHTED_SUM
from supplier_eval.rank.table import BidTable, ByCriterion, Table, by_criterion, read_bid_table
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    from supplier_eval.score.sheet import ScoreSheet

TOP_VALUE = 100.0


def rank_matrix(
    values: Table, weights: ByCriterion, directions: ByCriterion, method: str = "topsis", **parameters: object
) -> MethodRanking:
    """Rank the bids of any decision table by any method.

    Parameters
    ----------
    values : DataFrame of bids × criteria, or array_like of shape (n_bids, n_criteria)
        Raw figures, each criterion in its own unit, none missing. An array has bids ``B1, B2, …`` and criteria
        ``C1, C2, …``.
    weights : mapping or Series by criterion, or sequence in column order
        Not negative, not all zero. Divided by their sum once, unless that is 1 to within the rounding of printed
        fractions (0.005): then they are used as printed.
    directions : mapping or Series by criterion, or sequence in column order
        ``"max"`` or 1 where more is better, ``"min"`` or -1 where less is better.
    method : str
        Key in ``METHODS``.
    **parameters
        Of the method, see ``METHODS[method].parameters``. What has one figure a criterion may be a mapping by
        criterion, or a sequence in column order.

    Returns
    -------
    MethodRanking
        Exploratory. Bids in the order given; neither that order nor the order of columns changes a bit of it.

    Raises
    ------
    InvalidInput
        With every finding: missing values, duplicate or unknown names, weights, directions or bounds that do not
        fit, values that the method cannot take.
    UnknownName
        If there is no such method, or the method takes no such parameter.

    Examples
    --------
    >>> ranking = se.rank.rank_matrix([[250, 16], [200, 16], [300, 32]], weights=[0.4, 0.6], directions=["min", "max"])
    >>> print(ranking.to_frame().round(3).to_string(index=False))
    bid  rank  score  distance_best  distance_worst
     B3     1  0.729          0.091           0.245
     B2     2  0.271          0.245           0.091
     B1     3  0.155          0.249           0.046
    """
    how = ranking_method(method)
    known = known_parameters(how, parameters)
    table = read_bid_table(values, weights, directions)
    scores = _scores(table, how, known)
    return MethodRanking(table, how, scores, ranks_of(scores.score, how.better), known)


def rank_sheet(sheet: ScoreSheet, method: str, **parameters: object) -> MethodRanking:
    """Rank the eligible bids of a score sheet by any method.

    Parameters
    ----------
    sheet : ScoreSheet
        Values on 0-100, more is better, and weights.
    method : str
        Key in ``METHODS``.
    **parameters
        Of the method, see `rank_matrix`. On a sheet the weighted sum takes the values as they are
        (``normalisation="none"``), and bounds are those of the scale: 0 and 100, stretched with a node that was
        rescaled to its best.

    Returns
    -------
    MethodRanking
        Exploratory. Rank 0 for bids that are out; no ranks at all where the sheet is stopped, which says why.

    Raises
    ------
    InvalidInput
        If the method cannot take the values of the sheet (a criterion without any spread is no such case).
    UnknownName
        If there is no such method, or the method takes no such parameter.

    Examples
    --------
    >>> sheet = se.evaluate(se.read_tender("data/samples/service-desk")).lots["L1"].sheet
    >>> se.rank.rank_sheet(sheet, "topsis").order[:3]
    ('BT-1', 'QH-1', 'YX-1')
    """
    asked_sheet(sheet)
    how = ranking_method(method)
    known = known_parameters(how, _sheet_parameters(sheet, how, parameters))
    among = np.flatnonzero(sheet.eligible)
    table = BidTable(
        tuple(sheet.bids[b] for b in among),
        sheet.criteria,
        np.ascontiguousarray(sheet.values[:, among]),
        sheet.weights,
        np.ones(len(sheet.criteria)),
    )
    ranks = np.zeros(len(sheet.bids), dtype=np.int64)
    scores = MethodScores(np.full(len(among), np.nan))
    if sheet.stopped is None and among.size:
        scores = _scores(table, how, known)
        ranks[among] = ranks_of(scores.score, how.better)
    return MethodRanking(table, how, scores, ranks, known, sheet.stopped, sheet.bids, sheet.policy_fingerprint)


def _scores(table: BidTable, how: RankingMethod, parameters: Mapping[str, object]) -> MethodScores:
    """Call the method; what it cannot take becomes findings."""
    given = {name: _in_column_order(name, value, table) for name, value in parameters.items()}
    _check_domain(table, how, given)
    try:
        return how.function(table.values, table.weights, table.directions, **given)
    except TypeError as error:
        takes = how.parameters
        found = [
            Finding("matrix.parameter.kind", how.name, name, value=str(value), facts={"what": takes.get(name, "")})
            for name, value in parameters.items()
        ]
        if not found:
            raise
        raise InvalidInput(found, how.name) from error
    except ValueError as error:
        from supplier_eval.rank.table_findings import bounds_findings

        found = bounds_findings(table, given["bounds"]) if given.get("bounds") is not None else []  # type: ignore[arg-type]
        found = found or [Finding("matrix.parameter.invalid", how.name, facts={"why": str(error)})]
        raise InvalidInput(found, how.name) from error


def _check_domain(table: BidTable, how: RankingMethod, parameters: Mapping[str, object]) -> None:
    domain = how.domain
    chosen = NORMALISATIONS.get(str(parameters.get("normalisation", how.normalisation)))
    if (domain == "any" and (chosen is None or chosen.domain == "any")) or table.values.min() > 0:
        return
    from supplier_eval.rank.table_findings import domain_findings, stricter

    narrower = chosen is not None and stricter(domain, chosen.domain) != domain
    what = f"{how.title} ({chosen.name})" if chosen is not None and narrower else how.title
    found = domain_findings(table, stricter(domain, chosen.domain) if chosen is not None else domain, what)
    if found:
        raise InvalidInput(found, how.name)


@functools.lru_cache(maxsize=256)
def _takes(function: MethodFunction) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Names of the parameters after the decision table, those without a default, and whether it takes any."""
    names = list(inspect.signature(function).parameters.values())[3:]
    named = [p for p in names if p.kind not in {p.VAR_KEYWORD, p.VAR_POSITIONAL}]
    needed = tuple(p.name for p in named if p.default is p.empty)
    return tuple(p.name for p in named), needed, len(named) < len(names)


def known_parameters(how: RankingMethod, parameters: Mapping[str, object]) -> Mapping[str, object]:
    """Parameters that a method takes; others are refused.

    Parameters
    ----------
    how : RankingMethod
        The method.
    parameters : mapping of str to object
        As given.

    Raises
    ------
    InvalidInput
        With every parameter that is needed and missing.
    UnknownName
        If the method takes no such parameter.
    """
    known, needed, anything = _takes(how.function)
    for name in parameters:
        if name not in known and not anything:
            raise UnknownName(f"parameter of {how.name}", name, known)
    missing = [name for name in needed if name not in parameters]
    if missing:
        facts = {"method": how.title}
        raise InvalidInput(
            [
                Finding("matrix.parameter.missing", how.name, name, value=how.parameters.get(name, name), facts=facts)
                for name in missing
            ],
            how.name,
        )
    return parameters


def _in_column_order(name: str, value: object, table: BidTable) -> object:
    if not isinstance(value, Mapping):
        return value
    try:
        return list(by_criterion(value, table.criteria))
    except KeyError:
        given = [str(key) for key in value]
        found = [
            Finding("matrix.parameter.absent", name, name, value=criterion)
            for criterion in table.criteria
            if criterion not in given
        ]
        known = {"known": ", ".join(table.criteria)}
        found += [
            Finding("matrix.parameter.stray", name, name, value=key, facts=known)
            for key in given
            if key not in table.criteria
        ]
        raise InvalidInput(found, name) from None


def _sheet_parameters(sheet: ScoreSheet, how: RankingMethod, parameters: Mapping[str, object]) -> dict[str, object]:
    given = dict(parameters)
    if how.name == WEIGHTED_SUM:
        given.setdefault("normalisation", "none")
    if "bounds" in _takes(how.function)[1] or given.get("normalisation") == "fixed":
        given.setdefault("bounds", _scale_of(sheet))
    return given


def _scale_of(sheet: ScoreSheet) -> FloatArray | npt.NDArray[np.float64]:
    """0 and 100 for each leaf; a leaf of the node that was rescaled to its best goes up to 100 times the factor."""
    top = np.full(len(sheet.criteria), TOP_VALUE)
    if sheet.factor != 1.0 and sheet.policy is not None and sheet.tree is not None:
        for node in sheet.policy.procedure.technical.criteria:
            for leaf in sheet.tree.leaves_below(node):
                top[sheet.criteria.index(leaf.id)] = TOP_VALUE * sheet.factor
    return np.column_stack([np.zeros(len(top)), top])
