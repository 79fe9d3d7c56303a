"""Rows that keep a model's awards away from awards that are known: other winners, or a volume that has to move.

Sets of winners are cut off one by one: at least one supplier wins that did not, or wins nothing that did (the no-good,
or canonical, cut of Balas and Jeroslow 1972). A volume that moves is a sum of positive parts of differences of shares,
which takes a switch only for shares that are split in the known award.

Source: E. Balas, R. Jeroslow (1972), "Canonical cuts on the unit hypercube", SIAM J. Applied Mathematics 23, 61-69;
J.-F. Tsai, M.-H. Lin, Y.-C. Hu (2008), "Finding multiple solutions to general integer linear programs", European
Journal of Operational Research 184, 802-809.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.moved import shares_by_supplier
from supplier_eval.award.parts import ONE, ZERO
from supplier_eval.award.rows import Builder, plus
from supplier_eval.award.structure_rows import pieces_of_bids
from supplier_eval.award.tally import total

if TYPE_CHECKING:
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.problem import AwardProblem

OWNER = "_other"
Terms = dict[int, float]
Place = tuple[str, str]


def with_true_winners(formulation: Formulation) -> Formulation:
    """The same awards, but a supplier is active only where it is awarded at least one unit of the grid.

    Parameters
    ----------
    formulation : Formulation
        The model of an award.

    Returns
    -------
    Formulation
        With one row more for each supplier: what `without_winners` needs.
    """
    more = Builder()
    grid, columns = float(formulation.problem.terms.grid), formulation.columns
    own: dict[str, Terms] = {supplier: {} for supplier in columns.suppliers}
    for (_, supplier), terms in shares_of_places(formulation).items():
        own[supplier] = plus(own[supplier].items(), terms.items())
    for supplier, active in zip(columns.suppliers, columns.active.tolist(), strict=True):
        more.row(OWNER, plus(((c, grid * v) for c, v in own[supplier].items()), [(active, -1.0)]), lower=0.0)
    return formulation.with_rows(more)


def without_winners(formulation: Formulation, winners: tuple[str, ...]) -> Formulation:
    """The same awards without those that have exactly these winners; after `with_true_winners`."""
    more = Builder()
    columns = formulation.columns
    signs = {
        active: -1.0 if supplier in winners else 1.0
        for supplier, active in zip(columns.suppliers, columns.active.tolist(), strict=True)
    }
    more.row(OWNER, signs, lower=1.0 - len(winners))
    return formulation.with_rows(more)


def away_from(formulation: Formulation, award: Award, least: Fraction, margin: float = 0.0) -> Formulation:
    """The same awards without those that are nearer than a volume to a known one.

    Parameters
    ----------
    formulation : Formulation
        The model; it may have more columns than its `columns` tell of.
    award : Award
        The known award.
    least : Fraction
        Share of the demand, 0-1, that has to move (`moved.volume_moved` over the whole demand).
    margin : float
        By how much more, in units of the grid of the whole demand.

    Returns
    -------
    Formulation
        With further columns behind the others, and rows.
    """
    cut = _Cut(formulation, award)
    need = float(least * formulation.problem.terms.grid) + margin
    gained = cut.gained()
    if _covers_once(formulation.problem):
        cut.builder.row(OWNER, gained, lower=need)
    else:
        lost, most = cut.lost()
        either = int(cut.builder.columns("either", 1, integer=True)[0])
        cut.builder.row(OWNER, gained | {either: -need}, lower=0.0)
        cut.builder.row(OWNER, lost | {either: need}, lower=need - most)
    return with_columns(formulation, cut.builder)


def with_columns(formulation: Formulation, more: Builder) -> Formulation:
    """The same model with the columns and rows of a builder that began at its number of columns."""
    added = more.n_columns - formulation.n_columns
    if not added:
        return formulation.with_rows(more)
    nothing = np.zeros(added)
    wider = replace(
        formulation,
        cost=np.concatenate([formulation.cost, nothing]),
        lower=np.concatenate([formulation.lower, *more.lower]),
        upper=np.concatenate([formulation.upper, *more.upper]),
        integer=np.concatenate([formulation.integer, *more.integer]),
        measures={name: np.concatenate([vector, nothing]) for name, vector in formulation.measures.items()},
        names=(*formulation.names, *more.stems),
    )
    return wider.with_rows(more)


def shares_of_places(formulation: Formulation) -> dict[Place, Terms]:
    """(lot, supplier) → the share that it has, as columns and coefficients; bundles count for each of their lots."""
    columns = formulation.columns
    found: dict[Place, Terms] = {}
    for key, pieces in zip(columns.bids, pieces_of_bids(columns), strict=True):
        found.setdefault(key[:2], {}).update(dict.fromkeys(pieces, 1.0))
    for column, offer in zip(columns.bundle.tolist(), formulation.problem.bundles.values(), strict=True):
        for lot in offer.lots:
            found.setdefault((lot, offer.supplier), {})[column] = 1.0
    return found


def most_of_places(problem: AwardProblem) -> dict[Place, Fraction]:
    """(lot, supplier) → the most of the lot that it can have."""
    single: dict[Place, Fraction] = {}
    for key, bid in problem.bids.items():
        single[key[:2]] = max(single.get(key[:2], ZERO), bid.max_share)
    packed: dict[Place, Fraction] = {}
    for offer in problem.bundles.values():
        for lot in offer.lots:
            packed[lot, offer.supplier] = packed.get((lot, offer.supplier), ZERO) + ONE
    once = problem.terms.cover != "free_disposal"
    found = {place: single.get(place, ZERO) + packed.get(place, ZERO) for place in {*single, *packed}}
    return {place: min(most, ONE) if once else most for place, most in found.items()}


def _covers_once(problem: AwardProblem) -> bool:
    """True where every award covers every lot exactly once: what is gained is then what is lost."""
    return problem.terms.cover == "exactly" and all(lot.unserved_cost is None for lot in problem.lots.values())


class _Cut:
    """Differences to one known award, in units of the grid of the whole demand."""

    def __init__(self, formulation: Formulation, award: Award) -> None:
        problem = formulation.problem
        self.builder = Builder()
        self.builder.n_columns = formulation.n_columns
        self.terms, self.most = shares_of_places(formulation), most_of_places(problem)
        self.known = shares_by_supplier(problem, award)
        whole = total(lot.demand for lot in problem.lots.values())
        self.weight = {key: float(lot.demand * problem.terms.grid / whole) for key, lot in problem.lots.items()}

    def gained(self) -> Terms:
        """What suppliers have more than in the known award; never overstated."""
        found: Terms = {}
        for place, terms in self.terms.items():
            had, most, weight = self.known.get(place, ZERO), self.most[place], self.weight[place[0]]
            if not had:
                found = plus(found.items(), ((column, weight * value) for column, value in terms.items()))
            elif had < most:
                more, on = self._part(float(most - had))
                self.builder.row(OWNER, plus([(more, 1.0), (on, float(had))], _minus(terms)), upper=0.0)
                found[more] = weight
        return found

    def lost(self) -> tuple[Terms, float]:
        """What suppliers have less than in the known award, less a constant; and that constant."""
        found: Terms = {}
        constant = 0.0
        for place, had in self.known.items():
            terms, most, weight = self.terms[place], self.most[place], self.weight[place[0]]
            if had >= most:
                constant += weight * float(had)
                found = plus(found.items(), ((column, -weight * value) for column, value in terms.items()))
            else:
                less, on = self._part(float(had))
                row = plus([(less, 1.0), (on, float(most - had))], terms.items())
                self.builder.row(OWNER, row, upper=float(most))
                found[less] = weight
        return found, constant

    def _part(self, most: float) -> tuple[int, int]:
        """A positive part, at most `most`, and its switch."""
        part = int(self.builder.columns("apart", 1, upper=most)[0])
        on = int(self.builder.columns("switch", 1, integer=True)[0])
        self.builder.row(OWNER, {part: 1.0, on: -most}, upper=0.0)
        return part, on


def _minus(terms: Terms) -> list[tuple[int, float]]:
    return [(column, -value) for column, value in terms.items()]
