"""Judgements at every node of a hierarchy multiply through: weights of the leaves, priorities of alternatives.

Source: Saaty 1980, The Analytic Hierarchy Process (hierarchic composition, distributive mode).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.policy.asked_weighting import asked_by_name, asked_places, refuse
from supplier_eval.policy.document import Policy
from supplier_eval.policy.tree import CriteriaTree
from supplier_eval.policy.weighting import weighting
from supplier_eval.policy.weights import FINEST, NOISE, TABLE, FloatArray, Weights, normalised

Hierarchy: TypeAlias = Policy | CriteriaTree | Mapping[str, str]
COMPOSED = "hierarchic composition (Saaty 1980)"
DISTRIBUTED = "hierarchic composition, distributive mode (Saaty 1980)"
TOP = "(top)"


def leaf_weights(
    judgements: Mapping[str, Any], hierarchy: Hierarchy, *, method: str = "ahp", category: str = ""
) -> Weights:
    """Weights of the leaves of a hierarchy: shares at every node, multiplied from the top down.

    Parameters
    ----------
    judgements : mapping of str to Weights or judgements
        Node (``""`` for the top) → `Weights` of its children, or what `method` takes (for AHP a matrix). A node with
        one child needs none.
    hierarchy : Policy, CriteriaTree or mapping of str to str
        The tree; as a mapping, child → parent, ``""`` for the top.
    method : str
        Key in ``WEIGHTINGS`` for judgements that are no `Weights` yet.
    category : str
        Service category of a policy whose criteria differ by category.

    Returns
    -------
    Weights
        Leaves in tree order; ``parts`` holds the `Weights` of every node; ``lower`` and ``upper`` are the products
        of the nodes' own ends where a node leaves an interval.

    Raises
    ------
    InvalidInput
        With every node without judgements, judgements of a node that does not exist, and names that are not the
        node's children.
    UnknownName
        If there is no such weighting or service category.

    Examples
    --------
    >>> parents = {"price": "", "quality": "", "plan": "quality", "staff": "quality"}
    >>> top, below = se.policy.swing({"price": 40, "quality": 60}), se.policy.swing({"plan": 3, "staff": 1})
    >>> se.policy.leaf_weights({"": top, "quality": below}, parents)
    Weights(hierarchy: price 0.400, plan 0.450, staff 0.150; 0 findings)
    """
    children = _children(hierarchy, category)
    judgements = {str(node): given for node, given in asked_by_name(judgements, "judgements").items()}
    parts: dict[str, Weights] = {}
    found = [Finding("weighting.node.unknown", TABLE, n, value=n) for n in sorted(set(judgements) - set(children))]
    for node, below in children.items():
        if node not in judgements:
            if len(below) > 1:
                found.append(Finding("weighting.node.missing", TABLE, node or TOP, value=", ".join(below)))
            else:
                parts[node] = Weights(below, np.ones(1), "only_child", COMPOSED)
            continue
        try:
            part = _weights(judgements[node], method)
        except InvalidInput as refused:
            found += [_at(node, f) for f in refused.findings]
            continue
        if strays := sorted(set(part.names) ^ set(below)):
            found.append(Finding("weighting.node.names", TABLE, node or TOP, value=", ".join(strays)))
        parts[node] = part
    if found:
        raise InvalidInput(found)
    return _composed(children, parts)


def alternative_priorities(criteria: Any, alternatives: Mapping[str, Any], *, method: str = "ahp") -> Weights:  # noqa: ANN401 - Weights or judgements
    """Priorities of alternatives that were compared with each other under every criterion (full AHP).

    Parameters
    ----------
    criteria : Weights or judgements
        Weights of the criteria (of the leaves, for a hierarchy), or what `method` takes.
    alternatives : mapping of str to Weights or judgements
        Criterion → priorities of the alternatives under it; the same alternatives everywhere.
    method : str
        Key in ``WEIGHTINGS`` for judgements that are no `Weights` yet.

    Returns
    -------
    Weights
        One priority an alternative, summing to 1 (distributive mode); ``parts`` holds the priorities by criterion,
        and under ``""`` the weights of the criteria.

    Raises
    ------
    InvalidInput
        With every criterion without comparisons, unknown criteria, and alternatives that differ.

    Notes
    -----
    Distributive priorities can change their order when an alternative is added or removed; they describe a panel's
    comparisons, and never a binding award.
    """
    top = _weights(criteria, method)
    alternatives = {str(name): given for name, given in asked_by_name(alternatives, "alternatives").items()}
    found = [Finding("weighting.node.unknown", TABLE, n, value=n) for n in sorted(set(alternatives) - set(top.by_name))]
    missing = [name for name in top.names if name not in alternatives]
    found += [Finding("weighting.node.missing", TABLE, name, value=name) for name in missing]
    parts: dict[str, Weights] = {"": top}
    for name in top.names:
        try:
            parts |= {name: _weights(alternatives[name], method)} if name in alternatives else {}
        except InvalidInput as refused:
            found += [_at(name, f) for f in refused.findings]
    listed = next((part.names for name, part in parts.items() if name), ())
    for name, part in parts.items():
        if name and (strays := sorted(set(part.names) ^ set(listed))):
            found.append(Finding("weighting.node.names", TABLE, name, value=", ".join(strays)))
    if found:
        raise InvalidInput(found)
    totals = [math.fsum(top[name] * parts[name][bid] for name in top.names) for bid in listed]
    return Weights(listed, normalised(totals), "alternatives", DISTRIBUTED, {}, _all_findings(parts), {}, parts)


def policy_points(weights: Weights, policy: Policy, *, places: int = 2, category: str = "") -> dict[str, Decimal]:
    """Points for every criterion of a policy, node by node, ready for ``policy.replace(weights=...)``.

    Parameters
    ----------
    weights : Weights
        From `leaf_weights`, or those of the top criteria alone.
    policy : Policy
        States what the points of every node add up to.
    places : int
        Decimal places.
    category : str
        Service category of a policy whose criteria differ by category.

    Returns
    -------
    dict of str to Decimal
        Criterion id → points; they add up exactly to the total of their node.

    Raises
    ------
    InvalidInput
        If a node of the weights is none of the policy's, or its names are not the node's children.
    """
    if not isinstance(weights, Weights):
        refuse("weighting.asked.weights", "weights", weights)
    tree = tree_of(policy, category)
    places = asked_places(places, FINEST)
    points: dict[str, Decimal] = {}
    found = []
    for node, part in (weights.parts if weights.method == "hierarchy" else {"": weights}).items():
        below = {c.id for c in tree.children(node)}
        if strays := sorted(set(part.names) ^ below):
            found.append(Finding("weighting.node.names", TABLE, node or TOP, value=", ".join(strays)))
            continue
        points |= part.as_points(tree[node].total if node else policy.total, places)
    if found:
        raise InvalidInput(found)
    return points


def tree_of(policy: Policy, category: str) -> CriteriaTree:
    """The criteria of one service category; the only one where none is named.

    Raises
    ------
    UnknownName
        If the criteria differ by service category and `category` is none of the policy's.
    """
    if not isinstance(policy, Policy):
        refuse("weighting.asked.hierarchy", "policy", policy)
    named = isinstance(category, str)
    if named and not category and len(policy.categories) == 1:  # one kind of service: no choice to make
        category = policy.categories[0]
    unknown = not named or category not in policy.categories
    if unknown and (not named or category or any(c.categories for c in policy.criteria)):
        raise UnknownName("service category", category, policy.categories)
    return policy.tree(category)


def _children(hierarchy: Hierarchy, category: str) -> dict[str, tuple[str, ...]]:
    """Node → children, from the top down; only nodes that have some."""
    if hasattr(hierarchy, "items"):
        return _from_parents({str(child): str(parent) for child, parent in hierarchy.items()})
    tree = hierarchy if isinstance(hierarchy, CriteriaTree) else tree_of(hierarchy, category)
    return _descend("", {c.id: tuple(child.id for child in tree.children(c.id)) for c in tree.criteria}, tree)


def _descend(node: str, below: Mapping[str, tuple[str, ...]], tree: CriteriaTree) -> dict[str, tuple[str, ...]]:
    own = below.get(node, ()) if node else tuple(c.id for c in tree.roots)
    ordered = {node: own} if own else {}
    for child in own:
        ordered |= _descend(child, below, tree)
    return ordered


def _from_parents(parents: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Children by node of a plain child → parent mapping; what hangs in the air or in a circle is refused."""
    ordered: dict[str, tuple[str, ...]] = {}
    waiting = [""]
    while waiting:
        node = waiting.pop(0)
        below = tuple(child for child, parent in parents.items() if parent == node)
        if below:
            ordered[node] = below
            waiting += below
    reached = {child for below in ordered.values() for child in below}
    lost = sorted(set(parents) - reached)
    if lost or not ordered:
        raise InvalidInput([Finding("weighting.node.loose", TABLE, value=", ".join(lost))])
    return ordered


def _weights(given: Any, method: str) -> Weights:  # noqa: ANN401 - Weights or judgements
    return given if isinstance(given, Weights) else weighting(method).function(given)


def _composed(children: Mapping[str, tuple[str, ...]], parts: Mapping[str, Weights]) -> Weights:
    """Products along the paths, leaf by leaf."""
    above = {child: node for node, below in children.items() for child in below}
    leaves = tuple(_leaves("", children))
    lower, upper = (_products(leaves, above, parts, end) for end in ("lower", "upper"))
    values = normalised(_products(leaves, above, parts, "values"))
    figures = {"lower": lower, "upper": upper} if np.any(upper - lower > NOISE) else {}
    return Weights(leaves, values, "hierarchy", COMPOSED, {}, _all_findings(parts), figures, parts)


def _leaves(node: str, children: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    for child in children[node]:
        yield from _leaves(child, children) if child in children else (child,)


def _products(leaves: tuple[str, ...], above: Mapping[str, str], parts: Mapping[str, Weights], end: str) -> FloatArray:
    shares = {
        (node, name): float(figure)
        for node, part in parts.items()
        for name, figure in zip(part.names, getattr(part, end), strict=True)
    }
    products = []
    for leaf in leaves:
        product, at = 1.0, leaf
        while at:
            product *= shares[above[at], at]
            at = above[at]
        products.append(product)
    return np.array(products)


def _all_findings(parts: Mapping[str, Weights]) -> tuple[Finding, ...]:
    return tuple(_at(node, finding) for node, part in parts.items() for finding in part.findings)


def _at(node: str, finding: Finding) -> Finding:
    """A finding with the node named as its place."""
    place = f"{node or TOP}.{finding.column}" if finding.column else node or TOP
    return Finding(finding.code, TABLE, place, finding.rows, finding.value, finding.facts, finding.severity)
