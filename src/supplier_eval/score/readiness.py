"""Whether a policy's price formulas can be computed for a tender, and what would surprise a panel about them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from decimal import Decimal

from supplier_eval.errors import Finding
from supplier_eval.intake.notice import Item, Lot, Notice
from supplier_eval.intake.notice_checks import DRAWN, drawn_findings
from supplier_eval.messages import Names
from supplier_eval.policy.criteria import Criterion
from supplier_eval.policy.document import Policy
from supplier_eval.policy.tree import CriteriaTree
from supplier_eval.score.price import PRICE_FORMULAS, check_parameters

FROM_THE_TENDER = frozenset({"quality", "features", "ceiling"})
PERCENT = Decimal(100)


def formula_findings(policy: Policy) -> list[Finding]:
    """What is wrong, or worth a warning, about the price formulas that a policy names.

    Returns
    -------
    list of Finding
        Errors for an unknown formula or a parameter that does not fit; a warning for every formula under
        which a dearer bid can gain points, and for one under which bids influence each other's points.
    """
    found: list[Finding] = []
    for criterion in policy.criteria:
        if criterion.price is None:
            continue
        name = criterion.price.formula
        if name not in PRICE_FORMULAS:
            near = difflib.get_close_matches(name, list(PRICE_FORMULAS), n=2, cutoff=0.5)
            facts = {"known": ", ".join(near or list(PRICE_FORMULAS)[:3]), "n": str(len(PRICE_FORMULAS))}
            found.append(Finding("policy.price.formula_unknown", "policy", "formula", value=name, facts=facts))
            continue
        later = set(FROM_THE_TENDER) | ({DRAWN} if policy.price.draw_benchmark else set())
        stated = {key: float(value) for key, value in criterion.price.parameters.items()}
        found += [
            Finding("policy.price.parameter", "policy", criterion.id, value=name, facts={"why": why})
            for why in check_parameters(name, stated, later=later)
        ]
        found += _surprises(name, criterion)
    return found


def _surprises(name: str, criterion: Criterion) -> list[Finding]:
    formula = PRICE_FORMULAS[name]
    codes = ([] if formula.monotone else ["policy.price.not_monotone"]) + (
        ["policy.price.relative"] if formula.relative else []
    )
    return [Finding(code, "policy", criterion.id, value=name, severity="warning") for code in codes]


def tender_findings(policy: Policy, tree: CriteriaTree, notice: Notice, lot: str) -> list[Finding]:
    """Everything about the price formulas that only the tender can answer: ceilings, items, drawn figures."""
    found = [f for f in formula_findings(policy) if f.severity == "error"]
    if found:
        return found
    items = {item.id: item for item in notice.items_of(lot)}
    closed = policy.procedure.envelopes == 2 and notice.technical_locked is None
    found += [*drawn_findings(notice, policy), *_coverage(tree, items, lot)]
    for leaf in tree.leaves:
        if leaf.price is None:
            continue
        for name in dict.fromkeys(leaf.price.items):
            if name not in items:
                facts = {"known": Names(items), "lot": lot}
                found.append(Finding("policy.price.item_unknown", "policy", leaf.id, value=name, facts=facts))
        draws = policy.price.draw_benchmark
        stated = leaf_parameters(leaf, items, notice.lot(lot), notice.drawn, draws=draws)
        later = {"quality", "features"}
        if draws and DRAWN in _declared(leaf.price.formula) and DRAWN not in stated:
            later.add(DRAWN)
            if not closed:
                facts = {"formula": leaf.price.formula}
                found.append(Finding("tender.drawn.missing", "tender", "drawn", value=leaf.id, facts=facts))
        missing = check_parameters(leaf.price.formula, stated, later=later)
        found += [
            Finding("policy.price.parameter", "policy", leaf.id, value=leaf.price.formula, facts={"why": why})
            for why in missing
        ]
    return found


def _coverage(tree: CriteriaTree, items: Mapping[str, Item], lot: str) -> list[Finding]:
    """Items that no price criterion scores, or that two do, where any of them covers single items."""
    leaves = [leaf for leaf in tree.leaves if leaf.price is not None]
    if not any(leaf.price.items for leaf in leaves if leaf.price is not None):
        return []
    found = []
    for name in items:
        by = [leaf.id for leaf in leaves if leaf.price for item in leaf.price.items or (name,) if item == name]
        facts = {"lot": lot, "criteria": ", ".join(by)}
        if not by:
            found.append(Finding("policy.price.item_unscored", "policy", "items", value=name, facts=facts))
        elif len(by) > 1:
            found.append(Finding("policy.price.item_twice", "policy", "items", value=name, facts=facts))
    return found


def _declared(formula: str) -> set[str]:
    return {p.name for p in PRICE_FORMULAS[formula].parameters}


def leaf_parameters(
    leaf: Criterion,
    items: Mapping[str, Item],
    lot: Lot,
    drawn: Mapping[str, Decimal],
    *,
    draws: bool = True,
) -> dict[str, float]:
    """Parameters of a price leaf: as stated, `k` as drawn at the opening, the ceiling from the lot or its items.

    Parameters
    ----------
    leaf : Criterion
        A price criterion.
    items : mapping
        Items of the lot by id.
    lot : Lot
        Its ceiling is used where the formula knows one and the policy states none.
    drawn : mapping
        What was drawn at the opening; only ``k`` is ever taken from it, and only where the policy states none.
    draws : bool
        Whether the policy lets `k` be drawn (``price.draw_benchmark``).

    Returns
    -------
    dict
        Parameter → figure.
    """
    if leaf.price is None:
        raise ValueError(f"{leaf.id} is no price criterion")
    declared = _declared(leaf.price.formula)
    takes = draws and DRAWN in declared
    given = {name.casefold(): value for name, value in drawn.items() if takes and name.casefold() == DRAWN}
    given |= dict(leaf.price.parameters)
    if "ceiling" in declared and "ceiling" not in given:
        ceiling = _ceiling(leaf.price.items, items, lot)
        if ceiling is not None:
            given["ceiling"] = ceiling
    return {name: float(value) for name, value in given.items()}


def _ceiling(names: tuple[str, ...], items: Mapping[str, Item], lot: Lot) -> Decimal | None:
    """The lot's ceiling; for single items quoted as a discount, their base (100 per cent where none is set)."""
    if not names:
        return lot.ceiling
    parts = [items[name] for name in names if name in items]
    if not all(item.quote == "discount" for item in parts):
        return None
    return sum((item.base if item.base is not None else PERCENT for item in parts), Decimal(0))
