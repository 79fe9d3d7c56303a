r"""How far the evaluators agree: Kendall's W, the six intraclass correlations and Krippendorff's alpha.

.. math::

   W = \frac{12 S}{m^2 (n^3 - n) - m T}, \quad S = \sum_j \left(R_j - \tfrac{m(n+1)}{2}\right)^2,
   \quad T = \sum_i \sum_g (t_{ig}^3 - t_{ig})

m evaluators, n bids, R the rank sums, t the sizes of an evaluator's groups of tied bids. Sources: Kendall and
Babington Smith (1939), Annals of Mathematical Statistics 10(3); Siegel (1956), Nonparametric Statistics,
chapter 9. The correlations stand in `intraclass`, alpha in `krippendorff`, severity in `evaluator_effects`.

Plain arrays, evaluators × bids. Marks are compared at nine decimals. A table without an answer (one
evaluator, one bid, no variation) gives a result with ``value=None`` and its reason, never a bare NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.score.evaluator_effects import EvaluatorEffects, severity
from supplier_eval.score.intraclass import FORMS, Icc, IccForm, icc, without_icc
from supplier_eval.score.krippendorff import AlphaLevel, KrippendorffAlpha, krippendorff_alpha
from supplier_eval.score.order import FloatArray, settle, sum_in_order

__all__ = [
    "FORMS",
    "AlphaLevel",
    "Icc",
    "IccForm",
    "KendallW",
    "KrippendorffAlpha",
    "PanelFigures",
    "icc",
    "kendall_w",
    "krippendorff_alpha",
    "panel_agreement_arrays",
]

FEW_BIDS = 7


@dataclass(frozen=True)
class KendallW:
    """How alike the evaluators order the bids: 1 the same order, 0 no common order.

    Parameters
    ----------
    value : float or None
        W in [0, 1], corrected for ties; None when there is a `reason`.
    chi2 : float or None
        m (n - 1) W, approximately chi-squared where the orders are random.
    df : int
        n - 1.
    p_value : float or None
        Upper tail of `chi2`; rough for seven bids or fewer, see `rough`.
    rank_sums : tuple of float
        R per bid; rank 1 is the lowest mark, tied bids share their mean rank.
    sum_of_squares : float or None
        S, the squared deviations of the rank sums from their mean.
    tie_correction : float or None
        T, the sum of t³ - t over all groups of tied bids of all evaluators; 0 without ties.
    n_evaluators, n_bids : int
        Size of the table.
    reason : str or None
        Why there is no value: ``one_evaluator``, ``one_bid``, ``no_variation`` (every evaluator ties all
        bids) or, from `panel_agreement_arrays`, ``no_marks`` or ``missing_marks``.
    """

    value: float | None
    chi2: float | None
    df: int
    p_value: float | None
    rank_sums: tuple[float, ...]
    sum_of_squares: float | None
    tie_correction: float | None
    n_evaluators: int
    n_bids: int
    reason: str | None

    @property
    def rough(self) -> bool:
        """Whether the p-value is only a rough guide: seven bids or fewer."""
        return self.n_bids <= FEW_BIDS


@dataclass(frozen=True, eq=False)
class PanelFigures:
    """Everything that is said about the agreement of one table of marks.

    Parameters
    ----------
    kendall_w : KendallW
        Agreement on the order.
    icc : Icc
        Agreement on the marks, six forms.
    alpha : KrippendorffAlpha
        Reliability of the marks, at the level asked for.
    effects : EvaluatorEffects
        Severity and spread per evaluator, adjusted mean per bid; in the places of the whole table.
    evaluators, bids : tuple of int
        Rows and columns with at least one mark: the table that was judged.
    n_missing : int
        Empty cells of that table.
    """

    kendall_w: KendallW
    icc: Icc
    alpha: KrippendorffAlpha
    effects: EvaluatorEffects
    evaluators: tuple[int, ...]
    bids: tuple[int, ...]
    n_missing: int


def kendall_w(marks: npt.ArrayLike) -> KendallW:
    """Say how alike the evaluators order the bids.

    Parameters
    ----------
    marks : array_like of shape (n_evaluators, n_bids)
        Marks or ranks, every evaluator × bid filled. Only their order within an evaluator counts.

    Returns
    -------
    KendallW
        W with its test, or the reason why there is none.

    Raises
    ------
    ValueError
        A mark is missing or infinite, or the table is not two-dimensional. Which evaluators or bids to leave
        out so that the table is complete is not decided here.
    """
    x = _as_table(marks)
    if np.any(np.isnan(x)):
        raise ValueError("Kendall's W needs every evaluator's mark of every bid")
    m, n = x.shape
    if m < 2 or n < 2:
        return _without_w(m, n, "one_evaluator" if m < 2 else "one_bid")
    ranked = [_mean_ranks(row) for row in settle(x)]
    rank_sums = sum_in_order(np.array([ranks for ranks, _ in ranked]), axis=0)
    ties = float(sum(tied for _, tied in ranked))
    s = float(sum_in_order((rank_sums - m * (n + 1) / 2.0) ** 2))
    most = m * m * (n**3 - n) - m * ties
    if most == 0.0:
        return _without_w(m, n, "no_variation")
    w = 12.0 * s / most
    chi2 = m * (n - 1) * w
    p = _chi2_tail(n - 1, chi2)
    return KendallW(w, chi2, n - 1, p, tuple(float(r) for r in rank_sums), s, ties, m, n, None)


def panel_agreement_arrays(marks: npt.ArrayLike, alpha_level: AlphaLevel = "interval") -> PanelFigures:
    """Gather all that can be said about the agreement of one table of marks.

    Parameters
    ----------
    marks : array_like of shape (n_evaluators, n_bids)
        One figure per evaluator and bid, in points; NaN where none was given.
    alpha_level : {"interval", "ordinal", "nominal", "ratio"}
        What a difference between marks means to alpha.

    Returns
    -------
    PanelFigures
        W, the intraclass correlations, alpha, severity and spread.

    Raises
    ------
    ValueError
        Marks infinite or not two-dimensional.

    Notes
    -----
    Evaluators and bids without a single mark (recused, disqualified) leave the table first. If cells are
    still empty, W and the intraclass correlations answer ``missing_marks``; alpha and the additive model work
    with the cells that are filled.
    """
    x = _as_table(marks)
    given = ~np.isnan(x)
    rows, columns = np.flatnonzero(given.any(axis=1)), np.flatnonzero(given.any(axis=0))
    table = x[np.ix_(rows, columns)]
    m, n = len(rows), len(columns)
    n_missing = int(np.count_nonzero(np.isnan(table)))
    reason = "no_marks" if table.size == 0 else "missing_marks" if n_missing else None
    return PanelFigures(
        kendall_w=_without_w(m, n, reason) if reason else kendall_w(table),
        icc=without_icc(m, n, reason) if reason else icc(table),
        alpha=krippendorff_alpha(table, alpha_level),
        effects=severity(x),
        evaluators=tuple(int(i) for i in rows),
        bids=tuple(int(j) for j in columns),
        n_missing=n_missing,
    )


def _as_table(marks: npt.ArrayLike) -> FloatArray:
    """Marks as evaluators × bids, refused where infinite."""
    x = np.asarray(marks, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError(f"marks must be evaluators × bids; got shape {x.shape}")
    if np.any(np.isinf(x)):
        raise ValueError("a mark is infinite; a mark that was not given is NaN")
    return x


def _without_w(m: int, n: int, reason: str) -> KendallW:
    """Build the answer that there is no W, with its reason."""
    return KendallW(None, None, max(n - 1, 0), None, (), None, None, m, n, reason)


def _mean_ranks(row: FloatArray) -> tuple[FloatArray, int]:
    """Ranks from 1 for the lowest, tied entries sharing their mean; and the sum of t³ - t."""
    _, place, sizes = np.unique(row, return_inverse=True, return_counts=True)
    ranks = np.cumsum(sizes) - (sizes - 1) / 2.0
    return ranks[place], int(np.add.reduce(sizes.astype(np.int64) ** 3 - sizes))


def _chi2_tail(df: int, chi2: float) -> float:
    """Chance of a larger figure; SciPy loads when the first one is asked for."""
    from scipy import special

    return float(special.chdtrc(df, chi2))
