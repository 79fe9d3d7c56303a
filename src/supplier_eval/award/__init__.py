"""Who gets how much: lots and volumes awarded under business rules, exactly, with an audit that trusts no solver.

``read_problem`` and ``AwardProblem`` say what is asked, ``award_lots`` answers, ``audit_award`` recomputes any award
from the bids alone.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.audit import Audit, audit_award
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.conflicting_rules import RuleConflicts, rule_conflicts
    from supplier_eval.award.disruption import disruption_risk
    from supplier_eval.award.disruption_profile import RiskProfile
    from supplier_eval.award.disruption_protection import Protection
    from supplier_eval.award.disruption_recourse import Recourse
    from supplier_eval.award.disruption_result import DisruptionRisk
    from supplier_eval.award.from_evaluation import problem_findings
    from supplier_eval.award.front import award_lots
    from supplier_eval.award.frontier_front import frontier
    from supplier_eval.award.frontier_result import Frontier, FrontPoint
    from supplier_eval.award.near_optimal import NearOptimalAward, NearOptimalAwards, near_optimal_awards
    from supplier_eval.award.next_best import NextBest
    from supplier_eval.award.objective import Goal
    from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier, Tiers
    from supplier_eval.award.price_ranges import PriceEnd, PriceRange, PriceRanges, price_range
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.reading import read_problem
    from supplier_eval.award.relaxation import smallest_relaxation
    from supplier_eval.award.relaxation_result import Relaxation
    from supplier_eval.award.rule_costs_result import RuleCosts
    from supplier_eval.award.rule_prices import rule_costs
    from supplier_eval.award.rules import RULE_KINDS, Rule
    from supplier_eval.award.rules_of_policy import policy_rules
    from supplier_eval.award.scenarios import Scenario, Scenarios, compare_scenarios
    from supplier_eval.award.terms import Terms

_HOMES = {
    "Allocation": "allocation",
    "Audit": "audit",
    "Award": "awarded",
    "AwardProblem": "problem",
    "Bid": "parts",
    "Bundle": "parts",
    "DisruptionRisk": "disruption_result",
    "FrontPoint": "frontier_result",
    "Frontier": "frontier_result",
    "Goal": "objective",
    "Lot": "parts",
    "NearOptimalAward": "near_optimal_result",
    "NearOptimalAwards": "near_optimal_result",
    "NextBest": "next_best",
    "PriceEnd": "price_ends",
    "PriceRange": "price_range_result",
    "PriceRanges": "price_range_result",
    "Protection": "disruption_protection",
    "RULE_KINDS": "rules",
    "Recourse": "disruption_recourse",
    "Relaxation": "relaxation_result",
    "RiskProfile": "disruption_profile",
    "Rule": "rules",
    "RuleConflicts": "conflicting_rules",
    "RuleCosts": "rule_costs_result",
    "Scenario": "scenarios_result",
    "Scenarios": "scenarios_result",
    "Segment": "parts",
    "Supplier": "parts",
    "Terms": "terms",
    "Tiers": "parts",
    "audit_award": "audit",
    "award_lots": "front",
    "compare_scenarios": "scenarios",
    "disruption_risk": "disruption",
    "frontier": "frontier_front",
    "near_optimal_awards": "near_optimal",
    "policy_rules": "rules_of_policy",
    "price_range": "price_ranges",
    "problem_findings": "from_evaluation",
    "read_problem": "reading",
    "rule_conflicts": "conflicting_rules",
    "rule_costs": "rule_prices",
    "smallest_relaxation": "relaxation",
}

__all__ = [
    "RULE_KINDS",
    "Allocation",
    "Audit",
    "Award",
    "AwardProblem",
    "Bid",
    "Bundle",
    "DisruptionRisk",
    "FrontPoint",
    "Frontier",
    "Goal",
    "Lot",
    "NearOptimalAward",
    "NearOptimalAwards",
    "NextBest",
    "PriceEnd",
    "PriceRange",
    "PriceRanges",
    "Protection",
    "Recourse",
    "Relaxation",
    "RiskProfile",
    "Rule",
    "RuleConflicts",
    "RuleCosts",
    "Scenario",
    "Scenarios",
    "Segment",
    "Supplier",
    "Terms",
    "Tiers",
    "audit_award",
    "award_lots",
    "compare_scenarios",
    "disruption_risk",
    "frontier",
    "near_optimal_awards",
    "policy_rules",
    "price_range",
    "problem_findings",
    "read_problem",
    "rule_conflicts",
    "rule_costs",
    "smallest_relaxation",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
