"""Ask a score sheet whether each bid could be first at all, under which weights, and who stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.rank.points_words import said_bid
from supplier_eval.robustness.optimality import STRICT, WEAK, Optimality, dominance, largest_leads
from supplier_eval.robustness.region import Region
from supplier_eval.robustness.region_spec import RegionSpec, region_of
from supplier_eval.robustness.region_words import region_words
from supplier_eval.robustness.scored import Scored, scored_bids
from supplier_eval.robustness.stability_words import listed, tie_first
from supplier_eval.score.order import FloatArray
from supplier_eval.score.sheet import ScoreSheet
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

TABLE = "region"
LEAST_SHOWN = 5e-5  # a weight that would be printed as nothing
Can = Literal["alone", "tie", "never"]


@dataclass(frozen=True, eq=False)
class PotentialOptimality(Shown):
    """For every bid whether some weights of a region put it first, the weights that favour it most, and its dominators.

    Parameters
    ----------
    scored : Scored
        The bids, their values (held fixed) and the published weights.
    region : Region
        The weights that are considered.
    found : Optimality
        Largest leads and where they are had, criteria in the order of the sheet.
    dominates : ndarray of int of shape (n_bids, n_bids)
        2 where the row's bid is better on every criterion, 1 where it is nowhere worse and somewhere better.
    """

    scored: Scored
    region: Region
    found: Optimality
    dominates: npt.NDArray[np.int64]
    standing: Literal["exploratory"] = "exploratory"

    @property
    def bids(self) -> tuple[str, ...]:
        """Eligible bids, in canonical order."""
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
    def lead(self) -> FloatArray:
        """Largest lead of each bid over the best other, points of 100; infinite where no other bid is different."""
        return self.found.lead

    @property
    def potentially_optimal(self) -> tuple[str, ...]:
        """Bids that some weights of the region put first, alone or in a tie."""
        return tuple(bid for bid in self.bids if self.can(bid) != "never")

    def can(self, bid: str) -> Can:
        """Whether a bid can be first alone, only in a tie, or never."""
        lead = self.lead[self.scored.position(bid)]
        return "alone" if lead > 0 else "tie" if lead == 0 else "never"

    def weights_of(self, bid: str) -> dict[str, float]:
        """Weights of the region (fractions of 1) that favour a bid most over the best other bid."""
        return dict(zip(self.criteria, self.found.weights[self.scored.position(bid)].tolist(), strict=True))

    def dominated_by(self, bid: str) -> tuple[str, ...]:
        """Bids that are nowhere worse and somewhere better (Pareto), strict dominators included."""
        return self._dominators(bid, WEAK)

    def strictly_dominated_by(self, bid: str) -> tuple[str, ...]:
        """Bids that are better on every criterion."""
        return self._dominators(bid, STRICT)

    def sharing(self, bid: str) -> tuple[str, ...]:
        """Other bids that have the same total as this one under all weights of the region."""
        here, same = self.scored.position(bid), self.found.same
        return tuple(other for b, other in enumerate(self.bids) if b != here and same[b] == same[here])

    def _dominators(self, bid: str, least: int) -> tuple[str, ...]:
        column = self.dominates[:, self.scored.position(bid)]
        return tuple(other for b, other in enumerate(self.bids) if column[b] >= least)

    def to_frame(self) -> pd.DataFrame:
        """One row a bid.

        Columns: ``bid name can`` (``"alone"``, ``"tie"``, ``"never"``) · ``potentially_optimal`` (bool) · ``lead``
        (points of 100, ``Float64``; missing where no other bid is different, and `explain` says so) ·
        ``dominated_by strictly_dominated_by same_as`` (bids, comma between them, empty for none) ·
        ``weight_<criterion>`` (fractions of 1) at which the lead is had.
        """
        import pandas as pd

        rows = [
            {
                "bid": bid,
                "name": self.scored.name(bid),
                "can": self.can(bid),
                "potentially_optimal": self.can(bid) != "never",
                "lead": float(self.lead[b]) if np.isfinite(self.lead[b]) else None,
                "dominated_by": ", ".join(self.dominated_by(bid)),
                "strictly_dominated_by": ", ".join(self.strictly_dominated_by(bid)),
                "same_as": ", ".join(self.sharing(bid)),
            }
            | {f"weight_{name}": weight for name, weight in self.weights_of(bid).items()}
            for b, bid in enumerate(self.bids)
        ]
        return pd.DataFrame(rows).astype({"lead": "Float64"})

    def explain(self, lang: Lang = "en") -> str:
        """Say for every bid whether it can be first, the largest lead first, and who dominates it."""
        region = region_words(self.region, self.scored.label, lang)
        lines = [*tie_first(self.scored, lang), message("optimality.head", lang, region=region)]
        if self.scored.top_only:
            lines.append(message("robustness.top", lang))
        for b in sorted(range(len(self.bids)), key=lambda b: (-self.lead[b], b)):
            lines += self._lines(self.bids[b], float(self.lead[b]), lang)
        lines.append(message("exact.unrounded", lang))
        if self.scored.weights_move_values:
            lines.append(message("exact.fixed_values", lang))
        return "\n".join(lines)

    def _lines(self, bid: str, lead: float, lang: Lang) -> list[str]:
        some = {name: w for name, w in self.weights_of(bid).items() if w >= LEAST_SHOWN}
        shown = listed((f"{self.scored.label(name, lang)} {100 * w:.2f} %" for name, w in some.items()), lang)
        if len(some) < len(self.criteria):
            shown = message("optimality.others_none", lang, weights=shown)
        who = {"who": said_bid(bid, self.scored.name(bid), lang)}
        if np.isinf(lead):
            lines = [message("optimality.unopposed", lang, **who)]
        elif self.can(bid) == "never":
            lines = [message("optimality.never", lang, behind=f"{-lead:z.4f}", **who)]
        else:
            lines = [message(f"optimality.{self.can(bid)}", lang, lead=f"{lead:z.4f}", weights=shown, **who)]
        strict = self.strictly_dominated_by(bid)
        weak = tuple(other for other in self.dominated_by(bid) if other not in strict)
        for code, others in (
            ("optimality.strictly_dominated", strict),
            ("optimality.dominated", weak),
            ("exact.shared", self.sharing(bid)),
        ):
            lines += [message(code, lang, others=listed(others, lang))] if others else []
        return lines

    def __repr__(self) -> str:
        can = ", ".join(self.potentially_optimal[:5])
        n = f"{len(self.potentially_optimal)} of {len(self.bids)} bids can be first in {self.region.name!r}"
        return f"PotentialOptimality({n}: {can}; {self.standing})"


def potential_optimality(sheet: ScoreSheet, region: RegionSpec = "simplex") -> PotentialOptimality:
    """Tell whether each bid could be first at all, and under which weights.

    Parameters
    ----------
    sheet : ScoreSheet
        Values on 0-100; any number of criteria. Eligible bids are compared by their unrounded totals.
    region : str, mapping or Region
        Which weights are considered: see `read_region`; all of them by default. A Euclidean ball is allowed.

    Returns
    -------
    PotentialOptimality
        By one linear program a bid; within a Euclidean ball by least distances.

    Raises
    ------
    InvalidInput
        If there is no order to question, or the region cannot be read or is empty.

    Examples
    --------
    >>> sheet = se.evaluate(se.read_tender("data/samples/service-desk")).lots["L1"].sheet
    >>> se.robustness.potential_optimality(sheet)
    PotentialOptimality(5 of 5 bids can be first in 'simplex': BT-1, HZ-1, LM-1, QH-1, YX-1; exploratory)
    """
    scored = scored_bids(sheet)
    where = region_of(scored, region)
    by_name = np.argsort(np.array(scored.criteria), kind="stable")
    ball = None if where.ball is None else (where.ball[0][by_name], where.ball[1])
    try:
        found = largest_leads(scored.values[by_name], where.A[:, by_name], where.b, ball)
    except ValueError as empty:
        raise InvalidInput([Finding("region.empty", TABLE, where.name, facts={"why": str(empty)})], TABLE) from empty
    weights = found.weights[:, np.argsort(by_name)]
    return PotentialOptimality(scored, where, found._replace(weights=weights), dominance(scored.values))
