"""Several people's pairwise judgements become one set of weights.

Source: Aczél & Saaty 1983 (the geometric mean is the aggregation of judgements that keeps reciprocity); Forman &
Peniwati 1998, EJOR 108(1):165-169 (judgements where the group acts as one, priorities where each keeps a say).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Literal, TypeAlias

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.policy.ahp_weights import SOURCES, AhpOptions, Prioritisation, weigh_pairs
from supplier_eval.policy.asked_weighting import asked_entries, asked_key, asked_labels
from supplier_eval.policy.pairwise import Pairs, read_number, read_pairs
from supplier_eval.policy.weights import MOST, TABLE, FloatArray, Weights, normalised

Aggregation: TypeAlias = Literal["judgements", "priorities_geometric", "priorities_arithmetic"]
AGGREGATIONS = {
    "judgements": "geometric mean of the judgements (Aczél & Saaty 1983)",
    "priorities_geometric": "geometric mean of the priorities (Forman & Peniwati 1998)",
    "priorities_arithmetic": "arithmetic mean of the priorities (Forman & Peniwati 1998)",
}


def group_ahp(
    matrices: Mapping[str, Any] | Sequence[Any],
    aggregate: Aggregation = "judgements",
    evaluator_weights: Mapping[str, float] | Sequence[float] | None = None,
    *,
    method: Prioritisation = "eigenvector",
    random_index: str | float = "saaty_1980",
    threshold: float | None = None,
    names: Iterable[str] | None = None,
) -> Weights:
    """Weights of a panel from the pairwise judgements of each member.

    Parameters
    ----------
    matrices : mapping of str to DataFrame, mapping or array_like, or sequence of them
        Evaluator → judgements as in `ahp`, all about the same names. Members of a plain sequence are called ``"1"``,
        ``"2"``, …
    aggregate : {"judgements", "priorities_geometric", "priorities_arithmetic"}
        What is averaged: the judgements (geometric mean, which keeps reciprocity), or each member's weights.
    evaluator_weights : mapping of str to float, or sequence in the order of the members, optional
        How much each member counts; not negative; equal unless given.
    method, random_index, threshold, names
        As in `ahp`.

    Returns
    -------
    Weights
        ``parts`` holds the weights and consistency of each member; ``figures["evaluator_weights"]`` their shares.
        For averaged judgements the consistency figures are those of the averaged matrix; averaged priorities have
        none of their own.

    Raises
    ------
    InvalidInput
        With everything that is wrong with any member's judgements, or names that differ between members.

    Notes
    -----
    Where a member did not judge a pair, the others' judgements of that pair are averaged and a finding names the
    pair; each member's own judgements must connect all criteria.

    Examples
    --------
    >>> panel = {"Li": {("price", "quality"): 3}, "Wu": {("price", "quality"): "1/3"}}
    >>> se.policy.group_ahp(panel)
    Weights(group_ahp: price 0.500, quality 0.500; 0 findings)
    """
    asked_key("aggregation", aggregate, AGGREGATIONS)
    options = AhpOptions(method, random_index, threshold)
    given = _by_member(matrices, "matrices")
    shares = _shares(given, None if evaluator_weights is None else _by_member(evaluator_weights, "evaluator_weights"))
    read = _read(given, asked_labels(names))
    members = sorted(who for who in read if shares[who] > 0)
    parts = {who: weigh_pairs(read[who], options) for who in sorted(read)}
    if aggregate == "judgements":
        pooled = _pooled([read[who] for who in members], [shares[who] for who in members])
        one = weigh_pairs(pooled, options)
        values, consistency, found, figures = one.values, one.consistency, one.findings, dict(one.figures)
    else:
        table = np.array([parts[who].values for who in members])
        values = _averaged(table, [shares[who] for who in members], aggregate)
        consistency, found, figures = {}, (), {}
    for who, part in parts.items():
        found = (*found, *(_of_member(f, who) for f in part.findings))
    figures["evaluator_weights"] = shares
    source = f"{SOURCES[method]}; {AGGREGATIONS[aggregate]}"
    return Weights(read[members[0]].names, values, "group_ahp", source, consistency, found, figures, parts)


def _by_member(given: Any, column: str) -> dict[str, Any]:  # noqa: ANN401 - raw input
    """What was given by evaluator; a plain sequence belongs to the members numbered from 1."""
    if isinstance(given, Mapping) or (hasattr(given, "items") and getattr(given, "ndim", 1) == 1):
        return {str(who): one for who, one in given.items()}
    return {str(place): one for place, one in enumerate(asked_entries(given, column), 1)}


def _shares(given: Mapping[str, Any], weights: Mapping[str, Any] | None) -> dict[str, float]:
    """Each member's share; sums to 1."""
    if not given:
        raise InvalidInput([Finding("weighting.group.empty", TABLE)])
    if weights is None:
        return dict.fromkeys(sorted(given), 1 / len(given))
    stated = {str(who): read_number(weight) for who, weight in weights.items()}
    found = [
        Finding("weighting.group.weight", TABLE, who, value=str(weights.get(who, "")))
        for who in sorted(set(given) | set(stated))
        if who not in given or not _counts(stated.get(who))
    ]
    if not found and not any(stated[who] for who in given):
        found = [Finding("weighting.group.weight", TABLE, ", ".join(sorted(given)), value="0")]
    if found:
        raise InvalidInput(found)
    names = sorted(given)
    return dict(zip(names, normalised([stated[who] or 0.0 for who in names]).tolist(), strict=True))


def _counts(weight: float | None) -> bool:
    return weight is not None and math.isfinite(weight) and 0 <= weight <= MOST


def _read(given: Mapping[str, Any], names: list[str] | None) -> dict[str, Pairs]:
    """Everybody's judgements, in the first member's order of names."""
    read: dict[str, Pairs] = {}
    found: list[Finding] = []
    for who in given:
        try:
            read[who] = read_pairs(given[who], names, table=who)
        except InvalidInput as refused:
            found += refused.findings
    first = next(iter(read.values()), None)
    for who, pairs in read.items():
        if first is not None and set(pairs.names) != set(first.names):
            strays = ", ".join(sorted(set(pairs.names) ^ set(first.names)))
            found.append(Finding("weighting.group.names", who, value=strays))
    if any(f.severity == "error" for f in found) or first is None:
        raise InvalidInput(found)
    return {who: pairs.ordered([pairs.names.index(name) for name in first.names]) for who, pairs in read.items()}


def _pooled(members: list[Pairs], shares: list[float]) -> Pairs:
    """Geometric mean of the judgements, pair by pair, over those who judged the pair."""
    names = members[0].names
    full = np.eye(len(names))
    partial = []
    for i, j in combinations(range(len(names)), 2):
        met = [(s, float(m.matrix[i, j])) for s, m in zip(shares, members, strict=True) if not np.isnan(m.matrix[i, j])]
        if 0 < len(met) < len(members):
            partial.append(f"{names[i]} / {names[j]}")
        whole = math.fsum(share for share, _ in met)
        log = math.fsum(share * math.log(a) for share, a in met) / whole if met else math.nan
        full[i, j], full[j, i] = math.exp(log), math.exp(-log)
    found = [Finding("weighting.group.partial", TABLE, place, severity="warning") for place in partial]
    return Pairs(names, full, tuple(found))


def _averaged(table: FloatArray, shares: list[float], aggregate: Aggregation) -> FloatArray:
    """Mean of the members' weights (rows), column by column, summing to 1."""
    if aggregate == "priorities_arithmetic":
        return normalised([math.fsum(s * w for s, w in zip(shares, column, strict=True)) for column in table.T])
    logs = [math.fsum(s * math.log(w) for s, w in zip(shares, column, strict=True)) for column in table.T]
    return normalised(np.exp(np.array(logs) - max(logs)))


def _of_member(finding: Finding, who: str) -> Finding:
    """A member's finding, with the member named as the place."""
    return Finding(finding.code, who, finding.column, finding.rows, finding.value, finding.facts, finding.severity)
