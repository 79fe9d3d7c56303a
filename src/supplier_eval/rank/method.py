"""The contract of every ranking method, and the registry in which a user may put one more.

A method is a plain function of a decision table. It knows no labels, no policy and no ties::

    def method(values, weights, directions, **parameters) -> MethodScores

`values` has shape (n_criteria, n_bids, ...): criteria lead, further axes are decision tables of the same size
(convention §2). `weights` has shape (n_criteria,), is not negative and sums to 1; `directions` has the same shape and
holds 1.0 (more is better) or -1.0 (less is better). Values are finite. A criterion in which all bids are equal says
nothing: it never makes a score NaN. The result does not depend on the order of bids or criteria, to the last bit, and
a table inside a block of tables has the bits that it has alone.

`tests/rank/test_contract.py` holds every method of the registry to these laws; a method that cannot keep one of the
first two names it in `RankingMethod.exempt`, with the reason:

- ``dominance``: a bid nowhere worse and somewhere better never ranks below.
- ``raising_cost``: a bid that raises its own cost, all else equal, never gets a better rank.
- Without exception: relabelled bids have relabelled ranks; the order of criteria decides nothing; raw weights and the
  same weights normalised give one answer; identical bids tie; a lone bid ranks 1; a missing value is refused; inputs
  stay as they were; the same call gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import UnknownName
from supplier_eval.rank.competition import competition_ranks
from supplier_eval.score.order import NOISE_DIGITS, FloatArray

Domain = Literal["any", "not_negative", "positive_costs", "positive"]
DOMAINS: tuple[Domain, ...] = ("any", "not_negative", "positive_costs", "positive")
LAWS = ("dominance", "raising_cost")
FEW_BIDS = 64


class MethodScores(NamedTuple):
    """What a ranking method finds.

    Attributes
    ----------
    score : ndarray of shape (n_bids, ...)
        The figure by which the method ranks, as its source prints it.
    figures : mapping of str to ndarray of shape (n_bids, ...)
        The method's own figures, beside the score; columns of `to_frame`.
    notes : mapping
        What was chosen: ``normalisation``, thresholds, and findings of the method that are no column.
    """

    score: FloatArray
    figures: Mapping[str, npt.NDArray[Any]] = {}
    notes: Mapping[str, object] = {}


MethodFunction = Callable[..., MethodScores]


@dataclass(frozen=True)
class RankingMethod:
    """A ranking method with what it promises.

    Parameters
    ----------
    name : str
        Key in ``METHODS``: a plain lower-case name.
    title : str
        The field's name for it.
    function : callable
        See the module's docstring.
    source : str
        Author, year and equation.
    better : {"higher", "lower"}
        Which end of its score is best.
    domain : {"any", "not_negative", "positive_costs", "positive"}
        What raw values it can take, from the widest to the narrowest: any; none below zero (it divides by sums or
        maxima); none below zero and costs above zero (it divides by costs); all above zero.
    parameters : mapping of str to str
        Keyword → what it means, with its range and default.
    relative : bool
        Whether the score of a bid depends on the other bids.
    exempt : mapping of str to str
        Law of ``LAWS`` → why this method cannot keep it.
    normalisation : str
        Default of its parameter ``normalisation``, which may narrow the domain; empty where it has none.
    """

    name: str
    title: str
    function: MethodFunction
    source: str
    better: Literal["higher", "lower"] = "higher"
    domain: Domain = "any"
    parameters: Mapping[str, str] = field(default_factory=dict)
    relative: bool = True
    exempt: Mapping[str, str] = field(default_factory=dict)
    normalisation: str = ""

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or self.name != self.name.lower():
            raise ValueError(f"{self.name!r} is no plain name: use lower-case letters, digits and _.")
        if self.better not in {"higher", "lower"}:
            raise ValueError(f"{self.name}: better is 'higher' or 'lower', not {self.better!r}.")
        if self.domain not in DOMAINS:
            raise ValueError(f"{self.name}: domain is one of {', '.join(DOMAINS)}, not {self.domain!r}.")
        if unknown := sorted(set(self.exempt) - set(LAWS)):
            raise ValueError(f"{self.name}: no method is exempt from {', '.join(unknown)}; only from {LAWS}.")


METHODS: dict[str, RankingMethod] = {}


def register_method(method: RankingMethod) -> None:
    """Add a ranking method of your own to those that `rank_matrix`, `rank_bids` and `compare_methods` know.

    Parameters
    ----------
    method : RankingMethod
        The function with its name, source and promises.

    Raises
    ------
    ValueError
        If the name is taken, or this is no `RankingMethod`.
    """
    if not isinstance(method, RankingMethod):
        raise ValueError(f"a RankingMethod is registered, not {type(method).__name__}: see rank.RankingMethod.")
    if method.name in METHODS:
        raise ValueError(f"there is a ranking method named {method.name!r} already; choose another name.")
    METHODS[method.name] = method


def ranking_method(name: str) -> RankingMethod:
    """The ranking method of that name; ``"TOPSIS"`` and ``"PROMETHEE II"`` are understood too.

    Raises
    ------
    UnknownName
        If there is none; the nearest name is offered.
    """
    if isinstance(name, str) and name in METHODS:
        return METHODS[name]
    from supplier_eval.rank.asked import asked_text

    plain = asked_text(name, "method").strip().lower().replace("-", "_").replace(" ", "_")
    if plain not in METHODS:
        raise UnknownName("ranking method", name, METHODS)
    return METHODS[plain]


def ranks_of(score: npt.ArrayLike, better: Literal["higher", "lower"] = "higher") -> npt.NDArray[np.int64]:
    """Ranks by a score, competition style; equal to nine decimals is equal.

    Parameters
    ----------
    score : array_like of shape (n_bids, ...)
        Finite figures.
    better : {"higher", "lower"}
        Which end is best.

    Returns
    -------
    ndarray of int of shape (n_bids, ...)
        1 is best.

    Raises
    ------
    ValueError
        If a score is missing.
    """
    step = 10.0**NOISE_DIGITS
    losing = np.rint(np.asarray(score, dtype=np.float64) * (step if better == "lower" else -step))
    if losing.ndim == 1:
        if losing.size > FEW_BIDS:
            return _ranks_of_many(losing)
        ordered = np.sort(losing)
        if ordered.size and ordered[-1] != ordered[-1]:
            raise ValueError("a bid has no score to rank by")
        return ordered.searchsorted(losing, side="left") + 1
    if bool(np.isnan(losing).any()):
        raise ValueError("a bid has no score to rank by")
    if losing.shape[0] > FEW_BIDS:
        return competition_ranks([-losing])
    ahead = np.zeros(losing.shape, np.int8)
    for one in losing:
        ahead += one < losing
    return ahead.astype(np.int64) + 1


def _ranks_of_many(losing: FloatArray) -> npt.NDArray[np.int64]:
    """Ranks of one long row, the lowest figure first: twice as fast as looking each figure up among the sorted."""
    order = losing.argsort()
    ordered = losing[order]
    if ordered[-1] != ordered[-1]:
        raise ValueError("a bid has no score to rank by")
    places = np.arange(1, len(ordered) + 1)
    places[1:][ordered[1:] == ordered[:-1]] = 0
    ranks = np.empty_like(places)
    ranks[order] = np.maximum.accumulate(places)
    return ranks
