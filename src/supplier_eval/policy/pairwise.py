"""Reading pairwise judgements: labels, reciprocity, gaps; everything that is wrong is said at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, Literal

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.policy.asked_weighting import asked_labels
from supplier_eval.policy.weights import TABLE, FloatArray

EXACTLY = 1e-6
ROUNDED = 0.03  # 0.33 for 1/3 and 0.14 for 1/7 are off by 1 and 2 per cent
SCALE_END = 9.0
TINY = 1e-12
MOST_TIMES = 1000.0  # beyond this it is a slip of the pen


@dataclass(frozen=True, eq=False)
class Pairs:
    """Judgements about pairs as a reciprocal matrix with NaN where nobody judged.

    Parameters
    ----------
    names : tuple of str
        What was compared.
    matrix : ndarray of shape (n, n)
        ``matrix[i, j]``: how many times i is worth j; the diagonal is 1.
    findings : tuple of Finding
        Warnings.
    """

    names: tuple[str, ...]
    matrix: FloatArray
    findings: tuple[Finding, ...] = ()

    @property
    def missing(self) -> list[tuple[int, int]]:
        """Pairs (i < j) without a judgement."""
        return [(i, j) for i, j in combinations(range(len(self.names)), 2) if math.isnan(self.matrix[i, j])]

    def ordered(self, order: Sequence[int]) -> Pairs:
        """The same judgements in another order of names."""
        return Pairs(tuple(self.names[i] for i in order), self.matrix[np.ix_(order, order)], self.findings)


def read_pairs(matrix: Any, names: Iterable[str] | None = None, table: str = TABLE) -> Pairs:  # noqa: ANN401 - raw input
    """Read pairwise judgements in any of the usual forms.

    Parameters
    ----------
    matrix : DataFrame, mapping or array_like of shape (n, n)
        A table with the same names on both sides; a mapping ``{(first, second): how many times}`` or
        ``{first: {second: how many times}}``; or plain numbers in the order of `names`. Text such as ``"1/7"`` is
        read exactly. None, NaN and empty text mean "not judged"; where only one half of the table is filled, the
        other half is its reciprocal.
    names : iterable of str, optional
        Names of plain numbers (else ``"1"``, ``"2"``, ...), or the order of the names of a mapping.
    table : str
        What the findings name as the place.

    Returns
    -------
    Pairs
        Reciprocal to the last bit.

    Raises
    ------
    InvalidInput
        With every pair that is not a number above zero, not reciprocal beyond printed rounding, or off 1 on the
        diagonal; names that differ between rows and columns; groups that no judgement connects.
    """
    labels, cells, found = _cells(matrix, asked_labels(names), table)
    if not found:
        given, found = _numbers(labels, cells, table)
    if found:
        raise InvalidInput(found, table)
    full, found = _reciprocal(labels, given, table)
    found += _not_connected(labels, full, table)
    if any(f.severity == "error" for f in found):
        raise InvalidInput(found, table)
    return Pairs(tuple(labels), full, tuple(found))


def _cells(
    matrix: Any,  # noqa: ANN401 - raw input
    names: list[str] | None,
    table: str,
) -> tuple[list[str], dict[tuple[str, str], Any], list[Finding]]:
    """Names, cells by pair of names, and what is wrong with the shape."""
    if hasattr(matrix, "columns"):
        rows, columns = [str(n) for n in matrix.index], [str(n) for n in matrix.columns]
        block = matrix.to_numpy(dtype=object).tolist()
        cells = {(r, c): block[i][j] for i, r in enumerate(rows) for j, c in enumerate(columns)}
        return rows, cells, _label_findings(rows, columns, table)
    if isinstance(matrix, Mapping):
        cells, loose = _from_mapping(matrix)
        found = [Finding("weighting.pair.key", table, value=key) for key in loose]
        met = list(dict.fromkeys(name for pair in cells for name in pair))
        labels = names or met
        return labels, cells, found + _label_findings(labels, met if names else labels, table)
    try:
        rows_of = [list(row) for row in matrix]
    except TypeError:
        return [], {}, [Finding("weighting.pair.shape", table, value=str(matrix))]
    n = len(rows_of)
    labels = names or [str(i + 1) for i in range(n)]
    if not n or len(labels) != n or any(len(row) != n for row in rows_of):
        shape = f"{n} × {sorted({len(row) for row in rows_of})}"
        return labels, {}, [Finding("weighting.pair.shape", table, value=shape)]
    cells = {(labels[i], labels[j]): rows_of[i][j] for i in range(n) for j in range(n)}
    return labels, cells, _label_findings(labels, labels, table)


def _from_mapping(matrix: Mapping[Any, Any]) -> tuple[dict[tuple[str, str], Any], list[str]]:
    cells: dict[tuple[str, str], Any] = {}
    loose: list[str] = []
    for key, cell in matrix.items():
        if isinstance(key, tuple) and len(key) == 2:
            cells[str(key[0]), str(key[1])] = cell
        elif isinstance(cell, Mapping):
            cells |= {(str(key), str(other)): value for other, value in cell.items()}
        else:
            loose.append(str(key))
    return cells, loose


def _label_findings(rows: Sequence[str], columns: Sequence[str], table: str) -> list[Finding]:
    found = [Finding("weighting.pair.twice", table, n) for n in sorted({n for n in rows if rows.count(n) > 1})]
    strays = sorted(set(rows) ^ set(columns))
    found += [Finding("weighting.pair.label", table, name, value=name) for name in strays]
    return found if rows else [*found, Finding("weighting.pair.shape", table, value="0 × 0")]


def _numbers(
    labels: Sequence[str], cells: Mapping[tuple[str, str], Any], table: str
) -> tuple[FloatArray, list[Finding]]:
    """Cells as numbers, NaN where not judged; findings for those that are none or not above zero."""
    given = np.full((len(labels), len(labels)), np.nan)
    found: list[Finding] = []
    for i, first in enumerate(labels):
        for j, second in enumerate(labels):
            cell = cells.get((first, second))
            number = read_number(cell)
            place = f"{first} / {second}"
            if number is None:
                found.append(Finding("weighting.pair.not_number", table, place, value=str(cell)))
            elif i == j:
                if not math.isnan(number) and number != 1:
                    found.append(Finding("weighting.pair.diagonal", table, place, value=str(cell)))
            elif number <= TINY or math.isinf(number):
                found.append(Finding("weighting.pair.not_positive", table, place, value=str(cell)))
            else:
                given[i, j] = number
    np.fill_diagonal(given, 1.0)
    return given, found


def read_number(cell: Any) -> float | None:  # noqa: ANN401 - raw input
    """A cell as a number: NaN where it is empty, None where it is no number; ``"1/7"`` is a seventh."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return math.nan
    if isinstance(cell, bool | np.bool_):
        return None
    try:
        return float(Fraction(cell.strip())) if isinstance(cell, str) else float(cell)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return math.nan if type(cell).__name__ in {"NAType", "NaTType"} else None


def _reciprocal(labels: Sequence[str], given: FloatArray, table: str) -> tuple[FloatArray, list[Finding]]:
    """Both halves filled from what was given; findings where the halves contradict each other."""
    full = given.copy()
    found: list[Finding] = []
    for i, j in combinations(range(len(labels)), 2):
        up, down = float(given[i, j]), float(given[j, i])
        if math.isnan(up) and math.isnan(down):
            continue
        place = f"{labels[i]} / {labels[j]}"
        if not math.isnan(up) and not math.isnan(down):
            off = abs(up * down - 1)
            if off > EXACTLY:
                severe = off > ROUNDED
                code = "weighting.pair.not_reciprocal" if severe else "weighting.pair.rounded"
                facts = {"up": f"{up:g}", "down": f"{down:g}", "first": labels[i], "second": labels[j]}
                severity: Literal["error", "warning"] = "error" if severe else "warning"
                found.append(Finding(code, table, place, value=f"{up:g}", facts=facts, severity=severity))
            up, down = (up, math.nan) if up >= down else (math.nan, down)
        full[i, j], full[j, i] = (up, 1 / up) if math.isnan(down) else (1 / down, down)
        if max(full[i, j], full[j, i]) > SCALE_END + EXACTLY:
            found.append(beyond_scale(float(max(full[i, j], full[j, i])), table, place))
    return full, found


def beyond_scale(times: float, table: str, place: str) -> Finding:
    """The finding of a judgement above 9: a warning, an error beyond 1000."""
    severity: Literal["error", "warning"] = "error" if times > MOST_TIMES else "warning"
    return Finding("weighting.pair.beyond_scale", table, place, value=f"{times:g}", severity=severity)


def groups_of(matrix: FloatArray) -> list[list[int]]:
    """Places that judgements connect with each other, group by group."""
    known = ~np.isnan(matrix)
    left = set(range(matrix.shape[0]))
    groups = []
    while left:
        group, edge = set(), {min(left)}
        while edge:
            group |= edge
            edge = {j for i in edge for j in np.flatnonzero(known[i]).tolist()} - group
        groups.append(sorted(group))
        left -= group
    return groups


def _not_connected(labels: Sequence[str], matrix: FloatArray, table: str) -> list[Finding]:
    groups = groups_of(matrix)
    if len(groups) == 1:
        return []
    named = " | ".join(", ".join(sorted(labels[i] for i in group)) for group in groups)
    return [Finding("weighting.pair.not_connected", table, value=named, facts={"groups": named})]
