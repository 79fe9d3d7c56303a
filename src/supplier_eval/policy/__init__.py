"""What was decided before the bids were opened: criteria, weights, rules, regimes.

`Policy` is the front; `WEIGHTINGS` and the weighting functions arrive with the judgement of weights.
"""

from supplier_eval.policy.criteria import Criterion, Words
from supplier_eval.policy.document import Policy
from supplier_eval.policy.regimes import Regime, profile_names
from supplier_eval.policy.tree import CriteriaTree

__all__ = ["CriteriaTree", "Criterion", "Policy", "Regime", "Words", "profile_names"]
