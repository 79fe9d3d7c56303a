"""Agreement of a panel, with names on it: a table of marks in, figures and plain sentences out.

The arithmetic stands in `agreement`, `intraclass`, `krippendorff` and `evaluator_effects`; the table is read
by `panel_table`, which puts evaluators, criteria and bids into the order of their ids; sentences are made by
`panel_words`. How to read the figures stands in docs/panel.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from supplier_eval.messages import Lang
from supplier_eval.score.agreement import PanelFigures, panel_agreement_arrays
from supplier_eval.score.evaluator_effects import weighted_totals
from supplier_eval.score.order import FloatArray, mean_in_order
from supplier_eval.score.panel_table import MarksTable, read_marks, read_weights
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.score.agreement import KendallW
    from supplier_eval.score.intraclass import Icc
    from supplier_eval.score.krippendorff import AlphaLevel, KrippendorffAlpha

MEASURES = (
    "kendall_w",
    "icc_1_1",
    "icc_2_1",
    "icc_3_1",
    "icc_1_k",
    "icc_2_k",
    "icc_3_k",
    "krippendorff_alpha",
)


@dataclass(frozen=True, eq=False, repr=False)
class PanelAgreement(Shown):
    """How far a panel agrees on its bids, who marks hard or mildly, and who scatters.

    Parameters
    ----------
    totals : DataFrame of shape (n_evaluators, n_bids)
        The figures that were judged, in mark points, by evaluator and bid id; NaN where there is none.
    figures : PanelFigures
        All statistics with their intermediate figures, in the order of `totals`.
    criterion : str or None
        The criterion that was judged; None for the totals over all criteria.
    by_criterion : mapping of str to PanelAgreement
        One result per criterion where that was asked for; otherwise empty.
    standing : {"exploratory", "binding"}
        A diagnosis never changes a score; it is ``exploratory`` unless the evaluation itself made it.
    """

    totals: pd.DataFrame
    figures: PanelFigures
    criterion: str | None = None
    by_criterion: Mapping[str, PanelAgreement] = field(default_factory=dict)
    standing: Literal["exploratory", "binding"] = "exploratory"

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_criterion", MappingProxyType(dict(self.by_criterion)))

    def __repr__(self) -> str:
        w, icc, alpha = self.kendall_w.value, self.icc["2,1"].value, self.alpha.value
        shown = [
            f"{name} {'none' if value is None else f'{value:.3f}'}"
            for name, value in (("W", w), ("ICC(2,1)", icc), ("alpha", alpha))
        ]
        size = f"{len(self.figures.evaluators)} evaluators × {len(self.figures.bids)} bids"
        return f"PanelAgreement({self.criterion or 'totals'}, {size}: {', '.join(shown)})"

    @property
    def kendall_w(self) -> KendallW:
        """Agreement on the order of the bids."""
        return self.figures.kendall_w

    @property
    def icc(self) -> Icc:
        """Agreement on the marks: ``agreement.icc["2,1"].value``."""
        return self.figures.icc

    @property
    def alpha(self) -> KrippendorffAlpha:
        """Reliability of the marks, also where some are missing."""
        return self.figures.alpha

    @property
    def severity(self) -> pd.Series[float]:
        """Evaluator effects in mark points against the mean of the panel; below zero marks harder."""
        return self.evaluators_frame().set_index("evaluator")["severity"]

    @property
    def spread(self) -> pd.Series[float]:
        """Standard deviation of each evaluator's residuals, in mark points."""
        return self.evaluators_frame().set_index("evaluator")["spread"]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Evaluators and bids of the table without a single complete figure."""
        judged = (self.figures.evaluators, self.figures.bids)
        names = (self.totals.index, self.totals.columns)
        return tuple(str(name) for axis, used in zip(names, judged, strict=True) for name in axis.delete(list(used)))

    def to_frame(self) -> pd.DataFrame:
        """Give all measures of agreement as a table.

        Returns
        -------
        DataFrame
            A row per measure (and criterion): ``criterion`` (empty for the totals), ``measure`` (one of
            `MEASURES`), ``value``, ``statistic`` (chi-squared for W, F for the correlations), ``df1``,
            ``df2``, ``p_value``, ``ci_low``, ``ci_high``, ``n_evaluators``, ``n_bids``, ``reason`` (empty
            where there is a value). Figures without unit; NaN where a measure does not have the figure.
        """
        import pandas as pd

        parts = [self, *self.by_criterion.values()]
        return pd.DataFrame([row for part in parts for row in part._rows()])

    def evaluators_frame(self) -> pd.DataFrame:
        """Give severity and spread per evaluator as a table.

        Returns
        -------
        DataFrame
            A row per evaluator: ``evaluator``, ``n_marks``, ``severity``, ``standard_error``, ``spread`` (all
            three in mark points), ``degrees_of_freedom``, ``reason`` (empty where there is a severity).
        """
        import pandas as pd

        effects = self.figures.effects
        frame = pd.DataFrame(
            {
                "evaluator": self.totals.index.astype(str),
                "n_marks": effects.n_marks,
                "severity": effects.severity,
                "standard_error": effects.standard_error,
                "spread": effects.spread,
                "degrees_of_freedom": effects.degrees_of_freedom,
            }
        )
        frame["reason"] = [effects.reason or ("" if n else "no_marks") for n in effects.n_marks]
        return frame

    def bids_frame(self) -> pd.DataFrame:
        """Give the mean of each bid, plain and with the severity of its evaluators taken out.

        Returns
        -------
        DataFrame
            A row per bid: ``bid``, ``n_marks``, ``mean_mark``, ``adjusted_mean`` (in mark points). The
            adjusted mean is a diagnosis; it is not a score.
        """
        import pandas as pd

        marks = self.totals.to_numpy(dtype=np.float64)
        given = ~np.isnan(marks)
        return pd.DataFrame(
            {
                "bid": self.totals.columns.astype(str),
                "n_marks": np.count_nonzero(given, axis=0),
                "mean_mark": mean_in_order(marks, given),
                "adjusted_mean": self.figures.effects.adjusted_means,
            }
        )

    def explain(self, lang: Lang = "en") -> str:
        """Say in plain sentences what the figures mean, one a line.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language of the sentences.

        Returns
        -------
        str
            Sentences for those inside the evaluation: they name evaluators.
        """
        from supplier_eval.score.panel_words import sentences

        parts = [self, *self.by_criterion.values()]
        return "\n".join(line for part in parts for line in sentences(part, lang))

    def _rows(self) -> list[dict[str, Any]]:
        """Rows of `to_frame` for this table alone."""
        w, alpha, nan = self.kendall_w, self.alpha, float("nan")
        figures: list[tuple[float | str | None, ...]] = [
            (w.value, w.chi2, w.df or None, None, w.p_value, None, None, w.reason)
        ]
        figures += [
            (x.value, x.f, x.df1 or None, x.df2 or None, x.p_value, x.ci_low, x.ci_high, x.reason)
            for x in self.icc.forms
        ]
        figures.append((alpha.value, None, None, None, None, None, None, alpha.reason))
        names = ("value", "statistic", "df1", "df2", "p_value", "ci_low", "ci_high")
        rows = []
        for measure, (*numbers, reason) in zip(MEASURES, figures, strict=True):
            row: dict[str, Any] = {"criterion": self.criterion or "", "measure": measure}
            row |= {name: nan if x is None else float(x) for name, x in zip(names, numbers, strict=True)}
            row |= {"n_evaluators": w.n_evaluators, "n_bids": w.n_bids, "reason": reason or ""}
            rows.append(row)
        return rows


def panel_agreement(
    marks: pd.DataFrame,
    *,
    by: Literal["total", "criterion"] = "total",
    weights: Mapping[Any, Any] | pd.Series[Any] | None = None,
    alpha_level: AlphaLevel = "interval",
) -> PanelAgreement:
    """Say how far the evaluators of a panel agree, and who marks hard, mildly or unsteadily.

    Parameters
    ----------
    marks : DataFrame
        Long, with the columns ``evaluator``, ``bid``, ``mark`` and, where marks are per criterion,
        ``criterion``; or wide, a row per evaluator and a column per bid. Marks in points; an empty cell is a
        mark that was not given.
    by : {"total", "criterion"}
        Judge each evaluator's total per bid only, or each criterion as well (`PanelAgreement.by_criterion`).
    weights : mapping or Series, optional
        Weight by criterion, for the totals; without them a total is the plain mean over the criteria. Totals
        need all criteria on one scale, which this function cannot see.
    alpha_level : {"interval", "ordinal", "nominal", "ratio"}
        What a difference between marks means to Krippendorff's alpha.

    Returns
    -------
    PanelAgreement
        Kendall's W, six intraclass correlations, alpha, severity and spread; where one has no answer, its
        reason.

    Raises
    ------
    InvalidInput
        With every finding, see `read_marks` and `read_weights`.
    ValueError
        An unknown `by` or `alpha_level`, or a mark below zero at level ``ratio``.

    Notes
    -----
    A total exists only where the evaluator has marked every criterion of that bid that has a weight above
    zero; nothing is filled in. Rows and columns are read in the order of their ids, so their order in the
    table does not reach the last bit.
    """
    if by not in ("total", "criterion"):
        raise ValueError(f"by must be 'total' or 'criterion'; got {by!r}")
    return judge_marks(read_marks(marks, by == "criterion" or weights is not None), by, weights, alpha_level)


def judge_marks(
    table: MarksTable,
    by: Literal["total", "criterion"] = "total",
    weights: Mapping[Any, Any] | pd.Series[Any] | None = None,
    alpha_level: AlphaLevel = "interval",
) -> PanelAgreement:
    """Judge marks that were read already; parameters and result as in `panel_agreement`."""
    totals = _totals(table, weights)
    parts: dict[str, PanelAgreement] = {}
    if by == "criterion":
        for place, name in enumerate(table.criteria or ()):
            parts[name] = _judge(table, table.marks[:, place], name, {}, alpha_level)
    return _judge(table, totals, None, parts, alpha_level)


def _totals(table: MarksTable, weights: Mapping[Any, Any] | pd.Series[Any] | None) -> FloatArray:
    """Each evaluator's total per bid."""
    if table.criteria is None and table.marks.shape[1]:
        return table.marks[:, 0]
    if not table.marks.size:
        return table.marks.reshape(table.marks.shape[0], table.marks.shape[2])
    if weights is None:
        return weighted_totals(table.marks, np.ones(table.marks.shape[1]))
    return weighted_totals(table.marks, read_weights(weights, table.criteria or ()))


def _judge(
    table: MarksTable,
    marks: FloatArray,
    criterion: str | None,
    parts: Mapping[str, PanelAgreement],
    alpha_level: AlphaLevel,
) -> PanelAgreement:
    """Judge one table of evaluators × bids."""
    import pandas as pd

    index = pd.Index(list(table.evaluators), name="evaluator", dtype="str")
    columns = pd.Index(list(table.bids), name="bid", dtype="str")
    frame = pd.DataFrame(np.array(marks), index=index, columns=columns)
    return PanelAgreement(frame, panel_agreement_arrays(marks, alpha_level), criterion, parts)
