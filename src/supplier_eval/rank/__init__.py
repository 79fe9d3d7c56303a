"""From values to an order: `rank_bids` for a score sheet, `rank_matrix` for any decision table."""

from supplier_eval.rank.block import rank_block
from supplier_eval.rank.comparison import Comparison, compare_bids
from supplier_eval.rank.front import rank_bids
from supplier_eval.rank.matrix import rank_matrix, rank_sheet
from supplier_eval.rank.method import MethodScores, RankingMethod, register_method
from supplier_eval.rank.method_ranking import MethodRanking
from supplier_eval.rank.methods import METHODS
from supplier_eval.rank.normalise import NORMALISATIONS
from supplier_eval.rank.points import PointsRanking
from supplier_eval.rank.ranking import Ranking

__all__ = [
    "METHODS",
    "NORMALISATIONS",
    "Comparison",
    "MethodRanking",
    "MethodScores",
    "PointsRanking",
    "Ranking",
    "RankingMethod",
    "compare_bids",
    "rank_bids",
    "rank_block",
    "rank_matrix",
    "rank_sheet",
    "register_method",
]
