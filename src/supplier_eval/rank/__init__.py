"""From values to an order; `rank_bids` is the front, `METHODS` the registry."""

from supplier_eval.rank.comparison import Comparison, compare_bids
from supplier_eval.rank.ranking import METHODS, Ranking, rank_bids

__all__ = ["METHODS", "Comparison", "Ranking", "compare_bids", "rank_bids"]
