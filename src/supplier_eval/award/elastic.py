"""The model with limits that give way: one more variable a rule, by which its limit is relaxed.

Elastic programming (Brown and Graves 1975; Chinneck 2008, ch. 6) lets rows give way and pays for it. Here the limit of
a rule gives way, the same for all of its rows. Where the limit stands alone in the row that is one more column. Where
it is a factor (shares of a whole, averages: ``own <= limit x total``) the product of two variables would come in: it
is bounded by its envelope over a box of the relaxation and the total (McCormick 1976), exact where the total does not
vary, and the closer the smaller the box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.columns import lay_columns
from supplier_eval.award.formulation import Formulation
from supplier_eval.award.measure_vectors import cost_vector, measure_vectors
from supplier_eval.award.relaxable import RATIOS, THRESHOLDS, WHOLE, sign
from supplier_eval.award.rows import Builder, plus
from supplier_eval.award.rule_rows import KINDS, add_rule
from supplier_eval.award.rule_terms import RuleTerms, Terms
from supplier_eval.award.structure_rows import add_structure

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rules import Rule


@dataclass(frozen=True)
class Box:
    """Between which values a relaxation, and the total that the limit is a share of, are looked for.

    Parameters
    ----------
    low, high : float
        Of the relaxation, >= 0, in the limit's unit.
    least, most : float
        Of the total.
    """

    low: float
    high: float
    least: float
    most: float


@dataclass(frozen=True, eq=False)
class Elastic:
    """A formulation with relaxations.

    Parameters
    ----------
    formulation : Formulation
        Its problem has only the rules that are not relaxed: the audit asks for no others.
    relaxed : mapping
        Rule id → column of its relaxation.
    """

    formulation: Formulation
    relaxed: Mapping[str, int] = field(default_factory=dict)

    def minimising(self, weights: Mapping[str, float]) -> Formulation:
        """Minimise the relaxations by rule id → weight per unit of the limit."""
        vector = np.zeros(self.formulation.n_columns)
        for key, weight in weights.items():
            vector[self.relaxed[key]] = weight
        return self.formulation.minimising(vector)


def elastic(problem: AwardProblem, relaxed: Mapping[str, Box | None]) -> Elastic:
    """The model in which the limits of some rules may be relaxed at will.

    Parameters
    ----------
    problem : AwardProblem
        With all its rules.
    relaxed : mapping
        Rule id → box, which only ratios need; a ratio without a box is left out of the model.
    """
    terms = _terms(problem)
    for rule in problem.rules.values():
        if rule.id in relaxed:
            terms.relax(rule, relaxed[rule.id])
        else:
            add_rule(terms, rule)
    return Elastic(_finished(terms, problem.without_rules(relaxed)), terms.relaxed)


def pushed(problem: AwardProblem, rule: Rule, limit: Fraction) -> Elastic:
    """The model in which a ratio keeps a limit with as much room as possible; the room is the rule's column."""
    terms = _terms(problem)
    for other in problem.rules.values():
        if other.id == rule.id:
            terms.push(rule, float(limit))
        else:
            add_rule(terms, other)
    return Elastic(_finished(terms, problem.without_rules([rule.id])), terms.relaxed)


def totals(problem: AwardProblem, rule: Rule) -> list[Terms]:
    """What the limit of a ratio is multiplied with in each of its rows."""
    return [whole for _, whole in _terms(problem).ratios(rule)]


class ElasticTerms(RuleTerms):
    """Rows of rules of which some give way; `relaxed` holds rule id → column."""

    relaxed: dict[str, int]
    caught: list[Terms] | None = None

    def at_most(self, rule: Rule, terms: Mapping[int, float], limit: float) -> None:
        """``terms <= limit + relaxation``; or the expression is only looked at."""
        self._row(rule, terms, limit, raised=True)

    def at_least(self, rule: Rule, terms: Mapping[int, float], limit: float) -> None:
        """``terms >= limit - relaxation``; or the expression is only looked at."""
        self._row(rule, terms, limit, raised=False)

    def _row(self, rule: Rule, terms: Mapping[int, float], limit: float, *, raised: bool) -> None:
        if self.caught is not None:
            self.caught.append(dict(terms))
            return
        give = {self.relaxed[rule.id]: -1.0 if raised else 1.0} if rule.id in self.relaxed else {}
        (super().at_most if raised else super().at_least)(rule, {**terms, **give}, limit)

    def relax(self, rule: Rule, box: Box | None) -> None:
        """The rows of a rule that gives way."""
        if rule.kind in THRESHOLDS:
            self._relax_threshold(rule)
        elif rule.kind in RATIOS:
            if box is not None:
                self._relax_ratio(rule, box)
        else:
            self._column(rule, self._furthest(rule))
            KINDS[rule.kind](self, rule)

    def push(self, rule: Rule, limit: float) -> None:
        """``own <= limit x total - room`` (or >= and +) in every row, with room >= 0."""
        made = []
        for own, whole in self.ratios(rule):
            terms = plus(_times(own, sign(rule)), _times(whole, -sign(rule) * limit))
            made.append((terms, -self._reach(terms, largest=False)))
        room = self._column(rule, max((most for _, most in made), default=0.0))
        for terms, _ in made:
            self.builder.row(rule.id, {**terms, room: 1.0}, upper=0.0)

    def ratios(self, rule: Rule) -> list[tuple[Terms, Terms]]:
        """(own, total) of each row: the row of a limit v is own - v x total, so two limits tell both."""
        rows = []
        for limit in (0, 1):
            self.caught = []
            KINDS[rule.kind](self, replace(rule, value=Fraction(limit)))
            rows.append(self.caught)
            self.caught = None
        return [(own, plus(own.items(), _times(less, -1.0))) for own, less in zip(*rows, strict=True)]

    def _column(self, rule: Rule, upper: float) -> int:
        column = int(self.builder.columns("relaxed", 1, upper=max(upper, 0.0), integer=rule.kind in WHOLE)[0])
        self.relaxed[rule.id] = column
        return column

    def _furthest(self, rule: Rule) -> float:
        """A relaxation at which the rule asks for nothing any more."""
        if rule.kind == "budget":
            return self._reach(dict(enumerate(self.cost.tolist())), largest=True)
        if rule.kind == "max_lots_per_bidder":
            return float(len(self.columns.lots))
        return float(len(self.columns.suppliers)) if sign(rule) > 0 else float(abs(rule.limit))

    def _relax_ratio(self, rule: Rule, box: Box) -> None:
        """The product in ``own - (limit + relaxation) x total <= 0`` stands at its upper envelope over the box."""
        column = self._column(rule, box.high)
        self.builder.row(rule.id, {column: 1.0}, lower=box.low)
        for own, whole in self.ratios(rule):
            base = plus(_times(own, sign(rule)), _times(whole, -sign(rule) * float(rule.limit)))
            for end, size in ((box.low, box.most), (box.high, box.least)):
                terms = plus(base.items(), _times(whole, -end), [(column, -size)])
                self.builder.row(rule.id, terms, upper=-end * size)

    def _relax_threshold(self, rule: Rule) -> None:
        """What lies beyond the threshold may be awarded where the threshold is moved that far."""
        beyond: dict[Fraction, list[int]] = defaultdict(list)
        concerned, lots = set(self.problem.suppliers_of(rule)), set(self.problem.lots_of(rule))
        for at, (key, bid) in enumerate(self.problem.bids.items()):
            if key[0] in lots and key[1] in concerned:
                opened = int(self.columns.opened[at])
                gap = sign(rule) * (self.problem.figure(bid, rule.attribute) - rule.limit)
                beyond[gap] += self.shares[at] + ([opened] if opened >= 0 else [])
        for name, offer in self.problem.bundles.items():
            if lots & set(offer.lots) and offer.supplier in concerned:
                gap = sign(rule) * (self.problem.figure(offer, rule.attribute) - rule.limit)
                beyond[gap].append(self.bundle_at[name])
        gaps = sorted(gap for gap in beyond if gap > 0)
        column = self._column(rule, float(max(gaps, default=Fraction(0))))
        reached = self.builder.columns("reached", len(gaps), integer=True).tolist()
        for gap, switch in zip(gaps, reached, strict=True):
            self.builder.row(rule.id, {column: 1.0, switch: -float(gap)}, lower=0.0)
            for awarded in sorted(set(beyond[gap])):
                self.builder.row(rule.id, {awarded: 1.0, switch: -1.0}, upper=0.0)


def _terms(problem: AwardProblem) -> ElasticTerms:
    builder = Builder()
    columns = lay_columns(problem, builder)
    add_structure(problem, columns, builder)
    terms = ElasticTerms(problem, columns, builder, cost_vector(problem, columns, builder.n_columns))
    terms.relaxed = {}
    return terms


def _finished(terms: ElasticTerms, problem: AwardProblem) -> Formulation:
    builder = terms.builder
    wanted = {"cost", *problem.terms.goal.measures}
    measures = measure_vectors(problem, terms.columns, builder.n_columns, sorted(wanted))
    measures["penalty"] = np.zeros(builder.n_columns)
    return Formulation(
        problem=problem,
        columns=terms.columns,
        rows=builder.finish(),
        cost=np.zeros(builder.n_columns),
        lower=np.concatenate(builder.lower),
        upper=np.concatenate(builder.upper),
        integer=np.concatenate(builder.integer),
        measures=measures,
        names=tuple(builder.stems),
    )


def _times(terms: Terms, factor: float) -> list[tuple[int, float]]:
    return [(column, factor * value) for column, value in terms.items()]
