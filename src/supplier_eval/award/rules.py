"""Business rules of an award: what each kind asks, in which unit a soft one is broken, whom it may name.

The rows of a rule in the model stand in ``rule_rows.py``, its check on an award in ``rule_checks.py``: two
independent readings of the same sentence, so that the audit does not repeat a mistake of the model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from supplier_eval.award.parts import Attributes


@dataclass(frozen=True, slots=True)
class RuleKind:
    """What a kind of rule asks.

    Parameters
    ----------
    asks : str
        The rule as a sentence.
    unit : str
        Unit in which a breach is measured: what the penalty of a soft rule is paid for.
    needs : tuple of str
        Fields that must be given: ``value``, ``suppliers``, ``lots``, ``attribute``, ``when``, ``then``.
    share : bool
        The value is a fraction, 0-1.
    """

    asks: str
    unit: str
    needs: tuple[str, ...] = ("value",)
    share: bool = False


_S = ("value",)
RULE_KINDS = MappingProxyType(
    {
        "max_winners": RuleKind("at most so many suppliers win anything", "suppliers"),
        "min_winners": RuleKind("at least so many suppliers win something", "suppliers"),
        "max_winners_per_lot": RuleKind("at most so many suppliers share a lot", "suppliers"),
        "min_winners_per_lot": RuleKind("at least so many suppliers share a lot", "suppliers"),
        "max_lots_per_bidder": RuleKind("a supplier wins something of at most so many lots", "lots"),
        "min_share_if_awarded": RuleKind("whoever wins of a lot wins at least this share", "share of a lot", _S, True),
        "max_volume_share": RuleKind("at most this share of the awarded volume", "volume", _S, True),
        "min_volume_share": RuleKind("at least this share of the awarded volume", "volume", _S, True),
        "max_spend_share": RuleKind("at most this share of the base spend", "money", _S, True),
        "min_spend_share": RuleKind("at least this share of the base spend", "money", _S, True),
        "budget": RuleKind("the total cost stays within this sum", "money"),
        "exclude": RuleKind("these suppliers win nothing of these lots", "share of a lot", ("suppliers",)),
        "set_aside": RuleKind("only this group wins of these lots", "share of a lot", ("suppliers",)),
        "force_award": RuleKind("the supplier wins at least this share of the lot", "share of a lot", _S, True),
        "mutually_exclusive": RuleKind("at most one of these suppliers wins anything", "suppliers", ("suppliers",)),
        "implies": RuleKind("if the one wins, the other wins too", "suppliers", ("when", "then")),
        "one_supplier_per_region": RuleKind("all lots of a region go to one supplier", "suppliers", ()),
        "min_avg": RuleKind("the volume-weighted mean is at least this", "attribute x volume", ("value", "attribute")),
        "max_avg": RuleKind("the volume-weighted mean is at most this", "attribute x volume", ("value", "attribute")),
        "min_attr": RuleKind("nobody below this wins", "share of a lot", ("value", "attribute")),
        "max_attr": RuleKind("nobody above this wins", "share of a lot", ("value", "attribute")),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A business rule, declared with its id and clause.

    Suppliers concerned: those named in `suppliers` and those whose attributes match all of `group`; where neither is
    given, all (share rules: each supplier alone). Lots concerned: those named in `lots` that match all of `where`;
    where neither is given, all.

    Parameters
    ----------
    id : str
        Id of the rule, unique in its problem.
    kind : str
        One of `RULE_KINDS`.
    value : Fraction or None
        Limit: a count, a fraction of 1 for shares, money for a budget, the attribute's unit for averages.
    suppliers, lots : tuple of str
        Ids concerned.
    group, where : mapping
        Attributes that suppliers, or lots, must have to be concerned.
    attribute : str
        Attribute asked for, of the bid or else of the supplier.
    when, then : str
        Supplier ids of an ``implies`` rule.
    penalty : Fraction or None
        None for a hard rule; else money (in a score objective: points) per unit of breach, > 0.
    clause : str
        Clause of the company's policy.
    """

    id: str
    kind: str
    value: Fraction | None = None
    suppliers: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    group: Attributes = field(default_factory=dict)
    where: Attributes = field(default_factory=dict)
    attribute: str = ""
    when: str = ""
    then: str = ""
    penalty: Fraction | None = None
    clause: str = "§3.2.5"

    @property
    def hard(self) -> bool:
        """True where the rule may not be broken at any price."""
        return self.penalty is None

    @property
    def limit(self) -> Fraction:
        """The value, which the checks of the problem have made sure of."""
        if self.value is None:
            raise ValueError(f"rule {self.id} has no value")
        return self.value

    @property
    def names_somebody(self) -> bool:
        """True where suppliers or a group are named."""
        return bool(self.suppliers) or bool(self.group)
