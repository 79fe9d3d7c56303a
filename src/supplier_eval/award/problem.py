"""The award problem: lots, suppliers, bids, bundles and rules, validated, exact, in canonical order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from supplier_eval.award.parts import Bid, BidKey, Bundle, Lot, Supplier
from supplier_eval.award.rules import Rule
from supplier_eval.award.terms import Terms
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.score.sheet import Standing


@dataclass(frozen=True)
class Parts:
    """The validated parts of a problem, each in canonical order of its ids."""

    lots: Mapping[str, Lot]
    suppliers: Mapping[str, Supplier]
    bids: Mapping[BidKey, Bid]
    bundles: Mapping[str, Bundle]
    rules: Mapping[str, Rule]
    terms: Terms


class AwardProblem(Shown):
    """Who may be awarded what, at which price, under which rules.

    Parameters
    ----------
    lots, suppliers, bids : DataFrame, sequence of mappings, or sequence of parts
        Tables (columns as the fields of `Lot`, `Supplier`, `Bid`; further columns become attributes). A supplier
        named by a bid only is taken with no fixed cost and no capacity limit when `suppliers` is None.
    bundles : table, optional
        As `Bundle`; `lots` a list, or ids joined by ``|``.
    rules : sequence of Rule or mapping, optional
        Business rules; a mapping has ``id``, ``type``, ``value`` and whom it concerns.
    tiers : mapping or table, optional
        Supplier id → ``kind``, ``basis``, ``breaks``, ``discount``; or one row a tier.
    **terms
        `objective`, `cover`, `unserved_cost`, `share_step`, `currency`, `minor_units`, `tie_keys`: see `Terms`.

    Raises
    ------
    InvalidInput
        With every finding at once: table, column, rows, remedy.
    """

    def __init__(
        self,
        lots: object,
        suppliers: object = None,
        bids: object = None,
        *,
        bundles: object = None,
        rules: object = (),
        tiers: object = None,
        **terms: object,
    ) -> None:
        from supplier_eval.award.reading import parts_of

        self._set(parts_of(lots, suppliers, bids, bundles=bundles, rules=rules, tiers=tiers, terms=terms))

    def _set(self, parts: Parts, standing: Standing = "exploratory", policy_fingerprint: str = "") -> None:
        self._parts = parts
        self._standing: Standing = standing
        self._policy_fingerprint = policy_fingerprint

    @classmethod
    def of_parts(cls, parts: Parts, standing: Standing = "exploratory", policy_fingerprint: str = "") -> AwardProblem:
        """A problem from parts that are already validated and ordered."""
        problem = cls.__new__(cls)
        problem._set(parts, standing, policy_fingerprint)
        return problem

    @classmethod
    def read(cls, path: str | Path) -> AwardProblem:
        """Read a problem from a ``.json`` document or a folder of tables.

        Raises
        ------
        InvalidInput
            With every finding at once.
        """
        from supplier_eval.award.reading import read_problem

        return read_problem(path)

    @classmethod
    def from_evaluation(cls, evaluation: Evaluation, **terms: Any) -> AwardProblem:  # noqa: ANN401 - as `problem_of`
        """The award of a tender's lots: ranked bids with their evaluated price and points, the policy's rules."""
        from supplier_eval.award.from_evaluation import problem_of

        return problem_of(evaluation, **terms)

    @property
    def lots(self) -> Mapping[str, Lot]:
        """Lot id → Lot."""
        return self._parts.lots

    @property
    def suppliers(self) -> Mapping[str, Supplier]:
        """Supplier id → Supplier."""
        return self._parts.suppliers

    @property
    def bids(self) -> Mapping[BidKey, Bid]:
        """(lot, supplier, alternate) → Bid."""
        return self._parts.bids

    @property
    def bundles(self) -> Mapping[str, Bundle]:
        """Bundle id → Bundle."""
        return self._parts.bundles

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Rule id → Rule."""
        return self._parts.rules

    @property
    def terms(self) -> Terms:
        """What is declared once for the whole award."""
        return self._parts.terms

    @property
    def parts(self) -> Parts:
        """All parts together."""
        return self._parts

    @property
    def standing(self) -> Standing:
        """Binding only with exactly the objective and the rules that were published with the tender."""
        return self._standing

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self._policy_fingerprint

    @cached_property
    def fingerprint(self) -> str:
        """Digest of everything that can change the award."""
        return hashlib.sha256(repr(self._parts).encode()).hexdigest()

    def replace(self, **changed: object) -> AwardProblem:
        """The same problem with other parts (`lots`, `bids`, `rules`, ... as mappings of parts); exploratory."""
        return AwardProblem.of_parts(replace(self._parts, **changed), "exploratory", self._policy_fingerprint)  # type: ignore[arg-type]

    def with_terms(self, **changed: object) -> AwardProblem:
        """The same problem under other terms (fields of `Terms`); exploratory."""
        known = {field.name for field in fields(Terms)}
        if not set(changed) <= known:
            raise ValueError(f"no such terms: {sorted(set(changed) - known)}")
        return self.replace(terms=replace(self.terms, **changed))  # type: ignore[arg-type]

    def without_rules(self, ids: Iterable[str]) -> AwardProblem:
        """The same problem without the rules named."""
        left_out = set(ids)
        kept = {key: rule for key, rule in self.rules.items() if key not in left_out}
        return self.replace(rules=MappingProxyType(kept))

    def with_bid(self, bid: Bid) -> AwardProblem:
        """The same problem with one bid added or replaced."""
        return self.replace(bids=MappingProxyType(dict(sorted((dict(self.bids) | {bid.key: bid}).items()))))

    def attribute(self, offer: Bid | Bundle, name: str) -> object | None:
        """An attribute of an offer: its own, else its supplier's; None where neither has it."""
        if name in offer.attributes:
            return offer.attributes[name]
        return self.suppliers[offer.supplier].attributes.get(name)

    def figure(self, offer: Bid | Bundle, name: str) -> Fraction:
        """A numeric attribute of an offer; the checks of the problem have made sure that it is there."""
        found = self.attribute(offer, name)
        if not isinstance(found, Fraction):
            raise ValueError(f"attribute {name} of {offer.supplier} is not a number")
        return found

    def suppliers_of(self, rule: Rule) -> tuple[str, ...]:
        """Suppliers that a rule concerns, in canonical order: those named and those in its group, else all."""
        if not rule.names_somebody:
            return tuple(self.suppliers)
        group = [
            key
            for key, supplier in self.suppliers.items()
            if rule.group and _matches(supplier.attributes, {"incumbent": supplier.incumbent}, rule.group)
        ]
        return tuple(sorted(set(rule.suppliers) | set(group)))

    def lots_of(self, rule: Rule) -> tuple[str, ...]:
        """Lots that a rule concerns, in canonical order."""
        named = set(rule.lots) or set(self.lots)
        return tuple(
            key
            for key, lot in self.lots.items()
            if key in named and _matches(lot.attributes, {"region": lot.region, "incumbent": lot.incumbent}, rule.where)
        )

    def __repr__(self) -> str:
        counts = f"{len(self.lots)} lots, {len(self.suppliers)} suppliers, {len(self.bids)} bids"
        more = f"{len(self.bundles)} bundles, {len(self.rules)} rules"
        return f"AwardProblem({counts}, {more}; {self.terms.goal.name})"


def _matches(attributes: Mapping[str, object], own: Mapping[str, object], wanted: Mapping[str, object]) -> bool:
    """True where every wanted attribute is there with the wanted value; a part's own fields go first."""
    return all(own.get(name, attributes.get(name)) == value for name, value in wanted.items())
