"""The award that minimises a mix of expected cost and CVaR: the two-stage program in extensive form.

The award is modelled as always; behind it stands, for every scenario, the model of what is delivered there, tied to the
award by `disruption_links`. With C_s the cost of scenario s and p_s its probability, minimise ::

    (1 - weight) sum_s p_s C_s + weight (eta + sum_s p_s z_s / (1 - level)),    z_s >= C_s - eta,  z_s >= 0

whose second part is the CVaR (Rockafellar and Uryasev 2002, theorem 14 and equation 31 for scenarios). Only the award
stands on the contract grid; what is delivered in a scenario may be any share, so that the bound holds on any grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.disruption_links import Links, stage_of_model
from supplier_eval.award.disruption_recourse import scenario_problem
from supplier_eval.award.disruption_widened import builder_behind, widened
from supplier_eval.award.formulation import formulate
from supplier_eval.award.rows import plus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supplier_eval.award.disruption_recourse import Recourse
    from supplier_eval.award.disruption_scenarios import Failure, Failures
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rows import Builder

OWNER = "_risk"
Terms = dict[int, float]


@dataclass(frozen=True)
class Mix:
    """What is minimised: (1 - weight) x expectation + weight x CVaR at the level.

    Parameters
    ----------
    weight : Fraction
        0-1.
    level : Fraction
        0 < level < 1.
    """

    weight: Fraction
    level: Fraction


def extensive_form(problem: AwardProblem, failures: Failures, recourse: Recourse, mix: Mix) -> Formulation:
    """The model of the award and of all likely scenarios.

    Parameters
    ----------
    problem : AwardProblem
        Its first objective is cost.
    failures : Failures
        The scenarios; those with probability 0 are left out.
    recourse : Recourse
        What may be done in each.
    mix : Mix
        What is minimised.

    Returns
    -------
    Formulation
        The award's columns first, as in its own model.
    """
    likely = [one for one in failures.scenarios if one.probability]
    made, blocks, more, costs = _beside(problem, likely, recourse)
    shares = [float(failures.share(one)) for one in likely]
    objective = _mixed(more, costs, shares, mix, _most(made, blocks, more))
    return widened(made, blocks, more, objective)


def _beside(
    problem: AwardProblem, scenarios: Sequence[Failure], recourse: Recourse, *, elastic: bool = False
) -> tuple[Formulation, list[Formulation], Builder, list[Terms]]:
    """The award's model, those of the scenarios in which somebody is hit, what ties them, the cost of each scenario."""
    made = formulate(problem)
    before = stage_of_model(made)
    plain = _terms(made.cost)
    hit = [one for one in scenarios if one.lost]
    blocks = [formulate(scenario_problem(problem, one, recourse, elastic=elastic)) for one in hit]
    more = builder_behind(made.n_columns + sum(block.n_columns for block in blocks))
    offset, costs = made.n_columns, {}
    penalty = _terms(made.measures["penalty"])
    for failure, block in zip(hit, blocks, strict=True):
        links = Links(problem, block.problem, before, stage_of_model(block, offset), more)
        extra = links.add(failure, recourse)
        if recourse.kind == "reallocate" or problem.terms.cover == "free_disposal":
            links.trigger(failure)
        costs[failure] = plus(_terms(block.cost, offset).items(), extra.items(), penalty.items())
        offset += block.n_columns
    return made, blocks, more, [costs.get(one, plain) for one in scenarios]


def _terms(vector: np.ndarray, offset: int = 0) -> Terms:
    used = np.flatnonzero(vector)
    return dict(zip((used + offset).tolist(), vector[used].tolist(), strict=True))


def _most(made: Formulation, blocks: list[Formulation], more: Builder) -> dict[int, float]:
    """Upper bound of every column so far."""
    upper = np.concatenate([made.upper, *(block.upper for block in blocks), *more.upper])
    return dict(enumerate(upper.tolist()))


def _mixed(more: Builder, costs: list[Terms], shares: list[float], mix: Mix, most: dict[int, float]) -> Terms:
    """The objective; where CVaR counts, with the columns eta and z and their rows."""
    weight, tail = float(mix.weight), 1 - float(mix.level)
    objective: Terms = {}
    for terms, share in zip(costs, shares, strict=True):
        objective = plus(objective.items(), ((c, (1 - weight) * share * v) for c, v in terms.items()))
    if not weight:
        return objective
    dearest = max(sum(max(0.0, v) * most[c] for c, v in terms.items()) for terms in costs)
    eta = int(more.columns("eta", 1, upper=dearest)[0])
    beyond = more.columns("beyond", len(costs), upper=dearest).tolist()
    objective = plus(objective.items(), [(eta, weight)])
    for terms, share, column in zip(costs, shares, beyond, strict=True):
        objective[column] = weight * share / tail
        more.row(OWNER, plus(terms.items(), [(eta, -1.0), (column, -1.0)]), upper=0.0)
    return objective


def shortfall_form(problem: AwardProblem, failure: Failure, recourse: Recourse) -> tuple[Formulation, dict[str, int]]:
    """The model of the award that leaves least unserved in one scenario, of lots that have to be served.

    Returns
    -------
    Formulation
        Minimising that volume; demand units.
    dict
        Lot that has to be served → column of the share that nobody delivers in the scenario.
    """
    made, blocks, more, _ = _beside(problem, [failure], recourse, elastic=True)
    strict = scenario_problem(problem, failure, recourse).lots
    block, offset = blocks[0], made.n_columns
    places = {
        key: int(column) + offset
        for key, column in zip(block.columns.lots, block.columns.unserved.tolist(), strict=True)
        if strict[key].unserved_cost is None
    }
    cost = {column: float(problem.lots[key].demand) for key, column in places.items()}
    return widened(made, blocks, more, cost), places
