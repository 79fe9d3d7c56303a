r"""ELECTRE I: the bids that no other kept bid outranks, found by majority of weight and absence of strong objections.

.. math::
    c(a, b) = \frac{\sum_{i:\, f_{ia} \ge f_{ib}} w_i}{\sum_i w_i}, \qquad
    d(a, b) = \max_i \frac{f_{ib} - f_{ia}}{\delta_i}, \qquad
    a\,S\,b \iff c(a, b) \ge \hat c \text{ and } d(a, b) \le \hat d

with :math:`f` the values turned so that more is better and :math:`\delta_i` the range of criterion *i*. The kernel
is the set of bids of which none outranks another and which together outrank all the rest; bids on a cycle of the
relation count as one. The bids outside are ranked by taking the kernel of what is left, again and again.

Source: Roy (1968), "Classement et choix en présence de points de vue multiples (la méthode ELECTRE)", RIRO 2(8);
Figueira, Mousseau and Roy (2005), "ELECTRE methods", in Multiple Criteria Decision Analysis, §3.1 (cycles: §3.1.1).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table, share
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.score.order import FloatArray, settle, sum_in_order

BoolArray = npt.NDArray[np.bool_]


def electre_i(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    concordance: float = 0.65,
    discordance: float = 0.35,
    ranges: Literal["own", "common"] | npt.ArrayLike = "own",
) -> MethodScores:
    """Rank by the layer in which a bid enters the kernel.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, any sign.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    concordance : float
        Share of the weights that must agree that a bid is as good as another; above 0.5 to 1.
    discordance : float
        Largest tolerated disadvantage in any criterion, as a share of its range; 0 to 1.
    ranges : {"own", "common"} or array_like of shape (n_criteria,)
        What a disadvantage is a share of: the range of the bids in that criterion, the widest range over all
        criteria (for criteria on one scale), or stated ranges in the units of each criterion (a veto threshold
        divided by `discordance`).

    Returns
    -------
    MethodScores
        `score` is the layer: 1 is the kernel, lower is better. Figures: ``kernel`` (bool) and ``layer`` (int).
        Notes: ``outranks`` (row over column, of shape (n_bids, n_bids, ...)), ``concordance_index`` and
        ``discordance_index`` of the same shape, ``cycles`` (tuples of positions of bids; for several tables one
        such for each, in C order).

    Notes
    -----
    Thresholds are judged to nine decimals. A criterion of weight 0 takes no part, in objections neither. Equal bids
    outrank each other and share a layer. What outranks one bid of a cycle, also outranks the bids that another one
    on the cycle dominates: without this a dominated bid could enter the kernel before the better one. It changes
    nothing where there is no cycle.
    """
    if not 0.5 < concordance <= 1.0:
        raise ValueError(f"the concordance threshold is above 0.5 and at most 1, not {concordance}")
    if not 0.0 <= discordance <= 1.0:
        raise ValueError(f"the discordance threshold is from 0 to 1, not {discordance}")
    table = decision_table(values, weights, directions)
    counted = np.flatnonzero(table.weights.ravel())
    order = counted[np.argsort(table.weights.ravel()[counted])]
    f, w = table.oriented[order], table.weights[order]
    agree, objection = _indices(f, w, _widths(f, ranges, order))
    outranks = (settle(agree) >= settle(concordance)) & (settle(objection) <= settle(discordance))
    layer = np.ones(f.shape[1:], dtype=np.int64)
    found: list[tuple[tuple[int, ...], ...]] = []
    for at in np.ndindex(f.shape[2:]):
        here = (slice(None), slice(None), *at)
        layer[here[1:]], cycles = _layers(outranks[here], f[here])
        found.append(cycles)
    notes = {
        "normalisation": f"{ranges}_ranges" if isinstance(ranges, str) else "stated_ranges",
        "concordance": concordance,
        "discordance": discordance,
        "outranks": outranks,
        "concordance_index": agree,
        "discordance_index": objection,
        "cycles": tuple(found) if f.ndim > 2 else found[0],
    }
    return MethodScores(layer.astype(np.float64), {"kernel": layer == 1, "layer": layer}, notes)


def _widths(f: FloatArray, ranges: str | npt.ArrayLike, order: npt.NDArray[np.intp]) -> FloatArray:
    """What a disadvantage is divided by, of shape (n_criteria, 1, ...)."""
    own = f.max(axis=1, keepdims=True) - f.min(axis=1, keepdims=True)
    if isinstance(ranges, str):
        if ranges not in {"own", "common"}:
            raise ValueError(f"ranges are 'own', 'common' or one figure for each criterion, not {ranges!r}")
        return np.asarray(own if ranges == "own" else np.broadcast_to(own.max(axis=0, initial=0.0), own.shape))
    stated = np.asarray(ranges, dtype=np.float64)
    if stated.ndim != 1 or stated.size <= order.max(initial=-1) or not bool((np.isfinite(stated) & (stated > 0)).all()):
        raise ValueError("stated ranges are one figure above zero for each criterion")
    return stated[order].reshape((-1,) + (1,) * (f.ndim - 1))


def _indices(f: FloatArray, w: FloatArray, width: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Concordance and discordance of row over column; weights ascend, so that their order decides no bit."""
    n = f.shape[1]
    agree, objection = (np.zeros((n, *f.shape[1:])) for _ in range(2))
    for a in range(n):
        gain = f[:, a : a + 1] - f
        agree[a] = share(sum_in_order(np.where(gain >= 0, w, 0.0)), sum_in_order(w))
        objection[a] = np.maximum(share(-gain, width), 0.0).max(axis=0, initial=0.0)
    return agree, objection


def _layers(outranks: BoolArray, f: FloatArray) -> tuple[npt.NDArray[np.int64], tuple[tuple[int, ...], ...]]:
    """Layer of each bid of one table, and the cycles of its outranking relation."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    count, label = connected_components(csr_array(outranks.astype(np.int8)), directed=True, connection="strong")
    arcs = _condense(outranks, label, count)
    if count < len(label):
        better = np.array([(f[:, a : a + 1] >= f).all(axis=0) for a in range(len(label))])
        arcs = _carry(arcs, _condense(better, label, count))
    groups = (tuple(np.flatnonzero(label == c).tolist()) for c in range(count))
    return _peel(arcs)[label], tuple(sorted(group for group in groups if len(group) > 1))


def _condense(relation: BoolArray, label: npt.NDArray[np.int32], count: int) -> BoolArray:
    """The relation between groups: some bid of one to some bid of the other."""
    arcs = np.zeros((count, count), dtype=bool)
    a, b = np.nonzero(relation)
    arcs[label[a], label[b]] = True
    np.fill_diagonal(arcs, False)
    return arcs


def _carry(arcs: BoolArray, better: BoolArray) -> BoolArray:
    """What outranks a group, outranks also what a bid of that group dominates."""
    reached = arcs
    while True:
        further = reached | (reached.astype(np.float64) @ better > 0)
        if (further == reached).all():
            return reached
        reached = further


def _peel(arcs: BoolArray) -> npt.NDArray[np.int64]:
    """Layers of a relation without cycles: the lowest layer that holds nobody who outranks the group."""
    layer = np.zeros(len(arcs), dtype=np.int64)
    waiting = np.count_nonzero(arcs, axis=0)
    ready = list(np.flatnonzero(waiting == 0))
    while ready:
        group = ready.pop()
        above = set(layer[arcs[:, group]].tolist())
        layer[group] = next(place for place in range(1, len(arcs) + 1) if place not in above)
        waiting[arcs[group]] -= 1
        ready.extend(np.flatnonzero(arcs[group] & (waiting == 0)))
    return layer


METHOD = RankingMethod(
    name="electre_i",
    title="ELECTRE I",
    function=electre_i,
    source="Roy 1968, RIRO 2(8):57-75; Figueira, Mousseau and Roy 2005, ELECTRE methods, §3.1.1",
    better="lower",
    domain="any",
    parameters={
        "concordance": "share of the weights that must agree; above 0.5 to 1, default 0.65",
        "discordance": "largest tolerated disadvantage as a share of the range; 0 to 1, default 0.35",
        "ranges": "what a disadvantage is a share of: 'own' (default), 'common', or stated ranges by criterion",
    },
    exempt={
        "raising_cost": "a dearer bid may outrank fewer bids, let another into the kernel and so push out the bid that "
        "outranked it; and the dearest bid sets the range by which objections are measured"
    },
)
