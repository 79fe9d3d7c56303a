"""A policy with other weights, another price formula or other floors, exact to the last decimal.

Nobody has adopted a changed policy, so the copies carry no adoption; only then may a criterion weigh nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.policy.document import Policy
from supplier_eval.rank.asked import asked_mapping
from supplier_eval.score.price import price_formula

if TYPE_CHECKING:
    from supplier_eval.policy.tree import CriteriaTree

PLACES = Decimal("0.000000000001")
NOISE = Decimal("0.000000001")
Number = Decimal | float | int | str


def with_weights(policy: Policy, tree: CriteriaTree, weights: Mapping[str, Number]) -> Policy:
    """A copy in which some criteria weigh otherwise; their siblings share what is left in the published proportion.

    Parameters
    ----------
    policy : Policy
        The published policy.
    tree : CriteriaTree
        Its criteria for the tender's service category.
    weights : mapping
        Criterion id → points within its parent. Where every child of a node is named, they are taken as they are.

    Raises
    ------
    UnknownName
        If there is no such criterion.
    InvalidInput
        If a weight is no number, negative, or more than its parent has to give.
    """
    named = _points(weights)
    parents = dict.fromkeys(tree[criterion].parent for criterion in named)
    found: dict[str, Decimal] = {}
    for parent in parents:
        total = policy.total if not parent else tree[parent].total
        children = tree.children(parent)
        mine = {child.id: named[child.id] for child in children if child.id in named}
        rest = [child for child in children if child.id not in mine]
        left = total - sum(mine.values(), Decimal(0))
        if 0 < abs(left) <= NOISE and mine and (left < 0 or not rest):  # floats that were meant to add up
            most = max(mine, key=lambda name: (mine[name], name))
            mine[most], left = mine[most] + left, Decimal(0)
        if left < 0 or (left > 0 and not rest):
            facts = {"total": f"{total:f}", "sum": f"{total - left:f}", "parent": parent or "policy"}
            raise InvalidInput([Finding("what_if.weights.sum", "what_if", "weights", value=f"{total:f}", facts=facts)])
        found |= mine | _shared({child.id: child.weight for child in rest}, left)
    return policy.replace(weights=found, adoption=None)


def _points(weights: Mapping[str, Number]) -> dict[str, Decimal]:
    """Weights as points to twelve decimals; all that are none at once."""
    found, named = [], {}
    for criterion, weight in asked_mapping(weights, "weights").items():
        points = exact(weight)
        if points is None or points < 0:
            found.append(Finding("what_if.weights.invalid", "what_if", str(criterion), value=str(weight)))
        else:
            named[criterion] = points
    if found:
        raise InvalidInput(found)
    return named


def exact(given: object) -> Decimal | None:
    """A finite number as a decimal of at most twelve places; None for what is none, truth values among it."""
    try:
        number = Decimal(str(given))
        return number.quantize(PLACES).normalize() + 0 if number.is_finite() else None
    except ArithmeticError:
        return None


def _as_written(given: object) -> str:
    """A figure as a policy file writes it; what is none stays as it is, for the policy to refuse."""
    number = exact(given)
    return str(given) if number is None else f"{number:f}"


def _shared(weights: Mapping[str, Decimal], left: Decimal) -> dict[str, Decimal]:
    """Share points in proportion, to twelve decimals; what rounding leaves goes to the largest remainders."""
    if not weights:
        return {}
    old = sum((Fraction(w) for w in weights.values()), Fraction(0))
    wanted = {c: Fraction(left) * (Fraction(w) / old if old else Fraction(1, len(weights))) for c, w in weights.items()}
    points = {c: Decimal(int(w / Fraction(PLACES))) * PLACES for c, w in wanted.items()}
    short = int((left - sum(points.values(), Decimal(0))) / PLACES)
    for c in sorted(points, key=lambda c: (-(wanted[c] - Fraction(points[c])), c))[:short]:
        points[c] += PLACES
    return points


def with_formula(
    policy: Policy, formula: str | Mapping[str, str], parameters: Mapping[str, Number] | None = None
) -> Policy:
    """A copy in which the price criteria (or those named) are scored by another formula.

    Parameters
    ----------
    formula : str or mapping
        Name in ``PRICE_FORMULAS`` for all price criteria, or criterion id → name.
    parameters : mapping, optional
        Of the new formula; those of the old one do not carry over.
    """
    priced = [criterion.id for criterion in policy.criteria if criterion.price is not None]
    wanted = dict.fromkeys(priced, formula) if isinstance(formula, str) else dict(formula)
    for named, name in wanted.items():
        if named not in priced:
            raise UnknownName("price criterion", named, priced)
        price_formula(name)
    changed: list[Any] = []
    for criterion in policy.criteria:
        data = criterion.model_dump(mode="python", exclude_defaults=True)
        if criterion.id in wanted and criterion.price is not None:
            given = {key: _as_written(value) for key, value in (parameters or {}).items()}
            data["price"] = {**data["price"], "formula": wanted[criterion.id], "parameters": given}
        changed.append(data)
    return policy.replace(criteria=changed, adoption=None)


def with_floors(policy: Policy, floors: Mapping[str, Number] | Sequence[Mapping[str, Any]]) -> Policy:
    """A copy with other quality floors.

    Parameters
    ----------
    floors : mapping or sequence of mapping
        Criterion id → minimum value (0-100), in place of all floors; or floors as a policy file writes them. Empty for
        none.
    """
    if isinstance(floors, Mapping):
        floors = [{"criterion": criterion, "minimum": _as_written(minimum)} for criterion, minimum in floors.items()]
    return policy.replace(floors=[dict(floor) for floor in floors], adoption=None)
