"""An award as plain data: what ``supplier-eval award --format json`` prints. Floats only, no NaN, no infinity."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import LANGS

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.conflicting_rules import RuleConflicts
    from supplier_eval.award.frontier_result import Frontier
    from supplier_eval.award.next_best import NextBest
    from supplier_eval.award.relaxation_result import Relaxation
    from supplier_eval.award.rule_costs_result import RuleCosts
    from supplier_eval.award.scenarios_result import Scenarios

SCHEMA = "award-result/1"


def allocation_document(
    allocation: Allocation,
    *,
    conflicts: RuleConflicts | None = None,
    relaxation: Relaxation | None = None,
    rule_costs: RuleCosts | None = None,
    frontier: Frontier | None = None,
    next_best: NextBest | None = None,
    scenarios: Scenarios | None = None,
) -> dict[str, Any]:
    """Give an award and what was asked about it as plain data.

    Parameters
    ----------
    allocation : Allocation
        Any.
    conflicts, relaxation, rule_costs, frontier, next_best, scenarios : optional
        What was asked beside it; each has its key where it is given.

    Returns
    -------
    dict
        ``schema``, ``standing``, ``policy_fingerprint``, ``problem_fingerprint``, ``status``, ``objective`` (name and
        exact figure as a float), ``bound``, ``gap``, ``solver``, ``award`` (rows of `Allocation.to_frame`),
        ``suppliers``, ``costs``, ``rules`` (rows of `Audit.to_frame`), ``tied``, ``conflicts``, ``reasons``, ``log``,
        and the explanation in each language.
    """
    problem, audit = allocation.problem, allocation.audit
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "standing": allocation.standing,
        "policy_fingerprint": allocation.policy_fingerprint,
        "problem_fingerprint": problem.fingerprint,
        "currency": problem.terms.currency,
        "status": allocation.status,
        "solver": allocation.solver,
        "objective": {"name": problem.terms.goal.name, "figure": None if audit is None else float(audit.objective)},
        "bound": _finite(allocation.bound),
        "gap": _finite(allocation.gap),
        "award": records(allocation.to_frame()),
        **_audited(audit),
        "tied": [award.label() for award in allocation.tied],
        "conflicts": [list(conflict) for conflict in allocation.conflicts],
        "reasons": list(allocation.reasons),
        "log": [
            {"seconds": round(step.seconds, 3), "stage": step.stage, "objective": _finite(step.objective),
             "bound": _finite(step.bound)}
            for step in allocation.log
        ],
        **{lang: allocation.explain(lang=lang) for lang in LANGS},
    }  # fmt: skip
    answers = {"rule_conflicts": conflicts, "relaxation": relaxation, "rule_costs": rule_costs, "frontier": frontier}
    for name, result in answers.items():
        if result is not None:
            document[name] = {"status": result.status, "rows": records(result.to_frame()), **_said(result)}
    if next_best is not None:
        document["next_best"] = _next_best(next_best)
    if scenarios is not None:
        document["scenarios"] = {"rows": records(scenarios.to_frame()), **_said(scenarios)}
    return document


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a frame as plain data: missing becomes None, numbers those of Python."""
    return [{str(name): _plain(cell) for name, cell in row.items()} for row in frame.to_dict("records")]


def _audited(audit: Audit | None) -> dict[str, Any]:
    if audit is None:
        return {"valid": None, "measures": {}, "costs": {}, "suppliers": [], "rules": []}
    return {
        "valid": audit.valid,
        "measures": {name: float(figure) for name, figure in audit.measures.items()},
        "costs": {name: float(figure) for name, figure in audit.costs.items()},
        "suppliers": [
            {
                "supplier": name,
                "lots": list(own.lots),
                "volume": float(own.volume),
                "base_spend": float(own.base_spend),
                "rebate": float(own.rebate),
                "spend": float(own.spend),
                "tier": own.tier + 1 if audit.problem.suppliers[name].tiers is not None else None,
                "capacity_used": float(own.capacity_used),
            }
            for name, own in audit.suppliers.items()
        ],
        "rules": records(audit.to_frame()),
    }


def _next_best(asked: NextBest) -> dict[str, Any]:
    return {
        "lot": asked.lot,
        "supplier": asked.supplier,
        "kind": asked.kind,
        "status": asked.other.status,
        "difference": None if asked.difference is None else float(asked.difference),
        "at_least": _finite(asked.at_least),
        "exact": asked.exact,
        "rows": records(asked.to_frame()),
        **_said(asked),
    }


def _said(result: RuleConflicts | Relaxation | RuleCosts | Frontier | NextBest | Scenarios) -> dict[str, str]:
    return {lang: result.explain(lang) for lang in LANGS}


def _finite(figure: float | None) -> float | None:
    return float(figure) if figure is not None and isfinite(figure) else None


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a cell of a frame
    import pandas as pd

    if isinstance(cell, str | bool):
        return cell
    if pd.isna(cell):
        return None
    plain = cell.item() if hasattr(cell, "item") else cell
    return _finite(plain) if isinstance(plain, float) else plain
