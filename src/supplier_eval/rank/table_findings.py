"""Everything that is wrong with a decision table, said at once: built only after a quick check has failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding
from supplier_eval.rank.method import DOMAINS, Domain
from supplier_eval.rank.table import DIRECTIONS, BidTable, ByCriterion, Table, as_frame, as_mapping, label_texts
from supplier_eval.score.order import FloatArray, number_or_nan

SHOWN = 10


def table_findings(values: Table, weights: ByCriterion, directions: ByCriterion) -> list[Finding]:
    """What is wrong with a decision table, its weights and its directions.

    Parameters
    ----------
    values, weights, directions
        As given to `rank_matrix`.

    Returns
    -------
    list of Finding
        Never empty for a table that `read_bid_table` refuses.
    """
    cells, bids, criteria = _cells(values)
    if cells.ndim != 2:
        return [Finding("matrix.values.shape", "values", value=str(cells.shape))]
    if not cells.size:
        return [Finding("matrix.values.empty", "values", value=f"{len(bids)} × {len(criteria)}")]
    found = [*_twice(bids, "bid"), *_twice(criteria, "criterion"), *_missing(cells, bids, criteria)]
    found += _by_criterion_findings(weights, criteria, "weight")
    found += _weight_findings(weights)
    found += _by_criterion_findings(directions, criteria, "direction")
    bad = [x for x in _items(directions).values() if not _is_direction(x)]
    if bad:
        found.append(Finding("matrix.direction.invalid", "directions", "direction", value=str(bad[0])))
    return found


def domain_findings(table: BidTable, domain: Domain, what: str) -> list[Finding]:
    """Figures that a method or its normalisation cannot take.

    Parameters
    ----------
    table : BidTable
        Values and directions.
    domain : {"any", "not_negative", "positive_costs", "positive"}
        What can be taken.
    what : str
        Name of the method or normalisation, as the words quote it.
    """
    low = np.zeros(len(table.criteria), bool)  # criteria in which zero is too low
    if domain == "positive":
        low[:] = True
    elif domain == "positive_costs":
        low = table.directions < 0
    found = []
    for i, name in enumerate(table.criteria):
        bad = table.values[i] <= 0 if low[i] else table.values[i] < 0
        if domain != "any" and bad.any():
            code = "matrix.values.not_positive" if low[i] else "matrix.values.negative"
            where = {**_where(np.flatnonzero(bad), table.bids), "what": what}
            found.append(Finding(code, "values", name, value=f"{table.values[i][bad][0]:g}", facts=where))
    return found


def bounds_findings(table: BidTable, bounds: npt.ArrayLike) -> list[Finding]:
    """What is wrong with the stated lowest and highest figures of the criteria."""
    try:
        given = np.asarray(bounds, dtype=np.float64)
    except (TypeError, ValueError):
        given = np.empty(0)
    if given.shape != (len(table.criteria), 2):
        return [Finding("matrix.bounds.shape", "bounds", facts={"n": len(table.criteria)})]
    found = []
    for i, name in enumerate(table.criteria):
        low, high = given[i].tolist()
        said = f"{low:g} - {high:g}"
        if not (np.isfinite(given[i]).all() and low < high):
            found.append(Finding("matrix.bounds.invalid", "bounds", name, value=said))
            continue
        outside = np.flatnonzero((table.values[i] < low) | (table.values[i] > high))
        if outside.size:
            found.append(
                Finding("matrix.bounds.outside", "bounds", name, value=said, facts=_where(outside, table.bids))
            )
    return found


def stricter(first: Domain, second: Domain) -> Domain:
    """The narrower of two domains."""
    return max(first, second, key=DOMAINS.index)


def _cells(values: Table) -> tuple[npt.NDArray[Any], tuple[str, ...], tuple[str, ...]]:
    frame = as_frame(values)
    cells: npt.NDArray[Any]
    if frame is not None:
        cells = np.full(frame.shape, None)
        for j in range(cells.shape[1]):
            cells[:, j] = frame.iloc[:, j].tolist()
        return cells, label_texts(frame.index), label_texts(frame.columns)
    try:
        cells = np.array(values, dtype=object)
    except ValueError:
        cells = np.full(0, None)
    if cells.ndim != 2:
        return cells, (), ()
    names = [tuple(f"{letter}{k + 1}" for k in range(n)) for letter, n in zip("BC", cells.shape, strict=True)]
    return cells, names[0], names[1]


def _twice(names: Sequence[str], kind: str) -> Iterator[Finding]:
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Finding(f"matrix.{kind}.duplicate", "values", kind, value=name)


def _missing(cells: npt.NDArray[Any], bids: Sequence[str], criteria: Sequence[str]) -> Iterator[Finding]:
    for j, name in enumerate(criteria):
        figures = np.array([number_or_nan(cell) for cell in cells[:, j]])
        bad = np.flatnonzero(~np.isfinite(figures))
        if bad.size:
            first = str(cells[bad[0], j])
            yield Finding("matrix.values.missing", "values", name, value=first, facts=_where(bad, bids))


def _by_criterion_findings(given: ByCriterion, criteria: Sequence[str], kind: str) -> Iterator[Finding]:
    by_name = as_mapping(given)
    if by_name is None:
        n = int(np.size(np.asarray(given, dtype=object)))
        if n != len(criteria) or np.ndim(np.asarray(given, dtype=object)) != 1:
            yield Finding(f"matrix.{kind}.count", f"{kind}s", kind, value=str(n), facts={"n": len(criteria)})
        return
    names = list(label_texts(by_name.keys()))
    known = {"known": ", ".join(criteria)}
    for name in dict.fromkeys(criteria):
        if name not in names:
            yield Finding(f"matrix.{kind}.absent", f"{kind}s", kind, value=name)
    for name in names:
        if name not in criteria:
            yield Finding(f"matrix.{kind}.stray", f"{kind}s", kind, value=name, facts=known)
        elif names.count(name) > 1:
            yield Finding(f"matrix.{kind}.twice", f"{kind}s", kind, value=name)


def _weight_findings(weights: ByCriterion) -> Iterator[Finding]:
    given = _items(weights)
    bad = [
        name
        for name, weight in given.items()
        if not (np.isfinite(number_or_nan(weight)) and number_or_nan(weight) >= 0)
    ]
    if bad:
        facts = {"names": ", ".join(bad)}
        yield Finding("matrix.weight.invalid", "weights", "weight", value=str(given[bad[0]]), facts=facts)
    elif not sum(map(number_or_nan, given.values())) > 0:
        yield Finding("matrix.weight.nothing", "weights", "weight")
    elif not np.isfinite(sum(map(number_or_nan, given.values()))):
        largest = max(given, key=lambda name: number_or_nan(given[name]))
        yield Finding("matrix.weight.invalid", "weights", "weight", value=str(given[largest]), facts={"names": largest})


def _items(given: ByCriterion) -> dict[str, Any]:
    by_name = as_mapping(given)
    if by_name is not None:
        return {str(name): one for name, one in by_name.items()}
    return {str(i + 1): one for i, one in enumerate(np.ravel(np.asarray(given, dtype=object)).tolist())}


def _is_direction(given: object) -> bool:
    try:
        return given in DIRECTIONS
    except TypeError:
        return False


def _where(places: npt.NDArray[np.intp] | FloatArray, bids: Sequence[str]) -> dict[str, object]:
    more = ", …" if len(places) > SHOWN else ""
    return {"bids": ", ".join(bids[int(b)] for b in places[:SHOWN]) + more, "n": len(places)}
