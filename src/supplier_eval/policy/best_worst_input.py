"""Reading the two lists of best-worst judgements; everything that is wrong is said at once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.policy.asked_weighting import asked_entries, asked_labels, refuse
from supplier_eval.policy.pairwise import MOST_TIMES, SCALE_END, beyond_scale, read_number
from supplier_eval.policy.weights import TABLE, FloatArray, canonical

LISTS = ("best_to_others", "others_to_worst")


@dataclass(frozen=True, eq=False)
class BestWorst:
    """Best-worst judgements in canonical order of the names.

    Parameters
    ----------
    names : tuple of str
        Criteria, sorted.
    order : tuple of int
        For each of them its place in the order given.
    best, worst : int
        Places in `names`.
    to_others, to_worst : ndarray of shape (n_criteria,)
        a_Bj and a_jW, 1 or more.
    findings : tuple of Finding
        Warnings.
    """

    names: tuple[str, ...]
    order: tuple[int, ...]
    best: int
    worst: int
    to_others: FloatArray
    to_worst: FloatArray
    findings: tuple[Finding, ...] = ()

    @property
    def a_bw(self) -> float:
        """How many times the best is worth the worst."""
        return float(self.to_others[self.worst])

    @property
    def middle(self) -> list[int]:
        """Places of the criteria that are neither best nor worst."""
        return [j for j in range(len(self.names)) if j not in {self.best, self.worst}]


def read_best_worst(
    best_to_others: Any,  # noqa: ANN401 - raw input
    others_to_worst: Any,  # noqa: ANN401 - raw input
    best: str | int | None = None,
    worst: str | int | None = None,
    names: Iterable[str] | None = None,
) -> BestWorst:
    """Read both lists, find the best and the worst criterion, and check that the answers fit together.

    Parameters
    ----------
    best_to_others, others_to_worst : mapping, Series or sequence
        As in `best_worst`.
    best, worst : str or int, optional
        Which they are: a name, or the place in two plain sequences, counted from 0.
    names : iterable of str, optional
        Names of plain sequences.

    Returns
    -------
    BestWorst
        In canonical order.

    Raises
    ------
    InvalidInput
        With everything that is wrong.
    """
    labels = asked_labels(names)
    found: list[Finding] = []
    read = [read_list(best_to_others, labels, LISTS[0], found), read_list(others_to_worst, labels, LISTS[1], found)]
    for name in sorted(set(read[0]) ^ set(read[1])):
        column = LISTS[1] if name in read[0] else LISTS[0]
        found.append(Finding("weighting.best_worst.missing", TABLE, column, value=name))
    if not read[0]:
        found.append(Finding("weighting.points.empty", TABLE, LISTS[0]))
    if found:
        raise InvalidInput(found)
    listed = list(read[0])
    plain = not any(hasattr(given, "items") for given in (best_to_others, others_to_worst))
    said = (_named(best, "best", listed, plain), _named(worst, "worst", listed, plain))
    order = canonical(listed)
    sorted_names = tuple(listed[i] for i in order)
    to_others = np.array([read[0][name] for name in sorted_names])
    to_worst = np.array([read[1][name] for name in sorted_names])
    ends = _ends(sorted_names, to_others, to_worst, said)
    given = BestWorst(sorted_names, tuple(order), *ends, to_others, to_worst)
    _fit(given)
    return BestWorst(sorted_names, tuple(order), *ends, to_others, to_worst, tuple(_warnings(given)))


def read_list(given: Any, names: list[str] | None, column: str, found: list[Finding]) -> dict[str, float]:  # noqa: ANN401
    """One list as name → number of 1 or more; what is wrong is added to `found`."""
    cells: list[tuple[str, Any]]
    if hasattr(given, "items"):
        cells = [(str(name), cell) for name, cell in given.items()]
    else:
        plain = asked_entries(given, column)
        labels = names or [str(i + 1) for i in range(len(plain))]
        if len(labels) != len(plain):
            found.append(Finding("weighting.points.length", TABLE, column, value=str(len(plain))))
            return {}
        cells = list(zip(labels, plain, strict=True))
    read = {}
    for name, cell in cells:
        number = read_number(cell)
        if number is None or not math.isfinite(number) or number < 1:
            shown = "" if cell is None else str(cell)
            found.append(Finding("weighting.best_worst.below_one", TABLE, f"{column}.{name}", value=shown))
        elif number > MOST_TIMES:
            found.append(beyond_scale(number, TABLE, f"{column}.{name}"))
        if name in read:
            found.append(Finding("weighting.pair.twice", TABLE, name))
        read[name] = math.nan if number is None else number
    return read


def _named(given: Any, which: str, listed: list[str], plain: bool) -> str | None:  # noqa: ANN401 - raw input
    """The name of an end; a whole number is a place in plain sequences."""
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, int | np.integer) and not isinstance(given, bool):
        return listed[given] if plain and 0 <= given < len(listed) else str(given)
    return refuse("weighting.asked.end", which, given)


def _ends(
    names: tuple[str, ...], to_others: FloatArray, to_worst: FloatArray, said: tuple[str | None, str | None]
) -> tuple[int, int]:
    """Places of the best and the worst criterion."""
    found, ends = [], []
    for which, figures, name in zip(("best", "worst"), (to_others, to_worst), said, strict=True):
        ones = [names[j] for j in np.flatnonzero(figures == 1)]
        candidates = ones if name is None else [n for n in ones if n == name]
        if len(candidates) != 1:
            facts = {"which": which, "ones": ", ".join(ones) or "-"}
            found.append(Finding("weighting.best_worst.unclear", TABLE, which, value=name or "", facts=facts))
        ends.append(names.index(candidates[0]) if candidates else 0)
    if not found and len(names) > 1 and ends[0] == ends[1]:
        found.append(Finding("weighting.best_worst.same", TABLE, "worst", value=names[ends[0]]))
    if found:
        raise InvalidInput(found)
    return ends[0], ends[1]


def _fit(given: BestWorst) -> None:
    """Refuse two different answers to the question best against worst."""
    first, second = given.a_bw, float(given.to_worst[given.best])
    if first != second:
        facts = {"first": f"{first:g}", "second": f"{second:g}"}
        place = f"{given.names[given.best]} / {given.names[given.worst]}"
        raise InvalidInput([Finding("weighting.best_worst.two_answers", TABLE, place, facts=facts)])


def _warnings(given: BestWorst) -> list[Finding]:
    """Judgements beyond the scale, beyond a_BW, and pairs that the two lists rank differently."""
    found = []
    for column, figures in zip(LISTS, (given.to_others, given.to_worst), strict=True):
        for name, figure in zip(given.names, figures.tolist(), strict=True):
            place, shown = f"{column}.{name}", f"{figure:g}"
            if SCALE_END < figure <= MOST_TIMES:
                found.append(beyond_scale(figure, TABLE, place))
            if figure > given.a_bw:
                facts = {"most": f"{given.a_bw:g}"}
                code = "weighting.best_worst.beyond_worst"
                found.append(Finding(code, TABLE, place, value=shown, facts=facts, severity="warning"))
    p, q = given.to_others, given.to_worst
    for i, j in combinations(given.middle, 2):
        if (p[i] - p[j]) * (q[i] - q[j]) > 0:
            place = f"{given.names[i]} / {given.names[j]}"
            found.append(Finding("weighting.best_worst.contradiction", TABLE, place, severity="warning"))
    return found
