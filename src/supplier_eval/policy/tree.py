"""The criteria of one service category as a tree, with weights that multiply through (§1.2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property

from supplier_eval.errors import Finding, UnknownName
from supplier_eval.policy.criteria import Criterion

DEEPEST = 12
EXACT = Context(prec=80)
PLACES = 12  # the decimals that `Exact` lets in
RESERVED = ("bid", "lot", "margin", "name", "rank", "rounding", "total", "unrounded")  # columns of the results


@dataclass(frozen=True)
class CriteriaTree:
    """Criteria in the order of the policy, all of one category.

    Parameters
    ----------
    criteria : tuple of Criterion
        Nodes and leaves; parents need not stand before children.
    """

    criteria: tuple[Criterion, ...]

    @cached_property
    def by_id(self) -> dict[str, Criterion]:
        """Criterion by id."""
        return {c.id: c for c in self.criteria}

    @cached_property
    def _children(self) -> dict[str, tuple[Criterion, ...]]:
        below: dict[str, list[Criterion]] = {}
        for c in self.criteria:
            below.setdefault(c.parent, []).append(c)
        return {parent: tuple(cs) for parent, cs in below.items()}

    def __getitem__(self, criterion_id: str) -> Criterion:
        try:
            return self.by_id[criterion_id]
        except KeyError:
            raise UnknownName("criterion", criterion_id, self.by_id) from None

    def children(self, criterion_id: str = "") -> tuple[Criterion, ...]:
        """Criteria directly below a node; the top ones for ``""``."""
        return self._children.get(criterion_id, ())

    @property
    def roots(self) -> tuple[Criterion, ...]:
        """The top criteria, in the policy's order."""
        return self.children("")

    def leaves_below(self, criterion_id: str = "") -> tuple[Criterion, ...]:
        """Leaves under a node (the node itself where it is a leaf), in tree order."""
        below = self.children(criterion_id)
        if not below:
            return (self[criterion_id],) if criterion_id else ()
        return tuple(leaf for child in below for leaf in self.leaves_below(child.id))

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """All leaves, in tree order."""
        return self.leaves_below()

    def path(self, criterion_id: str) -> tuple[Criterion, ...]:
        """From the top criterion down to this one."""
        node = self[criterion_id]
        above: list[Criterion] = [node]
        while node.parent:
            node = self[node.parent]
            above.append(node)
        return tuple(reversed(above))

    def root_of(self, criterion_id: str) -> Criterion:
        """The top criterion that a leaf belongs to."""
        return self.path(criterion_id)[0]

    def exact_weight(self, criterion_id: str, total: Decimal) -> Fraction:
        """Share of the whole (0-1) of a node or leaf, exact: weights over totals, multiplied along the path.

        Parameters
        ----------
        criterion_id : str
            Node or leaf.
        total : Decimal
            What the top weights add up to, as the policy states.
        """
        share = Fraction(1)
        above = Fraction(total)
        for node in self.path(criterion_id):
            share *= Fraction(node.weight) / above
            above = Fraction(node.total)
        return share

    def share_within(self, node_id: str, leaf_id: str) -> Fraction:
        """Share of a node (0-1) that one of its leaves has, whatever the node itself weighs."""
        share = Fraction(1)
        above: Criterion | None = None
        for node in self.path(leaf_id):
            if above is not None:
                share *= Fraction(node.weight) / Fraction(above.total)
            if above is not None or node.id == node_id:
                above = node
        return share

    def weights(self, total: Decimal) -> dict[str, float]:
        """Leaf id → weight as a fraction of 1, rounded once from the exact share."""
        return {leaf.id: float(self.exact_weight(leaf.id, total)) for leaf in self.leaves}


def folded(name: str) -> str:
    """The key by which two ids are the same: without case and width, as the tables read them."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def same_ids(ids: Iterable[str]) -> list[str]:
    """Ids that stand more than once, whatever their case and width: every spelling of each."""
    groups: dict[str, list[str]] = {}
    for name in ids:
        groups.setdefault(folded(name), []).append(name)
    return sorted(", ".join(dict.fromkeys(group)) for group in groups.values() if len(group) > 1)


def tree_findings(criteria: tuple[Criterion, ...], total: Decimal, category: str) -> list[Finding]:
    """What is wrong with the criteria of one category, all at once."""
    category = category or "–"
    parents = {c.id: c.parent for c in criteria}
    twice = same_ids(c.id for c in criteria)
    found = [_finding("policy.criteria.duplicate", name, category=category) for name in twice]
    for c in criteria:
        if folded(c.id) in RESERVED:
            found.append(_finding("policy.criteria.reserved", c.id, reserved=", ".join(RESERVED)))
        if c.parent and c.parent not in parents:
            found.append(_finding("policy.criteria.orphan", c.id, parent=c.parent, category=category))
        elif (wrong := _ascent(c.id, parents)) is not None:
            found.append(_finding(wrong, c.id, category=category, deepest=DEEPEST))
    if found:
        return found
    tree = CriteriaTree(criteria)
    found += _sum_findings(tree, total, category)
    for c in tree.criteria:
        if tree.children(c.id) and c.source is not None:
            found.append(_finding("policy.criteria.node_with_source", c.id, source=c.source, category=category))
        if not tree.children(c.id) and c.source is None:
            found.append(_finding("policy.criteria.leaf_without_source", c.id, category=category))
    return found


def _sum_findings(tree: CriteriaTree, total: Decimal, category: str) -> list[Finding]:
    found = []
    for node_id, stated in [("", total), *((c.id, c.total) for c in tree.criteria if tree.children(c.id))]:
        summed = sum((Fraction(child.weight) for child in tree.children(node_id)), Fraction(0))
        if summed != Fraction(stated):
            found.append(
                _finding(
                    "policy.criteria.weight_sum",
                    node_id or "total",
                    category=category,
                    summed=_shown(summed),
                    stated=_shown(Fraction(stated)),
                )
            )
    return found


def _ascent(criterion_id: str, parents: dict[str, str]) -> str | None:
    """The code of what is wrong with the way up to the top: a circle, or too many levels."""
    seen: set[str] = set()
    at = criterion_id
    while at:
        if at in seen:
            return "policy.criteria.cycle"
        seen.add(at)
        at = parents.get(at, "")
    return "policy.criteria.too_deep" if len(seen) > DEEPEST else None


def _shown(figure: Fraction) -> str:
    """A sum of decimals as a decimal, every digit shown."""
    digits = Decimal(int(figure * 10**PLACES)).scaleb(-PLACES, EXACT)
    return format(digits.normalize(EXACT), "f") if digits else "0"


def _finding(code: str, value: str, **facts: object) -> Finding:
    return Finding(code, table="policy", column="criteria", value=value, facts=facts)
