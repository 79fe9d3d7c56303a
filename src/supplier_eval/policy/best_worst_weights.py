r"""Weights from comparing the best criterion with the others, and the others with the worst.

.. math:: \min \xi : \; |w_B / w_j - a_{Bj}| \le \xi, \; |w_j / w_W - a_{jW}| \le \xi, \; \sum_j w_j = 1

a_Bj says how many times the best criterion is worth j, a_jW how many times j is worth the worst. The linear model
bounds the differences :math:`|w_B - a_{Bj} w_j|` and :math:`|w_j - a_{jW} w_W|` instead.

Source: Rezaei 2015, Omega 53:49-57 (nonlinear); Rezaei 2016, Omega 64:126-130 (linear; intervals of weights).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from supplier_eval.errors import Finding
from supplier_eval.policy.asked_weighting import asked_key
from supplier_eval.policy.best_worst_input import BestWorst, read_best_worst
from supplier_eval.policy.weights import TABLE, FloatArray, Weights, normalised

Model: TypeAlias = Literal["nonlinear", "linear"]
SOURCES = {
    "nonlinear": "Rezaei 2015, smallest largest deviation of ratios; centre of the weight intervals (Rezaei 2016)",
    "linear": "Rezaei 2016, linear model",
}
INDEX_SOURCE = "Rezaei 2015, table 1 (its formula)"
LIMIT_SOURCE = "Liang, Brunelli & Rezaei 2020, Omega 96:102175, table 3"
INPUT_LIMITS = {  # a_BW → thresholds for 3, 4, ... 9 criteria
    2: (0.0,) * 7,
    3: (0.1667,) * 7,
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}


class Solved(NamedTuple):
    """Optimal deviation and the weights it allows, in the order of the criteria solved."""

    xi: float
    weights: FloatArray
    lower: FloatArray
    upper: FloatArray


def best_worst(
    best_to_others: Any,  # noqa: ANN401 - mapping, Series or sequence
    others_to_worst: Any,  # noqa: ANN401 - mapping, Series or sequence
    *,
    best: str | int | None = None,
    worst: str | int | None = None,
    model: Model = "nonlinear",
    names: Iterable[str] | None = None,
) -> Weights:
    """Weights from 2n - 3 comparisons: the best criterion with every other, every other with the worst.

    Parameters
    ----------
    best_to_others : mapping, Series or sequence
        How many times the best criterion is worth each one, 1 to 9; 1 for the best itself.
    others_to_worst : mapping, Series or sequence
        How many times each one is worth the worst criterion, 1 to 9; 1 for the worst itself.
    best, worst : str or int, optional
        Which they are; needed only where several entries are 1. A whole number is the place in two plain sequences,
        counted from 0; where the judgements have names, it is a name.
    model : {"nonlinear", "linear"}
        Ratios (Rezaei 2015, solved exactly) or differences (Rezaei 2016, by linear programming).
    names : iterable of str, optional
        Names of plain sequences (else ``"1"``, ``"2"``, ...).

    Returns
    -------
    Weights
        ``consistency`` has ``xi`` (the smallest largest deviation), for the nonlinear model ``consistency_index``,
        ``index_table`` and ``cr = xi / index``; ``input_cr`` with ``input_cr_threshold`` and ``threshold_table``
        where the table has one (whole a_BW of 2-9, 3-9 criteria); ``xi_at_weights``, the deviation of the weights
        returned. The nonlinear model can leave an interval for each weight (``lower``, ``upper``); the weights are
        the centres of the intervals, scaled to sum to 1.

    Raises
    ------
    InvalidInput
        With every entry that is missing, not a number, or below 1; a best or worst criterion that is not clear;
        two different answers to the one question best against worst.

    Notes
    -----
    Judgements beyond 9, or beyond a_BW, and criteria whose two answers rank them differently are findings.

    Examples
    --------
    >>> weights = se.policy.best_worst({"price": 1, "quality": 2, "staff": 4}, {"price": 4, "quality": 2, "staff": 1})
    >>> weights
    Weights(best_worst: price 0.571, quality 0.286, staff 0.143; 0 findings)
    """
    asked_key("best-worst model", model, SOURCES)
    given = read_best_worst(best_to_others, others_to_worst, best, worst, names)
    solved = _nonlinear(given) if model == "nonlinear" else _linear(given)
    consistency, found = _consistency(given, solved, model)
    back = np.argsort(given.order)
    weights, lower, upper = solved.weights[back], solved.lower[back], solved.upper[back]
    figures = {
        "best": given.names[given.best],
        "worst": given.names[given.worst],
        "best_to_others": given.to_others[back],
        "others_to_worst": given.to_worst[back],
        "lower": lower,
        "upper": upper,
    }
    names_back = tuple(given.names[i] for i in back)
    return Weights(names_back, weights, "best_worst", SOURCES[model], consistency, (*given.findings, *found), figures)


def consistency_index(a_bw: float) -> float:
    """Largest deviation that the nonlinear model can have, by the best-to-worst judgement.

    Parameters
    ----------
    a_bw : float
        How many times the best criterion is worth the worst, 1 or more.

    Returns
    -------
    float
        Smaller root of x² - (1 + 2a)x + a² - a; for 1, 2, ... 9 the 0, 0.44, 1, 1.63, 2.30, 3, 3.73, 4.47, 5.23 of
        Rezaei 2015, table 1.
    """
    s = 1 + 2 * a_bw
    c = a_bw * (a_bw - 1)
    return 2 * c / (s + math.sqrt(s * s - 4 * c))


def input_ratio(given: BestWorst) -> float:
    """Input-based consistency ratio, known before anything is solved (Liang, Brunelli & Rezaei 2020, eqs. 9-10)."""
    a = given.a_bw
    if a <= 1:
        return 0.0
    pairs = zip(given.to_others.tolist(), given.to_worst.tolist(), strict=True)
    return float(max(abs(p * q - a) / (a * a - a) for p, q in pairs))


def _least_deviation(given: BestWorst) -> float:
    """Exact xi of the nonlinear model.

    With w_W = 1 and x = xi, w_B must lie above a_BW - x and all (a_Bj - x)(a_jW - x), below a_BW + x and all
    (a_Bj + x)(a_jW + x). The first x at which each lower bound meets each upper bound is the root of a line or of a
    quadratic; xi is the largest of them.
    """
    a = given.a_bw
    others = [(float(given.to_others[j]), float(given.to_worst[j])) for j in given.middle]
    needed = [0.0]
    for p, q in others:
        s, over = p + q + 1, p * q - a
        if over > 0:
            needed.append(2 * over / (s + math.sqrt(s * s - 4 * over)))
        else:
            needed.append(-2 * over / (s + math.sqrt(s * s - 4 * over)))
        needed += [(p * q - r * t) / (p + q + r + t) for r, t in others]
    return max(needed)


def _nonlinear(given: BestWorst) -> Solved:
    """Optimal weights of the nonlinear model: xi, the interval of each weight, and the centres scaled to sum to 1."""
    x, a = _least_deviation(given), given.a_bw
    p, q = given.to_others, given.to_worst
    j = given.middle
    floor = [a - x, *(max(p[k] - x, 0.0) * max(q[k] - x, 0.0) for k in j)]
    roof = [a + x, *((p[k] + x) * (q[k] + x) for k in j)]
    w_best = a if x == 0 else (max(floor) + min(roof)) / 2
    low, high = np.ones(len(p)), np.ones(len(p))
    low[given.best] = high[given.best] = w_best
    for k in j:
        low[k] = max(w_best / (p[k] + x), q[k] - x)
        high[k] = min(w_best / (p[k] - x) if p[k] > x else math.inf, q[k] + x)
        if high[k] < low[k]:  # they meet; the last bits do not
            low[k] = high[k] = (low[k] + high[k]) / 2
    lower = np.array([low[k] / math.fsum([low[k], *np.delete(high, k)]) for k in range(len(p))])
    upper = np.array([high[k] / math.fsum([high[k], *np.delete(low, k)]) for k in range(len(p))])
    return Solved(x, normalised((lower + upper) / 2), lower, upper)


def _linear(given: BestWorst) -> Solved:
    """Optimal weights of the linear model, by linear programming over (w, xi)."""
    from scipy.optimize import linprog

    n = len(given.names)
    rows = []
    for j in range(n):
        for first, times, second in ((given.best, given.to_others[j], j), (j, given.to_worst[j], given.worst)):
            row = np.zeros(n + 1)
            row[first] += 1
            row[second] -= times
            rows += [row, -row] if row.any() else []
    above = np.array(rows).reshape(-1, n + 1)
    above[:, n] = -1
    cost = np.append(np.zeros(n), 1.0)
    whole = np.append(np.ones(n), 0.0)[np.newaxis]
    found = linprog(cost, A_ub=above, b_ub=np.zeros(len(above)), A_eq=whole, b_eq=[1.0], method="highs")
    if found.status != 0:
        raise RuntimeError(f"the linear best-worst model was not solved: {found.message}")
    solution = np.asarray(found.x, dtype=np.float64)
    weights = normalised(np.maximum(solution[:n], 0.0))
    return Solved(max(0.0, float(solution[n])), weights, weights, weights)


def deviation(given: BestWorst, weights: FloatArray, model: Model) -> float:
    """Largest deviation of some weights from the judgements, as the model measures it."""
    w_b, w_w = weights[given.best], weights[given.worst]
    if model == "linear":
        off = [*(w_b - given.to_others * weights), *(weights - given.to_worst * w_w)]
    else:
        off = [*(w_b / weights - given.to_others), *(weights / w_w - given.to_worst)]
    return float(np.max(np.abs(off)))


def _consistency(given: BestWorst, solved: Solved, model: Model) -> tuple[dict[str, float | str], list[Finding]]:
    n, a = len(given.names), given.a_bw
    figures: dict[str, float | str] = {"xi": solved.xi, "xi_at_weights": deviation(given, solved.weights, model)}
    found: list[Finding] = []
    if model == "nonlinear":
        index = consistency_index(a)
        figures |= {"consistency_index": index, "index_table": INDEX_SOURCE}
        if index > 0 or solved.xi == 0:
            figures["cr"] = solved.xi / index if index > 0 else 0.0
        else:
            found.append(Finding("weighting.best_worst.no_index", TABLE, value=f"{solved.xi:.4f}", severity="warning"))
    figures["input_cr"] = input_ratio(given)
    limit = INPUT_LIMITS[int(a)][n - 3] if a in INPUT_LIMITS and 3 <= n <= 9 else None
    if limit is not None:
        figures |= {"input_cr_threshold": limit, "threshold_table": LIMIT_SOURCE}
        if float(figures["input_cr"]) > limit:
            far = max(given.middle, key=lambda k: round(abs(float(given.to_others[k] * given.to_worst[k]) - a), 9))
            facts = {
                "figure": f"{float(figures['input_cr']):.4f}",
                "limit": f"{limit:g}",
                "product": f"{given.to_others[far] * given.to_worst[far]:g}",
                "direct": f"{a:g}",
            }
            place = given.names[far]
            found.append(Finding("weighting.best_worst.inconsistent", TABLE, place, facts=facts, severity="warning"))
    return figures, found
