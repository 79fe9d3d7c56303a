"""The audit of an award: cost, discounts and every rule recomputed from the bids alone, exactly; no solver is trusted.

Everything is a `fractions.Fraction`. What the model claims is not looked at: an award that breaks a hard rule by any
amount, however small, is not valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.award.audit_words import explain_audit
from supplier_eval.award.parts import ZERO, Bid, Bundle
from supplier_eval.award.rule_checks import breaches_by_place
from supplier_eval.award.rules import RULE_KINDS, Rule
from supplier_eval.award.structure_checks import Breach, structure_breaches
from supplier_eval.award.tally import SupplierFigures, Tally, tally_of, total
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.awarded import Award
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.score.sheet import Standing

__all__ = ["Audit", "Breach", "SupplierFigures", "audit_award"]

COLUMNS = ("rule", "kind", "hard", "kept", "amount", "unit", "penalty", "clause", "where")


@dataclass(frozen=True, eq=False)
class Audit(Shown):
    """What an award costs and which rules it breaks, recomputed exactly from the bids.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    award : Award
        What was audited.
    stages : tuple of Fraction
        Value of each stage of the objective, to be minimised; the penalty of soft rules is in the first.
    measures : mapping
        ``cost``, ``winners``, ``penalty``; ``value`` where no bid has a curve; ``attr:NAME`` for every attribute of
        the objective, of the tie keys (where every offer has it as a number) and those asked for.
    costs : mapping
        Money by kind: ``bids``, ``bundles``, ``rebates`` (negative), ``fixed``, ``switching``, ``award``,
        ``unserved``; they sum to ``measures["cost"]`` exactly.
    suppliers : mapping
        Winner → `SupplierFigures`, in canonical order.
    breaches : tuple of Breach
        Everything that is broken, soft rules too: conditions of the problem first, then rules in canonical order.
    """

    problem: AwardProblem = field(repr=False)
    award: Award = field(repr=False)
    stages: tuple[Fraction, ...]
    measures: Mapping[str, Fraction]
    costs: Mapping[str, Fraction]
    suppliers: Mapping[str, SupplierFigures]
    breaches: tuple[Breach, ...]

    @property
    def valid(self) -> bool:
        """True where no hard rule and no condition of the problem is broken."""
        return not any(breach.hard for breach in self.breaches)

    @property
    def objective(self) -> Fraction:
        """The first stage in its own sense, penalties included: money for ``cost``, points for ``score``."""
        return self.problem.terms.goal.stages[0].reported(self.stages[0])

    @property
    def standing(self) -> Standing:
        """That of the problem: binding only under the published objective and rules."""
        return self.problem.standing

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    def to_frame(self) -> pd.DataFrame:
        """One row for each rule, kept or broken, after one for each broken condition of the problem.

        Returns
        -------
        DataFrame
            ``rule`` (its id, or the condition), ``kind`` (empty for a condition), ``unit``, ``clause``, ``where`` (ids
            joined by ``|``): str; ``hard``, ``kept``: bool; ``amount`` (of the breach, in `unit`; 0 where kept) and
            ``penalty`` (money or points paid): float64, rounded from the exact figures.
        """
        import pandas as pd

        broken = {breach.what: breach for breach in self.breaches if breach.kind}
        rows: list[tuple[object, ...]] = [_row(breach, "") for breach in self.breaches if not breach.kind]
        rules = self.problem.rules.values()
        rows += [_row(broken.get(rule.id) or _breach(rule, ZERO, ()), rule.clause) for rule in rules]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        kinds = dict.fromkeys(COLUMNS, "str") | dict.fromkeys(("hard", "kept"), "bool")
        return frame.astype(kinds | dict.fromkeys(("amount", "penalty"), "float64"))

    def explain(self, lang: Lang = "en") -> str:
        """Say what the award costs, who wins what, and which rules are broken by how much.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        return explain_audit(self, lang)

    def __repr__(self) -> str:
        said = "valid" if self.valid else "not valid"
        figure = f"{self.problem.terms.goal.stages[0].name} {float(self.objective):,.2f}"
        return f"Audit({said}; {figure}; {len(self.suppliers)} winners; {len(self.breaches)} breaches)"


def audit_award(problem: AwardProblem, award: Award, *, with_attributes: Iterable[str] = ()) -> Audit:
    """Recompute an award exactly from the bids: money, objective, every rule. No solver is trusted.

    Parameters
    ----------
    problem : AwardProblem
        Lots, suppliers, bids, bundles, rules and terms.
    award : Award
        Units of each lot by bid, and bundles. Its grid has to divide the contract grid of the terms; another grid is
        a breach ``grid``. Units below 0 count as nothing and are a breach ``share``.
    with_attributes : iterable of str
        Further attributes to measure (volume x attribute); every awarded offer, or its supplier, must have them.

    Returns
    -------
    Audit
        Exact figures; `Audit.valid` tells whether the award may be made.

    Raises
    ------
    UnknownName
        A bid or a bundle that the problem does not have.
    ValueError
        An attribute that an awarded offer has not as a number; a grid that is not above 0.
    """
    tally = tally_of(problem, award)
    breaches = (*structure_breaches(problem, award, tally), *_rule_breaches(problem, tally))
    measures = _measures(problem, tally, with_attributes)
    measures["penalty"] = total(breach.penalty for breach in breaches)
    first, *later = (stage.of(measures) for stage in problem.terms.goal.stages)
    return Audit(
        problem=problem,
        award=award,
        stages=(first + measures["penalty"], *later),
        measures=MappingProxyType(dict(sorted(measures.items()))),
        costs=MappingProxyType(tally.costs),
        suppliers=MappingProxyType(dict(tally.suppliers)),
        breaches=breaches,
    )


def _rule_breaches(problem: AwardProblem, tally: Tally) -> Iterable[Breach]:
    for rule in problem.rules.values():
        places = breaches_by_place(problem, rule, tally)
        if places:
            where = dict.fromkeys(name for place, _ in places for name in place)
            yield _breach(rule, total(amount for _, amount in places), tuple(where))


def _breach(rule: Rule, amount: Fraction, where: tuple[str, ...]) -> Breach:
    return Breach(
        what=rule.id,
        amount=amount,
        unit=RULE_KINDS[rule.kind].unit,
        hard=rule.hard,
        penalty=amount * (rule.penalty or ZERO),
        where=where,
        kind=rule.kind,
    )


def _measures(problem: AwardProblem, tally: Tally, with_attributes: Iterable[str]) -> dict[str, Fraction]:
    """Every measure that is asked for, but the penalty."""
    found = {"cost": tally.cost, "winners": Fraction(len(tally.suppliers))}
    if not any(bid.curve for bid in problem.bids.values()):
        found["value"] = tally.value
    asked = {name for name in problem.terms.goal.measures if name.startswith("attr:")}
    asked |= {f"attr:{name}" for name in with_attributes}
    for key in problem.terms.tie_keys:
        name = "attr:score" if key == "score" else key
        if name.startswith("attr:") and name not in asked and _everybody_has(problem, name.removeprefix("attr:")):
            asked.add(name)
    return found | {name: tally.attribute(name.removeprefix("attr:")) for name in asked}


def _everybody_has(problem: AwardProblem, name: str) -> bool:
    """True where the attribute of every offer, or of its supplier, is a number."""
    usual = {key: isinstance(part.attributes.get(name), Fraction) for key, part in problem.suppliers.items()}
    offers: tuple[Bid | Bundle, ...] = (*problem.bids.values(), *problem.bundles.values())
    return all(
        isinstance(offer.attributes[name], Fraction) if name in offer.attributes else usual[offer.supplier]
        for offer in offers
    )


def _row(breach: Breach, clause: str) -> tuple[object, ...]:
    figures = (not breach.amount, float(breach.amount), breach.unit, float(breach.penalty))
    return (breach.what, breach.kind, breach.hard, *figures, clause, "|".join(breach.where))
