r"""Weights from pairwise judgements (analytic hierarchy process).

.. math:: A w = \lambda_{max} w, \qquad CI = \frac{\lambda_{max} - n}{n - 1}, \qquad CR = \frac{CI}{RI}

a_ij says how many times i is worth j, n is the number of criteria, RI the mean CI of random matrices.

Source: Saaty 1977, J. Math. Psychol. 15:234-281; Saaty 1980, The Analytic Hierarchy Process.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from supplier_eval.errors import Finding
from supplier_eval.policy.asked_weighting import asked_above_zero, asked_key
from supplier_eval.policy.pairwise import Pairs, read_pairs
from supplier_eval.policy.priorities import (
    farthest_judgement,
    harker,
    implied_by_others,
    least_inconsistent,
    log_least_squares,
    principal,
    ratios_of_error,
)
from supplier_eval.policy.random_index import (
    CR_THRESHOLD,
    CR_THRESHOLD_SMALL,
    GCI_THRESHOLD,
    GCI_THRESHOLD_SMALL,
    index_of,
)
from supplier_eval.policy.weights import TABLE, FloatArray, Weights, canonical

Prioritisation: TypeAlias = Literal["eigenvector", "geometric_mean"]
Completion: TypeAlias = Literal["least_inconsistent", "harker"]
SOURCES = {
    "eigenvector": "Saaty 1980, principal eigenvector",
    "geometric_mean": "Crawford & Williams 1985, geometric mean of the rows",
}
FILLED = {
    "least_inconsistent": "gaps filled for the least lambda_max (Bozóki, Fülöp & Rónyai 2010)",
    "harker": "gaps by Harker 1987",
}


class Judgement(NamedTuple):
    """One judgement that the others contradict most.

    Attributes
    ----------
    first, second : str
        The pair; `first` was judged worth at least as much.
    given : float
        How many times `first` is worth `second`, as judged.
    by_weights : float
        The same by the weights found.
    by_others : float or None
        The same by all the other judgements; None where they do not connect the two.
    """

    first: str
    second: str
    given: float
    by_weights: float
    by_others: float | None


@dataclass(frozen=True)
class AhpOptions:
    """How AHP is computed; see `ahp` for the meaning."""

    method: Prioritisation = "eigenvector"
    random_index: str | float = "saaty_1980"
    threshold: float | None = None
    incomplete: Completion = "least_inconsistent"

    def __post_init__(self) -> None:
        asked_key("AHP method", self.method, SOURCES)
        asked_key("way to fill gaps", self.incomplete, FILLED)
        if self.threshold is not None:
            asked_above_zero(self.threshold, "threshold")
        index_of(self.random_index, 3)


def ahp(
    matrix: Any,  # noqa: ANN401 - table, mapping or array
    *,
    names: Iterable[str] | None = None,
    method: Prioritisation = "eigenvector",
    random_index: str | float = "saaty_1980",
    threshold: float | None = None,
    incomplete: Completion = "least_inconsistent",
) -> Weights:
    """Weights from pairs of criteria that people compared ("three times as much"), with their consistency.

    Parameters
    ----------
    matrix : DataFrame, mapping or array_like of shape (n, n)
        How many times the row is worth the column, 1/9 to 9; forms and gaps as in `read_pairs`.
    names : iterable of str, optional
        Names of plain numbers.
    method : {"eigenvector", "geometric_mean"}
        Saaty's principal eigenvector, or the geometric mean of the rows (log least squares where pairs are missing).
    random_index : str or float
        Key in ``RANDOM_INDICES`` (``"saaty_1980"``, ``"saaty_2008"``, ``"alonso_lamata_2006"``) or a figure.
    threshold : float, optional
        From where judgements count as inconsistent: by default CR 0.10 (0.05 for three criteria, 0.08 for four), or
        for the geometric mean GCI 0.370 (0.3147 for three, 0.3526 for four).
    incomplete : {"least_inconsistent", "harker"}
        How the eigenvector deals with missing pairs.

    Returns
    -------
    Weights
        ``consistency`` has ``lambda_max``, ``ci``, ``ri``, ``ri_table``, ``cr``, ``cr_threshold``, ``missing``; for the
        geometric mean ``gci`` and ``gci_threshold`` instead of the threshold of CR. ``figures`` has ``matrix`` as it
        was used, ``error_ratios`` and ``worst_judgement`` (`Judgement` or None). Too little consistency is a finding,
        not an error.

    Raises
    ------
    InvalidInput
        With everything that is wrong with the judgements, see `read_pairs`.

    Notes
    -----
    One criterion weighs 1; one or two are always consistent. A ratio is left out, and a finding says so, where there
    is no figure to compare with: beyond the end of the table, for gaps filled by Harker's rule, and for the
    geometric mean of an incomplete matrix.

    Examples
    --------
    >>> weights = se.policy.ahp({("price", "quality"): 2, ("price", "staff"): 4, ("quality", "staff"): 2})
    >>> weights.to_frame().round(4)
      criterion  weight   lower   upper
    0     price  0.5714  0.5714  0.5714
    1   quality  0.2857  0.2857  0.2857
    2     staff  0.1429  0.1429  0.1429
    """
    options = AhpOptions(method, random_index, threshold, incomplete)
    return weigh_pairs(read_pairs(matrix, names), options)


def weigh_pairs(pairs: Pairs, options: AhpOptions) -> Weights:
    """Weights and consistency of judgements that were read; solved in canonical order of the names."""
    order = canonical(pairs.names)
    sorted_pairs = pairs.ordered(order)
    gaps = len(sorted_pairs.missing)
    weights, used, lam = _solve(sorted_pairs.matrix, options, gaps)
    consistency, found = _consistency(sorted_pairs, weights, lam, options)
    worst = worst_judgement(sorted_pairs, weights)
    if (said := _judged(consistency, worst)) is not None:
        found.append(said)
    back = np.argsort(order)
    source = SOURCES[options.method]
    if gaps and options.method == "eigenvector":
        source = f"{source}; {FILLED[options.incomplete]}"
    figures = {
        "matrix": used[np.ix_(back, back)],
        "error_ratios": ratios_of_error(pairs.matrix, weights[back]),
        "worst_judgement": worst,
    }
    return Weights(pairs.names, weights[back], "ahp", source, consistency, (*pairs.findings, *found), figures)


def _solve(matrix: FloatArray, options: AhpOptions, gaps: int) -> tuple[FloatArray, FloatArray, float]:
    """Weights, the matrix that was used (gaps filled), and lambda_max (NaN where it has no meaning)."""
    if options.method == "geometric_mean":
        weights = log_least_squares(matrix)
        return weights, matrix, math.nan if gaps else principal(matrix)[0]
    if gaps and options.incomplete == "harker":
        lam, weights = harker(matrix)
        return weights, np.where(np.isnan(matrix), weights[:, np.newaxis] / weights, matrix), lam
    full = least_inconsistent(matrix)
    lam, weights = principal(full)
    return weights, full, lam


def _consistency(
    pairs: Pairs, weights: FloatArray, lam: float, options: AhpOptions
) -> tuple[dict[str, float | str], list[Finding]]:
    """Figures of consistency, and findings where a figure cannot be given."""
    n, gaps = len(pairs.names), len(pairs.missing)
    figures: dict[str, float | str] = {"missing": float(gaps)}
    found: list[Finding] = []
    comparable = not gaps or (options.method == "eigenvector" and options.incomplete == "least_inconsistent")
    if not math.isnan(lam):
        ci = max(0.0, (lam - n) / (n - 1)) if n > 2 else 0.0
        figures |= {"lambda_max": max(lam, float(n)), "ci": ci}
        index, table = index_of(options.random_index, n, gaps)
        if comparable and index is not None:
            cr = ci / index if index > 1e-12 else 0.0
            figures |= {"ri": index, "ri_table": table, "cr": cr}
        elif comparable:
            facts = {"n": n, "index_table": table}
            found.append(Finding("weighting.ahp.no_random_index", TABLE, value=str(n), facts=facts, severity="warning"))
    if options.method == "geometric_mean" and n > 2:
        figures["gci"] = geometric_consistency_index(pairs.matrix, weights)
    if not comparable:
        facts = {"missing": gaps}
        found.append(Finding("weighting.ahp.not_comparable", TABLE, value=str(gaps), facts=facts, severity="warning"))
    elif n > 2 and options.method == "geometric_mean":
        figures["gci_threshold"] = options.threshold or GCI_THRESHOLD_SMALL.get(n, GCI_THRESHOLD)
    elif "cr" in figures:
        figures["cr_threshold"] = options.threshold or CR_THRESHOLD_SMALL.get(n, CR_THRESHOLD)
    return figures, found


def _judged(figures: Mapping[str, float | str], worst: Judgement | None) -> Finding | None:
    """The finding of a figure above its threshold, with the judgement to look at first."""
    for name in ("cr", "gci"):
        limit = figures.get(f"{name}_threshold")
        if limit is not None and worst is not None and float(figures[name]) > float(limit):
            facts = {
                "name": name.upper(),
                "figure": f"{float(figures[name]):.4f}",
                "limit": f"{float(limit):g}",
                "first": worst.first,
                "second": worst.second,
                "given": f"{worst.given:.3g}",
                "consistent": f"{worst.by_weights if worst.by_others is None else worst.by_others:.3g}",
            }
            place = f"{worst.first} / {worst.second}"
            return Finding("weighting.ahp.inconsistent", TABLE, place, facts=facts, severity="warning")
    return None


def worst_judgement(pairs: Pairs, weights: FloatArray) -> Judgement | None:
    """The judgement that the others contradict most; None where all agree."""
    pair = farthest_judgement(pairs.matrix, weights)
    if pair is None:
        return None
    i, j = pair
    others = implied_by_others(pairs.matrix, i, j)
    ratio = float(weights[i] / weights[j])
    return Judgement(pairs.names[i], pairs.names[j], float(pairs.matrix[i, j]), ratio, others)


def geometric_consistency_index(matrix: FloatArray, weights: FloatArray) -> float:
    """How far the judgements scatter around the geometric-mean weights; 0 where they agree.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Judgements; NaN where nobody judged.
    weights : ndarray of shape (n,)
        Log-least-squares weights.

    Returns
    -------
    float
        Sum of squared logarithms of the error ratios over the degrees of freedom: (n-1)(n-2)/2 for a complete
        matrix, judged pairs less n - 1 for one with gaps (an extension of the published index); 0 where none is
        left.

    References
    ----------
    Crawford & Williams 1985; Aguarón & Moreno-Jiménez 2003, EJOR 147(1):137-145.
    """
    errors = np.log(ratios_of_error(matrix, weights))
    n = matrix.shape[0]
    squares = [float(errors[i, j]) ** 2 for i, j in combinations(range(n), 2) if not math.isnan(errors[i, j])]
    free = len(squares) - (n - 1)
    return math.fsum(squares) / free if free > 0 else 0.0
