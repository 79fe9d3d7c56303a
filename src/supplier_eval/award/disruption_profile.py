"""The risk of one award: what it costs in every scenario, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING

from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.disruption_figures import RiskFigures, risk_figures, sampling_errors
from supplier_eval.award.disruption_second import ScenarioCost, cost_in_scenario
from supplier_eval.award.parts import ONE, ZERO
from supplier_eval.award.tally import total

if TYPE_CHECKING:
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.disruption_recourse import Recourse
    from supplier_eval.award.disruption_scenarios import Failures

CONFIDENCE = 0.05


@dataclass(frozen=True)
class SupplierLoss:
    """What it costs when one supplier is hit.

    Parameters
    ----------
    probability : Fraction
        That it is hit, alone or with others.
    extra : Fraction or None
        Mean cost of the scenarios in which it is hit, less the cost without any failure; money. None where the cost
        of one of them is not known.
    """

    probability: Fraction
    extra: Fraction | None


@dataclass(frozen=True, eq=False)
class RiskProfile:
    """An award in all scenarios.

    Parameters
    ----------
    audit : Audit
        The award, audited with cost as its objective (penalties of soft rules included).
    failures : Failures
        The scenarios.
    level : Fraction
        Of VaR and CVaR.
    scenarios : tuple of ScenarioCost
        One for each, in the same order.
    """

    audit: Audit = field(repr=False)
    failures: Failures = field(repr=False)
    level: Fraction
    scenarios: tuple[ScenarioCost, ...] = field(repr=False)

    @property
    def award(self) -> Award:
        """Who gets how much when nothing happens."""
        return self.audit.award

    @property
    def cost(self) -> Fraction:
        """Money when nothing happens."""
        return self.audit.stages[0]

    @cached_property
    def likely(self) -> tuple[ScenarioCost, ...]:
        """Scenarios with a probability above 0."""
        return tuple(one for one in self.scenarios if one.failure.probability)

    @property
    def infeasible(self) -> tuple[ScenarioCost, ...]:
        """Likely scenarios in which somebody cannot be replaced and there is no emergency price."""
        return tuple(one for one in self.likely if one.status == "infeasible")

    @property
    def complete(self) -> bool:
        """True where the cost of every likely scenario is known."""
        return all(one.cost is not None for one in self.likely)

    @property
    def proven(self) -> bool:
        """True where it is also proven that no recourse is cheaper."""
        return all(one.status == "optimal" for one in self.likely)

    @cached_property
    def figures(self) -> RiskFigures | None:
        """Expectation, VaR, CVaR given that one of the scenarios looked at comes about; None unless `complete`."""
        if not self.complete:
            return None
        return risk_figures(self._atoms(), self.level)

    def _atoms(self) -> list[tuple[Fraction, Fraction]]:
        return [(one.cost, self.failures.share(one.failure)) for one in self.likely if one.cost is not None]

    @cached_property
    def bounds(self) -> tuple[RiskFigures, RiskFigures | None] | None:
        """The least and the most that the figures can be with what is left over; None where nothing is, or unknown.

        At least: what is left over costs nothing. At most: the others keep their awards and all demand is paid at the
        emergency price besides; None where a lot has none.
        """
        rest = self.failures.leftover
        if not rest or not self.complete:
            return None
        atoms = [(cost, share * (ONE - rest)) for cost, share in self._atoms()]
        worst = self._worst_of_all()
        most = None if worst is None else risk_figures([*atoms, (worst, rest)], self.level)
        return risk_figures([*atoms, (ZERO, rest)], self.level), most

    def _worst_of_all(self) -> Fraction | None:
        found = self.cost
        for lot in self.audit.problem.lots.values():
            if lot.unserved_cost is None:
                return None
            found += lot.demand * lot.unserved_cost + lot.switching_cost
        return found

    @cached_property
    def errors(self) -> tuple[float, float] | None:
        """Standard errors of expectation and CVaR where scenarios were drawn; money."""
        if self.failures.method != "drawn" or not self.complete:
            return None
        drawn = [(one.cost, one.failure.draws) for one in self.likely if one.cost is not None]
        return sampling_errors(drawn, self.level)

    @property
    def unserved_probability(self) -> Fraction:
        """Probability that something stays unserved beyond what the award leaves open, or cannot be served."""
        hit = (one for one in self.likely if one.unserved or one.status == "infeasible")
        return total(self.failures.share(one.failure) for one in hit)

    @property
    def unserved_error(self) -> float | None:
        """Standard error of `unserved_probability` where scenarios were drawn.

        Where it is 0 or 1, the 95 % bound of how far the true probability can be from that, ``1 - 0.05^(1/n)``.
        """
        count = self.failures.draws
        if self.failures.method != "drawn":
            return None
        share = float(self.unserved_probability)
        if share in (0.0, 1.0):
            return 1 - float(CONFIDENCE ** (1 / count))
        return sqrt(share * (1 - share) / (count - 1))

    @property
    def worst(self) -> tuple[ScenarioCost, ...]:
        """The likely scenarios that cost most, all that cost the same; those that cannot be served where there are."""
        if self.infeasible or not self.likely:
            return self.infeasible
        most = max((one.cost for one in self.likely if one.cost is not None), default=None)
        return tuple(one for one in self.likely if most is not None and one.cost == most)

    @cached_property
    def by_supplier(self) -> Mapping[str, SupplierLoss]:
        """Supplier that may be hit → how likely, and what that costs; in canonical order."""
        names = sorted({key for one in self.likely for key in one.failure.lost})
        return {key: self._loss_of(key) for key in names}

    def _loss_of(self, key: str) -> SupplierLoss:
        hit = [one for one in self.likely if key in one.failure.lost]
        chance = total(self.failures.share(one.failure) for one in hit)
        known = [one.cost * self.failures.share(one.failure) for one in hit if one.cost is not None]
        return SupplierLoss(chance, total(known) / chance - self.cost if len(known) == len(hit) else None)

    @property
    def costliest(self) -> tuple[str, ...]:
        """The suppliers whose failure costs most: those that cannot be replaced, else by `SupplierLoss.extra`."""
        unknown = [key for key, loss in self.by_supplier.items() if loss.extra is None]
        if unknown:
            single = {key for one in self.infeasible if len(one.failure.lost) == 1 for key in one.failure.lost}
            return tuple(sorted(single)) or tuple(unknown)
        extras = {key: loss.extra for key, loss in self.by_supplier.items() if loss.extra is not None}
        most = max(extras.values(), default=ZERO)
        return tuple(key for key, extra in extras.items() if extra == most) if most > 0 else ()


def profile_of(
    audit: Audit, failures: Failures, recourse: Recourse, level: Fraction, *, solver: str, ends: Ends
) -> RiskProfile:
    """The risk of an award.

    Parameters
    ----------
    audit : Audit
        The award, audited with cost as its objective; valid.
    failures : Failures
        The scenarios.
    recourse : Recourse
        What may be done in each.
    level : Fraction
        0 < level < 1.
    solver : {"highs", "cbc", "scipy"}
        Which solver.
    ends : Ends
        When to stop; a scenario that is not reached has the status ``no_award_found``.
    """
    found = []
    for failure in failures.scenarios:
        if ends.over and set(failure.lost) & set(audit.suppliers):
            found.append(ScenarioCost(failure, "no_award_found"))
        else:
            found.append(cost_in_scenario(audit, failure, recourse, solver=solver, time_limit=ends.left))
    return RiskProfile(audit, failures, level, tuple(found))
