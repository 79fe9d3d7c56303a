"""Awards under several scenarios: figures of each, differences to the base, reasons of those without an award."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from supplier_eval.award.moved import demand_of, shares_by_supplier, shifts_between, volume_moved
from supplier_eval.award.parts import ZERO
from supplier_eval.award.scenarios_words import explain_scenarios, reason_of
from supplier_eval.award.tally import total
from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.score.sheet import Standing

BASE = "base"
ScenarioStatus: TypeAlias = "Status | Literal['invalid']"
FIGURES = (
    *("objective", "gap", "cost", "score", "n_winners", "savings", "savings_share"),
    *("objective_difference", "cost_difference", "moved"),
)


@dataclass(frozen=True, eq=False)
class Scenario:
    """One scenario and its award.

    Parameters
    ----------
    name : str
        As it was given; ``base`` for the problem itself.
    problem : AwardProblem or None
        The problem as the scenario has it; None where a function gave none.
    allocation : Allocation or None
        What `award_lots` gives for it; None where it could not be asked.
    status : ScenarioStatus
        That of the allocation; ``invalid`` where there is no problem, or one that cannot be modelled.
    changes : tuple of str
        Keys that the scenario changes; empty for a ready problem, a function or the base.
    reason : str
        Why there is no award: ``infeasible``, ``unbounded``, ``no_award_found``, ``error``, ``failed``,
        ``no_problem``; empty where there is one.
    said : str
        What the solver, or the scenario's function, said to that.
    foreign : bool
        The problem was made by the caller.
    """

    name: str
    problem: AwardProblem | None = field(repr=False)
    allocation: Allocation | None = field(default=None, repr=False)
    status: ScenarioStatus = "error"
    changes: tuple[str, ...] = ()
    reason: str = ""
    said: str = ""
    foreign: bool = field(default=False, repr=False)

    def awarded(self, allocation: Allocation) -> Scenario:
        """The scenario with its award, or with the reason why there is none."""
        reason = "" if allocation.award is not None else allocation.status
        said = "" if allocation.award is not None else "; ".join(allocation.reasons)
        return replace(self, allocation=allocation, status=allocation.status, reason=reason, said=said)

    def failed(self, reason: str, said: str) -> Scenario:
        """The scenario whose problem could not be awarded."""
        return replace(self, status="invalid", reason=reason, said=said)

    @property
    def audit(self) -> Audit | None:
        """Exact figures of the award; None where there is none."""
        return None if self.allocation is None else self.allocation.audit

    @property
    def cost(self) -> Fraction | None:
        """All money of the award."""
        return None if self.audit is None else self.audit.measures["cost"]

    @property
    def score(self) -> Fraction | None:
        """Mean score of what is awarded, by volume; None where an offer has no score, or nothing is awarded."""
        if self.audit is None or "attr:score" not in self.audit.measures:
            return None
        volume = total(figures.volume for figures in self.audit.suppliers.values())
        return self.audit.measures["attr:score"] / volume if volume else None

    @property
    def winners(self) -> tuple[str, ...]:
        """Suppliers that win anything, in canonical order."""
        return () if self.audit is None else tuple(self.audit.suppliers)

    @property
    def baseline(self) -> Fraction | None:
        """Today's prices times demand; None where a lot has no baseline."""
        if self.problem is None or any(lot.baseline is None for lot in self.problem.lots.values()):
            return None
        return total(lot.baseline * lot.demand for lot in self.problem.lots.values() if lot.baseline is not None)

    @property
    def savings(self) -> Fraction | None:
        """Baseline less cost; below 0 where the award costs more than today."""
        return None if self.baseline is None or self.cost is None else self.baseline - self.cost

    @property
    def shares(self) -> Mapping[tuple[str, str], Fraction]:
        """(lot, supplier) → share awarded."""
        if self.problem is None or self.audit is None:
            return {}
        return shares_by_supplier(self.problem, self.audit.award)


@dataclass(frozen=True, eq=False)
class Scenarios(Shown):
    """Scenarios side by side.

    Parameters
    ----------
    problem : AwardProblem
        The base.
    base : Scenario
        Its award.
    rows : mapping
        Name → `Scenario`, in the order given; the base is not among them.
    gap, time_limit : float
        Relative gap, and seconds, that each search was given.
    """

    problem: AwardProblem = field(repr=False)
    base: Scenario
    rows: Mapping[str, Scenario]
    gap: float = 0.0
    time_limit: float = 0.0

    @property
    def standing(self) -> Standing:
        """Scenarios explore; they never bind."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    def __getitem__(self, name: str) -> Scenario:
        if name == BASE:
            return self.base
        if name not in self.rows:
            raise UnknownName("scenario", name, (BASE, *self.rows))
        return self.rows[name]

    def cost_difference(self, name: str) -> Fraction | None:
        """Cost of a scenario less that of the base, money; None where either has no award."""
        own, base = self[name].cost, self.base.cost
        return None if own is None or base is None else own - base

    def objective_difference(self, name: str) -> Fraction | None:
        """First objective less that of the base, in its own sense; None where they are not the same measure."""
        own, base = self[name].audit, self.base.audit
        if own is None or base is None:
            return None
        same = own.problem.terms.goal.stages[0] == base.problem.terms.goal.stages[0]
        return own.objective - base.objective if same else None

    def shifts(self, name: str) -> Mapping[tuple[str, str], Fraction] | None:
        """(lot, supplier) → share more (> 0) or less (< 0) than in the base; None where either has no award."""
        if self[name].audit is None or self.base.audit is None:
            return None
        return shifts_between(self.base.shares, self[name].shares)

    def moved(self, name: str) -> Fraction | None:
        """Share of the demand that goes to other suppliers than in the base, 0-1; None where either has no award.

        Shares of lots are weighed with the demand of the base.
        """
        own = self[name]
        if own.audit is None or own.problem is None or self.base.audit is None:
            return None
        demand = demand_of(self.problem, own.problem)
        return volume_moved(demand, self.base.shares, own.shares) / total(demand.values())

    def to_frame(self) -> pd.DataFrame:
        """One row for the base and each scenario.

        Returns
        -------
        DataFrame
            ``scenario``, ``status``: str; ``objective`` (first stage, in its own sense), ``gap`` (relative, proven),
            ``cost`` (money), ``score`` (mean by volume), ``n_winners``, ``savings`` (money against the baseline),
            ``savings_share`` (of the baseline), ``objective_difference``, ``cost_difference`` (less the base),
            ``moved`` (share of the demand that goes to other suppliers than in the base): Float64, missing where
            there is no award or no such figure; ``winners`` (ids joined by ``|``), ``reason`` (English; empty where
            there is an award): str.
        """
        import pandas as pd

        rows = [self._row(scenario) for scenario in (self.base, *self.rows.values())]
        kinds = {"scenario": "str", "status": "str"} | dict.fromkeys(FIGURES, "Float64")
        kinds |= {"winners": "str", "reason": "str"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def _row(self, scenario: Scenario) -> dict[str, object]:
        audit, savings, baseline = scenario.audit, scenario.savings, scenario.baseline
        figures = {
            "objective": None if audit is None else audit.objective,
            "gap": None if scenario.allocation is None else scenario.allocation.gap,
            "cost": scenario.cost,
            "score": scenario.score,
            "n_winners": None if audit is None else len(scenario.winners),
            "savings": savings,
            "savings_share": savings / baseline if savings is not None and baseline else None,
            "objective_difference": self.objective_difference(scenario.name),
            "cost_difference": self.cost_difference(scenario.name),
            "moved": self.moved(scenario.name),
        }
        told = {key: None if figure is None else float(figure) for key, figure in figures.items()}
        words = {"winners": "|".join(scenario.winners), "reason": reason_of(scenario)}
        return {"scenario": scenario.name, "status": scenario.status, **told, **words}

    def explain(self, lang: Lang = "en") -> str:
        """Say what each scenario costs beside the base, what moves, and why some have no award.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        return explain_scenarios(self, lang)

    def __repr__(self) -> str:
        without = sum(scenario.audit is None for scenario in self.rows.values())
        cost = "no award" if self.base.cost is None else f"base costs {float(self.base.cost or ZERO):,.2f}"
        return f"Scenarios({len(self.rows)} scenarios, {without} without an award; {cost})"
