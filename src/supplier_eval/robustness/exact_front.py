"""Ask a score sheet in which share of the weights each bid is first, computed exactly instead of drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.rank.points_words import said_bid
from supplier_eval.robustness.exact_shares import MOST_FREE, ExactShares, TooManyFree, exact_shares
from supplier_eval.robustness.region import Region
from supplier_eval.robustness.region_spec import DEFAULT_REGION, RegionSpec, region_of
from supplier_eval.robustness.region_words import region_words
from supplier_eval.robustness.scored import Scored, scored_bids
from supplier_eval.robustness.stability_words import listed, tie_first
from supplier_eval.score.order import FloatArray
from supplier_eval.score.sheet import ScoreSheet
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

TABLE = "region"


@dataclass(frozen=True, eq=False)
class ExactAcceptability(Shown):
    """Exact share of a region of weights in which each bid is first, and in which it is ahead of each other bid.

    Parameters
    ----------
    scored : Scored
        The bids, their values (held fixed) and the published weights.
    region : Region
        The weights that are considered, all alike.
    shares : ExactShares
        Volumes and centres of gravity, criteria in the order of the sheet.
    """

    scored: Scored
    region: Region
    shares: ExactShares
    standing: Literal["exploratory"] = "exploratory"

    @property
    def bids(self) -> tuple[str, ...]:
        """Eligible bids, in canonical order; rows of every table."""
        return self.scored.bids

    @property
    def criteria(self) -> tuple[str, ...]:
        """Leaves, in tree order."""
        return self.scored.criteria

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy; empty for a sheet made from a table."""
        return self.scored.policy_fingerprint

    @property
    def tied_first(self) -> tuple[str, ...]:
        """The bids that share rank 1, a tie that has to be said first; empty where one has it alone."""
        return self.scored.tied_first

    @property
    def first(self) -> FloatArray:
        """First-rank acceptability of each bid, a fraction of 1; bids with one total throughout share theirs."""
        return self.shares.first

    @property
    def pairwise(self) -> FloatArray:
        """Share in which the row's bid is strictly ahead of the column's, a fraction of 1; 0 on the diagonal."""
        return self.shares.ahead

    @property
    def tied(self) -> npt.NDArray[np.bool_]:
        """Whether two bids have the same total throughout the region, shape (n_bids, n_bids)."""
        return np.asarray(self.shares.same[:, None] == self.shares.same)

    @property
    def closure(self) -> float:
        """Sum of `first` over bids that are not tied throughout: 1 but for rounding, a check of the whole."""
        return self.shares.closure

    @property
    def free_weights(self) -> int:
        """Weights that the region leaves free, 1 where it leaves a single choice."""
        return self.shares.free

    @property
    def ever_first(self) -> npt.NDArray[np.bool_]:
        """Whether a bid is first in a part of the region that has a volume."""
        return self.first > 0

    @cached_property
    def central_weights(self) -> dict[str, dict[str, float] | None]:
        """Bid → criterion → mean weight (fraction of 1) under which it is first; None for one that never is."""
        table = self.shares.central.tolist()
        return {
            bid: dict(zip(self.criteria, table[b], strict=True)) if self.ever_first[b] else None
            for b, bid in enumerate(self.bids)
        }

    def first_of(self, bid: str) -> float:
        """First-rank acceptability of one bid, a fraction of 1."""
        return float(self.first[self.scored.position(bid)])

    def sharing(self, bid: str) -> tuple[str, ...]:
        """Other bids that have the same total as this one under all weights of the region."""
        here = self.scored.position(bid)
        return tuple(other for b, other in enumerate(self.bids) if b != here and self.tied[here, b])

    def to_frame(self) -> pd.DataFrame:
        """One row a bid: ``bid name first same_as`` and ``ahead_of_<bid>`` for every bid, fractions of 1.

        ``same_as`` names the bids with the same total throughout, comma between them, empty for none. Shares ahead
        are ``Float64``; that of a bid ahead of itself is missing (``<NA>``), for that is no question.
        """
        import pandas as pd

        table: dict[str, object] = {
            "bid": list(self.bids),
            "name": [self.scored.name(bid) for bid in self.bids],
            "first": self.first,
            "same_as": [", ".join(self.sharing(bid)) for bid in self.bids],
        }
        for b, bid in enumerate(self.bids):
            column = pd.array(self.pairwise[:, b], dtype="Float64")
            column[b] = pd.NA
            table[f"ahead_of_{bid}"] = column
        return pd.DataFrame(table)

    def pairwise_frame(self) -> pd.DataFrame:
        """One row a pair of different bids: ``bid other ahead tied``, fractions of 1; ``tied`` is 0 or 1."""
        import pandas as pd

        rows = [
            (bid, other, float(self.pairwise[a, b]), float(self.tied[a, b]))
            for a, bid in enumerate(self.bids)
            for b, other in enumerate(self.bids)
            if a != b
        ]
        return pd.DataFrame(rows, columns=["bid", "other", "ahead", "tied"])

    def central_frame(self) -> pd.DataFrame:
        """One row a bid and criterion: ``bid criterion weight published``, fractions of 1.

        Bids that are never first have no central weights and no rows.
        """
        import pandas as pd

        published = self.scored.weights.tolist()
        rows = [
            (bid, name, weight, published[i])
            for bid, weights in self.central_weights.items()
            for i, (name, weight) in enumerate((weights or {}).items())
        ]
        return pd.DataFrame(rows, columns=["bid", "criterion", "weight", "published"])

    def explain(self, lang: Lang = "en") -> str:
        """Say under which share of the weights each bid is first, the largest first."""
        facts = {"region": region_words(self.region, self.scored.label, lang), "n": len(self.criteria)}
        head = "exact.head" if self.free_weights > 1 else "exact.point"
        lines = [*tie_first(self.scored, lang), message(head, lang, free=self.free_weights, **facts)]
        if self.scored.top_only:
            lines.append(message("robustness.top", lang))
        for b in sorted(range(len(self.bids)), key=lambda b: (-self.first[b], b)):
            lines += self._line(self.bids[b], lang)
        lines.append(message("exact.unrounded", lang))
        if self.scored.weights_move_values:
            lines.append(message("exact.fixed_values", lang))
        return "\n".join(lines)

    def _line(self, bid: str, lang: Lang) -> list[str]:
        share, others = self.first_of(bid), self.sharing(bid)
        who = said_bid(bid, self.scored.name(bid), lang)
        said = (
            message("exact.first", lang, who=who, first=_percent(share))
            if share > 0
            else message("exact.never", lang, who=who)
        )
        return [said, message("exact.shared", lang, others=listed(others, lang))] if others else [said]

    def __repr__(self) -> str:
        best = int(np.argmax(self.first))
        lead = f"{self.bids[best]} first in {self.first[best]:.2%}"
        free = f"{self.free_weights} free weight{'s' if self.free_weights != 1 else ''}"
        return f"ExactAcceptability({lead} of {self.region.name!r}, {free}; {self.standing})"


def _percent(share: float) -> str:
    """A share above 0 in per cent, never rounded to nothing, nor to all where something is missing."""
    if share < 0.0001:
        return "< 0.01 %"
    return "> 99.99 %" if 0.9999 < share < 1 else f"{100 * share:.2f} %"


def exact_acceptability(sheet: ScoreSheet, region: RegionSpec = DEFAULT_REGION) -> ExactAcceptability:
    """Tell exactly under which share of the weights each bid would be first.

    Parameters
    ----------
    sheet : ScoreSheet
        Values on 0-100 and published weights. Eligible bids are compared by their unrounded totals.
    region : str, mapping or Region
        Which weights are considered, all alike: see `read_region`. By default those of which none differs from the
        published one by more than five points of a hundred. At most six weights may be free; those that the region
        fixes do not count.

    Returns
    -------
    ExactAcceptability
        To about twelve decimals: volumes of polytopes (`robustness.exact_shares`), nothing is drawn.

    Raises
    ------
    InvalidInput
        If there is no order to question, the region cannot be read, is a Euclidean ball or leaves more than six
        weights free; `rank_acceptability` answers then.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> sheet = se.robustness.top_level(se.evaluate(tender).lots["1"].sheet)
    >>> se.robustness.exact_acceptability(sheet)
    ExactAcceptability(ATI OPERA first in 100.00% of 'ball', 2 free weights; exploratory)
    """
    scored = scored_bids(sheet)
    where = region_of(scored, region)
    if where.ball is not None and where.ball[1] > 0:
        raise InvalidInput([Finding("exact.not_linear", TABLE, where.name)], TABLE)
    by_name = np.argsort(np.array(scored.criteria), kind="stable")
    left, right = _inequalities(where)
    facts: dict[str, object] = {"most": MOST_FREE}
    try:
        shares = exact_shares(scored.values[by_name], left[:, by_name], right)
    except TooManyFree as many:
        finding = Finding("exact.too_many_free", TABLE, where.name, value=str(many.free), facts=facts)
        raise InvalidInput([finding], TABLE) from many
    except ArithmeticError as close:
        raise InvalidInput([Finding("exact.too_close", TABLE, where.name)], TABLE) from close
    except ValueError as empty:
        raise InvalidInput([Finding("region.empty", TABLE, where.name, facts={"why": str(empty)})], TABLE) from empty
    back = np.argsort(by_name)
    ordered = shares._replace(
        central=shares.central[:, back], corners=shares.corners[:, back], centre=shares.centre[back]
    )
    return ExactAcceptability(scored, where, ordered)


def _inequalities(region: Region) -> tuple[FloatArray, FloatArray]:
    """Left and right sides; a Euclidean ball of radius 0 as its centre."""
    if region.ball is None:
        return region.A, region.b
    centre, eye = region.ball[0], np.eye(region.n_criteria)
    return np.vstack([region.A, eye, -eye]), np.concatenate([region.b, centre, -centre])
