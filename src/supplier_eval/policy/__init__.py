"""What was decided before the bids were opened: criteria, weights, rules, regimes.

`Policy` is the front. Weights from judgement: `questions` words what people are asked, `ahp`, `best_worst`, `swing`,
`smart` and the rank methods turn answers into `Weights`, `leaf_weights` multiplies them through a hierarchy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from supplier_eval.policy.criteria import Criterion, Words
from supplier_eval.policy.document import Policy
from supplier_eval.policy.regimes import Regime, profile_names
from supplier_eval.policy.tree import CriteriaTree

if TYPE_CHECKING:
    from supplier_eval.policy.ahp_weights import ahp
    from supplier_eval.policy.best_worst_weights import best_worst
    from supplier_eval.policy.group_weights import group_ahp
    from supplier_eval.policy.hierarchy import alternative_priorities, leaf_weights, policy_points
    from supplier_eval.policy.judgement import Questions, questions
    from supplier_eval.policy.random_index import RANDOM_INDICES
    from supplier_eval.policy.weighting import (
        WEIGHTINGS,
        Weighting,
        rank_order_centroid,
        rank_sum,
        reciprocal_rank,
        register_weighting,
        smart,
        swing,
    )
    from supplier_eval.policy.weights import Weights

_HOMES = {
    "RANDOM_INDICES": "random_index",
    "WEIGHTINGS": "weighting",
    "Questions": "judgement",
    "Weighting": "weighting",
    "Weights": "weights",
    "ahp": "ahp_weights",
    "alternative_priorities": "hierarchy",
    "best_worst": "best_worst_weights",
    "group_ahp": "group_weights",
    "leaf_weights": "hierarchy",
    "policy_points": "hierarchy",
    "questions": "judgement",
    "rank_order_centroid": "weighting",
    "rank_sum": "weighting",
    "reciprocal_rank": "weighting",
    "register_weighting": "weighting",
    "smart": "weighting",
    "swing": "weighting",
}

__all__ = [
    "RANDOM_INDICES",
    "WEIGHTINGS",
    "CriteriaTree",
    "Criterion",
    "Policy",
    "Questions",
    "Regime",
    "Weighting",
    "Weights",
    "Words",
    "ahp",
    "alternative_priorities",
    "best_worst",
    "group_ahp",
    "leaf_weights",
    "policy_points",
    "profile_names",
    "questions",
    "rank_order_centroid",
    "rank_sum",
    "reciprocal_rank",
    "register_weighting",
    "smart",
    "swing",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
