"""What the failure of suppliers may cost: an award in all scenarios, the best award against it, tables, sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.disruption_words import explain_disruption
from supplier_eval.award.tally import total
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.disruption_figures import RiskFigures
    from supplier_eval.award.disruption_profile import RiskProfile
    from supplier_eval.award.disruption_protection import Protection
    from supplier_eval.award.disruption_recourse import Recourse
    from supplier_eval.award.disruption_scenarios import Failures
    from supplier_eval.award.disruption_second import ScenarioCost
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.score.sheet import Standing


@dataclass(frozen=True, eq=False)
class DisruptionRisk(Shown):
    """What an award costs when suppliers fail, and which award guards best against that.

    Parameters
    ----------
    problem : AwardProblem
        What was asked; money counts, whatever its objective.
    status : Status
        Of the award that is looked at. ``optimal``: its figures are exact and no recourse is cheaper, to half a minor
        unit a scenario; ``feasible_at_limit``: a cheaper recourse is not ruled out; ``infeasible``: there is no award,
        or no recourse in some scenario; ``no_award_found``, ``error``: the search ended without an answer.
    level : Fraction
        Of VaR and CVaR.
    recourse : Recourse
        What may be done in a scenario.
    failures : Failures
        The scenarios.
    profile : RiskProfile or None
        The award that was given, else the cheapest one, in all scenarios; None where there is no award.
    cheapest : Audit or None
        The cheapest award found when nothing fails.
    protection : Protection or None
        The award with the least mix of expected cost and CVaR; None where none was sought.
    reasons : tuple of str
        Where there is no award: what the solver said.
    solver : str
        Which solver.
    """

    problem: AwardProblem = field(repr=False)
    status: Status
    level: Fraction
    recourse: Recourse
    failures: Failures = field(repr=False)
    profile: RiskProfile | None = field(default=None, repr=False)
    cheapest: Audit | None = field(default=None, repr=False)
    protection: Protection | None = field(default=None, repr=False)
    reasons: tuple[str, ...] = ()
    solver: str = ""

    @property
    def standing(self) -> Standing:
        """What may fail is judged, not offered: it never binds."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    @property
    def scenarios(self) -> tuple[ScenarioCost, ...]:
        """The award in every scenario; empty where there is no award."""
        return () if self.profile is None else self.profile.scenarios

    @property
    def figures(self) -> RiskFigures | None:
        """Expectation, deviation, VaR and CVaR of the award; None where the cost of a likely scenario is not known."""
        return None if self.profile is None else self.profile.figures

    @property
    def expected(self) -> Fraction | None:
        """Expected cost of the award; money."""
        return None if self.figures is None else self.figures.expected

    @property
    def cvar(self) -> Fraction | None:
        """Mean cost of the worst 1 - level; money."""
        return None if self.figures is None else self.figures.cvar

    @property
    def price_of_protection(self) -> Fraction | None:
        """What the best award costs more than the cheapest one when nothing fails; money."""
        best = None if self.protection is None else self.protection.profile
        if best is None or self.cheapest is None:
            return None
        return best.cost - self.cheapest.stages[0]

    def to_frame(self) -> pd.DataFrame:
        """One row for each scenario.

        Returns
        -------
        DataFrame
            ``scenario``, ``failed`` (suppliers joined by ``|``), ``loss`` (percent of capacity of each, joined by
            ``|``), ``status``: str; ``probability`` (as stated): float64; ``cost``, ``difference`` (from the cost
            when nothing fails): Float64, money, missing where there is no recourse; ``unserved`` (beyond what the
            award leaves open, or what nobody can deliver where infeasible): float64, demand units; ``best_cost``,
            ``best_unserved``: the same of the best award, Float64, missing where none was sought or found.
        """
        import pandas as pd

        best = self.protection.profile if self.protection is not None else None
        others = best.scenarios if best is not None else (None,) * len(self.scenarios)
        rows = [self._row(own, other) for own, other in zip(self.scenarios, others, strict=True)]
        kinds = dict.fromkeys(("scenario", "failed", "loss"), "str") | {"probability": "float64"}
        kinds |= {"cost": "Float64", "difference": "Float64", "unserved": "float64", "status": "str"}
        kinds |= {"best_cost": "Float64", "best_unserved": "Float64"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def _row(self, own: ScenarioCost, other: ScenarioCost | None) -> dict[str, object]:
        lost, plain = own.failure.lost, None if self.profile is None else self.profile.cost
        return {
            "scenario": own.failure.id,
            "failed": "|".join(lost),
            "loss": "|".join(f"{float(100 * loss):g}" for loss in lost.values()),
            "probability": float(own.failure.probability),
            "cost": _cell(own.cost),
            "difference": None if own.cost is None or plain is None else float(own.cost - plain),
            "unserved": float(total(own.unserved.values())),
            "status": own.status,
            "best_cost": None if other is None else _cell(other.cost),
            "best_unserved": None if other is None else float(total(other.unserved.values())),
        }

    def suppliers_frame(self) -> pd.DataFrame:
        """One row for each supplier that may be hit.

        Returns
        -------
        DataFrame
            ``supplier``: str; ``probability`` that it is hit, alone or with others: float64; ``extra`` (mean cost of
            the scenarios in which it is, less the cost when nothing fails; money): Float64, missing where one of
            these costs is not known.
        """
        import pandas as pd

        losses = {} if self.profile is None else self.profile.by_supplier
        rows = [(key, float(loss.probability), _cell(loss.extra)) for key, loss in losses.items()]
        kinds = {"supplier": "str", "probability": "float64", "extra": "Float64"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, lang: Lang = "en") -> str:
        """Say what the award may cost, what recourse was allowed, who matters most, and what protection costs.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        return explain_disruption(self, lang)

    def __repr__(self) -> str:
        counts = f"{len(self.failures.scenarios)} scenarios"
        if self.figures is None:
            return f"DisruptionRisk({self.status}; {counts})"
        cvar = f"CVaR {float(self.level):g} {float(self.figures.cvar):,.2f}"
        best = "" if self.protection is None else f"; best award {self.protection.status}"
        return f"DisruptionRisk({self.status}; {counts}; expected {float(self.figures.expected):,.2f}; {cvar}{best})"


def _cell(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
