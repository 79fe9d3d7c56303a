"""Why another way of ranking names another winner: the criterion that speaks for it, and what it makes of that."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from supplier_eval.flags import Reason
from supplier_eval.messages import LANGS
from supplier_eval.rank.normalise import normalise
from supplier_eval.rank.points_words import signed
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.robustness.method_rows import Row, normalisation_title
from supplier_eval.robustness.scored import Scored
from supplier_eval.score.order import FloatArray, settle


class Dispute(NamedTuple):
    """The policy's winner against the bid that another way of ranking names.

    Attributes
    ----------
    scored : Scored
        Values and the policy's weights.
    row : Row
        The way that names the other bid.
    winner, other : int
        Places of the two on the bid axis.
    """

    scored: Scored
    row: Row
    winner: int
    other: int

    @property
    def lead(self) -> FloatArray:
        """By criterion, value of the other bid minus value of the policy's winner."""
        return np.asarray(self.scored.values[:, self.other] - self.scored.values[:, self.winner])

    def facts(self, **more: object) -> dict[str, object]:
        """Both bids by id, and more."""
        return {"winner": self.scored.bids[self.winner], "other": self.scored.bids[self.other], **more}

    def criterion(self, i: int) -> dict[str, object]:
        """Name of a criterion in both languages, for the words."""
        name = self.scored.criteria[i]
        return {f"criterion_{lang}": self.scored.label(name, lang) for lang in LANGS}

    def most(self, amounts: FloatArray) -> int | None:
        """The criterion with the largest amount above zero, the first by id among equals; None where there is none."""
        judged = settle(amounts).tolist()
        found = min(
            (-amount, name, i) for i, (amount, name) in enumerate(zip(judged, self.scored.criteria, strict=True))
        )
        return found[2] if found[0] < 0 else None

    def scaled(self) -> FloatArray:
        """Values under the row's normalisation, as they are where it has none."""
        values, choice = self.scored.values, self.row.way.choice
        if not choice:
            return values
        bounds = self.row.parameters.get("bounds")
        return normalise(values, np.ones(len(values)), choice, None if bounds is None else np.asarray(bounds))


def reasons_for(dispute: Dispute) -> tuple[Reason, ...]:
    """Say why a way of ranking names another bid.

    Parameters
    ----------
    dispute : Dispute
        The two bids and the row.

    Returns
    -------
    tuple of Reason
        First the criterion on which the policy's winner loses most to the other bid, in points under the policy's
        weights; then, where the method has figures that say it, what the method makes of it; last, where the
        policy's own sum does not put its winner ahead of the other bid before rounding, that it does not.
    """
    special = _of_weights if dispute.row.way.group == "weights" else SPECIAL.get(dispute.row.way.method)
    found = special(dispute) if special is not None else None
    others = (found, _of_rounding(dispute))
    return (_largest_loss(dispute), *(reason for reason in others if reason is not None))


def largest_loss(dispute: Dispute) -> int | None:
    """The criterion on which the policy's winner loses most points to the other bid; None where it loses on none.

    Points are under the policy's weights; criteria of weight 0 count by their values where no other speaks.
    """
    by_points = dispute.most(dispute.scored.weights * dispute.lead)
    return dispute.most(dispute.lead) if by_points is None else by_points


def _largest_loss(dispute: Dispute) -> Reason:
    """The criterion that speaks most for the other bid."""
    i = largest_loss(dispute)
    if i is None:
        return Reason("methods.why.no_lead", facts=dispute.facts())
    values, weight = dispute.scored.values[i], float(dispute.scored.weights[i])
    facts = dispute.facts(
        mine=_two(values[dispute.winner]),
        theirs=_two(values[dispute.other]),
        percent=_two(100 * weight),
        points=_two(weight * dispute.lead[i]),
        **dispute.criterion(i),
    )
    return Reason("methods.why.lead", facts=facts)


def _of_rounding(dispute: Dispute) -> Reason | None:
    """Rounding or a tie rule that puts the winner ahead of the other bid, which no other way knows."""
    totals = dispute.scored.totals
    behind = float(settle(totals[dispute.other] - totals[dispute.winner]))
    if behind < 0:
        return None
    return Reason("methods.why.rounding", facts=dispute.facts(points=f"{behind:.4f}"))


def _of_weights(dispute: Dispute) -> Reason | None:
    """Other weights: the criterion whose change of weight moves most points to the other bid."""
    old, new = dispute.scored.weights, dispute.row.weights
    moved = (new - old) * dispute.lead
    i = dispute.most(moved)
    if i is None:
        return None
    shown = {"old": _two(100 * old[i]), "new": _two(100 * new[i]), "points": _two(moved[i])}
    return Reason("methods.why.weights", facts=dispute.facts(**shown, **dispute.criterion(i)))


def _of_topsis(dispute: Dispute) -> Reason | None:
    """TOPSIS: distances to the best and to the worst figures."""
    figures = _figures(dispute, "distance_best", "distance_worst")
    if figures is None:
        return None
    (best_mine, best_theirs), (worst_mine, worst_theirs) = figures
    shown = {"best_mine": best_mine, "best_theirs": best_theirs, "worst_mine": worst_mine, "worst_theirs": worst_theirs}
    return Reason("methods.why.topsis", facts=dispute.facts(**{k: f"{v:.4f}" for k, v in shown.items()}))


def _of_vikor(dispute: Dispute) -> Reason | None:
    """VIKOR: the largest single regret of the winner, where it is larger than that of the other."""
    figures = _figures(dispute, "R")
    if figures is None or settle(figures[0][0]) <= settle(figures[0][1]):
        return None
    values = dispute.scored.values
    best, spread = values.max(axis=1), np.ptp(values, axis=1)
    regret = dispute.scored.weights * (best - values[:, dispute.winner]) / np.where(spread > 0, spread, 1.0)
    i = dispute.most(regret)
    if i is None:
        return None
    shown = {"mine": f"{figures[0][0]:.4f}", "theirs": f"{figures[0][1]:.4f}"}
    return Reason("methods.why.vikor", facts=dispute.facts(**shown, **dispute.criterion(i)))


def _of_product(dispute: Dispute) -> Reason | None:
    """A product: the criterion with the largest weighted ratio against the winner."""
    scored, values = dispute.scored, dispute.scaled()
    mine, theirs = values[:, dispute.winner], values[:, dispute.other]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where((scored.weights > 0) & (theirs > mine), scored.weights * np.log(theirs / mine), 0.0)
    i = dispute.most(ratio)
    if i is None:
        return None
    shown = {"mine": _two(scored.values[i, dispute.winner]), "theirs": _two(scored.values[i, dispute.other])}
    return Reason("methods.why.product", facts=dispute.facts(**shown, **dispute.criterion(i)))


def _of_promethee(dispute: Dispute) -> Reason | None:
    """PROMETHEE: how much weight stands on the side of each of the two, however small the lead."""
    lead, weights = settle(dispute.lead), dispute.scored.weights
    for_other, for_winner = (float(sum_sorted(weights[side])) for side in (lead > 0, lead < 0))
    if for_other <= for_winner:
        return None
    shown = {"mine": _two(100 * for_winner), "theirs": _two(100 * for_other)}
    return Reason("methods.why.promethee", facts=dispute.facts(**shown))


def _of_normalised_sum(dispute: Dispute) -> Reason | None:
    """A weighted sum of rescaled values: the criterion that rescaling makes count more for the other bid."""
    scored = dispute.scored
    scaled = 100.0 * dispute.scaled()
    now = scored.weights * (scaled[:, dispute.other] - scaled[:, dispute.winner])
    i = dispute.most(now - scored.weights * dispute.lead)
    if i is None:
        return None
    shown = {
        "was": signed(float(scored.weights[i] * dispute.lead[i]), 2),
        "now": signed(float(now[i]), 2),
        **{f"choice_{lang}": normalisation_title(dispute.row.way.choice, lang) for lang in LANGS},
    }
    return Reason("methods.why.scaled", facts=dispute.facts(**shown, **dispute.criterion(i)))


SPECIAL: dict[str, Callable[[Dispute], Reason | None]] = {
    "topsis": _of_topsis,
    "vikor": _of_vikor,
    "weighted_product": _of_product,
    "waspas": _of_product,
    "promethee_i": _of_promethee,
    "promethee_ii": _of_promethee,
    "weighted_sum": _of_normalised_sum,
}


def _figures(dispute: Dispute, *names: str) -> list[tuple[float, float]] | None:
    """Figures of the method for the winner and for the other bid; None where it has none of that name."""
    known = dispute.row.scores.figures if dispute.row.scores is not None else {}
    if any(name not in known for name in names):
        return None
    return [(float(known[name][dispute.winner]), float(known[name][dispute.other])) for name in names]


def _two(figure: float) -> str:
    """Two decimals, for words."""
    return f"{round(float(figure), 2) + 0.0:.2f}"
