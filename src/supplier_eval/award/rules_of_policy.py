"""The award rules of a policy as rules of a problem: exact numbers, ids spelled as the tender spells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.parts import Attributes
from supplier_eval.award.rules import Rule
from supplier_eval.intake.identifiers import id_key

if TYPE_CHECKING:
    from supplier_eval.policy.award_rules import AllocationRule
    from supplier_eval.policy.document import Policy


def policy_rules(
    policy: Policy, suppliers: Iterable[str] = (), lots: Iterable[str] = (), left_out: Iterable[str] = ()
) -> tuple[Rule, ...]:
    """Give the business rules that a policy declares for the award.

    Parameters
    ----------
    policy : Policy
        Its section ``award.rules``.
    suppliers, lots : iterable of str
        Ids as the tender spells them: an id of a rule that differs in case or width only is spelled like that.
    left_out : iterable of str
        Lots that are not awarded: no rule concerns them, and a rule that names only such lots is left out.

    Returns
    -------
    tuple of Rule
        In the policy's order; a name that is not among `suppliers` or `lots` stays as it stands.
    """
    spelled, of_lots = spelling(suppliers), spelling(lots)
    gone = {id_key(lot) for lot in left_out}
    return tuple(
        _rule(rule, spelled, tuple(of_lots.get(id_key(lot), lot) for lot in rule.lots if id_key(lot) not in gone))
        for rule in policy.award.rules
        if not concerns_only(rule, gone)
    )


def spelling(ids: Iterable[str]) -> dict[str, str]:
    """Key of an id → the id as it is spelled first."""
    spelled: dict[str, str] = {}
    for name in ids:
        spelled.setdefault(id_key(name), name)
    return spelled


def concerns_only(rule: AllocationRule, lots: Iterable[str]) -> bool:
    """True where a rule names lots, and all of them are among these keys."""
    return bool(rule.lots) and {id_key(lot) for lot in rule.lots} <= set(lots)


def named_suppliers(policy: Policy) -> dict[str, str]:
    """Key → id of every supplier that a rule of the policy names, with the spelling that comes first."""
    return spelling(name for rule in policy.award.rules for name in (*rule.who, rule.when, rule.then) if id_key(name))


def _rule(rule: AllocationRule, spelled: Mapping[str, str], lots: tuple[str, ...]) -> Rule:
    def own(name: str) -> str:
        return spelled.get(id_key(name), name)

    return Rule(
        id=rule.id,
        kind=rule.kind,
        value=_exact(rule.value),
        suppliers=tuple(dict.fromkeys(own(name) for name in rule.who)),
        lots=tuple(dict.fromkeys(lots)),
        group=_matched(rule.group),
        where=_matched(rule.where),
        attribute=rule.attribute,
        when=own(rule.when),
        then=own(rule.then),
        penalty=_exact(rule.penalty),
        clause=rule.clause,
    )


def _exact(figure: Decimal | None) -> Fraction | None:
    return None if figure is None else Fraction(figure)


def _matched(wanted: Mapping[str, bool | int | str]) -> Attributes:
    """Wanted attributes with numbers as the problem holds them."""
    return {name: value if isinstance(value, bool | str) else Fraction(value) for name, value in wanted.items()}
