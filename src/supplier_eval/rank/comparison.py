"""Why one bid is ahead of another: criterion by criterion, adding up to the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.rank.asked import asked_ranking
from supplier_eval.rank.points import PointsRanking
from supplier_eval.rank.points_words import said_key, signed
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.score.sheet import Standing


@dataclass(frozen=True)
class Comparison(Shown):
    """Two bids side by side.

    Parameters
    ----------
    first, second : str
        Bid ids.
    lines : tuple of (criterion, points of first, points of second)
        Leaves in tree order, and ``rounding`` where it acts; each column adds up to that bid's total.
    decided_by : str or None
        The key that parts them; None for a tie.
    """

    first: str
    second: str
    ranking: PointsRanking
    lines: tuple[tuple[str, float, float], ...]
    decided_by: str | None

    @property
    def difference(self) -> float:
        """Total of the first minus total of the second, in points of 100."""
        return self.ranking.total_of(self.first) - self.ranking.total_of(self.second)

    @property
    def standing(self) -> Standing:
        """Binding or exploratory, as the ranking."""
        return self.ranking.standing

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy."""
        return self.ranking.policy_fingerprint

    def to_frame(self) -> pd.DataFrame:
        """One row a leaf: ``criterion``, points of both bids, ``difference``; points of 100."""
        import pandas as pd

        rows = [(name, a, b, a - b) for name, a, b in self.lines]
        return pd.DataFrame(rows, columns=["criterion", self.first, self.second, "difference"])

    def explain(self, lang: Lang = "en") -> str:
        """Say what puts one ahead of the other, largest difference first."""
        total = f"{abs(self.difference):.4f}"
        ahead, behind = (self.first, self.second) if self.difference >= 0 else (self.second, self.first)
        if self.decided_by is None:
            lines = [message("rank.compare.tie", lang, first=self.first, second=self.second)]
        elif self.decided_by == "total":
            lines = [message("rank.compare.ahead", lang, first=ahead, second=behind, difference=total)]
        else:
            code = "rank.compare.key"
            key = said_key(self.ranking, self.decided_by, lang)
            lines = [message(code, lang, first=self.first, second=self.second, key=key)]
        ordered = sorted(self.lines, key=lambda line: -abs(line[1] - line[2]))
        for name, a, b in ordered:
            label = self.ranking.label(name, lang)
            lines.append(
                message("rank.compare.line", lang, criterion=label, a=f"{a:.4f}", b=f"{b:.4f}", d=signed(a - b, 4))
            )
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"Comparison({self.first!r} - {self.second!r} = {self.difference:+.4f}, by {self.decided_by})"


def compare_bids(ranking: PointsRanking, first: str, second: str) -> Comparison:
    """Put two ranked bids side by side.

    Parameters
    ----------
    ranking : PointsRanking
        The order that both are in.
    first, second : str
        Bid ids; a bid that has no rank is refused, its reasons stand in the qualification.

    Raises
    ------
    UnknownName
        If one of them is not in the order.
    """
    from supplier_eval.errors import UnknownName

    asked_ranking(ranking)
    for bid in (first, second):
        if ranking.rank_of(bid) == 0:
            raise UnknownName("ranked bid", bid, ranking.order)
    a, b = ranking.contributions(first), ranking.contributions(second)
    names = [*ranking.sheet.criteria, *(("rounding",) if "rounding" in a or "rounding" in b else ())]
    lines = tuple((name, a.get(name, 0.0), b.get(name, 0.0)) for name in names)
    return Comparison(first, second, ranking, lines, ranking.decided_by(first, second))
