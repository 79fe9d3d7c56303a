"""The award problem as a mixed-integer program in plain arrays, which any solver can be given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.columns import Columns, lay_columns
from supplier_eval.award.measure_vectors import cost_vector, measure_vectors
from supplier_eval.award.program import Program
from supplier_eval.award.rows import Builder, Rows
from supplier_eval.award.rule_rows import add_rule
from supplier_eval.award.rule_terms import RuleTerms
from supplier_eval.award.structure_rows import add_structure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from supplier_eval.award.objective import Stage
    from supplier_eval.award.parts import Bid, Bundle
    from supplier_eval.award.problem import AwardProblem


@dataclass(frozen=True, eq=False)
class Formulation:
    """Minimise ``cost @ x`` over ``row_lower <= matrix @ x <= row_upper``, ``lower <= x <= upper``, some x whole.

    Parameters
    ----------
    problem : AwardProblem
        What is modelled.
    columns : Columns
        What each variable stands for.
    rows : Rows
        Constraints with their owners.
    cost : ndarray of float, shape (n_columns,)
        What is minimised.
    lower, upper : ndarray of float, shape (n_columns,)
        Bounds of the variables, all finite.
    integer : ndarray of bool, shape (n_columns,)
        Variables that must be whole.
    measures : mapping
        Measure → coefficients: the objective's, the tie keys' and ``cost``, ``penalty``.
    names : tuple of (str, int)
        Stem and count of each block of variables.
    added : int
        How many of the last rows do not come from the problem, and are not known to its audit.
    """

    problem: AwardProblem
    columns: Columns
    rows: Rows
    cost: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    integer: NDArray[np.bool_]
    measures: Mapping[str, NDArray[np.float64]]
    names: tuple[tuple[str, int], ...]
    added: int = 0

    @property
    def n_columns(self) -> int:
        """Number of variables."""
        return int(self.cost.size)

    @property
    def n_rows(self) -> int:
        """Number of constraints."""
        return int(self.rows.lower.size)

    @cached_property
    def program(self) -> Program:
        """The plain arrays that a solver is given."""
        from scipy.sparse import csr_array

        rows = self.rows
        made = csr_array((rows.value, (rows.row, rows.column)), shape=(self.n_rows, self.n_columns))
        made.sum_duplicates()
        return Program(self.cost, self.lower, self.upper, self.integer, made, rows.lower, rows.upper)

    def variable_names(self) -> list[str]:
        """A name for every variable."""
        return [f"{stem}_{at}" for stem, count in self._stems() for at in count]

    def _stems(self) -> list[tuple[str, range]]:
        used: dict[str, int] = {}
        found = []
        for stem, count in self.names:
            start = used.get(stem, 0)
            used[stem] = start + count
            found.append((stem, range(start, start + count)))
        return found

    def stage_vector(self, stage: Stage, *, penalty: bool) -> NDArray[np.float64]:
        """What a stage minimises; the penalties of soft rules belong to the first."""
        vector = np.zeros(self.n_columns)
        for measure, weight in stage.weights:
            vector += float(weight) * self.measures[measure]
        return vector + self.measures["penalty"] if penalty else vector

    def minimising(self, vector: NDArray[np.float64]) -> Formulation:
        """The same constraints with another objective."""
        return replace(self, cost=vector)

    def without(self, owners: Collection[str]) -> Formulation:
        """The same model without the rows of some owners (rule ids)."""
        keep = ~np.isin(self.rows.owner, [at for at, name in enumerate(self.rows.owners) if name in owners])
        return replace(self, rows=chosen(self.rows, keep), added=int(keep[self.n_rows - self.added :].sum()))

    def with_rows(self, more: Builder) -> Formulation:
        """The same model with further rows (collected over the same columns)."""
        new = more.finish()
        shift, owners = self.n_rows, len(self.rows.owners)
        rows = Rows(
            row=np.concatenate([self.rows.row, new.row + shift]),
            column=np.concatenate([self.rows.column, new.column]),
            value=np.concatenate([self.rows.value, new.value]),
            lower=np.concatenate([self.rows.lower, new.lower]),
            upper=np.concatenate([self.rows.upper, new.upper]),
            owner=np.concatenate([self.rows.owner, new.owner + owners]),
            owners=self.rows.owners + new.owners,
        )
        return replace(self, rows=rows, added=self.added + int(new.lower.size))


def chosen(rows: Rows, keep: NDArray[np.bool_]) -> Rows:
    """Some of the rows, in order."""
    place = np.cumsum(keep) - 1
    inside = keep[rows.row]
    return Rows(
        row=place[rows.row[inside]],
        column=rows.column[inside],
        value=rows.value[inside],
        lower=rows.lower[keep],
        upper=rows.upper[keep],
        owner=rows.owner[keep],
        owners=rows.owners,
    )


def formulate(problem: AwardProblem) -> Formulation:
    """The model of an award problem, minimising the first stage of its objective with penalties."""
    builder = Builder()
    columns = lay_columns(problem, builder)
    add_structure(problem, columns, builder)
    terms = RuleTerms(problem, columns, builder, cost_vector(problem, columns, builder.n_columns))
    for rule in problem.rules.values():
        add_rule(terms, rule)
    size = builder.n_columns
    measures = measure_vectors(problem, columns, size, _wanted(problem))
    measures["penalty"] = np.zeros(size)
    for column, penalty in terms.penalties.items():
        measures["penalty"][column] = penalty
    made = Formulation(
        problem=problem,
        columns=columns,
        rows=builder.finish(),
        cost=np.zeros(size),
        lower=np.concatenate(builder.lower),
        upper=np.concatenate(builder.upper),
        integer=np.concatenate(builder.integer),
        measures=measures,
        names=tuple(builder.stems),
    )
    return made.minimising(made.stage_vector(problem.terms.goal.stages[0], penalty=True))


def _wanted(problem: AwardProblem) -> list[str]:
    """Measures that the objective and the tie keys ask for, as far as every offer has the attribute."""
    keys = {"score": "attr:score"}
    asked = {keys.get(key, key) for key in problem.terms.tie_keys} | set(problem.terms.goal.measures) | {"cost"}
    return sorted(name for name in asked if not name.startswith("attr:") or _known(problem, name[5:]))


def _known(problem: AwardProblem, attribute: str) -> bool:
    from fractions import Fraction

    offers: list[Bid | Bundle] = [*problem.bids.values(), *problem.bundles.values()]
    return all(isinstance(problem.attribute(offer, attribute), Fraction) for offer in offers)
