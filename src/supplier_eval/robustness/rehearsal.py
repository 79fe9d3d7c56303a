"""Rehearse a policy before it is published, on bids like those of a real market.

Marks are simulated, prices are those of a market or drawn; nothing of a running tender is used. The rehearsal answers
what published weights do not say: how far each criterion really spreads the bids (its effective weight), what a point
of quality costs in money, how often a bid that cannot win decides who wins, how often floors and ties decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang, message
from supplier_eval.robustness.arithmetic import Rules
from supplier_eval.robustness.market_sample import drawn_prices, market_sample, prices_of
from supplier_eval.robustness.rehearsal_trial import (
    Trial,
    effective_weights,
    floors_decide,
    nobody_valid,
    price_of_a_point,
    rehearsed_price_rows,
    reversals,
    ties_decide,
)
from supplier_eval.robustness.share import Share
from supplier_eval.score.price import PRICE_FORMULAS

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.policy.document import Policy
    from supplier_eval.score.sheet import Standing


@dataclass(frozen=True, eq=False)
class Rehearsal:
    """What the rules of a policy do to simulated bids.

    Parameters
    ----------
    effective : mapping
        Leaf → share of the variance of the totals that goes back to it (covariance with the total); they add up to 1.
    weights : mapping
        Leaf → published weight as a fraction of 1.
    price_of_a_point : float or None
        By how many per cent of its price a bid in the middle must be dearer to lose one point of 100; None where one
        per cent more costs the middle bid nothing.
    reversals : Share
        Tenders in which the removal of some bid that does not win gives another winner.
    floors_decide : Share
        Tenders with a winner, who would be another without the quality floors.
    nobody_valid : Share
        Tenders in which nobody is ranked: all bids below a floor, or too few valid ones.
    ties_decide : Share
        Tenders in which the first total is shared, so that the tie rule decides.
    tenders, bids : int
        Simulated tenders and bids.
    source : str
        Where the prices come from.
    """

    policy_fingerprint: str
    category: str
    effective: Mapping[str, float]
    weights: Mapping[str, float]
    price_of_a_point: float | None
    reversals: Share
    floors_decide: Share
    nobody_valid: Share
    ties_decide: Share
    tenders: int
    bids: int
    source: str
    marks: tuple[float, float]
    seed: int
    standing: Standing = "exploratory"

    def to_frame(self) -> pd.DataFrame:
        """One row a leaf: ``criterion weight effective ratio``; fractions of 1, ratio = effective over weight."""
        import pandas as pd

        rows = [(c, w, self.effective[c], self.effective[c] / w if w else 0.0) for c, w in self.weights.items()]
        return pd.DataFrame(rows, columns=["criterion", "weight", "effective", "ratio"])

    def shares_frame(self) -> pd.DataFrame:
        """One row a question: ``question share error n``; `error` is a standard error, `n` the tenders asked."""
        import pandas as pd

        names = ("floors_decide", "ties_decide", "nobody_valid")
        asked = {"reversal": self.reversals} | {name: getattr(self, name) for name in names}
        rows = [(name, share.value, share.error, share.n) for name, share in asked.items()]
        return pd.DataFrame(rows, columns=["question", "share", "error", "n"])

    def explain(self, lang: Lang = "en") -> str:
        """Say what the rules would do, the effective weights first."""
        mean, spread = self.marks
        facts = {"tenders": f"{self.tenders:,}", "bids": f"{self.bids:,}", "source": self.source}
        lines = [message("rehearsal.head", lang, **facts, mean=f"{mean:g}", spread=f"{spread:g}")]
        for criterion, effective in sorted(self.effective.items(), key=lambda item: (-item[1], item[0])):
            shown = {"weight": f"{100 * self.weights[criterion]:.1f}", "effective": f"{100 * effective:.1f}"}
            lines.append(message("rehearsal.weight", lang, criterion=criterion, **shown))
        if self.price_of_a_point is not None:
            lines.append(message("rehearsal.point", lang, percent=f"{self.price_of_a_point:.2f}"))
        for name in ("reversals", "floors_decide", "ties_decide", "nobody_valid"):
            share: Share = getattr(self, name)
            if share.n and (name != "nobody_valid" or share.value):
                said = {"share": f"{100 * share.value:.1f}", "error": f"{100 * share.error:.1f}"}
                lines.append(message(f"rehearsal.{name}", lang, **said))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"Rehearsal({self.tenders} tenders from {self.source}; reversals {self.reversals.value:.3f})"


def rehearse(
    policy: Policy,
    *,
    category: str = "",
    market: pd.DataFrame | None = None,
    bids: int | None = None,
    spread: float = 0.1,
    tenders: int = 1000,
    marks: tuple[float, float] = (70.0, 12.0),
    seed: int = 0,
) -> Rehearsal:
    """Try a policy on simulated bids before it is published.

    Parameters
    ----------
    policy : Policy
        Adopted or not.
    category : str
        Service category, where the criteria differ by category; the policy's first where it is left out.
    market : DataFrame, optional
        Past tenders of your own (``tender``, ``price``, ``ceiling``) in place of the market sample.
    bids : int, optional
        Draw this many bids a tender from a log-normal distribution instead, `tenders` times.
    spread : float
        Standard deviation of the logarithm of drawn prices.
    tenders : int
        Number of drawn tenders; a market has its own.
    marks : tuple of float
        Mean and standard deviation of the simulated value (0-100, cut there) of every criterion that is not a price,
        independent of each other and of the price.
    seed : int
        Of everything that is drawn.

    Returns
    -------
    Rehearsal
        Exploratory.

    Raises
    ------
    UnknownName
        If `category` is none of the policy's.
    InvalidInput
        If the market table cannot be used.
    """
    if not category and any(criterion.categories for criterion in policy.criteria):
        category = policy.categories[0]
    weights = policy.weights(category)
    rng = np.random.default_rng(seed)
    prices = prices_of(market) if market is not None else market_sample()
    if bids is not None:
        prices = drawn_prices(bids, spread, tenders, rng)
    tree = policy.tree(category)
    rules = Rules(policy, tree, rehearsed_price_rows(policy, tree))
    w = np.array([weights[leaf.id] for leaf in tree.leaves])
    drawn = marks[0] + marks[1] * rng.standard_normal((len(tree.leaves), *prices.shares.shape))
    values = np.clip(drawn, 0.0, 100.0)
    values[[i for i, leaf in enumerate(tree.leaves) if leaf.price is not None]] = np.nan
    lab = Trial(rules, values, prices, w)
    base = lab.score(prices.present)
    return Rehearsal(
        policy_fingerprint=policy.fingerprint,
        category=category,
        effective=dict(zip(rules.criteria, effective_weights(base, w).tolist(), strict=True)),
        weights=weights,
        price_of_a_point=price_of_a_point(lab, base),
        reversals=reversals(lab, base),
        floors_decide=floors_decide(lab, base),
        nobody_valid=nobody_valid(base),
        ties_decide=ties_decide(base),
        tenders=prices.shares.shape[1],
        bids=int(prices.present.sum()),
        source=prices.source,
        marks=marks,
        seed=seed,
    )


def publication_findings(policy: Policy, category: str = "") -> list[Finding]:
    """Warn, before publication, of a price formula that lets a bid that cannot win decide who wins.

    Parameters
    ----------
    policy : Policy
        Rehearsed on the market sample, once for each service category whose criteria differ.
    category : str
        Only this one of the policy's categories, where it is one of them.

    Returns
    -------
    list of Finding
        One warning a relative price formula, with the measured frequency; none where it never happened.
    """
    found: dict[str, Finding] = {}
    differ = any(criterion.categories for criterion in policy.criteria)
    asked = (category,) if category in policy.categories else policy.categories
    for name in asked if differ else ("",):
        priced = [leaf.price.formula for leaf in policy.tree(name).leaves if leaf.price is not None]
        relative = [f for f in priced if f in PRICE_FORMULAS and PRICE_FORMULAS[f].relative]
        if not relative:
            continue
        share = rehearse(policy, category=name).reversals
        if share.value > 0:
            said = {"share": f"{100 * share.value:.1f}", "error": f"{100 * share.error:.1f}", "n": share.n}
            formulas = ", ".join(dict.fromkeys(relative))
            found[formulas] = Finding(
                "policy.price.reversal", "policy", "formula", value=formulas, facts=said, severity="warning"
            )
    return list(found.values())
