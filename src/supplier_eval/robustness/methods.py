"""Methods and normalisations side by side: who else would win, how far the orders agree, and why some do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import UnknownName
from supplier_eval.flags import Reason
from supplier_eval.messages import Lang, message
from supplier_eval.rank.points import WEIGHTED_SUM
from supplier_eval.robustness.agreement_of_methods import (
    CORRELATIONS,
    Correlation,
    correlations,
    kendall_tau,
    spearman_rho,
    weighted_tau,
)
from supplier_eval.robustness.dissent import Dispute, reasons_for
from supplier_eval.robustness.method_rows import Group, Row, Way, ranked_by, ways_to_rank
from supplier_eval.robustness.scored import Scored, scored_bids
from supplier_eval.score.sheet import ScoreSheet, Standing
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

VARIED: tuple[Group, ...] = ("method", "normalisation", "weights")


@dataclass(frozen=True, eq=False)
class MethodComparison(Shown):
    """What other ways of ranking say about the same bids, beside the policy's order.

    The rows are not independent voters: all read the same values, and most the same weights. They bind nobody.

    Parameters
    ----------
    scored : Scored
        The eligible bids with their values, the policy's weights and order.
    rows : tuple of Row
        The policy's row first, then methods, normalisations and data-driven weights that could take the sheet.
    refused : tuple of Row
        Ways that could not take the sheet, with the reason.
    reasons : mapping of str to tuple of Reason
        Key of a row that names another winner → why.
    """

    scored: Scored
    rows: tuple[Row, ...]
    refused: tuple[Row, ...]
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        """Always ``"exploratory"``: votes of other methods stay out of the evaluation report."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy; empty for a sheet made from a table."""
        return self.scored.policy_fingerprint

    @property
    def winners(self) -> tuple[str, ...]:
        """The bids that the policy's own order puts first."""
        return self.scored.winners

    @cached_property
    def named(self) -> dict[str, tuple[str, ...]]:
        """Key of each row → the bids that it puts first."""
        return {row.way.key: tuple(self.scored.bids[b] for b in row.first) for row in self.rows}

    def stand(self, key: str) -> str:
        """Where a row stands: ``agrees`` (same first bids as the policy), ``ties`` (them and others), or ``other``."""
        if not isinstance(key, str) or key not in self.named:
            raise UnknownName("row of the comparison", key, self.named)
        first, ours = set(self.named[key]), set(self.winners)
        return "agrees" if first == ours else "ties" if ours & first else "other"

    def count(self, stand: str, group: Group | None = None) -> int:
        """How many rows beside the policy's stand so; of one group, or of all."""
        groups = VARIED if group is None else (group,)
        return sum(row.way.group in groups and self.stand(row.way.key) == stand for row in self.rows)

    @cached_property
    def others_named(self) -> dict[str, tuple[str, ...]]:
        """Bids that rows put first instead of the policy's → those rows, most rows first; rows that tie are not in."""
        found: dict[str, list[str]] = {}
        for key, bids in self.named.items():
            for bid in bids if self.stand(key) == "other" else ():
                found.setdefault(bid, []).append(key)
        return {bid: tuple(found[bid]) for bid in sorted(found, key=lambda bid: (-len(found[bid]), bid))}

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row a way of ranking, the policy's first, those that could not take the sheet last.

        Columns ``method title group winner agrees ties tau rho weighted_tau reason``. `winner` lists the bids on
        rank 1; `agrees` (same first bids) and `ties` (the policy's and others) are boolean, ``<NA>`` where the way
        took no part. Kendall's tau-b, Spearman's rho and the top-weighted tau with the policy's ranks are from -1 to
        1, and ``<NA>`` where an order ties all bids or took no part. `reason` says why another bid is named, or why
        the way took no part.
        """
        import pandas as pd

        ours = self.rows[0].ranks
        lines = []
        for row in (*self.rows, *self.refused):
            key, took_part = row.way.key, row.refused is None
            stand = self.stand(key) if took_part else None
            measures = (kendall_tau, spearman_rho, weighted_tau)
            figures = [measure(ours, row.ranks) if took_part else None for measure in measures]
            said = self.reasons.get(key, ()) if row.refused is None else (row.refused,)
            first = ", ".join(self.named.get(key, ()))
            flags = (stand == "agrees", stand == "ties") if took_part else (None, None)
            words = _run_on(said, lang)
            lines.append((key, row.way.title(lang), row.way.group, first, *flags, *figures, words))
        columns = ["method", "title", "group", "winner", "agrees", "ties", "tau", "rho", "weighted_tau", "reason"]
        kinds = {"agrees": "boolean", "ties": "boolean", "tau": "Float64", "rho": "Float64", "weighted_tau": "Float64"}
        return pd.DataFrame(lines, columns=columns).astype(kinds)

    def ranks_frame(self) -> pd.DataFrame:
        """Ranks, one row a way of ranking and one column an eligible bid; 1 is best, tied bids share a rank."""
        import pandas as pd

        keys = pd.Index([row.way.key for row in self.rows], name="method")
        return pd.DataFrame(np.stack([row.ranks for row in self.rows]), index=keys, columns=list(self.scored.bids))

    def correlation_frame(self, measure: Correlation = "kendall") -> pd.DataFrame:
        """How far the orders of every two ways go together, from -1 to 1.

        Parameters
        ----------
        measure : {"kendall", "spearman", "weighted"}
            Kendall's tau-b, Spearman's rho, or the tau that minds the top most.

        Returns
        -------
        DataFrame of Float64, rows × rows
            ``<NA>`` where one of the two ties all bids.
        """
        import pandas as pd

        if measure not in CORRELATIONS:
            raise UnknownName("rank correlation", measure, CORRELATIONS)
        keys = pd.Index([row.way.key for row in self.rows], name="method")
        table = correlations(np.stack([row.ranks for row in self.rows]), measure)
        columns = {key: pd.array(list(column), dtype="Float64") for key, column in zip(keys, table, strict=True)}
        return pd.DataFrame(columns, index=keys)

    def explain(self, lang: Lang = "en") -> str:
        """Say who else would win and why, what could not be asked, and what this is worth."""
        sep = "、" if lang == "zh" else ", "
        lines = [message("methods.policy", lang, winners=sep.join(self.winners))]
        for group in VARIED:
            n = sum(row.way.group == group for row in self.rows)
            if n:
                counts = {stand: self.count(stand, group) for stand in ("agrees", "ties", "other")}
                lines.append(message(f"methods.count.{group}", lang, n=n, **counts))
        for row in self.rows:
            said = _run_on(self.reasons.get(row.way.key, ()), lang)
            if said:
                names = sep.join(self.named[row.way.key])
                lines.append(message("methods.dissent", lang, title=row.way.title(lang), names=names, why=said))
        lines += [
            message("methods.left_out", lang, title=row.way.title(lang), why=row.refused.say(lang))
            for row in self.refused
            if row.refused is not None
        ]
        if self.scored.weights_move_values and any(row.way.group == "weights" for row in self.rows):
            lines.append(message("methods.values_fixed", lang))
        lines.append(message("methods.exploratory", lang))
        return "\n".join(lines)

    def __repr__(self) -> str:
        n = len(self.rows) - 1
        agree, tie, other = (self.count(stand) for stand in ("agrees", "ties", "other"))
        named = ", ".join(self.winners)
        return f"MethodComparison({named}: {agree} of {n} ways agree, {tie} tie, {other} name another; exploratory)"


def _run_on(reasons: Iterable[Reason], lang: Lang) -> str:
    """Sentences one after the other."""
    return ("" if lang == "zh" else " ").join(reason.say(lang) for reason in reasons)


def compare_methods(
    sheet: ScoreSheet,
    methods: Iterable[str] | None = None,
    normalisations: Mapping[str, Sequence[str]] | None = None,
    weights: Iterable[str] | None = None,
) -> MethodComparison:
    """Rank the bids of a sheet by other methods, normalisations and data-driven weights, and say who disagrees.

    Parameters
    ----------
    sheet : ScoreSheet
        Values where higher is better, and weights. The eligible bids take part.
    methods : iterable of str, optional
        Keys in ``METHODS``, with the defaults of each; one text is one key. All that are registered where omitted.
    normalisations : mapping of str to sequence of str, optional
        Method → normalisations to try beside its default; a set of the usual ones where omitted, ``{}`` for none.
    weights : iterable of str, optional
        Weights that are not the policy's, tried with the weighted sum: ``equal`` (over the leaves), ``entropy``,
        ``critic``, ``merec``; all where omitted, ``()`` for none.

    Returns
    -------
    MethodComparison
        Exploratory. The policy's row has its rounding and its tie rule; in all other rows a tie stays a tie. A way
        that cannot take the sheet is listed with the reason.

    Raises
    ------
    InvalidInput
        If the sheet is none or has no order, or something else than names was given.
    UnknownName
        If there is no such method, normalisation or set of weights.

    Examples
    --------
    >>> sheet = se.evaluate(se.read_tender("data/samples/service-desk")).lots["L1"].sheet
    >>> print(se.robustness.compare_methods(sheet).explain().splitlines()[0])
    The policy's order puts YX-1 first.
    """
    scored = scored_bids(sheet)
    ways = ways_to_rank(methods, normalisations, weights)
    ours = np.array([scored.ranking.rank_of(bid) for bid in scored.bids], dtype=np.int64)
    policy = Row(Way(WEIGHTED_SUM, "policy", WEIGHTED_SUM), ours, scored.weights)
    tried = [ranked_by(way, scored) for way in ways]
    rows = (policy, *(row for row in tried if row.refused is None))
    reasons = {}
    for row in rows[1:]:
        if not set(row.first) & set(policy.first):
            dispute = Dispute(scored, row, scored.position(scored.winner), row.first[0])
            reasons[row.way.key] = reasons_for(dispute)
    return MethodComparison(scored, rows, tuple(row for row in tried if row.refused is not None), reasons)
