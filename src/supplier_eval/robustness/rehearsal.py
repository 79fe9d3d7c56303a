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

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.rank.arithmetic import Rules
from supplier_eval.rank.asked import asked_figure, asked_policy, asked_text, asked_together, asked_whole
from supplier_eval.robustness.market_sample import drawn_prices, market_sample, prices_of
from supplier_eval.robustness.rehearsal_trial import (
    Trial,
    drawn_values,
    effective_weights,
    floors_decide,
    nobody_valid,
    pass_or_fail,
    price_of_a_point,
    rehearsed_price_rows,
    reversals,
    ties_decide,
)
from supplier_eval.robustness.share import Share
from supplier_eval.score.price import PRICE_FORMULAS
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.policy.document import Policy
    from supplier_eval.policy.tree import CriteriaTree
    from supplier_eval.score.sheet import Standing


@dataclass(frozen=True, eq=False)
class Rehearsal(Shown):
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
        Where the prices come from: ``"tsuchiura"``, ``"given"`` or ``"log_normal"``.
    spread : float or None
        Standard deviation of the logarithm of drawn prices; None where they were not drawn.
    tree : CriteriaTree
        The criteria of the category.
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
    spread: float | None
    tree: CriteriaTree
    standing: Standing = "exploratory"

    @property
    def passed_or_failed(self) -> tuple[str, ...]:
        """Leaves that know two values only, drawn as passed or failed."""
        return tuple(leaf.id for leaf in self.tree.leaves if leaf.id in self.weights and pass_or_fail(leaf) is not None)

    def label(self, criterion: str, lang: Lang = "en") -> str:
        """Name of a criterion; with those above it where another has the same name."""
        name = self.tree[criterion].name.say(lang) or criterion
        same = [leaf.id for leaf in self.tree.leaves if (leaf.name.say(lang) or leaf.id) == name]
        path = [step.name.say(lang) or step.id for step in self.tree.path(criterion)]
        if len(same) < 2:
            return name
        whole = " › ".join(path)
        paths = [" › ".join(s.name.say(lang) or s.id for s in self.tree.path(other)) for other in same]
        return whole if paths.count(whole) == 1 else f"{whole} [{criterion}]"

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
        source = message(f"rehearsal.source.{self.source}", lang, spread=f"{self.spread or 0.0:g}")
        facts = {"tenders": f"{self.tenders:,}", "bids": f"{self.bids:,}", "source": source}
        lines = [message("rehearsal.head", lang, **facts, mean=f"{mean:g}", spread=f"{spread:g}")]
        if self.passed_or_failed:
            names = ("、" if lang == "zh" else ", ").join(self.label(c, lang) for c in self.passed_or_failed)
            lines.append(message("rehearsal.pass_or_fail", lang, criteria=names, percent=f"{mean:g}"))
        for criterion, effective in sorted(self.effective.items(), key=lambda item: (-item[1], item[0])):
            shown = {"weight": _percent(self.weights[criterion]), "effective": _percent(effective)}
            lines.append(message("rehearsal.weight", lang, criterion=self.label(criterion, lang), **shown))
        if self.price_of_a_point is not None:
            lines.append(message("rehearsal.point", lang, percent=f"{self.price_of_a_point:.2f}"))
        for name in ("reversals", "floors_decide", "ties_decide", "nobody_valid"):
            share: Share = getattr(self, name)
            if share.n and (name != "nobody_valid" or share.value):
                said = {"share": _percent(share.value), "error": _percent(share.error)}
                lines.append(message(f"rehearsal.{name}", lang, **said))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"Rehearsal({self.tenders} tenders, prices {self.source}; reversals {self.reversals.value:.3f})"


def _percent(share: float) -> str:
    """Per cent to one decimal; what rounds to nothing has no sign."""
    return f"{round(100 * share, 1) + 0.0:.1f}"


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
        Mean (0 to 100) and standard deviation (0 or more) of the simulated value (0-100, cut there) of every criterion
        that is not a price, independent of each other and of the price. A criterion that knows two values only (yes
        or no, a threshold) is passed with the mean's chance out of 100.
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
        With everything that is wrong with the arguments; if the market table cannot be used.

    Examples
    --------
    >>> policy = se.Policy.load("data/samples/service-desk/policy.toml")
    >>> se.robustness.rehearse(policy, category="ITO", seed=1)
    Rehearsal(1225 tenders, prices tsuchiura; reversals 0.002)
    """
    mean, deviation = _asked(policy, category, marks, seed)
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
    values = drawn_values(tree.leaves, (mean, deviation), prices.shares.shape, rng)
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
        marks=(mean, deviation),
        seed=int(seed),
        spread=None if bids is None else float(spread),
        tree=tree,
    )


def _asked(policy: object, category: object, marks: object, seed: object) -> tuple[float, float]:
    """Mean and standard deviation of the values; everything that is wrong with these arguments at once."""
    pair = tuple(marks) if isinstance(marks, tuple | list | np.ndarray) else ()
    whole = len(pair) == 2

    def two_figures() -> None:
        if not whole:
            raise InvalidInput([Finding("rehearsal.marks.pair", "arguments", "marks", value=str(marks))], "arguments")

    asked_together(
        lambda: asked_policy(policy),
        lambda: asked_text(category, "category"),
        two_figures,
        *([lambda: asked_figure(pair[0], "marks", 0.0), lambda: asked_figure(pair[1], "marks", 0.0)] if whole else []),
        lambda: asked_whole(seed, "seed"),
    )
    if float(pair[0]) > 100.0:
        raise InvalidInput([Finding("rehearsal.marks.pair", "arguments", "marks", value=str(marks))], "arguments")
    return float(pair[0]), float(pair[1])


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

    Raises
    ------
    InvalidInput
        If it is no policy, or `category` no text.
    """
    asked_together(lambda: asked_policy(policy), lambda: asked_text(category, "category"))
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
            said = {"share": _percent(share.value), "error": _percent(share.error), "n": f"{share.n:,}"}
            formulas = ", ".join(dict.fromkeys(relative))
            found[formulas] = Finding(
                "policy.price.reversal", "policy", "formula", value=formulas, facts=said, severity="warning"
            )
    return list(found.values())
