"""The rows of a comparison of methods: which methods, normalisations and weights are tried, and what each ranks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.flags import Reason
from supplier_eval.messages import LANGS, Lang, catalogue, message, sentences
from supplier_eval.rank.asked import asked_mapping, asked_names
from supplier_eval.rank.matrix import rank_sheet
from supplier_eval.rank.method import MethodScores, ranks_of
from supplier_eval.rank.method_words import method_title
from supplier_eval.rank.methods import METHODS, ranking_method
from supplier_eval.rank.points import WEIGHTED_SUM
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.robustness.objective_weights import (
    ObjectiveWeights,
    critic_objective,
    entropy_objective,
    merec_objective,
)
from supplier_eval.robustness.scored import Scored
from supplier_eval.score.order import FloatArray

Group: TypeAlias = Literal["policy", "method", "normalisation", "weights"]
READ_OFF: Mapping[str, Callable[[FloatArray], ObjectiveWeights]] = {
    "entropy": entropy_objective,
    "critic": critic_objective,
    "merec": merec_objective,
}
WEIGHTS = ("equal", *READ_OFF)
NORMALISATIONS: Mapping[str, tuple[str, ...]] = {
    WEIGHTED_SUM: ("max", "min_max", "vector", "sum"),
    "weighted_product": ("min_max",),
    "topsis": ("fixed", "min_max", "max"),
}


def normalisation_title(choice: str, lang: Lang = "en") -> str:
    """Words for a normalisation; one of one's own keeps its name."""
    code = f"matrix.normalisation.{choice}"
    return message(code, lang) if code in catalogue() else choice


@dataclass(frozen=True)
class Way:
    """One way to rank the bids of a sheet.

    Parameters
    ----------
    key : str
        Name of the row: ``"topsis"``, ``"topsis:min_max"``, ``"weighted_sum:critic"``.
    group : {"policy", "method", "normalisation", "weights"}
        What it varies.
    method : str
        Key in ``METHODS``.
    choice : str
        The normalisation, or the weights; empty for a method as it stands.
    """

    key: str
    group: Group
    method: str
    choice: str = ""

    def title(self, lang: Lang = "en") -> str:
        """The field's name for the method, with what was varied."""
        if self.group == "weights":
            return message(f"methods.title.weights.{self.choice}", lang)
        title = method_title(METHODS[self.method], lang) if self.method in METHODS else self.method
        return message(f"methods.title.{self.group}", lang, title=title, choice=normalisation_title(self.choice, lang))


@dataclass(frozen=True, eq=False)
class Row:
    """What one way of ranking says.

    Parameters
    ----------
    way : Way
        How it ranks.
    ranks : ndarray of int of shape (n_bids,)
        Of the eligible bids, 1 is best, tied bids share a rank; empty where the way cannot take the sheet.
    weights : ndarray of shape (n_criteria,)
        Weights it ranked with, fractions of 1.
    scores : MethodScores or None
        The method's own figures; None for the policy's row and where it took no part.
    refused : Reason or None
        Why it cannot take the sheet.
    parameters : mapping
        What the method was asked to do beside its defaults.
    """

    way: Way
    ranks: npt.NDArray[np.int64]
    weights: FloatArray
    scores: MethodScores | None = None
    refused: Reason | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def first(self) -> tuple[int, ...]:
        """Places on the bid axis of the bids on rank 1."""
        return tuple(np.flatnonzero(self.ranks == 1).tolist())


def ways_to_rank(
    methods: Iterable[str] | None,
    normalisations: Mapping[str, Sequence[str]] | None,
    weights: Iterable[str] | None,
) -> tuple[Way, ...]:
    """List what is tried beside the policy: methods in the order of the registry, normalisations, weights.

    Parameters
    ----------
    methods : iterable of str or None
        Keys in ``METHODS``; one text is one key, None for all. The weighted sum is the policy's own row and is not
        listed again.
    normalisations : mapping of str to sequence of str, or None
        Method → normalisations beside its default; None for those of ``NORMALISATIONS`` whose method takes part.
    weights : iterable of str or None
        From ``equal``, ``entropy``, ``critic``, ``merec``; None for all.

    Raises
    ------
    InvalidInput
        If something else than names was given.
    UnknownName
        If there is no such method or no such weights.
    """
    named = tuple(METHODS) if methods is None else asked_names(methods, "methods")
    known = list(dict.fromkeys(ranking_method(name).name for name in named))
    if normalisations is None:
        normalisations = {name: NORMALISATIONS[name] for name in NORMALISATIONS if name in {*known, WEIGHTED_SUM}}
    rescaled = [
        (ranking_method(name).name, choice)
        for name, choices in asked_mapping(normalisations, "normalisations").items()
        for choice in asked_names(choices, "normalisations")
    ]
    tried = WEIGHTS if weights is None else tuple(dict.fromkeys(asked_names(weights, "weights")))
    for name in tried:
        if name not in WEIGHTS:
            raise UnknownName("set of data-driven weights", name, WEIGHTS)
    return (
        *(Way(name, "method", name) for name in known if name != WEIGHTED_SUM),
        *(Way(f"{name}:{choice}", "normalisation", name, choice) for name, choice in dict.fromkeys(rescaled)),
        *(Way(f"{WEIGHTED_SUM}:{name}", "weights", WEIGHTED_SUM, name) for name in tried),
    )


def ranked_by(way: Way, scored: Scored) -> Row:
    """Rank the bids of a sheet in one way, or say why it cannot be done.

    Parameters
    ----------
    way : Way
        As `ways_to_rank` lists them.
    scored : Scored
        Values 0-100 where higher is better, and the policy's weights.

    Returns
    -------
    Row
        Totals are unrounded and no tie rule of the policy is applied: a tie stays a tie.

    Raises
    ------
    UnknownName
        If the method has no normalisations, or none of that name.
    """
    return _by_other_weights(way, scored) if way.group == "weights" else _by_method(way, scored)


def _by_method(way: Way, scored: Scored) -> Row:
    """A registered method on the sheet's values and weights, with its defaults but for the normalisation."""
    asked = {"normalisation": way.choice} if way.choice else {}
    try:
        ranking = rank_sheet(scored.sheet, way.method, **asked)
    except InvalidInput as refusal:
        why = {f"why_{lang}": sentences((found.say(lang) for found in refusal.findings), lang) for lang in LANGS}
        return _refused(way, scored, Reason("methods.refused", facts=why))
    if not np.isfinite(ranking.scores.score).all():
        titles = {f"title_{lang}": method_title(ranking.ranked_by, lang) for lang in LANGS}
        return _refused(way, scored, Reason("methods.no_score", facts=titles))
    ranks = np.array([ranking.rank_of(bid) for bid in scored.bids], dtype=np.int64)
    return Row(way, ranks, scored.weights, ranking.scores, parameters=ranking.parameters)


def _by_other_weights(way: Way, scored: Scored) -> Row:
    """The weighted sum of the sheet's values with weights that do not come from the policy."""
    if way.choice == "merec" and (scored.values <= 0).any():
        return _refused(way, scored, _not_positive(scored))
    n = len(scored.criteria)
    weights = np.full(n, 1.0 / n) if way.choice == "equal" else READ_OFF[way.choice](scored.values).weights
    totals = sum_sorted(weights[:, np.newaxis] * scored.values)
    return Row(way, np.asarray(ranks_of(totals), dtype=np.int64), weights, MethodScores(totals))


def _not_positive(scored: Scored) -> Reason:
    """The lowest value, which a method that divides by values or takes their logarithms cannot take."""
    low = float(scored.values.min())
    where = [(scored.criteria[i], scored.bids[b]) for i, b in np.argwhere(scored.values == low).tolist()]
    criterion, bid = min(where)
    named = {f"criterion_{lang}": scored.label(criterion, lang) for lang in LANGS}
    return Reason("methods.domain.positive", facts={"bid": bid, "value": f"{low:g}", **named})


def _refused(way: Way, scored: Scored, why: Reason) -> Row:
    """A row that takes no part."""
    return Row(way, np.zeros(0, dtype=np.int64), scored.weights, refused=why)
