"""Legality checks of weights, price formulas and the way a price is read, corrected and questioned."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.policy.regimes import Check

if TYPE_CHECKING:
    from supplier_eval.policy.document import Policy


def _number(check: Check) -> Decimal:
    if check.value is None:
        raise ValueError(f"check {check.id} states no value")
    return check.value


def _shares(policy: Policy) -> list[Fraction]:
    """Weight of the price in per cent of the whole, exact, one a category."""
    shares = []
    for category in policy.categories or ("",):
        tree = policy.tree(category)
        priced = [tree.exact_weight(c.id, policy.total) for c in tree.leaves if c.source == "price"]
        shares.append(sum(priced, Fraction(0)) * 100)
    return shares


def _percent(share: Fraction) -> str:
    return f"{float(share):.10g} %"


def _price_weight_at_least(policy: Policy, check: Check) -> str | None:
    low = min(_shares(policy))
    return _percent(low) if low < Fraction(_number(check)) else None


def _price_weight_at_most(policy: Policy, check: Check) -> str | None:
    high = max(_shares(policy))
    return _percent(high) if high > Fraction(_number(check)) else None


def _price_only(policy: Policy, check: Check) -> str | None:
    low = min(_shares(policy))
    return None if low == 100 else _percent(low)


def _formulas(policy: Policy) -> list[str]:
    return sorted({c.price.formula for c in policy.criteria if c.price is not None})


def _formula_one_of(policy: Policy, check: Check) -> str | None:
    return ", ".join(name for name in _formulas(policy) if name not in check.options) or None


def _formula_none_of(policy: Policy, check: Check) -> str | None:
    return ", ".join(name for name in _formulas(policy) if name in check.options) or None


def _parameter_between(policy: Policy, check: Check) -> str | None:
    """A parameter of the price formulas, where it is stated, lies in the range."""
    name, upper = check.options[0], check.upper
    stated = [c.price.parameters[name] for c in policy.criteria if c.price and name in c.price.parameters]
    out = [p for p in stated if p < _number(check) or (upper is not None and p > upper)]
    return ", ".join(f"{name} = {p.normalize():f}" for p in out) or None


def _deduction_between(policy: Policy, check: Check) -> str | None:
    """The small-business deduction lies in the range, where there is one."""
    rate = policy.price.small_business_deduction
    upper = check.upper if check.upper is not None else Decimal(1)
    return None if rate == 0 or _number(check) <= rate <= upper else f"{rate.normalize():f}"


def _abnormal_low_rule(policy: Policy, check: Check) -> str | None:
    low = [rule for rule in policy.price.abnormal if not rule.kind.startswith("above")]
    return None if low else "no rule for abnormally low prices"


def _abnormal_limit_between(policy: Policy, check: Check) -> str | None:
    """There is a rule of the kind named, and its line lies in the range."""
    kind = check.options[0]
    limits = [rule.limit for rule in policy.price.abnormal if rule.kind == kind]
    if not limits:
        return f"no rule {kind}"
    upper = check.upper if check.upper is not None else Decimal(5)
    out = [limit for limit in limits if not _number(check) <= limit <= upper]
    return ", ".join(f"{limit.normalize():f}" for limit in out) or None


def _corrections_are(policy: Policy, check: Check) -> str | None:
    """Contradictions inside a bid are corrected in this order, and bind once the bidder agrees."""
    if not policy.price.correction_needs_consent:
        return "correction_needs_consent = false"
    return None if policy.price.corrections == check.options else ", ".join(policy.price.corrections) or "none"


def _tax_basis_is(policy: Policy, check: Check) -> str | None:
    return None if policy.price.tax_basis in check.options else policy.price.tax_basis


TESTS: dict[str, Callable[[Policy, Check], str | None]] = {
    "abnormal_limit_between": _abnormal_limit_between,
    "abnormal_low_rule": _abnormal_low_rule,
    "corrections_are": _corrections_are,
    "deduction_between": _deduction_between,
    "formula_none_of": _formula_none_of,
    "formula_one_of": _formula_one_of,
    "parameter_between": _parameter_between,
    "price_only": _price_only,
    "price_weight_at_least": _price_weight_at_least,
    "price_weight_at_most": _price_weight_at_most,
    "tax_basis_is": _tax_basis_is,
}
